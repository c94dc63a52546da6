"""The firms with search, pickers, state tabs and table; it knows which firm the bar is on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kume_desktop import texts, turkish
from kume_desktop.gui import theme
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.fields import SearchField
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.components.state_chip import word
from kume_desktop.gui.components.table import GAP
from kume_desktop.gui.components.tabs import Tab, Tabs
from kume_desktop.gui.fieldwork.firm_table import FirmTable
from kume_desktop.gui.fieldwork.firms_model import ORDER, FirmsModel, Sieve, area_name
from kume_desktop.gui.firm_index import FirmIndex
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import FirmRow
from kume_desktop.texts import N_, _, tr

_DEBOUNCE_MS = 120
_CURRENT_MS = 40
_ALL, _RESERVE = "all", "#reserve"
PANEL_MARGIN = 16
"""Right margin of what stands beside the side panel, in logical pixels."""


@dataclass(frozen=True, slots=True)
class Looked:
    """How the list was looked at: its filter, the sorted column and direction."""

    sieve: Sieve = field(default_factory=Sieve)
    column: int = 0
    falling: bool = False


class FirmList(QWidget):
    """`opened` and `current` carry the firm's row, `chosen` comes when other rows are chosen.

    `coming` stands in the place of the table while the firms are read. `current` rests a moment before it is told:
    whoever holds an arrow key down is not held up. `add_asked` and `import_asked` come from the empty list.
    """

    opened = Signal(object)
    current = Signal(object)
    chosen = Signal()
    panel_asked = Signal()
    add_asked = Signal()
    import_asked = Signal()

    def __init__(self, person: str, *, mine_first: bool, can_import: bool = False) -> None:
        super().__init__()
        self._person, self._mine_first, self._can_import = person, mine_first, can_import
        self.model = FirmsModel()
        self.model.sieve = self.home
        self.search = SearchField(_(N_("Search firms")), _(N_("Name, code, tax no, district, NACE")))
        self.whose = Picker(_(N_("Firms")))
        self.area = Picker(_(N_("Area")))
        self.district = Picker(_(N_("District")))
        self.tabs = Tabs(_(N_("State")))
        self.table = FirmTable(self.model)
        self._foot = Label("", Role.CAPTION, Tone.TEXT2, tabular=True)
        self._debounce = _rest(self, _DEBOUNCE_MS, self._sift_text)
        self._resting = _rest(self, _CURRENT_MS, self._tell_current)
        self._lay_out()
        self._wire()

    @property
    def home(self) -> Sieve:
        """The filter of one who has chosen nothing: an interviewer begins with the firms of their own."""
        return Sieve(person=self._person if self._mine_first else "")

    @property
    def sieve(self) -> Sieve:
        """The filter in force."""
        return self.model.sieve

    @property
    def looked(self) -> Looked:
        """How the list is looked at now."""
        column, order = self.model.sorted_by
        return Looked(self.sieve, column, order is Qt.SortOrder.DescendingOrder)

    def _lay_out(self) -> None:
        margin = theme.metrics().margin
        self._contents = _empty_states(self, can_import=self._can_import)
        self.coming = self._contents["coming"]
        self._content = QStackedWidget()
        self._content.addWidget(self.table)
        for content in self._contents.values():
            content.setContentsMargins(GAP, 0, GAP, 0)
            self._content.addWidget(content)
        self._offer_whose(reserve=False)
        tools = QHBoxLayout()
        tools.setContentsMargins(margin, 4, PANEL_MARGIN, 4)
        tools.setSpacing(8)
        tools.addWidget(self.search, 4)
        tools.addWidget(self.whose, 0)
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
        self.whose.picked.connect(self._choose_whose)
        self.area.picked.connect(lambda code: self.sift(replace(self.sieve, area=code)))
        self.district.picked.connect(lambda name: self.sift(replace(self.sieve, district=name)))
        self.tabs.chosen.connect(lambda key: self.sift(replace(self.sieve, state=_state_of(key))))
        self.table.opened.connect(self.opened)
        self.table.current_row.connect(self._moved)
        self.table.chosen_changed.connect(self._resting.start)
        self.table.panel_asked.connect(self.panel_asked)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_range())

    def look(self, looked: Looked) -> None:
        """Look at the list as it was looked at before."""
        order = Qt.SortOrder.DescendingOrder if looked.falling else Qt.SortOrder.AscendingOrder
        self.model.sorted_by = (looked.column, order)
        self.model.sieve = looked.sieve
        self.search.show_text(looked.sieve.text)
        self._debounce.stop()
        self.whose.set_current(_RESERVE if looked.sieve.reserve else looked.sieve.person)
        self.area.set_current(looked.sieve.area)
        self.district.set_current(looked.sieve.district)

    def show_index(self, index: FirmIndex, *, coming: bool = False) -> None:
        """Show other firms under the same filter; `coming`: they are still being read."""
        kept = self.selected()
        self.model.set_index(index)
        everything = ("", _(N_("all")))
        areas = {code: area_name(firm) for code, firm in index.areas.items()}
        self.area.set_items([everything, *sorted(areas.items(), key=lambda one: turkish.sort_key(one[1]))])
        districts = sorted(index.districts - {""}, key=turkish.sort_key)
        self.district.set_items([everything, *((name, name) for name in districts)])
        self._offer_whose(reserve=index.has_reserve)
        self._after(kept.unit_id if kept else "", coming=coming)

    def renewed(self, unit_id: str) -> None:
        """One firm has another row now."""
        kept = self.selected()
        self.model.renewed(unit_id)
        self._after(kept.unit_id if kept else "")

    def selected(self) -> FirmRow | None:
        """The firm the bar is on."""
        row = self.table.selected()
        return row if isinstance(row, FirmRow) else None

    def chosen_firms(self) -> list[FirmRow]:
        """The firms that are chosen."""
        return self.table.chosen()

    def select(self, unit_id: str) -> None:
        """Move the bar to a firm; a filter that hides it is cleared."""
        if self.model.row_of(unit_id) < 0 and self.model.held.place_of(unit_id) >= 0:
            self.look(Looked())
            self.sift(Sieve())
        _bring(self.table, self.model, unit_id)

    def take_focus(self) -> None:
        """The table has the focus; where it is empty, the way out of that; else the search field.

        While the firms are being read their place has it: the keys of the page work already, "/" is not typed.
        """
        empty = self._content.currentWidget()
        button = getattr(empty, "button", None) if isinstance(empty, EmptyState) else None
        waits = empty if empty is self.coming else self.search
        (self.table if self.model.rows else button or waits).setFocus()

    def clear_filter(self) -> None:
        """Let every firm through again, for an interviewer every one of their own."""
        self.look(replace(self.looked, sieve=self.home))
        self.sift(self.home)
        self.take_focus()

    def toggle_mine(self) -> None:
        """Show my firms alone, or all."""
        person = "" if self.sieve.person else self._person
        self.whose.set_current(person)
        self.sift(replace(self.sieve, person=person, reserve=False))
        self.take_focus()

    def sift(self, sieve: Sieve) -> None:
        """Put another filter in force; the bar stays on its firm if that passes."""
        kept = self.selected()
        self.model.put(sieve)
        self._after(kept.unit_id if kept else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say again which rows are in sight."""
        super().resizeEvent(event)
        self._tell_range()

    def _after(self, kept: str, *, coming: bool = False) -> None:
        self.tabs.set_tabs(_tabs(self.model), self.sieve.state.value if self.sieve.state else _ALL)
        _bring(self.table, self.model, kept)
        if self.model.rows:
            self._content.setCurrentWidget(self.table)
        else:
            self._content.setCurrentWidget(self._contents["coming" if coming else _why_empty(self.model)])
            self._resting.start()
        self._tell_range()

    def _sift_text(self) -> None:
        self.sift(replace(self.sieve, text=self.search.text()))

    def _offer_whose(self, *, reserve: bool) -> None:
        offered = [("", _(N_("all"))), (self._person, _(N_("mine")))]
        self.whose.set_items([*offered, (_RESERVE, _(N_("not issued")))] if reserve else offered)
        self.whose.set_current(_RESERVE if self.sieve.reserve else self.sieve.person)

    def _choose_whose(self, key: str) -> None:
        reserve = key == _RESERVE
        self.sift(replace(self.sieve, person="" if reserve else key, reserve=reserve))

    def _to_table(self) -> None:
        self._debounce.stop()
        self._sift_text()
        if self.model.rows:
            self.take_focus()

    def _moved(self, _row: object) -> None:
        self._resting.start()
        self._tell_range()

    def _tell_current(self) -> None:
        self.chosen.emit()
        self.current.emit(self.selected())

    def _tell_range(self) -> None:
        count = len(self.model.rows)
        if not count:
            self._foot.setText("")
            return
        first = max(0, self.table.rowAt(0)) + 1
        lowest = self.table.rowAt(self.table.viewport().height() - 1)
        last = count if lowest < 0 else lowest + 1
        chosen = len(self.table.chosen_rows())
        first_shown, last_shown, of = (texts.number(each, 0) for each in (first, last, count))
        words = tr(N_("{first}–{last} of {count} firms"), first=first_shown, last=last_shown, count=of)
        told = tr(N_("{count} chosen"), count=texts.number(chosen, 0))
        self._foot.setText(f"{words} · {told}" if chosen > 1 else words)


def _rest(owner: QWidget, milliseconds: int, run: object) -> QTimer:
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(run)
    return made


def _inset(widget: QWidget, left: int, others: tuple[int, int, int]) -> QHBoxLayout:
    above, right, below = others
    row = QHBoxLayout()
    row.setContentsMargins(left, above, right, below)
    row.addWidget(widget)
    return row


def _empty_states(firms: FirmList, *, can_import: bool) -> dict[str, EmptyState]:
    if can_import:
        none = EmptyState(
            _(N_("The list of firms is empty.")),
            _(N_("Take the list from Excel, or add the first firm by hand (Ctrl+N).")),
            _(N_("Take a list from Excel")),
            firms.import_asked.emit,
            "Ctrl+I",
        )
    else:
        none = EmptyState(
            _(N_("The list of firms is empty.")),
            _(N_("Add the first firm; the interview is opened from its row.")),
            _(N_("Add a firm")),
            firms.add_asked.emit,
            "Ctrl+N",
        )
    clear = (_(N_("Clear the filter")), firms.clear_filter)
    coming = EmptyState(_(N_("The firms are being read.")), _(N_("The list appears when all are there.")))
    coming.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    coming.setAccessibleName(_(N_("The firms are being read.")))
    return {
        "none": none,
        "match": EmptyState(
            _(N_("No firm passes this filter.")), _(N_("Another search word, area or state may.")), *clear
        ),
        "mine": EmptyState(
            _(N_("No firm is assigned to you yet.")),
            _(N_("Whoever leads the fieldwork assigns firms; all firms can be looked at meanwhile.")),
            _(N_("Show all firms")),
            firms.toggle_mine,
            "B",
        ),
        "coming": coming,
    }


def _tabs(model: FirmsModel) -> list[Tab]:
    """The states with their counts under the filter; those that stand for most firms are there even when empty."""
    found = model.counts
    there = set(found) | {model.sieve.state} | {FirmState.WAITING, FirmState.COMPLETED}
    tabs = [Tab(_ALL, _(N_("All")), sum(found.values()))]
    return tabs + [Tab(state.value, word(state), found.get(state, 0)) for state in ORDER if state in there]


def _state_of(key: str) -> FirmState | None:
    return None if key == _ALL else FirmState(key)


def _why_empty(model: FirmsModel) -> str:
    if not model.held.rows:
        return "none"
    return "mine" if model.sieve.person and model.sieve.is_open else "match"


def _bring(table: FirmTable, model: FirmsModel, unit_id: str) -> None:
    """Move the bar to a firm, to the first one where that is not in sight."""
    if model.rows:
        table.bring(max(0, model.row_of(unit_id)))
