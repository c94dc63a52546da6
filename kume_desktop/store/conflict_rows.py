"""The places with several values, and what stands behind one: every entry about it, with the computer that wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, literal, select

from kume_desktop.store.reading import Source
from kume_desktop.store.tables import Flag, device, event, head, path, stream, subject


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


@dataclass(frozen=True, slots=True)
class Contested:
    """A head path of a subject with several values, each once, in the order of their arrival; '' for none."""

    subject_kind: str
    subject_id: str
    path: str
    values: tuple[str, ...]


def contested(source: Source, subject_id: str = "", where: str = "") -> tuple[Contested, ...]:
    """Every place with several different values, or that place of a subject; the entries themselves are not read."""
    # Written out in the statement, so that the partial index serves it.
    is_contested = head.c.contested == literal(True, Flag(), literal_execute=True)
    numbers = select(head.c.subject).where(is_contested)
    statement = (
        select(head.c.subject, path.c.text, head.c.value)
        .join(path, path.c.no == head.c.path)
        .where(is_contested)
        .order_by(head.c.subject, path.c.text, head.c.event)
    )
    if subject_id:
        numbers = select(subject.c.no).where(subject.c.id == subject_id)
        statement = statement.where(head.c.subject.in_(numbers), path.c.text == where)
    values: dict[tuple[int, str], dict[str, None]] = {}
    for row in source.rows(statement):
        values.setdefault((row.subject, row.text), {})[row.value or ""] = None
    known = select(subject.c.no, subject.c.kind, subject.c.id).where(subject.c.no.in_(numbers))
    whose = {row.no: (row.kind, row.id) for row in source.rows(known)}
    # What somebody decided between the two statements is none any more.
    every = (Contested(*whose[number], text, tuple(held)) for (number, text), held in values.items() if number in whose)
    return tuple(sorted(every, key=lambda one: (one.subject_id, one.path)))


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
