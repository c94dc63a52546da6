"""A panel over the content with the one shadow of the window: the palette and the key list are such panels."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.theme import Tone

WIDTH = 560


class Overlay(QFrame):
    """560 wide in the top third; closing gives the focus back to where it was."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popup")
        self._back_to: QWidget | None = None
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 8)
        shadow.setColor(theme.colour(Tone.SHADOW))
        self.setGraphicsEffect(shadow)
        self.hide()

    def open_over(self) -> None:
        """Show the panel and remember where the focus was."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._back_to = focused
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Go to the top third of the window."""
        above = self.parentWidget()
        if above is not None:
            self.setFixedWidth(min(max(WIDTH, theme.px(WIDTH)), above.width() - 32))
            self.move((above.width() - self.width()) // 2, max(16, above.height() // 10))

    def shut(self) -> None:
        """Close and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        back, self._back_to = self._back_to, None
        if back is not None:
            back.setFocus()
        self.closed.emit()

    def forget_focus(self) -> None:
        """Do not give the focus back: what was chosen leads elsewhere, or the old page is gone."""
        self._back_to = None
