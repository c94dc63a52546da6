"""The nodes of one interview: one spot for each node outside repeats and in each row."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kume_desktop.interview.form import Item, Vertex

_SPACE = uuid.UUID("6d1f0f6e-52f5-4b39-9f0a-6b0e2d1c7a55")


@dataclass(slots=True, eq=False, repr=False)
class Spot:
    """A node at its concrete path. `home` is the nearest row it stands in (itself, if it is one); never changed."""

    path: str
    item: Item
    parent: Spot | None
    home: Spot | None
    row: str = ""
    kids: dict[str, Spot] = field(default_factory=dict)


Checks = dict[tuple[Vertex, Spot], None]
"""Leaves to work out, each at a spot, in their order."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tree:
    """All spots by path, and the rows of each repeat by its path (concrete up to its own name).

    `kept` is for what the page works out of these spots, so that an answer does not work it all out again.
    """

    root: Spot
    spots: Mapping[str, Spot]
    rows: Mapping[str, tuple[Spot, ...]]
    kept: dict[object, Any] = field(default_factory=dict)
    _found: dict[Item, tuple[Spot, ...]] = field(default_factory=dict)
    _checks: dict[str, Checks] = field(default_factory=dict)

    def checks(self, path: str, dependants: Sequence[Vertex]) -> Checks:
        """The leaves outside repeats among the vertices that depend on a path, at their spots; kept for all acts."""
        found = self._checks.get(path)
        if found is None:
            leaves = [(vertex, self.spots[vertex.item.path]) for vertex in dependants if vertex.is_single_leaf]
            found = self._checks[path] = dict.fromkeys(leaves)
        return found

    def all(self, item: Item) -> Sequence[Spot]:
        """The spots of an item in document order; of a repeat its rows."""
        if not item.around:
            return (self.spots[item.path],)
        found = self._found.get(item)
        if found is None:
            found = self._found[item] = tuple(self.under(self.root, item))
        return found

    def under(self, base: Spot, item: Item) -> Sequence[Spot]:
        """The spots of an item at or below `base`, which is the root or a row of one of the item's repeats."""
        found: list[Spot] = [base]
        for repeat in item.around[len(base.item.around) :]:
            found = [row for above in found for row in self.rows.get(above.path + repeat.tail, ())]
        if not item.is_repeat:
            for name in item.trail:
                found = [spot.kids[name] for spot in found]
        return found

    def first(self, item: Item) -> Spot:
        """The spot of an item, in the first rows of its repeats; KeyError if there is no row."""
        found = self.all(item)
        if not found:
            raise KeyError(item.path)
        return found[0]

    def near(self, item: Item, spot: Spot, within: int | None = None) -> Sequence[Spot]:
        """The spots of an item in the innermost row that it shares with `spot`; all of them if they share none.

        `within` limits how many repeats, from the outermost, may be shared.
        """
        most = len(item.around) if within is None else within
        home = spot.home
        while home is not None:
            depth = len(home.item.around)
            if depth <= most and item.around[depth - 1] is home.item:
                return self.under(home, item)
            home = home.parent.home if home.parent is not None else None
        return self.all(item)


def repeat_path(row_path: str) -> str:
    """The path of the repeat that a row belongs to."""
    return row_path[: row_path.rindex("[")]


def ghost(repeat: Item, parent: Spot) -> Spot:
    """A spot for a repeat that may have no row, to work out its count at."""
    return Spot(f"{parent.path}/{repeat.name}", repeat, parent, parent.home)


def counted_row(seed: str, repeat: str, number: int) -> str:
    """The id of the n-th row of a counted repeat; `repeat` is its concrete path, so it names the parent row too."""
    return str(uuid.uuid5(_SPACE, f"{seed}\n{repeat}\n{number}"))


def below(tree: Tree, spot: Spot) -> Iterator[Spot]:
    """The spot and everything in it, in document order."""
    stack = [spot]
    while stack:
        each = stack.pop()
        yield each
        if each.item.children or each.item.attached:
            stack.extend(reversed(list(children(tree, each, None))))


def children(tree: Tree, spot: Spot, name: str | None) -> Iterator[Spot]:
    """The children called `name`, or all, rows in their order."""
    for item in spot.item.children or spot.item.attached:
        if name is None or item.name == name:
            if item.is_repeat:
                yield from tree.rows.get(f"{spot.path}/{item.name}", ())
            else:
                yield spot.kids[item.name]


def plant(root: Item) -> Tree:
    """The tree of an interview without any row."""
    spots: dict[str, Spot] = {}
    return Tree(_grow(root, None, root.path, "", spots), spots, {})


def _grow(item: Item, parent: Spot | None, path: str, row: str, spots: dict[str, Spot]) -> Spot:
    spot = Spot(path, item, parent, parent.home if parent is not None else None, row)
    if row:
        spot.home = spot
    spots[path] = spot
    for child in item.children or item.attached:
        if not child.is_repeat:
            spot.kids[child.name] = _grow(child, spot, f"{path}/{child.name}", "", spots)
    return spot


def with_rows(tree: Tree, repeat: Item, parent: Spot, ids: Sequence[str]) -> Tree:
    """The tree in which a repeat below `parent` has exactly these rows; rows that stay keep their spots."""
    key = f"{parent.path}/{repeat.name}"
    old = {row.row: row for row in tree.rows.get(key, ())}
    spots, rows, stay = dict(tree.spots), dict(tree.rows), set(ids)
    for name, row in old.items():
        if name not in stay:
            for gone in below(tree, row):
                del spots[gone.path]
                rows.pop(gone.path, None)
            _forget_rows(rows, row.path)
    rows[key] = tuple(old.get(name) or _grow(repeat, parent, f"{key}[{name}]", name, spots) for name in ids)
    return Tree(tree.root, spots, rows, _checks=tree._checks)


def _forget_rows(rows: dict[str, tuple[Spot, ...]], path: str) -> None:
    for key in [key for key in rows if key.startswith(f"{path}/")]:
        del rows[key]
