"""What an expression gives, as the type of the question that keeps it; what cannot be cast stays as it is.

A whole number loses its fraction, a number in a date becomes the day it counts, as in Collect.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from kume_desktop.xpath import moments
from kume_desktop.xpath.source import Datatype
from kume_desktop.xpath.values import numeral

CASTED = frozenset({Datatype.INT, Datatype.DATE, Datatype.DATETIME, Datatype.BOOLEAN})
"""The types whose values may have to be cast."""


def cast(datatype: Datatype, text: str, now: Callable[[], datetime]) -> str:
    """The text as a node of this type stores it.

    `now` gives an aware moment, whose zone is the local one.

    >>> from datetime import UTC
    >>> clock = lambda: datetime(2026, 11, 22, tzinfo=UTC)
    >>> cast(Datatype.INT, "2.7", clock), cast(Datatype.DATE, "20779", clock), cast(Datatype.STRING, "2.7", clock)
    ('2', '2026-11-22', '2.7')
    """
    if not text or (datatype is Datatype.INT and text.isdecimal()):
        return text
    match datatype:
        case Datatype.INT:
            return _whole(text)
        case Datatype.DATE:
            return _day(text, now().tzinfo or UTC)
        case Datatype.DATETIME:
            return _moment(text, now().tzinfo or UTC)
        case Datatype.BOOLEAN:
            return {"1": "true", "0": "false"}.get(text, text)
        case _:
            return text


def _whole(text: str) -> str:
    number = {"true": 1.0, "false": 0.0}.get(text, numeral(text))
    return str(math.trunc(number)) if math.isfinite(number) else text


def _day(text: str, zone: tzinfo) -> str:
    found = moments.read(text)
    if found is None:
        return moments.date_of_days(numeral(text)) or text
    return moments.local(found, zone).date().isoformat() if isinstance(found, datetime) else found.isoformat()


def _moment(text: str, zone: tzinfo) -> str:
    number = numeral(text)
    return (moments.moment_of_days(number, zone) or text) if math.isfinite(number) else text
