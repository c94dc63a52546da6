"""The publication edition: values, nothing below three firms, nothing that gives such a figure away, no person."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pytest

from kume_desktop.reports.redaction import FEW, SECONDARY, hidden_figures
from tests.reports.conftest import write
from tests.reports.full import as_publication

FEW_MARK = "Gizlilik: 3'ten az firma."
OTHER_MARK = "Gizlilik: başka hücrelerden hesaplanabileceği için gösterilmedi."
MARKS = {FEW_MARK, OTHER_MARK}


def everything(book) -> str:
    """All that the file holds as text, hidden parts of the package included."""
    with zipfile.ZipFile(book.report.path) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


@pytest.fixture(scope="module")
def hidden(full):
    return hidden_figures(as_publication(full))


def test_that_it_holds_no_formula_and_says_which_edition_it_is(public_book):
    cells = [cell for sheet in public_book.formulas for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert all("Yayımlanacak baskı" in str(sheet["A2"].value) for sheet in public_book.values)


def test_that_no_firm_no_rater_and_no_member_is_anywhere_in_the_file(public_book, full):
    told = everything(public_book)
    assert not any(re.search(rf"\b{firm.code}\b", told) or firm.name in told for firm in full.firms)
    for name in ("Selin Kaya", "Ozan Er", "Ayşe Yılmaz", "Mehmet Demir", "Görüşmeci", "tutanak 4", "yıllık denetim"):
        assert name not in told


def test_that_sheets_of_firms_and_raters_are_not_there(public_book):
    gone = {"Firma düzeyleri", "Puanlama kayıtları", "Puanlayıcılar", "Özensiz yanıtlar", "Değişiklik günlüğü"}
    assert not gone & set(public_book.values.sheetnames)
    assert not any(name.startswith("Yanıtlar") for name in public_book.values.sheetnames)


def test_that_no_n_below_three_is_shown_anywhere(public_book):
    for key in ("index", "indicators", "needs", "groups", "uncertainty", "coverage"):
        shown = [row["n"] for row in public_book.rows(key)]
        assert not any(isinstance(n, int | float) and 0 < n < 3 for n in shown), key


def test_that_an_area_of_two_firms_shows_no_figure_and_no_place(public_book, full):
    area = next(one for one in full.results.areas if one.code == "gida")
    for key, name in (("index", "area"), ("uncertainty", "area"), ("contributions", "area"), ("coverage", "area")):
        row = next(row for row in public_book.rows(key) if row[name] == "gida")
        numbers = [value for column, value in row.items() if isinstance(value, float) and column != "area_no"]
        assert numbers == []
        assert MARKS & set(row.values())
    card = public_book.rows("scorecard")
    assert card[-2]["area_name"] == "Alan gida"
    assert area.score is not None and str(area.score) not in everything(public_book)
    assert not any(row["area"] == "gida" for row in public_book.rows("left_out"))
    assert public_book.values["gida"]["A6"].value == FEW_MARK


def test_that_a_single_hidden_indicator_takes_another_one_with_it(public_book, hidden):
    marks = {code: mark for (area, code), mark in hidden.indicators.items() if area == "lojistik"}
    assert marks["g9"] == FEW
    assert sorted(marks.values()) == [FEW, SECONDARY]
    rows = {row["indicator"]: row for row in public_book.rows("indicators") if row["area"] == "lojistik"}
    told = {code: row["mean"] for code, row in rows.items()}
    assert told["g9"] == FEW_MARK
    assert [code for code, mean in told.items() if mean == OTHER_MARK] == [
        c for c, m in marks.items() if m == SECONDARY
    ]
    points = next(row for row in public_book.rows("contributions") if row["area"] == "lojistik")
    assert sum(points[f"points:{code}"] in MARKS for code in rows) == 2


def test_that_no_heading_gives_a_hidden_indicator_away(full, hidden):
    for area in full.results.areas:
        own = {code for place, code in hidden.indicators if place == area.code}
        for heading in full.method.headings:
            if len(own & set(heading.indicators)) == 1:
                assert hidden.heading(area.code, heading.code) == SECONDARY
        alone = [h for h in full.method.headings if len(own & set(h.indicators)) == 1]
        others = [h for h in full.method.headings if len(own & set(h.indicators)) > 1]
        if len(alone) == 1:
            assert all(hidden.heading(area.code, heading.code) for heading in others)


def test_that_a_hidden_need_cell_takes_its_margins_with_it(public_book, hidden):
    assert hidden.needs["makine", "uretim_iliski"] == FEW
    parts = {part for area, part in hidden.margins if area == "makine"}
    assert parts == {"uretim", "iliski", ""}
    cells = {row["cell"]: row for row in public_book.rows("needs") if row["area"] == "makine"}
    assert cells["uretim_iliski"]["mean"] == FEW_MARK
    assert isinstance(cells["uretim_insan"]["mean"], float)


def test_that_hidden_groups_carry_the_mark_of_the_analysis(public_book, full):
    rows = public_book.rows("groups")
    found = full.results.analysis.groups
    assert len(rows) == len(found)
    few = sum(row["n"] == FEW_MARK for row in rows)
    secondary = sum(row["n"] == OTHER_MARK for row in rows)
    assert few >= sum(one.suppressed == "few" for one in found) > 0
    assert secondary >= sum(one.suppressed == "secondary" for one in found) > 0


def test_that_hidden_cells_are_counted_and_the_count_is_told(public_book):
    marked = sum(cell.value in MARKS for sheet in public_book.values for row in sheet.iter_rows() for cell in row)
    on_cover = 2  # the cover explains both marks
    assert public_book.report.hidden == marked - on_cover
    cover = {row[0]: row[1] for row in public_book.values["Kapak"].iter_rows(values_only=True)}
    assert cover["Gizlenen hücre"] == str(public_book.report.hidden)


def test_that_pictures_are_drawn_without_what_is_hidden(full, tmp_path):
    content = replace(as_publication(full), parts=("uncertainty", "pictures"))
    told = everything(write(content, tmp_path))
    hidden_area = next(one for one in full.results.areas if one.code == "gida")
    assert "<xdr:pic>" in told
    assert f"{hidden_area.score:.1f}".replace(".", ",") not in "".join(re.findall(r'descr="([^"]*)"', told))
    assert all(len(text) > 20 for text in re.findall(r'<xdr:cNvPr [^>]*name="Picture[^>]*descr="([^"]*)"', told))


def test_that_a_study_without_small_areas_hides_nothing(full):
    big = [area.code for area in full.results.areas if area.n > 20]
    from kume_desktop.reports.selection import only_areas

    found = hidden_figures(as_publication(only_areas(full, big)))
    assert not found.areas
    assert not found.indicators


def test_that_it_speaks_english_too(full, tmp_path):
    found = write(as_publication(full), tmp_path, "en")
    assert "Publication edition" in found.values["Cover"]["A2"].value
    marks = {row["n"] for row in found.rows("index")}
    assert "Confidentiality: fewer than 3 firms." in marks


def test_that_an_earlier_wave_of_two_firms_is_hidden_too(full, tmp_path):
    change = full.results.analysis.changes[0]
    small = replace(change, paired=2, only_before=0)
    analysis = replace(full.results.analysis, changes=(small, *full.results.analysis.changes[1:]))
    content = as_publication(replace(full, results=replace(full.results, analysis=analysis)))
    read = write(content, tmp_path)
    rows = read.rows("changes")
    assert rows[0]["before"] == FEW_MARK
    assert isinstance(rows[1]["before"], float)
    page = [cell.value for row in read.values["Yönetici sayfası"].iter_rows() for cell in row]
    assert sum("2024: " in str(told) for told in page) == sum(isinstance(row["before"], float) for row in rows)


def test_that_it_names_nobody_in_the_properties_of_the_file(public_book):
    with zipfile.ZipFile(public_book.report.path) as archive:
        told = archive.read("docProps/core.xml").decode()
    assert re.search(r"<dc:creator></dc:creator>|<dc:creator/>", told)
