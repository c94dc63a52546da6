"""Who works in the study: everybody with a role, and a form that lets another person in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import roles
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import PassphraseField, TextField, labelled
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.problems import Problem
    from kume_desktop.services.people import Person

_OFFERED = ("staff", "scorer", "interviewer", "data_officer")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What was typed for another person."""

    name: str
    role: str
    passphrase: str


class PeopleForm(QWidget):
    """`wanted` carries a new person once both passphrases are the same; `typed` is a name that was begun."""

    wanted = Signal(object)

    def __init__(self, people: Sequence[Person], typed: str = "") -> None:
        super().__init__()
        self._known = QVBoxLayout()
        self._known.setSpacing(8)
        self._name = TextField(_(N_("Name of another person")), typed)
        self._role = Segments(_(N_("Role")), [(role, roles.word(role)) for role in _OFFERED], "scorer")
        self._first = PassphraseField(_(N_("Their passphrase")))
        self._second = PassphraseField(_(N_("Their passphrase once more")))
        self._second.returnPressed.connect(self._add)
        self._notes = QVBoxLayout()
        self._lay_out()
        self._list(people)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._known)
        explained = N_("Everybody opens the study with a passphrase of their own; acts are kept in their name.")
        column.addWidget(Label(_(explained), Role.SECOND, Tone.TEXT2, wrap=True))
        column.addWidget(labelled(self._name.accessibleName(), self._name))
        column.addWidget(labelled(self._role.accessibleName(), self._role))
        for field in (self._first, self._second):
            column.addWidget(labelled(field.accessibleName(), field))
        column.addLayout(self._notes)
        add = Button(_(N_("Let this person in")))
        add.clicked.connect(self._add)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addStretch(1)
        column.addLayout(row)

    @property
    def typed(self) -> str:
        """The name in its field; passphrases are kept nowhere."""
        return self._name.text().strip()

    def show_people(self, people: Sequence[Person]) -> None:
        """Show who is in now; the fields are empty for the next person."""
        self._list(people)
        self._refuse(None, ())
        for field in (self._name, self._first, self._second):
            field.show_text("")
        self._name.setFocus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say above the button why this person was not let in, with the focus in the field to change."""
        about_name = any(one.code.startswith("people.n") for one in problems)
        self._refuse(self._name if about_name else self._first, [texts.say(one) for one in problems])

    def _list(self, people: Sequence[Person]) -> None:
        empty(self._known)
        for person in people:
            told = tr(N_("{name}: {role}"), name=person.name, role=roles.word(person.role))
            if not person.can_open:
                told = f"{told} · {_(N_('no passphrase on this computer'))}"
            self._known.addWidget(Label(told, Role.BODY, wrap=True))

    def _refuse(self, wrong: TextField | None, sentences: Sequence[str]) -> None:
        empty(self._notes)
        for field in (self._name, self._first, self._second):
            field.set_refused(field is wrong)
        for sentence in sentences:
            note = ProblemNote(sentence, hard=True)
            self._notes.addWidget(note)
            note.say()
        if wrong is not None:
            wrong.setFocus()
            wrong.selectAll()

    def _add(self) -> None:
        if self._first.text() != self._second.text():
            self._refuse(self._second, [_(N_("The two passphrases differ. Nothing was changed."))])
            return
        self.wanted.emit(NewPerson(self.typed, self._role.current, self._first.text()))
