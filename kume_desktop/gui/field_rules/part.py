"""A part of the page of fieldwork rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.held_firms import FEW
from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk


class Part(QWidget):
    """`stored` carries what was done in words and how it is undone (or None); `navigate` a route."""

    stored = Signal(str, object)
    navigate = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys that work in this part."""
        return ()

    def actions_here(self) -> tuple[Action, ...]:
        """What one can do in this part."""
        return ()

    def typed(self) -> tuple[str, ...]:
        """What is typed and not stored yet."""
        return ()

    def take_focus(self) -> None:
        """Put the focus where one begins."""
        self.setFocus()

    def area_names(self) -> dict[str, str]:
        """The areas by code, in study order, in the language in force."""
        turkish = texts.language() == "tr"
        return {area.code: area.name_tr if turkish else area.name_en for area in self.desk.study.areas()}

    def read(
        self,
        verb: str,
        here: Callable[[], Any],
        told: Callable[[Mapping[str, Any]], Any],
        show: Callable[[Any], object],
    ) -> None:
        """Read what takes all firms: `here` and now where they are few, else the companion is asked."""
        head = self.desk.head
        if head is None or head.firms <= FEW:
            show(here())
            return
        waiting = Label(_(N_("The firms are being read.")), Role.BODY, Tone.TEXT2)
        self.column.addWidget(waiting)
        question = self.desk.companion.ask(self, verb)
        question.answered.connect(waiting.hide)
        question.answered.connect(lambda answer: show(told(answer)))
        question.refused.connect(waiting.hide)
        question.refused.connect(self._tell)

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        for one in problems:
            self.column.addWidget(ProblemNote(texts.say(one), hard=True))
