"""What calls name in words and the form does not have: known when the form is read, without any answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kume_desktop.interview.form import Item, Vertex
from kume_desktop.problems import Problem, Where, problem
from kume_desktop.xpath.analysis import find_references
from kume_desktop.xpath.expression import Call, Expression, Text, walk
from kume_desktop.xpath.functions_select import resolved

_WORTH_A_LOOK = ("jr:choice-name", "indexed-repeat")


def wrong_arguments(vertex: Vertex, items: Mapping[str, Item], where: Where) -> Iterator[Problem]:
    """Labels of what has no choices, and rows of a repeat that the value does not stand in. Collect refuses both."""
    source = vertex.compiled.source
    if not any(name in source for name in _WORTH_A_LOOK):
        return
    for node in walk(vertex.compiled.tree):
        if isinstance(node, Call) and node.name == "jr:choice-name":
            yield from _label_of_nothing(node, vertex.item.path, items, where)
        elif isinstance(node, Call) and node.name == "indexed-repeat":
            yield from _outside(node, vertex.item.path, items, where)


def _label_of_nothing(call: Call, base: str, items: Mapping[str, Item], where: Where) -> Iterator[Problem]:
    named = call.arguments[1] if len(call.arguments) == 2 else None
    if not isinstance(named, Text) or not named.value.strip():
        return
    written = named.value.strip()
    path = written if written.startswith("/") else resolved(tuple(base.split("/")[1:]), written)
    item = items.get(path)
    if item is None:
        yield problem("form.choice-name-unknown", where, path=written)
    elif item.node.itemset is None:
        yield problem("form.choice-name-no-list", where, name=item.name)


def _outside(call: Call, base: str, items: Mapping[str, Item], where: Where) -> Iterator[Problem]:
    paths = [_path(argument, base) for argument in call.arguments[:2]]
    if len(paths) == 2 and all(paths) and not paths[0].startswith(f"{paths[1]}/") and paths[1] in items:
        value, repeat = (path.rsplit("/", 1)[-1] for path in paths)
        yield problem("form.indexed-repeat-outside", where, name=value, repeat=repeat)


def _path(argument: Expression, base: str) -> str:
    """The one generic path that an argument reads, '' where it reads several or none."""
    read = find_references(argument, base)
    return next(iter(read.paths)) if len(read.paths) == 1 and not read.subtrees else ""
