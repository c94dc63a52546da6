"""Görüşmelerin gidişi: by interviewer, then their interviews, then the questions of one; thresholds. Staff only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.conduct.levels import Level, Levels, Place
from kume_desktop.gui.conduct.rules_form import RulesForm
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.page import Action, KeyHint, Page, Progress, Toast
from kume_desktop.gui.routes import ConductRoute, FieldRoute, InterviewRoute, Route
from kume_desktop.problems import Refused
from kume_desktop.services import conduct, fieldwork
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem
    from kume_desktop.scoring.conduct.rules import Rules
    from kume_desktop.services.conduct import Conduct
    from kume_desktop.services.views import Area, InstrumentCard

ALL = ""


class ConductPage(Page):
    """Enter goes into a row, Esc out again; what was read stays in sight while it is read anew."""

    def __init__(self, desk: Desk, route: ConductRoute) -> None:
        super().__init__(desk)
        self._place = Place(route.interviewer, route.interview_id)
        self._found: Conduct | None = None
        self._asked: dict[str, Question] = {}
        self._areas = {area.code: _area_name(area) for area in desk.study.areas()}
        forms = {form.instrument_id: _form_name(form) for form in fieldwork.instruments(desk.study)}
        self.levels = Levels(self._areas, forms)
        self.levels.interviewer_opened.connect(lambda row: self._go(Place(row.name)))
        self.levels.interview_opened.connect(lambda row: self._go(replace(self._place, interview_id=row.interview_id)))
        self._notes = QVBoxLayout()
        self._lay_out(route.area)
        self._go(self._place)
        self._ask()
        if route.part == Level.RULES:
            self.toggle_rules()

    def _lay_out(self, area: str) -> None:
        self.header = PageHeader(_(N_("Conduct of interviews")))
        self.area = Picker(_(N_("Area")))
        self.area.set_items([(ALL, _(N_("all"))), *self._areas.items()])
        self.area.set_current(area if area in self._areas else ALL)
        self.area.setMaximumWidth(theme.px(320))
        self.area.picked.connect(lambda _key: self._fill())
        thresholds = Button(_(N_("Thresholds")))
        thresholds.clicked.connect(self.toggle_rules)
        self.header.add_tool(self.area)
        self.header.add_tool(thresholds)
        notes = QVBoxLayout()
        notes.setContentsMargins(theme.metrics().margin, 4, theme.metrics().margin, 0)
        notes.addLayout(self._notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addLayout(notes)
        column.addWidget(self.levels, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Conduct of interviews"))

    @property
    def level(self) -> Level:
        """What is in front."""
        return self._place.level

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of what is in front."""
        rows, back = KeyHint("Up Down", _(N_("Row"))), KeyHint("Esc", _(N_("Back")))
        thresholds, opened = KeyHint("Ctrl+T", _(N_("Thresholds"))), KeyHint("Ctrl+O", _(N_("Open the interview")))
        match self.level:
            case Level.INTERVIEWERS:
                inside = KeyHint("Return", _(N_("Their interviews")))
                return (rows, inside, KeyHint("Alt+A", _(N_("Choose an area"))), thresholds)
            case Level.INTERVIEWS:
                return (rows, KeyHint("Return", _(N_("Times of its questions"))), opened, back, thresholds)
            case Level.TIMES:
                return (rows, opened, back)
            case Level.RULES:
                return (KeyHint("Tab", _(N_("Next field"))), back)

    def actions_here(self) -> tuple[Action, ...]:
        """Area, thresholds, the interview itself, its firm, reading again."""
        return (
            Action("area", _(N_("Choose an area")), self.area.open_list, "Alt+A"),
            Action("thresholds", _(N_("Thresholds")), self.toggle_rules, "Ctrl+T"),
            Action("open", _(N_("Open the interview")), self.open_interview, "Ctrl+O"),
            Action("firm", _(N_("Show the firm")), self.show_firm, "Ctrl+F"),
            Action("again", _(N_("Read again")), self.refresh, "F5", bound=False),
        )

    def on_shown(self) -> None:
        """The table in front has the focus; the bar says what is being read."""
        self.levels.take_focus()
        self._tell_busy()

    def refresh(self) -> None:
        """Read anew; the content stays in sight."""
        self._ask()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """This place."""
        part = Level.RULES if self._place.rules else ""
        return ConductRoute(self._place.interviewer, self._place.interview_id, self.area.current, part)

    def cancel(self) -> bool:
        """Esc: out of what is in front; at the interviewers, the window goes back."""
        match self.level:
            case Level.RULES:
                self.toggle_rules()
            case Level.TIMES:
                self._go(replace(self._place, interview_id=""))
            case Level.INTERVIEWS:
                self._go(Place())
            case Level.INTERVIEWERS:
                return False
        return True

    def leave(self) -> None:
        """Nobody waits for answers any more."""
        super().leave()
        for question in self._asked.values():
            question.drop()

    def toggle_rules(self) -> None:
        """Show the thresholds, or what was in front before."""
        if self.levels.rules is None:
            form = RulesForm(conduct.rules(self.desk.study))
            form.changed.connect(self._save_rules)
            self.levels.put_rules(form)
        self._go(replace(self._place, rules=not self._place.rules))

    def open_interview(self) -> None:
        """Go to the interview one is at."""
        if (one := self.levels.current) is not None:
            self.navigate.emit(InterviewRoute(one.unit_id, one.instrument_id))

    def show_firm(self) -> None:
        """Go to the firm of the interview one is at."""
        if (one := self.levels.current) is not None:
            self.navigate.emit(FieldRoute(one.unit_id))

    def _go(self, place: Place) -> None:
        wants_times = bool(place.interview_id) and place.interview_id != self._place.interview_id
        self._place = place
        self.levels.go(place)
        self.area.setVisible(self.level in {Level.INTERVIEWERS, Level.INTERVIEWS})
        self.levels.take_focus()
        self.hints_changed.emit()
        if wants_times:
            self._ask_times()

    def _ask(self) -> None:
        self._put(conduct.CONDUCT, self._take)
        if self._place.interview_id:
            self._ask_times()

    def _ask_times(self) -> None:
        interview_id = self._place.interview_id

        def take(answer: Any) -> None:
            self._answered(conduct.CONDUCT_TIMES)
            self.levels.show_times(interview_id, conduct.times_of(answer))
            if self.level is Level.TIMES:
                self.levels.take_focus()

        self._put(conduct.CONDUCT_TIMES, take, interview_id=interview_id)

    def _put(self, verb: str, take: Callable[[Any], object], **params: str) -> None:
        if (old := self._asked.pop(verb, None)) is not None:
            old.drop()
        question = self.desk.companion.ask(self, verb, **params)
        question.answered.connect(take)
        question.refused.connect(lambda _problems: self._answered())
        question.refused.connect(self._show_problems)
        self._asked[verb] = question
        self._tell_busy()

    def _answered(self, verb: str = "") -> None:
        """A question was answered; without a verb, every one was or never will be."""
        self._asked = {name: asked for name, asked in self._asked.items() if verb and name != verb}
        self._tell_busy()

    def _tell_busy(self) -> None:
        """The thin line and the bar say that something is being read, as long as it is."""
        progress = Progress(0, 0, _(N_("Reading the interviews"))) if self._asked else None
        self.header.set_busy(progress)
        self.busy.emit(progress)
        self.levels.tell_reading(bool(self._asked))

    def _take(self, answer: Any) -> None:
        self._answered(conduct.CONDUCT)
        self._found = conduct.conduct_of(answer)
        self._fill()

    def _fill(self) -> None:
        if self._found is not None:
            narrowed = self._found.of_area(self.area.current)
            self.header.set_facts(_facts(narrowed, self._found))
            self.levels.show_conduct(narrowed)

    def _save_rules(self, wanted: Rules) -> None:
        before = conduct.rules(self.desk.study)

        def back() -> None:
            if self._store(before) and self.levels.rules is not None:
                self.levels.rules.show_rules(before)

        if self._store(wanted):
            self.toast.emit(Toast(_(N_("Thresholds changed")), undo=back))

    def _store(self, wanted: Rules) -> bool:
        try:
            conduct.save_rules(self.desk.study, wanted)
        except Refused as refused:
            self._show_problems(refused.problems)
            return False
        self._show_problems(())
        self._ask()
        return True

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        empty(self._notes)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            note.say()


def _area_name(area: Area) -> str:
    return area.name_en if texts.language() == "en" and area.name_en else area.name_tr


def _form_name(form: InstrumentCard) -> str:
    return (form.title_en if texts.language() == "en" else "") or form.title_tr or form.instrument_id


def _facts(narrowed: Conduct, whole: Conduct) -> str:
    counted = tr(N_("{count} interviews"), count=len(narrowed.interviews))
    times = tr(N_("{count} with times"), count=sum(one.minutes is not None for one in narrowed.interviews))
    fewest = whole.rules.fewest
    if whole.timed < fewest:
        return f"{counted} · {times} · {tr(N_('nothing is compared below {fewest}'), fewest=fewest)}"
    return f"{counted} · {times}"
