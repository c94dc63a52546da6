"""Kişisel veriler: find a person, what is due, who saw what, the inventory, a lost computer. Staff only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.device_routes import DevicesRoute
from kume_desktop.gui.page import Action, KeyHint, SaveKind, SaveState
from kume_desktop.gui.personal_data.deeds import PersonDeeds
from kume_desktop.gui.personal_data.parts import DuePart, FindPart, InventoryPart, LogPart, LostPart, Part
from kume_desktop.gui.personal_data.working import WorkingPage
from kume_desktop.gui.route_rights import may_open
from kume_desktop.gui.routes import PersonalDataRoute, Route
from kume_desktop.services import access_log
from kume_desktop.services.personal_data import acts
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

FIND, DUE, LOG, INVENTORY, LOST = "find", "due", "log", "inventory", "lost"
_WORDS = {
    FIND: N_("Find a person"),
    DUE: N_("Due"),
    LOG: N_("Access log"),
    INVENTORY: N_("Inventory"),
    LOST: N_("Lost computer"),
}


class PersonalDataPage(WorkingPage):
    """Tabs over one stack; the acts of a person stand in the panel beside what was found."""

    def __init__(self, desk: Desk, route: PersonalDataRoute) -> None:
        super().__init__(desk)
        self._current = route.part if route.part in _WORDS else FIND
        self.found = FindPart()
        self.due, self.log = DuePart(), LogPart()
        self.inventory, self.lost = InventoryPart(), LostPart()
        self._parts: dict[str, Part] = {
            FIND: self.found, DUE: self.due, LOG: self.log, INVENTORY: self.inventory, LOST: self.lost,
        }  # fmt: skip
        words = [(key, _(word)) for key, word in _WORDS.items()]
        self.tabs = Segments(_(N_("Personal data")), words, self._current)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.deeds = PersonDeeds(self, self.found)
        self._lay_out()
        self._connect()
        self.found.search.show_text(route.wanted)
        self._go(self._current)
        if route.wanted:
            self.deeds.search()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        above = QVBoxLayout()
        above.setContentsMargins(margin, 8, margin, 4)
        above.setSpacing(8)
        above.addWidget(self.tabs)
        above.addLayout(self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_(N_("Personal data"))))
        column.addWidget(Rule())
        column.addLayout(above)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.picked.connect(self._go)
        self.due.erase.clicked.connect(self.erase_due)
        self.due.period_given.connect(self.save_period)
        self.due.clean.clicked.connect(self.clean)
        self.due.thin.clicked.connect(self.delete_backups)
        self.log.check.clicked.connect(self.verify)
        self.inventory.as_pdf.clicked.connect(lambda: self.print_pdf("inventory", "", ""))
        self.inventory.as_csv.clicked.connect(self.write_csv)
        self.inventory.line_given.connect(self.save_line)
        self.lost.as_pdf.clicked.connect(self.print_computer)
        self.lost.revoke.clicked.connect(self.revoke_computer)
        if not may_open(self.desk.study.role, DevicesRoute()):
            self.lost.revoke.hide()

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Personal data"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of the part in front."""
        around = (KeyHint("Ctrl+PgDown", _(N_("Next part"))), KeyHint("Esc", _(N_("Back"))))
        if self._current == LOG:
            return (KeyHint("Ctrl+L", _(N_("Check the log"))), *around)
        if self._current != FIND:
            return around
        return (
            KeyHint("Return", _(N_("Look for it"))),
            KeyHint("Ctrl+P", _(N_("Print everything that is held"))),
            KeyHint("Ctrl+D", _(N_("Erase for good…"))),
            *around,
        )

    def actions_here(self) -> tuple[Action, ...]:
        """What the data officer does."""
        return (
            Action("find-person", _(N_("Find a person")), lambda: self._go(FIND), "Ctrl+F"),
            Action("print-person", _(N_("Print everything that is held")), self.deeds.print_person, "Ctrl+P"),
            Action("correct-fact", _(N_("Correct the fact")), self.deeds.correct, "Ctrl+E"),
            Action("withdraw", _(N_("Consent is withdrawn: blank the contact data")), self.deeds.withdraw, "Ctrl+W"),
            Action("erase-person", _(N_("Erase for good…")), self.deeds.erase, "Ctrl+D"),
            Action("next-part", _(N_("Next part")), self.next_part, "Ctrl+PgDown"),
            Action("check-log", _(N_("Check the log")), self.verify, "Ctrl+L"),
            Action("clean-file", _(N_("Clean the file")), self.clean),
            Action("delete-backups", _(N_("Delete the older backups")), self.delete_backups),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - what is in front says where one is
        """The part in front, and what was looked for."""
        return PersonalDataRoute(self._current, self.found.search.text())

    def on_shown(self) -> None:
        """The part in front has the focus."""
        self._parts[self._current].take_focus()

    def cancel(self) -> bool:
        """Esc takes the question back; it never interrupts what was begun."""
        if self.found.panel.is_asked_again or self.due.is_asked_again:
            self.found.panel.ask_again(None)
            self.due.ask_again(None)
            return True
        return False

    def side_panel(self) -> QWidget | None:
        """What can be done for the firm."""
        return self.found.panel if self._current == FIND else None

    def next_part(self) -> None:
        """The next tab."""
        keys = list(_WORDS)
        self._go(keys[(keys.index(self._current) + 1) % len(keys)])

    def _go(self, part: str) -> None:
        self._current = part
        self._stack.setCurrentWidget(self._parts[part])
        if self.tabs.current != part:
            self.tabs.choose(part)
        self.refuse(())
        self._read(part)
        self._parts[part].take_focus()
        self.hints_changed.emit()

    def refresh(self) -> None:
        """Read the part in front again."""
        self._read(self._current)

    def _read(self, part: str) -> None:
        """Ask the companion for what the part shows; the window never reads a whole study."""
        show: dict[str, tuple[str, Callable[[Mapping[str, Any]], None]]] = {
            DUE: (acts.DUE, lambda answer: self.due.show_due(*acts.due(answer))),
            LOG: (access_log.READ, lambda answer: self.log.show_entries(access_log.read(answer))),
            INVENTORY: (acts.INVENTORY, lambda answer: self.inventory.show_lines(acts.lines(answer))),
            LOST: (acts.DEVICES, lambda answer: self.lost.show_computers(acts.computers(answer))),
        }
        if part in show:
            verb, shown = show[part]
            asked = self.desk.companion.ask(self, verb, lang=texts.language())
            asked.answered.connect(shown)
            asked.refused.connect(self.refuse)

    # --- what is due, the file, the backups ---

    def save_period(self, purpose: str, months: str) -> None:
        """Keep data of a purpose for so many months."""
        self.do(acts.PERIOD, self._kept(DUE), purpose=purpose, months=months)

    def save_line(self, key: str, purpose: str, ground: str) -> None:
        """Keep a line of the inventory in the words of the agency."""
        self.do(acts.LINE, self._kept(INVENTORY), line=key, purpose=purpose, ground=ground)

    def _kept(self, part: str) -> Callable[[Mapping[str, object]], None]:
        def kept(_told: Mapping[str, object]) -> None:
            self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
            self._read(part)

        return kept

    def erase_due(self) -> None:
        """Ask once, then erase what is due in every row that is chosen."""
        chosen = self.due.chosen()
        if not chosen or self.is_working or not self.due.ask_again(self.due.erase):
            return

        def done(told: Mapping[str, object]) -> None:
            self.tell_changed(tr(N_("Erased: {count} interviews"), count=int(str(told["count"]))))
            self._read(DUE)
            self.clean()

        self.do(acts.CARRY_OUT, done, due=[acts.due_record(one) for one in chosen])

    def delete_backups(self) -> None:
        """Ask once, then delete the backups made before now; a new one is made first."""
        if self._current != DUE:
            self._go(DUE)
        if self.is_working or not self.due.ask_again(self.due.thin):
            return
        said = N_("{count} older backups deleted, a new one was made")
        self.do(acts.THIN, lambda told: self.say_done(tr(said, count=int(str(told["count"])))))

    # --- the log, the inventory, the computers ---

    def verify(self) -> None:
        """Check every line of the log."""
        self._go(LOG)
        asked = self.desk.companion.ask(self, access_log.VERIFY)
        asked.answered.connect(lambda answer: self.log.show_verified(access_log.verified(answer)))
        asked.refused.connect(self.refuse)

    def write_csv(self) -> None:
        """The inventory as a table for other programs."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _(N_("Save as CSV")), str(self.proposed("csv")), tr(N_("CSV file ({pattern})"), pattern="*.csv")
        )
        if chosen:
            asked = {"what": "inventory-csv", "subject": "", "reason": "", "target": chosen, "lang": texts.language()}
            self.start("personal-print", self.written, **asked)

    def revoke_computer(self) -> None:
        """Go where the computer that was lost is trusted no longer."""
        chosen = self.lost.chosen()
        if chosen is not None:
            self.navigate.emit(DevicesRoute(chosen.device_id, LOST))

    def print_computer(self) -> None:
        """What was on the computer the bar is on."""
        chosen = self.lost.chosen()
        if chosen is not None:
            self.print_pdf("device", chosen.device_id, "")
