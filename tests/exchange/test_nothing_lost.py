"""R15: wrong dimensions, very long texts, control characters: nothing of a foreign file is lost without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kume_desktop.exchange import cells
from kume_desktop.instruments.convert import read_book
from kume_desktop.problems import Refused
from tests.exchange.bombs import plain
from tests.exchange.lists import FIRMS, changed, rows_of, workbook

pytestmark = pytest.mark.cases("R15 wrong dimensions, long texts, characters")

SHEET = "xl/worksheets/sheet1.xml"
DIMENSIONS = ("A1", "A1:A1", "A1:B5", "B2:C3", "J61", "A61:J61", "XFD1048576", "", "yok", "A1:A999999999")
LONG = (32_766, 32_767, 32_768, 65_536, 200_000)
SIGNS = ("_x0000_", "_x0001_", "_x0007_", "_x001B_", "_x007F_", "_xD800_")


def put(data: bytes, dimension: str) -> bytes:
    assert b'<dimension ref="A1:J61"' in data
    return data.replace(b'<dimension ref="A1:J61"', f'<dimension ref="{dimension}"'.encode())


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_that_no_dimension_costs_a_row_or_a_column(dimension: str):
    good = workbook(rows_of([*FIRMS] * 20))
    wrong = changed(good, {SHEET: lambda data: put(data, dimension)})
    (found,) = cells.read_sheets("liste.xlsx", wrong)
    assert found.rows == cells.read_sheets("liste.xlsx", good)[0].rows
    assert len(found.rows) == 61


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_that_no_dimension_costs_a_form_a_question(dimension: str):
    good = plain()
    wrong = changed(good, {SHEET: lambda data: data.replace(b'ref="A1:C3"', f'ref="{dimension}"'.encode())})
    assert wrong != good or dimension == "A1:C3"
    found = read_book("form.xlsx", wrong)
    assert found.sheet("survey").rows == read_book("form.xlsx", good).sheet("survey").rows


@pytest.mark.parametrize("length", LONG)
def test_that_a_text_of_any_length_comes_in_whole(length: int):
    good = workbook(rows_of([("1", "KISA METIN")], ("a", "b")))
    text = "Ş" * length
    swap: Callable[[bytes], bytes] = lambda data: data.replace(b"KISA METIN", text.encode())  # noqa: E731
    (sheet,) = cells.read_sheets("a.xlsx", changed(good, {SHEET: swap, "xl/sharedStrings.xml": swap}))
    assert sheet.rows[1][1] == ("1", text)


@pytest.mark.parametrize("sign", SIGNS)
def test_that_a_character_nobody_can_store_is_taken_out_and_counted(sign: str):
    good = workbook(rows_of([("1", "KISA METIN")], ("a", "b")))
    swap: Callable[[bytes], bytes] = lambda data: data.replace(b"KISA METIN", f"ab{sign}cd".encode())  # noqa: E731
    (sheet,) = cells.read_sheets("a.xlsx", changed(good, {SHEET: swap, "xl/sharedStrings.xml": swap}))
    assert sheet.rows[1][1] == ("1", "abcd")
    assert sheet.mended == 1


@pytest.mark.parametrize("read", [cells.read_sheets, read_book])
def test_that_a_dimension_no_reader_understands_is_refused_whole(read: Callable[[str, bytes], object]):
    wrong = changed(plain(), {SHEET: lambda data: data.replace(b'ref="A1:C3"', b'ref="-1"')})
    with pytest.raises(Refused) as refused:
        read("a.xlsx", wrong)
    assert refused.value.problems[0].where.file == "a.xlsx"
