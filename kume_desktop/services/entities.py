"""What earlier interviews give a new one: rows of entity lists, and the values of the one that was finished last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from kume_desktop.instruments.model import EntityDeclaration, Instrument
    from kume_desktop.interview.entities import EntityChange
    from kume_desktop.interview.state import Tables
    from kume_desktop.services.studies import Study

_MARK = "entities:entities-version"
_ROW = re.compile(r"\[")
_known: MutableMapping[Study, dict[str, tuple[EntityDeclaration, ...]]] = WeakKeyDictionary()


def with_entities(study: Study, instrument: Instrument, tables: Tables, besides: str = "") -> Tables:
    """The lists of an instrument with what finished interviews of this study made and changed in them.

    A list that no file holds and that only interviews fill is there too, once a form declares it.
    """
    from kume_desktop.interview.entities import merged

    done: dict[str, list[EntityChange]] = {}
    for change in _changes(study, instrument.files, besides) if instrument.files else ():
        done.setdefault(change.list_name, []).append(change)
    return {**tables, **{name: merged(tables.get(name, ()), changes) for name, changes in done.items()}}


def _changes(study: Study, lists: Iterable[str], besides: str) -> Iterable[EntityChange]:
    from kume_desktop.interview.entities import changes
    from kume_desktop.store import finished

    for version in study.all_instruments():
        declared = [one for one in declarations(study, version.version_id) if one.list_name in lists]
        if declared:
            saved = (each.path.rpartition("/")[2] for one in declared for each in one.saves)
            names = ("@id", "@create", "@update", "entity/label", *saved)
            for values in finished.values_of(study.database, version.version_id, names, besides):
                yield from changes(declared, values)


def declarations(study: Study, version_id: str) -> tuple[EntityDeclaration, ...]:
    """What finished interviews of an instrument version do to lists; only a form that declares something is read."""
    from kume_desktop.store import reading

    known = _known.setdefault(study, {})
    if version_id not in known:
        declares = _MARK in reading.instrument_content(study.database, version_id).source
        known[version_id] = study.instrument(version_id).entities if declares else ()
    return known[version_id]


def lists(study: Study) -> frozenset[str]:
    """The names of the lists that finished interviews of this study fill, whichever of its forms declares them."""
    held = study.all_instruments()
    return frozenset(one.list_name for version in held for one in declarations(study, version.version_id))


def last_saved(study: Study, instrument: Instrument, besides: str = "") -> Mapping[str, str]:
    """The values outside repeats of the interview of this form that was finished last on this computer.

    `besides` is the interview that is being opened. Nothing where the form does not ask for them.
    """
    from kume_desktop.store import device, finished, reading

    if not instrument.last_saved:
        return {}
    found = finished.last_finished(study.database, instrument.id, device.this_device().device_id, besides)
    rows = reading.state_of(study.database, found) if found else {}
    return {path: row.value for path, row in rows.items() if row.relevant and row.value and not _ROW.search(path)}
