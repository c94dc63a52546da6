"""Taking in events that another stream wrote: all or none, verbatim, in any order, as often as one likes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kume_desktop.problems import Refused, problem
from kume_desktop.store.events import EventKind
from kume_desktop.store.ledger import Ledger
from kume_desktop.store.log import Event, parse
from kume_desktop.store.projections import Projector
from kume_desktop.store.subject_keys import SubjectKey


@dataclass(frozen=True, slots=True)
class Gap:
    """A stream of which packages are still to come: `missing` of its events up to the highest number seen."""

    stream_id: str
    missing: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import did: events written, events that were there already, streams with gaps."""

    added: int
    known: int
    gaps: tuple[Gap, ...]


def take_in(ledger: Ledger, projector: Projector, lines: Iterable[str], keys: tuple[SubjectKey, ...] = ()) -> Intake:
    """Write lines of the log that came from elsewhere, inside the transaction of `ledger`.

    Raises:
        Refused: `study.line-unreadable`, `study.line-newer`, `study.stream-forked` (a number or an id of a stream
            stands for two different events: a cloned computer or a forgery), `study.chain-broken`.
    """
    new_keys = ledger.keys.add(keys, datetime.now(UTC))
    added: list[Event] = []
    known = 0
    for line in lines:
        event = parse(line)
        if _is_known(ledger, event):
            known += 1
        else:
            _check_study(ledger, event)
            ledger.add(event)
            added.append(event)
    _check_chains(ledger, added)
    _open_sealed(ledger, new_keys)
    try:
        projector.flush()
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(problem("study.line-unreadable", reason=type(error).__name__)) from error
    return Intake(len(added), known, gaps(ledger))


def gaps(ledger: Ledger) -> tuple[Gap, ...]:
    """The streams of which events are missing."""
    rows = ledger.run(
        "SELECT s.id, max(e.seq) - count(*) FROM event e JOIN stream s ON s.no = e.stream GROUP BY s.id"
        " HAVING max(e.seq) > count(*) ORDER BY s.id",
        (),
    ).fetchall()
    return tuple(Gap(str(ledger.dialect.read_uuid(stream)), missing) for stream, missing in rows)


def _is_known(ledger: Ledger, event: Event) -> bool:
    row = ledger.run(
        "SELECT hash FROM event WHERE id = ? UNION ALL SELECT hash FROM event WHERE stream = ? AND seq = ?",
        (ledger.dialect.uuid(event.id), ledger.stream_no(event.stream), event.seq),
    ).fetchall()
    if any(bytes(found[0]) != event.hash for found in row):
        raise Refused(problem("study.stream-forked", stream=str(event.stream), seq=event.seq))
    return bool(row)


def _check_study(ledger: Ledger, event: Event) -> None:
    """Nothing of another study, a demonstration or a practice ever comes into this one."""
    if event.kind == EventKind.STUDY_CREATED:
        own = ledger.run("SELECT id FROM study", ()).fetchall()
        if any(ledger.dialect.read_uuid(row[0]) != event.subject for row in own):
            raise Refused(problem("study.another-study"))


def _check_chains(ledger: Ledger, added: list[Event]) -> None:
    """Each event must follow the one before it, and be followed by what was there already."""
    known = {(event.stream, event.seq): event.hash for event in added}
    for event in added:
        before = known.get((event.stream, event.seq - 1)) or _hash_of(ledger, event.stream, event.seq - 1)
        follows = event.prev == "" if event.seq == 1 else before is None or before.hex() == event.prev
        next_is_new = (event.stream, event.seq + 1) in known
        if not follows or not (next_is_new or _is_followed(ledger, event)):
            raise Refused(problem("study.chain-broken", stream=str(event.stream), seq=event.seq))


def _hash_of(ledger: Ledger, stream: UUID, seq: int) -> bytes | None:
    statement = "SELECT hash FROM event WHERE stream = ? AND seq = ?"
    row = ledger.run(statement, (ledger.stream_no(stream), seq)).fetchone()
    return None if row is None else bytes(row[0])


def _is_followed(ledger: Ledger, event: Event) -> bool:
    statement = "SELECT line FROM event WHERE stream = ? AND seq = ?"
    after = ledger.run(statement, (ledger.stream_no(event.stream), event.seq + 1)).fetchone()
    return after is None or bool(json.loads(after[0])["prev"] == event.hash.hex())


def _open_sealed(ledger: Ledger, keys: Iterable[UUID]) -> None:
    """Give their values to heads whose events came before their key."""
    for key in keys:
        rows = ledger.run(
            "SELECT h.subject, h.path, h.event, e.line FROM event e"
            " JOIN head h ON h.subject = e.subject AND h.path = e.path AND h.event = e.no WHERE e.subject_key = ?",
            (ledger.dialect.uuid(key),),
        ).fetchall()
        for subject, path, number, line in rows:
            event = parse(line)
            plain = ledger.keys.unseal(event)
            ledger.run(
                "UPDATE head SET value = ? WHERE subject = ? AND path = ? AND event = ?", (plain, subject, path, number)
            )
            ledger.refresh(subject, path)
            ledger.dirty.add((event.subject_kind, event.subject))
