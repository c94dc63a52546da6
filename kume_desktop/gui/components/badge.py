"""The category badge with its uncertainty, and the hatch of what is not shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

HEIGHT = 24


def hatch_brush() -> QBrush:
    """The diagonal hatch of suppressed cells and missing data."""
    return QBrush(theme.colour(Tone.MID), Qt.BrushStyle.BDiagPattern)


def badge_width(text: str) -> int:
    """The width of a badge around `text` in logical pixels."""
    return QFontMetrics(fonts.font(Role.CAPTION, fonts.SEMIBOLD)).horizontalAdvance(text) + 24


def paint_badge(painter: QPainter, box: QRectF, text: str, category: int, *, certain: bool) -> None:
    """Draw the pill: filled when the category is certain, dashed outline and quiet text when it is not."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill, ink = theme.category(category)
    inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
    if certain:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
    else:
        painter.setPen(QPen(theme.colour(Tone.LINE_STRONG), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = theme.colour(Tone.TEXT2)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
    painter.setFont(fonts.font(Role.CAPTION, fonts.SEMIBOLD))
    painter.setPen(ink)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
