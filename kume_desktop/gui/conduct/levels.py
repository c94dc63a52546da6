"""The three tables one goes into and out of, the thresholds, and what is said below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.table import GAP, RowsModel, Table
from kume_desktop.gui.conduct import tables, words
from kume_desktop.gui.conduct.rules_form import RulesForm
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.conduct import Conduct, InterviewConduct, QuestionTime
from kume_desktop.texts import N_, _

_BY_SIGNALS = 5
"""The column by which interviews are sorted at first: those with something to look at come first."""
_MOST_BELOW = 5


class Level(StrEnum):
    """What is in front."""

    INTERVIEWERS = "interviewers"
    INTERVIEWS = "interviews"
    TIMES = "times"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: an interviewer, an interview of theirs, or the thresholds over whatever was in front."""

    interviewer: str = ""
    interview_id: str = ""
    rules: bool = False

    @property
    def level(self) -> Level:
        """What is in front."""
        if self.rules:
            return Level.RULES
        if self.interview_id:
            return Level.TIMES
        return Level.INTERVIEWS if self.interviewer else Level.INTERVIEWERS


class Levels(QWidget):
    """`interviewer_opened` and `interview_opened` carry the row that Enter was pressed on."""

    interviewer_opened = Signal(object)
    interview_opened = Signal(object)

    def __init__(self, areas: Mapping[str, str], forms: Mapping[str, str]) -> None:
        super().__init__()
        self.setProperty("own_ring", True)
        self._place, self._times_of = Place(), ""
        self._found: Conduct | None = None
        self._is_reading = False
        self.rules: RulesForm | None = None
        self._where = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self.people = Table(RowsModel(tables.interviewer_columns()), _(N_("Interviewers")))
        self.interviews = Table(RowsModel(tables.interview_columns(areas, forms)), _(N_("Interviews")))
        self.interviews.rows_model.sort(_BY_SIGNALS)
        self.times = Table(RowsModel(tables.question_columns()), _(N_("Questions")))
        self.people.opened.connect(self.interviewer_opened)
        self.interviews.opened.connect(self.interview_opened)
        self.interviews.current_row.connect(lambda _row: self._tell_below())
        self._below = QVBoxLayout()
        self._below.setSpacing(4)
        self._stack = QStackedWidget()
        self._nothing = QWidget()
        self._nothing_box = QVBoxLayout(self._nothing)
        self._nothing_box.setContentsMargins(GAP, 0, GAP, 0)
        for part in (self.people, self.interviews, self.times, self._nothing):
            self._stack.addWidget(part)
        self._lay_out()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, sides, share in ((self._where, margin, 0), (self._stack, margin - GAP, 1)):
            inset = QVBoxLayout()
            inset.setContentsMargins(sides, 4, sides, 4)
            inset.addWidget(part)
            column.addLayout(inset, share)
        column.addWidget(Rule())
        below = QVBoxLayout()
        below.setContentsMargins(margin, 8, margin, 8)
        below.addLayout(self._below)
        column.addLayout(below)

    @property
    def current(self) -> InterviewConduct | None:
        """The interview one is at: the one whose questions are in front, or the one the bar is on."""
        if self._place.interview_id:
            listed = self._found.interviews if self._found is not None else ()
            return next((one for one in listed if one.interview_id == self._place.interview_id), None)
        row = self.interviews.selected() if self._place.level is Level.INTERVIEWS else None
        return row if isinstance(row, InterviewConduct) else None

    def show_conduct(self, found: Conduct | None) -> None:
        """Show other interviews at the same place."""
        self._found = found
        if found is not None:
            _refill(self.people, found.interviewers, "name")
        self.go(self._place)

    def show_times(self, interview_id: str, times: Sequence[QuestionTime]) -> None:
        """Show the questions of an interview."""
        self._times_of = interview_id
        self.times.rows_model.set_rows(times)
        self.times.select(lambda _row: True)
        self.go(self._place)

    def go(self, place: Place) -> None:
        """Put another level, interviewer or interview in front."""
        had_focus = any(table.hasFocus() for table in (self.people, self.interviews, self.times, self))
        if place.interview_id != self._times_of:
            self.times.rows_model.set_rows(())
        self._place = place
        if self._found is not None:
            own = [one for one in self._found.interviews if one.interviewer == place.interviewer]
            _refill(self.interviews, own, "interview_id")
        self._where.setText(self._trail())
        self._where.setHidden(not self._where.text())
        self._stack.setCurrentWidget(self._widget(place.level))
        self._tell_below()
        if had_focus:
            self.take_focus()

    def tell_reading(self, is_reading: bool) -> None:
        """Whether something is being read: a place that is empty says so."""
        self._is_reading = is_reading
        self.go(self._place)

    def put_rules(self, form: RulesForm) -> None:
        """Keep the thresholds for when they are asked for."""
        self.rules = form
        self._stack.addWidget(form)

    def take_focus(self) -> None:
        """The table in front has the focus, or the first threshold."""
        shown = self._stack.currentWidget()
        if isinstance(shown, RulesForm):
            shown.take_focus()
        elif isinstance(shown, Table):
            shown.setFocus()
        else:
            # Keys of the page work only while something in it has the focus.
            self.setFocus()

    def _widget(self, level: Level) -> QWidget:
        if level is Level.RULES and self.rules is not None:
            return self.rules
        table = {Level.INTERVIEWS: self.interviews, Level.TIMES: self.times}.get(level, self.people)
        is_read = self._found is not None and (level is not Level.TIMES or self._times_of == self._place.interview_id)
        if table.rows_model.rows or not (is_read or self._is_reading):
            return table
        empty(self._nothing_box)
        title, how = _nothing(level) if is_read else _reading()
        self._nothing_box.addWidget(EmptyState(title, how))
        return self._nothing

    def _trail(self) -> str:
        """Where one is: interviewer, firm."""
        one = self.current if self._place.interview_id else None
        if self._place.rules:
            return _(N_("Thresholds"))
        steps = [self._place.interviewer, *([f"{one.firm} · {words.duration(one)}"] if one is not None else [])]
        return " · ".join(step for step in steps if step)

    def _tell_below(self) -> None:
        empty(self._below)
        level, one = self._place.level, self.current
        told = words.paragraphs(one) if one is not None and level is Level.INTERVIEWS else _explained(level)
        for place, sentence in enumerate(told[:_MOST_BELOW]):
            self._below.addWidget(Label(sentence, Role.SECOND, Tone.TEXT if place == 0 else Tone.TEXT2, wrap=True))


def _refill(table: Table, rows: Sequence[Any], key: str) -> None:
    """Show other rows; the bar stays on the one it was on."""
    kept = table.selected()
    table.rows_model.set_rows(rows)
    table.select(lambda row: kept is not None and getattr(row, key) == getattr(kept, key))


def _explained(level: Level) -> tuple[str, ...]:
    if level is Level.TIMES:
        told = N_("Usual: the middle half of the interviews that were asked the question. Pauses are not in the time.")
        return (_(told),)
    return (_(N_("Signals inform, they accuse nobody: each may have a good reason. Ask before you judge.")),)


def _reading() -> tuple[str, str]:
    how = N_("They are read beside the window; you can go on elsewhere and come back.")
    return _(N_("Reading the interviews")), _(how)


def _nothing(level: Level) -> tuple[str, str]:
    if level is Level.TIMES:
        return (
            _(N_("No times were kept.")),
            _(N_("Interviews typed from paper, taken in from elsewhere or older than this version have none.")),
        )
    return (
        _(N_("No interviews yet.")),
        _(N_("As soon as interviews are begun, they stand here with what is worth a look.")),
    )
