"""Conflicts on real studies: both values in words, a decision with its reason, and back again by an event."""

from __future__ import annotations

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import conflicts, interviewing, results
from kume_desktop.services.conflicts import Kind
from kume_desktop.services.review import acts
from kume_desktop.services.review.states import Stand, Step
from kume_desktop.store import frames, reading
from kume_desktop.store.events import EventKind, SubjectKind
from tests.review.elsewhere import elsewhere

pytest_plugins = ["tests.services.interviewed"]
NEEDS = "is_ihtiyac"


def path_of(study, record, name: str) -> str:
    return study.form(record.version_id).by_name[name].path


@pytest.fixture
def contested(answered):
    record = reading.interviews(answered.database)[0]
    elsewhere(answered, record, path_of(answered, record, "calisan_sayisi"), "64")
    return answered


def test_that_both_values_stand_there_with_who_gave_them_where_and_what_they_knew(contested) -> None:
    (line,) = conflicts.conflicts(contested)
    assert (line.kind, line.firm, line.values) == (Kind.ANSWER, "Şişli Kimya", ("20", "64"))
    assert line.title.startswith("Firmanızda") or line.title
    case = conflicts.case(contested, line.key)
    assert [(one.text, one.person, one.before) for one in case.candidates] == [
        ("20", "Elif", None),
        ("64", "Mert", None),
    ]
    assert case.candidates[1].computer == "Bilgisayar 11"
    assert [one.text for one in case.history] == ["20", "64"]
    assert case.can_write
    assert case.can_return


def test_that_what_the_companion_answers_is_read_back_as_it_was(contested) -> None:
    import json

    listed = json.loads(json.dumps(conflicts.VERBS[conflicts.CONFLICTS](contested, {})))
    assert conflicts.conflicts_of(listed) == conflicts.conflicts(contested)
    key = conflicts.conflicts(contested)[0].key
    told = json.loads(json.dumps(conflicts.VERBS[conflicts.CONFLICT](contested, {"conflict": key})))
    assert conflicts.case_of(told) == conflicts.case(contested, key)


def test_that_a_decision_holds_with_its_reason_and_the_interview_is_worked_out_anew(contested) -> None:
    record = reading.interviews(contested.database)[0]
    path = path_of(contested, record, "calisan_sayisi")
    key = conflicts.conflicts(contested)[0].key
    conflicts.decide(contested, key, "64", "Bordro görüldü")
    assert conflicts.conflicts(contested) == ()
    assert reading.answers(contested.database, record.interview_id)[path] == "64"
    assert reading.state_of(contested.database, record.interview_id)[path].value == "64"
    assert conflicts.reason_of(contested, key) == "Bordro görüldü"
    assert "Bordro" not in "\n".join(reading.lines(contested.database))


def test_that_a_decision_can_be_taken_back_and_the_values_stand_there_as_before(contested) -> None:
    (line,) = conflicts.conflicts(contested)
    before = conflicts.case(contested, line.key)
    decided = conflicts.decide(contested, line.key, "64", "Bordro görüldü")
    conflicts.undo(contested, decided)
    (again,) = conflicts.conflicts(contested)
    assert again == line
    case = conflicts.case(contested, line.key)
    shown = [(one.raw, one.person, one.computer, one.at) for one in case.candidates]
    assert sorted(shown) == sorted((one.raw, one.person, one.computer, one.at) for one in before.candidates)
    conflicts.decide(contested, line.key, "20", "İlk yanıt doğru")
    assert conflicts.conflicts(contested) == ()


def test_that_another_value_is_taken_if_the_question_accepts_it(contested) -> None:
    record = reading.interviews(contested.database)[0]
    path = path_of(contested, record, "calisan_sayisi")
    key = conflicts.conflicts(contested)[0].key
    with pytest.raises(Refused):
        conflicts.decide(contested, key, "-3", "Yanlış")
    assert len(conflicts.conflicts(contested)) == 1
    conflicts.decide(contested, key, "25", "Firma aradı")
    assert reading.answers(contested.database, record.interview_id)[path] == "25"


def test_that_a_decision_needs_a_reason_and_is_taken_once(contested) -> None:
    key = conflicts.conflicts(contested)[0].key
    with pytest.raises(Refused) as refused:
        conflicts.decide(contested, key, "64", "  ")
    assert refused.value.problems[0].code == "conflict.no-reason"
    conflicts.decide(contested, key, "64", "Bordro")
    with pytest.raises(Refused) as refused:
        conflicts.decide(contested, key, "20", "Bordro")
    assert refused.value.problems[0].code == "conflict.gone"


def test_that_interviewers_do_not_decide(contested) -> None:
    contested.role = "interviewer"
    with pytest.raises(Refused):
        conflicts.conflicts(contested)
    assert conflicts.count(contested) == 0


def test_that_asking_the_firm_returns_the_interview_at_this_question(contested) -> None:
    from kume_desktop.services.review import queries
    from kume_desktop.services.review.states import Stand

    contested.person = "Selin"
    (line,) = conflicts.conflicts(contested)
    assert conflicts.ask_firm(contested, line.key, "20 mi, 64 mü?").stand is Stand.RETURNED
    record = reading.interviews(contested.database)[0]
    (asked,) = queries.queries(contested.database, record.interview_id).values()
    assert asked.text == "20 mi, 64 mü?"
    assert len(conflicts.conflicts(contested)) == 1


def test_that_two_interviews_of_a_firm_are_one_decision_and_score_nowhere_until_then(answered) -> None:
    first = reading.interviews(answered.database)[0]
    second = twice(answered, first)
    wave = answered.wave.wave_id
    assert frames.counted(answered.database, wave, NEEDS)[0] == {}
    (line,) = conflicts.conflicts(answered)
    assert (line.kind, line.values) == (Kind.DOUBLE, ("Elif", "Elif"))
    assert {one["reason"] for one in results.left_out(answered)} == {"several-interviews"}
    case = conflicts.case(answered, line.key)
    assert {one.event for one in case.candidates} == {first.interview_id, second}
    decided = conflicts.decide(answered, line.key, second, "İkincisi tam")
    assert frames.counted(answered.database, wave, NEEDS)[0] == {first.unit_id: second}
    assert conflicts.conflicts(answered) == ()
    assert results.left_out(answered) == []
    conflicts.undo(answered, decided)
    assert [one.key for one in conflicts.conflicts(answered)] == [line.key]
    assert frames.counted(answered.database, wave, NEEDS)[0] == {}


def twice(study, first) -> str:
    """The firm is interviewed a second time, as on another computer that did not know of the first."""
    with study.act() as act:
        version = next(one.version_id for one in study.instruments() if one.instrument_id == NEEDS)
        record, _interview = interviewing.begin(study, act, first.unit_id, version, "Elif")
        act.append(EventKind.INTERVIEW_COMPLETED, SubjectKind.INTERVIEW, record.interview_id, "", "completed", version)
    return record.interview_id


def test_that_the_conflict_of_the_demonstration_is_found_and_its_scores_do_not_know_of_the_review(
    demonstration,
) -> None:
    found = conflicts.conflicts(demonstration)
    assert [one.kind for one in found] == [Kind.ANSWER] * len(found)
    assert found
    assert not results.is_stale(demonstration, results.latest(demonstration))


def test_that_an_approval_waits_for_open_conflicts_and_lapses_when_one_is_decided_after_it(answered) -> None:
    record = reading.interviews(answered.database)[0]
    answered.person = "Selin"
    assert acts.take(answered, record.interview_id, Step.APPROVE).stand is Stand.APPROVED
    elsewhere(answered, record, path_of(answered, record, "calisan_sayisi"), "64")
    (line,) = conflicts.conflicts(answered)
    conflicts.decide(answered, line.key, "64", "Bordro görüldü")
    assert acts.standing(answered, record.interview_id).stand is Stand.FINISHED
    assert acts.take(answered, record.interview_id, Step.APPROVE).stand is Stand.APPROVED
    acts.take(answered, record.interview_id, Step.WITHDRAW)
    elsewhere(answered, record, path_of(answered, record, "kurulus_yili"), "2001")
    with pytest.raises(Refused) as refused:
        acts.take(answered, record.interview_id, Step.APPROVE)
    assert [one.code for one in refused.value.problems] == ["review.in-conflict"]
