"""Write the audit workbook of 2,000 firms with 120 answers each, against XlsxWriter writing the same cells.

Measured: from the gathered study with its results to the workbook on disk, all sheets but the pictures. The reference
is a plain loop over the same cells in XlsxWriter's `constant_memory` mode, the leanest way it has: one `write` for each
cell, formulas included, no formats, no cached values, no links. The most memory that the process held until the first
workbook was written is said as well; the reference is read and run after that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

from benchmarks.large_study import large_study
from benchmarks.measure import Measurement, interleaved, tell
from benchmarks.report import without_pictures

ROUNDS = 3
Rows = Mapping[str, list[list[tuple[int, object]]]]


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from dataclasses import replace

    from kume_desktop.reports.workbook import write_workbook

    begun = perf_counter()
    content = replace(large_study(), parts=without_pictures())
    tell(f"  study and results made in {perf_counter() - begun:.1f} s")
    written = write_workbook(content, folder / "rapor.xlsx", "tr")
    tell(f"  most memory until here: {peak_megabytes():.0f} MB")
    rows = read_rows(folder / "rapor.xlsx")
    cells = sum(len(row) for sheet in rows.values() for row in sheet)
    size = (folder / "rapor.xlsx").stat().st_size / 1e6
    tell(f"  {cells} cells on {len(rows)} sheets, {written.formulas} formulas, {written.links} links, {size:.1f} MB")
    ours, plain = interleaved(
        lambda: write_workbook(content, folder / "rapor.xlsx", "tr"),
        lambda: write_lean(rows, folder / "lean.xlsx"),
        rounds,
        warm_up=0,
    )
    return Measurement("report-2000", ours, "ms", "the same cells through XlsxWriter in constant_memory mode", plain)


def peak_megabytes() -> float:
    """The most memory that this process held; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if sys.platform == "linux" and status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return float(line.split()[1]) / 1024
    return 0.0


def read_rows(workbook: Path) -> Rows:
    """Sheet -> rows of (column, value) of the cells that hold something; formulas as text that begins with '='."""
    from kume_desktop.reports.checking.reading import read_pages

    found: dict[str, list[list[tuple[int, object]]]] = {}
    for name, page in read_pages(workbook).pages.items():
        rows: dict[int, list[tuple[int, object]]] = {}
        for (row, col), value in _cells(page.values, page.formulas):
            rows.setdefault(row, []).append((col, value))
        found[name] = [sorted(rows.get(row, []), key=lambda cell: cell[0]) for row in range(max(rows, default=0) + 1)]
    return found


def _cells(
    values: Mapping[tuple[int, int], object], formulas: Mapping[tuple[int, int], str]
) -> Iterator[tuple[tuple[int, int], object]]:
    yield from ((place, f"={formula}") for place, formula in formulas.items())
    yield from ((place, value) for place, value in values.items() if place not in formulas)


def write_lean(rows: Rows, target: Path) -> None:
    """Write the cells row by row, the way that takes XlsxWriter the least."""
    from xlsxwriter import Workbook

    with Workbook(str(target), {"constant_memory": True}) as book:
        for name, lines in rows.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(lines):
                for column, value in cells:
                    sheet.write(row, column, value)
