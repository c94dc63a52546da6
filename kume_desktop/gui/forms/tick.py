"""A tick box with a wrapped text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_BOX, _TEXT, _PAD = 18, 28, 7
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class Tick(QAbstractButton):
    """Space, Enter and a click tick it; the tick is drawn, not only coloured."""

    def __init__(self, text: str, ticked: bool) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setText(text)
        self.setChecked(ticked)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()

    def sizeHint(self) -> QSize:
        """As high as its words."""
        return QSize(theme.px(320), self.height())

    def resizeEvent(self, event: object) -> None:
        """Give the words the lines they need."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box, the tick and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(theme.colour(Tone.ACCENT if on else Tone.LINE_STRONG), 1))
        painter.setBrush(theme.colour(Tone.ACCENT if on else Tone.SURFACE))
        painter.drawRoundedRect(QRectF(1, _PAD + 0.5, _BOX, _BOX), 4, 4)
        if on:
            icons.paint(painter, QPoint(2, _PAD + 2), "check", icons.ROW, Tone.ACCENT_FG)
        painter.setFont(fonts.font(Role.BODY))
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(QRectF(_TEXT, _PAD, self.width() - _TEXT, self.height()), _WRAPPED, self.text())

    def _measure(self) -> None:
        words = height_of(self.text(), fonts.font(Role.BODY), max(120, self.width() - _TEXT))
        self.setFixedHeight(max(_BOX, words) + 2 * _PAD)
