"""What to write and how, asked in a bar above the preview: pictures as PNG or SVG, tables as CSV."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.fonts import Role
from kume_desktop.texts import N_, _

SHOWN, ALL = "shown", "all"
PNG, SVG = "png", "svg"
EXCEL, PLAIN = "excel", "plain"


class SaveBar(QFrame):
    """`asked` when a person wants to choose the place; the bar closes with Esc or its button."""

    asked = Signal()
    closed = Signal()

    def __init__(self, title: str, rows: tuple[Segments, ...], act: str, *asks: QWidget) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.act = Button(act)
        self.act.clicked.connect(self.asked)
        leave = Button(_(N_("Close (Esc)")))
        leave.clicked.connect(self.closed)
        self.setAccessibleName(title)
        self._rows = rows
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 6, 8)
        whole.setSpacing(8)
        whole.addWidget(Label(title, Role.BODY, weight=fonts.SEMIBOLD))
        for row in rows:
            whole.addWidget(_line(row))
        for ask in asks:
            whole.addWidget(ask)
        whole.addWidget(_line(self.act, leave))

    def focus_first(self) -> None:
        """Put the focus on the first question."""
        self._rows[0].focus_choice()


class PictureBar(SaveBar):
    """Which pictures, and as what."""

    def __init__(self) -> None:
        self.which = Segments(
            _(N_("Pictures")), [(SHOWN, _(N_("Of the sheet shown"))), (ALL, _(N_("All pictures")))], SHOWN
        )
        self.kind = Segments(
            _(N_("Format")), [(PNG, _(N_("PNG, for documents"))), (SVG, _(N_("SVG, can be enlarged")))], PNG
        )
        super().__init__(_(N_("Save as picture")), (self.which, self.kind), _(N_("Choose the place and save")))

    def offer_shown(self, possible: bool) -> None:
        """Choose what can be saved: the shown sheet may have no picture."""
        self.which.choose(SHOWN if possible else ALL)
        self.which.setHidden(not possible)


class CsvBar(SaveBar):
    """For which program the tables are, and what for."""

    def __init__(self) -> None:
        self.kind = Segments(
            _(N_("Separator")),
            [(EXCEL, _(N_("Semicolon, opens in a Turkish Excel"))), (PLAIN, _(N_("Comma, for other programs")))],
            EXCEL,
        )
        self.why = TextField(_(N_("What the files are for")))
        hint = _(N_("The access log keeps it. Firms have codes, no names."))
        why = labelled(self.why.accessibleName(), self.why, hint)
        super().__init__(_(N_("Write tables as CSV")), (self.kind,), _(N_("Choose the folder and write")), why)


def _line(*widgets: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(4, 0, 4, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return held
