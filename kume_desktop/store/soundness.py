"""Telling apart what is wrong with a study file that does not open: foreign, of another key, or damaged.

SQLCipher says "file is not a database" to all three. Every page of its files carries an HMAC (SHA-512 over ciphertext,
IV and page number, see its design page), so pages can be asked one by one whether our key wrote them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.store.connecting import connect_file
from kume_desktop.store.dialect import APPLICATION_ID, database_errors, problem_of
from kume_desktop.store.pages import PAGE_BYTES, is_genuine, mac_key
from kume_desktop.store.tables import SCHEMA_NUMBER

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

_CHECK_WHOLE_BELOW = 64 * 1024 * 1024
_PAGES_ASKED = 64


def check_file(path: Path, key: DataKey, *, whole: bool = False, pages: bool = True) -> int:
    """Refuse a file that is no sound study of this key, or one of a newer program; returns its schema's number.

    Every page is checked where the file is below 64 MB or `whole` is asked for, else its first page and SQLite's own
    reading of the schema. `pages` False asks no page: whoever has the study open has asked them, and bringing the log
    over for that would hold up what is being answered there.

    Raises:
        Refused: `study.not-a-study`, `study.key-mismatch`, `study.damaged`, `study.newer`, `study.sqlite-too-old`.
    """
    errors = database_errors()
    if path.stat().st_size < PAGE_BYTES:
        # SQLite would take an empty file for a new database and write into it.
        raise Refused(problem("study.not-a-study", file=path.name))
    try:
        connection = connect_file(path, key)
    except errors as error:
        raise Refused(problem(_why(path, key, error), file=path.name)) from error
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID:
            raise Refused(problem("study.not-a-study", file=path.name))
        if number > SCHEMA_NUMBER:
            raise Refused(problem("study.newer", file=path.name, found=number, known=SCHEMA_NUMBER))
        if pages and (whole or path.stat().st_size < _CHECK_WHOLE_BELOW):
            _check_pages(connection, path)
    except errors as error:
        raise Refused(problem(_why(path, key, error), file=path.name)) from error
    finally:
        connection.close()
    return int(number)


def _check_pages(connection: object, path: Path) -> None:
    execute = connection.execute  # type: ignore[attr-defined]
    # A power cut while the write-ahead log was being brought over leaves torn pages in the file and whole ones in the
    # log; the next check looks at the file alone.
    execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        raise Refused(problem("study.damaged", file=path.name))
    if execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise Refused(problem("study.damaged", file=path.name))


def _why(path: Path, key: DataKey, error: Exception) -> str:
    found = problem_of(error, path.name)
    if found is None or found.code != "study.damaged":
        return "study.damaged" if found is None else found.code
    head = path.read_bytes()[:PAGE_BYTES] if path.stat().st_size <= PAGE_BYTES else _page(path, 1)
    if head.startswith(key.salt) or _ours(path, key):
        return "study.damaged"
    if len(head) < PAGE_BYTES or path.stat().st_size % PAGE_BYTES or _looks_plain(head):
        return "study.not-a-study"
    return "study.key-mismatch"


def _ours(path: Path, key: DataKey) -> bool:
    """Whether any of the file's pages was written with our key."""
    pages = min(path.stat().st_size // PAGE_BYTES, _PAGES_ASKED)
    mac = mac_key(key)
    return any(is_genuine(_page(path, number), number, mac) for number in range(1, pages + 1))


def _page(path: Path, number: int) -> bytes:
    with path.open("rb") as file:
        file.seek((number - 1) * PAGE_BYTES)
        return file.read(PAGE_BYTES)


def _looks_plain(page: bytes) -> bool:
    """Whether a page is anything but ciphertext: known beginnings, or too few different bytes."""
    # One byte alone is no beginning: the salt of every 256th study begins with it. Texts have too few different ones.
    known = (b"SQLite format 3\0", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
    return page.startswith(known) or len(set(page)) < 200


def is_in_use(target: Path, key: DataKey) -> bool:
    """Whether somebody else has the study open: leaving the write-ahead log is given to its only reader alone."""
    connection = connect_file(target, key)
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        return str(mode).lower() != "delete"
    except database_errors():
        return True
    finally:
        connection.close()
