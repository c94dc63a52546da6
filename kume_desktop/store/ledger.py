"""The log and its heads inside one transaction: the answer path, in plain statements on the driver's cursor.

A head is an event of one (subject, path) that no later event of the same (subject, path) names in `supersedes`. This
is a function of the set of events alone, whatever the order in which they arrive.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from kume_desktop.store.dialect import Dialect
from kume_desktop.store.events import KNOWN_KINDS, KNOWN_SUBJECTS, TYPED, EventKind, SubjectKind, is_misplaced
from kume_desktop.store.log import Event, value_text
from kume_desktop.store.subject_keys import Run, SubjectKeys

ATTACHED = "attachment:"
"""Before the media type of a file that is an answer; the other blobs are forms and results."""
STALE = "-"
"""The engine version of a summary that nothing worked out since what it rests on came in from elsewhere, or went."""
_INSERT_EVENT = (
    "INSERT INTO event (no, id, stream, seq, hash, kind, subject, path, instrument_version, subject_key, at, author,"
    " line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_HEAD = "INSERT INTO head (subject, path, event, value, personal, contested) VALUES (?, ?, ?, ?, ?, ?)"
_HEADS = "SELECT h.event, e.id FROM head h JOIN event e ON e.no = h.event WHERE h.subject = ? AND h.path = ?"
_NAMED_BY_LATER = (
    "SELECT 1 FROM superseded s JOIN event e ON e.no = s.by WHERE s.target = ? AND e.subject = ? AND e.path = ?"
)
_DROP_NAMED = "DELETE FROM head WHERE subject = ? AND path = ? AND event IN (SELECT no FROM event WHERE id = ?)"


class Ledger:
    """Writes events and heads; remembers which subjects' rows must be projected anew (`dirty`)."""

    def __init__(self, run: Run, dialect: Dialect) -> None:
        self.run = run
        self.dialect = dialect
        self.keys = SubjectKeys(run, dialect)
        self.dirty: set[tuple[str, UUID]] = set()
        self._subjects: dict[UUID, int] = {}
        self._paths: dict[str, int] = {}
        self._streams: dict[UUID, int] = {}
        self._next: dict[str, int] = {}

    def begin(self) -> None:
        """A transaction has begun: another process may have written since the last one, or destroyed a key."""
        self._next.clear()
        self.keys.forget()

    def undone(self) -> None:
        """The transaction was undone: forget the numbers given in it."""
        self.dirty.clear()
        self._subjects.clear()
        self._paths.clear()
        self._streams.clear()
        self._next.clear()
        self.keys.forget()

    def subject_no(self, kind: str, subject: UUID) -> int:
        """The number of a subject, given on first use."""
        number = self._subjects.get(subject)
        if number is None:
            place = self.dialect.uuid(subject)
            row = self.run("SELECT no FROM subject WHERE id = ?", (place,)).fetchone()
            number = row[0] if row else self._number("subject")
            if row is None:
                self.run("INSERT INTO subject (no, id, kind) VALUES (?, ?, ?)", (number, place, kind))
            self._subjects[subject] = number
        return number

    def path_no(self, text: str) -> int:
        """The number of a path, given on first use."""
        number = self._paths.get(text)
        if number is None:
            row = self.run("SELECT no FROM path WHERE text = ?", (text,)).fetchone()
            number = row[0] if row else self._number("path")
            if row is None:
                self.run("INSERT INTO path (no, text) VALUES (?, ?)", (number, text))
            self._paths[text] = number
        return number

    def stream_no(self, stream: UUID) -> int:
        """The number of a stream, given on first use."""
        number = self.find_stream(stream)
        if number is None:
            number = self._streams[stream] = self._number("stream")
            self.run("INSERT INTO stream (no, id) VALUES (?, ?)", (number, self.dialect.uuid(stream)))
        return number

    def find_stream(self, stream: UUID) -> int | None:
        """The number of a stream; None where nothing of it is here."""
        number = self._streams.get(stream)
        if number is None:
            row = self.run("SELECT no FROM stream WHERE id = ?", (self.dialect.uuid(stream),)).fetchone()
            if row is None:
                return None
            number = self._streams[stream] = int(row[0])
        return number

    def tip(self, stream: UUID) -> tuple[int, bytes]:
        """Number and hash of the last event of a stream; (0, b'') where it has none."""
        row = self.run(
            "SELECT seq, hash FROM event WHERE stream = ? ORDER BY seq DESC LIMIT 1", (self.stream_no(stream),)
        ).fetchone()
        return (row[0], bytes(row[1])) if row else (0, b"")

    def heads(self, subject: int, path: int) -> tuple[UUID, ...]:
        """The events that are now heads of a path, in the order of their ids."""
        rows = self.run(_HEADS, (subject, path)).fetchall()
        return tuple(sorted(self.dialect.read_uuid(row[1]) for row in rows))

    def add(self, event: Event, plain: str | None = None) -> int:
        """Write an event of any origin and settle the heads of its path; returns its number.

        `plain` is the value of a sealed event where the caller knows it.
        """
        subject, path = self.subject_no(event.subject_kind, event.subject), self.path_no(event.path)
        number = self.record(event, subject, path)
        if is_interpreted(event):
            self.settle(event, number, subject, path, plain)
        return number

    def add_own(self, event: Event, plain: str | None = None) -> int:
        """Write an event that names every head of its path: the quick way of an answer."""
        subject, path = self.subject_no(event.subject_kind, event.subject), self.path_no(event.path)
        number = self.record(event, subject, path)
        if event.supersedes:
            self._name(event, number)
            self.run("DELETE FROM head WHERE subject = ? AND path = ?", (subject, path))
        self._head(event, number, subject, path, plain, contested=False)
        return number

    def record(self, event: Event, subject: int, path: int) -> int:
        """Write the row of an event; returns its number."""
        place, number = self.dialect.uuid, self._number("event")
        self.run(
            _INSERT_EVENT,
            (
                number, place(event.id), self.stream_no(event.stream), event.seq, event.hash, event.kind, subject, path,
                None if event.instrument_version is None else place(event.instrument_version),
                None if event.sealed is None else place(event.sealed.key),
                self.dialect.moment(event.at), event.author, event.line,
            ),
        )  # fmt: skip
        return number

    def settle(self, event: Event, number: int, subject: int, path: int, plain: str | None) -> None:
        """Bring the heads of the event's path up to date, whatever arrived before or after it."""
        self._name(event, number)
        for each in event.supersedes:
            self.run(_DROP_NAMED, (subject, path, self.dialect.uuid(each)))
        named = self.run(_NAMED_BY_LATER, (self.dialect.uuid(event.id), subject, path)).fetchone()
        if named is None:
            value = self.keys.unseal(event) if event.sealed and plain is None else plain
            self._head(event, number, subject, path, value, contested=False)
        else:
            self._touch(event)
        if not is_journal(event):
            self.refresh(subject, path)

    def refresh(self, subject: int, path: int) -> None:
        """Mark the heads of a path as contested where their values differ."""
        rows = self.run("SELECT value, contested FROM head WHERE subject = ? AND path = ?", (subject, path)).fetchall()
        contested = len({row[0] for row in rows}) > 1
        if any(bool(row[1]) != contested for row in rows):
            flag = self.dialect.flag(contested)
            self.run("UPDATE head SET contested = ? WHERE subject = ? AND path = ?", (flag, subject, path))

    def blank(self, subject: UUID, at: datetime) -> None:
        """Take the personal values of an erased subject out of heads and state, and its drafts."""
        place = self.dialect.uuid(subject)
        touched = self.run(
            "SELECT h.subject, h.path, s.kind, s.id FROM subject_key k JOIN event e ON e.subject_key = k.id"
            " JOIN head h ON h.subject = e.subject AND h.path = e.path AND h.event = e.no"
            " JOIN subject s ON s.no = h.subject WHERE k.subject = ?",
            (place,),
        ).fetchall()
        self.keys.destroy(subject, at)
        number = self.subject_no("", subject)
        for owner, path, kind, identity in touched:
            self.run(
                "UPDATE head SET value = NULL WHERE subject = ? AND path = ? AND event IN (SELECT e.no FROM event e"
                " JOIN subject_key k ON k.id = e.subject_key WHERE k.subject = ?)",
                (owner, path, place),
            )
            self.refresh(owner, path)
            self.dirty.add((kind, self.dialect.read_uuid(identity)))
        self.run("DELETE FROM draft WHERE subject = ?", (number,))
        self.run("UPDATE state SET value = NULL WHERE subject = ?", (number,))
        self.run("UPDATE interview_state SET engine_version = ? WHERE subject = ?", (STALE, number))
        self.drop_files()

    def drop_files(self) -> None:
        """Delete the files that no answer names any more, now that these are gone."""
        kept = self.run(
            "SELECT hash FROM blob b WHERE media_type LIKE ? AND NOT EXISTS"
            " (SELECT 1 FROM instrument_version v WHERE v.workbook = b.hash OR v.source = b.hash)",
            (f"{ATTACHED}%",),
        ).fetchall()
        if not kept:
            return
        named = self.run("SELECT value FROM head WHERE value LIKE ?", ("_" * 16 + ".%",)).fetchall()
        live = {value[:16] for (value,) in named}
        for (digest,) in kept:
            if digest[:16] not in live:
                self.run("DELETE FROM blob WHERE hash = ?", (digest,))

    def _head(self, event: Event, number: int, subject: int, path: int, plain: str | None, *, contested: bool) -> None:
        sealed = event.sealed is not None
        value = plain if sealed else value_text(event.value)
        flag = self.dialect.flag
        self.run(_INSERT_HEAD, (subject, path, number, value, flag(sealed), flag(contested)))
        self._touch(event)

    def _touch(self, event: Event) -> None:
        if event.kind not in TYPED:
            self.dirty.add((event.subject_kind, event.subject))

    def _name(self, event: Event, number: int) -> None:
        for each in event.supersedes:
            self.run(
                "INSERT INTO superseded (target, by) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (self.dialect.uuid(each), number),
            )

    def last(self, table: str) -> int:
        """The highest number given in a table (`event`, `subject`, `path`, `stream`)."""
        number = self._next.get(table)
        if number is None:
            row: Any = self.run(f"SELECT max(no) FROM {table}", ()).fetchone()  # noqa: S608
            number = self._next[table] = (row[0] or 0) + 1
        return number - 1

    def numbers(self, table: str, count: int) -> int:
        """Give `count` numbers in a row; returns the first."""
        first = self.last(table) + 1
        self._next[table] = first + count
        return first

    def _number(self, table: str) -> int:
        return self.numbers(table, 1)


def is_journal(event: Event) -> bool:
    """Whether an event is an entry of the access log: entries of several computers stand beside each other."""
    return event.kind == EventKind.NOTE and event.subject_kind == SubjectKind.STUDY


def is_interpreted(event: Event) -> bool:
    """Whether this version of the program knows what the event says, and it stands in its place; others are only kept.

    Whoever reads answers relies on it: nothing else stands on the path of a question.
    """
    known = event.kind in KNOWN_KINDS and event.subject_kind in KNOWN_SUBJECTS
    return known and not is_misplaced(event.kind, event.subject_kind, event.path)
