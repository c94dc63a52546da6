"""A picker: a button that says what is chosen, and a list one can filter by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from kume_desktop import turkish
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.fonts import Role
from kume_desktop.texts import N_, _

_KEY = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FILTER_FROM = 8
_FROM_EDGE = 8
_AROUND = 24 + icons.ROW + 8
"""The margins and the arrow."""
_LIST_AROUND = 64
"""The margins of the list and of its entries, and the scroll bar."""


class Picker(QPushButton):
    """Reads "Alan: tümü" and opens a list; `picked` carries the key of the entry a person chose."""

    picked = Signal(str)

    def __init__(self, word: str, width: int = 0) -> None:
        super().__init__()
        self._word = word
        self._items: tuple[tuple[str, str], ...] = ()
        self._current = ""
        self._said = ""
        self._given = 16_000
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
        self._said = text = f"{self._word}: {label}" if self._word else label
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._given = 16_000
        self._fit()
        self.updateGeometry()
        QTimer.singleShot(0, self, self._fit_here)

    def open_list(self) -> None:
        """Open the list under the button."""
        self._popup = _Popup(self, self._items, self._current)
        self._popup.chosen.connect(self._choose)
        self._popup.setMinimumWidth(min(max(self.width(), 240, self._widest()), self.window().width() - 2 * _FROM_EDGE))
        self._popup.adjustSize()
        self._popup.move(self._place_of(self._popup))
        self._popup.show()

    def _widest(self) -> int:
        """The width of the list in which no entry is cut."""
        metrics = QFontMetrics(fonts.font(Role.BODY))
        return max((metrics.horizontalAdvance(label) for _key, label in self._items), default=0) + _LIST_AROUND

    def _place_of(self, popup: QWidget) -> QPoint:
        """Under the button, and inside the window's right edge."""
        place, window = self.mapToGlobal(QPoint(0, self.height() + 4)), self.window()
        edge = window.mapToGlobal(QPoint(window.width(), 0)).x() - _FROM_EDGE
        return QPoint(max(window.mapToGlobal(QPoint(0, 0)).x(), min(place.x(), edge - popup.width())), place.y())

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name takes two lines where one is too short."""
        super().resizeEvent(event)
        self._given = event.size().width()
        self._fit()

    def sizeHint(self) -> QSize:
        """Wide enough for the text and the arrow."""
        wide = QFontMetrics(fonts.font(Role.BODY)).horizontalAdvance(self._said) + _AROUND + 4
        return QSize(min(wide, self.maximumWidth()), self.height())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the text in two lines."""
        metrics = QFontMetrics(fonts.font(Role.CAPTION))
        wide = max((metrics.horizontalAdvance(line) for line in self._halves(metrics)), default=0) + _AROUND
        return QSize(min(wide, self.sizeHint().width()), self.height())

    def _fit_here(self) -> None:
        """Once the layout has given what it can."""
        if self.isVisible():
            self._given = self.width()
            self._fit()

    def _fit(self) -> None:
        """The text in one line, else in two smaller ones, else with dots at the end."""
        room = min(self._given, self.maximumWidth()) - _AROUND
        one, two = fonts.font(Role.BODY), fonts.font(Role.CAPTION)
        if QFontMetrics(one).horizontalAdvance(self._said) <= room:
            self._wear(one, self._said)
            return
        metrics = QFontMetrics(two)
        lines = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in self._halves(metrics)]
        self._wear(two, "\n".join(lines))

    def _wear(self, font: QFont, text: str) -> None:
        if self.font() != font:
            self.setFont(font)
        if self.text() != text:
            self.setText(text)

    def _halves(self, metrics: QFontMetrics) -> list[str]:
        """The text broken at the blank that makes its longer line shortest."""
        words = self._said.split(" ")
        breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
        if not breaks:
            return [self._said]
        return list(min(breaks, key=lambda pair: max(metrics.horizontalAdvance(line) for line in pair)))

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
        self._list.installEventFilter(self)
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
        """Arrow keys in the field walk the list; what is typed here is no key of the page behind."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.text().isprintable():
            event.accept()
            return bool(event.text())
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
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
