"""Workbooks written once for many tests, read back with openpyxl."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from kume_desktop.reports.content import ReportContent, WrittenReport
from kume_desktop.reports.workbook import write_workbook
from tests.reports.full import as_publication, full_study
from tests.reports.making import a_panel_study, a_study


@dataclass(frozen=True)
class ReadBack:
    """A content, the report on it, and the workbook with formulas and with values."""

    content: ReportContent
    report: WrittenReport
    formulas: Workbook
    values: Workbook

    def table(self, sheet: str, head: int) -> list[dict[str, object]]:
        """The rows below the heads in row `head` (from 1), until the first empty one."""
        rows = self.values[sheet].iter_rows(min_row=head, values_only=True)
        names = [str(name) for name in next(rows) if name is not None]
        found = []
        for row in rows:
            if row[0] is None:
                break
            found.append(dict(zip(names, row, strict=False)))
        return found

    def rows(self, key: str) -> list[dict[str, object]]:
        """The rows of a table by the names of its columns, which are the same in every language."""
        name, first, last, columns = self.place(key)
        page = self.values[name]
        return [
            {column: page[f"{letter}{row}"].value for column, letter in columns.items()}
            for row in range(first, last + 1)
        ]

    def cell(self, key: str, row: int, column: str):
        """A cell of a table (row from 0) as it was written, formula or constant."""
        name, first, _last, columns = self.place(key)
        return self.formulas[name][f"{columns[column]}{first + row}"]

    def place(self, key: str) -> tuple[str, int, int, dict[str, str]]:
        """Sheet, first and last row and columns of a table, from the workbook's own list."""
        listed = self.values["Sütunlar" if "Sütunlar" in self.values.sheetnames else "Columns"]
        found = [row for row in listed.iter_rows(min_row=7, values_only=True) if row[0] == key]
        assert found, key
        return found[0][1], found[0][2], found[0][3], {row[5]: row[4] for row in found}


def write(content: ReportContent, folder: Path, lang: str = "tr") -> ReadBack:
    report = write_workbook(content, folder / f"rapor-{lang}.xlsx", lang)
    return ReadBack(
        content, report, openpyxl.load_workbook(report.path), openpyxl.load_workbook(report.path, data_only=True)
    )


@pytest.fixture(scope="session")
def small() -> ReportContent:
    return a_study()


@pytest.fixture(scope="session")
def book(small, tmp_path_factory) -> ReadBack:
    return write(small, tmp_path_factory.mktemp("rapor"))


@pytest.fixture(scope="session")
def english(small, tmp_path_factory) -> ReadBack:
    return write(small, tmp_path_factory.mktemp("report"), "en")


@pytest.fixture(scope="session")
def panel(tmp_path_factory) -> ReadBack:
    return write(a_panel_study(), tmp_path_factory.mktemp("panel"))


@pytest.fixture(scope="session")
def full() -> ReportContent:
    return full_study()


@pytest.fixture(scope="session")
def full_book(full, tmp_path_factory) -> ReadBack:
    return write(full, tmp_path_factory.mktemp("tam"))


@pytest.fixture(scope="session")
def public_book(full, tmp_path_factory) -> ReadBack:
    return write(as_publication(full), tmp_path_factory.mktemp("yayim"))
