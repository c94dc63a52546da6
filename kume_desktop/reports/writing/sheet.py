"""A sheet that is being written: its cells, and what stands around them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kume_desktop.reports.writing.cells import Content, Live, letter, near, quoted
from kume_desktop.reports.writing.grid import MAX_LINKS, Fact, Grid
from kume_desktop.reports.writing.styles import ROW_HEIGHT, Properties

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

__all__ = ("LINE_HEIGHT", "MAX_LINKS", "Fact", "Sheet")

LINE_HEIGHT = 13.5


def _lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes, a little too many rather than too few."""
    return sum(max(1, math.ceil(len(line) * 0.95 / width)) for line in text.split("\n"))


class Sheet(Grid):
    """A grid with a place among the sheets; rows and columns count from 0."""

    @property
    def formulas(self) -> int:
        """How many formulas were written."""
        return len(self.lives)

    def ref(self, row: int, col: int) -> str:
        """A cell of this sheet for formulas anywhere, absolute."""
        return f"{quoted(self.name)}!${letter(col)}${row + 1}"

    def column(self, col: int, first: int, last: int) -> str:
        """The cells of one column from row `first` to row `last` for formulas anywhere, absolute."""
        return f"{quoted(self.name)}!${letter(col)}${first + 1}:${letter(col)}${last + 1}"

    def row(self, row: int, cells: Iterable[Content], styles: Sequence[str], first: int = 0) -> None:
        """Write cells side by side from column `first`."""
        for place, (cell, style) in enumerate(zip(cells, styles, strict=True), start=first):
            self.put(row, place, cell, style)

    def across(self, row: int, first: int, last: int, value: str, style: str) -> None:
        """Write a text over several columns."""
        self.text(row, first, value, style)
        if first < last:
            for col in range(first + 1, last + 1):
                self.blank(row, col, style)
            self.raw.join(row, first, last)

    def live_across(self, row: int, first: int, last: int, cell: Live, style: str) -> None:
        """Write a formula over several columns."""
        self.across(row, first, last, "", style)
        self.live(row, first, cell, style)

    def widths(self, widths: Sequence[float], first: int = 0) -> None:
        """Set the widths of columns, in characters."""
        for col, width in enumerate(widths, start=first):
            self.raw.set_column(col, col, width)

    def grow(self, row: int, *texts: tuple[str, float], least: float = 0) -> None:
        """Make a row high enough for wrapped texts, each with the width of its column; a single line stays as it is."""
        lines = max((_lines(text, width) for text, width in texts), default=1)
        height = max(LINE_HEIGHT * lines + 2 if lines > 1 else 0, least)
        if height:
            self.raw.set_row(row, min(height, 409))  # Excel's highest row

    def height(self, row: int) -> float:
        """The height of a row in points."""
        info = self.raw.row_info.get(row)
        return float(ROW_HEIGHT) if info is None or info.height is None else float(info.height) * 0.75

    def colour(self, area: tuple[int, int, int, int], formula: str, looks: Properties) -> None:
        """Colour the cells (first row, first column, last row, last column) where `formula` holds for the first."""
        options = {
            "type": "formula", "criteria": f"={formula}", "format": self.book.format(looks), "stop_if_true": True,
        }  # fmt: skip
        code = int(self.raw.conditional_format(*area, options) or 0)
        if code:
            raise ValueError(f"{self.name}!{near(*area[:2])}: the writer returned {code}")

    def chart(self, row: int, col: int, chart: Chart, width: int, height: int, told: str = "") -> None:
        """Put a chart with its upper left corner into a cell; pixels. `told`: the chart in words."""
        chart.set_size({"width": width, "height": height})
        self.raw.insert_chart(row, col, chart, {"object_position": 2, "description": told})
