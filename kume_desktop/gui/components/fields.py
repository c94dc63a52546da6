"""Fields that commit on Enter, Tab or leaving; they know no rule and show what they are told."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, icons
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

HEIGHT = 40
MOST_LINES = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextField(QLineEdit):
    """One line of text, 40 high. `committed` carries the text once, on Enter, Tab or leaving, if it was changed."""

    committed = Signal(str)

    def __init__(self, name: str, text: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(fonts.font(Role.BODY))
        self.setFixedHeight(HEIGHT)
        self._told = ""
        self.show_text(text)
        self.editingFinished.connect(self._commit)

    def show_text(self, text: str) -> None:
        """Show a stored text; it counts as committed."""
        self._told = text
        self.setText(text)

    def set_refused(self, refused: bool) -> None:
        """Mark the text as not stored (the note below says why), or take the mark away."""
        _mark_refused(self, refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Z to the window where nothing was typed that the field could take back."""
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _commit(self) -> None:
        if self.text() != self._told:
            self._told = self.text()
            self.committed.emit(self._told)


class NumberField(TextField):
    """A number as people type it: "." gives the decimal sign of the language."""

    def __init__(self, name: str, text: str = "", placeholder: str = "") -> None:
        super().__init__(name, text, placeholder)
        self.setFont(fonts.font(Role.BODY, tabular=True))
        self.setFixedWidth(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn a typed point into the decimal sign, so that 12.5 never becomes 125."""
        if event.text() == ".":
            self.insert(QLocale().decimalPoint())
        else:
            super().keyPressEvent(event)


class PassphraseField(TextField):
    """A hidden text; never stored, never logged."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)


class SearchField(TextField):
    """A search field with a magnifier, 36 high; Esc empties it first."""

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, "", placeholder)
        self.setFixedHeight(36)
        self.setTextMargins(icons.ROW + 12, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its magnifier."""
        super().paintEvent(event)
        icons.paint(QPainter(self), QPoint(10, (self.height() - icons.ROW) // 2), "search")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field; an empty field leaves Esc to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class LongText(QPlainTextEdit):
    """Text of several lines that grows from one to four; Enter is a new line, Tab or leaving commits."""

    committed = Signal(str)

    def __init__(self, name: str, text: str = "", placeholder: str = "", *, lines: int = 1) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(fonts.font(Role.BODY))
        self.setTabChangesFocus(True)
        self._least = lines
        self._told = ""
        self.textChanged.connect(self._grow)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show a stored text; it counts as committed."""
        self._told = text
        self.setPlainText(text)
        self._grow()

    def set_refused(self, refused: bool) -> None:
        """Mark the text as not stored, or take the mark away."""
        _mark_refused(self, refused)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits what was changed."""
        super().focusOutEvent(event)
        if self.toPlainText() != self._told:
            self._told = self.toPlainText()
            self.committed.emit(self._told)

    def _grow(self) -> None:
        """As high as the text, up to four lines; a scroll bar only where there are more."""
        needed = int(self.document().size().height())
        lines = min(MOST_LINES, max(self._least, needed))
        self.setFixedHeight(max(HEIGHT, lines * self.fontMetrics().lineSpacing() + 22))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needed > MOST_LINES else policy.ScrollBarAlwaysOff)


def labelled(label: str, field: QWidget, hint: str = "", unit: str = "", *, beside: QWidget | None = None) -> QWidget:
    """A field under its label ('' for none), with an optional unit or widget behind it and a hint below."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    if label:
        words = Label(label, Role.SECOND, Tone.TEXT2, weight=fonts.MEDIUM)
        words.setBuddy(field)
        column.addWidget(words)
    row = QHBoxLayout()
    row.addWidget(field)
    if unit:
        row.addWidget(Label(unit, Role.BODY, Tone.TEXT2))
    if beside is not None:
        row.addWidget(beside)
    if unit or isinstance(field, NumberField):
        row.addStretch(1)
    column.addLayout(row)
    if hint:
        column.addWidget(Label(hint, Role.CAPTION, Tone.TEXT3, wrap=True))
    return held


def _mark_refused(field: QWidget, refused: bool) -> None:
    if field.property("refused") != refused:
        field.setProperty("refused", refused)
        field.style().unpolish(field)
        field.style().polish(field)
