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
    from kume_desktop.gui.companion import Question
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
        self.is_checked = True
        self._question: Question | None = None
        self._unkept = ""
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
        if not self.is_checked:
            return SaveState(SaveKind.CHECKING, words.moment(self.results))
        kind = SaveKind.STALE if self.is_stale else SaveKind.COMPUTED
        return SaveState(kind, words.moment(self.results))

    def check(self) -> None:
        """Look whether answers, levels or the method have changed since.

        Where nothing that counts was written this is told at once; else the companion reads everything, and until it
        has answered nobody is told that the figures hold.
        """
        if self.results is None or not self._desk.has_study:
            return
        from kume_desktop.services import companion, results

        self._drop_question()
        stale = results.known_to_be_stale(self._desk.study, self.results)
        if stale is not None:
            self._tell(is_stale=stale, is_checked=True)
            return
        self._tell(is_stale=self.is_stale, is_checked=False)
        self._question = question = self._desk.companion.ask(self, companion.HASHES)
        question.answered.connect(self._learn)
        question.refused.connect(lambda _problems: self._tell(is_stale=True, is_checked=True))

    def _learn(self, answer: dict[str, Any]) -> None:
        """Compare with what the companion read; where something was written meanwhile ask again."""
        from kume_desktop.services import companion, results

        self._question = None
        if self.results is None or not self._desk.has_study:
            return
        newest, found = companion.hashes(answer)
        if not results.hold(self._desk.study, newest, found):
            self.check()
            return
        stale = bool(results.known_to_be_stale(self._desk.study, self.results))
        if self._unkept and not stale:
            payload, self._unkept = self._unkept, ""
            results.keep(self._desk.study, payload, newest)
        self._tell(is_stale=stale, is_checked=True)

    def _tell(self, *, is_stale: bool, is_checked: bool) -> None:
        if (is_stale, is_checked) != (self.is_stale, self.is_checked):
            self.is_stale, self.is_checked = is_stale, is_checked
            self.aged.emit()

    def _drop_question(self) -> None:
        if self._question is not None:
            self._question.drop()
            self._question = None

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
        self._drop_question()
        task = self._task
        if task is None or not task.is_running:
            return
        task.setParent(QApplication.instance())
        for ended in (task.finished, task.refused, task.cancelled):
            ended.disconnect()
            ended.connect(task.deleteLater)
        task.cancel()

    def _keep(self, answer: dict[str, Any]) -> None:
        """Keep what the worker computed, unless something that counts was written meanwhile: then look first."""
        from kume_desktop.services import knowledge, method_versions, results

        study, payload, newest = self._desk.study, str(answer["payload"]), int(answer["newest"])
        holds = knowledge.is_untouched(study, newest)
        self._drop_question()
        try:
            self.results = results.keep(study, payload, newest) if holds else results.read(payload)
            self.method = method_versions.computed_with(study, self.results)
        except Refused as refusal:
            self._refuse(refusal.problems)
            return
        self.is_stale, self.is_checked, self._unkept = False, True, "" if holds else payload
        self._end()
        if not holds:
            self.check()
        self.changed.emit()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._end()
        self.refused.emit(problems)

    def _end(self) -> None:
        self.progressed.emit(None)
