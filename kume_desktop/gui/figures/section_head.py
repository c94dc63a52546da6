"""The head of a part of a results page: its title, one line that explains the marks, a note at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone


class SectionHead(QWidget):
    """`note` is told apart by its icon."""

    def __init__(self, title: str, marks: str = "", note: str = "", icon: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Label(title, Role.SECTION))
        self.marks = Label(marks, Role.SECOND, Tone.TEXT2, wrap=True)
        row.addWidget(self.marks, 1)
        if note:
            if icon:
                row.addWidget(IconLabel(icon, 14))
                row.setSpacing(8)
            row.addWidget(Label(note, Role.CAPTION, Tone.TEXT2), 0, Qt.AlignmentFlag.AlignVCenter)


def empty(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
