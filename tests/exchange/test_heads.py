"""The head of a list is found wherever it stands, and its columns whatever their order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from kume_desktop.exchange import cells
from kume_desktop.exchange.sample_lists import fields, heads
from kume_desktop.exchange.sample_lists.fields import ListField
from tests.exchange.lists import FIRMS, HEADS, workbook

pytestmark = pytest.mark.cases("R15 wrong dimensions, long texts, characters")

F = ListField
KNOWN = {
    "ÜNVANI": F.NAME, "Firma Adı": F.NAME, "TİCARET ÜNVANI": F.NAME, "İşyeri Ünvanı": F.NAME, "Ünvan (tam)": F.NAME,
    "Vergi No": F.TAX_NUMBER, "VERGİ KİMLİK NUMARASI": F.TAX_NUMBER, "VKN": F.TAX_NUMBER,
    "Vergi Kimlk No": F.TAX_NUMBER,
    "T.C. Kimlik No": F.PERSON_NUMBER, "TCKN": F.PERSON_NUMBER, "NACE KODU": F.NACE, "Faaliyet Kodu": F.NACE,
    "6'lı NACE Kodu": F.NACE, "İL": F.PROVINCE, "Şehir": F.PROVINCE, "İLÇE": F.DISTRICT, "İlçesi": F.DISTRICT,
    "ADRES": F.ADDRESS, "İşyeri Adresi": F.ADDRESS, "Telefon": F.PHONE, "TEL.": F.PHONE, "Cep Telefonu": F.PHONE,
    "E-Posta": F.EMAIL, "e-mail": F.EMAIL, "Yetkili Kişi": F.CONTACT, "ÇALIŞAN SAYISI": F.STAFF, "İşçi Sayısı": F.STAFF,
    "Personel Sayısı": F.STAFF, "Oda Sicil No": F.REGISTER, "Üye No": F.REGISTER, "Faaliyet Alanı": F.AREA,
    "Trade name": F.NAME, "District": F.DISTRICT, "Faaliyet (NACE)": F.NACE, "Telefon (firma)": F.PHONE,
}  # fmt: skip


@pytest.mark.parametrize(("head", "field"), KNOWN.items())
def test_that_the_usual_heads_are_known(head: str, field: ListField):
    assert fields.guess([head]) == {0: field}


@pytest.mark.parametrize(
    "head", ["", "Sıra", "Açıklama", "Kayıt Tarihi", "Sermaye", "Ciro", "Web", "Not", "Meslek Grubu"]
)
def test_that_heads_of_other_things_are_not_guessed(head: str):
    assert fields.guess([head]) == {}


def test_that_each_field_is_guessed_once_the_surest_first():
    found = fields.guess(["Firma Adi Soyadi", "Ünvanı", "Telefon", "Telefon 1"])
    assert found == {1: F.NAME, 2: F.PHONE}


@given(st.permutations(range(len(HEADS))))
def test_that_any_order_of_columns_is_understood_alike(order: list[int]):
    guessed = fields.guess([HEADS[place] for place in order])
    assert {HEADS[order[place]]: field for place, field in guessed.items()} == {
        HEADS[place]: field for place, field in fields.guess(HEADS).items()
    }
    assert fields.fingerprint([HEADS[place] for place in order]) == fields.fingerprint(HEADS)


def sheet_of(content: bytes) -> cells.ListSheet:
    return cells.read_sheets("a.xlsx", content)[0]


def test_that_title_lines_above_the_head_are_passed_over():
    def write(sheet: Worksheet) -> None:
        sheet["A1"] = "İZMİR TİCARET ODASI"
        sheet.merge_cells("A1:J1")
        sheet["A2"] = "Tarih: 22.11.2026"
        for row in (HEADS, *FIRMS):
            sheet.append(list(row))

    sheet = sheet_of(workbook(write))
    found = heads.find_head(sheet)
    assert (found.row, found.heads) == (3, HEADS)
    assert [number for number, _row in heads.rows_below(sheet, found)] == [4, 5, 6]


def test_that_merged_heads_of_two_rows_become_one():
    def write(sheet: Worksheet) -> None:
        sheet["A1"] = "Üye listesi 2026"
        sheet.append(["Ünvan", "Yer", None, "İletişim", None, "NACE"])
        sheet.append([None, "İl", "İlçe", "Telefon", "E-posta", None])
        sheet.append(["Ege Kimya", "İzmir", "Konak", "02324630000", "a@b.com.tr", "20.30"])
        for merged in ("A2:A3", "B2:C2", "D2:E2", "F2:F3", "A1:F1"):
            sheet.merge_cells(merged)

    sheet = sheet_of(workbook(write))
    found = heads.find_head(sheet)
    assert (found.row, found.heads) == (3, ("Ünvan", "İl", "İlçe", "Telefon", "E-posta", "NACE"))
    assert len(heads.rows_below(sheet, found)) == 1


def test_that_a_head_repeated_on_every_page_is_no_firm():
    def write(sheet: Worksheet) -> None:
        for row in (HEADS, FIRMS[0], HEADS, FIRMS[1]):
            sheet.append(list(row))

    sheet = sheet_of(workbook(write))
    assert [number for number, _row in heads.rows_below(sheet, heads.find_head(sheet))] == [2, 4]


def test_that_heads_that_stand_twice_or_are_blank_get_names_of_their_own():
    found = heads.head_at(cells.ListSheet("", ((1, ("Telefon", "", "Telefon")), (2, ("1", "2", "3", "4")))), 1)
    assert found.heads == ("Telefon", "B", "Telefon (2)", "D")


def test_that_a_list_without_any_known_head_still_has_one():
    rows = tuple((number, ("x", str(number))) for number in range(1, random.Random(1).randint(3, 9)))
    assert heads.find_head(cells.ListSheet("", rows)).row == 1
