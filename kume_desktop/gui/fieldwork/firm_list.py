"""The firms with search, pickers, state tabs and table; it knows which firm the bar is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import turkish
from kume_desktop.gui import theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.fields import SearchField
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.state_chip import word
from kume_desktop.gui.components.table import GAP, Table
from kume_desktop.gui.components.tabs import Tab, Tabs
from kume_desktop.gui.fieldwork.firms_model import ORDER, Sieve, area_name, counts, make_model
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import FirmRow
from kume_desktop.texts import N_, _, tr

_DEBOUNCE_MS = 150
_ALL = "all"
PANEL_MARGIN = 16
"""Right margin of what stands beside the side panel, in logical pixels."""


class FirmList(QWidget):
    """`opened` and `current` carry the firm's row; `add_asked` comes from the empty list."""

    opened = Signal(object)
    current = Signal(object)
    panel_asked = Signal()
    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sieve = Sieve()
        self.model = make_model()
        self.search = SearchField(_(N_("Search firms")), _(N_("Search firm, district or NACE")))
        self.area = Picker(_(N_("Area")))
        self.district = Picker(_(N_("District")))
        self.tabs = Tabs(_(N_("State")))
        self.table = Table(self.model, _(N_("Firms of the study")))
        self._foot = Label("", Role.CAPTION, Tone.TEXT2, tabular=True)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._sift_text)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        self._no_match = EmptyState(
            _(N_("No firm passes this filter.")),
            _(N_("Another search word, area or state may.")),
            _(N_("Clear the filter")),
            self.clear_filter,
        )
        self._no_firms = EmptyState(
            _(N_("The list of firms is empty.")),
            _(N_("Add the first firm; the interview is opened from its row.")),
            _(N_("Add a firm")),
            self.add_asked.emit,
            "Ctrl+N",
        )
        self._content = QStackedWidget()
        for content in (self.table, self._no_match, self._no_firms):
            self._content.addWidget(content)
        self._no_match.setContentsMargins(GAP, 0, GAP, 0)
        self._no_firms.setContentsMargins(GAP, 0, GAP, 0)
        tools = QHBoxLayout()
        tools.setContentsMargins(margin, 4, PANEL_MARGIN, 4)
        tools.setSpacing(12)
        tools.addWidget(self.search, 3)
        tools.addWidget(self.area, 2)
        tools.addWidget(self.district, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addLayout(_inset(self.tabs, margin, (4, PANEL_MARGIN, 0)))
        column.addWidget(Rule())
        column.addLayout(_inset(self._content, margin - GAP, (0, 0, 0)), 1)
        column.addLayout(_inset(self._foot, margin, (2, PANEL_MARGIN, 4)))

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _text: self._debounce.start())
        self.search.returnPressed.connect(self._to_table)
        self.area.picked.connect(lambda code: self.sift(replace(self.sieve, area=code)))
        self.district.picked.connect(lambda name: self.sift(replace(self.sieve, district=name)))
        self.tabs.chosen.connect(self._choose_state)
        self.table.opened.connect(self.opened)
        self.table.current_row.connect(self._moved)
        self.table.panel_asked.connect(self.panel_asked)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_range())

    def show_firms(self, firms: Sequence[FirmRow]) -> None:
        """Show other firms under the same filter."""
        kept = self.selected()
        self.model.set_rows(firms)
        everything = ("", _(N_("all")))
        areas = {firm.area: area_name(firm) for firm in firms}
        self.area.set_items([everything, *sorted(areas.items(), key=lambda one: turkish.sort_key(one[1]))])
        districts = sorted({firm.district for firm in firms if firm.district}, key=turkish.sort_key)
        self.district.set_items([everything, *((name, name) for name in districts)])
        self.sift(self.sieve, kept)

    def selected(self) -> FirmRow | None:
        """The firm the bar is on."""
        row = self.table.selected()
        return row if isinstance(row, FirmRow) else None

    def select(self, unit_id: str) -> None:
        """Move the bar to a firm; a filter that hides it is cleared."""
        if all(firm.unit_id != unit_id for firm in self.model.rows):
            self.clear_filter()
        self.table.select(lambda firm: firm.unit_id == unit_id)

    def take_focus(self) -> None:
        """The table has the focus, the search field where there is no firm."""
        (self.table if self.model.rows else self.search).setFocus()

    def clear_filter(self) -> None:
        """Let every firm through again."""
        self.search.clear()
        self._debounce.stop()
        self.area.set_current("")
        self.district.set_current("")
        self.sift(Sieve())
        self.take_focus()

    def sift(self, sieve: Sieve, kept: FirmRow | None = None) -> None:
        """Put another filter in force; the bar stays on its firm if that passes."""
        kept = kept or self.selected()
        self.sieve = sieve
        self.model.filter(sieve.passes)
        self._tell_tabs()
        self.table.select(lambda firm: kept is not None and firm.unit_id == kept.unit_id)
        rows, firms = self.model.rows, self.model.all_rows
        self._content.setCurrentWidget(self.table if rows else self._no_match if firms else self._no_firms)
        if not rows:
            self.current.emit(None)
        self._tell_range()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say again which rows are in sight."""
        super().resizeEvent(event)
        self._tell_range()

    def _sift_text(self) -> None:
        self.sift(replace(self.sieve, text=self.search.text()))

    def _choose_state(self, key: str) -> None:
        self.sift(replace(self.sieve, state=None if key == _ALL else FirmState(key)))

    def _to_table(self) -> None:
        self._sift_text()
        self.take_focus()

    def _moved(self, row: object) -> None:
        self.current.emit(row)
        self._tell_range()

    def _tell_tabs(self) -> None:
        found = counts(self.model.all_rows, self.sieve)
        there = {firm.state for firm in self.model.all_rows} | {self.sieve.state}
        tabs = [Tab(_ALL, _(N_("All")), sum(found.values()))]
        tabs += [Tab(state.value, word(state), found.get(state, 0)) for state in ORDER if state in there]
        self.tabs.set_tabs(tabs, self.sieve.state.value if self.sieve.state else _ALL)

    def _tell_range(self) -> None:
        count = len(self.model.rows)
        if not count:
            self._foot.setText("")
            return
        first = max(0, self.table.rowAt(0)) + 1
        lowest = self.table.rowAt(self.table.viewport().height() - 1)
        last = count if lowest < 0 else lowest + 1
        self._foot.setText(tr(N_("{first}–{last} of {count} firms"), first=first, last=last, count=count))


def _inset(widget: QWidget, left: int, others: tuple[int, int, int]) -> QHBoxLayout:
    above, right, below = others
    row = QHBoxLayout()
    row.setContentsMargins(left, above, right, below)
    row.addWidget(widget)
    return row
