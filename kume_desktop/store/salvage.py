"""What a damaged study file still tells, read around its broken pages.

Every page of a study carries a checksum (SQLCipher's HMAC), so what can be read is what was written: a page is whole
or says nothing. The log is asked in pieces, and a piece that meets a broken page is asked again one event at a time.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from kume_desktop.problems import Refused, problem
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.dialect import database_errors
from kume_desktop.store.events import SubjectKind
from kume_desktop.store.log import parse
from kume_desktop.store.subject_keys import SubjectKey
from kume_desktop.store.tombstones import Tombstone

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

_AT_ONCE = 256
_MOST_MISSES = 4096
"""So many numbers in a row without a readable event, and the rest of the log is given up."""


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
        for end in ("", "-wal"):
            if study.with_name(study.name + end).exists():
                shutil.copyfile(study.with_name(study.name + end), copy.with_name(copy.name + end))
        return _told(copy, key)
    except OSError as error:
        code = "study.disk-full" if error.errno in {27, 28} else "study.read-only"
        raise Refused(problem(code, file=copy.name)) from error
    finally:
        for end in ("", "-wal", "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def _told(copy: Path, key: DataKey) -> Salvaged:
    with _Reader(copy, key) as reader:
        return Salvaged(
            lines=tuple(line for line in reader.log() if _is_line(line)),
            keys=tuple(
                SubjectKey(UUID(bytes=name), UUID(bytes=subject), bytes(secret))
                for name, subject, secret in reader.table("subject_key", "id, subject, key", "key IS NOT NULL")
            ),
            erased=tuple(
                Tombstone(str(UUID(bytes=subject)), SubjectKind(kind), reason)
                for subject, kind, reason in reader.table("tombstone", "subject, kind, reason")
            ),
            blobs=tuple(
                (media_type, bytes(content))
                for digest, media_type, content in reader.table("blob", "hash, media_type, content")
                if hashlib.sha256(content).hexdigest() == digest
            ),
            drafts=tuple(
                Draft(str(UUID(bytes=subject)), path, text)
                for subject, path, text in reader.table(
                    "draft d JOIN subject s ON s.no = d.subject JOIN path p ON p.no = d.path", "s.id, p.text, d.text"
                )
            ),
        )


def _is_line(line: str) -> bool:
    try:
        parse(line)
    except Refused:
        return False
    return True


class _Reader:
    """A connection that is made anew after each error: SQLCipher answers nothing more once it met a broken page."""

    def __init__(self, study: Path, key: DataKey) -> None:
        self._study, self._key = study, key
        self._errors = database_errors()
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self._close()

    def log(self) -> Iterator[str]:
        """The lines of all events that can be read, in the order in which they came."""
        number, misses, last = 1, 0, self._last()
        while misses < _MOST_MISSES and (last is None or number <= last):
            found = self._lines(number, number + _AT_ONCE)
            yield from found
            misses = 0 if found else misses + _AT_ONCE
            number += _AT_ONCE

    def table(self, table: str, columns: str, where: str = "1") -> list[tuple[Any, ...]]:
        """The rows of a small table; those before its first broken page where it has one."""
        rows: list[tuple[Any, ...]] = []

        def collect(run: Callable[[str], Any]) -> None:
            for row in run(f"SELECT {columns} FROM {table} WHERE {where}"):  # noqa: S608 - names of this module
                rows.append(row)  # noqa: PERF402 - what came before a broken page is kept

        self._ask(collect)
        return rows

    def _last(self) -> int | None:
        """The number of the last event, None where the page that knows it is broken."""
        found: list[int] = []
        self._ask(lambda run: found.append(run("SELECT max(no) FROM event").fetchone()[0] or 0))
        return found[0] if found else None

    def _lines(self, first: int, after: int) -> list[str]:
        asked = f"SELECT line FROM event WHERE no >= {first} AND no < {after} ORDER BY no"  # noqa: S608 - numbers
        found: list[str] = []
        if self._ask(lambda run: found.extend(line for (line,) in run(asked).fetchall())):
            return found
        if after - first == 1:
            return []
        middle = (first + after) // 2
        return [*self._lines(first, middle), *self._lines(middle, after)]

    def _ask(self, question: Callable[[Callable[[str], Any]], object]) -> bool:
        """Put a question; whether it was answered to its end."""
        try:
            if self._connection is None:
                self._connection = connect_file(self._study, self._key)
            question(self._connection.execute)
        except self._errors:
            self._close()
            return False
        return True

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(*self._errors):
                self._connection.close()
        self._connection = None
