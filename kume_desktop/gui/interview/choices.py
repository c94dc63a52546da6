"""Select questions as a column of bordered choices, answered by digit keys, arrows and Space."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import turkish
from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.inputs import (
    CLEAR,
    AnswerInput,
    choice_name,
    digit_of,
    question_name,
    reserve_of,
    step_of,
)
from kume_desktop.gui.interview.media import IN_CHOICE, PLAYED, Media, MediaStrip, Play, picture
from kume_desktop.gui.interview.options import Arrangement, ManyOption, OneOption, Option, OptionGrid
from kume_desktop.gui.theme import Tone
from kume_desktop.instruments.model import Kind
from kume_desktop.interview.coerce import DONE
from kume_desktop.interview.page_model import ChoiceView, Row
from kume_desktop.texts import N_, _

_UP, _DOWN, _LEFT, _RIGHT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right


FIRST_OF_TWO = 11
_LETTERS = "abcdefghijklmnpqrstuvwxyz"
"""Without the letter that looks like the digit of a reserve answer."""


def numbered(choices: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
    """The ordinary choices with a key each, none of them without.

    Where one digit is too few, they have two: 11, 12, … never begin with 8, 9 or 0. Where the codes of the form took
    the digits, what is left over has a letter of its label.
    """
    ordinary = [choice for choice in choices if not choice.missing]
    if any(choice.key for choice in ordinary):
        keys = _lettered(ordinary)
    else:
        keys = {choice.name: str(at) for at, choice in enumerate(ordinary, start=FIRST_OF_TWO)}
    return tuple(replace(choice, key=choice.key or keys.get(choice.name, "")) for choice in choices)


def _lettered(ordinary: list[ChoiceView]) -> dict[str, str]:
    """Choice without a digit -> a letter with which no other choice begins, of its own label where there is one."""
    begun = Counter(turkish.fold(choice.label)[:1] for choice in ordinary)
    keys: dict[str, str] = {}
    for choice in ordinary:
        if choice.key:
            continue
        label = turkish.fold(choice.label)
        own = label[:1] if begun[label[:1]] == 1 else ""
        free = (each for each in (*own, *label, *_LETTERS) if each == own or not begun[each])
        letters = (turkish.upper(each) for each in free if each in _LETTERS)
        keys[choice.name] = next((letter for letter in letters if letter not in keys.values()), "")
    return keys


class ChoiceInput(AnswerInput):
    """One choice or several of a list that fits on the page."""

    def __init__(self, row: Row, media: Media | None = None, play: Play | None = None) -> None:
        super().__init__()
        self._many = row.kind is Kind.SELECT_MULTIPLE
        self._media = media
        self.advances = not self._many
        self._choices = row.choices
        self._shown: tuple[str, ...] = ()
        self._first_digit = ""
        self._options = tuple(self._option(row, choice) for choice in self._keyed(row.choices))
        self._grid = OptionGrid(self._options)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        if media is not None and play is not None:
            for choice in row.choices:
                if any(view.kind in PLAYED for view in choice.media):
                    column.addWidget(MediaStrip(choice.media, choice.label, media, play, pictures=False))

    def _keyed(self, choices: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
        return numbered(choices)

    def _option(self, row: Row, choice: ChoiceView) -> Option:
        made = (ManyOption if self._many else OneOption)(choice, choice_name(row, choice))
        if choice.media and self._media is not None:
            made.picture = picture(choice.media, self._media, theme.px(IN_CHOICE), theme.px(IN_CHOICE))
        made.clicked.connect(lambda _checked=False, name=choice.name: self._choose(name))
        return made

    def fits(self, row: Row) -> bool:
        """Whether the choices are the same."""
        many = row.kind is Kind.SELECT_MULTIPLE
        return row.choices == self._choices and many == self._many and not row.long_list and not row.likert

    def show_answer(self, row: Row, shown: str) -> None:
        """Check what is chosen and land there."""
        self._shown = tuple(shown.split()) if self._many else (shown,) if shown else ()
        for option in self._options:
            option.setChecked(option.choice.name in self._shown)
            option.setEnabled(not row.read_only)
        landing = self._landing()
        for option in self._options:
            option.setFocusPolicy(Qt.FocusPolicy.StrongFocus if option is landing else Qt.FocusPolicy.ClickFocus)

    def _landing(self) -> Option | None:
        chosen = next((option for option in self._options if option.choice.name in self._shown), None)
        return chosen or (self._options[0] if self._options else None)

    def take_focus(self) -> None:
        """The first chosen option, or the first."""
        self._first_digit = ""
        landing = self._landing()
        if landing is not None:
            landing.setFocus(Qt.FocusReason.TabFocusReason)

    def press(self, event: QKeyEvent) -> bool:
        """Digits choose or toggle, Ctrl with 8, 9 or 0 the reserve answers, arrows move inside, Delete clears."""
        reserve = reserve_of(event, self._choices)
        if reserve:
            self._give(reserve)
            return True
        digit = digit_of(event)
        if digit:
            self._by_digit(digit)
            return True
        self._first_digit = ""
        if event.key() in CLEAR:
            if self._shown:
                self._commit(())
            return True
        return self._move(self._step(event)) or self._by_letter(event)

    def _by_letter(self, event: QKeyEvent) -> bool:
        """A letter that is a key chooses; any other goes to the next option that begins with it, as in any list."""
        letter = turkish.fold(event.text())
        if not letter.isalpha() or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        keyed = next((option for option in self._options if turkish.fold(option.choice.key) == letter), None)
        if keyed is not None:
            if not event.isAutoRepeat():
                self._give(keyed.choice.name)
            return True
        here = next((place for place, option in enumerate(self._options) if option.hasFocus()), -1)
        order = (*self._options[here + 1 :], *self._options[: here + 1])
        found = next((option for option in order if turkish.fold(option.choice.label).startswith(letter)), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _by_digit(self, digit: str) -> None:
        """A digit chooses; in a list of more than ten, the first of two waits for the second."""
        for typed in (self._first_digit + digit, digit):
            option = next((option for option in self._options if option.choice.key == typed), None)
            if option is not None:
                self._first_digit = ""
                self._give(option.choice.name)
                return
        self._first_digit = digit if any(option.choice.key[:1] == digit for option in self._options) else ""

    @property
    def span(self) -> str:
        """The keys of the ordinary choices, as the bottom bar names them: digits, then letters."""
        keys = sorted(option.choice.key for option in self._options if option.choice.key and not option.choice.missing)
        digits = [key for key in keys if key.isdecimal()]
        first_to_last = f"{digits[0]}–{digits[-1]}" if len(digits) > 1 else "".join(digits)
        named = [each for each in (first_to_last, *keys[len(digits) :]) if each]
        return ", ".join(named) or "Space"

    def _give(self, name: str) -> None:
        """Choose by key, with the focus there."""
        next(option for option in self._options if option.choice.name == name).setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(name)

    def _choose(self, name: str) -> None:
        if not self._many:
            if self._shown != (name,):
                self._commit((name,))
            else:
                self._show()
            return
        wanted = set(self._shown) ^ {name}
        self._commit(tuple(choice.name for choice in self._choices if choice.name in wanted))

    def _commit(self, names: tuple[str, ...]) -> None:
        self._shown = names
        self._show()
        self.committed.emit(" ".join(names))

    def _show(self) -> None:
        for option in self._options:
            option.setChecked(option.choice.name in self._shown)

    def _step(self, event: QKeyEvent) -> int:
        match self._grid.arrangement:
            case Arrangement.LINE:
                return step_of(event, (_LEFT,), (_RIGHT,))
            case Arrangement.COLUMN:
                return step_of(event, (_UP, _LEFT), (_DOWN, _RIGHT))
            case Arrangement.COLUMNS:
                return step_of(event, (_UP,), (_DOWN,)) or self._grid.per_column * step_of(event, (_LEFT,), (_RIGHT,))

    def _move(self, step: int) -> bool:
        here = next((place for place, option in enumerate(self._options) if option.hasFocus()), None)
        if not step or here is None or not 0 <= here + step < len(self._options):
            return False
        self._options[here + step].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class PointsInput(ChoiceInput):
    """The points of a range. Digits are put together to a number, so that 1 and 0 give ten.

    An answer goes on to the next row as soon as no further digit can make another point of it.
    """

    def __init__(self, row: Row) -> None:
        super().__init__(row)
        self._points = {choice.name.replace(".", ","): choice.name for choice in row.choices}
        self._digits = ""

    def _keyed(self, choices: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
        """The points as they are: their digits are typed together."""
        return choices

    def fits(self, row: Row) -> bool:
        """Whether the points are the same."""
        return row.kind is Kind.RANGE and row.choices == self._choices

    def take_focus(self) -> None:
        """The chosen point or the first; a number begins anew."""
        self._digits, self.advances = "", True
        super().take_focus()

    def press(self, event: QKeyEvent) -> bool:
        """Digits, the decimal mark and the minus sign make a number, the rest is as in every list."""
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        sign = event.text().replace(".", ",") if bare else ""
        if len(sign) == 1 and sign in "0123456789,-":
            self._put(sign)
            return True
        self._digits, self.advances = "", True
        return super().press(event)

    def _put(self, sign: str) -> None:
        together = self._digits + sign
        begins = [point for point in self._points if point.startswith(together)]
        if not begins and self._digits:
            self._digits = ""
            self._put(sign)
            return
        self._digits = together if begins else ""
        self.advances = begins in ([], [together])
        name = self._points.get(together) or self._zero(together)
        if name is not None:
            option = next(each for each in self._options if each.choice.name == name)
            option.setFocus(Qt.FocusReason.TabFocusReason)
            self._choose(name)

    def _zero(self, digits: str) -> str | None:
        """The point whose key a digit is: 0 is ten where the range has no zero."""
        return next((each.name for each in self._choices if each.key == digits), None)


class NoChoiceInput(AnswerInput):
    """A select from which nothing can be chosen at present: it says so, takes the focus, and can still be cleared."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._kind = row.kind
        self._shown = ""
        self._said = Label(_(N_("The answers given before leave no choice here.")), Role.BODY, Tone.TEXT2, wrap=True)
        self._said.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._said)

    def fits(self, row: Row) -> bool:
        """Whether there is still nothing to choose."""
        return row.kind is self._kind and not row.choices and not row.long_list and not row.likert

    def show_answer(self, row: Row, shown: str) -> None:
        """The answer that is kept stands in the note below."""
        self._shown = shown
        self._said.setAccessibleName(f"{question_name(row)}: {self._said.text()}")

    def take_focus(self) -> None:
        """The sentence."""
        self._said.setFocus(Qt.FocusReason.TabFocusReason)

    def press(self, event: QKeyEvent) -> bool:
        """Delete clears an answer that was kept."""
        if event.key() in CLEAR and self._shown:
            self.committed.emit("")
            return True
        return False


class AcknowledgeInput(ChoiceInput):
    """One thing to tick: that a text was read, that a step was done."""

    def __init__(self, row: Row) -> None:
        super().__init__(replace(row, choices=(ChoiceView(DONE, _(N_("Done")), "1", ""),)))

    def fits(self, row: Row) -> bool:
        """Whether the question asks for a tick."""
        return row.kind is Kind.ACKNOWLEDGE
