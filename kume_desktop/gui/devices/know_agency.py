"""A computer of the agency that this laptop does not know: the words are compared before anything of it is taken."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop.gui import fonts
from kume_desktop.gui.components.form_page import FormFrame
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.device_routes import KnowAgencyRoute
from kume_desktop.gui.devices.comparing import Comparing
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import PackagesRoute
from kume_desktop.problems import Refused
from kume_desktop.services import devices
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.devices import Claimed


class KnowAgencyPage(Page):
    """Words, the answer, and the act; afterwards the package is opened like any other."""

    def __init__(self, desk: Desk, route: KnowAgencyRoute) -> None:
        super().__init__(desk)
        self._route = route
        self._found: Claimed | None = None
        self._comparing: Comparing | None = None
        words = (_(N_("A new computer of the agency")), route.file.name, _(N_("Believe it")), _(N_("Back")))
        self._form = FormFrame(*words)
        self._form.primary.clicked.connect(self.believe)
        self._form.back.clicked.connect(lambda: self.navigate.emit(PackagesRoute()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        try:
            self._found = devices.claimed_here(desk.study, route.file)
        except Refused as refused:
            self._form.primary.hide()
            self._form.refuse(refused.problems)
            return
        self._form.column.addWidget(Label(self._found.name, Role.SECTION, weight=fonts.SEMIBOLD, wrap=True))
        how = N_("Call the agency. It reads out the six words of its computer; compare them with these, one by one.")
        self._comparing = Comparing(_(how), self._found.words)
        self._form.column.addLayout(self._comparing)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("A new computer of the agency"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Believe, back."""
        back = KeyHint("Esc", _(N_("Back")))
        return (KeyHint("Ctrl+Return", _(N_("Believe it"))), back) if self._found is not None else (back,)

    def actions_here(self) -> tuple[Action, ...]:
        """Believe."""
        return (Action("believe", _(N_("Believe it")), self.believe, "Ctrl+Return"),) if self._found else ()

    def on_shown(self) -> None:
        """The answer has the focus."""
        if self._comparing is not None:
            self._comparing.answer.focus_choice()
        else:
            self._form.back.setFocus()

    def believe(self) -> None:
        """Believe the computer from now on."""
        if self._found is None or self._comparing is None:
            return
        missing = self._comparing.problem_of(self._found.name)
        if missing is not None:
            self._form.refuse((missing,))
            self._comparing.answer.focus_choice()
            return
        try:
            devices.pin(self.desk.study, self._route.file, words_compared=True)
        except Refused as refused:
            self._form.refuse(refused.problems)
            return
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.toast.emit(Toast(tr(N_("{name} is believed from now on"), name=self._found.name)))
        self.navigate.emit(PackagesRoute(str(self._route.file)))
