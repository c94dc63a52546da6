"""A workbook on its way into the study: checked and converted by the worker, compared, tested, installed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kume_desktop.gui.beside import Beside
from kume_desktop.gui.forms.report_list import Finding, findings
from kume_desktop.gui.forms.work import Work
from kume_desktop.problems import Problem, Refused, errors, problem
from kume_desktop.services import entities, form_words, form_work
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.forms import TestOutcome
    from kume_desktop.services.installing import Prepared
    from kume_desktop.services.questionnaires import Compared


class Candidate(QObject):
    """`checked` comes first, then `compared` where an older version is installed, `settled` when all is known."""

    progressed = Signal(object)
    checked = Signal()
    compared = Signal(object)
    settled = Signal()
    tested = Signal(object)
    marked = Signal(str)
    refused = Signal(object)

    def __init__(self, desk: Desk, file: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.file = desk, file
        self._checking, self._testing, self._marking = Work(self), Work(self), Work(self)
        self._reading = Beside(self)
        self._question: Question | None = None
        self._forget()
        for work in (self._checking, self._testing, self._marking):
            work.progressed.connect(self.progressed)
            work.refused.connect(self.refused)
        self._checking.finished.connect(self._take_check)
        self._testing.finished.connect(self._take_tests)
        self._marking.finished.connect(lambda answer: self.marked.emit(str(answer["path"])))
        self._reading.done.connect(self._take_prepared)
        self._reading.refused.connect(self.refused)

    def _forget(self) -> None:
        self.problems: tuple[Problem, ...] | None = None
        self.findings: tuple[Finding, ...] = ()
        self.prepared: Prepared | None = None
        self.refusal: Problem | None = None
        self.differences: Compared | None = None
        self.outcome: TestOutcome | None = None
        self._is_settled = False

    # --- what is known ---

    @property
    def can_install(self) -> bool:
        """Whether it was checked without errors, and nothing of the study stands against it."""
        return self._is_settled and self.prepared is not None and self.refusal is None

    @property
    def standing(self) -> str:
        """Where the check stands, and why it cannot be installed now."""
        if self._checking.is_running:
            return _(N_("The workbook is being checked."))
        if self.problems is None:
            return _(N_("The workbook is not checked yet."))
        if errors(self.problems):
            return _(N_("Mend the errors in the workbook, save it, and check again (F5). Nothing was stored."))
        if self.refusal is not None:
            return _(N_("Nothing was stored."))
        return _(N_("Nothing stands in the way. Nothing was stored yet.")) if self._is_settled else ""

    @property
    def counted(self) -> str:
        """How many errors and warnings were found."""
        stopping = sum(one.problem.is_error for one in self.findings)
        count = len(self.findings) - stopping
        return tr(N_("{errors} errors, {warnings} warnings"), errors=stopping, warnings=count)

    @property
    def told(self) -> str:
        """Form ID and version, once they are known."""
        if self.prepared is None:
            return ""
        instrument = self.prepared.instrument
        return tr(N_("{instrument}, version {version}"), instrument=instrument.id, version=instrument.version)

    @property
    def compared_with(self) -> str:
        """Which versions the differences are between."""
        if self.differences is not None:
            told = N_("{count} differences between version {old} and version {new}")
            one = self.differences
            return tr(told, count=len(one.differences), old=one.old_version, new=one.new_version)
        is_new = self.prepared is not None and self._is_settled
        return _(N_("This questionnaire is new in the study: there is nothing to compare it with.")) if is_new else ""

    @property
    def has_drafts(self) -> bool:
        """Whether the study has unfinished interviews in an older version of it."""
        from kume_desktop.services import versions

        study = self._desk.study
        held = versions.of(study, self.prepared.instrument.id) if self.prepared is not None else ()
        return any(versions.drafts(study, one.version_id) for one in held[:-1])

    @property
    def report_text(self) -> str:
        """The report as lines of text."""
        return "\n".join(form_words.check_lines(self.file, self.problems or ())) + "\n"

    # --- what is done ---

    def check(self) -> None:
        """Let the worker check the workbook and convert it."""
        self._drop()
        self._forget()
        request = form_work.check_request(self.file, prepare=True, lists=entities.lists(self._desk.study))
        self._checking.start(request, _(N_("Checking the workbook")))

    def test(self) -> None:
        """Let the worker run the tests of the workbook, where it has no errors."""
        if self.problems is not None and not errors(self.problems) and not self._testing.is_running:
            self._testing.start(form_work.test_request(self.file), _(N_("Running the form's tests")))

    def mark(self, copy: Path) -> None:
        """Let the worker write a marked copy."""
        request = form_work.mark_request(self.file, copy, self.problems or ())
        self._marking.start(request, _(N_("Marking the workbook")))

    def write_report(self, place: Path) -> None:
        """Write the report as text; Refused where that cannot be done."""
        try:
            place.write_text(self.report_text, encoding="utf-8")
        except OSError as error:
            raise Refused(problem("form.cannot-write", file=place.name)) from error

    def install(self) -> tuple[str, str]:
        """Install it; id and version. Refused where the workbook is gone or another one, or the study refuses it."""
        from kume_desktop.services import installing, versions

        prepared = self.prepared
        if prepared is None:
            raise LookupError("nothing was prepared")
        installing.check_unchanged(self.file, prepared)
        versions.install(self._desk.study, prepared)
        return prepared.instrument.id, prepared.instrument.version

    def cancel(self) -> bool:
        """Stop what runs; False where nothing does."""
        return any(work.cancel() for work in (self._checking, self._testing, self._marking))

    def let_go(self) -> None:
        """The page goes."""
        self._drop()
        for work in (self._checking, self._testing, self._marking):
            work.let_go()

    def _drop(self) -> None:
        if self._question is not None:
            self._question.drop()
        self._question = None

    def _take_check(self, answer: Mapping[str, Any]) -> None:
        self.problems = form_work.checked(answer)
        self.findings = findings(self.problems, form_work.cells(answer))
        self.checked.emit()
        if "kept" in answer:
            self._reading.start(lambda: form_work.prepared(answer))
        else:
            self._settle()

    def _take_prepared(self, prepared: Prepared) -> None:
        from kume_desktop.services import companion, versions

        self.prepared = prepared
        study = self._desk.study
        self.refusal = versions.refusal(study, prepared)
        held = versions.of(study, prepared.instrument.id)
        if not held:
            self._settle()
            return
        sides = {"old": {"version": held[-1].version_id}, "new": {"file": str(self.file)}}
        self._question = self._desk.companion.ask(self, companion.DIFFERENCES, **sides)
        self._question.answered.connect(self._take_differences)
        self._question.refused.connect(self.refused)

    def _take_differences(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import questionnaires

        self._question = None
        self.differences = questionnaires.compared(answer)
        self.compared.emit(self.differences)
        self._settle()

    def _take_tests(self, answer: Mapping[str, Any]) -> None:
        self.outcome = form_work.tested(answer)
        self.tested.emit(self.outcome)

    def _settle(self) -> None:
        self._is_settled = True
        self.settled.emit()
