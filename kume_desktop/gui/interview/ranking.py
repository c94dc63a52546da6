"""Rank questions: choices are taken one after the other, the first taken is the first in the order."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.choices import FIRST_OF_TWO
from kume_desktop.gui.interview.inputs import CLEAR, AnswerInput, choice_name, digit_of, step_of
from kume_desktop.gui.interview.media import IN_CHOICE, Media, picture
from kume_desktop.gui.interview.options import OptionGrid, RankOption
from kume_desktop.gui.theme import Tone
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.page_model import ChoiceView, Row
from kume_desktop.texts import N_, _, tr

MOST_DIGITS = 9
_CTRL = Qt.KeyboardModifier.ControlModifier


def _with_keys(choices: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
    """The choices with the digits of their places on the page: what is ranked has no codes to remember.

    More than nine have two digits each, from 11.
    """
    first = 1 if len(choices) <= MOST_DIGITS else FIRST_OF_TWO
    return tuple(replace(choice, key=str(at), missing="") for at, choice in enumerate(choices, start=first))


class RankInput(AnswerInput):
    """An order of all choices. It is committed once every choice has its place; before that it is a draft."""

    def __init__(self, row: Row, media: Media | None = None) -> None:
        super().__init__()
        self._row, self._media = row, media
        self._offered = row.choices
        self._order: list[str] = []
        self._stored: tuple[str, ...] = ()
        self._followed = ""
        self._first_digit = ""
        self._options = {c.name: self._option(row, c) for c in _with_keys(row.choices)}
        self._grid = OptionGrid(tuple(self._options.values()))
        self._how = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._grid)
        column.addWidget(self._how)

    def _option(self, row: Row, choice: ChoiceView) -> RankOption:
        made = RankOption(choice, choice_name(row, choice))
        if choice.media and self._media is not None:
            made.picture = picture(choice.media, self._media, theme.px(IN_CHOICE), theme.px(IN_CHOICE))
        made.clicked.connect(lambda _checked=False: self._take(choice.name))
        return made

    def fits(self, row: Row) -> bool:
        """Whether the same choices are ranked."""
        return row.kind is Kind.RANK and row.choices == self._offered

    def show_answer(self, row: Row, shown: str) -> None:
        """Show the order; one that is being made stays."""
        self._row = row
        stored = tuple(name for name in shown.split() if name in self._options)
        if stored != self._stored or not self._order:
            self._stored, self._order = stored, list(stored)
        for option in self._options.values():
            option.setEnabled(not row.read_only)
        self._show()

    def take_focus(self) -> None:
        """The first choice without a place, or the first of the order."""
        names = [name for name in self._options if name not in self._order] or self._order
        if names:
            self._options[names[0]].setFocus(Qt.FocusReason.TabFocusReason)

    def unsent(self) -> str | None:
        """An order that is not whole yet."""
        return " ".join(self._order) if self._order and tuple(self._order) != self._stored else None

    @property
    def span(self) -> str:
        """The digit keys that take a choice."""
        keys = [option.choice.key for option in self._options.values()]
        return f"{keys[0]}–{keys[-1]}" if len(keys) > 1 else "".join(keys)

    def press(self, event: QKeyEvent) -> bool:
        """Digits take the next place, Backspace gives the last one back, Delete all, Ctrl+Up and Down move."""
        digit = digit_of(event)
        if digit:
            self._by_digit(digit)
            return True
        self._first_digit = ""
        if event.key() == Qt.Key.Key_Backspace and self._order and not event.modifiers():
            self._order.pop()
            self._changed()
            return True
        if event.key() in CLEAR and self._order:
            self._order.clear()
            self._changed()
            return True
        return self._shift(event) or self._walk(event)

    def _by_digit(self, digit: str) -> None:
        """A digit takes the next place; of two digits the first waits for the second."""
        options = self._options.values()
        named = next((o for o in options if o.choice.key in {digit, self._first_digit + digit}), None)
        self._first_digit = digit if named is None and any(o.choice.key[0] == digit for o in options) else ""
        if named is not None:
            named.setFocus(Qt.FocusReason.TabFocusReason)
            self._take(named.choice.name)

    def _shift(self, event: QKeyEvent) -> bool:
        """Ctrl+Up and Ctrl+Down move the choice that has the focus in the order."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        here = self._focused()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != _CTRL or event.key() not in steps:
            return False
        if here in self._order:
            at = self._order.index(here)
            to = at + steps[Qt.Key(event.key())]
            if 0 <= to < len(self._order):
                self._order[at], self._order[to] = self._order[to], self._order[at]
                self._changed()
        return True

    def _walk(self, event: QKeyEvent) -> bool:
        step = step_of(event, (Qt.Key.Key_Up, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Right))
        names = list(self._options)
        at = names.index(self._focused()) + step if self._focused() in names else -1
        if not step or not 0 <= at < len(names):
            return False
        self._options[names[at]].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _focused(self) -> str:
        return next((name for name, option in self._options.items() if option.hasFocus()), "")

    def _take(self, name: str) -> None:
        """Give a choice the next place, or take its place away; the last one without a place follows by itself."""
        if name == self._followed and self._order[-1:] == [name]:
            # Who counts on to the last one means the place that it has already.
            self._followed = ""
            return
        self._followed = ""
        if name in self._order:
            self._order.remove(name)
        else:
            self._order.append(name)
            left = [other for other in self._options if other not in self._order]
            self._followed = left[0] if len(left) == 1 else ""
            self._order.extend(left if len(left) == 1 else [])
        self._changed()

    def _changed(self) -> None:
        self._show()
        whole = len(self._order) == len(self._options)
        if whole or not self._order:
            self._stored = tuple(self._order)
            self.committed.emit(" ".join(self._order))
        else:
            self.typed.emit(" ".join(self._order))

    def _show(self) -> None:
        for name, option in self._options.items():
            option.rank = self._order.index(name) + 1 if name in self._order else 0
            option.setChecked(bool(option.rank))
            said = choice_name(self._row, option.choice)
            place = tr(N_("place {place}"), place=option.rank) if option.rank else _(N_("no place yet"))
            option.setAccessibleName(f"{said}, {place}")
            option.update()
        left = len(self._options) - len(self._order)
        self._how.setText(
            tr(
                N_("{left} without a place. Choose them in their order; Backspace gives the last place back."),
                left=left,
            )
            if left
            else _(N_("Ctrl+↑ and Ctrl+↓ move a choice in the order, Delete begins anew."))
        )
