"""Taking an import back: one act that withdraws the firms it added, unless somebody has worked on them since.

The log keeps everything: a withdrawn firm leaves every list, its history stays, and a later list that names it brings
it back. Firms that a visit, an assignment, an interview or a rating speaks of stay, and are told. What the import
changed in firms that were there before goes back to what it was, unless it was changed again since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import backups
from kume_desktop.services.sample_lists.plan import COMPARED
from kume_desktop.services.studies import only_staff

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import EventRecord, UnitRecord
    from kume_desktop.store.unit_of_work import Act

TAKEN_BACK = "withdrawn"
_RESTORED = (*COMPARED, "nace_revision")


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An import in a list."""

    frame_id: str
    name: str
    file: str
    listed_on: str
    at: datetime
    rows: int
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back did: firms withdrawn, firms that stay because they were worked on, values that went back."""

    withdrawn: int
    kept: int
    restored: int


def imports(study: Study) -> tuple[ImportCard, ...]:
    """The imports of the study, the newest first."""
    from kume_desktop.store import bulk, reading

    cards = [
        ImportCard(
            one.frame_id,
            str(one.value.get("name", "")),
            str(one.value.get("source", "")),
            str(one.value.get("listed_on", "")),
            one.at,
            int(one.value.get("rows", 0)),
            TAKEN_BACK in reading.facts(study.database, one.frame_id),
        )
        for one in bulk.imports(study.database)
        if "fields" in one.value
    ]
    return tuple(reversed(cards))


def take_back(study: Study, frame_id: str) -> TakenBack:
    """Take an import back.

    Raises:
        Refused: somebody who is not staff; an import that the study does not know or that was taken back before.
    """
    from kume_desktop.store import bulk, reading
    from kume_desktop.store.events import EventKind, SubjectKind

    only_staff(study)
    database = study.database
    card = next((one for one in imports(study) if one.frame_id == frame_id), None)
    if card is None:
        raise Refused(problem("list.unknown-import"))
    if card.is_withdrawn:
        raise Refused(problem("list.withdrawn-already"))
    backups.before_import(study)
    units = {unit.unit_id: unit for unit in reading.units(database)}
    added = bulk.made_with(database, frame_id)
    worked_on = bulk.touched(database)
    gone = [unit_id for unit_id in bulk.units_of(database, frame_id) if unit_id in added and unit_id not in worked_on]
    stays = [unit_id for unit_id in added if unit_id in worked_on]
    before = [unit_id for unit_id in bulk.units_of(database, frame_id) if unit_id not in added and unit_id in units]
    with study.act() as act:
        bulk.set_kinds(act, gone, bulk.WITHDRAWN)
        restored = sum(_restore(act, study, units[unit_id], card.at) for unit_id in before)
        act.append(EventKind.FACT, SubjectKind.FRAME, frame_id, TAKEN_BACK, act.at.isoformat())
    return TakenBack(len(gone), len(stays), restored)


def _restore(act: Act, study: Study, unit: UnitRecord, at: datetime) -> int:
    """Give a firm back what the import changed; how many values."""
    from kume_desktop.store import reading, writing
    from kume_desktop.store.events import EventKind, SubjectKind

    events = reading.events(study.database, unit.unit_id)
    restored = 0
    for name in _RESTORED:
        facts = [one for one in events if one.path == name and one.kind == EventKind.FACT.value]
        newest = max(facts, key=lambda one: (one.at, one.seq), default=None)
        if newest is None or newest.at != at:
            continue
        sealed = writing.is_sealed(name, natural_person=unit.natural_person)
        earlier = _before(facts, newest, events, name)
        writing.set_fact(act, SubjectKind.UNIT, unit.unit_id, name, earlier, personal=sealed)
        restored += 1
    return restored


def _before(facts: Iterable[EventRecord], newest: EventRecord, events: Iterable[EventRecord], name: str) -> str:
    """The value that the newest fact replaced: an earlier fact's, else that of the record that made the firm."""
    import json

    replaced = [one for one in facts if one.event_id in newest.supersedes]
    if replaced:
        return replaced[-1].value or ""
    made = next((one for one in events if one.path == "" and one.value), None)
    return str(json.loads(made.value or "{}").get(name, "")) if made is not None else ""
