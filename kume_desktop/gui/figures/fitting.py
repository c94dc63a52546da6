"""How much room a text takes when it may wrap; painted widgets give it that room instead of cutting it."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_MOST = 8192
"""Texts are measured at every painting, and few of them change between two."""


def height_of(text: str, font: QFont, width: int) -> int:
    """The height of `text` in `font`, wrapped at words to `width` pixels."""
    # A copy: whoever gave the font may change it later.
    return _height(text, QFont(font), width)


def width_of(text: str, font: QFont) -> int:
    """The width of `text` in `font` on one line."""
    return _width(text, QFont(font))


@lru_cache(maxsize=_MOST)
def _height(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 10_000), _WRAPPED, text).height()


@lru_cache(maxsize=_MOST)
def _width(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text)
