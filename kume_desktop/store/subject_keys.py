"""The keys of what is personal: one or more per unit or interview, outside the log, destroyed by an erasure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kume_desktop.problems import Refused, problem
from kume_desktop.store import sealing
from kume_desktop.store.dialect import Dialect
from kume_desktop.store.identity import uuid7
from kume_desktop.store.log import Event, Sealed, box_context

Run = Callable[[str, tuple[Any, ...]], Any]
"""Executes a statement with `?` places and returns the driver's cursor."""


@dataclass(frozen=True, slots=True, repr=False)
class SubjectKey:
    """A key as it travels between computers, beside the events."""

    key_id: UUID
    subject: UUID
    key: bytes


class SubjectKeys:
    """Seals and opens the personal values of a database, inside the transaction of `run`."""

    def __init__(self, run: Run, dialect: Dialect) -> None:
        self._run = run
        self._dialect = dialect
        self._by_id: dict[UUID, bytes] = {}
        self._of_subject: dict[UUID, tuple[UUID, bytes]] = {}

    def forget(self) -> None:
        """Drop what is remembered: the transaction was undone, or a key was destroyed."""
        self._by_id.clear()
        self._of_subject.clear()

    def seal(self, plain: str, owner: UUID, identity: UUID, subject: UUID, path: str, at: datetime) -> Sealed:
        """Encrypt a value of event `identity` with the key of `owner`, which is made where there is none.

        Raises:
            Refused: `study.subject-erased`.
        """
        key_id, key = self._key_of(owner, at)
        return Sealed(key_id, sealing.seal(plain, key, box_context(identity, subject, path)))

    def unseal(self, event: Event) -> str | None:
        """The plain value of a sealed event; None where its key is not here or was destroyed."""
        if event.sealed is None:
            return None
        key = self._by_id.get(event.sealed.key) or self._load(event.sealed.key)
        if key is None:
            return None
        return sealing.unseal(event.sealed.box, key, box_context(event.id, event.subject, event.path))

    def add(self, keys: tuple[SubjectKey, ...], at: datetime) -> list[UUID]:
        """Keep keys that came from elsewhere, unless their subject was erased; the ids of those that are new."""
        added = []
        for each in keys:
            found = self._run("SELECT 1 FROM subject_key WHERE id = ?", (self._dialect.uuid(each.key_id),)).fetchone()
            if found is None:
                self._insert(each.key_id, each.subject, None if self.is_erased(each.subject) else each.key, at)
                added.append(each.key_id)
        return added

    def all(self) -> tuple[SubjectKey, ...]:
        """Every key that still opens something, for a package."""
        rows = self._run("SELECT id, subject, key FROM subject_key WHERE key IS NOT NULL ORDER BY id", ()).fetchall()
        read = self._dialect.read_uuid
        return tuple(SubjectKey(read(key_id), read(subject), bytes(key)) for key_id, subject, key in rows)

    def destroy(self, subject: UUID, at: datetime) -> None:
        """Destroy every key of a subject; its personal values are then gone from the log."""
        place, moment = self._dialect.uuid, self._dialect.moment
        self._run(
            "UPDATE subject_key SET key = NULL, destroyed_at = ? WHERE subject = ? AND key IS NOT NULL",
            (moment(at), place(subject)),
        )
        self.forget()

    def destroy_some(self, subject: UUID, keys: Iterable[UUID], at: datetime) -> None:
        """Destroy these keys of a subject; one that never was here can never come."""
        place, moment = self._dialect.uuid, self._dialect.moment
        for each in keys:
            found = self._run("SELECT 1 FROM subject_key WHERE id = ?", (place(each),)).fetchone()
            if found is None:
                self._insert(each, subject, None, at)
            else:
                statement = "UPDATE subject_key SET key = NULL, destroyed_at = ? WHERE id = ? AND key IS NOT NULL"
                self._run(statement, (moment(at), place(each)))
        self.forget()

    def is_erased(self, subject: UUID) -> bool:
        """Whether the subject, or the unit of that interview, has a tombstone."""
        place = self._dialect.uuid(subject)
        found = self._run(
            "SELECT 1 FROM tombstone WHERE subject = ? UNION ALL SELECT 1 FROM interview i"
            " JOIN tombstone t ON t.subject = i.unit WHERE i.id = ?",
            (place, place),
        ).fetchone()
        return found is not None

    def _key_of(self, owner: UUID, at: datetime) -> tuple[UUID, bytes]:
        known = self._of_subject.get(owner)
        if known is None:
            if self.is_erased(owner):
                raise Refused(problem("study.subject-erased"))
            row = self._run(
                "SELECT id, key FROM subject_key WHERE subject = ? AND key IS NOT NULL ORDER BY id LIMIT 1",
                (self._dialect.uuid(owner),),
            ).fetchone()
            known = (self._dialect.read_uuid(row[0]), bytes(row[1])) if row else (uuid7(), sealing.new_key())
            if row is None:
                self._insert(known[0], owner, known[1], at)
            self._of_subject[owner] = known
            self._by_id[known[0]] = known[1]
        return known

    def _insert(self, key_id: UUID, subject: UUID, key: bytes | None, at: datetime) -> None:
        place, moment = self._dialect.uuid, self._dialect.moment(at)
        self._run(
            "INSERT INTO subject_key (id, subject, key, made_at, destroyed_at) VALUES (?, ?, ?, ?, ?)",
            (place(key_id), place(subject), key, moment, moment if key is None else None),
        )

    def _load(self, key_id: UUID) -> bytes | None:
        row = self._run("SELECT key FROM subject_key WHERE id = ?", (self._dialect.uuid(key_id),)).fetchone()
        if row is None or row[0] is None:
            return None
        self._by_id[key_id] = bytes(row[0])
        return self._by_id[key_id]
