"""Bringing a schema up to date, with Alembic from the first one on.

A study file is never changed in place: a copy by the backup API is migrated, checked and takes the file's name, so
that a killed program leaves the old file or the new one. Foreign keys are off meanwhile (a batch migration of a parent
table would cascade its children away) and checked inside the transaction.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect

from kume_desktop.problems import Refused, problem
from kume_desktop.store import connecting
from kume_desktop.store.dialect import APPLICATION_ID, problem_of, world_errors
from kume_desktop.store.keyfile import sync_folder
from kume_desktop.store.tables import SCHEMA_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.store.keyfile import DataKey

MIGRATIONS = Path(__file__).parent / "migrations"


def create_file(target: Path, key: DataKey) -> None:
    """Make an empty study file; it takes its name when it is whole.

    Raises:
        Refused: `study.disk-full`, `study.read-only`, `study.disk-error`.
    """
    making = target.with_name(target.name + ".new")
    _remove(making)
    try:
        _migrate_file(making, key)
        making.replace(target)
        sync_folder(target.parent)
    except world_errors() as error:
        raise _refusal(error, target) from error
    finally:
        _remove(making)


def upgrade_file(
    target: Path, key: DataKey, *, number: int = SCHEMA_NUMBER, versions: Sequence[Path] = (MIGRATIONS / "versions",)
) -> bool:
    """Migrate an older study file to schema `number`, on a copy that takes its place; whether that was needed.

    Raises:
        Refused: `study.disk-full`, `study.upgrade-failed`, `study.in-use`; the old file is then untouched.
    """
    making = target.with_name(target.name + ".upgrade")
    _remove(making)
    try:
        if not _upgraded(target, making, key, number, versions):
            return False
        making.replace(target)
        sync_folder(target.parent)
    except world_errors() as error:
        raise _refusal(error, target) from error
    finally:
        _remove(making)
    return True


def upgrade_server(engine: Engine, *, create: bool) -> None:
    """Create or migrate the schema on a server, in one transaction.

    Raises:
        Refused: `study.not-a-study` (nothing there and not asked to create), `study.newer`.
    """
    with engine.connect().execution_options(kume_writer=True) as connection, connection.begin():
        number = server_number(connection)
        if number == 0 and not create:
            raise Refused(problem("study.not-a-study", file=engine.url.database))
        if number > SCHEMA_NUMBER:
            raise Refused(problem("study.newer", file=engine.url.database, found=number, known=SCHEMA_NUMBER))
        if number < SCHEMA_NUMBER:
            _run_alembic(connection, (MIGRATIONS / "versions",))


def server_number(connection: Connection) -> int:
    """The number of the schema on a server, 0 where there is none."""
    if not inspect(connection).has_table("alembic_version"):
        return 0
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return int(found or 0)


def _upgraded(target: Path, making: Path, key: DataKey, number: int, versions: Sequence[Path]) -> bool:
    """Make the upgraded copy where the file's schema is older than `number`; whether it may take the file's name."""
    source = connecting.connect_file(target, key)
    try:
        if source.execute("PRAGMA user_version").fetchone()[0] >= number:
            return False
        copy = connecting.connect_file(making, key)
        try:
            source.backup(copy)
        finally:
            copy.close()
        seen = source.execute("PRAGMA data_version").fetchone()
        _migrate_file(making, key, versions, _row_counts(source))
        if source.execute("PRAGMA data_version").fetchone() != seen:
            raise Refused(problem("study.in-use", file=target.name))
        _be_alone(source, target)
        return True
    finally:
        source.close()


def _be_alone(source: Any, target: Path) -> None:
    """Give the log up: whoever else holds the old file would leave its log beside the new one, and ruin that."""
    try:
        mode = source.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except world_errors() as error:
        found = problem_of(error, target.name)
        if found is None or found.code != "study.busy":
            raise
        mode = "wal"
    if mode != "delete":
        raise Refused(problem("study.in-use", file=target.name))


def _migrate_file(
    making: Path,
    key: DataKey,
    versions: Sequence[Path] = (MIGRATIONS / "versions",),
    before: dict[str, int] | None = None,
) -> None:
    engine = connecting.file_engine(making, key)
    try:
        with engine.connect().execution_options(kume_writer=True) as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                number = _run_alembic(connection, versions)
                _check(raw, before or {}, making)
                raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                raw.execute(f"PRAGMA user_version = {number}")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    with making.open("r+b") as file:
        os.fsync(file.fileno())


def _run_alembic(connection: Connection, versions: Sequence[Path]) -> int:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(each).replace("%", "%%") for each in versions))
    command.upgrade(config, "head")
    return int(ScriptDirectory.from_config(config).get_current_head() or 0)


def _check(raw: Any, before: dict[str, int], making: Path) -> None:
    """Refuse a migration that lost rows or broke a reference."""
    after = _row_counts(raw)
    lost = [name for name, rows in before.items() if name in after and after[name] < rows]
    if lost or raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Refused(problem("study.upgrade-failed", file=making.stem, table=", ".join(lost)))


def _row_counts(raw: Any) -> dict[str, int]:
    names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}  # noqa: S608


def _refusal(error: Exception, target: Path) -> Refused:
    found = problem_of(error, target.name)
    if found is None and isinstance(error, OSError):
        found = problem("study.disk-full" if error.errno in {27, 28} else "study.read-only", file=target.name)
    return Refused(found or problem("study.upgrade-failed", file=target.name, table=""))


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
