"""The cells of a sheet that is being written: nothing is cut, dropped or turned into a formula without a word.

Every limit of Excel is checked before a cell is made; a text too long for a cell goes on in the sheet of long texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, Where, problem
from kume_desktop.reports.writing.cells import (
    MAX_ARGUMENTS,
    MAX_COLUMNS,
    MAX_FORMULA,
    MAX_ROWS,
    MAX_TEXT,
    Content,
    Jump,
    Live,
    escaped,
    here,
    letter,
    live_xml,
    most_arguments,
    near,
    number_xml,
    serial,
)

if TYPE_CHECKING:
    from kume_desktop.reports.writing.book import Book
    from kume_desktop.reports.writing.raw import RawSheet

MAX_LINKS = 40_000
Fact = str | float | date


class Grid:
    """Rows and columns count from 0. `facts` and `lives` say what was written, for the checksums.

    `facts`: row -> column -> value of the cells that are no formulas, of rows that are not finished (`told` and
    `values` know all rows); `lives`: (row, column) -> formula.
    `hidden`: cells whose figure was not shown for confidentiality.
    """

    def __init__(self, book: Book, raw: RawSheet, name: str) -> None:
        self.book = book
        self.raw = raw
        self.name = name
        self.links = 0
        self.hidden = 0
        self.facts: dict[int, dict[int, Fact]] = {}
        self._packed: dict[int, tuple[Fact | None, ...]] = {}
        self.lives: dict[tuple[int, int], str] = {}

    def text(self, row: int, col: int, value: str, style: str = "text") -> None:
        """Write a text; it stays one whatever it begins with. An empty text is a blank cell."""
        if not value:
            self.blank(row, col, style)  # an empty string is no blank cell
            return
        if len(value) > MAX_TEXT // 2:
            value = self.fitted(row, col, value)
        self._keep(row, col, f'"{self._string(row, col, value)}', style)
        self._fact(row, col, value)

    def fitted(self, row: int, col: int, value: str) -> str:
        """The text if a cell can hold it, else its beginning: the whole then stands on the sheet of long texts."""
        if len(value) <= MAX_TEXT // 2 or self._units(row, col, value) <= MAX_TEXT:
            return value
        shown, target = self.book.continue_text(self, row, col, value)
        if self.links < MAX_LINKS:
            self.link(row, col, target)
        return shown

    def number(self, row: int, col: int, value: float, style: str = "number") -> None:
        """Write a number."""
        self._keep(row, col, f'"><v>{number_xml(value)}</v></c>', style)
        self._fact(row, col, value)

    def blank(self, row: int, col: int, style: str = "text") -> None:
        """Leave a cell blank, with the look of its column."""
        self._keep(row, col, '"/>', style)

    def day(self, row: int, col: int, value: date, style: str = "date") -> None:
        """Write a day, or a moment as the clock of this computer shows it."""
        shown = here(value) if isinstance(value, datetime) else value
        self._keep(row, col, f'"><v>{number_xml(serial(shown))}</v></c>', style)
        self._fact(row, col, shown)

    def live(self, row: int, col: int, cell: Live, style: str = "number") -> None:
        """Write a formula with its value; in a book of values only, the value."""
        if self.book.values_only:
            self.put(row, col, cell.value, style)
            return
        if len(cell.formula) + 1 > MAX_FORMULA:
            raise Refused(self._problem("report.formula-too-long", row, col, length=len(cell.formula) + 1))
        if cell.formula.count(",") >= MAX_ARGUMENTS and most_arguments(cell.formula) > MAX_ARGUMENTS:
            raise Refused(self._problem("report.formula-too-wide", row, col, arguments=most_arguments(cell.formula)))
        if isinstance(cell.value, str) and self._units(row, col, cell.value) > MAX_TEXT:
            raise Refused(self._too_long(row, col, cell.value))
        self._keep(row, col, f'"{live_xml(cell.formula, cell.value)}', style)
        self.lives[row, col] = cell.formula

    def jump(self, row: int, col: int, cell: Jump, style: str = "link") -> None:
        """Write a link to `cell.target` (as from `ref`) that shows a text or a number."""
        self.put(row, col, cell.shown, style)
        self.link(row, col, cell.target)

    def link(self, row: int, col: int, target: str) -> None:
        """Let a cell that is written lead to `target`."""
        if self.links >= MAX_LINKS:
            raise Refused(self._problem("report.too-many-links", row, col, limit=MAX_LINKS))
        self.raw.jumps.append((near(row, col), target.replace("$", "")))
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
            case date():
                self.day(row, col, cell, style)
            case _:
                self.number(row, col, cell, style)

    def line(self, row: int, xml: Sequence[str], facts: dict[int, Fact]) -> None:
        """Write a whole row that was made elsewhere, cell after cell; nothing else can be written into it."""
        if row >= MAX_ROWS:
            raise Refused(self._problem("report.too-many-cells", row, 0))
        if self.book.is_written:
            self.raw.keep_line(row, "".join(xml))
        self._pack(row, facts)

    def seal(self, row: int) -> None:
        """Nothing else will be written into a row: its cells become one text, which takes half of the memory."""
        cells = self.raw.cells.pop(row, None)
        if cells is not None and self.book.is_written:
            self.raw.keep_line(row, "".join([cells[col] for col in sorted(cells)]))
        facts = self.facts.pop(row, None)
        if facts is not None:
            self._pack(row, facts)

    def values(self, row: int, first: int, count: int) -> list[Fact]:
        """What stands side by side from a column on; '' where nothing does, or a formula."""
        packed = self._packed.get(row)
        if packed is None:
            facts = self.facts.get(row, {})
            return [facts.get(col, "") for col in range(first, first + count)]
        found = ["" if value is None else value for value in packed[first : first + count]]
        return found + [""] * (count - len(found))

    def told(self) -> Iterator[tuple[int, list[tuple[int, Fact]]]]:
        """Row and its (column, value) of every row with facts, from top to bottom, from left to right."""
        for row in sorted(self.facts.keys() | self._packed.keys()):
            packed = self._packed.get(row)
            if packed is None:
                yield row, sorted(self.facts[row].items(), key=itemgetter(0))
            else:
                yield row, [(col, value) for col, value in enumerate(packed) if value is not None]

    def _pack(self, row: int, facts: Mapping[int, Fact]) -> None:
        """Keep the facts of a row that is finished, without their columns: a quarter of the memory."""
        self._packed[row] = tuple(facts.get(col) for col in range(max(facts, default=-1) + 1))

    def _units(self, row: int, col: int, value: str) -> int:
        try:
            return len(value) if value.isascii() else len(value.encode("utf-16-le")) // 2
        except UnicodeEncodeError as error:
            raise Refused(self._problem("report.text-not-writable", row, col)) from error

    def _string(self, row: int, col: int, value: str) -> str:
        """A text cell behind its style; a new text is checked once for the whole book."""
        place = self.book.strings.get(value)
        if place is None:
            self._units(row, col, value)
            if value.startswith("<r>") and value.endswith("</r>"):  # XlsxWriter would take it for its own markup
                return f' t="inlineStr"><is><t xml:space="preserve">{escaped(value)}</t></is></c>'
            place = self.book.strings[value] = len(self.book.strings)
        return f' t="s"><v>{place}</v></c>'

    def text_xml(self, row: int, col: int, value: str, style: str = "text") -> str:
        """The XML of a text cell for `line`: everything behind the reference of the cell."""
        return f' s="{self.book.look(style)}"{self._string(row, col, value)}'

    def number_xml(self, value: float, style: str = "number") -> str:
        """The XML of a number cell for `line`: everything behind the reference of the cell."""
        return f' s="{self.book.look(style)}"><v>{number_xml(value)}</v></c>'

    def _keep(self, row: int, col: int, xml: str, style: str) -> None:
        if row >= MAX_ROWS or col >= MAX_COLUMNS:
            raise Refused(self._problem("report.too-many-cells", row, col))
        self.raw.widest = max(self.raw.widest, col)
        cells = self.raw.cells.get(row)
        if cells is None:
            cells = self.raw.cells[row] = {}
        cells[col] = f'<c r="{letter(col)}{row + 1}" s="{self.book.look(style)}{xml}'

    def _fact(self, row: int, col: int, told: Fact) -> None:
        facts = self.facts.get(row)
        if facts is None:
            facts = self.facts[row] = {}
        facts[col] = told

    def _too_long(self, row: int, col: int, value: str) -> Problem:
        return self._problem("report.text-too-long", row, col, length=self._units(row, col, value), limit=MAX_TEXT)

    def _problem(self, code: str, row: int, col: int, **params: str | float) -> Problem:
        return problem(code, Where(sheet=self.name, row=row + 1, column=letter(col)), **params)
