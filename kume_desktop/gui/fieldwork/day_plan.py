"""The plan of a day: appointments by their time, planned visits, refusals to convert, and what else could be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, IconButton
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.list_row import Cell, ListRow, RowList
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.fieldwork.acts import STAFF
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.held_firms import FEW
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.routes import (
    DayPlanRoute,
    FieldRoute,
    InterviewRoute,
    PlanVisitRoute,
    PrintRoute,
    Route,
    VisitRoute,
)
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.day_list import DayList, OpenInterview
    from kume_desktop.services.planned import PlannedVisit

EVERYBODY = "all"
_REASONS = {
    "appointment": (N_("Agreed time"), "calendar"),
    "retry": (N_("Another attempt"), "history"),
    "first": (N_("First visit"), "circle"),
    "conversion": (N_("Ask after the refusal"), "message-square"),
}


class DayPlanPage(Page):
    """One day of one interviewer, for staff of everybody too."""

    def __init__(self, desk: Desk, route: DayPlanRoute) -> None:
        super().__init__(desk)
        self._today = datetime.now().astimezone().date()
        self.day = date.fromisoformat(route.day) if route.day else self._today
        self._is_staff = desk.study.role == STAFF
        self._whose = route.whose or (EVERYBODY if self._is_staff else desk.study.person)
        self._question: Question | None = None
        self._units: dict[ListRow, str] = {}
        self._fresh = True
        self._header = PageHeader(_(N_("Plan of the day")))
        margin = theme.metrics().margin - RING_ROOM
        self._scroll = ScrollColumn(margins=(margin, 0, margin, 16))
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._scroll.column.addLayout(self._body)
        self._scroll.column.addStretch(1)
        self._tools()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._scroll, 1)
        self.refresh()

    def _tools(self) -> None:
        if self._is_staff:
            self.whose = Picker(_(N_("Interviewer")))
            self.whose.set_items([(EVERYBODY, _(N_("everybody"))), *((one, one) for one in self._people())])
            self.whose.set_current(self._whose)
            self.whose.picked.connect(self._choose_person)
            self._header.add_tool(self.whose)
        before = IconButton("chevron-left", _(N_("Day before")))
        before.clicked.connect(partial(self.step, -1))
        today = Button(_(N_("Today")))
        today.clicked.connect(self.show_today)
        after = IconButton("chevron-right", _(N_("Day after")))
        after.clicked.connect(partial(self.step, 1))
        for tool in (before, today, after):
            self._header.add_tool(tool)
        printed = Button(_(N_("Print the list")))
        printed.clicked.connect(self.print_list)
        self._header.add_tool(printed)

    def _people(self) -> Sequence[str]:
        from kume_desktop.services import people

        return [one.name for one in people.people(self.desk.study)]

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Plan of the day"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Choose, write, other days."""
        return (
            KeyHint("Return", _(N_("Show the firm"))),
            KeyHint("Z", _(N_("Write an attempt"))),
            KeyHint("R", _(N_("Set an appointment"))),
            KeyHint("Left Right", _(N_("Other day"))),
            KeyHint("T", _(N_("Today"))),
            KeyHint("Ctrl+K", _(N_("Find or do"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Other days, and what one writes about the firm that has the focus."""
        found = [
            Action("before", _(N_("Day before")), partial(self.step, -1), "Left"),
            Action("after", _(N_("Day after")), partial(self.step, 1), "Right"),
            Action("week-before", _(N_("A week earlier")), partial(self.step, -7), "Ctrl+PgUp"),
            Action("week-after", _(N_("A week later")), partial(self.step, 7), "Ctrl+PgDown"),
            Action("today", _(N_("Today")), self.show_today, "T"),
            Action("visit", _(N_("Write an attempt")), partial(self._to, VisitRoute), "Z"),
            Action(
                "appointment",
                _(N_("Set an appointment")),
                partial(self._to, partial(VisitRoute, appointment=True)),
                "R",
            ),
            Action("plan", _(N_("Plan a visit")), partial(self._to, PlanVisitRoute), "P"),
            Action("firms", _(N_("Show the firms")), partial(self.navigate.emit, FieldRoute()), "G"),
        ]
        found.append(Action("print", _(N_("Print the list")), self.print_list, "Y"))
        return tuple(found)

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the day may be another one by now
        """This day of this person."""
        return DayPlanRoute(self.day.isoformat(), self._whose)

    def on_shown(self) -> None:
        """The first row has the focus."""
        self._focus_first()

    def refresh(self) -> None:
        """Read the day again."""
        day, person = self.day, "" if self._whose == EVERYBODY else self._whose
        self._tell_facts(None)
        if self._question is not None:
            self._question.drop()
            self._question = None
        head = self.desk.head
        if head is None or head.firms <= FEW:
            from kume_desktop.services.day_list import day_list

            self._show(day_list(self.desk.study, day, person))
            return
        from kume_desktop.services import field_answers

        self._question = self.desk.companion.ask(self, field_answers.DAY, day=day.isoformat(), interviewer=person)
        self._question.answered.connect(self._take)
        self._question.refused.connect(self._refused)

    def step(self, days: int) -> None:
        """Go to another day."""
        self.day += timedelta(days=days)
        self._fresh = True
        self.refresh()

    def show_today(self) -> None:
        """Go to today."""
        self.step((self._today - self.day).days)

    def print_list(self) -> None:
        """Print the list of the day."""
        self.navigate.emit(PrintRoute(matter="day-list", day=self.day.isoformat()))

    def _choose_person(self, person: str) -> None:
        self._whose = person
        self.refresh()

    def _to(self, kind: Callable[..., Route]) -> None:
        unit_id = self._units.get(QApplication.focusWidget())  # type: ignore[call-overload]
        if unit_id:
            self.navigate.emit(kind(unit_id, day=self.day.isoformat()))

    def _take(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import field_answers

        self._question = None
        self._show(field_answers.day_of(answer))

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self._clear()
        for one in problems:
            self._body.addWidget(ProblemNote(texts.say(one), hard=True))

    def _clear(self) -> None:
        self._units = {}
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _show(self, found: DayList) -> None:
        self._clear()
        self._tell_facts(len(found.visits))
        if not (found.visits or found.open_interviews or found.suggestions):
            self._body.addWidget(
                EmptyState(
                    _(N_("Nothing is planned for this day.")),
                    _(N_("Plan visits in the list of firms (P), or give an appointment (R).")),
                    _(N_("Show the firms")),
                    partial(self.navigate.emit, FieldRoute()),
                    "G",
                )
            )
        elif not found.visits:
            self._body.addWidget(Label(_(N_("Nothing is planned for this day.")), Role.BODY, Tone.TEXT2))
        self._list("", [self._visit(one) for one in found.visits])
        self._list(_(N_("Interviews under way")), [self._begun(one) for one in found.open_interviews])
        self._list(_(N_("Could be tried besides")), [self._visit(one) for one in found.suggestions])
        if self._fresh and self.isVisible():
            self._focus_first()

    def _list(self, title: str, rows: Sequence[ListRow]) -> None:
        if not rows:
            return
        if title:
            head = Label(f"{title}  {len(rows)}", Role.BODY, weight=fonts.SEMIBOLD)
            self._body.addSpacing(20)
            self._body.addWidget(head)
            self._body.addSpacing(8)
        self._body.addWidget(RowList(rows))

    def _visit(self, visit: PlannedVisit) -> ListRow:
        words, icon = _REASONS.get(visit.reason, ("", "circle"))
        one, many = N_("{count} attempt"), N_("{count} attempts")
        tried = tr(one if visit.attempts == 1 else many, count=visit.attempts) if visit.attempts else ""
        over = _(N_("overdue")) if visit.is_overdue else ""
        warned = [texts.say(one) for one in visit.warnings]
        whose = visit.interviewer if self._whose == EVERYBODY else ""
        lines = [over, *warned, visit.phone, visit.address, visit.last_note, whose]
        row = ListRow(
            [
                Cell(self._when(visit), 3, Tone.TEXT, fonts.SEMIBOLD),
                Cell(visit.name, 9, Tone.TEXT, fonts.MEDIUM),
                Cell(visit.district, 4),
                Cell(_(words), 6, Tone.TEXT, icon=icon, icon_tone=Tone.ACCENT),
                Cell(tried, 3, right=True),
            ],
            second=" · ".join(line for line in lines if line),
            icon="triangle-alert" if over or warned else "clock" if visit.at else "circle",
            tone=Tone.WARN if over or warned else Tone.TEXT2,
        )
        self._units[row] = visit.unit_id
        _leads(row, self, FieldRoute(visit.unit_id))
        return row

    def _when(self, visit: PlannedVisit) -> str:
        if visit.at is not None:
            at = visit.at.astimezone()
            return texts.clock(at) if at.date() == self.day else f"{texts.short_date(at.date())} {texts.clock(at)}"
        if visit.slot is None:
            return "–"
        from kume_desktop.services import field_rules

        begin, end = field_rules.rules(self.desk.study).dayparts()[visit.slot]
        return f"{begin:02d}–{end:02d}"

    def _begun(self, one: OpenInterview) -> ListRow:
        figures = f"{one.answered} / {one.asked}"
        cells = [Cell(one.firm, 12, Tone.TEXT, fonts.MEDIUM), Cell(figures, 4, right=True)]
        row = ListRow(cells, icon="circle-dot", tone=Tone.ACCENT)
        self._units[row] = one.unit_id
        _leads(row, self, InterviewRoute(one.unit_id, one.instrument_id))
        return row

    def _tell_facts(self, count: int | None) -> None:
        day = f"{texts.long_date(self.day)} {texts.weekday(self.day)}"
        near = {0: _(N_("today")), 1: _(N_("tomorrow")), -1: _(N_("yesterday"))}.get((self.day - self._today).days, "")
        one, many = N_("{count} firm to go to"), N_("{count} firms to go to")
        told = "" if count is None else tr(one if count == 1 else many, count=count)
        self._header.set_facts(" · ".join(part for part in (day, near, told) if part))

    def _focus_first(self) -> None:
        first: QWidget | None = next(iter(self._units), None) or _button_in(self._body)
        (first or self).setFocus()


def _button_in(body: QVBoxLayout) -> QWidget | None:
    """The button of the empty state, where that is shown."""
    for place in range(body.count()):
        item = body.itemAt(place)
        widget = item.widget() if item is not None else None
        if isinstance(widget, EmptyState):
            return widget.button
    return None


def _leads(row: ListRow, page: Page, route: Route) -> None:
    """Let a row lead to a page."""
    row.clicked.connect(lambda _checked=False: page.navigate.emit(route))
