"""What one can do with a firm, or with several: the acts behind the keys and buttons of Saha."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kume_desktop.gui.fieldwork.assigning import Assigning
from kume_desktop.gui.fieldwork.panel import Ask
from kume_desktop.gui.page import Action, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import InterviewRoute, PaperEntryRoute, PlanVisitRoute, PrintRoute, VisitRoute
from kume_desktop.problems import Problem, Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.fieldwork.firm_list import FirmList
    from kume_desktop.gui.fieldwork.page import FieldPage
    from kume_desktop.gui.fieldwork.panel import FirmPanel
    from kume_desktop.gui.routes import Route
    from kume_desktop.services.views import FirmDetail, FirmRow

INTERVIEWER, STAFF = "interviewer", "staff"


class FirmActs(QObject):
    """Acts on the firm the bar is on; to assign, on all that are chosen."""

    def __init__(self, page: FieldPage, firms: FirmList, panel: FirmPanel) -> None:
        super().__init__(page)
        self._page, self._firms, self._panel = page, firms, panel
        self._is_staff = page.desk.study.role == STAFF
        self._assigning = Assigning(page.desk, self)
        self._assigning.ended.connect(self._assigned)
        self._assigning.refused.connect(self._refused)
        self._assigning.progressed.connect(page.busy)
        self._runs: Mapping[Ask, Callable[[str], object]] = {
            Ask.OPEN: self.open_interview,
            Ask.ATTEMPT: lambda _key: self.write_attempt(),
            Ask.APPOINTMENT: lambda _key: self.make_appointment(),
            Ask.PLAN: lambda _key: self.plan_visit(),
            Ask.ASSIGN: self.assign,
            Ask.CLOSE: lambda _key: self.close_or_reopen(),
            Ask.CONVERT: self.convert,
            Ask.CORRECT: self.correct,
            Ask.PAPER: lambda _key: self.type_paper(),
            Ask.PRINT: lambda _key: self.print_matter(),
        }

    def run(self, ask: Ask, key: str) -> None:
        """Do what the panel asks for."""
        self._runs[ask](key)

    def actions(self) -> tuple[Action, ...]:
        """The acts with their keys, in the order of the panel."""
        found = [
            Action("visit", _(N_("Write an attempt")), self.write_attempt, "Z"),
            Action("appointment", _(N_("Set an appointment")), self.make_appointment, "R"),
            Action("plan", _(N_("Plan a visit")), self.plan_visit, "P"),
            Action("close", _(N_("Close the firm or open it again")), self.close_or_reopen, "K"),
            Action("convert", _(N_("Ask somebody else after a refusal")), self.choose_converter, "C"),
            Action("correct", _(N_("Correct the last attempt")), self.correct, "D"),
            Action("paper", _(N_("Type in from paper")), self.type_paper, "E"),
            Action("print", _(N_("Print for this firm")), self.print_matter, "Y"),
        ]
        if self._is_staff:
            found.insert(3, Action("assign", _(N_("Assign the chosen firms")), self.choose_interviewer, "A"))
        return tuple(found)

    def open_interview(self, instrument_id: str = "") -> None:
        """Open an interview of the firm: the given form, else the one begun last, else the first."""
        firm, instruments = self._firms.selected(), self._page.instruments
        if firm is not None and instruments and firm.is_issued:
            self._go(InterviewRoute(firm.unit_id, instrument_id or self._next_form(firm)))

    def write_attempt(self) -> None:
        """Write down a contact attempt of the firm."""
        self._to(VisitRoute)

    def make_appointment(self) -> None:
        """Write down an appointment with the firm."""
        self._to(partial(VisitRoute, appointment=True))

    def plan_visit(self) -> None:
        """Plan to go to the firm."""
        self._to(PlanVisitRoute)

    def correct(self, visit_id: str = "") -> None:
        """Correct an attempt; the newest where none is named."""
        firm = self._firms.selected()
        if firm is None:
            return
        visits = self._detail(firm).visits
        wanted = visit_id or (visits[0].visit_id if visits else "")
        if wanted:
            self._go(VisitRoute(firm.unit_id, visit_id=wanted))

    def type_paper(self) -> None:
        """Type in an interview that was held on paper."""
        firm = self._firms.selected()
        if firm is not None and firm.is_issued and self._page.instruments:
            self._go(PaperEntryRoute(firm.unit_id, self._next_form(firm)))

    def print_matter(self) -> None:
        """Print what one takes to the firm, beginning with the letter."""
        from kume_desktop.services.printing import PrintedMatter

        firm = self._firms.selected()
        if firm is not None:
            self._go(PrintRoute(PrintedMatter.LETTER.value, firm.unit_id))

    def choose_interviewer(self) -> None:
        """Open the list of people to assign the chosen firms to."""
        if self._firms.selected() is not None:
            self._page.show_panel()
            self._panel.offer_people(Ask.ASSIGN)

    def choose_converter(self) -> None:
        """Open the list of people to ask after a refusal."""
        if self._firms.selected() is not None:
            self._page.show_panel()
            self._panel.offer_people(Ask.CONVERT)

    def assign(self, person: str) -> None:
        """Assign the chosen firms to a person; '' takes them away."""
        self._assigning.begin({firm.unit_id: person for firm in self._firms.chosen_firms()})

    def convert(self, person: str) -> None:
        """Ask a person to talk to the firm that refused."""
        from kume_desktop.services import visits

        firm = self._firms.selected()
        if firm is None:
            return
        before = firm.conversion
        act = partial(visits.ask_conversion, self._page.desk.study, firm.unit_id)
        words = tr(N_("{person} was asked to talk to {firm}."), person=person, firm=firm.name)
        self._do(firm, partial(act, person), words, partial(act, before))
        # The list that was chosen from is gone with the panel's old content.
        self._firms.take_focus()

    def close_or_reopen(self) -> None:
        """Close a firm that was not reached, or open it again; the rule's words where it does not allow it."""
        from kume_desktop.services import visits

        firm = self._firms.selected()
        if firm is None:
            return
        study = self._page.desk.study
        close, reopen = partial(visits.close, study, firm.unit_id), partial(visits.reopen, study, firm.unit_id)
        if firm.is_closed:
            self._do(firm, reopen, tr(N_("{firm} is open again."), firm=firm.name), close)
        else:
            self._do(firm, close, tr(N_("{firm} is closed as not reached."), firm=firm.name), reopen)

    def stop(self) -> bool:
        """Stop an assignment of many firms; whether there was one."""
        return self._assigning.stop()

    def _do(self, firm: FirmRow, act: Callable[[], object], words: str, undo: Callable[[], object]) -> None:
        try:
            act()
        except Refused as refused:
            self._refused(refused.problems)
            return
        self._stored([firm.unit_id])
        self._page.toast.emit(Toast(words, partial(self._undo, firm.unit_id, undo)))

    def _undo(self, unit_id: str, act: Callable[[], object]) -> None:
        try:
            act()
        except Refused as refused:
            self._refused(refused.problems)
            return
        self._stored([unit_id])

    def _assigned(self, before: Mapping[str, str]) -> None:
        self._stored(list(before))
        self._firms.take_focus()
        if not before:
            return
        undo = partial(self._assigning.begin, before)
        one, many = N_("{count} firm has another interviewer now."), N_("{count} firms have another interviewer now.")
        self._page.toast.emit(Toast(tr(one if len(before) == 1 else many, count=len(before)), undo))

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self._page.show_panel()
        self._panel.refuse(problems)

    def _stored(self, unit_ids: Sequence[str]) -> None:
        desk = self._page.desk
        if len(unit_ids) == 1:
            desk.tell_firm(unit_ids[0])
        else:
            desk.tell_changed()
            desk.held.want()
        self._page.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))

    def _to(self, kind: Callable[[str], Route]) -> None:
        firm = self._firms.selected()
        if firm is not None and firm.is_issued:
            self._go(kind(firm.unit_id))

    def _go(self, route: Route) -> None:
        self._page.navigate.emit(route)

    def _detail(self, firm: FirmRow) -> FirmDetail:
        from kume_desktop.services import fieldwork

        return fieldwork.firm(self._page.desk.study, firm.unit_id)

    def _next_form(self, firm: FirmRow) -> str:
        """The form that was begun and not completed, else the first that was not begun, else the first."""
        begun = self._detail(firm).interviews
        unfinished = [card.instrument_id for card in begun if card.state != "completed"]
        known = {card.instrument_id for card in begun}
        fresh = [card.instrument_id for card in self._page.instruments if card.instrument_id not in known]
        return [*unfinished, *fresh, self._page.instruments[0].instrument_id][0]
