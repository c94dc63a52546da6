"""Tables: an own model that sorts and filters in Turkish order, a painted row, and a view for the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from kume_desktop import turkish
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
GAP = 12
_DISPLAY = Qt.ItemDataRole.DisplayRole
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: how a row's cell reads, sorts and is drawn.

    `text` is also what a screen reader and the tooltip say. `sort` gives the key (Turkish order of `text` where None).
    `width` in logical pixels, 0 shares what is left. `paint(painter, box, row)` draws the cell instead of `text`.
    """

    key: str
    title: str
    text: Callable[[T], str]
    sort: Callable[[T], object] | None = None
    width: int = 0
    right: bool = False
    first: bool = False
    tone: Tone = Tone.TEXT2
    paint: Callable[[QPainter, QRect, T], None] | None = None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows of one kind; sorting keeps its keys, filtering keeps the order."""

    def __init__(self, columns: Sequence[Column[T]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._all: tuple[T, ...] = ()
        self._sorted: list[T] = []
        self._rows: list[T] = []
        self._passes: Callable[[T], bool] | None = None
        self.sorted_by = (0, Qt.SortOrder.AscendingOrder)

    @property
    def rows(self) -> Sequence[T]:
        """The rows in sight, in their order."""
        return self._rows

    @property
    def all_rows(self) -> tuple[T, ...]:
        """All rows, whatever the filter."""
        return self._all

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows; sort order and filter stay."""
        self.beginResetModel()
        self._all = tuple(rows)
        self._sort()
        self._filter()
        self.endResetModel()

    def filter(self, passes: Callable[[T], bool] | None) -> None:
        """Show only the rows that pass."""
        self.beginResetModel()
        self._passes = passes
        self._filter()
        self.endResetModel()

    def row_at(self, index: _Index) -> T | None:
        """The row of an index, None for no index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal rows keep the order they had."""
        self.beginResetModel()
        self.sorted_by = (column, order)
        self._sort()
        self._filter()
        self.endResetModel()

    def rowCount(self, parent: _Index = NO_PARENT) -> int:
        """How many rows are in sight."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = NO_PARENT) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """The words of a cell for display, tooltip and screen reader, and its alignment."""
        row = self.row_at(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role in (_DISPLAY, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """The title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY and section < len(self.columns):
            return self.columns[section].title
        return None

    def _sort(self) -> None:
        place, order = self.sorted_by
        column = self.columns[place]
        key = column.sort or (lambda row: turkish.sort_key(column.text(row)))
        reverse = order is Qt.SortOrder.DescendingOrder
        self._sorted = sorted(self._all, key=key, reverse=reverse)  # type: ignore[arg-type]

    def _filter(self) -> None:
        self._rows = [row for row in self._sorted if self._passes is None or self._passes(row)]


class _RowDelegate(QStyledItemDelegate):
    """Draws a cell: fill of the row, dividing line, accent bar, text or the column's own drawing."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model, view = index.model(), self.parent()
        if not isinstance(model, RowsModel) or not isinstance(view, Table):
            return
        box: QRect = option.rect
        column, row = model.columns[index.column()], model.row_at(index)
        current = view.currentIndex().row() == index.row()
        painter.save()
        painter.fillRect(box, theme.colour(view.fill_of(index.row(), current)))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour(Tone.LINE))
        inner = box.adjusted(GAP if index.column() == 0 else 0, 0, -GAP, -1)
        self._content(painter, inner, column, row, current)
        if current:
            self._marks(painter, box, index, view)
        painter.restore()

    def _content(self, painter: QPainter, box: QRect, column: Column[object], row: object, current: bool) -> None:
        weight = fonts.SEMIBOLD if column.first and current else fonts.MEDIUM if column.first else None
        font = fonts.font(Role.BODY, weight, tabular=column.right)
        painter.setFont(font)
        painter.setPen(theme.colour(Tone.TEXT if column.first else column.tone))
        if column.paint is not None:
            column.paint(painter, box, row)
            return
        text = painter.fontMetrics().elidedText(column.text(row), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(_RIGHT if column.right else _LEFT), text)

    def _marks(self, painter: QPainter, box: QRect, index: _Index, view: Table) -> None:
        accent = theme.colour(Tone.ACCENT)
        if index.column() == 0:
            painter.fillRect(box.left(), box.top(), 3, box.height(), accent)
        if view.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.drawLine(box.left(), box.top() + 1, box.right() + 1, box.top() + 1)
            painter.drawLine(box.left(), box.bottom(), box.right() + 1, box.bottom())
            if index.column() == index.model().columnCount() - 1:
                painter.drawLine(box.right(), box.top(), box.right(), box.bottom())


class _Head(QHeaderView):
    """Column heads, 12/500, with the arrow at the sorted one."""

    def __init__(self, model: RowsModel[T]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(theme.metrics().table_row)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one head."""
        column = self._model.columns[section]
        painter.save()
        painter.fillRect(rect, theme.colour(Tone.SURFACE))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour(Tone.LINE))
        painter.setFont(fonts.font(Role.CAPTION))
        painter.setPen(theme.colour(Tone.TEXT2))
        box = rect.adjusted(GAP if section == 0 else 0, 0, -GAP, -1)
        place, order = self._model.sorted_by
        wide = painter.fontMetrics().horizontalAdvance(column.title)
        if place == section:
            left = box.right() - wide - 18 if column.right else box.left() + wide + 4
            name = "arrow-up" if order is Qt.SortOrder.AscendingOrder else "arrow-down"
            painter.drawPixmap(left, box.center().y() - 5, icons.pixmap(name, 12))
        painter.drawText(box, int(_RIGHT if column.right else _LEFT), column.title)
        painter.restore()


class Table(QTableView):
    """Whole-row selection; Enter opens, Space asks for the panel, letters find in the first column."""

    opened = Signal(object)
    current_row = Signal(object)
    panel_asked = Signal()

    def __init__(self, model: RowsModel[T], name: str) -> None:
        super().__init__()
        self._hovered = -1
        self._typed = ""
        self.setProperty("own_ring", True)
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Head(model))
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._measure(model)
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.doubleClicked.connect(self._open)
        self.entered.connect(self._hover)

    def _measure(self, model: RowsModel[T]) -> None:
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setDefaultSectionSize(max(theme.metrics().table_row, fonts.line_height(Role.BODY) + 8))
        for place, column in enumerate(model.columns):
            head = self.horizontalHeader()
            fixed, shared = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, fixed if column.width else shared)
            if column.width:
                self.setColumnWidth(place, theme.px(column.width))

    @property
    def rows_model(self) -> RowsModel[object]:
        """The model."""
        model = self.model()
        if not isinstance(model, RowsModel):
            raise TypeError(model)
        return model

    def selected(self) -> object | None:
        """The row the bar is on, None where there is none."""
        return self.rows_model.row_at(self.currentIndex())

    def select(self, is_wanted: Callable[[Any], bool]) -> bool:
        """Move the bar to the first row that is wanted; the first row where none is."""
        rows = self.rows_model.rows
        found = next((place for place, row in enumerate(rows) if is_wanted(row)), None)
        if rows:
            self.setCurrentIndex(self.rows_model.index(found or 0, 0))
        return found is not None

    def fill_of(self, row: int, current: bool) -> Tone:
        """The fill of a row: chosen, under the mouse, or plain."""
        if current:
            return Tone.ACCENT_SOFT
        return Tone.HOVER if row == self._hovered else Tone.SURFACE

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which row the bar is on and draw the whole rows again."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row() or not previous.isValid():
            self.current_row.emit(self.rows_model.row_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space asks for the panel, Home and End go to the ends, letters find."""
        key, last = event.key(), len(self.rows_model.rows) - 1
        if key in _ENTER:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Space and not self._typed:
            self.panel_asked.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.setCurrentIndex(self.rows_model.index(0 if key == Qt.Key.Key_Home else last, 0))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Type-to-find over the first column, Turkish letters folded."""
        rows = self.rows_model.rows
        column = self.rows_model.columns[0]
        wanted = turkish.fold(search)
        start = self.currentIndex().row() + 1
        for place in [*range(start, len(rows)), *range(start)]:
            if turkish.fold(column.text(rows[place])).startswith(wanted):
                self.setCurrentIndex(self.rows_model.index(place, 0))
                return

    def _open(self, index: _Index) -> None:
        row = self.rows_model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _hover(self, index: _Index) -> None:
        self._hovered = index.row()
        self.viewport().update()

    def _sort_by(self, section: int) -> None:
        place, order = self.rows_model.sorted_by
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        kept = self.selected()
        self.rows_model.sort(section, down if place == section and order is up else up)
        self.select(lambda row: row is kept)
