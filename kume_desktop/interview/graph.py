"""From an instrument to a compiled form: parse, find what refers to what, order it, and name the cycles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kume_desktop.instruments.model import SELECTS, Action, Event, Instrument, Node
from kume_desktop.instruments.reasons import reason_pairs
from kume_desktop.interview.arguments import wrong_arguments
from kume_desktop.interview.form import COLUMNS, LEAVES, Form, Item, Rule, Vertex
from kume_desktop.interview.outline import outline
from kume_desktop.problems import Problem, Refused, Where, problem
from kume_desktop.xpath.analysis import References
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import ExpressionError

_OWN_PLACE = re.compile(r"position\(\s*(?:\.|current\(\))\s*\)")


def compile_form(instrument: Instrument) -> Form:
    """Parse every expression once and build the graph; raise Refused for syntax errors and cycles (with the chain)."""
    root = _plant(instrument.root, None, ())
    items = {item.path: item for item in root.below()}
    problems: list[Problem] = []
    vertices = [vertex for item in items.values() for vertex in _vertices(item, instrument, problems)]
    for vertex in vertices:
        problems.extend(wrong_arguments(vertex, items, place(vertex.item.node, COLUMNS[vertex.rule])))
    if problems:
        raise Refused(*problems)
    dependants = _dependants(vertices, items)
    _rank(vertices, dependants)
    by_name: dict[str, Item] = {}
    for item in items.values():
        by_name.setdefault(item.name, item)
    ordered = tuple(sorted((v for v in vertices if v.rule is not Rule.COUNT), key=lambda v: v.rank))
    return Form(
        instrument=instrument,
        root=root,
        items=items,
        by_name=by_name,
        vertices=ordered,
        dependants={path: tuple(sorted(found, key=lambda v: v.rank)) for path, found in dependants.items()},
        counts=tuple(v for v in vertices if v.rule is Rule.COUNT),
        on_answer=_by_trigger(instrument.actions),
        outline=outline(root, reason_pairs(instrument)),
        by_steps={tuple(path.split("/")[1:]): item for path, item in items.items()},
    )


def _plant(node: Node, parent: Item | None, repeats: tuple[Item, ...]) -> Item:
    item = Item(node, parent, repeats)
    inside = (*repeats, item) if item.is_repeat else repeats
    item.children = tuple(_plant(child, item, inside) for child in node.children)
    item.attached = tuple(_plant(child, item, inside) for child in node.attached)
    return item


def _by_trigger(actions: Iterable[Action]) -> dict[str, tuple[Action, ...]]:
    found: dict[str, tuple[Action, ...]] = {}
    for action in actions:
        if Event.VALUE_CHANGED in action.events:
            found[action.trigger] = (*found.get(action.trigger, ()), action)
    return found


def expressions(node: Node, instrument: Instrument) -> Iterator[tuple[Rule, str]]:
    """The rules of a node with their expressions."""
    texts = {
        Rule.CALCULATE: node.calculation,
        Rule.RELEVANT: node.relevant,
        Rule.REQUIRED: node.required,
        Rule.READ_ONLY: node.read_only,
        Rule.CONSTRAINT: node.constraint,
        Rule.WARN: node.warn,
        Rule.COUNT: node.repeat_count,
        Rule.CHOICES: _changing_choices(node, instrument),
    }
    return ((rule, text) for rule, text in texts.items() if text)


def _changing_choices(node: Node, instrument: Instrument) -> str:
    """The choices of a select where they can change: filtered, from a file or repeat, others in other versions."""
    if node.kind not in SELECTS or node.itemset is None:
        return ""
    fixed = node.itemset.instance in instrument.lists and "[" not in node.itemset.nodeset
    return "" if fixed and node.path not in instrument.retired else node.itemset.nodeset


def _vertices(item: Item, instrument: Instrument, problems: list[Problem]) -> Iterator[Vertex]:
    for rule, text in expressions(item.node, instrument):
        try:
            compiled = compile_expression(text)
        except ExpressionError as error:
            problems.append(expression_problem(error, place(item.node, COLUMNS[rule])))
            continue
        references = compiled.references(item.path)
        vertex = Vertex(item, rule, compiled, references, _kept_within(item, references))
        item.rules[rule] = vertex
        yield vertex


def expression_problem(error: ExpressionError, where: Where) -> Problem:
    """The problem of an expression that cannot be read."""
    return problem(f"form.expression-{error.code}", where, **error.params)


def place(node: Node, column: str) -> Where:
    """Where a rule of a node stands in the workbook."""
    return Where(sheet=node.place.sheet, row=node.place.row or None, column=column, question=node.name)


def _kept_within(item: Item, references: References) -> int:
    """How many of the repeats around an item, from the outermost, its expression never looks out of.

    It looks out of a repeat if it gets to nodes in it from a node outside.
    """
    for depth, repeat in enumerate(item.around):
        if any(
            not _within(reach.anchor, repeat.path)
            and (_within(reach.path, repeat.path) or (reach.path in references.subtrees and _above(reach.path, repeat)))
            for reach in references.reaches
        ):
            return depth
    return len(item.around)


def _above(path: str, repeat: Item) -> bool:
    return path == "/" or _within(repeat.path, path)


def _within(path: str, repeat: str) -> bool:
    return path == repeat or path.startswith(f"{repeat}/")


def _dependants(vertices: Iterable[Vertex], items: Mapping[str, Item]) -> dict[str, list[Vertex]]:
    found: dict[str, list[Vertex]] = {}
    for vertex in vertices:
        paths = set(vertex.references.paths)
        for path in (*vertex.references.subtrees, *_groups_read(vertex, items)):
            paths.update(item.path for item in items[path].below()) if path in items else None
        if (vertex.rule is Rule.CALCULATE and vertex.keeps) or _sees_only_its_place(vertex):
            paths.discard(vertex.item.path)
        for path in paths & items.keys():
            found.setdefault(path, []).append(vertex)
    return found


def _sees_only_its_place(vertex: Vertex) -> bool:
    """Whether the relevance of a repeat looks at its rows for nothing but its own place, which it cannot change."""
    source = vertex.compiled.source
    if vertex.rule is not Rule.RELEVANT or not vertex.item.is_repeat or "position(" not in source:
        return False
    rest = compile_expression(_OWN_PLACE.sub("1", source)).references(vertex.item.path)
    return vertex.item.path not in rest.paths


def _groups_read(vertex: Vertex, items: Mapping[str, Item]) -> Iterator[str]:
    """The groups that an expression outside them names: as a text a group is all that stands in it."""
    for path in vertex.references.paths:
        item = items.get(path)
        if item is not None and item.children and not item.is_repeat and not _within(vertex.item.path, path):
            yield path


class _MutualError(Exception):
    """Questions whose rules of relevance look at each other's answers, as in "either this or that"."""

    def __init__(self, trail: list[Vertex]) -> None:
        super().__init__()
        self.trail = trail


@dataclass(slots=True, repr=False)
class _Order:
    """Depth-first order of the vertices that others depend on; a way back to an open vertex is a cycle."""

    dependants: Mapping[str, list[Vertex]]
    done: dict[Vertex, bool]
    order: list[Vertex]

    def after(self, vertex: Vertex) -> Iterator[Vertex]:
        """The vertices to work out after this one."""
        if vertex.rule is Rule.CALCULATE:
            yield from self._inner(self.dependants.get(vertex.item.path, ()))
        else:
            for item in vertex.item.below():
                yield from self._inner(v for v in self.dependants.get(item.path, ()) if item.path not in v.unveils)
                yield from self._inner(v for rule, v in item.rules.items() if rule is Rule.CALCULATE)

    def _inner(self, found: Iterable[Vertex]) -> Iterator[Vertex]:
        return (vertex for vertex in found if vertex.rule in {Rule.CALCULATE, Rule.RELEVANT})

    def visit(self, start: Vertex) -> None:
        """Number everything that can be reached from `start`."""
        if start in self.done:
            return
        self.done[start] = False
        trail = [start]
        stack = [iter(list(self.after(start)))]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                ready = trail.pop()
                self.done[ready] = True
                self.order.append(ready)
            elif following not in self.done:
                self.done[following] = False
                trail.append(following)
                stack.append(iter(list(self.after(following))))
            elif not self.done[following]:
                raise _broken_at(trail[trail.index(following) :])


def _broken_at(trail: list[Vertex]) -> _MutualError | Refused:
    mutual = len(trail) > 1 and all(v.rule is Rule.RELEVANT and not v.item.children for v in trail)
    return _MutualError(trail) if mutual else Refused(_cycle(trail))


def _cycle(trail: list[Vertex]) -> Problem:
    names = [vertex.item.name for vertex in trail]
    first = trail[0]
    chain = " → ".join([*names, names[0]])
    return problem("form.cycle", place(first.item.node, COLUMNS[first.rule]), chain=chain)


def _rank(vertices: list[Vertex], dependants: Mapping[str, list[Vertex]]) -> None:
    order = _ordered(vertices, dependants)
    leaves = [vertex for vertex in vertices if vertex.rule in LEAVES]
    counts = [vertex for vertex in vertices if vertex.rule is Rule.COUNT]
    for rank, vertex in enumerate([*reversed(order), *leaves, *counts]):
        vertex.rank = rank


def _ordered(vertices: list[Vertex], dependants: Mapping[str, list[Vertex]]) -> list[Vertex]:
    """Those that others depend on, last first.

    Where questions rule each other out, the others see the kept answer of the first in the form, so that it wins.
    """
    place_of = {vertex: place for place, vertex in enumerate(vertices)}
    while True:
        order = _Order(dependants, {}, [])
        try:
            for vertex in vertices:
                if vertex.rule in {Rule.CALCULATE, Rule.RELEVANT}:
                    order.visit(vertex)
        except _MutualError as mutual:
            trail = mutual.trail
            first = min(range(len(trail)), key=lambda at: place_of[trail[at]])
            trail[(first + 1) % len(trail)].unveils |= {trail[first].item.path}
        else:
            return order.order
