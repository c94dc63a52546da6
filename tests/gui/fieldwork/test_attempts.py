"""Writing attempts, appointments and plans by keys; correcting and taking back; wrong input at its field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from kume_desktop import texts
from kume_desktop.gui.fieldwork.moments import read_clock, read_day, read_moment
from kume_desktop.gui.routes import DayPlanRoute, FieldRoute, PlanVisitRoute, VisitRoute
from kume_desktop.services import field_rules, fieldwork, visits
from kume_desktop.services.firm_state import FirmState
from tests.gui.fieldwork.conftest import INTERVIEWER, STAFF
from tests.gui.fieldwork.hands import choose, notes, words
from tests.gui.shell.stage import press, shown_window, type_text

NOWHERE = str(UUID(int=0))
MONDAY = date(2026, 11, 23)


def unit_of(desk, name: str) -> str:
    return next(firm.unit_id for firm in desk.firms() if firm.name == name)


def test_that_an_attempt_is_two_keys_and_a_save(staff, qtbot):
    with shown_window(staff, FieldRoute()) as window:
        firm = window.page.firms.selected()
        press(window, "Z")
        assert window.route.unit_id == firm.unit_id
        press(window, "1")
        type_text(window.page.note, "santral: yarın arayın")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: window.route == FieldRoute(firm.unit_id))
        row = fieldwork.firm_row(staff.study, firm.unit_id)
        assert (row.state, row.attempts) == (FirmState.NOT_REACHED, 1)
        qtbot.waitUntil(lambda: "Ulaşılamadı" in words(window.page.panel))
        assert any("santral: yarın arayın" in line for line in words(window.page.panel))
        assert window.frame.bar.state.words.startswith("Kaydedildi ")


def test_that_a_second_press_stores_no_second_attempt(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, VisitRoute(unit_id)) as window:
        page = window.page
        page.choose("10")
        page.save()
        page.save()
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        assert fieldwork.firm_row(staff.study, unit_id).attempts == 1


def test_that_an_attempt_can_be_taken_back_by_the_toast(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, VisitRoute(unit_id)) as window:
        press(window, "1")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        window.frame.toast.take_back()
        assert fieldwork.firm_row(staff.study, unit_id).attempts == 0
        assert window.page.firms.selected().attempts == 0


def test_that_an_earlier_attempt_keeps_its_time_and_its_way(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, VisitRoute(unit_id)) as window:
        press(window, "1")
        window.page.mode.choose("phone")
        type_text(window.page.when_day, "dün")
        type_text(window.page.when_clock, "1415")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        visit = fieldwork.firm(staff.study, unit_id).visits[0]
        wanted = datetime.now().astimezone().date() - timedelta(days=1)
        at = visit.at.astimezone()
        assert (at.date(), at.hour, at.minute, visit.mode) == (wanted, 14, 15, "phone")


def test_that_an_appointment_needs_its_day(staff, qtbot):
    with shown_window(staff, FieldRoute()) as window:
        unit_id = window.page.firms.selected().unit_id
        press(window, "R")
        assert window.page.day.hasFocus()
        press(window, "Ctrl+Return")
        assert len(notes(window.page)) == 1
        assert window.page.day.property("refused")
        type_text(window.page.day, "31.02.2026")
        press(window, "Ctrl+Return")
        assert notes(window.page) == ["“31.02.2026” bir tarih değil. 23.11.2026 biçiminde yazın."]
        window.page.day.setText("24.11.2030")
        window.page.clock.setText("14.30")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        visit = fieldwork.firm(staff.study, unit_id).visits[0]
        assert visit.next_at.astimezone().replace(tzinfo=None) == datetime(2030, 11, 24, 14, 30)  # noqa: DTZ001
        assert fieldwork.firm_row(staff.study, unit_id).state is FirmState.APPOINTED


def test_that_choosing_an_appointment_leads_to_its_day(staff):
    with shown_window(staff, VisitRoute(unit_of(staff, "Zeytinli Boya"))) as window:
        press(window, "2")
        assert window.page.outcome.current == "3"
        assert window.page.day.hasFocus()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "“Sonuç” boş. Doldurun."),
        ({"when_clock": "25:00"}, "“25:00” bir saat değil. 14:30 biçiminde yazın."),
        ({"when_day": "olmaz"}, "“olmaz” bir tarih değil. 23.11.2026 biçiminde yazın."),
        ({"clock": "öğlen"}, "“öğlen” bir saat değil. 14:30 biçiminde yazın."),
    ],
)
def test_that_wrong_input_is_told_at_its_field_and_stores_nothing(staff, typed, said):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, VisitRoute(unit_id)) as window:
        if typed:
            press(window, "1")
        for name, text in typed.items():
            getattr(window.page, name).setText(text)
        press(window, "Ctrl+Return")
        assert said in notes(window.page)
        assert all(getattr(window.page, name).property("refused") for name in typed)
        assert fieldwork.firm_row(staff.study, unit_id).visits == 0


def test_that_an_attempt_to_come_is_refused(staff):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, VisitRoute(unit_id)) as window:
        press(window, "1")
        window.page.when_day.setText("1.1.2090")
        press(window, "Ctrl+Return")
        assert len(notes(window.page)) == 1
        assert window.page.when_day.property("refused")
        assert fieldwork.firm_row(staff.study, unit_id).visits == 0


def test_that_a_refusal_for_good_is_asked_for_only_with_a_refusal(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, VisitRoute(unit_id)) as window:
        assert not window.page.hard.isVisible()
        press(window, "5")
        assert window.page.outcome.current == "4"
        qtbot.waitUntil(window.page.hard.isVisible)
        window.page.hard.click()
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        assert fieldwork.firm(staff.study, unit_id).visits[0].is_hard


def test_that_the_last_attempt_is_corrected_by_a_key(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    visits.record(staff.study, unit_id, "10", "yanlış")
    staff.tell_changed()
    with shown_window(staff, FieldRoute(unit_id)) as window:
        press(window, "D")
        assert window.page.outcome.current == "10"
        assert window.page.note.toPlainText() == "yanlış"
        window.page.choose("11")
        window.page.note.show_text("yetkili izinde")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        (visit,) = fieldwork.firm(staff.study, unit_id).visits
        assert (visit.outcome, visit.note) == ("11", "yetkili izinde")


def test_that_an_attempt_that_never_happened_is_taken_back(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    visits.record(staff.study, unit_id, "10")
    staff.tell_changed()
    with shown_window(staff, FieldRoute(unit_id)) as window:
        press(window, "D")
        press(window, "Ctrl+Delete")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        assert fieldwork.firm(staff.study, unit_id).visits == ()
        window.frame.toast.take_back()
        assert len(fieldwork.firm(staff.study, unit_id).visits) == 1


def test_that_a_correction_of_somebody_else_is_refused_in_words(desk_of):
    staff, interviewer = desk_of(STAFF), desk_of(INTERVIEWER)
    unit_id = unit_of(staff, "Zeytinli Boya")
    visits.record(staff.study, unit_id, "10")
    visit_id = fieldwork.firm(interviewer.study, unit_id).visits[0].visit_id
    with shown_window(interviewer, VisitRoute(unit_id, visit_id=visit_id)) as window:
        press(window, "Ctrl+Return")
        assert len(notes(window.page)) == 1
        assert STAFF in notes(window.page)[0]


def test_that_what_is_typed_survives_a_rebuild_of_the_page(staff):
    with shown_window(staff, VisitRoute(unit_of(staff, "Zeytinli Boya"))) as window:
        press(window, "5")
        type_text(window.page.note, "müdür tatilde")
        window._rebuild(window.route, window.frame.saved)
        assert window.page.outcome.current == "4"
        assert window.page.note.toPlainText() == "müdür tatilde"


def test_that_a_visit_is_planned_for_a_typed_day_and_taken_back(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, FieldRoute(unit_id)) as window:
        press(window, "P")
        assert isinstance(window.route, PlanVisitRoute)
        type_text(window.page.day, "yarın")
        window.page.slot.choose("1")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        row = fieldwork.firm_row(staff.study, unit_id)
        tomorrow = datetime.now().astimezone().date() + timedelta(days=1)
        assert (row.plan_day, row.plan_slot) == (tomorrow.isoformat(), "1")
        press(window, "P")
        press(window, "Ctrl+Delete")
        qtbot.waitUntil(lambda: isinstance(window.route, FieldRoute))
        assert fieldwork.firm_row(staff.study, unit_id).plan_day == ""


@pytest.mark.parametrize("text", ["", "dün gibi", "1.1.2001"])
def test_that_a_day_one_cannot_plan_for_is_refused_at_the_field(staff, text):
    with shown_window(staff, PlanVisitRoute(unit_of(staff, "Zeytinli Boya"))) as window:
        window.page.day.setText(text)
        press(window, "Ctrl+Return")
        assert len(notes(window.page)) == 1
        assert window.page.day.property("refused")


def test_that_a_firm_is_not_closed_while_the_rules_do_not_hold(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    with shown_window(staff, FieldRoute(unit_id)) as window:
        qtbot.waitUntil(lambda: "Zeytinli Boya" in words(window.page.panel))
        press(window, "K")
        wanted = [texts.say(one) for one in field_rules.may_close(staff.study, unit_id)]
        assert notes(window.page.panel) == wanted
        assert not fieldwork.firm_row(staff.study, unit_id).is_closed


def test_that_a_firm_that_was_tried_enough_is_closed_and_opened_by_a_key(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    now = datetime.now(UTC).astimezone()
    for days, hour in ((9, 9), (8, 14), (7, 18), (6, 10), (5, 15)):
        at = (now - timedelta(days=days)).replace(hour=hour, minute=0)
        visits.record(staff.study, unit_id, "10", at=at)
    staff.tell_changed()
    with shown_window(staff, FieldRoute(unit_id)) as window:
        press(window, "K")
        assert fieldwork.firm_row(staff.study, unit_id).is_closed
        press(window, "K")
        assert not fieldwork.firm_row(staff.study, unit_id).is_closed


def test_that_another_person_is_asked_after_a_refusal(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    visits.record(staff.study, unit_id, "4")
    staff.tell_changed()
    with shown_window(staff, FieldRoute(unit_id)) as window:
        qtbot.waitUntil(lambda: "Retten sonra kim" in words(window.page.panel))
        press(window, "C")
        choose(INTERVIEWER)
        assert fieldwork.firm_row(staff.study, unit_id).conversion == INTERVIEWER
        assert window.page.firms.table.hasFocus()


def test_that_an_attempt_from_the_plan_leads_back_to_its_day(staff, qtbot):
    unit_id = unit_of(staff, "Zeytinli Boya")
    today = datetime.now().astimezone().date()
    visits.plan(staff.study, unit_id, today)
    with shown_window(staff, DayPlanRoute()) as window:
        press(window, "Z")
        assert window.route.unit_id == unit_id
        press(window, "1")
        press(window, "Ctrl+Return")
        qtbot.waitUntil(lambda: isinstance(window.route, DayPlanRoute))
        assert window.route.day == today.isoformat()


@pytest.mark.parametrize(
    ("text", "ahead", "wanted"),
    [
        ("pazartesi", True, "2026-11-23"),
        ("paz", True, "2026-11-29"),
        ("sal", True, "2026-11-24"),
        ("cuma", False, "2026-11-20"),
        ("friday", True, "2026-11-27"),
        ("24.11", True, "2026-11-24"),
        ("24.11", False, "2025-11-24"),
        ("1 mart", True, "2027-03-01"),
        ("2030-11-24", True, "2030-11-24"),
        ("-2", False, "2026-11-21"),
        ("30 şubat", True, None),
        ("yarin degil", True, None),
        ("24.13.2030", True, None),
    ],
)
def test_that_days_are_read_as_people_write_them(text, ahead, wanted):
    found = read_day(text, MONDAY, ahead=ahead)
    assert (found.isoformat() if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("9", "09:00"), ("930", "09:30"), ("14.30", "14:30"), ("24:00", None), ("x", None)]
)
def test_that_times_are_read_as_people_write_them(text, wanted):
    found = read_clock(text)
    assert (f"{found:%H:%M}" if found else None) == wanted


@pytest.mark.parametrize(
    ("day", "clock", "codes"),
    [
        ("", "", []),
        ("24.11.2030", "", []),
        ("", "14:30", []),
        ("31.2.2026", "25:00", ["window.bad-date", "window.bad-time"]),
    ],
)
def test_that_a_day_and_a_time_make_a_moment(day, clock, codes):
    moment, problems = read_moment(day, clock, datetime(2026, 11, 23, 9, 0).astimezone())
    assert [problem.code for problem in problems] == codes
    assert (moment is not None) == bool((day or clock) and not codes)


@pytest.mark.parametrize("route", [VisitRoute(""), PlanVisitRoute(NOWHERE)])
def test_that_a_firm_that_is_not_there_is_told_and_nothing_can_be_stored(staff, route):
    with shown_window(staff, route) as window:
        assert len(notes(window.page)) == 1
        press(window, "Ctrl+Return")
        assert isinstance(window.route, type(route))
