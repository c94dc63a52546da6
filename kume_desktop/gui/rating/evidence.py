"""What a rater rests a level on: the kind of evidence, the reason, and for a panel the day and the members."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.fields import LongText, TextField, labelled
from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.figures.fitting import width_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.rating.asks import Meeting
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

_SEGMENT_ROOM, _CHECK_ROOM = 36, 28
"""What a segment needs beside its word: padding and gap; and the check mark of the chosen one."""


class EvidenceLine(QWidget):
    """The kinds of evidence beside their word; `picked` carries the code."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[tuple[str, str], ...] = ()
        self._in_row = 0
        self.choices: Segments | None = None
        self._word = Label(_(N_("Evidence")), Role.SECOND, weight=fonts.MEDIUM)
        self._about = Label("", Role.CAPTION, Tone.TEXT2, wrap=True)
        self._missing = MissingNote()
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self._row.addWidget(self._word)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._missing)
        foot.addWidget(self._about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addLayout(foot)

    def show_kinds(
        self, kinds: Sequence[tuple[str, str]], chosen: str, about: str, *, missing: bool, enabled: bool
    ) -> None:
        """Show these kinds with the chosen one; `about` says what to look for."""
        if tuple(kinds) != self._kinds or (self.choices is not None and self.choices.current != chosen):
            self._kinds = tuple(kinds)
            self._rebuild(chosen)
        self._about.setText(about)
        self._missing.show_text(_(N_("required from level 4")) if missing else "")
        if self.choices is not None:
            self.choices.setEnabled(enabled)

    def take_focus(self) -> None:
        """Put the focus on the chosen kind, else on the first."""
        if self.choices is not None:
            self.choices.focus_choice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two lines where one is too narrow, four where two are."""
        super().resizeEvent(event)
        if self.choices is not None and self._in_row != self._fitting(event.size().width()):
            self._rebuild(self.choices.current)

    def _fitting(self, width: int) -> int:
        """How many kinds stand on a line; 0 for all, with room left behind them."""
        plain = fonts.font(Role.BODY)
        wide = [width_of(word, plain) + _SEGMENT_ROOM for _code, word in self._kinds]
        room = width - width_of(self._word.text(), self._word.font()) - 16 - _CHECK_ROOM
        if width <= 0 or not wide or sum(wide) <= room:
            return 0
        return 2 if max(wide[::2]) + max(wide[1::2], default=0) + _CHECK_ROOM <= room else 1

    def minimumSizeHint(self) -> QSize:
        """The kinds follow the width of the page and never hold it open."""
        return QSize(0, super().minimumSizeHint().height())

    def _rebuild(self, chosen: str) -> None:
        """Segments cannot let go of a choice, so a blank line is made of new ones."""
        old, focused = self.choices, QApplication.focusWidget()
        had_focus = old is not None and focused is not None and old.isAncestorOf(focused)
        enabled = old is None or old.isEnabled()
        self._in_row = self._fitting(self.width() if self.isVisible() else 0)
        self.choices = Segments(_(N_("Evidence")), self._kinds, chosen, in_row=self._in_row)
        self.choices.setMinimumWidth(0)
        self.choices.setEnabled(enabled)
        self.choices.picked.connect(self.picked)
        if old is not None:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._row.addWidget(self.choices, 1)
        if had_focus:
            self.choices.focus_choice()


class MissingNote(QWidget):
    """A triangle and why something is missing; nothing where nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("triangle-alert", tone=Tone.WARN)
        self._text = Label("", Role.SECOND, Tone.WARN, weight=fonts.MEDIUM)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """What is missing."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say what is missing; '' takes the line away."""
        self._text.setText(text)
        if bool(text) == self.isHidden():
            self.setVisible(bool(text))


class _Field(TextField):
    """A line that keeps Enter to itself: the page would go on a second time."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends here."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class ReasonLine(QWidget):
    """The reason under its word; `committed` carries the text once, `entered` says that Enter was pressed."""

    committed = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._word = Label("", Role.SECOND, weight=fonts.MEDIUM)
        self._missing = MissingNote()
        self.field = _Field(_(N_("Reason")))
        self._word.setBuddy(self.field)
        self.field.committed.connect(self.committed)
        self.field.returnPressed.connect(self.entered)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._word)
        head.addWidget(self._missing)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.field)

    def show_reason(self, word: str, text: str, required: str, *, enabled: bool) -> None:
        """Show a stored reason, and why one must be written."""
        self._word.setText(word)
        self.field.setAccessibleName(word)
        self.field.setAccessibleDescription(required)
        self.field.show_text(text)
        self._missing.show_text(required)
        self.field.setReadOnly(not enabled)

    def take_focus(self) -> None:
        """Put the cursor at the end of the reason."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.end(False)


class MeetingLine(QWidget):
    """The day on which a panel met and who was there; both stay for the area's next indicator."""

    committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.day = _Field(_(N_("Day of the meeting")), placeholder=_(N_("23.11.2026")))
        self.day.setFixedWidth(theme.px(124))
        self.members = LongText(_(N_("Members, one a line")))
        self.day.committed.connect(lambda _text: self.committed.emit(self.meeting))
        self.day.returnPressed.connect(self.members.setFocus)
        self.members.committed.connect(lambda _text: self.committed.emit(self.meeting))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        day = labelled(_(N_("Day of the meeting")), self.day)
        day.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(labelled(_(N_("Members, one a line")), self.members), 1)

    @property
    def meeting(self) -> Meeting:
        """What stands in the fields."""
        return Meeting(self.day.text(), self.members.toPlainText())

    def show_meeting(self, meeting: Meeting) -> None:
        """Show what is stored; a field that is being written in keeps its text."""
        if not self.day.hasFocus():
            self.day.show_text(meeting.held_on)
        if not self.members.hasFocus():
            self.members.show_text(meeting.members)

    def take_focus(self) -> None:
        """Go to what is missing first."""
        (self.members if self.day.text() else self.day).setFocus(Qt.FocusReason.TabFocusReason)
