"""A backup before drafts are moved: many interviews change at once, and a person may want to see them as they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.tasks import Task
from kume_desktop.services import backups, worker

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk


class BackupFirst(QObject):
    """Makes a backup where one is due, then acts; where it is refused nothing is done. Made-up firms need none."""

    progressed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None

    @property
    def is_running(self) -> bool:
        """Whether the backup is being made."""
        return self._task is not None and self._task.is_running

    def start(self, act: Callable[[], object]) -> None:
        """Back up, then `act`."""
        head = self._desk.head
        if head is None or head.demonstration or head.practice:
            act()
            return
        self._task = Task(worker.request(self._desk.study, "backup", reason=backups.IMPORT, if_due=True), self)
        self._task.progressed.connect(self.progressed)
        self._task.finished.connect(lambda _made: act())
        self._task.refused.connect(self.refused)
        self._task.start()

    def cancel(self) -> bool:
        """Stop the backup and do nothing; False where none is being made."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        self.progressed.emit(None)
        return True
