"""Backups of a study file: made while others write, verified, listed, thinned out.

A backup is one archive (a ZIP file without compression, its content is ciphertext) that holds the database, its key
file and a list of what is in it: counts and the tips of the streams, no name of anybody. The database is copied by
SQLite's backup API with a connection of its own: a committed state, whoever writes meanwhile.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import __version__, paths
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.store import keyfile, soundness
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.dialect import database_errors, problem_of
from kume_desktop.store.keyfile import sync_folder

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

SUFFIX = ".kume-backup"
FORMAT = 1
KEPT, DAYS = 10, 30
BUDGET_BYTES = 4 * 1000**3
"""The newest ten stay, and the newest of each of the last thirty days, as long as all of them fit."""
_FEWEST = 3
_DATABASE, _KEY, _LIST = "study.kume", "study.kume-key", "backup.json"
_LIST_BYTES = 1024 * 1024
_CHUNK = 1024 * 1024
_ABANDONED_SECONDS = 3600
_FULL = frozenset({errno.EFBIG, errno.ENOSPC, errno.EDQUOT})
_NO_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
)
"""What reading a ZIP file and the JSON in it raises where somebody or something changed its bytes."""


class Reason(StrEnum):
    """What a backup was made for."""

    OPENED = "opened"
    INTERVIEW = "interview"
    UPGRADE = "upgrade"
    IMPORT = "import"
    RESTORE = "restore"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Tip:
    """The last event of a stream: its number and hash (hexadecimal)."""

    stream_id: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself; `sums` are the SHA-256 of its two files."""

    study_id: str
    made_at: datetime
    reason: str
    program: str
    schema: int
    events: int
    interviews: int
    tips: tuple[Tip, ...]
    sums: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Backup:
    """An archive in a folder of backups; `contents` None and `problem` where it cannot be read."""

    path: Path
    size: int
    contents: Contents | None
    problem: Problem | None = None


def folder_of(study_id: str) -> Path:
    """The folder in the profile where the backups of a study lie."""
    return paths.profile() / "backups" / study_id


def make(study: Path, key: DataKey, folder: Path, reason: Reason, at: datetime) -> Backup:
    """Copy a study into an archive in `folder` and read it back; it has its name only once it was verified.

    Raises:
        Refused: `backup.no-space`, `backup.folder`, `backup.source-damaged`, `backup.not-verified`; the study and
            the older backups are untouched.
    """
    target = folder / f"{study.stem}-{at:%Y%m%d-%H%M%S}-{reason}{SUFFIX}"
    # Another program may be making one in the same second.
    half = f".{target.name}.{os.getpid()}"
    copy, making = target.with_name(f"{half}.copy"), target.with_name(f"{half}.making")
    with _refusing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(folder, datetime.now().astimezone())
        _check_space(study, folder)
    try:
        _copy_database(study, key, copy)
        contents = _describe(copy, study, key, reason, at)
        with _refusing(folder):
            _write(making, copy, keyfile.path_of(study), contents)
            verify(making)
            making.replace(target)
            sync_folder(folder)
    finally:
        for left in (copy, copy.with_name(f"{copy.name}-wal"), copy.with_name(f"{copy.name}-shm"), making):
            left.unlink(missing_ok=True)
    return Backup(target, target.stat().st_size, contents)


def verify(archive: Path) -> Contents:
    """Read every byte of an archive and compare it with what its list says.

    Raises:
        Refused: `backup.damaged`, `backup.foreign`, `backup.newer`, `backup.unreadable`.
    """
    contents = read(archive)
    with _reading(archive), zipfile.ZipFile(archive) as opened:
        for name, expected in contents.sums.items():
            with opened.open(name) as member:
                if hashlib.file_digest(member, "sha256").hexdigest() != expected:  # type: ignore[arg-type]
                    raise Refused(problem("backup.damaged", file=archive.name))
    return contents


def read(archive: Path) -> Contents:
    """The list of an archive; what it says of the other files is not checked.

    Raises:
        Refused: `backup.damaged`, `backup.foreign`, `backup.newer`, `backup.unreadable`.
    """
    with _reading(archive), zipfile.ZipFile(archive) as opened:
        if sorted(opened.namelist()) != sorted((_DATABASE, _KEY, _LIST)):
            raise Refused(problem("backup.foreign", file=archive.name))
        if opened.getinfo(_LIST).file_size > _LIST_BYTES:
            raise Refused(problem("backup.damaged", file=archive.name))
        return _contents(json.loads(opened.read(_LIST)), archive)


def extract(archive: Path, target: Path) -> Contents:
    """Verify an archive and write its database to `target`, its key file beside it; whatever stood there is replaced.

    Raises:
        Refused: what `verify` refuses, `backup.no-space`, `backup.folder`.
    """
    contents = verify(archive)
    with _refusing(target.parent), _reading(archive), zipfile.ZipFile(archive) as opened:
        for name, place in ((_DATABASE, target), (_KEY, keyfile.path_of(target))):
            with opened.open(name) as member, place.open("wb") as out:
                shutil.copyfileobj(member, out, _CHUNK)
                out.flush()
                os.fsync(out.fileno())
        sync_folder(target.parent)
    return contents


def key_file(archive: Path, target: Path) -> Path:
    """Write the key file of a verified archive to `target`, which is returned.

    Raises:
        Refused: what `verify` refuses, `backup.disk-full`, `backup.folder`.
    """
    verify(archive)
    with _refusing(target.parent), _reading(archive), zipfile.ZipFile(archive) as opened:
        target.write_bytes(opened.read(_KEY))
    return target


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups in a folder, newest first; those that cannot be read stand at the end with their problem."""
    found = [_card(path) for path in folder.glob(f"*{SUFFIX}")] if folder.is_dir() else []
    whole = [one for one in found if one.contents is not None]
    whole.sort(key=lambda one: (one.contents.made_at, one.path.name) if one.contents else (), reverse=True)
    return (*whole, *sorted((one for one in found if one.contents is None), key=lambda one: one.path.name))


def copy_to(backup: Backup, folder: Path) -> Backup:
    """Copy an archive to a second place: under a temporary name, synced, renamed, read back.

    Raises:
        Refused: `backup.no-space`, `backup.folder`, what `verify` refuses.
    """
    target = folder / backup.path.name
    making = target.with_name(f".{target.name}.making")
    try:
        with _refusing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with backup.path.open("rb") as source, making.open("wb") as out:
                shutil.copyfileobj(source, out, _CHUNK)
                out.flush()
                os.fsync(out.fileno())
            contents = verify(making)
            making.replace(target)
            sync_folder(folder)
    finally:
        with _refusing(folder):
            making.unlink(missing_ok=True)
    return Backup(target, target.stat().st_size, contents)


def thin_out(folder: Path, today: date, budget: int = BUDGET_BYTES) -> tuple[Path, ...]:
    """Delete what need not be kept (see `superfluous`); returns what was deleted.

    Raises:
        Refused: `backup.folder`.
    """
    gone = superfluous(listed(folder), today, budget)
    with _refusing(folder):
        for one in gone:
            one.path.unlink(missing_ok=True)
    return tuple(one.path for one in gone)


def superfluous(backups: Iterable[Backup], today: date, budget: int = BUDGET_BYTES) -> tuple[Backup, ...]:
    """The backups beyond the newest ten and the newest of each of thirty days, then the oldest beyond the budget.

    The newest three whole ones always stay. What cannot be read is nobody's backup and is never touched: a person may
    still want to have it looked at.
    """
    whole = [one for one in backups if one.contents is not None]
    kept: list[Backup] = []
    gone: list[Backup] = []
    days: set[date] = set()
    size = 0
    for place, one in enumerate(whole):
        day = one.contents.made_at.astimezone().date() if one.contents else today
        wanted = place < KEPT or (day not in days and today - day <= timedelta(days=DAYS))
        fits = size + one.size <= budget
        if place < _FEWEST or (wanted and fits):
            kept.append(one)
            days.add(day)
            size += one.size
        else:
            gone.append(one)
    return tuple(gone)


def _clear_leftovers(folder: Path, at: datetime) -> None:
    """Remove what a killed program left half made; what is young may be another program's work of now."""
    for left in folder.glob(f".*{SUFFIX}.*"):
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < at.timestamp() - _ABANDONED_SECONDS:
                left.unlink()


def _check_space(study: Path, folder: Path) -> None:
    wal = study.with_name(f"{study.name}-wal")
    needed = 2 * (study.stat().st_size + (wal.stat().st_size if wal.exists() else 0))
    if shutil.disk_usage(folder).free < needed:
        raise Refused(problem("backup.no-space", folder=str(folder), megabytes=needed // 1_000_000 + 1))


def _copy_database(study: Path, key: DataKey, copy: Path) -> None:
    """All pages in one go: in steps, a backup of a study that somebody writes to would begin anew each time."""
    try:
        source = connect_file(study, key)
        try:
            target = connect_file(copy, key)
            try:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
            finally:
                target.close()
        finally:
            source.close()
        soundness.check_file(copy, key, whole=True)
    except Refused as refusal:
        raise Refused(problem("backup.source-damaged", file=study.name)) from refusal
    except database_errors() as error:
        found = problem_of(error, study.name)
        code = "backup.disk-full" if found is not None and found.code == "study.disk-full" else "backup.source-damaged"
        raise Refused(problem(code, file=study.name, folder=str(copy.parent))) from error


def _describe(copy: Path, study: Path, key: DataKey, reason: Reason, at: datetime) -> Contents:
    connection = connect_file(copy, key)
    try:
        run = connection.execute
        tips = run(
            "SELECT s.id, e.seq, e.hash FROM event e JOIN stream s ON s.no = e.stream"
            " WHERE e.seq = (SELECT max(seq) FROM event WHERE stream = e.stream) ORDER BY s.id"
        ).fetchall()
        counts = run("SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM interview)").fetchone()
        schema = run("PRAGMA user_version").fetchone()[0]
        run("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    sums = {}
    for name, path in ((_DATABASE, copy), (_KEY, keyfile.path_of(study))):
        with path.open("rb") as file:
            sums[name] = hashlib.file_digest(file, "sha256").hexdigest()
    told = tuple(Tip(stream.hex(), seq, digest.hex()) for stream, seq, digest in tips)
    return Contents(key.study_id, at, reason, __version__, schema, counts[0], counts[1], told, sums)


def _write(making: Path, copy: Path, key_file: Path, contents: Contents) -> None:
    record = {"format": FORMAT, **asdict(contents), "made_at": contents.made_at.isoformat()}
    with making.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_LIST, json.dumps(record, sort_keys=True))
            archive.write(copy, _DATABASE)
            archive.write(key_file, _KEY)
        out.flush()
        os.fsync(out.fileno())


def _card(path: Path) -> Backup:
    try:
        size = path.stat().st_size
        return Backup(path, size, read(path))
    except OSError as error:
        return Backup(path, 0, None, problem("backup.unreadable", file=path.name, reason=error.strerror or ""))
    except Refused as refusal:
        return Backup(path, size, None, refusal.problems[0])


def _contents(record: Any, archive: Path) -> Contents:
    if not isinstance(record, dict) or not isinstance(record.get("format"), int):
        raise Refused(problem("backup.foreign", file=archive.name))
    if record["format"] > FORMAT:
        raise Refused(problem("backup.newer", file=archive.name))
    return Contents(
        study_id=str(record["study_id"]),
        made_at=datetime.fromisoformat(record["made_at"]).astimezone(),
        reason=str(record["reason"]),
        program=str(record["program"]),
        schema=int(record["schema"]),
        events=int(record["events"]),
        interviews=int(record["interviews"]),
        tips=tuple(Tip(str(one["stream_id"]), int(one["seq"]), str(one["hash"])) for one in record["tips"]),
        sums={_DATABASE: str(record["sums"][_DATABASE]), _KEY: str(record["sums"][_KEY])},
    )


@contextmanager
def _reading(archive: Path) -> Iterator[None]:
    """Say it as one problem where an archive is not what it should be."""
    try:
        yield
    except FileNotFoundError as error:
        raise Refused(problem("backup.unreadable", file=archive.name, reason=error.strerror or "")) from error
    except OSError as error:
        code = "backup.unreadable" if error.errno else "backup.damaged"
        raise Refused(problem(code, file=archive.name, reason=error.strerror or "")) from error
    except _NO_ARCHIVE as error:
        raise Refused(problem("backup.damaged", file=archive.name)) from error


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    """Say it as a problem where a folder of backups is full, gone or not to be written."""
    try:
        yield
    except OSError as error:
        code = "backup.disk-full" if error.errno in _FULL else "backup.folder"
        raise Refused(problem(code, folder=str(folder), reason=error.strerror or "")) from error
