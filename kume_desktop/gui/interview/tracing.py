"""Measures the sitting that is in front and keeps it, screen by screen: for the supervisor, never for the screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from kume_desktop.interview.timing import Stopwatch
from kume_desktop.problems import Refused

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session

AFTER_MS = 400
"""How long after a screen was left its times are written: the next question is drawn and stored answers go first."""


def _milliseconds() -> int:
    return time.monotonic_ns() // 1_000_000


class Tracer(QObject):
    """Tell it where the person is (`at`), that keys were used (`touched`), and that the sitting ends (`close`).

    What a killed program loses is the time of the screen that was in front, never an answer.
    """

    def __init__(self, session: Session, parent: QObject, clock: Callable[[], int] = _milliseconds) -> None:
        super().__init__(parent)
        self._session = session
        self._watch = Stopwatch(clock)
        self._sitting = str(uuid4())
        self._number = 0
        self._screen = ""
        self._is_live: bool | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_MS)
        self._later.timeout.connect(self.keep)
        QGuiApplication.instance().applicationStateChanged.connect(self._state_changed)  # type: ignore[union-attr]

    def at(self, path: str, screen: str) -> None:
        """The question at `path` of a screen is in front now ('': none); reading a completed one is no asking."""
        self._watch.enter("" if self._session.is_completed else path)
        if screen != self._screen:
            left, self._screen = self._screen, screen
            if left:
                self._later.start()

    def touched(self, *_what: object) -> None:
        """Somebody typed or answered."""
        self._watch.touch()

    def keep(self) -> None:
        """Write what was measured; where the study cannot be written now, it is measured on."""
        from kume_desktop.services import tracing

        self._later.stop()
        spells = self._watch.take()
        if not spells or not self._lives():
            return
        try:
            tracing.write(self._session, self._sitting, self._number + 1, spells)
        except Refused:
            self._watch.put_back(spells)
        else:
            self._number += 1

    def close(self) -> None:
        """The interview is left: keep the rest."""
        self.keep()
        self._watch.enter("")

    def _lives(self) -> bool:
        """Whether this is an interview with a person, not one that is typed from paper; asked once."""
        if self._is_live is None:
            from kume_desktop.services import tracing

            self._is_live = tracing.is_live(self._session)
        return self._is_live

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._watch.resume()
        else:
            self._watch.pause()
