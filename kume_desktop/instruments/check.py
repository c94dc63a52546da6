"""Everything that is wrong with a workbook, at once, each with sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kume_desktop.instruments.convert import convert_book, read_book
from kume_desktop.instruments.load import load
from kume_desktop.instruments.method_sheets import method_problems
from kume_desktop.instruments.model import Event, Instrument, Label, Node
from kume_desktop.instruments.sheets import Book, Row
from kume_desktop.instruments.structure import REFERENCE, near, structure_problems
from kume_desktop.interview.form import COLUMNS
from kume_desktop.interview.graph import compile_form, expressions
from kume_desktop.interview.state import Tables
from kume_desktop.problems import Problem, Refused, Severity, Where, problem
from kume_desktop.xpath.compiler import Compiled, compile_expression
from kume_desktop.xpath.expression import ExpressionError

_LABELS = ("label", "hint", "guidance_hint", "required_message", "constraint_message", "warn_message")
_PULLDATA = re.compile(r"pulldata\(\s*'([^']*)'\s*,\s*'([^']*)'\s*,\s*'([^']*)'")


def check(
    name: str, workbook: bytes, tables: Tables | None = None, attached: Mapping[str, bytes] | None = None
) -> tuple[Problem, ...]:
    """All problems of a form: errors first stop it from being installed, warnings are advice. Never raises Refused.

    With `tables` it also checks that the files the form reads are there, with the columns it reads.
    """
    try:
        book = read_book(name, workbook)
        found = list(structure_problems(book))
        if any(each.is_error for each in found):
            return tuple(found)
        instrument = load(convert_book(book, workbook, attached or {}))
    except Refused as refused:
        return refused.problems
    found.extend(_expression_problems(book, instrument))
    if not any(each.is_error for each in found):
        found.extend(_graph_problems(book, instrument))
    found.extend(method_problems(book, instrument))
    if tables is not None:
        found.extend(_table_problems(book, instrument, tables))
    unique = {(each.code, tuple(sorted(each.params.items(), key=str)), each.where): each for each in found}
    return tuple(sorted(unique.values(), key=_order))


def _order(found: Problem) -> tuple[bool, str, int]:
    return (not found.is_error, found.where.sheet or "", found.where.row or 0)


def _graph_problems(book: Book, instrument: Instrument) -> Iterator[Problem]:
    try:
        compile_form(instrument)
    except Refused as refused:
        for each in refused.problems:
            where = Where(book.name, each.where.sheet, each.where.row, each.where.column, each.where.question)
            yield Problem(each.code, each.params, where, each.severity)


def _expression_problems(book: Book, instrument: Instrument) -> Iterator[Problem]:
    rows = {row.number: row for row in book.sheet("survey").rows}
    paths = frozenset({instrument.root.path, *(node.path for node in instrument.nodes())})
    for node in instrument.nodes():
        row = rows.get(node.place.row)
        if row is not None:
            for column, text in _texts(node, instrument):
                yield from _one(book, row, node, column, text, paths)
    for node in instrument.nodes():
        row = rows.get(node.place.row)
        if row is not None:
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
                where = _where(book, row, node, column)
                yield from findings(part.expression, "", where)


def _one(book: Book, row: Row, node: Node, column: str, text: str, paths: frozenset[str]) -> Iterator[Problem]:
    where = _where(book, row, node, column)
    raw = book.sheet("survey").cell(row, column)
    found = list(findings(text, raw, where))
    yield from found
    if not any(each.is_error for each in found):
        yield from _unknown_paths(compile_expression(text), node, paths, where)


def findings(text: str, raw: str, where: Where) -> Iterator[Problem]:
    """What is wrong with an expression; places are counted in `raw`, the cell as written, where that is given."""
    try:
        compiled = compile_expression(text)
    except ExpressionError as error:
        params = {**error.params, "position": _in_raw(raw, text, error.position)}
        yield problem(f"form.expression-{error.code}", where, **params)
        return
    for finding in compiled.findings():
        params = {**finding.params, "position": _in_raw(raw, text, finding.position)}
        yield Problem(f"form.expression-{finding.code}", params, where, Severity(finding.severity))


def _in_raw(raw: str, text: str, position: int) -> int:
    """The place in the workbook's cell of a place in the expression, where `${name}` has become a path."""
    if not raw:
        return position
    at, end, shift = 0, 0, 0
    for reference in REFERENCE.finditer(raw):
        literal = raw[end : reference.start()].strip()
        start = text.find(literal, at)
        if start < 0 or position <= start + len(literal):
            break
        at, end = start + len(literal), reference.end()
        following = raw[end : end + 8].strip()
        resumed = text.find(following, at) if following else len(text)
        if position < resumed:
            return reference.start() + 1
        shift = resumed - end - (len(raw[end:]) - len(raw[end:].lstrip()) if following else 0)
    return max(position - shift, 1) if position - shift <= len(raw) + 1 else len(raw)


def _unknown_paths(compiled: Compiled, node: Node, paths: frozenset[str], where: Where) -> Iterator[Problem]:
    for path in sorted(compiled.references(node.path).paths - paths):
        name = path.rpartition("/")[2]
        guess = near(name, {each.rpartition("/")[2] for each in paths})
        yield problem("form.unknown-path-near" if guess else "form.unknown-path", where, path=path, near=guess)


def _table_problems(book: Book, instrument: Instrument, tables: Tables) -> Iterator[Problem]:
    for name in sorted(instrument.files - tables.keys()):
        yield problem("form.file-missing", Where(file=book.name), table=f"{name}.csv")
    survey = book.sheet("survey")
    for row in survey.rows:
        for header, text in row.cells.items():
            for table, *columns in _PULLDATA.findall(text):
                given = tables.get(table) or ({},)
                for column in columns:
                    if table in tables and given[0] and column not in given[0]:
                        where = Where(book.name, "survey", row.number, header, survey.cell(row, "name"))
                        yield problem("form.file-column", where, table=f"{table}.csv", column=column)
