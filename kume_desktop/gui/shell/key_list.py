"""The list of all keys of the page (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.keycap import KeyCap
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import KeyHint
from kume_desktop.gui.shell.overlay import Overlay
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _


class KeyList(Overlay):
    """Two groups: the keys of this page and those that work everywhere."""

    def __init__(self, window: QWidget, title: str, here: Sequence[KeyHint], everywhere: Sequence[KeyHint]) -> None:
        super().__init__(window)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 8, 16)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 16, 0)
        head.addWidget(Label(title, Role.SECTION))
        head.addStretch(1)
        self._close = Button(_(N_("Close")))
        self._close.clicked.connect(self.shut)
        head.addWidget(self._close)
        whole.addLayout(head)
        whole.addWidget(Rule())
        scroll = ScrollColumn()
        scroll.column.addWidget(_group(_(N_("On this page")), here))
        scroll.column.addWidget(_group(_(N_("Everywhere")), everywhere))
        scroll.column.addStretch(1)
        whole.addWidget(scroll)
        rows = (len(here) + 1) // 2 + (len(everywhere) + 1) // 2
        self.setFixedHeight(min(window.height() - 80, 150 + rows * theme.px(34)))

    def read(self) -> None:
        """Open with the focus on the button that closes it."""
        self.open_over()
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F1 close."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.shut()
        else:
            super().keyPressEvent(event)


def _group(title: str, hints: Sequence[KeyHint]) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 8, 8, 8)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.addWidget(Label(title, Role.CAPTION, Tone.TEXT2), 0, 0, 1, 4)
    half = (len(hints) + 1) // 2
    for place, hint in enumerate(hints):
        row, column = place % half + 1, 2 * (place // half)
        grid.addWidget(KeyCap(hint.key), row, column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(hint.word, Role.SECOND, wrap=True), row, column + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return held
