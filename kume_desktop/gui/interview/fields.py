"""Typed answers: text, numbers, dates. They commit on Enter, Tab or leaving, and keep a refused text in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from kume_desktop.gui import theme
from kume_desktop.gui.components.fields import LongText, NumberField, TextField
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.inputs import CLEAR, ENTER, AnswerInput, question_name, tidy
from kume_desktop.gui.interview.reserve import ReserveBar
from kume_desktop.gui.theme import Tone
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import Row
from kume_desktop.texts import N_, _, language

NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)
_LONG = (Kind.GEOPOINT, Kind.GEOTRACE, Kind.GEOSHAPE, Kind.BARCODE, Kind.TEXT)
_WIDTH = 240
_LONG_WIDTH = 480
_PLACEHOLDERS = {
    Kind.TEXT: N_("Write the answer"),
    Kind.INTEGER: N_("Whole number"),
    Kind.DECIMAL: N_("Number"),
    Kind.DATE: N_("dd.mm.yyyy"),
    Kind.TIME: N_("hh:mm"),
    Kind.DATETIME: N_("dd.mm.yyyy hh:mm"),
    Kind.GEOPOINT: N_("latitude longitude, e.g. 38.4192 27.1287"),
    Kind.GEOTRACE: N_("points separated by ;"),
    Kind.GEOSHAPE: N_("points separated by ;"),
    Kind.BARCODE: N_("Write the code or scan it"),
}
_BY_APPEARANCE = {"month-year": N_("mm.yyyy"), "year": N_("yyyy")}
_EDGES = {Qt.Key.Key_Up: QTextCursor.MoveOperation.Up, Qt.Key.Key_Down: QTextCursor.MoveOperation.Down}


class _OneLine(TextField):
    """A field that stays when Tab would leave a refused text, and lends Ctrl+Z to the page when nothing is typed."""

    editable = ""
    shown_back = ""

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the page while the field has nothing to take back."""
        return True if _lends_undo(event, self.isUndoAvailable()) else super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Commit first; a text refused just now keeps the focus, pressed again it lets go."""
        fresh = self.isModified()
        self.editingFinished.emit()
        if fresh and self.property("refused"):
            self.setModified(False)
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the text that is edited instead of the formatted value."""
        if self.text() == self.shown_back != self.editable:
            self.show_text(self.editable)
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the stored value formatted again."""
        super().focusOutEvent(event)
        if self.text() == self.editable != self.shown_back:
            self.show_text(self.shown_back)


class _Number(_OneLine, NumberField):
    """A number: a typed point is the decimal sign, unless a second mark shows that the first set thousands apart."""

    emptied = Signal()

    def __init__(self, name: str, text: str = "", placeholder: str = "") -> None:
        super().__init__(name, text, placeholder)
        self._made_sign = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Delete and Backspace in an empty field, and keep marks between thousands as they were typed."""
        sign = QLocale().decimalPoint()
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not self.text():
            self.emptied.emit()
        elif event.text() in {".", ","} and self._made_sign and sign in self.text():
            here = self.cursorPosition()
            self.setText(self.text().replace(sign, "."))
            self.setCursorPosition(here)
            self.insert(event.text())
            self._made_sign = False
        elif event.text() == "." and sign == "," and sign in self.text():
            # The comma was typed and sets thousands apart: "1,250.75".
            self.insert(".")
        else:
            self._made_sign = event.text() == "." or (self._made_sign and sign in self.text())
            super().keyPressEvent(event)


class FieldInput(AnswerInput):
    """One line: a number, a date, a time."""

    beside = True
    holds_text = True

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._kind = row.kind
        self._appearance = row.appearance
        made = _Number if row.kind in NUMBERS else _OneLine
        self.field = made(question_name(row), "", _placeholder(row))
        self.field.setMaximumWidth(_WIDTH if row.kind not in _LONG else theme.px(_LONG_WIDTH))
        if "masked" in row.appearance:
            self.field.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self.field.setToolTip(_(N_("Enter keeps it and goes on")))
        self._shown = ""
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self.field, int(row.kind in _LONG), Qt.AlignmentFlag.AlignTop)
        self._line.addStretch(0)
        self.field.committed.connect(self._commit)
        self.field.textEdited.connect(self.typed)

    def fits(self, row: Row) -> bool:
        """Whether it is the same kind of field."""
        return row.kind is self._kind and row.appearance == self._appearance

    def show_answer(self, row: Row, shown: str) -> None:
        """Show the value formatted, or a refused text as it was typed."""
        self.field.setReadOnly(row.read_only)
        self.field.setAccessibleName(question_name(row))
        if self.unsent() is not None and shown == self._shown:
            return
        self._shown = shown
        stored = shown == row.value
        self.field.editable = _editable(shown, row) if stored else shown
        self.field.shown_back = row.display if stored else shown
        self.field.show_text(self.field.editable if self.field.hasFocus() else self.field.shown_back)

    def take_focus(self) -> None:
        """The field, with its text selected."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def flush(self) -> None:
        """Commit what is typed."""
        self.field.editingFinished.emit()

    def unsent(self) -> str | None:
        """What is typed and differs from what is shown back."""
        text = tidy(self.field.text())
        return None if text in {self._shown, self.field.editable, self.field.shown_back} else text

    def drop(self) -> None:
        """Show the stored value again."""
        self.field.show_text(self.field.editable if self.field.hasFocus() else self.field.shown_back)

    def set_refused(self, refused: bool) -> None:
        """Draw the red border or take it away."""
        self.field.set_refused(refused)

    def _commit(self, text: str) -> None:
        self._shown = tidy(text)
        self.committed.emit(self._shown)


class NumberInput(FieldInput):
    """A number, and behind it why there may be none: answered by either, never by both.

    Ctrl with 9, 0 or 8 says why; typing a number takes the reason back, Delete in the empty field as well.
    """

    def __init__(self, row: Row) -> None:
        super().__init__(row)
        self.beside = False
        self._stored_reason = ""
        self._reasons = row.reason.choices if row.reason is not None else ()
        self.bar = ReserveBar(row, self._reasons)
        self._line.insertWidget(1, self.bar, 1)
        self.bar.chosen.connect(self._give)
        if isinstance(self.field, _Number):
            self.field.emptied.connect(self._take_back)
        self.field.textEdited.connect(lambda text: self.bar.show_chosen("" if text else self._stored_reason))

    def fits(self, row: Row) -> bool:
        """Whether it is the same kind of field with the same reasons."""
        return super().fits(row) and row.reason is not None and row.reason.choices == self._reasons

    def show_answer(self, row: Row, shown: str) -> None:
        """Show the number, or why there is none."""
        super().show_answer(row, shown)
        self._stored_reason = row.reason.value if row.reason is not None else ""
        typed = self.unsent() is not None or shown
        self.bar.show_chosen("" if typed else self._stored_reason, locked=row.read_only)

    def take_focus(self) -> None:
        """The reason that was given, else the field."""
        if self.bar.shown:
            self.bar.focus(self.bar.shown)
        else:
            super().take_focus()

    def press(self, event: QKeyEvent) -> bool:
        """Ctrl and a digit choose a reason, Delete takes it back; on a button digits and arrows work alone."""
        name = "" if self.field.isReadOnly() else self.bar.named(event)
        if name:
            self._give(name)
            return True
        if event.key() in {*CLEAR, Qt.Key.Key_Backspace} and self.bar.has_focus:
            self._take_back()
            return True
        return self.bar.walk(event) or self._type_on(event)

    def _type_on(self, event: QKeyEvent) -> bool:
        """A figure that is typed on a button begins the number."""
        begins = len(event.text()) == 1 and event.text() in "0123456789-"
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (begins and plain and self.bar.has_focus) or self.field.isReadOnly():
            return False
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.clear()
        self.field.insert(event.text())
        self.field.textEdited.emit(self.field.text())
        return True

    def _give(self, name: str) -> None:
        had_text = self.unsent() is not None
        self._shown = self.field.editable = self.field.shown_back = ""
        self.field.show_text("")
        if had_text:
            self.typed.emit("")
        self.bar.show_chosen(name)
        self.advances = True
        if name != self._stored_reason:
            self.reasoned.emit(name)

    def _take_back(self) -> None:
        if self._stored_reason and not self.field.isReadOnly():
            self.bar.show_chosen("")
            self.advances = False
            self.reasoned.emit("")
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _commit(self, text: str) -> None:
        self.advances = False
        super()._commit(text)


class FixedValue(AnswerInput):
    """A value that nobody may change here: plain text."""

    beside = True

    def __init__(self) -> None:
        super().__init__()
        self._text = Label("", Role.BODY, Tone.TEXT2, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)

    def fits(self, row: Row) -> bool:
        """Whether the row can still only be read."""
        return row.read_only

    def show_answer(self, row: Row, shown: str) -> None:
        """Show the value as people read it."""
        said = row.display or (row.reason.display if row.reason is not None else "")
        self._text.setText(said or shown or "–")

    def take_focus(self) -> None:
        """Nothing to answer, nothing to focus."""


class _ManyLines(LongText):
    """Text that grows; Enter commits, Shift+Enter is a new line, Up and Down leave at the edges."""

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the page while the field has nothing to take back."""
        return True if _lends_undo(event, self.document().isUndoAvailable()) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the keys that move between questions to the row."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (event.key() in ENTER and plain) or event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.commit()
            event.ignore()
        elif plain and event.key() in _EDGES and not self._can_move(_EDGES[Qt.Key(event.key())]):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def commit(self) -> None:
        """Commit the text as leaving would."""
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.committed.emit(text)

    def _can_move(self, where: QTextCursor.MoveOperation) -> bool:
        return QTextCursor(self.textCursor()).movePosition(where)


class TextInput(AnswerInput):
    """Free text."""

    beside = True
    holds_text = True

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._lines = 3 if "multiline" in row.appearance else 1
        self.field = _ManyLines(question_name(row), "", _(_PLACEHOLDERS[Kind.TEXT]), lines=self._lines)
        self.field.setToolTip(_(N_("Enter keeps it and goes on, Shift+Enter begins a new line")))
        self._shown = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.field.committed.connect(self._commit)
        self.field.textChanged.connect(self._tell_typed)

    def fits(self, row: Row) -> bool:
        """Whether it is the same kind of field."""
        return row.kind is Kind.TEXT

    def show_answer(self, row: Row, shown: str) -> None:
        """Show the text."""
        self.field.setReadOnly(row.read_only)
        self.field.setAccessibleName(question_name(row))
        typed = self.field.toPlainText()
        loose = typed != shown and not self.field.hasFocus()
        if self.unsent() is None and (tidy(typed) != shown or loose):
            self._shown = shown
            self.field.show_text(shown)
        self._shown = shown

    def take_focus(self) -> None:
        """The field, at the end of its text."""
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def flush(self) -> None:
        """Commit what is typed."""
        self.field.commit()

    def unsent(self) -> str | None:
        """What is typed and not committed."""
        text = tidy(self.field.toPlainText())
        return None if text == self._shown else text

    def drop(self) -> None:
        """Show the stored text again."""
        self.field.show_text(self._shown)

    def set_refused(self, refused: bool) -> None:
        """Draw the red border or take it away."""
        self.field.set_refused(refused)

    def _tell_typed(self) -> None:
        if self.field.hasFocus() and self.unsent() is not None:
            self.typed.emit(tidy(self.field.toPlainText()))

    def _commit(self, text: str) -> None:
        self._shown = tidy(text)
        self.committed.emit(self._shown)


def _placeholder(row: Row) -> str:
    """What to type, in grey: the shape that the question asks for."""
    asked = next((text for name, text in _BY_APPEARANCE.items() if name in row.appearance), "")
    text = asked or _PLACEHOLDERS.get(row.kind, "")
    return _(text) if text else ""


def _editable(value: str, row: Row) -> str:
    """A stored value as one would type it: the decimal sign of the language, day.month.year, a month as it is shown."""
    kind = row.kind
    if kind in NUMBERS:
        return value.replace(".", ",") if language() == "tr" else value
    if row.appearance & _BY_APPEARANCE.keys():
        return row.display
    if kind is Kind.DATE and len(value) >= len("2026-11-22") and language() == "tr":
        return f"{value[8:10]}.{value[5:7]}.{value[:4]}"
    return value


def _lends_undo(event: QEvent, has_own: bool) -> bool:
    """Whether `event` asks for Ctrl+Z in a field that has nothing to take back (it is then left to the page)."""
    if event.type() is not QEvent.Type.ShortcutOverride or has_own or not isinstance(event, QKeyEvent):
        return False
    if not event.matches(QKeySequence.StandardKey.Undo):
        return False
    event.ignore()
    return True
