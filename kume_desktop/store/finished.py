"""What interviews hold, asked of many at once: for the lists and first values of later ones, for what is personal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import literal, or_, select

from kume_desktop.store.reading import Source
from kume_desktop.store.tables import Flag, event, head, instrument_version, interview, path, state, stream, subject

_DONE = "#state"


def last_finished(source: Source, instrument_id: str, device_id: str, besides: str = "") -> str:
    """The interview of an instrument (any version) that was finished last on a device; '' where there is none."""
    statement = (
        select(interview.c.id)
        .join(instrument_version, instrument_version.c.id == interview.c.instrument_version)
        .join(subject, subject.c.id == interview.c.id)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .join(event, event.c.no == head.c.event)
        .join(stream, stream.c.no == event.c.stream)
        .where(instrument_version.c.instrument == instrument_id, interview.c.state == "completed")
        .where(path.c.text == _DONE, stream.c.device == device_id)
        .order_by(interview.c.completed_at.desc(), interview.c.id.desc())
    )
    if besides:
        statement = statement.where(interview.c.id != besides)
    found = source.rows(statement.limit(1))
    return str(found[0].id) if found else ""


def values_of(source: Source, version_id: str, names: Iterable[str], besides: str = "") -> list[Mapping[str, str]]:
    """The relevant values of each finished interview of an instrument version, those finished first first.

    Args:
        source: the study.
        version_id: the instrument version.
        names: the last parts of the paths that are wanted.
        besides: an interview to leave out.
    """
    yes = literal(True, Flag())
    wanted = or_(*(path.c.text.endswith(f"/{name}", autoescape=True) for name in dict.fromkeys(names)))
    statement = (
        select(interview.c.id, path.c.text, state.c.value)
        .join(subject, subject.c.id == interview.c.id)
        .join(state, state.c.subject == subject.c.no)
        .join(path, path.c.no == state.c.path)
        .where(interview.c.instrument_version == version_id, interview.c.state == "completed")
        .where(interview.c.counts == yes, state.c.relevant == yes, state.c.value.is_not(None), wanted)
        .order_by(interview.c.completed_at, interview.c.id)
    )
    if besides:
        statement = statement.where(interview.c.id != besides)
    found: dict[str, dict[str, str]] = {}
    for row in source.rows(statement):
        found.setdefault(str(row.id), {})[row.text] = row.value
    return list(found.values())


def units_that_answered(source: Source, name: str, value: str) -> frozenset[str]:
    """The units that gave this value to a question of this name in any interview of any wave."""
    statement = (
        select(interview.c.unit)
        .join(subject, subject.c.id == interview.c.id)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .where(path.c.text.endswith(f"/{name}", autoescape=True), head.c.value == value)
        .distinct()
    )
    return frozenset(str(row.unit) for row in source.rows(statement))
