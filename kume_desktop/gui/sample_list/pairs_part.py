"""Two that may be one firm, and what the list says otherwise than somebody corrected: each with a person's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.table import GAP, Column, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.plan import Difference, Pair

ALL = "*"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that can be given: its key in what is said, its word, its keyboard key."""

    value: str
    word: str
    key: str


class QuestionsPart(QWidget):
    """Rows with a `key` each; `decided` carries every answer, key -> value."""

    decided = Signal(object)

    def __init__(
        self,
        name: str,
        how: str,
        columns: Sequence[Column[Any]],
        answers: Sequence[Answer],
        nothing: tuple[str, str],
    ) -> None:
        super().__init__()
        self._answers = tuple(answers)
        self._given: dict[str, str] = {}
        told = Column("answer", _(N_("Your answer")), self._answer, width=140)
        self.model: RowsModel[Pair | Difference] = RowsModel([*columns, told])
        self.table = Table(self.model, name)
        self._count = Label("", Role.BODY, Tone.TEXT2)
        self._columns = tuple(columns)
        self._whole = Label("", Role.BODY, wrap=True)
        acts = QHBoxLayout()
        acts.setContentsMargins(GAP, 0, GAP, 0)
        acts.setSpacing(8)
        self.buttons: dict[str, Button] = {}
        for one in self._answers:
            button = Button(f"{one.word} ({one.key})")
            button.clicked.connect(lambda _checked=False, value=one.value: self.decide(value))
            acts.addWidget(button)
            self.buttons[one.value] = button
        acts.addWidget(self._count, 1)
        asks = QWidget()
        column = QVBoxLayout(asks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_line(how))
        column.addWidget(self.table, 1)
        column.addWidget(_held(self._whole))
        column.addLayout(acts)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(asks)
        self._stack.addWidget(_nothing(*nothing))
        self.table.current_row.connect(self._show_whole)

    def show_rows(self, rows: Sequence[Pair | Difference], count: int, given: Mapping[str, str]) -> None:
        """Show the questions and the answers given."""
        self._given = dict(given)
        self.model.set_rows(rows)
        told = tr(N_("the first {shown} of {count}"), shown=len(rows), count=count)
        self._count.setText(told if count > len(rows) else "")
        self._stack.setCurrentIndex(0 if rows else 1)
        self._to_open_one()

    @property
    def has_questions(self) -> bool:
        """Whether there is anything to answer."""
        return bool(self.model.rows)

    def take_focus(self) -> None:
        """The first question that nobody answered has the focus."""
        self._to_open_one()
        self.table.setFocus()

    def decide(self, value: str) -> None:
        """Answer the question the bar is on, and go to the next."""
        row = self.table.selected()
        if row is None:
            return
        self._given[str(getattr(row, "key", ""))] = value
        place = self.table.currentIndex().row()
        self.decided.emit(dict(self._given))
        rows = self.model.rows
        after = (*range(place + 1, len(rows)), *range(place))
        going = next((one for one in after if rows[one].key not in self._given), min(place + 1, len(rows) - 1))
        self.table.setCurrentIndex(self.model.index(going, 0))
        self.table.viewport().update()

    def decide_all(self, value: str) -> None:
        """Give every question without an answer the same one."""
        self._given[ALL] = value
        self.decided.emit(dict(self._given))
        self.table.viewport().update()

    def _to_open_one(self) -> None:
        """The bar goes to the first question that nobody answered; it stays where it is when all are answered."""
        if ALL not in self._given and any(one.key not in self._given for one in self.model.rows):
            self.table.select(lambda one: one.key not in self._given)
        elif self.table.selected() is None:
            self.table.select(lambda _one: True)

    def _show_whole(self, row: object) -> None:
        """What the cells of the row may be too narrow for."""
        told = [f"{column.title}: {column.text(row)}" for column in self._columns] if row is not None else []
        self._whole.setText(" · ".join(told))

    def _answer(self, row: Pair | Difference) -> str:
        given = self._given.get(row.key) or self._given.get(ALL, "")
        return next((one.word for one in self._answers if one.value == given), "–")


def pairs_part() -> QuestionsPart:
    """Pairs that may be one firm."""
    from kume_desktop.services.sample_lists import words

    columns: list[Column[Pair]] = [
        Column("name", _(N_("In the list")), lambda one: one.name, lambda one: (-one.score, one.row), first=True),
        Column("row", _(N_("Row")), lambda one: str(one.row), lambda one: one.row, 60, right=True),
        Column("place", _(N_("Place")), lambda one: one.place or "–"),
        Column("other", _(N_("May be")), _other),
        Column("other_place", _(N_("Its place")), lambda one: one.other_place or "–"),
        Column("why", _(N_("Because of")), lambda one: _(words.WHY[one.why])),
    ]
    how = _(
        N_("Sure ones are put together already. Those put off stay out of this import and are asked about next time.")
    )
    answers = (
        Answer("same", _(N_("The same firm")), "1"),
        Answer("other", _(N_("Another firm")), "2"),
        Answer("later", _(N_("Put off")), "3"),
    )
    nothing = (
        _(N_("No firm of the list may be one that is known.")),
        _(N_("Names, tax numbers and places were compared with the study and within the list.")),
    )
    return QuestionsPart(_(N_("Pairs that may be one firm")), how, columns, answers, nothing)


def differences_part() -> QuestionsPart:
    """What the list says otherwise than was corrected by hand."""
    from kume_desktop.services.sample_lists import words

    columns: list[Column[Difference]] = [
        Column("name", _(N_("Firm")), lambda one: f"{one.code} {one.name}", lambda one: one.row, first=True),
        Column("field", _(N_("What")), lambda one: _(words.ATTRIBUTES[one.field]), width=160),
        Column("held", _(N_("In the study")), lambda one: one.held),
        Column("listed", _(N_("In the list")), lambda one: one.listed),
    ]
    how = _(N_("Somebody corrected these by hand since. Nothing of it is overwritten before you say so."))
    answers = (Answer("study", _(N_("Keep ours")), "1"), Answer("list", _(N_("Take the list’s")), "2"))
    nothing = (
        _(N_("The list says nothing else than what was corrected by hand.")),
        _(N_("A repeated import asks here before it overwrites what somebody corrected.")),
    )
    return QuestionsPart(_(N_("Differences from what was corrected by hand")), how, columns, answers, nothing)


def _other(pair: Pair) -> str:
    if pair.unit_id:
        return f"{pair.other_code} {pair.other_name}"
    return tr(N_("row {row}: {name}"), row=pair.other_row, name=pair.other_name)


def _nothing(title: str, how: str) -> QWidget:
    """What stands in the place of questions where there are none."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(GAP, 0, GAP, 0)
    column.addWidget(EmptyState(title, how))
    return held


def _line(text: str) -> QWidget:
    return _held(Label(text, Role.BODY, Tone.TEXT2, wrap=True))


def _held(label: Label) -> QWidget:
    """A label with the margins of a table's cells."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(GAP, 0, GAP, 0)
    row.addWidget(label, 1)
    return held
