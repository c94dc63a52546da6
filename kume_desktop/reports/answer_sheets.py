"""The answers, one row an interview: codes and labels side by side, the columns as the form has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kume_desktop.reports.content import AnswerRow, AnswerTable, Column, InstrumentFacts
from kume_desktop.reports.job import HEAD_ROW, Job
from kume_desktop.reports.sheet import MAX_LINKS, Content, Jump, Sheet

FIRST = HEAD_ROW + 2
AREA, COUNTS = 2, 6
FIXED = 8
PERSONAL = frozenset({"K1", "K2", "K3"})
SOLE_TRADER = "S"
WIDTHS = {"int": 10, "decimal": 10, "date": 12, "dateTime": 27}
NUMBERS = frozenset({"int", "decimal"})
DIGITS = 15
"""A longer number loses digits in a spreadsheet and is kept as text."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where the answers of a table stand: ranges over all rows, the row of each interview and firm.

    `at`: path -> column of those shown. `ordered`: the rows in the order of the firms.
    """

    instrument: str
    table: AnswerTable
    sheet: Sheet
    area: str
    counts: str
    columns: Mapping[str, str]
    at: Mapping[str, int]
    ordered: tuple[AnswerRow, ...]
    rows: Mapping[str, int]
    firms: Mapping[str, int]
    filled: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which column of the form stands where; those that are left out have no place."""

    shown: tuple[Column, ...]
    places: Mapping[str, int]
    last: int


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the form with its place, its labels, and whether its codes are numbers that formulas count."""

    column: Column
    col: int
    labels: Mapping[str, str]
    as_number: bool


def plan_answers(job: Job, sheet: Sheet, instrument: InstrumentFacts, table: AnswerTable) -> AnswerPlace:
    """Where everything will stand on the sheet of a table, so that others can point there."""
    shape = _shape(job, table)
    last = FIRST + max(len(table.rows), 1) - 1
    firm_order = {firm.code: number for number, firm in enumerate(job.content.firms)}
    ordered = tuple(sorted(table.rows, key=lambda row: firm_order[row.firm]))
    numbered = list(enumerate(ordered, start=FIRST))
    return AnswerPlace(
        instrument=instrument.id,
        table=table,
        sheet=sheet,
        area=sheet.column(AREA, FIRST, last),
        counts=sheet.column(COUNTS, FIRST, last),
        columns={c.name: sheet.column(shape.places[c.path], FIRST, last) for c in shape.shown},
        at=shape.places,
        ordered=ordered,
        rows={row.interview: number for number, row in reversed(numbered)},
        firms={row.firm: number for number, row in reversed(numbered) if row.counts},
        filled=sheet.column(4, FIRST, last),
    )


def is_left_out(job: Job, column: Column) -> bool:
    """Whether a column is about a person and the content does not say that persons may be named."""
    return column.personal in PERSONAL and not job.names_persons


def _shape(job: Job, table: AnswerTable) -> _Shape:
    shown = tuple(column for column in table.columns if not is_left_out(job, column))
    places: dict[str, int] = {}
    col = FIXED
    for column in shown:
        places[column.path] = col
        col += 2 if column.options else 1
    return _Shape(shown, places, col - 1)


def write_answers(job: Job, place: AnswerPlace, level_sheet: Sheet | None, level_rows: Mapping[str, int]) -> None:
    """Write the sheet of a table; the firm's code leads back to its levels."""
    sheet, table = place.sheet, place.table
    shape = _shape(job, table)
    title = f"{job.tr('Answers')} · {job.say(table.title)}"
    job.begin(sheet, title, (14, 26, 8, 16, 20, 12, 8, 10))
    _heads(job, sheet, shape)
    linked = level_sheet is not None and len(table.rows) <= MAX_LINKS
    needs = {cell.code for cell in job.method.needs.cells}
    fields = [_Field(c, shape.places[c.path], _labels(job, c), c.name in needs) for c in shape.shown]
    for row, entry in enumerate(place.ordered, start=FIRST):
        target = level_sheet.ref(level_rows[entry.firm], 0) if linked and level_sheet else ""
        sheet.raw.set_row(row, None, job.book.style("text"))  # a line under blank cells too
        _fixed(job, sheet, row, entry, target)
        alone = job.firms[entry.firm].sole_trader and not job.names_persons
        for field in fields:
            heads = tuple(dict.fromkeys(entry.values.get(field.column.path, ())))
            if heads:
                _answer(job, sheet, row, field, heads, alone and field.column.personal == SOLE_TRADER)
    job.table(sheet, FIRST + len(table.rows) - 1, shape.last + 1, 2, FIRST - 1)
    _paper(sheet, shape)


def _paper(sheet: Sheet, shape: _Shape) -> None:
    """A wide table goes over several pages, each with the firm in front."""
    if shape.last > 24:
        sheet.raw.set_print_scale(60)
        sheet.raw.repeat_columns(0, 1)
        sheet.raw.print_across()
    sheet.raw.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _heads(job: Job, sheet: Sheet, shape: _Shape) -> None:
    fixed = (
        job.tr("Firm"), job.tr("Name"), job.tr("Area no."), job.tr("Area"), job.tr("Interview"), job.tr("State"),
        job.tr("Counts"), job.tr("Row"),
    )  # fmt: skip
    job.heads(sheet, fixed, ("text", "text", "count", "text", "text", "text", "count", "text"), FIRST - 1)
    sheet.raw.set_row(FIRST - 1, 68)
    for column in shape.shown:
        col = shape.places[column.path]
        sheet.text(FIRST - 2, col, column.name, "head-code")
        sheet.text(FIRST - 1, col, job.say(column.label) or column.name, "head")
        sheet.raw.set_column(col, col, 10 if column.options else WIDTHS.get(column.datatype, 18))
        if column.options:
            sheet.text(FIRST - 2, col + 1, f"{column.name} · {job.tr('label')}", "head-code")
            sheet.text(FIRST - 1, col + 1, job.say(column.label) or column.name, "head")
            sheet.raw.set_column(col + 1, col + 1, 22)


def _fixed(job: Job, sheet: Sheet, row: int, entry: AnswerRow, target: str) -> None:
    firm = job.firms[entry.firm]
    name = job.firm_name(firm)
    code: Content = Jump(target, entry.firm) if target else entry.firm
    cells: list[Content] = [code, name, job.numbers[firm.area], firm.area, entry.interview, _state(job, entry.state)]
    styles = ("link" if target else "text", "withheld" if name == job.withheld else "strong", "count", *["text"] * 3)
    sheet.row(row, [*cells, int(entry.counts), entry.row], [*styles, "count", "text"])


def _state(job: Job, state: str) -> str:
    match state:
        case "completed":
            return job.tr("completed")
        case "in_progress" | "open":
            return job.tr("in progress")
        case _:
            return state


def _labels(job: Job, column: Column) -> Mapping[str, str]:
    return {option.name: job.say(option.label) for option in column.options}


def _answer(job: Job, sheet: Sheet, row: int, field: _Field, heads: tuple[str, ...], hidden: bool) -> None:
    """One answer: its code, typed, and its label; what was not answered stays blank."""
    col, labels = field.col, field.labels
    if hidden and any(heads):
        _pair(sheet, row, col, job.withheld, job.withheld if labels else None, "withheld")
    elif len(heads) > 1:
        shown = " | ".join(_label(field.column, value, labels) or "–" for value in heads)
        values = " | ".join(value or "–" for value in heads)
        _pair(sheet, row, col, f"{job.conflict}: {values}", shown if labels else None, "conflict")
    elif heads and heads[0]:
        _value(sheet, row, field, heads[0])
        if labels:
            sheet.text(row, col + 1, _label(field.column, heads[0], labels), "grey")


def _pair(sheet: Sheet, row: int, col: int, value: str, label: str | None, style: str) -> None:
    sheet.text(row, col, value, style)
    if label is not None:
        sheet.text(row, col + 1, label, style)


def _label(column: Column, value: str, labels: Mapping[str, str]) -> str:
    """The label of a code; of several codes for a question with several answers."""
    if column.kind == "select_multiple":
        return "; ".join(labels.get(part, part) for part in value.split())
    return labels.get(value, value if not labels else "")


def _value(sheet: Sheet, row: int, field: _Field, value: str) -> None:
    """A number, a day or a text; codes are text, but for the cells of the needs matrix, which are counted."""
    column, col = field.column, field.col
    if (field.as_number or column.datatype in NUMBERS) and _NUMBER.fullmatch(value) and len(value) <= DIGITS:
        sheet.number(row, col, float(value), "number")
    elif column.datatype == "date" and (day := _day(value)) is not None:
        sheet.day(row, col, day)
    else:
        sheet.text(row, col, value, "text")


def _day(value: str) -> date | None:
    """A day that a spreadsheet knows (from 1900-03-01: before it counts a day that never was)."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= date(1900, 3, 1) else None
