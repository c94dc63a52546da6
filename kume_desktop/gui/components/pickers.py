"""A picker: a button that says what is chosen, and a list one can filter by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from kume_desktop import turkish
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.texts import N_, _

_KEY = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FILTER_FROM = 8


class Picker(QPushButton):
    """Reads "Alan: tümü" and opens a list; `picked` carries the key of the entry a person chose."""

    picked = Signal(str)

    def __init__(self, word: str, width: int = 0) -> None:
        super().__init__()
        self._word = word
        self._items: tuple[tuple[str, str], ...] = ()
        self._current = ""
        self._popup: _Popup | None = None
        self.setProperty("picker", True)
        self.setAutoDefault(False)
        self.setFixedHeight(36)
        if width:
            self.setFixedWidth(width)
        self.setFont(fonts.font(Role.BODY))
        self.clicked.connect(self.open_list)

    @property
    def current(self) -> str:
        """The key of the chosen entry."""
        return self._current

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer these (key, label) entries; the choice stays if it is still among them."""
        self._items = tuple(items)
        keys = [key for key, _label in self._items]
        self.set_current(self._current if self._current in keys else (keys[0] if keys else ""))

    def set_current(self, key: str) -> None:
        """Choose an entry without telling anybody."""
        self._current = key
        label = dict(self._items).get(key, "")
        text = f"{self._word}: {label}" if self._word else label
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setText(self._fitted(text))

    def open_list(self) -> None:
        """Open the list under the button."""
        self._popup = _Popup(self, self._items, self._current)
        self._popup.chosen.connect(self._choose)
        self._popup.setMinimumWidth(max(self.width(), 240))
        self._popup.adjustSize()
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self._popup.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and Down open the list."""
        if event.key() in (*_ENTER, Qt.Key.Key_Down):
            self.open_list()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        """Draw the button and its arrow."""
        super().paintEvent(event)  # type: ignore[arg-type]
        at = QPoint(self.width() - icons.ROW - 12, (self.height() - icons.ROW) // 2)
        icons.paint(QPainter(self), at, "chevron-down")

    def sizeHint(self) -> QSize:
        """Wide enough for the text and the arrow."""
        return QSize(super().sizeHint().width() + icons.ROW + 12, 36)

    def _fitted(self, text: str) -> str:
        room = self.maximumWidth() - 24 - icons.ROW - 8
        return text if room > theme.px(4000) else self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.picked.emit(key)


class _Popup(QFrame):
    chosen = Signal(str)

    def __init__(self, owner: QWidget, items: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__(owner, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self._items = items
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        self._field = QLineEdit()
        self._field.setAccessibleName(_(N_("Filter the list")))
        self._field.setPlaceholderText(_(N_("Type to filter")))
        self._field.setFixedHeight(36)
        if len(items) <= _FILTER_FROM:
            self._field.hide()
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(owner.accessibleName())
        self._list.itemClicked.connect(self._take)
        self._list.setFont(fonts.font(Role.BODY))
        column.addWidget(self._field)
        column.addWidget(self._list)
        self._fill("")
        self._select(current)
        (self._field if len(items) > _FILTER_FROM else self._list).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the current entry."""
        item = self._list.currentItem()
        if event.key() in _ENTER and item is not None:
            self._take(item)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the field walk the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._list.keyPressEvent(event)
                return True
            if event.key() in _ENTER and self._list.currentItem() is not None:
                self._take(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _fill(self, typed: str) -> None:
        wanted = turkish.fold(typed.strip())
        self._list.clear()
        for key, label in self._items:
            if wanted in turkish.fold(label):
                item = QListWidgetItem(label)
                item.setData(_KEY, key)
                item.setSizeHint(QSize(0, theme.px(32)))
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(min(10, max(1, self._list.count())) * theme.px(32) + 2)
        self.adjustSize()

    def _select(self, key: str) -> None:
        for place in range(self._list.count()):
            if self._list.item(place).data(_KEY) == key:
                self._list.setCurrentRow(place)

    def _take(self, item: QListWidgetItem) -> None:
        key = str(item.data(_KEY))
        self.close()
        self.chosen.emit(key)
