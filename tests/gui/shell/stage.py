"""Hands for the window tests: keys that type any letter, a window around a page, what stands on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import Route
from kume_desktop.gui.window import Window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PASSPHRASE = "gizli parola"
WIDE, LAPTOP_125 = QSize(1366, 768), QSize(1092, 550)
LOOK_MS, MOST_LOOKS = 20, 150


def type_text(widget: QWidget, text: str) -> None:
    """Type letter by letter; QTest.keyClicks ends the process at the first "ş"."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def press(widget: QWidget, keys: str) -> None:
    """Press one key or a chord such as `Ctrl+K`, as a person would: shortcuts are tried first."""
    chord = QKeySequence(keys)[0]
    QTest.keyClick(widget.window().windowHandle() or widget, chord.key(), chord.keyboardModifiers())


def bring(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget as the active window; without one nothing has the focus."""
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget)


def at_rest(found: Callable[[], list[str]]) -> list[str]:
    """What is found once the page has come to rest: a busy machine gives the second pass of a layout late."""
    looks: list[list[str]] = [found()]
    if not looks[-1]:
        return []
    loop, timer = QEventLoop(), QTimer()

    def look() -> None:
        looks.append(found())
        if not looks[-1] or len(looks) == MOST_LOOKS:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    loop.exec()
    return looks[-1]


@contextmanager
def shown_window(desk: Desk, route: Route | None = None, size: QSize = WIDE) -> Iterator[Window]:
    """An active window that is closed at the end."""
    window = Window(desk, route, size)
    try:
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class TopLevels(QObject):
    """Notes every widget that is shown as a window of its own; a flashing one takes the focus away."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._app = app

    def __enter__(self) -> Self:
        self._app.installEventFilter(self)
        return self

    def __exit__(self, *_how: object) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch shows."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False
