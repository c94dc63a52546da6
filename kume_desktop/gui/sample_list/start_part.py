"""Before a file is chosen: how to choose one, and the lists that were taken before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.table import GAP, Column, RowsModel, Table
from kume_desktop.gui.components.typed_date import read_date
from kume_desktop.gui.fonts import Role
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.services.sample_lists.undoing import ImportCard


class StartPart(QWidget):
    """`back_asked` carries the import that shall be taken back."""

    back_asked = Signal(str)

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        self.empty = EmptyState(
            _(N_("Choose a list of firms: Excel (.xlsx, .xls) or a text table (.csv).")),
            _(N_("Or drop the file here. The columns may stand in any order. Nothing is stored before you say so.")),
            _(N_("Choose the list…")),
            choose,
            "Ctrl+O",
        )
        self._title = Label(_(N_("Lists taken before")), Role.SECTION)
        columns: list[Column[ImportCard]] = [
            Column("name", _(N_("Source")), lambda one: one.name, first=True),
            Column("file", _(N_("File")), lambda one: one.file),
            Column("listed", _(N_("Date of the list")), _listed, lambda one: one.listed_on, 150),
            Column("at", _(N_("Taken")), lambda one: texts.long_date(one.at.date()), lambda one: one.at, 150),
            Column("rows", _(N_("Firms")), lambda one: texts.number(one.rows, 0), lambda one: one.rows, 90, right=True),
            Column("state", _(N_("State")), _state, width=130),
        ]
        self.model = RowsModel(columns)
        self.table = Table(self.model, _(N_("Lists taken before")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(GAP, 0, GAP, 0)
        head.addWidget(self.empty)
        head.addWidget(self._title)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.back = Button(_(N_("Take a list back")))
        self.back.clicked.connect(self.ask_back)
        acts = QHBoxLayout()
        acts.setContentsMargins(GAP, 0, GAP, 0)
        acts.addWidget(self.back)
        acts.addStretch(1)
        column.addLayout(acts)

    def show_imports(self, cards: Sequence[ImportCard]) -> None:
        """Show the lists that were taken."""
        self.model.set_rows(cards)
        self.model.sort(3, self.table.horizontalHeader().sortIndicatorOrder())
        for widget in (self._title, self.table, self.back):
            widget.setVisible(bool(cards))
        self.table.select(lambda _one: True)

    def take_focus(self) -> None:
        """The button has the focus."""
        if self.empty.button is not None:
            self.empty.button.setFocus()

    def ask_back(self) -> None:
        """Ask to take back the list the bar is on."""
        from kume_desktop.services.sample_lists.undoing import ImportCard

        card = self.table.selected()
        if isinstance(card, ImportCard) and not card.is_withdrawn:
            self.back_asked.emit(card.frame_id)


def _listed(card: ImportCard) -> str:
    day = read_date(card.listed_on)
    return (texts.long_date(day) if day is not None else card.listed_on) or "–"


def _state(card: ImportCard) -> str:
    return _(N_("taken back")) if card.is_withdrawn else _(N_("in the study"))
