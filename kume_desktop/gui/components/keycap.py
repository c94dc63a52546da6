"""Key caps: the key in a bordered cap, as the bottom bar, notes and choices show it."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

_SIGNS = {
    "Return": "↵",
    "Enter": "↵",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "PgDown": "PgDn",
    "Backspace": "⌫",
}
_NAMES = {"Space": N_("Space"), "Del": N_("Del")}
HEIGHT = 20


def shown(key: str) -> str:
    """Portable key text as people read it: `Ctrl+K` is `Ctrl K`, `Return` is ↵, `Up Down` is ↑ ↓.

    >>> shown("Alt+Left")
    'Alt ←'
    >>> shown("Ctrl++")
    'Ctrl +'
    """
    if key.isdigit():
        return key
    whole = key.removesuffix("++").removesuffix("+")
    parts = [*whole.replace("+", " ").split(), *("+" if key.endswith("+") else "")]
    return " ".join(_SIGNS.get(part, _(_NAMES[part]) if part in _NAMES else part) for part in parts)


def cap_width(text: str) -> int:
    """The width of the cap around `text` (already as people read it), in logical pixels."""
    return _cap_width(text, fonts.size(Role.CAPTION))


@lru_cache(maxsize=256)
def _cap_width(text: str, _pixels: int) -> int:
    """Every choice of every question asks for it; another text size is another measure."""
    return max(HEIGHT, QFontMetrics(fonts.font(Role.CAPTION)).horizontalAdvance(text) + 12)


def paint_cap(painter: QPainter, left: int, middle: int, text: str) -> int:
    """Draw a cap with its left edge at `left`, centred on the line `middle`; the right edge is returned."""
    height = max(HEIGHT, fonts.line_height(Role.CAPTION) + 4)
    box = QRect(left, middle - height // 2, cap_width(text), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(Tone.LINE if theme.look().scheme is theme.Scheme.LIGHT else Tone.MID), 1))
    painter.setBrush(theme.colour(Tone.SURFACE))
    painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(fonts.font(Role.CAPTION))
    painter.setPen(theme.colour(Tone.TEXT2))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box.right() + 1


class KeyCap(QWidget):
    """One key in a cap."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._text = shown(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(cap_width(self._text), max(HEIGHT, fonts.line_height(Role.CAPTION) + 4))

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the cap."""
        painter = QPainter(self)
        paint_cap(painter, 0, self.height() // 2, self._text)
