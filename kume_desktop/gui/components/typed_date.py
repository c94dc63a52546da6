"""A day as people type it: 12.1.2027, 12/01/2027 or 2027-01-12."""

from __future__ import annotations

import re
from datetime import date

_BY_DAY = re.compile(r"\s*(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{4})\s*")
_BY_YEAR = re.compile(r"\s*(\d{4})[./-](\d{1,2})[./-](\d{1,2})\s*")


def read_date(text: str) -> date | None:
    """The day of a text; None where it is no day.

    >>> read_date("12.1.2027"), read_date("2027-01-12"), read_date("31.2.2027")
    (datetime.date(2027, 1, 12), datetime.date(2027, 1, 12), None)
    """
    by_day, by_year = _BY_DAY.fullmatch(text), _BY_YEAR.fullmatch(text)
    if by_day is not None:
        day, month, year = map(int, by_day.groups())
    elif by_year is not None:
        year, month, day = map(int, by_year.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_typed(day: date) -> str:
    """12.01.2027."""
    return day.strftime("%d.%m.%Y")
