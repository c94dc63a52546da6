"""The table of firms: columns, filter, and the counts of the state tabs, for 20,000 of them as for 20."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from kume_desktop import texts, turkish
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.components.progress import paint_bar
from kume_desktop.gui.components.state_chip import paint_state, word
from kume_desktop.gui.components.table import Column, RowsModel
from kume_desktop.gui.firm_index import FirmIndex
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import FirmRow
from kume_desktop.texts import N_, _

ORDER = tuple(FirmState)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_BAR = 34
_UP = Qt.SortOrder.AscendingOrder
_sort_key = cache(turkish.sort_key)


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the search field, the pickers and the tabs let through; '' and None let everything through.

    `person`: only the firms of this interviewer. `reserve`: the firms that are not issued, in the place of those
    that are.
    """

    text: str = ""
    area: str = ""
    district: str = ""
    state: FirmState | None = None
    person: str = ""
    reserve: bool = False

    @property
    def is_open(self) -> bool:
        """Whether everything passes, or everything of a person."""
        return replace(self, person="", reserve=False) == Sieve()


@dataclass(frozen=True, slots=True)
class Sifted:
    """The places that pass a filter, and how many firms each tab would show."""

    places: Sequence[int]
    counts: Mapping[FirmState, int]


def sift(index: FirmIndex, order: Sequence[int], sieve: Sieve) -> Sifted:
    """Let the firms of an index through a filter, in an order; the counts follow all of it but the state."""
    rows, issued = index.rows, not sieve.reserve
    found: Sequence[int] = [place for place in order if rows[place].is_issued is issued]
    for name, wanted in (("area", sieve.area), ("district", sieve.district), ("interviewer", sieve.person)):
        if wanted:
            found = [place for place in found if getattr(rows[place], name) == wanted]
    holds = index.holding(sieve.text)
    if holds is not None:
        found = [place for place in found if holds(place)]
    counted = Counter([rows[place].state for place in found])
    if sieve.state is not None:
        found = [place for place in found if rows[place].state is sieve.state]
    return Sifted(found, counted)


def area_name(firm: FirmRow) -> str:
    """The name of a firm's area in the language in force."""
    return firm.area_name_tr if texts.language() == "tr" else firm.area_name_en


def answered(firm: FirmRow) -> str:
    """16/46, or a dash where no interview was begun."""
    return f"{firm.answered}/{firm.asked}" if firm.asked else "–"


def attempts(firm: FirmRow) -> str:
    """The number of contact attempts, a dash for none."""
    return str(firm.attempts) if firm.attempts else "–"


def coming(firm: FirmRow) -> str:
    """The appointment that lies ahead, 26 Kas 14:00; '' for none."""
    if firm.next_at is None or firm.next_at < datetime.now(UTC):
        return ""
    at = firm.next_at.astimezone()
    return f"{texts.short_date(at.date())} {texts.clock(at)}"


def progress(firm: FirmRow) -> str:
    """The appointment that lies ahead, else how much was answered."""
    return coming(firm) or answered(firm)


def _by_progress(firm: FirmRow) -> tuple[bool, float]:
    """Appointments by their time, then what was answered most, then the rest."""
    if firm.next_at is not None and coming(firm):
        return False, firm.next_at.timestamp()
    return True, -firm.answered / firm.asked if firm.asked else 1.0


def _paint_answered(painter: QPainter, box: QRect, firm: FirmRow) -> None:
    if (when := coming(firm)) or not firm.asked:
        painter.drawText(box, _LEFT, when or "–")
        return
    whole = firm.answered >= firm.asked
    bar = QRectF(box.left(), box.center().y() - 1, _BAR, 4)
    paint_bar(painter, bar, firm.answered / firm.asked, Tone.TEXT2 if whole else Tone.ACCENT)
    painter.setFont(fonts.font(Role.SECOND, tabular=True))
    painter.setPen(theme.colour(Tone.TEXT2))
    painter.drawText(box.adjusted(_BAR + 6, 0, 0, 0), _LEFT, answered(firm))


def _paint_state(painter: QPainter, box: QRect, firm: FirmRow) -> None:
    painter.setPen(theme.colour(Tone.TEXT))
    paint_state(painter, box, firm.state)


def _by_name(firm: FirmRow) -> str:
    return _sort_key(firm.name)


def columns() -> tuple[Column[FirmRow], ...]:
    """The columns in the language in force."""
    return (
        Column("name", _(N_("Firm")), lambda firm: firm.name, sort=_by_name, first=True),
        Column(
            "area",
            _(N_("Area")),
            area_name,
            sort=lambda firm: _sort_key(area_name(firm)),
            width=0 if theme.is_compact() else 150,
        ),
        Column("district", _(N_("District")), lambda firm: firm.district, sort=_by_district, width=88),
        Column(
            "state",
            _(N_("State")),
            lambda firm: word(firm.state),
            sort=lambda firm: ORDER.index(firm.state),
            width=124,
            paint=_paint_state,
        ),
        Column(
            "answered",
            _(N_("Progress or date")),
            progress,
            sort=_by_progress,
            width=132,
            paint=_paint_answered,
        ),
        Column("attempts", _(N_("Attempts")), attempts, sort=lambda firm: firm.attempts, width=74, right=True),
    )


def _by_district(firm: FirmRow) -> str:
    return _sort_key(firm.district)


class FirmsModel(RowsModel[FirmRow]):
    """Firms of an index through a filter; sorting and filtering work on places, never on copies of rows."""

    def __init__(self) -> None:
        super().__init__(columns())
        self._index = FirmIndex()
        self._places: Sequence[int] = ()
        self.sieve = Sieve()
        self.counts: Mapping[FirmState, int] = {}

    @property
    def held(self) -> FirmIndex:
        """Every firm, whatever the filter."""
        return self._index

    def set_index(self, index: FirmIndex) -> None:
        """Show the firms of another index; order and filter stay."""
        self.beginResetModel()
        self._index = index
        self._sift()
        self.endResetModel()

    def put(self, sieve: Sieve) -> None:
        """Put another filter in force."""
        self.beginResetModel()
        self.sieve = sieve
        self._sift()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = _UP) -> None:
        """Sort by a column; equal firms stay in the order of names."""
        self.beginResetModel()
        self.sorted_by = (column, order)
        self._sift()
        self.endResetModel()

    def renewed(self, unit_id: str) -> None:
        """A firm has another row now: draw it, or take it out where it does not pass any longer."""
        sifted = self._sifted()
        if list(sifted.places) != list(self._places):
            self.put(self.sieve)
            return
        self.counts = sifted.counts
        place = self._index.place_of(unit_id)
        if place in self._places:
            row = self._places.index(place)
            self._rows[row] = self._index.rows[place]
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def row_of(self, unit_id: str) -> int:
        """The row of a firm in sight; -1 where it is not in sight."""
        place = self._index.place_of(unit_id)
        found: int = self._places.index(place) if place in self._places else -1
        return found

    def find(self, typed: str, after: int) -> int:
        """The next row after `after` whose name begins with a text, around the end; -1 for none."""
        wanted, names, count = turkish.fold(typed), self._index.names, len(self._places)
        for row in [*range(after + 1, count), *range(min(after + 1, count))]:
            if names[self._places[row]].startswith(wanted):
                return int(row)
        return -1

    def firms_at(self, rows: Iterable[int]) -> list[FirmRow]:
        """The firms of rows in sight."""
        return [self._rows[row] for row in rows]

    def _sifted(self) -> Sifted:
        column, direction = self.sorted_by
        key: Callable[[FirmRow], Any] | None = self.columns[column].sort if column else None
        name = f"{self.columns[column].key} {texts.language()}"
        falling = direction is Qt.SortOrder.DescendingOrder
        return sift(self._index, self._index.order(name, key, falling=falling), self.sieve)

    def _sift(self) -> None:
        sifted, rows = self._sifted(), self._index.rows
        self._places, self.counts = sifted.places, sifted.counts
        self._rows = [rows[place] for place in self._places]
