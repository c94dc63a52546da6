"""The editor of the policy texts of a category, in both languages: another wording is another method version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import LongText
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.policies import PolicyText

EVERY = "all"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def name_of(category: str) -> str:
    """2. Kategori, or every category."""
    return _(N_("every category")) if category == EVERY else words.short_category(int(category))


class PolicyEditor(QWidget):
    """A row for each text and an empty one; `saved` carries (category, pairs), `left` that nothing is to change."""

    saved = Signal(str, object)
    left = Signal()
    other_asked = Signal(str)

    def __init__(self, category: str, other: str, policies: Sequence[PolicyText]) -> None:
        super().__init__()
        self.category = category
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(6)
        self._column.addLayout(self._head(category, other))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, head in enumerate((_(N_("Turkish")), _(N_("English")))):
            grid.addWidget(Label(head, Role.CAPTION, Tone.TEXT2), 0, place)
        self.rows = [
            self._row(grid, number, pair)
            for number, pair in enumerate([*((one.tr, one.en) for one in policies), ("", "")], start=1)
        ]
        self._column.addLayout(grid)
        hint = _(N_("A text that is emptied in both languages goes. Saving makes a new version of the method."))
        self._column.addWidget(Label(hint, Role.CAPTION, Tone.TEXT3, wrap=True))
        self._notes = QVBoxLayout()
        self._column.addLayout(self._notes)
        self._column.addLayout(self._acts())
        self._column.addStretch(1)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What stands in the fields, Turkish and English, without the empty rows."""
        found = [(_said(turkish), _said(english)) for turkish, english in self.rows]
        return tuple(pair for pair in found if any(pair))

    def take_focus(self) -> None:
        """Begin with the first text."""
        self.rows[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say why nothing was stored; what was typed stays."""
        empty(self._notes)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            note.say()

    def save(self) -> None:
        """Hand the texts over."""
        self.saved.emit(self.category, self.pairs)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves everything as it was."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _head(self, category: str, other: str) -> QHBoxLayout:
        row = QHBoxLayout()
        title = tr(N_("Edit the policy texts · {category}"), category=name_of(category))
        row.addWidget(Label(title, Role.SECTION, wrap=True), 1)
        wanted = tr(N_("Edit those of {category}"), category=name_of(other))
        turn = Button(_(N_("Edit those of every category")) if other == EVERY else wanted, Kind.LINK)
        turn.clicked.connect(lambda: self.other_asked.emit(other))
        row.addWidget(turn)
        return row

    def _row(self, grid: QGridLayout, number: int, pair: tuple[str, str]) -> tuple[LongText, LongText]:
        names = (N_("Text {number}, Turkish"), N_("Text {number}, English"))
        fields = [LongText(tr(name, number=number), text) for name, text in zip(names, pair, strict=True)]
        if not any(pair):
            fields[0].setPlaceholderText(_(N_("A further text")))
        for place, field in enumerate(fields):
            grid.addWidget(field, number, place)
        return fields[0], fields[1]

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(8)
        save, leave = Button(_(N_("Save the texts"))), Button(_(N_("Cancel")), Kind.QUIET)
        save.clicked.connect(self.save)
        leave.clicked.connect(self.left)
        row.addWidget(save)
        row.addWidget(leave)
        row.addStretch(1)
        return row


def _said(field: LongText) -> str:
    return " ".join(field.toPlainText().split())
