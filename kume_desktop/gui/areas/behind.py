"""What lies behind the area page: levels of an indicator and answers of a cell in side panels, firms below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kume_desktop.gui.areas.evidence_panel import EvidencePanel
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.answers_drawer import AnswersDrawer
from kume_desktop.gui.figures.basis_panel import BasisPanel
from kume_desktop.gui.routes import RatingRoute

if TYPE_CHECKING:
    from kume_desktop.gui.areas.indicators import IndicatorTable, Line
    from kume_desktop.gui.areas.portrait import Portrait
    from kume_desktop.gui.areas.reading import Reading
    from kume_desktop.gui.companion import Question
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services.firm_scores import FirmScore
    from kume_desktop.services.results import LevelBehind


class Behind(QObject):
    """`asked` carries the route that a person chose in a panel, `closed` that a panel was shut, `refused` problems."""

    asked = Signal(object)
    closed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._portrait: Portrait | None = None
        self._table: IndicatorTable | None = None
        self._question: Question | None = None
        self._firms: Mapping[str, tuple[FirmScore, ...]] | None = None
        self.drawer = AnswersDrawer(desk, page)
        self.drawer.panel.closed.connect(self.closed)
        self.drawer.interview_asked.connect(self.asked)
        self.drawer.refused.connect(self.refused)
        self.evidence = EvidencePanel(page)
        self.evidence.closed.connect(self.closed)
        self.basis = BasisPanel(page)
        self.basis.closed.connect(self.closed)
        self.evidence.level_opened.connect(lambda level: self.asked.emit(RatingRoute(level.unit_id)))
        page.installEventFilter(self)

    def put_in(self, row: QHBoxLayout) -> None:
        """Stand at the right end of the page."""
        self.drawer.put_in(row)

    def follow(self, portrait: Portrait | None, reading: Reading | None) -> None:
        """Belong to another area; the panels close."""
        self._drop_question()
        self._portrait = portrait
        self._table = reading.indicators if reading is not None else None
        needs = reading.needs if reading is not None else None
        self.drawer.follow(needs, portrait.method if portrait is not None else None)
        self.evidence.hide()
        self.basis.hide()

    def panel(self) -> QWidget:
        """The panel that is open, else the one of the answers."""
        return next((one for one in (self.evidence, self.basis) if not one.isHidden()), self.drawer.panel)

    def shut(self) -> bool:
        """Close a panel; False where none was open."""
        if not self.basis.isHidden():
            self.basis.shut()
            return True
        return self.evidence.shut() or self.drawer.shut()

    def show_basis(self) -> None:
        """Show what the area's figures rest on, or close it."""
        if self._portrait is None or not self.basis.isHidden():
            self.shut()
            return
        self.shut()
        self.basis.show_area(self._portrait.area, self._portrait.results, self._portrait.method)
        self._place()

    def open(self) -> None:
        """Show the levels behind the indicator that the arrows stand on."""
        if self._table is not None:
            self.show_levels(self._table.current.code)

    def show_levels(self, indicator: str) -> None:
        """Show the levels of the area's firms on an indicator; none where fewer than three firms have one."""
        from kume_desktop.services import companion

        portrait, table = self._portrait, self._table
        if portrait is None or table is None:
            return
        self._drop_question()
        line = next(one for one in table.lines if one.code == indicator)
        if line.mean is None:
            self._show_found(portrait, table, line, ())
            return
        area = portrait.area.code
        self._question = question = self._desk.companion.ask(self, companion.LEVELS, area=area, indicator=indicator)
        question.answered.connect(lambda answer: self._show_found(portrait, table, line, companion.levels(answer)))
        question.refused.connect(self.refused)

    def _show_found(self, portrait: Portrait, table: IndicatorTable, line: Line, found: Sequence[LevelBehind]) -> None:
        self._question = None
        if portrait is not self._portrait or table is not self._table:
            return
        evidence = {one.code: words.said(one.text) for one in portrait.method.evidence}
        self.shut()
        self.evidence.show_levels(portrait.indicator_name(line.code), table.sentence(line), found, evidence)
        self._place()
        self.evidence.take_focus()

    def list_firms(self, reading: Reading, area: str) -> None:
        """List the firms as soon as the companion has read them."""
        from kume_desktop.services import companion

        if not self._desk.has_study or reading.firms is None:
            return
        if self._firms is None:
            question = self._desk.companion.ask(reading, companion.FIRMS)
            question.answered.connect(lambda answer: self._take_firms(reading, area, companion.firms(answer)))
            question.refused.connect(self.refused)
            return
        reading.firms.show_firms(self._firms.get(area, ()))

    def _take_firms(self, reading: Reading, area: str, found: Mapping[str, tuple[FirmScore, ...]]) -> None:
        self._firms = found
        self.list_firms(reading, area)

    def _drop_question(self) -> None:
        if self._question is not None:
            self._question.drop()
            self._question = None

    def forget(self) -> None:
        """Other results: read the firms again when they are asked for."""
        self._firms = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge when the page changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        for panel in (self.evidence, self.basis):
            if not panel.isHidden():
                panel.setGeometry(self._page.width() - panel.width(), 0, panel.width(), self._page.height())
                panel.raise_()
