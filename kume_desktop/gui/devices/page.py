"""Bilgisayarlar: which computers the study trusts, with their six words; enrolling and revoking. Staff only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote
from kume_desktop.gui.components.table import GAP, RowsModel, Table
from kume_desktop.gui.device_routes import DevicesRoute, EnrolRoute
from kume_desktop.gui.devices.choosing import ask_introduction
from kume_desktop.gui.devices.panel import LOST, ComputerPanel
from kume_desktop.gui.devices.rows import columns
from kume_desktop.gui.page import Action, KeyHint, Page, SaveKind, SaveState, Toast
from kume_desktop.problems import Problem, Refused
from kume_desktop.services import devices
from kume_desktop.services.devices import Listed
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import Route

AGENCY, LAPTOP = "agency", "laptop"


class DevicesPage(Page):
    """The list, and beside it the computer the bar is on."""

    def __init__(self, desk: Desk, route: DevicesRoute) -> None:
        super().__init__(desk)
        self._wanted, self._part = route.device_id, route.part
        self._here = devices.this_computer(desk.study)
        self._header = PageHeader(_(N_("Computers")))
        self.open = Button(_(N_("Open an introduction")), Kind.PRIMARY)
        self.open.clicked.connect(self.choose_introduction)
        self._header.add_tool(self.open)
        self.model: RowsModel[Listed] = RowsModel(columns())
        self.table = Table(self.model, _(N_("Computers of the study")))
        self.panel = ComputerPanel()
        self.panel.revoked.connect(self.revoke)
        self.panel.enrolled_again.connect(self.enrol_again)
        self.panel.named.connect(self.rename)
        self.table.current_row.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self.panel.take_focus())
        self._notes = QVBoxLayout()
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        left = QVBoxLayout()
        left.setContentsMargins(margin - GAP, 8, margin, 12)
        left.setSpacing(8)
        self._notes.setContentsMargins(GAP, 0, 0, 0)
        left.addLayout(self._notes)
        left.addWidget(self.table, 1)
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Rule())
        column.addLayout(whole, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Computers"))

    @property
    def _may_act(self) -> bool:
        return self._here.role == AGENCY

    def key_hints(self) -> tuple[KeyHint, ...]:
        """To the computer, open an introduction, back."""
        return (
            KeyHint("Return", _(N_("To the computer"))),
            KeyHint("Ctrl+O", _(N_("Open an introduction"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Enrol, go to the computer, make this computer one of the agency's; what may not be done here says why."""
        return (
            Action("introduction", _(N_("Open an introduction")), self.choose_introduction, "Ctrl+O"),
            Action("computer", _(N_("To the computer")), self.panel.take_focus, "Return", bound=False),
            Action("adopt", _(N_("Make it one of the agency’s")), self.adopt, "Ctrl+J"),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the bar says where one is
        """The computer the bar is on."""
        chosen = self.chosen()
        return DevicesRoute(chosen.device_id if chosen is not None else self._wanted, self._part)

    def on_shown(self) -> None:
        """The list has the focus; where a computer was lost, the act that is meant."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.selected() is None and self.model.rows:
            self.table.selectRow(0)
        if self._part == LOST and self.panel.act is not None:
            self.panel.take_focus()

    def refresh(self) -> None:
        """Read the list again."""
        self._read()

    def side_panel(self) -> QWidget | None:
        """The computer."""
        return self.panel

    def chosen(self) -> Listed | None:
        """The computer the bar is on."""
        row = self.table.selected()
        return row if isinstance(row, Listed) else None

    def choose_introduction(self) -> None:
        """Ask for the file by which a computer introduces itself."""
        chosen = ask_introduction(self)
        if chosen is not None:
            self.navigate.emit(EnrolRoute(chosen))

    def revoke(self, device_id: str, reason: str) -> None:
        """Trust a computer no longer; the toast takes it back."""
        study = self.desk.study
        name = next((one.name for one in self.model.rows if one.device_id == device_id), "")
        if self._try(lambda: devices.revoke(study, device_id, reason)):
            self._part = ""
            self._done(
                Toast(tr(N_("{name} is trusted no longer"), name=name), undo=lambda: self.enrol_again(device_id))
            )

    def enrol_again(self, device_id: str) -> None:
        """Take a revocation back."""
        study = self.desk.study
        name = next((one.name for one in self.model.rows if one.device_id == device_id), "")
        if self._try(lambda: devices.reinstate(study, device_id)):
            self._done(Toast(tr(N_("{name} is trusted again"), name=name)))

    def rename(self, device_id: str, name: str) -> None:
        """Give a computer another name."""
        found = next((one for one in self.model.rows if one.device_id == device_id), None)
        before = found.name if found is not None and found.called == found.name else ""
        if name.strip() != before and self._try(lambda: devices.rename(self.desk.study, device_id, name)):
            self._done(Toast(tr(N_("The computer is called {name}"), name=name.strip())))

    def adopt(self) -> None:
        """Make this computer one of the agency's: the study was moved here."""
        if self._try(lambda: devices.adopt(self.desk.study)):
            self._done(Toast(_(N_("This computer is one of the agency’s"))))

    def _done(self, toast: Toast) -> None:
        self._read()
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.toast.emit(toast)
        self.hints_changed.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        kept = self.chosen()
        wanted = kept.device_id if kept is not None else self._wanted
        self._here = devices.this_computer(self.desk.study)
        found = devices.computers(self.desk.study)
        self.model.set_rows(found)
        self.table.select(lambda one: one.device_id == wanted)
        enrolled = sum(one.state == "enrolled" for one in found)
        self._header.set_facts(tr(N_("{enrolled} of {count} computers enrolled"), enrolled=enrolled, count=len(found)))
        self.open.setHidden(not self._may_act)
        self._tell_role()
        self._show_current()

    def _tell_role(self) -> None:
        if self._here.role == AGENCY:
            self._show_notes(())
        elif self._here.role == LAPTOP:
            self._note(_(N_("This is a laptop of the study. Computers are enrolled and revoked at the agency.")))
        else:
            said = N_(
                "The study was moved to this computer. Before it can enrol others it has to be one of the agency’s."
            )
            self._note(_(said), NoteAction(_(N_("Make it one of the agency’s")), self.adopt, "Ctrl+J"))

    def _note(self, words: str, *acts: NoteAction) -> None:
        self._show_notes(())
        self._notes.addWidget(ProblemNote(words, actions=acts))

    def _show_current(self) -> None:
        reason = LOST if self._part == LOST else ""
        self.panel.show_computer(self.chosen(), may_act=self._may_act, reason=reason)

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused as refused:
            self._show_notes(refused.problems)
            return False
        self._show_notes(())
        return True

    def _show_notes(self, problems: tuple[Problem, ...]) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self._notes.addWidget(note)
            note.say()
