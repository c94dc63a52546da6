"""Contact attempts: written late, corrected, taken back, planned; firms given to people."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kume_desktop.services import fieldwork, interviewing, seasons, visits
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.seasons import Season
from kume_desktop.services.studies import Study
from kume_desktop.services.visits import Correction
from kume_desktop.store import reading
from kume_desktop.store.identity import new_id
from tests.services.field_studies import acting, ago, now, refused, team, unit_of


def test_that_an_attempt_can_be_written_later_with_its_real_time(study: Study) -> None:
    unit = unit_of(study)
    visits.record(study, unit, "10", "kapalı", mode="phone")
    visits.record(study, unit, "3", at=ago(3), next_at=ago(1))
    newest, older = fieldwork.firm(study, unit).visits
    assert (newest.outcome, newest.mode, newest.by, newest.note) == ("10", "phone", "Elif", "kapalı")
    assert older.at == ago(3)
    row = fieldwork.firm_row(study, unit)
    assert (row.visits, row.attempts, row.last_outcome, row.state) == (2, 2, "10", FirmState.NOT_REACHED)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"outcome": "99", "mode": "pigeon"}, ["study.unknown-outcome", "visit.unknown-mode"]),
        ({"outcome": "3"}, ["study.appointment-without-time"]),
        ({"outcome": "10", "at": ago(-1)}, ["visit.in-future"]),
        ({"outcome": "3", "next_at": ago(2)}, ["visit.next-before"]),
        ({"outcome": "10", "is_hard": True}, ["visit.hard-without-refusal"]),
    ],
)
def test_that_an_attempt_that_cannot_be_right_is_refused_and_nothing_stored(
    study: Study, given: dict[str, object], codes: list[str]
) -> None:
    unit = unit_of(study)
    assert refused(visits.record, study, unit, **given) == codes
    assert visits.of_unit(study, unit) == ()


FAR = (now().replace(year=1, month=1, tzinfo=None), now().replace(year=1899), now().replace(year=9999, tzinfo=None))


@pytest.mark.parametrize("far", FAR)
def test_that_a_year_that_nobody_means_is_refused_before_anything_is_worked_out(study: Study, far: datetime) -> None:
    unit = unit_of(study)
    assert refused(visits.record, study, unit, "10", at=far) == ["field.far-day"]
    assert refused(visits.record, study, unit, "3", next_at=far) == ["field.far-day"]
    assert refused(visits.plan, study, unit, far.date()) == ["field.far-day"]
    made = visits.record(study, unit, "10")
    assert refused(visits.correct, study, made.visit_id, Correction(at=far)) == ["field.far-day"]
    assert refused(visits.correct, study, made.visit_id, Correction(next_at=far)) == ["field.far-day"]
    assert len(visits.of_unit(study, unit)) == 1


def test_that_an_appointment_without_a_zone_is_one_of_this_computer(study: Study) -> None:
    unit, at = unit_of(study), ago(-3)
    visits.record(study, unit, "3", next_at=at.replace(tzinfo=None))
    assert fieldwork.firm_row(study, unit).next_at == at


def test_that_nobody_is_asked_to_talk_to_a_firm_that_is_not_there(study: Study) -> None:
    before = reading.lines(study.database)
    assert refused(visits.ask_conversion, study, new_id(), "") == ["study.unit-missing"]
    assert list(reading.lines(study.database)) == list(before)


def test_that_a_correction_names_the_old_entry_and_keeps_who_made_the_attempt(study: Study) -> None:
    unit = unit_of(study)
    with acting(study, "Can"):
        made = visits.record(study, unit, "10", "zil çalmıyor", mode="face")
    visits.correct(study, made.visit_id, Correction(outcome="5", at=ago(2), note="santral"))
    (visit,) = fieldwork.firm(study, unit).visits
    assert (visit.outcome, visit.at, visit.note, visit.by, visit.mode) == ("5", ago(2), "santral", "Can", "face")
    first, second = visits.history(study, made.visit_id)
    assert (first.outcome, first.written_by) == ("10", "Can")
    assert (second.outcome, second.written_by, second.at) == ("5", "Elif", ago(2))
    events = [one for one in reading.events(study.database, made.visit_id) if one.kind == "visit"]
    assert events[1].supersedes == (events[0].event_id,)


def test_that_a_correction_is_checked_as_the_attempt_was(study: Study) -> None:
    made = visits.record(study, unit_of(study), "10")
    assert refused(visits.correct, study, made.visit_id, Correction(outcome="3")) == ["study.appointment-without-time"]
    assert refused(visits.correct, study, made.visit_id, Correction(at=ago(-2))) == ["visit.in-future"]
    assert len(visits.history(study, made.visit_id)) == 1


def test_that_only_who_made_an_attempt_or_staff_corrects_it(study: Study) -> None:
    unit = unit_of(study)
    with acting(study, "Can"):
        made = visits.record(study, unit, "10")
        visits.correct(study, made.visit_id, Correction(mode="phone"))
    with acting(study, "Deniz"):
        assert refused(visits.correct, study, made.visit_id, Correction(outcome="4")) == ["visit.of-other"]
        assert refused(visits.withdraw, study, made.visit_id) == ["visit.of-other"]
        assert refused(visits.withdraw, study, study.record.study_id) == ["visit.unknown"]
    visits.correct(study, made.visit_id, Correction(outcome="4", is_hard=True))
    assert fieldwork.firm(study, unit).visits[0].is_hard


def test_that_an_attempt_taken_back_is_gone_and_comes_back(study: Study) -> None:
    unit = unit_of(study)
    visits.record(study, unit, "10", at=ago(2))
    made = visits.record(study, unit, "4", "ret")
    assert fieldwork.firm_row(study, unit).state is FirmState.NOT_INTERVIEWED
    visits.withdraw(study, made.visit_id)
    assert fieldwork.firm_row(study, unit).state is FirmState.NOT_REACHED
    assert fieldwork.firm_row(study, unit).visits == 1
    visits.restore(study, made.visit_id)
    assert fieldwork.firm_row(study, unit).state is FirmState.NOT_INTERVIEWED
    assert fieldwork.firm(study, unit).visits[0].note == "ret"


def test_that_a_planned_visit_stands_until_somebody_was_there(study: Study) -> None:
    unit, today = unit_of(study), now().date()
    assert visits.plan(study, unit, today, 1) == ()
    assert (fieldwork.firm_row(study, unit).plan_day, fieldwork.firm_row(study, unit).plan_slot) == (
        today.isoformat(), "1",
    )  # fmt: skip
    visits.record(study, unit, "10", at=ago(1))
    assert fieldwork.firm_row(study, unit).plan_day == today.isoformat(), "that attempt was before"
    visits.record(study, unit, "10")
    assert fieldwork.firm_row(study, unit).plan_day == ""
    visits.plan(study, unit, today + timedelta(days=2))
    visits.plan(study, unit, None)
    assert fieldwork.firm_row(study, unit).plan_day == ""
    codes = refused(visits.plan, study, unit, today - timedelta(days=1), 7)
    assert codes == ["visit.plan-over", "visit.unknown-part"]


def test_that_a_visit_inside_a_month_to_avoid_is_stored_with_a_warning(study: Study) -> None:
    unit, today = unit_of(study), now().date()
    seasons.save(study, "kimya", [Season("kimya", frozenset({today.month}), "hasat")])
    (told,) = visits.plan(study, unit, today)
    assert (told.code, told.params["note"], told.is_error) == ("season.avoid", "hasat", False)
    made = visits.record(study, unit, "10")
    assert [one.code for one in made.told] == ["season.avoid"]
    assert fieldwork.firm_row(study, unit).season == "avoid"
    assert fieldwork.firm_row(study, unit_of(study, "lojistik")).season == ""


def test_that_firms_are_given_to_people_several_at_once_and_taken_back(study: Study) -> None:
    team(study, "Can", "Deniz")
    units = [unit_of(study, area) for area in ("kimya", "lojistik")]
    assert visits.assign(study, units, "Can") == dict.fromkeys(units, "")
    assert {fieldwork.firm_row(study, unit).interviewer for unit in units} == {"Can"}
    assert fieldwork.firm_row(study, units[0]).state is FirmState.WAITING
    before = visits.assign(study, units[:1], "Deniz")
    assert before == {units[0]: "Can"}
    assert visits.assign(study, units[:1], "Deniz") == {}, "nothing changed hands"
    visits.assign_each(study, before)
    assert fieldwork.firm_row(study, units[0]).interviewer == "Can"
    visits.assign(study, units, "")
    assert fieldwork.firm_row(study, units[0]).state is FirmState.UNASSIGNED


def test_that_firms_are_given_by_staff_and_to_people_of_the_wave_alone(study: Study) -> None:
    unit = unit_of(study)
    assert refused(visits.assign, study, [unit], "Kimse") == ["field.unknown-person"]
    unknown = study.record.study_id
    assert refused(visits.assign, study, [unknown], "Elif") == ["study.unit-missing"]
    with acting(study, "Elif"):
        assert refused(visits.assign, study, [unit], "Elif") == ["study.only-staff"]
    assert fieldwork.firm_row(study, unit).interviewer == ""


def test_that_a_refusal_is_asked_again_by_another_person_alone(study: Study) -> None:
    team(study, "Can", "Deniz")
    unit = unit_of(study)
    assert refused(visits.ask_conversion, study, unit, "Deniz") == ["field.no-conversion"]
    with acting(study, "Can"):
        visits.record(study, unit, "5", at=ago(5))
    assert refused(visits.ask_conversion, study, unit, "Can") == ["field.same-person"]
    assert refused(visits.ask_conversion, study, unit, "Kimse") == ["field.unknown-person"]
    visits.ask_conversion(study, unit, "Deniz")
    assert fieldwork.firm_row(study, unit).conversion == "Deniz"
    with acting(study, "Can"):
        assert refused(visits.ask_conversion, study, unit, "Deniz") == ["study.only-staff"]
        told = visits.record(study, unit, "10").told
    assert [one.code for one in told] == ["visit.same-person"], "stored, with a warning"
    visits.ask_conversion(study, unit, "")
    assert fieldwork.firm_row(study, unit).conversion == ""


def test_that_who_begins_an_interview_after_an_attempt_is_in_progress(study: Study) -> None:
    unit = unit_of(study)
    visits.record(study, unit, "10")
    interviewing.open_interview(study, unit, "is_ihtiyac")
    assert fieldwork.firm_row(study, unit).state is FirmState.IN_PROGRESS
    assert [one.code for one in fieldwork.firm(study, unit).closing] == ["field.has-interview"]
