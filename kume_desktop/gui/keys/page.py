"""Parola ve anahtarlar: another passphrase, what this computer remembers, the agency's recovery key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.beside import Beside
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import PassphraseField, labelled
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Progress, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import KeysRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import unlocking
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

_WIDTH = 620
STAFF = "staff"


class KeysPage(Page):
    """One column of three parts; a recovery key is shown once, when it is made."""

    def __init__(self, desk: Desk, route: KeysRoute) -> None:  # noqa: ARG002 - pages are made with their route
        super().__init__(desk)
        margin = theme.metrics().margin - RING_ROOM
        self._scroll = ScrollColumn(_WIDTH, margins=(margin, 0, margin, 24))
        self._scroll.column.setSpacing(12)
        self._old = PassphraseField(_(N_("Your passphrase now")))
        self._new = PassphraseField(_(N_("The new passphrase")))
        self._again = PassphraseField(_(N_("The new passphrase once more")))
        self._again.returnPressed.connect(self.change_passphrase)
        self._is_changing = False
        self._changing = Beside(self)
        self._changing.done.connect(lambda _done: self._changed())
        self._changing.refused.connect(self._not_changed)
        self._notes = {name: QVBoxLayout() for name in ("passphrase", "keyring", "recovery")}
        self._remembered = Label("", Role.BODY, wrap=True)
        self._remember = Button("")
        self._remember.clicked.connect(self.turn_remembering)
        self._recovery = Label("", Role.BODY, wrap=True)
        self._shown = Label("", Role.FIGURE, tabular=True, wrap=True)
        self._shown.hide()
        self._kept_safe = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._kept_safe.hide()
        self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        person = desk.head.person if desk.head is not None else ""
        self._person = person
        self._header = PageHeader(_(N_("Passphrase and keys")), person)
        column.addWidget(self._header)
        column.addWidget(self._scroll, 1)
        self._tell_ways()

    def _build(self) -> None:
        self._head(_(N_("Passphrase")))
        for field in (self._old, self._new, self._again):
            self._scroll.column.addWidget(labelled(field.accessibleName(), field))
        self._acts("passphrase", _(N_("Change the passphrase")), self.change_passphrase, Kind.PRIMARY)
        self._head(_(N_("This computer")))
        said = N_("The keyring of the system can open the study for you. It is a convenience: keep the passphrase.")
        self._scroll.column.addWidget(Label(_(said), Role.SECOND, Tone.TEXT2, wrap=True))
        self._scroll.column.addWidget(self._remembered)
        self._scroll.column.addLayout(self._notes["keyring"])
        self._scroll.column.addLayout(_row(self._remember))
        if self.desk.head is not None and self.desk.head.role == STAFF:
            self._build_recovery()
        self._scroll.column.addStretch(1)

    def _build_recovery(self) -> None:
        self._head(_(N_("Recovery key of the agency")))
        said = N_("It solves a forgotten passphrase, on the telephone too. Write it down and keep it locked away.")
        for label in (Label(_(said), Role.SECOND, Tone.TEXT2, wrap=True), self._recovery, self._shown, self._kept_safe):
            self._scroll.column.addWidget(label)
        self._acts("recovery", _(N_("Make a new recovery key")), self.renew_recovery_key, Kind.PLAIN)

    def _head(self, words: str) -> None:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(words, Role.SECTION, weight=fonts.SEMIBOLD))
        column.addWidget(Rule())
        self._scroll.column.addWidget(held)

    def _acts(self, name: str, words: str, act: Callable[[], object], kind: Kind) -> None:
        self._scroll.column.addLayout(self._notes[name])
        button = Button(words, kind)
        button.clicked.connect(act)
        self._scroll.column.addLayout(_row(button))

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Passphrase and keys"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Next field, act, back."""
        change = KeyHint("Return", _(N_("Change the passphrase")))
        return (KeyHint("Tab", _(N_("Next field"))), change, KeyHint("Esc", _(N_("Back"))))

    def actions_here(self) -> tuple[Action, ...]:
        """The three acts."""
        acts = (
            Action("change-passphrase", _(N_("Change the passphrase")), self._old.setFocus, "Ctrl+P"),
            Action("remember", _(N_("Let this computer remember or forget me")), self.turn_remembering),
        )
        if self.desk.head is None or self.desk.head.role != STAFF:
            return acts
        return (*acts, Action("recovery-key", _(N_("Make a new recovery key")), self.renew_recovery_key))

    def on_shown(self) -> None:
        """The first field has the focus."""
        self._old.setFocus()

    def leave(self) -> None:
        """Nothing secret stays in a field."""
        for field in (self._old, self._new, self._again):
            field.clear()
        self._shown.setText("")
        super().leave()

    def change_passphrase(self) -> None:
        """Change the passphrase of the person who has the study open."""
        if self._new.text() != self._again.text():
            self._refuse("passphrase", (problem("window.passphrases-differ-now"),))
            self._again.setFocus()
            return
        if self._is_changing:
            return
        self._refuse("passphrase", ())
        self._tell_changing(True)
        study, old, new = self.desk.study, self._old.text(), self._new.text()
        # Deriving keys from passphrases takes long on purpose: the window must not wait for it.
        self._changing.start(lambda: unlocking.change_passphrase(study, old, new))

    def _tell_changing(self, is_changing: bool) -> None:
        self._is_changing = is_changing
        # Not in the bar: that would offer to stop what is not stopped half-way.
        self._header.set_busy(Progress(0, 0, "") if is_changing else None)
        self._header.set_facts(_(N_("Changing the passphrase")) if is_changing else self._person)

    def _changed(self) -> None:
        self._tell_changing(False)
        for field in (self._old, self._new, self._again):
            field.clear()
        self._old.setFocus()
        self._saved(_(N_("The passphrase was changed")))

    def _not_changed(self, problems: Sequence[Problem]) -> None:
        self._tell_changing(False)
        self._refuse("passphrase", problems)
        self._old.setFocus()
        self._old.selectAll()

    def turn_remembering(self) -> None:
        """Let the keyring remember the person, or forget."""
        study = self.desk.study
        if unlocking.ways(study.path).remembered == study.person:
            done = self._try("keyring", lambda: unlocking.forget(study))
            said = _(N_("This computer asks for the passphrase again"))
        else:
            done = self._try("keyring", lambda: unlocking.remember(study))
            said = _(N_("This computer remembers you"))
        if done:
            self._tell_ways()
            self._saved(said)

    def renew_recovery_key(self) -> None:
        """Make a recovery key and show it; the one before opens nothing any more."""
        made: list[str] = []
        if self._try("recovery", lambda: made.append(unlocking.renew_recovery_key(self.desk.study))):
            self._shown.setText(made[0].replace("-", "  "))
            self._shown.setAccessibleName(made[0])
            self._kept_safe.setText(_(N_("It is shown only now. Any key made before opens nothing any more.")))
            self._shown.show()
            self._kept_safe.show()
            self._tell_ways()
            self._saved(_(N_("A recovery key was made")))

    def _tell_ways(self) -> None:
        found = unlocking.ways(self.desk.study.path)
        is_kept = found.remembered == self.desk.study.person
        known, unknown = N_("This computer opens the study for you."), N_("This computer asks for the passphrase.")
        self._remembered.setText(_(known if is_kept else unknown))
        forget, remember = N_("Forget me on this computer"), N_("Remember me on this computer")
        self._remember.setText(_(forget if is_kept else remember))
        if found.recovery is None:
            self._recovery.setText(_(N_("There is no recovery key: a forgotten passphrase cannot be solved.")))
            return
        name, made_at = found.recovery
        day = texts.long_date(made_at.astimezone().date())
        self._recovery.setText(tr(N_("Recovery key {name}, made on {day}."), name=f"{name[:4]} {name[4:]}", day=day))

    def _try(self, part: str, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused as refused:
            self._refuse(part, refused.problems)
            return False
        self._refuse(part, ())
        return True

    def _refuse(self, part: str, problems: Sequence[Problem]) -> None:
        while (item := self._notes[part].takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self._notes[part].addWidget(note)
            note.say()

    def _saved(self, words: str) -> None:
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.toast.emit(Toast(words))


def _row(button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
