"""Erasures beside the database: `X.kume-erased`, so that a file brought back from before forgets them too.

A line a subject (JSON): which unit or interview, the reason's code; or contact data taken away (`withdrawals`), by the
names of the questions and the ids of the keys. The names and answers of nobody. The file is compared with the database
whenever a study is opened: what stands in one of them holds in both, whichever is older.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from kume_desktop.problems import Refused, problem
from kume_desktop.store import keyfile, withdrawals
from kume_desktop.store.events import SubjectKind
from kume_desktop.store.tables import tombstone
from kume_desktop.store.withdrawals import Withdrawal

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from kume_desktop.store.reading import Source
    from kume_desktop.store.unit_of_work import Act

AUTHOR, ROLE = "", "program"
"""An erasure that is only carried out again was asked for by nobody now."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A unit or an interview whose personal data were erased for good."""

    subject_id: str
    kind: SubjectKind
    reason: str


def path_of(study: Path) -> Path:
    """The file that belongs to a study file."""
    return study.with_name(study.name + "-erased")


def settle(database: Database) -> int:
    """Bring file and database to the same erasures; returns how many the database had forgotten.

    Raises:
        Refused: `study.erased-unreadable`, and what the act refuses.
    """
    if database.file is None:
        return 0
    told, held = read(database.file), of_database(database)
    forgotten = [one for one in told if one.subject_id not in {each.subject_id for each in held}]
    known = frozenset(withdrawals.of_source(database))
    withdrawn = [
        one
        for one in {*read_withdrawals(database.file), *known}
        if not withdrawals.is_settled(database, one, known)
    ]  # fmt: skip
    if forgotten or withdrawn:
        with database.act(AUTHOR, ROLE) as act:
            apply(act, forgotten)
            withdrawals.settle(act, sorted(withdrawn, key=lambda one: one.subject_id))
    keep_all(database)
    return len(forgotten) + len(withdrawn)


def keep_all(database: Database) -> None:
    """Let the file tell everything that the database knows.

    Raises:
        Refused: as `keep`.
    """
    if database.file is not None:
        file = database.file
        keep(file, of_database(database), read(file), withdrawals.of_source(database))


def apply(act: Act, wanted: Iterable[Tombstone]) -> None:
    """Erase within an act; units first, because they take their interviews along."""
    for one in sorted(wanted, key=lambda each: each.kind is not SubjectKind.UNIT):
        act.erase(one.kind, one.subject_id, one.reason)


def of_database(database: Database) -> tuple[Tombstone, ...]:
    """The erasures that a database knows."""
    return of_source(database)


def of_source(source: Source) -> tuple[Tombstone, ...]:
    """The same, also inside an act."""
    rows = source.rows(select(tombstone.c.subject, tombstone.c.kind, tombstone.c.reason))
    return tuple(Tombstone(row.subject, SubjectKind(row.kind), row.reason) for row in rows)


def read(study: Path) -> tuple[Tombstone, ...]:
    """The erasures that the file tells.

    Raises:
        Refused: `study.erased-unreadable`: going on could bring back what was erased.
    """
    return tuple(one for one in _read(study) if isinstance(one, Tombstone))


def read_withdrawals(study: Path) -> tuple[Withdrawal, ...]:
    """The withdrawals that the file tells.

    Raises:
        Refused: `study.erased-unreadable`.
    """
    return tuple(one for one in _read(study) if isinstance(one, Withdrawal))


def _read(study: Path) -> tuple[Tombstone | Withdrawal, ...]:
    file = path_of(study)
    try:
        lines = file.read_text("utf-8").splitlines()
        return tuple(_told(json.loads(line)) for line in lines)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(problem("study.erased-unreadable", file=file.name)) from error


def keep(
    study: Path, held: Iterable[Tombstone], told: Iterable[Tombstone] = (), withdrawn: Iterable[Withdrawal] = ()
) -> None:
    """Write the file anew where it does not tell everything yet; it is replaced in one step.

    Raises:
        Refused: `study.disk-full`, `study.read-only`.
    """
    known = {one.subject_id: one for one in told}
    every = known | {one.subject_id: one for one in held}
    before = frozenset(read_withdrawals(study))
    taken = before | frozenset(withdrawn)
    if len(every) == len(known) and taken == before:
        return
    records = [{"subject": one.subject_id, "kind": one.kind, "reason": one.reason} for one in every.values()]
    records += sorted((one.to_json() for one in taken), key=str)
    lines = [json.dumps(one, sort_keys=True) for one in records]
    target = path_of(study)
    try:
        keyfile.replace_file(target, "".join(f"{line}\n" for line in lines).encode())
    except OSError as error:
        code = "study.disk-full" if error.errno in {27, 28} else "study.read-only"
        raise Refused(problem(code, file=target.name)) from error


def _told(record: dict[str, str]) -> Tombstone | Withdrawal:
    if "withdrawn" in record:
        return Withdrawal.from_json(record)
    return Tombstone(record["subject"], SubjectKind(record["kind"]), record["reason"])
