"""The weights: the published version as plain text beside the fields of the draft, and what each weighs in the end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.fields import NumberField
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.figures import words
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.method import numbers
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method

_FIELD = 72
_LEAST, _MOST = 0.01, 1000.0
_NUMBER, _NAME, _PUBLISHED, _DRAFT, _SHARE = range(5)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WeightField(NumberField):
    """A weight; Up and Down go to the neighbours, R asks for the published value."""

    moved = Signal(int)
    restored = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the column, or go back to what is published."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key is Qt.Key.Key_Down else -1)
        elif key is Qt.Key.Key_R and not event.modifiers():
            self.restored.emit()
        else:
            super().keyPressEvent(event)


class WeightsForm(QWidget):
    """`changed` carries all weights of the draft; what cannot be a weight stays in its field, marked."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, published: Method, draft: Method, *, editable: bool) -> None:
        super().__init__()
        self._published, self._weights = published, dict(draft.weights)
        self._names: dict[str, Label] = {}
        self._fields: dict[str, WeightField] = {}
        self._shares: dict[str, Label] = {}
        self._wrong: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(_NAME, 1)
        column.addLayout(self._grid)
        self._heads()
        for place, indicator in enumerate(draft.indicators, start=1):
            self._row(place, indicator.code, words.capital(words.said(indicator.text)), editable=editable)
        self._total = self._foot(len(draft.indicators))
        self._tell(draft)

    @property
    def first_field(self) -> WeightField:
        """The field of the first indicator."""
        return next(iter(self._fields.values()))

    def _heads(self) -> None:
        version = tr(N_("version {number}, locked"), number=self._published.version)
        for place, text in ((_PUBLISHED, version), (_DRAFT, _(N_("draft"))), (_SHARE, _(N_("effective")))):
            self._grid.addWidget(Label(text, Role.CAPTION, Tone.TEXT2), 0, place, _RIGHT)
        self._grid.addWidget(Rule(), 1, 0, 1, 5)

    def _row(self, place: int, code: str, name: str, *, editable: bool) -> None:
        row = place + 1
        field = WeightField(tr(N_("Weight of {name}"), name=name), numbers.shown(self._weights[code]))
        field.setFixedSize(theme.px(_FIELD), 32)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setReadOnly(not editable)
        if not editable:
            field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.committed.connect(partial(self._commit, code))
        field.moved.connect(partial(self._step, code))
        field.restored.connect(partial(self._restore, code))
        self._fields[code] = field
        self._names[code] = Label(name, Role.BODY, wrap=True)
        self._shares[code] = Label("", Role.BODY, Tone.TEXT2, tabular=True)
        known = self._published.weights.get(code)
        before = numbers.shown(known) if known is not None else words.NOTHING
        self._grid.addWidget(Label(str(place), Role.CAPTION, Tone.TEXT2, tabular=True), row, _NUMBER, _RIGHT)
        self._grid.addWidget(self._names[code], row, _NAME)
        self._grid.addWidget(Label(before, Role.BODY, Tone.TEXT2, tabular=True), row, _PUBLISHED, _RIGHT)
        self._grid.addWidget(field, row, _DRAFT, _RIGHT)
        self._grid.addWidget(self._shares[code], row, _SHARE, _RIGHT)

    def _foot(self, rows: int) -> Label:
        at = rows + 2
        self._grid.addWidget(Rule(), at, 0, 1, 5)
        self._grid.addWidget(Label(_(N_("Total")), Role.BODY, Tone.TEXT2), at + 1, _NAME)
        before = Label(numbers.shown(sum(self._published.weights.values())), Role.BODY, Tone.TEXT2, tabular=True)
        self._grid.addWidget(before, at + 1, _PUBLISHED, _RIGHT)
        total = Label("", Role.BODY, weight=fonts.SEMIBOLD, tabular=True)
        self._grid.addWidget(total, at + 1, _DRAFT, _RIGHT)
        return total

    def show_method(self, draft: Method) -> None:
        """Show the weights of another draft in the same fields."""
        self._weights = dict(draft.weights)
        for code, field in self._fields.items():
            if code not in self._wrong:
                field.show_text(numbers.shown(self._weights[code]))
        self._tell(draft)

    def _tell(self, draft: Method) -> None:
        """Mark what differs and say what each weighs in the end."""
        effective: Mapping[str, float] = draft.effective_weights
        for code, label in self._names.items():
            differs = self._weights[code] != self._published.weights.get(code)
            label.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if differs else fonts.REGULAR))
            self._shares[code].setText(texts.percent(effective[code]))
        self._total.setText(numbers.shown(sum(self._weights.values())))

    def _commit(self, code: str, typed: str) -> None:
        value = numbers.read(typed)
        field = self._fields[code]
        self._wrong.pop(code, None)
        if value is None or not _LEAST <= value <= _MOST:
            self._wrong[code] = typed
        field.set_refused(code in self._wrong)
        self._tell_wrong()
        if value is None or code in self._wrong:
            return
        if value == self._weights[code]:
            field.show_text(numbers.shown(value))
            return
        self._weights[code] = value
        self.changed.emit(dict(self._weights))

    def _tell_wrong(self) -> None:
        """Say what is wrong in the first field that holds no weight; '' where none does."""
        typed = next(iter(self._wrong.values()), None)
        said = N_("“{typed}” is no weight. Write a number from 0.01 to 1000, for example 1.5.")
        self.refused.emit("" if typed is None else tr(said, typed=typed))

    def _restore(self, code: str) -> None:
        if code in self._published.weights:
            self._fields[code].show_text(numbers.shown(self._published.weights[code]))
            self._commit(code, self._fields[code].text())

    def _step(self, code: str, step: int) -> None:
        codes = list(self._fields)
        place = codes.index(code) + step
        if 0 <= place < len(codes):
            field = self._fields[codes[place]]
            field.setFocus(Qt.FocusReason.TabFocusReason)
            field.selectAll()
