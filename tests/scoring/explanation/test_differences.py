"""Differences between areas: exact parts, and the interval of independent samples."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kume_desktop.scoring.explanation import differences as module
from kume_desktop.scoring.explanation.differences import difference, differences
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import LEAVE_OUT, LOWEST
from tests.scoring.explanation.scores import random_levels, scored
from tests.scoring.rules import HEADINGS


@given(
    seeds=st.tuples(st.integers(0, 500), st.integers(0, 500)),
    gaps=st.sampled_from([0.0, 0.2, 0.8]),
    rule=st.sampled_from([LEAVE_OUT, LOWEST]),
    averaged=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_that_parts_sum_exactly_to_the_difference(seeds, gaps, rule, averaged, method):
    draft = method.with_changes(missing_rule=rule, heading_weights=dict.fromkeys(HEADINGS, 1.0) if averaged else {})
    found, errors = scored(draft, random_levels(3, seeds[0], gaps), random_levels(4, seeds[1], gaps))
    for one in differences(found, errors):
        assert sum(part.points for part in one.parts) == pytest.approx(one.points, abs=1e-9)
        assert [part.indicator for part in one.parts] == list(method.indicator_codes)


def test_that_every_pair_of_scored_areas_is_compared_once_in_order(method):
    nobody = np.full((2, 10), np.nan)
    found, errors = scored(method, random_levels(12, 1), nobody, random_levels(12, 2), random_levels(12, 3))
    pairs = [(one.first, one.second) for one in differences(found, errors)]
    assert pairs == [("a0", "a2"), ("a0", "a3"), ("a2", "a3")]


def test_that_the_interval_is_that_of_welchs_test_where_nothing_is_missing(method):
    """An independent implementation: scipy's t-test with unequal variances on the firms' own indices."""
    tables = random_levels(14, 4, weights=(3, 2, 1, 1, 1)), random_levels(25, 5)
    found, errors = scored(method, *tables)
    own = [100 * np.array([1, 1, 2, 3, 3])[table.astype(int) - 1].sum(axis=1) / 30 for table in tables]
    expected = stats.ttest_ind(*own, equal_var=False).confidence_interval(0.95)
    (one,) = differences(found, errors)
    assert one.points == pytest.approx(own[0].mean() - own[1].mean(), abs=1e-9)
    assert (one.interval.low, one.interval.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert (one.interval.how, one.interval.corrected) == ("welch-t", False)


def test_that_turning_the_areas_round_turns_the_difference_round(method):
    (first, second), errors = scored(method, random_levels(12, 6), random_levels(15, 7))
    one = difference(first, second, errors["a0"], errors["a1"])
    other = difference(second, first, errors["a1"], errors["a0"])
    assert one.points == -other.points
    assert one.interval.low == pytest.approx(-other.interval.high, abs=1e-9)


def test_that_few_firms_have_a_difference_but_no_interval(method):
    found, errors = scored(method, random_levels(7, 8), random_levels(15, 9))
    (one,) = differences(found, errors)
    assert (one.interval.low, one.interval.reason) == (None, "few")
    (panel,) = differences(*scored(method, [[2] * 10], [[3] * 10], route="panel"))
    assert (panel.points, panel.interval.reason) == (pytest.approx(-100 / 3), "panel")


def test_that_two_areas_counted_in_full_differ_by_what_they_differ(method):
    found, errors = scored(method, random_levels(12, 1), random_levels(12, 2), frame_n=12)
    (one,) = differences(found, errors)
    assert one.interval == Interval(one.points, one.points, 0.95, "", "census", corrected=True)


def test_that_unanimous_samples_do_not_give_width_0(method):
    found, errors = scored(method, [[3] * 10] * 12, [[5] * 10] * 12, frame_n=40)
    (one,) = differences(found, errors)
    assert (one.points, one.interval.low, one.interval.reason) == (pytest.approx(-100 / 3), None, "unanimous")


def test_that_areas_of_different_routes_are_not_compared(method):
    (firms,), _ = scored(method, random_levels(12))
    (panel,), _ = scored(method, [[2] * 10], route="panel")
    assert differences((firms, panel), {}) == ()


def test_that_an_area_without_a_score_has_no_difference(method):
    (one, nothing), _ = scored(method, random_levels(12), np.full((1, 10), np.nan))
    with pytest.raises(ValueError, match="without a score"):
        difference(one, nothing, 1.0, 1.0)


def test_that_the_examples_of_the_documentation_hold():
    found = doctest.testmod(module)
    assert (found.attempted, found.failed) == (1, 0)
