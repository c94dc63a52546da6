"""Studies at the edge of what can be are written and found right, in both editions and both languages."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from kume_desktop.reports.check import check
from kume_desktop.reports.workbook import write_workbook
from kume_desktop.scoring.analysis import AreaResponse
from tests.reports.conftest import write
from tests.reports.degenerate import SHAPES, Shape, edition_of, study_of
from tests.reports.full import as_publication

FEW_MARK = "Gizlilik: 3'ten az firma."


def editions(shape: Shape):
    content = study_of(shape)
    return [(edition_of(content, kind), lang) for kind in ("audit", "publication") for lang in ("tr", "en")]


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.filterwarnings("error")
def test_that_nothing_is_found_in_a_report_on_a_study_at_the_edge(name, tmp_path):
    for place, (content, lang) in enumerate(editions(SHAPES[name])):
        report = write_workbook(content, tmp_path / f"{place}.xlsx", lang)
        checked = check(report.path)
        assert checked.problems == ()
        assert checked.sheets == len(report.sheets)


def test_that_the_executive_page_of_a_study_without_areas_says_so(tmp_path):
    content = replace(edition_of(study_of(SHAPES["no area"]), "audit"), parts=("cover", "executive"))
    page = openpyxl.load_workbook(write_workbook(content, tmp_path / "a.xlsx", "tr").path)["Yönetici sayfası"]
    assert page["A1"].value == "Çalışmada henüz faaliyet alanı yok."


@pytest.mark.parametrize(
    "name", ["one area with one firm", "two areas with one firm each", "one firm and nobody rated"]
)
def test_that_no_count_of_one_or_two_firms_is_published(name, tmp_path):
    read = write(edition_of(study_of(SHAPES[name]), "publication"), tmp_path)
    rows = [*read.rows("reliability"), *read.rows("coverage"), *read.rows("strata")]
    counts = [row.get("n", row.get("completed")) for row in rows]
    assert FEW_MARK in counts
    assert not any(isinstance(count, int | float) and 0 < count < 3 for count in counts)


def test_that_what_two_raters_said_of_one_firm_is_not_published(tmp_path):
    content = study_of(SHAPES["one area with one firm"])
    assert write(edition_of(content, "audit"), tmp_path).rows("agreement")[0]["units"] == 1
    assert {
        (row["units"], row["exact"]) for row in write(edition_of(content, "publication"), tmp_path).rows("agreement")
    } == {(FEW_MARK, FEW_MARK)}


def with_response(content, change):
    analysis = content.results.analysis
    found = tuple(change(one) for one in analysis.response)
    return replace(content, results=replace(content.results, analysis=replace(analysis, response=found)))


def test_that_covered_employment_that_one_plant_dominates_is_not_published(full, tmp_path):
    def dominated(one: AreaResponse) -> AreaResponse:
        return replace(one, employment_share=0.4321, employment_state="dominated" if one.area == "kimya" else "")

    content = with_response(full, dominated)
    parts = ("coverage", "executive", "response")
    rows = {
        kind: {row["area"]: row["employment"] for row in write(replace(made, parts=parts), tmp_path).rows("coverage")}
        for kind, made in (("audit", content), ("publication", as_publication(content)))
    }
    assert rows["audit"]["kimya"] == rows["audit"]["makine"] == rows["publication"]["makine"] == 0.4321
    assert rows["publication"]["kimya"] == "Gizlilik: toplamın çoğu bir veya iki firmadan gelir."


def test_that_the_sentence_on_employment_goes_with_the_figure(full, tmp_path):
    content = with_response(full, lambda one: replace(one, employment_share=0.4321, employment_state="dominated"))
    told = {}
    for kind, made in (("audit", content), ("publication", as_publication(content))):
        page = write(replace(made, parts=("executive",)), tmp_path).values["Yönetici sayfası"]
        told[kind] = " ".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    assert "%43'ünü" in told["audit"]
    assert "%43'ünü" not in told["publication"]
