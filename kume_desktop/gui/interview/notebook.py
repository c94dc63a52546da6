"""What a person writes beside an answer: the reason for a warning, a comment, a mark for later, a text brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kume_desktop.gui.interview import extras
from kume_desktop.services.review import locks
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.interview.course import Course
    from kume_desktop.gui.interview.rows import QuestionRow
    from kume_desktop.gui.interview.screen import ScreenView

REASON, COMMENT, REPLY = "reason", "comment", "reply"
_REGISTERS = {REASON: extras.REASON, COMMENT: extras.COMMENT}


class Notebook(QObject):
    """Opens the editor under a row and hands what is kept to the course."""

    def __init__(self, course: Course, view: ScreenView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._course, self._view = course, view
        view.edited.connect(self._edited)
        view.begun.connect(self._begun)

    def give_reason(self, path: str = "") -> None:
        """F4: write why a warned answer is right as it is; without a path, at the current row or the first warned."""
        row = self._view.row(path or self._view.current)
        if row is None or not _is_warned(row):
            row = next((other for other in self._view.rows if _is_warned(other)), None)
        if row is not None and row.row.problem is not None:
            begun = self._course.extras.typed(row.path + extras.REASON)
            row.edit(REASON, _(N_("Why is it right as it is?")), begun or row.row.problem.reason, needed=True)

    def comment(self, path: str = "") -> None:
        """Ctrl+M: write a note on a question; without a path, on the current one."""
        row = self._view.row(path or self._view.current)
        if row is not None:
            begun = self._course.extras.typed(row.path + extras.COMMENT)
            row.edit(COMMENT, _(N_("Note on this question")), begun or row.shown.comment)

    def reply(self, path: str = "") -> None:
        """Ctrl+R: answer what a reviewer asked; without a path, at the current row or the first one asked about."""
        rows = (self._view.row(path or self._view.current), *self._view.rows)
        row = next((one for one in rows if one is not None and one.shown.asked is not None), None)
        if row is not None and row.shown.asked is not None:
            row.edit(REPLY, _(N_("Your answer to the reviewer")), row.shown.asked.reply)

    def mark(self) -> None:
        """F9: mark the current question for later, or take the mark away."""
        if self._view.current:
            self._course.mark(self._view.current)

    def restore(self, path: str) -> None:
        """Give the text that was typed before and never stored."""
        row = self._view.row(path)
        if row is not None and row.shown.draft is not None:
            self._course.answer(path, row.shown.draft.text)
            self._view.focus_row(path)

    def _begun(self, path: str, kind: str, text: str) -> None:
        """Keep what is being written, so that a killed program loses next to nothing of it."""
        if kind in _REGISTERS and not self._course.session.is_completed:
            self._course.typed(path + _REGISTERS[kind], text)

    def _edited(self, path: str, kind: str, text: str) -> None:
        if kind == COMMENT:
            self._course.comment(path, text)
        elif kind == REPLY:
            self._reply(path, text)
        elif text:
            self._course.reason(path, text)

    def _reply(self, path: str, text: str) -> None:
        session = self._course.session
        before = session.asked[path].reply if path in session.asked else ""
        self._course.write_beside(path, before, text, partial(locks.reply, session), extras.REPLY)


def _is_warned(row: QuestionRow) -> bool:
    return row.row.problem is not None and row.row.problem.soft
