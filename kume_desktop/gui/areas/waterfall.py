"""The difference between two areas as a waterfall: from one index to the other, indicator by indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.interval import paint_dot
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.fitting import height_of, width_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROW, _FIGURES = 28, 72


@dataclass(frozen=True, slots=True)
class Fall:
    """A line: an area's index (`is_total`), or what an indicator adds; the bar runs from `start` to `end`."""

    name: str
    start: float
    end: float
    is_total: bool = False

    @property
    def points(self) -> float:
        """What the line adds."""
        return self.end - self.start

    @property
    def figure(self) -> str:
        """76,1 of an area, +1,6 of an indicator."""
        return texts.number(self.end, 1) if self.is_total else words.signed(self.points)


def falls(first: str, high: float, second: str, low: float, parts: Sequence[tuple[str, float]]) -> tuple[Fall, ...]:
    """The lines from `second` (index `low`) to `first` (index `high`): largest gain first, largest loss last."""
    found, at = [Fall(second, 0.0, low, is_total=True)], low
    for name, points in sorted(parts, key=lambda part: -part[1]):
        found.append(Fall(name, at, at + points))
        at += points
    return (*found, Fall(first, 0.0, high, is_total=True))


class Waterfall(Figure):
    """Up and Down walk the lines and say them aloud."""

    def __init__(self, lines: Sequence[Fall]) -> None:
        super().__init__(_(N_("The difference by indicator")), 520)
        self._lines = tuple(lines)
        self._rows: list[QRectF] = []
        self._at = 0
        self.measure()

    @property
    def lines(self) -> tuple[Fall, ...]:
        """The lines from top to bottom."""
        return self._lines

    def sentence(self, line: Fall) -> str:
        """What a screen reader hears of a line."""
        if line.is_total:
            return f"{line.name}: {tr(N_('index {index}'), index=line.figure)}"
        return f"{line.name}: {tr(N_('{points} points'), points=line.figure)}"

    def spoken(self) -> str:
        """The line one stands on."""
        return self.sentence(self._lines[self._at])

    def told(self) -> str:
        """Every line."""
        return "\n".join(map(self.sentence, self._lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End walk."""
        last = len(self._lines) - 1
        wanted = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self._at = min(last, max(0, wanted))
            self.say()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click stands on the line."""
        for place, box in enumerate(self._rows):
            if box.contains(event.position()):
                self._at = place
                self.say()

    def measure(self) -> None:
        """Give each name the lines it needs."""
        names, top = int(self._names()), 0.0
        self._rows = []
        for line in self._lines:
            text = height_of(line.name, fonts.font(Role.SECOND, fonts.SEMIBOLD), names - 16)
            height = max(theme.px(_ROW), text + 8)
            self._rows.append(QRectF(0, top, self.width(), height))
            top += height
        self.setFixedHeight(int(top) + 2)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the lines with their bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            box = self._rows[self._at]
            painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(QRectF(0, box.y(), 3, box.height()), theme.colour(Tone.ACCENT))
        for place, (line, box) in enumerate(zip(self._lines, self._rows, strict=True)):
            self._paint_line(painter, line, box)
            if place + 1 < len(self._lines):
                painter.setPen(QPen(theme.colour(Tone.LINE_STRONG), 1, Qt.PenStyle.DotLine))
                x = self._x(line.end)
                painter.drawLine(QPointF(x, box.bottom() - 6), QPointF(x, self._rows[place + 1].y() + 6))

    def _paint_line(self, painter: QPainter, line: Fall, box: QRectF) -> None:
        names, figures = self._names(), theme.px(_FIGURES)
        weight = fonts.SEMIBOLD if line.is_total else None
        painter.setFont(fonts.font(Role.SECOND, weight))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(8, box.y(), names - 16, box.height()), _LEFT, line.name)
        painter.setFont(fonts.font(Role.SECOND, weight, tabular=True))
        painter.drawText(QRectF(self.width() - figures, box.y(), figures - 4, box.height()), _RIGHT, line.figure)
        if line.is_total:
            ground = theme.colour(
                Tone.ACCENT_SOFT if self.hasFocus() and line is self._lines[self._at] else Tone.SURFACE
            )
            paint_dot(painter, QPointF(self._x(line.end), box.center().y()), ground)
            return
        ends = sorted((self._x(line.start), self._x(line.end)))
        bar = QRectF(ends[0], box.y() + 6, max(2.0, ends[1] - ends[0]), box.height() - 12)
        painter.fillRect(bar, theme.adequacy(5 if line.points >= 0 else 2)[0])
        if line.points < 0:
            painter.setPen(QPen(theme.adequacy(1)[0], 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))

    def _names(self) -> float:
        widest = max(width_of(line.name, fonts.font(Role.SECOND, fonts.SEMIBOLD)) for line in self._lines)
        return min(widest + 24, (self.width() - theme.px(_FIGURES)) * 0.5)

    def _ends(self) -> tuple[float, float]:
        values = [line.end for line in self._lines]
        return min(values), max(values)

    def _x(self, value: float) -> float:
        low, high = self._ends()
        left, right = self._names() + 16, self.width() - theme.px(_FIGURES) - 16
        return left + (value - low) / max(1e-9, high - low) * (right - left)
