"""What differs between SQLite (SQLCipher) and PostgreSQL; everything else is the same code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from kume_desktop.problems import Problem, problem
from kume_desktop.store.tables import from_microseconds, to_microseconds

APPLICATION_ID = 0x4B554D45
"""'KUME': the application id of a study file."""

_WRITERS_LOCK = 0x6B756D65  # one writer at a time in a PostgreSQL database, as in a study file


class Dialect(StrEnum):
    """The two databases."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"

    def sql(self, text: str) -> str:
        """A statement with `?` places as the driver wants it."""
        return text if self is Dialect.SQLITE else text.replace("?", "%s")

    def uuid(self, value: UUID) -> UUID | bytes:
        """A UUID as the driver takes it."""
        return value.bytes if self is Dialect.SQLITE else value

    def read_uuid(self, value: Any) -> UUID:
        """A UUID as the driver gives it."""
        return UUID(bytes=value) if self is Dialect.SQLITE else value

    def moment(self, value: datetime) -> datetime | int:
        """A moment as the driver takes it."""
        return to_microseconds(value) if self is Dialect.SQLITE else value

    def read_moment(self, value: Any) -> datetime:
        """A moment as the driver gives it, in the machine's zone."""
        return from_microseconds(value) if self is Dialect.SQLITE else value.astimezone()

    def flag(self, value: bool) -> bool | int:
        """Yes or no as the driver takes it."""
        return int(value) if self is Dialect.SQLITE else value

    @property
    def begin_writing(self) -> str:
        """The statement that makes a transaction the only writer."""
        return "BEGIN IMMEDIATE" if self is Dialect.SQLITE else f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"

    def waiting(self, milliseconds: int) -> str:
        """The statement that says how long a busy database is waited for; 0: not at all."""
        if self is Dialect.SQLITE:
            return f"PRAGMA busy_timeout = {milliseconds}"
        return f"SET lock_timeout = {max(milliseconds, 1)}"

    def upsert(self, table: Table) -> Any:
        """INSERT of rows with every column that replaces those with the same primary key; takes a list of rows."""
        return _upsert(self, table)


@cache
def _upsert(dialect: Dialect, table: Table) -> Any:
    keys = [column.name for column in table.primary_key.columns]
    insert = sqlite.insert(table) if dialect is Dialect.SQLITE else postgresql.insert(table)
    rest = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=rest) if rest else insert.on_conflict_do_nothing()


def upsert_sql(table: str, keys: Iterable[str], rest: Iterable[str]) -> str:
    """The same as a statement with `?` places, for the answer path; columns in the order keys, rest."""
    keys, rest = list(keys), list(rest)
    names = ", ".join(keys + rest)
    places = ", ".join("?" for _ in keys + rest)
    sets = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sets}"  # noqa: S608


_SQLITE_WORDS = (
    ("database or disk is full", "study.disk-full"),
    ("file or block too large", "study.disk-full"),
    ("database is locked", "study.busy"),
    ("database table is locked", "study.busy"),
    ("attempt to write a readonly database", "study.read-only"),
    ("unable to open database file", "study.cannot-open"),
    ("file is not a database", "study.damaged"),
    ("malformed", "study.damaged"),
    ("disk i/o error", "study.disk-error"),
    ("out of memory", "study.out-of-memory"),
)
_POSTGRESQL_STATES = {
    "53100": "study.disk-full",
    "53200": "study.out-of-memory",
    "55P03": "study.busy",
    "40001": "study.busy",
    "40P01": "study.busy",
    "25006": "study.read-only",
    "42501": "study.read-only",
}


def database_errors() -> tuple[type[Exception], ...]:
    """The errors that a driver or SQLAlchemy raises."""
    from sqlcipher3 import dbapi2

    known: list[type[Exception]] = [DBAPIError, dbapi2.Error]
    try:
        import psycopg
    except ImportError:
        return tuple(known)
    return (*known, psycopg.Error)


def world_errors() -> tuple[type[Exception], ...]:
    """The same and the file system's."""
    return (OSError, *database_errors())


def problem_of(error: Exception, name: str) -> Problem | None:
    """The error as something of the world that a person can mend, or None where it is our mistake."""
    cause = getattr(error, "orig", None) or error
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        code = _POSTGRESQL_STATES.get(state) or ("study.server" if state[:2] in {"08", "28", "57", "58"} else None)
    else:
        said = str(cause).lower()
        code = next((code for words, code in _SQLITE_WORDS if words in said), None)
        if code is None and type(cause).__module__.startswith("psycopg") and type(cause).__name__ == "OperationalError":
            code = "study.server"
    return None if code is None else problem(code, file=name)
