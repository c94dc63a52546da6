"""Two sheets for programs and for those who want to recompute: which column is where, and checksums of the cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kume_desktop.reports.writing.cells import letter
from kume_desktop.reports.writing.digests import chunks, constants, formula_runs
from kume_desktop.reports.writing.table import Col, Table, TableFacts

if TYPE_CHECKING:
    from kume_desktop.reports.writing.job import Job
    from kume_desktop.reports.writing.sheet import Sheet

FORMAT = "kume-report 2"
TOP = 5
_PIECE = 30_000


def write_columns(job: Job, sheet: Sheet) -> None:
    """Write one row for each column of each table, with the formula of its first row."""
    note = job.tr(
        "Every column of the result sheets by a name that is the same in every language; rows and letters as written."
    )
    columns = (
        Col("table", job.tr("Table"), 18),
        Col("sheet", job.tr("Sheet"), 26),
        Col("first", job.tr("First row"), 9, "count"),
        Col("last", job.tr("Last row"), 9, "count"),
        Col("letter", job.tr("Letter"), 8, "centre"),
        Col("key", job.tr("Key"), 24),
        Col("head", job.tr("Head"), 44),
        Col("formula", job.tr("Formula of the first row"), 90),
    )
    job.begin(sheet, job.tr("Columns"), [column.width for column in columns], note)
    table = Table(job, sheet, "columns", columns, TOP)
    for facts in list(job.tables):
        for place, (key, head) in enumerate(zip(facts.keys, facts.heads, strict=True), start=facts.left):
            formula = facts.sheet.lives.get((facts.first, place), "")
            table.add((
                facts.key, facts.sheet.name, facts.first + 1, facts.last + 1, letter(place), key, head,
                f"={formula}" if formula else "",
            ))  # fmt: skip
    table.end(2)


def find_table(job: Job, key: str) -> TableFacts | None:
    """The table that was registered under a key."""
    return next((facts for facts in job.tables if facts.key == key), None)


def write_checks(job: Job, sheet: Sheet) -> None:
    """Write the checksums of all sheets that are there; this one comes last."""
    note = job.tr(
        "For the check of this workbook: checksums of cells and formulas, and the method as data. Do not sort."
    )
    columns = (
        Col("sheet", job.tr("Sheet"), 26),
        Col("kind", job.tr("Kind"), 12),
        Col("part", job.tr("Part"), 7, "count"),
        Col("text", job.tr("Text"), 120, "machine"),
    )
    job.begin(sheet, job.tr("Checksums"), [column.width for column in columns], note)
    table = Table(job, sheet, "checks", columns, TOP)
    for name, kind, text in _checks(job, sheet):
        pieces = [text[start : start + _PIECE] for start in range(0, max(len(text), 1), _PIECE)]
        for number, piece in enumerate(pieces, start=1):
            table.add((name, kind, number, piece))
    table.end()


def _checks(job: Job, own: Sheet) -> Iterator[tuple[str, str, str]]:
    content = job.content
    yield "", "format", FORMAT
    yield "", "edition", content.edition.kind
    yield "", "language", job.lang
    yield "", "program", content.edition.program_version
    yield "", "columns", job.names.fixed["columns"]
    yield "", "method", content.method.to_json()
    for sheet in job.book.sheets:
        if sheet is not own:
            by_row, by_column = constants(sheet.told())
            rows = (f"{row + 1}:{told}" for row, told in by_row.items())
            columns = (f"{letter(col)}:{told}" for col, told in sorted(by_column.items()))
            formulas = (f"{letter(col)}{row + 1}:{told}" for row, col, told in formula_runs(sheet.lives))
            if not (by_row or sheet.lives):
                yield sheet.name, "rows", ""
            for kind, words in (("rows", rows), ("columns", columns), ("formulas", formulas)):
                for text in chunks(words):
                    yield sheet.name, kind, text
