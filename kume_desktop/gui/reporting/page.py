"""Rapor: the workbook in two editions, its contents in sight before it is written, and the pictures as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.computing import Computing
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page, Progress
from kume_desktop.gui.reporting import files
from kume_desktop.gui.reporting.form import ReportForm
from kume_desktop.gui.reporting.pictures import Pictures
from kume_desktop.gui.reporting.preview import Preview
from kume_desktop.gui.reporting.saving import Saving
from kume_desktop.gui.reporting.shown import Shown
from kume_desktop.gui.reporting.writing import REPORT, Writing
from kume_desktop.gui.routes import ReportRoute, Route
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk

BLIND, STAFF = "report.blind", "staff"
_LANGUAGES = (("tr", N_("Türkçe")), ("en", N_("English")))


class ReportPage(Page):
    """What is chosen and typed stays while files are written; nothing is stored in the study but fresh results."""

    def __init__(self, desk: Desk, route: ReportRoute) -> None:
        super().__init__(desk)
        self._route, self._was_shown = route, False
        self.computing = Computing(desk, self)
        self.writing = Writing(desk, self)
        self.pictures = Pictures(desk, self)
        self.header = PageHeader(_(N_("Report")), self._facts())
        self.area = Picker(_(N_("Area")))
        self.language = Picker(_(N_("Language")))
        self.form = ReportForm(desk.head, route, route.target or str(files.proposed(desk.study.path)))
        self.preview = Preview()
        self.shown = Shown(desk, self.computing, self.pictures, self.form, self.preview)
        self.saving = Saving(self, desk.study.path.parent, self.writing, self.form, self.preview, self.shown)
        self._offer(route)
        self._lay_out()
        self._connect()
        self.shown.show_contents(route)

    def _offer(self, route: ReportRoute) -> None:
        """Fill the pickers."""
        areas = [(area.code, _area_name(area.name_tr, area.name_en)) for area in self.desk.study.areas()]
        self.area.set_items([("", _(N_("all"))), *areas])
        self.area.set_current(route.area if route.area in dict(areas) else "")
        self.language.set_items([(code, _(name)) for code, name in _LANGUAGES])
        self.language.set_current(route.lang or texts.language())
        self.shown.lang, self.shown.only = self.language.current, self.area.current

    def _lay_out(self) -> None:
        self.write = Button(_(N_("Write to Excel")), Kind.PRIMARY)
        self.save = Button(_(N_("Save as picture")))
        for tool in (self.area, self.language, self.save, self.write):
            self.header.add_tool(tool)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.form)
        row.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.write.clicked.connect(self.write_report)
        self.save.clicked.connect(self.saving.save_pictures)
        self.area.picked.connect(self._pick_area)
        self.language.picked.connect(self._pick_language)
        self.computing.changed.connect(self._computed)
        self.computing.aged.connect(self._tell_state)
        for source in (self.computing, self.writing):
            source.progressed.connect(self._tell)
            source.refused.connect(self._refused)
        self.saving.told.connect(self.toast)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Report"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Check, move, write, save."""
        return (
            KeyHint("Space", _(N_("Choose"))),
            KeyHint("Alt+Up Down", _(N_("Order"))),
            KeyHint("Ctrl+Shift+E", _(N_("Write to Excel"))),
            KeyHint("Ctrl+Shift+S", _(N_("Picture"))),
            KeyHint("Ctrl+PgDown", _(N_("Next area"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Write, save, place, language, area, and what to do with the workbook."""
        saving = self.saving
        return (
            Action("write", _(N_("Write to Excel")), self.write_report, "Ctrl+Shift+E"),
            Action("pictures", _(N_("Save as picture")), saving.save_pictures, "Ctrl+Shift+S"),
            Action("csv", _(N_("Write tables as CSV")), saving.write_tables, "Ctrl+Shift+C"),
            Action("place", _(N_("Choose the place")), saving.choose_place, "Ctrl+O"),
            Action("edition", _(N_("Choose the edition")), self.form.edition.focus_box, "Alt+B"),
            Action("language", _(N_("Language of the workbook")), self.language.open_list, "Alt+L"),
            Action("area", _(N_("Choose an area")), self.area.open_list, "Alt+A"),
            Action("next-area", _(N_("Next area")), lambda: self.shown.step(1), "Ctrl+PgDown"),
            Action("previous-area", _(N_("Previous area")), lambda: self.shown.step(-1), "Ctrl+PgUp"),
            Action("open", _(N_("Open the workbook")), saving.open_report, "Ctrl+Return"),
            Action("folder", _(N_("Show in the folder")), saving.open_folder, "Ctrl+Shift+O"),
            Action("check", _(N_("Choose")), lambda: None, "Space", bound=False),
            Action("up", _(N_("Sheet up")), lambda: self.form.sheets.move_current(-1), "Alt+Up", bound=False),
            Action("down", _(N_("Sheet down")), lambda: self.form.sheets.move_current(1), "Alt+Down", bound=False),
        )

    def here(self, route: Route) -> Route:  # noqa: ARG002 - what is chosen says where one is
        """What is chosen and typed, so that it is there when the page is built anew."""
        sheets, edition = self.form.sheets, self.form.edition
        return ReportRoute(
            reason=edition.reason.toPlainText().strip(),
            target=self.form.target,
            lang=self.language.current,
            edition=edition.current,
            area=self.area.current,
            shown=sheets.current.key if sheets.current is not None else "",
            at=self.shown.area,
            order=tuple(line.key for line in sheets.lines),
            off=tuple(line.key for line in sheets.lines if not line.on),
            personal=edition.personal,
            persons=edition.why_persons.toPlainText().strip(),
        )

    def side_panel(self) -> QWidget:
        """The preview."""
        return self.preview.pane

    def on_shown(self) -> None:
        """The contents have the focus; results that are missing are computed, old ones are looked at."""
        self.form.take_focus()
        self._tell_state()
        if self._was_shown:
            return
        self._was_shown = True
        if self.computing.problems:
            self.show_problems(self.computing.problems)
        elif self.computing.results is None:
            self.computing.compute()
        else:
            QTimer.singleShot(0, self, self.computing.check)

    def refresh(self) -> None:
        """Look whether the results still hold."""
        self.computing.check()

    def leave(self) -> None:
        """Stop what runs for this page only; files that were there stay as they were."""
        for work in (self.computing, self.writing, self.pictures):
            work.let_go()
        super().leave()

    def cancel(self) -> bool:
        """Esc stops writing or computing, or closes a bar."""
        return self.preview.close_bars() or self.writing.cancel() or self.computing.cancel()

    def retry(self) -> None:
        """F5 writes again after a problem, else computes anew."""
        if self.form.notes and self.computing.method is not None and not self.computing.is_stale:
            self.write_report()
        else:
            self.computing.compute()

    def write_report(self, *, knowingly: bool = False) -> None:
        """Let the worker write the workbook; a reason must be given where the edition asks for one.

        `knowingly`: staff whose own ratings are not finished take the levels of others into sight.
        """
        if self.computing.method is None or self.writing.is_running:
            return
        missing = self.form.missing()
        self.show_problems(missing)
        if missing:
            self.form.refuse(missing[0])
            return
        self.writing.start(
            REPORT,
            target=str(self.saving.target),
            lang=self.language.current,
            edition=self.form.edition.current,
            reason=self.form.edition.told,
            personal=self.form.edition.personal,
            areas=[self.area.current] if self.area.current else [],
            sheets=list(self.form.sheets.written),
            knowingly=knowingly,
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show what stands in the way under the edition."""
        self.form.show_notes(
            [ProblemNote(texts.say(one), hard=one.is_error, actions=self._ways_on(one)) for one in problems]
        )

    def _ways_on(self, problem: Problem) -> tuple[NoteAction, ...]:
        """What staff can do where the workbook would show levels that they may not have seen."""
        is_staff = self.desk.head is not None and self.desk.head.role == STAFF
        if problem.code != BLIND or self.writing.verb != REPORT or not is_staff:
            return ()
        write = _(N_("Write it knowingly; the log keeps the reason"))
        return (NoteAction(write, lambda: self.write_report(knowingly=True)),)

    def _facts(self) -> str:
        areas = len(self.desk.study.areas())
        counted, method = tr(N_("{count} areas"), count=areas), self.computing.method
        return f"{counted} · {words.method_name(method)}" if method is not None else counted

    def _pick_area(self, area: str) -> None:
        self.shown.only = area
        self.shown.show_contents()

    def _pick_language(self, lang: str) -> None:
        self.shown.lang = lang
        self.shown.show_sheet()

    def _computed(self) -> None:
        self.pictures.forget()
        self.header.set_facts(self._facts())
        self.shown.show_contents()
        self._tell_state()

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self.show_problems(problems)
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_state(self) -> None:
        self.save_state.emit(self.computing.state)
        hidden = self.shown.hidden
        told = tr(N_("{count} cells hidden"), count=hidden)
        self.problem_shown.emit(OpenWork(told, "info") if hidden else None)

    def _tell(self, progress: Progress | None) -> None:
        self.header.set_busy(progress)
        self.busy.emit(progress)


def _area_name(turkish: str, english: str) -> str:
    return english if texts.language() == "en" and english else turkish
