"""Index and needs: every cell a formula with its value, leading back to levels and answers."""

from __future__ import annotations

import re
from functools import cache

import pytest
from openpyxl.utils import range_boundaries

INDEX_HEAD, LONG_HEAD, LEVEL_HEAD = 6, 6, 7
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'!)?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)")


def references(sheet: str, formula: str) -> set[tuple[str, int, int]]:
    """Every cell that a formula names."""
    found = set()
    for other, area in _REFERENCE.findall(re.sub(r'"[^"]*"', "", formula)):
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        name = other.replace("''", "'") or sheet
        found |= {(name, row, col) for row in range(top, bottom + 1) for col in range(left, right + 1)}
    return found


def tracer(workbook):
    """A function that gives all constants below a cell."""

    @cache
    def below(sheet: str, row: int, col: int) -> frozenset[tuple[str, int, int]]:
        cell = workbook[sheet].cell(row, col)
        if cell.data_type != "f":
            return frozenset({(sheet, row, col)})
        return frozenset().union(*(below(*place) for place in references(sheet, cell.value)))

    return below


def columns(workbook, sheet: str, head: int) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in workbook[sheet][head] if cell.value is not None}


def test_that_cached_values_of_the_index_are_those_of_the_results(book):
    rows = book.table("Endeks", INDEX_HEAD)
    for row, area in zip(rows, book.content.results.areas, strict=True):
        assert row["Alan"] == area.code
        assert row["n"] == area.n
        assert row["Puanlanan gösterge"] == area.scored
        assert (
            row["Endeks"] == pytest.approx(area.score, abs=1e-12) if area.score is not None else row["Endeks"] is None
        )
        assert row["Kategori"] == area.category
        assert row["Yayın biçimi endeks"] == area.published_index
        assert row["Yayın biçiminin kategorisi"] == area.published_category


def test_that_the_heading_and_indicator_sheets_hold_every_figure_of_the_results(book):
    indicators = {(row["Alan"], row["Kod"]): row for row in book.table("Göstergeler", LONG_HEAD)}
    headings = {(row["Alan"], row["Başlık no"]): row for row in book.table("Başlıklar", LONG_HEAD)}
    for area in book.content.results.areas:
        for entry in area.indicators:
            row = indicators[area.code, entry.code]
            assert row["n"] == entry.n
            assert [row[f"{level}. düzeyde"] for level in range(1, 6)] == list(entry.counts)
            assert row["Ortalama, yöntem ölçeğinde"] == entry.mean
            assert row["Ortalama, verildiği gibi"] == entry.mean5
            assert row["Standart sapma"] == entry.deviation
            assert row["Yayın biçimi"] == entry.published
        for number, heading in enumerate(area.headings, start=1):
            assert headings[area.code, number]["Puan"] == heading.points
            assert headings[area.code, number]["Başlık endeksi"] == heading.score


def test_that_every_figure_of_the_index_is_a_formula(book):
    places = columns(book.formulas, "Endeks", INDEX_HEAD)
    told = {"Alan no", "Alan", "Ad", "Yol", "N, liste", "N, uygun", "Uygun N", "%95 aralık", "%95, alt", "%95, üst"}
    live = [name for name in places if name not in told | {"Aralığın türü", "Kategori olasılığı"}]
    assert {"Endeks", "Yayın biçimi endeks", "Kategori", "n", "Puan", "Başlık h1"} <= set(live)
    for row in range(INDEX_HEAD + 1, INDEX_HEAD + 4):
        for name in live:
            assert book.formulas["Endeks"].cell(row, places[name]).data_type == "f", name


def test_that_every_figure_below_the_index_is_a_formula(book):
    facts = {"Alan no", "Alan", "Ad", "Başlık no", "Başlık", "Kod", "Gösterge", "%95, alt", "%95, üst", "Ağırlık"}
    for sheet, count in (("Göstergeler", 30), ("Başlıklar", 12)):
        places = columns(book.formulas, sheet, LONG_HEAD)
        for row in range(LONG_HEAD + 1, LONG_HEAD + 1 + count):
            for name in places.keys() - facts:
                assert book.formulas[sheet].cell(row, places[name]).data_type == "f", (sheet, row, name)


def test_that_the_index_leads_back_to_every_level_of_its_area(book):
    below = tracer(book.formulas)
    places = columns(book.formulas, "Endeks", INDEX_HEAD)
    levels = book.formulas["Firma düzeyleri"]
    for figure in ("Endeks", "Yayın biçimi endeks", "Kategori"):
        reached = below("Endeks", INDEX_HEAD + 1, places[figure])
        rated = {(row, col) for name, row, col in reached if name == "Firma düzeyleri" and 12 <= col <= 21}
        wanted = {
            (row, col)
            for row in range(LEVEL_HEAD + 1, LEVEL_HEAD + 8)
            for col in range(12, 22)
            if levels.cell(row, col).value
        }
        assert wanted <= rated
        assert any(name == "Yöntem" for name, _, _ in reached)


def test_that_a_cell_of_the_scorecard_and_of_an_area_leads_to_the_levels(book):
    below = tracer(book.formulas)
    score = columns(book.formulas, "Karne", INDEX_HEAD)["Endeks"]
    assert any(name == "Firma düzeyleri" for name, _, _ in below("Karne", INDEX_HEAD + 1, score))
    assert any(name == "Firma düzeyleri" for name, _, _ in below("01", 7, 1))


def test_that_needs_lead_back_to_the_answers(book):
    below = tracer(book.formulas)
    places = columns(book.formulas, "İhtiyaç hücreleri", LONG_HEAD)
    answers = book.formulas["Yanıtlar ihtiyac"]
    for figure in ("Ortalama", "Yetersiz diyenlerin payı", "n", "Sıra", "Kritik"):
        reached = below("İhtiyaç hücreleri", LONG_HEAD + 1, places[figure])
        heads = {answers.cell(6, col).value for name, _, col in reached if name == "Yanıtlar ihtiyac"}
        assert "uretim_insan" in heads, figure
    matrix = {name for name, _, _ in below("İhtiyaç matrisi", 8, 2)}
    assert "Yanıtlar ihtiyac" in matrix


def test_that_cached_values_of_the_needs_are_those_of_the_results(book):
    rows = book.table("İhtiyaç hücreleri", LONG_HEAD)
    marked = {True: "evet", False: None}
    for row, need in zip(rows, book.content.results.needs, strict=True):
        assert (row["Alan"], row["Soru"], row["n"]) == (need.area, need.cell, need.n)
        assert row["Ortalama"] == need.mean
        assert row["Yetersiz diyenlerin payı"] == need.inadequate_share
        assert row["Yeterli diyenlerin payı"] == need.adequate_share
        assert (row["Açık"], row["İhtiyaç endeksi"]) == (need.gap, need.need_index)
        assert (row["Sıra"], row["Bant"], row["Standart sapma"]) == (need.rank, need.band, need.deviation)
        assert row["Kritik"] == marked[need.is_critical]
        assert row["Çelişkili"] == need.in_conflict
        assert row["Bilmiyor"] == need.does_not_know


def test_that_every_figure_of_the_needs_is_a_formula(book):
    sheet = book.formulas["İhtiyaç hücreleri"]
    for row in range(LONG_HEAD + 1, LONG_HEAD + 31):
        for col in range(7, 31):
            assert sheet.cell(row, col).data_type == "f", (row, col)
    matrix = book.formulas["İhtiyaç matrisi"]
    assert all(matrix.cell(row, col).data_type == "f" for row in range(8, 11) for col in range(2, 15))


def test_that_margins_are_those_of_the_results(book):
    matrix = book.values["İhtiyaç matrisi"]
    for row, margin in enumerate(book.content.results.margins, start=8):
        told = [matrix.cell(row, col).value for col in (12, 13, 14)]
        wanted = [*margin.functions.values(), margin.overall]
        assert told == [None if value is None else pytest.approx(value, abs=1e-12) for value in wanted]


def test_that_no_formula_shows_nothing_or_an_error(book, panel):
    for read in (book, panel):
        for sheet in read.formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        value = read.values[sheet.title][cell.coordinate].value
                        assert not (isinstance(value, str) and value.startswith("#")), (sheet.title, cell.coordinate)


def test_that_a_panel_index_leads_to_the_levels_of_the_panel(panel):
    below = tracer(panel.formulas)
    places = columns(panel.formulas, "Endeks", INDEX_HEAD)
    reached = below("Endeks", INDEX_HEAD + 1, places["Endeks"])
    assert len({col for name, _, col in reached if name == "Panel düzeyleri" and 5 <= col <= 14}) == 10
    assert "Firma düzeyleri" not in panel.formulas.sheetnames
    rows = panel.table("Endeks", INDEX_HEAD)
    assert [row["Yayın biçimi endeks"] for row in rows] == [97, 60, 47]
    assert [row["Kategori"] for row in rows] == [1, 2, 3]
    assert {row["Yol"] for row in rows} == {"panel yolu"}
    assert {row["Kapsanan firma payı"] for row in rows} == {None}


def test_that_the_formulas_take_weights_cuts_and_table_from_the_method_sheet(book):
    below = tracer(book.formulas)
    places = columns(book.formulas, "Endeks", INDEX_HEAD)
    method = book.formulas["Yöntem"]
    for figure, rule in (("Endeks", "gösterge g1"), ("Kategori", "1. kesme noktası, erişilebilir aralığın payı")):
        reached = below("Endeks", INDEX_HEAD + 1, places[figure])
        assert rule in {method.cell(row, 1).value for name, row, _ in reached if name == "Yöntem"}


def test_that_areas_with_codes_that_look_equal_stay_apart(book):
    rows = {row["Alan"]: row for row in book.table("Endeks", INDEX_HEAD)}
    assert (rows["01"]["n"], rows["1"]["n"], rows["a*b"]["n"]) == (7, 4, 0)
