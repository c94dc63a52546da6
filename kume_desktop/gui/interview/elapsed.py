"""How long the interview has been worked at: all sittings together, without pauses, suspensions and long silences."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from kume_desktop.interview.timing import SILENCE_MS

_MS_A_MINUTE = 60_000


def _milliseconds() -> int:
    return time.monotonic_ns() // 1_000_000


class Elapsed(QObject):
    """Adds up the time between two touches on a monotonic clock; `before_ms` is what earlier sittings took."""

    def __init__(self, before_ms: int, parent: QObject, clock: Callable[[], int] = _milliseconds) -> None:
        super().__init__(parent)
        self._clock = clock
        self._total, self._last = before_ms, clock()
        self._is_paused = False
        QGuiApplication.instance().applicationStateChanged.connect(self._state_changed)  # type: ignore[union-attr]

    def touched(self, *_what: object) -> None:
        """Somebody used the keys: what passed since the last time counts, unless it was a long silence or a pause."""
        now = self._clock()
        passed, self._last = now - self._last, now
        if not self._is_paused and 0 < passed <= SILENCE_MS:
            self._total += passed

    @property
    def minutes(self) -> int:
        """Whole minutes of active time up to the last touch."""
        return self._total // _MS_A_MINUTE

    def pause(self) -> None:
        """Another window is in front, or the screen is locked."""
        self.touched()
        self._is_paused = True

    def resume(self) -> None:
        """The interview is in front again."""
        self._last = self._clock()
        self._is_paused = False

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        self.resume() if state == Qt.ApplicationState.ApplicationActive else self.pause()
