"""Outcomes by stratum, AAPOR's rates, and the eligible N."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kume_desktop.scoring.inputs import Areas
from kume_desktop.scoring.response.rates import eligible, estimated_n, rates, responses
from tests.scoring.response.firms import firms, frame, outcomes

HVAC = {"completed": 24, "partial": 1, "refused": 4, "not_reached": 3, "ineligible": 3, "duplicate": 1}
GOWNS = {"completed": 21, "partial": 2, "refused": 15, "not_reached": 10, "ineligible": 7, "duplicate": 1}


def lists(*frame_n: int) -> Areas:
    codes = tuple("abcdef"[: len(frame_n)])
    return Areas(codes, codes, codes, np.array(frame_n, dtype=np.int64))


def test_that_rates_are_those_of_aapor():
    """75 % and 44 % of the eligible firms answered in the demonstration's first and last area."""
    given = firms([*outcomes(0, HVAC), *outcomes(1, GOWNS)])
    first, last = responses(lists(64, 380), given, frame([{}, {}]))
    assert first.rates.response == 24 / 32
    assert last.rates.response == 21 / 48
    assert last.rates.contact == (21 + 2 + 15) / 48
    assert last.rates.cooperation == 21 / 38
    assert last.rates.refusal == 15 / 48
    assert (last.total.issued, last.total.ineligible, last.total.duplicate) == (56, 7, 1)


def test_that_pending_firms_lower_the_rates_until_they_are_final():
    given = firms([*outcomes(0, {"completed": 5, "pending": 5})])
    (one,) = responses(lists(20), given, frame([{}]))
    assert (one.rates.response, one.rates.contact, one.rates.cooperation, one.rates.refusal) == (0.5, 0.5, 1.0, 0.0)


def test_that_nobody_issued_has_no_rates():
    (one,) = responses(lists(20), firms([]), frame([{}]))
    assert (one.rates.response, one.rates.contact, one.rates.cooperation, one.rates.refusal) == (None,) * 4
    assert (one.total.issued, one.strata) == (0, ())
    assert rates(replace(one.total, ineligible=4)).response is None


def test_that_an_entered_number_of_eligible_firms_goes_first():
    (one,) = eligible(lists(64), firms(outcomes(0, HVAC)), frame([{}], eligible=[50]))
    assert (one.n, one.basis) == (50, "entered")


def test_that_otherwise_the_list_is_shrunk_by_what_the_field_found():
    (one,) = eligible(lists(64), firms(outcomes(0, HVAC)), frame([{}]))
    assert (one.n, one.basis) == (56, "estimated")
    assert one.n == estimated_n(64, 24 + 1 + 4, 3 + 1)


@pytest.mark.parametrize(
    ("frame_n", "inside", "outside", "n"), [(41, 29, 6, 34), (3, 1, 1, 2), (1, 1, 1, 1), (5, 1, 1, 3), (7, 0, 3, 0)]
)
def test_that_the_estimate_is_rounded_half_up(frame_n, inside, outside, n):
    assert estimated_n(frame_n, inside, outside) == n


def test_that_the_raw_list_stands_where_nobodys_eligibility_is_known():
    (one,) = eligible(lists(64), firms(outcomes(0, {"not_reached": 3, "pending": 2})), frame([{}]))
    assert (one.n, one.basis) == (64, "frame")


def test_that_without_a_list_there_is_no_n():
    (one,) = eligible(lists(-1), firms(outcomes(0, HVAC)), frame([{}]))
    assert (one.n, one.basis) == (None, "")


@pytest.mark.parametrize("listed", [30, 23])
@pytest.mark.parametrize("entered", [[], [3], [23]])
def test_that_an_n_below_the_firms_that_answered_is_unknown(listed, entered):
    rows = outcomes(0, {"completed": 24, "ineligible": 20})
    (found,) = eligible(lists(listed), firms(rows), frame([{}], eligible=entered))
    assert (found.n, found.basis) == (None, "")


@pytest.mark.parametrize(("scored", "n"), [(24, 24), (25, None)])
def test_that_an_n_below_the_firms_that_have_a_level_is_unknown(scored, n):
    rows = outcomes(0, {"completed": 20, "partial": 5})
    (found,) = eligible(lists(60), firms(rows), frame([{}], eligible=[24]), np.array([scored]))
    assert found.n == n


def test_that_strata_follow_the_size_classes_and_add_up_to_the_area():
    rows = [*outcomes(0, HVAC, "10-24"), *outcomes(0, GOWNS, "250+"), *outcomes(0, {"refused": 2}, "")]
    (one,) = responses(lists(200), firms(rows), frame([{"1-9": 90, "10-24": 70, "250+": 40}]))
    assert [(s.stratum, s.frame_n, s.issued) for s in one.strata] == [
        ("1-9", 90, 0), ("10-24", 70, 36), ("250+", 40, 56), ("", None, 2),
    ]  # fmt: skip
    for name in ("issued", "completed", "partial", "refused", "not_reached", "ineligible", "duplicate", "pending"):
        assert sum(getattr(s, name) for s in one.strata) == getattr(one.total, name)
    assert (one.total.stratum, one.total.frame_n) == ("", 200)


def test_that_classes_outside_the_list_are_shown_too():
    rows = [*outcomes(0, {"completed": 2}, "huge"), *outcomes(1, {"completed": 3}, "1-9")]
    first, second = responses(lists(10, 10), firms(rows), frame([{"1-9": 10}, {}]))
    assert [(s.stratum, s.frame_n, s.completed) for s in first.strata] == [("1-9", 10, 0), ("huge", None, 2)]
    assert ("1-9", None, 3) in [(s.stratum, s.frame_n, s.completed) for s in second.strata]


def test_that_classes_without_totals_stand_by_their_lower_limit():
    rows = [row for name in ("250+", "50-249", "1-9", "10-24") for row in outcomes(0, {"completed": 1}, name)]
    (one,) = responses(lists(10), firms(rows), frame([{}]))
    assert [s.stratum for s in one.strata][:4] == ["1-9", "10-24", "50-249", "250+"]
