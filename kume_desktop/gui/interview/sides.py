"""What stands beside the questions: the section list at the left, one panel at the right, and who gets the width."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEasingCurve, QObject, QPropertyAnimation, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.interview.explanation import Explanation
from kume_desktop.gui.interview.files_panel import FilesPanel
from kume_desktop.gui.interview.people_panel import PeoplePanel
from kume_desktop.gui.interview.rows import holds_focus
from kume_desktop.gui.interview.sections import SectionList

ROOM = 940
TIGHT_ROOM = 830
"""What the questions need in width, roomy and tight; the section list stands aside where there is less."""
BATTERY_ROOM, LEAST_ROOM = 760, 560
"""What a battery, and any other page, needs beside an explanation in the tight density, which lies over it else."""
OPEN_MS = 120


class Side(StrEnum):
    """The panels; one of them is open at a time."""

    EXPLANATION = "explanation"
    PEOPLE = "people"
    FILES = "files"


class Sides(QObject):
    """`opened(side)` asks for a panel's content before it is shown; `shared` and `moved` tell of width and focus."""

    opened = Signal(str)
    shared = Signal()
    moved = Signal()

    def __init__(
        self, page: QWidget, sections: SectionList, explanation: Explanation, people: PeoplePanel, files: FilesPanel
    ) -> None:
        super().__init__(page)
        self._page, self.sections = page, sections
        self.explanation, self.people, self.files = explanation, people, files
        self._compact = theme.is_compact()
        self._panels: dict[str, Explanation | PeoplePanel | FilesPanel] = {
            Side.EXPLANATION: self.explanation, Side.PEOPLE: people, Side.FILES: files,
        }  # fmt: skip
        self.open = ""
        self._return_to: QWidget | None = None
        self._sliding: QPropertyAnimation | None = None
        for panel in self._panels.values():
            panel.closed.connect(self.close)
        sections.question_asked.connect(lambda _path: self.share_width())

    def lay_out(self, whole: QHBoxLayout) -> None:
        """Put the panels into the page: beside it, or over it in the tight density."""
        for panel in self._panels.values():
            if self._compact:
                panel.setParent(self._page)
            else:
                whole.addWidget(panel)
            panel.hide()

    @property
    def panel(self) -> QWidget | None:
        """The panel that is open."""
        return self._panels.get(self.open)

    @property
    def holds_focus(self) -> bool:
        """Whether the keys go to the panel."""
        panel = self.panel
        return panel is not None and holds_focus(panel)

    def toggle(self, side: Side) -> None:
        """Open a panel in the place of another, or close it."""
        if self.open == side:
            self.close()
            return
        if not self.open:
            self._remember()
        self.open = side
        self.opened.emit(side)
        self.share_width()
        panel = self._panels[side]
        if not isinstance(panel, Explanation):
            panel.take_focus()
        self._slide(panel)
        self.moved.emit()

    def close(self) -> None:
        """Close the panel; the focus goes back to where it came from."""
        panel, self.open = self.panel, ""
        held = panel is not None and holds_focus(panel)
        self.share_width()
        if held:
            self._go_back()
        self.moved.emit()

    def start_find(self) -> None:
        """Open the find field of the section list."""
        self._remember()
        self.sections.start_find()
        self.share_width()

    def stop_find(self) -> None:
        """Close the find field."""
        self.sections.stop_find()
        self.share_width()
        self._go_back()

    def _remember(self) -> None:
        self._return_to = QApplication.focusWidget()

    def _go_back(self) -> None:
        if self._return_to is not None and self._return_to.isVisible():
            self._return_to.setFocus()

    def share_width(self) -> None:
        """A panel takes the place of the section list, or in the tight density lies over the page."""
        panel = self.panel
        beside = panel.width() if panel is not None and not self._compact else 0
        room = self._page.width() - self.sections.width() - beside
        moved = self._moved_aside()
        fits = room >= theme.px(TIGHT_ROOM if self._compact else ROOM) and not moved
        self.sections.setVisible(fits or self.sections.is_finding)
        self._page.setContentsMargins(moved, 0, 0, 0)
        for each in self._panels.values():
            each.setVisible(each is panel)
        if panel is not None and self._compact:
            left = 0 if panel is self.explanation else self._page.width() - panel.width()
            panel.setGeometry(left, 0, panel.width(), self._page.height())
            panel.raise_()
        self.shared.emit()

    def _moved_aside(self) -> int:
        """How far the questions move for an explanation in the tight density, 0 where they cannot."""
        panel = self.panel
        if not self._compact or panel is not self.explanation or self.sections.is_finding:
            return 0
        least = theme.px(BATTERY_ROOM if self.explanation.is_of_battery else LEAST_ROOM)
        return panel.width() if self._page.width() - panel.width() >= least else 0

    def _slide(self, panel: QWidget) -> None:
        """A panel over the page comes in from its edge; beside the page nothing moves."""
        lasts = theme.motion_ms(OPEN_MS)
        if not lasts or not self._compact:
            return
        end = panel.pos()
        start = end.__class__(-panel.width() if end.x() == 0 else self._page.width(), end.y())
        self._sliding = QPropertyAnimation(panel, b"pos", self)
        self._sliding.setDuration(lasts)
        self._sliding.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._sliding.setStartValue(start)
        self._sliding.setEndValue(end)
        self._sliding.start()
