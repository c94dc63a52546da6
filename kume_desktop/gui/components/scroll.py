"""A scrolling column that leaves room for the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

RING_ROOM = 6


class ScrollColumn(QScrollArea):
    """A vertical column of widgets; it scrolls upright only and brings the focused widget into sight."""

    def __init__(self, max_width: int = 0, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner = QWidget()
        outer = QHBoxLayout(inner)
        outer.setContentsMargins(*margins)
        holder = QWidget()
        if max_width:
            holder.setMaximumWidth(max_width)
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(RING_ROOM, RING_ROOM, RING_ROOM, RING_ROOM)
        outer.addWidget(holder, 1)
        if max_width:
            outer.addStretch(0)
        self.setWidget(inner)

    def reveal(self, widget: QWidget, margin: int = 24) -> None:
        """Scroll as little as needed so that `widget` is in sight."""
        self.ensureWidgetVisible(widget, 0, margin)

    def position_of(self, widget: QWidget) -> int:
        """The upper edge of `widget` in the column, in pixels."""
        return widget.mapTo(self._inner, QPoint(0, 0)).y()
