"""Workbooks written once for many tests, read back with openpyxl."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from kume_desktop.reports.content import ReportContent, WrittenReport
from kume_desktop.reports.workbook import write_audit_workbook
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


def write(content: ReportContent, folder: Path, lang: str = "tr") -> ReadBack:
    report = write_audit_workbook(content, folder / f"rapor-{lang}.xlsx", lang)
    return ReadBack(
        content, report, openpyxl.load_workbook(report.path), openpyxl.load_workbook(report.path, data_only=True)
    )


@pytest.fixture(scope="session")
def study() -> ReportContent:
    return a_study()


@pytest.fixture(scope="session")
def book(study, tmp_path_factory) -> ReadBack:
    return write(study, tmp_path_factory.mktemp("rapor"))


@pytest.fixture(scope="session")
def english(study, tmp_path_factory) -> ReadBack:
    return write(study, tmp_path_factory.mktemp("report"), "en")


@pytest.fixture(scope="session")
def panel(tmp_path_factory) -> ReadBack:
    return write(a_panel_study(), tmp_path_factory.mktemp("panel"))
