"""How much room a text takes when it may wrap; painted widgets give it that room instead of cutting it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


def height_of(text: str, font: QFont, width: int) -> int:
    """The height of `text` in `font`, wrapped at words to `width` pixels."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 10_000), _WRAPPED, text).height()


def width_of(text: str, font: QFont) -> int:
    """The width of `text` in `font` on one line."""
    return QFontMetrics(font).horizontalAdvance(text)
