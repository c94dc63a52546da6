"""A row of a Likert battery and the column heads above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kume_desktop import turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import ChoiceKind, IconButton
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import MEDIUM, Role
from kume_desktop.gui.interview.inputs import (
    CLEAR,
    AnswerButton,
    AnswerInput,
    choice_name,
    digit_of,
    reserve_of,
    step_of,
)
from kume_desktop.gui.interview.media import PLAYED, Media, Play, picture
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import ChoiceView, LikertHead, Row
from kume_desktop.texts import N_, _, tr

RESERVE_WIDTH = 56
RESERVE_GAP = 8
WORD_MARGIN = 8
IN_HEAD = 56
"""How high a picture over its column may be."""
_LETTERS = "ASDFGHJ"
"""The home row, for laptops without comfortable digits: the same keys on every keyboard with Latin letters but the
Turkish F, where they lie apart."""
_RESERVE_LETTERS = {"na": "U", "dk": "B", "nr": "Y"}
# Short words over the reserve columns (the soft hyphen breaks the first in a narrow column).
_RESERVE_WORDS = {"na": N_("Not applic\u00adable"), "dk": N_("Don’t know"), "nr": N_("No answer")}


@dataclass(frozen=True, slots=True)
class Columns:
    """The measures that heads and rows share, in logical pixels."""

    cell: int
    gap: int
    reserve: int

    @classmethod
    def of(cls, head: LikertHead) -> Columns:
        """The columns of a scale: a cell is a button and the gap to the next, and holds every word of its head."""
        measures = theme.metrics()
        apart = 40 if not theme.is_compact() else 27
        half = (measures.likert_gap + RESERVE_GAP) // 2
        options = _room_for(choice.label for choice in head.options)
        reserves = _room_for(_reserve_word(choice) for choice in head.reserves)
        cell = max(measures.likert_width + measures.likert_gap, options)
        return cls(cell, apart - half, max(RESERVE_WIDTH + RESERVE_GAP, reserves))

    def width(self, head: LikertHead) -> int:
        """The whole width of the answer block."""
        reserves = self.gap + self.reserve * len(head.reserves) if head.reserves else 0
        return self.cell * len(head.options) + reserves - (RESERVE_GAP // 2 if reserves else 0)


def _reserve_word(choice: ChoiceView) -> str:
    """The short word over a reserve column."""
    return _(_RESERVE_WORDS.get(choice.missing, choice.label))


def _room_for(words: Iterable[str]) -> int:
    """The width that the longest single word takes in a column, so that none is cut at any size of text."""
    metrics = QFontMetrics(fonts.font(Role.CAPTION, MEDIUM))
    parts = (part for text in words for part in re.split(r"(?<=[-/])|\s+|(?<=\u00ad)", text) if part)
    widths = (metrics.horizontalAdvance(part.replace("\u00ad", "-")) for part in parts)
    return max(widths, default=0) + WORD_MARGIN


def _block(owner: QWidget, head: LikertHead, cells: Sequence[QWidget | None], end: Qt.AlignmentFlag) -> None:
    """Lay fixed-width cells out over the columns; the last reserve answer ends flush with the block."""
    columns = Columns.of(head)
    line = QHBoxLayout(owner)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    for place, cell in enumerate(cells):
        reserve = place >= len(head.options)
        if place == len(head.options):
            line.addSpacing(columns.gap)
        room = columns.reserve if reserve else columns.cell
        if cell is None:
            line.addSpacing(room)
            continue
        before = (room - cell.width()) // 2
        last = reserve and place == len(cells) - 1
        line.addSpacing(before)
        line.addWidget(cell, 0, end)
        line.addSpacing(room - cell.width() - before - last * RESERVE_GAP // 2)
    owner.setFixedWidth(columns.width(head))


class LikertHeads(QWidget):
    """The verbatim scale words, once, over their columns."""

    def __init__(self, head: LikertHead, media: Media | None = None, play: Play | None = None) -> None:
        super().__init__()
        columns = Columns.of(head)
        self._media, self._play = media, play
        words = [self._cell(choice, choice.label, columns.cell, Tone.TEXT) for choice in head.options]
        reserves = [self._cell(choice, _reserve_word(choice), columns.reserve, Tone.TEXT2) for choice in head.reserves]
        _block(self, head, words + reserves, Qt.AlignmentFlag.AlignBottom)

    def _cell(self, choice: ChoiceView, text: str, width: int, tone: Tone) -> QWidget:
        """The word, under what the choice shows or plays besides it."""
        word = self._word(text, width, tone)
        if not choice.media or self._media is None or self._play is None:
            return word
        held = QWidget()
        held.setFixedWidth(word.width())
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addStretch(1)
        shown = picture(choice.media, self._media, word.width(), theme.px(IN_HEAD))
        if shown is not None:
            drawn = QLabel()
            drawn.setPixmap(shown)
            drawn.setAccessibleName(tr(N_("Picture of the question: {title}"), title=choice.label))
            column.addWidget(drawn, 0, Qt.AlignmentFlag.AlignHCenter)
        for view in choice.media:
            if view.kind in PLAYED:
                button = IconButton("play", tr(PLAYED[view.kind], name=choice.label))
                button.clicked.connect(partial(self._sound, view.file))
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(word)
        return held

    def _sound(self, file: str, _checked: bool = False) -> None:
        if self._play is not None:
            self._play(file)

    @staticmethod
    def _word(text: str, width: int, tone: Tone) -> Label:
        word = Label(text, Role.CAPTION, tone, weight=MEDIUM, wrap=True)
        word.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        word.setFixedWidth(width - WORD_MARGIN)
        return word


def _letters_of(head: LikertHead) -> dict[str, str]:
    """Choice -> the letter that gives it; none where the scale has more points than the home row has keys."""
    if len(head.options) > len(_LETTERS):
        return {}
    given = dict(zip((choice.name for choice in head.options), _LETTERS, strict=False))
    reserves = (each for each in head.reserves if each.missing in _RESERVE_LETTERS)
    return given | {each.name: _RESERVE_LETTERS[each.missing] for each in reserves}


class LikertInput(AnswerInput):
    """Five bordered buttons and, set apart, the reserve answers that the question offers."""

    advances = True

    def __init__(self, row: Row, head: LikertHead, *, letters: bool = False) -> None:
        super().__init__()
        self._choices = row.choices
        self._letters = _letters_of(head) if letters else {}
        self._shown = ""
        self._group = QButtonGroup(self)
        offered = {choice.name: choice for choice in row.choices}
        cells: list[QWidget | None] = []
        self._buttons: dict[str, AnswerButton] = {}
        for column in (*head.options, *head.reserves):
            choice = offered.get(column.name)
            cells.append(self._button(row, choice) if choice is not None else None)
        _block(self, head, cells, Qt.AlignmentFlag.AlignVCenter)

    def _button(self, row: Row, choice: ChoiceView) -> AnswerButton:
        kind = ChoiceKind.RESERVE if choice.missing else ChoiceKind.LIKERT
        digit, letter = choice.key or choice.name, self._letters.get(choice.name, "")
        button = AnswerButton(f"{digit} {letter}".strip(), kind, choice_name(row, choice))
        key = f"{letter}, {digit}" if letter else digit
        button.setToolTip(tr(N_("{choice} (key {key})"), choice=choice.label, key=key))
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(lambda _checked=False, name=choice.name: self._choose(name))
        self._group.addButton(button)
        self._buttons[choice.name] = button
        return button

    def fits(self, row: Row) -> bool:
        """Whether the choices are the same."""
        return row.likert and row.choices == self._choices

    def show_answer(self, row: Row, shown: str) -> None:
        """Check the button of the answer and land there."""
        self._shown = shown
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == shown)
            button.setEnabled(not row.read_only)
        self._group.setExclusive(True)
        landing = self._landing()
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is landing else Qt.FocusPolicy.ClickFocus)

    def _landing(self) -> AnswerButton:
        return self._buttons.get(self._shown) or next(iter(self._buttons.values()))

    def take_focus(self) -> None:
        """The checked button, or the first."""
        self._landing().setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def span(self) -> str:
        """The keys of the scale, as the bottom bar names them."""
        ordinary = [choice for choice in self._choices if not choice.missing]
        keys = [self._letters.get(choice.name) or choice.key for choice in ordinary]
        return f"{keys[0]}–{keys[-1]}" if keys and all(keys) else "Space"

    def _named(self, event: QKeyEvent, digit: str) -> str:
        """The choice of a key: its digit or letter, or Ctrl and the digit of a reserve answer."""
        by_digit = next((choice.name for choice in self._choices if digit and choice.key == digit), "")
        if by_digit or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return by_digit or reserve_of(event, self._choices)
        typed = turkish.fold(event.text())
        offered = {choice.name for choice in self._choices}
        return next((n for n, letter in self._letters.items() if n in offered and letter.lower() == typed), "")

    def press(self, event: QKeyEvent) -> bool:
        """Digits or letters answer, Left and Right move, Delete clears."""
        digit = digit_of(event)
        name = self._named(event, digit)
        if name:
            self._choose(name)
            return True
        if event.key() in CLEAR:
            self._clear()
            return True
        step = step_of(event, (Qt.Key.Key_Left,), (Qt.Key.Key_Right,))
        if step:
            self._move(step)
        return bool(step or digit)

    def _choose(self, name: str) -> None:
        button = self._buttons[name]
        button.setChecked(True)
        if name != self._shown:
            self._shown = name
            self.committed.emit(name)
        if any(other.hasFocus() for other in self._buttons.values()):
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        if self._shown:
            self._shown = ""
            self.committed.emit("")

    def _move(self, step: int) -> None:
        order = list(self._buttons.values())
        here = next((place for place, button in enumerate(order) if button.hasFocus()), 0)
        order[min(max(here + step, 0), len(order) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
