"""What staff can change about practice: the pass mark, and a key made of an attempt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import LongText, NumberField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures.section_head import SectionHead
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _


class KeyForm(QWidget):
    """`mark_changed` carries the pass mark, `key_wanted` the firm's words for the attempt that is shown."""

    mark_changed = Signal(int)
    key_wanted = Signal(str)
    key_unwanted = Signal()

    def __init__(self, pass_mark: int) -> None:
        super().__init__()
        self._mark = NumberField(_(N_("Pass mark")), str(pass_mark))
        self._mark.committed.connect(self._commit)
        self._words = LongText(_(N_("What the firm says")), lines=2)
        make = Button(_(N_("Make these answers the key")))
        make.clicked.connect(lambda: self.key_wanted.emit(self._words.toPlainText()))
        drop = Button(_(N_("Use the key of the program")))
        drop.clicked.connect(self.key_unwanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(SectionHead(_(N_("For staff")), _(N_("our proposal, you can change it"))))
        column.addWidget(labelled(self._mark.accessibleName(), self._mark, unit=_(N_("% of the answers of the key"))))
        told = N_(
            "A key of your own: practise the questionnaire, enter the right answers, complete it, choose the attempt "
            "above and write what the firm says."
        )
        column.addWidget(Label(_(told), Role.SECOND, Tone.TEXT2, wrap=True))
        column.addWidget(labelled(self._words.accessibleName(), self._words))
        row = QHBoxLayout()
        row.addWidget(make)
        row.addWidget(drop)
        row.addStretch(1)
        column.addLayout(row)

    def _commit(self, typed: str) -> None:
        right = typed.strip().isdecimal() and 1 <= int(typed) <= 100
        self._mark.set_refused(not right)
        if right:
            self.mark_changed.emit(int(typed))

    def show_mark(self, pass_mark: int) -> None:
        """Show the pass mark in force, after an undo."""
        self._mark.show_text(str(pass_mark))
        self._mark.set_refused(False)
