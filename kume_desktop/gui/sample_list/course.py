"""A list on its way into the study: looked at, checked and imported by the worker; what was said about it so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from kume_desktop.gui.page import Progress
from kume_desktop.gui.tasks import Task
from kume_desktop.services import worker
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.sample_lists.asked import Asked
    from kume_desktop.services.sample_lists.checked import Checked
    from kume_desktop.services.sample_lists.outline import LookedSheet, Outline

_COLUMNS = frozenset({"sheet", "head_row", "fields", "revision", "area"})
"""What makes the rows be checked again when it is said otherwise."""


class Course(QObject):
    """One request to the worker at a time; `progressed` carries None at the end of each."""

    progressed = Signal(object)
    looked = Signal()
    checked_rows = Signal()
    taken = Signal(object)
    taken_back = Signal(object)
    refused = Signal(object)
    cancelled = Signal()

    def __init__(self, desk: Desk, parent: QObject, file: str = "", asked: str = "") -> None:
        super().__init__(parent)
        from kume_desktop.services.sample_lists.asked import Asked

        self._desk = desk
        self.file: Path | None = Path(file) if file else None
        self.asked: Asked = Asked.from_json(asked)
        self._kept = bool(asked)
        self.outline: Outline | None = None
        self.checked: Checked | None = None
        self._checked_as: Asked | None = None
        self._task: Task | None = None

    @property
    def is_running(self) -> bool:
        """Whether the worker is at it."""
        return self._task is not None and self._task.is_running

    @property
    def sheet(self) -> LookedSheet | None:
        """The sheet that was chosen."""
        return self.outline.sheet(self.asked.sheet) if self.outline is not None else None

    @property
    def is_settled(self) -> bool:
        """Whether the rows were checked as they are asked for now, and nothing is open."""
        return self.checked is not None and self._checked_as == self.asked and not self.open_questions

    @property
    def open_questions(self) -> int:
        """How many decisions are missing before the list can be taken."""
        return self.open_kinds + self.open_pairs + self.open_differences

    @property
    def open_kinds(self) -> int:
        """How many kinds of errors nobody decided about."""
        kinds = self.checked.kinds if self.checked is not None else ()
        return sum(kind.is_error and kind.code not in self.asked.choices for kind in kinds)

    @property
    def open_pairs(self) -> int:
        """How many pairs nobody decided."""
        if self.checked is None or "*" in self.asked.pairs:
            return 0
        decided = sum(pair.key in self.asked.pairs for pair in self.checked.pairs)
        return self.checked.pair_count - decided

    @property
    def open_differences(self) -> int:
        """How many differences nobody decided."""
        if self.checked is None or "*" in self.asked.sides:
            return 0
        decided = sum(one.key in self.asked.sides for one in self.checked.differences)
        return self.checked.difference_count - decided

    def look(self, file: Path | None = None) -> None:
        """Let the worker read a file, the one before again where none is given."""
        if file is not None and file != self.file:
            self._kept = False
        self.file = file or self.file
        if self.file is not None:
            self.checked = None
            self._start("list-look", _(N_("Reading the list")), self._take_outline, file=str(self.file))

    def look_again(self, sheet: str, head_row: int) -> None:
        """Let the worker read the file with the heads of a sheet in another row."""
        self._kept, self.checked = False, None
        words = _(N_("Reading the list"))
        self._start("list-look", words, self._take_outline, file=str(self.file), sheet=sheet, head_row=head_row)

    def say(self, **changes: Any) -> None:
        """Keep what a person says about the list; other columns make what was checked out of date."""
        self.asked = replace(self.asked, **changes)
        if _COLUMNS & set(changes):
            self.checked = None

    def forget(self) -> None:
        """The list was dealt with: no file is in front."""
        self.file, self.outline, self.checked, self._kept = None, None, None, False

    def check(self) -> None:
        """Let the worker work out what the import would do."""
        asked = self.asked
        self._start(
            "list-check", _(N_("Checking the rows")), lambda answer: self._take_checked(answer, asked), **self._params()
        )

    def take(self) -> None:
        """Let the worker import the list."""
        self._start("list-take", _(N_("Writing the firms")), self._take_taken, **self._params())

    def take_back(self, frame_id: str) -> None:
        """Let the worker take an import back."""
        self._start("list-take-back", _(N_("Taking the list back")), self._take_back, frame=frame_id)

    def cancel(self) -> bool:
        """Stop the worker: nothing is stored. False where it does nothing."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        return True

    def let_go(self) -> None:
        """The page goes: what was begun is stopped, and nothing of it stored."""
        task, self._task = self._task, None
        if task is None or not task.is_running:
            return
        task.setParent(QApplication.instance())
        for ended in (task.progressed, task.finished, task.refused, task.cancelled):
            ended.disconnect()
        for ended in (task.finished, task.refused, task.cancelled):
            ended.connect(task.deleteLater)
        task.cancel()

    def _params(self) -> dict[str, str]:
        return {"file": str(self.file), "asked": self.asked.to_json()}

    def _start(self, verb: str, words: str, take: Callable[[Mapping[str, Any]], None], **params: str | int) -> None:
        self.let_go()
        self._task = task = Task(worker.request(self._desk.study, verb, **params), self)
        task.progressed.connect(self.progressed)
        task.finished.connect(lambda answer: self._end(lambda: take(answer)))
        task.refused.connect(lambda problems: self._end(lambda: self.refused.emit(problems)))
        task.cancelled.connect(lambda: self._end(self.cancelled.emit))
        self.progressed.emit(Progress(0, 0, words))
        task.start()

    def _end(self, tell: Callable[[], object]) -> None:
        self.progressed.emit(None)
        tell()

    def _take_outline(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services.sample_lists import work

        self.outline, proposed = work.looked(answer)
        self.asked = replace(self.asked, digest=self.outline.digest) if self._kept else proposed
        self._kept = True
        self.looked.emit()

    def _take_checked(self, answer: Mapping[str, Any], asked: Asked) -> None:
        """Only a check that came to its end says anything about what was asked for then."""
        from kume_desktop.services.sample_lists import work

        self.checked, self._checked_as = work.result(answer), asked
        self.checked_rows.emit()

    def _take_taken(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services.sample_lists import work

        self.taken.emit(work.taken(answer))

    def _take_back(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services.sample_lists import work

        self.taken_back.emit(work.taken_back(answer))
