"""The scripted tests of an installed version, run beside the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kume_desktop.gui import theme
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.forms.part import Part
from kume_desktop.gui.forms.tests_list import TestsList, lines, summary
from kume_desktop.gui.page import Action, KeyHint, Progress
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import FormRoute


class TestsPart(Part):
    """The newest version at first; the tests are run when the part comes to the front."""

    __test__ = False

    def __init__(self, desk: Desk, route: FormRoute) -> None:
        super().__init__()
        from kume_desktop.services import questionnaires

        self._desk = desk
        self._question: Question | None = None
        self._ran = ""
        held = questionnaires.versions_of(desk.study, route.instrument_id)
        self.version = Picker(_(N_("Version")), theme.px(180))
        self.version.set_items([(one.version_id, one.version) for one in held])
        self.version.picked.connect(lambda _key: self.run())
        again = Button(_(N_("Run the tests again")))
        again.clicked.connect(self.run)
        self.listing = TestsList()
        row = QHBoxLayout()
        row.setContentsMargins(GAP, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.version)
        row.addWidget(again)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.listing, 1)

    def begin(self) -> None:
        """Run the tests, unless they were run."""
        if self._ran != self.version.current:
            self.run()

    def acts(self) -> tuple[Action, ...]:
        """Run, choose."""
        return (
            Action("run-tests", _(N_("Run the tests again")), self.run, "Ctrl+R"),
            Action("test-version", _(N_("Choose the version to test")), self.version.open_list, "Alt+V"),
        )

    def hints(self) -> tuple[KeyHint, ...]:
        """Run, choose."""
        return (KeyHint("Ctrl+R", _(N_("Run again"))), KeyHint("Alt+V", _(N_("Version"))))

    def run(self) -> None:
        """Let the companion run the tests of the version that is chosen."""
        from kume_desktop.services import companion

        self.let_go()
        if not self.version.current:
            return
        self._ran = self.version.current
        self.refused.emit(())
        self.said.emit("")
        self.progressed.emit(Progress(0, 0, _(N_("Running the form's tests"))))
        question = self._desk.companion.ask(self, companion.TESTS, version=self._ran)
        question.answered.connect(self._show)
        question.refused.connect(self._refuse)
        self._question = question

    def let_go(self) -> None:
        """Nobody waits for the outcome any more."""
        if self._question is not None:
            self._question.drop()
            self.progressed.emit(None)
            self._ran = ""
        self._question = None

    def cancel(self) -> bool:
        """Stop waiting for the outcome."""
        is_waiting = self._question is not None
        self.let_go()
        return is_waiting

    def _show(self, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import form_work

        self._question = None
        self.progressed.emit(None)
        outcome = form_work.tested(answer)
        self.listing.show_rows(lines(outcome))
        self.said.emit(summary(outcome) if outcome.cases else "")

    def _refuse(self, problems: object) -> None:
        self._question = None
        self.progressed.emit(None)
        self.listing.show_rows(())
        self.refused.emit(problems)
