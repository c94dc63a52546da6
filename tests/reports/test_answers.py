"""Answers in the workbook: typed, never formulas, blank where blank, persons left out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kume_desktop.reports.anonymous import without_people
from kume_desktop.reports.check import check
from kume_desktop.reports.content import RespondentRow
from kume_desktop.reports.selection import only_areas
from tests.reports.conftest import write
from tests.reports.making import LEADS

CODES, FIRST = 6, 8


def column(sheet, name: str) -> int:
    return next(cell.column for cell in sheet[CODES] if cell.value == name)


def cell(book, firm: str, name: str, formulas: bool = True):
    sheet = (book.formulas if formulas else book.values)["Yanıtlar ihtiyac"]
    row = next(row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == firm)
    return sheet.cell(row, column(sheet, name))


def test_that_texts_that_look_like_formulas_stay_texts(book):
    for place in (1, *range(3, 12)):
        found = cell(book, f"F{place:03d}", "ana_urun")
        assert found.data_type == "s"
        assert found.value == LEADS[place % len(LEADS)]
        assert found.hyperlink is None


def test_that_no_text_anywhere_became_a_formula(book):
    told = {lead for lead in LEADS if lead.startswith("=")} | {"=belge"}
    for sheet in book.formulas:
        for row in sheet.iter_rows():
            assert not any(found.data_type == "f" and found.value in told for found in row)


def test_that_what_was_not_answered_is_blank(book):
    assert cell(book, "F002", "calisan").value is None
    assert cell(book, "F002", "ana_urun").value is None


def test_that_numbers_and_days_are_typed_and_codes_are_texts(book):
    assert cell(book, "F004", "calisan").value == 40
    assert cell(book, "F004", "oran").value == 4.25
    assert cell(book, "F004", "gun").value == datetime(2026, 3, 4)  # noqa: DTZ001 - a workbook knows no zones
    assert cell(book, "F004", "belge").value == "9001 14001"
    assert cell(book, "F004", "uretim_bilgi").data_type in {"n", "s"}


def test_that_codes_and_labels_stand_side_by_side(book):
    sheet = book.values["Yanıtlar ihtiyac"]
    for name in ("uretim_insan", "belge"):
        assert sheet.cell(CODES, column(sheet, name) + 1).value == f"{name} · etiket"
    code = cell(book, "F004", "uretim_bilgi").value
    assert cell(book, "F004", "uretim_bilgi · etiket").value == f"seçenek {code}"
    assert cell(book, "F004", "belge · etiket").value == "seçenek 9001; seçenek 14001"


def test_that_a_conflict_shows_both_values_and_is_no_number(book):
    assert cell(book, "F002", "uretim_insan").value == "çelişki: 2 | 4"
    assert cell(book, "F002", "uretim_insan · etiket").value == "seçenek 2 | seçenek 4"


def test_that_equal_heads_are_one_value(book):
    assert cell(book, "F002", "pazarlama_bilgi").value == 3


def test_that_the_columns_are_those_of_the_form_in_their_order(book):
    sheet = book.values["Yanıtlar ihtiyac"]
    names = [found.value for found in sheet[CODES] if found.value and "·" not in found.value]
    form = [c.name for c in book.content.instruments[0].tables[0].columns if c.personal != "K1"]
    assert names == form
    assert "bilgi" not in names


def test_that_person_fields_are_left_out_unless_asked_for(book, small, tmp_path):
    sheet = book.values["Yanıtlar ihtiyac"]
    assert "kisi" not in [found.value for found in sheet[CODES]]
    open_book = write(replace(small, include_personal=True), tmp_path)
    assert cell(open_book, "F004", "kisi").value == "Ayşe 4"
    assert cell(open_book, "F003", "unvan").value == "Usta 3"


def test_that_what_names_a_sole_trader_is_withheld_and_said_to_be(book):
    assert cell(book, "F003", "unvan").value == "kişisel veri, gösterilmiyor"
    assert cell(book, "F004", "unvan").value == "Usta 4"
    names = {row["Firma"]: row["Ad"] for row in book.table("Firma düzeyleri", 7)}
    assert (names["F003"], names["F004"]) == ("kişisel veri, gösterilmiyor", "Gösterim 004")


def test_that_nothing_of_a_person_is_anywhere_in_the_file(book):
    texts = {str(found.value) for sheet in book.values for row in sheet.iter_rows() for found in row if found.value}
    assert not any(re.match(r"Ayşe \d", text) for text in texts)
    assert "Usta 3" not in texts


def test_that_an_interview_that_does_not_count_is_shown_but_not_counted(book):
    sheet = book.values["Yanıtlar ihtiyac"]
    states = [(sheet.cell(row, 5).value, sheet.cell(row, 7).value) for row in range(FIRST, FIRST + 12)]
    assert ("F001-ihtiyac-2", 0) in states
    assert sum(counts for _, counts in states) == 11


def test_that_rows_of_a_repeat_have_a_sheet_of_their_own(book):
    sheet = book.values["Yanıtlar ilis"]
    rows = [[sheet.cell(row, col).value for col in (1, 5, 8, 12)] for row in range(FIRST, FIRST + 12)]
    assert rows[4] == ["F004", "F004-ihtiyac", "u4", "Kurum 4"]
    assert len(rows) == 12


def test_that_a_level_leads_to_the_answers_of_its_firm_and_back(book):
    levels, answers = book.formulas["Firma düzeyleri"], book.formulas["Yanıtlar duzey"]
    linked = 0
    for row in range(FIRST, FIRST + 11):
        for col in range(12, 22):
            found = levels.cell(row, col)
            if isinstance(found.value, int):
                assert found.hyperlink is not None
                target = int(re.fullmatch(r"'Yanıtlar duzey'!A(\d+)", found.hyperlink.location)[1])
                assert answers.cell(target, 1).value == levels.cell(row, 1).value
                linked += 1
    assert linked == sum(row.used and row.level is not None for row in book.content.ratings)
    back = answers.cell(FIRST + 4, 1)
    home = int(re.fullmatch(r"'Firma düzeyleri'!A(\d+)", back.hyperlink.location)[1])
    assert levels.cell(home, 1).value == back.value == "F005"


def test_that_rows_stand_in_the_order_of_the_firms(book):
    sheet = book.values["Yanıtlar ihtiyac"]
    codes = [sheet.cell(row, 1).value for row in range(FIRST, FIRST + 12)]
    assert codes == sorted(codes)


def test_that_a_level_leads_to_the_very_answer_it_names(small, tmp_path):
    first = next(row for row in small.ratings if row.used and row.level)
    named = replace(first, evidence=("/data/g/ihracat_pay", "/data/g/elsewhere"))
    read = write(replace(small, ratings=tuple(named if row is first else row for row in small.ratings)), tmp_path)
    levels = read.formulas["Firma düzeyleri"]
    link = next(cell.hyperlink for cell in levels[FIRST] if cell.column > 11 and cell.hyperlink)
    place = link.location.rpartition("!")[2]
    assert read.values["Yanıtlar duzey"][place].value == 0
    assert read.values["Yanıtlar duzey"].cell(CODES, read.values["Yanıtlar duzey"][place].column).value == "ihracat_pay"
    record = read.table("Puanlama kayıtları", 6)
    assert ("=belge", "ihracat_pay, elsewhere") in {(row["Kanıt"], row["Dayandığı yanıtlar"]) for row in record}


def test_that_a_level_of_a_panel_leads_to_its_reason(panel):
    sheet = panel.formulas["Panel düzeyleri"]
    found = sheet.cell(FIRST + 1, 7)
    row = int(re.search(r"(\d+)$", found.hyperlink.location)[1])
    told = [sheet.cell(row, col).value for col in range(1, 9)]
    assert told == ["1", "gösterge g3", None, found.value, "Komite", None, "kişisel veri, gösterilmiyor", "=gerekçe"]
    assert sheet.cell(row, 8).data_type == "s"


def test_that_a_level_in_conflict_is_shown_and_not_scored(book):
    row = next(row for row in book.table("Firma düzeyleri", 7) if row["Firma"] == "F004")
    assert row["gösterge g2"] is None or row["gösterge g2"] != 3
    sheet = book.values["Firma düzeyleri"]
    assert sheet.cell(FIRST + 3, 13).value == "çelişki: 2 | 4"
    assert sheet.cell(FIRST + 3, 11).value == 9
    record = [row for row in book.table("Puanlama kayıtları", 6) if row["Firma"] == "F004" and row["Kod"] == "g2"]
    assert [(one["Düzey"], one["Çelişkili"]) for one in record] == [(None, "2 | 4")]


def test_that_every_rating_is_in_the_record_with_its_rater(book):
    rows = book.table("Puanlama kayıtları", 6)
    assert len(rows) == len(book.content.ratings)
    second = [row for row in rows if row["Puanlayıcı"] == "r2"]
    assert len(second) == 10
    assert {row["Kullanıldı"] for row in second} == {"hayır"}
    assert {row["Kanıt"] for row in rows if row["Puanlayıcı"] == "r1"} == {"=belge"}


@pytest.mark.parametrize(
    ("sheet", "count"), [("Yanıtlar ihtiyac", 12), ("Yanıtlar duzey", 11), ("Firma düzeyleri", 11)]
)
def test_that_rows_in_are_rows_out(sheet, count, book):
    values = book.values[sheet]
    assert sum(values.cell(row, 1).value is not None for row in range(FIRST, values.max_row + 1)) == count


def test_that_the_cover_reconciles_rows_and_says_so(book):
    cover = book.values["Kapak"]
    texts = {cover.cell(row, 1).value: row for row in range(1, cover.max_row + 1)}
    row = texts["görüşme, Yanıtlar ihtiyac"]
    assert [cover.cell(row, col).value for col in (3, 4, 5)] == [12, 12, 0]
    assert any("satırlar tutuyor" in str(cover.cell(row, 2).value) for row in range(1, cover.max_row + 1))
    assert book.report.rows_in == book.report.rows_out


def test_that_a_missing_row_is_seen_on_the_cover(small, tmp_path):
    form = replace(small.instruments[0], interviews_in=14)
    found = write(replace(small, instruments=(form, small.instruments[1])), tmp_path)
    cover = found.values["Kapak"]
    assert any("satırlar tutmuyor" in str(cover.cell(row, 2).value) for row in range(1, cover.max_row + 1))
    assert found.report.rows_in == found.report.rows_out + 2


def test_that_further_respondents_stand_on_a_sheet_where_persons_are_shown_and_lead_to_their_interview(
    small, book, tmp_path
):
    joined = RespondentRow(
        "F004", "F004-ihtiyac", "ihtiyac", 2, "üretim müdürü", "2", "/data/g/uretim_insan", "",
        datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
    )  # fmt: skip
    content = replace(small, include_personal=True, respondents=(joined,))
    read = write(content, tmp_path)
    (row,) = read.rows("respondents")
    assert (row["firm"], row["interview"], row["who"]) == ("F004", "F004-ihtiyac", "üretim müdürü")
    assert (row["how"], row["since"], row["until"]) == ("Yazılı verildi", "uretim_insan", "sonuna kadar")
    target = re.fullmatch(r"'Yanıtlar ihtiyac'!A(\d+)", read.cell("respondents", 0, "interview").hyperlink.location)
    assert read.values["Yanıtlar ihtiyac"].cell(int(target[1]), 5).value == "F004-ihtiyac"
    assert check(read.report.path).problems == ()
    closed = tmp_path / "kapali"
    closed.mkdir()
    assert "Sonradan katılanlar" not in write(replace(content, include_personal=False), closed).report.sheets
    assert only_areas(content, [small.areas[0].code]).respondents in ((), (joined,))
    assert without_people(content).respondents == ()
