"""What a form reads from the firm's finished interview on another questionnaire."""

from __future__ import annotations

from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, forms, installing, interviewing, versions
from kume_desktop.services.studies import Study
from tests.interview.scenario import workbook

FIRST = """
| type         | name       | label | relevant | calculation |
| text         | firma_kodu | Firma |          |             |
| integer      | calisan    | Kaç?  |          |             |
| text         | gizli      | G?    | ${calisan} > 9 |       |
| calculate    | iki        |       |          | ${calisan} * 2 |
"""
SECOND = """
| type         | name       | label | calculation |
| text         | firma_kodu | Firma |             |
| calculate    | once       |       | pulldata('birinci', 'calisan', 'firma_kodu', ${firma_kodu}) |
| calculate    | once_iki   |       | pulldata('birinci', 'iki', 'firma_kodu', ${firma_kodu}) |
| calculate    | once_gizli |       | pulldata('birinci', 'gizli', 'firma_kodu', ${firma_kodu}) |
| integer      | calisan_2  | Kaç?  |             |
"""


def book(folder: Path, name: str, survey: str) -> Path:
    file = folder / f"{name}.xlsx"
    file.write_bytes(
        workbook(survey=survey, settings=f"| form_title | form_id | version | name |\n| {name} | {name} | 1 | data |")
    )
    return file


@pytest.fixture
def field(study: Study, tmp_path: Path) -> Study:
    for name, survey in (("birinci", FIRST), ("ikinci", SECOND)):
        versions.install(study, installing.prepare(book(tmp_path, name, survey)))
    return study


def test_that_a_form_may_name_another_questionnaire_as_its_table(tmp_path: Path):
    book(tmp_path, "birinci", FIRST)
    assert [one for one in forms.check(book(tmp_path, "ikinci", SECOND)) if one.is_error] == []


def test_that_the_finished_interview_of_the_firm_is_read_and_an_unfinished_one_is_not(field: Study):
    unit = fieldwork.firms(field)[0].unit_id
    first = interviewing.open_interview(field, unit, "birinci")
    first.answer("/data/calisan", "7")
    second = interviewing.open_interview(field, unit, "ikinci")
    assert second.interview.value("/data/once") == ""
    assert first.complete().at is not None
    again = interviewing.open_interview(field, unit, "ikinci").interview
    assert [again.value(f"/data/{name}") for name in ("once", "once_iki", "once_gizli")] == ["7", "14", ""]


def test_that_another_firm_reads_nothing(field: Study):
    here, there = (row.unit_id for row in fieldwork.firms(field)[:2])
    first = interviewing.open_interview(field, here, "birinci")
    first.answer("/data/calisan", "7")
    first.complete()
    assert interviewing.open_interview(field, there, "ikinci").interview.value("/data/once") == ""
