"""Bilgisayarların durumu: what every computer has sent and has not, by area, interviewer, day and firm."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.table import RowsModel, Table
from kume_desktop.gui.components.tabs import Tab as TabWord
from kume_desktop.gui.components.tabs import Tabs
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.page import Progress as Busy
from kume_desktop.gui.progress import tables
from kume_desktop.gui.progress.day_chart import DayChart
from kume_desktop.gui.routes import FieldRoute, ProgressRoute, ReviewRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.services import devices, progress
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem
    from kume_desktop.services.progress import ComputerLine, Progress
    from kume_desktop.services.views import Area


class Part(StrEnum):
    """The tables of the page."""

    COMPUTERS = ""
    AREAS = "areas"
    INTERVIEWERS = "interviewers"
    DAYS = "days"
    FIRMS = "firms"


_WORDS = {
    Part.COMPUTERS: N_("Computers"),
    Part.AREAS: N_("Areas"),
    Part.INTERVIEWERS: N_("Interviewers"),
    Part.DAYS: N_("Days"),
    Part.FIRMS: N_("Firms"),
}


class ProgressPage(Page):
    """The content stays in sight while it is read anew; Enter on a firm goes to it."""

    def __init__(self, desk: Desk, route: ProgressRoute) -> None:
        super().__init__(desk)
        self._part = Part(route.part) if route.part in set(Part) else Part.COMPUTERS
        self._found: Progress | None = None
        self._question: Question | None = None
        areas = {area.code: _area_name(area) for area in desk.study.areas()}
        self.tables: dict[Part, Table] = {
            Part.COMPUTERS: Table(RowsModel(tables.computer_columns()), _(_WORDS[Part.COMPUTERS])),
            Part.AREAS: Table(RowsModel(tables.slice_columns(_(N_("Area")), areas)), _(_WORDS[Part.AREAS])),
            Part.INTERVIEWERS: Table(
                RowsModel(tables.slice_columns(_(N_("Interviewer")), {})), _(_WORDS[Part.INTERVIEWERS])
            ),
            Part.DAYS: Table(RowsModel(tables.day_columns()), _(_WORDS[Part.DAYS])),
            Part.FIRMS: Table(RowsModel(tables.firm_columns(areas)), _(_WORDS[Part.FIRMS])),
        }
        self.tables[Part.FIRMS].opened.connect(lambda row: self.navigate.emit(FieldRoute(row.unit_id)))
        self.chart = DayChart()
        self.chart.moved.connect(self._go_to_day)
        self.tabs = Tabs(_(N_("What to compare")))
        self.tabs.chosen.connect(lambda key: self.show_part(Part(key)))
        self._notes = QVBoxLayout()
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        self.header = PageHeader(_(N_("Progress of the computers")))
        margin = theme.metrics().margin
        tabs = QHBoxLayout()
        tabs.setContentsMargins(margin, 0, margin, 0)
        tabs.addWidget(self.tabs, 1)
        self._stack = QStackedWidget()
        self._places: dict[Part, int] = {}
        for part, table in self.tables.items():
            held = QWidget()
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 8, 0, 0)
            column.setSpacing(8)
            if part is Part.DAYS:
                column.addWidget(self.chart)
            column.addWidget(table, 1)
            self._places[part] = self._stack.addWidget(held)
        none = EmptyState(
            _(N_("Nothing was sent and nobody has a firm yet.")),
            _(N_("Assign firms under Fieldwork; what comes back in packages is compared with that here.")),
        )
        self._none = self._stack.addWidget(none)
        later = EmptyState(
            _(N_("No interview is complete yet.")), _(N_("Each day with completed interviews stands here."))
        )
        self._no_days = self._stack.addWidget(later)
        inner = QVBoxLayout()
        inner.setContentsMargins(margin, 0, margin, 8)
        inner.setSpacing(6)
        inner.addLayout(self._notes)
        inner.addWidget(self._stack, 1)
        self.foot = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        inner.addWidget(self.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(tabs)
        column.addWidget(Rule())
        column.addLayout(inner, 1)
        self.show_part(self._part)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Progress of the computers"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Rows, tables, the days, the firm."""
        rows = KeyHint("Up Down", _(N_("Row")))
        lists = KeyHint("Ctrl+1", _(N_("Tables")))
        match self._part:
            case Part.FIRMS:
                return (rows, KeyHint("Return", _(N_("Show the firm"))), lists)
            case Part.DAYS:
                return (rows, KeyHint("Ctrl+G", _(N_("Chart"))), lists)
            case _:
                return (rows, lists, KeyHint("F5", _(N_("Read again"))))

    def actions_here(self) -> tuple[Action, ...]:
        """The tables, the chart, the review."""
        parts = (
            Action(
                f"part.{place}", tr(N_("Table: {what}"), what=_(word)), partial(self.show_part, part), f"Ctrl+{place}"
            )
            for place, (part, word) in enumerate(_WORDS.items(), start=1)
        )
        return (
            *parts,
            Action("chart", _(N_("Chart of the days")), self.show_chart, "Ctrl+G"),
            Action("review", _(N_("Review")), partial(self.navigate.emit, ReviewRoute()), "Ctrl+R"),
            Action("again", _(N_("Read again")), self.refresh, "F5", bound=False),
        )

    def on_shown(self) -> None:
        """The table has the focus."""
        self._focus()
        if self._found is None:
            self.busy.emit(Busy(0, 0, _(N_("Reading the study"))))

    def refresh(self) -> None:
        """Read anew; the content stays in sight."""
        self._read()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """The table in sight."""
        return ProgressRoute(self._part)

    def leave(self) -> None:
        """Nobody waits for the answer any more."""
        super().leave()
        if self._question is not None:
            self._question.drop()

    def show_part(self, part: Part) -> None:
        """Show another table."""
        self._part = part
        nothing = self._no_days if part is Part.DAYS else self._none
        self._stack.setCurrentIndex(nothing if self._is_empty else self._places[part])
        self._show_tabs()
        self.foot.setText(_(_FEET[part]))
        if self.isVisible():
            self._focus()
        self.hints_changed.emit()

    @property
    def _is_empty(self) -> bool:
        return self._found is not None and not self._rows(self._part)

    def _focus(self) -> None:
        """Put the focus on the table, or on the tabs where it has no rows."""
        if self._is_empty:
            self.tabs.take_focus()
        else:
            self.tables[self._part].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_chart(self) -> None:
        """Go to the chart of the days."""
        self.show_part(Part.DAYS)
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tabs(self) -> None:
        tabs = [TabWord(part.value, _(word), len(self._rows(part))) for part, word in _WORDS.items()]
        self.tabs.set_tabs(tabs, self._part.value)

    def _rows(self, part: Part) -> Sequence[object]:
        found = self._found
        if found is None:
            return ()
        match part:
            case Part.COMPUTERS:
                return found.computers
            case Part.AREAS:
                return found.areas
            case Part.INTERVIEWERS:
                return found.interviewers
            case Part.DAYS:
                return found.days
            case Part.FIRMS:
                return found.firms

    def _read(self) -> None:
        if self._question is not None:
            self._question.drop()
        self.busy.emit(Busy(0, 0, _(N_("Reading the study"))))
        self._question = self.desk.companion.ask(self, progress.PROGRESS)
        self._question.answered.connect(self._take)
        self._question.refused.connect(self._refused)

    def _take(self, answer: Any) -> None:
        self.busy.emit(None)
        self._found = found = progress.progress_of(answer)
        for part, table in self.tables.items():
            kept = table.currentIndex().row()
            table.rows_model.set_rows(self._rows(part))
            if table.rows_model.rows:
                table.setCurrentIndex(table.rows_model.index(max(0, min(kept, len(table.rows_model.rows) - 1)), 0))
        self.chart.show_days(found.days, 0)
        self.header.set_facts(_facts(found))
        self._warn(found)
        self.show_part(self._part)

    def _warn(self, found: Progress) -> None:
        empty(self._notes)
        silent = ", ".join(_named(one) for one in found.computers if one.never_sent)
        if silent:
            told = N_("Nothing has come yet from: {computers}. Ask for a package.")
            self._notes.addWidget(ProblemNote(tr(told, computers=silent)))
        for one in found.computers:
            if one.missing:
                words = N_("{count} entries of {name} have not come. Ask for the package that lacks.")
                self._notes.addWidget(ProblemNote(tr(words, count=texts.number(one.missing, 0), name=one.name)))

    def _go_to_day(self, place: int) -> None:
        found, table = self._found, self.tables[Part.DAYS]
        if found is not None:
            day = found.days[place]
            table.select(lambda row: row is day)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.busy.emit(None)
        empty(self._notes)
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self._notes.addWidget(note)
            note.say()


_FEET = {
    Part.COMPUTERS: N_("Each computer numbers its entries; a receipt says up to where the agency holds them."),
    Part.AREAS: N_("Expected are the firms that somebody has; received those whose interviews are complete here."),
    Part.INTERVIEWERS: N_(
        "Expected are the firms that somebody has; received those whose interviews are complete here."
    ),
    Part.DAYS: N_("By the clock of the computer on which the interview was completed."),
    Part.FIRMS: N_("The computer is the one on which the interview was opened."),
}


def _named(one: ComputerLine) -> str:
    name = devices.called(one.device_id, one.name)
    return f"{name} ({', '.join(one.people)})" if one.people else name


def _area_name(area: Area) -> str:
    return area.name_en if texts.language() == "en" and area.name_en else area.name_tr


def _facts(found: Progress) -> str:
    words = tr(N_("{count} of {total} firms complete"), count=found.received, total=found.expected)
    computers = tr(N_("{count} computers"), count=len(found.computers))
    missing = tr(N_("{count} entries missing"), count=texts.number(found.missing, 0)) if found.missing else ""
    return " · ".join(part for part in (words, computers, missing) if part)
