"""The child of `startup`: show a window and write a line when it is painted for the first time."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstPaint(QObject):
    """Writes `painted` when a main window has got its first paint event, once that event has been handled."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._told = False
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let every event pass."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, QMainWindow) and not self._told:
            self._told = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        if event.type() is QEvent.Type.User and watched is self:
            sys.stdout.write("painted\n")
            sys.stdout.flush()
        return False


def main(what: str) -> int:
    """Run the program or the bare window."""
    if what == "bare":
        app = QApplication([])
        FirstPaint(app)
        window = QMainWindow()
        window.show()
        return app.exec()
    from kume_desktop import __main__ as program
    from kume_desktop.gui.app import make_application

    FirstPaint(make_application())
    return program.main([])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
