"""XlsxWriter's worksheet with rows, links and merged cells that arrive as finished XML.

It replaces what XlsxWriter does for each cell; widths, heights, print set-up, charts, pictures, filters and conditional
formats stay its own. The private methods that are overridden have kept their names since version 1; a test writes a
workbook with every kind of cell and reads it back.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import cached_property
from html import escape, unescape
from typing import Any

from xlsxwriter.worksheet import Worksheet

_VALUE = re.compile(r"<v>(.*?)</v>", re.DOTALL)
_SHORT = 1_000


class RawSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """`cells`: row -> column -> XML; `lines`: row -> XML of the whole row (a row is in one of the two).

    A long line is kept compressed: those of a large study together are hundreds of megabytes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[int, dict[int, str]] = {}
        self.lines: dict[int, str | bytes] = {}
        self.jumps: list[tuple[str, str]] = []
        self.strings: Mapping[str, int] = {}
        self.widest = 0
        self._texts_in_lines = 0

    def keep_line(self, row: int, xml: str) -> None:
        """Keep a whole row."""
        self._texts_in_lines += xml.count(' t="s"')
        self.lines[row] = xml if len(xml) < _SHORT else zlib.compress(xml.encode("utf-8"), 1)

    def join(self, row: int, first: int, last: int) -> None:
        """Merge cells of one row."""
        self.merge.append([row, first, row, last])

    def texts(self) -> int:
        """How many cells hold a text of the common table."""
        own = sum(xml.count(' t="s"') for cells in self.cells.values() for xml in cells.values())
        return own + self._texts_in_lines

    def _rows(self) -> list[int]:
        return sorted({*self.cells, *self.lines, *self.row_info})

    def _write_dimension(self) -> None:
        rows = self._rows()
        if rows:
            self.dim_rowmin, self.dim_rowmax = rows[0], rows[-1]
            self.dim_colmin, self.dim_colmax = 0, self.widest
        super()._write_dimension()

    def _write_sheet_data(self) -> None:
        write = self.fh.write
        write("<sheetData>")
        for row in self._rows():
            line = self.lines.pop(row, None)
            own = self.cells.pop(row, {})
            if isinstance(line, bytes):
                line = zlib.decompress(line).decode("utf-8")
            inner = "".join([own[col] for col in sorted(own)]) if line is None else line
            write(f"<row{self._row_attributes(row)}>{inner}</row>")
        write("</sheetData>")

    def _row_attributes(self, row: int) -> str:
        info = self.row_info.get(row)
        told = f' r="{row + 1}"'
        if info is None:
            return told
        if info.row_format is not None:
            told += f' s="{info.row_format._get_xf_index()}" customFormat="1"'
        if info.height is not None and info.height != self.default_row_height:
            told += f' ht="{info.height * 0.75:.16g}" customHeight="1"'
        return told

    def _write_hyperlinks(self) -> None:
        if self.jumps:
            told = (f'<hyperlink ref="{ref}" location="{escape(target)}"/>' for ref, target in self.jumps)
            self.fh.write(f"<hyperlinks>{''.join(told)}</hyperlinks>")

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[Any]:
        """The values that a chart keeps of its cells; charts are made before the sheets are written."""
        span = ((row, col) for row in range(row_start, row_end + 1) for col in range(col_start, col_end + 1))
        return [self._value(self.cells.get(row, {}).get(col, "")) for row, col in span]

    def _value(self, xml: str) -> str | None:
        found = _VALUE.search(xml)
        if found is None:
            return None
        if ' t="s"' not in xml:
            return unescape(found[1])
        return self._texts[int(found[1])]

    @cached_property
    def _texts(self) -> list[str]:
        """The common table in its order; asked for when everything is written."""
        return list(self.strings)
