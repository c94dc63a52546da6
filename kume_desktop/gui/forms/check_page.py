"""A workbook before it becomes a questionnaire of the study: what is wrong, what differs, its tests, then "Kur"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button, Kind
from kume_desktop.gui.components.labels import Rule, announce
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.forms.candidate import Candidate
from kume_desktop.gui.forms.check_parts import DIFFERENCES, REPORT, TESTS, CheckParts
from kume_desktop.gui.forms.notes import shortened, show_notes
from kume_desktop.gui.forms.saving import ReportSaving
from kume_desktop.gui.forms.tests_list import lines, summary
from kume_desktop.gui.page import Action, KeyHint, OpenWork, Page, Progress, Toast
from kume_desktop.gui.routes import FormCheckRoute, FormRoute, FormsRoute, Route
from kume_desktop.problems import Problem, Refused
from kume_desktop.services import roles
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.forms import TestOutcome
    from kume_desktop.services.questionnaires import Compared


class CheckPage(Page):
    """Nothing is stored before "Kur"; F5 checks again once the author has saved the workbook."""

    def __init__(self, desk: Desk, route: FormCheckRoute) -> None:
        super().__init__(desk)
        self.file, self._wanted = route.file, route.part
        self._may_change = roles.may(desk.study, roles.Right.MANAGE)
        self.candidate = Candidate(desk, route.file, self)
        self.saving = ReportSaving(self, self.candidate)
        self.parts = CheckParts()
        self._header = PageHeader(shortened(route.file.name))
        self._again = Button(_(N_("Check again")))
        self.install_button = Button(_(N_("Install")), Kind.PRIMARY)
        self._notes = QVBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        for tool in (self._again, self.install_button) if self._may_change else (self._again,):
            self._header.add_tool(tool)
        inner = QVBoxLayout()
        inner.setContentsMargins(margin - GAP, 8, margin, 8)
        inner.setSpacing(8)
        self._notes.setSpacing(6)
        self._notes.setContentsMargins(GAP, 0, 0, 0)
        inner.addLayout(self._notes)
        inner.addWidget(self.parts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(Rule())
        column.addLayout(inner, 1)
        self._say()

    def _connect(self) -> None:
        candidate = self.candidate
        self._again.clicked.connect(self.retry)
        self.install_button.clicked.connect(self.install)
        self.parts.picked.connect(self.choose_part)
        self.saving.told.connect(self.toast)
        candidate.progressed.connect(self._tell_progress)
        candidate.checked.connect(self._show_report)
        candidate.compared.connect(self._show_differences)
        candidate.settled.connect(self._settle)
        candidate.tested.connect(self._show_tests)
        for source in (candidate, self.saving):
            source.refused.connect(self._refuse)

    @property
    def title(self) -> str:
        """The page's name."""
        return tr(N_("Check of {file}"), file=self.file.name)

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Check again, install, next finding, copy."""
        may_install = self._may_change and self.candidate.can_install
        install = (KeyHint("Ctrl+I", _(N_("Install"))),) if may_install else ()
        return (
            KeyHint("F5", _(N_("Check again"))),
            *install,
            KeyHint("F8", _(N_("Next error"))),
            KeyHint("Ctrl+1–3", _(N_("Part"))),
            KeyHint("Ctrl+Shift+C", _(N_("Copy the report"))),
            KeyHint("Esc", _(N_("Back"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Everything one can do with the workbook."""
        install = (Action("install", _(N_("Install")), self.install, "Ctrl+I"),) if self._may_change else ()
        return (
            *install,
            Action("again", _(N_("Check again")), self.retry, "F5", bound=False),
            Action("report", _(N_("Check report")), lambda: self.choose_part(REPORT), "Ctrl+1"),
            Action("differences", _(N_("Differences")), lambda: self.choose_part(DIFFERENCES), "Ctrl+2"),
            Action("tests", _(N_("Run the form's tests")), lambda: self.choose_part(TESTS), "Ctrl+3"),
            *self.saving.actions(),
        )

    def on_shown(self) -> None:
        """Begin to check."""
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.candidate.problems is None:
            self.candidate.check()

    def here(self, route: Route) -> Route:  # noqa: ARG002 - the part says where one is
        """The part in front."""
        return FormCheckRoute(self.file, self.parts.part)

    def side_panel(self) -> QWidget:
        """The finding the bar is on, in full."""
        return self.parts.front.below

    def leave(self) -> None:
        """Stop what runs for this page only."""
        self.candidate.let_go()
        super().leave()

    def retry(self) -> None:
        """Check again: the author may have saved the workbook (F5)."""
        self.show_problems(())
        self.candidate.check()

    def cancel(self) -> bool:
        """Esc stops the check before it leads back."""
        return self.candidate.cancel()

    def next_problem(self) -> bool:
        """Go to the next error, or where there is none to the next warning (F8)."""
        self.choose_part(REPORT)
        report = self.parts.report
        errors = any(one.problem.is_error for one in report.model.rows)
        return report.step(lambda one: one.problem.is_error or not errors)

    def choose_part(self, part: str) -> None:
        """Bring a part to the front; the tests are run when they are first asked for."""
        self._wanted = part
        self.parts.choose(part)
        if part == TESTS and self.candidate.outcome is None:
            self.candidate.test()
        self._say()
        self.parts.front.take_focus()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what stands in the way in the place of what stood there before."""
        show_notes(self._notes, problems)

    def install(self) -> None:
        """Install what was checked; refused where the workbook is another one by now."""
        if not self._may_change or not self.candidate.can_install:
            return
        try:
            instrument_id, version = self.candidate.install()
        except Refused as refusal:
            self.show_problems(refusal.problems)
            return
        self.desk.tell_changed()
        told = tr(N_("{instrument}, version {version} is installed"), instrument=instrument_id, version=version)
        has_drafts = self.candidate.has_drafts
        route: Route = FormRoute(instrument_id, "drafts") if has_drafts else FormsRoute(instrument_id)
        toast = Toast(told)
        QTimer.singleShot(0, self, lambda: self._go_on(route, toast))

    def _go_on(self, route: Route, toast: Toast) -> None:
        self.toast.emit(toast)
        self.navigate.emit(route)

    def _tell_progress(self, progress: Progress | None) -> None:
        self._header.set_busy(progress)
        self.busy.emit(progress)
        self._say()

    def _show_report(self) -> None:
        found = self.candidate.findings
        self.parts.report.show_rows(found)
        self.parts.differences.show_rows(())
        self.parts.tests.show_rows(())
        told = self.candidate.counted
        self._header.set_facts(told)
        self.problem_shown.emit(OpenWork(told) if found else None)
        announce(self, told)
        stopping = any(one.problem.is_error for one in found)
        self.choose_part(self._wanted if self._wanted in {REPORT, TESTS} and not stopping else REPORT)

    def _show_differences(self, compared: Compared) -> None:
        self.parts.differences.show_rows(compared.differences)
        self.choose_part(DIFFERENCES)

    def _settle(self) -> None:
        """It is known whether the workbook can be installed."""
        candidate = self.candidate
        self._header.set_facts(" · ".join(part for part in (candidate.told, candidate.counted) if part))
        if candidate.refusal is not None:
            self.show_problems((candidate.refusal,))
        self._say()

    def _show_tests(self, outcome: TestOutcome) -> None:
        self.parts.tests.show_rows(lines(outcome))
        self._say()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.show_problems(problems)
        self._say()

    def _say(self) -> None:
        """Say beside the parts what is going on, or what the part in front shows; "Kur" only where it can be."""
        candidate, part = self.candidate, self.parts.part
        self.install_button.setEnabled(candidate.can_install)
        self.install_button.setToolTip("" if candidate.can_install else candidate.standing)
        self.hints_changed.emit()
        outcome = summary(candidate.outcome) if candidate.outcome is not None else ""
        self.parts.say({REPORT: candidate.standing, DIFFERENCES: candidate.compared_with, TESTS: outcome}[part])
