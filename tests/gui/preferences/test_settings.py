"""The settings: what is searched for, and what stands there where nothing is found."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.routes import SettingsRoute
from kume_desktop.gui.window import Window
from tests.gui.help.house import Stage

pytest_plugins = ["tests.gui.help.house"]


def in_sight(window: Window) -> set[str]:
    return {label.text() for label in window.page.findChildren(QLabel) if label.isVisible()}


def test_that_a_search_without_a_match_says_so_and_can_be_taken_back(stage: Stage, qtbot) -> None:
    window = stage.show()
    window.go(SettingsRoute())
    nothing = window.page.findChild(EmptyState)
    assert isinstance(nothing, EmptyState)
    qtbot.waitUntil(lambda: "Yazı boyutu" in in_sight(window))
    assert not nothing.isVisible()
    window.page.actions_here()[0].run()
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "qqq")
    qtbot.waitUntil(nothing.isVisible)
    assert in_sight(window) & {"Bu adda bir ayar yok.", "Yazı boyutu"} == {"Bu adda bir ayar yok."}
    nothing.button.click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not nothing.isVisible() and "Yazı boyutu" in in_sight(window))
