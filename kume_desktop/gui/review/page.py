"""İnceleme: the interviews by where they stand at the left, the one to review at the right; J and K walk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.asked import Asked
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.entry_list import Entry, EntryList
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.tabs import Tab as TabWord
from kume_desktop.gui.components.tabs import Tabs
from kume_desktop.gui.components.waiting import Waiting as Reading
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page, Progress, SaveKind, SaveState
from kume_desktop.gui.review import words
from kume_desktop.gui.review.case_pane import ReviewPane
from kume_desktop.gui.review.steps import Steps
from kume_desktop.gui.routes import BackChecksRoute, FieldRoute, InterviewRoute, ReviewRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.services.review import inbox
from kume_desktop.services.review import reading as review_reading
from kume_desktop.services.review.inbox import Inbox, Tab, Waiting
from kume_desktop.services.review.reading import Sieve
from kume_desktop.services.review.states import Step
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kume_desktop.gui.desk import Desk
    from kume_desktop.problems import Problem
    from kume_desktop.services.review.acts import Done


class ReviewPage(Page):
    """The lists stay in sight while they are read anew; a step opens the next interview."""

    def __init__(self, desk: Desk, route: ReviewRoute) -> None:
        super().__init__(desk)
        self._tab = Tab(route.tab) if route.tab in set(Tab) else Tab.NEW
        self._wanted, self._typed = route.interview_id, route.typed
        self._found = Inbox((), 1)
        self._was_read = False
        self._asked = Asked(self, self._refused)
        self._steps = Steps(desk, lambda wanted: line.firm if (line := self._line(wanted)) is not None else "", self)
        self._forms = {
            one.instrument_id: _form_name(one.title_tr, one.title_en) or one.instrument_id
            for one in desk.study.instruments()
        }
        self.tabs = Tabs(_(N_("Lists of the review")))
        self.tabs.chosen.connect(lambda key: self.show_list(Tab(key)))
        self.list = EntryList(_(N_("Interviews to review")))
        self.list.chosen.connect(self._show)
        self.pane = ReviewPane()
        self.list.opened.connect(lambda _key: self.pane.answers.setFocus())
        self.pane.step_asked.connect(self._steps.take)
        self.pane.question_written.connect(self._steps.ask)
        self.pane.exclusion_given.connect(self._steps.exclude)
        self._steps.done.connect(self._stored)
        self._steps.asked.connect(self._written)
        self._steps.told.connect(self.toast)
        self._steps.refused.connect(self._refused)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        self.header = PageHeader(_(N_("Review")))
        checks = Button(_(N_("Back-checks")))
        checks.clicked.connect(lambda: self.navigate.emit(BackChecksRoute()))
        self.header.add_tool(checks)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(theme.metrics().margin, 0, theme.metrics().margin, 0)
        tabs.addWidget(self.tabs, 1)
        self._beside = QWidget()
        row = QHBoxLayout(self._beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list.setFixedWidth(theme.px(280 if theme.is_compact() else 336))
        row.addWidget(self.list)
        row.addWidget(Rule(upright=True))
        row.addWidget(self.pane, 1)
        how = _(N_("What is taken in from packages and what is finished here appears in the list “New”."))
        none = EmptyState(_(N_("No interview in this list.")), how)
        none.setContentsMargins(theme.metrics().margin, 0, theme.metrics().margin, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(Reading(_(N_("Reading the interviews"))))
        self._stack.addWidget(self._beside)
        self._stack.addWidget(none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(tabs)
        column.addWidget(Rule())
        column.addWidget(self._stack, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Review"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Walk, ask, approve, return, undo."""
        return (
            KeyHint("J K", _(N_("Next, before"))),
            KeyHint("C", _(N_("Ask"))),
            KeyHint("O", _(N_("Approve"))),
            KeyHint("I", _(N_("Return"))),
            KeyHint("X", _(N_("Exclude"))),
            KeyHint("Ctrl+Z", _(N_("Undo"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Steps, questions, sieves, lists."""
        sieves = (
            Action(
                f"sieve.{sieve}",
                tr(N_("Sift: {what}"), what=_(words.SIEVES[sieve])),
                partial(self.pane.toggle, sieve),
                key,
            )
            for sieve, key in zip(Sieve, ("W", "N", "E", "D", "Q"), strict=True)
        )
        lists = (
            Action(f"list.{tab}", tr(N_("List: {what}"), what=_(word)), partial(self.show_list, tab), f"Ctrl+{place}")
            for place, (tab, word) in enumerate(words.TABS.items(), start=1)
        )
        return (
            Action("next", _(N_("Next interview")), partial(self.list.step, 1), "J"),
            Action("before", _(N_("Interview before")), partial(self.list.step, -1), "K"),
            Action("ask", _(N_("Ask the interviewer at this answer")), self.pane.ask, "C"),
            Action("approve", _(N_("Approve")), partial(self._either, Step.APPROVE, Step.WITHDRAW), "O"),
            Action("return", _(N_("Return")), partial(self._either, Step.RETURN, Step.RECALL), "I"),
            Action("exclude", _(N_("Exclude or take back in")), partial(self._either, Step.INCLUDE, Step.EXCLUDE), "X"),
            Action("all", _(N_("Show all questions")), self.pane.show_all, "A"),
            *sieves,
            *lists,
            Action("open", _(N_("Open the interview")), partial(self._go, _interview_of), "Ctrl+O"),
            Action("firm", _(N_("Show the firm")), partial(self._go, lambda line: FieldRoute(line.unit_id)), "Ctrl+F"),
            Action("back-checks", _(N_("Back-checks")), lambda: self.navigate.emit(BackChecksRoute()), "Ctrl+B"),
            Action("again", _(N_("Read again")), self.refresh, "F5", bound=False),
        )

    def on_shown(self) -> None:
        """The list has the focus, once there is one."""
        (self.list if self.list.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.isVisible():
            self.busy.emit(Progress(0, 0, _(N_("Reading the interviews"))))

    def refresh(self) -> None:
        """Read anew; the content stays in sight."""
        self.busy.emit(Progress(0, 0, _(N_("Reading the interviews"))))
        self._asked.ask(inbox.INBOX, self._take)

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """The interview in sight, with a question that was begun."""
        return ReviewRoute(self._tab, self.list.current, self.pane.begun)

    def leave(self) -> None:
        """Nobody waits for answers any more."""
        super().leave()
        self._asked.drop()

    def cancel(self) -> bool:
        """Esc: close an open field, else the window goes back."""
        return self.pane.close_fields()

    def side_panel(self) -> QWidget | None:
        """F6 leads from the list to the answers."""
        return self.pane.answers

    def next_problem(self) -> None:
        """F8: the next interview of the list with something to look at."""
        lines = self._found.of(self._tab)
        place = next((at for at, one in enumerate(lines) if one.interview_id == self.list.current), -1)
        found = next((one for one in (*lines[place + 1 :], *lines[: place + 1]) if one.is_noticed), None)
        if found is not None:
            self.list.choose(found.interview_id)

    def undo(self) -> bool:
        """Take the last step back and show its interview."""
        self._wanted = self._steps.undo()
        if self._wanted:
            self._fill()
        return bool(self._wanted)

    def show_list(self, tab: Tab) -> None:
        """Show another list."""
        self._tab = tab
        self._fill()

    def _go(self, place: Callable[[Waiting], Route]) -> None:
        if (line := self._line(self.list.current)) is not None:
            self.navigate.emit(place(line))

    def _either(self, first: Step, second: Step) -> None:
        steps = self.pane.case.steps if self.pane.case is not None else ()
        self.pane.want(first if first in steps else second)

    def _stored(self, done: Done) -> None:
        """Show what changed at once; the signals of the others are as they were."""
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        lines = [
            replace(one, stand=done.stand) if one.interview_id == done.interview_id else one
            for one in self._found.lines
        ]
        self._found = Inbox(tuple(lines), self._found.needed)
        self.desk.tell_changed()
        self._fill()
        if self.list.current == done.interview_id:
            self._show(done.interview_id)

    def _written(self, interview_id: str) -> None:
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self._show(interview_id)

    def _take(self, answer: Any) -> None:
        # Thousands of lines are parsed, read and shown in a turn each, so that none of them holds a key up.
        def read() -> None:
            self._found = inbox.inbox_of(answer)
            QTimer.singleShot(0, self, self._show_lines)

        QTimer.singleShot(0, self, read)

    def _show_lines(self) -> None:
        self.busy.emit(None)
        is_first, self._was_read = not self._was_read, True
        wanted = next((one for one in self._found.lines if one.interview_id == self._wanted), None)
        if wanted is not None:
            self._tab = wanted.tab
        self._fill()
        if is_first and self._stack.currentIndex() == 1:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        lines = self._found.of(self._tab)
        tabs = [TabWord(tab.value, _(word), len(self._found.of(tab))) for tab, word in words.TABS.items()]
        self.tabs.set_tabs(tabs, self._tab.value)
        wanted, self._wanted = self._wanted or self.list.current, ""
        self.list.set_entries([_entry(one, self._tab, self._forms) for one in lines], wanted)
        self.header.set_facts(_facts(self._found))
        waiting = len(self._found.of(Tab.NEW)) + len(self._found.of(Tab.ANSWERED))
        work = OpenWork(tr(N_("{count} interviews wait"), count=waiting), "inbox") if waiting else None
        self.problem_shown.emit(work)
        self._stack.setCurrentIndex(1 if lines else 2)
        if lines:
            self._show(self.list.current)
        self.hints_changed.emit()

    def _show(self, interview_id: str) -> None:
        if interview_id:
            self._asked.ask(review_reading.CASE, self._take_case, interview_id=interview_id)

    def _take_case(self, answer: Any) -> None:
        case = review_reading.case_of(answer)
        if case.interview_id != self.list.current:
            return
        lines = self._found.of(self._tab)
        place = next((at for at, one in enumerate(lines, start=1) if one.interview_id == case.interview_id), 0)
        self.pane.show_case(case, self._line(case.interview_id), f"{place} / {len(lines)}" if place else "")
        if self._typed:
            (path, text), self._typed = self._typed, ()
            self.pane.begin(path, text)

    def _line(self, interview_id: str) -> Waiting | None:
        return next((one for one in self._found.lines if one.interview_id == interview_id), None)

    def _refused(self, problems: Sequence[Problem]) -> None:
        self.busy.emit(None)
        self.pane.refuse(problems)


def _interview_of(line: Waiting) -> Route:
    return InterviewRoute(line.unit_id, line.instrument_id)


def _entry(one: Waiting, tab: Tab, forms: Mapping[str, str]) -> Entry:
    day = texts.short_date(one.ended.astimezone().date())
    said = words.noticed(one)
    if tab is Tab.RUNNING:
        said = tr(N_("{done} of {total}"), done=one.answered, total=one.asked_of)
    tone = Tone.WARN if one.is_noticed and tab is not Tab.RUNNING else Tone.TEXT2
    who = " · ".join(part for part in (one.interviewer, forms.get(one.instrument_id, "")) if part)
    return Entry(one.interview_id, one.firm, "", who, day, said, tone)


def _form_name(turkish: str, english: str) -> str:
    return (english if texts.language() == "en" else "") or turkish


def _facts(found: Inbox) -> str:
    approved = len(found.of(Tab.APPROVED))
    said = tr(N_("{approved} of {total} interviews approved"), approved=approved, total=found.completed)
    if found.needed > 1:
        return f"{said} · {tr(N_('{count} people approve each'), count=found.needed)}"
    return said
