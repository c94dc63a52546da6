"""Databases for the store tests: a SQLCipher study always, a PostgreSQL schema where a server is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kume_desktop.store import engine, keyfile
from tests.store.worlds import BACKENDS, Places, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kume_desktop.store.engine import Database


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, keyfile.DataKey]:
    """A closed study that holds nothing yet: made once, copied for every test."""
    path = tmp_path_factory.mktemp("template") / "template.kume"
    key = keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16)
    engine.create_database(path, key).close()
    return path, key


@pytest.fixture(params=BACKENDS)
def places(request: pytest.FixtureRequest, tmp_path: Path, template: tuple[Path, keyfile.DataKey]) -> Iterator[Places]:
    made = Places(request.param, tmp_path, template)
    yield made
    made.close()


@pytest.fixture
def database(places: Places) -> Database:
    """An empty database."""
    return places.fresh()


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


@pytest.fixture
def other_device(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Go on as another computer: a profile of its own."""
    return lambda: monkeypatch.setenv("KUME_PROFILE", str(tmp_path_factory.mktemp("other")))
