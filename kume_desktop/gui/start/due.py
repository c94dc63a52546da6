"""What waits for a person at the start: a backup that is due, facts that the notice needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote
from kume_desktop.gui.page import Page, Progress, SaveKind, SaveState, Toast
from kume_desktop.gui.routes import BackupsRoute, SettingsRoute
from kume_desktop.services import backups, tables
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.tasks import Task
    from kume_desktop.problems import Problem

_FACTS = {
    "agency": N_("Agency"),
    "legal_ground": N_("Legal ground"),
    "recipients": N_("Who receives the data"),
    "retention": N_("How long they are kept"),
    "contact": N_("Contact for questions"),
}


class Due(QWidget):
    """Notes above the page's work, each with the act that settles it; made beside the window, told by the page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._task: Task | None = None
        self.last: backups.Card | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    @property
    def is_busy(self) -> bool:
        """Whether a backup is being made now."""
        return self._task is not None and self._task.is_running

    def show_all(self, *, backup: bool, facts: bool) -> None:
        """Look what is due: at backups, and at the facts that the notice says."""
        self._clear()
        if backup:
            self.last, advice = backups.state_here(self._page.desk.study)
            self._tell(advice)
        missing = tables.missing_facts(self._page.desk.study.facts()) if facts else ()
        if missing:
            words = ", ".join(_(_FACTS[name]) for name in missing)
            said = tr(
                N_("Where the notice says these facts, “……” stands until they are written: {facts}."), facts=words
            )
            write = partial(self._page.navigate.emit, SettingsRoute())
            self._put(ProblemNote(said, actions=(NoteAction(_(N_("Write them")), write),)))
        self.setHidden(not self._column.count())

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        act = NoteAction(_(N_("Back up now")), self.back_up)
        for one in problems:
            self._put(ProblemNote(texts.say(one), hard=one.is_error, actions=(act,)))

    def _put(self, note: ProblemNote) -> None:
        self._column.addWidget(note)

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def back_up(self) -> None:
        """Make a backup now, beside the window."""
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        if self.is_busy:
            return
        task = Task(worker.request(self._page.desk.study, "backup", reason=backups.ASKED), self)
        task.progressed.connect(self._page.busy)
        task.finished.connect(self._made)
        task.refused.connect(self._refused)
        task.cancelled.connect(partial(self._page.busy.emit, None))
        self._task = task
        self._page.busy.emit(Progress(0, 0, _(N_("Making a backup"))))
        task.start()

    def cancel(self) -> bool:
        """Stop a backup that is being made; it leaves nothing behind."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        return True

    def _made(self, told: Mapping[str, object]) -> None:
        from kume_desktop.gui.tasks import problems_of

        page = self._page
        page.busy.emit(None)
        page.refresh()
        self._tell(problems_of(told.get("problems")))
        self.setHidden(not self._column.count())
        page.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        said = tr(N_("Backup made: {count} entries"), count=str(told.get("events", "")))
        show = partial(page.navigate.emit, BackupsRoute())
        page.toast.emit(Toast(said, undo=show, action=_(N_("Show"))))

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self._page.busy.emit(None)
        self._clear()
        self._tell(problems)
