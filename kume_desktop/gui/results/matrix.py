"""The needs matrix: two functions by five resources as a heat map that prints its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.badge import hatch_brush
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.results import words
from kume_desktop.gui.results.figure import Figure
from kume_desktop.gui.results.fitting import height_of, width_of
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
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NeedsMatrix(Figure):
    """Arrows walk the cells and say them aloud, Enter opens the answers behind one."""

    cell_changed = Signal(object)
    cell_opened = Signal(object)

    def __init__(self, method: Method) -> None:
        super().__init__(_(N_("Needs matrix")), 640)
        self._method = method
        self._functions, self._resources = words.names(method)
        self._cells: dict[tuple[str, str], NeedScore] = {}
        self._margins: NeedMargins | None = None
        self._at = (0, 0)
        self.is_stacked = False
        self._top = theme.px(24)
        self._row = theme.px(56)
        self.measure()

    @property
    def current(self) -> NeedScore | None:
        """The cell that the arrows stand on."""
        function, resource = list(self._functions)[self._at[0]], list(self._resources)[self._at[1]]
        return self._cells.get((function, resource))

    @property
    def cells(self) -> tuple[NeedScore, ...]:
        """The cells of the area row by row."""
        every = ((function, resource) for function in self._functions for resource in self._resources)
        return tuple(self._cells[key] for key in every if key in self._cells)

    def show_area(self, needs: Sequence[NeedScore], margins: NeedMargins | None) -> None:
        """Show the cells of one area; the arrows stay where they stand."""
        self._cells = {(one.function, one.resource): one for one in needs}
        self._margins = margins
        self.measure()
        self.update()
        self.cell_changed.emit(self.current)

    def select(self, function: str, resource: str) -> None:
        """Stand on a cell."""
        self._at = (list(self._functions).index(function), list(self._resources).index(resource))
        self._tell()

    def place_name(self, need: NeedScore) -> str:
        """Üretim, Finansman Kaynağı."""
        return f"{self._functions[need.function]}, {self._resources[need.resource]}"

    def spoken(self) -> str:
        """The cell with every figure and its base."""
        need = self.current
        if need is None:
            return self.accessibleName()
        return f"{self.place_name(need)}: {words.need_sentence(need, self._method)}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Home and End go to the ends of the row, Enter opens."""
        key, last = Qt.Key(event.key()), len(self._resources) - 1
        if key in _STEPS:
            rows, step = len(self._functions) - 1, _STEPS[key]
            self._at = (min(rows, max(0, self._at[0] + step[0])), min(last, max(0, self._at[1] + step[1])))
            self._tell()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._at = (self._at[0], 0 if key == Qt.Key.Key_Home else last)
            self._tell()
        elif key in _ENTER and self.current is not None:
            self.cell_opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click stands on the cell."""
        found = self._cell_at(event.position())
        if found is not None:
            self._at = found
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the answers behind."""
        if self._cell_at(event.position()) is not None and self.current is not None:
            self.cell_opened.emit(self.current)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw heads, cells, margins and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        for row, function in enumerate(self._functions):
            for column, resource in enumerate(self._resources):
                self._paint_cell(painter, self._box(row, column), self._cells.get((function, resource)))
        self._paint_margins(painter)
        self._paint_legend(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Tone.TEXT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._box(*self._at).adjusted(-1, -1, 1, 1), 3, 3)

    def measure(self) -> None:
        """Give heads, shares and n the lines they need."""
        font, width = fonts.font(Role.CAPTION), int(self._box(0, 0).width()) - 8
        self._top = max(height_of(name, font, width) for name in (*self._resources.values(), "–")) + 8
        widest = max((width_of(self.below(need), font) for need in self.cells), default=0)
        self.is_stacked = self.same_n is None and widest > width
        self._row = theme.px(56 if theme.is_compact() else 65) + (theme.px(14) if self.is_stacked else 0)
        self.setFixedHeight(self._top + len(self._functions) * self._row + 2 * theme.px(_FOOT))

    def _box(self, row: int, column: int) -> QRectF:
        left = theme.px(108)
        right = theme.px(110 if self.width() > theme.px(900) else 64)
        width = (max(self.width(), theme.px(400)) - left - right) / len(self._resources)
        return QRectF(left + column * width, self._top + row * self._row, width - _GAP, self._row - _GAP)

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        every = ((row, column) for row in range(len(self._functions)) for column in range(len(self._resources)))
        return next((place for place in every if self._box(*place).contains(point)), None)

    def _end(self) -> float:
        """The left edge of the column of margins."""
        return self._box(0, len(self._resources) - 1).right() + _GAP

    def _paint_heads(self, painter: QPainter) -> None:
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        for column, name in enumerate(self._resources.values()):
            box = self._box(0, column)
            painter.drawText(QRectF(box.x() + 4, 0, box.width() - 8, self._top - 6), _HEAD, name)
        painter.drawText(QRectF(self._end(), 0, self.width() - self._end(), self._top - 6), _HEAD, _(N_("Mean")))
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD))
        painter.setPen(theme.colour(Tone.TEXT))
        for row, name in enumerate(self._functions.values()):
            box = self._box(row, 0)
            painter.drawText(QRectF(0, box.y(), box.x() - 8, box.height()), _LEFT_WRAPPED, name)

    def _paint_cell(self, painter: QPainter, box: QRectF, need: NeedScore | None) -> None:
        if need is None or need.mean is None or need.band is None or words.too_few(need):
            few = need is not None and words.too_few(need)
            _paint_hatched(painter, box, "n < 3" if few else _(N_("no answer")))
            return
        fill, ink = theme.adequacy(need.band)
        painter.fillRect(box, fill)
        painter.setPen(ink)
        middle = box.y() + box.height() * (0.46 if self.is_stacked else 0.58)
        painter.setFont(fonts.font(Role.FIGURE_CELL, tabular=True))
        over = QRectF(box.x(), box.y() + 4, box.width(), middle - box.y() - 4)
        painter.drawText(over, _CENTRE, texts.number(need.mean, 2))
        painter.setFont(fonts.font(Role.CAPTION))
        room = QRectF(box.x(), middle, box.width(), box.bottom() - middle - 6)
        painter.drawText(room, _CENTRE, self.below(need, "\n" if self.is_stacked else " · "))
        if need.is_critical:
            drawn = icons.pixmap("flag", theme.px(14), colour=ink.name())
            painter.drawPixmap(QPointF(box.x() + 8, box.y() + 8), drawn)

    def below(self, need: NeedScore, between: str = " · ") -> str:
        """The share, and n where it differs between cells."""
        share = words.inadequate(need)
        return share if self.same_n is not None else f"{share}{between}n {need.n}"

    @property
    def same_n(self) -> int | None:
        """The n of every cell, None where they differ."""
        found = {need.n for need in self._cells.values()}
        return found.pop() if len(found) == 1 else None

    def _paint_margins(self, painter: QPainter) -> None:
        margins, last = self._margins, self._end()
        if margins is None:
            return
        painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        for row, function in enumerate(self._functions):
            box = self._box(row, 0)
            value = self.margin(margins.functions.get(function), function=function)
            painter.drawText(QRectF(last, box.y(), self.width() - last, box.height()), _CENTRE, value)
        bottom, height = self._box(len(self._functions) - 1, 0).bottom(), theme.px(_FOOT)
        for column, resource in enumerate(self._resources):
            box = self._box(0, column)
            value = self.margin(margins.resources.get(resource), resource=resource)
            painter.drawText(QRectF(box.x(), bottom, box.width(), height), _CENTRE, value)
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(last, bottom, self.width() - last, height), _CENTRE, self.margin(margins.overall))
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT2))
        painter.drawText(QRectF(0, bottom, self._box(0, 0).x(), height), _LEFT, _(N_("Mean")))

    def margin(self, value: float | None, *, function: str = "", resource: str = "") -> str:
        """A margin; a dash where a cell that is not shown could be worked out from it."""
        behind = (need for need in self.cells if function in ("", need.function) and resource in ("", need.resource))
        return words.NOTHING if any(map(words.too_few, behind)) else words.figure(value, 2)

    def _paint_legend(self, painter: QPainter) -> None:
        top, height = self.height() - theme.px(_FOOT), theme.px(_FOOT)
        limits = (1.0, *self._method.needs.bands, 5.0)
        painter.setFont(fonts.font(Role.CAPTION))
        for band in range(1, 6):
            box = self._box(0, band - 1)
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

    def _tell(self) -> None:
        self.cell_changed.emit(self.current)
        self.say()


def _paint_hatched(painter: QPainter, box: QRectF, text: str) -> None:
    """A cell that has nothing to show, with the reason on a plain ground."""
    painter.fillRect(box, hatch_brush())
    painter.setFont(fonts.font(Role.CAPTION))
    wide = painter.fontMetrics().horizontalAdvance(text) + 12
    ground = QRectF(box.center().x() - wide / 2, box.center().y() - theme.px(10), wide, theme.px(20))
    painter.fillRect(ground, theme.colour(Tone.SURFACE))
    painter.setPen(theme.colour(Tone.TEXT2))
    painter.drawText(ground, _CENTRE, text)


def _short(value: float) -> str:
    return texts.number(value, 0 if value == int(value) else 2)
