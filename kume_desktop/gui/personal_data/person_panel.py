"""What can be done for the firm the bar is on: print everything, correct, take consent back, erase."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.services.personal_data import consent, correcting, erasing
from kume_desktop.services.personal_data.finding import Found
from kume_desktop.texts import N_, _


class PersonPanel(QFrame):
    """The side panel; each signal asks the page for one act."""

    print_asked = Signal()
    correct_asked = Signal()
    withdraw_asked = Signal()
    erase_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(theme.metrics().side_panel))
        self.setObjectName("sidePanel")
        self.firm: Found | None = None
        self.why = TextField(_(N_("Reason, without a name")))
        self.fact = Picker(_(N_("Fact")))
        self.fact.set_items([(key, _(word)) for key, word in correcting.FACTS.items()])
        self.value = TextField(_(N_("What is right")))
        self.channel = Picker(_(N_("How they said it")))
        self.channel.set_items([(key, _(word)) for key, word in consent.CHANNELS.items()])
        self.ground = Picker(_(N_("Why it is erased")))
        self.ground.set_items([(key, _(word)) for key, word in erasing.REASONS.items()])
        for picker, first in ((self.fact, "name"), (self.channel, "letter"), (self.ground, "request")):
            picker.set_current(first)
        self.erase = Button(_(N_("Erase for good…")), Kind.WARN_LINK)
        self._scroll = ScrollColumn(margins=(16, 16, 16, 16))
        self._scroll.column.setSpacing(8)
        self._name = Label("", Role.BODY, weight=fonts.SEMIBOLD, wrap=True)
        self._hint = Label(_(N_("Look for a person, then choose a row.")), Role.SECOND, Tone.TEXT2, wrap=True)
        self._acts = self._build_acts()
        self._notes = QVBoxLayout()
        for widget in (self._name, self._hint):
            self._scroll.column.addWidget(widget)
        self._scroll.column.addLayout(self._notes)
        self._scroll.column.addWidget(self._acts)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        self.show_firm(None)

    def _build_acts(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(labelled(self.why.accessibleName(), self.why))
        self._add(column, _(N_("Print everything that is held")), self.print_asked)
        column.addWidget(Rule())
        column.addWidget(self.fact)
        column.addWidget(labelled(self.value.accessibleName(), self.value))
        self._add(column, _(N_("Correct the fact")), self.correct_asked)
        column.addWidget(Rule())
        column.addWidget(self.channel)
        self._add(column, _(N_("Consent is withdrawn: blank the contact data")), self.withdraw_asked)
        column.addWidget(Rule())
        column.addWidget(self.ground)
        self._warning = Label("", Role.SECOND, Tone.WARN, wrap=True)
        self._warning.hide()
        column.addWidget(self._warning)
        self.erase.clicked.connect(self.erase_asked)
        column.addWidget(self.erase)
        return held

    def _add(self, column: QVBoxLayout, words: str, asked: object) -> None:
        button = Button(words)
        button.clicked.connect(asked)
        column.addWidget(button)

    def show_firm(self, firm: Found | None) -> None:
        """Show what can be done for a firm; None: how to begin."""
        self.firm = firm
        self.ask_again(None)
        is_firm = firm is not None and bool(firm.unit_id)
        self._name.setText(f"{firm.code} · {firm.name}" if firm is not None and is_firm else "")
        people = N_("People of the study are kept in Settings, under People.")
        how = N_("Look for a person, then choose a row.")
        self._hint.setText("" if is_firm else _(people if firm is not None else how))
        self._hint.setHidden(is_firm)
        self._acts.setHidden(not is_firm)

    def ask_again(self, words: str | None) -> None:
        """Say what erasing does, and that pressing once more does it; None takes it back."""
        self._warning.setText(words or "")
        self._warning.setHidden(words is None)
        self.erase.setText(_(N_("Yes, erase for good")) if words is not None else _(N_("Erase for good…")))
        if words is not None:
            QTimer.singleShot(0, self, lambda: self._scroll.reveal(self.erase))

    @property
    def is_asked_again(self) -> bool:
        """Whether pressing once more erases."""
        return not self._warning.isHidden()

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Show a note for each problem in the place of those before."""
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self._notes.addWidget(note)
            note.say()
