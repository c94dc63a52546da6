"""Suppression: no combination of totals and shown groups comes down to fewer than three firms."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.breakdowns.disclosure import Tables
from kume_desktop.scoring.breakdowns.suppression import FEW, SECONDARY, SHOWN, suppress


def tables(*labels, values=(), weights=None):
    """Break-downs from the group of every firm, one sequence each."""
    found = tuple(np.array(own, dtype=np.int64) for own in labels)
    sizes = tuple(int(own.max()) + 1 for own in found)
    means = tuple(np.array(own, dtype=np.float64) for own in values)
    return Tables(found, sizes, means, None if weights is None else np.array(weights, dtype=np.float64))


def groups_of(*sizes):
    """The group of every firm where groups have these sizes."""
    return [place for place, size in enumerate(sizes) for _ in range(size)]


def states(found, table=0):
    return [state for (own, _), state in sorted(found.items()) if own == table]


def known(given, found):
    """What is published as sums over firms, (R, F): the totals and the shown groups."""
    rows = [np.ones(given.n)] + ([] if given.weights is None else [given.weights])
    rows += [given.members(group).astype(float) for group, state in found.items() if state == SHOWN]
    return np.array([row for row in rows if row.any()])


def is_told(rows, *wanted):
    """Whether some combination of the `wanted` vectors, not all 0, follows from the rows: by ranks alone."""
    rank = np.linalg.matrix_rank(rows)
    return np.linalg.matrix_rank(np.vstack([rows, *wanted])) < rank + len(wanted)


def leaks(given, found):
    """Every firm or pair of firms about which the published sums tell a figure of their own."""
    rows, unit = known(given, found), np.eye(given.n)
    singles = [i for i in range(given.n) if is_told(rows, unit[i])]
    others = [i for i in range(given.n) if i not in singles]
    pairs = [(i, j) for i, j in combinations(others, 2) if is_told(rows, unit[i], unit[j])]
    return [*((i,) for i in singles), *pairs]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((10, 5, 4), ["", "", ""]),
        ((10, 6, 1), ["", SECONDARY, FEW]),
        ((10, 2, 1), ["", FEW, FEW]),
        ((10, 1, 1), [SECONDARY, FEW, FEW]),
        ((10, 2, 2), [SECONDARY, FEW, FEW]),
        ((12, 3, 1), [SECONDARY, "", FEW]),
        ((8, 1), [SECONDARY, FEW]),
        ((2,), [FEW]),
        ((1, 1), [FEW, FEW]),
        ((1, 1, 1), [FEW, FEW, FEW]),
        ((5,), [""]),
    ],
)
def test_that_a_small_group_goes_with_the_smallest_other_that_protects_it(sizes, expected):
    """Beside 1 firm a group of 3 would leave no doubt: together 4, of which one says `few` and the other does not."""
    assert states(suppress(tables(groups_of(*sizes)))) == expected


def test_that_a_group_nobody_answered_in_is_shown_as_nobody():
    given = Tables((np.array([0, 0, 0, 2, 2, 2, 2]),), (3,))
    assert states(suppress(given)) == ["", "", ""]


def test_that_nobody_at_all_is_no_secret():
    assert states(suppress(Tables((np.array([], dtype=np.int64),), (2,)))) == ["", ""]


def test_that_groups_that_stand_together_at_the_end_of_the_scale_need_one_more():
    """Three firms of two groups that all answered 1: their common mean, by subtraction, would tell every answer."""
    sizes, low = groups_of(10, 6, 2, 1), [3] * 10 + [2, 4] * 3 + [1, 1, 1]
    mixed = [*low[:-1], 2]
    assert states(suppress(tables(sizes, values=[low]))) == ["", SECONDARY, FEW, FEW]
    assert states(suppress(tables(sizes, values=[mixed]))) == ["", "", FEW, FEW]


def test_that_a_unanimous_area_hides_no_more_than_numbers_ask_for():
    assert states(suppress(tables(groups_of(10, 6, 2, 1), values=[[1] * 19]))) == ["", "", FEW, FEW]


def test_that_forced_groups_are_hidden_with_company():
    found = suppress(tables(groups_of(10, 6, 4)), [(0, 0)])
    assert states(found) == [SECONDARY, "", SECONDARY]


def test_that_the_difference_between_two_breakdowns_is_no_leak():
    """Every group has eight firms or more, yet size class 1 minus district 1 is a single firm."""
    size = groups_of(9, 9, 9)
    district = [0] * 9 + [1] * 8 + [2] * 10
    given = tables(size, district)
    unguarded = dict.fromkeys(given.groups(), SHOWN)
    assert leaks(given, unguarded) == [(17,)]
    assert leaks(given, suppress(given)) == []


def test_that_a_weighted_total_beside_the_plain_one_is_no_leak():
    """Two sums over two hidden groups are two equations for two unknowns; a third group must go."""
    sizes = groups_of(9, 8, 7, 1)
    weights = [1.0] * 9 + [0.8] * 8 + [1.2] * 7 + [2.0]
    plain, weighted = tables(sizes), tables(sizes, weights=weights)
    assert states(suppress(plain)) == ["", "", SECONDARY, FEW]
    assert leaks(weighted, suppress(plain)) == [(24,)]
    assert states(suppress(weighted)) == ["", SECONDARY, SECONDARY, FEW]
    assert leaks(weighted, suppress(weighted)) == []


def test_that_firms_with_the_same_weight_as_their_company_need_no_third_group():
    given = tables(groups_of(9, 8, 7, 1), weights=[1.0] * 9 + [0.8] * 8 + [1.2] * 8)
    assert states(suppress(given)) == ["", "", SECONDARY, FEW]
    assert leaks(given, suppress(given)) == []


breakdowns = st.integers(3, 14).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 3), min_size=n, max_size=n), min_size=1, max_size=3)
)


@given(labels=breakdowns, seed=st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_that_no_figure_of_fewer_than_three_firms_follows_from_what_is_shown(labels, seed):
    answers = np.random.default_rng(seed).integers(1, 4, len(labels[0])).astype(float)
    given = tables(*labels, values=[answers])
    found = suppress(given)
    assert leaks(given, found) == []
    rows = known(given, found)
    hidden = [group for group, state in found.items() if state and given.members(group).any()]
    assert all(not is_told(rows, given.members(group).astype(float)) for group in hidden)
    shown = [int(given.members(group).sum()) for group, state in found.items() if state == SHOWN]
    assert all(n == 0 or n >= 3 for n in shown)


@given(labels=breakdowns)
@settings(max_examples=60, deadline=None)
def test_that_one_breakdown_hides_two_groups_and_three_firms_or_nothing(labels):
    given = tables(labels[0])
    found = suppress(given)
    hidden = [int(given.members(group).sum()) for group, state in found.items() if state]
    assert not hidden or (len(hidden) >= 2 and sum(hidden) >= 3)


@given(labels=breakdowns, seed=st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_that_the_order_of_the_firms_does_not_matter(labels, seed):
    order = np.random.default_rng(seed).permutation(len(labels[0]))
    one = tables(*labels)
    other = Tables(tuple(own[order] for own in one.labels), one.sizes)
    assert suppress(one) == suppress(other)
