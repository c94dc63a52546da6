"""What the study holds in words, piece by piece, for whoever looks for a person in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.log import parse, value_text
from kume_desktop.store.tables import (
    device,
    draft,
    event,
    head,
    interview,
    notice_version,
    path,
    rating,
    stream,
    study,
    subject,
    subject_key,
    visit,
)

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kume_desktop.store.reading import Source

_AT_ONCE = 500
"""Subjects read in one go: a study holds a million answers, which need not stand in memory together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A value with where it stands; `personal`: it is sealed in the log."""

    subject_kind: str
    subject_id: str
    path: str
    kind: str
    value: str
    personal: bool
    at: datetime
    author: str


def pieces(source: Source, subject_id: str | None = None) -> Iterator[Piece]:
    """Every value that holds now, of one subject or of all."""
    last = 0 if subject_id is not None else int(source.rows(select(func.coalesce(func.max(subject.c.no), 0)))[0][0])
    columns = (
        subject.c.kind.label("subject_kind"), subject.c.id, path.c.text, event.c.kind, head.c.value, head.c.personal,
        event.c.at, event.c.author,
    )  # fmt: skip
    statement = (
        select(*columns)
        .select_from(head)
        .join(subject, subject.c.no == head.c.subject)
        .join(path, path.c.no == head.c.path)
        .join(event, event.c.no == head.c.event)
        .where(head.c.value.is_not(None), head.c.value != "")
        .order_by(head.c.subject, path.c.text)
    )
    if subject_id is not None:
        yield from map(_piece, source.rows(statement.where(subject.c.id == subject_id)))
        return
    for begin in range(0, last + 1, _AT_ONCE):
        of_these = head.c.subject.between(begin + 1, begin + _AT_ONCE)
        yield from map(_piece, source.rows(statement.where(of_these)))


def _piece(row: Row[Any]) -> Piece:
    return Piece(row.subject_kind, row.id, row.text, row.kind, row.value, row.personal, row.at, row.author)


def typed(source: Source) -> Iterator[Piece]:
    """What was typed and is no answer yet."""
    statement = (
        select(subject.c.id, path.c.text, draft.c.text.label("typed"), draft.c.at)
        .join(subject, subject.c.no == draft.c.subject)
        .join(path, path.c.no == draft.c.path)
    )
    for row in source.rows(statement):
        yield Piece(SubjectKind.INTERVIEW, row.id, row.text, "draft", row.typed, personal=True, at=row.at, author="")


def owners(source: Source) -> dict[str, str]:
    """Interview, visit or rating -> the unit it belongs to."""
    found: dict[str, str] = {}
    for table, unit in ((interview, interview.c.unit), (visit, visit.c.unit), (rating, rating.c.target)):
        rows = source.rows(select(table.c.id, unit.label("owner")))
        found.update((row.id, row.owner) for row in rows if row.owner)
    return found


def with_live_keys(source: Source) -> frozenset[str]:
    """The subjects of which something personal can still be read."""
    statement = select(subject_key.c.subject).where(subject_key.c.key.is_not(None)).distinct()
    return frozenset(row.subject for row in source.rows(statement))


@dataclass(frozen=True, slots=True)
class Last:
    """The newest entry of a computer, and everybody who wrote on it."""

    seq: int
    at: datetime | None
    authors: tuple[str, ...]


def devices(source: Source) -> tuple[Piece, ...]:
    """The computers with their names (`value`)."""
    rows = source.rows(select(device.c.id, device.c.name, device.c.enrolled_at))
    return tuple(
        Piece("device", row.id, "", "device", row.name, personal=False, at=row.enrolled_at, author="") for row in rows
    )


def last_of(source: Source, streams: tuple[str, ...]) -> Last:
    """The newest entry of any of these streams."""
    statement = (
        select(func.max(event.c.seq).label("seq"), func.max(event.c.at).label("at"))
        .join(stream, stream.c.no == event.c.stream)
        .where(stream.c.id.in_(streams))
    )
    who = select(event.c.author).join(stream, stream.c.no == event.c.stream).where(stream.c.id.in_(streams)).distinct()
    (row,) = source.rows(statement)
    return Last(row.seq or 0, row.at, tuple(sorted(one.author for one in source.rows(who) if one.author)))


def devices_of(source: Source) -> dict[str, tuple[str, ...]]:
    """Device -> the streams that it wrote."""
    found: dict[str, list[str]] = {}
    for row in source.rows(select(stream.c.id, stream.c.device).where(stream.c.device.is_not(None))):
        found.setdefault(row.device, []).append(row.id)
    return {device: tuple(streams) for device, streams in found.items()}


def written_by(source: Source, streams: tuple[str, ...]) -> frozenset[str]:
    """The subjects that any of these streams wrote about."""
    statement = (
        select(subject.c.id)
        .join(event, event.c.subject == subject.c.no)
        .join(stream, stream.c.no == event.c.stream)
        .where(stream.c.id.in_(streams))
        .distinct()
    )
    return frozenset(row.id for row in source.rows(statement))


def study_id(source: Source) -> str:
    """The id of the study that this is."""
    (row,) = source.rows(select(study.c.id))
    return str(row.id)


def words_of(source: Source, text_hash: str) -> str | None:
    """The words of a notice or a consent with this SHA-256 as they were shown; None where they were not kept."""
    found = source.rows(select(notice_version.c.text).where(notice_version.c.text_hash == text_hash).limit(1))
    return str(found[0].text) if found else None


def proofs(source: Source, interview_id: str) -> tuple[Piece, ...]:
    """Every act of notice and consent of an interview, also those that others followed, in the order of arrival."""
    statement = (
        select(event.c.kind, path.c.text, event.c.at, event.c.author, event.c.line)
        .join(path, path.c.no == event.c.path)
        .join(subject, subject.c.no == event.c.subject)
        .where(subject.c.id == interview_id, event.c.kind.in_((EventKind.NOTICE, EventKind.CONSENT)))
        .order_by(event.c.no)
    )
    return tuple(
        Piece(
            SubjectKind.INTERVIEW, interview_id, row.text, row.kind, value_text(parse(row.line).value) or "{}",
            personal=False, at=row.at, author=row.author,
        )
        for row in source.rows(statement)
    )  # fmt: skip
