"""What the store tests work on: databases of both kinds, and a small study."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from uuid import uuid4

from kume_desktop.store import engine, keyfile, writing

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.store.engine import Database

SERVER = os.environ.get("KUME_TEST_POSTGRES_URL", "").replace("+psycopg", "")
BACKENDS = ("sqlcipher", "postgresql") if SERVER else ("sqlcipher",)


class Places:
    """Makes databases of one kind and takes them away again."""

    def __init__(self, backend: str, folder: Path, template: tuple[Path, keyfile.DataKey]) -> None:
        self.backend = backend
        self._template = template
        self._folder = folder
        self._open: dict[Database, tuple[Path | str, keyfile.DataKey | None]] = {}
        self._schemas: list[str] = []

    def fresh(self) -> Database:
        """An empty database with the whole schema."""
        if self.backend == "postgresql":
            target = self._schema()
            return self._keep(engine.create_database(target), target, None)
        path, key = self._folder / f"{uuid4().hex}.kume", self._template[1]
        shutil.copy(self._template[0], path)
        return self._keep(engine.open_database(path, key), path, key)

    def reopened(self, database: Database) -> Database:
        """The same database, closed and opened again (by the device of the profile in force)."""
        target, key = self._open.pop(database)
        database.close()
        return self._keep(engine.open_database(target, key), target, key)

    def close(self) -> None:
        for database in self._open:
            database.close()
        if self._schemas:
            import psycopg

            with psycopg.connect(SERVER, autocommit=True) as connection:
                for schema in self._schemas:
                    connection.execute(f'DROP SCHEMA "{schema}" CASCADE')

    def _keep(self, made: Database, target: Path | str, key: keyfile.DataKey | None) -> Database:
        self._open[made] = (target, key)
        return made

    def _schema(self) -> str:
        import psycopg

        schema = f"t{uuid4().hex}"
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{schema}"')
        self._schemas.append(schema)
        mark = "&" if "?" in SERVER else "?"
        return f"{SERVER}{mark}options=-csearch_path%3D{schema}"


class World:
    """A small study: two areas, three firms, an instrument, one interview."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.study_id = str(uuid4())
        with database.act("Ayşe", "staff") as act:
            writing.create_study(act, self.study_id, "Kümeler 2026", "İZKA")
            self.wave = writing.open_wave(act, "2026", "2026 dalgası")
            self.areas = [
                writing.add_area(act, self.study_id, code, place, name_tr=tr, name_en=en, frame_n=n)
                for place, (code, tr, en, n) in enumerate(
                    [("A1", "Kimya", "Chemistry", 40), ("A2", "Lojistik", "Logistics", None)]
                )
            ]
            self.units = [
                writing.add_unit(act, {"code": code, "name": name, "area": area, "district": "Bornova"})
                for code, name, area in [("F1", "Zümrüt", "A1"), ("F2", "Çınar", "A1"), ("F3", "Iğdır", "A2")]
            ]
            self.version = writing.install_instrument(act, installed())
            self.interview = writing.open_interview(act, self.wave, self.units[0], self.version, "Ayşe")


def installed(instrument: str = "is_ihtiyac", version: str = "1") -> writing.VersionInstalled:
    return writing.VersionInstalled(
        instrument, version, "İş ve İhtiyaç", "Business and Needs", "c" * 64, "f" * 64, b"PK\x03\x04workbook", '{"x":1}'
    )
