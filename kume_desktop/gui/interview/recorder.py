"""Puts acts into the study in the order they were given, and says what became of each.

Writing is synchronous and takes about a millisecond. Where the study is busy the act is tried again by timer, where it
cannot be written it waits for `retry`; in both cases nothing is lost and nothing is called stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kume_desktop.gui.page import SaveKind, SaveState
from kume_desktop.problems import Problem, Refused
from kume_desktop.texts import N_, say, tr

if TYPE_CHECKING:
    from kume_desktop.services.views import Saved

BUSY = "study.busy"
STORAGE = frozenset(
    {BUSY, "study.disk-full", "study.disk-error", "study.read-only", "study.out-of-memory", "study.server"}
)
"""What the world may mend, so that the same act can be tried again; every other refusal is final."""
RETRY_MS = 75
SHOW_SAVING_AFTER = 2
GIVE_UP_AFTER = 200
SLOW_RETRY_MS = 1000


@dataclass(frozen=True, slots=True)
class Act:
    """Something to store: where, how, and whom to tell once its fate is known (stored, or refused by the form)."""

    path: str
    run: Callable[[], Saved | None]
    done: Callable[[Saved], None]
    kind: str = "answer"


class Recorder(QObject):
    """The queue between the page and the session; normally empty again before `submit` returns."""

    state_changed = Signal(object)

    def __init__(self, parent: QObject | None = None, last: datetime | None = None) -> None:
        super().__init__(parent)
        self.state = self._stored = SaveState(SaveKind.SAVED, last) if last is not None else SaveState()
        self._waiting: list[Act] = []
        self._attempts = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.retry)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Paths of what is not stored yet, oldest first."""
        return tuple(act.path for act in self._waiting)

    @property
    def is_failed(self) -> bool:
        """Whether something could not be written and waits for a person."""
        return self.state.kind is SaveKind.FAILED

    def submit(self, act: Act) -> None:
        """Store `act` after everything that waits; a newer act of the same kind and path replaces a waiting one."""
        self._waiting = [other for other in self._waiting if (other.path, other.kind) != (act.path, act.kind)]
        self._waiting.append(act)
        self.retry()

    def retry(self) -> None:
        """Store what waits, oldest first, until it is done or the study cannot be written."""
        self._timer.stop()
        while self._waiting:
            act = self._waiting[0]
            saved, trouble = _attempt(act)
            if trouble is not None:
                self._hold(trouble)
                return
            self._attempts = 0
            del self._waiting[0]
            self._settle(act, saved)

    def tell_drafted(self, at: datetime | None) -> None:
        """A text that is still being typed was kept as a draft; what failed or waits stays in sight."""
        if at is not None and not self._waiting and not self.is_failed:
            self._show(SaveState(SaveKind.DRAFTED, at))

    def tell_saved(self, at: datetime | None) -> None:
        """Something beside the answers was committed."""
        if at is not None:
            self._stored = SaveState(SaveKind.SAVED, at)
            if not self._waiting:
                self._show(self._stored)

    def drop(self) -> None:
        """Forget what waits: the person leaves although it could not be stored."""
        self._timer.stop()
        self._waiting.clear()
        self._show(self._stored)

    def _settle(self, act: Act, saved: Saved | None) -> None:
        if saved is not None and saved.at is not None:
            self._stored = SaveState(SaveKind.SAVED, saved.at)
        self._show(self._stored)
        if saved is not None:
            act.done(saved)

    def _hold(self, trouble: Problem) -> None:
        self._attempts += 1
        busy = trouble.code == BUSY
        if not busy or self._attempts > GIVE_UP_AFTER:
            self._show(SaveState(SaveKind.FAILED, text=_sentence(trouble)))
        elif self._attempts > SHOW_SAVING_AFTER:
            self._show(SaveState(SaveKind.SAVING))
        if busy:
            self._timer.start(RETRY_MS if self._attempts <= GIVE_UP_AFTER else SLOW_RETRY_MS)

    def _show(self, state: SaveState) -> None:
        before, self.state = self.state, state
        if _words(before) != _words(state):
            self.state_changed.emit(state)


def _words(state: SaveState) -> tuple[SaveKind, object, str]:
    """What a person can tell apart: the clock shows seconds."""
    return state.kind, state.at and state.at.replace(microsecond=0), state.text


def _attempt(act: Act) -> tuple[Saved | None, Problem | None]:
    try:
        saved = act.run()
    except Refused as refusal:
        return None, refusal.problems[0]
    if saved is not None and saved.at is None:
        return saved, next((problem for problem in saved.problems if problem.code in STORAGE), None)
    return saved, None


def _sentence(trouble: Problem) -> str:
    return tr(N_("{reason} What you typed is still on the screen."), reason=say(trouble))
