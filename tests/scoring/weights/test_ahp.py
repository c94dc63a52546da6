"""Weights from pairwise comparisons and from budgets: Saaty's examples, consistency, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.weights.ahp import RANDOM_INDEX, ahp_weights
from kume_desktop.scoring.weights.budget import budget_weights


def reciprocal(upper: list[list[float]]) -> np.ndarray:
    """A matrix from what stands right of its diagonal."""
    size = len(upper) + 1
    matrix = np.eye(size)
    for i, row in enumerate(upper):
        for j, value in enumerate(row, start=i + 1):
            matrix[i, j], matrix[j, i] = value, 1 / value
    return matrix


HOUSE = reciprocal(
    [
        [5, 3, 7, 6, 6, 1 / 3, 1 / 4],
        [1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
        [6, 3, 4, 6, 1 / 5],
        [1 / 3, 1 / 4, 1 / 7, 1 / 8],
        [1 / 2, 1 / 5, 1 / 6],
        [1 / 5, 1 / 6],
        [1 / 2],
    ]
)
"""Saaty (1990), How to make a decision: the eight criteria for a house."""
DRINKS = reciprocal(
    [
        [9, 5, 2, 1, 1, 1 / 2],
        [1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
        [1 / 3, 1 / 4, 1 / 3, 1 / 9],
        [1 / 2, 1, 1 / 3],
        [2, 1 / 2],
        [1 / 3],
    ]
)
"""Saaty (2008), Decision making with the analytic hierarchy process: relative consumption of drinks."""
anyone = settings(max_examples=60, deadline=None)
ratios = st.lists(st.floats(0.05, 20), min_size=1, max_size=9).map(np.array)


def test_that_the_house_of_saaty_is_weighed_as_published():
    weights, ratio = ahp_weights(HOUSE)
    assert weights.round(3).tolist() == [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert ratio == pytest.approx(0.169, abs=5e-4)


def test_that_the_drinks_of_saaty_are_weighed_as_published():
    weights, ratio = ahp_weights(DRINKS)
    assert weights.round(3).tolist() == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert ratio == pytest.approx(0.022, abs=5e-4)


@given(values=ratios)
@anyone
def test_that_consistent_comparisons_give_back_what_they_were_made_from(values):
    weights, ratio = ahp_weights(values[:, None] / values)
    assert weights == pytest.approx(values / values.sum(), abs=1e-9)
    assert ratio == pytest.approx(0, abs=1e-9)


@given(order=st.permutations(range(8)))
@anyone
def test_that_the_order_of_what_is_compared_changes_nothing(order):
    weights, ratio = ahp_weights(HOUSE)
    moved, same = ahp_weights(HOUSE[np.ix_(order, order)])
    assert moved == pytest.approx(weights[list(order)], abs=1e-9)
    assert same == pytest.approx(ratio, abs=1e-9)


def test_that_the_weights_are_the_limit_of_repeated_multiplication():
    vector = np.ones(8)
    for _ in range(200):
        vector = HOUSE @ vector
        vector /= vector.sum()
    assert ahp_weights(HOUSE)[0] == pytest.approx(vector, abs=1e-9)


def test_that_one_and_two_things_are_always_consistent():
    assert ahp_weights(np.ones((1, 1))) == (pytest.approx([1.0]), 0.0)
    weights, ratio = ahp_weights(np.array([[1, 4], [1 / 4, 1]]))
    assert (weights.tolist(), ratio) == (pytest.approx([0.8, 0.2]), 0.0)


def test_that_contradictions_raise_the_ratio():
    circle = reciprocal([[9, 1 / 9], [9]])
    weights, ratio = ahp_weights(circle)
    assert weights == pytest.approx([1 / 3] * 3)
    assert ratio > 1


def test_that_more_than_fifteen_things_use_the_last_random_index():
    matrix = np.ones((17, 17))
    matrix[0, 1], matrix[1, 0] = 9, 1 / 9
    size = len(RANDOM_INDEX) - 1
    assert size == 15
    assert 0 < ahp_weights(matrix)[1] < 0.1


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        (np.ones((2, 3)), "square"),
        (np.ones((0, 0)), "square"),
        (np.array([[1.0, -2], [-0.5, 1]]), "positive"),
        (np.array([[1.0, 0], [0, 1]]), "positive"),
        (np.array([[1.0, np.nan], [1, 1]]), "positive"),
        (np.array([[1.0, 3], [0.5, 1]]), "reciprocal"),
        (np.array([[2.0, 1], [1, 1]]), "reciprocal"),
    ],
)
def test_that_what_is_no_comparison_is_refused(matrix, why):
    with pytest.raises(ValueError, match=why):
        ahp_weights(matrix)


def test_that_a_budget_is_the_mean_of_the_experts():
    assert budget_weights(np.array([[50.0, 30, 20], [30, 30, 40]])).tolist() == pytest.approx([0.4, 0.3, 0.3])
    assert budget_weights(np.array([[100.0, 0]])).tolist() == [1.0, 0.0]


@given(points=st.lists(st.lists(st.floats(0.1, 50), min_size=4, max_size=4), min_size=1, max_size=6), data=st.data())
@anyone
def test_that_neither_the_order_of_experts_nor_of_indicators_matters(points, data):
    shares = np.array(points)
    shares *= 100 / shares.sum(axis=1, keepdims=True)
    experts = data.draw(st.permutations(range(len(shares))))
    order = data.draw(st.permutations(range(4)))
    weights = budget_weights(shares)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert budget_weights(shares[np.ix_(experts, order)]) == pytest.approx(weights[list(order)], abs=1e-12)


@pytest.mark.parametrize(
    "points",
    [np.zeros((0, 3)), np.array([[50.0, 40]]), np.array([[120.0, -20]]), np.array([[np.nan, 100]]), np.ones(3)],
)
def test_that_points_that_do_not_sum_to_a_hundred_are_refused(points):
    with pytest.raises(ValueError, match="points"):
        budget_weights(points)
