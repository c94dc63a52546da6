"""The short cut for lists: `instance('x')/root/item[column = expression]` asks the source's hash index.

It is taken when the expression does not look at the row itself. Where the value is a number that no row has written
that way, or several values, the index cannot know all rows that count as equal: they are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kume_desktop.xpath.code import Code, Kind, NodesRun, nodes_of, nodes_run, of_nodes
from kume_desktop.xpath.expression import Call, Chain, Expression, Path, Start, Step, Text, parts
from kume_desktop.xpath.library import FUNCTIONS
from kume_desktop.xpath.paths import Keep, along, is_self, keeping, plain_name
from kume_desktop.xpath.registry import Use
from kume_desktop.xpath.source import Datatype, Node, Value
from kume_desktop.xpath.values import Scope

Build = Callable[[Expression], Code]
_BY_TEXT = frozenset({Datatype.STRING, Datatype.INT, Datatype.DECIMAL})
_SEE_NODE = frozenset({"once", "indexed-repeat", "jr:choice-name"})


@dataclass(frozen=True, slots=True)
class _Match:
    """The parts of a listed path: which list, which column equals what, and what else must hold."""

    instance: str
    column: str
    wanted: Expression
    others: tuple[Expression, ...]


def listed(path: Path, build: Build) -> Code | None:
    """The code of a path that an index can answer; None for any other path."""
    match = _match(path)
    if match is None:
        return None
    steps = [(step, tuple(build(predicate) for predicate in step.predicates)) for step in path.steps]
    assert not isinstance(path.start, Start)  # noqa: S101 - _match has looked
    scan = along(nodes_run(build(path.start)), steps[:2])
    rows = _rows(match, build(match.wanted), keeping(tuple(build(other) for other in match.others)), scan)
    return of_nodes(along(rows, steps[2:]) if steps[2:] else rows)


def _match(path: Path) -> _Match | None:
    head = path.start
    if not isinstance(head, Call) or head.name != "instance" or len(head.arguments) != 1:
        return None
    name = head.arguments[0]
    if not isinstance(name, Text) or len(path.steps) < 2:
        return None
    root, item = path.steps[:2]
    if plain_name(root) != "root" or item.test != "item" or not item.predicates:
        return None
    first, *later = item.predicates
    conditions = _conjuncts(first)
    if plain_name(Step(item.axis, item.test)) is None or any(_counts_rows(part) for part in conditions):
        return None
    for place, condition in enumerate(conditions):
        pair = _column_and_value(condition)
        if pair is not None:
            others = (*conditions[:place], *conditions[place + 1 :])
            return _Match(name.value, *pair, (*others, *later))
    return None


def _conjuncts(node: Expression) -> list[Expression]:
    if isinstance(node, Chain) and node.rest[0][0] == "and":
        return [part for operand in parts(node) for part in _conjuncts(operand)]
    return [node]


def _column_and_value(node: Expression) -> tuple[str, Expression] | None:
    if not isinstance(node, Chain) or [symbol for symbol, _ in node.rest] != ["="]:
        return None
    left, right = node.first, node.rest[0][1]
    for one, other in ((left, right), (right, left)):
        column = _column(one)
        if column is not None and not _looks_at_row(other):
            return column, other
    return None


def _column(node: Expression) -> str | None:
    if not isinstance(node, Path) or node.start is not Start.HERE:
        return None
    steps = [step for step in node.steps if not is_self(step)]
    return plain_name(steps[0]) if len(steps) == 1 else None


def _near_parts(node: Expression) -> Iterator[Expression]:
    """The expression and its parts that see the same row; predicates inside see other rows."""
    yield node
    if isinstance(node, Path):
        inner: tuple[Expression, ...] = () if isinstance(node.start, Start) else (node.start,)
    else:
        inner = parts(node)
    for part in inner:
        yield from _near_parts(part)


def _looks_at_row(node: Expression) -> bool:
    for part in _near_parts(node):
        if isinstance(part, Path) and part.start is Start.HERE:
            return True
        if isinstance(part, Call) and (part.name in _SEE_NODE or _takes_node(part)):
            return True
    return False


def _takes_node(call: Call) -> bool:
    known = FUNCTIONS.get(call.name)
    return known is None or (Use.NODE in known.uses and not call.arguments)


def _counts_rows(node: Expression) -> bool:
    return any(isinstance(part, Call) and part.name in {"position", "last"} for part in _near_parts(node))


def _rows(match: _Match, wanted: Code, keep: Keep | None, scan: NodesRun) -> NodesRun:
    instance, column, value_of = match.instance, match.column, wanted.run
    if wanted.kind in {Kind.NUMBER, Kind.TEST}:
        return scan

    def run(scope: Scope) -> Sequence[Node]:
        value = value_of(scope)
        key = _key(value, scope)
        found = scope.source.lookup(instance, column, key) if key is not None else ()
        if not found:
            return () if key is not None and (not key or _is_text(value, scope)) else scan(scope)
        return keep(scope, found) if keep else found

    return run


def _key(value: Value, scope: Scope) -> str | None:
    """The text to look up, '' for a blank value, which only blank cells equal; None where no index can answer."""
    if isinstance(value, str):
        return value
    nodes = nodes_of(value)
    if not nodes:
        return ""
    if len(nodes) != 1 or scope.source.datatype(nodes[0]) not in _BY_TEXT:
        return None
    return scope.source.text(nodes[0])


def _is_text(value: Value, scope: Scope) -> bool:
    """Whether only equal texts are equal to the value; a number may also be written another way."""
    return isinstance(value, str) or all(scope.source.datatype(node) is Datatype.STRING for node in nodes_of(value))
