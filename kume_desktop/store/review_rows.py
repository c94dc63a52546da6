"""What was said about interviews in their review, and which firms count nowhere because of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from kume_desktop.store.events import EventKind
from kume_desktop.store.reading import Source
from kume_desktop.store.standings import standings
from kume_desktop.store.tables import event, head, interview, path, subject

REVIEW, STATE, BACK_CHECK = "#review", "#state", "#backcheck"
EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A head of a register of an interview: the value as it is kept, and who wrote it when."""

    interview_id: str
    register: str
    value: str
    event_id: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Withheld:
    """A firm of which a form counts nowhere, and why: a code of `problem_texts.left_out`."""

    unit_id: str
    instrument_id: str
    reason: str


def spoken(
    source: Source, registers: Iterable[str], *, wave_id: str | None = None, interview_id: str | None = None
) -> tuple[Spoken, ...]:
    """The heads of registers of the interviews of a wave or of one interview, by interview, register and event."""
    statement = (
        select(interview.c.id, path.c.text, head.c.value, event.c.id.label("event_id"), event.c.author, event.c.at)
        .select_from(interview)
        .join(subject, subject.c.id == interview.c.id)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .join(event, event.c.no == head.c.event)
        .where(path.c.text.in_(list(registers)))
        .order_by(interview.c.id, path.c.text, event.c.id)
    )
    if wave_id is not None:
        statement = statement.where(interview.c.wave == wave_id)
    if interview_id is not None:
        statement = statement.where(interview.c.id == interview_id)
    return tuple(
        Spoken(row.id, row.text, row.value or "", row.event_id, row.author, row.at) for row in source.rows(statement)
    )


def excluded(source: Source, wave_id: str) -> Mapping[str, str]:
    """The interviews that count nowhere: interview id -> reason.

    One that some exclude and others do not, without knowledge of each other, waits outside until a person decides.
    """
    verdicts: dict[str, list[Mapping[str, Any]]] = {}
    for one in spoken(source, (REVIEW,), wave_id=wave_id):
        verdicts.setdefault(one.interview_id, []).append(record(one.value))
    found = {}
    for interview_id, said in verdicts.items():
        out = [one for one in said if one.get("state") == EXCLUDED]
        if out:
            reason = min(str(one.get("reason") or "other") for one in out)
            found[interview_id] = f"excluded-{reason}" if len(out) == len(said) else "review-disputed"
    return found


def record(value: str) -> Mapping[str, Any]:
    """A structured value; empty where it is none."""
    told = json.loads(value) if value.startswith("{") else {}
    return told if isinstance(told, dict) else {}


def withheld(source: Source, wave_id: str) -> tuple[Withheld, ...]:
    """The firms of which a form counts nowhere although an interview is complete.

    It was excluded, or nobody has said which of several counts.
    """
    out = excluded(source, wave_id)
    found: dict[tuple[str, str], list[str]] = {}
    for each in standings(source, wave_id):
        if each.state == "completed" and each.counts:
            found.setdefault((each.unit_id, each.instrument_id), []).append(each.interview_id)
    told = []
    for where, interview_ids in found.items():
        live = [one for one in interview_ids if one not in out]
        if len(live) > 1:
            told.append(Withheld(*where, "several-interviews"))
        elif not live:
            told.append(Withheld(*where, out[interview_ids[0]]))
    return tuple(told)


def answered_since(source: Source, interview_id: str) -> bool:
    """Whether an answer of an interview arrived here after the newest event of its review."""
    reviewed = (
        select(func.coalesce(func.max(event.c.no), 0))
        .join(subject, subject.c.no == event.c.subject)
        .where(subject.c.id == interview_id, event.c.kind == EventKind.INTERVIEW_REVIEWED.value)
    )
    kinds = (EventKind.ANSWER.value, EventKind.CONFLICT_RESOLVED.value, EventKind.ROW_ADDED, EventKind.ROW_REMOVED)
    answered = (
        select(event.c.no)
        .join(subject, subject.c.no == event.c.subject)
        .where(subject.c.id == interview_id, event.c.kind.in_(kinds), event.c.no > reviewed.scalar_subquery())
        .limit(1)
    )
    return bool(source.rows(answered))
