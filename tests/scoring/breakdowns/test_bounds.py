"""Hidden figures stay open: the interval that follows from what is published is wide enough, by other means too."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kume_desktop.scoring.breakdowns import bounds
from kume_desktop.scoring.breakdowns.bounds import Atoms, Pairs, interval, needed
from kume_desktop.scoring.breakdowns.disclosure import Tables
from kume_desktop.scoring.breakdowns.suppression import SHOWN, suppress

SPAN = 4.0


def tables(labels, answers):
    values = np.array(answers, dtype=np.float64)
    found = tuple(np.array(own, dtype=np.int64) for own in labels)
    shares = (values <= 2).astype(np.float64)
    return Tables(found, tuple(int(own.max()) + 1 for own in found), (values, shares), span=SPAN)


def possible_sums(given, shown, members):
    """The sums over some firms in every way to hand out the answers that fits what is published."""
    values, shares = given.shown_means
    rows = np.array([given.members(group) for group in shown], dtype=float).reshape(len(shown), given.n)
    told = rows @ values, rows @ shares
    found = set()
    for turned in set(permutations(values)):
        other = np.array(turned)
        if np.allclose(rows @ other, told[0]) and np.allclose(rows @ (other <= 2), told[1]):
            found.add(float(other[members].sum()))
    return found


def open_width(given, shown, members):
    """The width of the interval of a sum, with one unknown for each firm and answer."""
    values, n = given.shown_means[0], given.n
    kinds = np.unique(values)
    rows = [np.kron(one, np.ones(len(kinds))) for one in np.eye(n)]
    rows += [np.kron(np.ones(n), one) for one in np.eye(len(kinds))]
    totals = [*np.ones(n), *((values == kind).sum() for kind in kinds)]
    for group in shown:
        inside = given.members(group).astype(float)
        rows += [np.kron(inside, kinds), np.kron(inside, kinds <= 2)]
        totals += [inside @ values, inside @ (values <= 2)]
    aim = np.kron(members.astype(float), kinds)
    ends = [linprog(sign * aim, A_eq=np.array(rows), b_eq=totals, method="highs").fun for sign in (1, -1)]
    return -ends[1] - ends[0]


small = st.integers(3, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=1, max_size=3),
        st.lists(st.integers(1, 4), min_size=n, max_size=n),
        st.integers(0, 2**9 - 1),
    )
)


@given(example=small)
@settings(max_examples=60, deadline=None)
def test_that_the_interval_holds_every_possible_figure_and_exchanges_lie_within(example):
    labels, answers, mask = example
    made = tables(labels, answers)
    groups = [group for group in made.groups() if made.members(group).any()]
    shown = [group for place, group in enumerate(groups) if mask >> place & 1]
    hidden = [group for group in groups if group not in shown]
    assume(hidden)
    members = made.members(hidden[0])
    sums = possible_sums(made, shown, members)
    low, high = interval(made, members, shown)
    assert low * members.sum() <= min(sums) + 1e-6
    assert high * members.sum() >= max(sums) - 1e-6
    for room in (Atoms.of(made, shown, made.shown_means[0]).room([members])[0], Pairs.of(made, shown).room(members)):
        assert room <= max(sums) - min(sums) + 1e-9


breakdowns = st.integers(6, 16).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=1, max_size=3),
        st.lists(st.integers(1, 5), min_size=n, max_size=n),
    )
)


@given(example=breakdowns)
@settings(max_examples=60, deadline=None)
def test_that_every_hidden_figure_stays_open_as_widely_as_the_rule_says(example):
    labels, answers = example
    made = tables(labels, answers)
    assume(len(set(answers)) > 1)
    found = suppress(made)
    shown = [group for group, state in found.items() if state == SHOWN and made.members(group).any()]
    members = {group: made.members(group) for group in made.groups()}
    for group in (group for group, state in found.items() if state != SHOWN):
        least = float(needed(made, members, [group])[0])
        assert least > 0
        assert open_width(made, shown, members[group]) >= least - 1e-6, (group, found)


def test_that_sums_alone_may_leave_a_figure_nearly_known():
    """One firm of two that are hidden: the other is at the end of the scale with all but one answer of the area."""
    size = [0] * 6 + [1] * 6 + [2, 3]
    answers = [1] * 6 + [1] * 5 + [2] + [1, 2]
    made = tables([size], answers)
    shown = [(0, 0), (0, 1)]
    low, high = interval(made, made.members((0, 2)), shown)
    assert (low, high) == pytest.approx((1, 2))
    members = {group: made.members(group) for group in made.groups()}
    assert float(needed(made, members, [(0, 2)])[0]) == pytest.approx(0.5)


def test_that_a_unanimous_area_asks_for_no_more_room():
    made = tables([[0] * 6 + [1] * 6 + [2, 3]], [3] * 14)
    members = {group: made.members(group) for group in made.groups()}
    assert float(needed(made, members, [(0, 2)])[0]) == 0


def test_that_what_is_not_proven_open_counts_as_closed():
    """One attempt less proves less, never more: what is hidden with every attempt is hidden with none."""
    random, fewer = np.random.default_rng(5), 0
    for _ in range(12):
        made = tables([random.integers(0, size, 40) for size in (4, 9, 9)], random.integers(1, 6, 40))
        hidden = [group for group in made.groups() if 0 < made.members(group).sum() < 3]
        shown = [group for group in made.groups() if made.members(group).sum() >= 3]
        members = {group: made.members(group) for group in made.groups()}
        proven = set(bounds.narrow(made, members, hidden, shown))
        unproven = set(bounds.narrow(made, members, hidden, shown, bounds.Effort(0)))
        assert proven <= unproven
        fewer += len(unproven - proven)
    assert fewer > 0


def test_that_the_rule_holds_without_a_single_linear_program(monkeypatch):
    monkeypatch.setattr("kume_desktop.scoring.breakdowns.own_rules.PROGRAMS", 0)
    random = np.random.default_rng(6)
    made = tables([random.integers(0, size, 30) for size in (3, 7, 7)], random.integers(1, 6, 30))
    found = suppress(made)
    shown = [group for group, state in found.items() if state == SHOWN and made.members(group).any()]
    members = {group: made.members(group) for group in made.groups()}
    for group in (group for group, state in found.items() if state != SHOWN):
        assert open_width(made, shown, members[group]) >= float(needed(made, members, [group])[0]) - 1e-6
