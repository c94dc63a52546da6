"""The focus ring: one overlay that follows the focus, 2 px thick, 2 px outside the control."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from kume_desktop.gui import theme
from kume_desktop.gui.theme import Tone

_REACH = 4
_FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
)


class FocusRing(QWidget):
    """Drawn above the content and clipped with it; a widget with property `own_ring` draws its own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._chain: list[QWidget] = []
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @property
    def target(self) -> QWidget | None:
        """The widget the ring is around now."""
        return self._target

    def let_go(self) -> None:
        """Leave the target; called before a page is thrown away, so that the ring does not go with it."""
        self._forget()
        self.hide()
        if self.parentWidget() is not self._window:
            self.setParent(self._window)

    def _forget(self) -> None:
        # A page may have deleted what had the focus; such a widget has no filter any more.
        for widget in filter(isValid, self._chain):
            widget.removeEventFilter(self)
        self._chain, self._target = [], None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control when it, or what holds it, moves."""
        if event.type() in _FOLLOWED and self._target is not None:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ring."""
        there = self._target is not None and isValid(self._target)
        radius = (self._target.property("ring_radius") if self._target and there else None) or 6
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Tone.ACCENT), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius + 2, radius + 2)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not _is_control(new) or not self._window.isAncestorOf(new):
            self.let_go()
            return
        self._forget()
        self._target = new
        holder = _holder(new)
        walk: QWidget | None = new
        while walk is not None and walk is not holder:
            self._chain.append(walk)
            walk.installEventFilter(self)
            walk = walk.parentWidget()
        if holder is not self.parentWidget():
            self.setParent(holder)  # costs most of a focus move, so only when another area is entered
        self._place()

    def _place(self) -> None:
        target, holder = self._target, self.parentWidget()
        if target is None or not isValid(target) or holder is None or not target.isVisibleTo(holder):
            self.hide()
            return
        corner = target.mapTo(holder, QPoint(0, 0))
        self.setGeometry(QRect(corner, target.size()).adjusted(-_REACH, -_REACH, _REACH, _REACH))
        if self.isHidden():
            self.show()
        self.raise_()
        self.update()


def _is_control(widget: QWidget) -> bool:
    """Whether one can come here by Tab or click; a whole page that holds the focus for its keys has no ring."""
    return not widget.property("own_ring") and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def _holder(widget: QWidget) -> QWidget:
    """The widget to draw in: the content of the nearest scroll area, else the window."""
    walk = widget.parentWidget()
    while walk is not None and not walk.isWindow():
        above = walk.parentWidget()
        if above is not None and isinstance(above.parentWidget(), QScrollArea):
            return walk
        walk = above
    return widget.window()
