"""Faaliyet alanı: one area on one page, to be read downward."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.areas.behind import Behind
from kume_desktop.gui.areas.firm_page import FirmPageWriter
from kume_desktop.gui.areas.portrait import Portrait
from kume_desktop.gui.areas.reading import Reading
from kume_desktop.gui.areas.stepper import Stepper
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure_page import FigurePage
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.figures.verdict import by_index
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, OpenWork
from kume_desktop.gui.routes import (
    AreaRoute,
    CompareRoute,
    DecisionRoute,
    FieldRoute,
    RatingRoute,
    ReportRoute,
    ResponseRoute,
    Route,
)
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.results import AreaScore


class AreaPage(FigurePage):
    """Verdicts above, indicators and needs in the middle, what lies behind them below."""

    def __init__(self, desk: Desk, route: AreaRoute) -> None:
        super().__init__(desk, _(N_("Activity areas")))
        self._area = route.area
        self.reading: Reading | None = None
        self.stepper = Stepper()
        self.stepper.stepped.connect(self.step)
        self.header.add_tool(self.stepper)
        if not theme.is_compact():
            report = Button(_(N_("To the report")), Kind.PRIMARY)
            report.clicked.connect(self.go_to_report)
            self.header.add_tool(report)
        self.behind = Behind(desk, self)
        self.behind.closed.connect(self._take_focus)
        self.behind.asked.connect(self.navigate)
        self.behind.refused.connect(self.show_problems)
        self.pages = FirmPageWriter(desk, self)
        self.pages.progressed.connect(self._tell_progress)
        self.pages.told.connect(self.toast)
        self.pages.refused.connect(self.show_problems)
        self.portrait: Portrait | None = None
        self._lay_out()
        for key, by in (("Left", -1), ("Right", 1)):
            QShortcut(QKeySequence(key), self, partial(self.step, by))
        self.computing.changed.connect(self._changed)
        self._fill()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.header)
        left.addWidget(self.content, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        self.behind.put_in(whole)

    @property
    def areas(self) -> tuple[AreaScore, ...]:
        """The areas in the order of the scorecard."""
        return by_index(self.figures[0].areas) if self.figures is not None else ()

    @property
    def area(self) -> AreaScore | None:
        """The area that is shown."""
        areas = self.areas
        return next((one for one in areas if one.code == self._area), areas[0] if areas else None)

    @property
    def title(self) -> str:
        """The area's name."""
        return words.area_name(self.area) if self.area is not None else self._name

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Other area, what lies behind, decision, comparison, report."""
        return (
            KeyHint("Left Right", _(N_("Other area"))),
            KeyHint("Return", _(N_("Open what lies behind"))),
            KeyHint("D", _(N_("Show the basis"))),
            KeyHint("K", _(N_("Committee's decision"))),
            KeyHint("C", _(N_("Compare"))),
            KeyHint("Ctrl+E", _(N_("To the report"))),
            KeyHint("F5", _(N_("Compute again"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Areas, decision, comparison, response, report, computing."""
        return (
            Action("next-area", _(N_("Next area")), partial(self.step, 1), "Ctrl+PgDown"),
            Action("previous-area", _(N_("Previous area")), partial(self.step, -1), "Ctrl+PgUp"),
            Action("behind", _(N_("Open what lies behind")), self.behind.open, "Return", bound=False),
            Action("basis", _(N_("Show the basis")), self.behind.show_basis, "D"),
            Action("decision", _(N_("Committee's decision")), self.go_to_decision, "K"),
            Action("compare", _(N_("Compare with another area")), self.go_to_compare, "C"),
            Action("response", _(N_("Response by size class")), self.go_to_response, "Y"),
            Action("report", _(N_("To the report")), self.go_to_report, "Ctrl+E"),
            Action("compute", _(N_("Compute again")), self.retry, "F5", bound=False),
            *(
                Action(f"area.{one.code}", words.area_name(one), partial(self.show_area, one.code))
                for one in self.areas
            ),
        )

    def here(self, route: Route) -> Route:
        """The area in sight."""
        return AreaRoute(self.area.code) if self.area is not None else route

    def side_panel(self) -> QWidget | None:
        """The levels or answers behind."""
        return self.behind.panel()

    def on_shown(self) -> None:
        """The indicators have the focus."""
        self.begin()
        self._take_focus()
        self.problem_shown.emit(self._work())

    def cancel(self) -> bool:
        """Esc stops computing, then closes a panel."""
        return super().cancel() or self.pages.cancel() or self.behind.shut()

    def step(self, by: int) -> None:
        """Show the next or previous area."""
        if self.area is None:
            return
        codes = [one.code for one in self.areas]
        self.show_area(codes[(codes.index(self.area.code) + by) % len(codes)])

    def show_area(self, code: str) -> None:
        """Show another area."""
        self._area = code
        self._fill()
        self._take_focus()
        self.content.verticalScrollBar().setValue(0)
        self.problem_shown.emit(self._work())

    def go_to_decision(self) -> None:
        """Go to the committee's decision on this area."""
        if self.area is not None:
            self.navigate.emit(DecisionRoute(self.area.code))

    def go_to_compare(self) -> None:
        """Put this area beside the next one."""
        if self.area is None:
            return
        others = [one.code for one in self.areas if one.code != self.area.code]
        self.navigate.emit(CompareRoute(self.area.code, others[0] if others else ""))

    def go_to_response(self) -> None:
        """Go to the response by stratum."""
        if self.area is not None:
            self.navigate.emit(ResponseRoute(self.area.code))

    def go_to_report(self) -> None:
        """Go to the report page."""
        self.navigate.emit(ReportRoute())

    def _changed(self) -> None:
        self.behind.forget()
        self.save_state.emit(self.computing.state)
        self.show_area(self.area.code if self.area is not None else "")

    def _fill(self) -> None:
        self.reading = None
        self.behind.follow(None, None)
        empty(self.body)
        self.portrait = portrait = self._read_portrait()
        area = self.area
        self.header.set_title(self.title)
        nace = {one.code: one.nace for one in self.desk.study.areas()}.get(area.code, "") if area is not None else ""
        facts = identity(portrait, nace) if portrait is not None else ""
        self.header.set_facts("" if theme.is_compact() else facts)
        self.stepper.setVisible(area is not None)
        if area is None or portrait is None:
            self._fill_empty()
            return
        self.stepper.show_place([one.code for one in self.areas].index(area.code) + 1, len(self.areas))
        if theme.is_compact():
            self.body.addWidget(Label(facts, Role.SECOND, Tone.TEXT2, wrap=True))
        self.reading = self._read(portrait)
        self.body.addWidget(self.reading)
        self.behind.follow(portrait, self.reading)

    def _fill_empty(self) -> None:
        if self.figures is None and self.computing.method is not None:
            self.show_not_computed()
        elif self.figures is not None:
            how = _(N_("A study has at least one activity area; firms belong to areas."))
            self.show_nothing(_(N_("This study has no activity area.")), how)

    def _read(self, portrait: Portrait) -> Reading:
        reading = Reading(portrait, {firm.unit_id: firm.name for firm in self.firms_now()})
        reading.whole.connect(partial(self.behind.list_firms, reading, portrait.area.code))
        reading.decision_asked.connect(self.go_to_decision)
        reading.response_asked.connect(self.go_to_response)
        reading.levels_asked.connect(self.behind.show_levels)
        reading.rating_asked.connect(lambda unit_id: self.navigate.emit(RatingRoute(unit_id)))
        reading.firm_asked.connect(lambda unit_id: self.navigate.emit(FieldRoute(unit_id)))
        reading.report_asked.connect(self.pages.write)
        reading.jumped.connect(self._jump)
        return reading

    def _read_portrait(self) -> Portrait | None:
        from kume_desktop.services import committee

        if self.figures is None or self.area is None:
            return None
        return Portrait(self.area, *self.figures, committee.decisions(self.desk.study).get(self.area.code))

    def _jump(self, section: QWidget) -> None:
        bar = self.content.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: bar.setValue(self.content.position_of(section)))

    def _work(self) -> OpenWork | None:
        portrait = self.portrait
        if portrait is None or not portrait.is_shown or not portrait.verdict.doubt:
            return None
        return OpenWork(portrait.verdict.doubt)

    def _take_focus(self) -> None:
        if self.reading is not None:
            self.reading.take_focus()


def identity(portrait: Portrait, nace: str) -> str:
    """NACE 10.31 · 37 / 41 firma · İZKA-2010 (3 düzey), sürüm 2 · firma yolu · 18 Aralık 2026."""
    results = portrait.results
    parts = (
        f"NACE {nace}" if nace else "",
        words.firms(portrait.area),
        words.method_name(portrait.method),
        words.route(results),
        texts.long_date(words.moment(results).date()),
    )
    return " · ".join(dict.fromkeys(part for part in parts if part))
