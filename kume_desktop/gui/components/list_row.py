"""A row of a list one can choose: cells in columns, an optional second line, keyboard up and down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of a row; `share` of the width left by the others, right-aligned with `right`."""

    text: str
    share: int = 1
    tone: Tone = Tone.TEXT2
    weight: QFont.Weight | None = None
    right: bool = False
    icon: str = ""
    icon_tone: Tone = Tone.TEXT2


class ListRow(QPushButton):
    """One entry; Enter, Space and a click choose it. 44 high, 66 with a second line."""

    def __init__(self, cells: Sequence[Cell], *, icon: str = "", tone: Tone = Tone.TEXT2, second: str = "") -> None:
        super().__init__()
        self._cells = tuple(cells)
        self._icon, self._tone, self._second = icon, tone, second
        self.setAccessibleName(", ".join(cell.text for cell in cells if cell.text))
        self.setAccessibleDescription(second)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(theme.metrics().list_row + (22 if second else 0)))
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, Up and Down go to the neighbours."""
        if event.key() in _ENTER:
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw fill, line, icon, cells and second line."""
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour(Tone.HOVER))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(Tone.LINE))
        indent = 28 if self._icon else 0
        first = QRect(indent, 0, self.width() - indent - 1, self.height() - (theme.px(24) if self._second else 1))
        if self._icon:
            icons.paint(painter, QPoint(0, first.center().y() - 7), self._icon, icons.ROW, self._tone)
        self._draw_cells(painter, first)
        if self._second:
            painter.setFont(fonts.font(Role.BODY))
            painter.setPen(theme.colour(Tone.TEXT2))
            box = QRect(indent, first.bottom() - theme.px(6), first.width(), theme.px(24))
            text = painter.fontMetrics().elidedText(self._second, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _LEFT, text)

    def _draw_cells(self, painter: QPainter, room: QRect) -> None:
        whole = sum(cell.share for cell in self._cells) or 1
        left = room.left()
        for cell in self._cells:
            box = QRect(left, room.top(), room.width() * cell.share // whole - (0 if cell.right else 12), room.height())
            left += room.width() * cell.share // whole
            if cell.icon:
                icons.paint(painter, QPoint(box.left(), box.center().y() - 7), cell.icon, icons.ROW, cell.icon_tone)
                box.setLeft(box.left() + 22)
            painter.setFont(fonts.font(Role.BODY, cell.weight))
            painter.setPen(theme.colour(cell.tone))
            text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _RIGHT if cell.right else _LEFT, text)

    def _step(self, step: int) -> None:
        rows = neighbours(self)
        place = rows.index(self) + step
        if 0 <= place < len(rows):
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)


def neighbours(row: ListRow) -> list[ListRow]:
    """The rows of the same parent in their order."""
    above = row.parentWidget()
    found = above.findChildren(ListRow, options=Qt.FindChildOption.FindDirectChildrenOnly) if above else [row]
    return sorted((other for other in found if other.isVisible()), key=lambda other: other.y())


class RowList(QWidget):
    """Rows under each other with a line above the first."""

    def __init__(self, rows: Sequence[ListRow]) -> None:
        super().__init__()
        self.rows = tuple(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        for row in rows:
            column.addWidget(row)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the upper line."""
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.colour(Tone.LINE))
