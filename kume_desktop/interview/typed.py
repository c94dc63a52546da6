"""Dates, times and numbers as people type them, written as `coerce` reads them: "12 mart", "dün", "9.30", "1.250.000".

What could mean two things is left as it was typed, so that it is refused with words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from kume_desktop import turkish
from kume_desktop.instruments.model import Kind

_DAYS: Mapping[str, int] = {
    "bugun": 0, "dun": -1, "yarin": 1, "evvelsi gun": -2, "onceki gun": -2, "obur gun": 2,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("ocak", "january"), ("subat", "february"), ("mart", "march"), ("nisan", "april"), ("mayis", "may"),
    ("haziran", "june"), ("temmuz", "july"), ("agustos", "august"), ("eylul", "september"), ("ekim", "october"),
    ("kasim", "november"), ("aralik", "december"),
)  # fmt: skip
_LEAST_LETTERS = 3
_AHEAD = 10
"""So many years from now a year of two digits may lie ahead; the others are of the last century."""
_SHORT = re.compile(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{2}))?[./]?\Z", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})\Z", re.ASCII)
_SOLID = re.compile(r"(\d{2})(\d{2})(\d{4})\Z", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[. -]*([a-z]+)[. -]*(\d{4}|\d{2})?\Z", re.ASCII)
_NAMED_MONTH = re.compile(r"([a-z]+)[. -]*(\d{4})\Z", re.ASCII)
_CLOCK = re.compile(r"(?:saat )?(\d{1,2})(?:[:.,h ]?(\d{2}))?\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([., '’])\d{3})+(?:[.,]\d+)?\Z", re.ASCII)
_MINUS = str.maketrans({"−": "-", "–": "-"})


def written(kind: Kind, text: str, today: date) -> str:
    """What was typed for a question of a kind, written out; what is not understood comes back as it is.

    >>> day = date(2026, 11, 22)
    >>> written(Kind.DATE, "12 mart", day), written(Kind.DATE, "12/03/26", day), written(Kind.DATE, "dün", day)
    ('2026-03-12', '2026-03-12', '2026-11-21')
    >>> written(Kind.TIME, "930", day), written(Kind.DATETIME, "bugün 9.30", day)
    ('9:30', '2026-11-22 9:30')
    >>> written(Kind.INTEGER, "1.250.000", day), written(Kind.INTEGER, "1.250", day)
    ('1250000', '1.250')
    """
    typed = " ".join(text.replace("\u00a0", " ").split())
    match kind:
        case Kind.DATE:
            return _date(typed, today) or text
        case Kind.TIME:
            return _time(typed) or text
        case Kind.DATETIME:
            return _moment(typed, today) or text
        case Kind.INTEGER | Kind.DECIMAL:
            return _number(kind, typed.translate(_MINUS)) or text
        case _:
            return text


def first_of_month(text: str, today: date) -> str:
    """A month as people type it, as its first day; what is not understood comes back as it is.

    >>> first_of_month("Mart 2024", date(2026, 11, 22)), first_of_month("03.2024", date(2026, 11, 22))
    ('2024-03-01', '03.2024')
    """
    folded = turkish.fold(" ".join(text.split()))
    found = _NAMED_MONTH.match(folded)
    place = _month(found.group(1)) if found else _month(folded)
    year = int(found.group(2)) if found else today.year
    return f"{year:04d}-{place:02d}-01" if place else text


def _date(typed: str, today: date) -> str:
    folded = turkish.fold(typed).rstrip(".")
    if folded in _DAYS:
        return (today + timedelta(days=_DAYS[folded])).isoformat()
    if found := _NAMED.match(folded):
        place = _month(found.group(2))
        return _iso(_year(found.group(3) or "", today), place, int(found.group(1))) if place else ""
    if found := _YEAR_FIRST.match(folded):
        return _iso(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    if found := _SOLID.match(folded):
        return _iso(int(found.group(3)), int(found.group(2)), int(found.group(1)))
    if found := _SHORT.match(typed):
        return _iso(_year(found.group(3) or "", today), int(found.group(2)), int(found.group(1)))
    return ""


def _iso(year: int, month_of: int, day: int) -> str:
    """The parts as a date is stored; one that the calendar does not have is refused where it is read."""
    return f"{year:04d}-{month_of:02d}-{day:02d}"


def _year(digits: str, today: date) -> int:
    if not digits:
        return today.year
    if len(digits) > 2:
        return int(digits)
    near = today.year // 100 * 100 + int(digits)
    return near if near <= today.year + _AHEAD else near - 100


def _month(folded: str) -> int:
    """The number of a month by its name or the first letters of it (three at least), 0 where none or two begin so."""
    if len(folded) < _LEAST_LETTERS:
        return 0
    found = [place for place, names in enumerate(_MONTHS, start=1) if any(name.startswith(folded) for name in names)]
    exact = [place for place, names in enumerate(_MONTHS, start=1) if folded in names]
    one = exact or found
    return one[0] if len(one) == 1 else 0


def _time(typed: str) -> str:
    found = _CLOCK.match(turkish.fold(typed))
    return f"{found.group(1)}:{found.group(2) or '00'}" if found else ""


def _moment(typed: str, today: date) -> str:
    day_text, _, clock_text = typed.rpartition(" ")
    day, clock = _date(day_text, today), _time(clock_text)
    if not clock:
        return ""
    return f"{day or day_text} {clock}" if day_text else ""


def _number(kind: Kind, typed: str) -> str:
    """A number without the marks between its thousands, where nothing else can be meant."""
    found = _GROUPED.match(typed)
    if found is None:
        return ""
    marks = [sign for sign in typed if not sign.isdigit() and sign not in "+-"]
    ends_whole = len(typed.rpartition(marks[-1])[2]) == 3
    if len(set(marks)) == 1 and ends_whole and (len(marks) > 1 or marks[0] not in ".,"):
        return typed.replace(marks[0], "")
    if len(set(marks)) == 2 and marks[-1] not in marks[:-1] and marks[-1] in ".,":
        whole = "".join(sign for sign in typed if sign not in marks[:-1])
        return whole if kind is Kind.DECIMAL else ""
    return ""
