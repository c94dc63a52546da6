"""The frame of a page that is one form: header, one column, notes, and the primary at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import LongText, TextField
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.problems import Problem

WIDTH = 620
Field = TextField | LongText


class FormFrame(QWidget):
    """Put fields into `column`; `refuse` shows what is wrong, at the fields or above the buttons."""

    def __init__(self, title: str, facts: str, act: str, back: str = "", *, width: int = WIDTH) -> None:
        super().__init__()
        self.header = PageHeader(title, facts)
        self.primary = Button(act, Kind.PRIMARY, tall=True)
        self.back = Button(back, tall=True)
        if not back:
            self.back.hide()
        margin = theme.metrics().margin - RING_ROOM
        self._scroll = ScrollColumn(theme.px(width), margins=(margin, 0, margin, 16))
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self._refused: list[tuple[Field | None, ProblemNote]] = []
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

    def refuse(
        self, problems: Sequence[Problem], field_of: Callable[[Problem], Field | None] = lambda _problem: None
    ) -> None:
        """Show a note for each problem in the place of those before; none takes them away.

        A problem of a field stands under it; the first field that is refused gets the focus.
        """
        self._forget()
        for problem in problems:
            field, note = field_of(problem), ProblemNote(texts.say(problem), hard=problem.is_error)
            below = _column_of(field)
            (below or self._notes).addWidget(note)
            self._refused.append((field, note))
            if field is not None:
                field.set_refused(True)
                field.textChanged.connect(partial(self._forget_of, field), Qt.ConnectionType.SingleShotConnection)
            note.say()
        QTimer.singleShot(0, self, self._show_first)

    def _forget(self) -> None:
        for field, note in self._refused:
            note.hide()
            note.deleteLater()
            if field is not None:
                field.set_refused(False)
        self._refused = []

    def _forget_of(self, field: Field, *_text: object) -> None:
        """What was refused is being typed anew: the note is about something that stands there no more."""
        mine = [pair for pair in self._refused if pair[0] is field]
        self._refused = [pair for pair in self._refused if pair[0] is not field]
        for _field, note in mine:
            note.hide()
            note.deleteLater()
        field.set_refused(False)

    def _show_first(self) -> None:
        """Bring the first refused field into sight, once the notes have their height."""
        fields = {field: note for field, note in reversed(self._refused) if field is not None}
        if fields:
            first = min(fields, key=self._scroll.position_of)
            first.setFocus()
            self._scroll.reveal(fields[first])
            self._scroll.reveal(first)
        elif self._refused:
            self._scroll.reveal(self.primary)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab go from the last field to the buttons, whatever was made first."""
        super().showEvent(event)
        last = self._last_field()
        if last is not None:
            QWidget.setTabOrder(last, self.primary)
            QWidget.setTabOrder(self.primary, self.back)

    def _last_field(self) -> QWidget | None:
        """The last widget of the column that Tab visits, in the order of Tab."""
        found, walk = None, self.nextInFocusChain()
        while walk is not None and walk is not self:
            visited = walk.focusPolicy() & Qt.FocusPolicy.TabFocus and self.isAncestorOf(walk)
            if visited and walk not in (self.primary, self.back):
                found = walk
            walk = walk.nextInFocusChain()
        return found


def _column_of(field: Field | None) -> QVBoxLayout | None:
    """The column in which a `labelled` field stands."""
    holder = field.parentWidget() if field is not None else None
    layout = holder.layout() if holder is not None else None
    return layout if isinstance(layout, QVBoxLayout) else None
