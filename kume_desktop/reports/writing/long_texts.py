"""Texts that no cell can hold: they begin in their cell and stand whole, in parts, on a sheet of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.reports.writing.cells import Jump, near, quoted
from kume_desktop.reports.writing.table import Col, Table

if TYPE_CHECKING:
    from kume_desktop.reports.writing.job import Job
    from kume_desktop.reports.writing.sheet import Sheet

PART = 16_000
"""Characters of a part: 32,000 units of Excel where all of them are emoji."""
BEGINNING = 1_000
TOP = 5


@dataclass(frozen=True, slots=True)
class _Part:
    sheet: str
    cell: str
    number: int
    of: int
    text: str


class LongTexts:
    """Where long texts stand; `name` is the name that their sheet will have, `pointer` the words that lead there."""

    def __init__(self, name: str, pointer: str) -> None:
        self.name = name
        self._pointer = pointer
        self._parts: list[_Part] = []

    @property
    def is_empty(self) -> bool:
        """Whether every text fits into its cell."""
        return not self._parts

    def add(self, sheet: str, row: int, col: int, text: str) -> tuple[str, str]:
        """Take a text in; returns what stands in its cell and where the whole of it is."""
        place = TOP + 1 + len(self._parts)
        pieces = [text[start : start + PART] for start in range(0, len(text), PART)]
        self._parts += [
            _Part(sheet, near(row, col), number, len(pieces), piece) for number, piece in enumerate(pieces, start=1)
        ]
        shown = f"{text[:BEGINNING]} … [{self._pointer.format(sheet=self.name, row=place + 1)}]"
        return shown, f"{quoted(self.name)}!A{place + 1}"

    def write(self, job: Job, sheet: Sheet) -> None:
        """Write the sheet: one row a part; put together, the parts are the text as it was given."""
        note = job.tr(
            "Texts longer than a cell of Excel can hold. The parts of a text, one after the other, are the whole."
        )
        columns = (
            Col("sheet", job.tr("Sheet"), 24),
            Col("cell", job.tr("Cell"), 10, "link"),
            Col("part", job.tr("Part"), 8, "count"),
            Col("parts", job.tr("of parts"), 8, "count"),
            Col("text", job.tr("Text"), 120, "wrap"),
        )
        job.begin(sheet, job.tr("Long texts"), [column.width for column in columns], note)
        table = Table(job, sheet, "long_texts", columns, TOP)
        for part in self._parts:
            back = Jump(f"{quoted(part.sheet)}!{part.cell}", part.cell)
            row = table.add((part.sheet, back, part.number, part.of, part.text))
            sheet.raw.set_row(row, 60)
        table.end()
