"""A panel at the right of the page: a title, a way to close it, and a column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.texts import N_, _

WIDTH = 320


class SidePanel(QFrame):
    """Beside the page, or over it in the tight density; `column` takes what it shows."""

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
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(4, 4, 8, 8)
        self.column.setSpacing(8)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(inner)
        whole.addWidget(self._scroll, 1)

    def take_focus(self) -> None:
        """Put the focus where work begins."""
        self.close_button.setFocus()


def emptied(column: QVBoxLayout) -> QVBoxLayout:
    """A column without what stood in it."""
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    return column
