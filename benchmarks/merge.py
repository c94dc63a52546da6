"""Merging 50 packages of 40 interviews with 120 answers each, against the bare insertion of the same events.

Measured: reading every line, comparing it with what is there, its chain, the row of the event, the heads of its path
and the rows of the interviews, one transaction a package. The reference puts the same rows of the same table with the
same indices into an encrypted database by INSERT OR IGNORE in one transaction. Looking for double interviews among what
is there is told beside it and is part of neither figure.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from benchmarks.measure import Measurement, interleaved, milliseconds, tell
from benchmarks.packages_made import WAVE, empty_database, stream

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from kume_desktop.store.log import Event

ROUNDS = 3
GATE = 4.0
PACKAGES, INTERVIEWS, FEWER = 50, 40, 6
_INSERT = (
    "INSERT OR IGNORE INTO event (no, id, stream, seq, hash, kind, subject, path, instrument_version, subject_key, at,"
    " author, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds; two rounds (--quick) take fewer packages."""
    packages = [list(stream(str(uuid4()), INTERVIEWS)) for _ in range(PACKAGES if rounds >= ROUNDS else FEWER)]
    lines = [[event.line for event in package] for package in packages]
    number, kept = count(), []

    def merge() -> float:
        database = empty_database(folder, f"merge{next(number)}")
        kept.append(database)
        return milliseconds(lambda: [database.import_events(each) for each in lines])

    def bare() -> float:
        database = empty_database(folder, f"bare{next(number)}")
        taken = _bare(database, packages)
        database.close()
        return taken

    ours, reference = interleaved(merge, bare, rounds, warm_up=0)
    tell(f"  {sum(map(len, lines))} events, {len(lines)} packages; double interviews {_doubles(kept[-1]):.0f} ms")
    for database in kept:
        database.close()
    return Measurement(
        "merge", ours, "ms", "INSERT OR IGNORE of the same events, one transaction", reference, gate=GATE
    )


def _bare(database: Database, packages: list[list[Event]]) -> float:
    """Insert the rows as they are; what they consist of is prepared before."""
    with database.transaction() as (ledger, _):
        place, moment = ledger.dialect.uuid, ledger.dialect.moment
        rows: list[tuple[Any, ...]] = []
        for number, event in enumerate((each for package in packages for each in package), start=1):
            version = None if event.instrument_version is None else place(event.instrument_version)
            rows.append(
                (
                    number, place(event.id), ledger.stream_no(event.stream), event.seq, event.hash, event.kind,
                    ledger.subject_no(event.subject_kind, event.subject), ledger.path_no(event.path), version, None,
                    moment(event.at), event.author, event.line,
                )
            )  # fmt: skip
    return milliseconds(_inserting(database, rows))


def _inserting(database: Database, rows: list[tuple[Any, ...]]) -> Callable[[], None]:
    driver: Any = database._writer.connection.dbapi_connection

    def insert() -> None:
        with database.transaction():
            driver.cursor().executemany(_INSERT, rows)

    return insert


def _doubles(database: Database) -> float:
    from kume_desktop.store import frames

    return milliseconds(lambda: frames.counted(database, str(WAVE), "is_ihtiyac"))
