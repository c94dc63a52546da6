"""Files of the report page: where they go, what was written, and what to do with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from kume_desktop import texts
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.page import Toast
from kume_desktop.gui.reporting import files
from kume_desktop.gui.reporting.save_bar import ALL, EXCEL, SHOWN
from kume_desktop.gui.reporting.writing import CSV, PICTURES, REPORT, Writing, Written
from kume_desktop.problems import problem
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.reporting.form import ReportForm
    from kume_desktop.gui.reporting.preview import Preview
    from kume_desktop.gui.reporting.shown import Shown


class Saving(QObject):
    """`told`: a toast on what was written. `near` is the folder of the study."""

    told = Signal(object)

    def __init__(
        self, page: QWidget, near: Path, writing: Writing, form: ReportForm, preview: Preview, shown: Shown
    ) -> None:
        super().__init__(page)
        self._page, self._near = page, near
        self._writing, self._form, self._preview, self._shown = writing, form, preview, shown
        self.written: Written | None = None
        self.files: tuple[Path, ...] = ()
        form.place_asked.connect(self.choose_place)
        preview.open_asked.connect(self.open_report)
        preview.folder_asked.connect(self.open_folder)
        preview.pictures.asked.connect(self._write_pictures)
        preview.csv.asked.connect(self._write_csv)
        writing.finished.connect(self._finished)

    @property
    def target(self) -> Path:
        """Where the workbook goes."""
        return files.place_of(self._form.target, self._near)

    def save_pictures(self) -> None:
        """Ask in the bar which pictures to save, and as what."""
        self._preview.pictures.offer_shown(bool(self._shown.figures))
        self._preview.open_bar(self._preview.pictures)

    def write_tables(self) -> None:
        """Ask in the bar for which program the tables are."""
        self._preview.open_bar(self._preview.csv)

    def choose_place(self) -> None:
        """Ask where the workbook shall be written."""
        chosen = files.ask_workbook(self._page, self.target)
        if chosen:
            self._form.show_target(chosen)

    def open_report(self) -> None:
        """Open the workbook in the program that the computer has for it."""
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written.path)))

    def open_folder(self) -> None:
        """Open the folder of what was written last."""
        last = self.files[0] if self.files else self.written.path if self.written else None
        if last is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(last.parent)))

    def _write_pictures(self) -> None:
        """Ask for the folder, then let the worker write the pictures there."""
        bar, shown = self._preview.pictures, self._shown
        wanted = [[name, area, ""] for name, area in shown.figures] if bar.which.current == SHOWN else []
        folder = files.ask_folder(self._page, self._near)
        if folder and (wanted or bar.which.current == ALL):
            only = [shown.only] if shown.only else []
            kind = bar.kind.current
            self._writing.start(PICTURES, folder=folder, lang=shown.lang, kind=kind, wanted=wanted, areas=only)
            self._preview.close_bars()

    def _write_csv(self) -> None:
        """Ask what the tables are for, then for the folder, then let the worker write them there."""
        bar = self._preview.csv
        why = bar.why.text().strip()
        bar.why.set_refused(not why)
        if not why:
            self._form.show_notes([ProblemNote(texts.say(problem("export.no-purpose")), hard=True)])
            bar.why.setFocus()
            return
        folder = files.ask_folder(self._page, self._near)
        if folder:
            excel = bar.kind.current == EXCEL
            only = [self._shown.only] if self._shown.only else []
            self._writing.start(CSV, folder=folder, lang=self._shown.lang, excel=excel, areas=only, reason=why)
            self._preview.close_bars()

    def _finished(self, verb: str, answer: dict[str, object]) -> None:
        if verb == REPORT:
            self.written, self.files = Written.of(answer), ()
            self._preview.foot.show_written(self.written)
            self._form.show_target(self._form.target)
            said = tr(N_("{file} is written."), file=self.written.path.name)
            self.told.emit(Toast(said, self.open_report, _(N_("Open"))))
            return
        found = answer.get("files")
        self.files = tuple(Path(str(name)) for name in found) if isinstance(found, list) else ()
        said = tr(N_("{count} files are written."), count=len(self.files))
        self.told.emit(Toast(said, self.open_folder, _(N_("Show in the folder"))))
