"""A part of the area page below the fold: its head, its figure or what is missing, and a way to mend that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone


class Section(QWidget):
    """`add` figures and sentences under the title."""

    def __init__(self, title: str, marks: str = "") -> None:
        super().__init__()
        self.title = title
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(4)
        self._column.addWidget(Label(title, Role.SECTION, wrap=True))
        if marks:
            self._column.addWidget(Label(marks, Role.CAPTION, Tone.TEXT2, weight=fonts.REGULAR, wrap=True))

    def add(self, widget: QWidget) -> None:
        """Add a figure."""
        self._column.addWidget(widget)

    def say(self, *sentences: str, tone: Tone = Tone.TEXT2) -> None:
        """Add sentences; empty ones are left out."""
        for sentence in sentences:
            if sentence:
                self._column.addWidget(Label(sentence, Role.SECOND, tone, wrap=True))

    def link(self, word: str, run: Callable[[], object]) -> None:
        """Add a link to where more is, or where what is missing can be mended."""
        button = Button(word, Kind.LINK)
        button.clicked.connect(lambda _checked=False: run())
        row = QHBoxLayout()
        row.setContentsMargins(4, 2, 4, 4)
        row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
