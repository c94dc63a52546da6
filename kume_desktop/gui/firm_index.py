"""The firms that the window holds, with what makes searching and sorting 20,000 of them a matter of milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from kume_desktop import turkish
from kume_desktop.services.views import FirmRow


class FirmIndex:
    """Rows in Turkish alphabetical order, their folded texts, and the orders that were asked for.

    Places are numbers into `rows`; an order is a list of places.
    """

    def __init__(self, newest: int = 0) -> None:
        self.rows: list[FirmRow] = []
        self.folded: list[str] = []
        self.names: list[str] = []
        self.newest = newest
        self._places: dict[str, int] = {}
        self._tax: list[str] = []
        self._orders: dict[tuple[str, bool], list[int]] = {}

    def add(self, rows: Sequence[FirmRow], tax_numbers: Iterable[str]) -> None:
        """Take further rows after those that are there."""
        begun = len(self.rows)
        self.rows.extend(rows)
        self._tax.extend(tax_numbers)
        self.names.extend(turkish.fold(row.name) for row in rows)
        self.folded.extend(_searched(row, self._tax[begun + n]) for n, row in enumerate(rows))
        self._places.update((row.unit_id, begun + n) for n, row in enumerate(rows))
        self._orders.clear()

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
        self.rows[place] = row
        self.folded[place] = _searched(row, self._tax[place])
        self._orders.clear()
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
            keys = [key(row) for row in self.rows]
            self._orders[kept] = sorted(range(len(keys)), key=keys.__getitem__, reverse=falling)
        return self._orders[kept]

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
