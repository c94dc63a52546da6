"""Functions on answers to select questions: names separated by spaces."""

from __future__ import annotations

from kume_desktop.xpath.code import Code, Kind, of_text, text_run
from kume_desktop.xpath.registry import Use, function, special
from kume_desktop.xpath.source import Node
from kume_desktop.xpath.values import Scope


@function("selected is-selected", "tt", Kind.TEST)
def selected(answer: str, name: str) -> bool:
    """Whether the name is among those of the answer."""
    return f" {name.strip()} " in f" {answer} "


@function("selected-at", "tn", Kind.TEXT)
def selected_at(answer: str, index: float) -> str:
    """The name at a 0-based place; '' outside."""
    names = answer.split()
    return names[int(index)] if 0 <= index < len(names) else ""


@function("count-selected", "t", Kind.NUMBER)
def count_selected(answer: str) -> float:
    """How many names the answer has."""
    return float(len(answer.split()))


@special("jr:choice-name", "tt", Use.LANGUAGE)
def choice_name(codes: tuple[Code, ...]) -> Code:
    """The label of a choice; the second argument is a text that holds the path of the question."""
    name_of, path_of = text_run(codes[0]), text_run(codes[1])

    def label(scope: Scope) -> str:
        name = name_of(scope)
        if not name or scope.choice_label is None:
            return ""
        return scope.choice_label(generic_path(scope, scope.node, path_of(scope)), name)

    return of_text(label)


def generic_path(scope: Scope, node: Node, path: str) -> str:
    """The absolute path of names that `path`, seen from `node`, leads to."""
    path = path.strip()
    if path.startswith("/"):
        return path
    return resolved(names_above(scope, node), path)


def names_above(scope: Scope, node: Node) -> tuple[str, ...]:
    """The names from the root element down to `node`."""
    names: list[str] = []
    found: Node | None = node
    while found is not None:
        names.append(scope.source.name(found))
        found = scope.source.parent(found)
    return tuple(name for name in reversed(names) if name)


def resolved(base: tuple[str, ...], path: str) -> str:
    """A relative path of names, `.` and `..` as an absolute one.

    >>> resolved(("data", "g", "q"), "../s")
    '/data/g/s'
    """
    names = list(base)
    for part in path.removeprefix("current()/").split("/"):
        if part == "..":
            del names[-1:]
        elif part not in {".", ""}:
            names.append(part)
    return "/" + "/".join(names)


@special("pulldata", "tttt")
def pulldata(codes: tuple[Code, ...]) -> Code:
    """The cell in a column of the first row of a list whose key column holds a value; '' if no row does."""
    instance, wanted, column, key = (text_run(code) for code in codes)

    def cell(scope: Scope) -> str:
        source = scope.source
        rows = source.lookup(instance(scope), column(scope), key(scope))
        if not rows or not source.children(rows[0], column(scope)):
            # A column that the list does not have holds no key, not even a blank one.
            return ""
        cells = source.children(rows[0], wanted(scope))
        return source.text(cells[0]) if cells else ""

    return of_text(cell)
