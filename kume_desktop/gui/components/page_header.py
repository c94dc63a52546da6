"""The head of a page: title, one line of facts, pickers and the primary at the right, a thin line for long work."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.components.progress import ProgressBar
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Progress
from kume_desktop.gui.theme import Tone

_GAPS = 12 + 16


class PageHeader(QWidget):
    """80 high in two lines, 48 in one line when compact; `right` is another right margin than the page's."""

    def __init__(self, title: str, facts: str = "", *, right: int = -1) -> None:
        super().__init__()
        compact = theme.is_compact()
        self._margins = theme.metrics().margin * 2
        self._title = Label(title, Role.PAGE_TITLE)
        self._facts = Label(facts, Role.BODY, Tone.TEXT2)
        words: QHBoxLayout | QVBoxLayout = QHBoxLayout() if compact else QVBoxLayout()
        words.setSpacing(12 if compact else 2)
        words.addWidget(self._title)
        words.addWidget(self._facts, 1 if compact else 0)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        row = QHBoxLayout()
        margin = theme.metrics().margin
        row.setContentsMargins(margin, 4 if compact else 16, margin if right < 0 else right, 4 if compact else 12)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addLayout(self._tools)
        self._line = ProgressBar(height=2)
        self._line.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self._line)
        self.setMinimumHeight(theme.metrics().header)

    def set_title(self, text: str) -> None:
        """Change the title."""
        self._title.setText(text)

    def set_facts(self, text: str) -> None:
        """Change the line of facts (n/N, when computed)."""
        self._facts.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line holds the facts only where title and tools leave them room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not theme.is_compact():
            return
        parts = (self._title.sizeHint().width(), self._facts.sizeHint().width(), self._tools.sizeHint().width())
        self._facts.setHidden(sum(parts) + self._margins + _GAPS > self.width())
        self._title.setToolTip(self._facts.text() if self._facts.isHidden() else "")

    def add_tool(self, widget: QWidget) -> None:
        """Put a picker or the primary button at the right end."""
        self._tools.addWidget(widget)

    def set_busy(self, progress: Progress | None) -> None:
        """Show the thin line of long work, or take it away."""
        self._line.setVisible(progress is not None)
        if progress is not None:
            self._line.set_progress(progress.done, progress.total)
