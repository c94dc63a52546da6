"""Fields, pickers, tabs, segments, notes, toast, ring, table: the parts one works with."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMainWindow, QPushButton, QVBoxLayout, QWidget

from kume_desktop.gui.components.bottom_bar import BottomBar
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.fields import LongText, NumberField, SearchField, TextField, labelled
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote
from kume_desktop.gui.components.ring import FocusRing
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.components.tabs import Tab, Tabs
from kume_desktop.gui.components.toast import ToastBox
from kume_desktop.gui.page import KeyHint, SaveKind, SaveState, Toast
from tests.gui.shell.stage import bring, press, type_text

NAMES = ("Zile", "Iğdır", "Çorum", "İzmir", "Cide")


@dataclass(frozen=True)
class Town:
    """A row of the tables here."""

    name: str
    people: int


@pytest.fixture
def towns(qtbot) -> Table:
    model: RowsModel[Town] = RowsModel(
        [
            Column("name", "Ad", lambda town: town.name, first=True),
            Column("people", "Nüfus", lambda town: str(town.people), sort=lambda town: town.people, right=True),
        ]
    )
    model.set_rows([Town(name, 10 - place) for place, name in enumerate(NAMES)])
    table = Table(model, "İlçeler")
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    qtbot.addWidget(table)
    table.resize(400, 300)
    with qtbot.waitExposed(table):
        table.show()
    table.setFocus()
    return table


def names(table: Table) -> list[str]:
    return [row.name for row in table.rows_model.rows]


def test_that_a_table_sorts_in_turkish_order(towns: Table):
    assert names(towns) == ["Cide", "Çorum", "Iğdır", "İzmir", "Zile"]


def test_that_a_column_sorts_by_its_own_key_and_back(towns: Table):
    head = towns.horizontalHeader()
    head.sectionClicked.emit(1)
    assert names(towns) == ["Cide", "İzmir", "Çorum", "Iğdır", "Zile"]
    head.sectionClicked.emit(1)
    assert names(towns)[0] == "Zile"


def test_that_sorting_keeps_the_bar_on_its_row(towns: Table):
    towns.select(lambda town: town.name == "İzmir")
    towns.horizontalHeader().sectionClicked.emit(1)
    assert towns.selected() == Town("İzmir", 7)


def test_that_a_filter_keeps_the_order_and_can_be_taken_away(towns: Table):
    towns.rows_model.filter(lambda town: town.people in {6, 7, 10})
    assert names(towns) == ["Cide", "İzmir", "Zile"]
    towns.rows_model.filter(None)
    assert len(names(towns)) == 5


def test_that_enter_opens_the_row_and_space_asks_for_the_panel(qtbot, towns: Table):
    towns.select(lambda town: town.name == "Çorum")
    with qtbot.waitSignal(towns.opened) as opened:
        press(towns, "Return")
    assert opened.args == [Town("Çorum", 8)]
    with qtbot.waitSignal(towns.panel_asked):
        press(towns, "Space")


def test_that_home_end_and_arrows_walk_the_rows(towns: Table):
    press(towns, "End")
    assert towns.selected() == Town("Zile", 10)
    press(towns, "Home")
    press(towns, "Down")
    assert towns.selected() == Town("Çorum", 8)


def test_that_typing_finds_a_row_without_turkish_marks(towns: Table):
    towns.keyboardSearch("izm")
    assert towns.selected() == Town("İzmir", 7)
    towns.keyboardSearch("c")
    assert towns.selected() == Town("Cide", 6)


def test_that_a_cell_tells_its_whole_text_to_tooltip_and_screen_reader(towns: Table):
    index = towns.rows_model.index(0, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == index.data(Qt.ItemDataRole.AccessibleTextRole) == "Cide"


def test_that_a_point_types_the_decimal_comma(qtbot):
    field = NumberField("Pay")
    qtbot.addWidget(field)
    type_text(field, "12.5")
    assert field.text() == "12,5"


def test_that_a_field_commits_once_on_enter_and_not_while_typing(qtbot):
    field = TextField("Ad")
    bring(qtbot, field)
    field.setFocus()
    told: list[str] = []
    field.committed.connect(told.append)
    type_text(field, "Şişli Iğdır")
    assert told == []
    press(field, "Return")
    field.clearFocus()
    assert told == ["Şişli Iğdır"]


def test_that_long_text_commits_on_leaving_and_grows_to_four_lines(qtbot):
    field = LongText("Not")
    field.resize(300, 40)
    bring(qtbot, field)
    field.setFocus()
    one = field.height()
    told: list[str] = []
    field.committed.connect(told.append)
    field.insertPlainText("bir\niki\nüç\ndört\nbeş\naltı")
    four = field.height()
    field.insertPlainText("\nyedi")
    assert one < four == field.height()
    field.clearFocus()
    assert told == ["bir\niki\nüç\ndört\nbeş\naltı\nyedi"]


def test_that_escape_empties_the_search_field_first(qtbot):
    field = SearchField("Ara", "Firma ara")
    bring(qtbot, field)
    field.setFocus()
    type_text(field, "boya")
    press(field, "Esc")
    assert field.text() == ""


def test_that_a_label_belongs_to_its_field(qtbot):
    field = TextField("Kurum")
    held = labelled("Kurum", field, "ajansın adı")
    qtbot.addWidget(held)
    assert field.accessibleName() == "Kurum"
    assert any(label.buddy() is field for label in held.findChildren(type(held.layout().itemAt(0).widget())))


def test_that_a_picker_reads_what_is_chosen_and_filters_without_marks(qtbot):
    picker = Picker("İlçe")
    qtbot.addWidget(picker)
    picker.set_items([("", "tümü"), *((name, name) for name in ("Çiğli", "Şişli", "İğdır", *map(str, range(9))))])
    picker.show()
    assert picker.text() == "İlçe: tümü"
    picker.open_list()
    popup = picker.findChildren(QListWidget)[0].parentWidget()
    field, listed = popup.findChild(QLineEdit), popup.findChild(QListWidget)
    type_text(field, "igdir")
    assert [listed.item(place).text() for place in range(listed.count())] == ["İğdır"]
    with qtbot.waitSignal(picker.picked) as picked:
        QApplication.sendEvent(field, _key(Qt.Key.Key_Return))
    assert (picked.args, picker.text()) == (["İğdır"], "İlçe: İğdır")


def _key(key: Qt.Key):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_that_a_picker_keeps_its_choice_while_it_is_offered():
    picker = Picker("Alan")
    picker.set_items([("a", "A"), ("b", "B")])
    picker.set_current("b")
    picker.set_items([("b", "B"), ("c", "C")])
    assert picker.current == "b"
    picker.set_items([("c", "C")])
    assert picker.current == "c"


def test_that_tabs_have_counts_and_arrows_choose(qtbot):
    tabs = Tabs("Durum")
    tabs.set_tabs([Tab("all", "Tümü", 4), Tab("w", "Bekliyor", 3)], "all")
    bring(qtbot, tabs)
    first = tabs.findChildren(QPushButton)[0]
    assert first.accessibleName() == "Tümü 4"
    first.setFocus()
    with qtbot.waitSignal(tabs.chosen) as chosen:
        press(first, "Right")
    assert chosen.args == ["w"]


def test_that_exactly_one_segment_is_chosen_by_the_keyboard(qtbot):
    segments = Segments("Tema", [("light", "Açık"), ("dark", "Koyu")], "light")
    bring(qtbot, segments)
    segments.focus_choice()
    press(segments, "Right")
    with qtbot.waitSignal(segments.picked) as picked:
        press(segments, "Return")
    assert (picked.args, segments.current) == (["dark"], "dark")


def test_that_a_note_offers_two_acts_at_most(qtbot):
    done: list[int] = []
    acts = [NoteAction(f"iş {n}", lambda n=n: done.append(n)) for n in range(3)]
    note = ProblemNote("2.6’da test donanımının olmadığı söylendi.", actions=acts)
    qtbot.addWidget(note)
    buttons = note.findChildren(Button)
    assert len(buttons) == 2
    buttons[1].click()
    assert done == [1]


def test_that_a_toast_covers_no_button_but_goes_aside_or_higher(qtbot):
    host = QWidget()
    host.resize(900, 500)
    qtbot.addWidget(host)
    host.show()
    toast = ToastBox(host)
    toast.tell(Toast("Paket giden kutusunda. Ctrl U ile belleğe kopyalayın."))
    alone = toast.geometry()
    assert abs(alone.center().x() - 450) <= 1
    beside = [Button("Belleğe kopyala…"), Button("Klasörde göster")]
    for place, button in enumerate(beside):
        button.setParent(host)
        button.setGeometry(alone.right() - 20 + place * 130, alone.top(), 120, 36)
        button.show()
    toast.tell(Toast("Paket giden kutusunda. Ctrl U ile belleğe kopyalayın."))
    assert toast.y() == alone.y() and toast.x() < alone.x(), "it stays in its row"
    assert not any(toast.geometry().intersects(button.geometry()) for button in beside)
    # A button that comes with what is told moves it, too; where the row is full, it goes above.
    full = Button("Genişçe")
    full.setParent(host)
    full.setGeometry(0, alone.top(), 900, 36)
    full.show()
    qtbot.waitUntil(lambda: toast.y() + toast.height() <= full.y() or (toast.place() or False))
    hidden = Button("Görünmez")
    hidden.setParent(host)
    hidden.setGeometry(toast.geometry())
    hidden.hide()
    before = toast.pos()
    toast.place()
    assert toast.pos() == before


def test_that_a_toast_takes_back_once(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 400)
    host.show()
    undone: list[str] = []
    toast = ToastBox(host)
    toast.tell(Toast("Görüşme iade edildi.", lambda: undone.append("bir")))
    assert toast.can_undo
    toast.take_back()
    toast.take_back()
    assert (undone, toast.can_undo, toast.isVisible()) == (["bir"], False, False)


def test_that_a_newer_toast_takes_the_place_of_the_older(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 400)
    host.show()
    undone: list[str] = []
    toast = ToastBox(host)
    toast.tell(Toast("bir", lambda: undone.append("bir")))
    toast.tell(Toast("iki", lambda: undone.append("iki")))
    toast.take_back()
    assert undone == ["iki"]


def test_that_a_toast_is_as_wide_as_its_words_while_another_is_still_in_sight(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 400)
    host.show()
    toast = ToastBox(host)
    toast.tell(Toast("79 firma ikinci puanlama için çekildi."))
    wide = toast.width()
    toast.tell(Toast("79 firma ikinci puanlama için çekildi."))
    assert toast.width() == wide > 200


def test_that_an_empty_state_leads_on(qtbot):
    went: list[int] = []
    empty = EmptyState("Firma listesi boş.", "İlk firmayı ekleyin.", "Firma ekle", lambda: went.append(1))
    qtbot.addWidget(empty)
    assert empty.button is not None
    empty.button.click()
    assert went == [1]


def test_that_rows_of_a_list_are_walked_by_arrows(qtbot):
    rows = [ListRow([Cell(name)]) for name in NAMES[:3]]
    held = RowList(rows)
    bring(qtbot, held)
    rows[0].setFocus()
    press(held, "Down")
    assert rows[1].hasFocus()
    with qtbot.waitSignal(rows[1].clicked):
        press(held, "Return")


@pytest.fixture
def ringed(qtbot) -> tuple[QMainWindow, FocusRing, list[Button]]:
    window = QMainWindow()
    qtbot.addWidget(window)
    ring = FocusRing(window)
    scroll = ScrollColumn()
    buttons = [Button(f"Düğme {number}") for number in range(30)]
    for button in buttons:
        scroll.column.addWidget(button)
    outside = Button("Dışarıda")
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(outside)
    column.addWidget(scroll)
    window.setCentralWidget(page)
    window.resize(400, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window, ring, [outside, *buttons]


def test_that_the_ring_follows_the_focus_and_stands_outside_the_control(ringed):
    window, ring, buttons = ringed
    buttons[0].setFocus()
    assert (ring.target, ring.isVisible()) == (buttons[0], True)
    corner = buttons[0].mapTo(window, buttons[0].rect().topLeft())
    assert ring.geometry() == buttons[0].rect().translated(corner).adjusted(-4, -4, 4, 4)
    buttons[3].setFocus()
    assert ring.target is buttons[3]
    assert ring.parentWidget() is not window


def test_that_the_ring_goes_along_when_the_control_moves(ringed):
    _window, ring, buttons = ringed
    buttons[0].setFocus()
    before = ring.geometry()
    buttons[0].move(buttons[0].x() + 10, buttons[0].y() + 5)
    assert ring.geometry() == before.translated(10, 5)


def test_that_the_ring_outlives_the_page_it_was_on(ringed):
    window, ring, buttons = ringed
    buttons[5].setFocus()
    ring.let_go()
    window.setCentralWidget(QWidget())
    assert (ring.parentWidget(), ring.target) == (window, None)


def test_that_a_widget_with_a_ring_of_its_own_gets_no_second(ringed):
    _window, ring, buttons = ringed
    buttons[3].setProperty("own_ring", True)
    buttons[3].setFocus()
    assert not ring.isVisible()


class Moves(QObject):
    """Counts how often a widget gets another parent."""

    seen = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() is QEvent.Type.ParentChange
        return False


def test_that_the_ring_changes_its_place_in_the_tree_only_with_the_area(ringed):
    _window, ring, buttons = ringed
    watcher = Moves()
    buttons[1].setFocus()
    ring.installEventFilter(watcher)
    buttons[2].setFocus()
    assert (ring.target, watcher.seen) == (buttons[2], 0)
    buttons[0].setFocus()
    assert watcher.seen


def test_that_a_failure_is_readable_to_its_end_in_the_smallest_window(qtbot):
    bar = BottomBar()
    bar.resize(1024, bar.height())
    bar.show_hints([KeyHint("1–5", "Yanıtla"), KeyHint("Return", "Sonraki"), KeyHint("Alt+Left", "Geri")])
    bring(qtbot, bar)
    usual = bar.height()
    bar.show_state(SaveState(SaveKind.FAILED, text="Çalışmanın bulunduğu disk dolu; yanıt ekranda. " * 3))
    qtbot.waitUntil(lambda: bar.state._words.height() > 0)
    words = bar.state._words
    assert words.heightForWidth(words.width()) <= bar.height()
    assert words.toolTip() == bar.state.words
    bar.show_state(SaveState())
    assert bar.height() == usual


def test_that_the_ring_outlives_what_it_stood_in(ringed):
    window, ring, buttons = ringed
    buttons[2].setFocus()
    held = ring.parentWidget()
    assert held is not window
    buttons[2].clearFocus()
    assert ring.parentWidget() is window
    buttons[0].setFocus()
    assert ring.target is buttons[0]
