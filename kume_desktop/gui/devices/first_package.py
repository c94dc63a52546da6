"""İlk paket: the study comes to this computer, after the words of the agency's computer were compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import PassphraseField, TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.device_routes import FirstPackageRoute, IntroduceRoute
from kume_desktop.gui.devices.comparing import Comparing
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused
from kume_desktop.services import device_work, first_assignment
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task

SUFFIX = ".kume"


class FirstPackagePage(Page):
    """First the passphrase, then what is in the package and the words, then the study opens."""

    def __init__(self, desk: Desk, route: FirstPackageRoute) -> None:
        super().__init__(desk)
        self._route = route
        self._task: Task | None = None
        self._told: Mapping[str, Any] = {}
        self._comparing: Comparing | None = None
        self.passphrase = PassphraseField(_(N_("Passphrase")))
        self.passphrase.returnPressed.connect(self.go_on)
        self.place = TextField(_(N_("File")))
        self._form = FormFrame(_(N_("The first package")), route.file.name, self._act_word, _(N_("Back")))
        self._form.primary.clicked.connect(self.go_on)
        self._form.back.clicked.connect(lambda: self.navigate.emit(IntroduceRoute()))
        hint = _(N_("The passphrase with which you introduced this computer."))
        self._secret = labelled(self.passphrase.accessibleName(), self.passphrase, hint)
        self._form.column.addWidget(self._secret)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self._refused = first_assignment.refusal_at_sight(route.file)
        if self._refused:
            self._secret.hide()
            self._form.primary.hide()
            self._form.refuse(self._refused)

    @property
    def _act_word(self) -> str:
        return _(N_("Take the study")) if self._told else _(N_("Open the package"))

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("The first package"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Go on, back."""
        back = KeyHint("Esc", _(N_("Back")))
        if self._refused:
            return (back,)
        return (KeyHint("Ctrl+Return", self._act_word), KeyHint("Tab", _(N_("Next field"))), back)

    def actions_here(self) -> tuple[Action, ...]:
        """Go on."""
        return () if self._refused else (Action("go-on", self._act_word, self.go_on, "Ctrl+Return"),)

    def on_shown(self) -> None:
        """The passphrase, then the answer."""
        if self._refused:
            self._form.back.setFocus()
        elif self._comparing is None:
            self.passphrase.setFocus()
        else:
            self._comparing.answer.focus_choice()

    def leave(self) -> None:
        """Nothing secret stays in a field."""
        self.passphrase.clear()
        super().leave()

    def cancel(self) -> bool:
        """Stop what the worker does; nothing is left behind."""
        if self._task is not None and self._task.is_running:
            self._task.cancel()
            return True
        return False

    def go_on(self) -> None:
        """Open the package; or, after the comparison, make the study."""
        if self._task is not None and self._task.is_running:
            return
        if self._comparing is None:
            self._start(device_work.LOOK, _(N_("Opening the package")), self._show)
            return
        missing = self._comparing.problem_of(str(self._told["sender"]))
        if missing is not None:
            self._form.refuse((missing,))
            self._comparing.answer.focus_choice()
            return
        more = {"words": list(self._told["words"]), "target": str(self.target())}
        self._start(device_work.BEGIN, _(N_("Making the study")), lambda _told: self._open(), **more)

    def target(self) -> Path:
        """The study file to make."""
        typed = Path(self.place.text().strip() or "calisma").expanduser()
        return typed if typed.suffix == SUFFIX else typed.with_name(typed.name + SUFFIX)

    def _start(self, verb: str, saying: str, done: Any, **more: object) -> None:
        from kume_desktop.gui.tasks import Task

        request = device_work.request(verb, path=str(self._route.file), passphrase=self.passphrase.text(), **more)
        self._form.refuse(())
        self._task = Task(request, self)
        self._task.progressed.connect(self._tell)
        self._task.finished.connect(done)
        self._task.refused.connect(self._refuse)
        self._task.cancelled.connect(lambda: self._tell(None))
        self._tell(Progress(0, 0, saying))
        self._task.start()

    def _show(self, told: Mapping[str, Any]) -> None:
        self._tell(None)
        self._told = told
        self._secret.hide()
        column = self._form.column
        column.addWidget(Label(str(told["study"]), Role.SECTION, weight=fonts.SEMIBOLD, wrap=True))
        inside = tr(N_("{firms} firms for {person}, sent by “{sender}”"), firms=told["firms"], person=told["person"],
                    sender=told["sender"])  # fmt: skip
        column.addWidget(Label(inside, Role.BODY, Tone.TEXT2, wrap=True))
        how = N_("Call the agency. It reads out the six words of its computer; compare them with these, one by one.")
        self._comparing = Comparing(_(how), told["words"])
        column.addLayout(self._comparing)
        plain = re.sub(r"[^\w-]+", "-", str(told["study"])).strip("-") or "calisma"
        self.place.show_text(str(Path.home() / f"{plain}{SUFFIX}"))
        choose = Button(_(N_("Choose a place")))
        choose.clicked.connect(self._choose)
        column.addWidget(labelled(_(N_("Where the study is kept")), self.place, beside=choose))
        self._form.primary.setText(self._act_word)
        self.hints_changed.emit()
        self._comparing.answer.focus_choice()

    def _open(self) -> None:
        from kume_desktop.services import studies

        self._tell(None)
        try:
            study = studies.open_study(self.target(), self.passphrase.text())
        except Refused as refused:
            self._refuse(refused.problems)
            return
        self.desk.open(study)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._tell(None)
        self._form.refuse(problems, self._field_of)

    def _tell(self, progress: Progress | None) -> None:
        self._form.header.set_busy(progress)
        self._form.primary.setEnabled(progress is None)
        self.busy.emit(progress)

    def _choose(self) -> None:
        kinds = tr(N_("Küme study ({pattern})"), pattern="*.kume")
        chosen, _kind = QFileDialog.getSaveFileName(self, _(N_("Where the study is kept")), self.place.text(), kinds)
        if chosen:
            self.place.show_text(chosen)

    def _field_of(self, one: Problem) -> Field | None:
        if one.code == "study.wrong-passphrase":
            return self.passphrase
        return self.place if one.code in {"study.exists", "study.read-only", "study.folder-missing"} else None
