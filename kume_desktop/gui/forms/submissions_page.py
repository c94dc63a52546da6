"""Interviews as ODK submissions: finished ones out into a folder, those of Collect, Kobo or another computer in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.fields import LongText, labelled
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.forms import files
from kume_desktop.gui.forms.notes import show_notes
from kume_desktop.gui.forms.taken_list import TakenLine, TakenList
from kume_desktop.gui.forms.tick import Tick
from kume_desktop.gui.forms.work import Steps, Work
from kume_desktop.gui.page import Action, KeyHint, Page, Progress, Toast
from kume_desktop.gui.routes import Route, SubmissionsRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk


class SubmissionsPage(Page):
    """The worker writes; what comes in is taken file by file, so that the window answers in between."""

    def __init__(self, desk: Desk, route: SubmissionsRoute) -> None:
        super().__init__(desk)
        from kume_desktop.services import questionnaires

        self.form = Picker(_(N_("Questionnaire")), theme.px(280))
        forms = [(one.instrument_id, one.title) for one in questionnaires.known(desk.study)]
        self.form.set_items([("", _(N_("all"))), *forms])
        self.form.set_current(route.instrument_id if route.instrument_id in dict(forms) else "")
        self.personal = Tick(_(N_("With personal data and files")), route.personal)
        self.reason = LongText(_(N_("Why are personal data exported?")), route.reason)
        self._why = labelled(_(N_("Why are personal data exported?")), self.reason)
        self._export = Button(_(N_("Export interviews as ODK submissions…")))
        self._import = Button(_(N_("Import submissions…")))
        self._import_folder = Button(_(N_("Import a folder…")))
        said = N_("Interviews as ODK Collect, KoboToolbox and Central know them")
        self._header = PageHeader(_(N_("Submissions")), _(said))
        self._notes = QVBoxLayout()
        self.listing = TakenList()
        self.listing.show_rows(())
        self._folder: Path | None = None
        self._writing, self._saving, self._taking = Work(self), Work(self), Steps(self)
        self._chosen: Sequence[Path] = ()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        out = QHBoxLayout()
        out.setContentsMargins(GAP, 0, 0, 0)
        out.setSpacing(12)
        which = QHBoxLayout() if theme.is_compact() else out
        which.addWidget(self.form)
        for widget in (self._export, self._import, self._import_folder):
            out.addWidget(widget)
        out.addStretch(1)
        self._why.setHidden(not self.personal.isChecked())
        told = N_("Completed interviews of this wave are exported. Imported ones keep their identity and come once.")
        held = QWidget()
        held.setMaximumWidth(theme.px(720))
        choices = QVBoxLayout(held)
        choices.setContentsMargins(GAP, 0, 0, 0)
        choices.setSpacing(4)
        choices.addWidget(Label(_(told), Role.SECOND, Tone.TEXT2, wrap=True))
        choices.addWidget(self.personal)
        choices.addWidget(self._why)
        inner = QVBoxLayout()
        inner.setContentsMargins(margin - GAP, 12, margin, 8)
        inner.setSpacing(8)
        self._notes.setContentsMargins(GAP, 0, 0, 0)
        if which is not out:
            which.setContentsMargins(GAP, 0, 0, 0)
            which.addStretch(1)
            inner.addLayout(which)
        inner.addLayout(out)
        inner.addWidget(held)
        inner.addLayout(self._notes)
        inner.addWidget(self.listing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Rule())
        column.addLayout(inner, 1)

    def _connect(self) -> None:
        self.personal.toggled.connect(self._ask_why)
        self._export.clicked.connect(self.export)
        self._import.clicked.connect(self.take)
        self._import_folder.clicked.connect(self.take_folder)
        self._writing.progressed.connect(self._tell)
        self._writing.finished.connect(self._written)
        self._writing.refused.connect(self.show_problems)
        self._saving.progressed.connect(self._tell)
        self._saving.finished.connect(lambda _made: self._take_chosen())
        self._saving.refused.connect(self.show_problems)
        self._taking.progressed.connect(self._tell)
        self._taking.done.connect(self._show_taken)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Submissions"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Export, import."""
        return (
            KeyHint("Ctrl+E", _(N_("Export"))),
            KeyHint("Ctrl+O", _(N_("Import"))),
            KeyHint("Alt+F", _(N_("Questionnaire"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Export, import, choose."""
        return (
            Action("export", _(N_("Export interviews as ODK submissions…")), self.export, "Ctrl+E"),
            Action("import", _(N_("Import submissions…")), self.take, "Ctrl+O"),
            Action("import-folder", _(N_("Import a folder…")), self.take_folder, "Ctrl+Shift+O"),
            Action("form", _(N_("Choose the questionnaire")), self.form.open_list, "Alt+F"),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - what is chosen says where one is
        """What is chosen and typed."""
        return SubmissionsRoute(self.form.current, self.personal.isChecked(), self.reason.toPlainText().strip())

    def on_shown(self) -> None:
        """Begin with the questionnaire."""
        self.form.setFocus()

    def side_panel(self) -> QWidget:
        """The file the bar is on, in full."""
        return self.listing.below

    def leave(self) -> None:
        """Stop what runs for this page only."""
        self._writing.let_go()
        self._saving.let_go()
        if self._taking.cancel():
            self.desk.tell_changed()
        super().leave()

    def cancel(self) -> bool:
        """Esc stops writing or taking; what was done stays."""
        return self._writing.cancel() or self._saving.cancel() or self._taking.cancel()

    def export(self) -> None:
        """Ask for a folder and let the worker write the interviews there; personal data need a reason."""
        from kume_desktop.services import submissions, worker

        self.show_problems(())
        reason, personal = self.reason.toPlainText().strip(), self.personal.isChecked()
        if personal and not reason:
            self.show_problems((problem("submission.reason-missing"),))
            self.reason.set_refused(True)
            self.reason.setFocus()
            return
        folder = files.ask_folder(self, self.desk.study.path.parent)
        if folder is None or self._writing.is_running:
            return
        self._folder = folder
        request = worker.request(
            self.desk.study, "submissions", folder=str(folder), instrument=self.form.current, personal=personal,
            reason=reason,
        )  # fmt: skip
        self._writing.start(request, _(submissions.WRITING))

    def take(self) -> None:
        """Ask for submissions and take them one by one."""
        self.take_files(files.ask_submissions(self, self.desk.study.path.parent))

    def take_folder(self) -> None:
        """Ask for a folder and take every submission below it, as ODK Central and Briefcase write them."""
        folder = files.ask_folder(self, self.desk.study.path.parent)
        if folder is not None:
            self.take_files(files.submissions_of([folder]))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Submissions and folders may be dropped."""
        if files.all_dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        event.acceptProposedAction()
        self.take_files(files.submissions_of(files.all_dropped(event)))

    def take_files(self, chosen: Sequence[Path]) -> None:
        """Take these submissions, after a backup of what is there; what became of each stands in the list."""
        from kume_desktop.services import backups, worker

        if not chosen or self._taking.is_running or self._saving.is_running:
            return
        self.show_problems(())
        self._chosen = tuple(chosen)
        head = self.desk.head
        if head is None or head.demonstration or head.practice:
            self._take_chosen()
            return
        request = worker.request(self.desk.study, "backup", reason=backups.IMPORT, if_due=True)
        self._saving.start(request, _(N_("Making a backup")))

    def _take_chosen(self) -> None:
        from kume_desktop.services import submissions

        study = self.desk.study
        self._taking.start(self._chosen, lambda file: submissions.take(study, [Path(str(file))]), _(submissions.TAKING))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what stands in the way in the place of what stood there before."""
        show_notes(self._notes, problems)
        self.reason.set_refused(False)

    def _ask_why(self, wanted: bool) -> None:
        self._why.setHidden(not wanted)
        if wanted:
            self.reason.setFocus()

    def _written(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import form_work

        lines = [TakenLine.written(Path(one)) for one in answer["files"]]
        lacking = [TakenLine.lacking(form_work.read_problem(one)) for one in answer["problems"]]
        self.listing.show_rows([*lacking, *lines])
        told = tr(N_("{count} files are written."), count=len(lines))
        self._header.set_facts(told)
        self.toast.emit(Toast(told, self._open_folder, _(N_("Show in the folder"))))
        self.listing.take_focus()

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _show_taken(self, results: Sequence[object]) -> None:
        taken = [one for found in results if isinstance(found, tuple) for one in found]
        refused = [problem for found in results if isinstance(found, Refused) for problem in found.problems]
        self.show_problems(refused)
        self.listing.show_rows([TakenLine.taken(one) for one in taken])
        new = sum(one.is_new for one in taken)
        lost = sum(not one.interview_id for one in taken)
        told = N_("{new} interviews taken, {known} known or changed, {refused} refused")
        self._header.set_facts(tr(told, new=new, known=len(taken) - new - lost, refused=lost))
        self.listing.take_focus()
        self.desk.tell_changed()

    def _tell(self, progress: Progress | None) -> None:
        self._header.set_busy(progress)
        self.busy.emit(progress)
