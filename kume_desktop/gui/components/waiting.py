"""What stands in the place of content that is being read for the first time: what is happening, in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

PATIENCE_MS = 400
"""What is read sooner than this shows no words: they would flash by."""


class Waiting(QWidget):
    """A line at the place where the content will be, with the margin of pages."""

    def __init__(self, words: str) -> None:
        super().__init__()
        margin = theme.metrics().margin
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, 24, margin, 24)
        self.words = Label(words, Role.BODY, Tone.TEXT2, wrap=True)
        column.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        self.words.hide()
        QTimer.singleShot(PATIENCE_MS, self.words, self.words.show)
