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
    """Check every line against its hash and every stream's chain.

    Returns errors `study.event-altered` and `study.chain-broken`, and a warning `study.stream-gap` per stream of which
    packages are still to come.
    """
    found: list[Problem] = []
    with database.transaction() as (ledger, _):
        last: dict[UUID, tuple[int, str]] = {}
        for event, stored in _by_stream(ledger):
            seq, digest = last.get(event.stream, (0, ""))
            if stored != event.hash:
                found.append(problem("study.event-altered", stream=str(event.stream), seq=event.seq))
            elif event.seq == seq + 1 and event.prev != digest:
                found.append(problem("study.chain-broken", stream=str(event.stream), seq=event.seq))
            last[event.stream] = (event.seq, stored.hex())
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


def _by_stream(ledger: Ledger) -> Iterator[tuple[Event, bytes]]:
    for (stream,) in ledger.run("SELECT no FROM stream ORDER BY no", ()).fetchall():
        after = 0
        while True:
            rows = ledger.run(
                "SELECT seq, line, hash FROM event WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?",
                (stream, after, _AT_ONCE),
            ).fetchall()
            for seq, line, digest in rows:
                after = seq
                yield parse(line), bytes(digest)
            if len(rows) < _AT_ONCE:
                break
