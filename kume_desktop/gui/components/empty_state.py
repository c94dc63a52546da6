"""What stands in the place of content that is not there yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.keycap import shown
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone


class EmptyState(QWidget):
    """One line what will be here, one line how to get there, one button; left-aligned, no picture."""

    def __init__(
        self, title: str, how: str, button: str = "", run: Callable[[], object] | None = None, key: str = ""
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(4)
        column.addWidget(Label(title, Role.SECTION, wrap=True))
        column.addWidget(Label(how, Role.BODY, Tone.TEXT2, wrap=True))
        self.button: Button | None = None
        if button and run is not None:
            self.button = Button(button)
            self.button.clicked.connect(lambda _checked=False: run())
            row = QHBoxLayout()
            row.setContentsMargins(4, 12, 4, 4)
            row.setSpacing(12)
            row.addWidget(self.button)
            if key:
                row.addWidget(Label(shown(key), Role.CAPTION, Tone.TEXT3))
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
