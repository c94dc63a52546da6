"""The one connection factory: for the program, for tests and for migrations alike.

A study is a SQLCipher file opened with a raw key and salt; a PostgreSQL URL opens the same schema on a server.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from kume_desktop.problems import Refused, problem
from kume_desktop.store.dialect import Dialect

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

OLDEST_SQLITE = (3, 51, 3)
"""Before it, a WAL reset could lose committed pages."""

BUSY_MILLISECONDS = 5000
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",  # 32 MB: each page that is read again must be decrypted again
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
)


def connect_file(path: Path, key: DataKey) -> Any:
    """A driver's connection to a study file with every setting that the promises rest on.

    Raises:
        Refused: `study.sqlite-too-old`. The driver's own errors pass.
    """
    from sqlcipher3 import dbapi2

    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise Refused(problem("study.sqlite-too-old", version=dbapi2.sqlite_version))
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex}'\"")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def file_engine(path: Path, key: DataKey) -> Engine:
    """An engine for a study file; the pool keeps its connections until it is disposed."""
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect_file(path, key),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
    )
    _write_alone(engine, Dialect.SQLITE)
    return engine


def server_engine(url: str) -> Engine:
    """An engine for a PostgreSQL database; `schema` may be given as `?options=-csearch_path%3Dname`."""
    full = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(full, pool_size=2, max_overflow=4)
    _write_alone(engine, Dialect.POSTGRESQL)
    return engine


def _write_alone(engine: Engine, dialect: Dialect) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("kume_writer"):
            driver: Any = connection.connection.driver_connection
            driver.execute(dialect.begin_writing)
