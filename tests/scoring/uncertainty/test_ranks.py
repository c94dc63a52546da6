"""Rank bands: known cases, an independent computation of the confidence sets, and their cover."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.analysis import RankBand
from kume_desktop.scoring.uncertainty.ranks import both_bands, method_bands, sampling_bands

SCORES = st.lists(st.integers(40, 95).map(float), min_size=2, max_size=7)


def ends(bands) -> list[tuple[int, int] | None]:
    return [None if band is None else (band.low, band.high) for band in bands]


def by_monte_carlo(estimates: np.ndarray, errors: np.ndarray, confidence: float) -> list[tuple[int, int]]:
    """Marginal sets with step-down from random draws, one directed comparison after the other."""
    noise = np.random.default_rng(0).standard_normal((100_000, len(estimates))) * errors
    found = []
    for j in range(len(estimates)):
        left = [pair for k in range(len(estimates)) if k != j for pair in ((k, j), (j, k))]
        sure: list[tuple[int, int]] = []
        while True:
            ratios = [(noise[:, a] - noise[:, b]) / np.hypot(errors[a], errors[b]) for a, b in left]
            limit = np.quantile(np.max(ratios, axis=0), confidence)
            new = [(a, b) for a, b in left if estimates[a] - estimates[b] > limit * np.hypot(errors[a], errors[b])]
            if not new:
                break
            sure += new
            left = [pair for pair in left if pair not in new]
        above, below = sum(b == j for _, b in sure), sum(a == j for a, _ in sure)
        found.append((1 + above, len(estimates) - below))
    return found


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_that_the_sets_are_those_of_an_independent_computation(seed, confidence):
    random = np.random.default_rng(seed)
    estimates, errors = random.uniform(45, 90, 7), random.uniform(0.3, 5, 7)
    assert ends(sampling_bands(estimates, errors, confidence)) == by_monte_carlo(estimates, errors, confidence)


PISA_2018 = """
    491.3600252 1.939833031  498.9423138 2.970998694  508.0703063 2.262662011  512.0169429 2.357475749
    417.4065563 2.41588757  390.9322732 2.989559274  499.4676508 2.460661531  509.3983746 1.735002337
    523.4145802 1.743602224  507.3013618 1.967920411  495.4075794 2.320214487  500.0437805 2.647083096
    451.3703438 3.091228197  481.0826364 2.319596741  495.1873762 1.953082603  499.632894 2.198621128
    463.0345488 3.498563228  486.5898573 2.780045867  526.9732502 2.471475318  525.933002 3.121394315
    496.1263306 1.962766789  481.1911884 1.953282039  483.421485 1.097632409  408.8014734 2.493225544
    519.2309824 2.632277885  494.489676 1.705942856  500.9637885 2.219044878  515.6478747 2.602085176
    492.4874062 2.684570081  486.1648542 2.555595707  508.8975441 1.363877596  481.3926126 1.462417763
    502.3877022 2.654250935  515.3147131 2.908003898  453.5077774 2.260406789  501.7698992 2.564428111
    478.2447174 3.235444099
"""
UNITED_KINGDOM, SWEDEN = 35, 32


def test_that_the_published_sets_of_the_mathematics_scores_of_37_countries_come_out():
    """Wilhelm & Morgen, csranks, article "Introduction": United Kingdom 8 to 23, Sweden from place 5 at best."""
    estimates, errors = np.array(PISA_2018.split(), dtype=float).reshape(37, 2).T
    assert ends(sampling_bands(estimates, errors))[UNITED_KINGDOM] == (8, 23)
    together = ends(sampling_bands(estimates, errors, simultaneous=True))
    assert together[SWEDEN][0] == 5
    better = [low for (low, _), estimate in zip(together, estimates, strict=True) if estimate > estimates[SWEDEN]]
    assert len(better) == 11
    assert max(better) == 4


def test_that_two_areas_are_compared_with_the_usual_normal_limit():
    for difference, expected in ((1.9599, [(1, 2), (1, 2)]), (1.9601, [(1, 1), (2, 2)])):
        assert ends(sampling_bands(np.array([50 + difference, 50.0]), np.array([0.6, 0.8]))) == expected


def test_that_equal_errors_give_the_limit_of_comparisons_with_one_control():
    """Dunnett's two-sided 5 % point for known variance, five treatments and a control, is 2.511."""
    for difference, high in ((2.505, 6), (2.517, 5)):
        estimates = np.array([60.0, 60 - difference * np.sqrt(2), 60.0, 60.0, 60.0, 60.0])
        assert ends(sampling_bands(estimates, np.ones(6)))[0] == (1, high)


def test_that_areas_far_apart_have_one_place_and_equal_ones_have_all():
    far = np.array([10.0, 90.0, 50.0, 70.0])
    assert ends(sampling_bands(far, np.ones(4))) == [(4, 4), (1, 1), (3, 3), (2, 2)]
    assert ends(sampling_bands(np.full(4, 60.0), np.ones(4))) == [(1, 4)] * 4
    assert ends(sampling_bands(far, np.ones(4), simultaneous=True)) == [(4, 4), (1, 1), (3, 3), (2, 2)]
    assert ends(sampling_bands(np.full(4, 60.0), np.ones(4), simultaneous=True)) == [(1, 4)] * 4


def test_that_exact_estimates_are_ranked_exactly_and_ties_share_their_places():
    assert ends(sampling_bands(np.array([60.0, 70.0, 60.0]), np.zeros(3))) == [(2, 3), (1, 1), (2, 3)]
    mixed = ends(sampling_bands(np.array([60.0, 70.0, 61.0]), np.array([0.0, 0.0, 3.0])))
    assert mixed == [(2, 3), (1, 1), (2, 3)]


def test_that_an_unknown_error_sets_nothing_apart_and_no_estimate_has_no_place():
    found = sampling_bands(np.array([90.0, np.nan, 10.0, 50.0]), np.array([1.0, np.nan, 1.0, np.nan]))
    assert ends(found) == [(1, 2), None, (2, 3), (1, 3)]
    assert ends(sampling_bands(np.array([50.0]), np.array([1.0]))) == [(1, 1)]
    assert sampling_bands(np.empty(0), np.empty(0)) == ()


@settings(max_examples=40, deadline=None)
@given(SCORES, st.randoms(use_true_random=False), st.booleans())
def test_that_the_order_of_the_areas_changes_nothing(scores, random, simultaneous):
    order = list(range(len(scores)))
    random.shuffle(order)
    estimates, errors = np.array(scores), np.linspace(1, 4, len(scores))
    plain = sampling_bands(estimates, errors, simultaneous=simultaneous)
    turned = sampling_bands(estimates[order], errors[order], simultaneous=simultaneous)
    assert ends(turned) == [ends(plain)[k] for k in order]


@settings(max_examples=40, deadline=None)
@given(SCORES, st.floats(0.2, 6))
def test_that_sets_hold_the_place_of_the_estimate_and_widen_with_confidence(scores, error):
    estimates, errors = np.array(scores), np.full(len(scores), error)
    narrow, wide, together = (
        ends(sampling_bands(estimates, errors, confidence, simultaneous=is_all))
        for confidence, is_all in ((0.8, False), (0.95, False), (0.95, True))
    )
    for place, (low, high) in enumerate(narrow):
        assert wide[place][0] <= low <= 1 + sum(s > scores[place] for s in scores)
        assert sum(s >= scores[place] for s in scores) <= high <= wide[place][1]
        assert together[place][0] <= wide[place][0]
        assert together[place][1] >= wide[place][1]


@pytest.mark.parametrize("gap", [0.0, 1.0, 4.0])
def test_that_a_set_holds_the_true_place_as_often_as_told(gap):
    random = np.random.default_rng(3)
    true, errors = 60 - gap * np.arange(6.0), np.linspace(2, 4, 6)
    held = np.zeros(6)
    for _ in range(300):
        found = sampling_bands(true + errors * random.standard_normal(6), errors)
        # without a gap every place is true; a set must then hold them all
        held += [
            band.low == 1 and band.high == 6 if gap == 0 else band.low <= place <= band.high
            for place, band in enumerate(found, start=1)
            if band is not None
        ]
    assert held.min() / 300 > 0.92


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.integers(1, 6))
def test_that_method_bands_leave_out_a_twentieth_of_the_choices_at_each_end(seed, count):
    scores = np.random.default_rng(seed).integers(50, 60, (200, count)).astype(float)
    for place, (low, high) in enumerate(ends(method_bands(scores))):
        best = sorted(1 + sum(s > row[place] for s in row) for row in scores.tolist())
        worst = sorted(sum(s >= row[place] for s in row) for row in scores.tolist())
        assert (low, high) == (best[10], worst[189])


def test_that_an_area_without_a_score_takes_no_place():
    scores = np.array([[70.0, np.nan, 60.0]] * 5)
    assert method_bands(scores) == (RankBand(1, 1), None, RankBand(2, 2))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.floats(0.1, 8))
def test_that_the_band_of_both_holds_the_other_two(seed, spread):
    random = np.random.default_rng(seed)
    estimates = random.uniform(50, 80, 6)
    scores = estimates + spread * random.standard_normal((100, 6))
    errors = np.abs(random.normal(2, 0.5, (100, 6)))
    by_method, by_sampling = method_bands(scores), sampling_bands(estimates, np.full(6, 2.0))
    for both, method, sampling in zip(
        both_bands(scores, errors, by_method, by_sampling), by_method, by_sampling, strict=True
    ):
        assert both.low <= min(method.low, sampling.low)
        assert both.high >= max(method.high, sampling.high)


def test_that_with_one_method_and_no_step_down_both_is_the_sampling_band():
    estimates, errors = np.array([80.0, 77.0, 60.0]), np.array([2.0, 2.0, 2.0])
    scores = np.tile(estimates, (50, 1))
    by_sampling = sampling_bands(estimates, errors)
    assert both_bands(scores, np.tile(errors, (50, 1)), method_bands(scores), by_sampling) == by_sampling
