"""CSV files: one for each table, readable by Excel and by programs, no formula, no person."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import pytest

from kume_desktop.problems import Refused
from kume_desktop.reports.anonymous import without_people
from kume_desktop.reports.csv_files import PLAIN, TURKISH_EXCEL, safe, write_csv
from tests.reports.making import LEADS

pytestmark = pytest.mark.cases("R16 leads of formulas")


def read(folder, name: str, separator: str = ","):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.fixture(scope="module")
def folder(full, tmp_path_factory):
    made = tmp_path_factory.mktemp("csv")
    write_csv(full, made, "tr", PLAIN, personal=False)
    return made


def test_that_there_is_a_file_for_each_table_with_its_dictionary(folder):
    names = {file.stem for file in folder.iterdir()}
    wanted = {
        "index",
        "headings",
        "indicators",
        "needs",
        "levels",
        "ratings",
        "answers_ihtiyac",
        "answers_ihtiyac_ilis",
    }
    assert wanted <= names
    assert {"dictionary", "choices", "columns", "uncertainty", "groups", "differences", "strata", "log"} <= names
    assert not any("tmp" in name for name in names)
    listed = {(row["table"], row["key"]) for row in read(folder, "columns")}
    assert ("index", "score") in listed


def test_that_the_files_begin_with_a_byte_order_mark_and_end_their_lines_as_windows_does(folder):
    for file in folder.iterdir():
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")


def test_that_numbers_have_all_their_digits(folder, full):
    scores = {area.code: area.score for area in full.results.areas}
    for row in read(folder, "index"):
        assert row["score"] == ("" if scores[row["area"]] is None else repr(scores[row["area"]]))


def test_that_days_and_moments_are_written_as_iso_does(folder):
    assert {row["answer:/data/g/gun"] for row in read(folder, "answers_ihtiyac")} == {"2026-03-11"}
    assert all(re.fullmatch(r"2026-05-04 \d\d:\d\d", row["at"]) for row in read(folder, "ratings"))
    assert {row["day"] for row in read(folder, "decisions")} == {"2026-08-30", "2026-07-01"}


def test_that_every_row_is_there(folder, full):
    assert len(read(folder, "ratings")) == len(full.ratings)
    assert len(read(folder, "levels")) == len(full.firms)
    assert len(read(folder, "answers_ihtiyac")) == len(full.instruments[0].tables[0].rows)


def test_that_no_text_begins_as_a_formula_would(folder, full):
    answers = [row["answer:/data/g/ana_urun"] for row in read(folder, "answers_ihtiyac")]
    assert "'=1+1" in answers
    assert "'\tsekme" in answers
    for file in folder.iterdir():
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.reader(lines):
                assert not any(cell[:1] in "=+@\t\r" for cell in row if cell), file.name


@pytest.mark.parametrize("lead", LEADS)
def test_that_a_leading_sign_gets_an_apostrophe_and_nothing_else_does(lead):
    shown = safe(lead)
    assert shown in {lead, f"'{lead}"}
    assert (shown != lead) == (lead.strip(" ")[0] in "=+-@\t\r")


def test_that_turkish_excel_gets_semicolons_and_decimal_commas(full, tmp_path):
    write_csv(full, tmp_path, "tr", TURKISH_EXCEL, personal=False)
    row = read(tmp_path, "index", ";")[0]
    assert row["score"] == repr(full.results.areas[0].score).replace(".", ",")
    assert read(tmp_path, "strata", ";")[0]["frame_n"].isdigit()


def test_that_no_person_is_in_the_files(folder):
    told = "".join(file.read_text(encoding="utf-8-sig") for file in folder.iterdir())
    for name in ("Selin Kaya", "Ozan Er", "Ayşe Yılmaz", "Mehmet Demir", "tutanak 4"):
        assert name not in told
    assert {row["rater"] for row in read(folder, "ratings")} == {"R1", "R2"}
    assert {row["settles"] for row in read(folder, "ratings")} <= {"", "R2 1, R1 1"}


def test_that_persons_are_there_when_they_are_asked_for(full, tmp_path):
    write_csv(replace(full, include_personal=True), tmp_path, "tr", PLAIN, personal=True)
    assert {row["rater"] for row in read(tmp_path, "ratings")} == {"Selin Kaya", "Ozan Er"}
    assert read(tmp_path, "answers_ihtiyac")[0]["answer:/data/g/kisi"].startswith("Ayşe")


def test_that_the_same_person_has_the_same_number_everywhere(full):
    shown = without_people(full)
    numbers = {row.rater for row in shown.ratings}
    assert {one.rater for one in shown.results.analysis.drift} == numbers
    left_out = {one.what for one in shown.results.analysis.left_out if one.kind == "rater"}
    assert left_out <= numbers


def test_that_everybody_whom_the_agreement_names_is_a_number_too(full):
    analysis = full.results.analysis
    named = tuple(replace(one, icc_raters=("Selin Kaya", "Hiç Puanlamayan")) for one in analysis.agreement)
    assert named
    given = replace(full, results=replace(full.results, analysis=replace(analysis, agreement=named)))
    shown = without_people(given).results.analysis.agreement
    told = {name for one in shown for name in one.icc_raters}
    assert len(told) == 2 and all(name.startswith("R") and name[1:].isdecimal() for name in told)


def test_that_a_folder_in_the_way_is_refused(full, tmp_path):
    (tmp_path / "index.csv").mkdir()
    with pytest.raises(Refused) as caught:
        write_csv(full, tmp_path, "tr", PLAIN, personal=False)
    assert caught.value.problems[0].code == "report.target-is-a-folder"
    assert not list(tmp_path.glob(".*"))
