"""The head of the interview page: section, the facts of the interview, and two buttons; nothing of it is ever cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.labels import Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

BETWEEN = " · "
_GAP = 16


class Heading(QWidget):
    """Two lines, 80 high or 48 in the tight density. Facts that do not fit drop from the right, whole ones only."""

    def __init__(self) -> None:
        super().__init__()
        compact = theme.is_compact()
        self._role = Role.SECOND if compact else Role.BODY
        self._title = Label("", Role.SECTION if compact else Role.PAGE_TITLE)
        self._mark = Label("", self._role, Tone.WARN, weight=fonts.SEMIBOLD)
        self._facts = Label("", self._role, Tone.TEXT2, tabular=True)
        self._parts: tuple[str, ...] = ()
        words = QVBoxLayout()
        words.setSpacing(0 if compact else 2)
        words.addWidget(self._title)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._mark)
        below.addWidget(self._facts, 1)
        words.addLayout(below)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        row = QHBoxLayout(self)
        self._margin = theme.metrics().margin
        row.setContentsMargins(self._margin, 2 if compact else 16, self._margin, 2 if compact else 12)
        row.setSpacing(_GAP)
        row.addLayout(words, 1)
        row.addLayout(self._tools)
        self._mark.hide()
        self.setMinimumHeight(theme.metrics().header)

    @property
    def facts(self) -> str:
        """The line of facts that is in sight."""
        return self._facts.text()

    def set_title(self, text: str) -> None:
        """Name the section, or what stands in its place."""
        self._title.setText(text)

    def set_mark(self, text: str) -> None:
        """What must not be overlooked about this interview (that it is typed from paper), before the facts."""
        self._mark.setText(text)
        self._mark.setVisible(bool(text))
        self._fit()

    def set_facts(self, parts: Sequence[str]) -> None:
        """The facts, the most needed first."""
        wanted = tuple(part for part in parts if part)
        if wanted != self._parts:
            self._parts = wanted
            self._fit()

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end; 40 high, as everything one clicks in an interview."""
        widget.setFixedHeight(40)
        self._tools.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many facts as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(fonts.font(self._role, tabular=True))
        mark = self._mark.sizeHint().width() + 8 if self._mark.text() else 0
        room = self.width() - 2 * self._margin - _GAP - self._tools.sizeHint().width() - mark
        count = len(self._parts)
        while count > 1 and metrics.horizontalAdvance(BETWEEN.join(self._parts[:count])) > room:
            count -= 1
        self._facts.setText(BETWEEN.join(self._parts[:count]))
        self._facts.setToolTip("" if count == len(self._parts) else BETWEEN.join(self._parts))
