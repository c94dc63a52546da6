"""The passphrase of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.failure_note import failure_note
from kume_desktop.gui.components.fields import PassphraseField, labelled
from kume_desktop.gui.components.form_page import FormFrame
from kume_desktop.gui.page import KeyHint, Page, Toast
from kume_desktop.gui.routes import RecoverRoute, RescueRoute, UnlockRoute, WelcomeRoute
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

_WIDTH = 420
_DAMAGED = frozenset({"study.damaged", "study.not-a-study", "study.key-damaged", "study.key-missing"})
"""What a backup can mend."""


class UnlockPage(Page):
    """One field; Enter opens. A wrong passphrase keeps the page and says so under the field."""

    def __init__(self, desk: Desk, route: UnlockRoute) -> None:
        super().__init__(desk)
        self._path = route.path
        self._field = PassphraseField(_(N_("Passphrase")))
        self._field.returnPressed.connect(self.open_study)
        self._form = FormFrame(self._path.stem, str(self._path), _(N_("Open")), _(N_("Other study")), width=_WIDTH)
        self._asked = labelled(_(N_("Passphrase")), self._field)
        self._rescue = Button(_(N_("Bring a backup back…")))
        self._rescue.clicked.connect(lambda: self.navigate.emit(RescueRoute(self._path)))
        self._rescue.hide()
        self._key = Button(_(N_("Bring the key file back")))
        self._key.clicked.connect(self.bring_key_back)
        self._key.hide()
        self._remembered = Button("")
        self._remembered.clicked.connect(self.open_remembered)
        self._remembered.hide()
        self._forgotten = Button(_(N_("Passphrase forgotten…")), Kind.LINK)
        self._forgotten.clicked.connect(lambda: self.navigate.emit(RecoverRoute(self._path)))
        if (failed := failure_note(self.navigate.emit)) is not None:
            self._form.column.addWidget(failed)
        for widget in (self._remembered, self._asked):
            self._form.column.addWidget(widget)
        for widget in (self._forgotten, self._key, self._rescue):
            self._form.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        self._form.primary.clicked.connect(self.open_study)
        self._form.back.clicked.connect(lambda: self.navigate.emit(WelcomeRoute()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)

    @property
    def title(self) -> str:
        """The page's name."""
        return self._path.stem

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Open or go back."""
        first = _(N_("Open")) if self._path.exists() else _(N_("Other study"))
        return (KeyHint("Return", first), KeyHint("Esc", _(N_("Back"))))

    def on_shown(self) -> None:
        """The field has the focus; where the file is not there, no passphrase is asked for."""
        is_there = self._path.exists()
        self._asked.setVisible(is_there)
        self._form.primary.setVisible(is_there)
        self._forgotten.setVisible(is_there)
        if is_there:
            self._field.setFocus()
            self._offer_remembered()
            self._offer_key()
        else:
            self._form.refuse((problem("study.not-found", file=str(self._path)),))
            self._form.back.setFocus()

    def open_study(self) -> None:
        """Try the passphrase; the key is made slowly on purpose, so the button says first that it is at work."""
        self._form.primary.setEnabled(False)
        self._form.primary.setText(_(N_("Opening…")))
        QTimer.singleShot(0, self, self._try)

    def _offer_remembered(self) -> None:
        """Offer what this computer's keyring remembers; where the key file does not open, the passphrase says why."""
        from kume_desktop.services import unlocking

        try:
            found = unlocking.ways(self._path)
        except Refused:
            return
        if found.remembered:
            self._remembered.setText(tr(N_("Open as {name}"), name=found.remembered))
            self._remembered.show()
            self._remembered.setFocus()

    def _offer_key(self) -> None:
        """Say at once that the key file is lost, before a passphrase is typed that can open nothing."""
        from kume_desktop.services import unlocking

        if unlocking.key_is_lost(self._path):
            self._form.refuse((problem("key.lost", file=f"{self._path.name}-key"),))
            self._key.show()
            self._key.setFocus()

    def bring_key_back(self) -> None:
        """Put a copy of the key file back, then ask for the passphrase; without one a backup may help."""
        from kume_desktop.services import unlocking

        try:
            found = unlocking.bring_key_back(self._path)
        except Refused as refused:
            self._refuse(refused.problems)
            return
        self._key.hide()
        if not found:
            self._refuse((problem("key.no-copy", file=f"{self._path.name}-key"),))
            self._rescue.show()
            return
        self._form.refuse(())
        self.toast.emit(Toast(_(N_("The key file is back. Type the passphrase."))))
        self._field.setFocus()

    def open_remembered(self) -> None:
        """Open the study by the keyring."""
        from kume_desktop.services import access_log, studies, unlocking

        try:
            key = unlocking.by_keyring(self._path)
            if key is None:
                raise Refused(problem("key.forgotten"))
            study = studies.open_with(self._path, key)
        except Refused as refused:
            self._refuse(refused.problems)
            return
        access_log.opened(study)
        self.desk.open(study)

    def _try(self) -> None:
        from kume_desktop.services import access_log, studies

        try:
            study = studies.open_study(self._path, self._field.text())
        except Refused as refused:
            self._refuse(refused.problems)
            return
        access_log.opened(study)
        self.desk.open(study)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._form.primary.setEnabled(True)
        self._form.primary.setText(_(N_("Open")))
        self._form.refuse(problems)
        self._rescue.setVisible(any(one.code in _DAMAGED for one in problems))
        self._field.set_refused(True)
        self._field.selectAll()
        self._field.setFocus()
