"""What has arrived since: small questions to the log, asked before anything large is read again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select

from kume_desktop.store.events import EventKind
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import area, assignment, event, interview, interview_state, path, stream, subject, unit


def newest(source: Source) -> int:
    """The number of the entry of the log that arrived here last, 0 for an empty log: unchanged, nothing has changed."""
    return int(source.rows(select(func.coalesce(func.max(event.c.no), 0)))[0][0])


def size(source: Source) -> tuple[int, int]:
    """How many activity areas and units there are."""
    units = select(func.count()).select_from(unit).where(unit.c.kind != "withdrawn")
    counted = {"areas": select(func.count()).select_from(area), "units": units}
    (row,) = source.rows(select(*(each.scalar_subquery().label(name) for name, each in counted.items())))
    return int(row.areas), int(row.units)


def size_of(source: Source, interviewer: str, wave_id: str) -> tuple[int, int]:
    """How many activity areas and units are assigned to a person in a wave."""
    own = unit.join(assignment, (assignment.c.unit == unit.c.id) & (assignment.c.wave == wave_id))
    counted = select(func.count(unit.c.area.distinct()).label("areas"), func.count().label("units"))
    (row,) = source.rows(
        counted.select_from(own).where(unit.c.kind != "withdrawn", assignment.c.interviewer == interviewer)
    )
    return int(row.areas), int(row.units)


def kinds_since(source: Source, number: int) -> frozenset[str]:
    """The kinds of what arrived here after the entry `number` of the log (see `newest`)."""
    return frozenset(row.kind for row in source.rows(select(event.c.kind).where(event.c.no > number).distinct()))


def facts_since(source: Source, number: int) -> frozenset[str]:
    """The names of the facts that were set after the entry `number` of the log."""
    statement = (
        select(path.c.text)
        .join(event, event.c.path == path.c.no)
        .where(event.c.no > number, event.c.kind == EventKind.FACT.value)
        .distinct()
    )
    return frozenset(row.text for row in source.rows(statement))


def entry_of(source: Source, subject_id: str) -> int:
    """The number of the newest entry of the log about a subject, 0 where there is none."""
    statement = (
        select(func.coalesce(func.max(event.c.no), 0))
        .join(subject, subject.c.no == event.c.subject)
        .where(subject.c.id == subject_id)
    )
    return int(source.rows(statement)[0][0])


def engines(source: Source, wave_id: str) -> frozenset[str]:
    """The versions of the interview engine that worked out what is kept of the interviews of a wave."""
    statement = (
        select(interview_state.c.engine_version)
        .join(subject, subject.c.no == interview_state.c.subject)
        .join(interview, interview.c.id == subject.c.id)
        .where(interview.c.wave == wave_id)
        .distinct()
    )
    return frozenset(row.engine_version for row in source.rows(statement))


def tips(source: Source) -> Mapping[str, int]:
    """How far each stream is written: stream id (32 hexadecimal digits) -> number of its last entry."""
    statement = select(stream.c.id, func.max(event.c.seq).label("seq")).join(event, event.c.stream == stream.c.no)
    return {UUID(row.id).hex: int(row.seq) for row in source.rows(statement.group_by(stream.c.id))}
