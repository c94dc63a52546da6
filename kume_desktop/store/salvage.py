"""What a damaged study file still tells, read around its broken pages.

Every page of a study carries a checksum (SQLCipher's HMAC), so what can be read is what was written: a page is whole
or says nothing. The file is asked as a database first. Where that does not come to its end, every page is read by
itself, so that a broken first page, root or inner page of a tree costs no more than what stands on it: the rows of the
log, of the keys and of what was being typed are known by their shape.
"""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kume_desktop.problems import Refused, problem
from kume_desktop.store.cells import cells
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.dialect import database_errors
from kume_desktop.store.events import KNOWN_SUBJECTS, SubjectKind
from kume_desktop.store.log import parse
from kume_desktop.store.pages import Pages
from kume_desktop.store.subject_keys import SubjectKey
from kume_desktop.store.tombstones import Tombstone

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

_ASKED = {
    "event": "SELECT line FROM event ORDER BY no",
    "subject_key": "SELECT id, subject, key FROM subject_key WHERE key IS NOT NULL",
    "tombstone": "SELECT subject, kind, reason FROM tombstone",
    "blob": "SELECT hash, media_type, content FROM blob",
    "draft": "SELECT s.id, p.text, d.text FROM draft d JOIN subject s ON s.no = d.subject JOIN path p ON p.no = d.path",
}
_SHAPES = {
    "event": re.compile("nbiibtii[bn][bn]itt"),
    "subject": re.compile("nbt"),
    "path": re.compile("nt"),
    "subject_key": re.compile("bbbi[in]"),
    "tombstone": re.compile("btt[in][tn]"),
    "blob": re.compile("ttib"),
    "draft": re.compile("iiti"),
}
"""How the rows of each table look, column by column (`cells`); no other table of a study has rows like these."""
_BY_KEY = {"draft"}
_ID_BYTES, _KEY_BYTES = 16, 32

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was being typed at a question and had not become an answer."""

    interview_id: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a file tells: lines of the log (verbatim), keys of what is personal, erasures, files, typed texts."""

    lines: tuple[str, ...] = ()
    keys: tuple[SubjectKey, ...] = ()
    erased: tuple[Tombstone, ...] = ()
    blobs: tuple[tuple[str, bytes], ...] = ()
    drafts: tuple[Draft, ...] = ()

    def by_stream(self) -> Iterator[list[str]]:
        """The lines of each stream, in their order."""
        streams: dict[UUID, list[tuple[int, str]]] = {}
        for line in self.lines:
            event = parse(line)
            streams.setdefault(event.stream, []).append((event.seq, line))
        for found in streams.values():
            yield [line for _seq, line in sorted(found)]


def salvage(study: Path, key: DataKey) -> Salvaged:
    """Read what can be read of a study file that nobody has open; one that does not open tells nothing.

    A copy is read: opening the file itself would bring its write-ahead log into broken pages.

    Raises:
        Refused: `study.disk-full`, `study.read-only` where the copy cannot be made.
    """
    if not study.is_file():
        return Salvaged()
    copy = study.with_name(f".{study.stem}.reading{study.suffix}")
    try:
        asked = _asked(copy, key) if _copied(study, copy) else None
        if asked is not None and asked[1]:
            return _told(asked[0])
        found = _told(_gathered(study, key))
        return found if asked is None else _together(_told(asked[0]), found)
    except OSError as error:
        code = "study.disk-full" if error.errno in {errno.EFBIG, errno.ENOSPC} else "study.read-only"
        raise Refused(problem(code, file=copy.name)) from error
    finally:
        for end in ("", "-wal", "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def _copied(study: Path, copy: Path) -> bool:
    """Copy the file and its log; False where the disk cannot read all of it any more."""
    try:
        for end in ("", "-wal"):
            if study.with_name(study.name + end).exists():
                shutil.copyfile(study.with_name(study.name + end), copy.with_name(copy.name + end))
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return False
    return True


def _asked(copy: Path, key: DataKey) -> tuple[Rows, bool]:
    """The rows that the file tells as a database, and whether it told them all."""
    rows: Rows = {table: [] for table in _ASKED}
    is_whole = True
    for table, question in _ASKED.items():
        try:
            # SQLCipher answers nothing more once it met a broken page: each table has a connection of its own.
            with closing(connect_file(copy, key)) as connection:
                rows[table].extend(connection.execute(question))
        except database_errors():
            is_whole = False
    return rows, is_whole


def _gathered(study: Path, key: DataKey) -> Rows:
    """The same rows from every page that is whole, whatever became of the trees that led to it."""
    rows: Rows = {table: [] for table in _SHAPES}
    with Pages(study, key) as pages:
        for number in range(1, pages.count + 1):
            page = pages.page(number)
            for cell in cells(page, number) if page is not None else ():
                table = next((name for name, shape in _SHAPES.items() if shape.fullmatch(cell.shape)), "")
                if table and cell.is_table == (table not in _BY_KEY):
                    values = cell.values(pages.page)
                    if values is not None:
                        rows[table].append((cell.number, *values))
    return _as_asked(rows)


def _as_asked(rows: Rows) -> Rows:
    """Rows with their numbers and all their columns as `_ASKED` would give them."""
    subjects = {number: identity for number, _none, identity, _kind in rows["subject"]}
    paths = {number: text for number, _none, text in rows["path"]}
    unknown = {row[1] for row in rows["draft"]} - subjects.keys(), {row[2] for row in rows["draft"]} - paths.keys()
    for _number, *columns in rows["event"] if any(unknown) else ():
        if (columns[6] in unknown[0] or columns[7] in unknown[1]) and _is_line(columns[12]):
            told = parse(columns[12])
            subjects.setdefault(columns[6], told.subject.bytes)
            paths.setdefault(columns[7], told.path)
    return {
        "event": [(columns[12],) for _number, *columns in rows["event"]],
        "subject_key": [row[1:4] for row in rows["subject_key"]],
        "tombstone": [row[1:4] for row in rows["tombstone"]],
        "blob": [(digest, media_type, content) for _number, digest, media_type, _size, content in rows["blob"]],
        "draft": [
            (subjects[subject], paths[path], text)
            for _number, subject, path, text, _at in rows["draft"]
            if subject in subjects and path in paths
        ],
    }


def _told(rows: Rows) -> Salvaged:
    return Salvaged(
        lines=tuple(line for (line,) in rows["event"] if _is_line(line)),
        keys=tuple(
            SubjectKey(UUID(bytes=name), UUID(bytes=subject), bytes(secret))
            for name, subject, secret in rows["subject_key"]
            if (len(name), len(subject), len(secret)) == (_ID_BYTES, _ID_BYTES, _KEY_BYTES)
        ),
        erased=tuple(
            Tombstone(str(UUID(bytes=subject)), SubjectKind(kind), reason)
            for subject, kind, reason in rows["tombstone"]
            if len(subject) == _ID_BYTES and kind in KNOWN_SUBJECTS
        ),
        blobs=tuple(
            (media_type, bytes(content))
            for digest, media_type, content in rows["blob"]
            if hashlib.sha256(content).hexdigest() == digest
        ),
        drafts=tuple(Draft(str(UUID(bytes=subject)), path, text) for subject, path, text in rows["draft"]),
    )


def _together(one: Salvaged, other: Salvaged) -> Salvaged:
    """What either tells, each once."""

    def both(name: str) -> Iterable[Any]:
        return dict.fromkeys((*getattr(one, name), *getattr(other, name)))

    return Salvaged(**{field.name: tuple(both(field.name)) for field in fields(Salvaged)})


def _is_line(line: str) -> bool:
    try:
        parse(line)
    except Refused:
        return False
    return True
