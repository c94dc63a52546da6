"""The interview page as the window knows it: route, keys, palette, save state."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.interview import keys
from kume_desktop.gui.interview.body import InterviewBody
from kume_desktop.gui.interview.notes import typed_when
from kume_desktop.gui.interview.version_choice import VersionChoice
from kume_desktop.gui.page import Action, Group, KeyHint, Page, Toast
from kume_desktop.gui.routes import ConflictsRoute, FieldRoute, InterviewRoute, Route
from kume_desktop.interview import page as model
from kume_desktop.problems import Refused
from kume_desktop.services import roles
from kume_desktop.services.review import locks
from kume_desktop.settings import LikertKeys
from kume_desktop.texts import N_, _, say, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.interviewing import Session
    from kume_desktop.services.rating_views import LiveScore
    from kume_desktop.services.versions import Rival


SCORING = ("staff", "scorer", "manager")
"""The roles that score firms or look after those who do."""


class InterviewPage(Page):
    """The interview of a firm; where it cannot be opened, the page says why and how to go on."""

    in_interview = True

    def __init__(self, desk: Desk, route: InterviewRoute, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._route = route
        self._leaving_unsaved = False
        self.body: InterviewBody | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.choice: VersionChoice | None = None
        self._told_drafts = False
        try:
            session = _open(desk, route)
        except Refused as refusal:
            self._show_refusal(whole, refusal)
            return
        rivals = _rivals(session)
        if rivals:
            self.choice = VersionChoice(session.firm.name, rivals, partial(self._choose_version, session))
            whole.addWidget(self.choice)
            return
        letters = desk.settings.likert_keys is LikertKeys.LETTERS
        self._saved_before = session.last_saved
        self.body = InterviewBody(session, wait_for_enter=desk.settings.wait_for_enter, letters=letters)
        whole.addWidget(self.body)
        self._connect(self.body)

    def _connect(self, body: InterviewBody) -> None:
        body.course.recorder.state_changed.connect(self.save_state)
        body.work_changed.connect(self.problem_shown)
        body.hints_changed.connect(self.hints_changed)
        body.left.connect(self._close)
        body.decision_asked.connect(self._decide)
        body.course.completed.connect(self._completed)
        body.gathering.told.connect(self.toast)
        body.course.warned.connect(lambda problem: self.toast.emit(Toast(say(problem))))
        body.work_changed.connect(lambda _work: self._hide_score())

    def _show_refusal(self, whole: QVBoxLayout, refusal: Refused) -> None:
        margin = theme.metrics().margin
        whole.setContentsMargins(margin, margin, margin, margin)
        how = "\n".join(say(problem) for problem in refusal.problems)
        back = _(N_("Back to the firms"))
        whole.addWidget(EmptyState(_(N_("The interview cannot be opened.")), how, back, self._go_back))

    @property
    def title(self) -> str:
        """Firm and form."""
        if self.body is None:
            return _(N_("Interview"))
        return tr(N_("Interview: {firm}"), firm=self.body.session.firm.name)

    def on_shown(self) -> None:
        """Show the question where work goes on."""
        if self.choice is not None:
            self.choice.take_focus()
        if self.body is None:
            return
        if self.body.view.screen_path:
            self.body.guide.return_to_question()
        else:
            self.body.open_at(self._route.question or locks.first_asked(self.body.session))
        self.save_state.emit(self.body.course.recorder.state)
        self._ask_score(self.body)
        self._tell_drafts(self.body)

    def _tell_drafts(self, body: InterviewBody) -> None:
        """Say once that texts were left behind the last time; nothing of them is stored by itself."""
        left = body.course.extras.left
        if not left or self._told_drafts:
            return
        self._told_drafts = True
        said = N_("1 typed text was not stored the last time ({when}).")
        many = N_("{count} typed texts were not stored the last time ({when}).")
        told = tr(said if len(left) == 1 else many, count=len(left), when=typed_when(left[-1].at))
        self.toast.emit(Toast(told, undo=body.guide.show_open, action=_(N_("Show (Shift+F8)"))))

    def _choose_version(self, session: Session, version_id: str) -> None:
        from kume_desktop.services import versions

        try:
            versions.choose(self.desk.study, session.interview_id, version_id)
        except Refused as refusal:
            self.toast.emit(Toast(say(refusal.problems[0])))
            return
        self.desk.tell_changed()
        self.navigate.emit(self._route)

    def _ask_score(self, body: InterviewBody) -> None:
        """Whoever may score sees the score so far beside a completed interview; nobody sees it while asking."""
        head = self.desk.head
        if head is None or head.role not in SCORING or not _is_read(body.session):
            return
        from kume_desktop.services import companion

        question = self.desk.companion.ask(self, companion.SO_FAR, unit_id=self._route.unit_id)
        question.answered.connect(lambda answer: self._show_score(companion.so_far(answer)))

    def _show_score(self, score: LiveScore | None) -> None:
        if self.body is not None and _is_read(self.body.session):
            self.body.score.show_score(score)

    def _hide_score(self) -> None:
        """The interview was opened again: it is asked now."""
        if self.body is not None and not self.body.session.is_completed:
            self.body.score.show_score(None)

    def leave(self) -> None:
        """Commit what is typed, keep the place, close the session."""
        if self.body is not None:
            self.body.close_session()
            if self.body.session.last_saved != self._saved_before:
                self.desk.tell_changed()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the page knows its own
        """The interview at the current question."""
        question = self.body.view.current if self.body is not None else ""
        return InterviewRoute(self._route.unit_id, self._route.instrument_id, question or self._route.question)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys of the question that has the focus."""
        return keys.hints(self.body) if self.body is not None else ()

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do in an interview."""
        return keys.actions(self.body) if self.body is not None else ()

    def find_here(self, text: str) -> tuple[Action, ...]:
        """The questions that the palette finds."""
        if self.body is None:
            return ()
        body = self.body
        found = model.find(body.course.interview, text)
        return tuple(_question_action(body, question) for question in found[:20])

    def side_panel(self) -> QWidget | None:
        """The panel at the right, while one is open."""
        return self.body.sides.panel if self.body is not None else None

    def next_problem(self) -> None:
        """F8."""
        if self.body is not None:
            self.body.guide.next_problem()

    def retry(self) -> None:
        """F5: store what could not be stored."""
        if self.body is not None:
            self.body.course.recorder.retry()

    def undo(self) -> None:
        """Ctrl+Z: the last answer, with the focus there."""
        if self.body is not None:
            self.body.course.undo()

    def cancel(self) -> bool:
        """Esc: close what lies open, else leave; what is not stored yet is tried once more before."""
        body = self.body
        if body is None:
            return False
        if body.escape():
            return True
        recorder = body.course.recorder
        if recorder.waiting and not self._leaving_unsaved:
            recorder.retry()
            self._leaving_unsaved = bool(recorder.waiting)
            if self._leaving_unsaved:
                return True
        self._go_back()
        return True

    def _close(self) -> None:
        self.cancel() if self.body is not None and self.body.course.recorder.waiting else self._go_back()

    def _decide(self, path: str) -> None:
        """Go to the conflict, where the person may decide it."""
        if self.body is None:
            return
        if roles.may(self.desk.study, roles.Right.DECIDE):
            self.navigate.emit(ConflictsRoute(f"interview|{self.body.session.interview_id}|{path}"))
        else:
            words = _(N_("The supervisor decides this. Go on with the other questions."))
            self.toast.emit(Toast(words))

    def _go_back(self) -> None:
        self.navigate.emit(FieldRoute(self._route.unit_id))

    def _completed(self) -> None:
        route = self._route
        firm = self.body.session.firm.name if self.body is not None else ""
        self._go_back()
        self.toast.emit(Toast(tr(N_("Interview completed: {firm}"), firm=firm), undo=_reopener(self.desk, route)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace outside of fields goes back."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Backspace and plain and self.body is not None:
            self.body.guide.backward()
        else:
            super().keyPressEvent(event)


def _is_read(session: Session) -> bool:
    """Whether a completed interview with a rubric lies open to be read."""
    return session.is_completed and bool(session.interview.form.instrument.indicators)


def _open(desk: Desk, route: InterviewRoute) -> Session:
    from kume_desktop.services.interviewing import open_interview

    session = open_interview(desk.study, route.unit_id, route.instrument_id)
    session.set_language(texts.language())
    return session


def _rivals(session: Session) -> tuple[Rival, ...]:
    """The versions that computers moved the interview to, where there are several."""
    from kume_desktop.services import versions

    return versions.rivals(session.study, session.interview_id) if session.is_moved_apart else ()


def _reopener(desk: Desk, route: InterviewRoute) -> Callable[[], object]:
    def reopen() -> None:
        session = _open(desk, route)
        session.reopen()
        desk.tell_changed()

    return reopen


def _question_action(body: InterviewBody, question: model.Found) -> Action:
    label = f"{question.number} {question.title}"
    return Action(question.path, label, lambda: body.guide.show_question(question.path), group=Group.QUESTIONS)
