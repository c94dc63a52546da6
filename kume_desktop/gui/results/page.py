"""Sonuçlar: what the firms of an area lack, and how clustered the area is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.answers_drawer import AnswersDrawer
from kume_desktop.gui.figures.figure_page import FigurePage
from kume_desktop.gui.page import Action, KeyHint, OpenWork
from kume_desktop.gui.results.area_figures import AreaFigures
from kume_desktop.gui.results.breakdown import KINDS
from kume_desktop.gui.results.left_out import LeftOutPart
from kume_desktop.gui.routes import AreaRoute, FieldRoute, ReportRoute, ResultsRoute, Route, ScorecardRoute
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore


class ResultsPage(FigurePage):
    """One area at a time: needs matrix above, level profile below, the answers behind a cell in the side panel."""

    def __init__(self, desk: Desk, route: ResultsRoute) -> None:
        super().__init__(desk, _(N_("Results")))
        self.picker = Picker(_(N_("Area")))
        self.picker.picked.connect(self.show_area)
        self.kinds = Picker(_(N_("Break-down")))
        self.kinds.set_items([(kind, _(word)) for kind, word in KINDS.items()])
        self.kinds.picked.connect(self._break_down)
        self.drawer = AnswersDrawer(desk, self)
        self.drawer.panel.closed.connect(self._take_focus)
        self.drawer.interview_asked.connect(self.navigate)
        self.drawer.refused.connect(self.show_problems)
        self.shown: AreaFigures | None = None
        self._to_report = Button(_(N_("To the report")), Kind.PRIMARY)
        self._to_report.clicked.connect(self.go_to_report)
        self._lay_out()
        self._area = route.area
        self._not_counted: list[dict[str, str]] | None = None
        self._names_not_counted: dict[str, str] = {}
        self.computing.changed.connect(self._changed)
        self._fill()

    def _lay_out(self) -> None:
        self.header.add_tool(self.picker)
        self.header.add_tool(self.kinds)
        self.header.add_tool(self._to_report)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.header)
        left.addWidget(self.content, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        self.drawer.put_in(whole)

    @property
    def area(self) -> AreaScore | None:
        """The area that is shown."""
        if self.figures is None:
            return None
        areas = self.figures[0].areas
        return next((one for one in areas if one.code == self._area), areas[0] if areas else None)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of the figure that has the focus, then those of the page."""
        in_profile = self.shown is not None and (self.shown.matrix is None or self.shown.profile_has_focus)
        figure = (
            (KeyHint("Up Down", _(N_("Indicator"))),)
            if in_profile
            else (KeyHint("Left Right Up Down", _(N_("Cell"))), KeyHint("Return", _(N_("Show the answers"))))
        )
        return (
            *(figure if self.shown is not None else ()),
            KeyHint("K", _(N_("Break-down"))),
            KeyHint("Ctrl+PgDown", _(N_("Next area"))),
            KeyHint("Ctrl+E", _(N_("To the report"))),
            KeyHint("F5", _(N_("Compute again"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Areas, answers, report, computing."""
        areas = self.figures[0].areas if self.figures is not None else ()
        return (
            Action("answers", _(N_("Show the answers")), self.drawer.open, "Return", bound=False),
            Action("next-area", _(N_("Next area")), partial(self.step, 1), "Ctrl+PgDown"),
            Action("previous-area", _(N_("Previous area")), partial(self.step, -1), "Ctrl+PgUp"),
            Action("pick-area", _(N_("Choose an area")), self.picker.open_list, "Alt+A"),
            Action("break-down", _(N_("Break-down")), self.kinds.open_list, "K"),
            Action("panel", _(N_("Show or hide the panel")), self.drawer.toggle, "Ctrl+."),
            Action("area-page", _(N_("Open the area")), self.go_to_area, "Alt+O"),
            Action("scorecard", _(N_("Scorecard of the area")), self.go_to_scorecard, "Alt+S"),
            Action("report", _(N_("To the report")), self.go_to_report, "Ctrl+E"),
            Action("compute", _(N_("Compute again")), self.retry, "F5", bound=False),
            *(Action(f"area.{one.code}", _named(one), partial(self.show_area, one.code)) for one in areas),
        )

    def here(self, route: Route) -> Route:
        """The area in sight."""
        return ResultsRoute(self.area.code) if self.area is not None else route

    def side_panel(self) -> QWidget | None:
        """The answers behind the cell."""
        return self.drawer.panel

    def on_shown(self) -> None:
        """The matrix has the focus."""
        self.begin()
        self._take_focus()
        self.problem_shown.emit(self._work())

    def cancel(self) -> bool:
        """Esc stops computing, then closes the panel."""
        if super().cancel():
            return True
        return self.drawer.shut()

    def next_problem(self) -> bool:
        """F8: the next critical need."""
        return self.shown is not None and self.shown.next_critical()

    def step(self, by: int) -> None:
        """Show the next or previous area."""
        if self.figures is None or self.area is None:
            return
        codes = [one.code for one in self.figures[0].areas]
        self.show_area(codes[(codes.index(self.area.code) + by) % len(codes)])

    def show_area(self, code: str) -> None:
        """Show another area; the cell stays."""
        self._area = code
        at = self.shown.place if self.shown is not None else None
        had_focus = self.shown is not None and self.shown.has_focus
        self._fill()
        if self.shown is not None:
            if at is not None:
                self.shown.stand_on(*at)
            if had_focus:
                self.shown.take_focus()
        self.problem_shown.emit(self._work())

    def go_to_report(self) -> None:
        """Go to the report page."""
        self.navigate.emit(ReportRoute())

    def go_to_scorecard(self) -> None:
        """Go to the scorecard with this area selected."""
        if self.area is not None:
            self.navigate.emit(ScorecardRoute(self.area.code))

    def go_to_area(self) -> None:
        """Go to the page of this area."""
        if self.area is not None:
            self.navigate.emit(AreaRoute(self.area.code))

    def _break_down(self, _kind: str) -> None:
        if self.area is not None:
            self.show_area(self.area.code)
        part = self.shown.breakdown if self.shown is not None else None
        if part is not None:
            QTimer.singleShot(0, part, partial(self.content.reveal, part))

    def _take_focus(self) -> None:
        if self.shown is not None:
            self.shown.take_focus()

    def _changed(self) -> None:
        self._not_counted = None
        self.save_state.emit(self.computing.state)
        self.show_area(self.area.code if self.area is not None else "")

    def _fill(self) -> None:
        area, self.shown = self.area, None
        self.drawer.follow(None, None)
        self.header.set_facts(self._facts())
        if self.figures is None:
            self.picker.hide()
            if self.computing.method is not None:
                self.show_not_computed()
            return
        results, method = self.figures
        self.picker.show()
        self.picker.set_items([(one.code, words.area_name(one)) for one in results.areas])
        if area is None:
            how = _(N_("A study has at least one activity area; firms belong to areas."))
            self.show_nothing(_(N_("This study has no activity area.")), how)
            return
        self.picker.set_current(area.code)
        if self._has_nothing(area):
            self._say_nothing(area)
            return
        self.shown = AreaFigures(self.body, area, results, method, self.kinds.current)
        QTimer.singleShot(0, self.shown.sentence, partial(self._add_left_out, self.shown, method))
        if self.shown.matrix is not None:
            self.drawer.follow(self.shown.matrix, method)
            self.shown.matrix.cell_changed.connect(lambda _need: self.hints_changed.emit())
        if self.shown.profile is not None:
            self.shown.profile.line_changed.connect(lambda _line: self.hints_changed.emit())

    def _add_left_out(self, shown: AreaFigures, method: Method) -> None:
        """Name what was not counted as soon as the companion has read it."""
        from kume_desktop.services import companion

        if shown is not self.shown or self.figures is None or not self.desk.has_study:
            return
        if self._not_counted is None:
            question = self.desk.companion.ask(shown.sentence, companion.LEFT_OUT)
            question.answered.connect(partial(self._take_left_out, shown, method))
            question.refused.connect(self.show_problems)
            return
        names = self._names_not_counted | {one.code: words.area_name(one) for one in self.figures[0].areas}
        self.body.addWidget(Rule())
        self.body.addWidget(LeftOutPart(self._not_counted, method, names))

    def _take_left_out(self, shown: AreaFigures, method: Method, answer: dict[str, Any]) -> None:
        self._not_counted, self._names_not_counted = answer["left_out"], answer["names"]
        self._add_left_out(shown, method)

    def _has_nothing(self, area: AreaScore) -> bool:
        needs = self.figures[0].needs if self.figures is not None else ()
        return not area.n and not any(one.n for one in needs if one.area == area.code)

    def _say_nothing(self, area: AreaScore) -> None:
        firms = [firm for firm in self.firms_now() if firm.area == area.code]
        begun = sum(1 for firm in firms if firm.answered)
        self.show_nothing(
            _(N_("This area has no completed interview.")),
            _begun(begun),
            _(N_("To the fieldwork")),
            partial(self.navigate.emit, FieldRoute(firms[0].unit_id if firms else "")),
        )

    def _facts(self) -> str:
        """22 / 58 firma · her hücrede n = 22 · hesaplandı 18 Aralık 2026 14:02."""
        if self.figures is None or self.area is None:
            return ""
        results, compact = self.figures[0], theme.is_compact()
        cells = {one.n for one in results.needs if one.area == self.area.code}
        even = len(cells) == 1 and any(cells) and not compact
        same = tr(N_("n = {n} in every cell"), n=next(iter(cells))) if even else ""
        firms = words.firms(self.area) if self.area.n or not even else ""
        parts = (firms, same, words.computed(results, short=compact))
        return " · ".join(part for part in parts if part)

    def _work(self) -> OpenWork | None:
        critical = len(self.shown.critical) if self.shown is not None else 0
        if not critical:
            return None
        one, many = N_("{count} critical need"), N_("{count} critical needs")
        return OpenWork(tr(one if critical == 1 else many, count=critical), "flag")


def _named(area: AreaScore) -> str:
    return tr(N_("Results: {area}"), area=words.area_name(area))


def _begun(count: int) -> str:
    if not count:
        return _(N_("The interviews of its firms have not begun."))
    one = N_("{count} interview has begun; it counts when it is completed.")
    many = N_("{count} interviews have begun; they count when they are completed.")
    return tr(one if count == 1 else many, count=count)
