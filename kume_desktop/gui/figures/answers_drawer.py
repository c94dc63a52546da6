"""Opens, moves and fills the side panel of answers: beside the figures, or over them where the window is small."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.figures.answers_panel import AnswersPanel
from kume_desktop.gui.routes import InterviewRoute

if TYPE_CHECKING:
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.figures.needs_figure import NeedsFigure
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import NeedScore
    from kume_desktop.services.results import CellAnswer


class AnswersDrawer(QObject):
    """Follows a matrix: an open panel shows the cell that the arrows stand on.

    `interview_asked` carries a route, `refused` problems.
    """

    interview_asked = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._matrix: NeedsFigure | None = None
        self._method: Method | None = None
        self._question: Question | None = None
        self._focus_follows = False
        self.panel = AnswersPanel()
        self.panel.answer_opened.connect(self._open_interview)
        page.installEventFilter(self)

    def put_in(self, row: QHBoxLayout) -> None:
        """Stand at the right end of the page, or lie over it."""
        if theme.is_compact():
            self.panel.setParent(self._page)
            self.panel.hide()
        else:
            row.addWidget(self.panel)

    def follow(self, matrix: NeedsFigure | None, method: Method | None) -> None:
        """Belong to another matrix; the panel closes."""
        self._matrix, self._method = matrix, method
        self._drop_question()
        self.panel.hide()
        if matrix is not None:
            matrix.cell_opened.connect(lambda _need: self.open())
            matrix.cell_changed.connect(self._moved)

    def open(self) -> None:
        """Show the answers behind the cell that the arrows stand on, and go there."""
        need = self._matrix.current if self._matrix is not None else None
        if need is not None:
            self._focus_follows = True
            self._show(need)

    def toggle(self) -> None:
        """Show or hide the answers behind the cell."""
        if not self.shut():
            self.open()

    def shut(self) -> bool:
        """Close the panel; False where it was not open."""
        was_open = not self.panel.isHidden()
        self._drop_question()
        self.panel.shut()
        return was_open

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge when the page changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _moved(self, need: NeedScore | None) -> None:
        if need is not None and not self.panel.isHidden():
            self._focus_follows = False
            self._show(need)

    def _show(self, need: NeedScore) -> None:
        """Show what is known at once; the answers come as soon as the companion has read them."""
        from kume_desktop.services import companion

        if self._matrix is None or self._method is None:
            return
        self._drop_question()
        self.panel.show_cell(self._matrix.place_name(need), need, self._method, None)
        self._place()
        self._question = self._desk.companion.ask(self, companion.ANSWERS, area=need.area, cell=need.cell)
        self._question.answered.connect(partial(self._fill, need))
        self._question.refused.connect(self.refused)

    def _fill(self, need: NeedScore, answer: Mapping[str, Any]) -> None:
        from kume_desktop.services import companion

        self._question = None
        if self._matrix is None or self._method is None or self.panel.isHidden():
            return
        self.panel.show_cell(self._matrix.place_name(need), need, self._method, companion.answers(answer))
        self._place()
        if self._focus_follows:
            self.panel.take_focus()

    def _drop_question(self) -> None:
        if self._question is not None:
            self._question.drop()
            self._question = None

    def _open_interview(self, answer: CellAnswer) -> None:
        from kume_desktop.services import results

        need = self._matrix.current if self._matrix is not None else None
        if need is not None:
            instrument_id, path = results.place_of(self._desk.study, need.cell)
            self.interview_asked.emit(InterviewRoute(answer.unit_id, instrument_id, path))

    def _place(self) -> None:
        if theme.is_compact() and not self.panel.isHidden():
            width = self.panel.width()
            self.panel.setGeometry(self._page.width() - width, 0, width, self._page.height())
            self.panel.raise_()
