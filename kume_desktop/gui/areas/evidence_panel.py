"""The levels behind an indicator of an area: firm, level, what it rests on; and who gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import turkish
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label, announce
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.results import LevelBehind


class EvidencePanel(QFrame):
    """`level_opened` carries the level that a person chose, `closed` that the panel was shut."""

    level_opened = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAutoFillBackground(True)
        self.setFixedWidth(theme.px(theme.metrics().side_panel + 60))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(17, 18, 16, 12)
        self._whole.setSpacing(10)
        self._told = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._evidence: Mapping[str, str] = {}
        self.table: Table | None = None
        self.hide()

    def show_levels(
        self, title: str, sentence: str, levels: Sequence[LevelBehind], evidence: Mapping[str, str]
    ) -> None:
        """Show the levels behind an indicator; `evidence` names the codes of what a level can rest on."""
        empty(self._whole)
        self.table, self._evidence = None, evidence
        self._whole.addWidget(self._head(title))
        self._whole.addWidget(Label(sentence, Role.SECOND, Tone.TEXT2, wrap=True))
        if levels:
            self.table = self._table(levels)
            self._told = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
            self._whole.addWidget(self.table, 1)
            self._whole.addWidget(self._told)
            self.table.select(lambda _row: True)
        else:
            self._whole.addStretch(1)
        self.show()
        announce(self, f"{title}: {sentence}")

    def shut(self) -> bool:
        """Close the panel; False where it was not open."""
        if self.isHidden():
            return False
        self.hide()
        self.closed.emit()
        return True

    def take_focus(self) -> None:
        """Put the focus on the levels."""
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        """Draw the panel and its left line."""
        super().paintEvent(event)  # type: ignore[arg-type]
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.colour(Tone.MID))

    def _head(self, title: str) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(title, Role.SECTION, wrap=True), 1)
        close = IconButton("x", _(N_("Close (Esc)")))
        close.clicked.connect(self.shut)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return held

    def _table(self, levels: Sequence[LevelBehind]) -> Table:
        model: RowsModel[LevelBehind] = RowsModel(
            (
                Column("firm", _(N_("Firm")), lambda row: row.firm, first=True),
                Column("level", _(N_("Level")), _level, sort=_order, width=72, right=True),
                Column("basis", _(N_("Rests on")), self._basis, width=150),
            )
        )
        model.set_rows(levels)
        table = Table(model, _(N_("The levels behind")))
        table.opened.connect(self.level_opened)
        table.current_row.connect(self._tell)
        return table

    def _basis(self, row: LevelBehind) -> str:
        return "–" if row.level is None else self._evidence.get(row.evidence, _(N_("nobody said")))

    def _tell(self, row: LevelBehind | None) -> None:
        if row is None:
            self._told.setText("")
            return
        if row.level is None:
            self._told.setText(_(N_("Others' levels of a firm that you have not finished rating stay hidden.")))
            return
        told = (
            tr(N_("Level {level}, on the scale {collapsed}."), level=row.level, collapsed=row.collapsed),
            tr(N_("Given by {rater}."), rater=row.rater) if row.rater else _(N_("Suggested by the rubric.")),
            _suggested(row),
            tr(N_("Reason: “{reason}”"), reason=row.reason) if row.reason else "",
        )
        self._told.setText(" ".join(part for part in told if part))


def _suggested(row: LevelBehind) -> str:
    if not row.rater or row.suggestion is None or row.suggestion == row.level:
        return ""
    return tr(N_("The rubric suggested {level}."), level=row.suggestion)


def _level(row: LevelBehind) -> str:
    return "–" if row.level is None else str(row.level)


def _order(row: LevelBehind) -> tuple[int, str]:
    return row.level or 0, turkish.sort_key(row.firm)
