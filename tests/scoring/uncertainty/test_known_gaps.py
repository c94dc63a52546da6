"""What the pages say of intervals that hold the truth more or less often than told."""

from __future__ import annotations

import pytest

from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.uncertainty.known_gaps import KNOWN_GAPS, gaps_of_index, gaps_of_mean


def an_interval(how: str) -> Interval:
    return Interval(60.0, 70.0, 0.95, "", how)


def test_that_every_gap_leaves_the_span_that_is_told_without_a_word():
    assert len({gap.code for gap in KNOWN_GAPS}) == len(KNOWN_GAPS)
    for gap in KNOWN_GAPS:
        assert gap.lowest < 0.93 or gap.highest > 0.97
        assert gap.lowest <= gap.highest <= 1


@pytest.mark.parametrize(
    ("how", "n", "codes"),
    [
        ("dirichlet", 12, ("unanimous",)),
        ("logit-t", 12, ("wide-mean",)),
        ("logit-t", 20, ()),
        ("census", 12, ()),
        ("", 3, ()),
    ],
)
def test_that_a_mean_is_told_with_its_gap(how, n, codes):
    assert gaps_of_mean(an_interval(how), n) == codes


@pytest.mark.parametrize(
    ("how", "n", "score", "codes"),
    [
        ("logit-t", 20, 96.0, ("high-index",)),
        ("logit-t", 31, 96.0, ()),
        ("logit-t", 20, 94.9, ()),
        ("census", 20, 96.0, ()),
    ],
)
def test_that_an_index_is_told_with_its_gap(how, n, score, codes):
    assert gaps_of_index(an_interval(how), n, score) == codes
    assert set(codes) <= {gap.code for gap in KNOWN_GAPS}
