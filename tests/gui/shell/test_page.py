"""What a page is to the window, shown on a page of its own kind."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kume_desktop.gui import dressing, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import TextField
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.progress import ProgressBar
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page, Progress, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import FieldRoute, SettingsRoute, WelcomeRoute
from kume_desktop.gui.shell.frame import rail_mode
from kume_desktop.gui.shell.rail import RailMode
from tests.gui.shell.stage import bring, press, shown_window, type_text

AT = datetime.now().astimezone().replace(hour=11, minute=21, second=4)


class Notebook(Page):
    """Two fields and three keys."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.done: list[str] = []
        self.first, self.second = TextField("Bir"), TextField("İki")
        self.first.committed.connect(self.done.append)
        column = QVBoxLayout(self)
        column.addWidget(self.first)
        column.addWidget(self.second)

    def actions_here(self) -> tuple[Action, ...]:
        return (
            Action("note", "Not", lambda: self.done.append("not"), "Ctrl+M"),
            Action("visit", "Ziyaret", lambda: self.done.append("ziyaret"), "Z"),
            Action("listed", "Aç", lambda: self.done.append("aç"), "Ctrl+J", bound=False),
        )


@pytest.fixture
def notebook(desk, qtbot) -> Notebook:
    page = Notebook(desk)
    page.bind_keys()
    bring(qtbot, page)
    return page


def test_that_bound_actions_answer_their_keys_and_others_do_not(notebook: Notebook):
    notebook.first.setFocus()
    press(notebook, "Ctrl+M")
    press(notebook, "Ctrl+J")
    assert notebook.done == ["not"]


def test_that_a_letter_typed_into_a_field_is_no_shortcut(notebook: Notebook):
    notebook.first.setFocus()
    press(notebook, "Z")
    assert (notebook.done, notebook.first.text().lower()) == ([], "z")


def test_that_keys_are_bound_once_however_often_it_is_asked(notebook: Notebook):
    notebook.bind_keys()
    notebook.bind_keys()
    QApplication.sendPostedEvents(None, 52)
    press(notebook, "Ctrl+M")
    assert notebook.done == ["not"]


def test_that_leaving_a_page_commits_what_is_typed(notebook: Notebook):
    notebook.first.setFocus()
    type_text(notebook.first, "yarım kalan")
    notebook.leave()
    assert notebook.done == ["yarım kalan"]


def test_that_a_page_without_more_to_say_lets_the_window_decide(desk):
    page = Page(desk)
    assert (page.cancel(), page.undo(), page.next_problem(), page.find_here("x")) == (False, False, False, ())
    assert page.here(SettingsRoute()) == SettingsRoute()
    assert page.side_panel() is None


def test_that_what_a_page_tells_is_shown_and_the_last_commit_is_remembered(desk):
    with shown_window(desk, SettingsRoute()) as window:
        window.page.save_state.emit(SaveState(SaveKind.SAVED, AT))
        window.page.problem_shown.emit(OpenWork("1 uyarı"))
        window.page.busy.emit(Progress(3, 6, "Hesaplanıyor"))
        assert window.frame.bar.state.words == "Kaydedildi 11:21:04"
        window.page.save_state.emit(SaveState(SaveKind.STALE, AT))
        window.go(WelcomeRoute())
        assert window.frame.bar.state.words == "Kaydedildi 11:21:04"
        assert not window.frame.bar._work.isVisible()
        assert not window.frame.bar._stop.isVisible()


def test_that_a_toast_is_undone_by_its_key_before_the_page(desk):
    with shown_window(desk, SettingsRoute()) as window:
        undone: list[str] = []
        window.page.toast.emit(Toast("Görüşme iade edildi.", lambda: undone.append("geri")))
        press(window, "Ctrl+Z")
        press(window, "Ctrl+Z")
        assert undone == ["geri"]


def test_that_the_bar_leads_to_the_page(desk, qtbot, monkeypatch):
    called: list[str] = []
    for name in ("next_problem", "retry", "cancel"):
        monkeypatch.setattr(Page, name, lambda _page, name=name: called.append(name))
    with shown_window(desk, SettingsRoute()) as window:
        window.frame.bar.problem_clicked.emit()
        window.frame.bar.retry_clicked.emit()
        window.frame.bar.cancel_clicked.emit()
        press(window, "F8")
        press(window, "F5")
    assert called == ["next_problem", "retry", "cancel", "next_problem", "retry"]


@pytest.mark.parametrize(
    ("density", "in_interview", "hidden", "mode"),
    [
        (theme.Density.COMFORTABLE, False, False, RailMode.WIDE),
        (theme.Density.COMFORTABLE, True, False, RailMode.ICONS),
        (theme.Density.COMFORTABLE, True, True, RailMode.HIDDEN),
        (theme.Density.COMPACT, False, True, RailMode.ICONS),
        (theme.Density.COMPACT, True, False, RailMode.HIDDEN),
    ],
)
def test_that_the_rail_gives_room_to_the_interview(density, in_interview, hidden, mode):
    theme.wear(theme.Look(density=density))
    assert rail_mode(in_interview=in_interview, hidden=hidden) is mode


def test_that_escape_brings_the_hidden_rail_and_then_goes_back(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        window.go(SettingsRoute())
        window.frame.set_rail(RailMode.HIDDEN)
        press(window, "Esc")
        assert window.frame.mode is RailMode.ICONS
        assert window.frame.rail.isAncestorOf(QApplication.focusWidget())
        press(window, "Esc")
        assert type(window.page).__name__ == "FieldPage"


def test_that_the_rail_is_walked_by_arrows(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        window.frame.rail.take_focus()
        press(window, "Down")
        assert QApplication.focusWidget().accessibleName() == "Paketler"
        press(window, "Up")
        press(window, "Up")
        press(window, "Return")
        assert type(window.page).__name__ == "StartPage"


def test_that_one_line_of_head_shows_its_facts_only_where_the_title_stays_whole(qtbot, qapp):
    dressing.put_on(qapp, theme.Look(density=theme.Density.COMPACT, motion=False))
    header = PageHeader("Yanıt oranı ve ağırlıklar", "129 / 807 firma · hesaplandı 22 Kasım 2026 17:07")
    header.add_tool(Button("Alan: Endüstriyel Havalandırma, İklimlendirme ve Soğutma"))
    host = QWidget()
    header.setParent(host)
    header.resize(1300, 48)
    bring(qtbot, host)
    assert header._facts.isVisible()
    header.resize(900, 48)
    assert not header._facts.isVisible()
    qtbot.waitUntil(lambda: header._title.width() >= header._title.sizeHint().width())
    header.set_facts("129 / 807")
    assert header._facts.isVisible()


def test_that_the_header_shows_long_work_as_a_thin_line(qtbot):
    header = PageHeader("Sonuçlar", "37 / 41 firma")
    qtbot.addWidget(header)
    header.show()
    line = header.findChild(ProgressBar)
    header.set_busy(Progress(3, 6, "Hesaplanıyor"))
    assert (line.isVisible(), line.share) == (True, 0.5)
    header.set_busy(None)
    header.set_facts("38 / 41 firma")
    assert (line.isVisible(), header.findChildren(Label)[1].text()) == (False, "38 / 41 firma")


def test_that_a_click_on_a_firm_of_a_closed_study_cannot_happen(desk):
    with pytest.raises(LookupError):
        _ = desk.study
    assert (desk.has_study, desk.head) == (False, None)


def test_that_the_counts_of_the_rail_follow_what_is_stored(open_desk):
    from kume_desktop.services import fieldwork
    from kume_desktop.services.views import NewFirm

    with shown_window(open_desk) as window:
        fieldwork.add_firm(open_desk.study, NewFirm("Yeni Firma", "kimya", "Konak"))
        open_desk.tell_changed()
        assert len(open_desk.firms()) == 5
        names = [b.accessibleName() for b in window.frame.rail.findChildren(type(window.frame.rail.items[0]).__base__)]
        assert "Düzey Analizi 2026, Çalışma · 2 alan, 5 firma" in names


def test_that_hints_are_plain_words_for_a_screen_reader(desk):
    with shown_window(desk, SettingsRoute()) as window:
        strip = window.frame.bar._hints
        strip.set_hints([KeyHint("Ctrl+M", "Not"), KeyHint("F1", "Tuşlar")])
        assert strip.accessibleName() == "Ctrl M Not; F1 Tuşlar"
        assert strip.focusPolicy() == Qt.FocusPolicy.NoFocus
