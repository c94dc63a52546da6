"""A scrolling column that leaves room for the focus ring."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

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
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Bring into sight what Tab comes to from outside; Qt does it only from one control in here to the next."""
        if now is None or not self._inner.isAncestorOf(now) or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if now.visibleRegion().boundingRect() != now.rect():
            self.reveal(now)

    def reveal(self, widget: QWidget, margin: int = 24) -> None:
        """Scroll as little as needed so that `widget` is in sight."""
        # Qt's own act shows no more of a field of text than its cursor.
        top = self.position_of(widget)
        room = min(margin, max(0, (self.viewport().height() - widget.height()) // 2))
        self.ensureVisible(0, top + widget.height(), 0, room)
        self.ensureVisible(0, top, 0, room)

    def position_of(self, widget: QWidget) -> int:
        """The upper edge of `widget` in the column, in pixels."""
        return widget.mapTo(self._inner, QPoint(0, 0)).y()
