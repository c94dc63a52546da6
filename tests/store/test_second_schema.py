"""A study that the second release wrote: its visits and assignments go on, and later acts on them are kept."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from kume_desktop.problems import Refused
from kume_desktop.store import connecting, engine, field_rows, keyfile, reading, rebuild, tables, upgrade, writing
from kume_desktop.store.identity import uuid7
from tests.store.laptops import projection
from tests.store.test_first_schema import FOURTH, THIRD, columns, indexes
from tests.store.worlds import Places

KEY = keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16)
OLD_VISIT = (
    "INSERT INTO visit (id, unit, wave, at, outcome, note, by) VALUES (:id, :unit, :wave, 1, '10', 'kapı', 'Can')"
)
OLD_ASSIGNMENT = "INSERT INTO assignment (id, unit, wave, interviewer) VALUES (:id, :unit, :wave, 'Can')"


@pytest.fixture
def second_study(tmp_path: Path) -> tuple[Path, str]:
    """A study file as the second schema had it, with a visit and an assignment; and the id of its wave."""
    folder = tmp_path / "second"
    folder.mkdir()
    for name in ("r0001_first_schema.py", "r0002_rating_sheets.py"):
        shutil.copy(upgrade.MIGRATIONS / "versions" / name, folder)
    path, unit, wave = tmp_path / "old.kume", uuid7(), uuid7()
    upgrade._migrate_file(path, KEY, (folder,))
    made = connecting.file_engine(path, KEY)
    with made.begin() as opened:
        for statement in (OLD_VISIT, OLD_ASSIGNMENT):
            opened.execute(text(statement), {"id": uuid7().bytes, "unit": unit.bytes, "wave": wave.bytes})
    made.dispose()
    return path, str(wave)


def test_that_the_migrated_schema_is_that_of_the_tables_and_strict(second_study, tmp_path):
    path, _ = second_study
    assert upgrade.upgrade_file(path, KEY) is True
    migrated, whole = connecting.file_engine(path, KEY), connecting.file_engine(tmp_path / "whole.kume", KEY)
    tables.metadata.create_all(whole)
    assert columns(migrated) == columns(whole)
    assert indexes(migrated) == indexes(whole)
    with migrated.connect() as connection:
        names = "SELECT name FROM pragma_table_list WHERE strict = 1 AND name IN ('visit', 'assignment')"
        assert sorted(connection.execute(text(names)).scalars()) == ["assignment", "visit"]
    migrated.dispose()
    whole.dispose()


def test_that_visits_and_assignments_of_the_second_schema_read_as_before(second_study):
    path, wave = second_study
    database = engine.open_database(path, KEY)
    (visit,) = reading.visits(database)
    assert (visit.outcome, visit.note, visit.by, visit.mode, visit.is_hard) == ("10", "kapı", "Can", "", False)
    (assignment,) = database.rows(select(tables.assignment))
    assert (assignment.interviewer, assignment.closed, assignment.closed_at, assignment.plan_day) == (
        "Can",
        "",
        None,
        "",
    )
    assert field_rows.cases(database, wave) == {}
    assert field_rows.tried(database, wave)[visit.unit_id].attempts == 1
    database.close()


def test_that_a_migration_that_fails_leaves_the_second_study_as_it_was(second_study, monkeypatch):
    path, _ = second_study
    before = path.read_bytes()
    fewer_each_time = ({"visit": rows} for rows in (2, 1))
    monkeypatch.setattr(upgrade, "_row_counts", lambda _raw: next(fewer_each_time))
    with pytest.raises(Refused) as refused:
        upgrade.upgrade_file(path, KEY)
    assert refused.value.problems[0].code == "study.upgrade-failed"
    assert path.read_bytes() == before


def test_that_an_old_log_gives_the_same_rows_after_a_rebuild(places: Places):
    made = places.fresh()
    with made.act("Can", "interviewer") as act:
        wave = writing.open_wave(act, "2026", "")
        unit = writing.add_unit(act, {"code": "F0001", "name": "Akın", "area": "hvac"})
        writing.assign(act, wave, unit, "Can")
        writing.record_visit(act, wave, unit, "3", note="Salı", next_at=act.at + timedelta(days=2))
    _make_second(made)
    if places.backend != "postgresql":
        raw = connecting.connect_file(made.file, places._template[1])
        raw.execute("PRAGMA user_version = 2")
        raw.close()
    old = places.reopened(made)
    before = projection(old)
    rebuild.rebuild(old)
    assert projection(old) == before
    assert reading.visits(old)[0].by == "Can"


def _make_second(database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE interview_choice"))
        for table, names in (THIRD | FOURTH).items():
            for name in names:
                connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))


def test_that_a_firm_without_interviewer_can_be_closed_planned_and_given_for_conversion(world):
    unit, wave, database = world.units[0], world.wave, world.database
    with database.act("Ayşe", "staff") as act:
        writing.close_firm(act, wave, unit)
        writing.plan_visit(act, wave, unit, "2026-11-25", "1")
        writing.ask_conversion(act, wave, unit, "Can")
    assert field_rows.cases(database, wave) == {unit: field_rows.Case(True, "2026-11-25", "1", "Can")}
    assert reading.unit_record(database, unit, wave).interviewer == ""
    with database.act("Ayşe", "staff") as act:
        writing.assign(act, wave, unit, "Deniz")
        writing.close_firm(act, wave, unit, closed=False)
        writing.plan_visit(act, wave, unit, "")
    assert field_rows.cases(database, wave, unit) == {unit: field_rows.Case(False, "", "", "Can")}
    assert reading.unit_record(database, unit, wave).interviewer == "Deniz"
    before = projection(database)
    rebuild.rebuild(database)
    assert projection(database) == before


def test_that_a_corrected_visit_keeps_who_made_it_and_one_taken_back_leaves_the_lists(world):
    unit, wave, database = world.units[0], world.wave, world.database
    with database.act("Can", "interviewer") as act:
        visit_id = writing.record_visit(act, wave, unit, "10", note="kapalı", mode="phone")
    (held,) = reading.visits(database, unit)
    assert (held.by, held.mode) == ("Can", "phone")
    with database.act("Ayşe", "staff") as act:
        told = field_rows.visit_record(act, visit_id)
        assert told is not None
        changed = type(told)(
            visit_id, unit, wave, told.at - timedelta(days=1), "4", None, "", told.by, "face", is_hard=True
        )
        writing.correct_visit(act, changed, before=told)
    (now,) = reading.visits(database, unit)
    assert (now.outcome, now.note, now.by, now.mode, now.is_hard) == ("4", "", "Can", "face", True)
    events = [one for one in reading.events(database, visit_id) if one.kind == "visit"]
    assert events[1].supersedes == (events[0].event_id,)
    with database.act("Can", "interviewer") as act:
        writing.correct_visit(act, now, before=now, is_withdrawn=True)
    assert reading.visits(database, unit) == ()
    assert field_rows.tried(database, wave) == {}
    assert reading.counts(database).visits == 0
    before = projection(database)
    rebuild.rebuild(database)
    assert projection(database) == before


def test_that_two_laptops_that_close_and_reopen_a_firm_leave_it_open(places: Places, other_device):
    here = places.fresh()
    with here.act("Ayşe", "staff") as act:
        wave = writing.open_wave(act, "2026", "")
        unit = writing.add_unit(act, {"code": "F1", "name": "Akın"})
        writing.close_firm(act, wave, unit)
    other_device()
    there = places.fresh()
    there.import_events(reading.lines(here))
    with here.act("Ayşe", "staff") as act:
        writing.close_firm(act, wave, unit, closed=False)
        writing.plan_visit(act, wave, unit, "2026-11-25")
    with there.act("Can", "staff") as act:
        writing.plan_visit(act, wave, unit, "2026-11-26")
        writing.close_firm(act, wave, unit)
    there.import_events(reading.lines(here))
    assert field_rows.cases(there, wave) == {}, "neither is closed, and no day is planned"
    assert {one.path for one in reading.conflicts(there)} == {"#closed", "#plan"}


def test_that_the_last_attempt_is_the_one_that_happened_last(world):
    unit, wave, database = world.units[0], world.wave, world.database
    now = datetime.now().astimezone()
    with database.act("Can", "interviewer") as act:
        writing.record_visit(act, wave, unit, "10", at=now)
        writing.record_visit(act, wave, unit, "3", at=now - timedelta(days=3), next_at=now)
        writing.record_visit(act, wave, unit, "1", at=now - timedelta(days=4))
        writing.record_visit(act, wave, unit, "10", at=now - timedelta(days=5), mode="letter")
    found = field_rows.tried(database, wave)
    assert found[unit].last_outcome == "10" and found[unit].last_at == now and found[unit].next_at is None
    assert (found[unit].visits, found[unit].attempts) == (4, 2), "a letter and an interview are no attempts"
    assert field_rows.tried(database, wave, unit) == found
