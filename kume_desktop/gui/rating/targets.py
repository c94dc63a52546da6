"""The list at the left: firms or areas in two lines each, with how far one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from kume_desktop import turkish
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.figures.fitting import height_of
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.rating import words
from kume_desktop.gui.theme import Tone
from kume_desktop.services.rating_views import QueueRow
from kume_desktop.texts import N_, tr

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_TEXT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NO_PARENT = QModelIndex()
_STATE_ROOM = 48


class _Model(QAbstractListModel):
    """The rows of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[QueueRow, ...] = ()

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show other rows; those of the same targets only change what they say."""
        same = [row.target_id for row in rows] == [row.target_id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = tuple(rows)
        if same and rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        elif not same:
            self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, what a screen reader says, or the row itself."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = (row.name, words.second_line(row), tr(N_("{done} of {total}"), done=row.done, total=row.total))
            return ", ".join(part for part in said if part)
        return row if role == _ROW else None


class _Painter(QStyledItemDelegate):
    """Draws a row: name, second line, and a check, a count or a dash."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        row, view = index.data(_ROW), self.parent()
        wide = view.viewport().width() if isinstance(view, QListView) else 200
        return QSize(wide, _height(row, wide) if isinstance(row, QueueRow) else 56)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, view = index.data(_ROW), self.parent()
        if not isinstance(row, QueueRow) or not isinstance(view, TargetList):
            return
        box: QRect = option.rect
        current = view.currentIndex().row() == index.row()
        painter.save()
        if current:
            painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT))
            painter.fillRect(box.left(), box.top(), 3, box.height(), theme.colour(Tone.ACCENT))
        painter.fillRect(box.left() + _left(), box.bottom(), box.width() - _left(), 1, theme.colour(Tone.LINE))
        self._words(painter, box, row, current)
        _paint_state(painter, box.adjusted(0, 0, -16, -1), row)
        if current and view.hasFocus():
            painter.setPen(QPen(theme.colour(Tone.ACCENT), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, row: QueueRow, current: bool) -> None:
        name = fonts.font(Role.BODY, fonts.SEMIBOLD if current else fonts.MEDIUM)
        room = QRect(box.left() + _left(), box.top() + _pad(), box.width() - _left() - _STATE_ROOM, box.height())
        second = words.second_line(row)
        if not second:
            room.moveTop(box.center().y() - height_of(row.name, name, room.width()) // 2)
        painter.setFont(name)
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(room, _TEXT, row.name)
        if second:
            room.translate(0, height_of(row.name, name, room.width()) + 2)
            painter.setFont(fonts.font(Role.CAPTION, fonts.REGULAR))
            painter.setPen(theme.colour(Tone.WARN if words.is_marked(row) else Tone.TEXT2))
            painter.drawText(room, _TEXT, second)


def _left() -> int:
    return theme.metrics().margin


def _pad() -> int:
    return 6 if theme.is_compact() else 9


def _height(row: QueueRow, width: int) -> int:
    room = width - _left() - _STATE_ROOM
    tall = height_of(row.name, fonts.font(Role.BODY, fonts.SEMIBOLD), room)
    second = words.second_line(row)
    if second:
        tall += 2 + height_of(second, fonts.font(Role.CAPTION, fonts.REGULAR), room)
    return max(theme.px(40 if theme.is_compact() else 52), tall + 2 * _pad())


def _paint_state(painter: QPainter, box: QRect, row: QueueRow) -> None:
    if row.total and row.done == row.total:
        at = QPoint(box.right() - icons.ROW, box.center().y() - icons.ROW // 2)
        icons.paint(painter, at, "circle-check", icons.ROW, Tone.OK)
        return
    font = fonts.font(Role.SECOND, tabular=True)
    painter.setFont(font)
    painter.setPen(theme.colour(Tone.TEXT2))
    painter.drawText(box, _RIGHT, f"{row.done}/{row.total}" if row.done else words.NOTHING)


class TargetList(QListView):
    """`picked` carries the row a person moved to; Enter and Right go to the middle (`entered_row`)."""

    picked = Signal(object)
    entered_row = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows = _Model()
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setProperty("own_ring", True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._quiet = False

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """The rows in sight."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[QueueRow], target_id: str) -> QueueRow | None:
        """Show these rows and stand on a target, else on the first that is not finished; returns that row."""
        self._quiet = True
        self._rows.set_rows(rows)
        place = next((n for n, row in enumerate(rows) if row.target_id == target_id), None)
        if place is None:
            place = next((n for n, row in enumerate(rows) if row.done < row.total), 0)
        if rows:
            self.setCurrentIndex(self._rows.index(place))
        self._quiet = False
        self.viewport().update()
        return rows[place] if rows else None

    def step(self, by: int) -> bool:
        """Go to the next row (or the one before); False at the end."""
        place = self.currentIndex().row() + by
        if not 0 <= place < len(self.rows):
            return False
        self.setCurrentIndex(self._rows.index(place))
        return True

    def next_waiting(self) -> bool:
        """Go to the next row that is not finished, from the one in front on; False where none is."""
        now = self.currentIndex().row()
        for place in [*range(now + 1, len(self.rows)), *range(now)]:
            if self.rows[place].done < self.rows[place].total and not self.rows[place].reopened:
                self.setCurrentIndex(self._rows.index(place))
                return True
        return False

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which row a person moved to."""
        super().currentChanged(current, previous)
        row = current.data(_ROW)
        if isinstance(row, QueueRow) and not self._quiet:
            self.picked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Right go to the indicator."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_row.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Left):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Type-to-find, Turkish letters folded."""
        wanted, start = turkish.fold(search), self.currentIndex().row() + 1
        for place in [*range(start, len(self.rows)), *range(start)]:
            if turkish.fold(self.rows[place].name).startswith(wanted):
                self.setCurrentIndex(self._rows.index(place))
                return
