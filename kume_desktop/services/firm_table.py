"""The firms of a study as one table, handed over in pieces: a window that reads 20,000 of them goes on drawing.

A worker reads the table when its first piece is asked for and keeps it for the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import FirmRow

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

PIECE = "firm-table"
"""The verb of the companion; `first` and `many` name the rows, an answer has `total`, `newest`, `rows` and `tax`."""
_NAMES = tuple(one.name for one in fields(FirmRow))
_STATE = _NAMES.index("state")
_MOMENTS = tuple(_NAMES.index(name) for name in ("next_at", "last_at"))
_values = attrgetter(*_NAMES)


@dataclass(frozen=True, slots=True)
class Table:
    """Every firm in Turkish alphabetical order, the tax number of each, and the newest event before the reading."""

    rows: tuple[FirmRow, ...]
    tax_numbers: tuple[str, ...]
    newest: int


_held: WeakKeyDictionary[Study, Table] = WeakKeyDictionary()


def table(study: Study) -> Table:
    """Read the whole table."""
    from kume_desktop.services import fieldwork
    from kume_desktop.store import news, reading

    newest = news.newest(study.database)
    rows = fieldwork.firms(study)
    numbers = {unit.unit_id: unit.tax_number for unit in reading.units(study.database)}
    return Table(rows, tuple(numbers.get(row.unit_id) or "" for row in rows), newest)


def piece(study: Study, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Some rows of the table; it is read anew for its first piece."""
    first, many = int(asked["first"]), int(asked["many"])
    if not first or study not in _held:
        _held[study] = table(study)
    held, part = _held[study], slice(first, first + many)
    told = {"total": len(held.rows), "newest": held.newest, "tax": held.tax_numbers[part]}
    if first + many >= len(held.rows):
        del _held[study]
    return told | {"rows": [_told(row) for row in held.rows[part]]}


def _told(row: FirmRow) -> list[object]:
    return [value.isoformat() if isinstance(value, datetime) else value for value in _values(row)]


def rows_of(answer: Mapping[str, Any]) -> Sequence[FirmRow]:
    """Read the rows of an answer to `PIECE`."""
    found = []
    for told in answer["rows"]:
        told[_STATE] = FirmState(told[_STATE])
        for place in _MOMENTS:
            if told[place]:
                told[place] = datetime.fromisoformat(told[place])
        found.append(FirmRow(*told))
    return found
