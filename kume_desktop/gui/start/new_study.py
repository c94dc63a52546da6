"""The page that makes a study: name, place, passphrase, what the notice says, activity areas."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.components.area_lines import AREA_EXAMPLE, read_areas
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import LongText, NumberField, PassphraseField, TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress
from kume_desktop.gui.routes import NewStudyRoute
from kume_desktop.gui.start.parts import section
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services.views import Area, StudyFacts
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task

SUFFIX = ".kume"


class NewStudyPage(Page):
    """Nothing is made before "Çalışmayı kur"; every refusal is said under the fields at once."""

    def __init__(self, desk: Desk, route: NewStudyRoute) -> None:  # noqa: ARG002 - every page takes its route
        super().__init__(desk)
        self._task: Task | None = None
        self._make_fields()
        facts = _(N_("One encrypted file with a key file beside it."))
        self._form = FormFrame(_(N_("New study")), facts, _(N_("Make the study")))
        self._form.primary.clicked.connect(self.create_study)
        self._fill(self._form.column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    def _make_fields(self) -> None:
        now = datetime.now().astimezone()
        self.name = TextField(_(N_("Name of the study")))
        self.place = TextField(_(N_("File")))
        self.person = TextField(_(N_("Your name")))
        self.passphrase = PassphraseField(_(N_("Passphrase")))
        self.again = PassphraseField(_(N_("Passphrase once more")))
        self.agency = TextField(_(N_("Agency")))
        self.year = NumberField(_(N_("Reference year")), str(now.year - 1))
        self.legal_ground = LongText(_(N_("Legal ground")))
        self.recipients = LongText(_(N_("Who receives the data")))
        self.retention = TextField(_(N_("How long they are kept")))
        self.contact = TextField(_(N_("Contact for questions")))
        self.areas = LongText(_(N_("Activity areas")), placeholder=_(AREA_EXAMPLE), lines=4)
        self.name.textChanged.connect(self._suggest_place)
        self._fields_by_code: dict[str, Field] = {
            "window.passphrases-differ": self.again,
            "window.bad-year": self.year,
            "window.area-line": self.areas,
            "window.area-twice": self.areas,
            "study.short-passphrase": self.passphrase,
            "study.passphrase-empty": self.passphrase,
            "study.exists": self.place,
            "study.no-name": self.name,
        }

    def _fill(self, column: QVBoxLayout) -> None:
        choose = Button(_(N_("Choose a place")))
        choose.clicked.connect(self._choose_place)
        column.addWidget(labelled(self.name.accessibleName(), self.name))
        column.addWidget(labelled(self.place.accessibleName(), self.place, beside=choose))
        column.addWidget(labelled(self.person.accessibleName(), self.person))
        secret = _(N_("At least 8 characters. Without it nobody can open the study; write it down in a safe place."))
        column.addWidget(labelled(self.passphrase.accessibleName(), self.passphrase, secret))
        column.addWidget(labelled(self.again.accessibleName(), self.again))
        column.addWidget(section(_(N_("What the notice says"))))
        read_out = N_(
            "The interviewer reads these out; what is left empty is missing from the notice. Settings take it later."
        )
        column.addWidget(Label(_(read_out), Role.SECOND, Tone.TEXT2, wrap=True))
        for field in (self.agency, self.year, self.legal_ground, self.recipients, self.retention, self.contact):
            column.addWidget(labelled(field.accessibleName(), field))
        column.addWidget(section(_(N_("Activity areas"))))
        explained = _(N_("One area a line: code; Turkish name; English name; NACE; number of firms in the frame."))
        column.addWidget(Label(explained, Role.SECOND, Tone.TEXT2, wrap=True))
        column.addWidget(labelled("", self.areas))

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("New study"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Make the study or go back."""
        return (
            KeyHint("Ctrl+Return", _(N_("Make the study"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Make the study."""
        return (Action("create", _(N_("Make the study")), self.create_study, "Ctrl+Return"),)

    def on_shown(self) -> None:
        """Begin with the name."""
        self.name.setFocus()

    def cancel(self) -> bool:
        """Stop making the study."""
        if self._task is not None and self._task.is_running:
            self._task.cancel()
            return True
        return False

    def facts(self) -> StudyFacts:
        """What the notice says, as typed."""
        year = self.year.text().strip()
        return StudyFacts(
            agency=self.agency.text().strip(),
            reference_year=int(year) if year.isdecimal() and len(year) == len("2026") else 0,
            legal_ground=self.legal_ground.toPlainText().strip(),
            recipients=self.recipients.toPlainText().strip(),
            retention=self.retention.text().strip(),
            contact=self.contact.text().strip(),
        )

    def problems(self) -> tuple[Problem, ...]:
        """What is missing before anything can be made."""
        needed = [field for field in (self.name, self.place, self.person, self.year) if not field.text().strip()]
        found = [problem("window.missing", field=field.accessibleName()) for field in needed]
        if self.passphrase.text() != self.again.text():
            found.append(problem("window.passphrases-differ"))
        if self.year not in needed and not self.facts().reference_year:
            found.append(problem("window.bad-year", text=self.year.text().strip()))
        return tuple(found)

    def _field_of(self, found: Problem) -> Field | None:
        """The field that a problem is about."""
        if found.code == "window.missing":
            fields = (self.name, self.place, self.person, self.year)
            return next((field for field in fields if field.accessibleName() == found.params["field"]), None)
        return self._fields_by_code.get(found.code)

    def create_study(self) -> None:
        """Make the study in the worker, then open it."""
        from kume_desktop.gui.tasks import Task

        if self._task is not None and self._task.is_running:
            return
        try:
            areas = read_areas(self.areas.toPlainText())
        except Refused as refused:
            self._refuse((*self.problems(), *refused.problems))
            return
        if found := self.problems():
            self._refuse(found)
            return
        self._task = Task(self._request(areas), self)
        self._task.progressed.connect(self._tell)
        self._task.finished.connect(lambda _result: self._open())
        self._task.refused.connect(self._refuse)
        self._task.cancelled.connect(lambda: self._tell(None))
        self._tell(Progress(0, 0, _(N_("Making the study"))))
        self._task.start()

    def _request(self, areas: tuple[Area, ...]) -> dict[str, object]:
        return {
            "verb": "create-study",
            "language": texts.language(),
            "path": str(self._target()),
            "name": self.name.text().strip(),
            "facts": asdict(self.facts()),
            "passphrase": self.passphrase.text(),
            "person": self.person.text().strip(),
            "areas": [asdict(area) for area in areas],
        }

    def _open(self) -> None:
        from kume_desktop.services import studies

        self._tell(None)
        try:
            study = studies.open_study(self._target(), self.passphrase.text())
        except Refused as refused:
            self._refuse(refused.problems)
            return
        self.desk.open(study)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._tell(None)
        self._form.refuse(problems, self._field_of)

    def _tell(self, progress: Progress | None) -> None:
        self._form.primary.setEnabled(progress is None)
        self._form.header.set_busy(progress)
        self.busy.emit(progress)

    def _target(self) -> Path:
        typed = Path(self.place.text().strip()).expanduser()
        return typed if typed.suffix == SUFFIX else typed.with_name(typed.name + SUFFIX)

    def _suggest_place(self, name: str) -> None:
        typed = Path(self.place.text())
        if not self.place.text() or typed.parent == Path.home():
            plain = "".join(sign for sign in name if sign not in '<>:"/\\|?*').strip()
            self.place.show_text(str(Path.home() / f"{plain}{SUFFIX}") if plain else "")

    def _choose_place(self) -> None:
        kind = tr(N_("Küme study ({pattern})"), pattern="*.kume")
        chosen, _kind = QFileDialog.getSaveFileName(self, _(N_("Where the study lies")), self.place.text(), kind)
        if chosen:
            self.place.show_text(chosen)
