"""The log against everything that follows from it: checking its chains, and making heads and rows anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop.problems import Problem, Refused, problem, warning
from kume_desktop.store.intake import gaps
from kume_desktop.store.ledger import Ledger, is_interpreted
from kume_desktop.store.log import Event, parse
from kume_desktop.store.projections import PROJECTED

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many events were read again."""

    events: int


def rebuild(database: Database) -> Rebuilt:
    """Empty heads and rows and make them again from the log; in one transaction.

    Raises:
        Refused: what `verify` finds as an error; nothing is then changed.
    """
    found = tuple(each for each in verify(database) if each.is_error)
    if found:
        raise Refused(*found)
    read = 0
    with database.transaction() as (ledger, _):
        for name in ("head", "superseded", *(table.name for table in PROJECTED)):
            ledger.run(f"DELETE FROM {name}", ())  # noqa: S608
        for number, event in _events(ledger):
            read += 1
            if is_interpreted(event):
                subject = ledger.subject_no(event.subject_kind, event.subject)
                ledger.settle(event, number, subject, ledger.path_no(event.path), None)
    return Rebuilt(read)


def verify(database: Database) -> tuple[Problem, ...]:
    """Check every line against its place, its hash and its identity, and every stream's chain.

    Returns errors `study.event-altered` and `study.chain-broken`, and a warning `study.stream-gap` per stream of which
    packages are still to come.
    """
    found: list[Problem] = []
    with database.transaction() as (ledger, _):
        last: dict[UUID, tuple[int, str]] = {}
        for row in _by_stream(ledger):
            seq, digest = last.get(row.stream, (0, ""))
            if not row.is_as_written:
                found.append(problem("study.event-altered", stream=str(row.stream), seq=row.seq))
            elif row.seq == seq + 1 and row.event.prev != digest:
                found.append(problem("study.chain-broken", stream=str(row.stream), seq=row.seq))
            last[row.stream] = (row.seq, row.stored.hex())
        found += [warning("study.stream-gap", stream=gap.stream_id, missing=gap.missing) for gap in gaps(ledger)]
    return tuple(found)


def _events(ledger: Ledger) -> Iterator[tuple[int, Event]]:
    after = 0
    while True:
        rows = ledger.run("SELECT no, line FROM event WHERE no > ? ORDER BY no LIMIT ?", (after, _AT_ONCE)).fetchall()
        for number, line in rows:
            after = number
            yield number, parse(line)
        if len(rows) < _AT_ONCE:
            return


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the log: the place and the hash that the row claims, and the event that its line tells."""

    stream: UUID
    seq: int
    stored: bytes
    identity: UUID
    event: Event

    @property
    def is_as_written(self) -> bool:
        """Whether the line belongs here: a whole row, hash and all, can be put in the place of another."""
        told = self.event
        claimed = (self.stream, self.seq, self.stored, self.identity)
        return (told.stream, told.seq, told.hash, told.id) == claimed


def _by_stream(ledger: Ledger) -> Iterator[_Row]:
    read = ledger.dialect.read_uuid
    for number, stream in ledger.run("SELECT no, id FROM stream ORDER BY no", ()).fetchall():
        after = 0
        while True:
            rows = ledger.run(
                "SELECT seq, line, hash, id FROM event WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?",
                (number, after, _AT_ONCE),
            ).fetchall()
            for seq, line, digest, identity in rows:
                after = seq
                yield _Row(read(stream), seq, bytes(digest), read(identity), parse(line))
            if len(rows) < _AT_ONCE:
                break
