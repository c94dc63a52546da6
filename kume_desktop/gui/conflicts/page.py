"""Çelişkiler: what waits for a decision at the left, one conflict at the right; digits choose, Enter settles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.asked import Asked
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.entry_list import Entry, EntryList
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.waiting import Waiting
from kume_desktop.gui.conflicts.case_pane import CasePane
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page, Progress, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import ConflictsRoute, FieldRoute, InterviewRoute, Route
from kume_desktop.problems import Refused
from kume_desktop.services import conflict_cases
from kume_desktop.services.conflict_cases import Kind
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem
    from kume_desktop.services.conflict_cases import OpenConflict
    from kume_desktop.services.conflicts import Decided

_DIGITS = "123456789"


class ConflictsPage(Page):
    """The list stays in sight while it is read anew; a decision opens the next conflict."""

    def __init__(self, desk: Desk, route: ConflictsRoute) -> None:
        super().__init__(desk)
        self._wanted, self._typed = route.key, route.typed
        self._found: tuple[OpenConflict, ...] = ()
        self._asked = Asked(self, self._refused)
        self._decided: list[Decided] = []
        self.list = EntryList(_(N_("Conflicts")), lines=3)
        self.list.chosen.connect(self._show)
        self.pane = CasePane()
        self.list.opened.connect(lambda _key: self.pane.settle())
        self.pane.settled.connect(self._settle)
        self.pane.returned.connect(self._return)
        self.pane.put_off.connect(lambda: self.list.step(1))
        self.pane.changed.connect(self.hints_changed)
        self._lay_out()
        self._ask_list()

    def _lay_out(self) -> None:
        facts = _(N_("Two computers hold different values. Nothing scores until you decide."))
        self.header = PageHeader(_(N_("Conflicts")), facts)
        words = _(N_("No conflict."))
        self._none = EmptyState(words, _(N_("When packages are merged, different answers appear here.")))
        self._none.setContentsMargins(theme.metrics().margin, 0, theme.metrics().margin, 0)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list.setFixedWidth(theme.px(280 if theme.is_compact() else 336))
        row.addWidget(self.list)
        row.addWidget(Rule(upright=True))
        row.addWidget(self.pane, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(Waiting(_(N_("Reading the conflicts"))))
        self._stack.addWidget(beside)
        self._stack.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Conflicts"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Digits, settle, undo."""
        if not self._found:
            return ()
        digits = f"1–{max(2, self.pane.ways)}"
        return (
            KeyHint(digits, _(N_("Choose"))),
            KeyHint("Return", _(N_("Settle"))),
            KeyHint("J K", _(N_("Next, before"))),
            KeyHint("Ctrl+Z", _(N_("Undo"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Choices, settle, walk, the interview, its firm."""
        digits = (
            Action(
                f"choose.{digit}", tr(N_("Choose {number}"), number=digit), partial(self.pane.choose, int(digit)), digit
            )
            for digit in _DIGITS
        )
        return (
            *digits,
            Action("settle", _(N_("Settle")), self.pane.settle, "Ctrl+Return"),
            Action("next", _(N_("Next conflict")), partial(self.list.step, 1), "J"),
            Action("before", _(N_("Conflict before")), partial(self.list.step, -1), "K"),
            Action("reason", _(N_("Write the reason")), self.pane.reason.setFocus, "G"),
            Action("interview", _(N_("Open the interview")), self.open_interview, "Ctrl+O"),
            Action("firm", _(N_("Show the firm")), self.show_firm, "Ctrl+F"),
            Action("again", _(N_("Read again")), self.refresh, "F5", bound=False),
        )

    def on_shown(self) -> None:
        """The list has the focus, once there is one."""
        (self.list if self.list.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.isVisible():
            self.busy.emit(Progress(0, 0, _(N_("Reading the conflicts"))))

    def refresh(self) -> None:
        """Read anew; the content stays in sight."""
        self._ask_list()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """The conflict in sight, with its reason so far."""
        return ConflictsRoute(self.list.current, self.pane.reason.text())

    def leave(self) -> None:
        """Nobody waits for answers any more."""
        super().leave()
        self._asked.drop()

    def next_problem(self) -> None:
        """F8: the next conflict."""
        self.list.step(1)

    def side_panel(self) -> QWidget | None:
        """F6 leads from the list to the values."""
        return self.pane.reason if self._found else None

    def undo(self) -> bool:
        """Take the last decision back."""
        if not self._decided:
            return False
        from kume_desktop.services import conflicts

        decided = self._decided.pop()
        if self._try(lambda: conflicts.undo(self.desk.study, decided)):
            self._wanted = decided.key
            self._stored()
        return True

    def open_interview(self) -> None:
        """Go to the interview of the conflict."""
        line = self._line()
        if line is not None and line.kind is Kind.ANSWER:
            _kind, interview_id, path = line.key.split("|", 2)
            from kume_desktop.services.review import acts

            instrument = acts.standing(self.desk.study, interview_id).record.instrument_id
            self.navigate.emit(InterviewRoute(line.unit_id, instrument, path.partition("#")[0]))

    def show_firm(self) -> None:
        """Go to the firm of the conflict."""
        line = self._line()
        if line is not None and line.unit_id:
            self.navigate.emit(FieldRoute(line.unit_id))

    def _line(self) -> OpenConflict | None:
        return next((one for one in self._found if one.key == self.list.current), None)

    def _ask_list(self) -> None:
        self.busy.emit(Progress(0, 0, _(N_("Reading the conflicts"))))
        self._asked.ask(conflict_cases.CONFLICTS, self._take, conflict=self._wanted or self.list.current)

    def _take(self, answer: Any) -> None:
        self.busy.emit(None)
        self._found = conflict_cases.conflicts_of(answer)
        wanted, self._wanted = self._wanted or self.list.current, ""
        blocked = self.list.blockSignals(True)
        self.list.set_entries([_entry(one) for one in self._found], wanted)
        self.list.blockSignals(blocked)
        is_first = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if self._found else 2)
        if is_first and self._found:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        count = len(self._found)
        work = OpenWork(tr(N_("{count} conflicts"), count=count), "git-compare") if count else None
        self.problem_shown.emit(work)
        self.hints_changed.emit()
        if self._found:
            self._take_case(answer)

    def _show(self, key: str) -> None:
        shown = self.pane.case
        if key and (shown is None or shown.conflict.key != key or self.pane.number == 0):
            self._asked.ask(conflict_cases.CONFLICT, self._take_case, conflict=key)

    def _take_case(self, answer: Any) -> None:
        case = conflict_cases.case_of(answer)
        keys = [one.key for one in self._found]
        if case.conflict.key != self.list.current:
            self._show(self.list.current)
            return
        place = f"{keys.index(case.conflict.key) + 1} / {len(keys)}" if case.conflict.key in keys else ""
        typed = self.pane.has_focus_inside
        self.pane.show_case(case, place)
        if self._typed:
            self.pane.reason.show_text(self._typed)
            self._typed = ""
        if typed:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hints_changed.emit()

    def _settle(self, value: str, reason: str) -> None:
        from kume_desktop.services import conflicts

        case = self.pane.case
        if case is None:
            return
        made: list[Decided] = []
        key = case.conflict.key
        if not self._try(lambda: made.append(conflicts.decide(self.desk.study, key, value, reason))):
            return
        self._decided += made
        said = tr(N_("Settled: {question}"), question=f"{case.conflict.number} {case.conflict.title}".strip())
        self.toast.emit(Toast(said, undo=self.undo))
        self._wanted = self._after(key)
        self._stored()

    def _return(self, words: str) -> None:
        from kume_desktop.services import conflicts

        case = self.pane.case
        if case is None:
            return
        if self._try(lambda: conflicts.ask_firm(self.desk.study, case.conflict.key, words)):
            name = case.interviewer or _(N_("the interviewer"))
            self.toast.emit(Toast(tr(N_("The interview was returned to {name} with this question."), name=name)))
            self._wanted = self._after(case.conflict.key)
            self._stored()

    def _after(self, key: str) -> str:
        keys = [one.key for one in self._found]
        place = keys.index(key) + 1 if key in keys else 0
        return keys[place] if place < len(keys) else ""

    def _stored(self) -> None:
        from datetime import datetime

        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.tell_changed()
        self._ask_list()

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused as refused:
            self._refused(refused.problems)
            return False
        self.pane.refuse(())
        return True

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.busy.emit(None)
        self.pane.refuse(problems)
        if any(one.code == "conflict.gone" for one in problems):
            self._ask_list()


def _entry(one: OpenConflict) -> Entry:
    between = "  ↔  ".join(value or "–" for value in one.values)
    title = f"{one.number} {one.title}".strip()
    if one.kind is Kind.DOUBLE:
        title = tr(N_("Two interviews: {form}"), form=one.title)
    return Entry(one.key, title, one.firm, between)
