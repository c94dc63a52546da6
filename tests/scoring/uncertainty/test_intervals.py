"""Intervals of means and of the index: rules, independent recomputations, and what must hold for any levels."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from kume_desktop.scoring.uncertainty.intervals import (
    column_intervals,
    correction,
    dirichlet_interval,
    linearised_error,
    logit_t,
    mean_interval,
    score_interval,
)

ANSWERS = st.lists(st.integers(1, 5), min_size=10, max_size=60)


@st.composite
def tables(draw, least: int = 10, most: int = 30) -> np.ndarray:
    """Levels 1-3 of some firms on four indicators, about a tenth of them missing; every firm has one."""
    n = draw(st.integers(least, most))
    cell = st.sampled_from([1.0, 2.0, 3.0] * 3 + [math.nan])
    rows = draw(st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0]), cell, cell, cell), min_size=n, max_size=n))
    return np.array(rows)


def by_hand(
    values: list[float], low: float, high: float, frame_n: int | None, confidence: float
) -> tuple[float, float]:
    """Logit-t, number by number."""
    n = len(values)
    mean = math.fsum(values) / n
    error = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (n - 1) / n)
    if frame_n is not None:
        error *= math.sqrt(1 - n / frame_n)
    y = min(max((mean - low) / (high - low), 1 / (8 * n)), 1 - 1 / (8 * n))
    reach = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * error / (high - low) / (y * (1 - y))
    odds = math.log(y / (1 - y))
    ends = [low + (high - low) / (1 + math.exp(-(odds + sign * reach))) for sign in (-1, 1)]
    return min(ends[0], mean), max(ends[1], mean)


@given(ANSWERS, st.sampled_from([None, 61, 90, 400]), st.sampled_from([0.8, 0.95, 0.99]))
def test_that_the_interval_of_a_mean_is_the_one_computed_by_hand(answers, frame_n, confidence):
    assume(len(set(answers)) > 1)
    found = mean_interval(np.array(answers, dtype=float), 1, 5, frame_n, confidence)
    assert (found.low, found.high) == pytest.approx(by_hand(answers, 1, 5, frame_n, confidence), abs=1e-9)
    assert (found.how, found.reason, found.corrected) == ("logit-t", "", frame_n is not None)


@given(ANSWERS, st.randoms(use_true_random=False), st.sampled_from([None, 100]))
def test_that_the_order_of_the_firms_changes_nothing(answers, random, frame_n):
    shuffled = list(answers)
    random.shuffle(shuffled)
    plain, other = (mean_interval(np.array(own, dtype=float), 1, 5, frame_n) for own in (answers, shuffled))
    assert (plain.low, plain.high) == pytest.approx((other.low, other.high), abs=1e-12)


@given(ANSWERS, st.sampled_from([None, 61, 75]))
def test_that_limits_hold_the_mean_and_stay_on_the_scale(answers, frame_n):
    found = mean_interval(np.array(answers, dtype=float), 1, 5, frame_n)
    assert 1 <= found.low <= np.mean(answers) + 1e-12
    assert np.mean(answers) - 1e-12 <= found.high <= 5
    assert found.high - found.low > 0


@given(ANSWERS, st.sampled_from([None, 61]))
def test_that_more_confidence_means_wider_limits(answers, frame_n):
    found = [mean_interval(np.array(answers, dtype=float), 1, 5, frame_n, c) for c in (0.5, 0.8, 0.9, 0.95, 0.99)]
    assert all(a.low >= b.low - 1e-12 and a.high <= b.high + 1e-12 for a, b in itertools.pairwise(found))


@given(ANSWERS)
def test_that_a_longer_list_means_wider_limits(answers):
    found = [mean_interval(np.array(answers, dtype=float), 1, 5, n) for n in (len(answers), 61, 80, 200, 10**6, None)]
    assert all(a.low >= b.low - 1e-12 and a.high <= b.high + 1e-12 for a, b in itertools.pairwise(found))


@given(ANSWERS)
def test_that_a_census_has_no_width(answers):
    found = mean_interval(np.array(answers, dtype=float), 1, 5, len(answers))
    assert found.low == found.high == pytest.approx(np.mean(answers), abs=1e-12)
    assert (found.how, found.corrected) == ("census", True)


@pytest.mark.parametrize(
    ("answers", "frame_n", "reason"), [([], None, "nobody"), ([], 0, "nobody"), ([3.0] * 9, 40, "few")]
)
def test_that_an_interval_that_cannot_be_says_why(answers, frame_n, reason):
    found = mean_interval(np.array(answers), 1, 5, frame_n)
    assert (found.low, found.high, found.reason) == (None, None, reason)


def test_that_a_small_census_is_a_census_and_not_few():
    assert mean_interval(np.array([2.0, 4.0]), 1, 5, 2).how == "census"


def test_that_missing_answers_do_not_count():
    given_, gone = np.array([1.0, 3.0, 5.0] * 5), np.full(7, np.nan)
    assert mean_interval(np.concatenate([given_, gone]), 1, 5, 40) == mean_interval(given_, 1, 5, 40)


def test_that_a_list_shorter_than_the_answers_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="12 firms answered of a list of 11"):
        mean_interval(np.array([1.0, 2.0] * 6), 1, 5, 11)
    with pytest.raises(ValueError, match="outside"):
        mean_interval(np.array([1.0, 6.0] * 6), 1, 5, 20)


def test_that_all_the_same_answer_never_has_width_0():
    found = mean_interval(np.full(10, 5.0), 1, 5, None)
    assert (found.how, found.high) == ("dirichlet", 5.0)
    drawn = np.random.default_rng(3).dirichlet([0.2] * 4 + [10.2], 200_000) @ np.arange(1, 6)
    assert found.low == pytest.approx(np.quantile(drawn, 0.025), abs=0.01)
    corrected = mean_interval(np.full(10, 5.0), 1, 5, 40)
    assert 5 - corrected.low == pytest.approx((5 - found.low) * math.sqrt(0.75), abs=1e-12)
    middle = mean_interval(np.full(10, 3.0), 1, 5, None)
    assert middle.low < 3 < middle.high
    assert 3 - middle.low == pytest.approx(middle.high - 3, abs=1e-9)


def test_that_one_value_of_a_two_value_scale_gives_beta_quantiles():
    low, high = dirichlet_interval([0, 12], [0, 1])
    assert low == pytest.approx(stats.beta.ppf(0.025, 12.2, 0.2), abs=1e-9)
    assert high == 1.0


def test_that_columns_are_taken_one_by_one():
    values = np.array([[1.0, 5.0, np.nan], [3.0, 5.0, np.nan], [4.0, 5.0, 2.0]] * 5)
    found = column_intervals(values, 1, 5, 40)
    single = [mean_interval(values[:, k], 1, 5, 40) for k in range(3)]
    assert [one.low for one in found[:2]] == pytest.approx([one.low for one in single[:2]], abs=1e-12)
    assert [one.high for one in found[:2]] == pytest.approx([one.high for one in single[:2]], abs=1e-12)
    assert [one.how or one.reason for one in found] == ["logit-t", "dirichlet", "few"]


@given(tables(), st.integers(1, 5))
def test_that_the_linearised_error_is_the_one_computed_by_hand(levels, seed):
    random = np.random.default_rng(seed)
    weights, firms = random.uniform(0.5, 2, 4), random.uniform(0.5, 2, len(levels))
    n, squares = len(levels), 0.0
    scored = [k for k in range(4) if not np.isnan(levels[:, k]).all()]
    totals = {k: math.fsum(firms[i] for i in range(n) if not math.isnan(levels[i, k])) for k in scored}
    means = {
        k: math.fsum(firms[i] * levels[i, k] for i in range(n) if not math.isnan(levels[i, k])) / totals[k]
        for k in scored
    }
    for i in range(n):
        there = [k for k in scored if not math.isnan(levels[i, k])]
        squares += math.fsum(weights[k] * firms[i] * (levels[i, k] - means[k]) / totals[k] for k in there) ** 2
    error = 100 / (3 * math.fsum(weights[k] for k in scored)) * math.sqrt(n / (n - 1) * squares * (1 - n / 50))
    assert linearised_error(levels, weights, 3, 50, firms) == pytest.approx(error, abs=1e-9)


@given(tables())
def test_that_without_gaps_the_error_is_that_of_the_firms_own_scores(levels):
    levels = np.nan_to_num(levels, nan=2.0)
    own = 100 * levels.mean(axis=1) / 3
    expected = own.std(ddof=1) / math.sqrt(len(own))
    assert linearised_error(levels, np.ones(4), 3) == pytest.approx(expected, abs=1e-9)
    equal = linearised_error(levels, np.ones(4), 3, firm_weights=np.full(len(levels), 7.0))
    assert equal == pytest.approx(expected, abs=1e-9)


@given(tables())
def test_that_asking_every_firm_twice_keeps_the_index_and_narrows_the_error_as_it_must(levels):
    n, twice = len(levels), np.concatenate([levels, levels])
    error, halved = (linearised_error(own, np.ones(4), 3) for own in (levels, twice))
    assert halved == pytest.approx(error * math.sqrt((n - 1) / (2 * n - 1)), abs=1e-9)


@settings(max_examples=50)
@given(tables(), st.permutations(range(4)), st.randoms(use_true_random=False), st.floats(0.01, 100))
def test_that_order_of_firms_and_indicators_and_the_unit_of_weights_change_nothing(levels, items, random, factor):
    firms = list(range(len(levels)))
    random.shuffle(firms)
    weights = np.array([1.0, 2.0, 0.5, 3.0])
    plain, error = score_interval(levels, weights, 1, 3, 60)
    turned, other = score_interval(levels[firms][:, items], factor * weights[items], 1, 3, 60)
    assert (plain.low, plain.high, error) == pytest.approx((turned.low, turned.high, other), abs=1e-9)


@given(tables())
def test_that_the_interval_of_the_index_stays_on_its_scale_and_a_census_has_none(levels):
    found, error = score_interval(levels, np.ones(4), 1, 3, None)
    assert 100 / 3 - 1e-9 <= found.low < found.high <= 100 + 1e-9
    assert error is not None
    census, nothing = score_interval(levels, np.ones(4), 1, 3, len(levels))
    assert census.low == census.high
    assert (census.how, nothing) == ("census", 0.0)


def test_that_firms_that_all_score_the_same_have_an_interval_all_the_same():
    found, error = score_interval(np.array([[1.0, 3.0], [3.0, 1.0]] * 6), np.ones(2), 1, 3, 30)
    assert (found.how, error) == ("dirichlet", pytest.approx(0, abs=1e-12))
    assert found.low < 200 / 3 < found.high
    top, _ = score_interval(np.full((12, 2), 3.0), np.ones(2), 1, 3, None)
    assert (top.how, top.high) == ("dirichlet", pytest.approx(100))


@pytest.mark.parametrize(("firms", "reason"), [(0, "nobody"), (1, "few"), (9, "few")])
def test_that_few_firms_have_no_interval_of_the_index(firms, reason):
    found, error = score_interval(np.tile([1.0, 3.0], (firms, 1)), np.ones(2), 1, 3, 50)
    assert (found.reason, found.low) == (reason, None)
    assert (error is None) == (firms < 2)


def test_that_firms_without_any_level_are_not_counted():
    levels = np.array([[1.0, 3.0], [3.0, 3.0], [2.0, 1.0]] * 4)
    with_empty = np.concatenate([levels, np.full((5, 2), np.nan)])
    assert score_interval(with_empty, np.ones(2), 1, 3, 40) == score_interval(levels, np.ones(2), 1, 3, 40)


def test_that_logit_t_takes_arrays_and_is_not_symmetric_near_an_end():
    low, high = logit_t(np.array([3.0, 4.8]), np.array([0.2, 0.1]), np.array([20, 20]), 1, 5)
    assert 3 - low[0] == pytest.approx(high[0] - 3, abs=1e-9)
    assert 4.8 - low[1] > high[1] - 4.8


def test_that_without_a_list_there_is_no_correction():
    assert correction(np.array([10, 20]), None).tolist() == [1, 1]
    assert correction(0, 0) == 0


@pytest.mark.parametrize("seed", range(20))
def test_that_the_order_of_the_firms_does_not_change_the_last_bit(seed):
    random = np.random.default_rng(seed)
    values = random.choice([1.0, 4 / 3, 5 / 3, 2.0, 2.3, 3.0], (31, 5))
    values[random.random(values.shape) < 0.1] = np.nan
    weights, own = random.random(5), random.choice([0.7, 1.0, 1.3], 31)
    order = random.permutation(31)
    assert column_intervals(values[order], 1, 3, 80) == column_intervals(values, 1, 3, 80)
    for firm_weights in (None, own):
        turned = None if firm_weights is None else firm_weights[order]
        told = score_interval(values[order], weights, 1, 3, 80, turned)
        assert told == score_interval(values, weights, 1, 3, 80, firm_weights)
