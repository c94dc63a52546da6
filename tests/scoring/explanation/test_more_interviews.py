"""What more interviews would bring, against the kernels the intervals themselves come from."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from kume_desktop.scoring.explanation.more_interviews import reaches, sizes, t_quantile
from kume_desktop.scoring.uncertainty.intervals import logit_t

LOWEST = 100 / 3


@pytest.mark.parametrize("freedom", [9, 12, 20, 60, 300])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_that_the_expansion_of_t_is_right_to_three_digits(freedom: int, confidence: float):
    assert t_quantile(freedom, confidence) == pytest.approx(float(stdtrit(freedom, (1 + confidence) / 2)), abs=2e-3)


@given(
    n=st.integers(10, 200),
    more=st.integers(1, 300),
    score=st.floats(LOWEST + 1, 99),
    spread=st.floats(1, 30),
)
def test_that_the_present_half_width_is_that_of_the_interval_itself(n: int, more: int, score: float, spread: float):
    whole = n + more
    error = spread * sqrt((1 - n / whole) / n)
    low, high = logit_t(score, error, n, LOWEST, 100.0)
    found = reaches(score, error, n, whole, LOWEST)
    assert found[0].n == n
    assert found[0].half_width == pytest.approx(float(high - low) / 2, abs=0.05)


@given(n=st.integers(10, 200), more=st.integers(1, 300), spread=st.floats(1, 30))
def test_that_more_firms_never_widen_it_and_the_whole_list_leaves_nothing(n: int, more: int, spread: float):
    error = spread * sqrt((1 - n / (n + more)) / n)
    widths = [one.half_width for one in reaches(70.0, error, n, n + more, LOWEST)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0.0


def test_that_without_a_list_the_width_falls_with_the_root_of_n():
    found = {one.n: one.half_width for one in reaches(66.7, 2.0, 100, None, LOWEST)}
    assert found[100] / found[300] == pytest.approx(sqrt(3), rel=0.02)


@pytest.mark.parametrize(
    ("n", "whole", "error"), [(9, 40, 3.0), (40, 40, 0.0), (22, 58, 0.0), (0, None, 1.0)],
)  # fmt: skip
def test_that_nothing_is_forecast_where_nothing_can_become_narrower(n: int, whole: int | None, error: float):
    assert reaches(70.0, error, n, whole, LOWEST) == ()


@given(n=st.integers(10, 500), more=st.integers(1, 500))
def test_that_sizes_rise_from_the_present_to_the_whole_list(n: int, more: int):
    found = sizes(n, n + more)
    assert found[0] == n
    assert found[-1] == n + more
    assert sorted(set(found)) == list(found)
