"""The effect of a draft, computed by the companion: the newest question wins, an older one is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.method import Method

_SETTLE_MS = 60


class Preview(QObject):
    """`found` carries the effects, `refused` the problems of a method that does not hold."""

    found = Signal(object)
    refused = Signal(object)
    working = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question: Question | None = None
        self._wanted: Method | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._start)

    @property
    def is_working(self) -> bool:
        """Whether an answer is still to come."""
        return self._settle.isActive() or self._question is not None

    def ask(self, method: Method) -> None:
        """Ask for the effect of a method; several commits in a row are one question."""
        self._wanted = method
        self._settle.start()

    def let_go(self) -> None:
        """Nobody waits for the answer any more: the page goes, or the draft does not hold."""
        self._settle.stop()
        self._drop()
        self.working.emit(False)

    def _drop(self) -> None:
        if self._question is not None:
            self._question.drop()
            self._question = None

    def _start(self) -> None:
        from kume_desktop.services import companion

        self._drop()
        if self._wanted is None or not self._desk.has_study:
            return
        self.working.emit(True)
        self._question = question = self._desk.companion.ask(self, companion.PREVIEW, method=self._wanted.to_json())
        question.answered.connect(self._take)
        question.refused.connect(self._refuse)

    def _take(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import method_versions

        self._question = None
        self.working.emit(False)
        self.found.emit(method_versions.effects_of(answer["effects"]))

    def _refuse(self, problems: object) -> None:
        self._question = None
        self.working.emit(False)
        self.refused.emit(problems)
