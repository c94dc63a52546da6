"""The note under the row it concerns: soft (look at this) or hard (not stored)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.keycap import KeyCap
from kume_desktop.gui.components.labels import IconLabel, Label, announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone


@dataclass(frozen=True, slots=True)
class NoteAction:
    """What one can do about it; `key` is shown in a cap behind the words."""

    label: str
    run: Callable[[], object]
    key: str = ""


class ProblemNote(QFrame):
    """One line of what does not fit, then at most two actions. Never modal."""

    def __init__(self, text: str, *, hard: bool = False, detail: str = "", actions: Sequence[NoteAction] = ()) -> None:
        super().__init__()
        self.setObjectName("noteHard" if hard else "noteSoft")
        self._text = text
        icon = IconLabel("circle-alert" if hard else "triangle-alert", tone=Tone.ERR if hard else Tone.WARN)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 7, 12, 7)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        beside = Qt.AlignmentFlag.AlignVCenter if actions and not detail else Qt.AlignmentFlag.AlignTop
        grid.addWidget(icon, 0, 0, beside)
        grid.addWidget(Label(text, Role.SECOND, weight=fonts.MEDIUM, wrap=True), 0, 1)
        if detail:
            grid.addWidget(Label(detail, Role.SECOND, wrap=True), 1, 1)
        grid.setColumnStretch(1, 1)
        if actions:
            grid.addWidget(self._acts(actions, hard), 0, 2, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What does not fit."""
        return self._text

    def say(self) -> None:
        """Let a screen reader say the note; call it once it is in sight."""
        announce(self, self._text)

    def _acts(self, actions: Sequence[NoteAction], hard: bool) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for action in actions[:2]:
            button = Button(action.label, Kind.LINK if hard else Kind.WARN_LINK)
            button.clicked.connect(lambda _checked=False, run=action.run: run())
            row.addWidget(button)
            if action.key:
                row.addWidget(KeyCap(action.key))
        return held


class ReasonFlag(QWidget):
    """What a soft note shrinks to once its reason is written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.setSpacing(8)
        row.addWidget(IconLabel("flag", tone=Tone.WARN))
        row.addWidget(Label(text, Role.SECOND, Tone.TEXT2, wrap=True), 1)
