"""What is said of agreement: units, refusals, intervals over firms, and that nothing depends on any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.raters import bootstrap
from kume_desktop.scoring.raters.agreement import icc, krippendorff_alpha, weighted_kappa
from kume_desktop.scoring.raters.report import agreement, complete_rows
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.scoring.raters.tables import Row, paired, ratings

QUICK = RunSettings(replicates=400)
FIRST = [1.0, 2, 3, 4, 5, 1, 2, 3, 4, 5, 2, 3]
SECOND = [1.0, 2, 3, 5, 5, 1, 3, 3, 4, 4, 2, 3]


def three_raters(firms: int, codes: tuple[str, ...], seed: int) -> list[Row]:
    """Every firm rated by two of three raters on every indicator, levels around a level of the firm."""
    random = np.random.default_rng(seed)
    rows: list[Row] = []
    for firm in range(firms):
        for turn, rater in enumerate(random.choice(["r1", "r2", "r3"], size=2, replace=False)):
            for code in codes:
                level = float(np.clip(1 + firm % 5 + random.integers(-1, 2), 1, 5))
                rows.append((f"F{firm:03d}", code, str(rater), turn + 1, level))
    return rows


def test_that_two_raters_have_all_coefficients_of_their_pairs():
    overall, own = agreement(ratings(paired(FIRST, SECOND)), QUICK)
    table = np.column_stack([FIRST, SECOND])
    assert (overall.indicator, own.indicator) == ("", "g1")
    assert (own.units, own.raters, own.icc_raters, own.icc_rows, own.kappa_pairs) == (12, 2, ("r1", "r2"), 12, 1)
    assert own.alpha.value == pytest.approx(krippendorff_alpha(table), abs=1e-12)
    assert (own.icc_single.value, own.icc_average.value) == pytest.approx(icc(table), abs=1e-12)
    assert own.kappa.value == pytest.approx(weighted_kappa(table), abs=1e-12)
    assert (own.exact, own.within_one) == (9 / 12, 1.0)
    assert overall.alpha == own.alpha


def test_that_every_interval_holds_its_value():
    for one in agreement(ratings(paired(FIRST, SECOND)), QUICK):
        for estimate in (one.alpha, one.icc_single, one.icc_average, one.kappa):
            assert estimate.interval.low < estimate.value < estimate.interval.high <= 1
            assert estimate.interval.how == "bootstrap-z"


def test_that_reconciled_levels_do_not_count():
    agreed: list[Row] = [(f"F{number:03d}", "g1", "r2", 3, 1.0) for number in range(12)]
    assert agreement(ratings(paired(FIRST, SECOND), agreed=agreed), QUICK) == agreement(
        ratings(paired(FIRST, SECOND)), QUICK
    )


def test_that_the_first_round_of_a_rater_counts():
    again: list[Row] = [("F000", "g1", "r1", 3, 5.0), ("F001", "g1", "r2", 2, 5.0)]
    _, own = agreement(ratings([*again, *paired(FIRST, SECOND)]), QUICK)
    _, without = agreement(ratings(paired(FIRST, SECOND)), QUICK)
    assert own.alpha.value == without.alpha.value


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "one-rater"),
        ([(f"F{n:02d}", "g1", "r1", 1, float(1 + n % 5)) for n in range(30)], "one-rater"),
        (paired(FIRST[:9], SECOND[:9]), "few"),
        (paired(FIRST[:1], SECOND[:1]), "few"),
        (paired([3.0] * 12, [3.0] * 12), "no-variation"),
    ],
)
def test_that_meaningless_figures_are_refused_with_a_reason(rows, reason):
    for one in agreement(ratings(rows), QUICK):
        for estimate in (one.alpha, one.icc_single, one.icc_average, one.kappa):
            assert (estimate.value, estimate.reason, estimate.interval.reason) == (None, reason, reason)


def test_that_shares_are_told_even_for_few_units():
    overall, own = agreement(ratings(paired([1.0, 2], [1.0, 4])), QUICK)
    assert (own.units, own.exact, own.within_one) == (2, 0.5, 0.5)
    assert overall.alpha.value is None


def test_that_raters_who_never_differ_have_no_interval():
    _, own = agreement(ratings(paired(FIRST, FIRST)), QUICK)
    for estimate in (own.alpha, own.icc_single, own.icc_average, own.kappa):
        assert (estimate.value, estimate.reason) == (pytest.approx(1.0), "")
        assert (estimate.interval.low, estimate.interval.reason) == (None, "no-disagreement")


def test_that_levels_that_vary_in_one_firm_only_give_no_interval():
    _, own = agreement(ratings(paired([3.0] * 11 + [5.0], [3.0] * 11 + [4.0])), QUICK)
    assert own.alpha.value is not None
    assert own.alpha.interval.reason == "unstable"


def test_that_raters_who_agree_less_than_by_chance_have_no_reliability_of_their_mean():
    _, own = agreement(ratings(paired([1.0, 5] * 8, [5.0, 1] * 8)), QUICK)
    assert own.icc_single.value < 0
    assert (own.icc_average.value, own.icc_average.reason) == (None, "negative")


def test_that_alpha_uses_all_raters_and_icc_the_fullest_pair():
    rows = three_raters(60, ("g1", "g2"), seed=3)
    given = ratings(rows, ("g1", "g2"), ("r1", "r2", "r3"))
    overall, first, _ = agreement(given, QUICK)
    assert (overall.units, overall.raters, overall.kappa_pairs) == (60, 3, 3)
    shared = {
        pair: sum({r for f, c, r, *_ in rows if f == firm and c == "g1"} == set(pair) for firm in given.targets)
        for pair in (("r1", "r2"), ("r1", "r3"), ("r2", "r3"))
    }
    fullest = max(shared, key=lambda pair: shared[pair])
    assert (first.icc_raters, first.icc_rows) == (fullest, shared[fullest])
    assert overall.icc_rows == 2 * shared[fullest]


def test_that_icc_and_kappa_need_raters_with_ten_common_firms():
    rows = three_raters(18, ("g1",), seed=1)
    _, own = agreement(ratings(rows, ("g1",), ("r1", "r2", "r3")), QUICK)
    assert own.alpha.value is not None
    assert (own.icc_single.reason, own.icc_average.reason, own.kappa.reason) == (
        "few-complete", "few-complete", "few-pairs",
    )  # fmt: skip
    assert (own.icc_raters, own.icc_rows, own.kappa_pairs) == ((), 0, 0)


def test_that_three_raters_of_the_same_firms_are_taken_together():
    levels = np.random.default_rng(2).integers(1, 6, size=(15, 1, 3)).astype(np.float64)
    chosen, table, firms = complete_rows(levels)
    assert (chosen, table.shape, firms.tolist()) == ((0, 1, 2), (15, 3), list(range(15)))
    levels[2:, 0, 2] = np.nan
    assert complete_rows(levels)[0] == (0, 1)


def test_that_many_raters_are_tried_in_pairs_and_all_together():
    levels = np.full((12, 1, 9), np.nan)
    levels[:, 0, [4, 7]] = np.random.default_rng(2).integers(1, 6, size=(12, 2))
    assert complete_rows(levels)[0] == (4, 7)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_that_no_order_of_firms_raters_or_indicators_changes_the_report(seed):
    codes = ("g1", "g2", "g3")
    rows = three_raters(40, codes, seed=11)
    before = {one.indicator: one for one in agreement(ratings(rows, codes, ("r1", "r2", "r3")), QUICK)}
    random = np.random.default_rng(seed)
    shuffled = [rows[place] for place in random.permutation(len(rows))]
    names = tuple(str(name) for name in random.permutation(["r1", "r2", "r3"]))
    order = tuple(str(code) for code in random.permutation(codes))
    after = agreement(ratings(shuffled, order, names), QUICK)
    assert [one.indicator for one in after] == ["", *order]
    for one in after:
        assert one == before[one.indicator]


def test_that_the_seed_decides_the_interval_and_nothing_else():
    given_ratings = ratings(paired(FIRST, SECOND))
    one, again = (agreement(given_ratings, RunSettings(seed=7, replicates=300)) for _ in range(2))
    other = agreement(given_ratings, RunSettings(seed=8, replicates=300))
    assert one == again
    assert other[1].alpha.value == one[1].alpha.value
    assert other[1].alpha.interval != one[1].alpha.interval


def test_that_replicates_equal_resampling_the_rows_themselves():
    """The tensor against the coefficients of tables that are really resampled: same mean and spread."""
    random = np.random.default_rng(4)
    table = np.clip(random.integers(1, 6, size=(40, 1)) + random.integers(-1, 2, size=(40, 3)), 1, 5).astype(float)
    table[random.random(table.shape) < 0.2] = np.nan
    whole = table[~np.isnan(table[:, :2]).any(axis=1)][:, :2]
    settings_ = RunSettings(replicates=3000)
    fast = bootstrap.alpha_replicates(table[:, None, :], "ordinal", settings_)
    slow = [krippendorff_alpha(table[random.integers(0, 40, 40)]) for _ in range(3000)]
    assert (fast.mean(), fast.std()) == pytest.approx((np.mean(slow), np.std(slow)), rel=0.1, abs=0.005)
    fast = bootstrap.icc_replicates(whole, np.arange(len(whole)), settings_)
    slow = [icc(whole[random.integers(0, len(whole), len(whole))])[0] for _ in range(3000)]
    assert (fast.mean(), fast.std()) == pytest.approx((np.mean(slow), np.std(slow)), rel=0.1, abs=0.005)
    fast = bootstrap.kappa_replicates([whole[:, None, :]], settings_)
    slow = [weighted_kappa(whole[random.integers(0, len(whole), len(whole))]) for _ in range(3000)]
    assert (fast.mean(), fast.std()) == pytest.approx((np.mean(slow), np.std(slow)), rel=0.1, abs=0.005)


def test_that_indicators_of_a_firm_are_drawn_together():
    """Ten copies of one indicator know no more than one: the interval must not shrink."""
    rows = [(f, f"g{k}", r, n, v) for f, _, r, n, v in paired(FIRST, SECOND) for k in range(10)]
    overall, own, *_ = agreement(ratings(rows, tuple(f"g{k}" for k in range(10))), RunSettings(replicates=4000))
    width = overall.alpha.interval.high - overall.alpha.interval.low
    assert width == pytest.approx(own.alpha.interval.high - own.alpha.interval.low, rel=0.1)


@pytest.mark.parametrize("noise", [0.4, 0.8])
def test_that_limits_of_alpha_hold_the_truth_about_as_often_as_promised(noise):
    random = np.random.default_rng(21)

    def sample(n: int) -> np.ndarray:
        truth = random.normal(size=(n, 1))
        seen = (truth + noise * random.normal(size=(n, 2))) / np.sqrt(1 + noise**2)
        return 1.0 + np.searchsorted([-1.2, -0.4, 0.4, 1.2], seen)

    true = krippendorff_alpha(sample(200_000))
    held = []
    for seed in range(250):
        table = sample(30)
        replicates = bootstrap.alpha_replicates(table[:, None, :], "ordinal", RunSettings(seed=seed, replicates=400))
        limits = bootstrap.z_interval(krippendorff_alpha(table), replicates, 30, 0.95)
        held.append(limits.low <= true <= limits.high)
    assert 0.91 <= np.mean(held) <= 0.99


def test_that_raters_who_give_one_level_each_have_no_interval_of_width_0():
    found = agreement(ratings(paired([4.0] * 12, [3.0] * 12)), QUICK)[0]
    for one in (found.icc_single, found.kappa):
        assert one.value == pytest.approx(0, abs=1e-12)
        assert (one.interval.low, one.interval.high, one.interval.reason) == (None, None, "no-variation")
