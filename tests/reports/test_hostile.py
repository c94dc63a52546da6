"""Texts that would like to be something else, or that no cell can hold: they arrive as texts, whole."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from kume_desktop.problems import Refused
from kume_desktop.reports.check import check
from kume_desktop.reports.checking.reading import read_pages
from kume_desktop.reports.workbook import write_workbook
from kume_desktop.reports.writing.book import Book
from tests.reports.conftest import write

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\tsekme",
    "satır\rbaşı",
    "iki\nsatır",
    "emoji 🙂👩‍👩‍👧 sonu",
    "sağdan \u202eters\u202c sola \u200f işaretler",
    "denetim \x01\x07\x1f karakterleri",
    "kaçış _x000D_ gibi",
    "<r><t>zengin</t></r>",
    "<r>&</r>",
    "]]> & < > \" '",
    "  baş ve son boşluk  ",
    "\ufffe\uffff",
    "http://example.org/?a=1&b=2",
    "{=SUM(A1)}",
    "'tek tırnak",
    "0001234",
    "1e5",
    "TRUE",
    "#N/A",
)
LONG = "ğ" * 40_000
EMOJI = "🙂" * 20_000


def with_answers(content, texts):
    """The study with these texts as answers to its open question, one a firm."""
    form = content.instruments[0]
    table = form.tables[0]
    rows = [
        replace(row, values={**row.values, "/data/g/ana_urun": (text,)})
        for row, text in zip(table.rows, texts, strict=False)
    ]
    rows += table.rows[len(rows) :]
    tables = (replace(table, rows=tuple(rows)), *form.tables[1:])
    return replace(content, instruments=(replace(form, tables=tables), *content.instruments[1:]))


def answers_told(file):
    """What stands in the column of the open question, read by our own reader."""
    page = read_pages(file).pages["Yanıtlar ihtiyac"]
    col = next(col for (row, col), value in page.values.items() if row == 5 and value == "ana_urun")
    return page, {row: page.values.get((row, col)) for row in range(7, 7 + 60)}, col


@pytest.mark.parametrize("start", [0, 11, 22])
def test_that_hostile_texts_arrive_as_the_texts_they_are(start, small, tmp_path):
    texts = HOSTILE[start : start + 11]
    read = write(with_answers(small, texts), tmp_path)
    page, told, col = answers_told(read.report.path)
    for text in texts:
        assert text in told.values(), repr(text)
    assert not any(place[1] == col for place in page.formulas)
    assert check(read.report.path).problems == ()


def test_that_another_reader_sees_texts_and_no_formula(small, tmp_path):
    read = write(with_answers(small, HOSTILE[:4]), tmp_path)
    cells = [cell for row in read.formulas["Yanıtlar ihtiyac"].iter_rows(min_row=8) for cell in row]
    assert {cell.data_type for cell in cells if cell.value in HOSTILE} == {"s"}


@pytest.mark.parametrize("text", [LONG, EMOJI, "satır\n" * 9_000])
def test_that_a_text_no_cell_can_hold_goes_on_whole_and_linked(text, small, tmp_path):
    read = write(with_answers(small, ("kısa", text)), tmp_path)
    parts = [row for row in read.rows("long_texts") if row["sheet"] == "Yanıtlar ihtiyac"]
    assert "".join(str(part["text"]) for part in parts) == text
    assert [part["part"] for part in parts] == list(range(1, len(parts) + 1))
    cell = read.formulas["Yanıtlar ihtiyac"][parts[0]["cell"]]
    assert cell.value.startswith(text[:900])
    assert "metnin tamamı: “Uzun metinler”, satır 7" in cell.value
    assert cell.hyperlink.location == "'Uzun metinler'!A7"
    assert check(read.report.path).problems == ()


def test_that_long_reasons_and_labels_go_on_too(small, tmp_path):
    ratings = (replace(small.ratings[0], reason=LONG), *small.ratings[1:])
    read = write(replace(small, ratings=ratings), tmp_path)
    parts = [row for row in read.rows("long_texts") if row["sheet"] == "Puanlama kayıtları"]
    assert "".join(str(part["text"]) for part in parts) == LONG


def test_that_nothing_is_said_of_long_texts_where_there_are_none(book):
    assert "Uzun metinler" not in book.values.sheetnames


def test_that_half_a_character_is_refused_with_its_cell(small, tmp_path):
    target = tmp_path / "rapor.xlsx"
    with pytest.raises(Refused) as caught:
        write_workbook(with_answers(small, ("iyi", "yarım \ud83d")), target, "tr")
    (found,) = caught.value.problems
    assert (found.code, found.where.sheet) == ("report.text-not-writable", "Yanıtlar ihtiyac")
    assert found.where.row in range(8, 20)
    assert not target.exists()


def test_that_excel_counts_an_emoji_twice(tmp_path):
    sheet = Book(tmp_path / "x.xlsx", {}).sheet("S")
    sheet.text(0, 0, "🙂" * 16_383)
    with pytest.raises(Refused) as caught:
        sheet.text(1, 0, "🙂" * 16_384)
    assert caught.value.problems[0].code == "report.text-too-long"


def test_that_every_kind_of_cell_can_be_read_back(tmp_path):
    from datetime import date

    from kume_desktop.reports.writing.cells import Jump, Live

    book = Book(tmp_path / "x.xlsx", {"title": "deneme"})
    sheet = book.sheet("Sayfa ş")
    sheet.text(0, 0, "metin")
    sheet.number(0, 1, 0.1 + 0.2)
    sheet.day(0, 2, date(2026, 11, 22))
    sheet.live(0, 3, Live("B1*2", 0.6000000000000001))
    sheet.live(0, 4, Live('""', None))
    sheet.live(0, 5, Live('"a"&"b"', "ab"))
    sheet.jump(1, 0, Jump("'Sayfa ş'!$B$1", 7))
    sheet.across(2, 0, 3, "geniş", "text")
    sheet.raw.set_row(1, 40)
    book.close()
    values = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)["Sayfa ş"]
    formulas = openpyxl.load_workbook(tmp_path / "x.xlsx")["Sayfa ş"]
    assert [cell.value for cell in values[1]][:2] == ["metin", 0.30000000000000004]
    assert values["C1"].value.date() == date(2026, 11, 22)
    assert [formulas[place].value for place in ("D1", "E1", "F1")] == ["=B1*2", '=""', '="a"&"b"']
    assert [values[place].value for place in ("D1", "E1", "F1")] == [0.6000000000000001, None, "ab"]
    assert (formulas["A2"].value, formulas["A2"].hyperlink.location) == (7, "'Sayfa ş'!B1")
    assert [str(area) for area in formulas.merged_cells.ranges] == ["A3:D3"]
    assert formulas.row_dimensions[2].height == pytest.approx(40, abs=0.5)
