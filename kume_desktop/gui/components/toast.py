"""The toast: what was done, and the way to take it back; never for errors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label, announce
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Toast
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

SECONDS = 8
_EDGE, _GAP = 16, 4


class ToastBox(QFrame):
    """One at a time, bottom centre; stays while the mouse or the focus is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setFixedHeight(max(40, theme.px(40)))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(16)
        self._undo: Toast | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self._end)
        self.hide()

    @property
    def can_undo(self) -> bool:
        """Whether what the toast tells can be taken back now."""
        return not self.isHidden() and self._undo is not None and self._undo.undo is not None

    def tell(self, toast: Toast) -> None:
        """Show a toast in the place of the one before."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._undo = toast
        # While one toast is in sight, the words of the next would count for nothing when the box is fitted to them.
        self.hide()
        words = Label(toast.text, Role.BODY)
        colours = words.palette()
        colours.setColor(words.foregroundRole(), theme.colour(Tone.SURFACE))
        words.setPalette(colours)
        self._row.addWidget(words)
        if toast.undo is not None:
            button = Button(toast.action or _(N_("Undo")), Kind.QUIET)
            button.setFont(fonts.font(Role.BODY, fonts.SEMIBOLD))
            button.clicked.connect(self.take_back)
            self._row.addWidget(button)
            key = Label("" if toast.action else "Ctrl Z", Role.CAPTION)
            key.setPalette(colours)
            self._row.addWidget(key)
        self.adjustSize()
        self.show()
        self.place()
        # Buttons that came with what is told are in their places at the end of this turn.
        QTimer.singleShot(0, self, self.place)
        self.raise_()
        announce(self, toast.text)
        self._timer.start()

    def place(self) -> None:
        """Go to the bottom centre of the parent; aside, or else higher, where a button would be covered."""
        above = self.parentWidget()
        if above is None or self.isHidden():
            return
        room = above.rect()
        middle = QRect(QPoint((room.width() - self.width()) // 2, room.height() - self.height() - _EDGE), self.size())
        self.move(_free(middle, room, self._buttons(above)).topLeft())

    def _buttons(self, above: QWidget) -> list[QRect]:
        """The places of the buttons in sight, but for its own; what a scroll area cuts off is not in sight."""
        found = [one for one in above.findChildren(QAbstractButton) if one.isVisibleTo(above)]
        places = [_in_sight(one, above) for one in found if not self.isAncestorOf(one)]
        return [place.adjusted(-_GAP, -_GAP, _GAP, _GAP) for place in places if not place.isEmpty()]

    def take_back(self) -> None:
        """Take back what the toast tells, once."""
        toast, self._undo = self._undo, None
        self.hide()
        if toast is not None and toast.undo is not None:
            toast.undo()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse is on it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        super().leaveEvent(event)
        if not self.isHidden():
            self._timer.start()

    def _end(self) -> None:
        inside = QApplication.focusWidget()
        if inside is not None and self.isAncestorOf(inside):
            self._timer.start()
        else:
            self.hide()


def _in_sight(widget: QWidget, above: QWidget) -> QRect:
    """The part of a widget that those around it leave in sight, in the coordinates of `above`."""
    place = QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())
    around = widget.parentWidget()
    while around is not None and around is not above:
        place &= QRect(around.mapTo(above, QPoint(0, 0)), around.size())
        around = around.parentWidget()
    return place


def _free(wanted: QRect, room: QRect, taken: list[QRect]) -> QRect:
    """The nearest place of the same row that covers nothing, else the next one above; `wanted` if all is full."""
    row = [one for one in taken if one.top() <= wanted.bottom() and one.bottom() >= wanted.top()]
    if not any(one.intersects(wanted) for one in row):
        return wanted
    ends = [end for one in row for end in (one.left() - wanted.width(), one.right() + 1)]
    for left in sorted(ends, key=lambda end: abs(end - wanted.left())):
        place = wanted.translated(left - wanted.left(), 0)
        is_inside = place.left() >= _EDGE and place.right() <= room.width() - _EDGE
        if is_inside and not any(one.intersects(place) for one in row):
            return place
    place = QRect(wanted)
    while place.top() > room.height() // 2:
        hit = [one.top() for one in taken if one.intersects(place)]
        if not hit:
            return place
        place.moveBottom(min(hit) - 1)
    return wanted
