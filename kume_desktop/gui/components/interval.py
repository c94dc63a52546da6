"""The marks of an interval: line with end caps, dot, ring, diamond, and the dotted line of a cut."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kume_desktop.gui import theme
from kume_desktop.gui.theme import Tone

_CAP = 5
"""End caps are 10 px high."""


def paint_line(painter: QPainter, left: float, right: float, middle: float) -> None:
    """Draw the 2 px line of an interval with its end caps; nothing where it has no width."""
    if right <= left:
        return
    accent = theme.colour(Tone.ACCENT)
    for x in (left, right):
        painter.fillRect(QRectF(x - 1, middle - _CAP, 2, 2 * _CAP), accent)
    painter.fillRect(QRectF(left, middle - 1, right - left, 2), accent)


def paint_dot(painter: QPainter, at: QPointF, ground: QColor, radius: float = 7) -> None:
    """Draw the dot of the estimate with its halo."""
    painter.setPen(QPen(ground, 2))
    painter.setBrush(theme.colour(Tone.ACCENT))
    painter.drawEllipse(at, radius, radius)


def paint_ring(painter: QPainter, at: QPointF, ground: QColor, radius: float = 5) -> None:
    """Draw the hollow ring of a reference."""
    painter.setPen(QPen(theme.colour(Tone.LINE_STRONG), 1.75))
    painter.setBrush(ground)
    painter.drawEllipse(at, radius, radius)


def paint_diamond(painter: QPainter, at: QPointF, reach: float = 6) -> None:
    """Draw the hollow diamond of the published form."""
    painter.setPen(QPen(theme.colour(Tone.TEXT2), 1.75))
    painter.setBrush(theme.colour(Tone.SURFACE))
    corners = ((0, -reach), (reach, 0), (0, reach), (-reach, 0))
    painter.drawPolygon(QPolygonF([at + QPointF(dx, dy) for dx, dy in corners]))


def paint_cut(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """Draw a cut as a dotted line."""
    painter.setPen(QPen(theme.colour(Tone.LINE_STRONG), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
