"""What is kept beside the answers while one types: the text in a field, and the place in the interview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kume_desktop.problems import Refused

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session

KEEP_MS = 300
"""How long after the last key or step drafts and the place are written, in milliseconds."""


class Keeper(QObject):
    """Writes drafts and the place a moment after the last key; where the study is busy or full, a moment later."""

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
        self._timer.start()

    def text(self, path: str, text: str) -> None:
        """Note what stands in a field; '' drops the draft."""
        self._typing[path] = text
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
        except Refused:
            self._timer.start()
        else:
            self._place = ""
