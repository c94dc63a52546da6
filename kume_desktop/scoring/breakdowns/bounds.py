"""How far the figure of a hidden group stays open for somebody who knows in which groups every firm stands.

Published are the distribution of the answers over the area and the sums over the shown groups. Every way to hand the
answers out to the firms that fits both is possible, and the figures of a hidden group in all of them make its interval.
Its ends are found by linear programming. Most of the time that is not needed, because an exchange of answers that
changes nothing published shows how wide the interval is at least: two firms of the same shown groups change places, or
two pairs, each of which differs in one break-down only, change places in opposite directions.
Source: Hundepool et al. 2012, Statistical Disclosure Control, 4.4 (auditing of protection).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kume_desktop.scoring.breakdowns import own_rules
from kume_desktop.scoring.breakdowns.disclosure import LEAST, Group, Tables
from kume_desktop.scoring.breakdowns.own_rules import PART, STEPS, WIDTH
from kume_desktop.scoring.inputs import BoolArray, FloatArray, IntArray

ROUNDING = 1e-9


@dataclass(slots=True)
class Effort:
    """How many linear programs may still be solved."""

    left: int = field(default_factory=lambda: own_rules.PROGRAMS)


@dataclass(frozen=True, slots=True)
class Atoms:
    """The firms (F,) of an area in sets that stand in the same shown groups of every break-down; `number` from 0 on.

    `sums` (F + 1,): sums from 0 on over the answers, set after set, each set in rising order; `start` (A,): where one
    begins.
    """

    number: IntArray
    sums: FloatArray
    start: IntArray

    @staticmethod
    def of(tables: Tables, shown: Sequence[Group], values: FloatArray) -> Atoms:
        """Gather the firms by what is shown of them."""
        number = np.unique(stands(tables, shown), axis=0, return_inverse=True)[1].reshape(-1)
        order = np.lexsort((values, number))
        sums = np.concatenate([[0.0], np.cumsum(values[order])])
        return Atoms(number, sums, np.flatnonzero(np.diff(number[order], prepend=-1)))

    def room(self, members: Sequence[BoolArray]) -> FloatArray:
        """How much the sum over each of some groups of firms changes when firms of a set change places, (G,)."""
        counts = np.array([np.bincount(self.number[own], minlength=len(self.start)) for own in members])
        end = np.append(self.start[1:], len(self.number))
        high = self.sums[end] - self.sums[end - counts]
        low = self.sums[self.start + counts] - self.sums[self.start]
        return np.asarray((high - low).sum(axis=1))


def stands(tables: Tables, shown: Sequence[Group]) -> IntArray:
    """In which shown group each firm stands, by break-down, -1 for a hidden one, (F, T)."""
    found = np.full((tables.n, len(tables.sizes)), -1, dtype=np.int64)
    for table, place in shown:
        found[tables.labels[table] == place, table] = place
    return found


def needed(tables: Tables, members: Mapping[Group, BoolArray], groups: Sequence[Group]) -> FloatArray:
    """How wide the interval of the sum over each of some hidden groups must be, (G,)."""
    values = np.sort(tables.shown_means[0])
    sums = np.concatenate([[0.0], np.cumsum(values)])
    n = np.array([int(members[group].sum()) for group in groups], dtype=np.int64)
    most = (sums[-1] - sums[len(values) - n]) - sums[n]
    return np.asarray(np.minimum(WIDTH * tables.span * np.minimum(n, LEAST - 1), PART * most))


def narrow(
    tables: Tables,
    members: Mapping[Group, BoolArray],
    hidden: Sequence[Group],
    shown: Sequence[Group],
    effort: Effort | None = None,
) -> tuple[Group, ...]:
    """The `hidden` groups whose interval is not wide enough, or not proven to be with the `effort` that is left."""
    if not hidden or not tables.shown_means:
        return ()
    wanted = needed(tables, members, hidden) - ROUNDING
    room = Atoms.of(tables, shown, tables.shown_means[0]).room([members[group] for group in hidden])
    left = [(group, least) for group, least, found in zip(hidden, wanted, room, strict=True) if found < least]
    if not left:
        return ()
    pairs = Pairs.of(tables, shown)
    left = [(group, least) for group, least in left if pairs.room(members[group]) < least]
    found = widths(tables, [members[group] for group, _ in left], [least for _, least in left], shown, effort)
    return tuple(group for (group, least), wide in zip(left, found, strict=True) if wide < least)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of firms (P,) whose shown groups differ in one break-down only: `one` and `other` are places of firms.

    `key` (P,): that break-down, both groups and both answers as one number; `turned`: the same with the answers
    exchanged. `gain`: what the first firm's answer gains when both change places. `size`: the keys that there are.
    """

    one: IntArray
    other: IntArray
    key: IntArray
    turned: IntArray
    gain: FloatArray
    size: int

    @staticmethod
    def of(tables: Tables, shown: Sequence[Group]) -> Pairs:
        """Find the pairs; answers are the same where all shown means take them for the same."""
        values = tables.shown_means[0]
        answer = np.unique(np.column_stack(tables.shown_means), axis=0, return_inverse=True)[1].reshape(-1)
        kinds, places = int(answer.max()) + 1, max(tables.sizes) + 1
        groups = stands(tables, shown) + 1
        same = groups[:, None, :] == groups[None, :, :]
        differs = answer[:, None] != answer[None, :]
        table, one, other = np.nonzero((~same & (same.sum(axis=2) == len(tables.sizes) - 1)[:, :, None]).T & differs.T)
        way = (table * places + groups[one, table]) * places + groups[other, table]
        key = (way * kinds + answer[one]) * kinds + answer[other]
        turned = (way * kinds + answer[other]) * kinds + answer[one]
        size = len(tables.sizes) * places * places * kinds * kinds
        return Pairs(one, other, key, turned, values[other] - values[one], size)

    def room(self, members: BoolArray) -> float:
        """How much the sum over some firms (F,) changes when one of them changes places, and a pair outside back."""
        outside = ~members[self.one] & ~members[self.other]
        back = np.zeros(self.size, dtype=np.bool_)
        back[self.key[outside]] = True
        gain = self.gain[members[self.one] & ~members[self.other] & back[self.turned]]
        return float(max(gain.max(initial=0.0), 0.0) - min(gain.min(initial=0.0), 0.0))


def interval(tables: Tables, members: BoolArray, shown: Sequence[Group]) -> tuple[float, float]:
    """The least and the largest mean over some firms (F,) that fits all that is published.

    Numbers of firms may be fractions here: the interval is never narrower than the one of whole firms.
    """
    program = _Program.of(tables, [members], shown)
    ends = [program.end(sign * program.aims[0], Effort())[0] for sign in (-1.0, 1.0)]
    return float(min(ends) / members.sum()), float(max(ends) / members.sum())


def widths(
    tables: Tables,
    members: Sequence[BoolArray],
    wanted: Sequence[float],
    shown: Sequence[Group],
    effort: Effort | None = None,
) -> list[float]:
    """How wide the intervals of the sums over some groups (G,) are, or a lower bound that is as wide as `wanted`.

    Every end that is found is a possible distribution and tells something of all groups: first those where every other
    group is large and the rest small (the sum over all hidden groups of a break-down is known, so all of them cannot be
    large together), then, where that is not enough, those of one. Without `effort` left the bound stays as it is.
    """
    if not members:
        return []
    program, left = _Program.of(tables, members, shown), Effort() if effort is None else effort
    low = high = program.own
    turns = np.where(np.arange(len(members)) % 2, -1.0, 1.0) / np.maximum(wanted, ROUNDING)
    for aim in (turns @ program.aims, -turns @ program.aims):
        end = program.end(aim, left)
        low, high = np.minimum(low, end), np.maximum(high, end)
    for place, least in enumerate(wanted):
        for sign in (1.0, -1.0):
            if high[place] - low[place] < least:
                end = program.end(sign * program.aims[place], left)
                low, high = np.minimum(low, end), np.maximum(high, end)
    return [float(wide) for wide in high - low]


@dataclass(frozen=True, slots=True)
class _Program:
    """Unknown is how many firms of each set gave each answer (X,): sets of firms in the same groups, also hidden ones.

    `aims` (G, X): the sums over the groups; `own` (G,): what they really are. `matrix` (R, X), `totals` (R,): what is
    published.
    """

    aims: FloatArray
    own: FloatArray
    matrix: FloatArray
    totals: FloatArray

    @staticmethod
    def of(tables: Tables, members: Sequence[BoolArray], shown: Sequence[Group]) -> _Program:
        """Gather firms that nothing tells apart."""
        known = stands(tables, shown)
        sets, counts = np.unique(np.column_stack([known, *members]), axis=0, return_counts=True)
        matrix, totals = _published(tables, shown, sets, counts)
        answers = np.unique(np.column_stack(tables.shown_means), axis=0)[:, 0]
        aims = np.array([np.outer(inside, answers).reshape(-1) for inside in sets[:, known.shape[1] :].T])
        own = np.array([tables.shown_means[0][one].sum() for one in members])
        return _Program(aims.astype(np.float64), own, matrix, totals)

    def end(self, aim: FloatArray, effort: Effort) -> FloatArray:
        """The sums over the groups (G,) where `aim` is largest; what they are where the search finds no end."""
        from scipy.optimize import linprog

        if not effort.left:
            return self.own
        effort.left -= 1
        end = linprog(-aim, A_eq=self.matrix, b_eq=self.totals, method="highs", options={"maxiter": STEPS})
        return self.own if end.status or end.x is None else np.asarray(self.aims @ end.x)


def _published(
    tables: Tables, shown: Sequence[Group], sets: IntArray, counts: IntArray
) -> tuple[FloatArray, FloatArray]:
    """What is published as equations of the numbers of firms by set and answer, (R, C x A), and their totals (R,)."""
    given = np.column_stack(tables.shown_means)
    answers, often = np.unique(given, axis=0, return_counts=True)
    everywhere, each = np.ones(len(sets)), np.ones(len(answers))
    rows = [np.outer(one, each) for one in np.eye(len(sets))] + [
        np.outer(everywhere, one) for one in np.eye(len(answers))
    ]
    totals = [*counts, *often]
    for table, place in shown:
        inside, firms = sets[:, table] == place, tables.labels[table] == place
        for column in range(given.shape[1]):
            rows.append(np.outer(inside, answers[:, column]))
            totals.append(given[firms, column].sum())
    return np.array(rows, dtype=np.float64).reshape(len(rows), -1), np.array(totals, dtype=np.float64)
