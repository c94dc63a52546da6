"""The results that the pages show, whether they still hold, and the way to fresh ones: computing in the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.figures import words
from kume_desktop.gui.page import Progress, SaveKind, SaveState
from kume_desktop.problems import Problem, Refused
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import Results


class Computing(QObject):
    """`changed`: other results; `aged`: they hold no longer; `progressed`: Progress or None; `refused`: problems."""

    changed = Signal()
    aged = Signal()
    progressed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self.results: Results | None = None
        self.method: Method | None = None
        self.problems: tuple[Problem, ...] = ()
        self.is_stale = False
        self.read()

    def read(self) -> None:
        """Read the results as they are kept now, with the method they were computed with, else the one in force."""
        from kume_desktop.services import method_versions, results

        study = self._desk.study
        try:
            self.method = results.method(study)
            self.results = results.latest(study)
            if self.results is not None:
                self.method = method_versions.computed_with(study, self.results)
        except Refused as refusal:
            self.problems = refusal.problems

    @property
    def is_running(self) -> bool:
        """Whether the worker is computing now."""
        return self._task is not None and self._task.is_running

    @property
    def state(self) -> SaveState:
        """What the bottom bar says."""
        if self.results is None:
            return SaveState()
        kind = SaveKind.STALE if self.is_stale else SaveKind.COMPUTED
        return SaveState(kind, words.moment(self.results))

    def check(self) -> None:
        """Look whether answers, levels or the method have changed since; a tenth of a second on a large study."""
        if self.results is None or not self._desk.has_study:
            return
        from kume_desktop.services import results

        stale = results.is_stale(self._desk.study, self.results)
        if stale != self.is_stale:
            self.is_stale = stale
            self.aged.emit()

    def compute(self) -> None:
        """Compute anew; a second call while it runs does nothing."""
        if self.is_running or self.method is None:
            return
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        self._task = task = Task(worker.request(self._desk.study, "compute"), self)
        task.progressed.connect(self.progressed)
        task.finished.connect(self._keep)
        task.refused.connect(self._refuse)
        task.cancelled.connect(self._end)
        self.progressed.emit(Progress(0, 0, _(N_("Computing"))))
        task.start()

    def cancel(self) -> bool:
        """Stop the worker; nothing that was computed before is lost. False where nothing runs."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        return True

    def let_go(self) -> None:
        """The page goes: stop the worker, which outlives the page until it has ended."""
        task = self._task
        if task is None or not task.is_running:
            return
        task.setParent(QApplication.instance())
        for ended in (task.finished, task.refused, task.cancelled):
            ended.disconnect()
            ended.connect(task.deleteLater)
        task.cancel()

    def _keep(self, answer: dict[str, Any]) -> None:
        from kume_desktop.services import method_versions, results

        try:
            self.results = results.keep(self._desk.study, answer["payload"], answer["newest"])
            self.method = method_versions.computed_with(self._desk.study, self.results)
            self.is_stale = results.is_stale(self._desk.study, self.results)
        except Refused as refusal:
            self._refuse(refusal.problems)
            return
        self._end()
        self.changed.emit()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._end()
        self.refused.emit(problems)

    def _end(self) -> None:
        self.progressed.emit(None)
