"""Days and times as people type them: 24.11., yarın, cuma, +3, 3 ağustos; 14.30, 1430, 9."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from kume_desktop import texts, turkish
from kume_desktop.gui.components.typed_date import read_date
from kume_desktop.problems import Problem, problem

NINE = time(9, 0)
_NEAR = {
    "bugun": 0, "today": 0, "yarin": 1, "tomorrow": 1, "obur gun": 2, "ertesi gun": 1, "dun": -1, "yesterday": -1,
    "evvelsi gun": -2,
}  # fmt: skip
_WEEK, _LONG_AGO, _LEAST_LETTERS = 7, 60, 3
_IN_DAYS = re.compile(r"([+-])\s*(\d{1,3})")
_NO_YEAR = re.compile(r"(\d{1,2})[./\s-](\d{1,2})[./]?")
_NAMED = re.compile(r"(\d{1,2})\s*\.?\s*([a-z]{3,})\.?(?:\s+(\d{4}))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.,\s]?([0-5]\d))?")


def read_day(text: str, today: date, *, ahead: bool = True) -> date | None:
    """The day of a text, seen from `today`; None where it is none.

    A weekday and a day without its year mean the next one, with `ahead` False the last one; today counts.

    >>> monday = date(2026, 11, 23)
    >>> [str(read_day(text, monday)) for text in ("yarın", "Cuma", "+3", "2.12", "3 ağu", "1.2.2027")]
    ['2026-11-24', '2026-11-27', '2026-11-26', '2026-12-02', '2027-08-03', '2027-02-01']
    >>> read_day("30 şubat", monday), str(read_day("cuma", monday, ahead=False))
    (None, '2026-11-20')
    """
    if (whole := read_date(text)) is not None:
        return whole
    told = turkish.fold(text.strip())
    if told in _NEAR:
        return today + timedelta(days=_NEAR[told])
    if (counted := _IN_DAYS.fullmatch(told)) is not None:
        days = int(counted[2])
        return today + timedelta(days=days if counted[1] == "+" else -days)
    return _weekday(told, today, ahead=ahead) or _without_year(told, today, ahead=ahead)


def _weekday(told: str, today: date, *, ahead: bool) -> date | None:
    if len(told) < _LEAST_LETTERS:
        return None
    step = 1 if ahead else -1
    for away in range(_WEEK):
        day = today + timedelta(days=away * step)
        names = [turkish.fold(texts.weekday(day, lang)) for lang in ("tr", "en")]
        if told in names or (told in [name[:3] for name in names] and told != "paz"):
            return day
        if told == "paz" and names[0] == "pazar":
            return day
    return None


def _without_year(told: str, today: date, *, ahead: bool) -> date | None:
    plain, named = _NO_YEAR.fullmatch(told), _NAMED.fullmatch(told)
    if plain is not None:
        day, month, year = int(plain[1]), int(plain[2]), 0
    elif named is not None:
        day, month, year = int(named[1]), _month(named[2]), int(named[3] or 0)
    else:
        return None
    return _made(year, month, day) if year else _nearest(today, month, day, ahead=ahead)


def _nearest(today: date, month: int, day: int, *, ahead: bool) -> date | None:
    this = _made(today.year, month, day)
    if this is None:
        return None
    if ahead and (today - this).days > _LONG_AGO:
        return _made(today.year + 1, month, day)
    if not ahead and this > today:
        return _made(today.year - 1, month, day)
    return this


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    for month in range(1, 13):
        for lang in ("tr", "en"):
            whole = turkish.fold(texts.long_date(date(2026, month, 1), lang).split(" ")[1])
            if whole == name or whole[:3] == name:
                return month
    return 0


def read_clock(text: str) -> time | None:
    """The time of a text; None where it is none.

    >>> [str(read_clock(text)) for text in ("14:30", "14.30", "1430", "9", "25:00")]
    ['14:30:00', '14:30:00', '14:30:00', '09:00:00', 'None']
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def read_moment(
    day: str, clock: str, now: datetime, *, ahead: bool = True, otherwise: time | None = NINE
) -> tuple[datetime | None, tuple[Problem, ...]]:
    """The moment that a day and a time mean, in local time; None where both are empty.

    A day alone is `otherwise` (None: the time of `now`), a time alone is of today.

    >>> read_moment("31.02.2026", "", datetime(2026, 1, 1))[1][0].code
    'window.bad-date'
    """
    day, clock = day.strip(), clock.strip()
    if not day and not clock:
        return None, ()
    found: list[Problem] = []
    on = read_day(day, now.date(), ahead=ahead) if day else now.date()
    at = read_clock(clock) if clock else otherwise or now.time()
    if on is None:
        found.append(problem("window.bad-date", text=day))
    if at is None:
        found.append(problem("window.bad-time", text=clock))
    if on is None or at is None:
        return None, tuple(found)
    return datetime.combine(on, at).astimezone(), ()
