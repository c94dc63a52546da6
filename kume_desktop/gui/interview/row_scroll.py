"""The rows of a screen, scrolled so that the current one is in sight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.interview.rows import BLEED, QuestionRow


class _Inner(QWidget):
    """What holds the rows; `drawn` whenever it is painted."""

    drawn = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell it: there is nothing of its own to draw."""
        super().paintEvent(event)
        self.drawn.emit()


class RowScroll(QScrollArea):
    """A column of rows; `bar_changed` tells how much width the scroll bar takes, `drawn` that rows are painted."""

    bar_changed = Signal(int)
    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wanted: QuestionRow | None = None
        self._revealer = QTimer(self)
        self._revealer.setSingleShot(True)
        self._revealer.timeout.connect(self._bring_into_sight)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = inner = _Inner()
        inner.drawn.connect(self.drawn)
        outer = QVBoxLayout(inner)
        margin = theme.metrics().margin
        outer.setContentsMargins(margin - BLEED, 0, margin - BLEED, 0)
        outer.setSpacing(0)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(lambda *_range: self._settle())

    @property
    def bar_width(self) -> int:
        """What the scroll bar takes from the rows, in pixels; 0 while there is none."""
        bar = self.verticalScrollBar()
        return bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0

    def put(self, place: int, row: QWidget) -> None:
        """Put a row at a place of the column; one that is there already is moved."""
        if self._column.indexOf(row) != place:
            self._column.insertWidget(place, row)
            if not self._inner.isHidden():  # held rows come with it
                row.show()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Put rows without laying them out one by one; they are shown together at the end."""
        self._inner.hide()
        try:
            yield
        finally:
            self._inner.show()

    def drop(self, row: QWidget) -> None:
        """Take a row away for good."""
        if self._wanted is row:
            self._wanted = None
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def to_top(self) -> None:
        """Begin again at the upper end."""
        self._wanted = None
        self.verticalScrollBar().setValue(0)

    def turn(self, step: int) -> None:
        """Scroll a few lines up (-1) or down (1)."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * 3 * bar.singleStep())

    def reveal(self, row: QuestionRow) -> None:
        """Bring the row into sight once the layout has settled: notes may have moved it."""
        self._wanted = row
        self._revealer.start(0)

    def _settle(self) -> None:
        """The rows have another height now."""
        self.bar_changed.emit(self.bar_width)
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        row = self._wanted
        if row is None:
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top, height = row.y(), row.height()
        if top < bar.value() or height > room:
            bar.setValue(top)
        elif top + height > bar.value() + room:
            bar.setValue(top + height - room)
