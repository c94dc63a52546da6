"""A panel at the right of the page: a title, a way to close it, and a column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.texts import N_, _

WIDTH = 320


class SidePanel(QFrame):
    """Beside the page, or over it in the tight density; `column` takes what it shows.

    Tab stays in it and follows what one sees: it never answers a question behind the panel by accident.
    """

    closed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.setFixedWidth(theme.px(WIDTH))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 8, 12)
        top = QHBoxLayout()
        top.addWidget(Label(title, Role.SECTION), 1)
        self.close_button = IconButton("x", _(N_("Close (Esc)")))
        self.close_button.clicked.connect(self.closed)
        top.addWidget(self.close_button)
        whole.addLayout(top)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        # Not an aligned column: that would give a text of several lines the height of its first guess.
        whole_column = QVBoxLayout(inner)
        whole_column.setContentsMargins(4, 4, 8, 8)
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        whole_column.addLayout(self.column)
        whole_column.addStretch(1)
        self._scroll.setWidget(inner)
        whole.addWidget(self._scroll, 1)

    def take_focus(self) -> None:
        """Put the focus where work begins."""
        self.close_button.setFocus()

    @property
    def holds_focus(self) -> bool:
        """Whether the keys go to something in the panel."""
        focused: QWidget | None = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next control of the panel, from the last to the first: what was added later has its place too."""
        stops = self._stops()
        if not stops or not self.holds_focus:
            return super().focusNextPrevChild(forward)
        focused = QApplication.focusWidget()
        here = next((place for place, one in enumerate(stops) if one is focused), -1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(here + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        """Where Tab stops, from the top down and from the left to the right."""
        stops = [
            one
            for one in self.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        ]
        places = {one: one.mapTo(self, one.rect().topLeft()) for one in stops}
        return sorted(stops, key=lambda one: (places[one].y(), places[one].x()))


def emptied(column: QVBoxLayout) -> QVBoxLayout:
    """A column without what stood in it."""
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    return column
