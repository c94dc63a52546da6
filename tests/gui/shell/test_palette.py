"""The command palette: a few letters find pages, firms and actions, Turkish marks or not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.page import Action, Group
from kume_desktop.gui.routes import FieldRoute
from kume_desktop.gui.shell.command_palette import matching
from tests.gui.shell.stage import press, shown_window, type_text

ACTIONS = tuple(
    Action(name, name, lambda: None)
    for name in ("İğdeli Gelinlik Atölyesi", "İstanbul Kimya", "Ziyaret yaz", "Yeni çalışma", "Çalışmalar")
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("igdeli", "İğdeli Gelinlik Atölyesi"),
        ("istanbul", "İstanbul Kimya"),
        ("ISTANBUL", "İstanbul Kimya"),
        ("kimya ist", "İstanbul Kimya"),
        ("ZİYARET", "Ziyaret yaz"),
        ("xyz", None),
    ],
)
def test_that_letters_find_whatever_their_marks(typed, found):
    hits = matching(typed, ACTIONS)
    assert (hits[0].label if hits else None) == found


def test_that_what_begins_with_the_letters_comes_first():
    assert [hit.label for hit in matching("çalış", ACTIONS)] == ["Çalışmalar", "Yeni çalışma"]


def test_that_what_is_called_so_comes_before_what_begins_with_it():
    longer = replace(ACTIONS[0], label="Çalışmaların durumu")
    assert matching("calismalar", (longer, *ACTIONS))[0].label == "Çalışmalar"


def test_that_a_firm_is_found_and_shown_in_its_row(open_desk):
    with shown_window(open_desk) as window:
        press(window, "Ctrl+K")
        field = QApplication.focusWidget()
        type_text(field, "igdeli")
        firm = next(row for row in open_desk.firms() if row.name == "İğdeli Soğutma")
        assert [action.label for action in window.frame.palette_box.entries()] == ["İğdeli Soğutma"]
        press(window, "Return")
        assert window.route == FieldRoute(firm.unit_id)


def test_that_pages_actions_and_settings_are_offered_on_every_page(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        labels = {action.label for action in window._offered("x")}
    assert {"Saha", "Küme Karnesi", "Ayarlar", "Deneme yaz", "Yeni çalışma", "Tema: Koyu renk"} <= labels


def test_that_escape_closes_and_gives_the_focus_back(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        before = QApplication.focusWidget()
        press(window, "Ctrl+K")
        assert QApplication.focusWidget() is not before
        press(window, "Esc")
        assert (window.frame.palette_box.isVisible(), QApplication.focusWidget()) == (False, before)


def test_that_arrows_walk_over_the_group_heads(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        press(window, "Ctrl+K")
        palette = window.frame.palette_box
        type_text(QApplication.focusWidget(), "a")
        groups = [action.group for action in palette.entries()]
        assert groups == sorted(groups, key=list(Group).index)
        for _step in range(len(groups) + 3):
            press(window, "Down")
        assert palette._list.currentItem().text() == palette.entries()[-1].label


def test_that_the_last_used_come_first_in_an_empty_palette(open_desk):
    with shown_window(open_desk, FieldRoute()) as window:
        press(window, "Ctrl+K")
        type_text(QApplication.focusWidget(), "tum tus")
        press(window, "Return")
        press(window, "Esc")
        press(window, "Ctrl+K")
        assert [action.label for action in window.frame.palette_box.entries()] == ["Tüm tuşları göster"]


def test_that_nothing_found_is_said(open_desk):
    with shown_window(open_desk) as window:
        press(window, "Ctrl+K")
        type_text(QApplication.focusWidget(), "qqq")
        assert window.frame.palette_box.entries() == ()
        assert window.frame.palette_box._none.text() == "Bir şey bulunamadı. Daha az harf yazın."


def test_that_nothing_is_offered_twice_and_nothing_is_called_used_before_it_was(desk):
    with shown_window(desk) as window:
        press(window, "Ctrl+K")
        palette = window.frame.palette_box
        assert palette._list.item(0).text() == "Sayfalar ve eylemler"
        type_text(palette._field, "yeni çalışma")
        assert [action.label for action in palette.entries()] == ["Yeni çalışma"]
        press(window, "Return")
        press(window, "Ctrl+K")
        assert window.frame.palette_box._list.item(0).text() == "Son kullanılanlar"
