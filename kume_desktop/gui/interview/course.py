"""The course of one interview: what is given goes to the session, what comes back is kept for the screen.

It holds no rule and no widget: the session decides, the page shows. What was refused or could not be stored yet is
kept here, so that the value stays in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.interview.extras import COMMENT, GAP, REASON, Extras, Left
from kume_desktop.gui.interview.keeper import Keeper
from kume_desktop.gui.interview.recorder import Act, Recorder
from kume_desktop.interview import page as model
from kume_desktop.interview.reasons import row_of
from kume_desktop.problems import Problem, Refused
from kume_desktop.services.views import Saved

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.services.attachments import Attachment
    from kume_desktop.services.interviewing import Session
    from kume_desktop.services.review.queries import Query


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row shows besides the question itself.

    `value` is the stored answer, or the one that was refused or waits; `refusal` says why it is not stored. `draft`,
    `note_draft` and `reason_draft` were typed in an earlier sitting and wait for a person; `files` counts the evidence.
    `read_again`: it was answered, and what is read out there has other words now.
    """

    value: str
    refusal: Problem | None = None
    waiting: bool = False
    comment: str = ""
    later: bool = False
    draft: Left | None = None
    note_draft: Left | None = None
    reason_draft: Left | None = None
    files: int = 0
    asked: Query | None = None
    rivals: tuple[str, ...] = ()
    read_again: bool = False


@dataclass(frozen=True, slots=True)
class _Given:
    """An act of this sitting, and how it is taken back."""

    path: str
    take_back: Callable[[], Saved | None]
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class _Refused:
    raw: str
    problem: Problem


class Course(QObject):
    """Acts on the session one after the other.

    `stored(path)` and `refused(path)` tell what became of an answer, `noted(path)` that something beside it changed,
    `warned(problem)` what the form could not work out (once for each question), `row_shown(path)` which row (or empty
    repeat) is to be seen after a row came or went.
    """

    stored = Signal(str)
    noted = Signal(str)
    refused = Signal(str)
    undone = Signal(str)
    row_shown = Signal(str)
    warned = Signal(object)
    completing = Signal()
    completed = Signal()
    not_completed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.recorder = Recorder(self, session.last_saved)
        self._refused: dict[str, _Refused] = {}
        self._held: dict[str, str] = {}
        self._given: list[_Given] = []
        self.extras = Extras(session)
        self._keeper = Keeper(session, self)
        self._keeper.kept.connect(self.recorder.tell_drafted)
        self._closed = False
        self._warned: set[tuple[str, str | None]] = set()

    @property
    def interview(self) -> Interview:
        """The interview as the session has it now."""
        return self.session.interview

    @property
    def refusals(self) -> Mapping[str, Problem]:
        """Path -> why the value in its field is not stored."""
        return {path: refused.problem for path, refused in self._refused.items()}

    def shown(self, row: model.Row) -> Shown:
        """What the row at `row.path` shows besides the question."""
        path, refused = row.path, self._refused.get(row.path)
        value = refused.raw if refused is not None else self._held.get(path, row.value)
        return Shown(
            value=value,
            refusal=refused.problem if refused is not None else None,
            waiting=path in self._held,
            comment=self.session.comments.get(path, ""),
            later=path in self.session.marks,
            draft=self.extras.draft(path),
            note_draft=self.extras.draft(path + COMMENT),
            reason_draft=self.extras.draft(path + REASON),
            files=len(self.extras.files.get(path, ())),
            asked=self.session.asked.get(path),
            rivals=self.session.contested.get(path, ()),
            read_again=path in self.session.read_again and not row.value,
        )

    def answer(self, path: str, raw: str) -> None:
        """Store an answer; '' clears it."""
        self._keeper.forget(path)
        self.extras.forget(path)
        self._held[path] = raw
        self._submit(
            path,
            lambda: self._give(path, lambda: self.session.answer(path, raw)),
            lambda saved: self._answered(saved, path, raw),
        )

    def attach(self, path: str, what: Attachment | Refused) -> None:
        """Answer with a file that was read, or show why it was not."""
        if isinstance(what, Refused):
            self._answered(Saved(None, what.problems, path), path, self.interview.value(path))
            return
        from kume_desktop.services import attachments

        self._submit(
            path,
            lambda: self._give(path, lambda: attachments.attach(self.session, path, what)),
            lambda saved: self._answered(saved, path, what.name if saved.at else self.interview.value(path)),
        )

    def add_row(self, repeat: str) -> None:
        """Add a row to a repeat; `row_shown` with it follows."""
        self._submit(
            repeat, lambda: self.session.add_row(repeat), lambda saved: self._rows_changed(saved, saved.path), "row"
        )

    def remove_row(self, row: str, beside: str) -> None:
        """Take a row out of a repeat; `row_shown(beside)` follows, a row next to it or the repeat."""
        self._submit(row, lambda: self.session.remove_row(row), lambda saved: self._rows_changed(saved, beside), "row")

    def _rows_changed(self, saved: Saved, shown: str) -> None:
        if saved.at is None:
            return
        self._given.append(_Given(saved.path, self.session.undo, is_answer=True))
        gone = [path for path in self._refused if path not in self.interview.tree.spots]
        for path in gone:
            del self._refused[path]
        self.row_shown.emit(shown)
        self._warn(saved)

    def _give(self, path: str, give: Callable[[], Saved]) -> Saved:
        """Answer; what changed goes on the list of what can be undone, as the session keeps it too."""
        before = self.interview.value(path)
        saved = give()
        if saved.at is not None and self.interview.value(path) != before:
            self._given.append(_Given(path, self.session.undo, is_answer=True))
        return saved

    def _answered(self, saved: Saved, path: str, raw: str) -> None:
        self._held.pop(path, None)
        if saved.at is None and saved.problems:
            self._refused[path] = _Refused(raw, saved.problems[0])
            self._keeper.text(path, raw)
            self.refused.emit(path)
            return
        for each in dict.fromkeys((path, row_of(self.interview, path))):
            if self._refused.pop(each, None) is not None:
                self._keeper.text(each, "")
        self.stored.emit(path)
        self._warn(saved)

    def _warn(self, saved: Saved) -> None:
        """Tell what the form could not work out, once in a sitting: the answer is stored all the same."""
        for one in saved.problems:
            if (one.code, one.where.question) not in self._warned:
                self._warned.add((one.code, one.where.question))
                self.warned.emit(one)

    def reason(self, path: str, text: str) -> None:
        """Store why a warned answer is right as it is."""
        before = self.interview.overrides.get(path, "")
        self.write_beside(path, before, text, self.session.override, REASON)

    def comment(self, path: str, text: str) -> None:
        """Store a comment on a question; '' takes it away."""
        before = self.session.comments.get(path, "")
        self.write_beside(path, before, text, self.session.comment, COMMENT)

    def mark(self, path: str) -> None:
        """Mark a question for later, or take the mark away."""
        take_back = _Given(path, lambda: self.session.mark(path))
        self._submit(path, lambda: self.session.mark(path), lambda saved: self._noted(saved, take_back), "mark")

    def write_beside(
        self, path: str, before: str, text: str, write: Callable[[str, str], Saved], register: str
    ) -> None:
        """Store a text beside an answer; it is undone by storing the text before it. Then its draft is forgotten."""
        given = _Given(path, lambda: write(path, before))

        def done(saved: Saved) -> None:
            if saved.at is not None:
                self.drop_draft(path + register, tell=False)
            self._noted(saved, given)

        if text != before:
            self._submit(path, lambda: write(path, text), done, register)
        else:
            self.drop_draft(path + register)

    def _noted(self, saved: Saved, given: _Given) -> None:
        if saved.at is not None:
            self._given.append(given)
        self.noted.emit(given.path)

    def undo(self) -> None:
        """Take the last act of this sitting back: an answer, a row, a reason, a note, a mark."""
        if not self._given or self.recorder.waiting:
            return
        last = self._given[-1]

        def done(_saved: Saved) -> None:
            self._given.pop()
            if last.is_answer:
                self._refused.pop(last.path, None)
            self.undone.emit(last.path)

        self._submit("", last.take_back, done, "undo")

    def complete(self, reasons: Mapping[str, str]) -> None:
        """Complete the interview; `reasons` say why required questions stay empty."""

        def done(saved: Saved) -> None:
            if saved.at is None:
                self.not_completed.emit(saved.problems)
                return
            for path in reasons:
                self.drop_draft(path + GAP, tell=False)
            self.completed.emit()

        self.completing.emit()
        self._submit("", lambda: self.session.complete(reasons), done, "complete")

    def reopen(self) -> None:
        """Make a completed interview answerable again."""

        def done(saved: Saved) -> None:
            if saved.at is None and saved.problems:
                self.warned.emit(saved.problems[0])
            self.noted.emit(saved.path)

        self._submit("", self.session.reopen, done, "reopen")

    def go_to(self, path: str, settled: str = "") -> None:
        """Note where the person is; nothing is left half typed at the question `settled`."""
        if self._closed:
            return
        if path:
            self._keeper.place(path)
        if settled in self.session.drafts and settled not in self._refused and self.extras.draft(settled) is None:
            self._keeper.text(settled, "")

    def typed(self, path: str, text: str) -> None:
        """Keep what is being typed, a moment after the last key."""
        self._keeper.text(path, text)

    def drop_draft(self, key: str, *, tell: bool = True) -> None:
        """Forget a text that was typed and not stored; `key` is a path, or a path with the register of a note."""
        self.extras.forget(key)
        self._keeper.text(key, "")
        if tell:
            self.noted.emit(key.partition("#")[0])

    def close(self) -> None:
        """Keep what is typed and let the session go; nothing is stored through this object afterwards."""
        if self._closed:
            return
        self._keeper.close(self._held)
        self._closed = True
        self.recorder.drop()

    def _submit(
        self, path: str, run: Callable[[], Saved | None], done: Callable[[Saved], None], kind: str = "answer"
    ) -> None:
        if not self._closed:
            self.recorder.submit(Act(path, run, done, kind))
