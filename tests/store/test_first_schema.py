"""A study that the first release wrote: it opens, keeps every row, and its rows are those of its log."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import inspect, select, text

from kume_desktop.store import connecting, engine, keyfile, reading, rebuild, tables, upgrade, writing
from kume_desktop.store.identity import uuid7
from tests.store.laptops import projection
from tests.store.worlds import SERVER, Places

THIRD = {
    "visit": ("mode", "refusal", "state"),
    "assignment": ("closed", "closed_at", "closed_by", "plan_day", "plan_slot", "conversion"),
}
FOURTH = {
    "device": ("role", "person", "state", "revoked_at", "compared_by"),
    "interview": ("review", "review_reason", "reviewed_by", "reviewed_at"),
}
KEY = keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16)
OLD_RATING = (
    "INSERT INTO rating (id, target_kind, indicator, rater, round, scale, level, basis, reason, evidence, contested)"
    " VALUES (:id, 'unit', 'g1', 'Ayşe', 1, '1-5', 4, 'rating', '', '[]', :contested)"
)


@pytest.fixture
def first_versions(tmp_path: Path) -> Path:
    """A folder with the first revision alone."""
    folder = tmp_path / "first"
    folder.mkdir()
    shutil.copy(upgrade.MIGRATIONS / "versions" / "r0001_first_schema.py", folder)
    return folder


@pytest.fixture
def old_study(tmp_path: Path, first_versions: Path) -> Path:
    """A study file as the first schema had it, with a rating in its table."""
    path = tmp_path / "old.kume"
    upgrade._migrate_file(path, KEY, (first_versions,))
    connection = connecting.file_engine(path, KEY)
    with connection.begin() as opened:
        opened.execute(text(OLD_RATING), {"id": uuid7().bytes, "contested": 0})
    connection.dispose()
    return path


def columns(bind) -> dict[str, list[tuple[str, str, bool, str | None]]]:
    found = inspect(bind)
    return {
        name: sorted(
            (column["name"], str(column["type"]), bool(column["nullable"]), column["default"])
            for column in found.get_columns(name)
        )
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def indexes(bind) -> set[tuple[str, str]]:
    found = inspect(bind)
    return {(name, str(index["name"])) for name in found.get_table_names() for index in found.get_indexes(name)}


def test_that_the_first_schema_knows_nothing_of_what_came_later(old_study):
    made = connecting.file_engine(old_study, KEY)
    assert not {"rating_sheet", "interview_choice"} & set(columns(made))
    assert "settles" not in {name for name, *_ in columns(made)["rating"]}
    for table, later in (THIRD | FOURTH).items():
        assert not {name for name, *_ in columns(made)[table]} & set(later)
    made.dispose()
    raw = connecting.connect_file(old_study, KEY)
    assert raw.execute("PRAGMA user_version").fetchone()[0] == 1
    raw.close()


def test_that_the_migrated_schema_is_that_of_the_tables_to_the_last_column(old_study, tmp_path):
    assert upgrade.upgrade_file(old_study, KEY) is True
    migrated, whole = connecting.file_engine(old_study, KEY), connecting.file_engine(tmp_path / "whole.kume", KEY)
    tables.metadata.create_all(whole)
    assert columns(migrated) == columns(whole)
    assert indexes(migrated) == indexes(whole)
    with migrated.connect() as connection:
        strict = connection.execute(text("SELECT name FROM pragma_table_list WHERE strict = 1 AND name LIKE 'rating%'"))
        assert sorted(strict.scalars()) == ["rating", "rating_sheet"]
    migrated.dispose()
    whole.dispose()


def test_that_a_rating_of_the_first_schema_reads_with_nothing_in_the_new_fields(old_study):
    database = engine.open_database(old_study, KEY)
    (found,) = (row for row in database.rows(select(tables.rating)))
    (record,) = reading.ratings(database)
    database.close()
    assert (found.level, found.settles, found.draft, found.members) == (4, [], "", "")
    assert (record.evidence_kind, record.settles, record.seen, record.facts_hash) == ("", (), "", "")


def test_that_an_old_study_with_a_log_is_the_same_after_a_rebuild(places: Places, first_versions: Path, tmp_path: Path):
    made = places.fresh()
    with made.act("Ayşe", "staff") as act:
        wave = writing.open_wave(act, "2026", "")
        unit = writing.add_unit(act, {"code": "F0001", "name": "Akın", "area": "hvac"})
        writing.rate(act, writing.RatingGiven(wave, "unit", unit, "g1", 4, "Ayşe", reason="belge var"))
    if places.backend == "postgresql":
        _make_old(made)
        old = places.reopened(made)
    else:
        path = made.file
        _make_old(made)
        raw = connecting.connect_file(path, KEY)
        raw.execute("PRAGMA user_version = 1")
        raw.close()
        old = places.reopened(made)
    before = projection(old)
    assert rebuild.verify(old) == ()
    rebuild.rebuild(old)
    assert projection(old) == before
    assert reading.ratings(old)[0].reason == "belge var"


def _make_old(database) -> None:
    """Take out of a database what later revisions put in: the same shape as the first one's."""
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE rating_sheet"))
        connection.execute(text("DROP TABLE interview_choice"))
        for name in ("settles", "members", "evidence_kind", "seen", "missing", "draft", "rubric_version", "facts_hash",
                     "held_on"):  # fmt: skip
            connection.execute(text(f"ALTER TABLE rating DROP COLUMN {name}"))
        for table, names in (THIRD | FOURTH).items():
            for name in names:
                connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))


@pytest.mark.skipif(not SERVER, reason="needs a PostgreSQL server")
def test_that_a_server_s_schema_is_migrated_too(places: Places):
    if places.backend != "postgresql":
        pytest.skip("the file has its own test")
    made = places.fresh()
    whole = columns(made.engine)
    _make_old(made)
    migrated = places.reopened(made)
    assert columns(migrated.engine) == whole


def test_that_a_sheet_and_all_of_a_rating_come_back_as_written(world):
    target = world.units[0]
    with world.database.act("Ayşe", "staff") as act:
        given = writing.RatingGiven(
            world.wave, "unit", target, "g1", None, "Ayşe", draft="4", evidence_kind="2", seen="after", reason="neden",
            settles=(str(UUID(int=7)),), rubric_version="v1", facts_hash="abc", held_on="2026-11-20", members="A\nB",
        )  # fmt: skip
        writing.rate(act, given)
        writing.mark_sheet(act, writing.SheetMarked(world.wave, "unit", target, "Ayşe", "open"))
        writing.mark_sheet(act, writing.SheetMarked(world.wave, "unit", target, "Ayşe", "final"))
        writing.mark_sheet(act, writing.SheetMarked(world.wave, "unit", target, "Can", "drawn"))
    (found,) = reading.ratings(world.database, target_id=target)
    assert found.rating_id == given.rating_id
    assert (found.level, found.draft, found.evidence_kind, found.seen) == (None, "4", "2", "after")
    assert (found.settles, found.rubric_version, found.facts_hash) == ((str(UUID(int=7)),), "v1", "abc")
    assert (found.reason, found.held_on, found.members) == ("neden", "2026-11-20", "A\nB")
    assert [(one.rater, one.state) for one in reading.sheets(world.database, world.wave)] == [
        ("Ayşe", "final"), ("Can", "drawn"),
    ]  # fmt: skip


def test_that_a_reason_goes_with_the_level_it_belonged_to(world):
    given = writing.RatingGiven(world.wave, "unit", world.units[0], "g1", 3, "Ayşe", reason="öneriden farklı")
    with world.database.act("Ayşe", "staff") as act:
        writing.rate(act, given)
    (before,) = reading.ratings(world.database)
    with world.database.act("Ayşe", "staff") as act:
        writing.rate(act, writing.RatingGiven(world.wave, "unit", world.units[0], "g1", 4, "Ayşe"), replaces=before)
    (now,) = reading.ratings(world.database)
    assert (now.level, now.reason) == (4, "")
