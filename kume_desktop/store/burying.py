"""What an erasure takes with it, wherever its event came from: keys, personal values, files, what was typed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection, select

from kume_desktop.store import tables
from kume_desktop.store.events import SubjectKind

if TYPE_CHECKING:
    from kume_desktop.store.heads import Head
    from kume_desktop.store.ledger import Ledger

_HELD = (
    "SELECT 1 FROM subject_key WHERE subject = ? AND key IS NOT NULL"
    " UNION ALL SELECT 1 FROM subject s JOIN draft d ON d.subject = s.no WHERE s.id = ?"
)
"""Whether a key still opens something of a subject, or something typed is kept beside it."""
_BURIED = "SELECT 1 FROM tombstone WHERE subject = ?"


def carry_out(connection: Connection, ledger: Ledger, kind: str, subject: UUID, erased: Head | None) -> None:
    """Erase a subject that was changed just now, where it or its unit is erased.

    The first time everything goes, also of an interview that never had a key: what was typed in it may name a person
    all the same. Later only what came in since.
    """
    if erased is not None:
        _bury(connection, ledger, kind, subject, erased)
    elif kind == SubjectKind.INTERVIEW and ledger.keys.is_erased(subject) and _is_held(ledger, subject):
        ledger.blank(subject, datetime.now(UTC))


def _bury(connection: Connection, ledger: Ledger, kind: str, subject: UUID, erased: Head) -> None:
    is_first = ledger.run(_BURIED, (ledger.dialect.uuid(subject),)).fetchone() is None
    row = {"subject": subject, "kind": kind, "reason": erased.value, "at": erased.at, "by": erased.author}
    connection.execute(ledger.dialect.upsert(tables.tombstone), [row])
    if is_first or _is_held(ledger, subject):
        ledger.blank(subject, erased.at)
    if kind == SubjectKind.UNIT:
        of_unit = select(tables.interview.c.id).where(tables.interview.c.unit == subject)
        for interview in (UUID(found) for found in connection.execute(of_unit).scalars()):
            if is_first or _is_held(ledger, interview):
                ledger.blank(interview, erased.at)


def _is_held(ledger: Ledger, subject: UUID) -> bool:
    place = ledger.dialect.uuid(subject)
    return ledger.run(_HELD, (place, place)).fetchone() is not None
