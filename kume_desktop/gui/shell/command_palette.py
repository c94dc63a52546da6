"""The command palette (Ctrl+K): pages, firms, actions and questions by a few letters, Turkish marks or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kume_desktop import turkish
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.keycap import cap_width, paint_cap, shown
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, Group
from kume_desktop.gui.shell.overlay import Overlay
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

_ACTION = Qt.ItemDataRole.UserRole
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_PER_GROUP = 8
_REMEMBERED = 5
_TITLES = {
    Group.PAGES: N_("Pages"),
    Group.FIRMS: N_("Firms"),
    Group.ACTIONS: N_("Actions"),
    Group.QUESTIONS: N_("Questions"),
}
Source = Callable[[str], Iterable[Action]]


def matching(typed: str, actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions whose label holds every typed word; what is called so comes first, then what begins with it."""
    wanted = turkish.fold(typed.strip())
    found = [(turkish.fold(action.label), action) for action in actions]
    hits = [(label, action) for label, action in found if all(word in label for word in wanted.split())]
    hits.sort(key=lambda hit: (hit[0] != wanted, not hit[0].startswith(wanted)))
    return tuple(action for _label, action in hits)


class CommandPalette(Overlay):
    """One field and a list; Enter runs, Esc closes and gives the focus back. Empty: the last five."""

    def __init__(self, window: QWidget, source: Source) -> None:
        super().__init__(window)
        self._source = source
        self._last: list[Action] = []
        self._field = QLineEdit()
        self._field.setProperty("bare", True)
        self._field.setProperty("own_ring", True)
        self._field.setFont(fonts.font(Role.ROW_TITLE, fonts.REGULAR))
        self._field.setAccessibleName(_(N_("Find or do")))
        self._field.setPlaceholderText(_(N_("Page, firm, action or question")))
        self._field.setFixedHeight(48)
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setProperty("own_ring", True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(_(N_("Found")))
        self._list.setItemDelegate(_EntryDelegate(self._list))
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.itemClicked.connect(self._run)
        self._none = Label("", Role.BODY, Tone.TEXT2)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(IconLabel("search", icons.ROW))
        head.addWidget(self._field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._list)
        column.addWidget(self._none)
        self._none.setContentsMargins(16, 8, 16, 4)

    def ask(self) -> None:
        """Open with an empty field."""
        self._field.clear()
        self._fill("")
        self.open_over()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def entries(self) -> tuple[Action, ...]:
        """What the list offers now, in its order."""
        items = (self._list.item(place) for place in range(self._list.count()))
        return tuple(item.data(_ACTION) for item in items if item.data(_ACTION) is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the field walk the list, Enter runs."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._walk(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._list.currentItem() is not None:
                    self._run(self._list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.shut()
                return True
        if event.type() is QEvent.Type.FocusOut and not self.isHidden() and self.window().isActiveWindow():
            self.forget_focus()
            self.shut()
        return super().eventFilter(watched, event)

    def _fill(self, typed: str) -> None:
        self._list.clear()
        if typed.strip():
            found = matching(typed, self._source(typed))
            for group in Group:
                self._add_group(_(_TITLES[group]), [action for action in found if action.group is group])
        else:
            title = _(N_("Last used")) if self._last else _(N_("Pages and actions"))
            self._add_group(title, self._last or list(self._source("")))
        has_any = self._list.count() > 0
        self._list.setVisible(has_any)
        self._none.setVisible(not has_any)
        self._none.setText(_(N_("Nothing found. Try fewer letters.")))
        self._fit()
        self._walk(1)

    def _add_group(self, title: str, actions: Sequence[Action]) -> None:
        if not actions:
            return
        head = QListWidgetItem(title)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setSizeHint(QSize(0, theme.px(32)))
        self._list.addItem(head)
        for action in actions[:_PER_GROUP]:
            item = QListWidgetItem(action.label)
            item.setData(_ACTION, action)
            item.setSizeHint(QSize(0, theme.px(36)))
            self._list.addItem(item)

    def _fit(self) -> None:
        wanted = sum(self._list.sizeHintForRow(place) for place in range(self._list.count())) + 2
        above = self.parentWidget()
        room = (above.height() * 3) // 5 if above is not None else wanted
        self._list.setFixedHeight(min(wanted, room))
        self.adjustSize()

    def _walk(self, step: int) -> None:
        place = self._list.currentRow() + step
        while 0 <= place < self._list.count():
            if self._list.item(place).data(_ACTION) is not None:
                self._list.setCurrentRow(place)
                return
            place += step

    def _run(self, item: QListWidgetItem) -> None:
        action = item.data(_ACTION)
        if not isinstance(action, Action):
            return
        self._last = [action, *(old for old in self._last if old.name != action.name)][:_REMEMBERED]
        self.shut()
        action.run()


class _EntryDelegate(QStyledItemDelegate):
    """Draws a group head or an entry with icon, label, detail and key."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        box, action, view = option.rect, index.data(_ACTION), self.parent()
        painter.save()
        if not isinstance(action, Action):
            painter.setFont(fonts.font(Role.CAPTION))
            painter.setPen(theme.colour(Tone.TEXT2))
            painter.drawText(box.adjusted(16, 4, 0, 0), _LEFT, str(index.data()))
            painter.restore()
            return
        current = isinstance(view, QListWidget) and view.currentRow() == index.row()
        if current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Tone.ACCENT_SOFT))
            painter.drawRoundedRect(QRectF(box.adjusted(8, 0, -8, 0)), 6, 6)
        if action.icon:
            icons.paint(painter, QPoint(box.left() + 20, box.center().y() - 7), action.icon)
        room = box.adjusted(44, 0, -20, 0)
        if action.key:
            room.setRight(room.right() - cap_width(shown(action.key)))
            paint_cap(painter, room.right(), box.center().y(), shown(action.key))
        _words(painter, room.adjusted(0, 0, -8, 0), action, current)
        painter.restore()


def _words(painter: QPainter, room: QRect, action: Action, current: bool) -> None:
    painter.setFont(fonts.font(Role.SECOND))
    painter.setPen(theme.colour(Tone.TEXT2))
    right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    painter.drawText(room, right, action.detail)
    taken = painter.fontMetrics().horizontalAdvance(action.detail) + 12 if action.detail else 0
    painter.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD if current else fonts.REGULAR))
    painter.setPen(theme.colour(Tone.TEXT))
    room = room.adjusted(0, 0, -taken, 0)
    label = painter.fontMetrics().elidedText(action.label, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, label)
