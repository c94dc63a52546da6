"""Expressions that other programs understand differently, as far as the form around them must be known to see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kume_desktop.instruments.checking.cells import Cell, is_reference, reference
from kume_desktop.instruments.checking.outline import REPEAT, Outline, Question
from kume_desktop.problems import Param, Problem, Severity
from kume_desktop.xpath.expression import Call, Expression, Filter, Negate, Path, Start, Text, parts

_OF_ALL = frozenset({"sum", "min", "max", "count", "join", "count-non-empty"})
"""Functions that make one value of all rows."""
_TAKES_ROWS = _OF_ALL | {"indexed-repeat", "position", "randomize", "area", "distance", "concat", "once", "geofence"}
_CONDITIONS = frozenset({"relevant", "constraint", "required", "read_only", "warn", "create_if", "update_if"})
_OF_TEXT = frozenset({"string-length", "substr", "concat", "string", "starts-with", "contains", "regex"})
_QUOTED = re.compile(r"\b[ql]:([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of an expression, with the parts around it, outermost first."""

    node: Expression
    around: tuple[Expression, ...]

    @property
    def parent(self) -> Expression | None:
        """The part that it stands in directly."""
        return self.around[-1] if self.around else None

    def is_within(self, names: frozenset[str]) -> bool:
        """Whether it stands in a call of one of these functions."""
        return any(isinstance(each, Call) and each.name in names for each in self.around)

    @property
    def is_in_predicate(self) -> bool:
        """Whether it stands in a condition on rows."""
        inner = (*self.around[1:], self.node)
        return any(
            isinstance(outer, Path | Filter) and inside is not _head(outer)
            for outer, inside in zip(self.around, inner, strict=False)
        )


def _head(node: Path | Filter) -> Expression | None:
    if isinstance(node, Filter):
        return node.primary
    return None if isinstance(node.start, Start) else node.start


def spots(tree: Expression) -> Iterator[Spot]:
    """Every part of an expression, outside first."""
    stack: list[Spot] = [Spot(tree, ())]
    while stack:
        spot = stack.pop()
        yield spot
        around = (*spot.around, spot.node)
        stack.extend(Spot(part, around) for part in reversed(parts(spot.node)))


def portability_problems(cell: Cell, outline: Outline) -> Iterator[Problem]:
    """What other programs would work out differently in a cell, each a warning."""
    if cell.compiled is None:
        return
    for spot in spots(cell.compiled.tree):
        for look in _LOOKS:
            yield from look(spot, cell, outline)
    if cell.column in _CONDITIONS:
        yield from _blank(cell.compiled.tree, cell, outline)


def advice(found: str, cell: Cell, at: int, /, **params: Param) -> Problem:
    """A warning about the character `at` of a cell."""
    return Problem(found, {"position": at, **params}, cell.where, Severity.WARNING)


def _around(cell: Cell) -> tuple[str, ...]:
    """The repeats that an expression stands in; how often a repeat comes is worked out outside of it."""
    if cell.owner is None:
        return ()
    return cell.owner.repeats if cell.column in {"repeat_count", "relevant"} else cell.owner.around


def _named(spot: Spot, outline: Outline) -> Question | None:
    return outline.by_name.get(reference(spot.node))


def _is_here(question: Question, around: tuple[str, ...]) -> bool:
    return question.around == around[: len(question.around)]


def _one_row(spot: Spot, cell: Cell, outline: Outline) -> Iterator[Problem]:
    """`sum(${v})` in the repeat of v is v."""
    question, call = _named(spot, outline), spot.parent
    if question is None or not isinstance(call, Call) or call.name not in _OF_ALL or not is_reference(spot.node):
        return
    if call.name == "join" and spot.node is call.arguments[0]:
        return
    around = _around(cell)
    if question.kind == REPEAT:
        if question.path in around:
            yield advice("form.rows-from-inside", cell, call.at, function=call.name, repeat=question.name)
    elif question.repeats and _is_here(question, around):
        repeat = question.repeats[-1].rpartition("/")[2]
        yield advice("form.one-row", cell, call.at, function=call.name, name=question.name, repeat=repeat)


def _absolute(spot: Spot, cell: Cell, _outline: Outline) -> Iterator[Problem]:
    """A path from the root into the row's own repeat."""
    node = spot.node
    if not isinstance(node, Path) or node.start is not Start.ROOT:
        return
    path = "/" + "/".join(step.test for step in node.steps)
    inside = [repeat for repeat in _around(cell) if path == repeat or path.startswith(f"{repeat}/")]
    call = spot.parent
    told = isinstance(call, Call) and call.name == "indexed-repeat"
    if inside and not told and not any(step.predicates for step in node.steps):
        name = path.rpartition("/")[2]
        yield advice("form.path-into-own-repeat", cell, node.at, path=path, name=name)


def _many_rows(spot: Spot, cell: Cell, outline: Outline) -> Iterator[Problem]:
    """`${v}` outside the repeat of v, where one value is wanted."""
    question = _named(spot, outline)
    if question is None or question.is_block or not question.repeats or not is_reference(spot.node):
        return
    if _is_here(question, _around(cell)) or spot.is_in_predicate:
        return
    repeat = question.repeats[-1].rpartition("/")[2]
    if isinstance(spot.parent, Call) and spot.parent.name == "concat":
        yield advice("form.concat-of-rows", cell, spot.node.at, name=question.name)
    elif not spot.is_within(_TAKES_ROWS) and not _is_path_head(spot):
        yield advice("form.rows-as-one", cell, spot.node.at, name=question.name, repeat=repeat)


def _is_path_head(spot: Spot) -> bool:
    return isinstance(spot.parent, Path | Filter)


def _quoted(spot: Spot, cell: Cell, _outline: Outline) -> Iterator[Problem]:
    """`'${v}'` is a text, except where a function takes the path of a question."""
    node, call = spot.node, spot.parent
    found = _QUOTED.search(node.value) if isinstance(node, Text) else None
    if found and not (isinstance(call, Call) and call.name in {"jr:choice-name", "pulldata", "search"}):
        yield advice("form.reference-in-quotes", cell, spot.node.at, name=found.group(1))


def _blank(node: Expression, cell: Cell, outline: Outline) -> Iterator[Problem]:
    """A plain `${v}` where yes or no is wanted: Enketo takes every existing question for yes."""
    if is_reference(node) and reference(node) in outline.by_name:
        yield advice("form.expression-bare-condition", cell, getattr(node, "at", 1), found=f"${{{reference(node)}}}")


def _now(spot: Spot, cell: Cell, _outline: Outline) -> Iterator[Problem]:
    """`now()` as a text: a date in Collect, date and time elsewhere."""
    node, call = spot.node, spot.parent
    if isinstance(node, Call) and node.name == "now" and isinstance(call, Call) and call.name in _OF_TEXT:
        yield advice("form.now-as-text", cell, node.at, function=call.name)


def _exponent(spot: Spot, cell: Cell, _outline: Outline) -> Iterator[Problem]:
    """`number('1e3')`: no number in Collect, 1000 elsewhere."""
    node, call = spot.node, spot.parent
    is_read = isinstance(call, Call) and call.name in {"number", "int", "round"}
    if is_read and isinstance(node, Text) and re.fullmatch(r"\s*-?[\d.]+[eE][+-]?\d+\s*", node.value):
        yield advice("form.exponent", cell, node.at, found=node.value)


def _half(spot: Spot, cell: Cell, _outline: Outline) -> Iterator[Problem]:
    """`round(-…)`: halves of negative numbers go towards zero in Collect, away from it elsewhere."""
    node = spot.node
    if isinstance(node, Call) and node.name == "round" and node.arguments and isinstance(node.arguments[0], Negate):
        yield advice("form.round-negative", cell, node.at)


_LOOKS: tuple[Callable[[Spot, Cell, Outline], Iterator[Problem]], ...] = (
    _one_row,
    _absolute,
    _many_rows,
    _quoted,
    _now,
    _exponent,
    _half,
)
