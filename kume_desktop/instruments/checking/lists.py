"""Choice lists: reserve answers among the numbers, filters that name no column, lists that wait for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kume_desktop.instruments.checking.cells import Cell
from kume_desktop.instruments.checking.circles import circles
from kume_desktop.instruments.checking.outline import Outline, Question
from kume_desktop.instruments.checking.portability import spots
from kume_desktop.instruments.sheets import Row
from kume_desktop.instruments.structure import near
from kume_desktop.problems import Param, Problem, Where, warning
from kume_desktop.xpath.expression import Axis, Path, Start

_CODES = frozenset({"97", "98", "99", "997", "998", "999", "-97", "-98", "-99", "-999", "-77", "-88"})
_WORDS: Mapping[str, re.Pattern[str]] = {
    "dk": re.compile(
        r"\b(?:bilmiyor\w*|bilinmiyor|fikrim yok|fikri yok|don.?t know|do not know|does not know)\b", re.IGNORECASE
    ),
    "nr": re.compile(r"\b(?:cevap yok|yan[ıi]t yok|no answer|prefers? not to)\b", re.IGNORECASE),
    "na": re.compile(r"\b(?:uygulanamaz|ilgisiz|ge[çc]erli de[ğg]il|not applicable|n/a)\b", re.IGNORECASE),
}
_ALWAYS = frozenset({"name", "label", "itextid"})


def list_problems(outline: Outline, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """Advice on the sheet `choices` and on the filters that read it."""
    for name, rows in outline.lists.items():
        yield from _reserves(outline, name, rows)
    filters = [cell for cell in cells if _is_filter(cell)]
    for cell in filters:
        yield from _columns(cell, outline)
    yield from circles("form.filter-circle", filters, lambda name: _is_select(outline.by_name.get(name)))


def relevance_circles(outline: Outline, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """Questions that are asked only by each other's answers: Collect refuses the form."""
    conditions = [
        cell for cell in cells if cell.column == "relevant" and cell.owner is not None and cell.owner.is_asked
    ]
    return circles("form.relevance-circle", conditions, outline.by_name.__contains__)


def _is_filter(cell: Cell) -> bool:
    external = cell.owner is not None and cell.owner.kind == "select_one_external"
    return cell.column == "choice_filter" and cell.compiled is not None and not external


def _where(outline: Outline, row: Row, column: str) -> Where:
    sheet = outline.book.sheet("choices")
    return Where(outline.book.name, "choices", row.number, sheet.header(column) or column)


def _reserves(outline: Outline, name: str, rows: tuple[Row, ...]) -> Iterator[Problem]:
    """Numbers that stand for "does not know": by the usual codes, or by what the label says."""
    sheet = outline.book.sheet("choices")
    codes = {sheet.cell(row, "name") for row in rows}
    for row in rows:
        code = sheet.cell(row, "name")
        if sheet.cell(row, "missing") or not re.match(r"-?\d+\Z", code):
            continue
        said = _said(" ".join(sheet.texts(row, "label").values()))
        counted = code in _CODES and _is_apart(int(code), codes)
        if said or counted:
            yield warning(
                "form.reserve-code", _where(outline, row, "name"), name=code, list=name, reserve=said or "dk / nr / na"
            )


def _said(label: str) -> str:
    return next((reserve for reserve, words in _WORDS.items() if words.search(label)), "")


def _is_apart(code: int, codes: set[str]) -> bool:
    """Whether a code stands apart from the numbers of its list: 99 after 98 and 97 does, 99 after 96 does not."""
    if code < 0:
        return True
    while code % 10 > 7 and str(code - 1) in codes:
        code -= 1
    return str(code - 1) not in codes


def unused_lists(outline: Outline, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """Lists that no question and no expression names."""
    used = {question.listed for question in outline.questions}
    types = " ".join(outline.survey.cell(row, "type") for row in outline.survey.rows)
    spoken = " ".join(cell.raw for cell in cells) + types
    for name, rows in outline.lists.items():
        if name and name not in used and not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", spoken):
            yield warning("form.list-unused", _where(outline, rows[0], "list_name"), list=name)


def _columns(cell: Cell, outline: Outline) -> Iterator[Problem]:
    """Plain names in a filter are columns of its list."""
    rows = outline.lists.get(cell.owner.listed, ()) if cell.owner else ()
    if not rows or cell.compiled is None:
        return
    sheet = outline.book.sheet("choices")
    columns = {column.header for column in sheet.columns} | {column.name for column in sheet.columns}
    used = {header for row in rows for header in row.cells}
    for spot in spots(cell.compiled.tree):
        name = "" if spot.is_in_predicate else _column(spot.node)
        if not name or name in _ALWAYS:
            continue
        params: dict[str, Param] = {"position": getattr(spot.node, "at", 1), "column": name}
        if name not in columns:
            guess = near(name, columns)
            code = "form.filter-column-near" if guess else "form.filter-column"
            yield warning(code, cell.where, **params, near=guess)
        elif name not in used and sheet.header(name) not in used:
            listed = cell.owner.listed if cell.owner else ""
            yield warning("form.filter-column-blank", cell.where, **params, list=listed)


def _column(node: object) -> str:
    """The column that a path names: one step, a plain name."""
    if not isinstance(node, Path) or node.start is not Start.HERE or len(node.steps) != 1:
        return ""
    step = node.steps[0]
    plain = step.axis is Axis.CHILD and re.fullmatch(r"[^\W\d][\w.-]*", step.test)
    return step.test if plain else ""


def _is_select(question: Question | None) -> bool:
    return question is not None and question.is_select
