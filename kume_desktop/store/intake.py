"""Taking in events that another stream wrote: all or none, verbatim, in any order, as often as one likes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kume_desktop.problems import Refused, problem
from kume_desktop.store import settling
from kume_desktop.store.events import EventKind
from kume_desktop.store.ledger import Ledger, is_journal
from kume_desktop.store.log import Event, parse
from kume_desktop.store.projections import Projector
from kume_desktop.store.subject_keys import SubjectKey

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """A stream of which packages are still to come: `missing` of its events up to the highest number seen."""

    stream_id: str
    missing: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import did: events written, events that were there already, gaps in the streams it is of, what is new."""

    added: int
    known: int
    gaps: tuple[Gap, ...]
    new: tuple[Event, ...] = ()


def take_in(ledger: Ledger, projector: Projector, lines: Iterable[str], keys: tuple[SubjectKey, ...] = ()) -> Intake:
    """Write lines of the log that came from elsewhere, inside the transaction of `ledger`.

    Raises:
        Refused: `study.line-unreadable`, `study.line-newer`, `study.stream-forked` (a number or an id of a stream
            stands for two different events: a cloned computer or a forgery), `study.chain-broken`.
    """
    return take_in_events(ledger, projector, [parse(line) for line in lines], keys)


def take_in_events(
    ledger: Ledger, projector: Projector, told: Sequence[Event], keys: tuple[SubjectKey, ...] = ()
) -> Intake:
    """Write events that were read already, inside the transaction of `ledger`; see `take_in`."""
    _open_sealed(ledger, ledger.keys.add(keys, datetime.now(UTC)))
    arrived = _unknown(ledger, told)
    new = [event for event in told if arrived[event.stream].get(event.seq) is event]
    _check_ids(ledger, new)
    _check_study(ledger, new)
    _check_chains(ledger, arrived)
    settling.add_all(ledger, new)
    try:
        projector.flush()
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(problem("study.line-unreadable", reason=type(error).__name__)) from error
    return Intake(len(new), len(told) - len(new), tuple(_gaps_of(ledger, arrived)), tuple(new))


def gaps(ledger: Ledger) -> tuple[Gap, ...]:
    """The streams of which events are missing."""
    rows = ledger.run(
        "SELECT s.id, max(e.seq) - count(*) FROM event e JOIN stream s ON s.no = e.stream GROUP BY s.id"
        " HAVING max(e.seq) > count(*) ORDER BY s.id",
        (),
    ).fetchall()
    return tuple(Gap(str(ledger.dialect.read_uuid(stream)), missing) for stream, missing in rows)


def _gaps_of(ledger: Ledger, streams: Iterable[UUID]) -> Iterator[Gap]:
    """Of these streams alone: counting the whole log with every package would make the last of many the slowest."""
    for stream in streams:
        number = ledger.find_stream(stream)
        row = ledger.run("SELECT max(seq) - count(*) FROM event WHERE stream = ?", (number,)).fetchone()
        if row[0]:
            yield Gap(str(stream), row[0])


def _unknown(ledger: Ledger, told: Sequence[Event]) -> dict[UUID, dict[int, Event]]:
    """The events that are not here yet, each once, by stream and number.

    Raises:
        Refused: `study.stream-forked`.
    """
    arrived: dict[UUID, dict[int, Event]] = {}
    ids: dict[int, bytes] = {}
    stream, numbers = None, dict[int, Event]()
    for event in told:
        if event.stream is not stream:
            stream = event.stream
            numbers = arrived.setdefault(stream, {})
        first = numbers.setdefault(event.seq, event)
        if first.hash != event.hash or ids.setdefault(event.id.int, event.hash) != event.hash:
            raise _forked(event)
    for stream, numbers in arrived.items():
        for seq, stored in _held(ledger, stream, numbers).items():
            event = numbers.pop(seq)
            if stored != event.hash:
                raise _forked(event)
    return arrived


def _forked(event: Event) -> Refused:
    return Refused(problem("study.stream-forked", stream=str(event.stream), seq=event.seq))


def _held(ledger: Ledger, stream: UUID, wanted: Mapping[int, Event]) -> dict[int, bytes]:
    """The hashes that a stream has here at any of these numbers."""
    number = ledger.find_stream(stream)
    if number is None:
        return {}
    rows = ledger.run(
        "SELECT seq, hash FROM event WHERE stream = ? AND seq BETWEEN ? AND ?", (number, min(wanted), max(wanted))
    ).fetchall()
    return {seq: bytes(digest) for seq, digest in rows if seq in wanted}


def _check_ids(ledger: Ledger, new: Sequence[Event]) -> None:
    """Refuse an event under an identity that another one has already."""
    place = ledger.dialect.uuid
    for begin in range(0, len(new), _AT_ONCE):
        part = new[begin : begin + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        statement = f"SELECT id FROM event WHERE id IN ({marks}) LIMIT 1"  # noqa: S608 - only places are put in
        found = ledger.run(statement, tuple(place(event.id) for event in part)).fetchone()
        if found is not None:
            known = ledger.dialect.read_uuid(found[0])
            raise _forked(next(event for event in part if event.id == known))


def _check_study(ledger: Ledger, new: Iterable[Event]) -> None:
    """Nothing of another study, a demonstration or a practice ever comes into this one."""
    for event in new:
        if event.kind == EventKind.STUDY_CREATED:
            own = ledger.run("SELECT id FROM study", ()).fetchall()
            if any(ledger.dialect.read_uuid(row[0]) != event.subject for row in own):
                raise Refused(problem("study.another-study"))


def _check_chains(ledger: Ledger, arrived: Mapping[UUID, Mapping[int, Event]]) -> None:
    """Each event must follow the one before it, and be followed by what was there already."""
    for stream, events in arrived.items():
        for seq, event in events.items():
            before = events.get(seq - 1)
            digest = before.hash if before is not None else _hash_of(ledger, stream, seq - 1)
            follows = event.prev == "" if seq == 1 else digest is None or digest.hex() == event.prev
            if not follows or not (seq + 1 in events or _is_followed(ledger, event)):
                raise Refused(problem("study.chain-broken", stream=str(stream), seq=seq))


def _hash_of(ledger: Ledger, stream: UUID, seq: int) -> bytes | None:
    number = ledger.find_stream(stream)
    if number is None:
        return None
    row = ledger.run("SELECT hash FROM event WHERE stream = ? AND seq = ?", (number, seq)).fetchone()
    return None if row is None else bytes(row[0])


def _is_followed(ledger: Ledger, event: Event) -> bool:
    number = ledger.find_stream(event.stream)
    if number is None:
        return True
    statement = "SELECT line FROM event WHERE stream = ? AND seq = ?"
    after = ledger.run(statement, (number, event.seq + 1)).fetchone()
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
            if not is_journal(event):
                ledger.refresh(subject, path)
            ledger.dirty.add((event.subject_kind, event.subject))
