"""The exact quantiles of a Dirichlet mean: against the Beta distribution, nested integrals and random draws."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from kume_desktop.scoring.uncertainty.dirichlet import mean_cdf, mean_quantiles


@pytest.mark.parametrize("n", [1, 10, 30, 300, 3000])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("tail", [0.005, 0.025, 0.4])
def test_that_two_values_give_the_quantiles_of_a_beta_distribution(n, share, tail):
    yes, no = 0.2 + share * n, 0.2 + (1 - share) * n
    low, high = mean_quantiles((no, yes), (1.0, 5.0), 1 - 2 * tail)
    assert low == pytest.approx(1 + 4 * stats.beta.ppf(tail, yes, no), abs=1e-9)
    assert high == pytest.approx(1 + 4 * stats.beta.ppf(1 - tail, yes, no), abs=1e-9)


@pytest.mark.parametrize("parameters", [(0.2, 0.2, 10.2), (3.0, 2.0, 5.0), (8.2, 0.2, 4.2), (0.4, 30.2, 0.4)])
@pytest.mark.parametrize("point", [1.2, 1.9, 2.4, 2.9])
def test_that_three_values_give_what_a_nested_integral_gives(parameters, point):
    """The third share is Beta distributed; given it, the rest is a Beta mean of the first two."""
    first, second, third = parameters

    def given_third(share: float) -> float:
        inside = (point - 3 * share) / (1 - share) - 1
        return float(stats.beta.cdf(inside, second, first) * stats.beta.pdf(share, third, first + second))

    ends = sorted({0.0, max(0.0, (point - 2) / 1), (point - 1) / 2, 1.0})
    pieces = [integrate.quad(given_third, a, b, limit=400, epsabs=1e-11)[0] for a, b in itertools.pairwise(ends)]
    assert mean_cdf(point, np.array(parameters), np.array([1.0, 2.0, 3.0])) == pytest.approx(sum(pieces), abs=2e-7)


def test_that_five_values_give_what_random_draws_give():
    parameters = (0.2, 0.2, 3.2, 0.2, 7.2)
    drawn = np.random.default_rng(5).dirichlet(parameters, 400_000) @ np.arange(1, 6)
    low, high = mean_quantiles(parameters, (1.0, 2.0, 3.0, 4.0, 5.0), 0.9)
    assert np.mean(drawn < low) == pytest.approx(0.05, abs=0.0015)
    assert np.mean(drawn > high) == pytest.approx(0.05, abs=0.0015)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=5), st.permutations(range(5)))
def test_that_the_order_of_the_values_does_not_matter(counts, order):
    parameters = [count + 0.2 for count in counts]
    kept = [place for place in order if place < len(counts)]
    plain = mean_quantiles(tuple(parameters), tuple(float(k) for k in range(len(counts))), 0.95)
    turned = mean_quantiles(tuple(parameters[k] for k in kept), tuple(float(k) for k in kept), 0.95)
    assert plain == pytest.approx(turned, abs=1e-9)


@given(st.integers(1, 200), st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_that_turning_the_scale_round_turns_the_limits_round(n, confidence):
    low, high = mean_quantiles((0.2, 0.2, n + 0.2), (1.0, 2.0, 3.0), confidence)
    turned = mean_quantiles((n + 0.2, 0.2, 0.2), (1.0, 2.0, 3.0), confidence)
    assert (4 - high, 4 - low) == pytest.approx(turned, abs=1e-8)
    assert 1 <= low < high <= 3


def test_that_one_value_has_no_spread():
    assert mean_quantiles((3.0,), (2.0,), 0.95) == (2.0, 2.0)


def test_that_outside_the_values_nothing_is_left_to_chance():
    assert [mean_cdf(x, np.array([1.0, 1.0]), np.array([0.0, 1.0])) for x in (-1.0, 0.0, 1.0, 2.0)] == [0, 0, 1, 1]
