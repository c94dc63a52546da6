"""R10: a migration that is killed at any statement leaves the old study or the new one, with every row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from kume_desktop.store import connecting, keyfile, tables
from kume_desktop.store.identity import uuid7
from tests.store import released

pytestmark = [pytest.mark.change, pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked children")]
OLDER = range(1, tables.SCHEMA_NUMBER)
FIRMS = 20
VISIT = "INSERT INTO visit (id, unit, wave, at, outcome, note, by) VALUES (:id, :unit, :wave, 1, '10', 'kapı', 'Can')"
ASSIGNMENT = "INSERT INTO assignment (id, unit, wave, interviewer) VALUES (:id, :unit, :wave, 'Can')"


def older(folder: Path, number: int) -> tuple[Path, keyfile.DataKey]:
    """A study file as an earlier release wrote it, with more rows that refer to each other."""
    (folder / "is").mkdir()
    path, key = released.copied(number, folder / "is")
    keyfile.path_of(path).unlink()
    made = connecting.file_engine(path, key)
    with made.begin() as opened:
        wave = uuid7().bytes
        for _ in range(FIRMS):
            row = {"id": uuid7().bytes, "unit": uuid7().bytes, "wave": wave}
            opened.execute(text(VISIT), row)
            opened.execute(text(ASSIGNMENT), row)
    made.dispose()
    return path, key


def killed(path: Path, key: keyfile.DataKey, number: int) -> int:
    command = [sys.executable, "-m", "tests.reliability.migrating", str(path), str(number)]
    done = subprocess.run(command, input=key.to_json() + "\n", text=True, check=True, capture_output=True)
    told = json.loads(done.stdout)
    assert told["wrong"] == {}
    assert told["kills"] > 10
    return int(told["kills"])


def test_that_a_migration_from_the_last_release_survives_a_kill_at_each_statement(
    tmp_path: Path, counted: Callable[[str], None]
):
    number = tables.SCHEMA_NUMBER - 1
    kills = killed(*older(tmp_path, number), number)
    counted(f"R10 migration of schema {number}: killed at each of {kills} statements, 0 rows lost, 0 half done")


@pytest.mark.long
@pytest.mark.parametrize("number", OLDER)
def test_that_a_migration_from_any_release_survives_a_kill_at_each_statement(
    tmp_path: Path, number: int, counted: Callable[[str], None]
):
    kills = killed(*older(tmp_path, number), number)
    counted(f"R10 migration of schema {number}, long: killed at each of {kills} statements, 0 rows lost, 0 half done")
