"""One questionnaire: its drafts in older versions, two versions side by side, its tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label, Rule, announce
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.forms import files
from kume_desktop.gui.forms.compare_part import ComparePart
from kume_desktop.gui.forms.drafts_part import DraftsPart
from kume_desktop.gui.forms.notes import shortened, show_notes
from kume_desktop.gui.forms.part import Part
from kume_desktop.gui.forms.tests_part import TestsPart
from kume_desktop.gui.page import Action, KeyHint, Page, Progress
from kume_desktop.gui.routes import FormRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem

DRAFTS, COMPARE, TESTS = "drafts", "compare", "tests"
_WORDS = {DRAFTS: N_("Drafts"), COMPARE: N_("Compare"), TESTS: N_("Tests")}
INTERVIEWER = "interviewer"


class FormPage(Page):
    """Its parts read only when they come to the front; interviewers see no drafts of others."""

    def __init__(self, desk: Desk, route: FormRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import questionnaires

        self._route = route
        self.compare, self.tests = ComparePart(desk, route), TestsPart(desk, route)
        self._parts: dict[str, Part] = {COMPARE: self.compare, TESTS: self.tests}
        if desk.head is not None and desk.head.role != INTERVIEWER:
            self._parts = {DRAFTS: DraftsPart(desk, route), **self._parts}
        form = next((one for one in questionnaires.known(desk.study) if one.instrument_id == route.instrument_id), None)
        self._title = form.title if form is not None else route.instrument_id
        self._header = PageHeader(shortened(self._title), self._facts(len(form.versions) if form is not None else 0))
        wanted = route.part if route.part in self._parts else COMPARE
        self._choice = Segments(_(N_("Part")), [(key, _(_WORDS[key])) for key in self._parts], wanted)
        self._said = Label("", Role.BODY, Tone.TEXT2, wrap=True)
        self._stack = QStackedWidget()
        self._notes = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    def _facts(self, count: int) -> str:
        return f"{self._route.instrument_id} · {tr(N_('{count} versions'), count=count)}"

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        for part in self._parts.values():
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(self.front)
        row = QHBoxLayout()
        row.setContentsMargins(GAP, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._choice)
        row.addWidget(self._said, 1)
        inner = QVBoxLayout()
        inner.setContentsMargins(margin - GAP, 8, margin, 8)
        inner.setSpacing(8)
        self._notes.setContentsMargins(GAP, 0, 0, 0)
        inner.addLayout(self._notes)
        inner.addLayout(row)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Rule())
        column.addLayout(inner, 1)

    def _connect(self) -> None:
        self._choice.picked.connect(self.choose_part)
        for part in self._parts.values():
            part.progressed.connect(self._tell)
            part.refused.connect(self.show_problems)
            part.toast.connect(self.toast)
            part.said.connect(self._say)
            part.stored.connect(self.desk.tell_changed)

    @property
    def front(self) -> Part:
        """The part in front."""
        return self._parts[self._choice.current]

    @property
    def title(self) -> str:
        """The questionnaire's title."""
        return self._title

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of the part in front, and those that lead to the others."""
        return (
            *self.front.hints(),
            KeyHint(f"Ctrl+1–{len(self._parts)}", _(N_("Part"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do with the questionnaire; each key belongs to its part."""
        ways = tuple(
            Action(f"part.{key}", _(_WORDS[key]), lambda key=key: self.choose_part(key), f"Ctrl+{number}")  # type: ignore[misc]
            for number, key in enumerate(self._parts, start=1)
        )
        own = (
            replace(action, run=partial(self._run, key, action))
            for key, part in self._parts.items()
            for action in part.acts()
        )
        return (*ways, *own)

    def _run(self, key: str, action: Action) -> None:
        """Carry out what a part offers; where another is in front, show it first, and move nothing unseen."""
        was_in_front = self._choice.current == key
        if not was_in_front:
            self.choose_part(key)
        if was_in_front or key != DRAFTS:
            action.run()

    def on_shown(self) -> None:
        """The part in front reads what it shows."""
        self.choose_part(self._choice.current)

    def here(self, route: Route) -> Route:  # noqa: ARG002 - what is chosen says where one is
        """The part in front with what is chosen there."""
        old, new = self.compare.sides
        there = replace(self._route, part=self._choice.current, old=old, new=new, file=self.compare.file)
        drafts = self._parts.get(DRAFTS)
        return replace(there, accepted=drafts.accepted) if isinstance(drafts, DraftsPart) else there

    def side_panel(self) -> QWidget:
        """The row the bar is on, in full."""
        return self.front.listing.below

    def leave(self) -> None:
        """Nobody waits for what the parts have asked."""
        for part in self._parts.values():
            part.let_go()
        super().leave()

    def refresh(self) -> None:
        """Read again what is in front (F5)."""
        self.front.begin()

    def undo(self) -> bool:
        """Take the last act of the part in front back."""
        return self.front.undo()

    def cancel(self) -> bool:
        """Stop what the part in front waits for."""
        return self.front.cancel()

    def choose_part(self, key: str) -> None:
        """Bring a part to the front."""
        self._choice.choose(key)
        self._stack.setCurrentWidget(self.front)
        self._say("")
        self._choice.focus_choice()
        self.front.begin()
        self.front.take_focus()
        self.hints_changed.emit()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what stands in the way in the place of what stood there before."""
        show_notes(self._notes, problems)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single workbook may be dropped."""
        if files.dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Compare the newest version with the workbook."""
        file = files.dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.compare.file = str(file)
            self.compare.show_file(file)
            self.choose_part(COMPARE)

    def _say(self, text: str) -> None:
        self._said.setText(text)
        announce(self, text)

    def _tell(self, progress: Progress | None) -> None:
        self._header.set_busy(progress)
        self.busy.emit(progress)
