"""What stands behind a conflict: every entry about one place of one subject, with the computer that wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from kume_desktop.store.reading import Source
from kume_desktop.store.tables import device, event, head, path, stream, subject


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log about a place. `value` None: sealed, and it holds no more. `saw`: what it replaced.

    `computer` is the name of the computer, `is_head` whether nothing took its place.
    """

    event_id: str
    kind: str
    value: str | None
    author: str
    role: str
    at: datetime
    saw: tuple[str, ...]
    computer: str
    is_head: bool


def entries(source: Source, subject_id: str, where: str) -> tuple[Entry, ...]:
    """Every entry about a head path of a subject, in the order of arrival."""
    this_head = and_(head.c.subject == event.c.subject, head.c.path == event.c.path, head.c.event == event.c.no)
    statement = (
        select(
            event.c.id, event.c.kind, event.c.at, event.c.line, device.c.name, head.c.value.label("plain"),
            head.c.event.label("live"),
        )
        .select_from(event)
        .join(subject, subject.c.no == event.c.subject)
        .join(path, path.c.no == event.c.path)
        .join(stream, stream.c.no == event.c.stream)
        .outerjoin(device, device.c.id == stream.c.device)
        .outerjoin(head, this_head)
        .where(subject.c.id == subject_id, path.c.text == where)
        .order_by(event.c.no)
    )  # fmt: skip
    return tuple(
        _entry(row.id, row.kind, row.at, row.line, row.name, row.plain, is_head=row.live is not None)
        for row in source.rows(statement)
    )


def _entry(
    event_id: str, kind: str, at: datetime, line: str, name: str | None, plain: str | None, *, is_head: bool
) -> Entry:
    said = json.loads(line)
    told = said["value"]
    value = plain if "sealed" in said else told if isinstance(told, str | None) else json.dumps(told)
    saw = tuple(said["supersedes"])
    return Entry(event_id, kind, value, said["author"], said["role"], at, saw, name or "", is_head)


def subjects(source: Source, subject_ids: Iterable[str]) -> Mapping[str, str]:
    """Which kind of subject each of these is."""
    wanted = list(subject_ids)
    found = source.rows(select(subject.c.id, subject.c.kind).where(subject.c.id.in_(wanted))) if wanted else []
    return {row.id: row.kind for row in found}
