"""NACE codes as lists write them: 10.39.01, 10.39, 1039, 103901, as text or as what Excel made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

REVISIONS = ("2", "2.1", "1.1")
_DIVISIONS = {
    "2": "01-03 05-33 35-39 41-43 45-47 49-53 55-56 58-66 68-75 77-82 84-88 90-99",
    "2.1": "01-03 05-33 35-39 41-43 46-47 49-53 55-56 58-66 68-75 77-82 84-88 90-99",
    "1.1": "01-02 05 10-37 40-41 45 50-52 55 60-67 70-75 80 85 90-93 95-97 99",
}  # fmt: skip
"""Two-digit divisions of each revision (Regulations (EC) 1893/2006, (EU) 2023/137, (EC) 29/2002)."""
_CODE = re.compile(
    r"\s*(?:nace\s*:?\s*)?([A-U]\s*[.\-]?\s*)?(\d{1,2}(?:\s*[.,\-/]\s*\d{1,2}){1,2}|\d{2,6})(?!\d)", re.IGNORECASE
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PAIRS = re.compile(r"\s*[.,\-/]\s*")
_CLASS = 4


@dataclass(frozen=True, slots=True)
class Nace:
    """A code in its usual form, '' where the cell holds none.

    `wrong` is the code of what is wrong, `doubtful` of what was read in one of several ways.
    """

    code: str = ""
    wrong: str = ""
    doubtful: str = ""


def divisions(revision: str) -> frozenset[str]:
    """The two-digit divisions of a revision."""
    found: set[str] = set()
    for part in _DIVISIONS[revision].split():
        first, _dash, last = part.partition("-")
        found |= {f"{number:02d}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(found)


def read_nace(cell: str, revision: str = "2") -> Nace:
    """A cell as a NACE code of a revision, with what follows it left out ("10.39.01 Meyve...").

    >>> [read_nace(cell).code for cell in ("10.39.01", "103901", "1039", "10390", "1.13", "28.25", "2005-12-10")]
    ['10.39.01', '10.39.01', '10.39', '01.03.90', '01.13', '28.25', '10.12.05']
    """
    if not cell.strip():
        return Nace()
    day = _DAY.fullmatch(cell.strip())
    if day is not None:
        return _checked(_of_day(day), revision, "list.nace-was-date")
    found = _CODE.match(cell)
    if found is None:
        return Nace(wrong="list.nace-shape")
    pairs = _PAIRS.split(found[2].strip())
    doubtful = ""
    if len(pairs) == 1:
        digits = pairs[0].zfill(len(pairs[0]) + len(pairs[0]) % 2)
        pairs = [digits[place : place + 2] for place in range(0, len(digits), 2)]
    elif len(pairs[-1]) == 1:
        # A number loses its last zero (10.30 -> 10.3); a group of three digits is written in the same way.
        doubtful = "list.nace-short"
    code = ".".join([pairs[0].zfill(2), *pairs[1:]])
    return _checked(code, revision, doubtful)


def _of_day(day: re.Match[str]) -> str:
    """What was typed before Excel made a day of it: day.month.year, as Turkish systems read it."""
    try:
        moment = date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return ""
    return f"{moment.day:02d}.{moment.month:02d}.{moment.year % 100:02d}"


def _checked(code: str, revision: str, doubtful: str) -> Nace:
    if code[:2] not in divisions(revision):
        return Nace(wrong="list.nace-division" if code else "list.nace-shape")
    return Nace(code, doubtful=doubtful)


def digits(code: str) -> str:
    """The digits of a code, to be compared by how they begin.

    >>> digits("10.39.01")
    '103901'
    """
    return re.sub(r"\D", "", code)


def codes_of(text: str) -> tuple[str, ...]:
    """The digits of several codes in one text, as areas have them ("10.3; 10.8").

    >>> codes_of("10.3; 10.8, 28")
    ('103', '108', '28')
    """
    return tuple(found for part in re.split(r"[;,/\s]+", text) if (found := digits(part)))


def class_of(code: str) -> str:
    """The class (four digits) of a code, as the study's list names it.

    >>> class_of("10.39.01")
    '10.39'
    """
    plain = digits(code)[:_CLASS]
    return f"{plain[:2]}.{plain[2:]}" if len(plain) > 2 else plain
