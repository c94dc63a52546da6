"""Alıştırma: a made-up firm is interviewed in a study of its own; a key tells what should have been entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.figures.section_head import SectionHead, empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Toast
from kume_desktop.gui.practice import words
from kume_desktop.gui.practice.key_form import KeyForm
from kume_desktop.gui.practice.result_view import ResultView
from kume_desktop.gui.routes import InterviewRoute, PracticeRoute, Route
from kume_desktop.gui.tasks import Task
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services import practice
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem
    from kume_desktop.services.practice import Attempt, Form

STAFF = "staff"
_WIDTH = 960
_TOLD = N_(
    "You interview a made-up firm that speaks beside the questions, exactly as in the field. When you complete it, "
    "what you entered is compared with a key. Practice lies in a file of its own on this computer: it is never sent, "
    "merged or counted."
)


class PracticePage(Page):
    """Outside of practice: go in, and what came of it so far. Inside: questionnaires, attempts, and the way back."""

    def __init__(self, desk: Desk, route: PracticeRoute) -> None:
        super().__init__(desk)
        self._route = route
        self._task: Task | None = None
        self._question: Question | None = None
        self._inside = desk.is_practising
        self._undone: Callable[[], object] | None = None
        self._key: KeyForm | None = None
        self.header = PageHeader(_(N_("Practice")))
        self._go = Button(_(N_("Practise")), Kind.PRIMARY)
        self._go.clicked.connect(self.begin)
        self._back = Button(_(N_("End the practice")))
        self._back.clicked.connect(self.end)
        self.forms = Table(RowsModel(_form_columns()), _(N_("Questionnaires")))
        self.forms.opened.connect(self.practise)
        self.attempts = Table(RowsModel(_attempt_columns()), _(N_("Practice so far")))
        self.attempts.current_row.connect(self._show_attempt)
        self.result = ResultView()
        self._notes = QVBoxLayout()
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin - RING_ROOM
        scroll = ScrollColumn(theme.px(_WIDTH), margins=(margin, 4, margin, 16))
        scroll.column.setSpacing(8)
        scroll.column.addLayout(self._notes)
        scroll.column.addWidget(Label(_(_TOLD), Role.BODY, Tone.TEXT2, wrap=True))
        self.header.add_tool(self._back)
        self.header.add_tool(self._go)
        if self._inside:
            scroll.column.addWidget(SectionHead(_(N_("Questionnaires")), _(N_("Enter begins or goes on"))))
            scroll.column.addWidget(self.forms)
        else:
            self._back.hide()
            self.forms.setParent(self)
            self.forms.hide()
        scroll.column.addWidget(SectionHead(_(N_("Practice so far")), _(N_("on this computer, the newest first"))))
        scroll.column.addWidget(self.attempts)
        scroll.column.addWidget(self.result, 1)
        if self.desk.study_behind.role == STAFF:
            scroll.column.addWidget(self._key_form())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addWidget(scroll, 1)

    def _key_form(self) -> KeyForm:
        self._key = KeyForm(practice.pass_mark(self.desk.study_behind))
        self._key.mark_changed.connect(self._save_mark)
        self._key.key_wanted.connect(self.make_key)
        self._key.key_unwanted.connect(self.drop_key)
        return self._key

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Practice"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Begin, attempts, the way back."""
        if not self._inside:
            return (KeyHint("Ctrl+Return", _(N_("Practise"))), KeyHint("Up Down", _(N_("Attempt"))))
        return (
            KeyHint("Return", _(N_("Practise"))),
            KeyHint("Up Down", _(N_("Row"))),
            KeyHint("Ctrl+W", _(N_("End the practice"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Begin, and from within the way back."""
        begin = Action("practise", _(N_("Practise")), self.begin, "Ctrl+Return", icon="play")
        end = Action("end-practice", _(N_("End the practice")), self.end, "Ctrl+W")
        return (begin, end) if self._inside else (begin,)

    def on_shown(self) -> None:
        """Inside, the questionnaires have the focus, or the attempt just finished; outside, the way in."""
        if self._inside and self.forms.rows_model.rows:
            self.forms.setFocus()
        else:
            self._go.setFocus()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """This page."""
        return self._route

    def side_panel(self) -> ResultView:
        """The result of the attempt the bar is on."""
        return self.result

    def undo(self) -> bool:
        """Take the last change of key or pass mark back."""
        undone, self._undone = self._undone, None
        if undone is not None:
            undone()
        return undone is not None

    def cancel(self) -> bool:
        """Esc: stop preparing; inside, nothing else: the practice is ended by its own key."""
        if self._task is not None and self._task.is_running:
            self._task.cancel()
            return True
        return self._inside

    def leave(self) -> None:
        """Nobody waits any more."""
        super().leave()
        if self._question is not None:
            self._question.drop()
        if self._task is not None:
            self._task.cancel()

    def begin(self) -> None:
        """Go into the practice; inside, practise the questionnaire the bar is on."""
        if self._inside:
            row: Any = self.forms.selected()
            if row is not None:
                self.practise(row)
        elif self._task is None or not self._task.is_running:
            from kume_desktop.services import worker

            self._task = Task(worker.request(self.desk.study, "practice"), self)
            self._task.progressed.connect(self.busy)
            self._task.finished.connect(self._made)
            self._task.refused.connect(self._refused)
            self._task.cancelled.connect(lambda: self.busy.emit(None))
            self._task.start()

    def _made(self, _result: object) -> None:
        self.busy.emit(None)
        try:
            opened = practice.open_practice(self.desk.study)
        except Refused as refused:
            self._refused(refused.problems)
            return
        self.desk.practise(opened)

    def practise(self, form: Form) -> None:
        """Interview the made-up firm with a questionnaire: the attempt that was left open, or a new one."""
        try:
            unit_id = practice.begin(self.desk.study, form.instrument_id)
        except Refused as refused:
            self._refused(refused.problems)
            return
        self.navigate.emit(InterviewRoute(unit_id, form.instrument_id))

    def end(self) -> None:
        """Back to the study itself."""
        self.desk.end_practice()

    def make_key(self, said: str) -> None:
        """Make the answers of the attempt the bar is on the key of its questionnaire."""
        one: Any = self.attempts.selected()
        if one is None:
            return
        study = self.desk.study_behind
        before = practice.key_of(study, one.instrument_id)

        def carry_out() -> None:
            if self._inside:
                practice.key_from_attempt(study, self.desk.study, one.unit_id, said)
            else:
                with practice.open_practice(study) as opened:
                    practice.key_from_attempt(study, opened, one.unit_id, said)

        def back() -> None:
            if before is not None and before.is_of_staff:
                practice.save_key(study, before)
            else:
                practice.drop_key(study, one.instrument_id)

        self._change(carry_out, back, tr(N_("New key: {form}"), form=words.titled(one)))

    def drop_key(self) -> None:
        """Use the key of the program for the questionnaire of the attempt the bar is on."""
        one: Any = self.attempts.selected()
        if one is None:
            return
        study = self.desk.study_behind
        before = practice.key_of(study, one.instrument_id)
        if before is None or not before.is_of_staff:
            return
        self._change(
            lambda: practice.drop_key(study, one.instrument_id),
            lambda: practice.save_key(study, before),
            tr(N_("Key of the program: {form}"), form=words.titled(one)),
        )

    def _save_mark(self, wanted: int) -> None:
        study = self.desk.study_behind
        before = practice.pass_mark(study)

        def back() -> None:
            practice.save_pass_mark(study, before)
            if self._key is not None:
                self._key.show_mark(before)

        if wanted != before:
            told = tr(N_("Pass mark {share}"), share=texts.percent(wanted / 100))
            self._change(lambda: practice.save_pass_mark(study, wanted), back, told)

    def _change(self, act: Callable[[], object], back: Callable[[], object], told: str) -> None:
        """Carry something out that goes for the next attempts; inside, the practice takes it over at once."""
        try:
            act()
            self._take_over()
        except Refused as refused:
            self._refused(refused.problems)
            return
        self._refused(())

        def undo() -> None:
            back()
            self._take_over()

        self._undone = undo
        self.toast.emit(Toast(told, undo=undo))

    def _take_over(self) -> None:
        if self._inside:
            practice.bring_up(self.desk.study_behind, self.desk.study)
            self._fill()

    def _fill(self) -> None:
        if self._inside:
            self.forms.rows_model.set_rows(practice.forms(self.desk.study))
            self.forms.select(lambda _row: True)
            self._show_attempts(practice.attempts(self.desk.study))
            _fit(self.forms)
            return
        self._show_attempts(())
        self._question = self.desk.companion.ask(self, practice.OVERVIEW)
        self._question.answered.connect(lambda answer: self._show_attempts(practice.overview_of(answer)))
        self._question.refused.connect(self._refused)

    def _show_attempts(self, found: Sequence[Attempt]) -> None:
        person, role = self.desk.study_behind.person, self.desk.study_behind.role
        own = [one for one in found if role == STAFF or one.person == person]
        self.attempts.rows_model.set_rows(own)
        self.attempts.setVisible(bool(own))
        _fit(self.attempts)
        self.attempts.select(lambda row: row.unit_id == self._route.result)
        self._show_attempt(self.attempts.selected())
        passed = sum(one.is_passed is True for one in own)
        self.header.set_facts(tr(N_("{count} attempts, {passed} passed"), count=len(own), passed=passed) if own else "")

    def _show_attempt(self, row: Any) -> None:
        self.result.show_attempt(row)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.busy.emit(None)
        empty(self._notes)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            note.say()


def _fit(table: Table) -> None:
    """At most five rows high: the page scrolls, not the table in it."""
    rows = min(max(len(table.rows_model.rows), 1), 5)
    table.setFixedHeight((rows + 1) * theme.metrics().table_row + 4)


def _form_columns() -> tuple[Column[Form], ...]:
    return (
        Column("title", _(N_("Questionnaire")), words.titled, first=True),
        Column("key", _(N_("Key")), words.key_of),
        Column("state", _(N_("State")), lambda one: _(N_("left open")) if one.begun else _(N_("new")), width=140),
    )


def _attempt_columns() -> tuple[Column[Attempt], ...]:
    return (
        Column("at", _(N_("When")), words.when, lambda one: -one.at.timestamp(), 140),
        Column("title", _(N_("Questionnaire")), words.titled, first=True),
        Column("person", _(N_("Interviewer")), lambda one: one.person, width=160),
        Column("share", _(N_("Right")), words.share, lambda one: one.share or 0.0, 140, True),
        Column("verdict", _(N_("Result")), words.verdict, width=150),
        Column("minutes", _(N_("Duration")), words.duration, lambda one: one.minutes or 0.0, 90, True),
    )
