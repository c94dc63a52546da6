"""The child of `startup`: show a window and write a line when it is painted for the first time.

The filter sits on the window alone. On the application it would see every event of every widget, some 1,300 until the
first picture, and would give each widget of Qt's own a wrapper in Python: work that neither window has without it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

if TYPE_CHECKING:
    from kume_desktop.gui.window import Window


class FirstPaint(QObject):
    """Writes `painted` when its window has got its first paint event, once that event has been handled."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._told = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and signature
        """Let every event pass."""
        if event.type() is QEvent.Type.Paint and not self._told:
            self._told = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def event(self, event: QEvent) -> bool:
        """The paint event has been handled."""
        if event.type() is QEvent.Type.User:
            sys.stdout.write("painted\n")
            sys.stdout.flush()
        return super().event(event)


def main(what: str) -> int:
    """Run the program or the bare window."""
    if what == "bare":
        app = QApplication([])
        window = QMainWindow()
        FirstPaint(window)
        window.show()
        return app.exec()
    from kume_desktop import __main__ as program
    from kume_desktop.gui import app as room

    shown = room.show_window

    def watched(window: Window) -> None:
        FirstPaint(window)
        shown(window)

    room.show_window = watched
    return program.main([])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
