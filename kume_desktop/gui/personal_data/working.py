"""What every act of the page needs: trying, saying what is wrong, the worker, the names of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.page import Page, Progress, SaveKind, SaveState, Toast
from kume_desktop.problems import Problem
from kume_desktop.services.personal_data import acts, erasing
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task


class WorkingPage(Page):
    """A page whose long work goes on beside the window, one piece after the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._task: Task | None = None
        self.notes = QVBoxLayout()

    def leave(self) -> None:
        """A file that is cleaned or written goes on without the page."""
        task, self._task = self._task, None
        if task is not None and task.is_running:
            task.setParent(QApplication.instance())
            for ended in (task.progressed, task.finished, task.refused, task.cancelled):
                ended.disconnect()
            for ended in (task.finished, task.refused, task.cancelled):
                ended.connect(task.deleteLater)

    def clean(self) -> None:
        """Take what was erased out of the pages of the file, beside the window."""
        self.start("personal-compact", lambda _told: self.say_done(_(N_("The file is clean"))))

    def proposed(self, ending: str) -> Path:
        """A free place beside the study."""
        study = self.desk.study.path
        name = texts._(N_("personal-data"))
        marks = ("", *(f"-{number}" for number in range(2, 100)))
        names = (study.with_name(f"{name}{mark}.{ending}") for mark in marks)
        return next((one for one in names if not one.exists()), study.with_name(f"{name}.{ending}"))

    def print_pdf(self, what: str, subject: str, reason: str) -> None:
        """Ask where to, then let the worker write a document."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _(N_("Save as PDF")), str(self.proposed("pdf")), tr(N_("PDF file ({pattern})"), pattern="*.pdf")
        )
        if not chosen:
            return
        asked = {"what": what, "subject": subject, "reason": reason, "target": chosen, "lang": texts.language()}
        self.start("personal-print", self.written, **asked)

    def written(self, told: Mapping[str, object]) -> None:
        """Say which file was written."""
        self.say_done(tr(N_("Written: {file}"), file=Path(str(told["path"])).name))

    def start(self, verb: str, done: Callable[[Mapping[str, object]], None], **asked: object) -> None:
        """Let the worker do something; what waits begins when it has ended."""
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        if self._task is not None and self._task.is_running:
            self._task.finished.connect(lambda _told: self.start(verb, done, **asked))
            return
        self._task = task = Task(worker.request(self.desk.study, verb, **asked), self)
        task.progressed.connect(self.busy)
        for ended in (task.finished, task.refused, task.cancelled):
            ended.connect(lambda *_told: self.busy.emit(None))
        task.finished.connect(done)
        task.refused.connect(self.refuse)
        self.busy.emit(Progress(0, 0, _(_said(verb, asked))))
        task.start()

    def do(self, what: str, done: Callable[[Mapping[str, object]], None], **asked: object) -> None:
        """Let the worker carry out an act of `acts`; it goes on where the page is left."""
        self.refuse(())
        self.start(acts.DO, done, what=what, **asked)

    @property
    def is_working(self) -> bool:
        """Whether an act or a document is under way."""
        return self._task is not None and self._task.is_running

    def tell_changed(self, words: str) -> None:
        """Something of the study was changed."""
        self.desk.tell_changed()
        self.save_state.emit(SaveState(SaveKind.SAVED, datetime.now().astimezone()))
        self.say_done(words)

    def say_done(self, words: str) -> None:
        """Say what was done."""
        self.toast.emit(Toast(words))

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Show a note for each problem in the place of those before."""
        while (item := self.notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in problems:
            note = ProblemNote(texts.say(one), hard=one.is_error)
            self.notes.addWidget(note)
            note.say()


def _said(verb: str, asked: Mapping[str, object]) -> str:
    """What is shown while the worker has not told anything yet."""
    if verb == acts.DO:
        return acts.WORKING[str(asked["what"])]
    return erasing.CLEANING if verb == erasing.COMPACT else N_("Writing the pages")
