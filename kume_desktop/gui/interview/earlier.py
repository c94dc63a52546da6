"""What the firm answered in an earlier wave, as a quiet line under the question; it is taken over only by its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.keycap import KeyCap
from kume_desktop.gui.components.labels import Label, announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import Row
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.earlier_answers import EarlierAnswer

KEY = "F7"
TAKE_OVER = Qt.Key.Key_F7
_MOST_SHOWN = 80


class EarlierLine(QWidget):
    """Wave and answer; the link and F7 give the same answer anew, in this interview and by this interviewer.

    Where another answer stands, or is being typed, the first press asks and the second puts it in its place.
    In a battery there is no room for the key cap; the bottom bar names the key there.
    """

    def __init__(self, before: EarlierAnswer, row: Row, take_over: Callable[[], object]) -> None:
        super().__init__()
        digit = next((choice.key for choice in row.choices if choice.name == before.raw), "")
        words = tr(N_("{wave}: {answer}"), wave=before.wave, answer=" ".join([*digit, *before.shown.split()]))
        self._has_cap = not row.likert
        self._wave, self._told = before.wave, words
        self.asks = False
        self._words = Label(words, Role.SECOND, Tone.TEXT3, wrap=True)
        said = {"wave": before.wave, "answer": before.shown}
        self._words.setAccessibleName(tr(N_("Answer of the wave {wave}: {answer}"), **said))
        self._link = Button(_(N_("Take over")), Kind.LINK)
        self._link.setAccessibleName(tr(N_("Take over the answer of {wave}: {answer}"), **said))
        self._link.setToolTip(_(N_("Give the same answer now (F7)")))
        self._link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._link.clicked.connect(lambda _checked=False: take_over())
        self._cap = KeyCap(KEY)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._words)
        line.addWidget(self._link, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._cap, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)

    def ask(self, there: str) -> None:
        """Ask before the earlier answer takes the place of what stands there now."""
        self.asks = True
        asked = N_("“{answer}” stands here. Press F7 again to put the answer of {wave} in its place: {earlier}")
        short = there if len(there) <= _MOST_SHOWN else there[:_MOST_SHOWN].rstrip() + " …"
        _before, _colon, earlier = self._told.partition(": ")
        self._words.setText(tr(asked, answer=" ".join(short.split()), wave=self._wave, earlier=earlier))
        self._words.set_tone(Tone.WARN)
        self._link.setText(_(N_("Put in its place")))
        announce(self, self._words.text())

    def let_go(self) -> None:
        """Ask no more: nothing was replaced."""
        if self.asks:
            self.asks = False
            self._words.setText(self._told)
            self._words.set_tone(Tone.TEXT3)
            self._link.setText(_(N_("Take over")))

    def offer(self, may: bool) -> None:
        """Offer to take the answer over, or only show it (it is the same already, or nothing may be answered)."""
        if not may:
            self.let_go()
        self._link.setHidden(not may)
        self._cap.setHidden(not (may and self._has_cap))
