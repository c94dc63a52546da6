"""The expressions of a workbook as written: `${name}` becomes a name of the same length, so that places stay right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kume_desktop.instruments.checking.outline import Outline, Question
from kume_desktop.instruments.checking.slips import function_meant, slip
from kume_desktop.instruments.sheets import Book, Row, Sheet
from kume_desktop.instruments.structure import open_reference
from kume_desktop.problems import Problem, Severity, Where, problem
from kume_desktop.xpath.compiler import Compiled, compile_expression
from kume_desktop.xpath.expression import Expression, ExpressionError, Path, Start

COLUMNS = ("relevant", "constraint", "calculation", "required", "read_only", "choice_filter", "repeat_count", "warn")
"""The columns of the sheet `survey` that hold expressions; `default` does where it is no plain text."""
_OF_ENTITIES = ("create_if", "update_if", "entity_id", "label")
_PLAIN = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_REFERENCE = re.compile(r"\$\{(\s*)(last-saved#)?([^}\s]*)(\s*)\}")
_PADDED = re.compile(r"\b([ql]):([\w.-]+) ?")
_LONGEST = 80
_HYPHENATED = frozenset({"date", "datetime", "geopoint", "geotrace", "geoshape"})
_DYNAMIC = re.compile(r"\$\{|\w\(|\[|\||[+*]|(?<=\s)(?:div|mod|-)(?=\s)")
_HERE, _SAVED = "q:", "l:"


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell with an expression; `owner` is its question, None in the sheets `settings` and `entities`."""

    where: Where
    owner: Question | None
    column: str
    raw: str

    @cached_property
    def error(self) -> ExpressionError | None:
        """Why the text is no expression."""
        try:
            compile_expression(padded(self.raw))
        except ExpressionError as error:
            return error
        return None

    @cached_property
    def compiled(self) -> Compiled | None:
        """The expression, None where it has an error."""
        return None if self.error else compile_expression(padded(self.raw))

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the expression alone; places are counted in the cell as written."""
        if self.error:
            yield self._broken(self.error)
        elif self.compiled:
            for finding in self.compiled.findings():
                params = {key: as_written(value) for key, value in finding.params.items()}
                code = finding.code
                if code.startswith("unknown-function") and (meant := function_meant(str(params["name"]))):
                    code, params = "unknown-function-near", {**params, "near": meant}
                yield Problem(f"form.expression-{code}", params, self.where, Severity(finding.severity))

    def _broken(self, error: ExpressionError) -> Problem:
        if better := slip(error.code, error.position, self.raw):
            return problem(better[0], self.where, **better[1])
        params = {key: as_written(value) for key, value in error.params.items()}
        return problem(f"form.expression-{error.code}", self.where, **{**params, "position": error.position})


def padded(text: str) -> str:
    """The text with `${name}` as `q:name`, as long as before.

    >>> padded("${a} > 1"), padded("${last-saved#ab}=2")
    ('q:a  > 1', 'l:ab            =2')
    """
    return _REFERENCE.sub(_name, text)


def _name(found: re.Match[str]) -> str:
    prefix = _SAVED if found.group(2) else _HERE
    name = re.sub(r"[^\w.-]", "_", found.group(3)) or "_"
    return (prefix + name).ljust(len(found.group()))


def as_written(value: str | int) -> str | int:
    """A piece of an expression as its author wrote it.

    >>> as_written("q:yas + l:ad")
    '${yas}+ ${last-saved#ad}'
    """
    if not isinstance(value, str):
        return value
    text = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    return _PADDED.sub(lambda found: f"${{{'last-saved#' if found.group(1) == 'l' else ''}{found.group(2)}}}", text)


def reference(node: Expression) -> str:
    """The name that a path begins with if it is written as `${name}`, else ''."""
    if isinstance(node, Path) and node.start is Start.HERE and node.steps[0].test.startswith(_HERE):
        return node.steps[0].test.removeprefix(_HERE)
    return ""


def is_reference(node: Expression) -> bool:
    """Whether an expression is `${name}` and nothing more."""
    return bool(reference(node)) and isinstance(node, Path) and len(node.steps) == 1 and not node.steps[0].predicates


def expression_cells(outline: Outline) -> Iterator[Cell]:
    """Every cell with an expression, in the order of the sheets."""
    for question in outline.questions:
        for column in COLUMNS:
            text = outline.cell(question, column)
            if text and text.lower() not in _PLAIN and not open_reference(text):
                yield Cell(outline.where(question, column), question, column, text)
        if is_dynamic(outline.cell(question, "default"), question.kind):
            yield Cell(outline.where(question, "default"), question, "default", outline.cell(question, "default"))
    yield from _of_others(outline.book)


def is_dynamic(default: str, kind: str) -> bool:
    """Whether a default is worked out instead of written into the form, as pyxform decides it.

    >>> is_dynamic("today()", "date"), is_dynamic("2026-01-02", "date"), is_dynamic("Ayşe - Ali", "text")
    (True, False, True)
    """
    if open_reference(default) or (kind in _HYPHENATED and "-" in default and "(" not in default):
        return False
    return _DYNAMIC.search(default) is not None


def _of_others(book: Book) -> Iterator[Cell]:
    for name, columns in (("settings", ("instance_name",)), ("entities", _OF_ENTITIES)):
        sheet = book.sheet(name)
        for row in sheet.rows:
            for column in columns:
                text = sheet.cell(row, column)
                if text and not open_reference(text):
                    yield Cell(_where(book, sheet, row, column), None, column, text)


def _where(book: Book, sheet: Sheet, row: Row, column: str) -> Where:
    return Where(book.name, sheet.name, row.number, sheet.header(column) or column)
