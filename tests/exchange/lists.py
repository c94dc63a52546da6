"""Lists of firms as chambers hand them out, written for tests."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kume_desktop.exchange.sample_lists.numbers import is_company_number

HEADS = ("Sıra", "Ünvanı", "Vergi No", "NACE Kodu", "İl", "İlçe", "Adres", "Telefon", "Yetkili Kişi", "Çalışan Sayısı")
_ONE = (1, "Ege Kimya San. ve Tic. Ltd. Şti.", "1234567890", "20.30.11", "İzmir", "Kemalpaşa", "Ansızca OSB 1")
_TWO = (2, "Şirin Lojistik A.Ş.", "0123456789", "52.29", "İZMİR", "KONAK", "Liman Cad. 5")
_THREE = (3, "Çınar Boya", "10000000146", "2030", "izmir", "Bornova", "4. Sanayi 12")
FIRMS = (
    (*_ONE, "0232 877 00 00", "Ayşe Yılmaz", 24),
    (*_TWO, "0 232 463 11 22", "Ali Işık", 120),
    (*_THREE, "5321112233", "Çınar Öz", 3),
)
"""Two companies and a natural person's firm, in the areas of `tests.studies`."""


def workbook(write: Callable[[Worksheet], None], file: Path | None = None, title: str = "Üyeler") -> bytes:
    """A workbook with one sheet that `write` fills."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    write(sheet)
    kept = io.BytesIO()
    book.save(kept)
    if file is not None:
        file.write_bytes(kept.getvalue())
    return kept.getvalue()


def shared_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook as Excel writes it: texts in a member of their own."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("Üyeler")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return kept.getvalue()


def rows_of(rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> Callable[[Worksheet], None]:
    """Write heads and rows."""

    def write(sheet: Worksheet) -> None:
        sheet.append(list(heads))
        for row in rows:
            sheet.append(list(row))

    return write


def a_list(file: Path, rows: Sequence[Sequence[object]] = FIRMS, heads: Sequence[str] = HEADS) -> Path:
    """A list in a file."""
    workbook(rows_of(rows, heads), file)
    return file


def changed(content: bytes, parts: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A workbook with other bytes in some members."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, parts[name](data) if name in parts else data)
    return made.getvalue()


def company_number(chance: random.Random) -> str:
    """A tax number with its right check digit."""
    nine = "".join(chance.choice("0123456789") for _ in range(9))
    return next(nine + digit for digit in "0123456789" if is_company_number(nine + digit))
