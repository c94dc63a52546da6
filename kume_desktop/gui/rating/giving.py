"""From a press to the stored level: what is given, what is still missing, what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.page import SaveKind, SaveState, Toast
from kume_desktop.gui.rating.asks import Goes, Meeting
from kume_desktop.gui.rating.courses import FirmCourse
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, say, tr

if TYPE_CHECKING:
    from kume_desktop.gui.rating.body import RatingBody
    from kume_desktop.services.rating_views import QueueRow


class Giving(QObject):
    """The acts on the indicator in sight. `state_changed` carries a SaveState, `told` a Toast."""

    state_changed = Signal(object)
    told = Signal(object)

    def __init__(self, body: RatingBody, *, wait_for_enter: bool) -> None:
        super().__init__(body)
        self._body = body
        self._wait = wait_for_enter
        self._failed: Callable[[], object] | None = None
        self._waiting: dict[tuple[str, str], tuple[str, ...]] = {}
        self.has_stored = False
        pane = body.pane
        pane.answered.connect(self.answer)
        pane.evidence_picked.connect(lambda kind: self._give(self._given(), evidence=kind))
        pane.reason_written.connect(lambda _text: self.write_reason())
        pane.reason_entered.connect(self._enter_reason)
        pane.meeting_written.connect(self._write_meeting)

    def answer(self, answer: str) -> None:
        """A digit, 'na' or 'dk' was pressed for the indicator in sight."""
        ask = self._body.pane.ask
        known = [one.answer for one in ask.choices] + [key for key, _word in ask.skips] if ask is not None else []
        if ask is None or self._body.row is None or answer not in known or ask.lock:
            return
        typed = self._body.pane.typed_reason
        self._give(answer, reason=typed if typed != ask.given.reason else None)

    def write_reason(self) -> None:
        """Store a reason that was changed, without leaving the indicator; without a level it waits for one."""
        typed = self._changed_reason()
        if typed is not None:
            self._give(self._given(), reason=typed, moves=False)
        else:
            self._waiting[self._place] = self.typed

    def _write_meeting(self, meeting: Meeting) -> None:
        self._waiting[self._place] = self.typed
        self._give(self._given(), meeting=meeting, moves=False)

    @property
    def _place(self) -> tuple[str, str]:
        row, ask = self._body.row, self._body.pane.ask
        return row.target_id if row is not None else "", ask.code if ask is not None else ""

    @property
    def typed(self) -> tuple[str, ...]:
        """Reason, day and members that wait for a level; () where one was given or nothing is typed."""
        pane = self._body.pane
        if pane.ask is None or self._given() or pane.ask.lock:
            return ()
        meeting = pane.meeting.meeting if pane.ask.meeting is not None else Meeting("", "")
        typed = (pane.typed_reason, meeting.held_on, meeting.members)
        return typed if any(typed) else ()

    def show_waiting(self, typed: tuple[str, ...] = ()) -> None:
        """Show what was typed here before and still waits for a level."""
        waiting = typed or self._waiting.get(self._place, ())
        if waiting and not self._given():
            reason, held_on, members = waiting
            self._body.pane.show_typed(reason, Meeting(held_on, members))

    def _enter_reason(self) -> None:
        typed = self._changed_reason()
        if typed is not None:
            self._give(self._given(), reason=typed)
        else:
            self._body.go_on()

    def _changed_reason(self) -> str | None:
        """What was typed and is not stored yet; None where nothing is, or where no level was given."""
        ask, typed = self._body.pane.ask, self._body.pane.typed_reason
        if ask is None or self._body.row is None or not self._given() or typed == ask.given.reason:
            return None
        return typed

    def _given(self) -> str:
        return self._body.pane.ask.given.answer if self._body.pane.ask is not None else ""

    def _give(
        self, answer: str, *, evidence: str | None = None, reason: str | None = None, meeting: Meeting | None = None,
        moves: bool = True,
    ) -> None:  # fmt: skip
        course, code = self._body.course, self._body.code
        if course is None or not answer:
            return
        if meeting is None and self._body.pane.ask is not None and self._body.pane.ask.meeting is not None:
            meeting = self._body.pane.meeting.meeting

        def store() -> None:
            goes = course.give(code, answer, evidence=evidence, reason=reason, meeting=meeting)
            self._stored()
            if moves:
                self._go(goes)

        self._attempt(store)

    def _go(self, goes: Goes) -> None:
        if goes is Goes.ON and not self._wait:
            self._body.go_on()
        else:
            self._body.pane.focus(goes)

    def _attempt(self, act: Callable[[], object]) -> None:
        """Carry an act out; what the disk refuses is said in the bar and can be tried again."""
        try:
            self._failed = None
            act()
        except Refused as refusal:
            if refusal.problems[0].code.startswith("study."):
                self._failed = act
                self.state_changed.emit(SaveState(SaveKind.FAILED, text=say(refusal.problems[0])))
            else:
                self._body.pane.show_problems(refusal.problems)

    def _stored(self) -> None:
        self.has_stored = True
        if self._body.course is not None and self._body.row is not None:
            self._body.show_rows(self._body.row.target_id)
            self._body.course.refresh()
            self._body.show_state()
        self.state_changed.emit(SaveState(SaveKind.SAVED, self._body.desk.saved_at))

    def finish(self) -> None:
        """Say that this firm's sheet is final."""
        row = self._body.row
        if not isinstance(self._body.course, FirmCourse) or row is None:
            return

        def act() -> None:
            self._body.desk.finish(row.target_id)
            self._stored()
            undo = partial(self.reopen, row) if self._body.desk.may_reopen(row.target_id) else None
            self.told.emit(Toast(tr(N_("Rating finished: {firm}"), firm=row.name), undo=undo))
            if self._body.list.next_waiting():
                self._body.take_focus()

        self._attempt(act)

    def reopen(self, row: QueueRow | None = None) -> None:
        """Change a finished sheet again: that of `row`, or of the firm in sight."""
        target = row or self._body.row
        if target is None:
            return

        def act() -> None:
            self._body.desk.reopen(target.target_id)
            self._body.show_list(self._body.tab, target_id=target.target_id)
            self._stored()
            self._body.take_focus()

        self._attempt(act)

    def undo(self) -> None:
        """Take the last act back and show where it was."""

        def act() -> None:
            where = self._body.desk.undo()
            if where is None:
                return
            target_id, code = where
            self._stored()
            if self._body.row is None or target_id != self._body.row.target_id:
                self._body.show_list(self._body.tab, target_id=target_id, code=code)
            elif code:
                self._body.code = code
                self._body.show_state()
            self._body.take_focus()

        self._attempt(act)

    def retry(self) -> bool:
        """Do again what could not be stored; False where nothing failed."""
        if self._failed is None:
            return False
        self._attempt(self._failed)
        return True
