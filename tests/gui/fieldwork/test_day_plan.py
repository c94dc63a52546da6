"""The plan of a day: who is due, other days, other people, and the list of a large study from the companion."""

from __future__ import annotations

from datetime import datetime, timedelta

from kume_desktop.gui import held_firms
from kume_desktop.gui.components.list_row import ListRow
from kume_desktop.gui.fieldwork import day_plan
from kume_desktop.gui.routes import DayPlanRoute, FieldRoute
from kume_desktop.services import field_answers, visits
from kume_desktop.services.day_list import day_list
from tests.gui.fieldwork.conftest import INTERVIEWER
from tests.gui.fieldwork.hands import words
from tests.gui.fieldwork.test_attempts import unit_of
from tests.gui.shell.stage import press, shown_window

LONG_MS = 60_000


def rows(window) -> list[str]:
    return [row.accessibleName() for row in window.page.findChildren(ListRow) if row.isVisible()]


def today():
    return datetime.now().astimezone().date()


def test_that_an_appointment_stands_on_its_day_with_its_time(staff):
    at = (datetime.now().astimezone() + timedelta(days=1)).replace(hour=9, minute=30)
    visits.record(staff.study, unit_of(staff, "Zeytinli Boya"), "3", "arka kapı", next_at=at)
    with shown_window(staff, DayPlanRoute()) as window:
        assert not any("Zeytinli" in row for row in rows(window))
        press(window, "Right")
        assert rows(window)[0].startswith("09:30, Zeytinli Boya")
        assert window.route.day == (today() + timedelta(days=1)).isoformat()
        press(window, "T")
        assert window.route.day == today().isoformat()


def test_that_an_interviewer_sees_their_own_day_alone(interviewer, desk_of):
    from tests.gui.fieldwork.conftest import STAFF

    staff = desk_of(STAFF)
    for name in ("Zeytinli Boya", "Çınaraltı Kimya"):
        visits.plan(staff.study, unit_of(staff, name), today())
    with shown_window(interviewer, DayPlanRoute()) as window:
        found = [row for row in rows(window) if "Zeytinli" in row or "Çınaraltı" in row]
        assert len(found) == 1
        assert "Zeytinli Boya" in found[0]
        assert not hasattr(window.page, "whose")


def test_that_enter_on_a_row_shows_the_firm(staff):
    unit_id = unit_of(staff, "Zeytinli Boya")
    visits.plan(staff.study, unit_id, today())
    with shown_window(staff, DayPlanRoute()) as window:
        press(window, "Return")
        assert window.route == FieldRoute(unit_id)


def test_that_a_day_without_plan_says_so(staff):
    with shown_window(staff, DayPlanRoute((today() + timedelta(days=400)).isoformat())) as window:
        assert "Bu gün için plan yok." in words(window.page)


def test_that_the_companion_tells_the_same_day_as_the_service(staff, qtbot, monkeypatch):
    at = datetime.now().astimezone().replace(hour=23, minute=59, second=59, microsecond=0)
    visits.record(staff.study, unit_of(staff, "Zeytinli Boya"), "3", next_at=at)
    visits.plan(staff.study, unit_of(staff, "İğdeli Soğutma"), today())
    here = day_list(staff.study, today(), INTERVIEWER)
    told = field_answers.day(staff.study, {"day": today().isoformat(), "interviewer": INTERVIEWER})
    assert field_answers.day_of(told) == here
    monkeypatch.setattr(day_plan, "FEW", 0)
    with shown_window(staff, DayPlanRoute(whose=INTERVIEWER)) as window:
        qtbot.waitUntil(lambda: len(rows(window)) >= 2, timeout=LONG_MS)
        assert any("Zeytinli Boya" in row for row in rows(window))


def test_that_firms_come_in_pieces_where_they_are_many(staff, qtbot, monkeypatch):
    monkeypatch.setattr(held_firms, "FEW", 0)
    monkeypatch.setattr(held_firms, "_MANY", 3)
    here = staff.firms()
    staff.held.forget()
    with shown_window(staff, FieldRoute()) as window:
        assert "Firmalar okunuyor." in words(window.page)
        qtbot.waitUntil(lambda: staff.held.is_there, timeout=LONG_MS)
        assert tuple(staff.held.index.rows) == here
        assert [firm.name for firm in window.page.firms.model.rows] == [firm.name for firm in here]
        qtbot.waitUntil(window.page.firms.table.hasFocus)


def test_that_only_the_firm_that_changed_is_read_again(staff, monkeypatch):
    monkeypatch.setattr(held_firms, "FEW", 0)
    staff.firms()
    unit_id = unit_of(staff, "Zeytinli Boya")
    index = staff.held.index
    visits.record(staff.study, unit_id, "10")
    staff.tell_changed()
    staff.held.want()
    assert staff.held.index is index
    assert index.row_of(unit_id).attempts == 1
    assert staff.held.is_fresh
    assert not staff.held.is_coming


def test_that_a_new_firm_makes_the_list_be_read_anew(staff, qtbot, monkeypatch):
    from kume_desktop.services import fieldwork
    from kume_desktop.services.views import NewFirm

    monkeypatch.setattr(held_firms, "FEW", 0)
    staff.firms()
    unit_id = fieldwork.add_firm(staff.study, NewFirm("Ada Boya", "kimya", "Urla"))
    staff.tell_changed()
    staff.held.want()
    qtbot.waitUntil(lambda: staff.held.index.place_of(unit_id) >= 0, timeout=LONG_MS)
