"""Around the questions: who is present, and the files kept as evidence. Stores what the panels ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from kume_desktop.gui.interview.attaching import SAVE_COPY
from kume_desktop.gui.interview.files_panel import FilesPanel
from kume_desktop.gui.interview.opened import respondent
from kume_desktop.gui.interview.people_panel import PeoplePanel
from kume_desktop.gui.page import Toast
from kume_desktop.interview import page as model
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, say, tr

if TYPE_CHECKING:
    from kume_desktop.gui.interview.course import Course
    from kume_desktop.services.attachments import Attachment
    from kume_desktop.services.respondents import Respondent
    from kume_desktop.services.views import Saved


class Gathering(QObject):
    """`changed` tells that somebody came or went or a file did; `told` carries a toast; `at` gives the question now."""

    changed = Signal(str)
    told = Signal(object)

    def __init__(self, course: Course, at: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._course, self._session, self._at = course, course.session, at
        self.people = PeoplePanel(self._number)
        self.files = FilesPanel(self._stored)
        self._people: tuple[Respondent, ...] = ()
        self._path = ""
        self.people.joined.connect(self._join)
        self.people.gone.connect(self._leave)
        self.files.chosen.connect(self._attach)
        self.files.unwanted.connect(self._remove)
        self.files.copied.connect(self.save_copy)
        self._read_people()

    @property
    def present(self) -> int:
        """How many joined and have not left."""
        return sum(one.is_here for one in self._people)

    @property
    def allows_files(self) -> bool:
        """Whether the study keeps evidence, or some stands here already."""
        return bool(self._course.extras.evidence_purpose or self._course.extras.files)

    def show_people(self) -> None:
        """Fill the panel of those who are present."""
        self.people.show_people(respondent(self._session), self._people, locked=self._session.is_completed)

    def show_files(self, path: str) -> None:
        """Fill the panel of files with those of a question."""
        self._path = path
        interview, extras = self._session.interview, self._course.extras
        row = model.row(interview, path) if path in interview.tree.spots else None
        title = f"{row.number} {row.title}".strip() if row is not None else ""
        locked = self._session.is_completed or row is None
        self.files.show_files(title, extras.evidence_purpose, extras.files.get(path, ()), locked=locked)

    def _number(self, path: str) -> str:
        interview = self._session.interview
        return (model.row(interview, path).number if path in interview.tree.spots else "") or _(N_("the beginning"))

    def _stored(self, name: str) -> bytes:
        from kume_desktop.services import attachments

        return attachments.content(self._session.study, name)

    def _join(self, who: str, how: str) -> None:
        from kume_desktop.services import respondents

        saved = respondents.join(self._session, who, how, self._at())
        if saved.at is None:
            self.people.refuse(saved.problems)
            return
        self.people.clear_form()
        self._people_changed(saved)
        added = self._people[-1].number
        undo = partial(self._leave, added)
        self.told.emit(
            Toast(tr(N_("Present from now on: {who}"), who=who.strip()), undo=undo, action=_(N_("Has left")))
        )

    def _leave(self, number: int) -> None:
        from kume_desktop.services import respondents

        saved = respondents.leave(self._session, number, self._at())
        if saved.at is None:
            self.people.refuse(saved.problems)
        else:
            self._people_changed(saved)

    def _people_changed(self, saved: Saved) -> None:
        self._read_people()
        self.show_people()
        self._course.recorder.tell_saved(saved.at)
        self.changed.emit("")

    def _read_people(self) -> None:
        from kume_desktop.services import respondents

        self._people = respondents.respondents(self._session.study.database, self._session.interview_id)

    def _attach(self, given: Attachment) -> None:
        self._keep_file(self._path, given)

    def _keep_file(self, path: str, given: Attachment) -> None:
        from kume_desktop.services import evidence

        self._files_changed(evidence.attach(self._session, path, given), path)

    def _remove(self, name: str) -> None:
        from kume_desktop.services import evidence

        path = self._path
        try:
            held = evidence.again(self._session, name)
        except Refused:
            held = None
        saved = evidence.remove(self._session, path, name)
        self._files_changed(saved, path)
        if saved.at is not None:
            undo = partial(self._keep_file, path, held) if held is not None else None
            self.told.emit(Toast(_(N_("File removed.")), undo=undo))

    def save_copy(self, name: str) -> None:
        """Ask for a place and write a file of this interview there."""
        from kume_desktop.services import attachments

        place = str(Path.home() / name)
        chosen, _kind = QFileDialog.getSaveFileName(self.files.window(), _(SAVE_COPY).rstrip("…"), place)
        if not chosen:
            return
        try:
            attachments.save_copy(self._session.study, name, Path(chosen))
        except Refused as refusal:
            self.told.emit(Toast("\n".join(say(problem) for problem in refusal.problems)))
        else:
            self.told.emit(Toast(tr(N_("Copy saved: {file}"), file=chosen)))

    def _files_changed(self, saved: Saved, path: str) -> None:
        if saved.at is None:
            self.files.refuse(saved.problems)
            return
        self._course.extras.read_files()
        self._course.recorder.tell_saved(saved.at)
        self.show_files(path)
        self.changed.emit(path)
