"""The rows that stand on a single page of a database, whichever tree it belonged to.

Follows SQLite's page on its file format: leaves of tables, and leaves and inner pages of trees by key (indexes, tables
WITHOUT ROWID). A row that does not fit goes on in a chain of overflow pages.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kume_desktop.store.pages import USABLE_BYTES

_TABLE_LEAF, _KEY_LEAF, _KEY_INNER = 0x0D, 0x0A, 0x02
_LEAST_HELD = (USABLE_BYTES - 12) * 32 // 255 - 23
_MOST_HELD = {True: USABLE_BYTES - 35, False: (USABLE_BYTES - 12) * 64 // 255 - 23}
"""How much of a row stands on the page itself, by whether it is a table's."""
_IN_OVERFLOW = USABLE_BYTES - 4
_LONGEST = 1_000_000_000
"""No row of SQLite's is longer."""
_NUMBER_BYTES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)

Value = int | float | str | bytes | None
Read = Callable[[int], bytes | None]
"""The content of a page by its number, None where it is broken."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row as it stands on its page; `number` is its rowid, 0 in a tree by key.

    `shape` has a letter for each column: n nothing, i and f numbers, t text, b bytes.
    """

    is_table: bool
    number: int
    shape: str
    _types: tuple[int, ...]
    _begin: int
    _held: bytes
    _size: int
    _overflow: int

    def values(self, read: Read) -> tuple[Value, ...] | None:
        """The columns; None where an overflow page is broken or a text is none."""
        content = self._whole(read)
        if content is None:
            return None
        found: list[Value] = []
        at = self._begin
        try:
            for kind in self._types:
                after = at + _length(kind)
                found.append(_value(kind, content[at:after]))
                at = after
        except (UnicodeDecodeError, struct.error):
            return None
        return tuple(found) if at <= len(content) else None

    def _whole(self, read: Read) -> bytes | None:
        parts, left, following = [self._held], self._size - len(self._held), self._overflow
        while left > 0:
            page = read(following) if following else None
            if page is None:
                return None
            following = int.from_bytes(page[:4], "big")
            parts.append(page[4 : 4 + min(left, _IN_OVERFLOW)])
            left -= _IN_OVERFLOW
        return b"".join(parts)


def cells(page: bytes, number: int) -> Iterator[Cell]:
    """The rows that begin on a page; none on an inner page of a table or on an overflow page."""
    head = 100 if number == 1 else 0
    kind = page[head]
    if kind not in {_TABLE_LEAF, _KEY_LEAF, _KEY_INNER}:
        return
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    first = head + (12 if kind == _KEY_INNER else 8)
    for place in range(first, first + 2 * count, 2):
        try:
            yield _cell(page, int.from_bytes(page[place : place + 2], "big"), kind)
        except (IndexError, ValueError):
            # The content of an overflow page that only looks like a tree's.
            return


def _cell(page: bytes, at: int, kind: int) -> Cell:
    is_table, number = kind == _TABLE_LEAF, 0
    size, at = _varint(page, at + 4 if kind == _KEY_INNER else at)
    if is_table:
        number, at = _varint(page, at)
    held = size
    if size > _MOST_HELD[is_table]:
        held = _LEAST_HELD + (size - _LEAST_HELD) % _IN_OVERFLOW
        held = held if held <= _MOST_HELD[is_table] else _LEAST_HELD
    content = page[at : at + held]
    if size > _LONGEST or len(content) < held:
        raise ValueError("no row looks like this")
    overflow = int.from_bytes(page[at + held : at + held + 4], "big") if held < size else 0
    begin, at = _varint(content, 0)
    types = []
    while at < begin:
        one, at = _varint(content, at)
        types.append(one)
    return Cell(is_table, number, "".join(map(_letter, types)), tuple(types), begin, content, size, overflow)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    found = 0
    for place in range(at, at + 8):
        byte = content[place]
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            return found, place + 1
    return found << 8 | content[at + 8], at + 9


def _letter(kind: int) -> str:
    if kind >= 12:
        return "t" if kind % 2 else "b"
    if kind in {10, 11}:
        raise ValueError("SQLite keeps these numbers for itself")
    return {0: "n", 7: "f"}.get(kind, "i")


def _length(kind: int) -> int:
    return (kind - 12) // 2 if kind >= 12 else _NUMBER_BYTES[kind]


def _value(kind: int, content: bytes) -> Value:
    if kind >= 12:
        return content.decode() if kind % 2 else content
    if kind in {8, 9}:
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", content)[0])
    return int.from_bytes(content, "big", signed=True) if kind else None
