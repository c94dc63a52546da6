"""Six words to compare on the telephone: numbered, large, three a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

IN_ROW = 3


class SixWords(QFrame):
    """The words of a computer; one frame that the keyboard reaches, so that a screen reader says them in order."""

    def __init__(self, words: Sequence[str] = (), *, in_row: int = IN_ROW, role: Role = Role.FIGURE) -> None:
        super().__init__()
        self._in_row, self._role = in_row, role
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(in_row, 1)
        self.show_words(words)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these words in the place of those before."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.setAccessibleName(f"{_(N_('Six words'))}: {' '.join(words)}")
        for place, word in enumerate(words):
            self._grid.addWidget(_numbered(place + 1, word, self._role), place // self._in_row, place % self._in_row)


def _numbered(number: int, word: str, role: Role) -> QFrame:
    held = QFrame()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Label(str(number), Role.CAPTION, Tone.TEXT3, tabular=True))
    row.addWidget(Label(word, role))
    row.addStretch(1)
    return held
