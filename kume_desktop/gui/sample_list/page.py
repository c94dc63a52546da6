"""A list of firms from a workbook: read, say its columns, look at its rows, decide, import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import Route, SampleListRoute
from kume_desktop.gui.sample_list import acts, files
from kume_desktop.gui.sample_list.body import COLUMNS, FIRMS, PARTS, START, ListBody
from kume_desktop.gui.sample_list.course import Course
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.sample_lists.importing import Imported
    from kume_desktop.services.sample_lists.undoing import TakenBack

_ASKED_AGAIN = frozenset({"list.undecided", "list.pairs-open", "list.differences-open"})


class SampleListPage(Page):
    """Nothing is stored before "Al"; what was said about a file is kept while the page is in front."""

    def __init__(self, desk: Desk, route: SampleListRoute) -> None:
        super().__init__(desk)
        self.course = Course(desk, self, route.file, route.asked)
        self._wanted = route.part
        self._last_import = ""
        self.body = ListBody(desk, self.course, self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        self._connect()

    def _connect(self) -> None:
        course, body = self.course, self.body
        body.file_dropped.connect(self.look)
        body.primary.clicked.connect(self.go_on)
        body.tabs.chosen.connect(self.show_part)
        body.start.back_asked.connect(self.take_back)
        body.columns.said.connect(self._said)
        body.rows.decided.connect(lambda choices: self._said({"choices": choices}))
        body.pairs.decided.connect(lambda pairs: self._said({"pairs": pairs}))
        body.differences.decided.connect(lambda sides: self._said({"sides": sides}))
        course.progressed.connect(body.show_progress)
        course.progressed.connect(self.busy)
        course.looked.connect(self._show_file)
        course.checked_rows.connect(self._show_checked)
        course.taken.connect(self._taken)
        course.taken_back.connect(self._was_taken_back)
        course.refused.connect(self._refuse)
        course.cancelled.connect(lambda: body.note(_(N_("Stopped. Nothing was stored.")), is_error=False))

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Take a list of firms"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """What works in the part in front."""
        return acts.hints(self.body.part, self.body.primary.text())

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do with the list."""
        return acts.actions(self)

    def on_shown(self) -> None:
        """Read the file that the page was left with; else the button to choose one has the focus."""
        if self.course.file is not None and self.course.outline is None and not self.course.is_running:
            self.course.look()
        self.body.take_focus()

    def here(self, route: Route) -> Route:
        """The file, the part in front and everything that was said."""
        if self.course.file is None:
            return route
        return SampleListRoute(str(self.course.file), self.body.part, self.course.asked.to_json())

    def leave(self) -> None:
        """What was typed is kept; what the worker had begun is stopped, and nothing of it stored."""
        super().leave()
        self.course.let_go()

    def cancel(self) -> bool:
        """Esc stops the worker, else goes back to the columns, else leaves."""
        if self.course.cancel():
            return True
        if self.body.part in PARTS[1:]:
            self.show_part(COLUMNS)
            return True
        return False

    def retry(self) -> object:
        """Read the file again: it may have been saved since."""
        if self.course.file is not None:
            self.course.look()
        return self.course.file is not None

    def next_problem(self) -> object:
        """Go to the next question that is open."""
        part = self.body.next_open()
        if part:
            self.show_part(part)
        return bool(part)

    def undo(self) -> object:
        """Take the import back that was made here last."""
        if self._last_import:
            self.take_back(self._last_import)
        return bool(self._last_import)

    def choose(self) -> None:
        """Ask for a file and look at it."""
        near = self.course.file.parent if self.course.file is not None else Path.home()
        file = files.ask_list(self, near)
        if file is not None:
            self.look(file)

    def look(self, file: Path) -> None:
        """Look at a file."""
        self.body.clear_notes()
        self._wanted = ""
        self.course.look(file)

    def go_on(self) -> None:
        """The next step: choose, check, answer what is open, import."""
        course = self.course
        if course.is_running:
            return
        if course.outline is None:
            self.choose()
        elif course.checked is not None and course.open_questions:
            self.next_problem()
        else:
            self.body.clear_notes()
            (course.take if course.is_settled else course.check)()

    def show_part(self, part: str) -> None:
        """Bring a part to the front; those after the columns need the rows to be checked."""
        if self.course.outline is not None and part != COLUMNS and self.course.checked is None:
            self._wanted = part
            self.go_on()
            return
        self.body.bring(START if self.course.outline is None else part)
        self._tell_open()

    def take_back(self, frame_id: str) -> None:
        """Let the worker take an import back."""
        if not self.course.is_running:
            self.course.take_back(frame_id)

    # --- what a person said, and what comes back ---

    def _said(self, changes: Mapping[str, object]) -> None:
        outline = self.course.outline
        if "head_row" in changes:
            self.course.look_again(self.course.asked.sheet, int(str(changes["head_row"])))
            return
        if "sheet" in changes and outline is not None:
            sheet = outline.sheet(str(changes["sheet"]))
            self.course.say(sheet=sheet.title, head_row=sheet.head_row, fields=dict(sheet.guessed))
            self.body.columns.show_file(outline, self.course.asked)
        else:
            self.course.say(**changes)
        if self.body.part == COLUMNS:
            self.body.preview()
        self.body.say()
        self._tell_open()

    def _show_file(self) -> None:
        self.body.clear_notes()
        self.body.show_file()
        wanted, self._wanted = self._wanted, ""
        self.show_part(wanted if wanted in PARTS else COLUMNS)

    def _show_checked(self) -> None:
        self.body.show_checked()
        wanted, self._wanted = self._wanted, ""
        self.show_part(wanted if wanted in PARTS else self.body.next_open() or FIRMS)

    def _taken(self, done: Imported) -> None:
        from kume_desktop.services.sample_lists import words

        self._last_import = done.frame_id
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self._begin_again(words.told(done), Toast(words.told(done), self.undo if done.frame_id else None))

    def _was_taken_back(self, done: TakenBack) -> None:
        from kume_desktop.services.sample_lists import words

        self._last_import = ""
        self._begin_again(words.taken_back(done), Toast(words.taken_back(done)))

    def _begin_again(self, told: str, toast: Toast) -> None:
        """Something was stored: say what, and be ready for the next list."""
        self.desk.tell_changed()
        self.course.forget()
        self.body.show_imports()
        self.body.clear_notes()
        self.show_part(START)
        self.body.note(told, is_error=False)
        self.toast.emit(toast)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong; questions that the import found open are asked again."""
        if {one.code for one in problems} & _ASKED_AGAIN:
            self.course.check()
            return
        self.body.clear_notes()
        for one in problems:
            self.body.note(texts.say(one), is_error=one.is_error)
        self.body.say()

    def _tell_open(self) -> None:
        count = self.course.open_questions
        self.problem_shown.emit(OpenWork(tr(N_("{count} open questions"), count=count)) if count else None)
        self.hints_changed.emit()
