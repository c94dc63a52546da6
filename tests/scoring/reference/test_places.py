"""Confidence sets for places against a brute force of Mogstad, Romano, Shaikh & Wilhelm: draws, all pairs."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from kume_desktop.scoring.uncertainty.ranks import method_bands, sampling_bands

DRAWS = 200_000
NEAR = 0.02
"""How near to a critical value from draws a difference must not lie to be compared."""


def brute_force(estimates: np.ndarray, errors: np.ndarray, confidence: float) -> list[tuple[int, int] | None]:
    """For each area the one-sided hypotheses "k is not above" and "k is not below", all of them stepped down together.

    The critical value is the quantile of the largest ratio over the hypotheses that still stand (their algorithm 3.2
    with the two families joined). None where a ratio lies so near to it that draws cannot decide.
    """
    noise = np.random.default_rng(99).normal(size=(DRAWS, len(errors))) * errors
    found: list[tuple[int, int] | None] = []
    for j in range(len(errors)):
        error = np.hypot(errors, errors[j])
        standing = {(k, sign) for k in range(len(errors)) for sign in (1, -1) if k != j}
        sure: set[tuple[int, int]] = set()
        clear = True
        while standing:
            largest = np.full(DRAWS, -np.inf)
            for k, sign in sorted(standing):
                np.maximum(largest, sign * (noise[:, k] - noise[:, j]) / error[k], out=largest)
            limit = float(np.quantile(largest, confidence))
            ratios = {(k, sign): sign * (estimates[k] - estimates[j]) / error[k] for k, sign in standing}
            clear &= all(abs(ratio - limit) > NEAR for ratio in ratios.values())
            further = {one for one, ratio in ratios.items() if ratio > limit}
            if not further:
                break
            sure |= further
            standing -= further
        above, below = (sum(sign == side for _, sign in sure) for side in (1, -1))
        found.append((1 + above, len(errors) - below) if clear else None)
    return found


@pytest.mark.parametrize("confidence", [0.8, 0.95])
@pytest.mark.parametrize("seed", range(5))
def test_that_the_sets_are_those_of_brute_force(seed, confidence):
    random = np.random.default_rng(seed)
    count = 3 + seed
    estimates, errors = random.normal(60, 8, count), random.uniform(0.5, 5, count)
    bands = sampling_bands(estimates, errors, confidence)
    compared = 0
    for band, expected in zip(bands, brute_force(estimates, errors, confidence), strict=True):
        if expected is not None:
            compared += 1
            assert band is not None and (band.low, band.high) == expected
    assert compared >= count - 2


def test_that_two_areas_are_told_apart_exactly_at_the_normal_quantile():
    from scipy import stats

    limit = float(stats.norm.ppf(0.975) * np.hypot(2.0, 3.0))
    for gap, low in ((limit + 1e-4, 2), (limit - 1e-4, 1)):
        bands = sampling_bands(np.array([50.0, 50 + gap]), np.array([2.0, 3.0]))
        assert bands[0] is not None and (bands[0].low, bands[0].high) == (low, 2)


@pytest.mark.parametrize(
    ("others", "published"), [(2, 2.21), (3, 2.35), (4, 2.44), (5, 2.51), (6, 2.57), (7, 2.61), (8, 2.65), (9, 2.69)]
)
def test_that_equal_errors_turn_round_at_dunnetts_table(others, published):
    """Dunnett (1964), two-sided 5 %, infinitely many degrees of freedom; the others are far too near to each other."""
    for step, apart in ((0.006, True), (-0.006, False)):
        gap = (published + step) * 2**0.5
        estimates = np.array([50.0, *np.full(others, 50 + gap)])
        bands = sampling_bands(estimates, np.ones(others + 1))
        assert bands[0] is not None
        assert (bands[0].low == others + 1) is apart


@pytest.mark.parametrize("seed", range(3))
def test_that_method_bands_are_those_of_sorted_places(seed):
    scores = np.random.default_rng(seed).integers(40, 60, (200, 5)).astype(float)
    bands = method_bands(scores)
    for area, band in enumerate(bands):
        best = sorted(1 + int((row > row[area]).sum()) for row in scores)
        worst = sorted(int((row >= row[area]).sum()) for row in scores)
        assert band is not None and (band.low, band.high) == (best[10], worst[189])


def test_that_no_order_of_five_areas_changes_a_set():
    estimates, errors = np.array([71.0, 64, 63, 52, 50]), np.array([2.0, 4, 1, 0.0, 3])
    first = sampling_bands(estimates, errors)
    for order in list(permutations(range(5)))[::3]:
        turned = sampling_bands(estimates[list(order)], errors[list(order)])
        assert [first[place] for place in order] == list(turned)
