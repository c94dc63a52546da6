"""Help: the guide in both languages, search, all keys as the pages have them, what the program is made of."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from kume_desktop import paths, texts
from kume_desktop.gui.components.keycap import shown
from kume_desktop.gui.help.page import HelpPage
from kume_desktop.gui.practice.page import PracticePage
from kume_desktop.gui.preferences.page import SettingsPage
from kume_desktop.gui.routes import HelpRoute, PracticeRoute, SettingsRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import about, signatures
from tests.gui.help import every_page
from tests.gui.help.house import Stage

pytest_plugins = ["tests.gui.help.house"]


def said(window: Window) -> str:
    return "\n".join(label.text() for label in window.page.findChildren(QLabel) if label.isVisible())


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.mark.parametrize(("language", "sentence"), [("tr", "Kaydet tuşu yoktur"), ("en", "There is no save key")])
def test_that_the_guide_stands_in_both_languages_with_whom_to_call(stage: Stage, language: str, sentence: str) -> None:
    window = stage.show(HelpRoute(), language=language)
    assert sentence in said(window)
    assert "İZKA · kvkk@example.org" in said(window)


def test_that_the_rail_leads_to_help_by_key_and_f1_stays_the_key_list(stage: Stage, qtbot) -> None:
    window = stage.show()
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.page, HelpPage)
    press(Qt.Key.Key_F1)
    assert window.frame.keys is not None


def test_that_the_search_leaves_only_what_holds_the_words_turkish_marks_or_not(stage: Stage, qtbot) -> None:
    window = stage.show(HelpRoute())
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "kapagi pil")
    page = window.page
    assert isinstance(page, HelpPage)
    assert "pilin bitmesi" in said(window)
    assert "Rakam yanıtlar" not in said(window)
    page.search.setText("xyzxyz")
    assert "Daha az harf yazın" in said(window)


def test_that_versions_and_licences_are_told_by_the_worker(stage: Stage, qtbot) -> None:
    window = stage.show(HelpRoute())
    qtbot.waitUntil(lambda: "SQLCipher" in said(window), timeout=20_000)
    assert "OpenSSL" in said(window)
    assert "SIL OFL" in said(window)
    assert str(about.log_folder()) in said(window)


def test_that_every_part_of_the_program_has_a_version_and_a_licence() -> None:
    found = {one.name: one for one in about.parts()}
    assert {"Küme Desktop", "SQLCipher", "OpenSSL", "SQLite", "Python", "Qt, PySide6"} <= found.keys()
    assert all(one.version and one.licence for one in found.values())
    assert found["SQLCipher"].version[0].isdigit() and found["OpenSSL"].version[0].isdigit()


def test_that_the_list_of_keys_says_what_the_pages_say(stage: Stage) -> None:
    """After a change: `python -m tests.gui.help.every_page STUDY` on a demonstration study."""
    window = stage.show(language="en")
    told = json.loads((paths.resources() / "help" / "keys.json").read_text(encoding="utf-8"))
    listed = {page["title"]: {key for key, _word in page["keys"]} for page in told}
    mine = {"Conduct of interviews", "Practice", "Help"}
    for page in every_page.pages(window):
        title = page.title.partition(":")[0]
        if title in mine:
            assert {key for key, _word in every_page.keys(page)} == listed[title]
            mine.discard(title)
    assert not mine
    assert all(word in texts.catalogue() for page in told for _key, word in page["keys"])


@pytest.mark.parametrize("language", ["tr", "en"])
def test_that_every_button_with_a_key_says_it_in_its_tooltip(stage: Stage, language: str) -> None:
    window = stage.show(language=language)
    silent = []
    for page in every_page.pages(window):
        page.name_keys()
        keys = {action.label.rstrip("…"): action.key for action in page.actions_here() if action.key}
        for button in page.findChildren(QAbstractButton):
            key = keys.get((button.text() or button.accessibleName()).rstrip("…"))
            if key and button.isEnabled() and shown(key) not in button.toolTip():
                silent.append((page.title, button.text(), key, button.toolTip()))
    assert silent == []


def test_that_the_tooltips_come_by_themselves(stage: Stage, qtbot) -> None:
    window = stage.show(HelpRoute())
    button = next(
        each for each in window.page.findChildren(QAbstractButton) if each.text() == "Görüşme alıştırması yap"
    )
    qtbot.waitUntil(lambda: button.toolTip() == "Görüşme alıştırması yap  Ctrl P")


def test_that_help_leads_to_practice_by_key(stage: Stage) -> None:
    window = stage.show(HelpRoute())
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, PracticePage)
    assert window.route == PracticeRoute()


def test_that_code_and_name_are_changed_at_once_and_taken_back(stage: Stage) -> None:
    window = stage.show(SettingsRoute(), passphrase="deniz parolası", size=QSize(1092, 550))
    assert isinstance(window.page, SettingsPage)
    press(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    field = QApplication.focusWidget()
    field.selectAll()  # type: ignore[union-attr]
    QTest.keyClicks(field, "D01")
    press(Qt.Key.Key_Return)
    study = window.desk.study
    assert signatures.of(study, "Deniz").code == "D01"
    window.keys.undo()
    assert signatures.of(study, "Deniz").code == "Deniz"


def test_that_a_refused_code_is_said_and_not_stored(stage: Stage, qtbot) -> None:
    window = stage.show(SettingsRoute())
    press(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    field = QApplication.focusWidget()
    field.selectAll()  # type: ignore[union-attr]
    QTest.keyClicks(field, "iki kod")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "tek bir sözcüktür" in said(window))
    assert signatures.of(window.desk.study, "Elif Demir").code == "Elif Demir"
