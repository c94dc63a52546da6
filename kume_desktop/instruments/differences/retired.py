"""Choices that other versions of an instrument offered and this one does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kume_desktop.instruments.differences.matching import Sureness, match
from kume_desktop.instruments.model import Choice, Instrument


def with_retired(instrument: Instrument, others: Iterable[Instrument]) -> Instrument:
    """The instrument, knowing the choices that other versions (the oldest first) offered for its questions."""
    retired: dict[str, dict[str, Choice]] = {}
    for other in others:
        for pair in match(other, instrument):
            before, now = other.lists.get(pair.old.choices, ()), instrument.lists.get(pair.new.choices, ())
            offered = {choice.name for choice in now}
            gone = {choice.name: choice for choice in before if choice.name not in offered}
            if gone and pair.new.choices and pair.sureness is not Sureness.SIMILAR:
                retired.setdefault(pair.new.path, {}).update(gone)
    return replace(instrument, retired=retired) if retired else instrument
