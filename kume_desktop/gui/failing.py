"""What happens in the window when the program itself fails: a report is kept, the log is written, the person is told.

A failure can come from any thread; only the window's own may show something, so the others hand theirs over.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QApplication

_log = logging.getLogger(__name__)


class Failures(QObject):
    """Takes what nobody catches from now on; lives as long as the application."""

    failed = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._has_ended = False
        self.failed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Put the hooks in place."""
        sys.excepthook, threading.excepthook = self.take, self.take_of_thread

    def end(self) -> None:
        """The window was closed: what fails while the program is taken down goes to the log, and is no failure."""
        self._has_ended = True

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A failure of a slot, of an override of Qt's, or of one of Qt's own threads."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.critical("unexpected failure", exc_info=(kind, error, trace))
        if self._has_ended:
            return
        from kume_desktop.services import crash_reports
        from kume_desktop.services.crash_reports import Where

        in_window = QThread.currentThread() is self.thread()
        crash_reports.note(error, Where.WINDOW if in_window else Where.THREAD)
        self.failed.emit(error)

    def take_of_thread(self, told: threading.ExceptHookArgs) -> None:
        """A failure of a thread of Python's."""
        if told.exc_value is not None:
            self.take(told.exc_type, told.exc_value, told.exc_traceback)

    def _show(self, error: BaseException) -> None:
        from kume_desktop.gui.components import bug_box

        bug_box.show(error)
