"""Older schemas: brought up to date on a copy, or left exactly as they are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.store import connecting, engine, keyfile, tables, upgrade
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id

LATER = tables.SCHEMA_NUMBER + 1
HEAD = (
    f'revision = "{LATER:04}"\ndown_revision = "{tables.SCHEMA_NUMBER:04}"\n'
    "branch_labels = None\ndepends_on = None\nfrom alembic import op\n"
)
ADDS = HEAD + 'def upgrade():\n    op.execute("ALTER TABLE wave ADD COLUMN note TEXT")\n'
REBUILDS_A_PARENT = HEAD + textwrap.dedent(
    """
    import sqlalchemy as sa
    def upgrade():
        with op.batch_alter_table("subject", recreate="always") as batch:
            batch.add_column(sa.Column("note", sa.Text))
    """
)
LOSES_ROWS = HEAD + 'def upgrade():\n    op.execute("DELETE FROM head")\n'
BREAKS_REFERENCES = HEAD + 'def upgrade():\n    op.execute("UPDATE head SET subject = 999")\n'
FAILS_MIDWAY = HEAD + textwrap.dedent(
    """
    def upgrade():
        op.execute("ALTER TABLE wave ADD COLUMN note TEXT")
        op.execute("ALTER TABLE nowhere ADD COLUMN note TEXT")
    """
)
INTERVIEW = new_id()


@pytest.fixture
def study(tmp_path: Path) -> tuple[Path, keyfile.DataKey]:
    path = tmp_path / "a.kume"
    key = keyfile.create(path, "demo", "Ayşe", keyfile.CHEAP)
    database = engine.create_database(path, key)
    with database.act("Ayşe", "staff") as act:
        for number in range(50):
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, INTERVIEW, f"/data/q{number}", "3")
    database.close()
    return path, key


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    folder = tmp_path / "later versions"
    folder.mkdir()
    return folder


def run(study: tuple[Path, keyfile.DataKey], versions: Path, migration: str) -> bool:
    (versions / f"r{LATER:04}_later.py").write_text(migration)
    return upgrade.upgrade_file(*study, number=LATER, versions=(upgrade.MIGRATIONS / "versions", versions))


def ask(study: tuple[Path, keyfile.DataKey], question: str) -> object:
    connection = connecting.connect_file(*study)
    try:
        return connection.execute(question).fetchone()[0]
    finally:
        connection.close()


def names(study: tuple[Path, keyfile.DataKey]) -> list[str]:
    return sorted(each.name for each in study[0].parent.iterdir() if each.is_file())


def test_that_the_schema_of_the_migrations_is_the_schema_of_the_tables(study):
    connection = connecting.connect_file(*study)
    stored = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert stored - {"alembic_version"} == set(tables.metadata.tables)
    assert ask(study, "SELECT version_num FROM alembic_version") == f"{tables.SCHEMA_NUMBER:04}"


def test_that_an_up_to_date_study_is_left_alone(study):
    before = study[0].read_bytes()
    assert upgrade.upgrade_file(*study) is False
    assert study[0].read_bytes() == before


@pytest.mark.parametrize("migration", [ADDS, REBUILDS_A_PARENT])
def test_that_an_older_study_is_migrated_with_every_row(study, versions: Path, migration: str):
    assert run(study, versions, migration) is True
    assert ask(study, "PRAGMA user_version") == LATER
    assert ask(study, "SELECT count(*) FROM head WHERE value = '3'") == 50
    assert ask(study, "SELECT count(*) FROM pragma_foreign_key_check") == 0
    assert names(study) == ["a.kume", "a.kume-key"]


@pytest.mark.parametrize("migration", [LOSES_ROWS, BREAKS_REFERENCES, FAILS_MIDWAY])
def test_that_a_migration_that_harms_is_refused_and_the_old_study_stays(study, versions: Path, migration: str):
    before = study[0].read_bytes()
    with pytest.raises(Refused) as refused:
        run(study, versions, migration)
    assert refused.value.problems[0].code == "study.upgrade-failed"
    assert study[0].read_bytes() == before
    assert names(study) == ["a.kume", "a.kume-key"]


@pytest.mark.change
@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("where", ["_run_alembic", "_check", "sync_folder"])
def test_that_a_migration_that_is_killed_leaves_the_old_or_the_new_study(study, versions: Path, where: str):
    (versions / f"r{LATER:04}_later.py").write_text(ADDS)
    script = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from kume_desktop.store import keyfile, upgrade
        setattr(upgrade, sys.argv[4], lambda *_: os.kill(os.getpid(), 9))
        key = keyfile.DataKey.from_json(sys.argv[2])
        upgrade.upgrade_file(Path(sys.argv[1]), key, number=int(sys.argv[5]),
                             versions=(upgrade.MIGRATIONS / "versions", Path(sys.argv[3])))
        """
    )
    arguments = [str(study[0]), study[1].to_json(), str(versions), where, str(LATER)]
    done = subprocess.run([sys.executable, "-c", script, *arguments], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert ask(study, "PRAGMA user_version") == (LATER if where == "sync_folder" else tables.SCHEMA_NUMBER)
    assert ask(study, "SELECT count(*) FROM head") == 52
    run(study, versions, ADDS)
    assert ask(study, "PRAGMA user_version") == LATER
    assert names(study) == ["a.kume", "a.kume-key"]
