"""Puanlama: the levels of a firm, one indicator at a time, with the evidence beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.compiled_ahead import CompiledAhead, are_compiled
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.page import Action, Group, KeyHint, Page, Progress
from kume_desktop.gui.rating.body import FIRM_TABS, RatingBody
from kume_desktop.gui.routes import RatersRoute, RatingRoute, Route
from kume_desktop.problems import Refused
from kume_desktop.services.rating_views import NOT_APPLICABLE, NOT_ENOUGH, Tab
from kume_desktop.texts import N_, _, say, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.rating_desk import RatingDesk

_FIRMS = "firms"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RatingPage(Page):
    """The window's side of the page: keys, pickers, palette, save state; `body` does the work."""

    def __init__(self, desk: Desk, route: RatingRoute) -> None:
        super().__init__(desk)
        self._route = route
        self.body: RatingBody | None = None
        self._ways = Picker(_(N_("Rate")))
        self._areas = Picker(_(N_("Area")))
        self.header = PageHeader(_(N_("Rating")))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.header)
        self._is_shown = False
        self._room: QWidget | None = None
        if are_compiled(desk):
            self._read()
        else:
            self._room = QWidget()
            self._whole.addWidget(self._room, 1)
            CompiledAhead(desk, (), self).ready.connect(self._begin)

    def _read(self) -> None:
        """Read who rates what; the forms of the study are compiled by now."""
        try:
            made = _desk(self.desk)
        except Refused as refusal:
            self._show_refusal(refusal)
            return
        self.body = RatingBody(made, wait_for_enter=self.desk.settings.wait_for_enter)
        self._lay_out(made)
        self._connect(self.body)

    def _begin(self) -> None:
        """The forms were compiled while the page stood there with its head alone."""
        if self._room is None or not self.desk.has_study:
            return
        self._whole.removeWidget(self._room)
        self._room.deleteLater()
        self._room = None
        self.busy.emit(None)
        self._read()
        self.bind_keys()
        if self._is_shown:
            self.on_shown()
        self.hints_changed.emit()

    def _lay_out(self, made: RatingDesk) -> None:
        raters = Button(_(N_("Raters")))
        raters.clicked.connect(self.go_to_raters)
        for tool in (self._ways, self._areas, raters):
            self.header.add_tool(tool)
        self._ways.set_items(
            [
                (_FIRMS, _(N_("Firms"))),
                (Tab.PANEL, _(N_("Areas (panel)"))),
                (Tab.NEEDS, _(N_("Needs (expert)"))),
            ]
        )
        named = [(area.code, _area_name(area.name_tr, area.name_en)) for area in made.board.areas]
        self._areas.set_items([("", _(N_("all"))), *named])
        self._whole.addWidget(Rule())
        if self.body is not None:
            self._whole.addWidget(self.body, 1)

    def _connect(self, body: RatingBody) -> None:
        self._ways.picked.connect(lambda key: self.show_list(Tab.MINE if key == _FIRMS else Tab(key)))
        self._areas.picked.connect(self._pick_area)
        body.giving.state_changed.connect(self.save_state)
        body.work_changed.connect(self._tell_work)
        body.giving.told.connect(self.toast)
        body.tab_changed.connect(self._tell_tab)
        body.way_asked.connect(self.navigate)

    def _show_refusal(self, refusal: Refused) -> None:
        how = "\n".join(say(problem) for problem in refusal.problems)
        note = EmptyState(_(N_("Nothing can be rated in this study.")), how)
        note.setContentsMargins(theme.metrics().margin, 0, theme.metrics().margin, 0)
        self._whole.addWidget(note, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Rating"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Level, evidence, what cannot be rated, next indicator, next firm."""
        if self.body is None or self.body.row is None:
            return (KeyHint("Alt+R", _(N_("Raters"))),)
        ask = self.body.pane.ask
        to_next = (
            KeyHint("Return", _(N_("Next"))),
            KeyHint("PgDown", _(N_("Next firm")) if self.body.tab in FIRM_TABS else _(N_("Next on the list"))),
        )
        if ask is None or ask.lock:
            return to_next
        keys = {NOT_ENOUGH: "N", NOT_APPLICABLE: "8"}
        return (
            KeyHint(f"{ask.choices[0].answer}–{ask.choices[-1].answer}", _(N_("Level"))),
            *((KeyHint("E", _(N_("Evidence"))),) if ask.kinds else ()),
            *(KeyHint(keys[answer], word) for answer, word in ask.skips),
            *to_next,
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do here."""
        body = self.body
        if body is None:
            return ()
        digits = (
            Action(
                f"level.{digit}", tr(N_("Give level {level}"), level=digit), partial(body.giving.answer, digit), digit
            )
            for digit in "12345"
        )
        lists = (
            Action(f"list.{tab}", _(label), partial(self.show_list, tab), f"Ctrl+{place}")
            for place, (tab, label) in enumerate(_LISTS.items(), start=1)
        )
        return (
            *digits,
            Action("evidence", _(N_("Choose the kind of evidence")), body.pane.evidence.take_focus, "E"),
            Action("not-enough", _(N_("Not enough evidence")), partial(body.giving.answer, NOT_ENOUGH), "N"),
            Action("cannot", _(N_("Cannot be rated")), partial(body.giving.answer, NOT_APPLICABLE), "8"),
            Action("reason", _(N_("Write the reason")), body.pane.reason.take_focus, "G"),
            Action("next", _(N_("Next indicator")), body.go_on, "Return", bound=False),
            Action("previous", _(N_("Indicator before")), partial(body.step, -1), "Alt+Left"),
            Action("next-firm", _(N_("Next on the list")), partial(body.step_target, 1), "PgDown"),
            Action("firm-before", _(N_("Before on the list")), partial(body.step_target, -1), "PgUp"),
            Action("finish", _(N_("Finish the rating")), body.giving.finish, "Ctrl+Return"),
            Action("reopen", _(N_("Open the rating again")), body.giving.reopen),
            *lists,
            Action("area", _(N_("Choose an area")), self._areas.open_list, "Alt+A"),
            Action("raters", _(N_("Agreement of the raters")), self.go_to_raters, "Alt+R"),
            Action("to-list", _(N_("To the list")), body.list.setFocus, "Alt+L"),
        )

    def find_here(self, text: str) -> tuple[Action, ...]:
        """The indicators of this firm whose name holds the text."""
        from kume_desktop import turkish

        if self.body is None or self.body.row is None:
            return ()
        wanted, body = turkish.fold(text), self.body
        return tuple(
            Action(f"go.{code}", words, partial(body.show_indicator, code), group=Group.QUESTIONS)
            for code, words in body.overview.words.items()
            if wanted in turkish.fold(words)
        )

    def on_shown(self) -> None:
        """Show the list of the route with the focus on the levels."""
        self._is_shown = True
        body = self.body
        if body is None:
            if self._room is not None:
                self.busy.emit(Progress(0, 0, _(N_("Reading the interviews"))))
            return
        if body.row is None:
            route = self._route
            body.show_list(Tab(route.tab), route.area, route.unit_id, route.indicator)
            self._areas.set_current(route.area)
            body.giving.show_waiting(route.typed)
        body.take_focus()

    def here(self, route: Route) -> Route:
        """The indicator in sight."""
        body = self.body
        if body is None:
            return route
        target_id = body.row.target_id if body.row is not None else ""
        return RatingRoute(target_id, body.code, body.tab, body.area, body.giving.typed)

    def side_panel(self) -> QWidget | None:
        """The list of firms: F6 leads from the levels to it."""
        return self.body.list if self.body is not None else None

    def leave(self) -> None:
        """Store what is typed; tell the window if anything was stored."""
        super().leave()
        if self.body is not None and self.body.giving.has_stored:
            self.desk.tell_changed()

    def next_problem(self) -> None:
        """F8: the next indicator that is not done."""
        if self.body is not None:
            self.body.next_open()

    def retry(self) -> None:
        """F5: store again what could not be stored."""
        if self.body is not None:
            self.body.giving.retry()

    def undo(self) -> None:
        """Ctrl+Z: the last level, with the focus there."""
        if self.body is not None:
            self.body.giving.undo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from wherever it was not needed."""
        if event.key() in _ENTER and self.body is not None:
            self.body.go_on()
        else:
            super().keyPressEvent(event)

    def show_list(self, tab: Tab) -> None:
        """Show another list."""
        if self.body is not None:
            self.body.show_list(tab)
            self.body.take_focus()

    def go_to_raters(self) -> None:
        """Go to the agreement of the raters."""
        self.navigate.emit(RatersRoute())

    def _tell_work(self, work: object) -> None:
        self.problem_shown.emit(work)
        self.hints_changed.emit()

    def _pick_area(self, code: str) -> None:
        if self.body is not None:
            self.body.show_list(self.body.tab, code)
            self.body.take_focus()

    def _tell_tab(self) -> None:
        body = self.body
        if body is None:
            return
        self._ways.set_current(_FIRMS if body.tab in FIRM_TABS else body.tab)
        self.header.set_facts(_facts(body))
        self.hints_changed.emit()


_LISTS = {
    Tab.MINE: N_("Firms that I rate"),
    Tab.BLIND: N_("Firms that I rate blind, as the second one"),
    Tab.DIFFERING: N_("Firms on which two ratings differ"),
    Tab.PANEL: N_("Areas that a panel scores"),
    Tab.NEEDS: N_("Needs that an expert rates"),
}


def _desk(desk: Desk) -> RatingDesk:
    from kume_desktop.services.rating_desk import RatingDesk

    return RatingDesk(desk.study)


def _facts(body: RatingBody) -> str:
    """What is rated and how; in the one line of a small window only what is blind."""
    if theme.is_compact():
        is_blind = body.tab in (Tab.MINE, Tab.BLIND) and body.desk.settings.blind
        return _(N_("suggestion after the level")) if is_blind else ""
    match body.tab:
        case Tab.MINE | Tab.BLIND:
            blind = N_("Clustering level · the suggestion appears after a level was chosen")
            beside = N_("Clustering level · the suggestion stands beside the levels")
            return _(blind if body.desk.settings.blind else beside)
        case Tab.DIFFERING:
            return _(N_("Both levels stay; the agreed one is added with its reason"))
        case Tab.PANEL:
            return _(N_("Panel route: the area itself is scored, on the scale of the method"))
        case Tab.NEEDS:
            return _(N_("Expert route: printed beside the firms' own answers, never mixed with them"))


def _area_name(turkish: str, english: str) -> str:
    return english if texts.language() == "en" and english else turkish
