"""Severity, drift with time, distance from the suggestion."""

from __future__ import annotations

import numpy as np
import pytest

from kume_desktop.scoring.raters.report import drift
from tests.scoring.raters.tables import Row, paired, ratings

nan = float("nan")


def test_that_severity_is_the_mean_distance_from_the_others_on_shared_firms():
    rows: list[Row] = [
        ("F1", "g1", "r1", 1, 4.0), ("F1", "g1", "r2", 2, 3.0), ("F1", "g1", "r3", 3, 2.0),
        ("F2", "g1", "r1", 1, 5.0), ("F2", "g1", "r2", 2, 5.0),
        ("F3", "g1", "r3", 1, 1.0),
    ]  # fmt: skip
    first, second, third = drift(ratings(rows, raters=("r1", "r2", "r3")))
    assert (first.rater, first.ratings, first.shared) == ("r1", 2, 2)
    assert first.severity == pytest.approx((1.5 + 0) / 2)
    assert second.severity == pytest.approx((0 + 0) / 2)
    assert (third.ratings, third.shared, third.severity) == (2, 1, -1.5)
    assert first.interval.reason == "few"


def test_that_a_severe_rater_is_told_with_an_interval_over_firms():
    random = np.random.default_rng(1)
    truth = random.integers(2, 5, size=40).astype(np.float64)
    first, second = drift(ratings(paired(truth, truth + random.integers(-1, 1, size=40))))
    assert second.severity == -first.severity
    assert second.severity < 0
    assert second.interval.high < 0 < first.interval.low
    assert (first.interval.low, first.interval.high) == pytest.approx(
        (-second.interval.high, -second.interval.low), abs=1e-12
    )


def test_that_the_interval_is_the_t_interval_where_every_firm_has_one_level():
    from scipy.special import stdtrit

    random = np.random.default_rng(5)
    a, b = random.integers(1, 6, size=(2, 15)).astype(np.float64)
    (first, _) = drift(ratings(paired(a, b)))
    gaps = a - b
    half = stdtrit(14, 0.975) * gaps.std(ddof=1) / np.sqrt(15)
    assert (first.interval.low, first.interval.high) == pytest.approx(
        (gaps.mean() - half, gaps.mean() + half), abs=1e-12
    )


def test_that_ten_indicators_of_a_firm_do_not_narrow_the_interval():
    random = np.random.default_rng(6)
    rows = paired(*random.integers(1, 6, size=(2, 15)).astype(np.float64))
    copied = [(f, f"g{k}", r, n, v) for f, _, r, n, v in rows for k in range(10)]
    one, ten = drift(ratings(rows))[0], drift(ratings(copied, tuple(f"g{k}" for k in range(10))))[0]
    assert ten.shared == 150
    assert (ten.interval.low, ten.interval.high) == pytest.approx((one.interval.low, one.interval.high), abs=1e-12)


def test_that_a_rater_who_gets_milder_has_a_slope():
    """Over 50 ratings the second rater rises from -1 to +1 against the first: 4 levels in 100 ratings."""
    level = np.full(50, 3.0)
    rising = 3 + np.linspace(-1, 1, 50)
    first, second = drift(ratings(paired(level, rising)))
    assert second.slope == pytest.approx(2 / 49 * 100)
    assert first.slope == pytest.approx(-2 / 49 * 100)
    assert second.severity == pytest.approx(0, abs=1e-12)


def test_that_the_slope_counts_all_ratings_of_the_rater_not_only_the_shared_ones():
    between = [(f"X{n:03d}", "g1", "r2", 1, 3.0) for n in range(50)]
    shared = paired([3.0] * 50, 3 + np.linspace(-1, 1, 50))
    seconds, firsts = shared[1::2], shared[::2]
    mixed = [row for pair in zip(seconds, between, strict=True) for row in pair]
    _, second = drift(ratings([*firsts, *mixed]))
    assert (second.ratings, second.shared) == (100, 50)
    assert second.slope == pytest.approx(1 / 49 * 100)


def test_that_few_shared_levels_have_no_slope():
    first, _ = drift(ratings(paired([3.0] * 19, [2.0, 4] * 9 + [3])))
    assert (first.shared, first.slope) == (19, None)


def test_that_a_rater_who_always_differs_by_the_same_has_no_interval():
    first, _ = drift(ratings(paired([4.0] * 12, [3.0] * 12)))
    assert (first.severity, first.interval.low, first.interval.reason) == (1.0, None, "no-variation")


def test_that_the_suggestion_and_own_interviews_are_told():
    rows = paired([4.0, 5], [3.0, 3])
    given = ratings(rows, suggestion=3.0, interviewed=[("r1", "F000"), ("r2", "F000"), ("r2", "F001")])
    first, second = drift(given)
    assert (first.from_suggestion, second.from_suggestion) == (1.5, 0.0)
    assert (first.own_interviews, second.own_interviews) == (1, 2)
    assert drift(ratings(rows))[0].from_suggestion is None


def test_that_one_rater_alone_has_no_severity():
    only, silent = drift(ratings([("F1", "g1", "r1", 1, 3.0)]))
    assert (only.ratings, only.shared, only.severity, only.interval.reason, only.slope) == (1, 0, None, "nobody", None)
    assert (silent.ratings, silent.own_interviews) == (0, 0)


def test_that_reconciled_levels_change_no_drift():
    rows = paired([1.0, 2, 3, 4] * 4, [2.0, 2, 3, 3] * 4)
    agreed: list[Row] = [(f"F{n:03d}", "g1", "r1", 3, 5.0) for n in range(16)]
    assert drift(ratings(rows, agreed=agreed)) == drift(ratings(rows))
