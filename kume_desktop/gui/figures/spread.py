"""How the answers of a cell spread over 1 to 5, as one small stacked bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from kume_desktop.gui import theme
from kume_desktop.gui.theme import Tone


def paint_spread(painter: QPainter, box: QRectF, counts: Sequence[int]) -> None:
    """Draw the shares of the answers 1..5 beside each other, each in its colour, with a frame; nothing without n."""
    n = sum(counts)
    if not n:
        return
    left = box.x()
    painter.setPen(Qt.PenStyle.NoPen)
    for place, count in enumerate(counts, start=1):
        width = box.width() * count / n
        painter.fillRect(QRectF(left, box.y(), width, box.height()), theme.adequacy(place)[0])
        left += width
        if count and left < box.right() - 0.5:
            painter.fillRect(QRectF(left - 0.5, box.y(), 1, box.height()), theme.colour(Tone.SURFACE))
    painter.setPen(QPen(theme.colour(Tone.SURFACE), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
