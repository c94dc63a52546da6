"""Which area of how many, with a step back and a step on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kume_desktop.gui.components.buttons import IconButton
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _


class Stepper(QWidget):
    """`stepped` carries -1 or 1."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        back, on = IconButton("chevron-left", _(N_("Previous area"))), IconButton("chevron-right", _(N_("Next area")))
        back.clicked.connect(lambda: self.stepped.emit(-1))
        on.clicked.connect(lambda: self.stepped.emit(1))
        self._place = Label("", Role.BODY, Tone.TEXT2, tabular=True)
        for widget in (back, self._place, on):
            row.addWidget(widget)

    def show_place(self, place: int, count: int) -> None:
        """2 / 6."""
        self._place.setText(f"{place} / {count}")
