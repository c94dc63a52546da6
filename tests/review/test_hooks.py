"""The review as the interviewer meets it: a returned case, its questions, contested answers, locked interviews."""

from __future__ import annotations

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import conflicts, interviewing
from kume_desktop.services.review import acts, back_checks, locks, queries, rules
from kume_desktop.services.review.states import Step
from kume_desktop.store import reading
from tests.review.elsewhere import elsewhere

pytest_plugins = ["tests.services.interviewed"]
NEEDS = "is_ihtiyac"


def opened(study):
    record = reading.interviews(study.database)[0]
    return interviewing.open_interview(study, record.unit_id, NEEDS)


def as_person(study, name: str, role: str):
    study.person, study.role = name, role
    return study


def returned(study, name: str = "calisan_sayisi"):
    """The interview, returned with a question."""
    record = reading.interviews(study.database)[0]
    path = study.form(record.version_id).by_name[name].path
    as_person(study, "Selin", "scorer")
    queries.ask(study, record, path, "Bordrodan mı?")
    acts.take(study, record.interview_id, Step.RETURN)
    as_person(study, "Elif", "interviewer")
    return path


def test_that_a_returned_interview_opens_at_the_questioned_answer_and_is_answered_there(answered) -> None:
    path = returned(answered)
    session = opened(answered)
    assert locks.first_asked(session) == path
    saved = locks.reply(session, path, "Evet, Ekim bordrosu")
    assert saved.at is not None
    assert session.asked[path].reply == "Evet, Ekim bordrosu"
    assert locks.first_asked(session) == ""
    assert locks.reply(session, path, "").at is not None
    assert session.asked[path].is_open


def test_that_an_answer_where_nothing_was_asked_is_refused_in_words(answered) -> None:
    session = opened(answered)
    saved = locks.reply(session, "/data/nowhere", "Evet")
    assert saved.at is None
    assert saved.problems[0].code == "review.nothing-asked"


def test_that_the_interviewer_answers_a_contested_question_that_was_returned_and_ends_the_conflict(answered) -> None:
    record = reading.interviews(answered.database)[0]
    path = answered.form(record.version_id).by_name["calisan_sayisi"].path
    elsewhere(answered, record, path, "64")
    locked = opened(answered)
    assert locked.contested
    returned(answered)
    session = opened(answered)
    assert session.answer(path, "30").at is not None
    assert session.contested == {}
    as_person(answered, "Selin", "staff")
    assert conflicts.conflicts(answered) == ()
    assert reading.answers(answered.database, record.interview_id)[path] == "30"


def test_that_a_contested_question_that_nobody_returned_stays_locked(answered) -> None:
    record = reading.interviews(answered.database)[0]
    path = answered.form(record.version_id).by_name["calisan_sayisi"].path
    elsewhere(answered, record, path, "64")
    session = opened(answered)
    assert session.reopen().at is not None
    saved = session.answer(path, "30")
    assert saved.at is None
    assert saved.problems[0].code == "interview.in-conflict"


@pytest.mark.parametrize("step", [Step.APPROVE, Step.EXCLUDE])
def test_that_interviewers_do_not_open_what_was_approved_or_excluded(answered, step) -> None:
    record = reading.interviews(answered.database)[0]
    as_person(answered, "Selin", "staff")
    acts.take(answered, record.interview_id, step, reason="duplicate")
    as_person(answered, "Elif", "interviewer")
    saved = opened(answered).reopen()
    assert saved.at is None
    assert saved.problems[0].code == "review.locked"
    as_person(answered, "Selin", "staff")
    assert opened(answered).reopen().at is not None


def test_that_the_same_seed_draws_the_same_interviews_and_the_share_grows_with_them() -> None:
    ids = [f"interview {number}" for number in range(400)]
    few, more = (rules.ReviewRules(share=share, seed=7) for share in (10, 30))
    drawn = {one for one in ids if back_checks.is_drawn(few, one)}
    assert drawn <= {one for one in ids if back_checks.is_drawn(more, one)}
    assert 15 <= len(drawn) <= 70
    assert drawn == {one for one in reversed(ids) if back_checks.is_drawn(few, one)}
    assert not any(back_checks.is_drawn(rules.ReviewRules(share=100), one) for one in ids)


def test_that_answers_asked_again_are_compared_and_can_be_taken_back(answered) -> None:
    record = reading.interviews(answered.database)[0]
    as_person(answered, "Selin", "staff")
    questions = ("calisan_sayisi", "uretim_insan")
    rules.save_rules(answered, rules.ReviewRules(share=100, questions=questions))
    assert back_checks.back_checks(answered).drawn == ()
    seed = back_checks.draw(answered).seed
    assert back_checks.draw(answered).seed == seed
    (drawn,) = back_checks.back_checks(answered).drawn
    assert [one.path.rpartition("/")[2] for one in drawn.questions] == list(questions)
    assert not any(one.first for one in drawn.questions)
    paths = [one.path for one in drawn.questions]
    back_checks.keep(answered, record.interview_id, {paths[0]: "25", paths[1]: "4"})
    found = back_checks.back_checks(answered)
    assert [one.agrees for one in found.drawn[0].asked] == [False, True]
    assert [(one.asked, one.agreeing) for one in found.by_question] == [(1, 0), (1, 1)]
    assert found.by_question[0].title == drawn.questions[0].title
    assert [(one.interviewer, one.questions, one.agreeing) for one in found.agreement] == [("", 2, 1), ("Elif", 2, 1)]
    told = back_checks.checks_of(back_checks.VERBS[back_checks.BACK_CHECKS](answered, {}))
    assert told == found
    back_checks.keep(answered, record.interview_id, {paths[0]: " 20 "})
    assert [one.agrees for one in back_checks.back_checks(answered).drawn[0].asked] == [True]
    with pytest.raises(Refused) as refused:
        back_checks.keep(answered, record.interview_id, {paths[0]: "yirmi beş"})
    assert refused.value.problems[0].where.question
    back_checks.keep(answered, record.interview_id, {})
    assert back_checks.back_checks(answered).drawn[0].asked == ()


def test_that_personal_questions_are_never_asked_again(answered) -> None:
    as_person(answered, "Selin", "staff")
    rules.save_rules(answered, rules.ReviewRules(share=100))
    back_checks.draw(answered)
    (drawn,) = back_checks.back_checks(answered).drawn
    form = answered.form(reading.interviews(answered.database)[0].version_id)
    assert len(drawn.questions) == back_checks.QUESTIONS
    assert all(form.by_name[one.path.rpartition("/")[2]].node.personal == "-" for one in drawn.questions)
    asked = {one.path.rpartition("/")[2] for one in drawn.questions}
    assert asked.isdisjoint({"sonuc", "anlama", "baskasi", "gorusme_bicimi", "katilim"}), "no firm answers those"
