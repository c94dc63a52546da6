"""Completed interviews by day as bars, and how they add up as a line; arrows walk over the days and say them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.labels import announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.progress import Day
from kume_desktop.texts import N_, _, tr

_LEFT, _BOTTOM, _TOP, _RIGHT = 48, 26, 24, 56
_WIDEST = 48
"""A bar grows no wider: one day alone is no wall."""
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class DayChart(QWidget):
    """`moved` carries the place of the day the mark is on."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.days: tuple[Day, ...] = ()
        self.place = -1
        self.expected = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(theme.px(190))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_(N_("Completed interviews by day")))

    def show_days(self, days: tuple[Day, ...], expected: int) -> None:
        """Show other days; `expected` interviews would be all of them (0: not known)."""
        self.days, self.expected = days, expected
        self.place = len(days) - 1
        self.update()

    def go_to(self, place: int) -> None:
        """Move the mark to a day."""
        if 0 <= place < len(self.days) and place != self.place:
            self.place = place
            self.moved.emit(place)
            announce(self, said(self.days[place]))
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go by days, Home and End to the first and the last."""
        steps = {Qt.Key.Key_Left: self.place - 1, Qt.Key.Key_Right: self.place + 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.days) - 1}
        wanted = (steps | ends).get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.go_to(wanted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes to its day."""
        if self.days:
            self.go_to(int((event.position().x() - _LEFT) // self._step()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the day the mark is on."""
        super().focusInEvent(event)
        if 0 <= self.place < len(self.days):
            announce(self, said(self.days[self.place]))

    def _step(self) -> float:
        return (self.width() - _LEFT - _RIGHT) / max(1, len(self.days))

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw axis, bars, line, the day of the mark."""
        if not self.days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self.height() - _BOTTOM - _TOP
        base = _TOP + high
        painter.setPen(QPen(theme.colour(Tone.MID), 1))
        painter.drawLine(_LEFT, base, self.width() - _RIGHT, base)
        most = max(one.completed for one in self.days) or 1
        self._bars(painter, base, high, most)
        self._line(painter, base, high)
        self._words(painter, base, most)

    def _bars(self, painter: QPainter, base: int, high: int, most: int) -> None:
        step = self._step()
        fill, _text = theme.sequential(3)
        for place, one in enumerate(self.days):
            tall = high * one.completed / most * 0.8
            wide = min(step * 0.7, theme.px(_WIDEST))
            box = QRectF(_LEFT + (place + 0.5) * step - wide / 2, base - tall, wide, tall)
            painter.fillRect(box, theme.colour(Tone.ACCENT) if place == self.place else fill)

    def _line(self, painter: QPainter, base: int, high: int) -> None:
        step, last = self._step(), max(self.days[-1].total, self.expected, 1)
        points = [
            QPointF(_LEFT + (place + 0.5) * step, base - high * one.total / last) for place, one in enumerate(self.days)
        ]
        painter.setPen(QPen(theme.colour(Tone.TEXT2), 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(theme.colour(Tone.SURFACE))
        if 0 <= self.place < len(points):
            painter.drawEllipse(points[self.place], 4, 4)
        painter.setFont(fonts.font(Role.CAPTION, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        right = QRect(self.width() - _RIGHT + 4, int(points[-1].y()) - 8, _RIGHT - 4, 16)
        painter.drawText(
            right, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), str(self.days[-1].total)
        )

    def _words(self, painter: QPainter, base: int, most: int) -> None:
        painter.setFont(fonts.font(Role.CAPTION, tabular=True))
        painter.setPen(theme.colour(Tone.TEXT2))
        high = base - _TOP
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(0, base - int(high * 0.8) - 8, _LEFT - 8, 16), right, str(most))
        painter.drawText(QRect(0, base - 8, _LEFT - 8, 16), right, "0")
        first, last = self.days[0].day, self.days[-1].day
        box = QRect(_LEFT - 20, base + 6, 120, 18)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), texts.short_date(first))
        box = QRect(self.width() - _RIGHT - 120, base + 6, 120, 18)
        painter.drawText(box, right, texts.short_date(last))
        if 0 <= self.place < len(self.days):
            painter.setFont(fonts.font(Role.SECOND, fonts.SEMIBOLD))
            painter.setPen(theme.colour(Tone.TEXT))
            top = QRect(_LEFT, 0, self.width() - _LEFT - _RIGHT, 20)
            painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft), said(self.days[self.place]))


def said(one: Day) -> str:
    """A day in words: its date, how many were completed, how many there are by then."""
    words = N_("{day}: {count} completed, {total} by then")
    return tr(words, day=texts.short_date(one.day), count=one.completed, total=one.total)
