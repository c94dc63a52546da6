"""The side panel of the list of computers: words, history, and the way to trust one no longer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.devices import rows
from kume_desktop.gui.devices.words import SixWords
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services import devices
from kume_desktop.services.devices import Listed
from kume_desktop.texts import N_, _

LOST = "lost"


class ComputerPanel(QFrame):
    """`revoked` carries computer and reason, `named` computer and name, `enrolled_again` the computer."""

    revoked = Signal(str, str)
    enrolled_again = Signal(str)
    named = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(theme.metrics().side_panel))
        self.setObjectName("sidePanel")
        self._scroll = ScrollColumn(margins=(16, 16, 16, 16))
        self._scroll.column.setSpacing(8)
        self.reasons: Segments | None = None
        self.act: Button | None = None
        self._shown: Listed | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)

    def show_computer(self, one: Listed | None, *, may_act: bool, reason: str = "") -> None:
        """Show a computer; `may_act` offers what staff on a computer of the agency can do with it."""
        self._empty()
        self._shown = one
        if one is None:
            self._say(_(N_("Choose a computer to see its six words.")), Role.SECOND, Tone.TEXT2)
            self._scroll.column.addStretch(1)
            return
        self._say(one.called, Role.SECTION)
        for line in rows.told(one):
            self._say(line, Role.SECOND, Tone.TEXT2)
        if one.words:
            self._scroll.column.addWidget(Rule())
            self._say(_(N_("Its six words")), Role.BODY, weight=fonts.MEDIUM)
            self._scroll.column.addWidget(SixWords(one.words, role=Role.SECTION))
        if may_act and one.state == "enrolled":
            self._offer_naming(one)
        if may_act and one.state == "enrolled" and not one.is_this:
            self._offer_revoking(reason)
        elif may_act and one.state == "revoked" and one.reason in devices.REASONS:
            self._offer_again()
        self._scroll.column.addStretch(1)

    def take_focus(self) -> None:
        """The reasons, or what else can be done."""
        if self.reasons is not None and not self.reasons.current:
            self.reasons.focus_choice()
        elif self.act is not None:
            self.act.setFocus()

    def _offer_naming(self, one: Listed) -> None:
        field = TextField(_(N_("Its name")), one.name if one.called == one.name else "")
        field.committed.connect(lambda text: self.named.emit(one.device_id, text))
        self._scroll.column.addWidget(labelled(field.accessibleName(), field))

    def _offer_revoking(self, reason: str) -> None:
        self._scroll.column.addWidget(Rule())
        self._say(_(N_("Trust it no longer")), Role.BODY, weight=fonts.MEDIUM)
        said = N_("From then on no package of it is taken. Laptops learn it with their next package.")
        self._say(_(said), Role.SECOND, Tone.TEXT2)
        words = [(code, _(text)) for code, text in devices.REASONS.items()]
        self.reasons = Segments(_(N_("Reason")), words, reason, in_row=1)
        self.act = Button(_(N_("Revoke")))
        self.act.clicked.connect(self._revoke)
        self._scroll.column.addWidget(self.reasons)
        self._scroll.column.addWidget(self.act)

    def _offer_again(self) -> None:
        self._scroll.column.addWidget(Rule())
        self.act = Button(_(N_("Enrol it again")))
        self.act.clicked.connect(self._again)
        self._scroll.column.addWidget(self.act)

    def _revoke(self) -> None:
        if self._shown is None or self.reasons is None:
            return
        if not self.reasons.current:
            self.reasons.focus_choice()
            return
        self.revoked.emit(self._shown.device_id, self.reasons.current)

    def _again(self) -> None:
        if self._shown is not None:
            self.enrolled_again.emit(self._shown.device_id)

    def _say(self, words: str, role: Role, tone: Tone = Tone.TEXT, *, weight: object = None) -> None:
        self._scroll.column.addWidget(Label(words, role, tone, weight=weight, wrap=True))  # type: ignore[arg-type]

    def _empty(self) -> None:
        self.reasons = self.act = None
        while (item := self._scroll.column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
