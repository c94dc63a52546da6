"""The left side of the page: what came, what is lacking, what went, and the receipts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.components.table import RowsModel
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.packages.listing import ShortTable, came_columns, held_columns, sent_columns
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.services.packages.overview import Came, Held, Overview
from kume_desktop.texts import N_, _, tr

_KEYS_LOST = N_(
    "The profile of this computer was lost, and with it the keys by which the agency knows it. What is stored here is"
    " whole, you can go on interviewing, and nothing is deleted. Introduce the computer again: the agency compares the"
    " six words and enrols it, and then takes everything that it has not received yet."
)
_UNKNOWN = N_(
    "Nobody has enrolled this computer for this study, so no package of it is taken. If the study was moved here from a"
    " computer of the agency, staff make this one the agency’s under Computers. If it is a laptop’s, open it on that"
    " laptop, or in a profile in which no other study was opened; it can then introduce itself again."
)


class Lists(ScrollColumn):
    """Three tables under their titles; a title stands only where its table has rows."""

    def __init__(self, choose: Callable[[], None], introduce: Callable[[], None], delete: Callable[[], None]) -> None:
        margin = theme.metrics().margin - 6
        super().__init__(margins=(margin, 0, margin, 12))
        self.came: RowsModel[Came] = RowsModel(came_columns())
        self.sent: RowsModel[Sent] = RowsModel(sent_columns())
        self.held: RowsModel[Held] = RowsModel(held_columns())
        self.came_table = ShortTable(self.came, _(N_("Packages that came")))
        self.sent_table = ShortTable(self.sent, _(N_("Packages that went")))
        self.held_table = ShortTable(self.held, _(N_("Receipts")))
        self._notes, self._introduce = QVBoxLayout(), introduce
        self._standing = QVBoxLayout()
        self.column.addLayout(self._standing)
        how = N_("Packages of other computers come as files, on a stick or by e-mail. Open one, or prepare your own.")
        self._none = EmptyState(_(N_("No package came or went yet.")), _(how), _(N_("Open package…")), choose)
        self._none.hide()
        self.column.setSpacing(6)
        self.column.addWidget(self._none)
        self._tables = (
            (Label("", Role.SECTION, weight=fonts.SEMIBOLD), N_("Incoming"), self.came_table),
            (Label("", Role.SECTION, weight=fonts.SEMIBOLD), N_("Outgoing"), self.sent_table),
            (Label("", Role.SECTION, weight=fonts.SEMIBOLD), N_("Receipts"), self.held_table),
        )
        for title, _word, table in self._tables:
            self.column.addSpacing(10)
            self.column.addWidget(title)
            self.column.addWidget(table)
            title.hide()
            table.hide()
            if table is self.came_table:
                self.column.addLayout(self._notes)
        # Under the receipts, because of which one may; it stands there where there is something to delete alone.
        self.delete = Button(_(N_("Delete what the agency holds…")))
        self.delete.clicked.connect(delete)
        self.delete.hide()
        self.column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_overview(self, found: Overview) -> None:
        """Show other rows; the bars stay on their packages."""
        kept = {table: _package_of(table.selected()) for table in (self.came_table, self.sent_table)}
        self.came.set_rows(found.came)
        self.sent.set_rows(found.sent)
        self.held.set_rows(found.held)
        for table, package_id in kept.items():
            _bring_back(table, package_id)
        for title, word, table in self._tables:
            count = len(table.rows_model.rows)
            title.setText(f"{_(word)}  {count}")
            title.setHidden(not count)
            table.setHidden(not count)
        self.delete.setHidden(not found.deletable)
        self._none.setHidden(bool(found.came or found.sent or found.held))
        self._show_notes(found)

    def _show_notes(self, found: Overview) -> None:
        empty(self._notes)
        empty(self._standing)
        if found.keys_lost:
            act = NoteAction(_(N_("Introduce this computer again")), self._introduce, "Ctrl+J")
            self._standing.addWidget(ProblemNote(_(_KEYS_LOST), actions=(act,)))
        elif not found.role:
            self._standing.addWidget(ProblemNote(_(_UNKNOWN)))
        for lack in found.lacks:
            told = N_("{computer}: {count} entries are known and have not arrived. Its next package brings them.")
            self._notes.addWidget(ProblemNote(tr(told, computer=lack.computer, count=texts.number(lack.missing, 0))))


def _package_of(row: object) -> str:
    return row.package_id if isinstance(row, Came | Sent) else ""


def _bring_back(table: ShortTable, package_id: str) -> None:
    """Move the bar to a package again without telling of it."""
    if package_id and any(_package_of(row) == package_id for row in table.rows_model.rows):
        before = table.blockSignals(True)
        table.select(lambda row: _package_of(row) == package_id)
        table.blockSignals(before)
