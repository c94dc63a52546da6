"""The report of real studies: rows reconcile, formulas lead back, the numbers are those of the results."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kume_desktop import turkish
from kume_desktop.problems import Refused
from kume_desktop.services import reporting, results
from kume_desktop.services.studies import Study

pytestmark = pytest.mark.change


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


def test_that_the_written_report_passes_its_own_check(demonstration: Study, tmp_path: Path) -> None:
    written = reporting.write_report(demonstration, tmp_path / "rapor.xlsx", "tr", reason="deneme", sheets=("ratings",))
    assert reporting.check_report(written.path) == ()
    written = reporting.write_report(
        demonstration, tmp_path / "yayim.xlsx", "en", edition="publication", sheets=("executive", "breakdowns")
    )
    assert reporting.check_report(written.path) == ()
    assert written.formulas == 0


def test_that_every_level_of_the_record_has_its_rater_evidence_and_reason(demonstration: Study) -> None:
    content = reporting.gather(demonstration)
    used = [row for row in content.ratings if row.used]
    assert used
    computed = results.current(demonstration)
    assert sum(one.n for area in computed.areas for one in area.indicators) == len(used)
    claims = [one for one in computed.analysis.claims if not one.indicator] if computed.analysis else []
    documented = sum(row.basis == "1" and (row.level or 0) >= 4 for row in used)
    assert documented == sum(one.documented for one in claims)


def test_that_some_areas_can_be_asked_for(demonstration: Study, tmp_path: Path) -> None:
    area = demonstration.areas()[0].code
    written = reporting.write_report(demonstration, tmp_path / "r.xlsx", "tr", areas=[area], sheets=("areas", "cells"))
    assert area in written.sheets
    assert not {other.code for other in demonstration.areas()[1:]} & set(written.sheets)
    assert written.rows_in == written.rows_out


def test_that_the_page_of_a_firm_is_written_and_that_of_a_stranger_refused(
    demonstration: Study, tmp_path: Path
) -> None:
    content = reporting.gather(demonstration)
    large = next(area.code for area in content.results.areas if area.n >= 10)
    rated = {row.firm for row in content.ratings if row.used}
    firm = next(one for one in content.firms if one.area == large and one.code in rated)
    page = reporting.write_firm_report(demonstration, firm.unit_id, tmp_path / "firma.xlsx", "tr")
    told = [cell.value for row in openpyxl.load_workbook(page).active.iter_rows() for cell in row]
    assert firm.name in told or "kişisel" in str(told)
    with pytest.raises(Refused) as call:
        reporting.write_firm_report(demonstration, "nobody", tmp_path / "firma.xlsx", "tr")
    assert call.value.problems[0].code == "report.firm-unknown"
