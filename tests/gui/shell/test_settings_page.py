"""Ayarlar: effects at once, each undoable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from kume_desktop import settings, texts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.device_routes import DevicesRoute
from kume_desktop.gui.preferences.choices import CHOICES, Choice
from kume_desktop.gui.preferences.people import PeopleForm
from kume_desktop.gui.preferences.study_facts import AreaAdder, FactsForm
from kume_desktop.gui.routes import RolesRoute, SettingsRoute
from kume_desktop.gui.shell.rail import RailMode
from kume_desktop.services import people
from kume_desktop.settings import Density, Language
from tests.gui.shell.stage import PASSPHRASE, press, shown_window, type_text


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
        form = window.page.findChildren(FactsForm)[0]
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
        field = window.page.findChildren(FactsForm)[0]._fields["reference_year"]
        field.setFocus()
        field.selectAll()
        type_text(field, "20")
        press(window, "Tab")
        assert field.property("refused")
        assert open_desk.study.facts().reference_year == 2025


def test_that_areas_are_added(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        adder = window.page.findChildren(AreaAdder)[0]
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


def people_form(window) -> PeopleForm:
    return window.page.findChildren(PeopleForm)[0]


def let_in(window, name: str, first: str, second: str) -> None:
    form = people_form(window)
    for field, text in ((form._name, name), (form._first, first), (form._second, second)):
        field.setFocus()
        field.selectAll()
        type_text(field, text)
    press(window, "Return")


def notes_of(form: PeopleForm) -> str:
    return " ".join(one.text() for note in form.findChildren(ProblemNote) for one in note.findChildren(QLabel))


def test_that_a_person_is_let_in_by_keys_and_the_form_is_ready_for_the_next(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        page, form = window.page, people_form(window)
        let_in(window, "Zeynep Şen", "onun parolası", "onun parolası")
        assert ("Zeynep Şen", "scorer", True) in [
            (one.name, one.role, one.can_open) for one in people.people(open_desk.study)
        ]
        assert window.page is page
        assert window.focusWidget() is form._name
        assert (form._name.text(), form._first.text(), form._second.text()) == ("", "", "")
        assert any("Zeynep Şen" in label.text() for label in form.findChildren(QLabel))


def test_that_what_keeps_a_person_out_is_said_in_the_form_with_the_focus_there(open_desk):
    me = people.people(open_desk.study)[0].name
    with shown_window(open_desk, SettingsRoute()) as window:
        form = people_form(window)
        let_in(window, "Zeynep", "bir", "iki")
        assert "aynı değil" in notes_of(form) and window.focusWidget() is form._second
        let_in(window, me, "bir", "bir")
        assert me in notes_of(form) and window.focusWidget() is form._name
        let_in(window, "Zeynep", PASSPHRASE, PASSPHRASE)
        assert window.focusWidget() is form._first and form._first.property("refused") is True
        assert len(people.people(open_desk.study)) == 1


def test_that_a_name_being_typed_and_its_focus_outlive_another_density(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        form = people_form(window)
        form._name.setFocus()
        type_text(form._name, "Yarım A")
        open_desk.change_settings(replace(open_desk.settings, density=Density.COMPACT))
        assert people_form(window) is not form
        assert window.focusWidget() is people_form(window)._name
        assert people_form(window)._name.text() == "Yarım A"


def test_that_a_search_hides_the_heads_of_sections_without_a_hit(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        window.page._search.setText("kişiler")
        heads = [head.findChildren(QLabel)[0].text() for head, _rows in window.page._heads if head.isVisible()]
        assert heads == ["Kişiler"]


def test_that_a_language_of_this_run_alone_is_not_kept_with_another_setting():
    settings.save(settings.Settings(language=Language.TURKISH))
    desk = Desk(settings.Settings(language=Language.ENGLISH), is_lent=True)
    desk.change_settings(replace(desk.settings, wait_for_enter=True))
    assert desk.settings.language is Language.ENGLISH
    assert settings.load() == settings.Settings(language=Language.TURKISH, wait_for_enter=True)
    desk.change_settings(replace(desk.settings, language=Language.TURKISH))
    desk.change_settings(replace(desk.settings, language=Language.ENGLISH))
    assert settings.load().language is Language.ENGLISH


def test_that_settings_lead_to_the_roles_and_the_computers(open_desk):
    with shown_window(open_desk, SettingsRoute()) as window:
        for words, place in (("Rolleri göster", RolesRoute), ("Bilgisayarları aç", DevicesRoute)):
            window.go(SettingsRoute())
            next(one for one in window.page.findChildren(Button) if one.text() == words).click()
            assert isinstance(window.route, place)
