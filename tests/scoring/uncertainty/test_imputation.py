"""Two-way imputation against its definition, and its error."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.scoring.uncertainty.imputation import residual_deviation, two_way

CELLS = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, math.nan])
TABLES = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(CELLS, min_size=k, max_size=k), min_size=2, max_size=8).map(np.array)
)


def by_hand(values: np.ndarray) -> list[list[float]]:
    there = [(i, k) for i, k in np.ndindex(values.shape) if not math.isnan(values[i, k])]

    def mean_of(places: list[tuple[int, int]]) -> float:
        return math.fsum(values[p] for p in places) / len(places) if places else math.nan

    overall = mean_of(there)
    firms = [mean_of([p for p in there if p[0] == i]) for i in range(values.shape[0])]
    items = [mean_of([p for p in there if p[1] == k]) for k in range(values.shape[1])]
    return [[firms[i] + items[k] - overall for k in range(values.shape[1])] for i in range(values.shape[0])]


@given(TABLES)
def test_that_a_gap_is_firm_mean_plus_item_mean_minus_overall_mean(values):
    expected = np.where(np.isnan(values), by_hand(values), values)
    np.testing.assert_allclose(two_way(values), expected, rtol=0, atol=1e-9)


@given(TABLES)
def test_that_levels_that_are_there_stay(values):
    present = ~np.isnan(values)
    assert np.array_equal(two_way(values)[present], values[present])


def test_that_an_additive_table_is_completed_exactly():
    firms, items = np.array([1.0, 2.0, 0.0, 1.5]), np.array([0.5, 1.0, 2.0])
    whole = firms[:, None] + items
    assert two_way(whole).tolist() == whole.tolist()
    assert residual_deviation(whole) == pytest.approx(0, abs=1e-12)


def test_that_empty_firms_and_items_stay_empty():
    values = np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan], [2.0, np.nan, np.nan]])
    assert np.isnan(two_way(values)).tolist() == [[False, True, False], [True] * 3, [False, True, False]]
    assert np.isnan(two_way(np.full((2, 2), np.nan))).all()


def test_that_the_deviation_is_that_of_the_residuals():
    random = np.random.default_rng(1)
    values = random.integers(1, 6, (400, 10)).astype(float)
    values[random.random(values.shape) < 0.3] = np.nan
    gaps = np.isnan(values)
    present = ~gaps
    expected = np.array(by_hand(values))
    deviation = math.sqrt(((values - expected)[present] ** 2).sum() / (present.sum() - 1))
    assert residual_deviation(values) == pytest.approx(deviation, abs=1e-9)
    assert residual_deviation(np.array([[2.0, np.nan]])) == 0
