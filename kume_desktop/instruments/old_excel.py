"""Workbooks of Excel 97-2003 (.xls) as rows of values; xlrd reads them, as it does for pyxform."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from kume_desktop.problems import Refused, Where, problem

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every file of this kind begins."""


def read_rows(name: str, workbook: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The sheets with their rows (numbers, texts, truth values, moments; None where blank).

    Raises:
        Refused: `form.not-a-workbook`; `form.date-ambiguous` for a date that Excel itself counts wrongly.
    """
    import xlrd

    try:
        # What xlrd has to complain about goes to a file of its own: a window has no standard output.
        with xlrd.open_workbook(file_contents=workbook, logfile=io.StringIO(), on_demand=True) as book:
            return {title: list(_rows(name, book, book.sheet_by_name(title))) for title in book.sheet_names()}
    except (
        xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, AttributeError, EOFError, IndexError,
        KeyError, MemoryError, OSError, OverflowError, TypeError, ValueError, ZeroDivisionError,
    ) as error:  # fmt: skip
        raise Refused(problem("form.not-a-workbook", Where(file=name))) from error


def _rows(name: str, book: Any, sheet: Any) -> Iterator[tuple[Any, ...]]:
    for number in range(sheet.nrows):
        yield tuple(_value(book, cell, Where(name, sheet.name, number + 1)) for cell in sheet.row(number))


def _value(book: Any, cell: Any, where: Where) -> Any:
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT | xlrd.XL_CELL_NUMBER:
            return cell.value
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return _moment(book, cell.value, where)
        case _:
            return None


def _moment(book: Any, value: float, where: Where) -> datetime | time:
    from xlrd import xldate

    try:
        year, month, day, *clock = xldate.xldate_as_tuple(value, book.datemode)
    except xldate.XLDateError as error:
        raise Refused(problem("form.date-ambiguous", where, value=value)) from error
    return datetime(year, month, day, *clock) if year else time(*clock)  # noqa: DTZ001 - a cell has no zone
