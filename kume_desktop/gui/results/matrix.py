"""The needs matrix: two functions by five resources as a heat map that prints its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.fitting import height_of, width_of
from kume_desktop.gui.figures.needs_figure import NeedsFigure, is_hidden, paint_hidden
from kume_desktop.gui.figures.spread import paint_spread
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import NeedMargins, NeedScore

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_LEFT_WRAPPED = _LEFT | int(Qt.TextFlag.TextWordWrap)
_HEAD = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
_GAP = 3
_FOOT = 30
_SPREAD, _LINE = 6, 15


class NeedsMatrix(NeedsFigure):
    """Functions in rows, resources in columns, means at the margins, how the answers spread in each cell."""

    def __init__(self, method: Method) -> None:
        super().__init__(method, 640)
        self._margins: NeedMargins | None = None
        self._lines = 1
        self._top = theme.px(24)
        self._row = theme.px(56)
        self.measure()

    def show_area(self, needs: Sequence[NeedScore], margins: NeedMargins | None) -> None:
        """Show the cells of one area; the arrows stay where they stand."""
        self._margins = margins
        self.set_cells(needs)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw heads, cells, margins and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        for row, function in enumerate(self._functions):
            for column, resource in enumerate(self._resources):
                self._paint_cell(painter, self.box(row, column), self._cells.get((function, resource)))
        self._paint_margins(painter)
        self._paint_legend(painter)
        self.paint_focus(painter)

    def measure(self) -> None:
        """Give heads, intervals, shares and n the lines they need."""
        font, width = fonts.font(Role.CAPTION), int(self.box(0, 0).width()) - 8
        self._top = max(height_of(name, font, width) for name in (*self._resources.values(), "–")) + 8
        self._lines = max((len(self.lines(need, width)) for need in self.cells if not is_hidden(need)), default=1)
        self._row = theme.px(50 if theme.is_compact() else 57) + self._lines * theme.px(_LINE)
        self.setFixedHeight(self._top + len(self._functions) * self._row + 2 * theme.px(_FOOT))

    def box(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn."""
        left = theme.px(108)
        right = theme.px(110 if self.width() > theme.px(900) else 64)
        width = (max(self.width(), theme.px(400)) - left - right) / len(self._resources)
        return QRectF(left + column * width, self._top + row * self._row, width - _GAP, self._row - _GAP)

    def _end(self) -> float:
        """The left edge of the column of margins."""
        return self.box(0, len(self._resources) - 1).right() + _GAP

    def _paint_heads(self, painter: QPainter) -> None:
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        for column, name in enumerate(self._resources.values()):
            box = self.box(0, column)
            painter.drawText(QRectF(box.x() + 4, 0, box.width() - 8, self._top - 6), _HEAD, name)
        painter.drawText(QRectF(self._end(), 0, self.width() - self._end(), self._top - 6), _HEAD, _(N_("Mean")))
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD))
        painter.setPen(theme.colour(Tone.TEXT))
        for row, name in enumerate(self._functions.values()):
            box = self.box(row, 0)
            painter.drawText(QRectF(0, box.y(), box.x() - 8, box.height()), _LEFT_WRAPPED, name)

    def _paint_cell(self, painter: QPainter, box: QRectF, need: NeedScore | None) -> None:
        if need is None or need.mean is None or need.band is None or is_hidden(need):
            paint_hidden(painter, box, need)
            return
        fill, ink = theme.adequacy(need.band)
        painter.fillRect(box, fill)
        painter.setPen(ink)
        lines, line = self.lines(need, int(box.width()) - 8), theme.px(_LINE)
        below = box.bottom() - theme.px(_SPREAD) - 12 - len(lines) * line
        painter.setFont(fonts.font(Role.FIGURE_CELL, tabular=True))
        painter.drawText(
            QRectF(box.x(), box.y() + 2, box.width(), below - box.y() - 2), _CENTRE, words.figure(need.mean, 2)
        )
        painter.setFont(fonts.font(Role.CAPTION))
        for place, text in enumerate(lines):
            painter.drawText(QRectF(box.x(), below + place * line, box.width(), line), _CENTRE, text)
        self._paint_flags(painter, box, need, ink)
        bar = QRectF(box.x() + 8, box.bottom() - theme.px(_SPREAD) - 6, box.width() - 16, theme.px(_SPREAD))
        paint_spread(painter, bar, need.counts)

    def _paint_flags(self, painter: QPainter, box: QRectF, need: NeedScore, ink: QColor) -> None:
        """A flag and a word where the cell is critical, a second mark where its place depends on the measure."""
        if need.order_changes:
            drawn = icons.pixmap("chevrons-up-down", theme.px(14), colour=ink.name())
            painter.drawPixmap(QPointF(box.right() - theme.px(14) - 6, box.y() + 8), drawn)
        if not need.is_critical:
            return
        drawn = icons.pixmap("flag", theme.px(14), colour=ink.name())
        painter.drawPixmap(QPointF(box.x() + 8, box.y() + 8), drawn)
        if self._has_room(int(box.width())):
            room = QRectF(box.x() + 8 + theme.px(18), box.y() + 6, box.width() / 2, theme.px(18))
            painter.setPen(ink)
            painter.drawText(room, _LEFT, words.sure(need))

    def _has_room(self, width: int) -> bool:
        """Whether the word of the flag fits beside the mean."""
        word = max(width_of(text, fonts.font(Role.CAPTION)) for text in words.sure_words())
        mean = width_of("8,88", fonts.font(Role.FIGURE_CELL, tabular=True))
        return 2 * (8 + theme.px(18) + word + 4) + mean <= width

    def lines(self, need: NeedScore, width: int) -> tuple[str, ...]:
        """What stands under the mean, in lines of at most `width` pixels: interval, share, n where cells differ."""
        font = fonts.font(Role.CAPTION)
        parts = [
            words.fine_span(need.interval),
            words.inadequate(need),
            "" if self.same_n is not None else f"n {need.n}",
            words.sure(need) if need.is_critical and not self._has_room(width + 8) else "",
        ]
        found: list[str] = []
        for part in filter(None, parts):
            longer = f"{found[-1]} · {part}" if found else part
            if found and width_of(longer, font) <= width:
                found[-1] = longer
            else:
                found.append(part)
        return tuple(found)

    def _paint_margins(self, painter: QPainter) -> None:
        margins, last = self._margins, self._end()
        if margins is None:
            return
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        for row, function in enumerate(self._functions):
            box = self.box(row, 0)
            value = self.margin(margins.functions.get(function), function=function)
            painter.drawText(QRectF(last, box.y(), self.width() - last, box.height()), _CENTRE, value)
        bottom, height = self.box(len(self._functions) - 1, 0).bottom(), theme.px(_FOOT)
        for column, resource in enumerate(self._resources):
            box = self.box(0, column)
            value = self.margin(margins.resources.get(resource), resource=resource)
            painter.drawText(QRectF(box.x(), bottom, box.width(), height), _CENTRE, value)
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(last, bottom, self.width() - last, height), _CENTRE, self.margin(margins.overall))
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRectF(0, bottom, self.box(0, 0).x(), height), _LEFT, _(N_("Mean")))

    def margin(self, value: float | None, *, function: str = "", resource: str = "") -> str:
        """A margin; a dash where a cell that is not shown could be worked out from it."""
        behind = (need for need in self.cells if function in ("", need.function) and resource in ("", need.resource))
        return words.NOTHING if any(map(words.too_few, behind)) else words.figure(value, 2)

    def _paint_legend(self, painter: QPainter) -> None:
        top, height = self.height() - theme.px(_FOOT), theme.px(_FOOT)
        limits = (1.0, *self._method.needs.bands, 5.0)
        painter.setFont(fonts.font(Role.CAPTION))
        for band in range(1, 6):
            box = self.box(0, band - 1)
            low = limits[band - 1] + (0 if band == 1 else 0.01)
            text = f"{_short(low)}–{_short(limits[band])}"
            wide = painter.fontMetrics().horizontalAdvance(text)
            left = box.center().x() - (theme.px(28) + wide) / 2
            swatch = QRectF(left, top + (height - theme.px(12)) / 2, theme.px(20), theme.px(12))
            painter.setPen(QPen(theme.colour(Tone.MID), 1))
            painter.setBrush(theme.adequacy(band)[0])
            painter.drawRoundedRect(swatch, 2, 2)
            painter.setPen(theme.colour(Tone.TEXT2))
            painter.drawText(QRectF(swatch.right() + 8, top, wide + 4, height), _LEFT, text)


def _short(value: float) -> str:
    return texts.number(value, 0 if value == int(value) else 2)
