"""The field as a service: firms, visits, states, and the line after a crash."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, interviewing, sittings
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm


def state(study: Study, unit_id: str) -> FirmState:
    return fieldwork.firm_row(study, unit_id).state


def test_that_firms_stand_in_turkish_alphabetical_order(study: Study) -> None:
    for name in ("Zümrüt", "Çınar", "Cihan", "İnci", "Irmak"):
        fieldwork.add_firm(study, NewFirm(name, "kimya", "Konak"))
    names = [row.name for row in fieldwork.firms(study)]
    assert names == ["Cihan", "Çınar", "Iğdır Nakliyat", "Irmak", "İnci", "Şişli Kimya", "Zümrüt"]


def test_that_a_new_firm_gets_the_next_free_code(study: Study) -> None:
    first = fieldwork.add_firm(study, NewFirm("Bir", "kimya", "Konak"))
    second = fieldwork.add_firm(study, NewFirm("İki", "kimya", "Konak"))
    codes = [fieldwork.firm_row(study, unit_id).code for unit_id in (first, second)]
    assert codes == ["F0003", "F0004"]


@pytest.mark.parametrize(
    ("firm", "code"),
    [
        (NewFirm(" ", "kimya", "Konak"), "study.firm-no-name"),
        (NewFirm("Yeni", "yok", "Konak"), "study.unknown-area"),
        (NewFirm("ŞİŞLİ KİMYA", "kimya", "KEMALPAŞA"), "study.firm-exists"),
    ],
)
def test_that_a_firm_that_cannot_be_right_is_refused(study: Study, firm: NewFirm, code: str) -> None:
    with pytest.raises(Refused) as call:
        fieldwork.add_firm(study, firm)
    assert call.value.problems[0].code == code
    assert len(fieldwork.firms(study)) == 2


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("10", FirmState.NOT_REACHED),
        ("4", FirmState.NOT_INTERVIEWED),
        ("7", FirmState.NOT_INTERVIEWED),
        ("2", FirmState.WAITING),
    ],
)
def test_that_the_last_visit_decides_the_state_of_a_firm_without_interview(
    study: Study, outcome: str, expected: FirmState
) -> None:
    unit_id = fieldwork.firms(study)[0].unit_id
    assert state(study, unit_id) is FirmState.UNASSIGNED
    fieldwork.record_visit(study, unit_id, outcome, "santral")
    assert state(study, unit_id) is expected
    assert fieldwork.firm(study, unit_id).visits[0].note == "santral"


def test_that_an_appointment_is_due_until_the_interview_begins(study: Study) -> None:
    unit_id = fieldwork.firms(study)[0].unit_id
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    fieldwork.record_visit(study, unit_id, "3", next_at=tomorrow)
    assert state(study, unit_id) is FirmState.APPOINTED
    assert [one.unit_id for one in fieldwork.start_view(study).appointments] == [unit_id]
    interviewing.open_interview(study, unit_id, "is_ihtiyac")
    assert state(study, unit_id) is FirmState.IN_PROGRESS
    assert fieldwork.start_view(study).appointments == ()


@pytest.mark.parametrize(
    ("outcome", "code"), [("99", "study.unknown-outcome"), ("3", "study.appointment-without-time")]
)
def test_that_a_visit_that_cannot_be_right_is_refused(study: Study, outcome: str, code: str) -> None:
    unit_id = fieldwork.firms(study)[0].unit_id
    with pytest.raises(Refused) as call:
        fieldwork.record_visit(study, unit_id, outcome)
    assert call.value.problems[0].code == code
    assert fieldwork.firm(study, unit_id).visits == ()


def test_that_the_start_page_leads_back_to_the_question_that_was_left(study: Study) -> None:
    assert fieldwork.start_view(study).resume is None
    unit_id = fieldwork.firms(study)[0].unit_id
    session = interviewing.open_interview(study, unit_id, "is_ihtiyac")
    session.answer(session.interview.path_of("gorusme_bicimi"), "2")
    resume = fieldwork.start_view(study).resume
    assert resume is not None
    assert (resume.unit_id, resume.card.instrument_id, resume.card.answered) == (unit_id, "is_ihtiyac", 3), (
        "code, firm, answer"
    )
    assert (resume.card.last_section, resume.card.last_question) == ("1", "1.3")


def test_that_the_start_page_says_when_the_window_was_not_closed(study: Study) -> None:
    sittings.begin()
    assert not fieldwork.start_view(study).unclean_exit
    sittings.begin()
    assert fieldwork.start_view(study).unclean_exit
    sittings.end()
    sittings.begin()
    assert not fieldwork.start_view(study).unclean_exit
    sittings.end()
