"""Saha: whom next, what happened where."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.fieldwork.firm_list import PANEL_MARGIN, FirmList
from kume_desktop.gui.fieldwork.firms_model import Sieve
from kume_desktop.gui.fieldwork.panel import FirmPanel
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.routes import AddFirmRoute, FieldRoute, InterviewRoute, Route, VisitRoute
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import FirmRow
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.views import InstrumentCard


_PANEL_FITS = 940
"""Width of the page from which the panel stands beside the table, in logical pixels."""


class FieldPage(Page):
    """The firms of the study, and the firm the bar is on in the side panel."""

    def __init__(self, desk: Desk, route: FieldRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import fieldwork

        self._instruments = fieldwork.instruments(desk.study)
        self.firms = FirmList()
        self.panel = FirmPanel()
        self._over = False
        self._add = Button(_(N_("Add a firm")))
        self._lay_out()
        self.firms.opened.connect(lambda _row: self.open_interview())
        self.firms.current.connect(self._show_firm)
        self.firms.panel_asked.connect(self.toggle_panel)
        self.firms.add_asked.connect(self.add_firm)
        self._add.clicked.connect(self.add_firm)
        self.panel.interview_asked.connect(self.open_interview)
        self.panel.visit_asked.connect(self.write_visit)
        self.panel.appointment_asked.connect(self.make_appointment)
        self.refresh()
        if route.state:
            self.firms.sift(Sieve(state=FirmState(route.state)))
        if route.unit_id:
            self.firms.select(route.unit_id)

    def _lay_out(self) -> None:
        counted = tr(
            N_("{areas} activity areas · {firms} firms"),
            areas=len(self.desk.study.areas()),
            firms=len(self.desk.firms()),
        )
        header = PageHeader(_(N_("Fieldwork")), counted, right=PANEL_MARGIN)
        header.add_tool(self._add)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(header)
        left.addWidget(self.firms, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        self._whole = whole

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Fieldwork"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Open, visit, appointment, search."""
        return (
            KeyHint("Return", _(N_("Open the interview"))),
            KeyHint("Z", _(N_("Write a visit"))),
            KeyHint("R", _(N_("Give an appointment"))),
            KeyHint("Space", _(N_("Panel"))),
            KeyHint("/", _(N_("Search"))),
            KeyHint("Ctrl+K", _(N_("Find or do"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do with the firm the bar is on."""
        forms = tuple(
            Action(
                f"open.{card.instrument_id}",
                tr(N_("Open: {form}"), form=_title(card)),
                partial(self.open_interview, card.instrument_id),
                f"Ctrl+{number}",
            )
            for number, card in enumerate(self._instruments, start=1)
        )
        return (
            Action("open", _(N_("Open the interview")), self.open_interview, "Return", bound=False),
            *forms,
            Action("visit", _(N_("Write a visit")), self.write_visit, "Z"),
            Action("appointment", _(N_("Give an appointment")), self.make_appointment, "R"),
            Action("add-firm", _(N_("Add a firm")), self.add_firm, "Ctrl+N"),
            Action("search", _(N_("Search firms")), self.firms.search.setFocus, "/"),
            Action("panel", _(N_("Show or hide the panel")), self.toggle_panel, "Ctrl+."),
            Action("clear", _(N_("Clear the filter")), self.firms.clear_filter),
        )

    def here(self, route: Route) -> Route:
        """The firm the bar is on, under the tab that is chosen."""
        firm, state = self.firms.selected(), self.firms.sieve.state
        return FieldRoute(firm.unit_id, state.value if state else "") if firm is not None else route

    def side_panel(self) -> QWidget | None:
        """The panel of the firm."""
        return self.panel

    def on_shown(self) -> None:
        """The table has the focus."""
        self.firms.take_focus()

    def cancel(self) -> bool:
        """Esc closes the panel that lies over the table."""
        if self._over and self.panel.isVisible():
            self.panel.hide()
            self.firms.take_focus()
            return True
        return False

    def refresh(self) -> None:
        """Read the firms again."""
        self.firms.show_firms(self.desk.firms())

    def open_interview(self, instrument_id: str = "") -> None:
        """Open an interview of the firm: the given form, else the one begun last, else the first."""
        firm = self.firms.selected()
        if firm is not None and self._instruments:
            self.navigate.emit(InterviewRoute(firm.unit_id, instrument_id or self._next_form(firm)))

    def write_visit(self) -> None:
        """Write down a contact attempt of the firm."""
        self._write(appointment=False)

    def make_appointment(self) -> None:
        """Write down an appointment with the firm."""
        self._write(appointment=True)

    def add_firm(self) -> None:
        """Go to the page that adds a firm."""
        self.navigate.emit(AddFirmRoute())

    def toggle_panel(self) -> None:
        """Show or hide the panel of the firm."""
        self.panel.setVisible(not self.panel.isVisible())
        self._place_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the table where there is room, else over it at the right edge."""
        super().resizeEvent(event)
        over = theme.is_compact() or self.width() < theme.px(_PANEL_FITS)
        if over != self._over:
            self._over = over
            if over:
                self._whole.removeWidget(self.panel)
            else:
                self._whole.addWidget(self.panel)
            self.panel.setVisible(not over)
        self._place_panel()

    def _write(self, *, appointment: bool) -> None:
        firm = self.firms.selected()
        if firm is not None:
            self.navigate.emit(VisitRoute(firm.unit_id, appointment))

    def _next_form(self, firm: FirmRow) -> str:
        """The form that was begun and not completed, else the first that was not begun, else the first."""
        from kume_desktop.services import fieldwork

        begun = fieldwork.firm(self.desk.study, firm.unit_id).interviews
        unfinished = [card.instrument_id for card in begun if card.state != "completed"]
        known = {card.instrument_id for card in begun}
        fresh = [card.instrument_id for card in self._instruments if card.instrument_id not in known]
        return [*unfinished, *fresh, self._instruments[0].instrument_id][0]

    def _show_firm(self, row: object) -> None:
        from kume_desktop.services import fieldwork

        if isinstance(row, FirmRow):
            self.panel.show_firm(fieldwork.firm(self.desk.study, row.unit_id), self._instruments)
        else:
            self.panel.show_firm(None, ())

    def _place_panel(self) -> None:
        if self._over and self.panel.isVisible():
            self.panel.setGeometry(self.width() - self.panel.width(), 0, self.panel.width(), self.height())
            self.panel.raise_()


def _title(card: InstrumentCard) -> str:
    return card.title_tr if texts.language() == "tr" else card.title_en
