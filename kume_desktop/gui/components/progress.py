"""Progress as a thin bar; the figures stand beside it in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.theme import Tone


def paint_bar(painter: QPainter, box: QRectF, share: float, tone: Tone = Tone.ACCENT) -> None:
    """Draw a rounded bar filled to `share` 0..1."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = box.height() / 2
    painter.setBrush(theme.colour(Tone.LINE))
    painter.drawRoundedRect(box, radius, radius)
    if share > 0:
        filled = QRectF(box)
        filled.setWidth(max(box.height(), box.width() * min(share, 1.0)))
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(filled, radius, radius)


class ProgressBar(QWidget):
    """`done` of `total` as a bar of `height` pixels; a screen reader hears `name` and the figures."""

    def __init__(self, done: int = 0, total: int = 0, *, name: str = "", height: int = 6, width: int = 0) -> None:
        super().__init__()
        self._share = 0.0
        self._name = name
        self._height = height
        self.setFixedHeight(height)
        if width:
            self.setFixedWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_progress(done, total)

    def set_progress(self, done: int, total: int) -> None:
        """Show other figures; nothing moves on its own."""
        self._share = done / total if total else 0.0
        self.setAccessibleName(f"{self._name} {done} / {total}".strip())
        self.update()

    @property
    def share(self) -> float:
        """The filled part, 0..1."""
        return self._share

    def sizeHint(self) -> QSize:
        """A bar of 120 pixels where the layout says nothing."""
        return QSize(120, self._height)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the bar."""
        paint_bar(QPainter(self), QRectF(self.rect()), self._share)
