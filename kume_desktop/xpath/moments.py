"""Dates, times and moments as the text that forms store: `2026-11-22`, `2026-11-22T10:00:00.000+03:00`, `10:00`.

A date is a whole number of local days since 1970-01-01, as Collect counts; a moment counts as the local day it falls
on, except when two moments are compared with each other.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400.0
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:T(.+))?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?")


@lru_cache(maxsize=4096)
def read(text: str) -> date | datetime | None:
    """The date or the moment (aware if it names an offset) that `text` holds; None if it is neither."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    if match[4] is None:
        return day
    clock = read_time(match[4])
    return None if clock is None else datetime.combine(day, clock)


@lru_cache(maxsize=1024)
def read_time(text: str) -> time | None:
    """The time of day (aware if it names an offset) that `text` holds, or None."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    fraction = int((match[4] or "0")[:6].ljust(6, "0"))
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0), fraction, _offset(match[5]))
    except ValueError:
        return None


def _offset(text: str | None) -> timezone | None:
    if text is None or text == "Z":
        return None if text is None else UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[2:])
    if minutes > 59:
        raise ValueError(text)
    span = timedelta(hours=int(digits[:2]), minutes=minutes)
    return timezone(-span if text[0] == "-" else span)


def looks_dated(text: str) -> bool:
    """Whether `text` may be a date or a moment; quick, and only a first look."""
    return text[4:5] == "-" and len(text) >= 8


def local(moment: datetime, zone: tzinfo) -> datetime:
    """The moment on the clocks of `zone`; one without an offset already is."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def days(text: str, zone: tzinfo) -> float:
    """Whole local days since 1970-01-01; NaN if `text` is no date."""
    found = read(text)
    if isinstance(found, datetime):
        found = local(found, zone)
    return math.nan if found is None else float(found.toordinal() - _EPOCH)


def decimal_days(text: str, zone: tzinfo) -> float:
    """Days with their fraction since 1970-01-01T00:00Z; NaN if `text` is no date."""
    found = read(text)
    if found is None:
        return math.nan
    moment = found if isinstance(found, datetime) else datetime.combine(found, time())
    return local(moment, zone).timestamp() / _DAY


def decimal_time(text: str, zone: tzinfo, today: date) -> float:
    """The part of the local day that has passed at the time (or moment) in `text`; NaN if it is none."""
    clock = read_time(text)
    moment = datetime.combine(today, clock) if clock else read(text)
    if not isinstance(moment, datetime):
        return math.nan if moment is None else 0.0
    at = local(moment, zone)
    return (at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / _DAY


def instants(left: str, right: str, zone: tzinfo) -> tuple[float, float] | None:
    """Two moments as seconds; None unless both texts are moments."""
    pair = (read(left), read(right))
    first, second = pair
    if isinstance(first, datetime) and isinstance(second, datetime):
        return local(first, zone).timestamp(), local(second, zone).timestamp()
    return None


def date_of_days(count: float) -> str:
    """The date `count` whole days after 1970-01-01; '' outside the years 1 to 9999."""
    if not math.isfinite(count) or not 0 < math.trunc(count) + _EPOCH <= date.max.toordinal():
        return ""
    return date.fromordinal(math.trunc(count) + _EPOCH).isoformat()


def moment_of_days(count: float, zone: tzinfo) -> str:
    """The moment `count` days after 1970-01-01T00:00Z on the clocks of `zone`; '' outside the years 1 to 9999."""
    if not math.isfinite(count) or not date_of_days(count - 1) or not date_of_days(count + 1):
        return ""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=round(count * _DAY * 1000))
    return stamp(moment.astimezone(zone))


def stamp(moment: datetime) -> str:
    """The moment as forms store it: `2026-11-22T10:00:00.000-07:00`."""
    return moment.isoformat(timespec="milliseconds")
