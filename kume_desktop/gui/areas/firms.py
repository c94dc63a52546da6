"""The firms behind an area's index, each with its own: sortable, opens the firm's rating or its one-page report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.figures.section_head import SectionHead
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.firm_scores import FirmScore

MOST_IN_SIGHT = 12
FEWEST_FOR_A_REPORT = 10


class FirmsPart(QWidget):
    """`opened` carries the firm whose rating is asked for, `report_asked` the one whose page is to be written."""

    opened = Signal(object)
    report_asked = Signal(object)

    def __init__(self, indicators: int) -> None:
        super().__init__()
        self.title = _(N_("Firms"))
        self.table: Table | None = None
        self._indicators = indicators
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(6)
        marks = _(N_("the index of each firm by the same method; Enter opens its rating"))
        self._column.addWidget(SectionHead(self.title, marks))

    def show_firms(self, firms: Sequence[FirmScore]) -> None:
        """List the firms; once."""
        if not firms:
            self._column.addWidget(Label(_(N_("This area has no scored firm.")), Role.BODY, Tone.TEXT2, wrap=True))
            return
        self.table = _table(firms, self._indicators)
        self.table.opened.connect(self.opened)
        self._column.addWidget(self.table)
        if any(firm.score is None for firm in firms):
            hidden = _(N_("Others' levels of a firm that you have not finished rating stay hidden."))
            self._column.addWidget(Label(hidden, Role.SECOND, Tone.TEXT2, wrap=True))
        self._column.addWidget(self._acts(len(firms)))

    def _acts(self, count: int) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(12)
        if count < FEWEST_FOR_A_REPORT:
            why = N_("A page for a firm compares it with its area; that needs 10 firms, there are {count}.")
            row.addWidget(Label(tr(why, count=count), Role.SECOND, Tone.TEXT2, wrap=True), 1)
            return held
        act = Button(_(N_("Write the page of the firm")))
        act.clicked.connect(self._ask)
        row.addWidget(act)
        row.addWidget(Label(_(N_("its profile against the area, for the firm itself")), Role.SECOND, Tone.TEXT2))
        row.addStretch(1)
        return held

    def _ask(self) -> None:
        chosen = self.table.selected() if self.table is not None else None
        if chosen is not None:
            self.report_asked.emit(chosen)


def _table(firms: Sequence[FirmScore], indicators: int) -> Table:
    model: RowsModel[FirmScore] = RowsModel(
        (
            Column("firm", _(N_("Firm")), lambda row: row.firm, first=True),
            Column("district", _(N_("District")), lambda row: row.district, width=150),
            Column("size", _(N_("Employees")), lambda row: row.size_class.replace("-", "–"), sort=_size, width=110),
            Column("scored", _(N_("Indicators")), lambda row: f"{row.scored}/{indicators}", _scored, 110, right=True),
            Column("score", _(N_("Index")), _index, _score, 90, right=True, tone=Tone.TEXT),
        )
    )
    model.set_rows(firms)
    table = Table(model, _(N_("Firms of the area")))
    row = max(theme.metrics().table_row, fonts.line_height(Role.BODY) + 8)
    table.setFixedHeight(theme.metrics().table_row + min(len(firms), MOST_IN_SIGHT) * row + 4)
    table.select(lambda _row: True)
    return table


def _size(row: FirmScore) -> int:
    digits = "".join(sign if sign.isdigit() else " " for sign in row.size_class).split()
    return int(digits[0]) if digits else -1


def _scored(row: FirmScore) -> int:
    return row.scored


def _index(row: FirmScore) -> str:
    return "–" if row.score is None else texts.number(row.score, 1)


def _score(row: FirmScore) -> float:
    return -1.0 if row.score is None else row.score
