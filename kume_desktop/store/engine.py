"""An open database: acts write, `rows` reads. Studies are made and opened here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kume_desktop.problems import Refused, problem
from kume_desktop.store import backups, connecting, device, drives, intake, keyfile, soundness, tombstones, upgrade
from kume_desktop.store.dialect import Dialect, database_errors, problem_of
from kume_desktop.store.ledger import Ledger
from kume_desktop.store.log import StreamWriter
from kume_desktop.store.projections import Projector
from kume_desktop.store.tables import SCHEMA_NUMBER
from kume_desktop.store.unit_of_work import Act

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine, Executable, Row

    from kume_desktop.store.intake import Intake
    from kume_desktop.store.keyfile import DataKey
    from kume_desktop.store.subject_keys import SubjectKey


class Database:
    """An open database: acts write, `rows` reads. `name` stands in problems."""

    def __init__(self, engine: Engine, dialect: Dialect, name: str, file: Path | None, study_id: str = "") -> None:
        self.engine = engine
        self._study_id = study_id
        self.dialect = dialect
        self.name = name
        self.file = file
        self._device = device.this_device()
        self._lock = threading.Lock()
        self._errors = database_errors()
        self._writer = engine.connect().execution_options(kume_writer=True)
        self._ledger = Ledger(self._runner(), dialect)
        self._projector = Projector(self._writer, self._ledger)
        self._stream: UUID | None = None
        self._waits = True

    @contextmanager
    def act(self, author: str, role: str, *, wait: bool = True) -> Iterator[Act]:
        """One user act: everything appended in the block is committed at its end, or nothing is.

        Args:
            author: who acts.
            role: in which role.
            wait: False on the answer path: a busy database refuses at once instead of after 5 s.

        Raises:
            Refused: `study.busy`, `study.disk-full`, `study.disk-error`, `study.read-only`, `study.damaged`…; what
                was stored before stays intact.
        """
        with self.transaction(wait=wait) as (ledger, projector):
            at = datetime.now().astimezone()
            stream = self._own_stream(author, role, at)
            act = Act(self._writer, ledger, projector, stream, author, role, at)
            yield act
        if act.has_erased and self.file is not None:
            tombstones.keep_all(self)

    @contextmanager
    def transaction(self, *, wait: bool = True) -> Iterator[tuple[Ledger, Projector]]:
        """The bare transaction under an act, for events of other streams and for rebuilding."""
        with self._lock, self.refusing():
            self._set_waiting(wait)
            begun = self._writer.begin()
            try:
                self._ledger.begin()
                yield self._ledger, self._projector
                self._projector.flush()
                begun.commit()
            except BaseException:
                self._undo(begun)
                raise

    def begin_stream(self, author: str, role: str) -> None:
        """Let this computer go on in a stream of its own from now on: the file was brought back from a backup."""
        with self.transaction():
            self._open_stream(author, role, datetime.now().astimezone(), device.CONTINUED)

    def go_on_anew(self, author: str, role: str) -> None:
        """Go on as the device that this profile says it is by now, in a stream of its own."""
        self._device = device.this_device()
        self.begin_stream(author, role)

    def rows(self, statement: Executable) -> list[Row[Any]]:
        """Read what is committed."""
        with self.refusing(), self.engine.connect() as connection:
            return list(connection.execute(statement).all())

    def import_events(self, lines: Iterable[str], keys: Iterable[SubjectKey] = ()) -> Intake:
        """Take in another stream's lines, verbatim; see `intake.take_in`."""
        with self.transaction() as (ledger, projector):
            return intake.take_in(ledger, projector, lines, tuple(keys))

    def subject_keys(self) -> tuple[SubjectKey, ...]:
        """The keys of what is personal, for a package."""
        with self.transaction() as (ledger, _):
            return ledger.keys.all()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Turn the database's errors of the world into refusals; our own mistakes stay exceptions."""
        try:
            yield
        except self._errors as error:
            found = problem_of(error, self.name)
            if found is None:
                raise
            if found.code == "study.disk-full" and self.file is not None:
                drives.free_reserve(self.file)
            raise Refused(found) from error

    def close(self) -> None:
        """Close every connection; a study file is then one file again, unless another process has it open."""
        self._note_written()
        self._writer.close()
        self.engine.dispose()
        if self.file is not None and not self.file.with_name(f"{self.file.name}-wal").exists():
            drives.free_reserve(self.file)

    def _runner(self) -> Callable[[str, tuple[Any, ...]], Any]:
        """Statements on the driver's own cursor: the answer path spends its time in the disk, not in layers."""
        driver = self._writer.connection.dbapi_connection
        if driver is None:
            raise RuntimeError("the writer's connection is closed")
        cursor, dialect = driver.cursor(), self.dialect
        texts: dict[str, str] = {}

        def run(statement: str, places: tuple[Any, ...]) -> Any:
            text = texts.get(statement)
            if text is None:
                text = texts[statement] = dialect.sql(statement)
            return cursor.execute(text, places)

        return run

    def _set_waiting(self, wait: bool) -> None:
        if self._waits == wait:
            return
        self._ledger.run(self.dialect.waiting(connecting.BUSY_MILLISECONDS if wait else 0), ())
        self._waits = wait

    def _undo(self, begun: Any) -> None:
        self._ledger.undone()
        self._stream = None
        # SQLite undoes a transaction by itself when the disk is full; undoing it again is then an error to swallow.
        with suppress(*self._errors):
            begun.rollback()

    def _own_stream(self, author: str, role: str, at: datetime) -> StreamWriter:
        """The stream of this device in this database; its first event opens it."""
        if self._stream is not None:
            seq, last = self._ledger.tip(self._stream)
            return StreamWriter(self._stream, seq, last)
        found = device.find_stream(self._ledger, self._device.device_id)
        if found is None:
            return self._open_stream(author, role, at, device.OPENED)
        seq, last = self._ledger.tip(found)
        if seq < device.last_written(self._study_id).get(str(found), 0):
            return self._open_stream(author, role, at, device.CONTINUED)
        self._stream = found
        return StreamWriter(found, seq, last)

    def _open_stream(self, author: str, role: str, at: datetime, why: str) -> StreamWriter:
        writer = device.new_stream()
        self._stream = writer.stream
        for told in device.opening(self._device, writer.stream, author, role, at, why):
            self._ledger.add(writer.write(told))
        return writer

    def _note_written(self) -> None:
        """Note how far this computer wrote, so that an older copy of the file is known as one."""
        if self._stream is None or self.file is None:
            return
        # Without the note an older copy is taken for what it looks like; that is no reason to keep a file open.
        with suppress(OSError, *self._errors), self._lock:
            seq, _hash = self._ledger.tip(self._stream)
            device.note_written(self._study_id, self._stream, seq)


def create_database(target: Path | str, key: DataKey | None = None) -> Database:
    """Create an empty study: a file with its key (`keyfile.create`), or the schema on a server.

    The file takes its name only when it is whole, so that a full disk or a killed program leaves nothing behind that
    looks like a study.

    Raises:
        Refused: `study.exists`, `study.read-only`, `study.network-drive`, `study.removable-drive`,
            `study.folder-missing`, `study.disk-full`, `study.server`…
    """
    if isinstance(target, str):
        return _server(target, create=True)
    if key is None:
        raise ValueError("a study file needs its key")
    if target.exists():
        raise Refused(problem("study.exists", file=target.name))
    drives.check_folder(target.parent)
    upgrade.create_file(target, key)
    return _file(target, key)


def open_database(
    target: Path | str, key: DataKey | None = None, *, is_copy: bool = False, is_open: bool = False
) -> Database:
    """Open a study, bringing an older schema up to date first (on a copy that takes the file's place).

    `is_copy`: it came out of a backup, and is not backed up as if it were the study. `is_open`: a window has it open,
    and has checked its pages.

    Raises:
        Refused: `study.not-found`, `study.not-a-study`, `study.key-mismatch`, `study.damaged`, `study.newer`,
            `study.read-only`, `study.network-drive`, `study.removable-drive`, `study.sqlite-too-old`…
    """
    if isinstance(target, str):
        return _server(target, create=False)
    if key is None:
        raise ValueError("a study file needs its key")
    if not target.is_file():
        raise Refused(problem("study.not-found", file=str(target)))
    drives.check_folder(target.parent)
    number = soundness.check_file(target, key, pages=not is_open)
    if number < SCHEMA_NUMBER:
        _upgrade(target, key, is_copy=is_copy)
    database = _file(target, key)
    try:
        tombstones.settle(database)
    except BaseException:
        database.close()
        raise
    return database


def _upgrade(target: Path, key: DataKey, *, is_copy: bool) -> None:
    """Migrate a file, after a backup of what it was."""
    if keyfile.path_of(target).exists() and not is_copy:
        folder, now = backups.folder_of(key.study_id), datetime.now().astimezone()
        backups.make(target, key, folder, backups.Reason.UPGRADE, now)
    upgrade.upgrade_file(target, key)


def _file(target: Path, key: DataKey) -> Database:
    drives.take_reserve(target)
    return Database(connecting.file_engine(target, key), Dialect.SQLITE, target.name, target, key.study_id)


def _server(url: str, *, create: bool) -> Database:
    engine = connecting.server_engine(url)
    try:
        upgrade.upgrade_server(engine, create=create)
        return Database(engine, Dialect.POSTGRESQL, engine.url.database or "", None)
    except database_errors() as error:
        engine.dispose()
        found = problem_of(error, engine.url.database or "")
        if found is None:
            raise
        raise Refused(found) from error
