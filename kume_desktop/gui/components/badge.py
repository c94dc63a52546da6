"""The category badge with its uncertainty, and the hatch of what is not shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_GAP = 12


def hatch_brush() -> QBrush:
    """The diagonal hatch of suppressed cells and missing data."""
    return QBrush(theme.colour(Tone.MID), Qt.BrushStyle.BDiagPattern)


def badge_width(text: str) -> int:
    """The width of a badge around `text` in logical pixels."""
    return QFontMetrics(fonts.font(Role.CAPTION, fonts.SEMIBOLD)).horizontalAdvance(text) + 24


def badge_height() -> int:
    """The height of a badge in logical pixels."""
    return max(24, fonts.line_height(Role.CAPTION) + 8)


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


def paint_share(painter: QPainter, box: QRectF, share: str, doubt: str) -> None:
    """Draw the second line of a badge: the probability, and the doubt behind it in amber."""
    left = box.x()
    tone = Tone.WARN if doubt else Tone.TEXT2
    for text, weight in ((share, fonts.SEMIBOLD if doubt else None), (doubt, None)):
        if not text:
            continue
        painter.setFont(fonts.font(Role.CAPTION, weight, tabular=True))
        painter.setPen(theme.colour(tone))
        painter.drawText(QRectF(left, box.y(), max(0.0, box.right() - left), box.height()), _LEFT, text)
        left += painter.fontMetrics().horizontalAdvance(text) + _GAP - 4


def share_width(share: str, doubt: str) -> int:
    """The width of the second line of a badge."""
    widths = [
        QFontMetrics(fonts.font(Role.CAPTION, fonts.SEMIBOLD, tabular=True)).horizontalAdvance(text)
        for text in (share, doubt)
        if text
    ]
    return sum(widths) + (_GAP - 4) * max(0, len(widths) - 1)


class CategoryBadge(QWidget):
    """A badge by itself; `share` and `doubt` stand in its second line."""

    def __init__(self, text: str, category: int, *, certain: bool = True, share: str = "", doubt: str = "") -> None:
        super().__init__()
        self._text, self._category, self._certain = text, category, certain
        self._share, self._doubt = share, doubt
        self.setAccessibleName(", ".join(part for part in (text, share, doubt) if part))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """The pill and its second line."""
        second = theme.px(18) if self._share or self._doubt else 0
        width = max(badge_width(self._text), _GAP + share_width(self._share, self._doubt))
        return QSize(width, badge_height() + second)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw pill and second line."""
        painter = QPainter(self)
        pill = QRectF(0, 0, badge_width(self._text), badge_height())
        paint_badge(painter, pill, self._text, self._category, certain=self._certain)
        below = QRectF(_GAP, pill.bottom(), self.width() - _GAP, self.height() - pill.height())
        paint_share(painter, below, self._share, self._doubt)
