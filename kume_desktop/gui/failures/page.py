"""What failed: the report in full, to be read before anybody gets it; copied, saved or deleted by its person alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page, Toast
from kume_desktop.gui.routes import FailuresRoute, StartRoute, WelcomeRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.problems import Refused
from kume_desktop.services import crash_reports
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.crash_reports import Report


class FailuresPage(Page):
    """One report after the other, the newest first; a deleted one makes room for the next."""

    def __init__(self, desk: Desk, route: FailuresRoute) -> None:  # noqa: ARG002 - every page takes its route
        super().__init__(desk)
        self._reports: Sequence[Report] = ()
        self._header = PageHeader(_(N_("Report of a failure")))
        self._said = Label("", Role.BODY, Tone.TEXT2, wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(fonts.font(Role.SECOND))
        self.text.setAccessibleName(_(N_("The report in full")))
        self._notes = QVBoxLayout()
        self.copy = Button(_(N_("Copy")))
        self.save = Button(_(N_("Save to a file…")))
        self.delete = Button(_(N_("Delete this report")), Kind.QUIET)
        self.back = Button(_(N_("Back")))
        self.back.clicked.connect(self._go_back)
        self.copy.clicked.connect(self.copy_report)
        self.save.clicked.connect(self.choose_file)
        self.delete.clicked.connect(self.delete_report)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(12)
        for button in (self.copy, self.save, self.delete, self.back):
            acts.addWidget(button)
        acts.addStretch(1)
        margin = theme.metrics().margin
        held = QVBoxLayout()
        held.setContentsMargins(margin, 0, margin, 20)
        held.setSpacing(16)
        held.addWidget(self._said)
        held.addWidget(self.text, 1)
        held.addLayout(self._notes)
        held.addLayout(acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(held, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Report of a failure"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """What one can do with the report."""
        if not self._reports:
            return (KeyHint("Esc", _(N_("Back"))),)
        return (
            KeyHint("Ctrl+Shift+C", _(N_("Copy"))),
            KeyHint("Ctrl+S", _(N_("Save to a file…"))),
            KeyHint("Ctrl+Delete", _(N_("Delete this report"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """The same for the palette."""
        return (
            Action("copy", _(N_("Copy")), self.copy_report, "Ctrl+Shift+C"),
            Action("save", _(N_("Save to a file…")), self.choose_file, "Ctrl+S"),
            Action("delete", _(N_("Delete this report")), self.delete_report, "Ctrl+Delete"),
        )

    def on_shown(self) -> None:
        """The report is read first."""
        (self.text if self._reports else self.back).setFocus()

    def _go_back(self) -> None:
        self.navigate.emit(StartRoute() if self.desk.has_study else WelcomeRoute())

    def copy_report(self) -> None:
        """Put the report where other programs take it from."""
        if self._reports:
            QApplication.clipboard().setText(self._reports[0].text)
            self.toast.emit(Toast(_(N_("Copied"))))

    def choose_file(self) -> None:
        """Ask where the report is to be saved."""
        if not self._reports:
            return
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _(N_("Save to a file…")), str(Path(documents) / self._reports[0].path.name)
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Save the report."""
        self._forget_notes()
        try:
            crash_reports.save(self._reports[0], target)
        except Refused as refused:
            for one in refused.problems:
                self._notes.addWidget(ProblemNote(texts.say(one), hard=True))
            return
        self.toast.emit(Toast(tr(N_("Saved as {file}"), file=target.name)))

    def delete_report(self) -> None:
        """Delete the report; the next one takes its place."""
        if self._reports:
            crash_reports.delete(self._reports[0])
            self._read()
            self.toast.emit(Toast(_(N_("The report was deleted"))))
            self.hints_changed.emit()

    def _read(self) -> None:
        self._forget_notes()
        self._reports = crash_reports.waiting()
        for widget in (self.text, self.copy, self.save, self.delete):
            widget.setVisible(bool(self._reports))
        self.back.setHidden(bool(self._reports))
        if not self._reports:
            self._said.setText(_(N_("No report waits.")))
            return
        said = N_(
            "The program failed. This says where; it holds no answer, no name and no folder of this computer, and "
            "nobody gets it unless you hand it on. Read it, then copy or save it for whoever looks after the program."
        )
        self._said.setText(_(said))
        more = len(self._reports) - 1
        self._header.set_facts(tr(N_("{count} older ones wait"), count=more) if more else "")
        self.text.setPlainText(self._reports[0].text)

    def _forget_notes(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
