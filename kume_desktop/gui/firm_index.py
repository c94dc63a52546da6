"""The firms that the window holds, with what makes searching and sorting 20,000 of them a matter of milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from kume_desktop import turkish
from kume_desktop.services.views import FirmRow


class _Order:
    """The places sorted by a key, equal keys in the order of places; one row that changes is moved by itself."""

    __slots__ = ("_falling", "_key", "_keys", "places")

    def __init__(self, rows: Sequence[FirmRow], key: Callable[[FirmRow], Any], *, falling: bool) -> None:
        self._key, self._falling = key, falling
        self._keys = [key(row) for row in rows]
        self.places = sorted(range(len(rows)), key=self._keys.__getitem__, reverse=falling)

    def renew(self, place: int, row: FirmRow) -> None:
        """Put a place where the key of its row belongs now."""
        key = self._key(row)
        if key == self._keys[place]:
            return
        self.places.remove(place)
        self._keys[place] = key
        low, high = 0, len(self.places)
        while low < high:
            middle = (low + high) // 2
            if self._stands_before(self.places[middle], place):
                low = middle + 1
            else:
                high = middle
        self.places.insert(low, place)

    def _stands_before(self, one: int, other: int) -> bool:
        keys = self._keys
        if keys[one] == keys[other]:
            return one < other
        return bool(keys[one] < keys[other]) is not self._falling


class FirmIndex:
    """Rows in Turkish alphabetical order, their folded texts, and the orders that were asked for.

    Places are numbers into `rows`; an order is a list of places. What a page offers to choose from is held as well:
    `areas` (code -> one of its firms), `districts`, and whether there are firms that are not issued.
    """

    def __init__(self, newest: int = 0) -> None:
        self.rows: list[FirmRow] = []
        self.folded: list[str] = []
        self.names: list[str] = []
        self.areas: dict[str, FirmRow] = {}
        self.districts: set[str] = set()
        self.has_reserve = False
        self.newest = newest
        self._places: dict[str, int] = {}
        self._tax: list[str] = []
        self._orders: dict[tuple[str, bool], _Order] = {}

    def add(self, rows: Sequence[FirmRow], tax_numbers: Iterable[str]) -> None:
        """Take further rows after those that are there."""
        begun = len(self.rows)
        self.rows.extend(rows)
        self._tax.extend(tax_numbers)
        self.names.extend(turkish.fold(row.name) for row in rows)
        self.folded.extend(_searched(row, self._tax[begun + n]) for n, row in enumerate(rows))
        self._places.update((row.unit_id, begun + n) for n, row in enumerate(rows))
        self._orders.clear()
        self._offer(rows)

    def _offer(self, rows: Iterable[FirmRow]) -> None:
        for row in rows:
            self.areas[row.area] = row
            self.districts.add(row.district)
            self.has_reserve = self.has_reserve or not row.is_issued

    def place_of(self, unit_id: str) -> int:
        """Where a firm stands; -1 where it is not held."""
        return self._places.get(unit_id, -1)

    def row_of(self, unit_id: str) -> FirmRow | None:
        """The row of a firm; None where it is not held."""
        place = self.place_of(unit_id)
        return self.rows[place] if place >= 0 else None

    def renew(self, row: FirmRow) -> bool:
        """Put a row in the place of the one it was; False where the firm is not held or has another name now."""
        place = self.place_of(row.unit_id)
        if place < 0 or self.rows[place].name != row.name:
            return False
        before, self.rows[place] = self.rows[place], row
        self.folded[place] = _searched(row, self._tax[place])
        for order in self._orders.values():
            order.renew(place, row)
        if (before.area, before.district, before.is_issued) != (row.area, row.district, row.is_issued):
            self.areas, self.districts, self.has_reserve = {}, set(), False
            self._offer(self.rows)
        return True

    def order(self, name: str, key: Callable[[FirmRow], Any] | None, *, falling: bool = False) -> Sequence[int]:
        """The places sorted by a key (None: by name) that is kept under `name`; equal rows stay in the order of names.

        The key of a `name` is always the same.
        """
        if key is None:
            places = range(len(self.rows))
            return places[::-1] if falling else places
        kept = (name, falling)
        if kept not in self._orders:
            self._orders[kept] = _Order(self.rows, key, falling=falling)
        return self._orders[kept].places

    def holding(self, typed: str) -> Callable[[int], bool] | None:
        """Whether the row at a place holds every word of a text; None where nothing is typed."""
        parts = turkish.fold(typed).split()
        folded = self.folded
        if not parts:
            return None
        if len(parts) == 1:
            wanted = parts[0]
            return lambda place: wanted in folded[place]
        return lambda place: all(part in folded[place] for part in parts)

    def named(self, typed: str, most: int) -> list[FirmRow]:
        """Firms whose name begins with a text, then those that hold all its words; `most` at most."""
        wanted = turkish.fold(typed.strip())
        parts = wanted.split()
        found = [place for place, name in enumerate(self.names) if name.startswith(wanted)][:most]
        if len(found) < most:
            first = set(found)
            held = (n for n, name in enumerate(self.names) if all(part in name for part in parts) and n not in first)
            found += list(islice(held, most - len(found)))
        return [self.rows[place] for place in found]


def _searched(row: FirmRow, tax_number: str) -> str:
    return turkish.fold(f"{row.name} {row.code} {row.district} {row.frame_nace} {row.field_nace} {tax_number}")
