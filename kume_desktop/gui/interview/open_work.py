"""What is open in an interview, gathered from the form, the screen and what was left: for the list and for the bar."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from kume_desktop.gui.interview.extras import COMMENT, REASON, Left
from kume_desktop.gui.interview.notes import sentence, typed_when
from kume_desktop.gui.interview.open_list import WAITS, OpenGroup, OpenLine
from kume_desktop.gui.theme import Tone
from kume_desktop.interview import page as model
from kume_desktop.interview.page_model import OpenKind
from kume_desktop.interview.skipped import skipped
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.interview.course import Course

_TYPED = {
    "": N_("Typed {when}: “{text}”"),
    COMMENT: N_("Note typed {when}: “{text}”"),
    REASON: N_("Reason typed {when}: “{text}”"),
}
_REASON_WHY_EMPTY = N_("Reason for staying empty, typed {when}: “{text}”")


class OpenWorkList:
    """Knows how far the interview has come: what is required and blank before that was skipped."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._visited = {course.session.position} - {""}

    def visit(self, path: str) -> None:
        """The person is at a question."""
        self._visited.add(path)

    def _reached(self, path: str) -> bool:
        if path in self._visited:
            return True
        interview = self._course.interview
        given = interview.values.get(path) and path not in interview.noted
        return bool(given) and path not in self._course.session.brought

    def skipped(self) -> tuple[str, ...]:
        """The required questions that were passed by."""
        return skipped(self._course.interview, self._reached)

    def groups(self) -> tuple[tuple[OpenGroup, ...], int]:
        """The groups of the list, and how many required questions are still to come."""
        course = self._course
        found = model.open_problems(course.interview)
        gaps = [one for one in found if one.kind is OpenKind.REQUIRED]
        passed = set(self.skipped())
        wrong = [one for one in found if one.kind is not OpenKind.REQUIRED and one.path not in course.refusals]
        lines = tuple(OpenLine(one.path, one.number, one.title, sentence(one.problem)) for one in wrong)
        missed = tuple(OpenLine(one.path, one.number, one.title) for one in gaps if one.path in passed)
        groups = (
            OpenGroup(_(N_("Entered and not stored")), "circle-alert", Tone.ERR, tuple(self._refused())),
            OpenGroup(_(WAITS), "corner-up-left", Tone.WARN, self.unanswered()),
            OpenGroup(_(N_("Two answers, one must be chosen")), "git-compare", Tone.ERR, tuple(self._contested())),
            OpenGroup(_(N_("Warnings, and answers that no longer fit")), "triangle-alert", Tone.WARN, lines),
            OpenGroup(_(N_("Required questions that were passed by")), "circle", Tone.TEXT2, missed),
            OpenGroup(_(N_("Marked for later")), "clock", Tone.WARN, tuple(self._marked())),
            OpenGroup(_(N_("Typed and not stored")), "history", Tone.WARN, tuple(self._typed())),
        )
        return groups, len(gaps) - len(missed)

    def _refused(self) -> Iterator[OpenLine]:
        for path, problem in self._course.refusals.items():
            yield self._at(path, sentence(problem))

    def unanswered(self) -> tuple[OpenLine, ...]:
        """What a reviewer asks and nobody has answered yet, of the questions that are asked now."""
        interview, asked = self._course.interview, self._course.session.asked
        waiting = [one for path, one in asked.items() if one.is_open and path in interview.tree.spots]
        said = N_("{person} asks: {text}")
        return tuple(
            self._at(one.path, tr(said, person=one.by, text=one.text))
            for one in waiting
            if interview.is_relevant(one.path)
        )

    def _contested(self) -> Iterator[OpenLine]:
        for path, values in self._course.session.contested.items():
            if path in self._course.interview.tree.spots:
                yield self._at(path, " / ".join(value or "–" for value in values))

    def _marked(self) -> Iterator[OpenLine]:
        """In the order of the form."""
        interview = self._course.interview
        for path in interview.tree.spots if self._course.session.marks else ():
            if path in self._course.session.marks and interview.is_relevant(path):
                yield self._at(path)

    def _typed(self) -> Iterator[OpenLine]:
        """Texts of earlier sittings; where their question is asked no more they can be copied."""
        for left in self._course.extras.left:
            said = tr(_TYPED.get(left.register, _REASON_WHY_EMPTY), when=typed_when(left.at), text=left.text)
            forget = (_(N_("Forget")), partial(self._course.drop_draft, left.key))
            if self._course.interview.is_relevant(left.question):
                yield self._at(left.question, said, (forget,))
            else:
                copy = (_(N_("Copy")), partial(_copy, left))
                name = left.question.rpartition("/")[2]
                told = tr(N_("{said} The question is not asked now."), said=said)
                yield OpenLine("", "", name, told, (copy, forget))

    def _at(self, path: str, said: str = "", acts: tuple = ()) -> OpenLine:  # type: ignore[type-arg]
        row = model.row(self._course.interview, path)
        return OpenLine(path, row.number, row.title, said, acts)


def _copy(left: Left) -> None:
    QGuiApplication.clipboard().setText(left.text)
