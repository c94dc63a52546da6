"""The content of the rating page: the list, the indicator in sight, the overview, and the way from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.tabs import Tab as TabButton
from kume_desktop.gui.components.tabs import Tabs
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import OpenWork
from kume_desktop.gui.rating import courses, words
from kume_desktop.gui.rating.asks import Goes
from kume_desktop.gui.rating.courses import Course, FirmCourse, Primary
from kume_desktop.gui.rating.giving import Giving
from kume_desktop.gui.rating.overview import Overview
from kume_desktop.gui.rating.pane import AskPane
from kume_desktop.gui.rating.targets import TargetList
from kume_desktop.gui.routes import FieldRoute, RatersRoute, Route, SettingsRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services.rating_views import QueueRow, Tab
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.rating_desk import RatingDesk

FIRM_TABS = (Tab.MINE, Tab.BLIND, Tab.DIFFERING)
_LIST_WIDTH, _NARROW_LIST = 260, 220
_TAB_WORDS = {Tab.MINE: N_("Mine"), Tab.BLIND: N_("Blind"), Tab.DIFFERING: N_("Differing")}
_EMPTY = {
    Tab.MINE: (
        N_("No approved interview is left to rate."),
        N_("A firm appears here when its clustering interview is completed and nobody else has begun to rate it."),
    ),
    Tab.BLIND: (
        N_("No firm was drawn for you to rate blind."),
        N_("Second raters are drawn on the page of the raters; they do not see what the first one gave."),
    ),
    Tab.DIFFERING: (
        N_("No ratings differ."),
        N_("A firm appears here when two people have finished rating it and an indicator is a level or more apart."),
    ),
    Tab.PANEL: (N_("There is nothing for a panel to score."), N_("A panel scores activity areas directly.")),
    Tab.NEEDS: (N_("This study has no need cells."), N_("Experts rate the needs that the needs interview asks for.")),
}
_WAYS: dict[Tab, tuple[str, Route]] = {
    Tab.MINE: (N_("To the fieldwork"), FieldRoute()),
    Tab.BLIND: (N_("Raters"), RatersRoute()),
    Tab.DIFFERING: (N_("Raters"), RatersRoute()),
}
"""Where an empty list can be mended."""
_NO_AREAS = (
    N_("The study has no activity areas yet."),
    N_("They are added in the settings; then they can be scored here."),
)
_TO_AREAS: tuple[str, Route] = (N_("Settings"), SettingsRoute())


class RatingBody(QWidget):
    """List, indicator and overview. `work_changed` carries an OpenWork or None, `way_asked` a route."""

    work_changed = Signal(object)
    tab_changed = Signal()
    way_asked = Signal(object)

    def __init__(self, desk: RatingDesk, *, wait_for_enter: bool) -> None:
        super().__init__()
        self.desk = desk
        self.tab = Tab.MINE
        self.area = ""
        self.row: QueueRow | None = None
        self.code = ""
        self.course: Course | None = None
        self._way_button: Button | None = None
        self.tabs = Tabs(_(N_("Lists")))
        self.list = TargetList(_(N_("To be rated")))
        self.pane = AskPane()
        self.overview = Overview()
        self._foot = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._middle = QStackedWidget()
        self.giving = Giving(self, wait_for_enter=wait_for_enter)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        left = QWidget()
        left.setFixedWidth(theme.px(_NARROW_LIST if theme.is_compact() else _LIST_WIDTH))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(margin, 0, 8, 0)
        row.addWidget(self.tabs)
        self._tab_room = QWidget()
        self._tab_room.setLayout(row)
        column.addWidget(self._tab_room)
        column.addWidget(Rule())
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(margin, 8, 8, 8)
        foot.addWidget(self._foot)
        column.addLayout(foot)
        self._middle.addWidget(self.pane)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(Rule(upright=True))
        whole.addWidget(self._middle, 1)
        whole.addWidget(self.overview)

    def _wire(self) -> None:
        self.tabs.chosen.connect(lambda key: self.show_list(Tab(key)))
        self.list.picked.connect(self._show_target)
        self.list.entered_row.connect(self.take_focus)
        self.overview.picked.connect(self.show_indicator)
        self.pane.stepped.connect(self.step)
        self.pane.primary_asked.connect(self.do_primary)
        self.pane.second_asked.connect(self.giving.reopen)

    def show_list(self, tab: Tab, area: str | None = None, target_id: str = "", code: str = "") -> None:
        """Show a list, of an area or of all (''), and go to a target and an indicator."""
        self.tab = tab
        self.area = self.area if area is None else area
        self.course = courses.make(tab, self.desk)
        self.row, self.code = None, code
        self._tab_room.setVisible(tab in FIRM_TABS)
        row = self.show_rows(target_id)
        if row is None:
            self._show_empty()
        else:
            self._middle.setCurrentWidget(self.pane)
            self.overview.show()
            self._show_target(row)
        self.tab_changed.emit()

    def show_rows(self, target_id: str) -> QueueRow | None:
        """Read the rows of the list again and stand on a target; returns its row."""
        board = self.desk.board
        rows = board.rows(self.tab, self.area)
        if (self.tab is Tab.NEEDS and not board.cells) or (self.tab is Tab.PANEL and not board.codes):
            rows = ()
        if self.tab in FIRM_TABS:
            counts = {tab: rows if tab is self.tab else board.rows(tab, self.area) for tab in FIRM_TABS}
            self.tabs.set_tabs([TabButton(t, _(_TAB_WORDS[t]), len(counts[t])) for t in FIRM_TABS], self.tab)
        self._foot.setText(words.finished(rows) if rows else "")
        return self.list.show_rows(rows, target_id)

    def _way(self) -> tuple[str, Route] | None:
        """The way out of an empty list."""
        return _WAYS.get(self.tab) if self.tab in FIRM_TABS or self.desk.board.areas else _TO_AREAS

    def _show_empty(self) -> None:
        way = self._way()
        title, how = _NO_AREAS if way is _TO_AREAS else _EMPTY[self.tab]
        note = EmptyState(_(title), _(how), _(way[0]) if way else "", self._ask_way if way else None)
        self._way_button = note.button
        note.setContentsMargins(theme.metrics().margin, 0, theme.metrics().margin, 0)
        while self._middle.count() > 1:
            old = self._middle.widget(1)
            if old is not None:
                self._middle.removeWidget(old)
                old.deleteLater()
        self._middle.addWidget(note)
        self._middle.setCurrentWidget(note)
        self.overview.hide()
        self.work_changed.emit(None)

    def _ask_way(self) -> None:
        way = self._way()
        if way is not None:
            self.way_asked.emit(way[1])

    def _show_target(self, row: QueueRow) -> None:
        if self.course is None:
            return
        wanted = self.code if self.row is None else ""
        self.row = row
        try:
            self.course.open(row.target_id)
        except Refused as refusal:
            self.pane.show_problems(refusal.problems)
            return
        steps = self.course.steps()
        first = next((one.code for one in steps if not one.done), steps[0].code if steps else "")
        self.code = wanted if wanted in {one.code for one in steps} else first
        self.show_state()

    def show_state(self) -> None:
        """Show the indicator in sight, the list at the right and the buttons as they are now."""
        if self.course is None or not self.code:
            return
        steps = self.course.steps()
        self.pane.show_ask(self.course.ask(self.code))
        self.giving.show_waiting()
        self.overview.show_steps(steps, self.course.summary(), self.code)
        self.pane.show_acts(self._primary_word(), self._second_word())
        self.work_changed.emit(OpenWork(words.progress(self.tab, steps), "scale"))

    def show_indicator(self, code: str) -> None:
        """Go to an indicator of this target; what was typed is stored first."""
        self.giving.write_reason()
        self.code = code
        self.show_state()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus where a level is given, or on the list where there is nothing."""
        if self.row is not None:
            self.pane.focus(Goes.STAYS)
        else:
            (self._way_button or self.list).setFocus()

    def step(self, by: int) -> None:
        """Go to the next indicator or the one before; at the ends it stays."""
        codes = [one.code for one in self.course.steps()] if self.course is not None and self.row else []
        place = codes.index(self.code) + by if self.code in codes else -1
        if 0 <= place < len(codes):
            self.show_indicator(codes[place])

    def step_target(self, by: int) -> None:
        """Go to the next firm of the list or the one before."""
        self.giving.write_reason()
        if self.list.step(by):
            self.take_focus()

    def go_on(self) -> None:
        """Go to the next indicator; after the last to the first that is open; to the button where none is."""
        if self.course is None or self.row is None:
            return
        steps = self.course.steps()
        place = next((n for n, one in enumerate(steps) if one.code == self.code), 0)
        later, waiting = steps[place + 1 :], [one for one in steps if not one.done]
        if later:
            self.show_indicator(later[0].code)
        elif waiting and waiting[0].code != self.code:
            self.show_indicator(waiting[0].code)
        else:
            self.pane.primary.setFocus()

    def do_primary(self) -> None:
        """The next indicator, finishing, or the next firm."""
        self.giving.write_reason()
        match self.course.primary() if self.course is not None else Primary.NEXT:
            case Primary.NEXT:
                self.go_on()
            case Primary.FINISH:
                self.giving.finish()
            case Primary.NEXT_TARGET:
                if self.list.next_waiting() or self.list.step(1):
                    self.take_focus()

    def next_open(self) -> None:
        """Go to the next indicator that is not done, from the one in sight on."""
        steps = self.course.steps() if self.course is not None and self.row is not None else ()
        place = next((n for n, one in enumerate(steps) if one.code == self.code), 0)
        for one in (*steps[place + 1 :], *steps[: place + 1]):
            if not one.done:
                self.show_indicator(one.code)
                return

    def _primary_word(self) -> str:
        match self.course.primary() if self.course is not None else Primary.NEXT:
            case Primary.NEXT:
                return _(N_("Next need")) if self.tab is Tab.NEEDS else _(N_("Next indicator"))
            case Primary.FINISH:
                return _(N_("Finish the rating"))
            case Primary.NEXT_TARGET:
                return _(N_("Next firm")) if self.tab in FIRM_TABS else _(N_("Next on the list"))

    def _second_word(self) -> str:
        may = isinstance(self.course, FirmCourse) and self.course.may_reopen
        return _(N_("Open the rating again")) if may else ""
