"""The interview page's content: section list, header, screen and explanation, and what happens after an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Rule, announce
from kume_desktop.gui.interview import keys
from kume_desktop.gui.interview.assistance import helpers_of
from kume_desktop.gui.interview.content import Content
from kume_desktop.gui.interview.course import Course
from kume_desktop.gui.interview.elapsed import Elapsed
from kume_desktop.gui.interview.explanation import Explanation
from kume_desktop.gui.interview.extras import COMMENT, GAP, REASON
from kume_desktop.gui.interview.gathering import Gathering
from kume_desktop.gui.interview.guide import Guide
from kume_desktop.gui.interview.heading import Heading
from kume_desktop.gui.interview.languages import Languages
from kume_desktop.gui.interview.notebook import Notebook
from kume_desktop.gui.interview.notes import NoteAct, sentence
from kume_desktop.gui.interview.opened import facts_of, heading_facts, open_work, paper_mark, standing_of
from kume_desktop.gui.interview.rows import QuestionRow
from kume_desktop.gui.interview.score_strip import ScoreStrip
from kume_desktop.gui.interview.sections import SectionList, Standing
from kume_desktop.gui.interview.sides import Side, Sides
from kume_desktop.gui.interview.tracing import Tracer
from kume_desktop.gui.page import KeyHint
from kume_desktop.interview import page as model
from kume_desktop.interview.rubrics import rubrics
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session

CLOCK_MS = 30_000
SETTLE_MS = 40
"""How long after an answer the list and the counts are worked out again: the answer itself is drawn first."""


class InterviewBody(QWidget):
    """Everything of the page but the window's contract."""

    work_changed = Signal(object)
    hints_changed = Signal()
    left = Signal()
    decision_asked = Signal(str)

    def __init__(self, session: Session, *, wait_for_enter: bool, letters: bool = False) -> None:
        super().__init__()
        self.session = session
        self.course = Course(session, self)
        self.tracer = Tracer(session, self)
        self._wait_for_enter = wait_for_enter
        self.elapsed = Elapsed(session.earlier_ms, self)
        self._standing = Standing(0, 0, 0)
        self._hints: tuple[KeyHint, ...] = ()
        self._was_at = ""
        self.gathering = Gathering(self.course, lambda: self.view.current, self)
        helpers = helpers_of(
            session, self.course, self._act, self.toggle_explanation, self.gathering.save_copy, letters=letters
        )
        self.content = Content(helpers)
        self.view = self.content.view
        self.guide = Guide(self.course, self.content, self)
        self.notebook = Notebook(self.course, self.view, self)
        self.languages = Languages(session, self.guide, self)
        find = partial(_find, self.course)
        self.sections = SectionList(session.firm.name, facts_of(session), find)
        self.explanation = Explanation(lambda path: rubrics(self.course.interview, path))
        people, files = self.gathering.people, self.gathering.files
        self.sides = Sides(self, self.sections, self.explanation, people, files)
        self.header = Heading()
        self.score = ScoreStrip()
        self._finish = Button(_(N_("Complete…")))
        self._lay_out()
        self._connect()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh_list)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_facts)
        self._clock.start(CLOCK_MS)

    def _act(self, act: NoteAct, path: str) -> None:
        runs: dict[NoteAct, Callable[[str], object]] = {
            NoteAct.REASON: self.notebook.give_reason,
            NoteAct.GO_TO: self.guide.show_question,
            NoteAct.COMMENT: self.notebook.comment,
            NoteAct.REPLY: self.notebook.reply,
            NoteAct.RESTORE: self.notebook.restore,
            NoteAct.DROP: self.course.drop_draft,
            NoteAct.DROP_NOTE: lambda where: self.course.drop_draft(where + COMMENT),
            NoteAct.DROP_REASON: lambda where: self.course.drop_draft(where + REASON),
            NoteAct.FILES: self.show_files,
            NoteAct.DECIDE: self.decision_asked.emit,
        }
        runs[act](path)

    def _lay_out(self) -> None:
        close = Button(_(N_("Close")), Kind.QUIET)
        close.clicked.connect(self.left)
        self._finish.clicked.connect(self.guide.finish)
        self.header.add_tool(close)
        self.header.add_tool(self._finish)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.header)
        middle.addWidget(Rule())
        middle.addWidget(self.score)
        middle.addWidget(self.content, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sections)
        whole.addWidget(Rule(upright=True))
        whole.addLayout(middle, 1)
        self.sides.lay_out(whole)

    def _connect(self) -> None:
        self.view.committed.connect(self._give)
        self.view.typed.connect(self.course.typed)
        self.view.attached.connect(self.course.attach)
        self.view.row_asked.connect(self.guide.add_row)
        self.view.row_unwanted.connect(self.guide.remove_row)
        self.course.row_shown.connect(lambda _path: self.refresh_list())
        self.course.row_shown.connect(self.guide.show_row)
        self.languages.turned.connect(self.refresh_list)
        self.view.current_changed.connect(self._moved)
        self.view.focus_moved.connect(self._tell_hints)
        self.view.typed.connect(self.tracer.touched)
        self.view.committed.connect(self.tracer.touched)
        self.course.completing.connect(self.tracer.keep)
        self.course.stored.connect(self._stored)
        self.course.noted.connect(self._noted)
        self.course.refused.connect(self._refused)
        self.course.undone.connect(self._undone)
        self.guide.titled.connect(self._titled)
        self.guide.placed.connect(self._show_sections)
        self.sections.section_asked.connect(self.guide.show_section)
        self.sections.question_asked.connect(self.guide.show_question)
        for used in (self.view.typed, self.view.committed, self.view.focus_moved, self.course.noted):
            used.connect(self.elapsed.touched)
        self.sides.opened.connect(self._fill_side)
        self.sides.shared.connect(self._show_facts)
        self.sides.moved.connect(self._tell_hints)
        self.gathering.changed.connect(self._noted)
        self.content.completion.begun.connect(lambda path, text: self.course.typed(path + GAP, text))

    def open_at(self, question: str) -> None:
        """Show the question asked for, the one that was left, or the first open one."""
        self.refresh_list()
        self.guide.open_at(question)

    def refresh_list(self) -> None:
        """Work out progress, open problems and the order of the screens again."""
        self.guide.read_map()
        self._standing = standing_of(self.course, self.guide.map.sections, len(self.guide.work.skipped()))
        self.sections.show_standing(self._standing)
        self._show_facts()
        self.work_changed.emit(open_work(self._standing))

    def _titled(self, title: str) -> None:
        self.header.set_title(title)
        self._tell_hints()

    def _tell_hints(self) -> None:
        """Tell the window only when other keys work: within a battery they stay the same."""
        now = keys.hints(self)
        if now != self._hints:
            self._hints = now
            self.hints_changed.emit()

    def _show_sections(self, current: str) -> None:
        self.sections.show_sections(self.guide.map.sections, current, tuple(self.course.refusals))

    def _show_facts(self) -> None:
        listed, present = not self.sections.isHidden(), self.gathering.present
        facts = heading_facts(self.session, self.elapsed.minutes, self._standing, listed=listed, present=present)
        self.header.set_mark(paper_mark(self.session))
        self.header.set_facts(facts)
        self._finish.setText(_(N_("Open again")) if self.session.is_completed else _(N_("Complete…")))

    def _give(self, path: str, raw: str) -> None:
        self.course.answer(path, raw)
        row = self.view.row(path)
        if row is not None and path in self.course.recorder.waiting:
            row.hold_focus()

    def _stored(self, path: str) -> None:
        row = self.view.row(path)
        follows = row is not None and row.goes_on
        self.guide.refresh()
        if follows and self.course.interview.values.get(path) and not self._wait_for_enter:
            self.view.advance(path)
        self._later.start(SETTLE_MS)

    def _noted(self, _path: str) -> None:
        self.guide.refresh()
        self._tell_hints()
        self._later.start(SETTLE_MS)

    def _refused(self, path: str) -> None:
        self.guide.refresh()
        row = self.view.row(path)
        problem = self.course.refusals.get(path)
        if row is not None and problem is not None:
            row.hold_focus()
            announce(row, sentence(problem))
        self._later.start(SETTLE_MS)

    def _undone(self, path: str) -> None:
        self.guide.refresh()
        self.guide.show_question(path)
        self._later.start(SETTLE_MS)

    def _moved(self, path: str) -> None:
        self.course.go_to(path, self._settled())
        self._was_at = path
        self.guide.work.visit(path)
        self.tracer.at(path, self.view.screen_path)
        if self.sides.open in {Side.EXPLANATION, Side.FILES}:
            self._fill_side(self.sides.open)
        self._tell_hints()

    def _settled(self) -> str:
        """The question that was left, where nothing stands half typed in its field."""
        row = self.view.row(self._was_at)
        return self._was_at if row is not None and row.input is not None and row.input.unsent() is None else ""

    @property
    def current_row(self) -> QuestionRow | None:
        """The row the keys go to; None where no questions are in front."""
        return self.view.row(self.view.current) if self.content.shows_screen else None

    def take_over(self) -> None:
        """F7: give the answer of the earlier wave at the current question."""
        row = self.current_row
        if row is not None:
            row.take_over()

    def toggle_explanation(self) -> None:
        """F2: open or close the explanation of the current question."""
        self.sides.toggle(Side.EXPLANATION)

    def show_files(self, path: str = "") -> None:
        """Open the files of a question; without a path, of the current one, or close them."""
        if path and self.sides.open == Side.FILES:
            self.gathering.show_files(path)
        else:
            self.view.focus_row(path)
            self.sides.toggle(Side.FILES)

    def _fill_side(self, side: str) -> None:
        match side:
            case Side.PEOPLE:
                self.gathering.show_people()
            case Side.FILES:
                self.gathering.show_files(self.view.current or next((row.path for row in self.view.rows), ""))
            case _:
                row = self.current_row or next(iter(self.view.rows), None)
                if row is not None:
                    self.explanation.explain(row.row, self.view.stem if row.row.likert else "")
                    self.sides.share_width()

    def escape(self) -> bool:
        """Close what lies open; False where nothing does."""
        row = self.current_row
        if self.sections.is_finding:
            self.sides.stop_find()
            return True
        if row is not None and row.escape():
            return True
        if self.sides.open:
            self.sides.close()
            return True
        if not self.content.shows_screen:
            self.guide.return_to_question()
            return True
        return False

    def close_session(self) -> None:
        """Commit what is typed and let the session go."""
        self._clock.stop()
        self.view.flush()
        self._later.stop()
        self.tracer.close()
        self.course.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the width to the questions where there is little of it."""
        super().resizeEvent(event)
        self.sides.share_width()


def _find(course: Course, typed: str) -> Sequence[model.Found]:
    return model.find(course.interview, typed)
