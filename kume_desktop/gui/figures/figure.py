"""A painted figure that the keyboard can walk: it says what it stands on and fits its height to its width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import announce
from kume_desktop.gui.figures import copying

_COMFORTABLE = 960


class Figure(QWidget):
    """Below `least` logical pixels of width its words would not fit. It draws its own focus."""

    def __init__(self, name: str, least: int) -> None:
        super().__init__()
        self._least = least
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("own_ring", True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def spoken(self) -> str:
        """What a screen reader hears about the place one stands on."""
        return self.accessibleName()

    def told(self) -> str:
        """Everything the figure says, a line for each place one can stand on."""
        return self.spoken()

    def copy(self) -> None:
        """Put picture and numbers on the clipboard."""
        copying.put(self.grab().toImage(), f"{self.accessibleName()}\n{self.told()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies; subclasses walk by the arrows and leave the rest to this."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def measure(self) -> None:
        """Fit the height to the width."""
        self.updateGeometry()

    def say(self) -> None:
        """Draw again and, with the focus, say the place one stands on."""
        self.update()
        if self.hasFocus():
            announce(self, self.spoken())

    def sizeHint(self) -> QSize:
        """Wide; the height is fixed."""
        return QSize(theme.px(_COMFORTABLE), self.height())

    def minimumSizeHint(self) -> QSize:
        """Narrower than this the words would not fit."""
        return QSize(theme.px(self._least), self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the place one arrives at."""
        super().focusInEvent(event)
        self.say()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark of the focus away."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give words the lines they need at this width."""
        super().resizeEvent(event)
        self.measure()
