"""Slow work of the pages of questionnaires: in the worker, beside the window, or in steps that let keys through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.page import Progress
from kume_desktop.gui.tasks import Task
from kume_desktop.problems import Refused


class Work(QObject):
    """One request to the worker at a time; `progressed` carries None at the end, `finished` the answer."""

    progressed = Signal(object)
    finished = Signal(object)
    refused = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: Task | None = None

    @property
    def is_running(self) -> bool:
        """Whether the worker is at it."""
        return self._task is not None and self._task.is_running

    def start(self, request: Mapping[str, object], words: str) -> None:
        """Hand a request to the worker in the place of the one before."""
        self.let_go()
        self._task = task = Task(request, self)
        task.progressed.connect(self.progressed)
        task.finished.connect(lambda answer: self._end(self.finished, answer))
        task.refused.connect(lambda problems: self._end(self.refused, problems))
        task.cancelled.connect(self._stop)
        self.progressed.emit(Progress(0, 0, words))
        task.start()

    def cancel(self) -> bool:
        """Stop the worker; False where it does nothing."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        return True

    def let_go(self) -> None:
        """Nobody waits any more: the worker is stopped, and outlives the page until it has ended."""
        task, self._task = self._task, None
        if task is None or not task.is_running:
            return
        task.setParent(QApplication.instance())
        for ended in (task.progressed, task.finished, task.refused, task.cancelled):
            ended.disconnect()
        for ended in (task.finished, task.refused, task.cancelled):
            ended.connect(task.deleteLater)
        task.cancel()

    def _end(self, told: SignalInstance, what: object) -> None:
        self.progressed.emit(None)
        told.emit(what)

    def _stop(self) -> None:
        self.progressed.emit(None)
        self.cancelled.emit()


class Steps(QObject):
    """One act for each of several things, one a turn of the event loop, so that the window answers in between."""

    progressed = Signal(object)
    done = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[object] = []
        self._total = 0
        self._results: list[object] = []
        self._words = ""
        self._act: Callable[[object], object] = bool
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def is_running(self) -> bool:
        """Whether something is left to do."""
        return self._timer.isActive()

    def start(self, things: Sequence[object], act: Callable[[object], object], words: str) -> None:
        """Do `act` with each thing; a refusal stands among the results as it is."""
        self._waiting, self._total, self._results = list(things), len(things), []
        self._act, self._words = act, words
        self.progressed.emit(Progress(0, self._total, words))
        self._timer.start()

    def cancel(self) -> bool:
        """Leave the rest undone; what was done stays. False where nothing is left."""
        if not self.is_running:
            return False
        self._waiting = []
        return True

    def _step(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self.progressed.emit(None)
            self.done.emit(self._results)
            return
        try:
            self._results.append(self._act(self._waiting.pop(0)))
        except Refused as refusal:
            self._results.append(refusal)
        self.progressed.emit(Progress(len(self._results), self._total, self._words))
