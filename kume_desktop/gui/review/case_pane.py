"""The interview that is reviewed: its head, chips that sift, the answers, the field for a question, the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, ChoiceButton, ChoiceKind, Kind
from kume_desktop.gui.components.fields import TextField
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.review import words
from kume_desktop.gui.review.answers import AnswerList
from kume_desktop.gui.theme import Tone
from kume_desktop.services.review.reading import Line, ReviewCase, Sieve
from kume_desktop.services.review.rules import REASONS
from kume_desktop.services.review.states import Stand, Step
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.problems import Problem
    from kume_desktop.services.review.inbox import Waiting

_FIRST = (Sieve.WARNED, Sieve.NOTED, Sieve.CHANGED, Sieve.ASKED)
_WORDS = {
    Step.APPROVE: N_("Approve"),
    Step.WITHDRAW: N_("Take the approval back"),
    Step.RETURN: N_("Return"),
    Step.RECALL: N_("Take the return back"),
    Step.EXCLUDE: N_("Exclude…"),
    Step.INCLUDE: N_("Take it back in"),
}
_ORDER = (Step.RETURN, Step.RECALL, Step.APPROVE, Step.WITHDRAW, Step.INCLUDE, Step.EXCLUDE)


class ReviewPane(QWidget):
    """`step_asked` carries case and step, `question_written` case, path, words, `exclusion_given` case, code, words."""

    step_asked = Signal(object, object)
    question_written = Signal(object, str, str)
    exclusion_given = Signal(object, str, str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.case: ReviewCase | None = None
        self._sieves: set[Sieve] = set()
        self._shown = ""
        self.where = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self.place = Label("", Role.SECOND, Tone.TEXT2, tabular=True)
        self.firm = Label("", Role.SECTION, wrap=True)
        self.who = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self.signals = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._chips = QHBoxLayout()
        self.count = Label("", Role.CAPTION, Tone.TEXT2)
        self.answers = AnswerList()
        self.answers.asked.connect(lambda _path: self.ask())
        self._notes = QVBoxLayout()
        self.question_head = Label("", Role.SECOND, weight=fonts.MEDIUM, wrap=True)
        self.question = TextField(_(N_("Question to the interviewer")))
        self.question.returnPressed.connect(self.keep_question)
        self.reasons = Picker(_(N_("Reason")))
        self.reasons.set_items([(code, _(word)) for code, word in REASONS.items()])
        self.exclusion = TextField(_(N_("In your own words")), placeholder=_(N_("In your own words")))
        self.exclusion.returnPressed.connect(self.give_exclusion)
        self._asking, self._excluding = QWidget(), QWidget()
        self._acts = QHBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin - RING_ROOM
        whole = QVBoxLayout(self)
        whole.setContentsMargins(margin, 10, margin, 8)
        whole.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self.place)
        whole.addLayout(head)
        whole.addWidget(self.firm)
        whole.addWidget(self.who)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel("info"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.signals, 1)
        whole.addLayout(line)
        self._chips.setSpacing(8)
        chips = QHBoxLayout()
        chips.addLayout(self._chips)
        chips.addStretch(1)
        chips.addWidget(self.count)
        whole.addLayout(chips)
        whole.addWidget(Rule())
        whole.addWidget(self.answers, 1)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(4, 4, 4, 4)
        asking.addWidget(self.question_head)
        asking.addWidget(self.question)
        excluding = QHBoxLayout(self._excluding)
        excluding.setContentsMargins(4, 4, 4, 4)
        excluding.setSpacing(8)
        excluding.addWidget(self.reasons)
        excluding.addWidget(self.exclusion, 1)
        sure = Button(_(N_("Exclude")), tall=True)
        sure.clicked.connect(self.give_exclusion)
        excluding.addWidget(sure)
        whole.addWidget(self._asking)
        whole.addWidget(self._excluding)
        whole.addLayout(self._notes)
        whole.addWidget(Rule())
        self._acts.setSpacing(8)
        whole.addLayout(self._acts)
        self._asking.hide()
        self._excluding.hide()

    def show_case(self, case: ReviewCase, line: Waiting | None, place: str) -> None:
        """Show an interview; the sieves of before stay where it is the same one."""
        same = self.case is not None and self.case.interview_id == case.interview_id
        self.case = case
        begun, ended = case.begun.astimezone(), case.ended.astimezone()
        district = line.district if line is not None else ""
        self.where.setText(" · ".join(part for part in (district, f"{case.title} {case.version}") if part))
        self.place.setText(place)
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance(place) + 4)
        self.firm.setText(line.firm if line is not None else "")
        time = f"{texts.long_date(begun.date())} {texts.clock(begun)}–{texts.clock(ended)}"
        interviewer = line.interviewer if line is not None else ""
        self.who.setText(" · ".join(part for part in (interviewer, time, case.respondent, case.mode) if part))
        self.signals.setText(self._signals(case, line))
        if not same:
            self._asking.hide()
            self._excluding.hide()
            self._sieves = set(_FIRST) if any(one.sieves & set(_FIRST) for one in case.lines) else set()
        self._build_chips(case)
        self._sift(keep=same)
        self._build_acts(case)
        self.refuse(())

    def _signals(self, case: ReviewCase, line: Waiting | None) -> str:
        stand = _(words.STANDS[case.stand])
        if case.approvers:
            stand = f"{stand}: {', '.join(case.approvers)}"
        if case.stand is Stand.EXCLUDED and line is not None and line.code in REASONS:
            stand = f"{stand}: {_(REASONS[line.code])} {case.words}".strip()
        seen = words.noticed(line) if line is not None else ""
        duration = words.duration(line) if line is not None else ""
        return " · ".join(part for part in (stand, seen, duration) if part)

    def _build_chips(self, case: ReviewCase) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        everything = self._chip(_(N_("All")), len(case.lines), checked=not self._sieves)
        everything.clicked.connect(self.show_all)
        for sieve in Sieve:
            count = sum(sieve in one.sieves for one in case.lines)
            if count:
                chip = self._chip(_(words.SIEVES[sieve]), count, checked=sieve in self._sieves)
                chip.clicked.connect(lambda _checked=False, wanted=sieve: self.toggle(wanted))

    def _chip(self, word: str, count: int, *, checked: bool) -> ChoiceButton:
        chip = ChoiceButton(f"{word} {count}", ChoiceKind.ROW)
        chip.setMinimumHeight(32)
        chip.setChecked(checked)
        self._chips.addWidget(chip)
        return chip

    def show_all(self) -> None:
        """Show every question."""
        self._sieves = set()
        self._again()

    def toggle(self, sieve: Sieve) -> None:
        """Sift by something, or not by it."""
        self._sieves ^= {sieve}
        self._again()

    def _again(self) -> None:
        if self.case is not None:
            self._build_chips(self.case)
            self._sift(keep=True)

    def _sift(self, *, keep: bool) -> None:
        if self.case is None:
            return
        lines = [one for one in self.case.lines if not self._sieves or one.sieves & self._sieves]
        current = self.answers.current.path if keep and self.answers.current is not None else ""
        self.answers.show_lines(lines, current)
        shown = N_("{count} of {total} questions shown")
        self.count.setText(tr(shown, count=len(lines), total=len(self.case.lines)))

    def _build_acts(self, case: ReviewCase) -> None:
        while (item := self._acts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._acts.addWidget(Label(_(N_("Signals inform, they do not judge.")), Role.SECOND, Tone.TEXT2), 1)
        primary = Step.RETURN if case.open_questions else Step.APPROVE
        for step in _ORDER:
            if step not in case.steps:
                continue
            word = _(_WORDS[step])
            if step is Step.RETURN and case.open_questions:
                word = tr(N_("Return, {count} questions"), count=case.open_questions)
            kind = Kind.PRIMARY if step is primary else Kind.QUIET if step is Step.EXCLUDE else Kind.PLAIN
            button = Button(word, kind, tall=True)
            button.clicked.connect(lambda _checked=False, wanted=step: self.want(wanted))
            self._acts.addWidget(button)

    def want(self, step: Step) -> None:
        """Ask for a step; an exclusion asks for its reason first."""
        if self.case is None or step not in self.case.steps:
            return
        if step is Step.EXCLUDE:
            self._asking.hide()
            self._excluding.show()
            self.reasons.setFocus()
            return
        self.step_asked.emit(self.case, step)

    def ask(self) -> None:
        """Write a question at the answer the bar is on."""
        line = self.answers.current
        if line is None:
            return
        self._shown = line.path
        self._excluding.hide()
        head = tr(N_("Question to the interviewer at {question}"), question=f"{line.number} {line.title}".strip())
        self.question_head.setText(head)
        self.question.show_text(line.asked)
        self._asking.show()
        self.question.setFocus()

    def begin(self, path: str, text: str) -> None:
        """Go on with a question that was begun."""
        line = next((one for one in self.lines if one.path == path), None)
        if line is not None:
            self.answers.show_lines(self.lines, path)
            self.ask()
            self.question.setText(text)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every question of the interview."""
        return self.case.lines if self.case is not None else ()

    @property
    def begun(self) -> tuple[str, ...]:
        """The question that is being written: its path and its words; nothing where none is."""
        return (self._shown, self.question.text()) if self._asking.isVisible() and self.question.text() else ()

    def keep_question(self) -> None:
        """Store the question; an emptied one is taken back."""
        if self._asking.isVisible():
            self._asking.hide()
            self.question_written.emit(self.case, self._shown, self.question.text())
            self.answers.setFocus()

    def give_exclusion(self) -> None:
        """Exclude with the chosen reason."""
        self.exclusion_given.emit(self.case, self.reasons.current, self.exclusion.text())

    def close_fields(self) -> bool:
        """Close an open field; False where none was."""
        for field in (self._asking, self._excluding):
            if field.isVisible():
                field.hide()
                self.answers.setFocus()
                return True
        return False

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Show why something could not be done; none takes the notes away."""
        empty(self._notes)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            note.say()
