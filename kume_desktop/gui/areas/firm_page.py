"""The page of a firm, its profile against the area, written by the worker beside the study."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from kume_desktop import texts
from kume_desktop.gui.page import Toast
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.services.firm_scores import FirmScore


class FirmPageWriter(QObject):
    """One page at a time: `progressed` Progress or None, `told` a toast, `refused` problems.

    The worker belongs to the program: a page that is being written is finished though the area page goes.
    """

    progressed = Signal(object)
    told = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None

    @property
    def is_running(self) -> bool:
        """Whether a page is being written."""
        return self._task is not None and self._task.is_running

    def write(self, firm: FirmScore) -> None:
        """Write the page of a firm; a second one while the first is being written does nothing."""
        if self.is_running:
            return
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        target, lang = free_name(self._desk.study.path.parent, firm.code), texts.language()
        request = worker.request(self._desk.study, "firm-report", unit_id=firm.unit_id, target=str(target), lang=lang)
        self._task = task = Task(request, QApplication.instance())
        task.progressed.connect(self.progressed)
        task.finished.connect(self._tell)
        task.refused.connect(self._refuse)
        task.cancelled.connect(self._end)
        for ended in (task.finished, task.refused, task.cancelled):
            ended.connect(task.deleteLater)
        task.start()

    def cancel(self) -> bool:
        """Stop writing; False where nothing is written."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        return True

    def _tell(self, answer: dict[str, str]) -> None:
        self._end()
        self.told.emit(Toast(tr(N_("The page of the firm is written: {path}"), path=answer["path"])))

    def _refuse(self, problems: object) -> None:
        self._end()
        self.refused.emit(problems)

    def _end(self) -> None:
        self._task = None
        self.progressed.emit(None)


def free_name(folder: Path, code: str) -> Path:
    """F-012-sayfa.xlsx, or with a number behind where that is taken."""
    return next(path for path in _names(folder, code) if not path.exists())


def _names(folder: Path, code: str) -> Iterator[Path]:
    word = _(N_("page"))
    yield folder / f"{code}-{word}.xlsx"
    yield from (folder / f"{code}-{word}-{number}.xlsx" for number in count(2))
