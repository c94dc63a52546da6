"""The one helper around XlsxWriter: nothing is cut, dropped or turned into a formula without a word.

XlsxWriter reports the 32,768th character and the 65,531st link by a return code only; here every code is read, and
limits of the format that it does not know (8,192 characters and 255 arguments of a formula) are checked before.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, Where, problem
from kume_desktop.reports.styles import STYLES, Properties

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_TEXT = 32_767
MAX_FORMULA = 8_192
MAX_ARGUMENTS = 255
MAX_LINKS = 40_000
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
LINE_HEIGHT = 13.5


@dataclass(frozen=True, slots=True)
class Live:
    """A formula (without `=`) with the value that it has now; None is shown as an empty text."""

    formula: str
    value: str | float | None


@dataclass(frozen=True, slots=True)
class Jump:
    """A cell that leads to another place of the workbook; `shown` keeps its type."""

    target: str
    shown: str | float


Content = str | float | Live | Jump | None


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it.

    >>> quoted("Ali'nin sayfası")
    "'Ali''nin sayfası'"
    """
    return "'" + sheet.replace("'", "''") + "'"


def literal(text: str) -> str:
    """A text as formulas write it.

    >>> print(literal('a "fit" one'))
    "a ""fit"" one"
    """
    return '"' + text.replace('"', '""') + '"'


def letter(col: int) -> str:
    """The letters of a column, 0 first.

    >>> letter(0), letter(25), letter(26), letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def near(row: int, col: int) -> str:
    """A cell of the same sheet, relative (row and column from 0).

    >>> near(4, 2)
    'C5'
    """
    return f"{letter(col)}{row + 1}"


def most_arguments(formula: str) -> int:
    """The number of arguments of the call with the most; texts and quoted sheet names do not count.

    >>> most_arguments("IF(SUM(A1,B1,C1)>0,'x,y,z,w'!A1)")
    3
    """
    if formula.count(",") < 2:
        return formula.count(",") + 1
    most, counts, quote = 1, [1], ""
    for sign in formula:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "(":
            counts.append(1)
        elif sign == ")":
            most = max(most, counts.pop() if len(counts) > 1 else counts[0])
        elif sign == ",":
            counts[-1] += 1
    return max(most, *counts)


def _lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes, a little too many rather than too few."""
    return sum(max(1, math.ceil(len(line) * 0.95 / width)) for line in text.split("\n"))


class Book:
    """A workbook that is being written, with its formats and counts."""

    def __init__(self, path: Path, properties: Mapping[str, str]) -> None:
        import xlsxwriter

        self._path = path
        self._content = io.BytesIO()
        self._book: Workbook = xlsxwriter.Workbook(
            self._content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._book.set_properties(dict(properties))
        self._book.set_calc_mode("auto")
        self._formats: dict[str, Format] = {}
        self.sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """A new sheet after the others."""
        made = Sheet(self, self._book.add_worksheet(name), name)
        self.sheets.append(made)
        return made

    def style(self, name: str) -> Format:
        """The format called `name`."""
        if name not in self._formats:
            self._formats[name] = self._book.add_format(dict(STYLES[name]))
        return self._formats[name]

    def format(self, properties: Properties) -> Format:
        """A format of its own, for conditional formats."""
        return self._book.add_format(dict(properties))

    def chart(self, kind: str, subtype: str = "") -> Chart:
        """A native chart: `column`, `bar`, `line`."""
        options = {"type": kind, "subtype": subtype} if subtype else {"type": kind}
        chart = self._book.add_chart(options)
        if chart is None:
            raise ValueError(kind)
        return chart

    @property
    def formulas(self) -> int:
        """How many formulas were written."""
        return sum(sheet.formulas for sheet in self.sheets)

    @property
    def links(self) -> int:
        """How many links were written."""
        return sum(sheet.links for sheet in self.sheets)

    def close(self) -> None:
        """Write the file; raises OSError where the disk says no."""
        self._book.close()
        self._path.write_bytes(self._content.getvalue())


class Sheet:
    """A sheet that is being written; rows and columns count from 0."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self.book = book
        self.raw = sheet
        self.name = name
        self.formulas = 0
        self.links = 0

    def ref(self, row: int, col: int) -> str:
        """A cell of this sheet for formulas anywhere, absolute."""
        return f"{quoted(self.name)}!${letter(col)}${row + 1}"

    def column(self, col: int, first: int, last: int) -> str:
        """The cells of one column from row `first` to row `last` for formulas anywhere, absolute."""
        return f"{quoted(self.name)}!${letter(col)}${first + 1}:${letter(col)}${last + 1}"

    def text(self, row: int, col: int, value: str, style: str = "text") -> None:
        """Write a text; it stays one whatever it begins with. An empty text is a blank cell."""
        if len(value) > MAX_TEXT:
            raise Refused(self._problem("report.text-too-long", row, col, length=len(value), limit=MAX_TEXT))
        if not value:
            self.blank(row, col, style)  # an empty string is no blank cell
            return
        self._checked(self.raw.write_string(row, col, value, self.book.style(style)), row, col)

    def number(self, row: int, col: int, value: float, style: str = "number") -> None:
        """Write a number."""
        self._checked(self.raw.write_number(row, col, value, self.book.style(style)), row, col)

    def blank(self, row: int, col: int, style: str = "text") -> None:
        """Leave a cell blank, with the look of its column."""
        self._checked(self.raw.write_blank(row, col, None, self.book.style(style)), row, col)

    def day(self, row: int, col: int, value: date, style: str = "date") -> None:
        """Write a day."""
        self._checked(self.raw.write_datetime(row, col, value, self.book.style(style)), row, col)

    def live(self, row: int, col: int, cell: Live, style: str = "number") -> None:
        """Write a formula with its value."""
        if len(cell.formula) + 1 > MAX_FORMULA:
            raise Refused(self._problem("report.formula-too-long", row, col, length=len(cell.formula) + 1))
        if cell.formula.count(",") >= MAX_ARGUMENTS and most_arguments(cell.formula) > MAX_ARGUMENTS:
            raise Refused(self._problem("report.formula-too-wide", row, col, arguments=most_arguments(cell.formula)))
        value = "" if cell.value is None else cell.value
        look = self.book.style(style)
        self._checked(self.raw.write_formula(row, col, f"={cell.formula}", look, value), row, col)
        self.formulas += 1

    def jump(self, row: int, col: int, cell: Jump, style: str = "link") -> None:
        """Write a link to `cell.target` (as from `ref`) that shows a text or a number."""
        if self.links >= MAX_LINKS:
            raise Refused(self._problem("report.too-many-links", row, col, limit=MAX_LINKS))
        look = self.book.style(style)
        target = f"internal:{cell.target.replace('$', '')}"
        shown = cell.shown if isinstance(cell.shown, str) else "."
        self._checked(self.raw.write_url(row, col, target, look, shown), row, col)
        if not isinstance(cell.shown, str):  # a link is a text in XlsxWriter; its number is written over it
            self.number(row, col, cell.shown, style)
        self.links += 1

    def put(self, row: int, col: int, cell: Content, style: str = "text") -> None:
        """Write a cell by its type; None stays blank."""
        match cell:
            case None:
                self.blank(row, col, style)
            case str():
                self.text(row, col, cell, style)
            case Live():
                self.live(row, col, cell, style)
            case Jump():
                self.jump(row, col, cell, style)
            case _:
                self.number(row, col, cell, style)

    def row(self, row: int, cells: Sequence[Content], styles: Sequence[str], first: int = 0) -> None:
        """Write cells side by side from column `first`."""
        for place, (cell, style) in enumerate(zip(cells, styles, strict=True), start=first):
            self.put(row, place, cell, style)

    def across(self, row: int, first: int, last: int, value: str, style: str) -> None:
        """Write a text over several columns."""
        if len(value) > MAX_TEXT:
            raise Refused(self._problem("report.text-too-long", row, first, length=len(value), limit=MAX_TEXT))
        if first == last:
            self.text(row, first, value, style)
            return
        self._checked(self.raw.merge_range(row, first, row, last, value, self.book.style(style)), row, first)

    def live_across(self, row: int, first: int, last: int, cell: Live, style: str) -> None:
        """Write a formula over several columns."""
        self.across(row, first, last, "", style)
        self.live(row, first, cell, style)

    def widths(self, widths: Sequence[float], first: int = 0) -> None:
        """Set the widths of columns, in characters."""
        for col, width in enumerate(widths, start=first):
            self.raw.set_column(col, col, width)

    def grow(self, row: int, *texts: tuple[str, float]) -> None:
        """Make a row high enough for wrapped texts, each with the width of its column; a single line stays as it is."""
        lines = max((_lines(text, width) for text, width in texts), default=1)
        if lines > 1:
            self.raw.set_row(row, LINE_HEIGHT * lines + 2)

    def colour(self, area: tuple[int, int, int, int], formula: str, looks: Properties) -> None:
        """Colour the cells (first row, first column, last row, last column) where `formula` holds for the first."""
        options = {
            "type": "formula", "criteria": f"={formula}", "format": self.book.format(looks), "stop_if_true": True,
        }  # fmt: skip
        self._checked(int(self.raw.conditional_format(*area, options) or 0), area[0], area[1])

    def chart(self, row: int, col: int, chart: Chart, width: int, height: int) -> None:
        """Put a chart with its upper left corner into a cell; pixels."""
        chart.set_size({"width": width, "height": height})
        self.raw.insert_chart(row, col, chart, {"object_position": 2})

    def _checked(self, code: int | None, row: int, col: int) -> None:
        if not code:
            return
        match code:
            case -1 if row >= MAX_ROWS or col >= MAX_COLUMNS:
                raise Refused(self._problem("report.too-many-cells", row, col))
            case -2:
                raise Refused(self._problem("report.text-too-long", row, col, length=MAX_TEXT + 1, limit=MAX_TEXT))
            case -3 | -4:
                raise Refused(self._problem("report.too-many-links", row, col, limit=MAX_LINKS))
            case _:
                raise ValueError(f"{self.name}!{near(row, col)}: the writer returned {code}")

    def _problem(self, code: str, row: int, col: int, **params: str | float) -> Problem:
        return problem(code, Where(sheet=self.name, row=row + 1, column=letter(col)), **params)
