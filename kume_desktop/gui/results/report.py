"""Rapor: the audit edition as an Excel workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.page import Action, KeyHint, Page, Progress, Toast
from kume_desktop.gui.results import words
from kume_desktop.gui.results.contents import contents_of
from kume_desktop.gui.results.report_parts import ContentsPane, ReportForm, Written
from kume_desktop.gui.routes import ReportRoute, Route
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.tasks import Task
    from kume_desktop.scoring.method import Method

_LANGUAGES = (("tr", N_("Türkçe")), ("en", N_("English")))


class ReportPage(Page):
    """What is typed stays while the workbook is written; nothing is stored in the study."""

    def __init__(self, desk: Desk, route: ReportRoute) -> None:
        super().__init__(desk)
        self._task: Task | None = None
        self._method: Method | None = None
        self._problems: tuple[Problem, ...] = ()
        self._read()
        self.header = PageHeader(_(N_("Report")), self._facts())
        self.language = Picker(_(N_("Language")))
        self.language.set_items([(code, _(name)) for code, name in _LANGUAGES])
        self.language.set_current(route.lang or texts.language())
        self.language.picked.connect(lambda _code: self._show_contents())
        self.write = Button(_(N_("Write to Excel")), Kind.PRIMARY)
        self.write.clicked.connect(self.write_report)
        self.form = ReportForm(desk.head, route.reason, route.target or str(proposed(desk.study.path)))
        self.form.place_asked.connect(self.choose_place)
        self.contents = ContentsPane()
        self.form.open_asked.connect(self.open_report)
        self.form.folder_asked.connect(self.open_folder)
        self._lay_out()
        self._show_contents()
        self.show_problems(self._problems)

    def _lay_out(self) -> None:
        self.header.add_tool(self.language)
        self.header.add_tool(self.write)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.form)
        row.addWidget(self.contents, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)

    def _read(self) -> None:
        from kume_desktop.services import results

        try:
            self._method = results.method(self.desk.study)
        except Refused as refusal:
            self._problems = refusal.problems

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Report"))

    @property
    def written(self) -> Written | None:
        """What was written last from this page."""
        return self.form.written

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Write, choose the place, open."""
        return (
            KeyHint("Ctrl+Shift+E", _(N_("Write to Excel"))),
            KeyHint("Ctrl+O", _(N_("Choose the place"))),
            KeyHint("Tab", _(N_("Next field"))),
            KeyHint("Ctrl+K", _(N_("Find or do"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Write, place, language, and what to do with the workbook."""
        return (
            Action("write", _(N_("Write to Excel")), self.write_report, "Ctrl+Shift+E"),
            Action("place", _(N_("Choose the place")), self.choose_place, "Ctrl+O"),
            Action("language", _(N_("Language of the workbook")), self.language.open_list, "Alt+L"),
            Action("open", _(N_("Open the workbook")), self.open_report, "Ctrl+Return"),
            Action("folder", _(N_("Show in the folder")), self.open_folder, "Ctrl+Shift+O"),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - what is typed says where one is
        """What is typed, so that it is there when the page is built anew."""
        return ReportRoute(self.form.reason, self.form.target, self.language.current)

    def side_panel(self) -> ContentsPane:
        """The list of sheets."""
        return self.contents

    def on_shown(self) -> None:
        """The reason has the focus: without one nothing is written."""
        self.form.take_focus()

    def leave(self) -> None:
        """Stop writing; the file that was there stays as it was."""
        task = self._task
        if task is not None and task.is_running:
            task.setParent(QApplication.instance())
            for ended in (task.finished, task.refused, task.cancelled):
                ended.disconnect()
                ended.connect(task.deleteLater)
            task.cancel()
        super().leave()

    def cancel(self) -> bool:
        """Esc stops writing."""
        if self._task is None or not self._task.is_running:
            return False
        self._task.cancel()
        return True

    def retry(self) -> None:
        """F5 writes again after a problem."""
        if self.form.notes:
            self.write_report()

    def write_report(self) -> None:
        """Let the worker write the workbook; the reason must be given."""
        if self._method is None or (self._task is not None and self._task.is_running):
            return
        missing = self._missing()
        self.show_problems(missing)
        if missing:
            return
        from kume_desktop.gui.tasks import Task
        from kume_desktop.services import worker

        self._task = task = Task(
            worker.request(
                self.desk.study,
                "report",
                target=str(place_of(self.form.target, self.desk.study.path.parent)),
                lang=self.language.current,
                reason=self.form.reason,
            ),
            self,
        )
        task.progressed.connect(self._tell)
        task.finished.connect(self._finished)
        task.refused.connect(self._refused)
        task.cancelled.connect(lambda: self._tell(None))
        self._tell(Progress(0, 0, _(N_("Writing the workbook"))))
        task.start()

    def choose_place(self) -> None:
        """Ask where the workbook shall be written."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            _(N_("Write to Excel")),
            str(place_of(self.form.target, self.desk.study.path.parent)),
            tr(N_("Excel workbook ({pattern})"), pattern="*.xlsx"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.form.show_target(chosen)

    def open_report(self) -> None:
        """Open the workbook in the program that the computer has for it."""
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written.path)))

    def open_folder(self) -> None:
        """Open the folder of the workbook."""
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written.path.parent)))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show what stands in the way under the fields."""
        self.form.show_notes([ProblemNote(texts.say(one), hard=one.is_error) for one in problems])

    def _missing(self) -> tuple[Problem, ...]:
        if not self.form.reason:
            self.form.refuse_reason()
            return (problem("window.report-reason-missing"),)
        if not self.form.target:
            return (problem("window.missing", field=_(N_("File"))),)
        return ()

    def _facts(self) -> str:
        areas = len(self.desk.study.areas())
        counted = tr(N_("{count} areas"), count=areas)
        return f"{counted} · {words.method_name(self._method)}" if self._method is not None else counted

    def _show_contents(self) -> None:
        if self._method is not None:
            lang = self.language.current
            self.contents.show_entries(contents_of(self.desk.study, self._method, lang))

    def _finished(self, answer: dict[str, object]) -> None:
        self._tell(None)
        written = Written.of(answer)
        self.form.show_written(written)
        self.form.show_target(self.form.target)
        told = tr(N_("{file} is written."), file=written.path.name)
        self.toast.emit(Toast(told, self.open_report, _(N_("Open"))))

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self._tell(None)
        self.show_problems(problems)
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, progress: Progress | None) -> None:
        self.header.set_busy(progress)
        self.busy.emit(progress)


def place_of(typed: str, folder: Path) -> Path:
    """The file that was asked for, in `folder` where no other is named, with the ending that Excel wants."""
    wanted = folder / Path(typed).expanduser()
    return wanted if wanted.suffix.lower() == ".xlsx" else wanted.with_name(f"{wanted.name}.xlsx")


def proposed(study: Path) -> Path:
    """A place beside the study, under a name that is free."""
    stem = f"{study.stem}-{_(N_('report'))}"
    names = (f"{stem}.xlsx", *(f"{stem}-{number}.xlsx" for number in range(2, 100)))
    free = (name for name in names if not study.with_name(name).exists())
    return study.with_name(next(free, names[0]))
