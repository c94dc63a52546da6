"""Saha: order, filters, tabs, choosing several firms, the panel, and the way into an interview."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from kume_desktop.gui.fieldwork.firms_model import FirmsModel, Sieve, sift
from kume_desktop.gui.firm_index import FirmIndex
from kume_desktop.gui.routes import AddFirmRoute, DayPlanRoute, FieldRoute, FieldRulesRoute, InterviewRoute, VisitRoute
from kume_desktop.services import fieldwork
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import NewFirm
from tests.gui.fieldwork.conftest import INTERVIEWER
from tests.gui.fieldwork.hands import choose, names, words
from tests.gui.shell.stage import LAPTOP_125, press, shown_window, type_text

NAMES = ["Çınaraltı Kimya", "Ilıcabaşı Klima", "İğdeli Soğutma", "Zeytinli Boya"]
MINE = ["İğdeli Soğutma", "Zeytinli Boya"]


def index_of(desk) -> FirmIndex:
    desk.firms()
    return desk.held.index


def test_that_firms_stand_in_turkish_order_with_their_range(staff):
    with shown_window(staff, FieldRoute()) as window:
        assert names(window) == NAMES
        assert "4 firmadan 1–4 arası" in words(window.page)


@pytest.mark.parametrize(
    ("sieve", "found"),
    [
        (Sieve(text="igdeli"), ["İğdeli Soğutma"]),
        (Sieve(text="28.25"), ["Ilıcabaşı Klima", "İğdeli Soğutma"]),
        (Sieve(text="28.25 konak"), ["İğdeli Soğutma"]),
        (Sieve(text="1234567890"), ["Zeytinli Boya"]),
        (Sieve(text="F0002"), ["İğdeli Soğutma"]),
        (Sieve(text="menemen"), ["Zeytinli Boya"]),
        (Sieve(area="kimya"), ["Çınaraltı Kimya", "Zeytinli Boya"]),
        (Sieve(area="hava", district="Tire"), ["Ilıcabaşı Klima"]),
        (Sieve(person=INTERVIEWER), MINE),
        (Sieve(state=FirmState.COMPLETED), []),
    ],
)
def test_that_the_filter_lets_through_what_it_says(staff, sieve, found):
    with shown_window(staff, FieldRoute()) as window:
        window.page.firms.sift(sieve)
        assert names(window) == found


def test_that_the_counts_of_the_tabs_follow_the_other_filters(staff):
    index = index_of(staff)
    everything = index.order("name", None)
    assert sift(index, everything, Sieve()).counts == {FirmState.UNASSIGNED: 2, FirmState.WAITING: 2}
    narrowed = sift(index, everything, Sieve(area="kimya", state=FirmState.COMPLETED))
    assert (list(narrowed.places), narrowed.counts) == ([], {FirmState.UNASSIGNED: 1, FirmState.WAITING: 1})


def test_that_firms_of_the_reserve_stand_apart(staff):
    index = index_of(staff)
    waiting = replace(index.rows[0], is_issued=False)
    index.renew(waiting)
    everything = index.order("name", None)
    assert list(sift(index, everything, Sieve()).places) == [1, 2, 3]
    assert list(sift(index, everything, Sieve(reserve=True)).places) == [0]


def test_that_the_model_keeps_the_rules_of_qt(staff):
    model = FirmsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_index(index_of(staff))
    for column in range(len(model.columns)):
        for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
            model.sort(column, order)
    model.put(Sieve(text="kimya"))
    model.renewed(model.rows[0].unit_id)
    model.put(Sieve())
    assert [firm.name for firm in model.rows] != []
    assert tester.model() is model


def test_that_equal_firms_stay_in_the_order_of_names(staff):
    model = FirmsModel()
    model.set_index(index_of(staff))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [firm.name for firm in model.rows] == [
        "Çınaraltı Kimya",
        "Zeytinli Boya",
        "Ilıcabaşı Klima",
        "İğdeli Soğutma",
    ]


def test_that_a_renewed_firm_leaves_the_tab_it_no_longer_belongs_to(staff):
    model, index = FirmsModel(), index_of(staff)
    model.set_index(index)
    model.put(Sieve(state=FirmState.WAITING))
    index.renew(replace(model.rows[0], state=FirmState.APPOINTED))
    model.renewed(model.rows[0].unit_id)
    assert [firm.name for firm in model.rows] == ["Zeytinli Boya"]
    assert model.counts[FirmState.APPOINTED] == 1


def test_that_the_search_waits_until_the_typing_rests(staff, qtbot):
    with shown_window(staff, FieldRoute()) as window:
        press(window, "/")
        assert window.page.firms.search.hasFocus()
        type_text(window.page.firms.search, "boya")
        qtbot.waitUntil(lambda: names(window) == ["Zeytinli Boya"])
        press(window, "Return")
        assert window.page.firms.table.hasFocus()


def test_that_an_empty_filter_says_so_and_can_be_cleared(staff):
    with shown_window(staff, FieldRoute()) as window:
        window.page.firms.sift(Sieve(text="yok böyle firma"))
        assert "Bu süzgece uyan firma yok." in words(window.page)
        press(window, "Ctrl+Backspace")
        assert names(window) == NAMES


def test_that_an_interviewer_begins_with_firms_of_their_own(interviewer):
    with shown_window(interviewer, FieldRoute()) as window:
        assert names(window) == MINE
        press(window, "B")
        assert names(window) == NAMES
        press(window, "B")
        assert names(window) == MINE


def test_that_an_interviewer_without_firms_is_told_so(interviewer):
    interviewer.firms()
    for row in list(interviewer.held.index.rows):
        interviewer.held.index.renew(replace(row, interviewer=""))
    with shown_window(interviewer, FieldRoute()) as window:
        assert "Henüz size firma atanmadı." in words(window.page)
        press(window, "B")
        assert names(window) == NAMES


def test_that_letters_find_the_next_firm(staff):
    with shown_window(staff, FieldRoute()) as window:
        type_text(window.page.firms.table, "ı")
        assert window.page.firms.selected().name == "Ilıcabaşı Klima"


def test_that_the_list_looks_as_it_was_left(staff):
    with shown_window(staff, FieldRoute()) as window:
        window.page.firms.sift(Sieve(area="kimya"))
        window.page.firms.table._sort_by(0)
        press(window, "Z")
        press(window, "Esc")
        assert names(window) == ["Zeytinli Boya", "Çınaraltı Kimya"]
        assert window.page.firms.area.current == "kimya"


def test_that_enter_opens_the_interview_of_the_row(staff, qtbot):
    with shown_window(staff, FieldRoute()) as window:
        press(window, "End")
        firm = window.page.firms.selected()
        window.page.navigate.disconnect()
        with qtbot.waitSignal(window.page.navigate) as asked:
            press(window, "Return")
        assert asked.args == [InterviewRoute(firm.unit_id, "is_ihtiyac")]


@pytest.mark.parametrize(
    ("key", "kind"),
    [("Z", VisitRoute), ("R", VisitRoute), ("G", DayPlanRoute), ("L", FieldRulesRoute), ("Ctrl+N", AddFirmRoute)],
)
def test_that_each_key_of_staff_leads_to_its_page(staff, key, kind):
    with shown_window(staff, FieldRoute()) as window:
        press(window, key)
        assert isinstance(window.route, kind)


def test_that_an_interviewer_has_neither_rules_nor_assignment(interviewer):
    with shown_window(interviewer, FieldRoute()) as window:
        offered = {action.name for action in window.page.actions_here()}
        assert not offered & {"rules", "assign", "import"}
        press(window, "L")
        assert isinstance(window.route, FieldRoute)


def test_that_the_panel_shows_the_firm_the_bar_is_on(staff, qtbot):
    with shown_window(staff, FieldRoute()) as window:
        press(window, "Down")
        press(window, "Down")
        qtbot.waitUntil(lambda: {"İğdeli Soğutma", "28.25.01", "25-49"} <= words(window.page.panel))
        assert "Henüz kimse gitmedi." in words(window.page.panel)


def test_that_the_panel_slides_over_the_table_when_compact(staff):
    with shown_window(staff, FieldRoute(), LAPTOP_125) as window:
        panel = window.page.panel
        assert not panel.isVisible()
        press(window, "Space")
        assert panel.isVisible()
        assert panel.geometry().right() == window.page.rect().right()
        press(window, "Esc")
        assert (panel.isVisible(), type(window.page).__name__) == (False, "FieldPage")


def test_that_chosen_firms_are_assigned_together_and_back_again(staff, qtbot):
    with shown_window(staff, FieldRoute()) as window:
        press(window, "Ctrl+A")
        assert len(window.page.firms.chosen_firms()) == 4
        qtbot.waitUntil(lambda: "4 firma seçili; A hepsini atar." in words(window.page.panel))
        press(window, "A")
        choose(INTERVIEWER)
        assert {firm.interviewer for firm in fieldwork.firms(staff.study)} == {INTERVIEWER}
        window.frame.toast.take_back()
        assert [firm.interviewer for firm in fieldwork.firms(staff.study)] == ["", "", INTERVIEWER, INTERVIEWER]


def test_that_shift_chooses_a_range_by_keys(staff):
    with shown_window(staff, FieldRoute()) as window:
        press(window, "Home")
        press(window, "Shift+Down")
        assert [firm.name for firm in window.page.firms.chosen_firms()] == NAMES[:2]
        press(window, "Home")
        press(window, "Shift+End")
        assert len(window.page.firms.chosen_firms()) == 4
        press(window, "Down")
        assert len(window.page.firms.chosen_firms()) == 1


def test_that_a_firm_is_added_by_the_keyboard_alone(staff):
    with shown_window(staff, FieldRoute()) as window:
        press(window, "Ctrl+N")
        type_text(window.page.name, "Şafakbükü Gıda")
        type_text(window.page.district, "Torbalı")
        press(window, "Ctrl+Return")
        added = window.page.firms.selected()
        assert (added.name, added.district, added.state) == ("Şafakbükü Gıda", "Torbalı", FirmState.UNASSIGNED)
        assert len(names(window)) == 5


def test_that_a_firm_without_a_name_is_refused(staff):
    with shown_window(staff, AddFirmRoute()) as window:
        press(window, "Ctrl+Return")
        assert window.page._form.shown_problems == ("“Firmanın adı” boş. Doldurun.",)
        assert len(staff.firms()) == 4


def test_that_the_same_firm_is_not_added_twice(staff):
    with shown_window(staff, AddFirmRoute()) as window:
        window.page.name.setText("zeytinli boya")
        window.page.district.setText("Menemen")
        press(window, "Ctrl+Return")
        assert len(window.page._form.shown_problems) == 1
        assert len(staff.firms()) == 4


def test_that_a_firm_without_a_district_leaves_no_loose_dot(staff, qtbot):
    unit_id = fieldwork.add_firm(staff.study, NewFirm("Ada Boya", "kimya", "", "20.30"))
    staff.tell_changed()
    with shown_window(staff, FieldRoute(unit_id)) as window:
        qtbot.waitUntil(lambda: "Kimya" in words(window.page.panel))


def test_that_only_the_visible_pages_of_a_role_are_offered(staff, interviewer):
    for desk, wanted in ((staff, True), (interviewer, False)):
        with shown_window(desk, FieldRoute()) as window:
            labels = {action.label for action in window._offered("saha")}
            assert ("Saha kuralları" in labels) is wanted


def test_that_a_firm_read_again_moves_in_every_order_as_if_all_were_sorted_anew(staff):
    rows = list(staff.firms())
    keys = {"attempts": lambda row: row.attempts, "district": lambda row: row.district}
    index = FirmIndex()
    index.add(rows, ["" for _ in rows])
    for number, changes in enumerate(({"attempts": 3}, {"district": "Aliağa"}, {"attempts": 3}, {"attempts": 0})):
        for name, key in keys.items():
            for falling in (False, True):
                index.order(name, key, falling=falling)
        place = (number * 2 + 1) % len(rows)
        rows[place] = replace(rows[place], **changes)
        assert index.renew(rows[place])
        anew = FirmIndex()
        anew.add(rows, ["" for _ in rows])
        for name, key in keys.items():
            for falling in (False, True):
                assert list(index.order(name, key, falling=falling)) == list(anew.order(name, key, falling=falling))
        assert (index.districts, index.has_reserve, set(index.areas)) == (
            anew.districts,
            anew.has_reserve,
            set(anew.areas),
        )


def test_that_pickers_offer_what_the_firms_are_of(staff):
    index = index_of(staff)
    assert index.districts == {row.district for row in index.rows}
    assert {code: row.area for code, row in index.areas.items()} == {row.area: row.area for row in index.rows}
    row = index.rows[0]
    assert not index.has_reserve
    assert index.renew(replace(row, is_issued=False))
    assert index.has_reserve


def test_that_a_slash_while_the_firms_are_being_read_goes_to_the_search_and_is_not_typed(staff, qtbot):
    staff.held.forget()
    with shown_window(staff, FieldRoute()) as window:
        firms = window.page.firms
        firms.show_index(FirmIndex(), coming=True)
        window.page.on_shown()
        qtbot.waitUntil(firms.coming.hasFocus)
        press(window, "/")
        qtbot.waitUntil(firms.search.hasFocus)
        assert firms.search.text() == ""
        window.page._show_all()
        assert firms.search.hasFocus(), "who asked for the search keeps it when the firms come"


def test_that_the_table_has_the_focus_once_the_firms_are_read(staff, qtbot):
    index = index_of(staff)
    with shown_window(staff, FieldRoute()) as window:
        firms = window.page.firms
        firms.show_index(FirmIndex(), coming=True)
        window.page.on_shown()
        qtbot.waitUntil(firms.coming.hasFocus)
        assert staff.held.index is index
        window.page._show_all()
        qtbot.waitUntil(firms.table.hasFocus)
