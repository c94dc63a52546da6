"""Survey estimators against textbook examples, and quantiles under a Dirichlet distribution by other means."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from kume_desktop.scoring.explanation.changes import _Wave, variance
from kume_desktop.scoring.response.plan import needed_completes
from kume_desktop.scoring.response.weighting import (
    Margin,
    design_effect,
    post_stratified,
    rake,
    weighted_means,
)
from kume_desktop.scoring.uncertainty.dirichlet import mean_cdf, mean_quantiles
from kume_desktop.scoring.uncertainty.intervals import correction, linearised_error, logit_t, mean_interval

SHEETS = {
    42: 23, 41: 4, 36: 1, 32: 1, 29: 1, 27: 2, 23: 1, 19: 1, 16: 2, 15: 2, 14: 1, 11: 1, 10: 1, 9: 1, 7: 1, 6: 3, 5: 2,
    4: 1, 3: 1,
}  # fmt: skip
"""Cochran (1977), 2.9: signatures on 50 petition sheets of 676."""


def exact_error(values: list[Fraction], frame_n: int | None) -> float:
    """The standard error of a mean with the correction, by fractions up to the root."""
    n = len(values)
    mean = sum(values) / n
    variance = sum((v - mean) ** 2 for v in values) / (n - 1) / n
    return float(variance * (1 if frame_n is None else 1 - Fraction(n, frame_n))) ** 0.5


def test_that_cochrans_petition_sheets_are_reproduced():
    """Published: 1,471 signatures on 50 sheets, total 19,888, 80 % limits 18,107 and 21,669."""
    values = [Fraction(y) for y, f in SHEETS.items() for _ in range(f)]
    assert len(values) == 50 and sum(values) == 1471
    column = np.array([[float(v)] for v in values])
    error = linearised_error(column, np.ones(1), 100.0, 676)
    assert error == pytest.approx(exact_error(values, 676), abs=1e-12)
    total, reach = 676 * 1471 / 50, 1.28 * 676 * error
    assert round(total) == 19888
    assert (total - reach, total + reach) == pytest.approx((18107, 21669), abs=1)  # with s rounded to 15.13


def test_that_lohrs_counties_are_reproduced():
    """Lohr (1999), example 2.5: 300 of 3,078 counties, s = 344,551.9, standard error 18,898."""
    assert round(344551.9 / 300**0.5 * float(correction(300, 3078))) == 18898


def test_that_a_mean_with_gaps_has_the_error_of_cochrans_ratio():
    """The mean of those who answered is sum(a x) / sum(a): s^2 of a (x - m) over n mean(a)^2 (Cochran 6.4)."""
    given = [4, None, 2, 5, 1, None, 3, 3, 2, None, 5, 4]
    there = [Fraction(0 if v is None else 1) for v in given]
    m = Fraction(sum(v for v in given if v is not None), sum(v is not None for v in given))
    apart = [a * (Fraction(v or 0) - m) for a, v in zip(there, given, strict=True)]
    n, share = len(given), sum(there) / len(given)
    exact = (1 - Fraction(n, 40)) * sum(d * d for d in apart) / (n - 1) / (n * share**2)
    table = np.array([[np.nan if v is None else float(v), 1.0] for v in given])
    assert linearised_error(table, np.array([1.0, 0.0]), 100.0, 40) == pytest.approx(float(exact) ** 0.5, abs=1e-12)


def test_that_a_weighted_mean_has_the_error_of_cochrans_ratio_estimator():
    """With weights x and values y / x the weighted mean is R = sum y / sum x, its error that of Cochran 2.46."""
    x = [Fraction(v) for v in (61, 87, 24, 71, 120, 172, 66, 46, 86, 44, 122, 64)]
    y = [Fraction(v) for v in (48, 84, 36, 73, 110, 143, 67, 64, 75, 57, 116, 69)]
    ratio, n, mean = sum(y) / sum(x), 12, sum(x) / 12
    squares = sum((b - ratio * a) ** 2 for a, b in zip(x, y, strict=True)) / (n - 1)
    exact = float((1 - Fraction(n, 49)) * squares / (n * mean**2)) ** 0.5
    values = np.array([[float(b / a)] for a, b in zip(x, y, strict=True)])
    own = np.array([float(a) for a in x])
    assert weighted_means(values, own)[0] == pytest.approx(float(ratio), abs=1e-12)
    assert linearised_error(values, np.ones(1), 100.0, 49, own) == pytest.approx(exact, abs=1e-12)


@pytest.mark.parametrize("n", [2, 10, 40])
def test_that_asking_everybody_twice_divides_the_error_as_it_must(n):
    levels = np.random.default_rng(n).integers(1, 4, (n, 10)).astype(float)
    once = linearised_error(levels, np.ones(10), 3.0)
    twice = linearised_error(np.vstack([levels, levels]), np.ones(10), 3.0)
    assert twice == pytest.approx(once * ((n - 1) / (2 * n - 1)) ** 0.5, abs=1e-12)


def test_that_post_stratification_is_the_sum_of_stratum_means():
    """sum N_h mean_h / N, and Kish's effect of the weights behind it, as fractions."""
    group = [0] * 6 + [1] * 3 + [2] * 1
    values = [3, 1, 2, 2, 3, 1, 3, 3, 2, 1]
    totals = [Fraction(60), Fraction(90), Fraction(50)]
    means = [Fraction(sum(v for v, g in zip(values, group, strict=True) if g == h), group.count(h)) for h in range(3)]
    exact = sum(n * m for n, m in zip(totals, means, strict=True)) / sum(totals)
    weights = post_stratified(np.ones(10), Margin(np.array(group), np.array([float(n) for n in totals])))
    assert weighted_means(np.array([[float(v)] for v in values]), weights)[0] == pytest.approx(float(exact), abs=1e-12)
    own = [totals[g] / group.count(g) for g in group]
    kish = Fraction(10) * sum(w * w for w in own) / sum(own) ** 2
    assert design_effect(weights) == pytest.approx(float(kish), abs=1e-12)
    assert design_effect(weights) == pytest.approx(1 + float(np.var(weights) / np.mean(weights) ** 2), abs=1e-12)


def test_that_lohrs_raked_table_is_reproduced():
    """Lohr (1999), 8.5.2.2: sums of weights of five groups by sex, raked to both margins until two digits stood."""
    start = np.array([[300, 150], [1200, 1080], [60, 90], [30, 30], [30, 30]], dtype=float)
    rows = Margin(np.repeat(np.arange(5), 2), np.array([600.0, 2120, 150, 100, 30]))
    columns = Margin(np.tile([0, 1], 5), np.array([1510.0, 1490]))
    found = rake(start.ravel(), (rows, columns))
    table = found.weights.reshape(5, 2)
    assert found.converged
    published = [[375.59, 224.41], [1021.47, 1098.53], [53.72, 96.28], [45.56, 54.44], [13.67, 16.33]]
    assert table == pytest.approx(np.array(published), abs=0.01)
    assert table.sum(axis=0) == pytest.approx([1510, 1490], abs=1e-8)
    odds = table[:, 0] / table[:, 1] / (start[:, 0] / start[:, 1])
    assert odds == pytest.approx(np.full(5, odds[0]), abs=1e-9)


@pytest.mark.parametrize("frame_n", [1, 19, 40, 400, 10_000])
def test_that_the_completes_for_a_half_width_are_the_fewest_that_reach_it(frame_n):
    needed = needed_completes(frame_n)

    def reach(n: int) -> float:
        return 1.96 * 18.6 * max(0.0, (1 - n / frame_n) / n) ** 0.5

    exact = (1.96 * 18.6 / 6) ** 2
    assert needed == int(np.ceil(exact / (1 + exact / frame_n)))
    assert reach(needed) <= 6 + 1e-9 and (needed == 1 or reach(needed - 1) > 6)


@pytest.mark.parametrize(("n", "mean", "error"), [(10, 4.6, 0.2), (30, 1.2, 0.11), (120, 3.0, 0.05)])
def test_that_logit_t_is_the_delta_method_on_the_log_odds(n, mean, error):
    y = (mean - 1) / 4
    reach = stats.t(n - 1).ppf(0.975) * error / 4 / (y * (1 - y))
    expected = [1 + 4 / (1 + np.exp(-(np.log(y / (1 - y)) + sign * reach))) for sign in (-1, 1)]
    assert [float(v) for v in logit_t(mean, error, n, 1, 5)] == pytest.approx(expected, abs=1e-9)


def test_that_an_interval_is_that_of_fractions_up_to_the_t_quantile():
    answers = [3, 4, 4, 5, 2, 4, 3, 5, 4, 4, 1, 5]
    error = exact_error([Fraction(v) for v in answers], 30)
    low, high = logit_t(sum(answers) / 12, error, 12, 1, 5)
    found = mean_interval(np.array(answers, dtype=float), 1, 5, 30)
    assert (found.low, found.high) == pytest.approx((float(low), float(high)), abs=1e-12)


def spline_cdf(point: Fraction, knots: list[Fraction]) -> Fraction:
    """P(sum p_k s_k <= point) for flat Dirichlet weights on distinct knots: a sum of powers (Curry & Schoenberg 1966).

    With all parameters 1 the density of the mean is the B-spline of the knots.
    """
    found = Fraction(0)
    for place, knot in enumerate(knots):
        if knot < point:
            below = Fraction(1)
            for other, value in enumerate(knots):
                below *= 1 if other == place else value - knot
            found += (point - knot) ** (len(knots) - 1) / below
    return found


@pytest.mark.parametrize("knots", [("0", "1", "3"), ("1", "2", "3", "4", "5"), ("1", "1.5", "2", "4", "4.5", "5")])
@pytest.mark.parametrize("share", ["0.07", "0.3", "0.5", "0.81", "0.98"])
def test_that_the_distribution_of_a_dirichlet_mean_is_the_exact_spline(knots, share):
    support = [Fraction(k) for k in knots]
    point = support[0] + Fraction(share) * (support[-1] - support[0])
    exact = spline_cdf(point, support)
    found = mean_cdf(float(point), np.ones(len(support)), np.array([float(k) for k in support]))
    assert found == pytest.approx(float(exact), abs=1e-11)


def test_that_dirichlet_quantiles_turn_the_spline_and_the_beta_distribution_round():
    low, high = mean_quantiles((1.0,) * 5, (1.0, 2.0, 3.0, 4.0, 5.0), 0.95)
    knots = [Fraction(k) for k in range(1, 6)]
    assert float(spline_cdf(Fraction(low), knots)) == pytest.approx(0.025, abs=1e-11)
    assert float(spline_cdf(Fraction(high), knots)) == pytest.approx(0.975, abs=1e-11)
    beta = stats.beta(7.4, 2.2).ppf([0.025, 0.975])
    assert mean_quantiles((2.2, 7.4), (0.0, 1.0), 0.95) == pytest.approx(tuple(beta), abs=1e-10)


@pytest.mark.parametrize(
    "parameters", [(0.2, 0.2, 0.2, 0.2, 10.2), (3.2, 0.2, 5.2, 1.2, 0.2), (40.2, 80.2, 0.2, 0.2, 0.2)]
)
def test_that_five_values_agree_with_draws_of_the_distribution(parameters):
    draws = np.random.default_rng(8).dirichlet(parameters, 400_000) @ np.arange(1.0, 6.0)
    found = mean_quantiles(tuple(parameters), (1.0, 2.0, 3.0, 4.0, 5.0), 0.95)
    shares = [float(np.mean(draws <= limit)) for limit in found]
    assert shares == pytest.approx([0.025, 0.975], abs=4 * (0.025 * 0.975 / 400_000) ** 0.5)


def test_that_a_full_overlap_has_the_variance_of_a_paired_difference():
    """(1 - n/N) s_d^2 / n of the firms' own differences, where both waves asked the same firms of the same list."""
    random = np.random.default_rng(4)
    before, after = random.normal(size=(2, 15))
    after += before
    names = tuple(f"F{place}" for place in range(15))
    waves = [_Wave(names, own - own.mean(), 0.0, 50) for own in (before, after)]
    expected = (1 - 15 / 50) * np.var(after - before, ddof=1) / 15
    assert variance(*waves, names) == pytest.approx(float(expected), abs=1e-12)
