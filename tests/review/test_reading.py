"""The inbox and the interview as its reviewer reads it."""

from __future__ import annotations

import json

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import interviewing
from kume_desktop.services.demonstration import reviewing
from kume_desktop.services.review import acts, inbox, queries
from kume_desktop.services.review import reading as review_reading
from kume_desktop.services.review.reading import Sieve
from kume_desktop.services.review.states import Stand, Step
from kume_desktop.store import reading

pytest_plugins = ["tests.services.interviewed"]


def line(case, name: str):
    return next(one for one in case.lines if one.path.endswith(f"/{name}"))


def test_that_the_inbox_of_the_demonstration_holds_every_interview_by_where_it_stands(demonstration) -> None:
    found = inbox.inbox(demonstration)
    held = reading.interviews(demonstration.database)
    assert len(found.lines) == len(held)
    new, approved = found.of(inbox.Tab.NEW), found.of(inbox.Tab.APPROVED)
    assert {one.interview_id for one in (*new, *approved)} == {
        one.interview_id for one in held if one.state == "completed"
    }
    assert new
    assert len(approved) == reviewing.APPROVED
    assert any(one.signals for one in found.lines)
    assert [one.ended for one in found.lines] == sorted((one.ended for one in found.lines), reverse=True)
    told = json.loads(json.dumps(inbox.VERBS[inbox.INBOX](demonstration, {})))
    assert inbox.inbox_of(told) == found


def test_that_an_interview_moves_between_the_lists(answered) -> None:
    answered.person = "Selin"
    (one,) = inbox.inbox(answered).lines
    for step, tab in (
        (Step.APPROVE, inbox.Tab.APPROVED),
        (Step.WITHDRAW, inbox.Tab.NEW),
        (Step.RETURN, inbox.Tab.RETURNED),
        (Step.RECALL, inbox.Tab.NEW),
        (Step.EXCLUDE, inbox.Tab.EXCLUDED),
        (Step.INCLUDE, inbox.Tab.NEW),
    ):
        acts.take(answered, one.interview_id, step, reason="duplicate")
        assert inbox.inbox(answered).lines[0].tab is tab


def test_that_the_reviewer_reads_answers_notes_changes_and_reasons(answered) -> None:
    record = reading.interviews(answered.database)[0]
    answered.person = "Selin"
    acts.take(answered, record.interview_id, Step.RETURN)
    session = interviewing.open_interview(answered, record.unit_id, "is_ihtiyac")
    path = session.interview.path_of("calisan_sayisi")
    assert session.answer(path, "52").at is not None
    assert session.comment(path, "beyan").at is not None
    queries.ask(answered, record, path, "Bordrodan mı?")
    case = review_reading.case(answered, record.interview_id)
    shown = line(case, "calisan_sayisi")
    assert (shown.text, shown.note, shown.asked, shown.asked_by) == ("52", "beyan", "Bordrodan mı?", "Selin")
    assert [(one.before, one.after, one.person) for one in shown.changes] == [("20", "52", "Selin")]
    assert {Sieve.NOTED, Sieve.CHANGED, Sieve.ASKED} <= shown.sieves
    assert case.stand is Stand.RETURNED
    assert case.open_questions == 1
    level = line(case, "uretim_insan")
    assert level.text == "4"
    assert level.label
    told = json.loads(
        json.dumps(review_reading.VERBS[review_reading.CASE](answered, {"interview_id": record.interview_id}))
    )
    assert review_reading.case_of(told) == case


def test_that_what_waits_for_an_interviewer_is_listed_for_them_alone(answered) -> None:
    record = reading.interviews(answered.database)[0]
    answered.person = "Selin"
    acts.take(answered, record.interview_id, Step.RETURN)
    assert [one.record.interview_id for one in inbox.returned_to(answered, "Elif")] == [record.interview_id]
    assert inbox.returned_to(answered, "Selin") == ()


def test_that_interviewers_do_not_read_the_inbox(answered) -> None:
    answered.role = "interviewer"
    with pytest.raises(Refused):
        inbox.inbox(answered)
    with pytest.raises(Refused):
        review_reading.case(answered, reading.interviews(answered.database)[0].interview_id)
