"""Cells that name each other's questions in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kume_desktop.instruments.checking.cells import Cell, reference
from kume_desktop.instruments.checking.portability import advice
from kume_desktop.problems import Problem
from kume_desktop.xpath.expression import walk


def circles(code: str, cells: Sequence[Cell], counts: Callable[[str], bool]) -> Iterator[Problem]:
    """A warning for each circle of questions, at one of them; `counts` says which references matter."""
    owned = {cell.owner.name: cell for cell in cells if cell.owner}
    asks = {name: [each for each in _asked(cell, counts) if each in owned] for name, cell in owned.items()}
    for chain in _chains(asks):
        yield advice(code, owned[chain[0]], 1, chain=" → ".join([*chain, chain[0]]))


def _asked(cell: Cell, counts: Callable[[str], bool]) -> list[str]:
    nodes = walk(cell.compiled.tree) if cell.compiled else ()
    own = cell.owner.name if cell.owner else ""
    return [name for name in map(reference, nodes) if name and name != own and counts(name)]


def _chains(asks: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The circles met on one walk through all names, each name once."""
    open_names: dict[str, Iterator[str]] = {}
    done: set[str] = set()
    for start in asks:
        if start not in done:
            open_names[start] = iter(asks[start])
        while open_names:
            name, following = next(reversed(open_names.items()))
            found = next(following, None)
            if found is None:
                done.add(name)
                del open_names[name]
            elif found in open_names:
                trail = list(open_names)
                yield trail[trail.index(found) :]
            elif found not in done:
                open_names[found] = iter(asks[found])
