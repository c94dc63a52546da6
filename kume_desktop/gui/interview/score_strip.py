"""The score so far beside an interview that staff read; it is never there while the interview is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.figures import live_score
from kume_desktop.gui.fonts import SEMIBOLD, Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.rating_views import LiveScore


class ScoreStrip(QFrame):
    """One line under the head of the page: the score of the levels given so far, and where it can end."""

    def __init__(self) -> None:
        super().__init__()
        self._score = Label("", Role.BODY, weight=SEMIBOLD, tabular=True)
        self._bounds = Label("", Role.SECOND, Tone.TEXT2, tabular=True)
        row = QHBoxLayout()
        margin = theme.metrics().margin
        row.setContentsMargins(margin, 6, margin, 6)
        row.setSpacing(12)
        row.addWidget(self._score)
        row.addWidget(self._bounds)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(Rule())
        self.hide()

    @property
    def words(self) -> str:
        """What the strip says, '' while it is not there."""
        return "" if self.isHidden() else f"{self._score.text()} · {self._bounds.text()}"

    def show_score(self, score: LiveScore | None) -> None:
        """Show a score, or go where there is none."""
        if score is not None:
            self._score.setText(live_score.so_far(score))
            self._bounds.setText(live_score.bounds(score))
            self.setAccessibleName(f"{_(N_('Score so far'))}: {self._score.text()}, {self._bounds.text()}")
        self.setVisible(score is not None)
