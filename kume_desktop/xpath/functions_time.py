"""Functions on dates and times. Dates are texts; their numbers are whole local days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, tzinfo
from math import isnan
from types import MappingProxyType

from kume_desktop.xpath import moments, values
from kume_desktop.xpath.code import Code, Kind, of_text, text_run
from kume_desktop.xpath.registry import Use, function, special
from kume_desktop.xpath.source import Value
from kume_desktop.xpath.values import NAN, Scope

_MONTHS = MappingProxyType(
    {
        "tr": ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"),
        "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    }
)
_WEEKDAYS = MappingProxyType(
    {
        "tr": ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"),
        "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    }
)
_ESCAPES: Mapping[str, Callable[[datetime, str], str]] = MappingProxyType(
    {
        "%": lambda _moment, _language: "%",
        "Y": lambda moment, _language: f"{moment.year:04d}",
        "y": lambda moment, _language: f"{moment.year % 100:02d}",
        "m": lambda moment, _language: f"{moment.month:02d}",
        "n": lambda moment, _language: str(moment.month),
        "b": lambda moment, language: _MONTHS.get(language, _MONTHS["en"])[moment.month - 1],
        "d": lambda moment, _language: f"{moment.day:02d}",
        "e": lambda moment, _language: str(moment.day),
        "a": lambda moment, language: _WEEKDAYS.get(language, _WEEKDAYS["en"])[moment.weekday()],
        "H": lambda moment, _language: f"{moment.hour:02d}",
        "h": lambda moment, _language: str(moment.hour),
        "M": lambda moment, _language: f"{moment.minute:02d}",
        "S": lambda moment, _language: f"{moment.second:02d}",
        "3": lambda moment, _language: f"{moment.microsecond // 1000:03d}",
    }
)


def strange_escapes(form: str) -> list[str]:
    """The `%x` of a date format that no program knows."""
    pieces = form.replace("%%", "").split("%")[1:]
    return [f"%{piece[:1]}" for piece in pieces if piece[:1] not in _ESCAPES]


def names_words(form: str) -> bool:
    """Whether a date format writes the name of a month or day, which depends on the language."""
    return "%a" in form or "%b" in form


@function("today", "", Kind.TEXT, Use.CLOCK)
def today(scope: Scope) -> str:
    """The local date."""
    return scope.now().date().isoformat()


@function("now", "", Kind.TEXT, Use.CLOCK)
def now(scope: Scope) -> str:
    """The local moment with its offset."""
    return moments.stamp(scope.now())


@function("date", "v", Kind.TEXT, Use.SCOPE)
def to_date(scope: Scope, value: Value) -> str:
    """A text or a number of days as a date; '' if it is none."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return moments.date_of_days(value)
    text = values.as_text(value, scope)
    found = moments.read(text)
    if found is None:
        return moments.date_of_days(values.numeral(text)) or _no_date(scope, text)
    return (moments.local(found, values.zone(scope)) if isinstance(found, datetime) else found).isoformat()[:10]


def _no_date(scope: Scope, text: str) -> str:
    """Nothing; a text that should have been a date is told."""
    if text.strip():
        values.note(scope, "no-date", found=text[:40])
    return ""


@function("date-time", "v", Kind.TEXT, Use.SCOPE)
def to_moment(scope: Scope, value: Value) -> str:
    """A text or a number of days as a moment on local clocks; '' if it is none."""
    if isinstance(value, bool):
        return ""
    zone = values.zone(scope)
    if isinstance(value, float):
        return moments.moment_of_days(value, zone)
    text = values.as_text(value, scope)
    found = _moment(text)
    if found is None:
        return moments.moment_of_days(values.numeral(text), zone) or _no_date(scope, text)
    return moments.stamp(moments.local(found, zone))


def _moment(text: str) -> datetime | None:
    found = moments.read(text)
    if found is None or isinstance(found, datetime):
        return found
    return datetime.combine(found, time())


@function("decimal-date-time", "v", Kind.NUMBER, Use.SCOPE)
def decimal_date_time(scope: Scope, value: Value) -> float:
    """Days with their fraction since 1970-01-01T00:00Z."""
    if isinstance(value, float | bool):
        return NAN if isinstance(value, bool) else value
    text = values.as_text(value, scope)
    number = values.numeral(text)
    return moments.decimal_days(text, values.zone(scope)) if isnan(number) else number


@function("decimal-time", "v", Kind.NUMBER, Use.SCOPE)
def decimal_time(scope: Scope, value: Value) -> float:
    """The part of the local day that has passed: noon is 0.5."""
    if isinstance(value, bool):
        return NAN
    if isinstance(value, float):
        return value % 1.0
    now_here = scope.now()
    return moments.decimal_time(values.as_text(value, scope), values.zone(scope), now_here.date())


@special("format-date format-date-time", "vt", Use.LANGUAGE)
def format_date(codes: tuple[Code, ...]) -> Code:
    """A date or moment by a format such as `%d.%m.%Y`; '' if it is none."""
    run, form_of = codes[0].run, text_run(codes[1])

    def formatted(scope: Scope) -> str:
        value = run(scope)
        zone = values.zone(scope)
        text = values.as_text(value, scope)
        found = _counted(value if isinstance(value, float) else values.numeral(text), zone) or _moment(text)
        found = found or _clock(text)
        return "" if found is None else written(moments.local(found, zone), form_of(scope), scope.language)

    return of_text(formatted)


def _counted(count: float, zone: tzinfo) -> datetime | None:
    """The local day of a whole number of days, the moment of a fraction."""
    return _moment(moments.date_of_days(count) if count == count // 1 else moments.moment_of_days(count, zone))


def _clock(text: str) -> datetime | None:
    clock = moments.read_time(text)
    return None if clock is None else datetime.combine(date(1970, 1, 1), clock)


def written(moment: datetime, form: str, language: str) -> str:
    """The moment by a format; an unknown escape stays as it is."""
    pieces = []
    letters = iter(form)
    for letter in letters:
        if letter != "%":
            pieces.append(letter)
            continue
        escape = next(letters, "")
        pieces.append(_ESCAPES[escape](moment, language) if escape in _ESCAPES else f"%{escape}")
    return "".join(pieces)
