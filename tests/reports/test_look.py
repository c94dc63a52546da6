"""What a reader sees: marks on every sheet, languages, charts, print set-up, meanings."""

from __future__ import annotations

import ast
import doctest
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop import reports, texts
from kume_desktop.problem_texts import REPORT, SCORING
from kume_desktop.reports import csv_files
from kume_desktop.reports.checking import reading, shifting
from kume_desktop.reports.writing import cells, digests, names
from kume_desktop.reports.writing.names import sheet_name
from tests.reports.conftest import write
from tests.reports.making import a_study

PORTRAIT = {"Yönetici sayfası", "Resimler"}
MARK = "GÖSTERİM VERİSİ / DEMONSTRATION DATA"


def test_that_every_sheet_is_marked_as_demonstration_data_and_names_its_edition(book, english):
    for read, edition in ((book, "Denetim baskısı"), (english, "Audit edition")):
        for found in read.values:
            assert found["A3"].value == MARK
            assert edition in found["A2"].value
            assert "Deneme & Çalışma" in found["A2"].value
            assert MARK in found.oddFooter.center.text
            assert "Deneme && Çalışma" in found.oddFooter.left.text


def test_that_a_real_study_carries_no_mark(tmp_path):
    found = write(a_study(demonstration=False), tmp_path)
    for each in found.values:
        assert not any(MARK in str(cell.value) for row in each.iter_rows() for cell in row)
        assert not each.oddFooter.center.text


def test_that_the_sheets_stand_in_their_order(book):
    first = ["Kapak", "Yönetici sayfası", "Karne", "Endeks", "Başlıklar", "Göstergeler", "İhtiyaç matrisi"]
    areas = ["01", "1", "a_b", "İhtiyaç hücreleri", "Katkılar", "Kırılımlar", "Politika önerileri"]
    levels = ["Firma düzeyleri", "Puanlama kayıtları", "Yanıtlar ihtiyac", "Yanıtlar ilis", "Yanıtlar duzey"]
    meanings = ["Yöntem", "Puanlama anahtarı", "Veri sözlüğü", "Seçenekler", "Değişiklik günlüğü"]
    wanted = [*first, *areas, *levels, *meanings, "Sütunlar", "Özet değerler"]
    assert book.values.sheetnames == wanted
    assert book.report.sheets == tuple(book.values.sheetnames)


def test_that_only_the_sheets_asked_for_are_there_and_those_the_formulas_need(small, tmp_path):
    found = write(replace(small, parts=("scorecard", "policy")), tmp_path)
    names_ = found.values.sheetnames
    assert names_[0] == "Kapak"
    assert {"Karne", "Politika önerileri", "Endeks", "Göstergeler", "Firma düzeyleri", "Yöntem"} <= set(names_)
    assert not {"Yönetici sayfası", "Resimler", "Puanlama kayıtları", "Veri sözlüğü", "01"} & set(names_)


def test_that_the_cover_says_where_the_figures_come_from(book):
    cover = book.values["Kapak"]
    facts = {cover.cell(row, 1).value: cover.cell(row, 2).value for row in range(1, 60)}
    results = book.content.results
    assert facts["Yöntemin özet değeri"] == results.method_hash
    assert facts["Girdilerin özet değeri"] == results.inputs_hash
    assert facts["Yöntem sürümü"] == "1"
    assert (facts["Yazan"], facts["Rol"], facts["Gerekçe"]) == ("Selin Kaya", "uzman", "yıllık denetim")
    assert any("hash-of-ihtiyac" in str(value) for value in facts.values())


def test_that_the_workbook_speaks_english_when_asked(english):
    assert english.values.sheetnames[:5] == ["Cover", "Executive page", "Scorecard", "Index", "Headings"]
    rows = english.table("Index", 6)
    assert rows[0]["Name"] == "Area 01"
    assert rows[0]["Category, in full"].startswith("Category ")
    turkish = re.compile("[çğışöüÇĞİŞÖÜ]")
    heads = [str(cell.value) for name in ("Index", "Need cells", "Indicators") for cell in english.values[name][6]]
    own = {heading.text.tr for heading in english.content.method.headings}
    assert not any(turkish.search(head) for head in heads if head not in own)


def test_that_every_text_of_the_reports_is_translated():
    room = Path(reports.__file__).parent
    said = {
        call.args[0].value
        for file in room.rglob("*.py")
        if "figures" not in file.parts
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.args[0] if call.args else None, ast.Constant)
        if getattr(call.func, "attr", getattr(call.func, "id", "")) == "tr"
    }
    assert len(said) > 150
    translated = {text: texts._(text, "tr") for text in said}
    same = {text for text, turkish in translated.items() if text == turkish}
    assert same <= {"Panel", "Net", "1–{highest}", "Form", "Index {score}."} | {"Feldt", "logit-t"}
    places = re.compile(r"\{\w+\}")
    assert all(sorted(places.findall(text)) == sorted(places.findall(turkish)) for text, turkish in translated.items())


@pytest.mark.parametrize("code", [*REPORT, *SCORING])
def test_that_every_problem_has_a_turkish_sentence_with_the_same_places(code):
    sentence = {**REPORT, **SCORING}[code]
    turkish = texts._(sentence, "tr")
    assert turkish != sentence
    assert sorted(re.findall(r"\{\w+\}", turkish)) == sorted(re.findall(r"\{\w+\}", sentence))


def test_that_a_category_is_never_a_bare_word(book):
    for row in book.table("Karne", 6):
        assert row["Kategori"] is None or re.fullmatch(r"[123]\. Kategori – .+ yoğunlaşma", row["Kategori"])


def test_that_the_scorecard_goes_from_the_highest_index_down_with_policy_texts(book):
    rows = book.table("Karne", 6)
    scores = [row["Endeks"] for row in rows]
    assert scores[:2] == sorted(scores[:2], reverse=True)
    assert scores[2] is None
    assert rows[0]["Kategorinin politika önerileri"].startswith("• öneri ")
    assert rows[0]["Kategorinin politika önerileri"].endswith("• öneri all.1")
    assert {row["%95 aralık"] for row in rows} == {"aralık hesaplanmadı"}


def test_that_charts_are_native_and_draw_the_cells_of_their_sheet(book):
    with zipfile.ZipFile(book.report.path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2 + 2 * 3
    drawn = [set(re.findall(r"<c:f>'?([^'!<]+)'?!", chart)) for chart in charts]
    assert {"Karne"} in drawn
    assert {"İhtiyaç matrisi"} in drawn
    assert {"01"} in drawn


def test_that_the_heat_map_colours_means_by_the_limits_of_the_method(book):
    matrix = book.formulas["İhtiyaç matrisi"]
    rules = [rule for area in matrix.conditional_formatting for rule in area.rules]
    fills = [rule.dxf.fill.bgColor.rgb[-6:] for rule in rules if rule.dxf.fill is not None]
    assert fills == ["A8480A", "F0B27E", "ECEDEA", "9CC0E4", "24609F"]
    assert all("!" not in formula for rule in rules for formula in rule.formula)


def test_that_every_sheet_prints_across_a_page_and_tables_keep_their_heads(book):
    for found in book.formulas:
        assert found.page_setup.orientation == ("portrait" if found.title in PORTRAIT else "landscape")
        assert found.page_setup.paperSize in {9, "9"}
    for name in ("Endeks", "Göstergeler", "Firma düzeyleri", "Yanıtlar ihtiyac", "Veri sözlüğü"):
        found = book.formulas[name]
        assert found.freeze_panes is not None
        assert found.auto_filter.ref is not None
        assert found.print_title_rows is not None


def test_that_the_method_sheet_holds_every_rule_with_its_origin(book):
    sheet_ = book.values["Yöntem"]
    rules = {
        (sheet_.cell(row, 1).value, sheet_.cell(row, 2).value): [sheet_.cell(row, col).value for col in (3, 4, 5)]
        for row in range(6, sheet_.max_row + 1)
    }
    rows = [[cell.value for cell in row[:6]] for row in sheet_.iter_rows(min_row=6)]
    codes = {row[5]: row[:5] for row in rows}
    assert rules["3. düzey", 3][0] == 2
    assert codes["weight.g7"] == ["gösterge g7", "g7", 1, None, "Own"]
    assert codes["effective.g7"][2] == pytest.approx(0.1)
    assert codes["missing_rule"][3] == "toplamdan ve en yüksek toplamdan çıkarılır"
    assert rules["1. kesme noktası, endeks ölçeğinde", 1][0] == pytest.approx(700 / 9)
    assert rules["Kritik: ortalama en çok", None][0] == 2.6
    assert rules["2. Kategori", 2][1].startswith("• öneri 2.1")


def test_that_the_dictionary_names_every_column_and_leads_to_those_shown(book):
    rows = {row["Sütun"]: row for row in book.table("Veri sözlüğü", 6)}
    columns = [column.name for form in book.content.instruments for table in form.tables for column in table.columns]
    assert list(rows) == columns
    assert rows["kisi"]["Sayfada"] == "kişisel veri, gösterilmiyor"
    assert rows["belge"]["Seçenekler"] == 3
    found = next(row for row in book.formulas["Veri sözlüğü"].iter_rows(min_row=7) if row[2].value == "belge")
    place = found[2].hyperlink.location.rpartition("!")[2]
    assert book.values["Yanıtlar ihtiyac"][place].value == "Soru belge?"


def test_that_the_rubrics_give_every_anchor_with_its_collapsed_level(book):
    sheet_ = book.values["Puanlama anahtarı"]
    rows = [[cell.value for cell in row[:7]] for row in sheet_.iter_rows(min_row=7, max_row=56)]
    assert rows[3] == ["g1", "gösterge g1", "Başlık h1", 4, 3, "düzey 4", "level 4"]
    assert len(rows) == 50


@given(st.lists(st.text(min_size=1, max_size=60), max_size=12))
def test_that_names_of_sheets_are_allowed_and_unique(wanted):
    taken: set[str] = set()
    made = [sheet_name(text, taken) for text in wanted]
    assert len({name.casefold() for name in made}) == len(made)
    assert all(1 <= len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in made)
    assert not any(name.startswith("'") or name.endswith("'") for name in made)


@pytest.mark.parametrize("module", [cells, names, digests, csv_files, reading, shifting])
def test_that_the_examples_of_the_documentation_hold(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
