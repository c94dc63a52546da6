"""Post-stratification, raking, trimming, Kish: textbook formulas and what must hold for any sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.response.firm_weights import firm_weights
from kume_desktop.scoring.response.weighting import (
    Margin,
    design_effect,
    loose_margin,
    ordered_margin,
    post_stratified,
    rake,
    trimmed,
    weighted_means,
)
from tests.scoring.response.firms import frame

anyone = settings(max_examples=60, deadline=None)
NOBODY_KNOWS = np.full(60, np.nan)


@given(
    data=st.lists(st.tuples(st.integers(1, 30), st.integers(1, 400)), min_size=1, max_size=5), seed=st.integers(0, 999)
)
@anyone
def test_that_the_post_stratified_mean_is_that_of_the_textbook(data, seed):
    """sum(N_h / N x mean of h)."""
    random = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(data)), [n for n, _ in data])
    listed = np.array([total for _, total in data], dtype=np.float64)
    values = random.integers(1, 4, size=len(group)).astype(np.float64)
    weights = post_stratified(np.ones(len(group)), Margin(group, listed))
    means = np.array([values[group == h].mean() for h in range(len(data))])
    expected = float((listed / listed.sum()) @ means)
    assert weighted_means(values[:, None], weights)[0] == pytest.approx(expected, abs=1e-12)
    assert np.bincount(group, weights=weights) == pytest.approx(listed, abs=1e-9)


@given(seed=st.integers(0, 999))
@anyone
def test_that_raking_reproduces_both_margins(seed):
    random = np.random.default_rng(seed)
    first, second = random.integers(0, 3, size=60), random.integers(0, 4, size=60)
    first[:12], second[:12] = np.tile([0, 1, 2], 4), np.repeat([0, 1, 2, 3], 3)
    totals = random.integers(5, 90, size=3).astype(np.float64), random.integers(5, 90, size=4).astype(np.float64)
    raked = rake(np.ones(60), (Margin(first, totals[0]), Margin(second, totals[1])))
    assert raked.converged
    assert np.bincount(first, weights=raked.weights) == pytest.approx(totals[0], abs=1e-9)
    scaled = totals[1] * totals[0].sum() / totals[1].sum()
    assert np.bincount(second, weights=raked.weights) == pytest.approx(scaled, abs=1e-9)


def test_that_raking_keeps_the_odds_of_the_sample():
    """Deming & Stephan: cross-product ratios of the cells stay as they were."""
    first, second = np.repeat([0, 0, 1, 1], [8, 4, 2, 6]), np.repeat([0, 1, 0, 1], [8, 4, 2, 6])
    raked = rake(np.ones(20), (Margin(first, np.array([30.0, 70])), Margin(second, np.array([45.0, 55]))))
    cells = np.array([[raked.weights[(first == a) & (second == b)].sum() for b in (0, 1)] for a in (0, 1)])
    assert cells[0, 0] * cells[1, 1] / (cells[0, 1] * cells[1, 0]) == pytest.approx(8 * 6 / (4 * 2), rel=1e-9)


def test_that_raking_of_independent_margins_needs_one_cycle():
    first, second = np.repeat([0, 1], 4), np.tile([0, 1], 4)
    raked = rake(np.ones(8), (Margin(first, np.array([6.0, 2])), Margin(second, np.array([4.0, 4]))))
    assert (raked.cycles, raked.converged) == (1, True)


def test_that_margins_that_contradict_each_other_do_not_converge():
    same = np.repeat([0, 1], 5)
    raked = rake(np.ones(10), (Margin(same, np.array([6.0, 4])), Margin(same, np.array([2.0, 8]))), most=50)
    assert (raked.converged, raked.cycles) == (False, 50)


@given(weights=st.lists(st.floats(0.01, 1000), min_size=1, max_size=40).map(np.array))
@anyone
def test_that_trimming_keeps_the_sum_and_leaves_no_weight_above_five_means(weights):
    cut, number = trimmed(weights)
    assert cut.sum() == pytest.approx(weights.sum(), rel=1e-9)
    assert cut.max() <= 5 * weights.mean() * (1 + 1e-9)
    assert number >= int((weights > 5 * weights.mean() * (1 + 1e-9)).sum())
    assert (number == 0) == bool(np.all(cut == weights))
    again, _ = trimmed(cut)
    assert again == pytest.approx(cut, rel=1e-9)
    assert np.all(np.diff(cut[np.argsort(weights)]) >= -1e-9 * cut.max())


def test_that_trimming_goes_on_until_none_is_too_large():
    """Sharing out the cut of the largest lifts the second above the limit."""
    weights = np.array([1.0] * 18 + [45.0, 200.0])
    cut, number = trimmed(weights)
    assert number == 2
    assert cut[-2:].tolist() == [5 * weights.mean()] * 2


@given(weights=st.lists(st.floats(0.01, 1000), min_size=1, max_size=40).map(np.array), factor=st.floats(0.01, 100))
@anyone
def test_that_the_design_effect_is_one_plus_the_squared_variation(weights, factor):
    variation = weights.std() / weights.mean()
    assert design_effect(weights) == pytest.approx(1 + variation**2, rel=1e-9)
    assert design_effect(factor * weights) == pytest.approx(design_effect(weights), rel=1e-9)


def test_that_equal_weights_cost_nothing():
    assert design_effect(np.full(22, 2.5)) == pytest.approx(1.0, abs=1e-15)


def test_that_small_classes_join_the_neighbour_with_fewer_firms():
    classes = ["a"] * 9 + ["b"] * 3 + ["c"] * 6 + ["d"] * 2 + ["e"] * 2
    margin = ordered_margin(classes, "abcde", [90, 30, 60, 20, 10])
    assert margin.merged == ("b+c+d+e",)
    assert margin.totals.tolist() == [90.0, 120.0]
    assert np.bincount(margin.group).tolist() == [9, 13]


@given(
    answered=st.lists(st.integers(0, 12), min_size=2, max_size=6),
    listed=st.lists(st.integers(0, 90), min_size=6, max_size=6),
)
@anyone
def test_that_merging_leaves_only_classes_that_can_be_weighted(answered, listed):
    names = "abcdef"[: len(answered)]
    classes = [name for name, count in zip(names, answered, strict=True) for _ in range(count)]
    for make in (ordered_margin, loose_margin):
        margin = make(classes, names, listed[: len(names)])
        assert margin.totals.sum() == sum(listed[: len(names)])
        if not margin.is_one:
            assert np.bincount(margin.group, minlength=len(margin.totals)).min() >= 5
            assert margin.totals.min() > 0


def test_that_a_class_without_answers_gives_its_firms_to_the_neighbour():
    margin = ordered_margin(["a"] * 6 + ["c"] * 6, "abc", [10, 50, 20])
    assert (margin.totals.tolist(), margin.merged) == ([60.0, 20.0], ("a+b",))


def test_that_small_districts_are_put_together():
    classes = ["Aliağa"] * 2 + ["Bornova"] * 9 + ["Buca"] * 6 + ["Çiğli"] * 1 + ["Foça"] * 2
    margin = loose_margin(classes, ["Aliağa", "Bornova", "Buca", "Çiğli", "Menemen"], [10, 40, 30, 5, 15])
    assert margin.merged == ("Aliağa+Foça+Menemen+Çiğli",)
    assert sorted(margin.totals.tolist()) == [30.0, 30.0, 40.0]
    assert margin.totals[margin.group[0]] == margin.totals[margin.group[-1]] == 30


def test_that_a_class_nobody_named_is_a_mistake():
    with pytest.raises(ValueError, match="without a total"):
        ordered_margin(["a", "x"], "ab", [3, 4])


def weigh(sizes, districts=(), listed=None, areas=None, probability=None):
    totals = frame([listed or {}], [areas or {}])
    count = len(sizes)
    return firm_weights(
        sizes,
        tuple(districts) or ("",) * count,
        NOBODY_KNOWS[:count] if probability is None else probability,
        totals,
        0,
    )


def test_that_weights_are_post_stratified_where_only_sizes_are_known():
    sizes = ["1-9"] * 5 + ["10-24"] * 10
    found = weigh(sizes, listed={"1-9": 60, "10-24": 60})
    assert (found.how, found.reason, found.trimmed, found.iterations) == ("post-stratified", "", 0, 0)
    assert found.weights.mean() == pytest.approx(1)
    assert found.weights[0] / found.weights[-1] == pytest.approx(2)


def test_that_weights_are_raked_where_both_margins_are_known():
    sizes = ["1-9"] * 10 + ["10-24"] * 10
    districts = ["Buca", "Konak"] * 10
    found = weigh(sizes, districts, {"1-9": 80, "10-24": 40}, {"Buca": 40, "Konak": 80})
    assert (found.how, found.iterations) == ("raked", 1)
    assert found.weights[:10].sum() / found.weights.sum() == pytest.approx(2 / 3, abs=1e-12)
    assert found.weights[::2].sum() / found.weights.sum() == pytest.approx(1 / 3, abs=1e-12)


def test_that_margins_that_cannot_be_met_together_fall_back_to_sizes():
    sizes = ["1-9"] * 10 + ["10-24"] * 10
    found = weigh(sizes, ["Buca"] * 10 + ["Konak"] * 10, {"1-9": 80, "10-24": 40}, {"Buca": 40, "Konak": 80})
    assert (found.how, found.reason) == ("post-stratified", "not-raked")
    assert found.weights[0] / found.weights[-1] == pytest.approx(2)


def test_that_an_unknown_district_leaves_the_sizes():
    sizes = ["1-9"] * 10 + ["10-24"] * 10
    found = weigh(sizes, [*["Buca", "Konak"] * 9, "Buca", ""], {"1-9": 80, "10-24": 40}, {"Buca": 40, "Konak": 80})
    assert found.how == "post-stratified"


def test_that_weights_start_from_the_chance_of_selection():
    sizes = ["1-9"] * 10 + ["10-24"] * 10
    probability = np.array([0.5] * 5 + [0.25] * 5 + [1.0] * 10)
    found = weigh(sizes, listed={"1-9": 80, "10-24": 40}, probability=probability)
    assert found.weights[5] / found.weights[0] == pytest.approx(2)
    assert found.weights[:10].sum() / found.weights.sum() == pytest.approx(2 / 3)
    probability[3] = np.nan
    assert np.ptp(weigh(sizes, listed={"1-9": 80, "10-24": 40}, probability=probability).weights[:10]) == 0


def test_that_firms_of_unknown_size_keep_the_mean_weight():
    found = weigh(["1-9"] * 10 + ["10-24"] * 10 + [""], listed={"1-9": 80, "10-24": 40})
    assert found.weights[-1] == pytest.approx(1)
    assert found.weights.mean() == pytest.approx(1)


@pytest.mark.parametrize(
    ("sizes", "listed", "reason"),
    [
        (["1-9"] * 12, {}, "no-size-totals"),
        (["1-9"] * 8 + [""] * 4, {"1-9": 30}, "size-unknown"),
        (["1-9"] * 6 + ["10-24"] * 4, {"1-9": 30, "10-24": 20}, "one-stratum"),
        (["1-9"], {"1-9": 30, "10-24": 20}, "one-stratum"),
    ],
)
def test_that_weights_that_would_mean_nothing_are_refused(sizes, listed, reason):
    found = weigh(sizes, listed=listed)
    assert (found.how, found.reason) == ("", reason)


def test_that_a_lonely_giant_is_trimmed():
    sizes = ["1-9"] * 5 + ["10-24"] * 40
    found = weigh(sizes, listed={"1-9": 700, "10-24": 20})
    assert found.trimmed == 5
    assert found.weights.max() == pytest.approx(5)
    assert found.weights.mean() == pytest.approx(1)
