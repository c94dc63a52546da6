"""The needs of an area as a narrow heat map: resources under each other, functions beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.figures.needs_figure import NeedsFigure, is_hidden, paint_hidden
from kume_desktop.gui.figures.spread import paint_spread
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import NeedScore

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_HEAD, _ROW, _CELL, _GAP, _SPREAD = 22, 34, 74, 3, 5


class NeedsStrip(NeedsFigure):
    """Arrows walk the cells; each prints its mean over a bar of how the answers spread."""

    def __init__(self, method: Method) -> None:
        super().__init__(method, 280, upright=True)
        self._rows: list[tuple[float, float]] = []
        self.measure()

    def measure(self) -> None:
        """Give each name the lines it needs."""
        top, self._rows = float(theme.px(_HEAD)), []
        room = int(self.width() - 2 * theme.px(_CELL)) - 12
        for name in self._resources.values():
            height = max(theme.px(_ROW), height_of(name, fonts.font(Role.SECOND), room) + 6)
            self._rows.append((top, height))
            top += height
        self.setFixedHeight(int(top) + 4)

    def box(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn."""
        top, height = self._rows[row] if self._rows else (0.0, float(theme.px(_ROW)))
        columns = self.size_in_cells[1]
        left = self.width() - (columns - column) * theme.px(_CELL)
        return QRectF(left, top, theme.px(_CELL) - _GAP, height - _GAP)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw names, heads and cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        for column, name in enumerate(self._functions.values()):
            box = self.box(0, column)
            painter.drawText(QRectF(box.x() - 4, 0, box.width() + 8, theme.px(_HEAD) - 2), _CENTRE, name)
        for row, name in enumerate(self._resources.values()):
            first = self.box(row, 0)
            painter.setFont(fonts.font(Role.SECOND))
            painter.setPen(theme.colour(Tone.TEXT))
            painter.drawText(QRectF(0, first.y(), first.x() - 8, first.height()), _LEFT, name)
            for column in range(self.size_in_cells[1]):
                self._paint_cell(painter, self.box(row, column), self._cells.get(self.key_at(row, column)))
        self.paint_focus(painter)

    def _paint_cell(self, painter: QPainter, box: QRectF, need: NeedScore | None) -> None:
        if need is None or need.band is None or is_hidden(need):
            paint_hidden(painter, box, need)
            return
        fill, ink = theme.adequacy(need.band)
        painter.fillRect(box, fill)
        painter.setPen(ink)
        painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD, tabular=True))
        bar = QRectF(box.x() + 6, box.bottom() - theme.px(_SPREAD) - 4, box.width() - 12, theme.px(_SPREAD))
        painter.drawText(QRectF(box.x(), box.y(), box.width(), bar.y() - box.y()), _CENTRE, words.figure(need.mean, 2))
        if need.is_critical:
            drawn = icons.pixmap("flag", theme.px(13), colour=ink.name())
            painter.drawPixmap(QPointF(box.x() + 6, box.y() + (bar.y() - box.y() - theme.px(13)) / 2), drawn)
        paint_spread(painter, bar, need.counts)
