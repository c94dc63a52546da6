"""The report of real studies: rows reconcile, formulas lead back, the numbers are those of the results."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kume_desktop import turkish
from kume_desktop.problems import Refused
from kume_desktop.services import reporting, results
from kume_desktop.services.studies import Study

pytestmark = [pytest.mark.change, pytest.mark.xdist_group("demonstration")]


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_that_the_workbook_of_the_demonstration_reconciles_its_rows(
    demonstration: Study, tmp_path: Path, lang: str
) -> None:
    written = reporting.write_report(demonstration, tmp_path / "rapor.xlsx", lang, reason="deneme")
    assert written.rows_in == written.rows_out > 250
    assert written.formulas > 1000
    book = openpyxl.load_workbook(written.path, read_only=False)
    assert book.sheetnames == list(written.sheets)


def test_that_every_sheet_says_that_the_data_are_invented(demonstration: Study, tmp_path: Path) -> None:
    written = reporting.write_report(demonstration, tmp_path / "rapor.xlsx", "tr")
    book = openpyxl.load_workbook(written.path)
    for sheet in book.worksheets:
        head = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=6, max_col=12) for cell in row if cell.value)
        assert "gösterim verisi" in turkish.lower(head), sheet.title


def test_that_the_cached_scores_are_those_of_the_results(scorecard: Study, tmp_path: Path) -> None:
    written = reporting.write_report(scorecard, tmp_path / "karne.xlsx", "tr")
    values = openpyxl.load_workbook(written.path, data_only=True)
    formulas = openpyxl.load_workbook(written.path)
    computed = results.current(scorecard)
    numbers = {
        round(cell.value, 9)
        for sheet in values.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and str(formulas[sheet.title][cell.coordinate].value).startswith("=")
    }
    for area in computed.areas:
        assert area.score is not None and round(area.score, 9) in numbers
        assert area.published_index in numbers


def test_that_a_missing_folder_is_refused_and_nothing_is_left_behind(scorecard: Study, tmp_path: Path) -> None:
    with pytest.raises(Refused) as call:
        reporting.write_report(scorecard, tmp_path / "yok" / "karne.xlsx", "tr")
    assert call.value.problems[0].code.startswith("report.")
    assert not list(tmp_path.glob("yok*"))
