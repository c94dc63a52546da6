"""Rows that cannot be taken as they are: what is wrong, how often, which rows, and what shall happen with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.table import GAP, Column, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.checked import Checked, Kind

LEAVE, BLANK = "leave", "blank"


class RowsPart(QWidget):
    """`decided` carries what shall happen with the kinds: code -> `leave` or `blank`."""

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[str, str] = {}
        self.kinds = RowsModel(self._kind_columns())
        self.table = Table(self.kinds, _(N_("Kinds of errors and notes")))
        self.leave = Button(_(N_("Leave the rows out")))
        self.blank = Button(_(N_("Take them without the value")))
        self._said = Label("", Role.BODY, Tone.TEXT2, wrap=True)
        self.rows = RowsModel(_row_columns())
        self.listing = Table(self.rows, _(N_("Rows of this kind")))
        self._lay_out()
        self.table.current_row.connect(self._show_kind)
        self.leave.clicked.connect(lambda: self.decide(LEAVE))
        self.blank.clicked.connect(lambda: self.decide(BLANK))

    def _kind_columns(self) -> list[Column[Kind]]:
        from kume_desktop.services.sample_lists import words

        return [
            Column("what", _(N_("What is wrong")), lambda one: words.kind_name(one.code), _order, first=True),
            Column("count", _(N_("Rows")), _count, lambda one: one.count, 90, right=True),
            Column("choice", _(N_("What happens with them")), self._choice),
        ]

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setContentsMargins(GAP, 0, GAP, 0)
        acts.setSpacing(8)
        acts.addWidget(self.leave)
        acts.addWidget(self.blank)
        acts.addWidget(self._said, 1)
        asks = QWidget()
        column = QVBoxLayout(asks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 2)
        column.addLayout(acts)
        column.addWidget(self.listing, 3)
        nothing = QWidget()
        inset = QVBoxLayout(nothing)
        inset.setContentsMargins(GAP, 0, GAP, 0)
        how = _(N_("Every row can be taken as it is."))
        inset.addWidget(EmptyState(_(N_("Nothing was found in the rows.")), how))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(asks)
        self._stack.addWidget(nothing)

    def show_checked(self, checked: Checked, choices: Mapping[str, str]) -> None:
        """Show the kinds and what was decided."""
        self._choices = dict(choices)
        kept = self._kind()
        self.kinds.set_rows(checked.kinds)
        self._stack.setCurrentIndex(0 if checked.kinds else 1)
        self.table.select(lambda one: kept is not None and one.code == kept.code)
        self._show_kind(self.table.selected())

    @property
    def has_questions(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.kinds.rows)

    def take_focus(self) -> None:
        """The first kind that nobody decided about has the focus."""
        self._to_open_one()
        self.table.setFocus()

    def decide(self, choice: str) -> None:
        """Say what happens with the rows of the kind the bar is on, and go to the next that is open."""
        kind = self._kind()
        if kind is None or not kind.is_error or (choice == BLANK and not kind.can_blank):
            return
        self._choices[kind.code] = choice
        self.decided.emit(dict(self._choices))
        self._to_open_one()
        self.table.viewport().update()

    def _to_open_one(self) -> None:
        """The bar goes to the first kind that nobody decided about; it stays where it is when none is open."""
        if any(one.is_error and one.code not in self._choices for one in self.kinds.rows):
            self.table.select(lambda one: one.is_error and one.code not in self._choices)
        elif self.table.selected() is None:
            self.table.select(lambda _one: True)

    def _kind(self) -> Kind | None:
        from kume_desktop.services.sample_lists.checked import Kind

        found = self.table.selected()
        return found if isinstance(found, Kind) else None

    def _choice(self, kind: Kind) -> str:
        if not kind.is_error:
            return _(N_("taken; look at them"))
        chosen = self._choices.get(kind.code)
        if chosen == LEAVE:
            return _(N_("the rows are not taken"))
        if chosen == BLANK:
            return _(N_("taken without the value"))
        return _(N_("Decide: L or B")) if kind.can_blank else _(N_("Decide: L"))

    def _show_kind(self, _row: object) -> None:
        kind = self._kind()
        self.leave.setEnabled(kind is not None and kind.is_error)
        self.blank.setEnabled(kind is not None and kind.can_blank)
        self.rows.set_rows(kind.first if kind is not None else ())
        self.listing.select(lambda _one: True)
        shown, count = (len(kind.first), kind.count) if kind is not None else (0, 0)
        told = tr(N_("the first {shown} of {count} rows"), shown=shown, count=texts.number(count, 0))
        self._said.setText(told if count > shown else "")


def _count(kind: Kind) -> str:
    return texts.number(kind.count, 0)


def _order(kind: Kind) -> tuple[bool, int, str]:
    return not kind.is_error, -kind.count, kind.code


def _row(found: Problem) -> int:
    return found.where.row or 0


def _row_columns() -> list[Column[Problem]]:
    return [
        Column("row", _(N_("Row")), lambda one: str(one.where.row or "–"), _row, 70, right=True),
        Column("sheet", _(N_("Sheet")), lambda one: one.where.sheet or "–", width=120),
        Column("column", _(N_("Column")), lambda one: one.where.column or "–", width=200),
        Column("value", _(N_("Value")), lambda one: str(one.params.get("value", "")) or "–", width=200, first=True),
        Column("why", _(N_("Reason")), _reason),
    ]


def _reason(found: Problem) -> str:
    return texts.say(Problem(found.code, found.params, severity=found.severity))
