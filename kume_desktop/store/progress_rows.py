"""Which computer wrote which interviews, and when each stream was written last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from kume_desktop.store.events import EventKind
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import device, event, head, interview, path, stream, subject


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A computer that wrote something or was let in."""

    device_id: str
    name: str
    person: str
    role: str
    state: str


def devices(source: Source) -> tuple[DeviceRow, ...]:
    """Every computer that the log knows, by name."""
    found = source.rows(select(device).order_by(device.c.name, device.c.id))
    return tuple(DeviceRow(row.id, row.name, row.person, row.role, row.state) for row in found)


def last_written(source: Source) -> Mapping[str, datetime]:
    """Computer -> when its newest entry here was written, by its own clock."""
    newest = (
        select(event.c.stream, func.max(event.c.seq).label("seq")).group_by(event.c.stream).subquery()
    )  # fmt: skip
    statement = (
        select(stream.c.device, event.c.at)
        .join(newest, newest.c.stream == stream.c.no)
        .join(event, (event.c.stream == newest.c.stream) & (event.c.seq == newest.c.seq))
    )
    found: dict[str, datetime] = {}
    for row in source.rows(statement):
        if row.device:
            found[row.device] = max(found.get(row.device, row.at), row.at)
    return found


def authors(source: Source) -> Mapping[str, tuple[str, ...]]:
    """Computer -> who wrote on it, whoever wrote most first."""
    statement = (
        select(stream.c.device, event.c.author, func.count().label("entries"))
        .join(event, event.c.stream == stream.c.no)
        .group_by(stream.c.device, event.c.author)
        .order_by(func.count().desc())
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in source.rows(statement):
        if row.device and row.author:
            found[row.device] = (*found.get(row.device, ()), row.author)
    return found


def interview_devices(source: Source, wave_id: str) -> Mapping[str, str]:
    """Interview -> the computer on which it was opened."""
    statement = (
        select(interview.c.id, stream.c.device)
        .join(subject, subject.c.id == interview.c.id)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .join(event, event.c.no == head.c.event)
        .join(stream, stream.c.no == event.c.stream)
        .where(interview.c.wave == wave_id, path.c.text == "", event.c.kind == EventKind.INTERVIEW_OPENED.value)
    )
    return {row.id: row.device or "" for row in source.rows(statement)}
