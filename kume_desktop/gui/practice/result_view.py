"""One attempt: what was right, and every answer that was not, with the reason why it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.practice import words
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.practice import Attempt
    from kume_desktop.services.practice_keys import Marked


_LEAST = 220


class ResultView(ScrollColumn):
    """Arrows scroll it once it has the focus (F6)."""

    def __init__(self) -> None:
        super().__init__(margins=(RING_ROOM, 0, RING_ROOM, 0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_(N_("Result")))
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self.column.addLayout(self._box)
        self.column.addStretch(1)
        self.show_attempt(None)

    def show_attempt(self, one: Attempt | None) -> None:
        """Show another attempt."""
        empty(self._box)
        # What was wrong is what one comes for: several lines are in sight, and the page scrolls around them.
        self.setMinimumHeight(theme.px(_LEAST) if one is not None and one.marked else 0)
        if one is None:
            self._say(_(N_("No attempt yet: what you enter is compared with the key as soon as you complete it.")))
            return
        self._box.addWidget(Label(words.headline(one), Role.BODY, weight=fonts.SEMIBOLD, wrap=True))
        wrong = [each for each in one.marked if not each.is_right]
        for each in wrong:
            self._box.addWidget(_line(each))
        if one.asked and not wrong:
            self._say(_(N_("Every answer is as the firm said it.")))
        said = [words.headline(one), *(f"{each.number} {each.title}: {words.correction(each)}" for each in wrong)]
        self.setAccessibleDescription("\n".join(said))

    def _say(self, text: str) -> None:
        self._box.addWidget(Label(text, Role.BODY, Tone.TEXT2, wrap=True))


def _line(one: Marked) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel("triangle-alert", tone=Tone.WARN), 0, Qt.AlignmentFlag.AlignTop)
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(Label(f"{one.number} {one.title}".strip(), Role.SECOND, weight=fonts.MEDIUM, wrap=True))
    text.addWidget(Label(words.correction(one), Role.SECOND, Tone.TEXT2, wrap=True))
    row.addLayout(text, 1)
    return held
