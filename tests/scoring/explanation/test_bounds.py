"""The score so far with its bounds over what is not yet rated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.explanation.bounds import bounds
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.method import LEAVE_OUT, LOWEST
from tests.scoring.explanation.scores import areas_of, random_levels
from tests.scoring.rules import HEADINGS

NAN = float("nan")


def test_that_a_firm_with_nothing_rated_can_reach_everything(method):
    low, high, so_far = bounds(np.full(10, NAN), method)
    assert (low, high, so_far) == (pytest.approx(100 / 3), 100.0, None)
    assert bounds(np.zeros((0, 10)), method) == bounds(np.full(10, NAN), method)


def test_that_a_firm_half_rated_lies_between(method):
    found = bounds(np.array([5.0] * 5 + [NAN] * 5), method)
    assert found == pytest.approx((100 * 20 / 30, 100.0, 100.0))


def test_that_bounds_meet_once_everything_is_rated(method):
    low, high, so_far = bounds(np.array([3.0, 4, 5, 1, 2, 3, 3, 3, 1, 5]), method)
    assert low == high == so_far == pytest.approx(100 * 20 / 30)


def test_that_firms_nobody_rated_widen_the_bounds_of_their_area(method):
    rated = np.full((8, 10), 3.0)
    found = bounds(np.vstack([rated, np.full((2, 10), NAN)]), method)
    assert found == pytest.approx((100 * (8 * 2 + 2) / 30, 100 * (8 * 2 + 6) / 30, 100 * 2 / 3))


def test_that_a_panel_is_bounded_on_its_own_scale(method):
    assert bounds(np.array([3.0] * 9 + [NAN]), method, "panel") == pytest.approx((100 * 28 / 30, 100, 100))


def test_that_a_level_outside_the_scale_is_a_bug(method):
    with pytest.raises(ValueError, match="level"):
        bounds(np.array([7.0] + [NAN] * 9), method)


@given(
    seed=st.integers(0, 1000),
    n=st.integers(1, 6),
    rule=st.sampled_from([LEAVE_OUT, LOWEST]),
    averaged=st.booleans(),
    left=st.sampled_from([0.0, 0.3]),
)
@settings(max_examples=80, deadline=None)
def test_that_whatever_comes_the_index_at_the_end_lies_within_the_bounds(seed, n, rule, averaged, left, method):
    """Also where some levels are never given, and whatever was given so far."""
    draft = method.with_changes(missing_rule=rule, heading_weights=dict.fromkeys(HEADINGS, 1.0) if averaged else {})
    final = random_levels(n, seed, left)
    so_far = final.copy()
    so_far[np.random.default_rng(seed + 1).random(final.shape) < 0.5] = NAN
    found = bounds(so_far, draft)
    (area,) = score_areas(*areas_of(final), draft)
    assert area.score is None or found.low - 1e-9 <= area.score <= found.high + 1e-9
    assert found.so_far is None or found.low - 1e-9 <= found.so_far <= found.high + 1e-9
