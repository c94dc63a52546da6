"""A workbook that is being written: its sheets, its looks, its texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, Where, problem
from kume_desktop.reports.writing.cells import MAX_TEXT, letter
from kume_desktop.reports.writing.parts import PartedWorkbook
from kume_desktop.reports.writing.raw import RawSheet
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.styles import Properties, styles

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format

    from kume_desktop.reports.writing.grid import Grid
    from kume_desktop.reports.writing.long_texts import LongTexts


class Book:
    """`values_only`: formulas leave their values. `lang` decides how dates and numbers are shown.

    `strings`: every text once, with its place in the file's table. `long_texts`: where a text goes on that no cell
    can hold; without one such a text is refused. `is_written`: whether it becomes a file; else only its facts are kept.
    """

    def __init__(
        self, path: Path, properties: Mapping[str, str], lang: str = "tr", *, values_only: bool = False
    ) -> None:
        self._path = path
        self._book = PartedWorkbook()
        self._book.set_properties(dict(properties))
        self._book.set_calc_mode("auto")
        self._formats: dict[str, Format] = {}
        self._looks: dict[str, int] = {}
        self._styles = styles(lang)
        self.lang = lang
        self.values_only = values_only
        self.is_written = True
        self.strings: dict[str, int] = {}
        self.long_texts: LongTexts | None = None
        self.sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """A new sheet after the others."""
        made = self._sheet(name)
        self.sheets.append(made)
        return made

    @cached_property
    def shadow(self) -> Book:
        """A book that is never written: what other sheets quote and the file does not get is computed there."""
        made = Book.unwritten(self.lang)
        made.long_texts = self.long_texts
        return made

    @staticmethod
    def unwritten(lang: str) -> Book:
        """A book of values that is filled and never written."""
        made = Book(Path(), {}, lang, values_only=True)
        made._book.fileclosed = True  # XlsxWriter would write it when it is forgotten
        made.is_written = False
        return made

    def _sheet(self, name: str) -> Sheet:
        raw = self._book.add_worksheet(name, RawSheet)
        raw.strings = self.strings
        return Sheet(self, raw, name)

    def style(self, name: str) -> Format:
        """The format called `name`."""
        if name not in self._formats:
            self._formats[name] = self._book.add_format(dict(self._styles[name]))
        return self._formats[name]

    def look(self, name: str) -> int:
        """The number of a format in the file."""
        found = self._looks.get(name)
        if found is None:
            found = self._looks[name] = int(self.style(name)._get_xf_index())
        return found

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

    def continue_text(self, sheet: Grid, row: int, col: int, value: str) -> tuple[str, str]:
        """What stands in the cell of a text that is too long, and where the whole of it stands."""
        if self.long_texts is None:
            where = Where(sheet=sheet.name, row=row + 1, column=letter(col))
            raise Refused(problem("report.text-too-long", where, length=len(value), limit=MAX_TEXT))
        return self.long_texts.add(sheet.name, row, col, value)

    @property
    def formulas(self) -> int:
        """How many formulas were written."""
        return sum(sheet.formulas for sheet in self.sheets)

    @property
    def links(self) -> int:
        """How many links were written."""
        return sum(sheet.links for sheet in self.sheets)

    @property
    def hidden(self) -> int:
        """How many cells keep their figure to themselves."""
        return sum(sheet.hidden for sheet in self.sheets)

    def close(self) -> None:
        """Write the file; raises OSError where the disk says no."""
        table = self._book.str_table
        table.string_table = self.strings
        table.unique_count = len(self.strings)
        table.count = sum(sheet.raw.texts() for sheet in self.sheets)
        with self._path.open("wb") as file:
            self._book.write_to(file)
