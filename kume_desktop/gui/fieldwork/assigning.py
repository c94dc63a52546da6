"""Assigning firms: at once in a small study, beside the window in one whose firms take long to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.held_firms import FEW
from kume_desktop.gui.page import Progress
from kume_desktop.gui.tasks import Task
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk


class Assigning(QObject):
    """`ended` carries who had the firms that changed hands, `refused` problems; then nothing was assigned."""

    progressed = Signal(object)
    ended = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None

    def begin(self, wanted: Mapping[str, str]) -> None:
        """Give each firm its interviewer, all in one act; '' takes it away from everybody."""
        head = self._desk.head
        if not wanted or self._task is not None:
            return
        if head is None or head.firms <= FEW:
            self._at_once(wanted)
            return
        from kume_desktop.services import worker

        self._task = task = Task(worker.request(self._desk.study, "assign", wanted=dict(wanted)), self)
        task.finished.connect(self._finished)
        task.refused.connect(self._failed)
        task.cancelled.connect(self._forget)
        self.progressed.emit(Progress(0, 0, _(N_("Assigning firms"))))
        task.start()

    def stop(self) -> bool:
        """Stop an assignment that is under way; nothing is assigned then. Whether there was one."""
        if self._task is None:
            return False
        self._task.cancel()
        return True

    def _at_once(self, wanted: Mapping[str, str]) -> None:
        from kume_desktop.services import visits

        try:
            before = visits.assign_each(self._desk.study, wanted)
        except Refused as refused:
            self.refused.emit(refused.problems)
        else:
            self.ended.emit(before)

    def _finished(self, answer: Mapping[str, Mapping[str, str]]) -> None:
        self._forget()
        self.ended.emit(answer["before"])

    def _failed(self, problems: object) -> None:
        self._forget()
        self.refused.emit(problems)

    def _forget(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.deleteLater()
        self.progressed.emit(None)
