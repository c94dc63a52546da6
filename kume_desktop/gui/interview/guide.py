"""Going about in an interview: to a question, a section, the next screen, the next problem, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.components.labels import announce
from kume_desktop.gui.interview.extras import GAP
from kume_desktop.gui.interview.open_work import OpenWorkList
from kume_desktop.gui.interview.route_map import RouteMap
from kume_desktop.interview import page as model
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.interview.content import Content
    from kume_desktop.gui.interview.course import Course
    from kume_desktop.interview.page_model import OpenProblem, Screen
    from kume_desktop.interview.state import Interview
    from kume_desktop.problems import Problem


class Guide(QObject):
    """Decides which screen is shown; `titled` names it for the header, `placed` its section for the list."""

    titled = Signal(str)
    placed = Signal(str)

    def __init__(self, course: Course, content: Content, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._course, self._content, self._view = course, content, content.view
        self.map = RouteMap()
        self._mapped: Interview | None = None
        self.work = OpenWorkList(course)
        self.section = ""
        self._view.next_asked.connect(self.forward)
        self._view.back_asked.connect(self.backward)
        content.back_asked.connect(self.return_to_question)
        content.completion.question_asked.connect(self.show_question)
        content.open_list.question_asked.connect(self.show_question)
        course.noted.connect(lambda _path: self._renew_open())
        content.completion.complete_asked.connect(course.complete)
        course.not_completed.connect(self._show_completion)

    def read_map(self) -> None:
        """Read the sections and the order of the screens again."""
        interview = self._course.interview
        if interview is not self._mapped:
            self._mapped = interview
            self.map = RouteMap(model.sections(interview))
        if self._view.screen_path:
            self._view.set_forward(self.map.forward_word(self._view.screen_path))
        self.placed.emit(self.section)

    def open_at(self, question: str) -> None:
        """Show where work goes on: the question asked for, the one that was left, or the first open one."""
        interview = self._course.interview
        places = (question, self._course.session.position, model.first_open(interview))
        wanted = next((path for path in places if path and self._screen(path)), "")
        if wanted:
            self.show_question(wanted)
        elif self.map.stops and self._show(self.map.stops[0].screen):
            self._view.focus_first(empty=True)

    def show_question(self, path: str) -> None:
        """Show the screen of a question and put the focus there."""
        if self.may_go_on() and self._show(path) and not self._view.focus_row(path):
            self._view.focus_first()

    def show_section(self, path: str) -> None:
        """Show the first screen of a section, or why it is not asked."""
        section = self.map.section(path)
        if section is None or not self.may_go_on():
            return
        if section.relevant and section.screens:
            if self._show(section.screens[0]):
                self._view.focus_first(empty=True)
            return
        self._content.show_absent(section)
        self.titled.emit(f"{section.number} · {section.title}")
        self._place(section.path)

    def refresh(self) -> None:
        """Show the present state of the screen; where it is not asked any more, go to one that is."""
        paths = (self._view.current, self._view.screen_path)
        screen = next((found for path in paths if path and (found := self._screen(path))), None)
        if screen is None:
            self.open_at("")
        else:
            if self._content.shows_screen:
                self.titled.emit(f"{screen.section.number} · {screen.section.title}")
            self._view.show_screen(screen, locked=self._course.session.is_completed)

    def _show(self, path: str) -> bool:
        screen = self._screen(path)
        if screen is None:
            return False
        self._put(screen)
        return True

    def _screen(self, path: str) -> Screen | None:
        """The screen of a question, or the one that is called so (by its stem, or by a row that is not asked now)."""
        interview = self._course.interview
        shown = model.screen_of(interview, path)
        return shown or next((screen for screen in model.screens(interview) if screen.path == path), None)

    def _put(self, screen: Screen) -> None:
        self._content.setCurrentWidget(self._view)
        self.titled.emit(f"{screen.section.number} · {screen.section.title}")
        self._view.show_screen(screen, locked=self._course.session.is_completed)
        self._view.set_forward(self.map.forward_word(screen.path))
        self._place(screen.section.path)

    def _place(self, section: str) -> None:
        self.section = section
        self.placed.emit(section)

    def may_go_on(self) -> bool:
        """Commit what is typed and tell whether everything is stored; where not, the page stays."""
        self._view.flush()
        recorder = self._course.recorder
        if recorder.waiting:
            recorder.retry()
        if not recorder.waiting:
            return True
        announce(self._view, recorder.state.text)
        self._view.focus_row(recorder.waiting[0])
        return False

    def forward(self) -> None:
        """The next screen; after the last one, completing."""
        self._go(1)

    def backward(self) -> None:
        """The screen before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if not self.may_go_on():
            return
        self.read_map()
        stop = self.map.beside(self._view.screen_path, step)
        if stop is not None and self._show(stop.screen):
            self._view.focus_first()
        elif step > 0:
            self.finish()

    def add_row(self) -> None:
        """Another row of the repeat that is shown."""
        repeat = self._view.repeat
        if repeat is not None and self.may_go_on():
            self._course.add_row(repeat.repeat)

    def remove_row(self) -> None:
        """Take the row that is shown away; the one before it, or the next, comes into sight."""
        repeat = self._view.repeat
        if repeat is None or not repeat.row or not self.may_go_on():
            return
        rows = [f"{repeat.repeat}[{row}]" for row in self._course.interview.rows(repeat.repeat)]
        place = rows.index(repeat.row)
        beside = [*reversed(rows[:place]), *rows[place + 1 :], repeat.repeat][0]
        self._course.remove_row(repeat.row, beside)

    def show_row(self, path: str) -> None:
        """Show the first screen of a row, or of a repeat without rows."""
        found = (screen for screen in model.screens(self._course.interview) if screen.repeat is not None)
        screen = next((each for each in found if each.repeat and path in {each.repeat.row, each.repeat.repeat}), None)
        if screen is None:
            self.open_at("")
            return
        self._put(screen)
        self._view.focus_first()

    def return_to_question(self) -> None:
        """From the list of what is open back to the question that was left."""
        self.show_question(self._view.current or self._view.screen_path)

    def next_problem(self) -> None:
        """The next question with a warning or a refused value; where there is none, the next one without an answer."""
        found = self.open_problems()
        urgent = [*self._course.refusals, *(one.path for one in found if one.kind is not model.OpenKind.REQUIRED)]
        paths = urgent or list(self.work.skipped()) or [one.path for one in found]
        if not paths:
            announce(self._view, _(N_("Nothing is open.")))
            return
        here = paths.index(self._view.current) if self._view.current in paths else -1
        self.show_question(paths[(here + 1) % len(paths)])

    def open_problems(self) -> tuple[OpenProblem, ...]:
        """What is open, as the form says."""
        return model.open_problems(self._course.interview)

    def show_open(self) -> None:
        """Shift+F8: what is open, each line a link; pressed again, back to the question."""
        if self._content.shows_open:
            self.return_to_question()
        elif self.may_go_on():
            self._content.open_list.show_groups(*self.work.groups())
            self._content.setCurrentWidget(self._content.open_list)
            self.titled.emit(_(N_("What is open")))
            self._content.open_list.take_focus()

    def _renew_open(self) -> None:
        """Something beside the answers changed while the list is in front."""
        if self._content.shows_open:
            self._content.open_list.show_groups(*self.work.groups())
            self._content.open_list.take_focus()

    def finish(self) -> None:
        """Complete the interview, showing first what is open; a completed one is opened again.

        A reviewer's question that nobody answered is shown too; completing from there leaves it open.
        """
        if self._course.session.is_completed:
            self._course.reopen()
        elif self._content.shows_completion:
            self._course.complete(self._content.completion.reasons)
        elif self.may_go_on():
            if self.open_problems() or self._course.refusals or self.work.unanswered():
                self._show_completion()
            else:
                self._course.complete({})

    def _show_completion(self, told: tuple[Problem, ...] = ()) -> None:
        """Show what is open; `told` is why completing was refused just now."""
        interview = self._course.interview
        refused = [(model.row(interview, path), problem) for path, problem in self._course.refusals.items()]
        found = self.open_problems()
        known = [one.problem for one in found]
        more = [problem for problem in told if problem not in known]
        extras = self._course.extras
        asked = self.work.unanswered()
        self._content.completion.show_open(found, refused, more, lambda path: extras.typed(path + GAP), asked)
        self._content.setCurrentWidget(self._content.completion)
        self.titled.emit(_(N_("Complete")))
        self._content.completion.take_focus()
