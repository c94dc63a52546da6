"""Comparing six words: what to do, the words, and what came of it. The same on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui import fonts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.devices.words import SixWords
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, problem
from kume_desktop.texts import N_, _

SAME, OTHER = "same", "other"


class Comparing(QVBoxLayout):
    """`problem_of` says why one cannot go on; None where the words were compared and are the same."""

    def __init__(self, how: str, words: Sequence[str]) -> None:
        super().__init__()
        self.setSpacing(12)
        self.words = SixWords(words)
        answers = [(SAME, _(N_("All six are the same"))), (OTHER, _(N_("They differ")))]
        self.answer = Segments(_(N_("The words")), answers)
        self.addWidget(Label(how, Role.BODY, Tone.TEXT2, wrap=True))
        self.addWidget(self.words)
        self.addWidget(Label(_(N_("What came of it?")), Role.SECOND, Tone.TEXT2, weight=fonts.MEDIUM))
        self.addWidget(self.answer)

    def problem_of(self, name: str) -> Problem | None:
        """Not compared yet, or different."""
        if self.answer.current == SAME:
            return None
        return problem(
            "device.words-differ" if self.answer.current == OTHER else "device.words-not-compared", name=name
        )
