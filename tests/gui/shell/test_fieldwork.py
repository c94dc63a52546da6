"""Saha: filters, tabs, the way into an interview, visits and new firms."""

from __future__ import annotations

from datetime import datetime

import pytest

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fieldwork.firms_model import Sieve, counts
from kume_desktop.gui.fieldwork.visit import read_moment
from kume_desktop.gui.routes import AddFirmRoute, FieldRoute, InterviewRoute, VisitRoute
from kume_desktop.services import fieldwork
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import NewFirm
from tests.gui.shell.stage import LAPTOP_125, press, shown_window, type_text

NAMES = ["Çınaraltı Kimya", "Ilıcabaşı Klima", "İğdeli Soğutma", "Zeytinli Boya"]


def rows(window) -> list[str]:
    return [firm.name for firm in window.page.firms.model.rows]


def words(widget) -> set[str]:
    return {label.text() for label in widget.findChildren(Label) if label.isVisible()}


def test_that_firms_stand_in_turkish_order_with_their_range(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        assert rows(window) == NAMES
        assert "4 firmadan 1–4 arası" in words(window.page)


@pytest.mark.parametrize(
    ("sieve", "names"),
    [
        (Sieve(text="igdeli"), ["İğdeli Soğutma"]),
        (Sieve(text="28.25"), ["Ilıcabaşı Klima", "İğdeli Soğutma"]),
        (Sieve(text="menemen"), ["Zeytinli Boya"]),
        (Sieve(area="kimya"), ["Çınaraltı Kimya", "Zeytinli Boya"]),
        (Sieve(area="hava", district="Tire"), ["Ilıcabaşı Klima"]),
        (Sieve(state=FirmState.COMPLETED), []),
    ],
)
def test_that_the_filter_lets_through_what_it_says(open_desk, sieve, names):
    with shown_window(open_desk, FieldRoute()) as window:
        window.page.firms.sift(sieve)
        assert rows(window) == names


def test_that_the_search_waits_until_the_typing_rests(open_desk, qtbot):
    with shown_window(open_desk, FieldRoute()) as window:
        press(window, "/")
        assert window.page.firms.search.hasFocus()
        type_text(window.page.firms.search, "boya")
        qtbot.waitUntil(lambda: rows(window) == ["Zeytinli Boya"])
        press(window, "Return")
        assert window.page.firms.table.hasFocus()


def test_that_an_empty_filter_says_so_and_can_be_cleared(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        window.page.firms.sift(Sieve(text="yok böyle firma"))
        assert "Bu süzgece uyan firma yok." in words(window.page)
        window.page.firms.clear_filter()
        assert rows(window) == NAMES


def test_that_the_counts_of_the_tabs_follow_the_other_filters(open_desk):
    firms = open_desk.firms()
    assert counts(firms, Sieve()) == {FirmState.UNASSIGNED: 4}
    assert counts(firms, Sieve(area="kimya", state=FirmState.COMPLETED)) == {FirmState.UNASSIGNED: 2}


def test_that_enter_opens_the_interview_of_the_row(open_desk, qtbot):
    with shown_window(open_desk, FieldRoute()) as window:
        press(window, "End")
        firm = window.page.firms.selected()
        window.page.navigate.disconnect()
        with qtbot.waitSignal(window.page.navigate) as asked:
            press(window, "Return")
        assert asked.args == [InterviewRoute(firm.unit_id, "is_ihtiyac")]


def test_that_the_panel_shows_the_firm_the_bar_is_on(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        press(window, "Home")
        press(window, "Down")
        press(window, "Down")
        assert {"İğdeli Soğutma", "28.25.01", "25-49"} <= words(window.page.panel)
        assert "Henüz kimse gitmedi." in words(window.page.panel)


def test_that_the_panel_slides_over_the_table_when_compact(open_desk):
    with shown_window(open_desk, FieldRoute(), LAPTOP_125) as window:
        panel = window.page.panel
        assert not panel.isVisible()
        press(window, "Space")
        assert panel.isVisible()
        assert panel.geometry().right() == window.page.rect().right()
        press(window, "Esc")
        assert (panel.isVisible(), type(window.page).__name__) == (False, "FieldPage")


def test_that_a_visit_is_stored_and_changes_the_state(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        firm = window.page.firms.selected()
        press(window, "Z")
        assert window.route == VisitRoute(firm.unit_id)
        window.page.outcome.choose("10")
        type_text(window.page.note, "santral: yarın arayın")
        press(window, "Ctrl+Return")
        assert window.route == FieldRoute(firm.unit_id)
        assert fieldwork.firm_row(open_desk.study, firm.unit_id).state is FirmState.NOT_REACHED
        assert {"Ulaşılamadı", "santral: yarın arayın"} <= words(window.page.panel)
        assert window.frame.bar.state.words.startswith("Kaydedildi ")


def test_that_an_appointment_needs_its_day(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        unit = window.page.firms.selected().unit_id
        press(window, "R")
        assert window.page.day.hasFocus()
        type_text(window.page.day, "31.02.2026")
        press(window, "Ctrl+Return")
        assert window.page._form.shown_problems == ("“31.02.2026” bir tarih değil. 23.11.2026 biçiminde yazın.",)
        assert window.page.day.property("refused")
        window.page.day.setText("24.11.2030")
        window.page.clock.setText("14.30")
        press(window, "Ctrl+Return")
        visit = fieldwork.firm(open_desk.study, unit).visits[0]
        assert visit.next_at.astimezone().replace(tzinfo=None) == datetime(2030, 11, 24, 14, 30)  # noqa: DTZ001
        assert fieldwork.firm_row(open_desk.study, unit).state is FirmState.APPOINTED


def test_that_a_visit_without_an_outcome_is_refused_in_words(open_desk):
    with shown_window(open_desk, VisitRoute(open_desk.firms()[0].unit_id)) as window:
        press(window, "Ctrl+Return")
        assert window.page._form.shown_problems == ("“Sonuç” boş. Doldurun.",)
        assert open_desk.firms()[0].visits == 0


@pytest.mark.parametrize(
    ("day", "clock", "codes"),
    [
        ("", "", []),
        ("24.11.2030", "", []),
        ("2030-11-24", "9", []),
        ("24.13.2030", "", ["window.bad-date"]),
        ("yarın", "25:00", ["window.bad-date", "window.bad-time"]),
        ("", "14:30", ["window.bad-date"]),
    ],
)
def test_that_days_and_times_are_read_as_people_write_them(day, clock, codes):
    moment, problems = read_moment(day, clock)
    assert [problem.code for problem in problems] == codes
    assert (moment is not None) == bool(day and not codes)


def test_that_a_firm_is_added_by_the_keyboard_alone(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        press(window, "Ctrl+N")
        assert isinstance(window.route, AddFirmRoute)
        type_text(window.page.name, "Şafakbükü Gıda")
        type_text(window.page.district, "Torbalı")
        press(window, "Ctrl+Return")
        added = window.page.firms.selected()
        assert (added.name, added.district, added.state) == ("Şafakbükü Gıda", "Torbalı", FirmState.UNASSIGNED)
        assert len(rows(window)) == 5


def test_that_a_firm_without_a_name_is_refused(open_desk):
    with shown_window(open_desk, AddFirmRoute()) as window:
        press(window, "Ctrl+Return")
        assert window.page._form.shown_problems == ("“Firmanın adı” boş. Doldurun.",)
        assert len(open_desk.firms()) == 4


def test_that_the_same_firm_is_not_added_twice(open_desk):
    with shown_window(open_desk, AddFirmRoute()) as window:
        window.page.name.setText("zeytinli boya")
        window.page.district.setText("Menemen")
        press(window, "Ctrl+Return")
        assert len(window.page._form.shown_problems) == 1
        assert len(open_desk.firms()) == 4


def test_that_a_firm_without_a_district_leaves_no_loose_dot(open_desk):
    fieldwork.add_firm(open_desk.study, NewFirm("Ada Boya", "kimya", "", "20.30"))
    open_desk.tell_changed()
    firm = next(firm for firm in open_desk.firms() if firm.name == "Ada Boya")
    with shown_window(open_desk, FieldRoute(firm.unit_id)) as window:
        assert "Kimya" in words(window.page.panel)
