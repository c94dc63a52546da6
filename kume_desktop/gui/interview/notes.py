"""What stands under a row: the problem, the reason that was given, the comment, the mark, a text left unfinished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import LongText
from kume_desktop.gui.components.labels import IconLabel, Label, announce
from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote, ReasonFlag
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.course import Shown
from kume_desktop.gui.interview.extras import Left
from kume_desktop.gui.interview.inputs import ENTER, tidy
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import OpenKind, Row
from kume_desktop.problems import Problem, Where
from kume_desktop.services.review.queries import Query
from kume_desktop.texts import N_, _, say, tr


class NoteAct(StrEnum):
    """What a note under a row can do: with that row, except GO_TO, which takes the path of another question."""

    REASON = "reason"
    GO_TO = "go_to"
    COMMENT = "comment"
    RESTORE = "restore"
    DROP = "drop"
    DROP_NOTE = "drop_note"
    DROP_REASON = "drop_reason"
    FILES = "files"
    REPLY = "reply"
    DECIDE = "decide"


_READ_AGAIN = N_(
    "What is read out here was changed after it was answered in this interview: please read it out again. "
    "What was said before is kept."
)
Act = Callable[[NoteAct, str], object]


def notes(row: Row, shown: Shown, act: Act) -> list[QWidget]:
    """The notes under a row, the most urgent first."""
    made: list[QWidget] = []
    problem = _problem_note(row, shown, act)
    if problem is not None:
        made.append(problem)
    if shown.read_again:
        made.append(_line("info", _(_READ_AGAIN), Tone.ACCENT))
    if shown.rivals:
        made.append(_rivals_note(row, shown.rivals, act))
    if shown.asked is not None:
        made.append(_asked_note(row, shown.asked, act))
    made += _drafts(row, shown, act)
    if shown.files:
        made.append(_files_line(row, shown.files, act))
    if shown.comment:
        made.append(_comment_line(row, shown.comment, act))
    if shown.later:
        made.append(_line("clock", _(N_("Marked for later")), Tone.WARN))
    return made


def _drafts(row: Row, shown: Shown, act: Act) -> list[QWidget]:
    """What was typed in an earlier sitting and never stored."""
    made: list[QWidget] = []
    if shown.draft is not None:
        made.append(_draft_line(row, shown.draft, act))
    if shown.reason_draft is not None:
        said = N_("Reason typed {when}, not stored: “{text}”")
        made.append(_begun_line(row, said, shown.reason_draft, act, (NoteAct.REASON, NoteAct.DROP_REASON)))
    if shown.note_draft is not None:
        said = N_("Note typed {when}, not stored: “{text}”")
        made.append(_begun_line(row, said, shown.note_draft, act, (NoteAct.COMMENT, NoteAct.DROP_NOTE)))
    return made


def sentence(problem: Problem) -> str:
    """The sentence of a problem without its place: it stands at the question."""
    return say(replace(problem, where=Where()))


def _problem_note(row: Row, shown: Shown, act: Act) -> QWidget | None:
    if shown.refusal is not None:
        # The form's own words do not say what became of the answer; ours do.
        by_form = shown.refusal.code == "interview.refused"
        said = _(N_("What you entered is not stored.")) if by_form else ""
        return ProblemNote(sentence(shown.refusal), hard=True, detail=said)
    problem = row.problem
    if problem is None or problem.kind is OpenKind.REQUIRED:
        return None
    if problem.soft and problem.overridden:
        return ReasonFlag(tr(N_("Reason given: “{reason}”"), reason=problem.reason))
    actions = [
        NoteAction(tr(N_("Go to {number}"), number=number), partial(act, NoteAct.GO_TO, path))
        for path, number in problem.related[:1]
    ]
    if problem.soft:
        actions.append(NoteAction(_(N_("Correct, give the reason")), partial(act, NoteAct.REASON, row.path), "F4"))
    return ProblemNote(sentence(problem.problem), hard=not problem.soft, actions=actions)


def _asked_note(row: Row, asked: Query, act: Act) -> QWidget:
    """What a reviewer asks here, and what was answered."""
    said = tr(N_("{person} asks: {text}"), person=asked.by, text=asked.text)
    word = _(N_("Edit")) if asked.reply else _(N_("Answer"))
    detail = tr(N_("Answered: “{text}”"), text=asked.reply) if asked.reply else ""
    action = NoteAction(word, partial(act, NoteAct.REPLY, row.path), "Ctrl+R")
    return ProblemNote(said, detail=detail, actions=(action,))


def _rivals_note(row: Row, rivals: tuple[str, ...], act: Act) -> QWidget:
    """Two computers hold different answers here; whoever may decides on a page of its own."""
    values = " / ".join(value or "–" for value in rivals)
    said = tr(N_("Two computers hold different answers here: {values}"), values=values)
    return ProblemNote(said, actions=(NoteAction(_(N_("Decide")), partial(act, NoteAct.DECIDE, row.path)),))


def _line(icon: str, text: str, tone: Tone = Tone.TEXT2) -> QWidget:
    held = QWidget()
    line = QHBoxLayout(held)
    line.setContentsMargins(12, 2, 12, 2)
    line.setSpacing(8)
    line.addWidget(IconLabel(icon, tone=tone), 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(Label(text, Role.SECOND, Tone.TEXT2, wrap=True), 1)
    return held


def _comment_line(row: Row, comment: str, act: Act) -> QWidget:
    held = _line("message-square", tr(N_("Note: {text}"), text=comment))
    _add_link(held, _(N_("Edit")), partial(act, NoteAct.COMMENT, row.path))
    return held


def _draft_line(row: Row, draft: Left, act: Act) -> QWidget:
    said = N_("Typed {when}, not stored: “{text}”")
    held = _line("history", tr(said, when=typed_when(draft.at), text=draft.text), Tone.WARN)
    _add_link(held, _(N_("Bring back")), partial(act, NoteAct.RESTORE, row.path))
    _add_link(held, _(N_("Forget")), partial(act, NoteAct.DROP, row.path))
    return held


def _begun_line(row: Row, said: str, draft: Left, act: Act, acts: tuple[NoteAct, NoteAct]) -> QWidget:
    """A note or reason that was begun: going on with it opens the editor, nothing is stored by that."""
    held = _line("history", tr(said, when=typed_when(draft.at), text=draft.text), Tone.WARN)
    _add_link(held, _(N_("Go on writing")), partial(act, acts[0], row.path))
    _add_link(held, _(N_("Forget")), partial(act, acts[1], row.path))
    return held


def _files_line(row: Row, count: int, act: Act) -> QWidget:
    words = _(N_("1 file kept as evidence")) if count == 1 else tr(N_("{count} files kept as evidence"), count=count)
    held = _line("folder-open", words)
    _add_link(held, _(N_("Show")), partial(act, NoteAct.FILES, row.path))
    return held


def typed_when(at: datetime) -> str:
    """14:02 for today, with its day else."""
    local = at.astimezone()
    day = "" if local.date() == datetime.now().astimezone().date() else f"{texts.short_date(local.date())} "
    return day + texts.clock(local)


def _add_link(line: QWidget, text: str, run: Callable[[], object]) -> None:
    button = Button(text, Kind.LINK)
    button.clicked.connect(lambda _checked=False: run())
    layout = line.layout()
    if layout is not None:
        layout.addWidget(button)


class _EditorText(LongText):
    """The text of the editor: Enter keeps it."""

    kept = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Shift+Enter is a new line."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class NoteEditor(QWidget):
    """One text under a row: a reason or a comment. Enter keeps it, Esc leaves it."""

    kept = Signal(str)
    left = Signal()
    typed = Signal(str)

    def __init__(self, kind: str, title: str, text: str, name: str, *, needed: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self._needed = needed
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(6)
        column.addWidget(Label(title, Role.SECOND, Tone.TEXT2, weight=fonts.MEDIUM))
        self.field = _EditorText(name, text)
        column.addWidget(self.field)
        line = QHBoxLayout()
        line.setSpacing(8)
        keep = Button(_(N_("Keep (Enter)")))
        leave = Button(_(N_("Cancel (Esc)")), Kind.QUIET)
        line.addWidget(keep)
        line.addWidget(leave)
        line.addStretch(1)
        column.addLayout(line)
        self._wanting = Label(_(N_("Write why; Esc leaves the warning open.")), Role.SECOND, Tone.ERR, wrap=True)
        self._wanting.hide()
        column.insertWidget(2, self._wanting)
        self.field.kept.connect(self._keep)
        self.field.textChanged.connect(lambda: self.typed.emit(self.text))
        keep.clicked.connect(self._keep)
        leave.clicked.connect(self.left)

    @property
    def text(self) -> str:
        """What is typed now."""
        return tidy(self.field.toPlainText())

    def take_focus(self) -> None:
        """The text."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        """Keep the text; an empty one takes a note away, but is no reason."""
        lacking = self._needed and not self.text
        self.field.set_refused(lacking)
        self._wanting.setVisible(lacking)
        if lacking:
            announce(self.field, self._wanting.text())
            self.take_focus()
        else:
            self.kept.emit(self.text)
