"""Sheets of a foreign file as rows of text, whatever kind of file it is: .xlsx, .xlsm, .xls, .csv, .tsv, .txt."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from kume_desktop.exchange import guard, text_tables
from kume_desktop.exchange.guard import Range
from kume_desktop.instruments import old_excel
from kume_desktop.instruments.convert import NO_WORKBOOK
from kume_desktop.problems import Refused, Where, problem

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_ZIP = b"PK\x03\x04"
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet: row number (from 1) and cells of every row that is not blank, and its merged ranges.

    `mended` counts the cells out of which characters were taken that no file and no database can hold.
    """

    title: str
    rows: tuple[tuple[int, Row], ...]
    merges: tuple[Range, ...] = ()
    mended: int = 0


def read_sheets(name: str, content: bytes) -> tuple[ListSheet, ...]:
    """Every sheet of a file that has cells.

    Raises:
        Refused: what the file cannot be read for; see `guard.look`, `text_tables.read_rows`. No other error comes out
            but MemoryError, where the process runs under limits.
    """
    if len(content) > guard.MAX_FILE:
        raise Refused(problem("list.too-large", Where(file=name), megabytes=guard.MAX_FILE // 1_000_000))
    if content.startswith(_ZIP):
        sheets = tuple(_workbook(name, content))
    elif content.startswith(old_excel.MAGIC):
        sheets = tuple(_old_workbook(name, content))
    elif name.lower().endswith(WORKBOOKS):
        raise Refused(problem("list.not-a-workbook", Where(file=name)))
    else:
        sheets = (_sheet("", text_tables.read_rows(name, content, guard.MAX_ROWS)),)
    if not any(sheet.rows for sheet in sheets):
        raise Refused(problem("list.empty", Where(file=name)))
    return tuple(sheet for sheet in sheets if sheet.rows)


def _old_workbook(name: str, content: bytes) -> Iterator[ListSheet]:
    try:
        found = old_excel.read_rows(name, content)
    except Refused as refused:
        if refused.problems[0].code == "form.not-a-workbook":
            raise Refused(problem("list.not-a-workbook", Where(file=name))) from refused
        raise
    for title, rows in found.items():
        yield _sheet(title, rows)


def _workbook(name: str, content: bytes) -> Iterator[ListSheet]:
    seen = guard.look(name, content)
    try:
        yield from _read(name, content, seen)
    except NO_WORKBOOK as error:
        raise Refused(problem("list.not-a-workbook", Where(file=name))) from error


def _read(name: str, content: bytes, seen: guard.Looked) -> list[ListSheet]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl tells on stderr what it leaves out; nothing of that is in the cells.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [book[title] for title in book.sheetnames]
        if len(sheets) > guard.MAX_SHEETS:
            raise Refused(problem("list.harmful", Where(file=name), what="sheets"))
        return [_read_sheet(name, sheet, seen) for sheet in sheets if hasattr(sheet, "reset_dimensions")]
    finally:
        book.close()


def _read_sheet(name: str, sheet: Any, seen: guard.Looked) -> ListSheet:
    # The dimension that a file tells may be wrong, and rows would be left out in silence.
    sheet.reset_dimensions()
    widest = guard.MAX_COLUMNS if seen.is_wide else None
    rows = sheet.iter_rows(max_col=widest, values_only=True)
    member = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    return _sheet(sheet.title, _at_most(name, rows), seen.merges.get(member, ()))


def _at_most(name: str, rows: Iterable[Any]) -> Iterator[Any]:
    for number, row in enumerate(rows, start=1):
        if number > guard.MAX_ROWS:
            raise Refused(problem("list.too-many-rows", Where(file=name), most=guard.MAX_ROWS))
        yield row


def _sheet(title: str, rows: Iterable[Iterable[Any]], merges: tuple[Range, ...] = ()) -> ListSheet:
    kept: list[tuple[int, Row]] = []
    mended = 0
    for number, row in enumerate(rows, start=1):
        cells = [text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            clean = tuple(storable(cell) for cell in cells)
            mended += sum(one != other for one, other in zip(cells, clean, strict=True))
            kept.append((number, clean))
    return ListSheet(title, tuple(kept), merges, mended)


def text(value: Any) -> str:
    """A cell as text: whole numbers without a point, moments as ISO 8601, '' for a blank one.

    >>> [text(value) for value in (1234567890.0, 10.39, True, None, " Ad ", datetime(2005, 12, 10))]
    ['1234567890', '10.39', '1', '', 'Ad', '2005-12-10']
    """
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(_unescaped, value).strip() if "_x" in value else value.strip()
        case bool():
            return str(int(value))
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value).strip()


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def storable(cell: str) -> str:
    """A text without the control characters and lone surrogates that not every store can hold."""
    return _UNSTORABLE.sub("", cell) if _UNSTORABLE.search(cell) else cell
