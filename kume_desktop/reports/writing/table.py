"""A table on a sheet: heads, rows, filter, and the list of its columns that the workbook carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.reports.writing.cells import Content, near

if TYPE_CHECKING:
    from kume_desktop.reports.writing.job import Job
    from kume_desktop.reports.writing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Col:
    """A column: `key` names it in every language, `head` is said, `width` in characters, `style` of its cells."""

    key: str
    head: str
    width: float
    style: str = "text"


@dataclass(frozen=True, slots=True)
class TableFacts:
    """Where a table stands: rows from 0, `keys` and `heads` of its columns from column `left` on."""

    key: str
    sheet: Sheet
    first: int
    last: int
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    left: int = 0


class Table:
    """A table that grows downward; `top` is the row of its heads."""

    def __init__(self, job: Job, sheet: Sheet, key: str, columns: Sequence[Col], top: int, height: float = 30) -> None:
        self._job = job
        self._key = key
        self.sheet = sheet
        self.columns = tuple(columns)
        self.top = top
        self.next = top + 1
        self.at = {column.key: place for place, column in enumerate(self.columns)}
        self.styles = [column.style for column in self.columns]
        sheet.raw.set_row(top, height)
        job.heads(sheet, [column.head for column in self.columns], self.styles, top)

    def add(self, cells: Sequence[Content], styles: Mapping[str, str] | None = None) -> int:
        """Write the next row; `styles` by key where a cell looks otherwise than its column. Returns the row."""
        row = self.next
        looks = self.styles
        if styles:
            looks = [styles.get(column.key, column.style) for column in self.columns]
        self.sheet.row(row, cells, looks)
        self.sheet.seal(row)
        self.next += 1
        return row

    def here(self, key: str, row: int | None = None) -> str:
        """A cell of the row (of the one that comes next), for formulas of the same sheet."""
        return near(self.next if row is None else row, self.at[key])

    def ref(self, key: str, row: int) -> str:
        """A cell for formulas anywhere, absolute."""
        return self.sheet.ref(row, self.at[key])

    def span(self, key: str, rows: int) -> str:
        """A column over `rows` rows, for formulas anywhere."""
        return self.sheet.column(self.at[key], self.top + 1, self.top + max(rows, 1))

    def grow(self, row: int, cells: Sequence[Content], least: float = 0) -> None:
        """Make a row high enough for the texts in it."""
        texts = [
            (cell, column.width)
            for cell, column in zip(cells, self.columns, strict=True)
            if isinstance(cell, str) and "wrap" in column.style
        ]
        self.sheet.grow(row, *texts, least=least)

    def end(self, fixed: int = 1, *, first_on_sheet: bool = True) -> int:
        """Finish: filter and fixed heads (one table a sheet has them), entry in the list; returns the row after."""
        last = max(self.next - 1, self.top + 1)
        if first_on_sheet:
            self._job.table(self.sheet, last, len(self.columns), fixed, self.top)
        self._job.register(
            TableFacts(
                self._key, self.sheet, self.top + 1, self.next - 1, tuple(c.key for c in self.columns),
                tuple(c.head for c in self.columns),
            )
        )  # fmt: skip
        return last + 1
