"""A small part of a page: its caption, what stands at the caption's right end, and lines of text below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone


class Part(QWidget):
    """Fill `column`; it keeps what stands in it at the top once `end` is called."""

    def __init__(self, caption: str, *tools: QWidget) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.caption = Label(caption, Role.CAPTION, Tone.TEXT2, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.caption, 1)
        for tool in tools:
            row.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)

    def say(self, sentences: Iterable[str], tone: Tone = Tone.TEXT2) -> None:
        """Add sentences; empty ones are left out."""
        for sentence in sentences:
            if sentence:
                self.column.addWidget(Label(sentence, Role.SECOND, tone, wrap=True))

    def points(self, texts: Iterable[str], tone: Tone = Tone.TEXT) -> None:
        """Add texts with a point before each."""
        for text in texts:
            self.column.addLayout(pointed(Label(text, Role.SECOND, tone, wrap=True)))

    def end(self) -> None:
        """Nothing follows."""
        self.column.addStretch(1)


def pointed(widget: QWidget) -> QHBoxLayout:
    """A widget behind a point."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Label("•", Role.SECOND, Tone.TEXT3), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(widget, 1)
    return row


def side_by_side(*parts: tuple[QWidget, int], gap: int = 24) -> QWidget:
    """Widgets beside each other with their shares of the width."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget, share in parts:
        row.addWidget(widget, share)
    return held


class Beside(QWidget):
    """Two widgets beside each other, or under each other where the page is narrower than `least` logical pixels."""

    def __init__(self, first: QWidget, second: QWidget, shares: tuple[int, int], *, least: int, gap: int = 32) -> None:
        super().__init__()
        self._least, self._held = least, (first, second)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(gap))
        for widget, share in zip((first, second), shares, strict=True):
            self._row.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)

    def minimumSizeHint(self) -> QSize:
        """Under each other they need no more than the wider one does."""
        widest = max(widget.minimumSizeHint().width() for widget in self._held)
        return QSize(widest, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction that fits."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(self._least)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._row.direction():
            self._row.setDirection(direction)
