"""The field in a few columns for whole lists of firms: what became of each, counted by the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select

from kume_desktop.store import reading, records, wave_facts
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import (
    Flag,
    area,
    assignment,
    event,
    frame_row,
    frame_version,
    head,
    interview,
    path,
    subject,
    unit,
    visit,
)

BATCH, RELEASED = "sample_batch", "sample_released"
TAKEN_BACK = "withdrawn"
"""The attribute of a list that was taken back."""
COMPLETED, LETTER = "1", "letter"
"""An outcome and a mode that are no attempt to reach somebody who was not reached yet."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The contact attempts of a firm in a wave: all of them, those that count, and the last one."""

    visits: int
    attempts: int
    last_outcome: str
    last_at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Case:
    """What was decided about a firm in a wave; '' where nothing was."""

    is_closed: bool
    plan_day: str
    plan_slot: str
    conversion: str


def tried(source: Source, wave_id: str, unit_id: str | None = None) -> Mapping[str, Tried]:
    """Unit id -> its contact attempts, of the units that have any."""
    counts = case((and_(visit.c.outcome != COMPLETED, visit.c.mode != LETTER), 1), else_=0)
    here = and_(visit.c.wave == wave_id, visit.c.state == "")
    back = func.row_number().over(partition_by=visit.c.unit, order_by=(visit.c.at.desc(), visit.c.id.desc()))
    ranked = (
        select(
            visit.c.unit, visit.c.outcome, visit.c.at, visit.c.next_at, back.label("back"),
            func.count().over(partition_by=visit.c.unit).label("visits"),
            func.sum(counts).over(partition_by=visit.c.unit).label("attempts"),
        )
        .where(here if unit_id is None else and_(here, visit.c.unit == unit_id))
        .subquery()
    )  # fmt: skip
    found = source.rows(select(ranked).where(ranked.c.back == 1))
    return {row.unit: Tried(row.visits, int(row.attempts), row.outcome, row.at, row.next_at) for row in found}


def cases(source: Source, wave_id: str, unit_id: str | None = None) -> Mapping[str, Case]:
    """Unit id -> what was decided about it, of the units about which anything was."""
    told = or_(assignment.c.closed != "", assignment.c.plan_day != "", assignment.c.conversion != "")
    statement = select(
        assignment.c.unit, assignment.c.closed, assignment.c.plan_day, assignment.c.plan_slot, assignment.c.conversion
    ).where(assignment.c.wave == wave_id, told)
    if unit_id is not None:
        statement = statement.where(assignment.c.unit == unit_id)
    found = source.rows(statement)
    return {row.unit: Case(bool(row.closed), row.plan_day, row.plan_slot, row.conversion) for row in found}


def waves_before(source: Source, wave_id: str, unit_id: str | None = None) -> Mapping[str, int]:
    """Unit id -> in how many earlier waves it has a completed interview."""
    earlier = wave_facts.chain(source, wave_id)[1:]
    if not earlier:
        return {}
    statement = (
        select(interview.c.unit, func.count(interview.c.wave.distinct()).label("waves"))
        .where(interview.c.wave.in_(earlier), interview.c.state == "completed", interview.c.counts)
        .group_by(interview.c.unit)
    )
    if unit_id is not None:
        statement = statement.where(interview.c.unit == unit_id)
    return {row.unit: int(row.waves) for row in source.rows(statement)}


def batches(source: Source, wave_id: str, unit_id: str | None = None) -> Mapping[str, int]:
    """Unit id -> the batch of the sample it was drawn into (0: issued at once), of the units that were drawn."""
    name = wave_facts.name_in(source, wave_id, BATCH)
    statement = _facts("unit", name)
    if unit_id is not None:
        statement = statement.where(subject.c.id == unit_id)
    return {row.id: int(row.value) for row in source.rows(statement) if (row.value or "").isdecimal()}


def released(source: Source, wave_id: str) -> Mapping[str, int]:
    """Code of an area -> the last batch of its sample that was released, of the areas that were drawn."""
    name = wave_facts.name_in(source, wave_id, RELEASED)
    codes = {row.id: row.code for row in source.rows(select(area.c.id, area.c.code))}
    found = {codes.get(row.id, ""): row.value or "" for row in source.rows(_facts("area", name))}
    return {code: int(text) for code, text in found.items() if text.isdecimal()}


def area_facts(source: Source, wave_id: str, name: str) -> Mapping[str, str]:
    """Area id -> a fact that holds in a wave: the wave's own, else that of the wave before, and so on."""
    found: dict[str, str] = {}
    waves = wave_facts.chain(source, wave_id)
    for each in reversed(waves):
        kept = wave_facts.marked(name, each, first=each == waves[-1])
        found |= {row.id: row.value or "" for row in source.rows(_facts("area", kept))}
    return found


def _facts(kind: str, name: str) -> Select[Any]:
    """(subject id, value) of the facts with a name that are in no conflict."""
    return (
        select(subject.c.id, head.c.value)
        .select_from(path)
        .join(head, head.c.path == path.c.no)
        .join(subject, subject.c.no == head.c.subject)
        .where(path.c.text == name, subject.c.kind == kind, ~head.c.contested.cast(Flag))
    )


def visit_record(source: Source, visit_id: str) -> records.VisitRecord | None:
    """One contact attempt, also one that was taken back; None where there is none of that id."""
    return next((_visit(row) for row in source.rows(select(visit).where(visit.c.id == visit_id))), None)


def visits_of(source: Source, wave_id: str, units: Collection[str]) -> Mapping[str, tuple[records.VisitRecord, ...]]:
    """Unit id -> its contact attempts in a wave, the oldest first, of those units."""
    wanted, found = set(units), dict[str, list[records.VisitRecord]]()
    statement = select(visit).where(visit.c.wave == wave_id, visit.c.state == "").order_by(visit.c.at, visit.c.id)
    if len(wanted) <= _FEW:
        statement = statement.where(visit.c.unit.in_(sorted(wanted)))
    for row in source.rows(statement):
        if row.unit in wanted:
            found.setdefault(row.unit, []).append(_visit(row))
    return {unit_id: tuple(of_unit) for unit_id, of_unit in found.items()}


_FEW = 500


def _visit(row: Row[Any]) -> records.VisitRecord:
    return records.VisitRecord(
        row.id, row.unit, row.wave, row.at, row.outcome, row.next_at, row.note, row.by, row.mode, bool(row.refusal)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What one list said about a unit (head -> cell), and what its heads mean where somebody said so."""

    frame_id: str
    name: str
    source: str
    imported_at: datetime | None
    cells: Mapping[str, str]
    fields: Mapping[str, str]


def sources(source: Source, unit_id: str) -> tuple[SourceRow, ...]:
    """The lists on which a unit stands, the newest first, without those that were taken back."""
    statement = (
        select(
            frame_version.c.id,
            frame_version.c.name,
            frame_version.c.source,
            frame_version.c.imported_at,
            frame_row.c.cells,
        )
        .join(frame_version, frame_version.c.id == frame_row.c.frame_version)
        .where(frame_row.c.unit == unit_id)
        .order_by(frame_version.c.imported_at.desc(), frame_version.c.id.desc())
    )
    found = []
    for row in source.rows(statement):
        heads = reading.heads(source, row.id)
        if not any(head_row.value for head_row in heads.get(TAKEN_BACK, ())):
            made = json.loads(next((one.value for one in heads.get("", ()) if one.value), None) or "{}")
            found.append(
                SourceRow(row.id, row.name, row.source, row.imported_at, row.cells or {}, made.get("fields", {}))
            )
    return tuple(found)


def changed_units(source: Source, number: int) -> frozenset[str] | None:
    """The units about which something arrived after the entry `number` of the log.

    None where something arrived that changes many: areas, forms, waves, the study itself.
    """
    statement = (
        select(subject.c.kind, subject.c.id).join(event, event.c.subject == subject.c.no).where(event.c.no > number)
    )
    told = {(row.kind, row.id) for row in source.rows(statement.distinct())}
    if any(kind not in _OF_ONE_UNIT and kind not in _OF_NO_UNIT for kind, _ in told):
        return None
    found = {subject_id for kind, subject_id in told if kind == "unit"}
    for kind, table in _OF_ONE_UNIT.items():
        ids = sorted(subject_id for of_kind, subject_id in told if of_kind == kind and kind != "unit")
        if len(ids) > _FEW:
            return None
        if ids:
            found |= {row.unit for row in source.rows(select(table.c.unit).where(table.c.id.in_(ids)))}
    return frozenset(each for each in found if each)


_OF_ONE_UNIT = {"unit": unit, "visit": visit, "assignment": assignment, "interview": interview}
_OF_NO_UNIT = frozenset({"device", "rating", "method", "result"})
