"""Pictures for the preview: asked from the worker, kept until the results or the language change."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.problems import Problem

DPI = 192
"""Twice what the preview needs on an ordinary screen: sharp on every one when it is scaled down."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure of an area ('' for all) in a language."""

    name: str
    area: str
    lang: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its text for those who cannot see it."""

    pixmap: QPixmap
    spoken: str


class Pictures(QObject):
    """`arrived`: pictures came; `refused`: the problems why not."""

    arrived = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: dict[Wanted, Picture] = {}
        self._task: Task | None = None
        self._asked: tuple[Wanted, ...] = ()
        self._next: tuple[Wanted, ...] = ()

    @property
    def is_drawing(self) -> bool:
        """Whether the worker draws now."""
        return self._task is not None and self._task.is_running

    def of(self, wanted: Sequence[Wanted]) -> tuple[Picture, ...]:
        """Those of `wanted` that are there."""
        return tuple(self._kept[one] for one in wanted if one in self._kept)

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Ask for what is not there yet; only the last wish waits while the worker draws."""
        missing = tuple(one for one in wanted if one not in self._kept)
        if not missing or missing == self._asked:
            self._next = ()
            return
        if self.is_drawing:
            self._next = missing
            return
        self._ask(missing)

    def forget(self) -> None:
        """Other results: nothing that was drawn holds."""
        self.let_go()
        self._kept.clear()

    def let_go(self) -> None:
        """Stop drawing; the worker outlives this until it has ended."""
        task, self._task, self._asked, self._next = self._task, None, (), ()
        if task is None or not task.is_running:
            return
        task.setParent(QApplication.instance())
        for ended in (task.finished, task.refused):
            ended.disconnect()
        for ended in (task.finished, task.refused, task.cancelled):
            ended.connect(task.deleteLater)
        task.cancel()

    def _ask(self, missing: tuple[Wanted, ...]) -> None:
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        self._asked, self._next = missing, ()
        request = worker.request(
            self._desk.study,
            "pictures",
            wanted=[[one.name, one.area, ""] for one in missing],
            lang=missing[0].lang,
            dpi=DPI,
        )
        self._task = task = Task(request, self)
        task.finished.connect(self._take)
        task.refused.connect(self._refuse)
        task.start()

    def _take(self, answer: dict[str, list[dict[str, str]]]) -> None:
        for wanted, given in zip(self._asked, answer["pictures"], strict=True):
            pixmap = QPixmap()
            pixmap.loadFromData(b64decode(given["data"]))
            self._kept[wanted] = Picture(pixmap, given["alt"])
        waiting, self._asked = self._next, ()
        self.arrived.emit()
        if waiting:
            self.want(waiting)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._asked = ()
        self.refused.emit(problems)
