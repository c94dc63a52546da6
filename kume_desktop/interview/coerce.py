"""What a person types, as the form stores it: numbers, dates, times, coordinates, names of files, texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation

from kume_desktop.instruments.model import ATTACHMENTS, PLACES, Kind, Node
from kume_desktop.interview.places import place
from kume_desktop.interview.typed import first_of_month, written
from kume_desktop.problems import Problem, problem
from kume_desktop.xpath.source import Datatype

MAX_DIGITS = 15
_DATE = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})\Z", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([., '’])\d{3})+(?:[.,]\d+)?\Z", re.ASCII)
_MONTH = re.compile(r"(?:(?P<month>\d{1,2})\s*[./ -]\s*(?P<year>\d{4})|(?P<y>\d{4})-(?P<m>\d{1,2}))\Z", re.ASCII)
_YEAR = re.compile(r"\d{4}\Z", re.ASCII)
_FILE = re.compile(r"[0-9a-f]{16}\.[a-z0-9]{1,8}\Z", re.ASCII)
_SPOKEN = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.DATETIME})
DONE = "OK"
"""What an acknowledged question stores."""
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
    if kind in PLACES:
        return place(kind, text.translate(_MINUS))
    if kind in ATTACHMENTS:
        return text if _FILE.match(text) else problem("interview.not-a-file", value=text)
    typed = _TYPED.get(kind)
    return text if typed is None else typed(text, zone)


def coerce_answer(node: Node, raw: str, zone: tzinfo | None, today: date | None = None) -> str | Problem:
    """Like `coerce`, with what the question itself says: the grid of a range, the appearance of a date or number.

    With `today`, dates, times and numbers may be typed as people do (`typed`). Whether the names of a select are
    choices at present is for `choices.chosen` to say.
    """
    if today is None or node.kind not in _SPOKEN:
        return _of_question(node, raw, zone)
    by_month = node.kind is Kind.DATE and node.appearance & {"month-year", "year"}
    found = _of_question(node, first_of_month(raw, today) if by_month else written(node.kind, raw, today), zone)
    if isinstance(found, Problem) and "value" in found.params:
        return Problem(found.code, {**found.params, "value": raw.strip()})
    return found


def _of_question(node: Node, raw: str, zone: tzinfo | None) -> str | Problem:
    if node.kind is Kind.RANGE:
        whole = node.datatype is Datatype.INT
        stored = coerce(Kind.INTEGER if whole else Kind.DECIMAL, raw, zone)
        return stored if isinstance(stored, Problem) or not stored else _on_grid(node, stored)
    if node.kind is Kind.DATE and node.appearance & {"month-year", "year"}:
        with_year = "year" in node.appearance
        found = coerce(node.kind, _full_date(raw.strip(), with_year=with_year), zone)
        if not isinstance(found, Problem):
            return found
        return problem("interview.not-a-year" if with_year else "interview.not-a-month", value=raw.strip())
    if "thousands-sep" in node.appearance and node.kind in {Kind.INTEGER, Kind.DECIMAL}:
        plain = _ungrouped(node.kind, raw.replace("\u00a0", " ").strip())
        return plain if isinstance(plain, Problem) else coerce(node.kind, plain, zone)
    return coerce(node.kind, raw, zone)


def _ungrouped(kind: Kind, text: str) -> str | Problem:
    """A number without the marks between its thousands; refused where the mark could also be the decimal one."""
    if not _GROUPED.match(text):
        return text
    marks = [sign for sign in text if not sign.isdigit() and sign not in "+-"]
    if len(set(marks)) > 1:
        # The last mark is another one: it is the decimal mark.
        return "".join(sign for sign in text if sign not in marks[:-1])
    plain, tail = text.replace(marks[0], ""), _tail(text)
    if not tail and (kind is Kind.INTEGER or len(marks) > 1 or marks[0] not in ".,"):
        return plain
    if tail and kind is Kind.INTEGER:
        return problem("interview.not-whole", value=text)
    written_plainly = f"{plain.removesuffix(tail)},{tail}" if tail else plain
    return problem("interview.thousands", value=text, plain=written_plainly)


def _full_date(text: str, *, with_year: bool) -> str:
    """A month or year as its first day, as ODK stores it; other texts as they are."""
    if with_year and _YEAR.match(text):
        return f"{text}-01-01"
    found = _MONTH.match(text)
    if found is None:
        return text
    return f"{found['year'] or found['y']}-{int(found['month'] or found['m']):02d}-01"


def _grid(node: Node) -> tuple[Decimal, Decimal, Decimal]:
    """Start, end and step of a range."""
    return _parameter(node, "start", 1), _parameter(node, "end", 10), _parameter(node, "step", 1)


def grid_points(node: Node, most: int) -> tuple[Decimal, ...]:
    """The values that a range offers, from its start to its end; none where they are more than `most`."""
    start, end, step = _grid(node)
    step = abs(step)
    if not step or abs(end - start) / step > most - 1:
        return ()
    upward = step if end >= start else -step
    return tuple(start + upward * place for place in range(int(abs(end - start) / step) + 1))


def _on_grid(node: Node, stored: str) -> str | Problem:
    """A number between start and end, a whole number of steps from the start."""
    start, end, step = _grid(node)
    value, low, high = Decimal(stored), min(start, end), max(start, end)
    if not low <= value <= high:
        return problem("interview.out-of-range", value=stored, low=_shortest(low), high=_shortest(high))
    if step and (value - start) % step:
        return problem("interview.off-grid", value=stored, start=_shortest(start), step=_shortest(abs(step)))
    return stored


def _parameter(node: Node, name: str, usual: int) -> Decimal:
    try:
        found = Decimal(node.parameters.get(name, str(usual)))
    except InvalidOperation:
        return Decimal(usual)
    return found if found.is_finite() else Decimal(usual)


def _acknowledged(text: str, _zone: tzinfo | None) -> str | Problem:
    return DONE if text.upper() == DONE else problem("interview.not-acknowledged", value=text)


def _integer(text: str, _zone: tzinfo | None) -> str | Problem:
    text = text.translate(_MINUS)
    if re.fullmatch(r"[+-]?[0-9]+", text):
        return _too_long(text) or str(int(text))
    if _GROUPED.match(text) and not _tail(text):
        return problem("interview.thousands", value=text, plain=_digits(text))
    if _NUMBER.match(text) or _GROUPED.match(text):
        return problem("interview.not-whole", value=text)
    return problem("interview.not-a-number", value=text)


def _tail(text: str) -> str:
    """The decimals of a number with marks between its thousands: what follows another mark, or is not three long."""
    mark = max(text.rfind(","), text.rfind("."))
    marks = {sign for sign in text if not sign.isdigit() and sign not in "+-"}
    tail = text[mark + 1 :]
    return tail if mark >= 0 and (len(marks) > 1 or len(tail) != 3) else ""


def _digits(text: str) -> str:
    return re.sub(r"[., '’]", "", text)


def _too_long(text: str) -> Problem | None:
    if len(text) <= MAX_DIGITS or sum(sign.isdigit() for sign in text) <= MAX_DIGITS:
        return None
    return problem("interview.number-too-long", digits=MAX_DIGITS)


def _decimal(text: str, _zone: tzinfo | None) -> str | Problem:
    text = text.translate(_MINUS)
    plain = text.replace(",", ".")
    if _NUMBER.match(text):
        return _too_long(text) or _shortest(Decimal(plain))
    if _GROUPED.match(text):
        tail = _tail(text)
        whole = _digits(text.removesuffix(tail))
        return problem("interview.thousands", value=text, plain=f"{whole},{tail}" if tail else whole)
    return problem("interview.not-a-number", value=text)


def _shortest(value: Decimal) -> str:
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _date(text: str, _zone: tzinfo | None = None) -> str | Problem:
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


_TYPED: Mapping[Kind, Callable[[str, tzinfo | None], str | Problem]] = {
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _moment,
    Kind.ACKNOWLEDGE: _acknowledged,
}
