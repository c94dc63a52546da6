"""What an attacker works out who knows in which groups every firm stands: sums over firms, and values at an end.

Two kinds of knowledge go together. Totals and shown groups are sums over firms, and whatever is a combination of them
is known. A sum of firms that all stand at an end of the scale tells the value of each: such firms are *fixed*; they are
taken out of every other sum, which may fix more. Source: Hundepool et al. 2012, Statistical Disclosure Control,
chapter 4 (linked tables; a group whose members all say the same).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from kume_desktop.scoring.inputs import BoolArray, FloatArray, IntArray

LEAST = 3
"""The smallest number of firms whose figure may be shown or worked out."""
NOTHING = 1e-8
RANK = 1e-10
"""An eigenvalue of the sums below this share of the largest is none."""
KNOWN = 1e-7
"""A cell is known where no more than this of the square of its unit vector is left open."""
PARALLEL = 1e-6
RECENT = 8

Group = tuple[int, int]
"""A group as (break-down, place in it)."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The break-downs of the F firms of an area that answered: per break-down the group of each firm (F,), 0..G-1.

    `sizes`: the number of groups G of each break-down. `shown_means`: what is shown of groups as a mean, one value per
    firm (F,): the distribution over the area is published, so a mean at one end of it tells every value behind it, also
    behind groups that are not shown. `weights` (F,): weights of the firms where a weighted total is published as well.
    `span`: highest minus lowest value that the first of them can have.
    """

    labels: tuple[IntArray, ...]
    sizes: tuple[int, ...]
    shown_means: tuple[FloatArray, ...] = ()
    weights: FloatArray | None = None
    span: float = 0.0

    @property
    def n(self) -> int:
        """The firms that answered."""
        return len(self.labels[0]) if self.labels else 0

    def groups(self) -> Iterator[Group]:
        """Every group of every break-down."""
        return ((table, place) for table, size in enumerate(self.sizes) for place in range(size))

    def members(self, group: Group) -> BoolArray:
        """Which firms (F,) stand in a group."""
        return np.asarray(self.labels[group[0]] == group[1])

    def tells(self, mean: int, together: BoolArray) -> bool:
        """Whether a shown mean over some firms (F,) tells the value of each: all stand at one end of what is possible.

        Possible is what firms of the area have that are like them in the other shown means: where all of a group find
        support inadequate (1 or 2), a mean of 2 tells as much as one of 1. A unanimous area has nothing to tell.
        """
        values = self.shown_means[mean]
        own = values[together]
        if not own.size or (own != own[0]).any() or (values == values[0]).all():
            return False
        alike = np.ones(len(values), dtype=np.bool_)
        for other in (other for place, other in enumerate(self.shown_means) if place != mean):
            first = other[together][0]
            alike &= (other == first) | bool((other[together] != first).any())
        return bool(own[0] in (values[alike].min(), values[alike].max()))

    def unanimous(self, mean: int) -> Iterator[Group]:
        """The groups of three firms or more whose firms are all of one value."""
        for table, labels in enumerate(self.labels if self.n else ()):
            order = np.lexsort((self.shown_means[mean], labels))
            own, values = labels[order], self.shown_means[mean][order]
            first = np.flatnonzero(np.diff(own, prepend=-1))
            last = np.append(first[1:], len(own)) - 1
            even = (values[first] == values[last]) & (last - first >= LEAST - 1)
            yield from ((table, int(place)) for place in own[first[even]])


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Recent(Generic[Answer]):
    """The last few answers: the search asks the same of one set of shown groups several times."""

    kept: dict[object, Answer] = field(default_factory=dict)

    def get(self, key: object, make: Callable[[], Answer]) -> Answer:
        """The answer to a question, worked out where it is not kept."""
        if key not in self.kept:
            if len(self.kept) >= RECENT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[key] = make()
        return self.kept[key]


@dataclass(slots=True)
class Disclosure:
    """The attacker before the tables of one area: say what is shown and ask what follows."""

    tables: Tables
    members: dict[Group, BoolArray] = field(init=False)
    _ends: tuple[frozenset[Group], ...] = field(init=False)
    _weights: IntArray = field(init=False)
    _fixed: _Recent[Fixed] = field(init=False, default_factory=_Recent)
    _known: _Recent[_Sums] = field(init=False, default_factory=_Recent)

    def __post_init__(self) -> None:
        """Look up once what every question needs."""
        tables, nobody = self.tables, np.zeros(self.tables.n, dtype=np.int64)
        self.members = {group: tables.members(group) for group in tables.groups()}
        self._ends = tuple(
            frozenset(group for group in tables.unanimous(mean) if tables.tells(mean, self.members[group]))
            for mean in range(len(tables.shown_means))
        )
        rounded = None if tables.weights is None else np.round(tables.weights, 9)
        self._weights = nobody if rounded is None else np.unique(rounded, return_inverse=True)[1].reshape(-1)

    def fixed(self, mean: int, shown: Sequence[Group]) -> Fixed:
        """The firms whose value of a shown mean follows because they make up a known sum at an end of the scale.

        Such a sum is a group that is shown or follows from the shown ones, or three firms or more that are left of it
        when those that are fixed already are taken out. One or two that are left are no group: `audit` finds them.
        """
        if not self._ends[mean]:
            return self._nobody
        return self._fixed.get((mean, tuple(shown)), lambda: self._closed(mean, frozenset(shown), shown))

    def _closed(self, mean: int, is_shown: frozenset[Group], shown: Sequence[Group]) -> Fixed:
        """Fix firms by shown groups until nothing more follows, then by one hidden group, and again."""
        found, before = self._nobody, -1
        for group in sorted(self._ends[mean] & is_shown):
            found.add(self.members[group], (group,))
        while len(found.by) > before:
            before = len(found.by)
            for group in self._touched(found):
                left = self.members[group] & ~found.firms
                if group in is_shown and left.sum() >= LEAST and self.tables.tells(mean, left):
                    found.add(left, (group,))
            if len(found.by) == before:
                self._through_hidden(mean, is_shown, shown, found)
        return found

    def _touched(self, found: Fixed) -> list[Group]:
        """The groups of firms that are fixed."""
        return [
            (table, int(place))
            for table, labels in enumerate(self.tables.labels)
            for place in np.unique(labels[found.firms])
        ]

    def _through_hidden(self, mean: int, is_shown: frozenset[Group], shown: Sequence[Group], found: Fixed) -> None:
        """Fix the firms of the first hidden group of three firms or more that follows and stands at an end."""
        for group in sorted({*self._ends[mean], *self._touched(found)} - is_shown):
            left = self.members[group] & ~found.firms
            is_at_end = group in self._ends[mean] or self.tables.tells(mean, left)
            is_large = left.any() if group in self._ends[mean] else left.sum() >= LEAST
            if is_at_end and is_large and self._follows(group, shown, found) is not None:
                found.add(left, self._by(group, shown, found))
                return

    @property
    def _nobody(self) -> Fixed:
        return Fixed(np.zeros(self.tables.n, dtype=np.bool_), [])

    def tells(self, shown: Sequence[Group]) -> bool:
        """Whether any combination of the totals and the `shown` groups is about one or two firms that are not fixed.

        Firms that stand in the same shown group of every break-down (and weigh the same) always appear together: they
        form a cell. A cell of fewer than three firms is told where its unit vector lies in the row space of the sums;
        two cells of one firm each where what the sums leave open of them is parallel.
        """
        return any(self._sums(shown, fixed).told() is not None for fixed in self._kinds(shown))

    def audit(self, shown: Sequence[Group]) -> tuple[Group, ...] | None:
        """The shown groups by which totals and `shown` groups come down to one or two firms; None where they do not."""
        for fixed in self._kinds(shown):
            sums = self._sums(shown, fixed)
            told = sums.told()
            if told is not None:
                return self._used(sums, told, fixed)
        return None

    def implied(self, hidden: Iterable[Group], shown: Sequence[Group]) -> list[Group]:
        """Those of the `hidden` groups that sums alone determine, in every figure."""
        return [group for group in hidden if self._follows(group, shown, self._nobody) is not None]

    def implying(self, hidden: Group, shown: Sequence[Group]) -> tuple[Group, ...]:
        """The shown groups from which a hidden one that is implied follows."""
        return self._by(hidden, shown, self._nobody)

    def _follows(self, group: Group, shown: Sequence[Group], fixed: Fixed) -> FloatArray | None:
        """The sum over a group as one over cells (C,), where it is known."""
        sums = self._sums(shown, fixed)
        own = sums.over(self.members[group])
        return own if own is not None and sums.knows(own) else None

    def _by(self, group: Group, shown: Sequence[Group], fixed: Fixed) -> tuple[Group, ...]:
        own = self._follows(group, shown, fixed)
        return () if own is None else self._used(self._sums(shown, fixed), own, fixed, self.members[group])

    def _kinds(self, shown: Sequence[Group]) -> list[Fixed]:
        """Nobody, for what sums alone tell; then the firms that are fixed under each shown mean."""
        found = [self.fixed(mean, shown) for mean in range(len(self.tables.shown_means))]
        return list({one.firms.tobytes(): one for one in (self._nobody, *found)}.values())

    def _sums(self, shown: Sequence[Group], fixed: Fixed) -> _Sums:
        key = (tuple(shown), fixed.firms.tobytes())
        return self._known.get(key, lambda: _Sums.of(self.tables, self._weights, shown, fixed.firms))

    def _used(self, sums: _Sums, wanted: FloatArray, fixed: Fixed, over: BoolArray | None = None) -> tuple[Group, ...]:
        """The shown groups that a combination equal to `wanted` takes in, with those that fix firms in it.

        `over`: firms of which those that are fixed belong to what is wanted.
        """
        much = sums.combination(wanted)
        apart = len(much) - len(sums.shown)
        used = {group for group, own in zip(sums.shown, much[apart:], strict=True) if abs(own) > NOTHING}
        through = fixed.firms & (np.any(np.abs(much[:apart]) > NOTHING) | self._any(used))
        if over is not None:
            through |= fixed.firms & over
        return tuple(sorted(used | {group for firms, by in fixed.by if np.any(firms & through) for group in by}))

    def _any(self, groups: Iterable[Group]) -> BoolArray:
        found = np.zeros(self.tables.n, dtype=np.bool_)
        for group in groups:
            found |= self.members[group]
        return found


@dataclass(slots=True)
class Fixed:
    """Firms (F,) whose value follows, and which firms by which shown groups, in the order in which they followed."""

    firms: BoolArray
    by: list[tuple[BoolArray, tuple[Group, ...]]]

    def add(self, more: BoolArray, by: tuple[Group, ...]) -> None:
        """Fix more firms."""
        self.firms = self.firms | more
        self.by.append((more, by))


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is published as sums over cells of firms that are not fixed.

    `shown`: the shown groups, those of the longest break-down last. `cell` (F,): the cell of each firm, -1 where it is
    fixed; `counts` (C,); `rows` (R, C): the totals first, then the shown groups; `base` (C, D): an orthonormal base of
    their row space.
    """

    shown: tuple[Group, ...]
    cell: IntArray
    counts: IntArray
    rows: FloatArray
    base: FloatArray

    @staticmethod
    def of(tables: Tables, weights: IntArray, shown: Sequence[Group], fixed: BoolArray) -> _Sums:
        """Gather firms in the same shown groups, then find what their sums span."""
        code = weights
        for table, size in enumerate(tables.sizes):
            known = np.zeros(size, dtype=np.int64)
            own = [place for at, place in shown if at == table]
            known[own] = np.arange(1, len(own) + 1)
            code = code * (len(own) + 1) + known[tables.labels[table]]
        cell = np.full(tables.n, -1, dtype=np.int64)
        _, first, cell[~fixed], counts = np.unique(
            code[~fixed], return_index=True, return_inverse=True, return_counts=True
        )
        at = np.flatnonzero(~fixed)[first]
        rows = [np.ones(len(at))]
        if tables.weights is not None and len(at):
            apart = np.round(tables.weights, 9)[at]
            apart = apart - apart.mean()
            rows.append(apart / max(float(np.abs(apart).max()), NOTHING))
        order = sorted(shown, key=lambda group: (tables.sizes[group[0]], group))
        stands = [tables.labels[table][at] for table in range(len(tables.sizes))]
        rows += [stands[table] == place for table, place in order]
        sums = np.array(rows, dtype=np.float64).reshape(len(rows), len(at))
        last = sum(group[0] == order[-1][0] for group in order)
        return _Sums(tuple(order), cell, np.asarray(counts, dtype=np.int64), sums, _base(sums, last))

    def told(self) -> FloatArray | None:
        """A combination of cells (C,) about fewer than three firms that the sums determine, if there is one."""
        left = np.maximum(1 - np.sum(self.base**2, axis=1), 0.0)
        known = np.flatnonzero((left <= KNOWN) & (self.counts < LEAST))
        if len(known):
            return self._unit({int(known[0]): 1.0})
        single = np.flatnonzero((self.counts == 1) & (left > KNOWN))
        pair = self._parallel(single, np.sqrt(left[single]))
        if pair is None:
            return None
        one, other = pair
        sign = -float(np.sign(self.base[one] @ self.base[other]))
        return self._unit({one: float(np.sqrt(left[other])), other: -sign * float(np.sqrt(left[one]))})

    def _parallel(self, single: IntArray, length: FloatArray) -> tuple[int, int] | None:
        """Two cells of which the sums leave open parallel vectors: their shadows on any vector are of one length."""
        some = np.random.default_rng(0).standard_normal(len(self.counts))
        shadow = np.abs((some - self.base @ (self.base.T @ some))[single]) / length
        order = np.argsort(shadow, kind="stable")
        near, pairs = shadow[order], []
        for step in range(1, len(order)):
            close = np.flatnonzero(near[step:] - near[:-step] <= PARALLEL * (1 + near[step:]))
            if not len(close):
                break
            one, other = order[close], order[close + step]
            cross = np.sum(self.base[single[one]] * self.base[single[other]], axis=1) / (length[one] * length[other])
            alike = np.abs(cross) >= 1 - PARALLEL
            found = np.sort(np.column_stack([single[one], single[other]])[alike], axis=1)
            pairs += [(int(a), int(b)) for a, b in found]
        return min(pairs, default=None)

    def over(self, firms: BoolArray) -> FloatArray | None:
        """The sum (C,) over those of some firms (F,) that are not fixed; None where it cuts through a cell."""
        inside = self.cell[firms]
        taken = np.bincount(inside[inside >= 0], minlength=len(self.counts))
        return None if np.any((taken > 0) & (taken < self.counts)) else (taken > 0).astype(np.float64)

    def knows(self, sums: FloatArray) -> bool:
        """Whether a combination of cells (C,) follows."""
        left = sums - self.base @ (self.base.T @ sums)
        return bool(np.sum(left**2) <= KNOWN)

    def combination(self, sums: FloatArray) -> FloatArray:
        """How much of each row (R,) a combination equal to `sums` (C,) takes."""
        return np.asarray(np.linalg.lstsq(self.rows.T, sums, rcond=None)[0])

    def _unit(self, values: dict[int, float]) -> FloatArray:
        made = np.zeros(len(self.counts))
        for place, value in values.items():
            made[place] = value
        return made


def _base(rows: FloatArray, disjoint: int) -> FloatArray:
    """An orthonormal base (C, D) of what the rows (R, C) span; the last `disjoint` of them have no cell in common.

    Those are at right angles already. What the others add is spanned by the eigenvectors of their products, a matrix
    far smaller than the rows.
    """
    apart = len(rows) - disjoint
    first = rows[apart:] / np.sqrt(np.maximum(rows[apart:].sum(axis=1, keepdims=True), 1.0))
    rest = rows[:apart] - (rows[:apart] @ first.T) @ first
    whole, left = (np.linalg.norm(part, axis=1, keepdims=True) for part in (rows[:apart], rest))
    taken = left[:, 0] > RANK**0.5 * whole[:, 0]
    rest = rest[taken] / left[taken]
    much, ways = np.linalg.eigh(rest @ rest.T)
    kept = much > RANK * len(much)
    return np.column_stack([first.T, rest.T @ (ways[:, kept] / np.sqrt(much[kept]))])
