"""What is personal: ciphertext inside events, plain where it is worked with, gone for good when it is erased."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select

from kume_desktop.problems import Refused
from kume_desktop.store import reading, tables, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.rebuild import rebuild
from kume_desktop.store.records import StateRow
from tests.store.laptops import Laptop, Said, projection, stored_heads

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from tests.store.worlds import Places, World

CANARY = "Kanarya Bülbülöğlu"


def everywhere(database: Database) -> list[str]:
    """The tables in which the canary stands."""
    return [
        table.name
        for table in tables.metadata.sorted_tables
        if any("Kanarya" in str(tuple(row)) for row in database.rows(select(table)))
    ]


def tell(world: World) -> str:
    """Say the canary wherever a person can be named; returns the unit that is a natural person."""
    with world.database.act("Ayşe", "interviewer") as act:
        unit = writing.add_unit(
            act, {"code": "F7", "name": CANARY, "area": "A1", "tax_number": "12345678901"}, natural_person=True
        )
        writing.add_frame(act, world.wave, "liste", "x", {unit: {"Unvan": CANARY}}, personal=True)
        interview = writing.open_interview(act, world.wave, unit, world.version, "Ayşe")
        for path, value in (("/data/yetkili", CANARY), ("/data/yetkili2", CANARY)):
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, path, value, personal=True)
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, "/data/q1", "4")
        act.append(EventKind.COMMENT, SubjectKind.INTERVIEW, interview, "/data/q1", f"{CANARY} söyledi")
        act.append(EventKind.OVERRIDE, SubjectKind.INTERVIEW, interview, "/data/q1", f"{CANARY} onayladı")
        writing.record_visit(act, world.wave, unit, "3", note=f"{CANARY} yoktu")
        rating = writing.RatingGiven(world.wave, "unit", unit, "g1", 4, "Ayşe", reason=f"{CANARY} gösterdi")
        writing.rate(act, rating)
        act.save_draft(interview, "/data/q2", CANARY)
        act.save_state(interview, [StateRow("/data/selam", True, f"Sayın {CANARY}")])
    return unit


def test_that_what_is_personal_reads_in_clear_and_is_never_in_an_event(world: World):
    unit = tell(world)
    record = reading.unit_record(world.database, unit)
    assert (record.name, record.tax_number) == (CANARY, "12345678901")
    assert not any("Kanarya" in line or "12345678901" in line for line in reading.lines(world.database))
    interview = reading.interviews(world.database, unit_id=unit)[0].interview_id
    assert reading.answers(world.database, interview)["/data/yetkili"] == CANARY
    assert reading.comments(world.database, interview) == {"/data/q1": f"{CANARY} söyledi"}
    assert reading.ratings(world.database, target_id=unit)[0].reason == f"{CANARY} gösterdi"


def test_that_equal_values_are_different_ciphertexts(world: World):
    tell(world)
    boxes = [line.partition('"box":')[2] for line in reading.lines(world.database) if '"box"' in line]
    assert len(boxes) == len(set(boxes)) >= 9


def test_that_a_rebuild_opens_what_is_sealed(world: World):
    tell(world)
    before = projection(world.database)
    rebuild(world.database)
    assert projection(world.database) == before


def test_that_erasing_a_firm_leaves_its_name_nowhere_and_its_answers_where_they_are(world: World):
    unit = tell(world)
    with world.database.act("Veri sorumlusu", "officer") as act:
        act.erase(SubjectKind.UNIT, unit, "request")
    assert everywhere(world.database) == []
    record = reading.unit_record(world.database, unit)
    assert (record.name, record.tax_number, record.code, record.erased) == ("", "", "F7", True)
    interview = reading.interviews(world.database, unit_id=unit)[0].interview_id
    assert reading.answers(world.database, interview) == {"/data/q1": "4"}
    assert reading.ratings(world.database, target_id=unit)[0].level == 4
    assert reading.visits(world.database, unit)[0].outcome == "3"


def test_that_other_firms_keep_their_notes(world: World):
    unit = tell(world)
    with world.database.act("Ayşe", "staff") as act:
        writing.record_visit(act, world.wave, world.units[0], "3", note="başka firma")
        act.erase(SubjectKind.UNIT, unit, "request")
    assert reading.visits(world.database, world.units[0])[0].note == "başka firma"


def test_that_an_erased_firm_takes_no_new_personal_values_but_other_answers(world: World):
    unit = tell(world)
    interview = reading.interviews(world.database, unit_id=unit)[0].interview_id
    with world.database.act("Ayşe", "staff") as act:
        act.erase(SubjectKind.UNIT, unit, "request")

    def say(path: str, *, personal: bool) -> None:
        with world.database.act("Ayşe", "interviewer") as act:
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, interview, path, "5", personal=personal)

    with pytest.raises(Refused) as refused:
        say("/data/yetkili", personal=True)
    assert refused.value.problems[0].code == "study.subject-erased"
    say("/data/q2", personal=False)
    assert reading.answers(world.database, interview) == {"/data/q1": "4", "/data/q2": "5"}


def test_that_importing_the_old_log_and_keys_again_brings_nothing_back(world: World, places: Places):
    unit = tell(world)
    lines, keys = reading.lines(world.database), world.database.subject_keys()
    with world.database.act("Ayşe", "staff") as act:
        act.erase(SubjectKind.UNIT, unit, "request")
    tombstones = [line for line in reading.lines(world.database) if '"erased"' in line]
    world.database.import_events(lines, keys)
    assert everywhere(world.database) == []
    elsewhere = places.fresh()
    elsewhere.import_events(lines, keys)
    assert "unit" in everywhere(elsewhere)
    elsewhere.import_events(tombstones)
    assert everywhere(elsewhere) == []
    late = places.fresh()
    late.import_events(tombstones)
    late.import_events(lines, keys)
    assert everywhere(late) == []


def test_that_a_value_without_its_key_waits_for_it(world: World, places: Places):
    unit = tell(world)
    elsewhere = places.fresh()
    elsewhere.import_events(reading.lines(world.database))
    assert reading.unit_record(elsewhere, unit).name == ""
    elsewhere.import_events([], world.database.subject_keys())
    assert projection(elsewhere) == projection(world.database)


def test_that_two_different_names_that_are_erased_are_no_conflict_any_more(world: World):
    interview, other = UUID(world.interview), Laptop(timedelta())
    other.say(Said("answer", "interview", interview, "/data/yetkili", "biri", interview))
    with world.database.act("Ayşe", "interviewer") as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, world.interview, "/data/yetkili", "öteki", personal=True)
    world.database.import_events([e.line for e in other.seen.values()], list(other.keys.values()))
    assert len(reading.conflicts(world.database)) == 1
    with world.database.act("Ayşe", "staff") as act:
        act.erase(SubjectKind.INTERVIEW, world.interview, "request")
    assert reading.conflicts(world.database) == ()
    assert {value for _, path, _, value in stored_heads(world.database) if path == "/data/yetkili"} == {None}


def test_that_a_box_moved_to_another_event_does_not_open(world: World, places: Places):
    other, interview = Laptop(timedelta()), UUID(world.interview)
    told = other.say(Said("answer", "interview", interview, "/data/yetkili", CANARY, interview))
    moved = Laptop(timedelta())
    event = moved.say(Said("answer", "interview", interview, "/data/acik", "x", interview))
    assert told.sealed is not None
    assert event.sealed is not None
    forged = event.line.replace(event.sealed.box, told.sealed.box).replace(str(event.sealed.key), str(told.sealed.key))
    elsewhere = places.fresh()
    elsewhere.import_events([forged], list(other.keys.values()))
    assert [head[3] for head in stored_heads(elsewhere)] == [None]


def test_that_only_firms_and_interviews_can_be_erased(world: World):
    def erase() -> None:
        with world.database.act("Ayşe", "staff") as act:
            act.erase(SubjectKind.STUDY, world.study_id, "x")

    with pytest.raises(ValueError, match="study"):
        erase()
