"""Under which identities interviews came in or went out as ODK submissions."""

from __future__ import annotations

from sqlalchemy import select

from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.reading import Source
from kume_desktop.store.tables import event, head, path, subject
from kume_desktop.store.unit_of_work import Act

_MARK = "instance:"


def remember(act: Act, interview_id: str, instance_id: str, deprecated_id: str, completions: int) -> None:
    """Note that a submission was taken, and which completion of the interview it is."""
    value = {"deprecated": deprecated_id, "completions": completions}
    act.append(EventKind.FACT, SubjectKind.INTERVIEW, interview_id, _MARK + instance_id, value)


def interview_of(source: Source, instance_id: str) -> str:
    """The interview that a submission became; '' where it was never taken."""
    statement = (
        select(subject.c.id)
        .join(head, head.c.subject == subject.c.no)
        .join(path, path.c.no == head.c.path)
        .where(path.c.text == _MARK + instance_id)
    )
    found = source.rows(statement.limit(1))
    return str(found[0].id) if found else ""


def taken(source: Source, interview_id: str) -> tuple[tuple[str, str], ...]:
    """(instanceID, JSON of `remember`) of every submission that an interview was taken from, the oldest first."""
    statement = (
        select(path.c.text, head.c.value)
        .join(head, head.c.path == path.c.no)
        .join(subject, subject.c.no == head.c.subject)
        .join(event, event.c.no == head.c.event)
        .where(subject.c.id == interview_id, path.c.text.like(f"{_MARK}%"))
        .order_by(event.c.id)
    )
    return tuple((row.text.removeprefix(_MARK), row.value or "{}") for row in source.rows(statement))


def completions(source: Source, interview_id: str) -> int:
    """How often an interview was completed."""
    statement = (
        select(event.c.no)
        .join(subject, subject.c.no == event.c.subject)
        .where(subject.c.id == interview_id, event.c.kind == EventKind.INTERVIEW_COMPLETED.value)
    )
    return len(source.rows(statement))
