"""The steps of the review on a real study: events, rights, what counts, and back again."""

from __future__ import annotations

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import interviewing, people, results, roles, studies
from kume_desktop.services.review import acts, queries, rules
from kume_desktop.services.review.states import Stand, Step
from kume_desktop.services.roles import Right
from kume_desktop.store import frames, reading, review_rows

pytest_plugins = ["tests.services.interviewed"]
NEEDS = "is_ihtiyac"


def interview_id(study) -> str:
    return reading.interviews(study.database)[0].interview_id


def stand(study) -> Stand:
    return acts.standing(study, interview_id(study)).stand


def as_person(study, name: str, role: str = "staff"):
    study.person, study.role = name, role
    return study


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_that_another_person_approves_a_finished_interview_and_takes_it_back(answered) -> None:
    as_person(answered, "Selin", "scorer")
    assert stand(answered) is Stand.FINISHED
    done = acts.take(answered, interview_id(answered), Step.APPROVE)
    assert (done.stand, done.undo) == (Stand.APPROVED, Step.WITHDRAW)
    assert acts.standing(answered, interview_id(answered)).approvers == ("Selin",)
    assert acts.take(answered, interview_id(answered), done.undo).stand is Stand.FINISHED


def test_that_interviewers_cannot_approve_their_own_interview(answered) -> None:
    with pytest.raises(Refused) as refused:
        acts.take(answered, interview_id(answered), Step.APPROVE)
    assert codes(refused) == ["review.own-interview"]
    assert stand(answered) is Stand.FINISHED


def test_that_interviewers_may_take_no_step_of_the_review(answered) -> None:
    as_person(answered, "Mert", "interviewer")
    for step in Step:
        with pytest.raises(Refused) as refused:
            acts.take(answered, interview_id(answered), step, reason="duplicate")
        assert codes(refused)[0] in {"role.may-not", "study.only-staff"}


def test_that_two_people_approve_where_the_study_asks_for_it(answered) -> None:
    rules.save_rules(answered, rules.ReviewRules(approvals=2))
    as_person(answered, "Selin", "scorer")
    assert acts.take(answered, interview_id(answered), Step.APPROVE).stand is Stand.FIRST_APPROVAL
    with pytest.raises(Refused) as refused:
        acts.take(answered, interview_id(answered), Step.APPROVE)
    assert codes(refused) == ["review.approved-already"]
    as_person(answered, "Derya", "scorer")
    assert acts.take(answered, interview_id(answered), Step.APPROVE).stand is Stand.APPROVED


def test_that_a_returned_interview_is_open_with_its_question_and_comes_back_answered(answered) -> None:
    record = reading.interviews(answered.database)[0]
    path = next(iter(reading.answers(answered.database, record.interview_id)))
    as_person(answered, "Selin", "scorer")
    queries.ask(answered, record, path, "Ekim bordrosundan mı?")
    assert acts.take(answered, record.interview_id, Step.RETURN).stand is Stand.RETURNED
    as_person(answered, "Elif", "interviewer")
    session = interviewing.open_interview(answered, record.unit_id, NEEDS)
    assert not session.is_completed
    (asked,) = queries.queries(answered.database, record.interview_id).values()
    assert (asked.path, asked.text, asked.by, asked.is_open) == (path, "Ekim bordrosundan mı?", "Selin", True)
    queries.reply(answered, record, path, "Evet, Ekim.")
    (said,) = queries.queries(answered.database, record.interview_id).values()
    assert (said.reply, said.replied_by, said.is_open) == ("Evet, Ekim.", "Elif", False)
    assert session.complete().at is not None
    assert stand(answered) is Stand.ANSWERED
    queries.ask(answered := as_person(answered, "Selin", "scorer"), record, path, "Kimden öğrendiniz?")
    assert queries.queries(answered.database, record.interview_id)[path].is_open


def test_that_what_was_asked_and_answered_stands_nowhere_in_clear(answered) -> None:
    record = reading.interviews(answered.database)[0]
    path = next(iter(reading.answers(answered.database, record.interview_id)))
    queries.ask(answered, record, path, "GİZLİ SORU")
    queries.reply(answered, record, path, "GİZLİ YANIT")
    acts.take(as_person(answered, "Selin"), record.interview_id, Step.EXCLUDE, reason="other", words="GİZLİ NEDEN")
    lines = "\n".join(reading.lines(answered.database))
    assert "GİZLİ" not in lines
    assert acts.words_of(answered, record.interview_id) == "GİZLİ NEDEN"


def test_that_recalling_a_return_restores_the_approval_unless_something_was_answered(answered) -> None:
    as_person(answered, "Selin", "scorer")
    acts.take(answered, interview_id(answered), Step.APPROVE)
    acts.take(answered, interview_id(answered), Step.RETURN)
    assert acts.take(answered, interview_id(answered), Step.RECALL).stand is Stand.APPROVED
    acts.take(answered, interview_id(answered), Step.RETURN)
    record = reading.interviews(answered.database)[0]
    session = interviewing.open_interview(answered, record.unit_id, NEEDS)
    assert session.answer(session.interview.path_of("calisan_sayisi"), "21").at is not None
    assert acts.take(answered, interview_id(answered), Step.RECALL).stand is Stand.FINISHED


def test_that_an_excluded_interview_counts_nowhere_with_its_reason_and_counts_again_afterwards(answered) -> None:
    wave = answered.wave.wave_id
    before = frames.counted(answered.database, wave, NEEDS)[0]
    assert len(before) == 1
    acts.take(answered, interview_id(answered), Step.EXCLUDE, reason="not-held")
    assert stand(answered) is Stand.EXCLUDED
    assert frames.counted(answered.database, wave, NEEDS)[0] == {}
    reasons = {one["reason"] for one in results.left_out(answered)}
    assert reasons == {"excluded-not-held"}
    acts.take(answered, interview_id(answered), Step.INCLUDE)
    assert frames.counted(answered.database, wave, NEEDS)[0] == before
    assert stand(answered) is Stand.FINISHED


@pytest.mark.parametrize("reason", list(rules.REASONS))
def test_that_every_reason_of_an_exclusion_has_words_in_the_results(reason) -> None:
    from kume_desktop.problem_texts.left_out import LEFT_OUT

    assert f"excluded-{reason}" in LEFT_OUT
    assert "review-disputed" in LEFT_OUT


def test_that_an_exclusion_needs_a_reason(answered) -> None:
    for reason, words, code in (("", "", "review.no-reason"), ("other", " ", "review.no-words")):
        with pytest.raises(Refused) as refused:
            acts.take(answered, interview_id(answered), Step.EXCLUDE, reason=reason, words=words)
        assert codes(refused) == [code]


def test_that_levels_of_an_excluded_interview_do_not_score(demonstration) -> None:
    study = demonstration
    wave = study.wave.wave_id
    level = next(one for one in reading.interviews(study.database) if one.instrument_id == "kumelenme_duzeyi")
    given = frames.given_ratings(study.database, wave)
    assert any(one.target_id == level.unit_id for one in given)
    acts.take(study, level.interview_id, Step.EXCLUDE, reason="duplicate")
    after = frames.given_ratings(study.database, wave)
    assert {one.rating_id for one in given} - {one.rating_id for one in after} == {
        one.rating_id for one in given if one.target_id == level.unit_id
    }
    assert any(one["reason"] == "excluded-duplicate" for one in results.left_out(study))
    assert results.is_stale(study, results.latest(study))
    acts.take(study, level.interview_id, Step.INCLUDE)
    assert frames.given_ratings(study.database, wave) == given
    assert not results.is_stale(study, results.latest(study))


def test_that_the_table_of_roles_gives_every_right_to_staff_and_refuses_in_words(study) -> None:
    assert roles.MAY["staff"] == frozenset(Right)
    assert all(roles.may(study, right) for right in Right)
    as_person(study, "Mert", "interviewer")
    for right in Right:
        if right in {Right.INTERVIEW, Right.SEND}:
            roles.require(study, right)
            continue
        with pytest.raises(Refused):
            roles.require(study, right)
    with pytest.raises(Refused) as refused:
        studies.only_staff(study)
    assert codes(refused) == ["study.only-staff"]
    as_person(study, "Deniz", "role of a newer program")
    assert not any(roles.may(study, right) for right in Right)


def test_that_the_data_officer_reads_the_access_log_and_no_answers(study) -> None:
    people.add(study, "Deniz", "data_officer", "başka bir parola")
    with studies.open_study(study.path, "başka bir parola") as opened:
        assert opened.role == "data_officer"
        assert roles.may(opened, Right.ACCESS_LOG)
        assert not roles.may(opened, Right.REVIEW)


def test_that_the_heads_of_registers_are_read_for_a_wave_and_for_one_interview(answered) -> None:
    acts.take(as_person(answered, "Selin"), interview_id(answered), Step.APPROVE)
    registers = (review_rows.REVIEW, review_rows.STATE)
    of_wave = review_rows.spoken(answered.database, registers, wave_id=answered.wave.wave_id)
    assert [one.register for one in of_wave] == ["#review", "#state"]
    assert of_wave == review_rows.spoken(answered.database, registers, interview_id=interview_id(answered))
