"""Locks the window when nobody has touched it for a while: what is typed is kept, the study is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kume_desktop.gui.window import Window

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
_LOOK_EVERY_MS = 10_000
_MINUTE_MS = 60_000


class IdleLock(QObject):
    """Counts the time without a touch by a timer: a clock that is set changes nothing. `looked` comes at each look."""

    looked = Signal()

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        self._idle_ms = 0
        self._touched = True
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        """Notice touches; nothing is kept from anybody."""
        if event.type() in _TOUCHES:
            self._touched = True
            self._app.removeEventFilter(self)
        return False

    def _look(self) -> None:
        self._idle_ms = 0 if self._touched else self._idle_ms + self._timer.interval()
        if self._touched:
            self._touched = False
            self._app.installEventFilter(self)
        minutes = self._window.desk.settings.lock_minutes
        if minutes and self._idle_ms >= minutes * _MINUTE_MS:
            self._idle_ms = 0
            self._window.lock()
        self.looked.emit()
