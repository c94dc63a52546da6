"""One user act: everything it writes is committed at once, or nothing is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from kume_desktop.store import intake, package_rows, tables
from kume_desktop.store.dialect import upsert_sql
from kume_desktop.store.events import ALWAYS_SEALED, EventKind, SubjectKind, head_path
from kume_desktop.store.identity import uuid7
from kume_desktop.store.ledger import STALE
from kume_desktop.store.log import Event, StreamWriter, Told, Value, check_text, check_value, value_text

if TYPE_CHECKING:
    from sqlalchemy import Connection, Executable, Row, Table

    from kume_desktop.store.intake import Intake
    from kume_desktop.store.ledger import Ledger
    from kume_desktop.store.projections import Projector
    from kume_desktop.store.records import StateRow, Summary
    from kume_desktop.store.subject_keys import SubjectKey


class Auto(Enum):
    """Which events a new one replaces when its writer does not say."""

    HEADS = "heads"


AUTO = Auto.HEADS
"""`supersedes=AUTO`: the writer has seen the current heads, and the event names them all."""

_STATE = upsert_sql("state", ("subject", "path"), ("relevant", "value", "problem"))
_SUMMARY = upsert_sql(
    "interview_state",
    ("subject",),
    (
        "answered",
        "asked",
        "warnings",
        "errors",
        "last_question",
        "last_section",
        "instrument_hash",
        "engine_version",
        "at",
    ),
)
_STALE = (
    "INSERT INTO interview_state (subject, answered, asked, warnings, errors, engine_version, at)"
    " VALUES (?, 0, 0, 0, 0, ?, ?) ON CONFLICT (subject) DO UPDATE SET engine_version = excluded.engine_version"
)
_DRAFT = upsert_sql("draft", ("subject", "path"), ("text", "at"))
_POSITION = upsert_sql("position", ("subject",), ("path", "at"))
_BLOB = "INSERT INTO blob (hash, media_type, size, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"


class Act:
    """What can be written in one transaction. Made by `Database.act`; `at` is the moment of all its events."""

    def __init__(
        self,
        connection: Connection,
        ledger: Ledger,
        projector: Projector,
        stream: StreamWriter,
        author: str,
        role: str,
        at: datetime,
    ) -> None:
        self.at = at
        self._connection = connection
        self._ledger = ledger
        self._projector = projector
        self._stream = stream
        self._author = author
        self._role = role
        self.has_erased = False

    def append(
        self,
        kind: EventKind,
        subject_kind: SubjectKind,
        subject_id: str,
        path: str = "",
        value: Value = None,
        instrument_version: str | None = None,
        supersedes: Auto | Iterable[str] = AUTO,
        *,
        personal: bool = False,
        key_of: str | None = None,
    ) -> str:
        """Append an event to this device's stream and bring heads and rows up to date; returns the event's id.

        Args:
            kind: what happened.
            subject_kind: what it happened to.
            subject_id: which one.
            path: the question, repeat row or attribute; `events.head_path` adds the register of the kind.
            value: text, or the structured value of the kind.
            instrument_version: the version that was in use, for an interview's events.
            supersedes: the event ids that the writer had seen, by default the current heads of the path.
            personal: whether the value is encrypted inside the event (comments, reasons and notes always are).
            key_of: the unit or interview whose key encrypts it; by default the subject itself.

        Raises:
            Refused: `study.text-not-storable`, `study.subject-erased`.
        """
        ledger, subject, where = self._ledger, UUID(subject_id), head_path(kind, path)
        check_text(where)
        plain = value_text(value)
        check_value(value)
        identity, sealed = uuid7(), None
        if plain is not None and (personal or self._is_personal(kind, subject_kind, subject, where)):
            owner = UUID(key_of) if key_of else subject
            sealed = ledger.keys.seal(plain, owner, identity, subject, where, self.at)
        auto = supersedes is AUTO
        if isinstance(supersedes, Auto):
            named = ledger.heads(ledger.subject_no(subject_kind, subject), ledger.path_no(where))
        else:
            named = tuple(UUID(each) for each in supersedes)
        told = Told(
            kind, subject_kind, subject, where, None if sealed else value, self._author, self._role, self.at, named,
            None if instrument_version is None else UUID(instrument_version), sealed, identity,
        )  # fmt: skip
        event = self._stream.write(told)
        if auto:
            ledger.add_own(event, plain)
        else:
            ledger.add(event, plain)
        return str(identity)

    def put_blob(self, content: bytes, media_type: str) -> str:
        """Keep bytes under their SHA-256, which is returned in hexadecimal."""
        digest = hashlib.sha256(content).hexdigest()
        self._ledger.run(_BLOB, (digest, media_type, len(content), content))
        return digest

    def save_state(self, interview_id: str, rows: Iterable[StateRow]) -> None:
        """Keep what the interview engine computed; give only the paths that changed."""
        subject, flag = self._interview(interview_id), self._ledger.dialect.flag
        for row in rows:
            path = self._ledger.path_no(row.path)
            self._ledger.run(_STATE, (subject, path, flag(row.relevant), row.value, row.problem))

    def clear_state(self, interview_id: str) -> None:
        """Drop everything computed about an interview, before it is all computed anew."""
        self._ledger.run("DELETE FROM state WHERE subject = ?", (self._interview(interview_id),))

    def save_summary(self, interview_id: str, summary: Summary) -> None:
        """Keep the counts that the interview's row in a list shows."""
        s = summary
        self._ledger.run(
            _SUMMARY,
            (
                self._interview(interview_id), s.answered, s.asked, s.warnings, s.errors, s.last_question,
                s.last_section, s.instrument_hash, s.engine_version, self._now,
            ),
        )  # fmt: skip

    def mark_stale(self, interview_id: str) -> None:
        """Say that events came in which the kept state of an interview does not know: it is worked out anew."""
        self._ledger.run(_STALE, (self._interview(interview_id), STALE, self._now))

    def save_draft(self, interview_id: str, path: str, text: str) -> None:
        """Keep what is being typed; not an event."""
        check_text(text)
        self._ledger.run(_DRAFT, (self._interview(interview_id), self._ledger.path_no(path), text, self._now))

    def clear_draft(self, interview_id: str, path: str) -> None:
        """Drop what was typed: it became an answer, or was put away."""
        numbers = (self._interview(interview_id), self._ledger.path_no(path))
        self._ledger.run("DELETE FROM draft WHERE subject = ? AND path = ?", numbers)

    def save_position(self, interview_id: str, path: str) -> None:
        """Keep the question at which the interview is; not an event."""
        self._ledger.run(_POSITION, (self._interview(interview_id), self._ledger.path_no(path), self._now))

    def erase(self, subject_kind: SubjectKind, subject_id: str, reason: str) -> None:
        """Destroy the key of a unit (with its interviews) or of an interview: its personal values are gone for good.

        The events stay, as ciphertext nobody can open; what is not personal stays readable. `reason` is a code, not a
        text.
        """
        if subject_kind not in {SubjectKind.UNIT, SubjectKind.INTERVIEW}:
            raise ValueError(subject_kind)
        self.has_erased = True
        self.append(EventKind.ERASED, subject_kind, subject_id, "", reason)
        if subject_kind is SubjectKind.UNIT:
            self.flush()
            of_unit = select(tables.interview.c.id).where(tables.interview.c.unit == subject_id)
            for row in self.rows(of_unit):
                self.append(EventKind.ERASED, SubjectKind.INTERVIEW, row[0], "", reason)

    def destroy_keys(self, subject_id: str, keys: Iterable[str]) -> None:
        """Destroy some keys of a subject that goes on; what is appended of it from now on is sealed with another one.

        What they sealed is gone, also where an older package brings it and its key again. Whoever calls this has read
        what is to stay, and appends it anew.
        """
        self.has_erased = True
        self._ledger.keys.destroy_some(UUID(subject_id), [UUID(each) for each in keys], self.at)

    def take_in(self, told: Sequence[Event], keys: Iterable[SubjectKey] = ()) -> Intake:
        """Take in events of other streams, before anything is appended; see `intake.take_in`."""
        done = intake.take_in_events(self._ledger, self._projector, told, tuple(keys))
        self._stream.seq, self._stream.hash = self._ledger.tip(self._stream.stream)
        return done

    def drop_files(self) -> None:
        """Delete attached files that no answer names: they came once more with entries of somebody who was erased."""
        self.flush()
        self._ledger.drop_files()

    def keep_row(self, table: Table, values: Mapping[str, Any]) -> None:
        """Keep a row of this computer's own bookkeeping, in the place of one with the same key."""
        self._connection.execute(self._ledger.dialect.upsert(table), [dict(values)])

    def delete_received(self, device_id: str, interviews: Iterable[str], received: Mapping[str, int]) -> int:
        """Take interviews out of this file as far as a receipt covers them; see `package_rows.delete_received`."""
        self.flush()
        by_stream = {UUID(stream): seq for stream, seq in received.items()}
        wanted = [UUID(each) for each in interviews]
        return package_rows.delete_received(self._ledger, UUID(device_id), wanted, by_stream)

    def rows(self, statement: Executable) -> list[Row[Any]]:
        """Read inside the act, what it has written included (so `reading` takes an act as its source)."""
        self.flush()
        return list(self._connection.execute(statement).all())

    def flush(self) -> None:
        """Bring the rows of what was appended up to date now; the commit does it anyway."""
        self._projector.flush()

    @property
    def _now(self) -> Any:
        return self._ledger.dialect.moment(self.at)

    def _is_personal(self, kind: EventKind, subject_kind: SubjectKind, subject: UUID, where: str) -> bool:
        """Free text always is; what settles a conflict is if one of the values was."""
        if kind is not EventKind.CONFLICT_RESOLVED:
            return kind in ALWAYS_SEALED
        numbers = (self._ledger.subject_no(subject_kind, subject), self._ledger.path_no(where))
        heads = self._ledger.run("SELECT personal FROM head WHERE subject = ? AND path = ?", numbers).fetchall()
        return any(row[0] for row in heads)

    def _interview(self, interview_id: str) -> int:
        return self._ledger.subject_no(SubjectKind.INTERVIEW, UUID(interview_id))
