"""Ayarlar: effects at once, each undoable."""

from __future__ import annotations

import pytest

from kume_desktop import settings, texts
from kume_desktop.gui.preferences.choices import CHOICES, Choice
from kume_desktop.gui.routes import SettingsRoute
from kume_desktop.gui.shell.rail import RailMode
from tests.gui.shell.stage import press, shown_window, type_text


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_that_every_setting_can_be_every_one_of_its_choices(choice: Choice):
    for key, _word in choice.entries:
        changed = choice.change(settings.Settings(), key)
        assert choice.current(changed) == key
        assert choice.label(key)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_that_a_setting_takes_effect_is_kept_and_can_be_taken_back(desk, choice: Choice):
    with shown_window(desk, SettingsRoute()) as window:
        before = desk.settings
        other = next(key for key, _word in choice.entries if key != choice.current(before))
        window.page.change(choice, other)
        assert choice.current(settings.load()) == other
        assert window.frame.toast.can_undo
        press(window, "Ctrl+Z")
        assert desk.settings == before


def test_that_the_language_is_changed_by_keys_and_the_focus_stays_there(desk):
    with shown_window(desk, SettingsRoute()) as window:
        window.page._segments["language"].focus_choice()
        press(window, "Right")
        press(window, "Return")
        assert (texts.language(), window.page.title) == ("en", "Settings")
        assert window.page._segments["language"].findChildren(type(window.focusWidget()))
        assert window.focusWidget().text() == "English"


def test_that_compact_is_chosen_at_once(desk):
    with shown_window(desk, SettingsRoute()) as window:
        density = next(choice for choice in CHOICES if choice.name == "density")
        window.page.change(density, "compact")
        assert window.frame.mode is RailMode.ICONS


def test_that_the_search_leaves_only_what_fits(desk):
    with shown_window(desk, SettingsRoute()) as window:
        press(window, "Ctrl+F")
        type_text(window.focusWidget(), "yazi")
        visible = [word for word, row in window.page._rows if row.isVisible()]
        assert visible == ["Yazı boyutu"]


def test_that_facts_of_the_study_are_stored_on_leaving_and_undone(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        form = window.page._rows[-2][1]
        field = form._fields["contact"]
        field.setFocus()
        field.selectAll()
        type_text(field, "bilgi@örnek.org")
        press(window, "Tab")
        assert open_desk.study.facts().contact == "bilgi@örnek.org"
        assert window.frame.bar.state.words.startswith("Kaydedildi ")
        window.page.undo()
        assert open_desk.study.facts().contact == "kvkk@example.org"


def test_that_a_year_that_is_none_is_not_stored(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        field = window.page._rows[-2][1]._fields["reference_year"]
        field.setFocus()
        field.selectAll()
        type_text(field, "20")
        press(window, "Tab")
        assert field.property("refused")
        assert open_desk.study.facts().reference_year == 2025


def test_that_areas_are_added(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        adder = window.page._rows[-1][1]
        adder._lines.setPlainText("gida; İşlenmiş Meyve-Sebze; Processed food; 10; 41")
        adder._add()
        assert [area.code for area in open_desk.study.areas()] == ["kimya", "hava", "gida"]
        assert open_desk.head.areas == 3


def test_that_the_setting_changed_last_is_in_sight_after_the_page_is_built_anew(desk, qtbot):
    with shown_window(desk, SettingsRoute()) as window:
        window.page._segments["language"].focus_choice()
        press(window, "Right")
        press(window, "Return")
        qtbot.waitUntil(lambda: not window.focusWidget().visibleRegion().isEmpty())
