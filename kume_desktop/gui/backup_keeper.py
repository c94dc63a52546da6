"""Backups that make themselves: after a study was opened and after each interview, beside the window.

Nobody is asked and nothing is shown while it works. What kept a backup from being made stands on the start page and on
the page of the backups, because those look at what lies on the disk.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.problems import Problem

_log = logging.getLogger(__name__)
AFTER_OPENING_MS, AFTER_INTERVIEW_MS = 15_000, 2_000
"""Opening a study has other work first; after an interview the page behind it is drawn first."""


class BackupKeeper(QObject):
    """Makes a backup where one is due; one at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._after_interview = False
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._make)
        desk.study_changed.connect(lambda: self._soon(AFTER_OPENING_MS, after_interview=False))

    @property
    def is_busy(self) -> bool:
        """Whether a backup is being made now."""
        return self._task is not None and self._task.is_running

    def interview_left(self) -> None:
        """An interview was left: back up what it brought."""
        self._soon(AFTER_INTERVIEW_MS, after_interview=True)

    def _soon(self, wait_ms: int, *, after_interview: bool) -> None:
        self._after_interview = after_interview
        self._timer.start(wait_ms)

    def _make(self) -> None:
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import backups, worker

        head = self._desk.head
        if head is None or head.demonstration:
            return
        if self.is_busy:
            self._timer.start(AFTER_INTERVIEW_MS)
            return
        reason = backups.INTERVIEW if self._after_interview else backups.OPENED
        task = Task(worker.request(self._desk.study, "backup", reason=reason, if_due=True), self)
        task.refused.connect(_note)
        self._task = task
        task.start()


def _note(problems: tuple[Problem, ...]) -> None:
    for one in problems:
        _log.warning("no backup was made: %s", one.code)
