"""Another program computes the workbook again and comes to the same numbers."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from kume_desktop.reports.check import check
from tests.reports.conftest import write
from tests.reports.full import full_study
from tests.reports.full import method as full_method
from tests.reports.making import a_method, a_panel_study, a_study, computed

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALWAYS_RECALCULATE = """<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""

pytestmark = [
    pytest.mark.change,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A function that opens workbooks in LibreOffice, computes everything, and saves them elsewhere."""
    profile = tmp_path_factory.mktemp("office")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def recalculate(*files: Path) -> list[Path]:
        out = tmp_path_factory.mktemp("again")
        profile_option = f"-env:UserInstallation={profile.as_uri()}"
        command = [OFFICE, profile_option, "--headless", "--convert-to", "xlsx", "--outdir", out, *files]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        return [out / file.name for file in files]

    return recalculate


@pytest.fixture(scope="module")
def case_of(tmp_path_factory):
    """Each case, written once and read back."""
    return cache(lambda case, lang="tr": write(CASES[case](), tmp_path_factory.mktemp("case"), lang))


@pytest.fixture(scope="module")
def again_of(office, case_of, tmp_path_factory):
    """The cases as LibreOffice saves them: it is started once for all of them."""

    @cache
    def together():
        folder = tmp_path_factory.mktemp("together")
        named = {key: folder / f"{place}.xlsx" for place, key in enumerate(ALL)}
        for (case, lang), file in named.items():
            shutil.copyfile(case_of(case, lang).report.path, file)
        return dict(zip(named, office(*named.values()), strict=True))

    return lambda case, lang="tr": together()[case, lang]


def recalculated(office, file: Path):
    return openpyxl.load_workbook(office(file)[0], data_only=True)


def differences(read, again) -> list[str]:
    """Formulas whose value is not the one in the file, to 1e-9."""
    found = []
    for sheet in read.formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    told = read.values[sheet.title][cell.coordinate].value
                    new = again[sheet.title][cell.coordinate].value
                    if not same(told, new):
                        found.append(f"{sheet.title}!{cell.coordinate}: {told!r} is {new!r}: {cell.value}")
    return found


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9
    return (one or None) == (other or None)


CASES = {
    "firms": a_study,
    "panel": a_panel_study,
    "five levels": lambda: a_study(method=a_method("bes_duzey")),
    "weights": lambda: a_study(method=replace(a_method(), weights={**a_method().weights, "g1": 2.5, "g9": 0.3})),
    "heading weights": lambda: a_study(
        method=replace(a_method(), heading_weights={"h1": 2.0, "h2": 1, "h3": 1, "h4": 3})
    ),
    "missing is lowest": lambda: full_study(replace(full_method(), missing_rule="lowest")),
    "everything": full_study,
    "everything, heading weights": lambda: full_study(
        replace(full_method(), heading_weights={"h1": 1.0, "h2": 2.0, "h3": 0.5, "h4": 1.5})
    ),
}


ALL = (*((case, "tr") for case in CASES), ("panel", "en"), ("everything", "en"))


@pytest.mark.parametrize(("case", "lang"), ALL)
def test_that_recalculating_gives_the_same_numbers(case, lang, case_of, again_of):
    read = case_of(case, lang)
    again = openpyxl.load_workbook(again_of(case, lang), data_only=True)
    assert differences(read, again) == []
    assert read.report.formulas > 500


@pytest.mark.parametrize("case", ["firms", "everything"])
def test_that_a_workbook_saved_by_another_program_is_still_what_was_written(case, again_of):
    assert check(again_of(case)).problems == ()


@pytest.mark.parametrize("case", CASES)
def test_that_our_own_computing_agrees_with_the_cached_values(case, case_of):
    assert check(case_of(case).report.path).problems == ()


def test_that_a_level_typed_into_the_workbook_moves_the_index_as_the_program_says(small, office, tmp_path):
    read = write(small, tmp_path)
    levels = read.formulas["Firma düzeyleri"]
    levels["L9"] = 5  # g1 of F002
    read.formulas.save(tmp_path / "changed.xlsx")
    again = recalculated(office, tmp_path / "changed.xlsx")
    old = next(row for row in small.ratings if (row.firm, row.indicator) == ("F002", "g1"))
    assert old.level != 5
    changed = tuple(replace(row, level=5) if row is old else row for row in small.ratings)
    wanted = computed(replace(small, ratings=changed)).results.areas[0]
    index = {cell.value: cell.column for cell in again["Endeks"][6]}
    told = again["Endeks"].cell(7, index["Endeks"]).value
    assert told == pytest.approx(wanted.score, abs=1e-9)
    assert told != pytest.approx(small.results.areas[0].score, abs=1e-9)
    assert again["Karne"]["F7"].value in {told, again["Endeks"].cell(8, index["Endeks"]).value}


def test_that_an_answer_typed_into_the_workbook_moves_the_need(small, office, tmp_path):
    read = write(small, tmp_path)
    answers = read.formulas["Yanıtlar ihtiyac"]
    col = next(cell.column for cell in answers[6] if cell.value == "uretim_insan")
    before = read.values["İhtiyaç hücreleri"]["M7"].value
    row = next(row for row in range(8, 20) if answers.cell(row, 1).value == "F002")
    assert answers.cell(row, col).value == "çelişki: 2 | 4"
    answers.cell(row, col).value = 5
    read.formulas.save(tmp_path / "changed.xlsx")
    again = recalculated(office, tmp_path / "changed.xlsx")
    need = small.results.needs[0]
    assert again["İhtiyaç hücreleri"]["M7"].value == pytest.approx((before * need.n + 5) / (need.n + 1), abs=1e-9)


def test_that_a_cut_typed_into_the_method_sheet_moves_the_category(small, office, tmp_path):
    read = write(small, tmp_path)
    method = read.formulas["Yöntem"]
    row = next(
        r for r in range(1, method.max_row) if str(method.cell(r, 1).value).startswith("1. kesme noktası, erişil")
    )
    method.cell(row, 3).value = 0.01
    method.cell(row + 1, 3).value = 0.005
    read.formulas.save(tmp_path / "changed.xlsx")
    again = recalculated(office, tmp_path / "changed.xlsx")
    index = {cell.value: cell.column for cell in again["Endeks"][6]}
    assert again["Endeks"].cell(7, index["Kategori"]).value == 1
    assert again["Endeks"].cell(7, index["Kategori, tam adı"]).value == "1. Kategori – Olgun yoğunlaşma"
