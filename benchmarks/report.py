"""Write the audit workbook of the demonstration study, against the same cells written without thinking.

Measured: from the open study with its results (read, lay out) to the workbook on disk, all sheets but the pictures,
which are drawn and not written. The reference takes every cell of that same workbook, formulas included, and hands it
to XlsxWriter's `write` one after the other: no formats, no cached values, no checks, no charts.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import Measurement, interleaved, tell

ROUNDS = 5
Cells = dict[str, list[tuple[int, int, object]]]


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from kume_desktop.services import reporting, results, studies
    from kume_desktop.services.demonstration import create

    path = create.ensure(folder, "demo")
    with studies.open_study(path, create.PASSPHRASE) as study:
        results.compute(study)
        reporting.write_report(study, folder / "rapor.xlsx", "tr", sheets=without_pictures())
        cells = read_cells(folder / "rapor.xlsx")
        tell(f"  {sum(map(len, cells.values()))} cells on {len(cells)} sheets, {rounds} rounds")
        ours, plain = interleaved(
            lambda: reporting.write_report(study, folder / "rapor.xlsx", "tr", sheets=without_pictures()),
            lambda: write_plainly(cells, folder / "plain.xlsx"),
            rounds,
        )
    return Measurement("report", ours, "ms", "the same cells through XlsxWriter's write(), nothing else", plain)


def without_pictures() -> tuple[str, ...]:
    """All parts of the audit edition but the pictures."""
    from kume_desktop.reports.contents import AUDIT, of_edition

    return tuple(kind.key for kind in of_edition(AUDIT) if kind.key != "pictures")


def read_cells(workbook: Path) -> Cells:
    """Sheet -> (row, column, value) of every cell that holds something; formulas as text that begins with '='."""
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, _plain(cell.value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and cell.column is not None
        ]
        for sheet in book.worksheets
    }


def _plain(value: object) -> object:
    """A value as `write` takes it; array formulas become plain ones."""
    return getattr(value, "text", value)


def write_plainly(cells: Cells, target: Path) -> None:
    """Write the cells the quickest way that comes to mind."""
    from xlsxwriter import Workbook

    with Workbook(str(target), {"default_date_format": "dd.mm.yyyy", "remove_timezone": True}) as book:
        for name, rows in cells.items():
            sheet = book.add_worksheet(name)
            for row, column, value in rows:
                sheet.write(row, column, value)
