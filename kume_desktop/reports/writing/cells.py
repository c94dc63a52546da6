"""What a cell can hold, how formulas name cells, and the XML of a cell.

A workbook of a large study has a million cells. XlsxWriter keeps an object for each and goes over its attributes when
the file is made; here a cell becomes its XML at once, which takes a quarter of the time and a tenth of the memory.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

MAX_TEXT = 32_767
"""UTF-16 units that Excel takes in a cell: an emoji is two of them."""

MAX_FORMULA = 8_192
MAX_ARGUMENTS = 255
MAX_LITERAL = 255
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Live:
    """A formula (without `=`) with the value that it has now; None is shown as an empty text."""

    formula: str
    value: str | float | None


@dataclass(frozen=True, slots=True)
class Jump:
    """A cell that leads to another place of the workbook; `shown` keeps its type."""

    target: str
    shown: str | float


Content = str | float | date | Live | Jump | None
"""What a cell can hold; a `datetime` is shown in the time of this computer."""

DAY_ZERO = date(1899, 12, 30).toordinal()


def serial(value: date) -> float:
    """A day or a moment as spreadsheets count it: days since 1899-12-30.

    >>> serial(date(2026, 11, 22)), serial(datetime(2026, 11, 22, 12, 0))
    (46348, 46348.5)
    """
    days = value.toordinal() - DAY_ZERO
    if not isinstance(value, datetime):
        return days
    return days + (value.hour * 3600 + value.minute * 60 + value.second) / 86_400


def here(moment: datetime) -> datetime:
    """A moment as the clock of this computer shows it."""
    return moment if moment.tzinfo is None else moment.astimezone().replace(tzinfo=None, microsecond=0)


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it.

    >>> quoted("Ali'nin sayfası")
    "'Ali''nin sayfası'"
    """
    return "'" + sheet.replace("'", "''") + "'"


def literal(text: str) -> str:
    """A text as formulas write it; ValueError for one that Excel does not take in a formula.

    >>> print(literal('a "fit" one'))
    "a ""fit"" one"
    """
    if len(text) > MAX_LITERAL:
        raise ValueError(f"a text of {len(text)} characters inside a formula")
    return '"' + text.replace('"', '""') + '"'


@cache
def letter(col: int) -> str:
    """The letters of a column, 0 first.

    >>> letter(0), letter(25), letter(26), letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def near(row: int, col: int) -> str:
    """A cell of the same sheet, relative (row and column from 0).

    >>> near(4, 2)
    'C5'
    """
    return f"{letter(col)}{row + 1}"


def most_arguments(formula: str) -> int:
    """The number of arguments of the call with the most; texts and quoted sheet names do not count.

    >>> most_arguments("IF(SUM(A1,B1,C1)>0,'x,y,z,w'!A1)")
    3
    """
    if formula.count(",") < 2:
        return formula.count(",") + 1
    most, counts, quote = 1, [1], ""
    for sign in formula:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "(":
            counts.append(1)
        elif sign == ")":
            most = max(most, counts.pop() if len(counts) > 1 else counts[0])
        elif sign == ",":
            counts[-1] += 1
    return max(most, *counts)


def units(text: str) -> int:
    """The length of a text as Excel counts it; UnicodeEncodeError for half a character, which no file can hold.

    >>> units("a🙂")
    3
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def escaped(text: str) -> str:
    r"""A text between two tags: what XML forbids as `_xHHHH_`, which spreadsheets read back; so is what looks like it.

    >>> print(escaped("a<b\r_x0041_"))
    a&lt;b_x000D__x005F_x0041_
    """
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if text.isprintable() else _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def number_xml(value: float) -> str:
    """A number with all its digits; ValueError for one that is none.

    >>> number_xml(0.1 + 0.2), number_xml(3.0)
    ('0.30000000000000004', '3')
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number of a spreadsheet")
    whole = int(value)
    return str(whole) if whole == value else repr(float(value))


def live_xml(formula: str, value: str | float | None) -> str:
    """Everything of a formula cell behind its style: type, formula, value."""
    if value is None or isinstance(value, str):
        return f' t="str"><f>{escaped(formula)}</f><v>{escaped(value or "")}</v></c>'
    return f"><f>{escaped(formula)}</f><v>{number_xml(value)}</v></c>"
