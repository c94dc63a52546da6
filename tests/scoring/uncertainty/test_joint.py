"""The joint run: against a loop over the same random numbers, its moments, and what must not change it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.index import category_of, score_areas
from kume_desktop.scoring.inputs import Areas, Levels
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.uncertainty.imputation import residual_deviation, two_way
from kume_desktop.scoring.uncertainty.intervals import linearised_error, score_interval
from kume_desktop.scoring.uncertainty.joint import joint_run, method_draws
from kume_desktop.scoring.uncertainty.replicates import drawn_in, generator, in_order, pseudo_firm
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.scoring.rules import INDICATORS

FEW = RunSettings(replicates=100)
SAME = RunSettings(replicates=600)
WEIGHTED = {code: float(place) for place, code in enumerate(INDICATORS, start=1)}


def some_levels(seed: int, firms: int = 20, missing: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    levels = random.integers(1, 4, (firms, 10)).astype(float)
    levels[random.random(levels.shape) < missing] = np.nan
    return levels


class ByLoop:
    """Scores (3, R) in plain loops over the random numbers of a run; no indicator may be without any level."""

    def __init__(self, code: str, levels: np.ndarray, method: Method, frame_n: int | None, run: RunSettings) -> None:
        self.rows = in_order(levels, method)
        self.n, self.items = self.rows.shape
        self.firms = generator(run, "firms", code).standard_exponential((run.replicates, self.n))
        pool = pseudo_firm(method, run)
        self.towards, left = drawn_in(self.n, frame_n)
        self.pseudo = left * pool[generator(run, "pseudo-firm", code).permutation(run.replicates)]
        self.errors = iter(generator(run, "two_way", code).standard_normal((run.replicates, self.items)))
        self.draws = method_draws(method, run)
        self.own = [method.effective_weights[c] for c in method.indicator_codes]
        self.by_code = sorted(range(self.items), key=lambda k: method.indicator_codes[k])

    def scores(self) -> np.ndarray:
        found = np.empty((3, len(self.firms)))
        for block, imputation, aggregation in self.draws.blocks:
            for r in range(block.start, block.stop):
                weights = [self.draws.factors[r, k] * self.own[k] for k in range(self.items)]
                found[0, r] = self.index(self.replicated(r, 0), self.own, "arithmetic")
                found[1, r] = self.index([self.plain(k, imputation) for k in range(self.items)], weights, aggregation)
                found[2, r] = self.index(
                    self.with_error(self.replicated(r, imputation), imputation), weights, aggregation
                )
        return found

    def index(self, means: list[float], weights: list[float], aggregation: str) -> float:
        total = math.fsum(weights)
        if aggregation == "arithmetic":
            return 100 / 3 * math.fsum(w * m for w, m in zip(weights, means, strict=True)) / total
        return 100 * math.exp(math.fsum(w * math.log(m / 3) for w, m in zip(weights, means, strict=True)) / total)

    def replicated(self, r: int, imputation: int) -> list[float]:
        plain = [self.plain(k, imputation) for k in range(self.items)]
        moved = [self.moved(r, k, imputation) for k in range(self.items)]
        return [p + self.towards * (m - p) for p, m in zip(plain, moved, strict=True)]

    def plain(self, k: int, imputation: int) -> float:
        filled = (self.rows, np.where(np.isnan(self.rows), 1.0, self.rows), np.clip(two_way(self.rows), 1, 3))[
            imputation
        ]
        there = [value for value in filled[:, k] if not math.isnan(value)]
        return math.fsum(there) / len(there)

    def moved(self, r: int, k: int, imputation: int) -> float:
        level, weight = self.pseudo[r]
        firms, column = self.firms[r], self.rows[:, k]
        if imputation == 0:
            there = [i for i in range(self.n) if not math.isnan(column[i])]
        else:
            there = list(range(self.n))
            gap = np.full(self.n, 1.0) if imputation == 1 else self.expected(r, k)
            column = np.where(np.isnan(column), gap, column)
        return (math.fsum(firms[i] * column[i] for i in there) + level) / (math.fsum(firms[i] for i in there) + weight)

    def expected(self, r: int, k: int) -> np.ndarray:
        """Firm mean + item mean - overall mean, the latter two with the weights of the replicate."""
        observed = [self.moved(r, j, 0) for j in range(self.items)]
        totals = [
            math.fsum(self.firms[r, i] for i in range(self.n) if not math.isnan(self.rows[i, j])) + self.pseudo[r, 1]
            for j in range(self.items)
        ]
        overall = math.fsum(m * t for m, t in zip(observed, totals, strict=True)) / math.fsum(totals)
        return np.nanmean(self.rows, axis=1) + observed[k] - overall

    def with_error(self, means: list[float], imputation: int) -> list[float]:
        gaps = np.isnan(self.rows).sum(axis=0)
        if imputation != 2 or not gaps.any():
            return means
        spread = residual_deviation(self.rows)
        for z, k in zip(next(self.errors), self.by_code, strict=True):
            means[k] = min(max(means[k] + z * spread * math.sqrt(gaps[k]) / self.n, 1), 3)
        return means


@pytest.mark.parametrize(("missing", "frame_n"), [(0.0, None), (0.0, 30), (0.2, None), (0.2, 30), (0.2, 20)])
def test_that_replicates_are_those_of_a_plain_loop(missing, frame_n, method):
    weighted = replace(method, weights=WEIGHTED)
    levels = some_levels(4, missing=missing)
    expected = ByLoop("a", levels, weighted, frame_n, FEW).scores()
    found = joint_run(["a"], [levels], weighted, [frame_n], FEW)
    np.testing.assert_allclose(found.sampling[:, 0], expected[0], atol=1e-9)
    np.testing.assert_allclose(found.by_method[:, 0], expected[1], atol=1e-9)
    np.testing.assert_allclose(found.joint[:, 0], expected[2], atol=1e-9)


def test_that_the_same_seed_gives_the_same_bits_whatever_other_areas_there_are(method):
    alone = joint_run(["a"], [some_levels(1)], method, [40], SAME)
    among = joint_run(
        ["c", "a", "b"], [some_levels(2, 15), some_levels(1), some_levels(3, 70)], method, [None, 40, 80], SAME
    )
    for name in ("sampling", "by_method", "joint"):
        assert np.array_equal(getattr(alone, name)[:, 0], getattr(among, name)[:, 1])
    assert np.array_equal(alone.joint_probability[0], among.joint_probability[1])
    assert np.array_equal(alone.limits[0], among.limits[1])
    other = joint_run(["a"], [some_levels(1)], method, [40], RunSettings(seed=7, replicates=600))
    assert not np.array_equal(alone.sampling, other.sampling)


def test_that_two_areas_with_the_same_levels_vary_independently(method):
    found = joint_run(["a", "b"], [some_levels(1)] * 2, method, [None] * 2, RunSettings(replicates=4000))
    assert abs(np.corrcoef(found.sampling.T)[0, 1]) < 0.06


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 99), st.permutations(range(10)), st.sampled_from([0.0, 0.2]))
def test_that_the_order_of_firms_and_indicators_changes_nothing(method, seed, items, missing):
    levels = some_levels(seed, missing=missing)
    weighted = replace(method, weights=WEIGHTED)
    turned = replace(weighted, indicators=tuple(weighted.indicators[k] for k in items))
    firms = np.random.default_rng(seed).permutation(len(levels))
    plain = joint_run(["a"], [levels], weighted, [33], FEW)
    other = joint_run(["a"], [levels[firms][:, items]], turned, [33], FEW)
    for name in ("sampling", "by_method", "joint", "errors"):
        np.testing.assert_allclose(getattr(plain, name), getattr(other, name), atol=1e-10)


def test_that_scaling_the_weights_changes_nothing(method):
    heavy = replace(method, weights={code: 10 * weight for code, weight in WEIGHTED.items()})
    plain = joint_run(["a"], [some_levels(3, missing=0.1)], replace(method, weights=WEIGHTED), [50], FEW)
    np.testing.assert_allclose(
        joint_run(["a"], [some_levels(3, missing=0.1)], heavy, [50], FEW).joint, plain.joint, atol=1e-9
    )


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_that_a_census_has_no_sampling_variation(missing, method):
    levels = some_levels(5, missing=missing)
    found = joint_run(["a"], [levels], method, [20], SAME)
    score = 100 / 3 * np.nanmean(levels, axis=0).mean()
    assert found.sampling[:, 0] == pytest.approx(np.full(600, score), abs=1e-9)
    assert sorted(found.sampling_probability[0]) == [0, 0, 1]
    assert found.joint[:, 0].std() > 0.5
    if not missing:
        assert np.array_equal(found.joint, found.by_method)


@pytest.mark.parametrize("frame_n", [None, 400, 150])
def test_that_replicates_spread_as_the_standard_error_says(frame_n, method):
    levels = some_levels(8, firms=100)
    levels[:, 5:] = levels[:, :5]
    bare = RunSettings(replicates=20_000, pseudo_firm=1e-9)
    found = joint_run(["a"], [levels], method, [frame_n], bare)
    error = linearised_error(levels, np.ones(10), 3, frame_n)
    assert found.sampling.std() == pytest.approx(error, rel=0.03)
    interval, _ = score_interval(levels, np.ones(10), 1, 3, frame_n)
    usual = joint_run(["a"], [levels], method, [frame_n], replace(bare, pseudo_firm=0.2))
    ends = np.quantile(usual.sampling, [0.025, 0.975])
    assert ends == pytest.approx([interval.low, interval.high], abs=0.12 * (interval.high - interval.low))


@pytest.mark.parametrize("frame_n", [None, 60])
def test_that_the_error_under_each_method_is_the_spread_over_firms_under_it(frame_n, method):
    levels = some_levels(9, firms=40, missing=0.1)
    calm = replace(RunSettings(replicates=12_000), weight_spread=0.0, pseudo_firm=1e-12)
    found = joint_run(["a"], [levels], method, [frame_n], calm)
    draws = method_draws(method, calm)
    for block, place, _ in draws.blocks:
        if place != 2:  # imputation with error spreads more than the firms alone
            told = found.errors[block.start // found.every + 1, 0]
            assert found.joint[block, 0].std() == pytest.approx(told, rel=0.08)


def test_that_probabilities_are_shares_of_replicates_and_reaching_a_cut_counts(method):
    found = joint_run(["a", "b"], [some_levels(1), some_levels(2)], method, [None, None], SAME)
    for place in range(2):
        counted = [category_of(x, method.cut_points, method.decimals) for x in found.joint[:, place]]
        assert found.joint_probability[place].tolist() == [counted.count(c) / 600 for c in (1, 2, 3)]
    half_at_two = np.full((20, 10), 2.0)
    half_at_two[:10] = 3.0
    exact = replace(method, cuts=(0.75, 0.1))  # 2.5 of 1..3 reaches three quarters of the range
    assert joint_run(["a"], [half_at_two], exact, [20], SAME).sampling_probability[0].tolist() == [1, 0, 0]


def test_that_an_indicator_nobody_scored_follows_the_rule_of_the_method(method):
    levels = some_levels(6)
    levels[:, 3] = np.nan
    for rule in ("leave_out", "lowest"):
        ruled = replace(method, missing_rule=rule)
        areas = Areas(("a",), ("a",), ("a",), np.array([-1]))
        raw = np.where(np.isnan(levels), np.nan, np.array([np.nan, 1, 3, 5])[np.nan_to_num(levels, nan=0).astype(int)])
        given = Levels("firma", tuple(map(str, range(20))), np.zeros(20, dtype=np.int64), INDICATORS, raw)
        (score,) = score_areas(areas, given, ruled)
        found = joint_run(["a"], [levels], ruled, [20], SAME)
        assert found.sampling[:, 0] == pytest.approx(np.full(600, score.score), abs=1e-9)
        assert np.isfinite(found.joint).all()


def test_that_areas_without_levels_have_no_scores(method):
    found = joint_run(
        ["a", "b", "c"], [np.empty((0, 10)), np.full((3, 10), np.nan), some_levels(1)], method, [5, None, None], FEW
    )
    assert np.isnan(found.sampling[:, :2]).all()
    assert np.isnan(found.joint_probability[:2]).all()
    assert np.isnan(found.limits[:2]).all()
    assert np.isfinite(found.joint[:, 2]).all()
    assert joint_run([], [], method, [], FEW).joint.shape == (100, 0)


@pytest.mark.parametrize("levels", [np.full((12, 10), 3.0), np.full((12, 10), 1.0), some_levels(1, firms=1)])
def test_that_unanimous_and_single_firms_vary_but_stay_on_the_scale(levels, method):
    found = joint_run(["a"], [levels], method, [None], SAME)
    assert found.sampling.std() > 0
    for scores in (found.sampling, found.joint):
        assert scores.min() >= 100 / 3 - 1e-9
        assert scores.max() <= 100 + 1e-9


def test_that_the_weights_spread_as_told_round_those_of_the_method(method):
    weighted = replace(method, weights=WEIGHTED)
    draws = method_draws(weighted, RunSettings(replicates=40_000))
    own = np.array([weighted.effective_weights[code] for code in INDICATORS])
    shares = draws.factors * own / (draws.factors * own).sum(axis=1, keepdims=True)
    assert shares.mean(axis=0) == pytest.approx(own, abs=0.001)
    total = 9 / 0.25**2 - 1
    assert shares.std(axis=0) == pytest.approx(np.sqrt(own * (1 - own) / (total + 1)), rel=0.03)
    equal = method_draws(method, RunSettings(replicates=40_000)).factors
    assert (equal / equal.sum(axis=1, keepdims=True)).std(axis=0) == pytest.approx(np.full(10, 0.025), rel=0.03)


def test_that_a_list_shorter_than_the_firms_is_refused(method):
    with pytest.raises(ValueError, match="20 firms answered of a list of 19"):
        joint_run(["a"], [some_levels(1)], method, [19], FEW)
