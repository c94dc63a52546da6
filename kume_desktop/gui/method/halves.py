"""Two halves side by side, each scrolling for itself; under each other in one column where they have no room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn

_SHARES = (48, 52)
_ROOM = 1000
"""Narrower than this the weights or the names of the categories above the axis would be cut."""


class Halves(QWidget):
    """`left` and `right` are columns to be filled."""

    def __init__(self) -> None:
        super().__init__()
        margin = theme.metrics().margin - RING_ROOM
        self._first = ScrollColumn(margins=(margin, 0, 12, 16))
        self._second = ScrollColumn(margins=(12, 0, margin, 16))
        self._parts = (QWidget(), QWidget())
        self.left, self.right = (QVBoxLayout(part) for part in self._parts)
        for column in (self.left, self.right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
        for scroll, part in zip((self._first, self._second), self._parts, strict=True):
            scroll.column.addWidget(part)
            scroll.column.addStretch(1)
        self._rule = Rule(upright=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._first, _SHARES[0])
        row.addWidget(self._rule)
        row.addWidget(self._second, _SHARES[1])

    @property
    def are_stacked(self) -> bool:
        """Whether the right half stands under the left one."""
        return self._first.isAncestorOf(self._parts[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the halves, or put them beside each other again."""
        super().resizeEvent(event)
        stacked = event.size().width() < theme.px(_ROOM)
        if stacked != self.are_stacked:
            self._stack(stacked)

    def _stack(self, stacked: bool) -> None:
        part, focused = self._parts[1], QApplication.focusWidget()
        if stacked:
            self._first.column.insertWidget(1, part)
        else:
            self._second.column.insertWidget(0, part)
        part.show()
        self._rule.setHidden(stacked)
        self._second.setHidden(stacked)
        if focused is not None and part.isAncestorOf(focused):
            # What is moved to another parent loses the focus.
            focused.setFocus()
