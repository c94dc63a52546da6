"""How interviews were conducted, asked of all of a wave at once: the times of their questions, and late changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, select

from kume_desktop.store.events import EventKind
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import Flag, event, head, interview, path, state, subject


@dataclass(frozen=True, slots=True)
class Trace:
    """One entry of a sitting: when it was written, its spells (path, begun, lasted, visits, paused, idle; in ms)."""

    sitting: str
    number: int
    at: datetime
    spells: tuple[tuple[str, int, int, int, int, int], ...]


def traces(source: Source, wave_id: str) -> Mapping[str, tuple[Trace, ...]]:
    """The times of the interviews of a wave by interview, in the order of their writing, in their writer’s zone."""
    statement = (
        select(interview.c.id, path.c.text, event.c.line)
        .join(subject, subject.c.id == interview.c.id)
        .join(event, event.c.subject == subject.c.no)
        .join(path, path.c.no == event.c.path)
        .where(interview.c.wave == wave_id, event.c.kind == EventKind.TRACE.value)
        .order_by(interview.c.id, event.c.no)
    )
    found: dict[str, list[Trace]] = {}
    for row in source.rows(statement):
        sitting, _colon, number = row.text.partition("#")[0].rpartition(":")
        said = json.loads(row.line)
        if (spells := _spells(said["value"])) and number.isdecimal():
            at = datetime.fromisoformat(said["at"])
            found.setdefault(str(row.id), []).append(Trace(sitting, int(number), at, spells))
    return {one: tuple(traced) for one, traced in found.items()}


def _spells(value: Any) -> tuple[tuple[str, int, int, int, int, int], ...]:
    """The spells of an entry; what a later version writes otherwise is left out."""
    try:
        told = value["spells"]
        return tuple((str(p), int(b), int(n), int(v), int(w), int(i)) for p, b, n, v, w, i in told)
    except (ValueError, TypeError, KeyError):
        return ()


def changed_after_completion(source: Source, wave_id: str) -> Mapping[str, int]:
    """How many questions of each interview were answered otherwise after it had been completed for the first time."""
    # Counted where it lies: an interview has a hundred answers, and hardly ever one after it was completed.
    first = (
        select(event.c.subject, func.min(event.c.no).label("no"))
        .join(subject, subject.c.no == event.c.subject)
        .join(interview, interview.c.id == subject.c.id)
        .where(interview.c.wave == wave_id, event.c.kind == EventKind.INTERVIEW_COMPLETED.value)
        .group_by(event.c.subject)
        .subquery()
    )
    statement = (
        select(subject.c.id, func.count(event.c.path.distinct()).label("changed"))
        .select_from(first)
        .join(event, and_(event.c.subject == first.c.subject, event.c.no > first.c.no))
        .join(subject, subject.c.no == first.c.subject)
        .where(event.c.kind == EventKind.ANSWER.value)
        .group_by(subject.c.id)
    )
    return {str(row.id): int(row.changed) for row in source.rows(statement)}


def values(source: Source, wave_id: str) -> Mapping[str, Mapping[str, str]]:
    """The relevant values of every interview of a wave that counts, by interview and path."""
    yes = literal(True, Flag())
    statement = (
        select(interview.c.id, path.c.text, state.c.value)
        .join(subject, subject.c.id == interview.c.id)
        .join(state, state.c.subject == subject.c.no)
        .join(path, path.c.no == state.c.path)
        .where(interview.c.wave == wave_id, interview.c.counts == yes)
        .where(state.c.relevant == yes, state.c.value.is_not(None))
    )
    found: dict[str, dict[str, str]] = {}
    for row in source.rows(statement):
        found.setdefault(str(row.id), {})[row.text] = row.value
    return found


def with_fact(source: Source, name: str) -> frozenset[str]:
    """The interviews that have a fact of this name, whatever it says."""
    statement = (
        select(interview.c.id)
        .join(subject, subject.c.id == interview.c.id)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .where(path.c.text == name, head.c.value != "")
    )
    return frozenset(str(row.id) for row in source.rows(statement))
