"""Where the head of a list is: under title lines, in one row or in several with merged cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kume_desktop.exchange.cells import ListSheet, Row
from kume_desktop.exchange.guard import Range
from kume_desktop.exchange.sample_lists.fields import ListField, likeness

_LOOKED_AT = 40
_FULL = 60
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of a list by column; `row` is the last row of the head, data begin below it."""

    row: int
    heads: tuple[str, ...]


def find_head(sheet: ListSheet) -> Head:
    """The row that names most fields; of a sheet without any, its first row with the most cells.

    Heads are unique: the second column of a name gets "(2)", one without a name its letter.
    """
    listed = sheet.rows[:_LOOKED_AT]
    scored = [(_score(row), len(row), -place) for place, (_number, row) in enumerate(listed)]
    place = -max(scored)[2]
    number, row = listed[place]
    heads = list(_spread(row, number, sheet.merges))
    above = [(one, cells) for one, cells in listed[:place] if one >= number - 3]
    for other, cells in reversed(above):
        if not _belongs(cells, other, number, sheet.merges):
            break
        heads = _joined(_spread(cells, other, sheet.merges), heads)
    width = max((len(cells) for _number, cells in sheet.rows), default=len(heads))
    heads += [""] * (width - len(heads))
    return Head(number, _unique(heads))


def head_at(sheet: ListSheet, row: int) -> Head:
    """The heads where a person says in which row they are."""
    cells: Row = dict(sheet.rows).get(row, ())
    width = max((len(one) for _number, one in sheet.rows), default=len(cells))
    heads = [*_spread(cells, row, sheet.merges)]
    return Head(row, _unique([*heads, *[""] * (width - len(heads))]))


def rows_below(sheet: ListSheet, head: Head) -> tuple[tuple[int, Row], ...]:
    """The rows of data: below the head, without lines that repeat it (lists printed page by page)."""
    said = tuple(cell for cell in dict(sheet.rows).get(head.row, ()) if cell)
    return tuple(
        (number, row) for number, row in sheet.rows if number > head.row and tuple(cell for cell in row if cell) != said
    )


def column_name(place: int) -> str:
    """The letters of a column.

    >>> [column_name(place) for place in (0, 25, 26, 701)]
    ['A', 'Z', 'AA', 'ZZ']
    """
    letters, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = _LETTERS[letter] + letters
    return letters


def _score(row: Row) -> int:
    """How much a row is like a head: fields that its cells name, the sure ones more."""
    best: dict[ListField, int] = {}
    for cell in row:
        if 0 < len(cell) <= _FULL and not cell.isdecimal():
            scores = {field: likeness(cell, field) for field in ListField}
            field = max(scores, key=lambda one: scores[one])
            best[field] = max(best.get(field, 0), scores[field])
    return sum(best.values())


def _spread(row: Row, number: int, merges: Sequence[Range]) -> tuple[str, ...]:
    """A row with the text of each merged range in all its columns, and that of a range which began above it."""
    cells: dict[int, str] = dict(enumerate(row))
    for merged in merges:
        if merged.top == number and merged.left <= len(row):
            for place in range(merged.left - 1, merged.right):
                cells[place] = row[merged.left - 1]
    return tuple(cells.get(place, "") for place in range(max(cells, default=-1) + 1))


def _belongs(cells: Row, row: int, head_row: int, merges: Sequence[Range]) -> bool:
    """Whether a row above the head is a part of it and no title: several texts, or a merge that reaches down."""
    reaches = any(one.top <= row and one.bottom >= head_row for one in merges)
    spans = [one for one in merges if one.top == row == one.bottom]
    named = sum(bool(cell) for cell in cells)
    return reaches or (named > 1 and bool(spans)) or (named > 1 and _score(cells) > 0)


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Heads of two rows as one: the lower where there is one, with the upper before it where it says no field alone."""
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    return [_join(one, other) for one, other in zip(upper, lower, strict=True)]


def _join(upper: str, lower: str) -> str:
    if not lower or not upper or upper == lower:
        return lower or upper
    is_known = any(likeness(lower, field) for field in ListField)
    return lower if is_known else f"{upper} {lower}"


def _unique(heads: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    named = []
    for place, head in enumerate(heads):
        text = " ".join(head.split()) or column_name(place)
        seen[text] = seen.get(text, 0) + 1
        named.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return tuple(named)


def cells_of(head: Head, row: Row) -> Mapping[str, str]:
    """A row as head -> cell, blank cells left out."""
    return {name: cell for name, cell in zip(head.heads, row, strict=False) if cell}
