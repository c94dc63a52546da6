"""The index of one area on the attainable range: dot, interval, cuts, and a diamond for the published form."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.interval import paint_cut, paint_diamond, paint_dot, paint_line
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_HEAD, _BAND, _FOOT = 24, 44, 22


class IndexAxis(Figure):
    """Up and Down walk index, interval, published form and cuts, and say them aloud."""

    def __init__(self, portrait: Portrait) -> None:
        super().__init__(_(N_("Index on its axis")), 320)
        self._portrait = portrait
        self._at = 0
        self.points = self._points()
        self.setFixedHeight(theme.px(_HEAD) + theme.px(_BAND) + theme.px(_FOOT))

    def spoken(self) -> str:
        """The point one stands on."""
        return self.points[self._at] if self.points else self.accessibleName()

    def told(self) -> str:
        """Every point."""
        return "\n".join(self.points)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk the points."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not self.points:
            super().keyPressEvent(event)
            return
        self._at = min(len(self.points) - 1, max(0, self._at + step))
        self.say()

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw categories, cuts, interval, dot and diamond."""
        painter, area = QPainter(self), self._portrait.area
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.colour(Tone.ACCENT_SOFT if self.hasFocus() else Tone.SURFACE)
        if self.hasFocus():
            painter.fillRect(self.rect(), ground)
            painter.fillRect(QRectF(0, 0, 3, self.height()), theme.colour(Tone.ACCENT))
        self._paint_scale(painter)
        middle = theme.px(_HEAD) + theme.px(_BAND) / 2
        low, high = area.interval.low, area.interval.high
        if low is not None and high is not None:
            paint_line(painter, self._x(low), self._x(high), middle)
        if area.published_index is not None:
            self._paint_published(painter, middle)
        paint_dot(painter, QPointF(self._x(area.score or 0.0), middle), ground)

    def _points(self) -> tuple[str, ...]:
        area, method = self._portrait.area, self._portrait.method
        span = words.span(area.interval)
        told = (
            tr(N_("index {index}"), index=words.figure(area.score, 1)),
            tr(N_("interval {span}"), span=span) if span else "",
            words.published(area),
            *(
                tr(N_("category {number} from {cut}"), number=number, cut=texts.number(cut, 1))
                for number, cut in enumerate(method.cut_points, start=1)
            ),
        )
        return tuple(one for one in told if one)

    def _x(self, value: float) -> float:
        low, margin = self._portrait.method.lowest, theme.px(14)
        return margin + (value - low) / (100 - low) * (self.width() - 2 * margin)

    def _paint_scale(self, painter: QPainter) -> None:
        method, head = self._portrait.method, theme.px(_HEAD)
        bottom = head + theme.px(_BAND)
        painter.fillRect(
            QRectF(self._x(method.lowest), head + theme.px(_BAND) / 2, self._x(100) - self._x(method.lowest), 1),
            theme.colour(Tone.LINE),
        )
        for cut in method.cut_points:
            paint_cut(painter, self._x(cut), head, bottom)
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        edges = (100.0, *method.cut_points, method.lowest)
        for number, (right, left) in enumerate(pairwise(edges), start=1):
            middle = (self._x(left) + self._x(right)) / 2
            painter.drawText(QRectF(middle - 60, 0, 120, head), _CENTRE, words.short_category(number))
        for value in edges:
            text = texts.number(value, 0 if value == int(value) else 1)
            painter.drawText(QRectF(self._x(value) - 30, bottom, 60, theme.px(_FOOT)), _CENTRE, text)

    def _paint_published(self, painter: QPainter, middle: float) -> None:
        area = self._portrait.area
        at = self._x(100 * area.published_sum / area.published_max)
        paint_diamond(painter, QPointF(at, middle))
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT2))
        text = words.published(area)
        wide = painter.fontMetrics().horizontalAdvance(text) + 2
        beside = QRectF(at + 14, middle - theme.px(10), wide, theme.px(20))
        if self._is_free(beside.left(), beside.right()):
            painter.drawText(beside, _LEFT, text)
            return
        left = min(max(0.0, at - wide / 2), self.width() - wide)
        painter.drawText(QRectF(left, middle + 5, wide, theme.px(18)), _LEFT, text)

    def _is_free(self, left: float, right: float) -> bool:
        """Whether neither dot nor interval stands between two places."""
        limits, dot = self._portrait.area.interval, self._x(self._portrait.area.score or 0.0)
        low = dot - 8 if limits.low is None else min(dot - 8, self._x(limits.low))
        high = dot + 8 if limits.high is None else max(dot + 8, self._x(limits.high))
        return right < self.width() and (right < low or left > high)
