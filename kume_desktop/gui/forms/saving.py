"""The report of a check leaves the window: as text in the clipboard or a file, or on the cells of a copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from kume_desktop.gui.forms import files
from kume_desktop.gui.forms.candidate import Candidate
from kume_desktop.gui.page import Action, Toast
from kume_desktop.problems import Refused
from kume_desktop.texts import N_, _, tr


class ReportSaving(QObject):
    """`told`: a toast on what was written; `refused`: problems."""

    told = Signal(object)
    refused = Signal(object)

    def __init__(self, page: QWidget, candidate: Candidate) -> None:
        super().__init__(page)
        self._page, self._candidate = page, candidate
        candidate.marked.connect(lambda path: self._tell(Path(str(path))))

    def actions(self) -> tuple[Action, ...]:
        """Copy, save, mark."""
        return (
            Action("copy-report", _(N_("Copy the report")), self.copy, "Ctrl+Shift+C", icon="copy"),
            Action("save-report", _(N_("Save the report as text…")), self.save, "Ctrl+S"),
            Action("mark", _(N_("Save a marked copy of the workbook…")), self.mark, "Ctrl+Shift+M"),
        )

    def copy(self) -> None:
        """Put the report into the clipboard as text."""
        if self._candidate.problems is not None:
            QApplication.clipboard().setText(self._candidate.report_text)
            self.told.emit(Toast(_(N_("The report was copied."))))

    def save(self) -> None:
        """Ask for a place and write the report there as text."""
        if self._candidate.problems is None:
            return
        near = self._candidate.file.with_suffix(".txt")
        words, kind = _(N_("Save the report as text…")), tr(N_("Text ({pattern})"), pattern="*.txt")
        place = files.ask_place(self._page, near, words, kind)
        if place is not None:
            try:
                self._candidate.write_report(place)
            except Refused as refusal:
                self.refused.emit(refusal.problems)
            else:
                self._tell(place)

    def mark(self) -> None:
        """Ask for a place and let the worker write a copy of the workbook with every problem on its cell."""
        if not self._candidate.problems:
            self.told.emit(Toast(_(N_("There is nothing to mark."))))
            return
        file = self._candidate.file
        near = file.with_name(tr(N_("{name}-marked"), name=file.stem) + ".xlsx")
        kind = tr(N_("Excel workbook ({pattern})"), pattern="*.xlsx")
        place = files.ask_place(self._page, near, _(N_("Save a marked copy of the workbook…")), kind)
        if place is not None:
            self._candidate.mark(place)

    def _tell(self, place: Path) -> None:
        self.told.emit(Toast(tr(N_("{file} is written."), file=place.name)))
