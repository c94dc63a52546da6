"""Lists of thousands of firms: what all of them said, read at once, and a list written with one event per firm.

A firm of a list is two events: the unit, and what the list said about it (its frame row). Telephone numbers, e-mail
addresses, contact persons and addresses are no events of their own: they stand in the frame row alone, sealed with
the firm's key, and are read from there (`said`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from kume_desktop.store import tables
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id
from kume_desktop.store.reading import Source
from kume_desktop.store.records import UnitRecord
from kume_desktop.store.unit_of_work import Act

WITHDRAWN = "withdrawn"
"""The kind of a unit that an import had added and that was taken back: no list shows it, its history stays."""
_FRAME = "frame:"


@dataclass(frozen=True, slots=True)
class ListImported:
    """An import: `value` is the record that made it (name, source, fields of its heads...), `at` its moment."""

    frame_id: str
    at: datetime
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What the newest list that knows a unit said about it: head -> cell, and the import."""

    unit_id: str
    cells: Mapping[str, str]
    imported: ListImported


def imports(source: Source) -> tuple[ListImported, ...]:
    """Every import of a list, the oldest first."""
    head, event, path, subject = tables.head, tables.event, tables.path, tables.subject
    found = source.rows(
        select(subject.c.id, event.c.at, head.c.value)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .join(event, event.c.no == head.c.event)
        .where(subject.c.kind == SubjectKind.FRAME.value, path.c.text == "")
        .order_by(event.c.at, event.c.no)
    )
    return tuple(ListImported(row.id, row.at, json.loads(row.value)) for row in found if row.value)


def said(source: Source, unit_id: str | None = None) -> Mapping[str, Said]:
    """What the newest list says about each unit that any list knows, or about one unit."""
    row = tables.frame_row
    wanted = select(row) if unit_id is None else select(row).where(row.c.unit == unit_id)
    by_frame: dict[str, list[Any]] = {}
    for each in source.rows(wanted):
        by_frame.setdefault(each.frame_version, []).append(each)
    found: dict[str, Said] = {}
    for imported in imports(source):
        for each in by_frame.get(imported.frame_id, ()):
            found[each.unit] = Said(each.unit, each.cells or {}, imported)
    return found


def units_of(source: Source, frame_id: str) -> tuple[str, ...]:
    """The units that an import spoke of."""
    row = tables.frame_row
    return tuple(each.unit for each in source.rows(select(row.c.unit).where(row.c.frame_version == frame_id)))


def touched(source: Source) -> frozenset[str]:
    """The units that work was done on: a visit, an interview, an assignment or a rating."""
    found: set[str] = set()
    for column in (tables.visit.c.unit, tables.interview.c.unit, tables.assignment.c.unit, tables.rating.c.target):
        found |= {row[0] for row in source.rows(select(column).where(column.is_not(None)).distinct())}
    return frozenset(found)


def withdrawn(source: Source) -> tuple[UnitRecord, ...]:
    """The units that were taken back; a list that names one again brings it back."""
    unit = tables.unit
    return tuple(
        UnitRecord(
            row.id, row.kind, row.code, row.name, row.area or "", row.district, row.nace, row.nace_revision,
            row.field_nace, row.size_class, row.tax_number, row.natural_person, "", erased=False,
        )
        for row in source.rows(select(unit).where(unit.c.kind == WITHDRAWN))
    )  # fmt: skip


def add_list(act: Act, value: Mapping[str, Any]) -> str:
    """Begin an import; returns its id."""
    frame_id = new_id()
    act.append(EventKind.FRAME_VERSION_ADDED, SubjectKind.FRAME, frame_id, "", dict(value))
    return frame_id


def add_row(act: Act, frame_id: str, unit_id: str, cells: Mapping[str, str], *, personal: bool) -> None:
    """Keep what the list says about a unit; sealed where it names a person."""
    where = f"{_FRAME}{frame_id}"
    act.append(EventKind.FRAME_ROW_ADDED, SubjectKind.UNIT, unit_id, where, dict(cells), personal=personal)


def set_kinds(act: Act, unit_ids: Iterable[str], kind: str) -> None:
    """Withdraw units (`WITHDRAWN`) or bring them back (`firm`)."""
    for unit_id in unit_ids:
        act.append(EventKind.FACT, SubjectKind.UNIT, unit_id, "kind", kind)


def made_with(source: Source, frame_id: str) -> frozenset[str]:
    """The units that an import added: made at its moment."""
    event, subject = tables.event, tables.subject
    at = (
        select(event.c.at)
        .join(subject, subject.c.no == event.c.subject)
        .where(subject.c.id == frame_id, event.c.kind == EventKind.FRAME_VERSION_ADDED.value)
    )
    found = source.rows(
        select(subject.c.id)
        .join(event, event.c.subject == subject.c.no)
        .where(event.c.kind == EventKind.UNIT_ADDED.value, event.c.at == at.scalar_subquery())
    )
    return frozenset(row.id for row in found) & frozenset(units_of(source, frame_id))
