"""The three parts of a check: what is wrong, what differs, what the tests say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.segments import Segments
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.forms.differences_list import DifferencesList
from kume_desktop.gui.forms.reading_list import ReadingList
from kume_desktop.gui.forms.report_list import ReportList
from kume_desktop.gui.forms.tests_list import TestsList
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _

REPORT, DIFFERENCES, TESTS = "report", "differences", "tests"


class CheckParts(QWidget):
    """`picked` carries the part that a person wants in front."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        compared = N_("A workbook without errors is compared with the newest version that is installed.")
        tested = N_("The sheet “tests” of a workbook without errors is run; a workbook may have none.")
        self.report, self.differences = ReportList(), DifferencesList(_(compared))
        self.tests = TestsList(_(tested))
        words = {REPORT: _(N_("Check report")), DIFFERENCES: _(N_("Differences")), TESTS: _(N_("Tests"))}
        self._choice = Segments(_(N_("Part")), list(words.items()), REPORT)
        self._choice.picked.connect(self.picked)
        self._said = Label("", Role.BODY, Tone.TEXT2, wrap=True)
        self._stack = QStackedWidget()
        for part in self._lists.values():
            self._stack.addWidget(part)
        row = QHBoxLayout()
        row.setContentsMargins(GAP, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._choice)
        row.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    @property
    def _lists(self) -> dict[str, ReadingList]:
        return {REPORT: self.report, DIFFERENCES: self.differences, TESTS: self.tests}

    @property
    def part(self) -> str:
        """The part in front."""
        return self._choice.current

    @property
    def front(self) -> ReadingList:
        """The list in front."""
        return self._lists[self.part]

    def choose(self, part: str) -> None:
        """Bring a part to the front."""
        self._choice.choose(part)
        self._stack.setCurrentWidget(self.front)

    def say(self, text: str) -> None:
        """One line about the part in front."""
        self._said.setText(text)
