"""The field in a few columns: what the database counts for whole lists of firms, on both kinds of database."""

from __future__ import annotations

from datetime import datetime, timedelta

from kume_desktop.store import field_rows, news, reading, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.wave_facts import marked


def test_that_batches_and_releases_are_those_of_the_wave(world):
    database, (first, second, _) = world.database, world.units
    with database.act("Ayşe", "staff") as act:
        later = writing.open_wave(act, "2027", "2027")
        for unit, batch in ((first, "0"), (second, "2")):
            writing.set_fact(act, SubjectKind.UNIT, unit, "sample_batch", batch)
        writing.set_fact(act, SubjectKind.UNIT, first, marked("sample_batch", later, first=False), "1")
        writing.set_fact(act, SubjectKind.AREA, world.areas[0], "sample_released", "1")
    assert field_rows.batches(database, world.wave) == {first: 0, second: 2}
    assert field_rows.batches(database, world.wave, second) == {second: 2}
    assert field_rows.batches(database, later) == {first: 1}
    assert field_rows.released(database, world.wave) == {"A1": 1}
    assert field_rows.released(database, later) == {}


def test_that_only_completed_interviews_of_earlier_waves_count_as_waves_before(world):
    database, unit = world.database, world.units[0]
    with database.act("Ayşe", "staff") as act:
        writing.complete_interview(act, world.interview, world.version)
        writing.open_interview(act, world.wave, world.units[1], world.version, "Ayşe")
        later = writing.open_wave(act, "2027", "2027")
        held = writing.open_interview(act, later, unit, world.version, "Ayşe")
        writing.complete_interview(act, held, world.version)
    assert field_rows.waves_before(database, world.wave) == {}
    assert field_rows.waves_before(database, later) == {unit: 1}
    assert field_rows.waves_before(database, later, world.units[1]) == {}


def test_that_the_attempts_of_another_wave_are_not_counted(world):
    database, unit = world.database, world.units[0]
    now = datetime.now().astimezone()
    with database.act("Ayşe", "staff") as act:
        later = writing.open_wave(act, "2027", "2027")
        writing.record_visit(act, world.wave, unit, "4", at=now - timedelta(days=1))
        writing.record_visit(act, later, unit, "10")
        writing.record_visit(act, later, world.units[1], "3", next_at=now + timedelta(days=1))
    assert {one: tried.last_outcome for one, tried in field_rows.tried(database, world.wave).items()} == {unit: "4"}
    assert field_rows.tried(database, later)[world.units[1]].next_at == now + timedelta(days=1)
    assert [one.outcome for one in field_rows.visits_of(database, later, [unit])[unit]] == ["10"]


def test_that_the_lists_of_a_unit_come_with_their_heads_and_without_those_taken_back(world):
    database, unit = world.database, world.units[0]
    with database.act("Ayşe", "staff") as act:
        first = writing.add_frame(act, world.wave, "SGK", "sgk.xlsx", {unit: {"Unvan": "Zümrüt"}})
    with database.act("Ayşe", "staff") as act:
        writing.add_frame(act, world.wave, "Oda", "oda.xlsx", {unit: {"Adı": "Zümrüt"}}, personal=True)
    assert [(one.name, one.cells) for one in field_rows.sources(database, unit)] == [
        ("Oda", {"Adı": "Zümrüt"}), ("SGK", {"Unvan": "Zümrüt"}),
    ]  # fmt: skip
    with database.act("Ayşe", "staff") as act:
        act.append(EventKind.FACT, SubjectKind.FRAME, first, field_rows.TAKEN_BACK, "2026-11-22")
    assert [one.name for one in field_rows.sources(database, unit)] == ["Oda"]


def test_that_what_changed_since_names_the_units_or_says_that_it_was_more(world):
    database, unit = world.database, world.units[0]
    before = news.newest(database)
    assert field_rows.changed_units(database, before) == frozenset()
    with database.act("Ayşe", "staff") as act:
        visit = writing.record_visit(act, world.wave, unit, "10", note="kapalı")
        writing.plan_visit(act, world.wave, world.units[1], "2026-11-25")
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, world.interview, "/data/q1", "3")
    assert field_rows.changed_units(database, before) == {unit, world.units[1]}
    middle = news.newest(database)
    with database.act("Ayşe", "staff") as act:
        writing.set_fact(act, SubjectKind.UNIT, world.units[2], "district", "Konak")
    assert field_rows.changed_units(database, middle) == {world.units[2]}
    with database.act("Ayşe", "staff") as act:
        writing.set_fact(act, SubjectKind.AREA, world.areas[0], "sample_released", "1")
    assert field_rows.changed_units(database, middle) is None
    assert field_rows.visit_record(database, visit) == reading.visits(database, unit)[0]
