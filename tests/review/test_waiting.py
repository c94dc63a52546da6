"""What the start page says that waits: to review, to decide, to answer; each role is told of its own work alone."""

from __future__ import annotations

import json

import pytest

from kume_desktop.services.review import acts, queries, waiting
from kume_desktop.services.review.states import Step
from kume_desktop.store import reading
from tests.review.elsewhere import elsewhere

pytest_plugins = ["tests.services.interviewed"]


def told(study, name: str, role: str) -> waiting.Work:
    """What waits for a person, by way of the companion's answer."""
    study.person, study.role = name, role
    return waiting.work_of(json.loads(json.dumps(waiting.VERBS[waiting.WAITING](study, {}))))


def test_that_a_finished_interview_waits_for_the_supervisor_until_it_is_approved(answered) -> None:
    assert told(answered, "Selin", "scorer") == waiting.Work(review=1)
    assert told(answered, "Elif", "interviewer") == waiting.Work()
    assert told(answered, "Derya", "data_officer") == waiting.Work()
    answered.person, answered.role = "Selin", "scorer"
    acts.take(answered, reading.interviews(answered.database)[0].interview_id, Step.APPROVE)
    assert told(answered, "Selin", "scorer") == waiting.Work()


def test_that_a_returned_interview_waits_for_its_own_interviewer_alone(answered) -> None:
    record = reading.interviews(answered.database)[0]
    answered.person, answered.role = "Selin", "scorer"
    queries.ask(answered, record, answered.form(record.version_id).by_name["calisan_sayisi"].path, "Bordrodan mı?")
    acts.take(answered, record.interview_id, Step.RETURN)
    mine = (waiting.Returned(record.unit_id, record.instrument_id),)
    assert told(answered, "Elif", "interviewer") == waiting.Work(returned=mine)
    assert told(answered, "Mert", "interviewer") == waiting.Work()
    assert told(answered, "Selin", "scorer") == waiting.Work()


@pytest.mark.parametrize(("role", "many"), [("scorer", 1), ("staff", 1), ("interviewer", 0), ("data_officer", 0)])
def test_that_a_conflict_waits_for_those_who_may_decide_it(answered, role: str, many: int) -> None:
    record = reading.interviews(answered.database)[0]
    elsewhere(answered, record, answered.form(record.version_id).by_name["calisan_sayisi"].path, "64")
    assert told(answered, "Selin", role).conflicts == many
