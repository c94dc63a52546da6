"""The answers, one row an interview: codes and labels side by side, the columns as the form has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kume_desktop.reports.content import AnswerRow, AnswerTable, Column, InstrumentFacts
from kume_desktop.reports.writing.cells import letter, serial
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import MAX_LINKS, Fact, Sheet
from kume_desktop.reports.writing.table import TableFacts

FIRST = HEAD_ROW + 2
AREA, COUNTS = 2, 6
FIXED = 11
GROUPS = {"size_class": 8, "district": 9, "nace": 10}
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
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which column of the form stands where; those that are left out have no place."""

    shown: tuple[Column, ...]
    places: Mapping[str, int]
    last: int


Made = tuple[str, Fact]
"""XML of a cell behind its reference, and its value for the checksums."""


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the form with its place, its labels, and whether its codes are numbers that formulas count.

    `made`: value -> code cell and label cell, for questions with choices: most answers repeat.
    """

    column: Column
    col: int
    labels: Mapping[str, str]
    as_number: bool
    made: dict[str, tuple[Made, Made]] = field(default_factory=dict)

    def label(self, value: str) -> str:
        """The label of a code; of several codes for a question with several answers."""
        if self.column.kind == "select_multiple":
            return "; ".join(self.labels.get(part, part) for part in value.split())
        return self.labels.get(value, value if not self.labels else "")


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
        groups={by: sheet.column(column, FIRST, last) for by, column in GROUPS.items()},
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
    job.begin(sheet, title, (14, 26, 8, 16, 20, 12, 8, 10, 8, 8, 8))
    heads = _heads(job, sheet, shape)
    linked = level_sheet is not None and len(table.rows) <= MAX_LINKS
    needs = {cell.code for cell in job.method.needs.cells}
    fields = [_Field(c, shape.places[c.path], _labels(job, c), c.name in needs) for c in shape.shown]
    writer = _Writer(job, sheet, fields)
    for row, entry in enumerate(place.ordered, start=FIRST):
        if linked and level_sheet:
            sheet.link(row, 0, level_sheet.ref(level_rows[entry.firm], 0))
        writer.write(row, entry, linked=linked)
    sheet.raw.widest = max(shape.last, FIXED - 1)
    last = FIRST + len(table.rows) - 1
    job.table(sheet, last, shape.last + 1, 2, FIRST - 1)
    job.register(TableFacts(f"answers:{place.instrument}:{table.repeat}", sheet, FIRST, last, *heads))
    _paper(sheet, shape)


def _paper(sheet: Sheet, shape: _Shape) -> None:
    """A wide table goes over several pages, each with the firm in front."""
    if shape.last > 24:
        sheet.raw.set_print_scale(60)
        sheet.raw.repeat_columns(0, 1)
        sheet.raw.print_across()
    sheet.raw.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _heads(job: Job, sheet: Sheet, shape: _Shape) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the heads; returns the names of the columns and what stands over them."""
    fixed = (
        job.tr("Firm"), job.tr("Name"), job.tr("Area no."), job.tr("Area"), job.tr("Interview"), job.tr("State"),
        job.tr("Counts"), job.tr("Row"), job.tr("Size class no."), job.tr("District no."), job.tr("NACE no."),
    )  # fmt: skip
    keys = ["firm", "firm_name", "area_no", "area", "interview", "state", "counts", "row"]
    keys += ["size_no", "district_no", "nace_no"]
    heads = [*fixed]
    looks = ("text", "text", "count", "text", "text", "text", "count", "text", "scaled", "scaled", "scaled")
    job.heads(sheet, fixed, looks, FIRST - 1)
    sheet.raw.set_row(FIRST - 1, 68)
    for column in shape.shown:
        told = job.say(column.label) or column.name
        keys.append(f"answer:{column.path}")
        heads.append(told)
        width = 10 if column.options else WIDTHS.get(column.datatype, 18)
        _head(sheet, shape.places[column.path], column.name, told, width)
        if column.options:
            keys.append(f"label:{column.path}")
            heads.append(told)
            _head(sheet, shape.places[column.path] + 1, f"{column.name} · {job.tr('label')}", told, 22)
    return tuple(keys), tuple(heads)


def _head(sheet: Sheet, col: int, name: str, told: str, width: float) -> None:
    sheet.text(FIRST - 2, col, name, "head-code")
    sheet.text(FIRST - 1, col, told, "head")
    sheet.raw.set_column(col, col, width)


def _labels(job: Job, column: Column) -> Mapping[str, str]:
    return {option.name: job.say(option.label) for option in column.options}


class _Writer:
    """Makes whole rows: a study has hundreds of thousands of answers."""

    def __init__(self, job: Job, sheet: Sheet, fields: list[_Field]) -> None:
        self._job = job
        self._sheet = sheet
        self._fields = fields
        self._letters = [letter(col) for col in range(max((one.col for one in fields), default=0) + FIXED + 2)]
        self._row = 0
        self._xml: list[str] = []
        self._facts: dict[int, Fact] = {}
        self._ruled = job.book.style("text")

    def write(self, row: int, entry: AnswerRow, *, linked: bool) -> None:
        """Write one row; what was not answered stays blank, with the line of the table."""
        self._row, self._xml, self._facts = row, [], {}
        self._sheet.raw.set_row(row, None, self._ruled)
        self._fixed(entry, "link" if linked else "text")
        alone = self._job.firms[entry.firm].sole_trader and not self._job.names_persons
        for one in self._fields:
            heads = entry.values.get(one.column.path)
            if heads:
                self._answer(one, heads, alone and one.column.personal == SOLE_TRADER)
        self._sheet.line(row, self._xml, self._facts)

    def _fixed(self, entry: AnswerRow, look: str) -> None:
        job = self._job
        firm = job.firms[entry.firm]
        name = job.firm_name(firm)
        self._put(0, self._text(0, entry.firm, look))
        self._put(1, self._text(1, name, "withheld" if name == job.withheld else "strong"))
        self._put(2, self._number(job.numbers[firm.area], "count"))
        for col, told in ((3, firm.area), (4, entry.interview), (5, _state(job, entry.state))):
            self._put(col, self._text(col, told, "text"))
        self._put(6, self._number(int(entry.counts), "count"))
        self._put(7, self._text(7, entry.row, "text"))
        for col, number in zip(GROUPS.values(), job.group_numbers(firm), strict=True):
            self._put(col, self._number(number, "scaled"))

    def _put(self, col: int, made: Made) -> None:
        if made[0]:
            self._xml.append(f'<c r="{self._letters[col]}{self._row + 1}"{made[0]}')
            self._facts[col] = made[1]

    def _text(self, col: int, value: str, style: str) -> Made:
        if not value:
            return "", ""
        shown = self._sheet.fitted(self._row, col, value)
        return self._sheet.text_xml(self._row, col, shown, style), shown

    def _number(self, value: float, style: str) -> Made:
        return self._sheet.number_xml(value, style), value

    def _answer(self, one: _Field, heads: tuple[str, ...], hidden: bool) -> None:
        """One answer: its code, typed, and its label."""
        different = heads if len(heads) == 1 else tuple(dict.fromkeys(heads))
        if hidden:
            if any(different):
                self._pair(one, self._job.withheld, self._job.withheld, "withheld")
        elif len(different) > 1:
            shown = " | ".join(one.label(value) or "–" for value in different)
            values = " | ".join(value or "–" for value in different)
            self._pair(one, f"{self._job.conflict}: {values}", shown, "conflict")
        elif different[0]:
            self._single(one, different[0])

    def _single(self, one: _Field, value: str) -> None:
        if not one.labels:
            self._put(one.col, self._value(one, value))
            return
        made = one.made.get(value)
        if made is None:
            label = self._text(one.col + 1, one.label(value), "grey")
            made = one.made[value] = (self._value(one, value), label)
        self._put(one.col, made[0])
        self._put(one.col + 1, made[1])

    def _pair(self, one: _Field, value: str, label: str, style: str) -> None:
        self._put(one.col, self._text(one.col, value, style))
        if one.labels:
            self._put(one.col + 1, self._text(one.col + 1, label, style))

    def _value(self, one: _Field, value: str) -> Made:
        """A number, a day or a text; codes are text, but for the cells of the needs matrix, which are counted."""
        datatype = one.column.datatype
        if (one.as_number or datatype in NUMBERS) and len(value) <= DIGITS and _NUMBER.fullmatch(value):
            return self._number(float(value), "number")
        if datatype == "date" and (day := _day(value)) is not None:
            return self._sheet.number_xml(serial(day), "date"), day
        return self._text(one.col, value, "text")


def _state(job: Job, state: str) -> str:
    match state:
        case "completed":
            return job.tr("completed")
        case "in_progress" | "open":
            return job.tr("in progress")
        case _:
            return state


def _day(value: str) -> date | None:
    """A day that a spreadsheet knows (from 1900-03-01: before it counts a day that never was)."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= date(1900, 3, 1) else None
