"""Looks at the drives of the open study now and then, beside the window; what is wrong stands in the bottom bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kume_desktop.gui.beside import Beside
from kume_desktop.problems import Problem

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

EVERY_MS, FIRST_MS = 60_000, 4_000


class SpaceWatch(QObject):
    """One look at a time; nothing is looked at while no study is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._beside = Beside(self)
        self._beside.done.connect(self._take)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        desk.study_changed.connect(self._begin)

    def _begin(self) -> None:
        self._desk.tell_alarms(())
        self._timer.start(FIRST_MS)

    def look(self) -> None:
        """Look now."""
        from kume_desktop.services import space

        self._timer.start(EVERY_MS)
        if self._desk.has_study:
            study = self._desk.study_behind
            self._beside.start(lambda: (study, space.look(study)))

    def _take(self, told: object) -> None:
        study, found = told if isinstance(told, tuple) else (None, ())
        if self._desk.has_study and self._desk.study_behind is study:
            self._desk.tell_alarms(tuple(one for one in found if isinstance(one, Problem)))
