"""Reserve answers beside a field: does not know, does not answer, not applicable, each one key away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kume_desktop.gui.interview.inputs import choice_name, step_of
from kume_desktop.gui.interview.options import OneOption, OptionGrid
from kume_desktop.interview.page_model import ChoiceView, Row

_LEFT, _RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right


class ReserveBar(QWidget):
    """Buttons behind a field. Ctrl with 8, 9 or 0 always chooses, so that it never collides with what is typed.

    With `bare` keys the digit alone does: where no figure can be typed.
    """

    chosen = Signal(str)

    def __init__(self, row: Row, choices: Sequence[ChoiceView], *, bare: bool = False) -> None:
        super().__init__()
        self._bare = bare
        self._choices = tuple(choices)
        self._shown = ""
        capped = [replace(choice, key=choice.key if bare else f"Ctrl+{choice.key}") for choice in choices if choice.key]
        self._options = {choice.name: self._option(row, choice) for choice in capped}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(OptionGrid(tuple(self._options.values())))
        self.show_chosen("")

    def _option(self, row: Row, choice: ChoiceView) -> OneOption:
        made = OneOption(choice, choice_name(row, choice))
        made.clicked.connect(lambda _checked=False, name=choice.name: self._click(name))
        return made

    @property
    def has_focus(self) -> bool:
        """Whether one of the buttons has the focus."""
        return self._here() >= 0

    @property
    def shown(self) -> str:
        """The reserve answer that is checked, '' while none is."""
        return self._shown

    def show_chosen(self, name: str, *, locked: bool = False) -> None:
        """Check the one that was chosen; Tab lands there, or on the first."""
        self._shown = name if name in self._options else ""
        landing = self._shown or next(iter(self._options), "")
        for each, option in self._options.items():
            option.setChecked(each == self._shown)
            option.setEnabled(not locked)
            option.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each == landing else Qt.FocusPolicy.ClickFocus)

    def named(self, event: QKeyEvent) -> str:
        """The answer that a key press asks for: Ctrl and its digit, or the digit alone while a button has the focus."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held not in {Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier}:
            return ""
        if not held and not (self._bare or self.has_focus):
            return ""
        return next((choice.name for choice in self._choices if choice.key and event.key() == ord(choice.key)), "")

    def walk(self, event: QKeyEvent) -> bool:
        """Left and Right move between the buttons."""
        step, here = step_of(event, (_LEFT,), (_RIGHT,)), self._here()
        options = list(self._options.values())
        if not step or here < 0 or not 0 <= here + step < len(options):
            return False
        options[here + step].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def focus(self, name: str) -> None:
        """Put the focus on the answer that was chosen."""
        if name in self._options:
            self._options[name].setFocus(Qt.FocusReason.TabFocusReason)

    def _here(self) -> int:
        return next((at for at, option in enumerate(self._options.values()) if option.hasFocus()), -1)

    def _click(self, name: str) -> None:
        """A press on what is checked already changes nothing."""
        self._options[name].setChecked(True)
        self.chosen.emit(name)
