"""The forms of a study, compiled where it suits: what is read of the database, and what is made of it without one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.instruments.model import Instrument
    from kume_desktop.interview.form import Form
    from kume_desktop.interview.state import Tables
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InstrumentRecord


@dataclass(frozen=True, slots=True)
class Sources:
    """What a form is compiled of: the JSON of its version and of the other versions of its instrument."""

    version_id: str
    own: str
    others: tuple[str, ...]


def sources(study: Study, version_id: str) -> Sources:
    """Read what the form of an instrument version is compiled of."""
    from kume_desktop.store import reading

    found = {one.version_id: one for one in study.all_instruments()}
    same = found[version_id].instrument_id if version_id in found else ""
    others = [one for one, about in found.items() if about.instrument_id == same and one != version_id]
    own, *rest = (reading.instrument_content(study.database, one).source for one in (version_id, *others))
    return Sources(version_id, own, tuple(rest))


def compile_sources(read: Sources) -> tuple[Form, Tables]:
    """The form with its attached tables; needs no database, so any thread may do it."""
    from kume_desktop.instruments.differences import with_retired
    from kume_desktop.interview.engine import compile_form

    instrument, tables = _instrument(read.own)
    return compile_form(with_retired(instrument, (_instrument(one)[0] for one in read.others))), tables


def _instrument(source: str) -> tuple[Instrument, Tables]:
    from kume_desktop.instruments.load import load
    from kume_desktop.instruments.source import FormSource

    kept = json.loads(source)
    return load(FormSource.from_json(kept["form"])), {name: tuple(rows) for name, rows in kept["tables"].items()}


class Ahead:
    """Forms of a study, compiled before anybody asks: read, `compile` in another thread, then `keep`.

    They are those of `versions`, or the newest of each instrument.
    """

    def __init__(self, study: Study, versions: Sequence[str] = ()) -> None:
        self._study, self._versions = study, study.all_instruments()
        wanted = versions or [one.version_id for one in study.instruments()]
        self._read = [sources(study, version_id) for version_id in wanted]
        self._made: Mapping[str, tuple[Form, Tables]] = {}

    def compile(self) -> Ahead:
        """Compile what was read; gives itself back, for the thread to hand over."""
        self._made = {read.version_id: compile_sources(read) for read in self._read}
        return self

    def keep(self, study: Study) -> None:
        """Give the study its forms, unless it is another one or other versions were installed meanwhile."""
        if study is self._study and same(self._versions, study.all_instruments()):
            for version_id, (form, tables) in self._made.items():
                study.keep_form(version_id, form, tables)


def same(before: Sequence[InstrumentRecord], now: Sequence[InstrumentRecord]) -> bool:
    """Whether the same versions are installed."""
    return [one.version_id for one in before] == [one.version_id for one in now]
