"""Drafts of older versions: what a move would do, the move, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from kume_desktop.gui.compiled_ahead import CompiledAhead
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.forms.backup_first import BackupFirst
from kume_desktop.gui.forms.drafts_list import WAITS, DraftsList, state_of
from kume_desktop.gui.forms.part import Part
from kume_desktop.gui.forms.tick import Tick
from kume_desktop.gui.forms.work import Steps
from kume_desktop.gui.page import Action, KeyHint, Progress, Toast
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import FormRoute
    from kume_desktop.services.questionnaires import DraftView, Guess


class DraftsPart(Part):
    """Each draft is moved on its own, one a turn of the event loop; those that cannot be moved stay."""

    def __init__(self, desk: Desk, route: FormRoute) -> None:
        super().__init__()
        from kume_desktop.services import questionnaires

        self._desk, self._instrument_id = desk, route.instrument_id
        self._held = questionnaires.versions_of(desk.study, route.instrument_id)
        self.accepted: tuple[str, ...] = route.accepted
        self._guesses: dict[str, Guess] = {}
        self._compared: set[str] = set()
        self._reading: Question | None = None
        self._last: tuple[str, ...] = ()
        self._steps = Steps(self)
        self._steps.progressed.connect(self.progressed)
        self._steps.done.connect(self._finish)
        self._going_back = False
        self._backup = BackupFirst(desk, self)
        self._backup.progressed.connect(self.progressed)
        self._backup.refused.connect(self._refuse)
        self.listing = DraftsList()
        self.move_all_button = Button(_(N_("Move all")), Kind.PRIMARY)
        self._one = Button(_(N_("Move this one")))
        self._back = Button(_(N_("Bring back")))
        self._lay_out()
        self.move_all_button.clicked.connect(self.move_all)
        self._one.clicked.connect(self.move_one)
        self._back.clicked.connect(self.bring_back)
        self.listing.current.connect(self._allow)
        self.move_all_button.setEnabled(False)
        self._allow(None)
        CompiledAhead(desk, [one.version_id for one in self._held], self)

    def _lay_out(self) -> None:
        for button in (self._back, self._one, self.move_all_button):
            self.listing.tools.addWidget(button)
        self._ticks = QVBoxLayout()
        self._ticks.setContentsMargins(GAP, 0, 0, 0)
        self._ticks.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._ticks)
        column.addWidget(self.listing, 1)

    def begin(self) -> None:
        """Ask for the drafts, and which renames were guessed."""
        from kume_desktop.services import companion

        self._drop()
        self.refused.emit(())
        self.progressed.emit(Progress(0, 0, _(N_("Looking at the drafts"))))
        self._reading = self._ask(companion.DRAFTS, instrument=self._instrument_id, accepted=list(self.accepted))
        self._reading.answered.connect(self._show)

    def acts(self) -> tuple[Action, ...]:
        """Move, bring back."""
        return (
            Action("move-all", _(N_("Move all drafts that can be moved")), self.move_all, "Ctrl+Return"),
            Action("move-one", _(N_("Move this draft")), self.move_one, "M"),
            Action("bring-back", _(N_("Bring this draft back")), self.bring_back, "G"),
        )

    def hints(self) -> tuple[KeyHint, ...]:
        """Move, bring back, undo."""
        return (
            KeyHint("Ctrl+Return", _(N_("Move all"))),
            KeyHint("M", _(N_("Move this one"))),
            KeyHint("G", _(N_("Bring back"))),
            KeyHint("Ctrl+Z", _(N_("Undo"))),
        )

    @property
    def movable(self) -> tuple[DraftView, ...]:
        """The drafts that can be moved."""
        return tuple(one for one in self.listing.model.all_rows if state_of(one) == WAITS)

    def move_all(self) -> None:
        """Move every draft that can be moved."""
        self._move(self.movable)

    def move_one(self) -> None:
        """Move the draft the bar is on."""
        chosen = self._chosen()
        self._move((chosen,) if chosen is not None and state_of(chosen) == WAITS else ())

    def bring_back(self) -> None:
        """Bring the draft the bar is on back into the version that it came from."""
        chosen = self._chosen()
        if chosen is not None and chosen.moved_from:
            self._bring_back((chosen.interview_id,))

    def undo(self) -> bool:
        """Bring the drafts back that were moved last."""
        last, self._last = self._last, ()
        if last:
            self._bring_back(last)
        return bool(last)

    def _take_back(self) -> None:
        """Undo from the toast, which may stay longer than the page."""
        from kume_desktop.services import versions

        if isValid(self):
            self.undo()
            return
        for interview_id in self._last:
            versions.undo(self._desk.study, interview_id)
        self._desk.tell_changed()

    def cancel(self) -> bool:
        """Stop moving; drafts that were moved stay moved."""
        return self._backup.cancel() or self._steps.cancel()

    def let_go(self) -> None:
        """Nobody waits any more."""
        self._drop()
        if self._steps.cancel():
            self._desk.tell_changed()

    def _ask(self, verb: str, **params: object) -> Question:
        question = self._desk.companion.ask(self, verb, **params)
        question.refused.connect(self._refuse)
        return question

    def _drop(self) -> None:
        """The drafts are read anew; guesses that were asked for are still wanted."""
        if self._reading is not None:
            self._reading.drop()
        self._reading = None

    def _move(self, drafts: Sequence[DraftView]) -> None:
        from kume_desktop.services import versions

        if not drafts or self._steps.is_running or self._backup.is_running or not self._held:
            return
        study, newest = self._desk.study, self._held[0].version_id
        ids = [one.interview_id for one in drafts]

        def move() -> None:
            self._going_back = False
            act = partial(versions.move, study, version_id=newest, accepted=self.accepted)
            self._steps.start(ids, lambda one: (one, act(interview_id=str(one)))[0], _moving())

        self._backup.start(move)

    def _bring_back(self, ids: Sequence[str]) -> None:
        from kume_desktop.services import versions

        if self._steps.is_running or self._backup.is_running:
            return
        self._going_back = True
        study = self._desk.study
        self._steps.start(ids, lambda one: (one, versions.undo(study, str(one)))[0], _(N_("Bringing drafts back")))

    def _finish(self, results: Sequence[object]) -> None:
        done = tuple(one for one in results if isinstance(one, str))
        refused = tuple(problem for one in results if isinstance(one, Refused) for problem in one.problems)
        self._last = () if self._going_back else done
        self.stored.emit()
        self.begin()
        if refused:
            self._refuse(refused)
        if done and self._going_back:
            self.toast.emit(Toast(tr(N_("{count} drafts are back in their version."), count=len(done))))
        elif done:
            said = N_("{count} drafts are in version {version} now.")
            self.toast.emit(Toast(tr(said, count=len(done), version=self._held[0].version), self._take_back))

    def _show(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import questionnaires

        self.progressed.emit(None)
        self.listing.show_rows(questionnaires.draft_views(answer))
        count = len(self.movable)
        self.move_all_button.setText(tr(N_("Move {count} drafts"), count=count) if count else _(N_("Move all")))
        self.move_all_button.setEnabled(bool(count))
        told = N_("{count} drafts can be moved to version {version}. Nothing was changed yet.")
        newest = self._held[0].version if self._held else "–"
        self.said.emit(tr(told, count=count, version=newest) if count else "")
        self._ask_guesses({one.version_id for one in self.movable})

    def _ask_guesses(self, older: set[str]) -> None:
        """Ask once for each older version that has drafts which renames were guessed."""
        from kume_desktop.services import companion

        for version_id in older - self._compared:
            self._compared.add(version_id)
            sides = {"old": {"version": version_id}, "new": {"version": self._held[0].version_id}}
            self._ask(companion.DIFFERENCES, **sides).answered.connect(self._take_guesses)

    def _take_guesses(self, answer: Mapping[str, Any]) -> None:
        """Offer the renames that were guessed; what a person does not tick is not followed."""
        from kume_desktop.services import questionnaires

        self._guesses.update({one.new: one for one in questionnaires.compared(answer).guesses})
        empty(self._ticks)
        if self._guesses:
            head = _(N_("Similar words: tick what is the same question. Its answers then go along."))
            self._ticks.addWidget(Label(head, Role.SECOND, Tone.TEXT2, wrap=True))
        for guess in self._guesses.values():
            words = N_("{old} (“{old_label}”) became {new} (“{new_label}”)")
            text = tr(words, old=guess.old, old_label=guess.old_label, new=guess.new, new_label=guess.new_label)
            tick = Tick(text, guess.new in self.accepted)
            tick.toggled.connect(partial(self._accept, guess.new))
            self._ticks.addWidget(tick)

    def _accept(self, name: str, wanted: bool) -> None:
        self.accepted = tuple({*self.accepted, name} if wanted else {*self.accepted} - {name})
        self.begin()

    def _chosen(self) -> DraftView | None:
        chosen: DraftView | None = self.listing.chosen
        return chosen

    def _allow(self, _row: object) -> None:
        chosen = self._chosen()
        self._one.setEnabled(chosen is not None and state_of(chosen) == WAITS)
        self._back.setEnabled(chosen is not None and bool(chosen.moved_from))
        self._back.setHidden(not any(one.moved_from for one in self.listing.model.all_rows))

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.progressed.emit(None)
        self.refused.emit(problems)


def _moving() -> str:
    return _(N_("Moving drafts"))
