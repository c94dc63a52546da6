"""The middle of the page: one indicator with the firm's answers, the levels, and what the level rests on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import IconLabel, Label, Rule
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.figures.fitting import width_of
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.rating.anchors import Anchors
from kume_desktop.gui.rating.asks import Ask, Goes, Meeting, Said
from kume_desktop.gui.rating.evidence import EvidenceLine, MeetingLine, ReasonLine
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, say

_MARGIN = 28


class AskPane(QWidget):
    """Shows an `Ask` and says what a person does with it; it knows no rule."""

    answered = Signal(str)
    evidence_picked = Signal(str)
    reason_written = Signal(str)
    reason_entered = Signal()
    meeting_written = Signal(object)
    stepped = Signal(int)
    primary_asked = Signal()
    second_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ask: Ask | None = None
        self._caption = Label("", Role.SECOND, Tone.TEXT2, wrap=True)
        self._place = Label("", Role.SECOND, Tone.TEXT2, tabular=True)
        self._title = Label("", Role.SECTION, wrap=True)
        self._notices = QVBoxLayout()
        self._facts = QVBoxLayout()
        self._said = QVBoxLayout()
        self.anchors = Anchors()
        self.evidence = EvidenceLine()
        self.reason = ReasonLine()
        self.meeting = MeetingLine()
        self.primary = Button("", Kind.PRIMARY, tall=True)
        self.second = Button("", Kind.QUIET, tall=True)
        self._skips = QHBoxLayout()
        self._scroll = ScrollColumn()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        margin = 16 if theme.is_compact() else _MARGIN
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        column = self._scroll.column
        column.setContentsMargins(margin, 4 if theme.is_compact() else 10, margin, RING_ROOM)
        column.setSpacing(5 if theme.is_compact() else 7)
        head = QHBoxLayout()
        head.addWidget(self._caption, 1)
        head.addWidget(self._place)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addWidget(Rule())
        for layout in (self._notices, self._facts, self._said):
            layout.setSpacing(2 if layout is self._facts else 6)
            column.addLayout(layout)
        column.addWidget(self.anchors)
        if theme.is_compact():
            column.addLayout(self._skips)
        for widget in (self.evidence, self.reason, self.meeting):
            column.addWidget(widget)
        column.addStretch(1)
        acts = QHBoxLayout()
        acts.setContentsMargins(margin, 6, margin, 6 if theme.is_compact() else 10)
        acts.setSpacing(12)
        acts.addWidget(self.primary)
        if not theme.is_compact():
            acts.addLayout(self._skips)
        acts.addWidget(self.second)
        acts.addStretch(1)
        self._skips.setSpacing(4)
        whole.addWidget(Rule())
        whole.addLayout(acts)

    def _wire(self) -> None:
        self.anchors.chosen.connect(self.answered)
        self.anchors.stepped.connect(self.stepped)
        self.evidence.picked.connect(self.evidence_picked)
        self.reason.committed.connect(self.reason_written)
        self.reason.entered.connect(self.reason_entered)
        self.meeting.committed.connect(self.meeting_written)
        self.primary.clicked.connect(self.primary_asked)
        self.second.clicked.connect(self.second_asked)

    @property
    def typed_reason(self) -> str:
        """What stands in the reason field, stored or not."""
        return self.reason.field.text().strip()

    def show_typed(self, reason: str, meeting: Meeting) -> None:
        """Show what was typed before and is not stored."""
        self.reason.field.show_text(reason)
        if self.ask is not None and self.ask.meeting is not None and (meeting.held_on or meeting.members):
            self.meeting.show_meeting(meeting)

    def show_ask(self, ask: Ask) -> None:
        """Show another indicator, or the same one as it is now."""
        is_other = self.ask is None or (self.ask.code, self.ask.caption) != (ask.code, ask.caption)
        self.ask = ask
        enabled = not ask.lock
        self._caption.setText(ask.caption)
        self._place.setText(ask.place)
        self._title.setText(ask.title)
        self._show_notices(ask)
        if is_other:
            self._show_facts(ask)
        self._show_said(ask.said)
        self.anchors.show_choices(ask.choices, ask.given.answer, enabled=enabled)
        self._show_rest(ask, enabled=enabled)
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def _show_rest(self, ask: Ask, *, enabled: bool) -> None:
        self.evidence.setVisible(bool(ask.kinds))
        if ask.kinds:
            self.evidence.show_kinds(
                ask.kinds, ask.given.evidence_kind, ask.about_evidence, missing=ask.evidence_missing, enabled=enabled
            )
        self.reason.show_reason(ask.reason_word, ask.given.reason, ask.required, enabled=enabled)
        self.meeting.setVisible(ask.meeting is not None)
        if ask.meeting is not None:
            self.meeting.show_meeting(ask.meeting)
        self._show_skips(ask, enabled=enabled)

    def show_acts(self, primary: str, second: str = "") -> None:
        """Name what the buttons do now; '' takes the second one away."""
        self.primary.setText(primary)
        self.second.setText(second)
        self.second.setVisible(bool(second))

    def focus(self, goes: Goes) -> None:
        """Put the focus where work goes on."""
        match goes:
            case Goes.REASON:
                self.reason.take_focus()
            case Goes.EVIDENCE:
                self.evidence.take_focus()
            case Goes.MEETING:
                self.meeting.take_focus()
            case Goes.ON | Goes.STAYS:
                self._focus_levels()
        QTimer.singleShot(0, self, self._reveal_focus)

    def _reveal_focus(self) -> None:
        """Once the layout has settled: a note above may have pushed the field down."""
        focused = QApplication.focusWidget()
        if focused is not None and self._scroll.isAncestorOf(focused):
            blocks: tuple[QWidget, ...] = (self.evidence, self.reason, self.meeting)
            self._scroll.reveal(next((block for block in blocks if block.isAncestorOf(focused)), focused), 12)

    def _focus_levels(self) -> None:
        row = self.anchors.current()
        if row is not None and row.isEnabled():
            self.anchors.take_focus()
        else:
            self.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say why nothing was stored; what is typed stays in its field."""
        for problem in problems:
            note = ProblemNote(say(problem), hard=problem.is_error)
            self._notices.insertWidget(0, note)
            note.say()

    def _show_notices(self, ask: Ask) -> None:
        empty(self._notices)
        for text in (*((ask.lock,) if ask.lock else ()), *ask.notices):
            self._notices.addWidget(_Notice(text, "lock" if text == ask.lock else "info"))

    def _show_facts(self, ask: Ask) -> None:
        empty(self._facts)
        if ask.facts:
            self._facts.addWidget(_Facts(ask.facts))
        for text in ask.notes:
            self._facts.addWidget(_Notice(text, "message-square"))

    def _show_said(self, said: Sequence[Said]) -> None:
        empty(self._said)
        for one in said:
            self._said.addWidget(_SaidBox(one))

    def _show_skips(self, ask: Ask, *, enabled: bool) -> None:
        while (item := self._skips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for answer, word in ask.skips if enabled else ():
            button = Button(word, Kind.QUIET, icon="check" if ask.given.answer == answer else "", tall=True)
            button.clicked.connect(lambda _checked=False, given=answer: self.answered.emit(given))
            self._skips.addWidget(button)
        if theme.is_compact():
            self._skips.addStretch(1)


class _Notice(QWidget):
    """An icon and a line."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, Role.SECOND, Tone.TEXT2, wrap=True), 1)


class _Facts(QWidget):
    """What was asked and what was answered, a line each; answers take the room they need, up to two fifths."""

    def __init__(self, facts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(_(N_("Answers of the firm")))
        self._said: list[Label] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(1)
        for place, (label, value) in enumerate(facts):
            grid.addWidget(Label(label, Role.SECOND, Tone.TEXT2, wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
            said = Label(value, Role.SECOND, weight=fonts.SEMIBOLD, tabular=True, wrap=True)
            grid.addWidget(said, place, 1, Qt.AlignmentFlag.AlignTop)
            self._said.append(said)
        grid.setColumnStretch(0, 1)

    def minimumSizeHint(self) -> QSize:
        """The width of the answers follows that of the page and never holds it open."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the answers their column."""
        super().resizeEvent(event)
        widest = max((width_of(said.text(), said.font()) for said in self._said), default=0)
        for said in self._said:
            said.setFixedWidth(min(widest + 2, event.size().width() * 2 // 5))


class _SaidBox(QWidget):
    """What one rater gave: name, level, evidence, reason."""

    def __init__(self, said: Said) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(said.rater, Role.SECOND, Tone.TEXT2))
        head.addWidget(Label(said.level, Role.ROW_TITLE, weight=fonts.SEMIBOLD, wrap=True), 1)
        head.addWidget(Label(said.evidence, Role.SECOND, Tone.TEXT2))
        column.addLayout(head)
        if said.reason:
            column.addWidget(Label(f"“{said.reason}”", Role.SECOND, wrap=True))
        column.addWidget(Rule())
