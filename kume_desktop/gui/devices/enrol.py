"""A computer is enrolled: its six words are compared on the telephone, whose it is is chosen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui import fonts
from kume_desktop.gui.components.fields import TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.device_routes import DevicesRoute, EnrolRoute
from kume_desktop.gui.devices.choosing import ask_introduction
from kume_desktop.gui.devices.comparing import Comparing
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused
from kume_desktop.services import devices, people
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import Route
    from kume_desktop.services.devices import Introduction

LAPTOP, AGENCY = "laptop", "agency"


class EnrolPage(Page):
    """Nothing is trusted before "Kaydet", and nothing without the comparison."""

    def __init__(self, desk: Desk, route: EnrolRoute) -> None:
        super().__init__(desk)
        self._route = route
        self._found: Introduction | None = None
        self._comparing: Comparing | None = None
        self._form = FormFrame(_(N_("Enrol a computer")), route.file.name, _(N_("Enrol")), _(N_("Back")))
        self._form.primary.clicked.connect(self._act)
        self._form.back.clicked.connect(lambda: self.navigate.emit(DevicesRoute()))
        self.person = Picker(_(N_("Its person")))
        self.reader = TextField(_(N_("Who read the words out")))
        self.kind = Segments(_(N_("Kind of computer")), [(LAPTOP, _(N_("A laptop of the field"))),
                             (AGENCY, _(N_("A computer of the agency")))], LAPTOP)  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self._read()

    def _read(self) -> None:
        try:
            self._found = devices.look_at(self.desk.study, self._route.file)
        except Refused as refused:
            self._form.primary.setText(_(N_("Open an introduction")))
            self._form.refuse(refused.problems)
            return
        self._fill(self._found)

    def _fill(self, found: Introduction) -> None:
        column = self._form.column
        column.addWidget(Label(f"{found.name} · {found.person}", Role.SECTION, weight=fonts.SEMIBOLD, wrap=True))
        before = devices.trusted(self.desk.study).get(found.device_id)
        if before is not None:
            said = N_(
                "“{name}” was enrolled with other keys before: its profile was lost, or somebody else wrote this file."
                " Once it is enrolled, nothing that is signed with the old keys is taken any more."
            )
            column.addWidget(Label(tr(said, name=before.name), Role.SECOND, Tone.WARN, wrap=True))
        how = N_(
            "Call {person}. The other side reads out the six words that its screen shows; compare them with these,"
            " one by one."
        )
        self._comparing = Comparing(tr(how, person=found.person), found.words)
        column.addLayout(self._comparing)
        typed = (*self._route.typed, "", "", "")
        names = [one.name for one in people.people(self.desk.study)]
        self.person.set_items([(name, name) for name in names])
        self.person.set_current(typed[0] if typed[0] in names else found.person if found.person in names else "")
        self.reader.show_text(typed[1] or found.person)
        column.addWidget(labelled(self.reader.accessibleName(), self.reader))
        column.addWidget(self.person)
        if not self.person.current:
            said = N_("Nobody in the study is called “{name}”. Choose the person, or add one in Settings first.")
            column.addWidget(Label(tr(said, name=found.person), Role.SECOND, Tone.WARN, wrap=True))
        column.addWidget(Label(self.kind.accessibleName(), Role.SECOND, Tone.TEXT2, weight=fonts.MEDIUM))
        if typed[2] in {LAPTOP, AGENCY}:
            self.kind.choose(typed[2])
        column.addWidget(self.kind)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Enrol a computer"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Enrol, next field, back."""
        enrol = KeyHint("Ctrl+Return", _(N_("Enrol")))
        back = KeyHint("Esc", _(N_("Back")))
        if self._found is None:
            return (KeyHint("Ctrl+O", _(N_("Open an introduction"))), back)
        return (enrol, KeyHint("Tab", _(N_("Next field"))), back)

    def actions_here(self) -> tuple[Action, ...]:
        """Enrol; where the file was refused, open another one."""
        if self._found is None:
            return (Action("introduction", _(N_("Open an introduction")), self.choose, "Ctrl+O"),)
        return (Action("enrol", _(N_("Enrol")), self.enrol, "Ctrl+Return"),)

    def on_shown(self) -> None:
        """The answer has the focus: the words stand above it."""
        if self._comparing is not None:
            self._comparing.answer.focus_choice()
        else:
            self._form.primary.setFocus()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the fields say what was chosen
        """What was chosen; the comparison itself is made again."""
        return EnrolRoute(self._route.file, (self.person.current, self.reader.text(), self.kind.current))

    def _act(self) -> None:
        if self._found is None:
            self.choose()
        else:
            self.enrol()

    def choose(self) -> None:
        """Open another file in the place of one that was refused."""
        chosen = ask_introduction(self, self._route.file.parent)
        if chosen is not None:
            self.navigate.emit(EnrolRoute(chosen))

    def enrol(self) -> None:
        """Trust the computer from now on."""
        if self._found is None or self._comparing is None:
            return
        missing = self._comparing.problem_of(self._found.name)
        if missing is not None:
            self._form.refuse((missing,))
            self._comparing.answer.focus_choice()
            return
        try:
            found = devices.enrol(
                self.desk.study, self._route.file, words_compared=True, person_compared=self.reader.text(),
                role=self.kind.current, person=self.person.current,
            )  # fmt: skip
        except Refused as refused:
            self._form.refuse(refused.problems, self._field_of)
            return
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.toast.emit(Toast(tr(N_("{name} is enrolled"), name=found.name)))
        self.navigate.emit(DevicesRoute(found.device_id))

    def _field_of(self, one: Problem) -> Field | None:
        return self.reader if one.code == "device.nobody-compared" else None
