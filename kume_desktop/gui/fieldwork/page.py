"""Saha: whom next, what happened where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.fieldwork.acts import INTERVIEWER, STAFF, FirmActs
from kume_desktop.gui.fieldwork.firm_list import PANEL_MARGIN, FirmList, Looked
from kume_desktop.gui.fieldwork.firms_model import Sieve
from kume_desktop.gui.fieldwork.panel import FirmPanel
from kume_desktop.gui.page import Action, KeyHint, Page, Progress
from kume_desktop.gui.routes import AddFirmRoute, DayPlanRoute, FieldRoute, FieldRulesRoute, Route, SampleListRoute
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

        head = desk.head
        role = head.role if head is not None else INTERVIEWER
        self._is_staff = role == STAFF
        self.instruments = fieldwork.instruments(desk.study)
        self.firms = FirmList(desk.study.person, mine_first=role == INTERVIEWER, can_import=self._is_staff)
        self.panel = FirmPanel(is_staff=self._is_staff)
        self.acts = FirmActs(self, self.firms, self.panel)
        self._over = False
        self._everybody: tuple[str, ...] = ()
        self._header = PageHeader(_(N_("Fieldwork")), "", right=PANEL_MARGIN)
        self._lay_out()
        self._wire()
        self._come(route)

    def _lay_out(self) -> None:
        tools = [(_(N_("Plan of the day")), self.show_day, "G")]
        if self._is_staff:
            tools.append((_(N_("Fieldwork rules")), self.show_rules, "L"))
        for words, run, key in tools:
            button = Button(words, Kind.QUIET)
            button.setToolTip(f"{words} ({key})")
            button.clicked.connect(run)
            self._header.add_tool(button)
        add = Button(_(N_("Add a firm")))
        add.clicked.connect(self.add_firm)
        self._header.add_tool(add)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._header)
        left.addWidget(self.firms, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        self._whole = whole

    def _wire(self) -> None:
        firms, panel, held = self.firms, self.panel, self.desk.held
        firms.opened.connect(lambda _row: self.acts.open_interview())
        firms.current.connect(self._show_firm)
        firms.chosen.connect(lambda: panel.show_count(len(firms.table.chosen_rows())))
        firms.panel_asked.connect(self.toggle_panel)
        firms.add_asked.connect(self.add_firm)
        firms.import_asked.connect(self.take_list)
        panel.asked.connect(self.acts.run)
        held.loaded.connect(self._show_all)
        held.renewed.connect(self._renewed)
        held.progressed.connect(self._tell_progress)

    def _come(self, route: FieldRoute) -> None:
        """Show what is held, under the filter that was last in force, and see that it is fresh."""
        held = self.desk.held
        if isinstance(held.view, Looked) and not route.state:
            self.firms.look(held.view)
        if route.state:
            self.firms.look(Looked(Sieve(state=FirmState(route.state))))
        held.want()
        self._show_all()
        if route.unit_id:
            self.firms.select(route.unit_id)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Fieldwork"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Open, visit, appointment, search."""
        return (
            KeyHint("Return", _(N_("Open the interview"))),
            KeyHint("Z", _(N_("Write an attempt"))),
            KeyHint("R", _(N_("Set an appointment"))),
            KeyHint("G", _(N_("Plan of the day"))),
            KeyHint("Space", _(N_("Panel"))),
            KeyHint("/", _(N_("Search"))),
            KeyHint("Ctrl+K", _(N_("Find or do"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do with the firm the bar is on."""
        staff = (
            Action("rules", _(N_("Fieldwork rules")), self.show_rules, "L"),
            Action("import", _(N_("Take a list from Excel")), self.take_list, "Ctrl+I"),
        )
        return (
            Action("open", _(N_("Open the interview")), self.acts.open_interview, "Return", bound=False),
            *_forms(self.instruments, self.acts),
            *self.acts.actions(),
            Action("day", _(N_("Plan of the day")), self.show_day, "G"),
            Action("mine", _(N_("Show my firms or all")), self.firms.toggle_mine, "B"),
            Action("add-firm", _(N_("Add a firm")), self.add_firm, "Ctrl+N"),
            Action("search", _(N_("Search firms")), self.firms.search.setFocus, "/"),
            Action("panel", _(N_("Show or hide the panel")), self.toggle_panel, "Ctrl+."),
            Action("clear", _(N_("Clear the filter")), self.firms.clear_filter, "Ctrl+Backspace"),
            Action("all", _(N_("Choose all firms in sight")), self.firms.table.selectAll, "Ctrl+A", bound=False),
            *(staff if self._is_staff else ()),
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

    def leave(self) -> None:
        """Keep how the list was looked at."""
        self.desk.held.view = self.firms.looked

    def cancel(self) -> bool:
        """Esc stops an assignment of many firms, or closes the panel that lies over the table."""
        if self.acts.stop():
            return True
        if self._over and self.panel.isVisible():
            self.panel.hide()
            self.firms.take_focus()
            return True
        return False

    def refresh(self) -> None:
        """Read the firms again."""
        self.desk.held.age()
        self.desk.held.want()

    def add_firm(self) -> None:
        """Go to the page that adds a firm."""
        self.navigate.emit(AddFirmRoute())

    def take_list(self) -> None:
        """Go to the page that takes a list of firms."""
        self.navigate.emit(SampleListRoute())

    def show_day(self) -> None:
        """Go to what is planned for today."""
        self.navigate.emit(DayPlanRoute())

    def show_rules(self) -> None:
        """Go to the rules of the fieldwork."""
        self.navigate.emit(FieldRulesRoute())

    def toggle_panel(self) -> None:
        """Show or hide the panel of the firm."""
        self.panel.setVisible(not self.panel.isVisible())
        self._place_panel()

    def show_panel(self) -> None:
        """See that the panel is in sight."""
        if not self.panel.isVisible():
            self.toggle_panel()

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

    def _show_all(self) -> None:
        held = self.desk.held
        waited = self.firms.coming.hasFocus()
        self.firms.show_index(held.index, coming=held.is_coming)
        head = self.desk.head
        if head is not None:
            firms = texts.number(len(held.index.rows), 0)
            facts = tr(N_("{areas} activity areas · {firms} firms"), areas=head.areas, firms=firms)
            self._header.set_facts(facts)
        if waited:
            self.firms.take_focus()

    def _renewed(self, unit_id: str) -> None:
        self.firms.renewed(unit_id)
        firm = self.firms.selected()
        if firm is not None and firm.unit_id == unit_id:
            self._show_firm(firm)

    def _tell_progress(self, progress: object) -> None:
        self._header.set_busy(progress if isinstance(progress, Progress) else None)
        self.busy.emit(progress)

    def _show_firm(self, row: object) -> None:
        from kume_desktop.services import fieldwork, people

        if isinstance(row, FirmRow):
            self._everybody = self._everybody or tuple(one.name for one in people.people(self.desk.study))
            self.panel.set_people(self._everybody)
            self.panel.show_firm(fieldwork.firm(self.desk.study, row.unit_id), self.instruments)
        else:
            self.panel.show_firm(None, ())

    def _place_panel(self) -> None:
        if self._over and self.panel.isVisible():
            self.panel.setGeometry(self.width() - self.panel.width(), 0, self.panel.width(), self.height())
            self.panel.raise_()


def _forms(cards: Sequence[InstrumentCard], acts: FirmActs) -> tuple[Action, ...]:
    """The forms of the study with the keys that open them."""
    return tuple(
        Action(
            f"open.{card.instrument_id}",
            tr(N_("Open: {form}"), form=_title(card)),
            partial(acts.open_interview, card.instrument_id),
            f"Ctrl+{number}",
        )
        for number, card in enumerate(cards[:9], start=1)
    )


def _title(card: InstrumentCard) -> str:
    return card.title_tr if texts.language() == "tr" else card.title_en
