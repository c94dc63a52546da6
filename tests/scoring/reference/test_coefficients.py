"""Agreement and reliability against published examples and exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from kume_desktop.scoring.raters.agreement import icc, krippendorff_alpha, pair_shares, weighted_kappa
from kume_desktop.scoring.reliability import scale
from tests.scoring.raters.tables import KRIPPENDORFF, SHROUT_FLEISS


def alpha_by_hand(table: np.ndarray, metric: str) -> Fraction:
    """Krippendorff (2013), 12.3: disagreements of ordered pairs of values, within units and over all, as fractions."""
    units = [[int(v) for v in row if not np.isnan(v)] for row in table]
    units = [unit for unit in units if len(unit) > 1]
    values = [v for unit in units for v in unit]
    count = {v: values.count(v) for v in set(values)}

    def apart(a: int, b: int) -> Fraction:
        if metric == "nominal":
            return Fraction(a != b)
        if metric == "interval":
            return Fraction((a - b) ** 2)
        low, high = sorted((a, b))
        between = sum(n for v, n in count.items() if low <= v <= high)
        return (between - Fraction(count[a] + count[b], 2)) ** 2 if a != b else Fraction(0)

    within = sum((apart(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2)), Fraction(0))
    overall = sum((apart(a, b) for a, b in permutations(values, 2)), Fraction(0))
    return 1 - within * (len(values) - 1) / overall


def test_that_the_four_examples_of_krippendorff_are_reproduced_exactly():
    """Computing Krippendorff's alpha-reliability (2011), A: 0.095, B: 0.692, C: 0.743, D: 0.815 and 0.849."""
    first = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], dtype=float).T
    letters = {letter: float(place) for place, letter in enumerate("abcde")}
    second = np.array([[letters[v] for v in row] for row in ("aabbdcccedda", "babbbccceddd")]).T
    assert krippendorff_alpha(first, "nominal") == pytest.approx(float(Fraction(2, 21)), abs=1e-12)
    assert krippendorff_alpha(second, "nominal") == pytest.approx(float(Fraction(310, 448)), abs=1e-12)
    for metric, published in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)):
        found = krippendorff_alpha(KRIPPENDORFF, metric)
        assert found == pytest.approx(float(alpha_by_hand(KRIPPENDORFF, metric)), abs=1e-12)
        assert round(found, 3) == published


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("seed", range(8))
def test_that_alpha_of_tables_with_gaps_is_that_of_exact_fractions(metric, seed):
    random = np.random.default_rng(seed)
    table = random.integers(1, 6, (14, 4)).astype(float)
    table[random.random(table.shape) < 0.35] = np.nan
    assert krippendorff_alpha(table, metric) == pytest.approx(float(alpha_by_hand(table, metric)), abs=1e-12)


def squares(table: np.ndarray) -> tuple[Fraction, Fraction, Fraction]:
    """The mean squares of rows, columns and rest as fractions."""
    cells = [[Fraction(str(v)) for v in row] for row in table]
    n, k = len(cells), len(cells[0])
    rows = [sum(row) / k for row in cells]
    columns = [sum(column) / n for column in zip(*cells, strict=True)]
    grand = sum(rows) / n
    rest = sum((cells[i][j] - rows[i] - columns[j] + grand) ** 2 for i in range(n) for j in range(k))
    msr = k * sum((row - grand) ** 2 for row in rows) / (n - 1)
    msc = n * sum((column - grand) ** 2 for column in columns) / (k - 1)
    return msr, msc, rest / ((n - 1) * (k - 1))


def test_that_shrout_and_fleiss_and_mcgraw_and_wong_are_reproduced():
    """Table 3 of Shrout & Fleiss (1979): BMS 11.24, JMS 32.49, EMS 1.02; ICC(2,1) .29, ICC(2,4) .62, alpha .91."""
    msr, msc, mse = squares(SHROUT_FLEISS)
    assert [round(float(v), 2) for v in (msr, msc, mse)] == [11.24, 32.49, 1.02]
    single = (msr - mse) / (msr + 3 * mse + Fraction(4, 6) * (msc - mse))
    average = (msr - mse) / (msr + (msc - mse) / 6)
    assert icc(SHROUT_FLEISS) == pytest.approx((float(single), float(average)), abs=1e-12)
    assert scale.cronbach_alpha(SHROUT_FLEISS) == pytest.approx(float((msr - mse) / msr), abs=1e-12)
    assert round(scale.cronbach_alpha(SHROUT_FLEISS), 2) == 0.91


@pytest.mark.parametrize(
    ("table", "published"),
    [
        (((20, 5), (10, 15)), Fraction(2, 5)),
        (((45, 15), (25, 15)), Fraction(3, 23)),
        (((25, 35), (5, 35)), Fraction(7, 27)),
    ],
)
def test_that_kappa_of_two_levels_is_the_plain_kappa_of_cohen(table, published):
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    assert weighted_kappa(np.array(pairs, dtype=float)) == pytest.approx(float(published), abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_that_kappa_is_that_of_a_table_of_exact_proportions(seed):
    pairs = np.random.default_rng(seed).integers(1, 6, (25, 2))
    rows, columns = ([int(v) for v in side] for side in pairs.T)
    observed = sum(Fraction((a - b) ** 2, 25) for a, b in zip(rows, columns, strict=True))
    chance = sum(Fraction((a - b) ** 2, 625) for a in rows for b in columns)
    assert weighted_kappa(pairs.astype(float)) == pytest.approx(float(1 - observed / chance), abs=1e-12)


def test_that_quadratic_kappa_tends_to_the_icc_as_fleiss_and_cohen_showed():
    """Fleiss & Cohen (1973): with many pairs the two are one; they differ by order 1/n."""
    pairs = np.repeat(np.array([[1.0, 2], [2, 2], [3, 4], [5, 5], [4, 2], [1, 1]]), 5000, axis=0)
    assert weighted_kappa(pairs) == pytest.approx(icc(pairs)[0], abs=1e-4)


def test_that_shares_of_equal_pairs_skip_what_is_missing():
    table = np.array([[1.0, 1, 2, np.nan], [3, 5, np.nan, np.nan], [4, np.nan, np.nan, np.nan]])
    assert pair_shares(table) == (0.25, 0.75)


@pytest.mark.parametrize("seed", range(5))
def test_that_alpha_is_that_of_hoyts_exact_analysis_of_variance(seed):
    items = np.random.default_rng(seed).integers(1, 6, (12, 4)).astype(float)
    msr, _, mse = squares(items)
    assert scale.cronbach_alpha(items) == pytest.approx(float(1 - mse / msr), abs=1e-12)


@pytest.mark.parametrize(("alpha", "n", "k"), [(0.79, 41, 26), (0.5, 10, 3), (0.95, 300, 10), (0.02, 12, 4)])
def test_that_feldts_limits_are_those_of_the_f_distribution(alpha, n, k):
    upper, lower = stats.f(n - 1, (n - 1) * (k - 1)).ppf([0.975, 0.025])
    expected = (1 - (1 - alpha) * upper, 1 - (1 - alpha) * lower)
    assert scale.feldt_interval(alpha, n, k) == pytest.approx(expected, abs=1e-9)


def test_that_feldts_test_of_the_limits_turns_round():
    """At its own lower limit alpha would be exceeded in one of forty samples."""
    low, high = scale.feldt_interval(0.7, 30, 5)
    for limit, tail in ((low, 0.025), (high, 0.975)):
        ratio = (1 - limit) / (1 - 0.7)
        assert stats.f(29, 116).sf(ratio) == pytest.approx(tail, abs=1e-9)


def test_that_omega_of_a_congeneric_scale_is_that_of_its_loadings():
    loadings = [Fraction(1), Fraction(3, 4), Fraction(1, 2), Fraction(5, 4), Fraction(2, 3)]
    unique = [Fraction(1, 2), Fraction(1), Fraction(3, 4), Fraction(1, 3), Fraction(2)]
    exact = sum(loadings) ** 2 / (sum(loadings) ** 2 + sum(unique))
    own = np.array([float(v) for v in loadings])
    covariance = np.outer(own, own) + np.diag([float(v) for v in unique])
    assert float(scale.omega_of(covariance)) == pytest.approx(float(exact), abs=1e-9)


def test_that_omega_minimises_residuals_as_a_general_optimiser_does():
    from scipy.optimize import minimize

    random = np.random.default_rng(5)
    items = random.normal(size=(80, 1)) * [0.9, 0.5, 0.7, 0.6] + random.normal(size=(80, 4))
    matrix = np.corrcoef(items, rowvar=False)
    off = ~np.eye(4, dtype=bool)

    def left(loadings):
        return float(np.sum((matrix - np.outer(loadings, loadings))[off] ** 2))

    best = minimize(left, np.full(4, 0.5), method="BFGS", options={"gtol": 1e-12}).x
    spread = np.std(items, axis=0, ddof=1)
    common = float(np.sum(best * spread) ** 2)
    expected = common / (common + float(np.sum((1 - best**2) * spread**2)))
    assert scale.omega(items) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_that_spearman_brown_and_item_rest_follow_from_pearsons_r(seed):
    items = np.random.default_rng(seed).integers(1, 6, (15, 4)).astype(float)
    rest = [stats.pearsonr(items[:, k], np.delete(items, k, 1).sum(axis=1)).statistic for k in range(4)]
    assert scale.item_rest(items) == pytest.approx(tuple(rest), abs=1e-12)
    r = stats.pearsonr(items[:, 0], items[:, 1]).statistic
    assert scale.spearman_brown(items[:, :2]) == pytest.approx(2 * r / (1 + r), abs=1e-12)
    z = np.arctanh(r) + np.array([-1, 1]) * stats.norm.ppf(0.975) / np.sqrt(12)
    ends = 2 * np.tanh(z) / (1 + np.tanh(z))
    assert scale.spearman_brown_interval(items[:, :2]) == pytest.approx(tuple(ends), abs=1e-9)
