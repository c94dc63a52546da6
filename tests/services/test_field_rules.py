"""The rules of fieldwork: when a firm may be closed, what is due next, and who asks again after a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.inputs import Disposition
from kume_desktop.services import field_rates, field_rules, fieldwork, interviewing, visits
from kume_desktop.services.field_rules import FieldRules
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.studies import Study
from kume_desktop.store import frames_study, rebuild, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.records import VisitRecord
from tests.services.field_studies import acting, ago, refused, team, unit_of
from tests.store.laptops import projection

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC).astimezone()


def attempt(outcome: str, days: int, hour: int = 9, **more: object) -> VisitRecord:
    at = (NOW - timedelta(days=days)).replace(hour=hour, minute=0)
    values = {"mode": "", "by": "Can", "next_at": None, "is_hard": False, **more}
    return VisitRecord(
        f"{days:03}-{hour:02}", "u", "w", at, outcome, values["next_at"], "", values["by"], values["mode"],
        values["is_hard"],
    )  # fmt: skip


ATTEMPTS = st.lists(
    st.builds(
        attempt,
        st.sampled_from(["10", "11", "2", "3", "1", "4", "7"]),
        st.integers(1, 6),
        st.integers(0, 23),
        mode=st.sampled_from(["", "phone", "letter"]),
    ),
    max_size=9,
)
RULES = st.builds(
    FieldRules,
    min_attempts=st.integers(1, 6),
    min_days=st.integers(1, 4),
    min_dayparts=st.integers(1, 3),
    daypart_starts=st.sampled_from([(0,), (0, 12), (0, 12, 17)]),
)


@given(RULES, ATTEMPTS)
def test_that_a_firm_may_be_closed_exactly_where_the_rules_hold(rules: FieldRules, tried: list[VisitRecord]) -> None:
    counted = [one for one in tried if one.outcome != "1" and one.mode != "letter"]
    days = {one.at.date() for one in counted}
    parts = {max(place for place, start in enumerate(rules.daypart_starts) if one.at.hour >= start) for one in counted}
    last = max(tried, key=lambda one: (one.at, one.visit_id), default=None)
    holds = (
        len(counted) >= rules.min_attempts
        and len(days) >= rules.min_days
        and len(parts) >= rules.min_dayparts
        and (last is None or last.outcome not in {"4", "5", "6", "7", "8", "9"})
    )
    assert (field_rules.closing(rules, tried, NOW) == ()) == holds


@given(RULES, ATTEMPTS, st.randoms())
def test_that_the_order_of_writing_decides_nothing(rules: FieldRules, tried: list[VisitRecord], chance: object) -> None:
    shuffled = list({one.visit_id: one for one in tried}.values())
    told = field_rules.closing(rules, shuffled, NOW), field_rules.advise(rules, shuffled, NOW)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert (field_rules.closing(rules, shuffled, NOW), field_rules.advise(rules, shuffled, NOW)) == told


@given(ATTEMPTS, st.integers(0, 23))
def test_that_one_more_attempt_never_takes_away_what_was_reached(tried: list[VisitRecord], hour: int) -> None:
    rules = FieldRules()
    before = {one.code for one in field_rules.lacking(rules, tried)}
    assert {one.code for one in field_rules.lacking(rules, [*tried, attempt("10", 0, hour)])} <= before


@given(RULES, ATTEMPTS)
def test_that_there_is_advice_wherever_work_is_left(rules: FieldRules, tried: list[VisitRecord]) -> None:
    told = field_rules.advise(rules, tried, NOW)
    last = field_rules.last_of(tried)
    assert bool(told) == (last is None or last.outcome not in field_rules.FINAL)
    assert not any(one.is_error for one in told)
    closable = field_rules.closing(rules, tried, NOW) == ()
    assert closable == ("advice.may-close" in {one.code for one in told})


def test_that_advice_says_what_is_missing() -> None:
    rules = FieldRules()
    same_morning = [attempt("10", day, 9) for day in (1, 1, 2)]
    told = {one.code: dict(one.params) for one in field_rules.advise(rules, same_morning, NOW)}
    assert told["advice.try-again"] == {"attempts": 3, "least": 5, "next": 4}
    assert told["advice.other-day"] == {"days": 2, "least": 3}
    assert told["advice.other-part"] == {"parts": 1, "least": 2}
    ahead = [*same_morning, attempt("3", 0, 8, next_at=NOW + timedelta(days=1))]
    assert [one.code for one in field_rules.advise(rules, ahead, NOW)] == ["advice.appointment"]


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        ([attempt("4", 3)], "advice.conversion-later"),
        ([attempt("4", 15)], "advice.conversion"),
        ([attempt("5", 4)], "advice.conversion"),
        ([attempt("5", 2)], "advice.conversion-later"),
        ([attempt("4", 30, is_hard=True)], "advice.never-again"),
        ([attempt("4", 30), attempt("4", 10, by="Deniz")], "advice.refused"),
    ],
)
def test_that_refusals_are_told_apart(tried: list[VisitRecord], code: str) -> None:
    assert [one.code for one in field_rules.advise(FieldRules(), tried, NOW)] == [code]


def test_that_a_refusal_converts_only_once_softly_and_not_by_a_letter() -> None:
    found = field_rules.conversion(FieldRules(), "u", "Akın", [attempt("5", 4), attempt("10", 9)])
    assert found is not None and found.refused == ("Can",)
    assert found.due == (NOW - timedelta(days=1)).date()
    assert field_rules.conversion(FieldRules(), "u", "", [attempt("5", 4), attempt("10", 1)]) is None
    assert field_rules.conversion(FieldRules(conversions=0), "u", "", [attempt("5", 4)]) is None


def test_that_rules_are_kept_and_impossible_ones_refused_all_at_once(study: Study) -> None:
    assert field_rules.rules(study) == FieldRules()
    wanted = FieldRules(min_attempts=3, min_days=2, daypart_starts=(0, 11, 15, 18), conversion_by_other=False)
    field_rules.save_rules(study, wanted)
    assert field_rules.rules(study) == wanted
    wrong = replace(wanted, min_attempts=0, min_days=9, daypart_starts=(8, 8), conversion_after_days=-1)
    assert refused(field_rules.save_rules, study, wrong) == [
        "field.rule-attempts", "field.rule-days", "field.rule-dayparts", "field.rule-conversion",
    ]  # fmt: skip
    assert refused(field_rules.save_rules, study, replace(wanted, min_dayparts=5)) == ["field.rule-parts"]
    with acting(study, "Can"):
        assert refused(field_rules.save_rules, study, FieldRules()) == ["study.only-staff"]
    assert field_rules.rules(study) == wanted


def test_that_a_firm_is_closed_by_an_act_only_once_it_was_tried_enough(study: Study) -> None:
    unit = unit_of(study)
    for days, hour in ((9, 9), (8, 9), (7, 14), (6, 18)):
        visits.record(study, unit, "10", at=ago(days, hour))
    assert refused(visits.close, study, unit) == ["field.few-attempts"]
    visits.record(study, unit, "11", at=ago(5))
    assert field_rules.may_close(study, unit) == ()
    field_rules.close(study, unit)
    row = fieldwork.firm_row(study, unit)
    assert (row.state, row.is_closed) == (FirmState.NOT_REACHED, True)
    assert [one.code for one in fieldwork.firm(study, unit).advice] == ["advice.closed"]
    assert refused(visits.close, study, unit) == ["field.closed-already"]
    visits.reopen(study, unit)
    assert not fieldwork.firm_row(study, unit).is_closed
    assert refused(visits.reopen, study, unit) == ["field.not-closed"]


def ended(study: Study, unit: str) -> None:
    """The form of a firm is completed without an interview: its outcome stands in a visit."""
    session = interviewing.open_interview(study, unit, "is_ihtiyac")
    with study.act() as act:
        writing.complete_interview(act, session.interview_id, session.record.version_id)


def test_that_a_firm_whose_form_was_completed_as_not_reached_is_closed_like_any_other(study: Study) -> None:
    unit = unit_of(study)
    for days, hour in ((9, 9), (8, 13), (7, 18), (6, 9), (5, 13)):
        visits.record(study, unit, "10", at=ago(days, hour))
    session = interviewing.open_interview(study, unit, "is_ihtiyac")
    assert refused(visits.close, study, unit) == ["field.has-interview"]
    with study.act() as act:
        outcome, version = session.interview.path_of("sonuc"), session.record.version_id
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, session.interview_id, outcome, "10", version)
        writing.complete_interview(act, session.interview_id, version)
    tally = field_rates.field_rates(study)[-1].tally
    assert (tally.tried, tally.not_reached) == (1, 0)
    assert study_disposition(study, unit) is Disposition.PENDING
    visits.close(study, unit)
    assert fieldwork.firm_row(study, unit).is_closed
    tally = field_rates.field_rates(study)[-1].tally
    assert (tally.tried, tally.not_reached) == (0, 1)
    assert study_disposition(study, unit) is Disposition.NOT_REACHED


def study_disposition(study: Study, unit: str) -> Disposition:
    found = frames_study.firms(study.database, study.wave.wave_id)
    return found.disposition[found.ids.index(unit)]


def test_that_a_refusal_that_stands_in_a_completed_form_is_asked_again_too(study: Study) -> None:
    team(study, "Can")
    unit = unit_of(study)
    ended(study, unit)
    visits.record(study, unit, "4", at=ago(20))
    assert [one.unit_id for one in field_rules.needs_conversion(study)] == [unit]


def test_that_a_visit_opens_a_closed_firm_again(study: Study) -> None:
    unit = unit_of(study)
    field_rules.save_rules(study, FieldRules(min_attempts=1, min_days=1, min_dayparts=1))
    visits.record(study, unit, "10", at=ago(1))
    visits.close(study, unit)
    visits.record(study, unit, "3", next_at=ago(-2))
    row = fieldwork.firm_row(study, unit)
    assert (row.state, row.is_closed) == (FirmState.APPOINTED, False)
    assert refused(visits.close, study, unit) == ["field.appointment-ahead"]


def test_that_refusals_due_are_listed_with_whom_they_wait_for(study: Study) -> None:
    team(study, "Can", "Deniz")
    unit, other = unit_of(study), unit_of(study, "lojistik")
    with acting(study, "Can"):
        visits.record(study, unit, "4", at=ago(20))
        visits.record(study, other, "5", at=ago(5))
    assert [one.unit_id for one in field_rules.needs_conversion(study)] == [unit, other], "the one due first"
    visits.ask_conversion(study, other, "Deniz")
    found = {one.unit_id: one for one in field_rules.needs_conversion(study)}
    assert (found[other].asked, found[other].refused, found[unit].asked) == ("Deniz", ("Can",), "")
    visits.record(study, other, "10")
    assert [one.unit_id for one in field_rules.needs_conversion(study)] == [unit]


ACTS = st.lists(
    st.tuples(st.sampled_from(["10", "3", "4", "11", "close", "reopen", "plan", "assign"]), st.integers(0, 23)),
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(ACTS)
def test_that_acts_in_any_order_leave_states_and_rows_that_follow_from_the_log(
    shared_study: Study, acts: list[tuple[str, int]]
) -> None:
    study = shared_study
    unit = fieldwork.firms(study)[0].unit_id
    for act, hour in acts:
        _carry_out(study, unit, act, hour)
        row, held = fieldwork.firm_row(study, unit), visits.of_unit(study, unit)
        assert row in fieldwork.firms(study), "a row read by itself is the row of the list"
        assert row.visits == len(held) and row.is_closed == ("field.closed-already" in _codes(study, unit))
        assert not row.is_closed or row.state in {FirmState.NOT_REACHED, FirmState.NOT_INTERVIEWED}
        last = field_rules.last_of(held)
        assert row.last_outcome == (last.outcome if last else "")
    before = projection(study.database)
    rebuild.rebuild(study.database)
    assert projection(study.database) == before


def _codes(study: Study, unit: str) -> list[str]:
    return [one.code for one in field_rules.may_close(study, unit)]


def _carry_out(study: Study, unit: str, act: str, hour: int) -> None:
    closable, closed = field_rules.may_close(study, unit) == (), fieldwork.firm_row(study, unit).is_closed
    match act:
        case "close":
            assert closable == (not _refuses(visits.close, study, unit))
        case "reopen":
            assert closed == (not _refuses(visits.reopen, study, unit))
        case "plan":
            visits.plan(study, unit, ago(-1).date(), hour % 3)
        case "assign":
            visits.assign(study, [unit], "Elif" if hour % 2 else "")
        case outcome:
            visits.record(study, unit, outcome, at=ago(1 + hour % 5, hour), next_at=ago(0) if outcome == "3" else None)


def _refuses(call: object, *given_: object) -> bool:
    from kume_desktop.problems import Refused

    try:
        call(*given_)  # type: ignore[operator]
    except Refused:
        return True
    return False


@pytest.fixture(scope="module")
def shared_study(empty_template, tmp_path_factory) -> Study:  # type: ignore[no-untyped-def]
    """One study that every example goes on with."""
    from kume_desktop.services import studies
    from tests.studies import PASSPHRASE, copied

    with studies.open_study(copied(empty_template, tmp_path_factory.mktemp("rules")), PASSPHRASE) as opened:
        field_rules.save_rules(opened, FieldRules(min_attempts=2, min_days=2, min_dayparts=1))
        yield opened
