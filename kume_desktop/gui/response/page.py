"""Who answered: rates by stratum with their formulas, weighted beside unweighted, and the totals of the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.figures import sentences, words
from kume_desktop.gui.figures.figure_page import FigurePage
from kume_desktop.gui.figures.refilling import refilled
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, SaveKind, SaveState, Toast
from kume_desktop.gui.response.strata_table import RateLines, StrataTable
from kume_desktop.gui.response.totals_form import TotalsForm
from kume_desktop.gui.response.weighted_lines import WeightedLines
from kume_desktop.gui.routes import AreaRoute, ResponseRoute, Route, SamplePlanRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services import roles
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.results import AreaScore
    from kume_desktop.services.frame_totals import AreaTotals


class ResponsePage(FigurePage):
    """One area at a time; Ctrl+PgUp and Ctrl+PgDn go to its neighbours."""

    def __init__(self, desk: Desk, route: ResponseRoute) -> None:
        super().__init__(desk, _(N_("Response and weights")))
        from kume_desktop.services import frame_totals

        self._totals_form: TotalsForm | None = None
        self._may_plan = roles.may(desk.study, roles.Right.MANAGE)
        self._totals = {one.area: one for one in frame_totals.totals(desk.study)}
        begun = (one for one in route.begun if isinstance(one, frame_totals.AreaTotals))
        self._begun = {one.area: one for one in begun if one.area in self._totals}
        codes = list(self._totals)
        self._area = route.area if route.area in codes else (codes[0] if codes else "")
        self._areas = Picker(_(N_("Area")), 300 if theme.is_compact() else theme.px(300))
        self._areas.set_items([(area.code, _name(area)) for area in desk.study.areas()])
        self._areas.set_current(self._area)
        self._areas.picked.connect(self.show_area)
        self.header.add_tool(self._areas)
        self._form = QVBoxLayout()
        self.content.column.insertLayout(2, self._form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.content, 1)
        self.computing.changed.connect(self._changed)
        self._fill()
        self._show_form()

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Areas, plan, computing."""
        plan = (KeyHint("Ctrl+L", _(N_("Sample plan"))),) if self._may_plan else ()
        return (
            KeyHint("Ctrl+PgUp", _(N_("Area before"))),
            KeyHint("Ctrl+PgDown", _(N_("Next area"))),
            *plan,
            KeyHint("Ctrl+M", _(N_("Count the firms of the study"))),
            KeyHint("F5", _(N_("Compute again"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """What the hints name, and the way to the area."""
        plan = Action("plan", _(N_("Sample plan")), lambda: self.navigate.emit(SamplePlanRoute()), "Ctrl+L")
        return (
            Action("before", _(N_("Area before")), lambda: self._step(-1), "Ctrl+PgUp"),
            Action("next", _(N_("Next area")), lambda: self._step(1), "Ctrl+PgDown"),
            *((plan,) if self._may_plan else ()),
            Action("count", _(N_("Count the firms of the study")), self._count, "Ctrl+M"),
            Action("area", _(N_("Open the area")), lambda: self.navigate.emit(AreaRoute(self._area)), "Ctrl+O"),
            Action("compute", _(N_("Compute again")), self.retry, "F5", bound=False),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - every page says it this way
        """The area in front, and the totals that do not add up yet."""
        return ResponseRoute(self._area, tuple(self._begun.values()))

    def on_shown(self) -> None:
        """Begin at the picker."""
        self.begin()
        self._areas.setFocus()

    def show_area(self, code: str) -> None:
        """Show another area."""
        self._area = code
        self._areas.set_current(code)
        self._fill()
        self._show_form()

    def _step(self, step: int) -> None:
        codes = list(self._totals)
        if codes:
            self.show_area(codes[(codes.index(self._area) + step) % len(codes)])

    def _changed(self) -> None:
        self.save_state.emit(self.computing.state)
        self._fill()

    def _fill(self) -> None:
        empty(self.body)
        if self.figures is None:
            self.show_not_computed()
            return
        results, method = self.figures
        self.header.set_facts(f"{words.all_firms(results)} · {words.computed(results)}")
        area = next((one for one in results.areas if one.code == self._area), None)
        response = results.analysis.response_of(self._area) if results.analysis is not None else None
        if area is None or response is None:
            self._say(_(N_("There is no response to show: levels of this study come from a panel, not from firms.")))
            return
        self._say_sentences(area)
        self._part(_(N_("Fieldwork by size class")), StrataTable(response))
        self._part(_(N_("Rates")), RateLines(response))
        self._part(_(N_("Index with and without weights")), WeightedLines(area, response, method))

    def _say_sentences(self, area: AreaScore) -> None:
        if self.figures is None or self.figures[0].analysis is None:
            return
        response = self.figures[0].analysis.response_of(area.code)
        for told in (words.coverage(area), sentences.employment(response), sentences.non_response(response)):
            if told:
                self._say(told)

    def _say(self, told: str) -> None:
        self.body.addWidget(Label(told, Role.BODY, Tone.TEXT, wrap=True))

    def _part(self, title: str, part: QWidget) -> None:
        self.body.addSpacing(12)
        self.body.addWidget(SectionHead(title))
        self.body.addWidget(part)

    def _show_form(self) -> None:
        from kume_desktop.services.frame_totals import SIZE_CLASSES

        with refilled(self.content, self._form):
            if self._area not in self._totals:
                return
            self._form.addSpacing(12)
            self._form.addWidget(SectionHead(_(N_("Totals of the list")), _(N_("kept when you leave a field"))))
            form = TotalsForm(self._begun.get(self._area, self._totals[self._area]), SIZE_CLASSES)
            self._totals_form = form
            form.changed.connect(lambda entered: self._keep(entered, form))
            form.begun.connect(self._begin_totals)
            self._form.addWidget(form)
            self._form.addWidget(self._counter(form))

    def _counter(self, form: TotalsForm) -> QWidget:
        """What counts the list where the study holds all of it."""
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        count = Button(_(N_("Count the firms of the study")))
        count.setAccessibleName(count.text())
        count.clicked.connect(lambda: self.count_firms(form))
        row.addWidget(count)
        explained = _(N_("Use it where the study holds every firm of the list."))
        row.addWidget(Label(explained, Role.SECOND, Tone.TEXT2, wrap=True), 1)
        return held

    def _count(self) -> None:
        if self._totals_form is not None:
            self.count_firms(self._totals_form)

    def count_firms(self, form: TotalsForm) -> None:
        """Take the totals from the firms of the study."""
        from kume_desktop.services import frame_totals

        counted = frame_totals.from_list(self.desk.study, self._area)
        self._keep(replace(counted, employment=self._totals[self._area].employment), form)
        self._show_form()

    def _begin_totals(self, entered: AreaTotals) -> None:
        self._begun[entered.area] = entered

    def _keep(self, entered: AreaTotals, form: TotalsForm | None = None) -> None:
        from kume_desktop.services import frame_totals

        before = self._totals[entered.area]
        try:
            frame_totals.enter(self.desk.study, entered.area, entered)
        except Refused as refused:
            self._begun[entered.area] = entered
            if form is not None:
                form.show_problems(refused.problems)
            return
        self._begun.pop(entered.area, None)
        self._totals[entered.area] = entered
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.desk.tell_changed()
        self.toast.emit(Toast(_(N_("Totals kept; compute again to use them.")), lambda: self._take_back(before)))

    def _take_back(self, before: AreaTotals) -> None:
        self._keep(before)
        self._show_form()


def _name(area: object) -> str:
    from kume_desktop import texts

    english = getattr(area, "name_en", "")
    return english if texts.language() == "en" and english else getattr(area, "name_tr", "")
