"""Change between waves: paired where firms took part in both, independent elsewhere."""

from __future__ import annotations

import doctest
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kume_desktop.scoring.explanation import changes as module
from kume_desktop.scoring.explanation.changes import changes, holm, linear_scores
from kume_desktop.scoring.index import scaled_levels
from kume_desktop.scoring.inputs import EarlierWave
from kume_desktop.scoring.method import LOWEST, PANEL_ROUTE
from kume_desktop.scoring.uncertainty.intervals import linearised_error
from tests.scoring.explanation.scores import areas_of, random_levels
from tests.scoring.rules import HEADINGS, INDICATORS


def change(method, before, after, names=None, frames=(-1, -1)):
    """The change of one area from tables of levels; `names` are the firms of each wave."""
    first, second = names or (None, None)
    areas, now = areas_of(after, frame_n=frames[1], names=second)
    _, then = areas_of(before, names=first)
    (found,) = changes(areas, now, EarlierWave("2024", then, np.array([frames[0]])), method)
    return found


def firm_scores(table):
    return 100 * np.array([1, 1, 2, 3, 3])[table.astype(int) - 1].sum(axis=1) / 30


def firms(numbers):
    return tuple(f"U{number}" for number in numbers)


BEFORE, AFTER = random_levels(16, 1), random_levels(16, 2, weights=(1, 1, 2, 3, 2))
MOVED = np.clip(BEFORE + np.random.default_rng(9).integers(0, 2, BEFORE.shape), 1, 5)


def test_that_firms_of_both_waves_give_the_paired_t_test(method):
    found = change(method, BEFORE, MOVED)
    expected = stats.ttest_rel(firm_scores(MOVED), firm_scores(BEFORE))
    limits = expected.confidence_interval(0.95)
    assert (found.paired, found.only_before, found.only_after) == (16, 0, 0)
    assert (found.interval.low, found.interval.high) == pytest.approx((limits.low, limits.high), abs=1e-9)
    assert found.holm_p == pytest.approx(expected.pvalue, abs=1e-12)


def test_that_other_firms_give_welchs_t_test(method):
    found = change(method, BEFORE, AFTER, (firms(range(16)), firms(range(50, 66))))
    expected = stats.ttest_ind(firm_scores(AFTER), firm_scores(BEFORE), equal_var=False)
    limits = expected.confidence_interval(0.95)
    assert (found.paired, found.only_before, found.only_after) == (0, 16, 16)
    assert (found.interval.low, found.interval.high) == pytest.approx((limits.low, limits.high), abs=1e-9)
    assert found.holm_p == pytest.approx(expected.pvalue, abs=1e-12)


def test_that_partly_shared_firms_follow_the_formula_of_partially_overlapping_samples(method):
    """Derrick et al. 2017, written out: t, its degrees of freedom and the pooled covariance of the shared firms."""
    table = np.vstack([MOVED[6:], random_levels(5, 3)])
    found = change(method, BEFORE, table, (firms(range(16)), firms([*range(6, 16), *range(70, 75)])))
    x, y = firm_scores(BEFORE), firm_scores(table)
    n1, n2, nc = 16, 15, 10
    r = np.corrcoef(x[6:], y[:10])[0, 1]
    v1, v2 = x.var(ddof=1), y.var(ddof=1)
    error = np.sqrt(v1 / n1 + v2 / n2 - 2 * r * np.sqrt(v1 * v2) * nc / (n1 * n2))
    welch = (v1 / n1 + v2 / n2) ** 2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))
    freedom = (nc - 1) + (welch - nc + 1) / (6 + 5 + 2 * nc) * (6 + 5)
    half = stats.t.ppf(0.975, freedom) * error
    assert (found.paired, found.only_before, found.only_after) == (10, 6, 5)
    assert found.change == pytest.approx(y.mean() - x.mean(), abs=1e-9)
    assert found.interval.low == pytest.approx(found.change - half, abs=1e-9)
    assert found.detectable == pytest.approx(half + stats.t.ppf(0.8, freedom) * error, abs=1e-9)


def test_that_the_list_of_firms_makes_the_interval_narrower(method):
    names = firms(range(16)), firms([*range(8, 16), *range(30, 38)])
    widths = [
        found.interval.high - found.interval.low
        for frames in ((-1, -1), (200, 200), (40, 40), (26, 26))
        for found in [change(method, BEFORE, AFTER, names, frames)]
    ]
    assert widths == sorted(widths, reverse=True)
    assert change(method, BEFORE, AFTER, names, (-1, 40)).interval.corrected is False
    assert change(method, BEFORE, AFTER, names, (40, 40)).interval.corrected is True


def test_that_two_full_counts_have_a_change_without_uncertainty(method):
    found = change(method, BEFORE, MOVED, frames=(16, 16))
    assert (found.interval.low, found.interval.high) == (found.change, found.change)
    assert (found.interval.how, found.detectable, found.holm_p) == ("census", 0.0, None)


def test_that_few_firms_have_a_change_but_no_interval(method):
    found = change(method, BEFORE[:9], MOVED[:9])
    assert found.change > 0
    assert (found.interval.reason, found.detectable, found.holm_p) == ("few", None, None)


def test_that_unanimous_waves_do_not_have_width_0(method):
    found = change(method, np.full((12, 10), 3.0), np.full((12, 10), 5.0))
    assert (found.change, found.interval.reason) == (pytest.approx(100 / 3), "unanimous")


def test_that_an_area_without_levels_in_one_wave_has_no_change(method):
    areas, now = areas_of(AFTER, AFTER)
    _, then = areas_of(BEFORE, np.full((3, 10), np.nan))
    found = changes(areas, now, EarlierWave("2024", then, np.array([-1, -1])), method)
    assert [one.area for one in found] == ["a0"]


def test_that_waves_on_different_routes_are_not_compared(method):
    areas, now = areas_of(AFTER)
    _, then = areas_of([[2] * 10], route=PANEL_ROUTE)
    assert changes(areas, now, EarlierWave("2024", then, np.array([-1])), method) == ()


def test_that_panels_have_a_change_without_interval(method):
    areas, now = areas_of([[3] * 10], route=PANEL_ROUTE)
    _, then = areas_of([[2] * 10], route=PANEL_ROUTE)
    (found,) = changes(areas, now, EarlierWave("2024", then, np.array([-1])), method)
    assert (found.change, found.interval.reason) == (pytest.approx(100 / 3), "panel")
    assert (found.paired, found.only_before, found.only_after) == (0, 0, 0)


def test_that_indicators_scored_in_one_wave_alone_are_named(method):
    then, now = BEFORE.copy(), MOVED.copy()
    then[:, 0], now[:, 1:3] = np.nan, np.nan
    found = change(method, then, now)
    assert found.unlike == ("other-indicators",)
    assert (found.only_then, found.only_now) == (tuple(INDICATORS[1:3]), (INDICATORS[0],))
    one_firm = BEFORE.copy()
    one_firm[0, 0] = np.nan
    assert change(method, one_firm, MOVED).unlike == ()


def test_that_what_was_otherwise_then_comes_with_the_change(method):
    areas, now = areas_of(AFTER)
    _, then = areas_of(BEFORE)
    (found,) = changes(areas, now, EarlierWave("2024", then, np.array([-1]), ("other-method",)), method)
    assert found.unlike == ("other-method",)


def test_that_eligible_firms_take_the_place_of_the_raw_list(method):
    areas, now = areas_of(AFTER, frame_n=500)
    _, then = areas_of(BEFORE)
    wave = EarlierWave("2024", then, np.array([20]))
    (raw,) = changes(areas, now, wave, method)
    (eligible,) = changes(areas, now, wave, method, np.array([20]))
    assert eligible.interval.high - eligible.interval.low < raw.interval.high - raw.interval.low


def test_that_p_values_are_adjusted_over_the_areas(method):
    areas, now = areas_of(MOVED, BEFORE, AFTER[:5])
    _, then = areas_of(BEFORE, BEFORE[::-1], AFTER[5:10])
    found = changes(areas, now, EarlierWave("2024", then, np.full(3, -1)), method)
    alone = changes(*areas_of(MOVED), EarlierWave("2024", areas_of(BEFORE)[1], np.array([-1])), method)
    assert found[0].holm_p == pytest.approx(2 * alone[0].holm_p)
    assert found[2].holm_p is None


def test_that_holm_follows_his_example():
    """Of 0.01, 0.02, 0.03, 0.04 every one becomes 0.04, 0.06, 0.06, 0.06, in whatever order."""
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]


@given(seed=st.integers(0, 500), gaps=st.sampled_from([0.0, 0.3]), averaged=st.booleans())
@settings(max_examples=40, deadline=None)
def test_that_linear_scores_sum_to_nothing_and_have_the_error_of_the_index(seed, gaps, averaged, method):
    draft = method.with_changes(heading_weights=dict(zip(HEADINGS, (1.0, 2, 3, 4), strict=True)) if averaged else {})
    values = scaled_levels(areas_of(random_levels(14, seed, gaps))[1], draft)
    linear = linear_scores(values, draft)
    shares = np.array([draft.effective_weights[code] for code in INDICATORS])
    assert linear.sum() == pytest.approx(0, abs=1e-9)
    error = np.sqrt(np.sum(linear**2) / (14 * 13))
    assert error == pytest.approx(linearised_error(values, shares, 3.0), abs=1e-9)


def test_that_a_constant_for_what_nobody_scored_takes_from_the_error(method):
    table = random_levels(14, 5)
    table[:, 9] = np.nan
    values = scaled_levels(areas_of(table)[1], method)
    left_out, lowest = (linear_scores(values, method.with_changes(missing_rule=rule)) for rule in ("leave_out", LOWEST))
    assert lowest == pytest.approx(left_out * 9 / 10)


def test_that_the_order_of_the_firms_changes_nothing(method):
    order = np.random.default_rng(3).permutation(16)
    areas, now = areas_of(MOVED)
    _, then = areas_of(BEFORE)
    turned = replace(now, targets=tuple(now.targets[k] for k in order), levels=now.levels[order])
    wave = EarlierWave("2024", then, np.array([-1]))
    (one,), (other,) = changes(areas, now, wave, method), changes(areas, turned, wave, method)
    assert one.change == other.change
    assert (one.interval.low, one.holm_p) == pytest.approx((other.interval.low, other.holm_p), abs=1e-12)


def test_that_the_examples_of_the_documentation_hold():
    found = doctest.testmod(module)
    assert (found.attempted, found.failed) == (1, 0)
