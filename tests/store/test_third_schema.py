"""A study that the third release wrote: its computers and interviews go on; whom one trusts and which one counts."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select, text

from kume_desktop.store import connecting, engine, frames, keyfile, reading, rebuild, tables, upgrade, writing
from kume_desktop.store.events import UNDECIDED, EventKind, SubjectKind
from kume_desktop.store.identity import new_id, uuid7
from tests.store.laptops import projection
from tests.store.test_first_schema import FOURTH, columns, indexes
from tests.store.worlds import Places

KEY = keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16)
OLD_DEVICE = "INSERT INTO device (id, name, enrolled_at) VALUES (:id, 'masa', 1)"
OLD_INTERVIEW = "INSERT INTO interview (id, unit, wave, interviewer, counts) VALUES (:id, :unit, :wave, 'Can', 1)"


@pytest.fixture
def third_study(tmp_path: Path) -> Path:
    """A study file as the third schema had it, with a computer and an interview."""
    folder, path = tmp_path / "third", tmp_path / "old.kume"
    folder.mkdir()
    for name in ("r0001_first_schema.py", "r0002_rating_sheets.py", "r0003_field_acts.py"):
        shutil.copy(upgrade.MIGRATIONS / "versions" / name, folder)
    upgrade._migrate_file(path, KEY, (folder,))
    made = connecting.file_engine(path, KEY)
    with made.begin() as opened:
        opened.execute(text(OLD_DEVICE), {"id": uuid7().bytes})
        told = {"id": uuid7().bytes, "unit": uuid7().bytes, "wave": uuid7().bytes}
        opened.execute(text(OLD_INTERVIEW), told)
        opened.execute(text("INSERT INTO subject (no, id, kind) VALUES (1, :id, 'interview')"), {"id": told["id"]})
    made.dispose()
    return path


def test_that_the_migrated_schema_is_that_of_the_tables_and_strict(third_study, tmp_path):
    before = connecting.file_engine(third_study, KEY)
    assert not {name for name, *_ in columns(before)["interview"]} & set(FOURTH["interview"])
    before.dispose()
    assert upgrade.upgrade_file(third_study, KEY) is True
    migrated, whole = connecting.file_engine(third_study, KEY), connecting.file_engine(tmp_path / "whole.kume", KEY)
    tables.metadata.create_all(whole)
    assert columns(migrated) == columns(whole)
    assert indexes(migrated) == indexes(whole)
    with migrated.connect() as connection:
        names = "SELECT name FROM pragma_table_list WHERE strict = 1 AND name IN ('device', 'interview_choice')"
        assert sorted(connection.execute(text(names)).scalars()) == ["device", "interview_choice"]
    migrated.dispose()
    whole.dispose()


def test_that_computers_and_interviews_of_the_third_schema_read_as_before(third_study):
    database = engine.open_database(third_study, KEY)
    (computer,) = database.rows(select(tables.device))
    assert (computer.name, computer.role, computer.state, computer.revoked_at) == ("masa", "", "", None)
    (found,) = reading.interviews(database)
    assert (found.interviewer, found.counts, found.review, found.reviewed_at) == ("Can", True, "", None)
    database.close()


def test_that_an_old_log_gives_the_same_rows_after_a_rebuild(places: Places):
    made = places.fresh()
    with made.act("Can", "interviewer") as act:
        wave = writing.open_wave(act, "2026", "")
        unit = writing.add_unit(act, {"code": "F0001", "name": "Akın", "area": "hvac"})
        writing.open_interview(act, wave, unit, new_id(), "Can")
    with made.engine.begin() as connection:
        connection.execute(text("DROP TABLE interview_choice"))
        for table, names in FOURTH.items():
            for name in names:
                connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    if places.backend != "postgresql":
        raw = connecting.connect_file(made.file, places._template[1])
        raw.execute("PRAGMA user_version = 3")
        raw.close()
    old = places.reopened(made)
    before = projection(old)
    rebuild.rebuild(old)
    assert projection(old) == before
    assert reading.interviews(old)[0].interviewer == "Can"


def _twice(database, wave: str, unit: str) -> tuple[str, str]:
    """Two completed interviews of a firm with one form."""
    with database.act("Can", "interviewer") as act:
        version = writing.install_instrument(
            act, writing.VersionInstalled("form", "1", "", "", "c", "f", b"workbook", "{}")
        )
        made = [writing.open_interview(act, wave, unit, version, name) for name in ("Can", "Deniz")]
        for one in made:
            writing.complete_interview(act, one, version)
    return made[0], made[1]


def _choose(database, wave: str, unit: str, value: str) -> None:
    with database.act("Ayşe", "staff") as act:
        act.append(EventKind.INTERVIEW_CHOSEN, SubjectKind.UNIT, unit, f"{wave}:form", value)


def test_that_of_two_interviews_the_one_that_was_chosen_counts_until_the_decision_is_taken_back(world):
    database, wave, unit = world.database, world.wave, world.units[0]
    first, second = _twice(database, wave, unit)
    single, doubled = frames.counted(database, wave, "form")
    assert single == {} and [each.unit_id for each in doubled] == [unit]
    _choose(database, wave, unit, second)
    assert frames.counted(database, wave, "form") == ({unit: second}, ())
    _choose(database, wave, unit, "")
    assert frames.counted(database, wave, "form") == ({}, ()), "none of them counts"
    _choose(database, wave, unit, UNDECIDED)
    assert [each.interview_ids for each in frames.counted(database, wave, "form")[1]] == [(first, second)]
    _choose(database, wave, unit, first)
    before = projection(database)
    rebuild.rebuild(database)
    assert projection(database) == before
    assert frames.counted(database, wave, "form")[0] == {unit: first}


def test_that_a_choice_holds_in_whatever_order_choice_form_and_interview_arrive(places: Places):
    made = places.fresh()
    with made.act("Ayşe", "staff") as act:
        wave = writing.open_wave(act, "2026", "")
        unit = writing.add_unit(act, {"code": "F1", "name": "Akın"})
    _first, second = _twice(made, wave, unit)
    _choose(made, wave, unit, second)
    wanted = ("interview_opened", "instrument_installed", "interview_chosen")
    lines = reading.lines(made)
    late = [[line for line in lines if f'"{kind}"' in line] for kind in wanted]
    early = [line for line in lines if not any(line in some for some in late)]
    for order in itertools.permutations(late):
        other = places.fresh()
        for some in (early, *order):
            other.import_events(some)
        assert frames.counted(other, wave, "form") == ({unit: second}, ())


def test_that_two_people_who_choose_differently_have_decided_nothing(places: Places, other_device):
    here = places.fresh()
    with here.act("Ayşe", "staff") as act:
        wave = writing.open_wave(act, "2026", "")
        unit = writing.add_unit(act, {"code": "F1", "name": "Akın"})
    first, second = _twice(here, wave, unit)
    other_device()
    there = places.fresh()
    there.import_events(reading.lines(here))
    _choose(here, wave, unit, first)
    _choose(there, wave, unit, second)
    there.import_events(reading.lines(here))
    assert [each.path for each in reading.conflicts(there)] == [f"{wave}:form#counts"]
    assert len(frames.counted(there, wave, "form")[1]) == 1, "the firm waits for a person"


def test_that_the_review_of_an_interview_stands_in_its_row_and_two_views_stand_as_none(world, places: Places):
    database, wave, unit = world.database, world.wave, world.units[0]
    interview, _ = _twice(database, wave, unit)
    with database.act("Ayşe", "staff") as act:
        told = {"state": "returned", "reason": "missing", "by": "Ayşe"}
        act.append(EventKind.INTERVIEW_REVIEWED, SubjectKind.INTERVIEW, interview, "", told)
        act.append(EventKind.QUESTION_ASKED, SubjectKind.INTERVIEW, interview, "/data/q1", "Ayşe Hanım kim?")
    (found,) = reading.interviews(database, interview_id=interview)
    assert (found.review, found.review_reason, found.reviewed_by) == ("returned", "missing", "Ayşe")
    assert found.reviewed_at is not None
    assert not any("Hanım" in line for line in reading.lines(database)), "a question about an answer may name a person"
    assert reading.heads(database, interview)["/data/q1#query"][0].value == "Ayşe Hanım kim?"
    with database.act("Ayşe", "staff") as act:
        other = {"state": "approved", "by": "Bora"}
        act.append(EventKind.INTERVIEW_REVIEWED, SubjectKind.INTERVIEW, interview, "", other, supersedes=())
    assert reading.interviews(database, interview_id=interview)[0].review == ""


def test_that_a_computer_is_listed_by_what_was_said_of_it_before_it_wrote_anything(world):
    database, computer = world.database, new_id()
    told = {"name": "laptop 3", "person": "Can", "role": "laptop", "state": "enrolled", "compared_by": "Ayşe"}
    with database.act("Ayşe", "staff") as act:
        act.append(EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, computer, "", told)
    rows = {row.id: row for row in database.rows(select(tables.device))}
    found = rows[computer]
    assert (found.name, found.person, found.role, found.state) == ("laptop 3", "Can", "laptop", "enrolled")
    with database.act("Ayşe", "staff") as act:
        act.append(EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, computer, "", {**told, "state": "revoked"})
    (found,) = (row for row in database.rows(select(tables.device)) if row.id == computer)
    assert found.state == "revoked" and found.revoked_at is not None
