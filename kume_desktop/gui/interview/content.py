"""What stands in the middle of the page: the screen, what is open, completing, or why a section is not asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.interview.completion import Completion
from kume_desktop.gui.interview.open_list import OpenList
from kume_desktop.gui.interview.rows import Helpers
from kume_desktop.gui.interview.screen import ScreenView
from kume_desktop.interview.page_model import SectionView
from kume_desktop.texts import N_, _, tr


class Content(QStackedWidget):
    """One of four at a time."""

    back_asked = Signal()

    def __init__(self, helpers: Helpers) -> None:
        super().__init__()
        self.view = ScreenView(helpers)
        self.completion = Completion()
        self.open_list = OpenList()
        self._absent = QWidget()
        self._absent_box = QVBoxLayout(self._absent)
        margin = theme.metrics().margin
        self._absent_box.setContentsMargins(margin, 0, margin, 0)
        for part in (self.view, self.completion, self.open_list, self._absent):
            self.addWidget(part)
        self.completion.left.connect(self.back_asked)
        self.open_list.left.connect(self.back_asked)

    @property
    def shows_screen(self) -> bool:
        """Whether questions are in front."""
        return self.currentWidget() is self.view

    @property
    def shows_open(self) -> bool:
        """Whether the list of what is open is in front."""
        return self.currentWidget() is self.open_list

    @property
    def shows_completion(self) -> bool:
        """Whether the list that completing shows is in front."""
        return self.currentWidget() is self.completion

    def show_absent(self, section: SectionView) -> None:
        """Say that a section is not asked, and on which answers that depends."""
        while self._absent_box.count():
            item = self._absent_box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        numbers = ", ".join(section.because)
        how = tr(N_("It depends on the answer to {numbers}."), numbers=numbers) if numbers else ""
        title, button = _(N_("This section is not asked.")), _(N_("Back to the questions"))
        state = EmptyState(title, how, button, self.back_asked.emit)
        self._absent_box.addWidget(state)
        self.setCurrentWidget(self._absent)
        if state.button is not None:
            state.button.setFocus()
