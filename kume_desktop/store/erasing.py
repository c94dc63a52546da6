"""Leaving nothing behind: what was erased is taken out of the pages of a study file and out of its write-ahead log."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from kume_desktop.problems import Refused, problem
from kume_desktop.store import reading
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.dialect import database_errors, problem_of
from kume_desktop.store.ledger import ATTACHED
from kume_desktop.store.records import StateRow
from kume_desktop.store.tables import blob

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey
    from kume_desktop.store.reading import Source
    from kume_desktop.store.unit_of_work import Act

_CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"


def compact(file: Path, key: DataKey) -> None:
    """Rewrite a study file without its free pages and empty its write-ahead log; others may have it open, not read it.

    What was deleted is overwritten when it is deleted; this also takes the older copies of pages away that wait in
    the write-ahead log.

    Raises:
        Refused: `personal.no-space`, `personal.still-read` (somebody reads or writes just now: nothing is lost, it is
            asked for again), what the disk refuses.
    """
    needed = 2 * file.stat().st_size
    if shutil.disk_usage(file.parent).free < needed:
        raise Refused(problem("personal.no-space", megabytes=needed // 1_000_000 + 1))
    try:
        connection = connect_file(file, key)
        try:
            _empty_log(connection, file)
            connection.execute("VACUUM")
            _empty_log(connection, file)
        finally:
            connection.close()
    except database_errors() as error:
        found = problem_of(error, file.name)
        if found is None:
            raise
        raise Refused(
            problem("personal.still-read", file=file.name) if found.code == "study.busy" else found
        ) from error


def _empty_log(connection: Any, file: Path) -> None:
    """Bring the write-ahead log into the file and cut it to nothing, as far as nobody still reads from it."""
    busy = connection.execute(_CHECKPOINT).fetchone()[0]
    if busy:
        raise Refused(problem("personal.still-read", file=file.name))


def forget_typed(act: Act, interview_id: str, paths: Iterable[str] | None = None) -> None:
    """Drop drafts and what the engine worked out of an interview, of `paths` or of all, whether it has a key or not."""
    wanted = None if paths is None else frozenset(paths)
    for draft in reading.drafts(act, interview_id):
        if wanted is None or draft.path in wanted:
            act.clear_draft(interview_id, draft.path)
    held = reading.state_of(act, interview_id)
    act.save_state(
        interview_id,
        [
            StateRow(row.path, row.relevant, None, row.problem)
            for row in held.values()
            if row.value is not None and (wanted is None or row.path in wanted)
        ],
    )


def files(source: Source) -> int:
    """How many attached files the study holds."""
    counted = select(func.count()).select_from(blob).where(blob.c.media_type.like(f"{ATTACHED}%"))
    return int(source.rows(counted)[0][0])
