"""Whom one talks to: who joined, from which question on, and the form by which one more joins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.notes import sentence
from kume_desktop.gui.interview.side_panel import SidePanel, emptied
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.problems import Problem
    from kume_desktop.services.respondents import Respondent

HOW = {"1": N_("Read aloud"), "2": N_("Given in writing")}
"""How the notice was given, by the codes of the list `aydinlatma`."""
Number = Callable[[str], str]
"""The number of the question at a path, as the page shows it."""


class PeoplePanel(SidePanel):
    """`joined(position, how)` and `gone(number)`; the page stores them and shows the panel again."""

    joined = Signal(str, str)
    gone = Signal(int)

    def __init__(self, number: Number) -> None:
        super().__init__(_(N_("Who is present")))
        self._number = number
        self._people = QVBoxLayout()
        self._people.setSpacing(8)
        self.column.addLayout(self._people)
        self._joining = QWidget()
        form = QVBoxLayout(self._joining)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.addWidget(Rule())
        form.addWidget(Label(_(N_("Somebody else joined")), Role.ROW_TITLE, weight=fonts.SEMIBOLD))
        self.who = TextField(_(N_("Position in the firm")), "", _(N_("e.g. production manager")))
        hint = _(N_("The position, not the name."))
        form.addWidget(labelled(self.who.accessibleName(), self.who, hint))
        said = _(N_("The notice was given to this person"))
        form.addWidget(Label(said, Role.SECOND, Tone.TEXT2, wrap=True))
        self._ways = QVBoxLayout()
        form.addLayout(self._ways)
        self._problems = QVBoxLayout()
        form.addLayout(self._problems)
        self.join_button = Button(_(N_("Add this person")))
        self.join_button.clicked.connect(self._join)
        form.addWidget(self.join_button)
        self.column.addWidget(self._joining)
        self.how = self._offer_ways()

    def show_people(self, first: str, people: Sequence[Respondent], *, locked: bool) -> None:
        """Show who is or was present; `first` is the position of the one whom the form asks about, '' if unknown."""
        column = emptied(self._people)
        column.addWidget(Label(_(N_("1. Respondent of the form")), Role.BODY, weight=fonts.MEDIUM, wrap=True))
        column.addWidget(Label(first or _(N_("position not answered yet")), Role.SECOND, Tone.TEXT2, wrap=True))
        for one in people:
            column.addWidget(Label(f"{one.number}. {one.who}", Role.BODY, weight=fonts.MEDIUM, wrap=True))
            column.addWidget(Label(self._stay(one), Role.SECOND, Tone.TEXT2, wrap=True))
            if one.is_here and not locked:
                left = Button(_(N_("Has left")), Kind.LINK)
                left.setAccessibleName(f"{one.number}. {one.who}: {left.text()}")
                left.clicked.connect(partial(self.gone.emit, one.number))
                column.addWidget(left, 0, Qt.AlignmentFlag.AlignLeft)
        self._joining.setHidden(locked)
        self.refuse(())

    def _offer_ways(self) -> Segments:
        """The ways to give the notice, none of them chosen beforehand."""
        name = _(N_("The notice was given to this person"))
        made = Segments(name, [(code, f"{code}   {_(word)}") for code, word in HOW.items()], in_row=1)
        made.picked.connect(lambda _key: self.join_button.setFocus(Qt.FocusReason.TabFocusReason))
        emptied(self._ways).addWidget(made)
        QWidget.setTabOrder(self.who, made)
        QWidget.setTabOrder(made, self.join_button)
        return made

    def clear_form(self) -> None:
        """The person was added; the next one has a notice of their own."""
        self.who.show_text("")
        self.how = self._offer_ways()
        self.take_focus()

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say why nobody was added; none takes the notes away."""
        column = emptied(self._problems)
        for problem in problems:
            note = ProblemNote(sentence(problem), hard=True)
            column.addWidget(note)
            note.say()
        self.who.set_refused(any(problem.code == "respondent.no-position" for problem in problems))

    def take_focus(self) -> None:
        """The position."""
        target = self.close_button if self._joining.isHidden() else self.who
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field goes on to the notice, a digit says how it was given; neither reaches the page behind."""
        if event.text() in HOW and not self._joining.isHidden():
            self.how.choose(event.text())
            self.join_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.who.hasFocus():
                self.how.focus_choice()
        else:
            super().keyPressEvent(event)

    def _join(self) -> None:
        self.joined.emit(self.who.text(), self.how.current)

    def _stay(self, one: Respondent) -> str:
        how, since = _(HOW.get(one.how, "")) if one.how in HOW else "", self._number(one.since)
        if one.until:
            stayed = tr(N_("from {since} to {until}"), since=since, until=self._number(one.until))
        else:
            stayed = tr(N_("since {since}"), since=since)
        return " · ".join(part for part in (stayed, how) if part)
