"""Headings as scales: which figure for how many items and firms, refusals, and that no order matters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.analysis import Reliability
from kume_desktop.scoring.parts import Heading, Words
from kume_desktop.scoring.reliability import scale
from kume_desktop.scoring.reliability.report import reliability
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.scoring.reliability.test_scale import a_scale

QUICK = RunSettings(replicates=500)
nan = float("nan")


def describe(items: np.ndarray, run: RunSettings = QUICK) -> Reliability:
    """All columns as one scale."""
    codes = tuple(f"g{k}" for k in range(1, items.shape[1] + 1))
    (one,) = reliability(items, codes, [Heading("h", Words("başlık"), codes)], run)
    return one


@pytest.mark.parametrize(("n", "how"), [(10, "feldt"), (59, "feldt"), (60, "log-bootstrap"), (126, "log-bootstrap")])
def test_that_the_interval_of_alpha_fits_the_number_of_firms(n, how):
    items = a_scale(n, 5)
    one = describe(items)
    assert (one.n, one.items, one.alpha.reason) == (n, ("g1", "g2", "g3", "g4", "g5"), "")
    assert one.alpha.value == pytest.approx(scale.cronbach_alpha(items), abs=1e-12)
    assert one.alpha.interval.how == how
    assert one.alpha.interval.low < one.alpha.value < one.alpha.interval.high < 1
    assert one.item_rest == pytest.approx(scale.item_rest(items), abs=1e-12)


def test_that_omega_has_no_interval_below_fifty_firms():
    few, many = describe(a_scale(49, 4)), describe(a_scale(50, 4))
    assert few.omega.value == pytest.approx(scale.omega(a_scale(49, 4)), abs=1e-9)
    assert (few.omega.interval.low, few.omega.interval.reason) == (None, "few")
    assert many.omega.interval.low < many.omega.value < many.omega.interval.high


@pytest.mark.parametrize(("n", "how"), [(30, "fisher-z"), (80, "log-bootstrap")])
def test_that_two_items_have_spearman_brown_and_no_alpha(n, how):
    items = a_scale(n, 2)
    one = describe(items)
    assert one.spearman_brown.value == pytest.approx(scale.spearman_brown(items), abs=1e-12)
    assert one.spearman_brown.interval.how == how
    assert one.spearman_brown.interval.low < one.spearman_brown.value < one.spearman_brown.interval.high
    assert (one.alpha.value, one.alpha.reason, one.omega.reason) == (None, "two-items", "two-items")
    assert describe(a_scale(n, 3)).spearman_brown.reason == "not-two-items"


REVERSED = a_scale(30, 4).copy()
REVERSED[:, 2] = 6 - REVERSED[:, 2]
UNRELATED = np.array([[1.0, 1, 2], [2, 1, 1], [1, 2, 1]] * 4)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        (np.zeros((0, 3)), "few"),
        (a_scale(9, 4), "few"),
        (a_scale(1, 4), "few"),
        (a_scale(30, 1), "one-item"),
        (np.full((30, 4), 3.0), "no-variation"),
        (np.tile([1.0, 2, 5], (20, 1)), "no-variation"),
        (np.column_stack([a_scale(30, 3), np.full(30, 5.0)]), "constant-item"),
        (np.column_stack([a_scale(30, 1), np.full(30, 5.0)]), "constant-item"),
        (REVERSED, "reversed-item"),
        (np.column_stack([REVERSED[:, 1], 6 - REVERSED[:, 1]]), "reversed-item"),
        (UNRELATED, "reversed-item"),
        (np.array([[1.0, 2], [2, 1], [1, 1], [2, 2]] * 3), "negative"),
    ],
)
def test_that_meaningless_figures_are_refused_with_a_reason(items, reason):
    one = describe(items)
    for estimate in (one.alpha, one.omega, one.spearman_brown):
        assert (estimate.value, estimate.reason, estimate.interval.reason) == (None, reason, reason)


def test_that_an_item_turned_back_is_no_longer_refused():
    turned = REVERSED.copy()
    turned[:, 2] = 6 - turned[:, 2]
    assert describe(turned).alpha.value == pytest.approx(scale.cronbach_alpha(a_scale(30, 4)), abs=1e-12)
    assert describe(6 - turned).alpha.value == pytest.approx(describe(turned).alpha.value, abs=1e-12)


@pytest.mark.parametrize("items", [2, 4])
def test_that_identical_items_have_no_interval(items):
    one = describe(np.tile(a_scale(30, 1), (1, items)))
    estimate = one.alpha if items > 2 else one.spearman_brown
    assert (estimate.value, estimate.interval.low, estimate.interval.reason) == (1.0, None, "identical")


def test_that_a_constant_item_has_no_item_rest_but_the_others_have():
    one = describe(np.column_stack([a_scale(30, 3), np.full(30, 5.0)]))
    assert one.item_rest[3] is None
    assert all(r is not None for r in one.item_rest[:3])


def test_that_a_factor_that_does_not_fit_is_told():
    random = np.random.default_rng(0)
    common = random.normal(size=200)
    items = np.column_stack([common, common + 0.1 * random.normal(size=200), random.normal(size=200) + 0.3 * common])
    items[:, 0] += 0.35 * items[:, 2]
    one = describe(items)
    assert (one.omega.value, one.omega.reason) == (None, "heywood")
    assert one.alpha.value is not None


def test_that_only_complete_firms_count():
    items = a_scale(40, 4)
    gaps = items.copy()
    gaps[:5, 1] = nan
    gaps[5:8] = nan
    one = describe(gaps)
    assert one.n == 32
    assert one.alpha.value == pytest.approx(scale.cronbach_alpha(items[8:]), abs=1e-12)


def test_that_headings_are_read_by_code_and_unknown_items_left_out():
    items = a_scale(30, 5)
    codes = ("a", "b", "c", "d", "e")
    headings = [
        Heading("first", Words("x"), ("e", "a", "c")),
        Heading("second", Words("x"), ("b", "gone")),
        Heading("third", Words("x"), ()),
    ]
    first, second, third = reliability(items, codes, headings, QUICK)
    assert first.items == ("e", "a", "c")
    assert first.item_rest == pytest.approx(scale.item_rest(items[:, [4, 0, 2]]), abs=1e-12)
    assert (second.items, second.alpha.reason) == (("b",), "one-item")
    assert (third.items, third.n, third.alpha.reason, third.item_rest) == ((), 0, "one-item", ())


@given(seed=st.integers(0, 10_000))
@settings(max_examples=4, deadline=None)
def test_that_no_order_of_firms_or_items_changes_the_description(seed):
    items, random = a_scale(70, 4), np.random.default_rng(seed)
    codes = ("g1", "g2", "g3", "g4")
    before = describe(items)
    order = random.permutation(4)
    shuffled = items[random.permutation(70)][:, order]
    names = tuple(codes[place] for place in order)
    (after,) = reliability(shuffled, names, [Heading("h", Words("x"), codes)], QUICK)
    assert after == before
