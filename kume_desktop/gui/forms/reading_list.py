"""A table with tabs above that filter it, and below it the row the bar is on, in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.scroll import RING_ROOM, ScrollColumn
from kume_desktop.gui.components.table import GAP, Column, RowsModel, Table
from kume_desktop.gui.components.tabs import Tab, Tabs
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone

EVERY = "every"
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, slots=True)
class Sieve:
    """A tab: its key, its word, and the rows it shows."""

    key: str
    word: str
    passes: Callable[[Any], bool]


class ReadingList(QWidget):
    """`detail` gives the paragraphs of a row: what stands first is written larger."""

    current = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        name: str,
        sieves: Sequence[Sieve],
        detail: Callable[[Any], Sequence[str]],
        nothing: QWidget,
    ) -> None:
        super().__init__()
        self._sieves, self._detail = tuple(sieves), detail
        self._wants_focus = False
        self.model: RowsModel[Any] = RowsModel(columns)
        self.table = Table(self.model, name)
        self.tabs = Tabs(name)
        if not sieves:
            self.tabs.hide()
        self.tab = EVERY if not sieves else sieves[0].key
        self.below = Detail(name)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        nothing.setContentsMargins(GAP, 0, GAP, 0)
        self._stack.addWidget(nothing)
        self._rule = Rule()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(GAP, 0, 0, 0)
        tabs.addWidget(self.tabs, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        tabs.addLayout(self.tools)
        column.addLayout(tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(self._rule)
        column.addWidget(self.below)
        for widget in (self._rule, self.below):
            widget.hide()
        self.tabs.chosen.connect(self.choose_tab)
        self.table.current_row.connect(self._tell)
        self.table.opened.connect(self.opened)

    def show_rows(self, rows: Sequence[object]) -> None:
        """Show other rows under the tab that is chosen; the bar goes to the first."""
        self.model.set_rows(rows)
        self._show_tabs()
        self.choose_tab(self.tab)

    def choose_tab(self, key: str) -> None:
        """Show the rows of another tab."""
        self.tab = key
        sieve = next((one for one in self._sieves if one.key == key), None)
        self.model.filter(sieve.passes if sieve is not None else None)
        self._show_tabs()
        some = bool(self.model.rows)
        had_focus = self.table.hasFocus()
        self._stack.setCurrentIndex(0 if some else 1)
        if had_focus and not some:
            self._focus_tabs()
        for widget in (self._rule, self.below):
            widget.setHidden(not some)
        self.table.select(lambda _row: True)
        self._tell(self.table.selected())
        if some and self._wants_focus:
            self.take_focus()

    def take_focus(self) -> None:
        """The table has the focus; where nothing is in it, as soon as there is something."""
        self._wants_focus = not self.model.rows
        if self._stack.currentWidget() is self.table:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_tabs(self) -> None:
        """Keep the focus here: Qt would put it on the next control of the window."""
        first = self.tabs.findChild(QPushButton)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._wants_focus = True

    @property
    def chosen(self) -> Any:
        """The row the bar is on, None where there is none."""
        return self.table.selected()

    def step(self, is_wanted: Callable[[Any], bool]) -> bool:
        """Move the bar to the next row that is wanted, round at the end; False where there is none."""
        rows, here = self.model.rows, self.table.currentIndex().row()
        places = [*range(here + 1, len(rows)), *range(here + 1)]
        found = next((place for place in places if place < len(rows) and is_wanted(rows[place])), None)
        if found is not None:
            self.table.setCurrentIndex(self.model.index(found, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return found is not None

    def _show_tabs(self) -> None:
        if self._sieves:
            rows = self.model.all_rows
            tabs = [Tab(one.key, one.word, sum(map(one.passes, rows))) for one in self._sieves]
            shown = [tab for tab in tabs if tab.count or tab.key in {self._sieves[0].key, self.tab}]
            self.tabs.set_tabs(shown, self.tab)

    def _tell(self, row: object) -> None:
        self.below.show_paragraphs(self._detail(row) if row is not None else ())
        self.current.emit(row)


class Detail(ScrollColumn):
    """Paragraphs of one row; arrows scroll it once it has the focus (F6)."""

    def __init__(self, name: str) -> None:
        super().__init__(margins=(RING_ROOM, 0, RING_ROOM, 0))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(96 if theme.is_compact() else 132))
        self.column.setSpacing(4)
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self.column.addLayout(self._words)
        self.column.addStretch(1)
        self.paragraphs: tuple[str, ...] = ()

    def show_paragraphs(self, paragraphs: Sequence[str]) -> None:
        """Show other paragraphs, from the top."""
        self.paragraphs = tuple(one for one in paragraphs if one)
        empty(self._words)
        for place, text in enumerate(self.paragraphs):
            first = place == 0
            words = Label(text, Role.BODY, Tone.TEXT if first else Tone.TEXT2, wrap=True)
            if first:
                words.setFont(fonts.font(Role.BODY, fonts.MEDIUM))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._words.addWidget(words)
        self.setAccessibleDescription("\n".join(self.paragraphs))
        self.verticalScrollBar().setValue(0)


def paint_word(icon: str, tone: Tone, word: str) -> Callable[[QPainter, QRect], None]:
    """Draw an icon and a word into a cell; colour only on the icon."""

    def paint(painter: QPainter, box: QRect) -> None:
        icons.paint(painter, QPoint(box.left(), box.center().y() - icons.ROW // 2 + 1), icon, icons.ROW, tone)
        painter.setPen(theme.colour(Tone.TEXT))
        painter.drawText(box.adjusted(icons.ROW + 6, 0, 0, 0), _LEFT, word)

    return paint
