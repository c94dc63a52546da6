"""The list of a day: appointments in their order, plans, refusals that are due, and what could be done besides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kume_desktop.services import field_rules, fieldwork, interviewing, seasons, visits
from kume_desktop.services.day_list import day_list
from kume_desktop.services.field_rules import FieldRules
from kume_desktop.services.seasons import Season
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from kume_desktop.store import writing
from kume_desktop.store.events import SubjectKind
from tests.services.field_studies import acting, ago, now, team

NAMES = ("Aksu", "Boran", "Cevher", "Duru", "Erguvan", "Fidan")


@pytest.fixture
def firms(study: Study) -> dict[str, str]:
    """Six firms of Can, by name."""
    team(study, "Can", "Deniz")
    made = {name: fieldwork.add_firm(study, NewFirm(name, "kimya", "Konak", "20.30", "1-9")) for name in NAMES}
    visits.assign(study, made.values(), "Can")
    return made


def planned(study: Study, interviewer: str = "Can", days: int = 0) -> list[tuple[str, str]]:
    day = now().date() + timedelta(days=days)
    return [(one.name, one.reason) for one in visits.planned(study, day, interviewer)]


def test_that_appointments_come_by_time_then_plans_by_the_part_of_the_day(study: Study, firms: dict[str, str]) -> None:
    today = now().date()
    visits.record(study, firms["Aksu"], "3", at=ago(2), next_at=ago(0, 15))
    visits.record(study, firms["Boran"], "3", at=ago(2), next_at=ago(0, 9))
    visits.record(study, firms["Cevher"], "10", "kapalıydı", at=ago(3))
    visits.plan(study, firms["Cevher"], today, 2)
    visits.plan(study, firms["Duru"], today, 0)
    visits.plan(study, firms["Erguvan"], today + timedelta(days=1))
    assert planned(study) == [
        ("Boran", "appointment"), ("Aksu", "appointment"), ("Duru", "first"), ("Cevher", "retry"),
    ]  # fmt: skip
    assert planned(study, days=1)[-1] == ("Erguvan", "first")
    assert planned(study, "Deniz") == []
    assert len(planned(study, "")) == 4
    told = {one.name: one for one in visits.planned(study, today, "Can")}
    assert told["Cevher"].last_note == "kapalıydı" and told["Cevher"].attempts == 1
    assert (told["Duru"].slot, told["Aksu"].slot, told["Boran"].at) == (0, None, ago(0, 9))


def test_that_what_was_missed_stays_on_the_list_until_somebody_was_there(study: Study, firms: dict[str, str]) -> None:
    visits.record(study, firms["Aksu"], "3", at=ago(5), next_at=ago(2))
    (missed,) = visits.planned(study, now().date(), "Can")
    assert missed.is_overdue and missed.at == ago(2)
    visits.record(study, firms["Aksu"], "10")
    assert planned(study) == []


def test_that_a_call_back_is_a_further_attempt_with_its_hour(study: Study, firms: dict[str, str]) -> None:
    visits.record(study, firms["Aksu"], "10", "öğleden sonra arayın", at=ago(1), next_at=ago(0, 16))
    (found,) = visits.planned(study, now().date(), "Can")
    assert (found.reason, found.at) == ("retry", ago(0, 16))


def test_that_a_refusal_is_on_the_list_of_whom_it_was_given_to(study: Study, firms: dict[str, str]) -> None:
    with acting(study, "Can"):
        visits.record(study, firms["Aksu"], "5", at=ago(4))
    assert planned(study, "Deniz") == []
    visits.ask_conversion(study, firms["Aksu"], "Deniz")
    assert planned(study, "Deniz") == [("Aksu", "conversion")]
    assert planned(study, "Can") == []
    field_rules.save_rules(study, FieldRules(conversion_after_days_soft=9))
    assert planned(study, "Deniz") == [], "not due yet"
    assert planned(study, "Deniz", days=5) == [("Aksu", "conversion")]


def test_that_the_day_proposes_the_longest_untried_and_never_what_is_done(study: Study, firms: dict[str, str]) -> None:
    field_rules.save_rules(study, FieldRules(min_attempts=1, min_days=1, min_dayparts=1))
    for name, days in (("Aksu", 2), ("Boran", 9), ("Cevher", 4)):
        visits.record(study, firms[name], "10", at=ago(days))
    visits.close(study, firms["Cevher"])
    visits.record(study, firms["Duru"], "10")
    visits.record(study, firms["Erguvan"], "6", at=ago(3))
    found = day_list(study, now().date(), "Can")
    assert found.visits == ()
    assert [(one.name, one.reason) for one in found.suggestions] == [
        ("Boran", "retry"), ("Aksu", "retry"), ("Fidan", "first"),
    ]  # fmt: skip
    assert [one.name for one in day_list(study, now().date(), "Can", 1).suggestions] == ["Boran"]


def test_that_a_visit_carries_address_phone_and_the_warning_of_its_season(study: Study, firms: dict[str, str]) -> None:
    with study.act() as act:
        for name, text in (("address", "Atatürk Cad. 1"), ("phone", "0232 000 00 00")):
            writing.set_fact(act, SubjectKind.UNIT, firms["Aksu"], name, text, personal=True)
    seasons.save(study, "kimya", [Season("kimya", frozenset({now().month}), "bakım")])
    visits.plan(study, firms["Aksu"], now().date())
    (found,) = visits.planned(study, now().date(), "Can")
    assert (found.address, found.phone) == ("Atatürk Cad. 1", "0232 000 00 00")
    assert [one.code for one in found.warnings] == ["season.avoid"]


def test_that_open_interviews_of_the_person_stand_beside_the_visits(study: Study, firms: dict[str, str]) -> None:
    with acting(study, "Can"):
        interviewing.open_interview(study, firms["Fidan"], "is_ihtiyac")
    (found,) = day_list(study, now().date(), "Can").open_interviews
    assert (found.unit_id, found.firm, found.instrument_id) == (firms["Fidan"], "Fidan", "is_ihtiyac")
    assert day_list(study, now().date(), "Deniz").open_interviews == ()
