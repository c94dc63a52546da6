"""The effect of a draft, computed by the worker: the newest question wins, an older one is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.tasks import Task

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.method import Method

_SETTLE_MS = 200


class Preview(QObject):
    """`found` carries the effects as the worker told them, `refused` the problems of a method that does not hold."""

    found = Signal(object)
    refused = Signal(object)
    working = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._wanted: Method | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._start)

    @property
    def is_working(self) -> bool:
        """Whether an answer is still to come."""
        return self._settle.isActive() or (self._task is not None and self._task.is_running)

    def ask(self, method: Method) -> None:
        """Ask for the effect of a method; several commits in a row are one question."""
        self._wanted = method
        self._settle.start()

    def let_go(self) -> None:
        """Drop what runs: the page goes, or nobody waits for the answer any more."""
        self._settle.stop()
        self._drop()
        self.working.emit(False)

    def _drop(self) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        for signal in (task.finished, task.refused, task.cancelled):
            signal.disconnect()
        if task.is_running:
            # The worker needs a moment to end; it must outlive the page until then.
            task.setParent(QApplication.instance())
            for signal in (task.finished, task.refused, task.cancelled):
                signal.connect(task.deleteLater)
            task.cancel()

    def _start(self) -> None:
        from kume_desktop.services import worker

        self._drop()
        if self._wanted is None:
            return
        self.working.emit(True)
        task = Task(worker.request(self._desk.study, "preview", method=self._wanted.to_json()), self)
        task.finished.connect(self._take)
        task.refused.connect(self._refuse)
        task.cancelled.connect(lambda: self.working.emit(False))
        self._task = task
        task.start()

    def _take(self, answer: Mapping[str, object]) -> None:
        self.working.emit(False)
        self.found.emit(cast("list[Mapping[str, object]]", answer["effects"]))

    def _refuse(self, problems: object) -> None:
        self.working.emit(False)
        self.refused.emit(problems)
