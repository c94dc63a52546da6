"""What only the converted form shows: paths to nothing, values that wait for each other, what pyxform wrote itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kume_desktop.instruments.checking.cells import COLUMNS as READ
from kume_desktop.instruments.checking.cells import is_dynamic
from kume_desktop.instruments.checking.slips import is_function
from kume_desktop.instruments.model import Event, Instrument, Label, Node
from kume_desktop.instruments.sheets import Book, Row
from kume_desktop.instruments.structure import near
from kume_desktop.interview.form import COLUMNS
from kume_desktop.interview.graph import compile_form, expressions
from kume_desktop.problems import Param, Problem, Refused, Severity, Where, problem, warning
from kume_desktop.xpath.compiler import Compiled, compile_expression
from kume_desktop.xpath.expression import ExpressionError

_LABELS = ("label", "hint", "guidance_hint", "required_message", "constraint_message", "warn_message")


_MANY = 3_000
_ARROW, _LONGEST_CHAIN = " → ", 12


def converted_problems(book: Book, instrument: Instrument) -> Iterator[Problem]:
    """The problems of the expressions as pyxform wrote them, and the cycles if every expression can be read."""
    found = list(_expressions(book, instrument))
    yield from found
    if not any(each.is_error for each in found):
        yield from _graph(book, instrument)


def _graph(book: Book, instrument: Instrument) -> Iterator[Problem]:
    try:
        compile_form(instrument)
    except Refused as refused:
        for each in refused.problems:
            if each.code.startswith("form.expression-"):
                continue
            where = Where(book.name, each.where.sheet, each.where.row, each.where.column, each.where.question)
            yield Problem(each.code, {**each.params, **_short_chain(each)}, where, each.severity)


def _short_chain(found: Problem) -> dict[str, Param]:
    """The names of a long circle, without the middle."""
    names = str(found.params.get("chain", "")).split(_ARROW)
    if len(names) <= _LONGEST_CHAIN:
        return {}
    return {"chain": _ARROW.join([*names[: _LONGEST_CHAIN // 2], "…", *names[-_LONGEST_CHAIN // 2 :]])}


def _expressions(book: Book, instrument: Instrument) -> Iterator[Problem]:
    rows = {row.number: row for row in book.sheet("survey").rows}
    paths = frozenset({instrument.root.path, *(node.path for node in instrument.nodes())})
    for node in instrument.nodes():
        row = rows.get(node.place.row)
        if row is None:
            continue
        for column, text in _texts(node, instrument):
            yield from _one(book, row, node, column, text, paths)
        for column, label in _labels(node):
            yield from _outputs(book, row, node, column, label)


def _texts(node: Node, instrument: Instrument) -> Iterator[tuple[str, str]]:
    for rule, text in expressions(node, instrument):
        yield COLUMNS[rule], text
    for action in instrument.actions:
        if action.target == node.path:
            yield ("calculation" if Event.VALUE_CHANGED in action.events else "default"), action.value


def _labels(node: Node) -> Iterator[tuple[str, Label]]:
    labels = (
        node.label, node.hint, node.guidance, node.required_message, node.constraint_message, node.warn_message,
    )  # fmt: skip
    return zip(_LABELS, labels, strict=True)


def _where(book: Book, row: Row, node: Node, column: str) -> Where:
    return Where(book.name, "survey", row.number, book.sheet("survey").header(column) or column, node.name)


def _outputs(book: Book, row: Row, node: Node, column: str, label: Label) -> Iterator[Problem]:
    for parts in label.values():
        for part in parts:
            if part.expression:
                yield from _findings(part.expression, _where(book, row, node, column))


def _one(book: Book, row: Row, node: Node, column: str, text: str, paths: frozenset[str]) -> Iterator[Problem]:
    where = _where(book, row, node, column)
    if not _is_read(book.sheet("survey").cell(row, column), column, node):
        found = list(_findings(text, where))
        yield from found
        if any(each.is_error for each in found):
            return
    try:
        compiled = compile_expression(text)
    except ExpressionError:
        # Told from the cell as it was written.
        return
    yield from _unknown_paths(compiled, node, paths, where)


def _is_read(raw: str, column: str, node: Node) -> bool:
    """Whether the cell itself was judged already, so that its findings need not be told twice."""
    return bool(raw) and (column in READ or (column == "default" and is_dynamic(raw, node.kind)))


def _findings(text: str, where: Where) -> Iterator[Problem]:
    """What is wrong with an expression that stands in no cell as it is."""
    try:
        compiled = compile_expression(text)
    except ExpressionError as error:
        yield problem(f"form.expression-{error.code}", where, **{**error.params, "position": error.position})
        return
    for finding in compiled.findings():
        yield Problem(f"form.expression-{finding.code}", finding.params, where, Severity(finding.severity))


def _unknown_paths(compiled: Compiled, node: Node, paths: frozenset[str], where: Where) -> Iterator[Problem]:
    for path in sorted(compiled.references(node.path).paths - paths):
        name = path.rpartition("/")[2]
        if path == f"{node.path}/{name}" and is_function(name):
            yield problem("form.bare-function", where, name=name)
            continue
        is_known = any(each.endswith(f"/{name}") for each in paths)
        guess = name if is_known else near(name, _names(paths))
        is_child = path == f"{node.path}/{name}" and not guess
        if is_child:
            # An unknown child is blank everywhere, and some authors write null for blank.
            yield warning("form.bare-word", where, name=name)
            continue
        yield problem("form.unknown-path-near" if guess else "form.unknown-path", where, path=path, near=guess)


@lru_cache(maxsize=2)
def _names(paths: frozenset[str]) -> frozenset[str]:
    """The names at the ends of paths; of very large forms none, since looking for a similar one takes too long."""
    return frozenset(path.rpartition("/")[2] for path in paths) if len(paths) <= _MANY else frozenset()
