"""What is kept beside the answers while one types: the text in a field, and the place in the interview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kume_desktop.problems import Refused

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session

KEEP_MS = 300
"""How long after a key or step drafts and the place are written at the latest, in milliseconds."""


class Keeper(QObject):
    """Writes drafts and the place a moment after a key; where the study is busy or full, a moment later.

    `kept` carries the moment of the commit of a text. The moment does not begin anew with each key: who types without
    a pause loses no more than it when the program is killed.
    """

    kept = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._typing: dict[str, str] = {}
        self._place = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self._keep)

    def place(self, path: str) -> None:
        """Note the question at which the person is."""
        self._place = path if path != self._session.position else ""
        self._start()

    def text(self, path: str, text: str) -> None:
        """Note what stands in a field; '' drops the draft."""
        if text or path in self._session.drafts or path in self._typing:
            self._typing[path] = text
            self._start()

    def _start(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def forget(self, path: str) -> None:
        """The text of a field is on its way as an answer."""
        self._typing.pop(path, None)

    def close(self, held: Mapping[str, str]) -> None:
        """Write everything now, also the answers that wait (`held`); nothing is written afterwards."""
        self._typing |= held
        self._keep()
        self._timer.stop()

    def _keep(self) -> None:
        self._timer.stop()
        try:
            if self._place:
                self._session.go_to(self._place)
            for path, text in list(self._typing.items()):
                self._session.draft(path, text)
                del self._typing[path]
                if text:
                    self.kept.emit(self._session.draft_times.get(path))
        except Refused:
            self._timer.start()
        else:
            self._place = ""
