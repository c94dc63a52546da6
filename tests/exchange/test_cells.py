"""Every row and character of a foreign file comes in, whatever kind of file it is."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from kume_desktop.exchange import cells, text_tables
from kume_desktop.problems import Refused
from tests.exchange.lists import FIRMS, HEADS, changed, rows_of, workbook
from tests.instruments import old_excel

pytestmark = pytest.mark.cases("R15 wrong dimensions, long texts, characters")

SHEET = "xl/worksheets/sheet1.xml"


def rows(content: bytes, name: str = "liste.xlsx") -> list[tuple[str, ...]]:
    (sheet,) = cells.read_sheets(name, content)
    return [row for _number, row in sheet.rows]


def test_that_a_wrong_dimension_loses_no_row():
    good = workbook(rows_of([*FIRMS] * 20))
    wrong = changed(good, {SHEET: lambda data: data.replace(b'<dimension ref="A1:J61"', b'<dimension ref="A1:B5"')})
    assert b'"A1:B5"' in changed(wrong, {}) or rows(wrong) == rows(good)
    assert len(rows(wrong)) == 61
    assert rows(wrong) == rows(good)


def test_that_long_texts_come_in_whole_and_control_characters_are_told():
    long = "Ş" * 32_768
    good = workbook(rows_of([("1", "KISA METIN", "ab")], ("a", "b", "c")))

    def change(data: bytes) -> bytes:
        return data.replace(b"KISA METIN", long.encode()).replace(b">ab<", b">a_x0001_b<")

    (sheet,) = cells.read_sheets("liste.xlsx", changed(good, {SHEET: change, "xl/sharedStrings.xml": change}))
    assert sheet.rows[1][1] == ("1", long, "ab")
    assert sheet.mended == 1


def test_that_values_come_as_people_see_them():
    def write(sheet: Worksheet) -> None:
        sheet.append(["sayı", "gün", "an", "doğru", "kesir", "boş", "metin"])
        at = datetime(2024, 5, 31, 14, 2)  # noqa: DTZ001 - a cell has no zone
        sheet.append([1234567890, date(2024, 5, 31), at, True, 10.39, None, "  x "])

    assert rows(workbook(write))[1] == ("1234567890", "2024-05-31", "2024-05-31 14:02:00", "1", "10.39", "", "x")


def test_that_formulas_give_the_value_that_was_kept_with_them():
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", None, 2)
    assert rows(kept.getvalue()) == [("2",)]


def test_that_row_numbers_are_those_of_the_sheet_and_blank_rows_are_none():
    def write(sheet: Worksheet) -> None:
        sheet["B3"], sheet["A7"] = "üç", "yedi"

    (sheet,) = cells.read_sheets("a.xlsx", workbook(write))
    assert sheet.rows == ((3, ("", "üç")), (7, ("yedi",)))


def test_that_old_workbooks_give_the_same_rows():
    content = old_excel.workbook({"Üyeler": [list(HEADS), *(list(row) for row in FIRMS)]})
    assert rows(content, "liste.xls") == rows(workbook(rows_of(FIRMS)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_that_text_tables_are_read_in_each_encoding_and_separator(encoding: str, mark: str):
    lines = [HEADS, *(tuple(map(str, row)) for row in FIRMS)]
    quoted = "\r\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines)
    assert rows(quoted.encode(encoding), "liste.csv") == [tuple(line) for line in lines]


def test_that_separators_inside_names_do_not_split_them():
    text = 'Unvan;İlçe\n"Ege; Kimya, Boya";Konak\nA, B ve C;Buca\n'
    assert text_tables.separator(text) == ";"
    assert rows(text.encode("cp1254"), "a.csv")[1:] == [("Ege; Kimya, Boya", "Konak"), ("A, B ve C", "Buca")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "list.not-text"),
        (b"\x00\x01\x02\x03", "list.not-text"),
        (b'a;b\n"c;d', "list.broken-row"),
        (b"\n\n ; ;\n", "list.empty"),
        (b"", "list.empty"),
    ],
)
def test_that_files_that_are_no_text_table_are_refused(content: bytes, code: str):
    with pytest.raises(Refused) as refused:
        cells.read_sheets("a.csv", content)
    assert refused.value.problems[0].code == code
