"""What is wrong with the sheets `indicators`, `indices` and `tests`, as far as the form itself can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kume_desktop.instruments.model import Instrument
from kume_desktop.instruments.sheets import Book, Row, Sheet
from kume_desktop.instruments.structure import near, question_names, reference_problems
from kume_desktop.interview.testing import TARGETLESS, VERBS
from kume_desktop.problems import Problem, Where, problem, warning
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import ExpressionError

KINDS: Mapping[str, tuple[str, ...]] = {
    "preset": ("code",),
    "scale": ("parent", "key", "value"),
    "collapse": ("parent", "key", "value"),
    "rounding": ("parent", "key", "value"),
    "heading": ("code",),
    "weight": ("parent", "key", "value"),
    "cut": ("parent", "key", "value"),
    "missing": ("parent", "key", "value"),
    "category": ("code",),
    "policy": ("code", "parent"),
    "function": ("code",),
    "resource": ("code",),
    "cell": ("code", "parent", "key"),
    "need": ("key", "value"),
    "likert": ("code",),
    "level_source": ("code",),
    "evidence": ("code",),
    "heading_weight": ("parent", "key", "value"),
    "missing_rule": ("parent", "key"),
    "idea": ("code",),
}
"""The kinds of rows of the sheet `indices`, with the cells each must have."""
_OF_PRESET = frozenset({"scale", "collapse", "rounding", "weight", "heading_weight", "cut", "missing", "missing_rule"})
_NUMERIC = (_OF_PRESET | {"need"}) - {"missing_rule"}
_LEVELS = range(1, 6)


def method_problems(book: Book, instrument: Instrument) -> Iterator[Problem]:
    """The problems of the three sheets, in their order."""
    yield from _indicators(book, instrument)
    yield from _indices(book)
    yield from _tests(book)


def _where(book: Book, sheet: Sheet, row: Row, column: str) -> Where:
    return Where(book.name, sheet.name, row.number, column)


def _indicators(book: Book, instrument: Instrument) -> Iterator[Problem]:
    sheet = book.sheet("indicators")
    names, seen = question_names(book), Counter[str]()
    headings = {cells.cell(row, "code") for cells, row in _rows_of(book, "heading")}
    for row in sheet.rows:
        code = sheet.cell(row, "code")
        seen[code] += 1
        if not code or seen[code] > 1:
            yield problem("form.indicator-code", _where(book, sheet, row, "code"), code=code)
        if headings and sheet.cell(row, "heading_code") not in headings:
            where = _where(book, sheet, row, "heading_code")
            yield problem("form.indicator-heading", where, code=code, heading=sheet.cell(row, "heading_code"))
        for column in (f"level_{level}_{lang}" for level in _LEVELS for lang in instrument.languages):
            if sheet.header(column) and not sheet.cell(row, column):
                yield warning("form.indicator-anchor", _where(book, sheet, row, column), code=code)
        yield from _suggestion(book, sheet, row, names, instrument)


def _suggestion(book: Book, sheet: Sheet, row: Row, names: Counter[str], instrument: Instrument) -> Iterator[Problem]:
    text, where = sheet.cell(row, "suggest"), _where(book, sheet, row, "suggest")
    if not text:
        return
    unknown = list(reference_problems(text, names, where))
    yield from unknown
    if unknown:
        return
    code = sheet.cell(row, "code")
    suggest = next(each.suggest for each in instrument.indicators if each.code == code)
    try:
        compiled = compile_expression(suggest)
    except ExpressionError as error:
        yield problem(f"form.expression-{error.code}", where, **error.params)
        return
    for finding in compiled.findings():
        yield Problem(f"form.expression-{finding.code}", finding.params, where, finding.severity)


def _rows_of(book: Book, kind: str) -> Iterator[tuple[Sheet, Row]]:
    sheet = book.sheet("indices")
    return ((sheet, row) for row in sheet.rows if sheet.cell(row, "kind") == kind)


def _codes(book: Book, kind: str) -> set[str]:
    return {sheet.cell(row, "code") for sheet, row in _rows_of(book, kind)}


def _indices(book: Book) -> Iterator[Problem]:
    sheet = book.sheet("indices")
    for row in sheet.rows:
        kind = sheet.cell(row, "kind")
        if kind not in KINDS:
            guess = near(kind, KINDS)
            where = _where(book, sheet, row, "kind")
            yield problem("form.index-kind-near" if guess else "form.index-kind", where, kind=kind, near=guess)
            continue
        for column in KINDS[kind]:
            if not sheet.cell(row, column):
                yield problem("form.index-cell-missing", _where(book, sheet, row, column), kind=kind, column=column)
        value = sheet.cell(row, "value")
        if kind in _NUMERIC and value and not _is_number(value):
            yield problem("form.index-not-a-number", _where(book, sheet, row, "value"), kind=kind, value=value)
        yield from _index_references(book, row, kind)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _index_references(book: Book, row: Row, kind: str) -> Iterator[Problem]:
    sheet = book.sheet("indices")
    indicators = {book.sheet("indicators").cell(each, "code") for each in book.sheet("indicators").rows}
    wanted: dict[str, set[str]] = {}
    if kind in _OF_PRESET:
        wanted["parent"] = _codes(book, "preset")
    if kind == "weight":
        wanted["key"] = indicators
    if kind == "heading_weight":
        wanted["key"] = _codes(book, "heading")
    if kind == "idea":
        wanted["code"] = indicators | _codes(book, "cell")
    if kind == "policy":
        wanted["parent"] = _codes(book, "category") | {"all"}
    if kind == "cell":
        cells = set(question_names(book))
        wanted = {"code": cells, "parent": _codes(book, "function"), "key": _codes(book, "resource")}
    for column, known in wanted.items():
        value = sheet.cell(row, column)
        if value and value not in known:
            where = _where(book, sheet, row, column)
            yield problem("form.index-reference", where, kind=kind, value=value, near=near(value, known) or "–")


def _tests(book: Book) -> Iterator[Problem]:
    sheet = book.sheet("tests")
    known = set(question_names(book)) | {
        book.sheet("indicators").cell(row, "code") for row in book.sheet("indicators").rows
    }
    for row in sheet.rows:
        verb, target = sheet.cell(row, "verb"), sheet.cell(row, "target")
        if not sheet.cell(row, "case"):
            yield problem("form.test-without-case", _where(book, sheet, row, "case"))
        if verb not in VERBS:
            where = _where(book, sheet, row, "verb")
            yield problem("form.test-unknown-verb", where, verb=verb, target=target, value="")
        elif verb == "set" or verb in TARGETLESS:
            continue
        elif target.partition("[")[0] not in known:
            where = _where(book, sheet, row, "target")
            yield problem("form.test-unknown-target", where, verb=verb, target=target, value="")
