"""Bu bilgisayarı ajansa tanıt: a name, a passphrase, one file; then six words for the telephone. No study is open."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import PassphraseField, TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.device_routes import FirstPackageRoute, IntroduceRoute
from kume_desktop.gui.devices.words import SixWords
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, problem
from kume_desktop.services import device_work, devices
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import Route
    from kume_desktop.gui.tasks import Task
    from kume_desktop.services.devices import Introduced


class IntroducePage(Page):
    """The form; where this computer was introduced already, its words first and the file again on demand."""

    def __init__(self, desk: Desk, route: IntroduceRoute) -> None:
        super().__init__(desk)
        self._task: Task | None = None
        self._waiting: Introduced | None = next(iter(devices.introductions()), None)
        typed = (*route.typed, "", "", "")
        self.name = TextField(_(N_("A name for this computer")), typed[0] or platform.node()[:40])
        self.person = TextField(_(N_("Your name")), typed[1])
        self.folder = TextField(_(N_("Folder or stick for the file")), typed[2] or str(Path.home()))
        self.passphrase = PassphraseField(_(N_("Passphrase")))
        self.again = PassphraseField(_(N_("Passphrase once more")))
        facts = _(N_("The agency then sends the study in a package that only this computer can open."))
        self._form = FormFrame(_(N_("Introduce this computer")), facts, self._act_word, _(N_("Back")))
        self._form.primary.clicked.connect(self._act)
        self._form.back.clicked.connect(self._go_back)
        self._rewrite = Button(_(N_("Write the file again")))
        self._rewrite.clicked.connect(self.write)
        self._told = QVBoxLayout()
        self._told.setSpacing(12)
        self._fields = QWidget()
        self._lay_out()
        self._show_waiting("")

    def _lay_out(self) -> None:
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(12)
        known = _(N_("By this name the agency knows it in its lists."))
        fields.addWidget(labelled(self.name.accessibleName(), self.name, known))
        fields.addWidget(labelled(self.person.accessibleName(), self.person, _(N_("As the agency writes it."))))
        choose = Button(_(N_("Choose a place")))
        choose.clicked.connect(self._choose)
        secret = _(N_("At least 8 characters. You type it again when the first package comes, and every time after."))
        column = self._form.column
        column.addLayout(self._told)
        column.addWidget(self._fields)
        column.addWidget(labelled(self.passphrase.accessibleName(), self.passphrase))
        self._again = labelled(self.again.accessibleName(), self.again, secret)
        column.addWidget(self._again)
        column.addWidget(labelled(self.folder.accessibleName(), self.folder, beside=choose))
        column.addWidget(self._rewrite, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._form)

    @property
    def _act_word(self) -> str:
        write, first = _(N_("Write the file for the agency")), _(N_("Open the first package"))
        return first if self._waiting is not None else write

    def _act(self) -> None:
        """What is next: the file for the agency, or the package that comes back."""
        if self._waiting is None:
            self.write()
        else:
            self.choose_package()

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Introduce this computer"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Write, the first package, back."""
        again = (KeyHint("Ctrl+I", self._rewrite.text()),) if self._waiting is not None else ()
        tab, back = KeyHint("Tab", _(N_("Next field"))), KeyHint("Esc", _(N_("Back")))
        return (KeyHint("Ctrl+Return", self._act_word), *again, tab, back)

    def actions_here(self) -> tuple[Action, ...]:
        """Ctrl+Return is the primary button: write the file, and once it is written open the first package."""
        act = Action("act", self._act_word, self._act, "Ctrl+Return")
        again = Action("write-again", self._rewrite.text(), self.write, "Ctrl+I")
        return (act,) if self._waiting is None else (act, again)

    def on_shown(self) -> None:
        """Begin with the name, or with the words."""
        words = self.findChild(SixWords)
        if self._waiting is not None and words is not None:
            words.setFocus()
        else:
            (self.person if self.name.text() else self.name).setFocus()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the fields say what was typed
        """What was typed; never the passphrase."""
        return IntroduceRoute((self.name.text(), self.person.text(), self.folder.text()))

    def leave(self) -> None:
        """Nothing secret stays in a field."""
        for field in (self.passphrase, self.again):
            field.clear()
        super().leave()

    def cancel(self) -> bool:
        """Stop what the worker does."""
        if self._task is not None and self._task.is_running:
            self._task.cancel()
            return True
        return False

    def choose_package(self) -> None:
        """Ask for the first package of the study."""
        kinds = tr(N_("Package of Küme ({pattern})"), pattern="*.kume-package")
        chosen, _kind = QFileDialog.getOpenFileName(self, _(N_("Open the first package")), self.folder.text(), kinds)
        if chosen:
            self.navigate.emit(FirstPackageRoute(Path(chosen)))

    def write(self) -> None:
        """Write the introduction; the worker makes the keys, which takes its time on purpose."""
        if self._task is not None and self._task.is_running:
            return
        if self._waiting is None and self.passphrase.text() != self.again.text():
            self._form.refuse((problem("window.passphrases-differ"),), lambda _one: self.again)
            return
        self._form.refuse(())
        self._start(self._request())

    def _request(self) -> dict[str, object]:
        secret = {"passphrase": self.passphrase.text(), "folder": self.folder.text().strip()}
        if self._waiting is not None:
            return device_work.request(device_work.WRITE_AGAIN, introduction=self._waiting.introduction_id, **secret)
        return device_work.request(device_work.INTRODUCE, name=self.name.text(), person=self.person.text(), **secret)

    def _start(self, request: Mapping[str, object]) -> None:
        from kume_desktop.gui.tasks import Task

        self._task = Task(request, self)
        self._task.progressed.connect(self._tell)
        self._task.finished.connect(self._written)
        self._task.refused.connect(self._refuse)
        self._task.cancelled.connect(lambda: self._tell(None))
        self._tell(Progress(0, 0, _(N_("Writing the file"))))
        self._task.start()

    def _written(self, told: Mapping[str, object]) -> None:
        self._tell(None)
        for field in (self.passphrase, self.again):
            field.clear()
        self._waiting = next(iter(devices.introductions()), None)
        self._form.primary.setText(self._act_word)
        self._show_waiting(str(cast("str", told["path"])))
        self.bind_keys()  # the primary is another one now
        self.hints_changed.emit()
        self.on_shown()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._tell(None)
        self._form.refuse(problems, self._field_of)

    def _tell(self, progress: Progress | None) -> None:
        self._form.header.set_busy(progress)
        self._form.primary.setEnabled(progress is None)
        self.busy.emit(progress)

    def _show_waiting(self, path: str) -> None:
        """The words and what happens next, where this computer has introduced itself."""
        while (item := self._told.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        kept = self._waiting
        self._fields.setHidden(kept is not None)
        self._again.setHidden(kept is not None)
        self._rewrite.setHidden(kept is None)
        if kept is None:
            return
        self._say(f"{kept.name} · {kept.person}", Role.SECTION, Tone.TEXT)
        if path:
            self._say(tr(N_("The file was written: {path}"), path=path))
        else:
            day = texts.long_date(kept.made_at.astimezone().date())
            self._say(tr(N_("This computer introduced itself on {day} and waits for its study."), day=day))
        self._say(_(N_("Bring the file to the agency. When the agency calls, read these six words out:")))
        self._told.addWidget(SixWords(kept.words))
        self._say(_(N_("Then the agency sends the first package. Open it here.")))
        self._told.addWidget(Rule())
        self._say(_(N_("Is the file lost? Write it again with your passphrase; the words stay the same.")))

    def _say(self, words: str, role: Role = Role.BODY, tone: Tone = Tone.TEXT2) -> None:
        weight = fonts.SEMIBOLD if role is Role.SECTION else None
        self._told.addWidget(Label(words, role, tone, weight=weight, wrap=True))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.folder.accessibleName(), self.folder.text())
        if chosen:
            self.folder.show_text(chosen)

    def _go_back(self) -> None:
        from kume_desktop.gui.routes import WelcomeRoute

        self.navigate.emit(WelcomeRoute())

    def _field_of(self, one: Problem) -> Field | None:
        fields: dict[str, Field] = {
            "device.no-name": self.name,
            "device.no-person": self.person,
            "study.short-passphrase": self.passphrase,
            "study.wrong-passphrase": self.passphrase,
            "package.folder-missing": self.folder,
            "package.not-written": self.folder,
        }
        return fields.get(one.code)
