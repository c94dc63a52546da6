"""Completing: what is open, each line a link; required gaps may be left with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.fields import TextField
from kume_desktop.gui.components.labels import IconLabel, Label, Rule, announce
from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.interview.inputs import tidy
from kume_desktop.gui.interview.notes import sentence
from kume_desktop.gui.interview.open_list import WAITS, OpenLine
from kume_desktop.gui.theme import Tone
from kume_desktop.interview.page_model import OpenKind, OpenProblem, Row
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

_MAX_WIDTH = 760


class _OpenLine(QWidget):
    """One open problem: a link to its question, what is open, and a reason field for a required gap."""

    def __init__(self, problem: OpenProblem) -> None:
        super().__init__()
        self.problem = problem
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4, 8, 4, 8)
        whole.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        gap = problem.kind is OpenKind.REQUIRED
        tone = Tone.WARN if problem.kind is OpenKind.WARNING else Tone.ERR
        line.addWidget(IconLabel("circle" if gap else "triangle-alert", tone=Tone.TEXT2 if gap else tone))
        self.link = Button(problem.number, Kind.LINK)
        self.link.setAccessibleName(tr(N_("Go to {number}"), number=f"{problem.number} {problem.title}"))
        line.addWidget(self.link)
        line.addWidget(Label(problem.title, Role.BODY, weight=fonts.MEDIUM, wrap=True), 1)
        whole.addLayout(line)
        indent = QHBoxLayout()
        indent.setContentsMargins(24, 0, 0, 0)
        self.reason: TextField | None = None
        if gap:
            name = tr(N_("Why is {number} empty?"), number=problem.number)
            self.reason = TextField(name, "", _(N_("Left empty because …")))
            self.reason.setFixedWidth(420)
            indent.addWidget(self.reason)
            indent.addStretch(1)
        else:
            indent.addWidget(Label(sentence(problem.problem), Role.SECOND, Tone.TEXT2, wrap=True))
        whole.addLayout(indent)


class Completion(QWidget):
    """The list of open problems with the button that completes."""

    question_asked = Signal(str)
    complete_asked = Signal(object)
    begun = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        margin = theme.metrics().margin
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setMaximumWidth(_MAX_WIDTH + 2 * margin)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(margin, 16, margin, 16)
        self._column.setSpacing(0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll.setWidget(inner)
        whole.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(margin, 8, margin, 12 if theme.is_compact() else 24)
        self.back = Button(_(N_("Back to the questions")), tall=True)
        self.complete = Button(_(N_("Complete the interview")), Kind.PRIMARY, tall=True)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.complete)
        whole.addLayout(foot)
        self._lines: list[_OpenLine] = []
        self.back.clicked.connect(self.left)
        self.complete.clicked.connect(lambda: self.complete_asked.emit(self.reasons))

    @property
    def reasons(self) -> dict[str, str]:
        """Path -> why a required question stays empty, where a reason is written."""
        given = {line.problem.path: tidy(line.reason.text()) for line in self._lines if line.reason is not None}
        return {path: reason for path, reason in given.items() if reason}

    def show_open(
        self,
        problems: Sequence[OpenProblem],
        refused: Sequence[tuple[Row, Problem]],
        told: Sequence[Problem] = (),
        typed: Callable[[str], str] = lambda _path: "",
        asked: Sequence[OpenLine] = (),
    ) -> None:
        """Show what is open.

        `refused` are the questions with a value in their field that is not stored, `told` is what else is in the way;
        `typed` gives the reason that was typed for a gap before and that nothing has stored yet; `asked` is what a
        reviewer asks and nobody has answered: that may stay so.
        """
        kept = self.reasons
        self._clear()
        count = len({*(problem.path for problem in problems), *(row.path for row, _problem in refused)})
        title = _(N_("1 question is open.")) if count == 1 else tr(N_("{count} questions are open."), count=count)
        if asked and not (count or told):
            title = _(WAITS)
        self._column.addWidget(Label(title, Role.SECTION, wrap=True))
        if title != _(WAITS):
            self._column.addWidget(Label(_explanation(problems), Role.BODY, Tone.TEXT2, wrap=True))
        self._column.addSpacing(12)
        for problem in told:
            self._column.addWidget(ProblemNote(sentence(problem), hard=True))
            self._column.addSpacing(8)
        for row, problem in refused:
            act = NoteAction(tr(N_("Go to {number}"), number=row.number), partial(self.question_asked.emit, row.path))
            self._column.addWidget(ProblemNote(sentence(problem), hard=True, detail=row.title, actions=(act,)))
            self._column.addSpacing(8)
        for line in asked:
            act = NoteAction(tr(N_("Go to {number}"), number=line.number), partial(self.question_asked.emit, line.path))
            self._column.addWidget(ProblemNote(line.said, detail=line.title, actions=(act,)))
            self._column.addSpacing(8)
        for open_problem in problems:
            self._add(open_problem, kept.get(open_problem.path, "") or typed(open_problem.path))
        announce(self, title)

    def _add(self, problem: OpenProblem, reason: str) -> None:
        line = _OpenLine(problem)
        line.link.clicked.connect(lambda: self.question_asked.emit(problem.path))
        if line.reason is not None:
            line.reason.show_text(reason)
            line.reason.textEdited.connect(lambda text: self.begun.emit(problem.path, tidy(text)))
        self._lines.append(line)
        self._column.addWidget(Rule())
        self._column.addWidget(line)

    def take_focus(self) -> None:
        """The first link, or the button that completes."""
        target = self._lines[0].link if self._lines else self.complete
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        self._lines = []
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _explanation(problems: Sequence[OpenProblem]) -> str:
    if any(problem.kind is OpenKind.REQUIRED for problem in problems):
        return _(N_("Answer them, or write why they stay empty. Warnings need an answer that fits or a reason (F4)."))
    return _(N_("Change the answer, or give the reason at the question (F4)."))
