"""Who did what with the study, as the log tells it, and the check of the log line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from kume_desktop.problems import Refused
from kume_desktop.store import device, device_keys, package_rows
from kume_desktop.store.events import EventKind
from kume_desktop.store.log import parse, value_text
from kume_desktop.store.tables import event, path, subject

if TYPE_CHECKING:
    from kume_desktop.store.device_keys import Pin
    from kume_desktop.store.engine import Database
    from kume_desktop.store.ledger import Ledger
    from kume_desktop.store.reading import Source

_AT_ONCE = 1000
DEEDS = (EventKind.ERASED, EventKind.FRAME_VERSION_ADDED, EventKind.STREAM_OPENED)
"""Kinds that are themselves entries of the access log."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log about access; `value` is its plain text, None where its key is not here."""

    at: datetime
    author: str
    role: str
    kind: str
    subject_kind: str
    subject_id: str
    path: str
    value: str | None
    stream_id: str
    seq: int


class Fault(StrEnum):
    """What is wrong with a line of the log."""

    UNREADABLE = "unreadable"
    ALTERED = "altered"
    MOVED = "moved"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class BadLine:
    """The first line of a stream that is not as it was written; `missing` may also be a package still to come.

    What a laptop deleted because the agency gave a receipt for it is not missing, nor what a laptop never gets.
    """

    stream_id: str
    seq: int
    fault: Fault


def entries(database: Database, notes: Sequence[str]) -> tuple[Entry, ...]:
    """The entries whose path is one of `notes`, and those of `DEEDS`, in order of arrival.

    Also those that were followed by others under the same path, and so are heads no more.
    """
    marks = ", ".join("?" * len(notes)), ", ".join("?" * len(DEEDS))
    statement = (
        "SELECT e.line FROM event e JOIN path p ON p.no = e.path"  # noqa: S608 - only places are put in
        f" WHERE p.text IN ({marks[0]}) OR e.kind IN ({marks[1]}) ORDER BY e.no"
    )
    with database.transaction() as (ledger, _):
        rows = ledger.run(statement, (*notes, *(kind.value for kind in DEEDS))).fetchall()
        return tuple(_entry(ledger, line) for (line,) in rows)


def _entry(ledger: Ledger, line: str) -> Entry:
    told = parse(line)
    value = ledger.keys.unseal(told) if told.sealed is not None else value_text(told.value)
    return Entry(
        told.at.astimezone(), told.author, told.role, told.kind, told.subject_kind, str(told.subject), told.path, value,
        str(told.stream), told.seq,
    )  # fmt: skip


def is_told_since(source: Source, subject_id: str, where: str, author: str, since: datetime) -> bool:
    """Whether a person wrote an entry of that path about a subject since then."""
    counted = (
        select(func.count())
        .select_from(event)
        .join(path, path.c.no == event.c.path)
        .join(subject, subject.c.no == event.c.subject)
        .where(path.c.text == where, subject.c.id == subject_id, event.c.author == author, event.c.at >= since)
    )
    return bool(source.rows(counted)[0][0])


@dataclass(frozen=True, slots=True)
class _Lawful:
    """What may lack here: how far each stream was received, the hashes that receipts name, streams held in part."""

    received: Mapping[str, int]
    hashes: Mapping[tuple[str, int], str]
    in_part: frozenset[str]

    def may_lack(self, name: str, seq: int) -> bool:
        """Whether the entries of a stream up to this one may have gone, or never came, by right."""
        return name in self.in_part or seq <= self.received.get(name, 0)


def first_bad(database: Database, pins: Iterable[Pin] = ()) -> tuple[BadLine, ...]:
    """Check every line of every stream against its place, its hash and the line before; the first bad one of each.

    `pins`: the computers of the agency whose words were compared here; by them a laptop knows that it is one.
    """
    lawful = _lawful(database, pins)
    with database.transaction() as (ledger, _):
        streams = ledger.run("SELECT no, id FROM stream ORDER BY no", ()).fetchall()
        found = (_first_of(ledger, no, str(ledger.dialect.read_uuid(identity)), lawful) for no, identity in streams)
        return tuple(one for one in found if one is not None)


def _lawful(database: Database, pins: Iterable[Pin]) -> _Lawful:
    """On a computer of the agency nothing may lack: it is the one that keeps.

    Every receipt counts, also one whose signer was lost since: what it covered may have been deleted before.
    """
    own = str(device.this_device().device_id)
    here = device_keys.known(database, pins).get(own)
    if here is None or here.role != device_keys.LAPTOP:
        return _Lawful({}, {}, frozenset())
    owners = device_keys.owners(database)
    received: dict[str, int] = {}
    hashes: dict[tuple[str, int], str] = {}
    for one in package_rows.receipts(database, own):
        for mark in one.marks:
            hashes[mark.stream, mark.seq] = mark.hash
            if owners.get(mark.stream) == own:
                received[mark.stream] = max(mark.seq, received.get(mark.stream, 0))
    return _Lawful(received, hashes, frozenset(name for name, owner in owners.items() if owner != own))


def _first_of(ledger: Ledger, stream: int, name: str, lawful: _Lawful) -> BadLine | None:
    before: str | None = ""
    expected = 1
    for seq, line, digest, identity in _rows(ledger, stream):
        if seq != expected:
            if not lawful.may_lack(name, seq - 1):
                return BadLine(name, expected, Fault.MISSING)
            before = lawful.hashes.get((name, seq - 1))
        try:
            told = parse(line)
        except Refused:
            return BadLine(name, seq, Fault.UNREADABLE)
        if (str(told.stream), told.seq) != (name, seq):
            return BadLine(name, seq, Fault.MOVED)
        if told.hash != bytes(digest) or told.id != ledger.dialect.read_uuid(identity):
            return BadLine(name, seq, Fault.ALTERED)
        if before is not None and told.prev != before:
            # Line and hash were both changed: only the line that follows still says what stood there.
            return BadLine(name, max(1, seq - 1), Fault.ALTERED)
        before, expected = told.hash.hex(), seq + 1
    return None


def _rows(ledger: Ledger, stream: int) -> Iterator[tuple[int, str, Any, Any]]:
    after = 0
    while True:
        rows = ledger.run(
            "SELECT seq, line, hash, id FROM event WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?",
            (stream, after, _AT_ONCE),
        ).fetchall()
        for row in rows:
            after = row[0]
            yield row[0], row[1], row[2], row[3]
        if len(rows) < _AT_ONCE:
            return
