"""A forgotten passphrase: the agency's recovery key, read on the telephone, gives its person another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui.components.fields import PassphraseField, TextField, labelled
from kume_desktop.gui.components.form_page import Field, FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import KeyHint, Page
from kume_desktop.gui.routes import RecoverRoute, UnlockRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

_WIDTH = 520


class RecoverPage(Page):
    """Who, the recovery key, the new passphrase twice; then the study is open."""

    def __init__(self, desk: Desk, route: RecoverRoute) -> None:
        super().__init__(desk)
        self._path = route.path
        self._person = Picker(_(N_("Person")))
        self._key = TextField(_(N_("Recovery key")))
        self._new = PassphraseField(_(N_("The new passphrase")))
        self._again = PassphraseField(_(N_("The new passphrase once more")))
        self._again.returnPressed.connect(self.recover)
        words = (_(N_("Passphrase forgotten")), self._path.name, _(N_("Open")), _(N_("Back")))
        self._form = FormFrame(*words, width=_WIDTH)
        self._lay_out()

    def _lay_out(self) -> None:
        how = N_("Call the agency. They read you the recovery key: eight groups of six digits.")
        self._form.column.addWidget(Label(_(how), Role.BODY, Tone.TEXT2, wrap=True))
        self._form.column.addWidget(self._person)
        for field in (self._key, self._new, self._again):
            self._form.column.addWidget(labelled(field.accessibleName(), field))
        self._form.primary.clicked.connect(self.recover)
        self._form.back.clicked.connect(lambda: self.navigate.emit(UnlockRoute(self._path)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Passphrase forgotten"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Next field, open, back."""
        return (KeyHint("Tab", _(N_("Next field"))), KeyHint("Return", _(N_("Open"))), KeyHint("Esc", _(N_("Back"))))

    def on_shown(self) -> None:
        """Offer the people of the file."""
        from kume_desktop.services import unlocking

        try:
            found = unlocking.ways(self._path)
        except Refused as refused:
            self._form.refuse(refused.problems)
            self._form.back.setFocus()
            return
        self._person.set_items([(name, name) for name in found.people])
        self._person.set_current(found.people[0])
        if found.recovery is None:
            self._form.refuse((problem("key.no-recovery"),))
        self._key.setFocus()

    def leave(self) -> None:
        """Nothing secret stays in a field."""
        for field in (self._key, self._new, self._again):
            field.clear()

    def recover(self) -> None:
        """Open the study; the key is made slowly on purpose, so the button says first that it is at work."""
        if self._new.text() != self._again.text():
            self._form.refuse((problem("window.passphrases-differ-now"),), lambda _one: self._again)
            return
        self._form.primary.setEnabled(False)
        self._form.primary.setText(_(N_("Opening…")))
        QTimer.singleShot(0, self, self._try)

    def _try(self) -> None:
        from kume_desktop.services import studies, unlocking

        try:
            key = unlocking.recover(self._path, self._key.text(), self._person.current, self._new.text())
            study = studies.open_with(self._path, key)
        except Refused as refused:
            self._form.primary.setEnabled(True)
            self._form.primary.setText(_(N_("Open")))
            self._form.refuse(refused.problems, self._field_of)
            return
        self.desk.open(study)

    def _field_of(self, one: Problem) -> Field | None:
        if one.code.startswith("key.recovery"):
            return self._key
        return self._new if one.code == "study.short-passphrase" else None
