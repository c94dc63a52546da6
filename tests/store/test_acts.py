"""Acts: what is written at once, what is undone, and what reading gives back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text

from kume_desktop.problems import Refused
from kume_desktop.store import reading, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.records import StateRow, Summary
from kume_desktop.store.unit_of_work import Act
from tests.store.worlds import installed

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from tests.store.worlds import Places, World

INTERVIEW = SubjectKind.INTERVIEW


def answer(act: Act, interview: str, path: str, value: str, **more: object) -> str:
    return act.append(EventKind.ANSWER, INTERVIEW, interview, path, value, **more)  # type: ignore[arg-type]


def test_that_an_answer_is_there_after_its_act(world: World):
    with world.database.act("Ayşe", "interviewer") as act:
        event = answer(act, world.interview, "/data/q1", "4", instrument_version=world.version)
    assert reading.answers(world.database, world.interview) == {"/data/q1": "4"}
    row = reading.heads(world.database, world.interview)["/data/q1"][0]
    assert (row.event_id, row.author, row.kind) == (event, "Ayşe", "answer")
    assert row.at == act.at


def test_that_a_changed_answer_replaces_the_first_and_both_stay_in_the_log(world: World):
    with world.database.act("Ayşe", "interviewer") as act:
        first = answer(act, world.interview, "/data/q1", "4")
    with world.database.act("Ayşe", "interviewer") as act:
        answer(act, world.interview, "/data/q1", "5")
    assert reading.answers(world.database, world.interview) == {"/data/q1": "5"}
    told = [e for e in reading.events(world.database, world.interview) if e.kind == "answer"]
    assert [e.value for e in told] == ["4", "5"]
    assert told[1].supersedes == (first,)


def test_that_a_cleared_answer_is_no_answer(world: World):
    with world.database.act("Ayşe", "interviewer") as act:
        answer(act, world.interview, "/data/q1", "4")
        answer(act, world.interview, "/data/q1", "")
    assert reading.answers(world.database, world.interview) == {}


def test_that_nothing_of_an_act_stays_when_it_fails(world: World):
    before = reading.counts(world.database)

    def failing() -> None:
        with world.database.act("Ayşe", "interviewer") as act:
            answer(act, world.interview, "/data/new/path", "4")
            writing.add_unit(act, {"code": "F9", "name": "Yarım", "area": "A1"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert reading.counts(world.database) == before
    with world.database.act("Ayşe", "interviewer") as act:
        answer(act, world.interview, "/data/new/path", "5")
    assert reading.answers(world.database, world.interview) == {"/data/new/path": "5"}


def test_that_a_refused_text_leaves_the_act_undone(world: World):

    def refusing() -> None:
        with world.database.act("Ayşe", "interviewer") as act:
            answer(act, world.interview, "/data/q1", "4")
            answer(act, world.interview, "/data/q2", "a\x00")

    with pytest.raises(Refused) as refused:
        refusing()
    assert refused.value.problems[0].code == "study.text-not-storable"
    assert reading.answers(world.database, world.interview) == {}


def test_that_an_act_sees_what_it_has_written(world: World):
    with world.database.act("Ayşe", "staff") as act:
        unit = writing.add_unit(act, {"code": "F9", "name": "Yeni", "area": "A1"})
        assert reading.unit_record(act, unit).name == "Yeni"


def test_that_comment_override_and_answer_of_a_question_do_not_replace_each_other(world: World):
    with world.database.act("Ayşe", "interviewer") as act:
        answer(act, world.interview, "/data/q1", "4")
        act.append(EventKind.COMMENT, INTERVIEW, world.interview, "/data/q1", "emin değil")
        act.append(EventKind.OVERRIDE, INTERVIEW, world.interview, "/data/q1", "muhasebe onayladı")
        act.append(EventKind.GAP_REASON, INTERVIEW, world.interview, "/data/q2", "reddetti")
        act.append(EventKind.RECORDED, INTERVIEW, world.interview, "/data/today", "2026-12-18")
        act.append(EventKind.ROW_ADDED, INTERVIEW, world.interview, "/data/r[1]", "1")
    db, interview = world.database, world.interview
    assert reading.answers(db, interview) == {"/data/q1": "4"}
    assert reading.comments(db, interview) == {"/data/q1": "emin değil"}
    assert reading.overrides(db, interview) == {"/data/q1": "muhasebe onayladı"}
    assert reading.gap_reasons(db, interview) == {"/data/q2": "reddetti"}
    assert reading.recorded(db, interview) == {"/data/today": "2026-12-18"}
    assert reading.repeat_rows(db, interview) == {"/data/r[1]": "1"}


def test_that_the_first_event_of_a_device_opens_its_stream(world: World):
    kinds = [e.kind for e in reading.events(world.database)][:3]
    assert kinds == ["stream_opened", "device_enrolled", "study_created"]
    assert [e.seq for e in reading.events(world.database)] == list(range(1, reading.counts(world.database).events + 1))


def test_that_another_device_writes_a_stream_of_its_own(world: World, places: Places, other_device):
    other_device()
    database = places.reopened(world.database)
    for path in ("/data/q1", "/data/q2"):
        with database.act("Mehmet", "interviewer") as act:
            answer(act, world.interview, path, "4")
    streams = [e.stream_id for e in reading.events(database)]
    assert len(set(streams)) == 2
    assert [e.seq for e in reading.events(database) if e.stream_id == streams[-1]] == [1, 2, 3, 4]


def test_that_the_same_device_goes_on_with_its_stream_after_opening_again(world: World, places: Places):
    database = places.reopened(world.database)
    with database.act("Ayşe", "interviewer") as act:
        answer(act, world.interview, "/data/q1", "4")
    assert len({e.stream_id for e in reading.events(database)}) == 1


def test_that_the_study_and_its_areas_and_firms_read_back(world: World):
    db = world.database
    head = reading.study_head(db)
    assert (head.study_id, head.name, head.agency, head.demonstration) == (
        world.study_id,
        "Kümeler 2026",
        "İZKA",
        False,
    )
    assert [(a.code, a.name_tr, a.frame_n) for a in reading.areas(db)] == [
        ("A1", "Kimya", 40),
        ("A2", "Lojistik", None),
    ]
    assert [u.name for u in reading.units(db)] == ["Çınar", "Iğdır", "Zümrüt"]
    assert reading.waves(db)[0].code == "2026"


def test_that_a_study_that_was_never_made_is_said_to_be_none(database: Database):
    with pytest.raises(Refused) as refused:
        reading.study_head(database)
    assert refused.value.problems[0].code == "study.not-a-study"


def test_that_a_fact_changes_one_attribute_and_stands_among_the_facts(world: World):
    with world.database.act("Ayşe", "staff") as act:
        writing.set_fact(act, SubjectKind.UNIT, world.units[0], "name", "Zümrüt A.Ş.")
        writing.set_fact(act, SubjectKind.STUDY, world.study_id, "reference_year", "2025")
        writing.set_fact(act, SubjectKind.AREA, world.areas[1], "frame_n", "12")
        writing.assign(act, world.wave, world.units[0], "Mehmet")
    unit = reading.unit_record(world.database, world.units[0])
    assert (unit.name, unit.district, unit.interviewer) == ("Zümrüt A.Ş.", "Bornova", "Mehmet")
    assert reading.facts(world.database, world.study_id) == {"reference_year": "2025"}
    assert reading.areas(world.database)[1].frame_n == 12


def test_that_an_interview_carries_state_summary_position_and_draft(world: World):
    db, interview = world.database, world.interview
    with db.act("Ayşe", "interviewer") as act:
        act.save_state(interview, [StateRow("/data/q1", True, None, "required"), StateRow("/data/c", False, "7")])
        act.save_summary(interview, Summary(3, 40, 1, 2, "3.4", "3", "hash", "1"))
        act.save_position(interview, "/data/q1")
        act.save_draft(interview, "/data/q9", "yarım cüm")
    found = reading.interviews(db, unit_id=world.units[0])[0]
    assert (found.instrument_id, found.state, found.position, found.last_at) == (
        "is_ihtiyac",
        "open",
        "/data/q1",
        act.at,
    )
    assert found.summary == Summary(3, 40, 1, 2, "3.4", "3", "hash", "1")
    assert reading.state_of(db, interview)["/data/c"] == StateRow("/data/c", False, "7", "")
    assert [(d.path, d.text) for d in reading.drafts(db)] == [("/data/q9", "yarım cüm")]
    with db.act("Ayşe", "interviewer") as act:
        act.clear_draft(interview, "/data/q9")
        act.save_state(interview, [StateRow("/data/q1")])
    assert reading.drafts(db, interview) == ()
    assert reading.state_of(db, interview)["/data/q1"].problem == ""


def test_that_drafts_state_and_position_are_no_events(world: World):
    before = reading.counts(world.database).events
    with world.database.act("Ayşe", "interviewer") as act:
        act.save_draft(world.interview, "/data/q", "x")
        act.save_position(world.interview, "/data/q")
        act.save_state(world.interview, [StateRow("/data/q")])
    assert reading.counts(world.database).events == before


def test_that_an_interview_is_completed_and_opened_again(world: World):
    db = world.database
    with db.act("Ayşe", "interviewer") as act:
        writing.complete_interview(act, world.interview, world.version)
    done = reading.interviews(db, interview_id=world.interview)[0]
    assert (done.state, done.completed_at) == ("completed", act.at)
    with db.act("Ayşe", "interviewer") as act:
        writing.reopen_interview(act, world.interview, world.version)
    assert reading.interviews(db, interview_id=world.interview)[0].state == "open"


def test_that_visits_ratings_methods_results_and_consents_read_back(world: World):
    db, unit = world.database, world.units[0]
    with db.act("Ayşe", "staff") as act:
        writing.record_visit(act, world.wave, unit, "3", note="Pazartesi arayın", next_at=act.at + timedelta(days=2))
        given = writing.RatingGiven(
            world.wave, "unit", unit, "g1", 4, "Ayşe", suggestion=3, reason="belge görüldü",
            evidence=[(world.interview, "/data/q1")],
        )  # fmt: skip
        writing.rate(act, given)
        method = writing.save_method(act, world.wave, 1, "İZKA-2010", "1", "m" * 64, '{"scale":3}')
        saved = writing.ResultSaved(world.wave, "firma", method, "m" * 64, ["c" * 64], "i" * 64, "0.1", '{"areas":[]}')
        writing.save_result(act, saved)
        writing.record_consent(act, world.interview, "iletişim", given=True, how="okundu", text_hash="t" * 64)
    visit = reading.visits(db, unit)[0]
    assert (visit.outcome, visit.note, visit.by) == ("3", "Pazartesi arayın", "Ayşe")
    assert visit.next_at == act.at + timedelta(days=2)
    rating = reading.ratings(db, world.wave)[0]
    assert (rating.level, rating.suggestion, rating.reason) == (4, 3, "belge görüldü")
    assert rating.evidence == ((world.interview, "/data/q1"),)
    method_row = reading.latest_method(db, world.wave)
    assert method_row is not None
    assert (method_row.method_id, method_row.payload) == (method, '{"scale":3}')
    result = reading.latest_result(db, world.wave, "firma")
    assert result is not None
    assert (result.payload, result.instrument_hashes, result.method_id) == ('{"areas":[]}', ("c" * 64,), method)
    assert reading.latest_result(db, world.wave, "panel") is None
    assert [(c.purpose, c.given) for c in reading.consents(db, world.interview)] == [("iletişim", True)]


def test_that_the_same_rater_changes_a_level_and_another_stands_beside_it(world: World):
    with world.database.act("Ayşe", "staff") as act:
        for level, rater in [(2, "Ayşe"), (4, "Ayşe"), (5, "Mehmet")]:
            writing.rate(act, writing.RatingGiven(world.wave, "unit", world.units[0], "g1", level, rater))
    assert [(r.rater, r.level) for r in reading.ratings(world.database)] == [("Ayşe", 4), ("Mehmet", 5)]


def test_that_an_instrument_version_keeps_the_workbook_and_installs_once(world: World):
    content = reading.instrument_content(world.database, world.version)
    assert (content.workbook, content.source) == (b"PK\x03\x04workbook", '{"x":1}')
    with world.database.act("Ayşe", "staff") as act:
        assert writing.install_instrument(act, installed()) == world.version
    assert len(reading.instruments(world.database)) == 1


def test_that_a_frame_row_stays_as_it_was_imported(world: World):
    rows = {world.units[0]: {"Unvan": "ZÜMRÜT KİMYA", "NACE": "20.59"}, world.units[1]: {"Unvan": "ÇINAR"}}
    with world.database.act("Ayşe", "staff") as act:
        frame = writing.add_frame(act, world.wave, "Oda listesi", "oda.xlsx", rows)
    found = reading.frame_rows(world.database, world.units[0])
    assert [(f.frame_id, f.cells) for f in found] == [(frame, rows[world.units[0]])]


def test_that_the_counts_add_up(world: World):
    with world.database.act("Ayşe", "interviewer") as act:
        for n in range(5):
            answer(act, world.interview, f"/data/q{n}", "3")
        answer(act, world.interview, "/data/q0", "")
        writing.complete_interview(act, world.interview, world.version)
    counts = reading.counts(world.database)
    assert (counts.answers, counts.cleared, counts.contested) == (4, 1, 0)
    assert (counts.interviews, counts.completed, counts.units, counts.areas) == (1, 1, 3, 2)
    assert counts.events == len(reading.lines(world.database))


def test_that_an_unknown_firm_or_form_is_a_refusal(world: World):
    for ask in (
        lambda: reading.unit_record(world.database, str(uuid4())),
        lambda: reading.instrument_content(world.database, str(uuid4())),
        lambda: reading.blob_content(world.database, "0" * 64),
    ):
        with pytest.raises(Refused):
            ask()


def test_that_moments_flags_and_ids_come_back_as_they_went_in(world: World):
    raw = world.database.rows(text("SELECT line FROM event ORDER BY seq LIMIT 1"))[0].line
    first = reading.events(world.database)[0]
    assert first.at.isoformat(timespec="microseconds") == json.loads(raw)["at"]
    assert reading.unit_record(world.database, world.units[0]).natural_person is False


def test_that_an_interview_is_known_and_another_is_not(world: World):
    with world.database.act("Ayşe", "interviewer") as act:
        answer(act, world.interview, "/data/q1", "1")
    assert reading.is_known(world.database, world.interview)
    assert not reading.is_known(world.database, str(uuid4()))
