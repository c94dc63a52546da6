"""The exact factorial: its choices, its shares against their definition, and what must hold for them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.index import collapse_levels, geometric, index_under, score_areas
from kume_desktop.scoring.rounding import half_up
from kume_desktop.scoring.uncertainty.imputation import two_way
from kume_desktop.scoring.uncertainty.sensitivity import factorial, sensitivity, variance_shares

SHAPES = st.lists(st.integers(1, 3), min_size=2, max_size=4).map(tuple)


def some_levels(seed: int, firms: int = 14, missing: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    levels = random.integers(1, 6, (firms, 10)).astype(float)
    levels[random.random(levels.shape) < missing] = np.nan
    return levels


@given(SHAPES, st.integers(0, 999))
def test_that_shares_are_those_of_their_definition(shape, seed):
    scores = np.random.default_rng(seed).normal(60, 5, shape)
    names = tuple("abcd")[: len(shape)]
    found = variance_shares(scores, names)
    places = list(product(*(range(n) for n in shape)))
    total = np.var([scores[p] for p in places])
    if total < 1e-12:
        assert found == ()
        return
    for axis, share in enumerate(found):
        inside = [np.mean([scores[p] for p in places if p[axis] == level]) for level in range(shape[axis])]
        others = {p[:axis] + p[axis + 1 :] for p in places}
        left = [np.var([scores[p] for p in places if p[:axis] + p[axis + 1 :] == rest]) for rest in others]
        assert share.factor == names[axis]
        assert share.first_order == pytest.approx(np.var(inside) / total, abs=1e-9)
        assert share.total == pytest.approx(np.mean(left) / total, abs=1e-9)


@given(SHAPES, st.integers(0, 999))
def test_that_shares_keep_their_bounds(shape, seed):
    found = variance_shares(np.random.default_rng(seed).normal(60, 5, shape), tuple("abcd")[: len(shape)])
    for share in found:
        assert -1e-12 <= share.first_order <= share.total + 1e-12
        assert share.total <= 1 + 1e-12
    if found:
        assert sum(share.first_order for share in found) <= 1 + 1e-9
        assert sum(share.total for share in found) >= 1 - 1e-9


def test_that_an_additive_score_has_first_order_shares_alone():
    scores = np.array([0.0, 3.0])[:, None, None] + np.array([0.0, 4.0, 8.0])[:, None] + np.array([1.0, 2.0])
    found = variance_shares(scores, ("a", "b", "c"))
    variances = np.array([2.25, 32 / 3, 0.25])
    assert [s.first_order for s in found] == pytest.approx(variances / variances.sum(), abs=1e-12)
    assert [s.total for s in found] == pytest.approx([s.first_order for s in found], abs=1e-12)


def test_that_a_pure_interaction_has_total_shares_alone():
    found = variance_shares(np.array([[1.0, -1.0], [-1.0, 1.0]]), ("a", "b"))
    assert [(s.first_order, s.total) for s in found] == [(0, 1), (0, 1)]


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_that_every_choice_is_the_index_computed_by_hand(missing, method):
    levels = some_levels(3, missing=missing)
    found = factorial("a", levels, method)
    assert len(found.choices) == 2 * 2 * (3 if missing else 1) * 2
    headings = {heading.code: 1.0 for heading in method.headings}
    for choice in found.choices:
        ruled = replace(method, heading_weights=headings) if choice.weights == "equal_headings" else method
        low, high, own = (1, 3, collapse_levels(levels, method)) if choice.collapse == "before" else (1, 5, levels)
        if choice.missing == "lowest":
            own = np.nan_to_num(own, nan=low)
        elif choice.missing == "two_way":
            own = np.clip(two_way(own), low, high)
        means = np.nanmean(own, axis=0)
        if choice.collapse == "after":
            means = collapse_levels(half_up(means), method)
        expected = (geometric if choice.aggregation == "geometric" else index_under)(means, ruled)
        assert choice.score == pytest.approx(expected, abs=1e-9)


def test_that_the_first_choice_is_the_score_in_force(method, areas, levels):
    given_ = levels([(0, row) for row in some_levels(5, missing=0.1).tolist()])
    (area,), (found,) = score_areas(areas("a"), given_, method), sensitivity(areas("a"), given_, method)
    first = found.choices[0]
    assert (first.weights, first.aggregation, first.missing, first.collapse) == (
        "method",
        "arithmetic",
        "leave_out",
        "before",
    )
    assert first.score == pytest.approx(area.score, abs=1e-9)
    assert (first.category, found.area) == (area.category, "a")


def test_that_choices_that_come_to_the_same_are_not_repeated(method):
    names = lambda ruled, gaps: [  # noqa: E731
        tuple(dict.fromkeys(getattr(c, name) for c in factorial("a", some_levels(1, missing=gaps), ruled).choices))
        for name in ("weights", "missing", "collapse")
    ]
    assert names(method, 0) == [("method", "equal_headings"), ("leave_out",), ("before", "after")]
    entered = replace(method, weights={code: float(k) for k, code in enumerate(method.indicator_codes, start=1)})
    assert names(entered, 0.2)[:2] == [("method", "equal", "equal_headings"), ("leave_out", "lowest", "two_way")]
    five = replace(method, scale_max=5, collapse={level: level for level in range(1, 6)})
    assert names(five, 0)[2] == ("before",)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 99), st.permutations(range(14)))
def test_that_the_order_of_the_firms_changes_nothing(method, seed, order):
    levels = some_levels(seed, missing=0.15)
    plain, turned = factorial("a", levels, method), factorial("a", levels[order], method)
    assert [c.score for c in plain.choices] == pytest.approx([c.score for c in turned.choices], abs=1e-9)


def test_that_what_moves_nothing_has_no_shares(method):
    found = factorial("a", np.full((12, 10), 5.0), method)
    assert [choice.score for choice in found.choices] == pytest.approx([100.0] * len(found.choices))
    assert found.shares == ()


def test_that_an_area_without_levels_has_choices_without_scores(method):
    for levels in (np.empty((0, 10)), np.full((3, 10), np.nan)):
        found = factorial("a", levels, method)
        assert {(choice.score, choice.category) for choice in found.choices} == {(None, None)}
        assert found.shares == ()


def test_that_a_panel_has_nothing_to_collapse_or_impute(method, areas, levels):
    given_ = levels([(0, [1, 2, 3, 3, 2, 1, 2, 3, 1, 2])], "panel")
    (found,) = sensitivity(areas("a"), given_, method)
    assert {(choice.missing, choice.collapse) for choice in found.choices} == {("leave_out", "before")}
    assert {share.factor: share.total for share in found.shares}["collapse"] == 0


def test_that_an_indicator_nobody_scored_counts_where_a_gap_is_the_lowest_level(method):
    levels = some_levels(2)
    levels[:, 4] = np.nan
    found = {c.missing: c.score for c in factorial("a", levels, method).choices if c.collapse == "before"}
    assert found["lowest"] < found["leave_out"]
    ruled = replace(method, missing_rule="lowest")
    by_rule = {c.missing: c.score for c in factorial("a", levels, ruled).choices if c.collapse == "before"}
    assert by_rule["leave_out"] == pytest.approx(by_rule["lowest"], abs=1e-9)
