"""Alpha, omega, Spearman-Brown, item-rest: published figures, exact population matrices, other ways to compute them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.reliability import scale
from kume_desktop.scoring.reliability.bootstrap import (
    alpha_replicates,
    log_interval,
    omega_replicates,
    spearman_brown_replicates,
)
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.scoring.raters.tables import SHROUT_FLEISS

grids = (
    st.integers(2, 6)
    .flatmap(
        lambda k: st.lists(st.lists(st.integers(1, 5).map(float), min_size=k, max_size=k), min_size=3, max_size=20)
    )
    .map(np.array)
)
anyone = settings(max_examples=60, deadline=None)


def a_scale(firms: int, items: int, seed: int = 1) -> np.ndarray:
    """Answers 1-5 that share a factor."""
    random = np.random.default_rng(seed)
    common = random.normal(size=(firms, 1))
    return np.clip(np.round(3 + common + random.normal(size=(firms, items))), 1, 5)


def slow_alpha(items: np.ndarray) -> float:
    """Alpha from the covariances: k / (k - 1) x (1 - trace / sum)."""
    matrix = np.cov(items, rowvar=False)
    k = len(matrix)
    return k / (k - 1) * (1 - np.trace(matrix) / matrix.sum())


def test_that_alpha_is_the_consistency_of_shrout_and_fleiss():
    """Their ICC(3,4) = .91 is Cronbach's alpha of the judges as items (Hoyt 1941)."""
    assert scale.cronbach_alpha(SHROUT_FLEISS) == pytest.approx(0.91, abs=5e-3)
    assert scale.cronbach_alpha(SHROUT_FLEISS) == pytest.approx(slow_alpha(SHROUT_FLEISS), abs=1e-12)


@given(items=grids)
@anyone
def test_that_alpha_equals_that_from_covariances(items):
    assume(np.ptp(items.sum(axis=1)) > 0)
    assert scale.cronbach_alpha(items) == pytest.approx(slow_alpha(items), rel=1e-9, abs=1e-9)


@given(items=grids, data=st.data())
@anyone
def test_that_neither_order_nor_a_reversed_scale_changes_alpha(items, data):
    assume(np.ptp(items.sum(axis=1)) > 0)
    value = scale.cronbach_alpha(items)
    firms = data.draw(st.permutations(range(len(items))))
    order = data.draw(st.permutations(range(items.shape[1])))
    assert scale.cronbach_alpha(items[np.ix_(firms, order)]) == pytest.approx(value, abs=1e-9)
    assert scale.cronbach_alpha(6 - items) == pytest.approx(value, abs=1e-9)
    assert scale.cronbach_alpha(25 * (items - 1)) == pytest.approx(value, abs=1e-9)
    np.testing.assert_array_equal(6 - (6 - items), items)


@pytest.mark.parametrize("items", [np.ones((1, 3)), np.ones((12, 1)), np.full((12, 3), 2.0), np.tile([1.0, 5], (9, 1))])
def test_that_alpha_of_what_does_not_vary_is_undefined(items):
    assert np.isnan(scale.cronbach_alpha(items))


def test_that_the_interval_of_feldt_is_that_of_the_f_distribution():
    from scipy.stats import f

    alpha, n, k = 0.8, 30, 5
    low, high = scale.feldt_interval(alpha, n, k)
    assert low == pytest.approx(1 - 0.2 * f.ppf(0.975, 29, 116), abs=1e-12)
    assert high == pytest.approx(1 - 0.2 * f.ppf(0.025, 29, 116), abs=1e-12)
    assert low < alpha < high < 1


@pytest.mark.parametrize(
    ("loadings", "unique"),
    [
        ([0.9, 0.8, 0.7, 0.6], [0.19, 0.36, 0.51, 0.64]),
        ([0.9, 0.8, 0.7], [0.4, 1.1, 0.3]),
        ([2.0, 0.3, 1.0, 0.7, 0.5, 0.4], [1.0, 0.5, 3.0, 0.2, 0.9, 0.6]),
    ],
)
def test_that_omega_is_exact_where_one_factor_holds(loadings, unique):
    """Congeneric items: omega is the share of the factor in the variance of the sum, whatever the units."""
    matrix = np.outer(loadings, loadings) + np.diag(unique)
    exact = sum(loadings) ** 2 / matrix.sum()
    assert float(scale.omega_of(matrix)) == pytest.approx(exact, abs=1e-9)
    assert float(scale.omega_of(9 * matrix)) == pytest.approx(exact, abs=1e-9)


def test_that_omega_equals_alpha_for_items_with_equal_loadings():
    matrix = np.full((5, 5), 0.4) + np.diag([0.6] * 5)
    alpha = 5 / 4 * (1 - np.trace(matrix) / matrix.sum())
    assert float(scale.omega_of(matrix)) == pytest.approx(alpha, abs=1e-10)


@pytest.mark.parametrize("items", [4, 6])
def test_that_no_other_loadings_leave_smaller_residuals(items):
    from scipy.optimize import minimize

    matrix = np.corrcoef(a_scale(40, items, seed=items), rowvar=False)
    off = ~np.eye(items, dtype=bool)

    def residuals(loadings: np.ndarray) -> float:
        return float(((matrix - np.outer(loadings, loadings))[off] ** 2).sum())

    found = scale.minimum_residuals(matrix)
    best = minimize(residuals, np.full(items, 0.7), method="BFGS", options={"gtol": 1e-10})
    assert residuals(found) <= best.fun + 1e-12
    assert found == pytest.approx(np.abs(best.x), abs=1e-4)


@pytest.mark.parametrize("third", [0.1, -0.4])
def test_that_omega_is_undefined_where_one_factor_cannot_hold(third):
    """r_12 r_13 / r_23 above 1 (Heywood), or an odd number of negative correlations."""
    matrix = np.array([[1.0, 0.8, 0.7], [0.8, 1, third], [0.7, third, 1]])
    assert np.isnan(scale.omega_of(matrix))


def test_that_omega_with_a_constant_item_is_undefined():
    items = np.column_stack([a_scale(20, 3), np.full(20, 3.0)])
    assert np.isnan(scale.omega(items))


def test_that_two_items_have_the_reliability_of_spearman_and_brown():
    items = a_scale(50, 2)
    r = np.corrcoef(items, rowvar=False)[0, 1]
    assert scale.spearman_brown(items) == pytest.approx(2 * r / (1 + r), abs=1e-12)
    standardised = (items - items.mean(axis=0)) / items.std(axis=0)
    assert scale.spearman_brown(items) == pytest.approx(slow_alpha(standardised), abs=1e-12)
    low, high = scale.spearman_brown_interval(items)
    assert low < scale.spearman_brown(items) < high


def test_that_spearman_brown_of_a_constant_item_is_undefined():
    assert np.isnan(scale.spearman_brown(np.column_stack([np.ones(12), np.arange(12.0)])))
    assert np.isnan(scale.spearman_brown(np.column_stack([np.arange(12.0), -np.arange(12.0)])))


def test_that_an_item_is_compared_with_the_rest_alone():
    items = a_scale(30, 4)
    slow = [np.corrcoef(items[:, k], np.delete(items, k, axis=1).sum(axis=1))[0, 1] for k in range(4)]
    assert scale.item_rest(items) == pytest.approx(slow, abs=1e-12)
    assert scale.item_rest(np.column_stack([items, np.full(30, 4.0)]))[4] is None


@pytest.mark.parametrize("k", [3, 10])
def test_that_replicates_equal_resampling_the_firms_themselves(k):
    items, random = a_scale(60, k, seed=k), np.random.default_rng(9)
    run = RunSettings(replicates=1500)
    drawn = [items[random.integers(0, 60, 60)] for _ in range(1500)]
    fast = alpha_replicates(items, run)
    slow = [slow_alpha(one) for one in drawn]
    assert (fast.mean(), fast.std()) == pytest.approx((np.mean(slow), np.std(slow)), rel=0.08)
    fast = omega_replicates(items, run, 1000)
    slow = [scale.omega(one) for one in drawn[:300]]
    assert (np.nanmean(fast), np.nanstd(fast)) == pytest.approx((np.nanmean(slow), np.nanstd(slow)), rel=0.2)
    fast = spearman_brown_replicates(items[:, :2], run)
    slow = [scale.spearman_brown(one[:, :2]) for one in drawn]
    assert (fast.mean(), fast.std()) == pytest.approx((np.mean(slow), np.std(slow)), rel=0.08)


def test_that_many_firms_are_resampled_in_parts_that_do_not_change_the_sums():
    """More firms than fit at once, and more than sixteen bits can number: every replicate draws n of n."""
    from kume_desktop.scoring.reliability.resampling import CELLS_AT_ONCE, resampled_sums

    for n in (CELLS_AT_ONCE // 2 + 1, 70_000, 3):
        sums = resampled_sums(np.column_stack([np.ones(n), np.arange(n) % 2]), 5, 1)
        assert sums[:, 0].tolist() == [n] * 5
        assert sums[:, 1].mean() / n == pytest.approx(0.5 if n > 3 else 1 / 3, abs=0.01 if n > 3 else 0.4)
    with pytest.raises(ValueError, match="nothing"):
        resampled_sums(np.zeros((0, 2)), 5, 1)


@pytest.mark.parametrize(
    ("n", "cuts"), [(20, [-1.2, -0.4, 0.4, 1.2]), (80, [-1.2, -0.4, 0.4, 1.2]), (80, [-1.6, -0.9, -0.2, 0.7])]
)
def test_that_limits_of_alpha_hold_the_truth_about_as_often_as_promised(n, cuts):
    random = np.random.default_rng(3)

    def sample(firms: int) -> np.ndarray:
        latent = 0.7 * random.normal(size=(firms, 1)) + np.sqrt(0.51) * random.normal(size=(firms, 4))
        return 1.0 + np.searchsorted(cuts, latent)

    true, held = slow_alpha(sample(200_000)), []
    for seed in range(300):
        items = sample(n)
        value = scale.cronbach_alpha(items)
        limits = scale.feldt_interval(value, n, 4)
        if n >= 60:
            limits = log_interval(value, alpha_replicates(items, RunSettings(seed=seed, replicates=400)), n, 0.95)
        held.append(limits[0] <= true <= limits[1])
    assert 0.91 <= np.mean(held) <= 0.99
