"""The indicators of two areas on one scale: a dot with its interval for the first, a ring for the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.areas.indicators import Line, lines_of
from kume_desktop.gui.components.interval import paint_dot, paint_line, paint_ring
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.fitting import height_of, width_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_HEAD, _ROW, _FIGURE = 20, 26, 60


class PairProfile(Figure):
    """Up and Down walk the indicators and say both means aloud."""

    def __init__(self, first: Portrait, second: Portrait) -> None:
        super().__init__(_(N_("Profiles side by side")), 520)
        self._names = (first.name, second.name)
        self._scale = (first.method.scale_min, first.method.scale_max)
        others = {line.code: line for line in lines_of(second)}
        self.pairs = [(line, others[line.code]) for line in lines_of(first) if line.code in others]
        self._rows: list[QRectF] = []
        self._at = 0
        self.measure()

    def sentence(self, pair: tuple[Line, Line]) -> str:
        """What a screen reader hears of an indicator."""
        told = (f"{name} {words.figure(line.mean, 2)}" for name, line in zip(self._names, pair, strict=True))
        return f"{pair[0].name}: {', '.join(told)}, {tr(N_('difference {points}'), points=difference(pair))}"

    def spoken(self) -> str:
        """The indicator one stands on."""
        return self.sentence(self.pairs[self._at]) if self.pairs else self.accessibleName()

    def told(self) -> str:
        """Every indicator."""
        return "\n".join(map(self.sentence, self.pairs))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End walk."""
        last = len(self.pairs) - 1
        wanted = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is None or not self.pairs:
            super().keyPressEvent(event)
        else:
            self._at = min(last, max(0, wanted))
            self.say()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click stands on the indicator."""
        for place, box in enumerate(self._rows):
            if box.contains(event.position()):
                self._at = place
                self.say()

    def measure(self) -> None:
        """Give each name the lines it needs."""
        top, self._rows = float(theme.px(_HEAD)), []
        for line, _other in self.pairs:
            text = height_of(line.name, fonts.font(Role.SECOND), int(self._plot()) - 16)
            height = max(theme.px(_ROW), text + 6)
            self._rows.append(QRectF(0, top, self.width(), height))
            top += height
        self.setFixedHeight(int(top) + 2)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw scale, names, marks and figures."""
        painter, head = QPainter(self), theme.px(_HEAD)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() and self._rows:
            box = self._rows[self._at]
            painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(QRectF(0, box.y(), 3, box.height()), theme.colour(Tone.ACCENT))
        painter.setFont(fonts.font(Role.CAPTION))
        bottom = self._rows[-1].bottom() if self._rows else float(head)
        for level in range(self._scale[0], self._scale[1] + 1):
            painter.fillRect(QRectF(self._x(level), head, 1, bottom - head), theme.colour(Tone.LINE))
            painter.setPen(theme.colour(Tone.TEXT2))
            painter.drawText(QRectF(self._x(level) - 20, 0, 40, head - 2), _CENTRE, str(level))
        for place, mark in enumerate(("●", "○", "±")):
            painter.drawText(self._figure_box(place, QRectF(0, 0, self.width(), head - 2)), _RIGHT, mark)
        for pair, box in zip(self.pairs, self._rows, strict=True):
            self._paint_pair(painter, pair, box)

    def _paint_pair(self, painter: QPainter, pair: tuple[Line, Line], box: QRectF) -> None:
        first, second = pair
        ground, middle = theme.colour(Tone.SURFACE), box.center().y()
        painter.setFont(fonts.font(Role.SECOND))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(8, box.y(), self._plot() - 16, box.height()), _LEFT, first.name)
        if first.interval.low is not None and first.interval.high is not None:
            paint_line(painter, self._x(first.interval.low), self._x(first.interval.high), middle)
        if second.mean is not None:
            paint_ring(painter, QPointF(self._x(second.mean), middle), ground)
        if first.mean is not None:
            paint_dot(painter, QPointF(self._x(first.mean), middle), ground, 6)
        figures = (words.figure(first.mean, 2), words.figure(second.mean, 2), difference(pair))
        for place, text in enumerate(figures):
            painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD if not place else None, tabular=True))
            painter.setPen(theme.colour(Tone.TEXT if not place else Tone.TEXT2))
            painter.drawText(self._figure_box(place, box), _RIGHT, text)

    def _figure_box(self, place: int, box: QRectF) -> QRectF:
        width = theme.px(_FIGURE)
        return QRectF(self.width() - (3 - place) * width, box.y(), width - 4, box.height())

    def _plot(self) -> float:
        widest = max((width_of(line.name, fonts.font(Role.SECOND)) for line, _other in self.pairs), default=0)
        return min(widest + 24, (self.width() - 3 * theme.px(_FIGURE)) * 0.55)

    def _x(self, value: float) -> float:
        low, high = self._scale
        left, right = self._plot() + 12, self.width() - 3 * theme.px(_FIGURE) - 12
        return left + (value - low) / (high - low) * (right - left)


def difference(pair: tuple[Line, Line]) -> str:
    """The first mean less the second, with its sign."""
    first, second = pair
    if first.mean is None or second.mean is None:
        return words.NOTHING
    return words.signed(first.mean - second.mean, 2)
