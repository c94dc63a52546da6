"""The frame of a page that is one form: header, one column, notes, and the primary at the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.problems import Problem

WIDTH = 620


class FormFrame(QWidget):
    """Put fields into `column`; `refuse` shows what is wrong above the buttons."""

    def __init__(self, title: str, facts: str, act: str, back: str = "", *, width: int = WIDTH) -> None:
        super().__init__()
        self.header = PageHeader(title, facts)
        self.primary = Button(act, Kind.PRIMARY, tall=True)
        self.back = Button(back, tall=True)
        if not back:
            self.back.hide()
        margin = theme.metrics().margin - RING_ROOM
        self._scroll = ScrollColumn(width, margins=(margin, 0, margin, 16))
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.primary)
        acts.addWidget(self.back)
        acts.addStretch(1)
        self._scroll.column.setSpacing(16)
        self._scroll.column.addLayout(self.column)
        self._scroll.column.addLayout(self._notes)
        self._scroll.column.addLayout(acts)
        self._scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self._scroll, 1)

    @property
    def shown_problems(self) -> tuple[str, ...]:
        """The sentences of the notes in sight."""
        return tuple(note.text for note in self.findChildren(ProblemNote) if not note.isHidden())

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Show a note for each problem in the place of those before; none takes them away."""
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            note.say()
            self._scroll.reveal(self.primary)
