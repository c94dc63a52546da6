"""Files that the report page lets the worker write: one at a time, with progress, cancel and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.page import Progress
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.problems import Problem

REPORT, PICTURES, CSV = "report", "figures", "csv"
_STARTING = {
    REPORT: N_("Writing the workbook"),
    PICTURES: N_("Drawing the figures"),
    CSV: N_("Writing the CSV files"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was written: rows in and out, figures that were not shown."""

    path: Path
    rows_in: int
    rows_out: int
    sheets: tuple[str, ...]
    formulas: int
    hidden: int

    @staticmethod
    def of(answer: Mapping[str, Any]) -> Written:
        """Read the worker's answer."""
        return Written(
            Path(str(answer["path"])),
            int(answer["rows_in"]),
            int(answer["rows_out"]),
            tuple(str(name) for name in answer["sheets"]),
            int(answer["formulas"]),
            int(answer.get("hidden", 0)),
        )


class Writing(QObject):
    """`progressed`: Progress or None at the end; `finished`: verb and answer; `refused`: problems."""

    progressed = Signal(object)
    finished = Signal(str, object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self.verb = ""

    @property
    def is_running(self) -> bool:
        """Whether something is written now."""
        return self._task is not None and self._task.is_running

    def start(self, verb: str, **params: object) -> bool:
        """Let the worker write; False where it is writing already."""
        if self.is_running:
            return False
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        self.verb = verb
        self._task = task = Task(worker.request(self._desk.study, verb, **params), self)
        task.progressed.connect(self.progressed)
        task.finished.connect(lambda answer: self._end(verb, answer))
        task.refused.connect(self._refuse)
        task.cancelled.connect(lambda: self.progressed.emit(None))
        self.progressed.emit(Progress(0, 0, _(_STARTING[verb])))
        task.start()
        return True

    def cancel(self) -> bool:
        """Stop writing; what was there before stays. False where nothing is written."""
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

    def _end(self, verb: str, answer: object) -> None:
        self.progressed.emit(None)
        self.finished.emit(verb, answer)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.progressed.emit(None)
        self.refused.emit(problems)
