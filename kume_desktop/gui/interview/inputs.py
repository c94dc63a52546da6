"""What every answer widget is: it shows an answer, emits what a person gives, and knows no rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui.components.buttons import ChoiceButton
from kume_desktop.interview.page_model import ChoiceView, Row
from kume_desktop.texts import N_, tr

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CLEAR = (Qt.Key.Key_Delete,)


class AnswerInput(QWidget):
    """Base of the answer widgets. `committed` carries a raw answer ('' clears), `typed` what stands in a field.

    `attached` carries a file that was read for the question, or the refusal that says why it was not. `reasoned`
    carries why a number stays blank ('' takes it back).
    """

    committed = Signal(str)
    typed = Signal(str)
    attached = Signal(object)
    reasoned = Signal(str)

    advances = False
    """Whether a committed answer sends the focus to the next row."""
    beside = False
    """Whether the widget stands beside the question in the tight density."""
    holds_text = False
    """Whether keys are text here (digits, Backspace and Delete belong to the field)."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def fits(self, row: Row) -> bool:
        """Whether this widget can show `row` without being built again."""
        raise NotImplementedError

    def show_answer(self, row: Row, shown: str) -> None:
        """Show `row` with `shown` as its answer (the stored value, or one that waits or was refused)."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus where an answer is given."""
        raise NotImplementedError

    def press(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - inputs that answer to keys use it
        """Handle a key that nothing inside has used; False lets the row have it."""
        return False

    def flush(self) -> None:
        """Commit what is typed and not yet committed."""

    def unsent(self) -> str | None:
        """What is typed and not committed; None where nothing is."""
        return None

    def drop(self) -> None:
        """Forget what is typed and not committed."""

    def set_refused(self, refused: bool) -> None:
        """Mark the value in the field as refused."""

    def escape(self) -> bool:
        """Close what the input has opened; False where nothing was open."""
        return False


class AnswerButton(ChoiceButton):
    """An answer button whose keys belong to the row, except Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; everything else goes to the row."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.click()
        else:
            event.ignore()


def choice_name(row: Row, choice: ChoiceView) -> str:
    """What a screen reader says for a choice: "Soru 3.4 Bilgi ve deneyim kaynakları: 2, Yetersiz Düzeyde"."""
    said = f"{choice.key}, {choice.label}" if choice.key else choice.label
    return tr(N_("Question {number} {title}: {choice}"), number=row.number, title=row.title, choice=said)


def question_name(row: Row) -> str:
    """What a screen reader says for a field."""
    return tr(N_("Question {number} {title}"), number=row.number, title=row.title)


def tidy(text: str) -> str:
    """Typed text without control characters and outer blanks, as the study takes it."""
    return "".join(sign for sign in text if sign >= " " or sign == "\n").strip()


def step_of(event: QKeyEvent, before: tuple[Qt.Key, ...], after: tuple[Qt.Key, ...]) -> int:
    """-1, +1 or 0 for a key that moves; keys with modifiers never move."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    return -1 if event.key() in before else 1 if event.key() in after else 0


def reserve_of(event: QKeyEvent, choices: Sequence[ChoiceView]) -> str:
    """The reserve answer that Ctrl and its digit (8, 9, 0) ask for, '' for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.ControlModifier:
        return ""
    found = (choice for choice in choices if choice.missing and choice.key)
    return next((choice.name for choice in found if event.key() == ord(choice.key)), "")


def digit_of(event: QKeyEvent) -> str:
    """The digit of a key press without modifiers, '' for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    text = event.text()
    return text if len(text) == 1 and text in "0123456789" else ""
