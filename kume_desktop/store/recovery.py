"""Bringing a study back from a backup, and what a damaged file still tells.

Nothing is ever deleted: the file that stood there is moved aside with its write-ahead log. The backup is made ready
under a temporary name (schema, erasures, events that the damaged file still yields) and takes the place in the last
step; a program killed in between finishes at the next opening or leaves the old file.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.store import backups, intake, keyfile, reading, salvage, soundness, tombstones
from kume_desktop.store.engine import Database, open_database
from kume_desktop.store.events import SubjectKind
from kume_desktop.store.keyfile import sync_folder
from kume_desktop.store.log import parse

if TYPE_CHECKING:
    from kume_desktop.store.intake import Gap
    from kume_desktop.store.keyfile import DataKey

_MAKING, _READY = "restoring", "restored"
_INTERVIEW = SubjectKind.INTERVIEW.value


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring did.

    `aside`: where the file that stood there lies now, None where there was none. `from_backup` and `salvaged`: events.
    `refused`: readable lines of the old file that do not fit the log. `gaps`: streams of which events are known to be
    missing now that the backup did not lack (a laptop holds the streams of others in part). `interviews`: those to
    which the old file added events.
    """

    aside: Path | None
    made_at: datetime
    from_backup: int
    salvaged: int
    refused: int
    gaps: tuple[Gap, ...]
    interviews: tuple[str, ...]


def restore(target: Path, key: DataKey, archive: Path, author: str, role: str, at: datetime) -> Restored:
    """Put a backup in the place of a study that nobody has open; what the file there still tells is added to it.

    The computer keeps its identity and writes into a new stream from now on.

    Raises:
        Refused: `study.in-use`, `backup.other-study`, what `backups.extract` refuses; the file is then untouched.
    """
    contents = backups.verify(archive)
    if contents.study_id != key.study_id:
        raise Refused(problem("backup.other-study", file=archive.name))
    finish_interrupted(target)
    if target.exists() and _is_open(target, key):
        raise Refused(problem("study.in-use", file=target.name))
    making = _beside(target, _MAKING)
    try:
        _remove(making)
        backups.extract(archive, making)
        told = tombstones.read(target)
        added, refused, missing, interviews = _fill(making, key, salvage.salvage(target, key), told, (author, role))
        _remove_key_unless_needed(making, target, key)
        making.replace(_beside(target, _READY))
        aside = _take_place(target, at)
    finally:
        _remove(making)
    return Restored(aside, contents.made_at, contents.events, added, refused, missing, interviews)


def finish_interrupted(target: Path) -> None:
    """Give a restored study its name where the program was killed just before."""
    ready = _beside(target, _READY)
    if not ready.exists():
        return
    if target.exists():
        # Killed before the old file was moved aside: nothing has changed for anybody, so the restoring is begun anew.
        _remove(ready)
    else:
        _give_name(target)


def _give_name(target: Path) -> None:
    """The restored file takes the name of the one that was moved aside."""
    for left in _side_files(target):
        # The log of the file that stood there would be read into this one.
        left.unlink(missing_ok=True)
    _beside(target, _READY).replace(target)
    sync_folder(target.parent)


def _fill(
    making: Path,
    key: DataKey,
    found: salvage.Salvaged,
    told: Iterable[tombstones.Tombstone],
    who: tuple[str, str],
) -> tuple[int, int, tuple[Gap, ...], tuple[str, ...]]:
    """Add to a copy what the old file told: events added, lines refused, gaps, interviews touched."""
    added = refused = 0
    interviews: set[str] = set()
    database = open_database(making, key, is_copy=True)
    try:
        lacked = gaps(database)
        for lines in found.by_stream():
            try:
                added += database.import_events(lines, found.keys).added
                interviews |= {str(event.subject) for event in map(parse, lines) if event.subject_kind == _INTERVIEW}
            except Refused:
                refused += len(lines)
        database.begin_stream(*who)
        known = {one.subject_id for one in tombstones.of_database(database)}
        with database.act(*who) as act:
            tombstones.apply(act, (one for one in (*told, *found.erased) if one.subject_id not in known))
            for media_type, content in found.blobs:
                act.put_blob(content, media_type)
        _keep_drafts(database, found.drafts, interviews, who)
        missing_now = tuple(
            intake.Gap(stream, missing - lacked.get(stream, 0))
            for stream, missing in gaps(database).items()
            if missing > lacked.get(stream, 0)
        )
    finally:
        database.close()
    return added, refused, missing_now, tuple(sorted(interviews))


def gaps(database: Database) -> Mapping[str, int]:
    """How many events are missing of each stream that has gaps, up to the highest number seen."""
    with database.transaction() as (ledger, _):
        return {gap.stream_id: gap.missing for gap in intake.gaps(ledger)}


def _keep_drafts(database: Database, drafts: Iterable[salvage.Draft], touched: set[str], who: tuple[str, str]) -> None:
    """Keep what was being typed, of the interviews that are there and were not erased; say which changed."""
    there = {one.interview_id for one in reading.interviews(database)}
    erased = {one.subject_id for one in tombstones.of_database(database)}
    with database.act(*who) as act:
        for interview_id in there & touched:
            act.mark_stale(interview_id)
        for one in drafts:
            if one.interview_id in there - erased:
                act.save_draft(one.interview_id, one.path, one.text)


def _take_place(target: Path, at: datetime) -> Path | None:
    """Move the old file aside with its log, the key file stays; then the restored one takes its name."""
    aside = None
    if target.exists():
        aside = target.with_name(f"{target.stem}.{at:%Y%m%d-%H%M%S}.aside{target.suffix}")
        log = target.with_name(f"{target.name}-wal")
        if log.exists():
            # Copied, not moved: whoever is killed here has the old file with its log, or the new one.
            keyfile.replace_file(aside.with_name(f"{aside.name}-wal"), log.read_bytes())
        shutil.copyfile(keyfile.path_of(target), keyfile.path_of(aside))
        target.replace(aside)
    _give_name(target)
    return aside


def _remove_key_unless_needed(making: Path, target: Path, key: DataKey) -> None:
    """The key file beside the study knows the newest passphrases; the backup's serves where that one is lost."""
    brought = keyfile.path_of(making)
    if keyfile.fits(keyfile.path_of(target), key):
        brought.unlink(missing_ok=True)
    else:
        brought.replace(keyfile.path_of(target))


def _is_open(target: Path, key: DataKey) -> bool:
    """Whether another program works in a file; nobody can work in one that does not open."""
    try:
        soundness.check_file(target, key)
    except Refused as refusal:
        return any(one.code == "study.busy" for one in refusal.problems)
    return soundness.is_in_use(target, key)


def _beside(target: Path, word: str) -> Path:
    return target.with_name(f".{target.stem}.{word}{target.suffix}")


def _remove(path: Path) -> None:
    for name in (path, keyfile.path_of(path), tombstones.path_of(path), *_side_files(path)):
        name.unlink(missing_ok=True)


def _side_files(path: Path) -> Iterator[Path]:
    yield from (path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))
