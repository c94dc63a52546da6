"""A small table of facts that is read, not sorted: painted, wrapped instead of cut, walked by the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.figures.figure import Figure
from kume_desktop.gui.figures.fitting import height_of, width_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_HEAD_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
_HEAD_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GAP = 16
_ROW = 28
_FIRST = 140
"""The least width of the first column in logical pixels."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what it is called when opened, its cells, and the tone of all but the first."""

    key: str
    cells: tuple[str, ...]
    tone: Tone = Tone.TEXT2
    strong: bool = False


class FactGrid(Figure):
    """The first column takes what the others leave; those are right-aligned unless they are named in `left`.

    Up and Down walk the rows and say them aloud; Enter and a double click emit `opened` with the row's key.
    """

    opened = Signal(str)
    row_changed = Signal(str)

    def __init__(self, name: str, heads: Sequence[str], rows: Sequence[GridRow], *, left: Sequence[int] = ()) -> None:
        super().__init__(name, _FIRST + 60 * (len(heads) - 1))
        self._heads, self._rows = tuple(heads), tuple(rows)
        self._left = {0, *left}
        self._boxes: list[QRectF] = []
        self._at = 0
        self.measure()

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """The rows in their order."""
        return self._rows

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return self._heads

    @property
    def current(self) -> GridRow | None:
        """The row that the arrows stand on."""
        return self._rows[self._at] if self._rows else None

    def sentence(self, row: GridRow) -> str:
        """What a screen reader hears: each cell after its head."""
        told = (
            f"{' '.join(head.split())} {cell}" if head else cell
            for head, cell in zip(self._heads[1:], row.cells[1:], strict=True)
            if cell
        )
        return f"{row.cells[0]}: {', '.join(told)}"

    def spoken(self) -> str:
        """The row with its heads."""
        return f"{self.accessibleName()}. {self.sentence(self.current)}" if self.current else self.accessibleName()

    def told(self) -> str:
        """The table with tabs between its cells."""
        heads = ("\t".join(" ".join(head.split()) for head in self._heads),)
        return "\n".join((*heads, *("\t".join(row.cells) for row in self._rows)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End walk; Enter opens."""
        key, last = Qt.Key(event.key()), len(self._rows) - 1
        wanted = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)
        if wanted is not None and self._rows:
            self._go(min(last, max(0, wanted)))
        elif key in _ENTER and self.current is not None:
            self.opened.emit(self.current.key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click stands on the row."""
        for place, box in enumerate(self._boxes):
            if box.contains(event.position()):
                self._go(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row."""
        if self.current is not None and any(box.contains(event.position()) for box in self._boxes):
            self.opened.emit(self.current.key)

    def measure(self) -> None:
        """Give each row the lines it needs."""
        edges, self._boxes = self._edges(), []
        font = fonts.font(Role.CAPTION)
        heads = [
            height_of(head, font, int(edges[place + 1] - edges[place]) - _GAP)
            for place, head in enumerate(self._heads)
            if head
        ]
        top = float(max(heads, default=0) + 6)
        for row in self._rows:
            tall = [
                height_of(cell, self._font(row, place), int(edges[place + 1] - edges[place]) - _GAP)
                for place, cell in enumerate(row.cells)
                if cell
            ]
            height = max(theme.px(_ROW), max(tall, default=0) + 8)
            self._boxes.append(QRectF(0, top, self.width(), height))
            top += height
        self.setFixedHeight(int(top) + 2)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw heads and rows."""
        painter, edges = QPainter(self), self._edges()
        if self.hasFocus() and self._boxes:
            box = QRectF(self._boxes[self._at])
            box.setWidth(edges[-1])
            painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(QRectF(0, box.y(), 3, box.height()), theme.colour(Tone.ACCENT))
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        top = self._boxes[0].y() if self._boxes else float(self.height())
        for place, head in enumerate(self._heads):
            room = QRectF(edges[place] + self._inset(place), 0, edges[place + 1] - edges[place] - _GAP, top - 4)
            painter.drawText(room, _HEAD_LEFT if place in self._left else _HEAD_RIGHT, head)
        for row, box in zip(self._rows, self._boxes, strict=True):
            painter.fillRect(QRectF(0, box.y(), edges[-1], 1), theme.colour(Tone.LINE))
            self._paint_row(painter, row, box, edges)

    def _paint_row(self, painter: QPainter, row: GridRow, box: QRectF, edges: Sequence[float]) -> None:
        for place, cell in enumerate(row.cells):
            painter.setFont(self._font(row, place))
            painter.setPen(theme.colour(Tone.TEXT if not place else row.tone))
            left = edges[place] + self._inset(place)
            room = QRectF(left, box.y(), edges[place + 1] - edges[place] - _GAP, box.height())
            painter.drawText(room, _LEFT if place in self._left else _RIGHT, cell)

    def _inset(self, place: int) -> int:
        """Room for the bar of the row one stands on, and between columns."""
        return 8 if not place else _GAP

    def _font(self, row: GridRow, place: int) -> QFont:
        strong = fonts.SEMIBOLD if row.strong else None
        return fonts.font(Role.SECOND, strong, tabular=place > 0)

    def _edges(self) -> list[float]:
        """The left edge of each column and the right edge of the last."""
        needed = [self._needed(place) + _GAP + 2 for place in range(1, len(self._heads))]
        room = self.width() - theme.px(_FIRST)
        if needed and sum(needed) > room > 0:
            needed = [room * one / sum(needed) for one in needed]
        first = max(float(self._needed(0) + 2 * _GAP), float(theme.px(_FIRST)))
        edges = [0.0, min(first, float(self.width()) - sum(needed))]
        for one in needed:
            edges.append(edges[-1] + one)
        return edges

    def _needed(self, place: int) -> float:
        """The width of the widest cell and of the longest word of the head."""
        cells = [width_of(row.cells[place], self._font(row, place)) for row in self._rows]
        head = [width_of(word, fonts.font(Role.CAPTION)) for word in self._heads[place].split()]
        return max((*cells, *head, theme.px(24)), default=0.0)

    def _go(self, place: int) -> None:
        self._at = place
        self.row_changed.emit(self._rows[place].key)
        self.say()
