"""One conflict: the question, the candidates, other ways to settle it, the reason, the history of the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.buttons import Kind as ButtonKind
from kume_desktop.gui.components.fields import TextField
from kume_desktop.gui.components.keycap import KeyCap
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.conflicts.cards import Cards
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.conflict_cases import Case, Kind
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.problems import Problem
    from kume_desktop.services.conflict_cases import Past

_HISTORY = 12


class CasePane(QWidget):
    """`settled` carries (value, reason), `returned` the question to the firm, `put_off` nothing."""

    settled = Signal(str, str)
    returned = Signal(str)
    put_off = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.case: Case | None = None
        self.number = 0
        self.where = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self.place = Label("", Role.SECOND, Tone.TEXT2, tabular=True)
        self.title = Label("", Role.SECTION, wrap=True)
        self.cards = Cards()
        self.cards.chosen.connect(self.choose)
        self._ways = QVBoxLayout()
        self._radios = QButtonGroup(self)
        self._rows: list[QWidget] = []
        self.value = TextField(_(N_("Another value")))
        self.choices = Picker(_(N_("Another value")))
        self.reason_head = Label(_(N_("Reason")), Role.BODY, weight=fonts.SEMIBOLD)
        self.reason_hint = Label(_(N_("required, is kept")), Role.SECOND, Tone.TEXT2)
        self.reason = TextField(_(N_("Reason")))
        self.reason.returnPressed.connect(self.settle)
        self.settle_button = Button(_(N_("Settle")), ButtonKind.PRIMARY, tall=True)
        self.settle_button.clicked.connect(self.settle)
        self.later = Button(_(N_("Leave for later")), ButtonKind.QUIET, tall=True)
        self.later.clicked.connect(self.put_off)
        self._notes = QVBoxLayout()
        self._history = QGridLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin - RING_ROOM
        self.reading = ScrollColumn(0, margins=(margin, 12, margin, 16))
        column = self.reading.column
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self.place)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addSpacing(4)
        column.addWidget(self.cards)
        self._ways.setSpacing(4)
        column.addLayout(self._ways)
        column.addWidget(self.value)
        column.addWidget(self.choices)
        reason = QHBoxLayout()
        reason.setSpacing(8)
        reason.addWidget(self.reason_head)
        reason.addWidget(self.reason_hint, 1)
        column.addSpacing(4)
        column.addLayout(reason)
        column.addWidget(self.reason)
        column.addLayout(self._notes)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.settle_button)
        acts.addWidget(self.later)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addSpacing(4)
        column.addWidget(Rule())
        column.addLayout(self._history)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.reading)
        self.value.hide()
        self.choices.hide()

    @property
    def has_focus_inside(self) -> bool:
        """Whether somebody works in it."""
        return self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False

    @property
    def ways(self) -> int:
        """How many ways to settle it there are, each with a digit."""
        return len(self.cards.cards) + len(self._rows)

    def show_case(self, case: Case, place: str) -> None:
        """Show another conflict; nothing is chosen."""
        self.case, self.number = case, 0
        line = case.conflict
        self.where.setText(" · ".join(part for part in (line.firm, case.section) if part))
        self.place.setText(place)
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance(place) + 4)
        self.title.setText(f"{line.number} {line.title}".strip())
        self.cards.show_candidates(case.candidates, line.kind)
        self._offer(case)
        self.reason.show_text("")
        self.value.show_text("")
        if case.choices:
            self.choices.set_items(
                [(name, f"{name} {word}" if name.isdecimal() else word) for name, word in case.choices]
            )
        self.refuse(())
        self._show_history(case.history)
        self._show_choice()
        self.reading.verticalScrollBar().setValue(0)

    def _offer(self, case: Case) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        for button in self._radios.buttons():
            self._radios.removeButton(button)
        self._rows = []
        if case.conflict.kind is Kind.DOUBLE:
            self._way(_(N_("None of them counts")))
        if case.can_write:
            self._way(_(N_("Write another value")))
        if case.can_return:
            who = case.interviewer or _(N_("the interviewer"))
            self._way(tr(N_("Ask the firm: return the interview with this question to {name}"), name=who))

    def _way(self, words: str) -> None:
        number = len(self.cards.cards) + len(self._rows) + 1
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        radio = QRadioButton(words)
        radio.setFont(fonts.font(Role.BODY))
        radio.setMinimumHeight(36)
        radio.setAccessibleName(tr(N_("Choice {number}: {words}"), number=number, words=words))
        radio.clicked.connect(lambda _checked=False, chosen=number: self.choose(chosen))
        self._radios.addButton(radio, number)
        line.addWidget(KeyCap(str(number)))
        line.addWidget(radio, 1)
        self._ways.addWidget(row)
        self._rows.append(row)

    @property
    def _extra(self) -> str:
        """Which of the further ways is chosen: 'none', 'write', 'return', '' for a candidate or nothing."""
        if self.case is None or self.number <= len(self.cards.cards):
            return ""
        offered: list[str] = [
            *(("none",) if self.case.conflict.kind is Kind.DOUBLE else ()),
            *(("write",) if self.case.can_write else ()),
            *(("return",) if self.case.can_return else ()),
        ]
        return offered[self.number - len(self.cards.cards) - 1]

    def choose(self, number: int) -> None:
        """Choose the way with this digit; the focus goes where work goes on."""
        if self.case is None or not 1 <= number <= self.ways:
            return
        self.number = number
        self._show_choice()
        if self._extra == "write":
            (self.choices if self.case.choices else self.value).setFocus()
        else:
            self.reason.setFocus()
        self.changed.emit()

    def _show_choice(self) -> None:
        count = len(self.cards.cards)
        self.cards.choose(self.number if self.number <= count else 0)
        self._radios.setExclusive(False)
        for button in self._radios.buttons():
            button.setChecked(self._radios.id(button) == self.number)
        self._radios.setExclusive(True)
        writes = self._extra == "write"
        listed = self.case is not None and bool(self.case.choices)
        self.value.setVisible(writes and not listed)
        self.choices.setVisible(writes and listed)
        asks = self._extra == "return"
        self.reason_head.setText(_(N_("Question to the firm")) if asks else _(N_("Reason")))
        self.reason.setAccessibleName(self.reason_head.text())
        self.settle_button.setText(_(N_("Return")) if asks else _(N_("Settle")))

    def settle(self) -> None:
        """Settle it as chosen; what is missing gets the focus."""
        case = self.case
        if case is None:
            return
        if not self.number:
            self._say(_(N_("Nothing is chosen yet. Press the digit of a value.")))
            return
        if not self.reason.text().strip():
            self.reason.setFocus()
            self._say(_(N_("The reason is empty. Write it in a few words; it is kept with the decision.")))
            return
        if self._extra == "return":
            self.returned.emit(self.reason.text())
            return
        self.settled.emit(self._chosen_value(case), self.reason.text())

    def _chosen_value(self, case: Case) -> str:
        if self._extra == "none":
            return ""
        if self._extra == "write":
            return self.choices.current if case.choices else self.value.text()
        return case.candidates[self.number - 1].raw

    def _say(self, words: str) -> None:
        empty(self._notes)
        note = ProblemNote(words)
        self._notes.addWidget(note)
        note.say()

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Show why it could not be settled; none takes the notes away."""
        empty(self._notes)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            note.say()

    def _show_history(self, history: Sequence[Past]) -> None:
        while (item := self._history.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not history:
            return
        self._history.setHorizontalSpacing(20)
        self._history.setVerticalSpacing(2)
        self._history.addWidget(Label(_(N_("History of this answer")), Role.SECOND, weight=fonts.SEMIBOLD), 0, 0, 1, 3)
        shown = history[-_HISTORY:]
        for row, past in enumerate(shown, start=1):
            at = past.at.astimezone()
            self._history.addWidget(
                Label(f"{texts.short_date(at.date())} {texts.clock(at)}", Role.SECOND, Tone.TEXT2, tabular=True), row, 0
            )
            said = N_("{person} decided: {value}") if past.decision else N_("{person} wrote {value}")
            self._history.addWidget(
                Label(tr(said, person=past.person, value=past.text), Role.SECOND, wrap=True), row, 1
            )
            self._history.addWidget(Label(_where(past), Role.SECOND, Tone.TEXT2, wrap=True), row, 2)
        note = QHBoxLayout()
        note.setSpacing(8)
        note.addWidget(IconLabel("info"), 0, Qt.AlignmentFlag.AlignTop)
        words = _(N_("Clocks do not decide. Both values stay in the record; your decision can be undone."))
        note.addWidget(Label(words, Role.SECOND, Tone.TEXT2, wrap=True), 1)
        held = QWidget()
        held.setLayout(note)
        note.setContentsMargins(0, 6, 0, 0)
        self._history.addWidget(held, len(shown) + 1, 0, 1, 3)
        self._history.setColumnStretch(1, 1)
        self._history.setColumnStretch(2, 1)


def _where(past: Past) -> str:
    computer = tr(N_("Computer {name}"), name=past.computer) if past.computer else ""
    unaware = tr(N_("without seeing {value}"), value=past.unaware_of) if past.unaware_of else ""
    return ", ".join(part for part in (computer, unaware) if part)
