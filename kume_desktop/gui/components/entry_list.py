"""A list of entries of two or three painted lines: thousands cost no more than those in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from kume_desktop import turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

_Index = QModelIndex | QPersistentModelIndex
_ENTRY = Qt.ItemDataRole.UserRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `top` above the title, `second` below it, `right` and `end` at the right of these lines ('' for none).

    `tone` is that of `end`.
    """

    key: str
    title: str
    top: str = ""
    second: str = ""
    right: str = ""
    end: str = ""
    tone: Tone = Tone.TEXT2

    @property
    def said(self) -> str:
        """All of it, as a screen reader says it."""
        return ", ".join(part for part in (self.top, self.title, self.second, self.right, self.end) if part)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, what a screen reader says, or the entry itself."""
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return entry.said
        return entry if role == _ENTRY else None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """All entries have the same height: nothing is measured for those out of sight."""
        view = self.parent()
        return QSize(0, view.row_height if isinstance(view, EntryList) else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw fill, bar, line and the texts."""
        view, entry = self.parent(), index.data(_ENTRY)
        if not isinstance(view, EntryList) or not isinstance(entry, Entry):
            return
        box: QRect = option.rect
        current = view.currentIndex().row() == index.row()
        painter.save()
        painter.fillRect(box, theme.colour(Tone.ACCENT_SOFT if current else Tone.SURFACE))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour(Tone.LINE))
        if current:
            painter.fillRect(box.left(), box.top(), 3, box.height(), theme.colour(Tone.ACCENT))
        self._texts(painter, box.adjusted(view.indent, 8, -16, -9), entry, current)
        if current and view.hasFocus():
            painter.setPen(QPen(theme.colour(Tone.ACCENT), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.restore()

    def _texts(self, painter: QPainter, box: QRect, entry: Entry, current: bool) -> None:
        line = box.height() // (3 if self._is_tall() else 2)
        top = box.top()
        if self._is_tall():
            _write(painter, QRect(box.left(), top, box.width(), line), entry.top, Role.SECOND, Tone.TEXT2)
            top += line
        room = QRect(box.left(), top, box.width(), line)
        room.setRight(room.right() - _write(painter, room, entry.right, Role.SECOND, Tone.TEXT2, right=True))
        weight = fonts.SEMIBOLD if current else fonts.MEDIUM
        _write(painter, room, entry.title, Role.ROW_TITLE, Tone.TEXT, weight)
        room = QRect(box.left(), top + line, box.width(), line)
        room.setRight(room.right() - _write(painter, room, entry.end, Role.SECOND, entry.tone, right=True))
        _write(painter, room, entry.second, Role.SECOND, Tone.TEXT2)

    def _is_tall(self) -> bool:
        view = self.parent()
        return isinstance(view, EntryList) and view.lines == 3


def _write(
    painter: QPainter,
    box: QRect,
    text: str,
    role: Role,
    tone: Tone,
    weight: object = None,
    *,
    right: bool = False,
) -> int:
    """Draw a line of text, shortened where it does not fit; the width that it takes with a gap."""
    if not text:
        return 0
    painter.setFont(fonts.font(role, weight))  # type: ignore[arg-type]
    painter.setPen(theme.colour(tone))
    most = box.width() * 2 // 3 if right else box.width()
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, most)
    painter.drawText(box, _RIGHT if right else _LEFT, shown)
    return painter.fontMetrics().horizontalAdvance(shown) + 12


class EntryList(QListView):
    """Up and Down walk, Enter opens, letters find; `chosen` carries the key of the entry the bar is on ('' none)."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, *, lines: int = 2) -> None:
        super().__init__()
        self.lines = lines
        self.indent = 16 if theme.is_compact() else theme.metrics().margin
        self.row_height = lines * (fonts.line_height(Role.SECOND) + (4 if lines == 2 else 2)) + 18
        self._entries = _Model()
        self.setModel(self._entries)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setProperty("own_ring", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed."""
        return self._entries.entries

    @property
    def current(self) -> str:
        """The key of the entry the bar is on, '' for none."""
        place = self.currentIndex().row()
        return self.entries[place].key if 0 <= place < len(self.entries) else ""

    def set_entries(self, entries: Sequence[Entry], current: str = "") -> None:
        """Show other entries; the bar goes to the one of `current`, else to the place where it was."""
        place = max(0, self.currentIndex().row())
        blocked = self.blockSignals(True)
        self._entries.set_entries(entries)
        self.blockSignals(blocked)
        keys = [entry.key for entry in entries]
        wanted = keys.index(current) if current in keys else min(place, len(keys) - 1)
        if keys:
            self.setCurrentIndex(self._entries.index(wanted))
        self.viewport().update()

    def choose(self, key: str) -> None:
        """Move the bar to an entry."""
        keys = [entry.key for entry in self.entries]
        if key in keys:
            self.setCurrentIndex(self._entries.index(keys.index(key)))

    def step(self, step: int) -> None:
        """Move the bar by so many entries."""
        place = self.currentIndex().row() + step
        if 0 <= place < len(self.entries):
            self.setCurrentIndex(self._entries.index(place))

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell where the bar is."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if 0 <= current.row() < len(self.entries):
            self.scrollTo(current)
            self.chosen.emit(self.entries[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; what the list does not use goes to the page."""
        if event.key() in _ENTER:
            self.opened.emit(self.current)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape, Qt.Key.Key_Space):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Type-to-find over titles and the lines above them, Turkish letters folded."""
        wanted, start = turkish.fold(search), self.currentIndex().row() + 1
        for place in [*range(start, len(self.entries)), *range(start)]:
            entry = self.entries[place]
            if any(turkish.fold(text).startswith(wanted) for text in (entry.title, entry.top)):
                self.setCurrentIndex(self._entries.index(place))
                return
