"""What the pages of results and scorecard share: head, notes, figures that can be computed anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.problem_note import ProblemNote
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.figures.computing import Computing
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.page import Page, Progress
from kume_desktop.problems import Problem
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import Results
    from kume_desktop.services.views import FirmRow


class FigurePage(Page):
    """A page of computed figures: the last ones stay in sight while fresh ones are computed."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk)
        self._name = title
        self._was_shown = self._waits_for_firms = False
        self.computing = Computing(desk, self)
        self.header = PageHeader(title)
        margin = theme.metrics().margin - RING_ROOM
        self.content = ScrollColumn(margins=(margin, 0, margin, 0))
        self.content.column.setContentsMargins(RING_ROOM, 0, RING_ROOM, 4)
        self.content.column.setSpacing(0)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(4)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        self.content.column.addLayout(self._notes)
        self.content.column.addLayout(self.body)
        self.content.column.addStretch(1)
        self.computing.progressed.connect(self._tell_progress)
        self.computing.refused.connect(self.show_problems)
        self.computing.aged.connect(lambda: self.save_state.emit(self.computing.state))

    @property
    def title(self) -> str:
        """The page's name."""
        return self._name

    @property
    def figures(self) -> tuple[Results, Method] | None:
        """What can be shown now."""
        results, method = self.computing.results, self.computing.method
        return (results, method) if results is not None and method is not None else None

    def retry(self) -> None:
        """Compute anew (F5)."""
        self.show_problems(())
        self.computing.compute()

    def cancel(self) -> bool:
        """Stop computing (Esc)."""
        return self.computing.cancel()

    def leave(self) -> None:
        """Stop what runs for this page only."""
        self.computing.let_go()
        super().leave()

    def refresh(self) -> None:
        """Look whether the figures still hold."""
        self.computing.check()

    def begin(self) -> None:
        """The page is in front: say the state; compute where nothing was computed, else look whether it holds."""
        self.save_state.emit(self.computing.state)
        self.show_problems(self.computing.problems)
        if self._was_shown:
            return
        self._was_shown = True
        if self.computing.results is None:
            self.computing.compute()
        else:
            QTimer.singleShot(0, self, self.computing.check)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show a note for each problem in the place of those before."""
        empty(self._notes)
        for problem in problems:
            note = ProblemNote(texts.say(problem), hard=problem.is_error)
            self._notes.addWidget(note)
            self._notes.addSpacing(8)
            note.say()

    def firms_now(self) -> Sequence[FirmRow]:
        """The firms that are held; where many are to be read first, the page is filled again once they are there."""
        held = self.desk.held
        held.want()
        if held.is_coming and not self._waits_for_firms:
            self._waits_for_firms = True
            held.loaded.connect(self._take_firms)
        return held.index.rows

    def _take_firms(self) -> None:
        if self._waits_for_firms:
            self._waits_for_firms = False
            self.desk.held.loaded.disconnect(self._take_firms)
            # Every page shows itself anew then, now with the names.
            self.computing.changed.emit()

    def show_nothing(self, title: str, how: str, button: str = "", run: Callable[[], object] | None = None) -> None:
        """Say what will be here and how to get there, in the place of the figures."""
        empty(self.body)
        self.body.addWidget(EmptyState(title, how, button, run))

    def show_not_computed(self) -> None:
        """Nothing was computed yet."""
        self.show_nothing(
            _(N_("Nothing has been computed yet.")),
            _(N_("The figures appear here as soon as they are computed from the interviews of the study.")),
            _(N_("Compute")),
            self.retry,
        )

    def _tell_progress(self, progress: Progress | None) -> None:
        self.header.set_busy(progress)
        self.busy.emit(progress)
