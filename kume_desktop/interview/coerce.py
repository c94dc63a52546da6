"""What a person types, as the form stores it: whole numbers, decimals, dates, times, texts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from kume_desktop.instruments.model import Kind
from kume_desktop.problems import Problem, problem

MAX_DIGITS = 15
_DATE = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})\Z", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([., '’])\d{3})+(?:[.,]\d+)?\Z", re.ASCII)
_MINUS = str.maketrans({"−": "-", "–": "-"})


def coerce(kind: Kind, raw: str, zone: tzinfo | None) -> str | Problem:
    """The stored form of a typed text ('' stays ''), or what is wrong with it."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).replace("\u00a0", " ").strip()
    if not text.isprintable() and any(
        unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in text
    ):
        return problem("interview.control-character")
    if not text:
        return ""
    match kind:
        case Kind.INTEGER:
            return _integer(text.translate(_MINUS))
        case Kind.DECIMAL:
            return _decimal(text.translate(_MINUS))
        case Kind.DATE:
            return _date(text)
        case Kind.TIME:
            return _time(text, zone)
        case Kind.DATETIME:
            return _moment(text, zone)
        case _:
            return text


def _integer(text: str) -> str | Problem:
    if re.fullmatch(r"[+-]?[0-9]+", text):
        return _too_long(text) or str(int(text))
    if _GROUPED.match(text):
        return problem("interview.thousands", value=text, plain=re.sub(r"[., '’]", "", text))
    if _NUMBER.match(text):
        return problem("interview.not-whole", value=text)
    return problem("interview.not-a-number", value=text)


def _too_long(text: str) -> Problem | None:
    if len(text) <= MAX_DIGITS or sum(sign.isdigit() for sign in text) <= MAX_DIGITS:
        return None
    return problem("interview.number-too-long", digits=MAX_DIGITS)


def _decimal(text: str) -> str | Problem:
    plain = text.replace(",", ".")
    if _NUMBER.match(text):
        return _too_long(text) or _shortest(Decimal(plain))
    if _GROUPED.match(text):
        mark = max(text.rfind(","), text.rfind("."))
        marks = {sign for sign in text if sign in ".,"}
        whole, part = (text[:mark], text[mark + 1 :]) if len(marks) > 1 else (text, "")
        without = re.sub(r"[., '’]", "", whole)
        return problem("interview.thousands", value=text, plain=f"{without},{part}" if part else without)
    return problem("interview.not-a-number", value=text)


def _shortest(value: Decimal) -> str:
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _date(text: str) -> str | Problem:
    iso, typed = _ISO_DATE.match(text), _DATE.match(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif typed:
        day, month, year = (int(part) for part in typed.groups())
    else:
        return problem("interview.not-a-date", value=text)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return problem("interview.no-such-date", value=text)


def _clock(text: str) -> time | None:
    found = _TIME.match(text)
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _time(text: str, zone: tzinfo | None) -> str | Problem:
    clock = _clock(text)
    if clock is None:
        return problem("interview.not-a-time", value=text)
    return clock.isoformat() + ".000" + _offset(datetime.combine(date(2000, 1, 1), clock, zone))


def _moment(text: str, zone: tzinfo | None) -> str | Problem:
    day_text, _, clock_text = text.replace("T", " ", 1).rpartition(" ")
    day, clock = _date(day_text.strip()), _clock(clock_text)
    if isinstance(day, Problem) or clock is None:
        return problem("interview.not-a-moment", value=text)
    return stamp(datetime.combine(date.fromisoformat(day), clock, zone))


def _offset(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}" if text else ""


def stamp(moment: datetime) -> str:
    """A moment as ODK stores it.

    >>> from datetime import UTC
    >>> stamp(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
    '2026-11-22T10:00:00.000+00:00'
    """
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}" + _offset(moment)
