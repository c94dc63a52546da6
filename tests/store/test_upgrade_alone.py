"""A study that another program holds is not upgraded: its log would come to lie over the new file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import connecting, keyfile, soundness, tables, upgrade

KEY = keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A study file of the first schema."""
    folder = tmp_path / "first"
    folder.mkdir()
    shutil.copy(upgrade.MIGRATIONS / "versions" / "r0001_first_schema.py", folder)
    upgrade._migrate_file(tmp_path / "old.kume", KEY, (folder,))
    return tmp_path / "old.kume"


def test_that_a_study_held_by_another_program_is_left_as_it_is(old: Path):
    other = connecting.connect_file(old, KEY)
    other.execute("SELECT count(*) FROM event").fetchone()
    with pytest.raises(Refused) as refused:
        upgrade.upgrade_file(old, KEY)
    assert [problem.code for problem in refused.value.problems] == ["study.in-use"]
    other.execute("CREATE TABLE written_by_the_other (x)")
    other.close()
    assert soundness.check_file(old, KEY, whole=True) == 1
    assert not list(old.parent.glob("*.upgrade*"))


def test_that_the_same_study_is_upgraded_once_the_other_has_let_go(old: Path):
    other = connecting.connect_file(old, KEY)
    other.execute("SELECT count(*) FROM event").fetchone()
    with pytest.raises(Refused):
        upgrade.upgrade_file(old, KEY)
    other.close()
    assert upgrade.upgrade_file(old, KEY) is True
    assert soundness.check_file(old, KEY, whole=True) == tables.SCHEMA_NUMBER


def test_that_what_a_killed_program_left_in_its_log_is_in_the_upgraded_file(old: Path, tmp_path: Path):
    held = connecting.connect_file(old, KEY)
    held.execute("PRAGMA wal_autocheckpoint = 0")
    held.execute("CREATE TABLE written_last (x TEXT) STRICT")
    taken = tmp_path / "killed"
    taken.mkdir()
    for name in (old.name, f"{old.name}-wal"):
        shutil.copy(old.with_name(name), taken)
    held.close()
    left = taken / old.name
    assert upgrade.upgrade_file(left, KEY) is True
    assert soundness.check_file(left, KEY, whole=True) == tables.SCHEMA_NUMBER
    found = connecting.connect_file(left, KEY)
    assert found.execute("SELECT count(*) FROM written_last").fetchone() == (0,)
    found.close()
