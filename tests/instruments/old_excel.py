"""The smallest workbook of Excel 97-2003 that holds cells: written here, since no library that writes them is used."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import date

_SECTOR = 512
_DATE_STYLE = 1


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A .xls file with these sheets; cells are texts, numbers, truth values, dates or None."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    before = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(0x0042, b"\xb0\x04")
    styles = b"".join(_record(0x00E0, struct.pack("<HHH", 0, key, 0) + bytes(14)) for key in (0, 14))
    names = [_name(title) for title in sheets]
    start = len(before) + len(styles) + sum(len(name) + 10 for name in names) + 4
    bounds = b""
    for name, body in zip(names, bodies, strict=True):
        bounds += _record(0x0085, struct.pack("<IBB", start, 0, 0) + name)
        start += len(body)
    return _container(before + styles + bounds + _record(0x000A, b"") + b"".join(bodies))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _name(title: str) -> bytes:
    return struct.pack("<BB", len(title), 1) + title.encode("utf-16-le")


def _sheet(rows: Sequence[Sequence[object]]) -> bytes:
    cells = b"".join(
        _cell(place, column, value)
        for place, row in enumerate(rows)
        for column, value in enumerate(row)
        if value is not None and value != ""
    )
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(0x000A, b"")


def _cell(row: int, column: int, value: object) -> bytes:
    match value:
        case bool():
            return _record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 0))
        case date():
            return _record(0x0203, struct.pack("<HHHd", row, column, _DATE_STYLE, (value - date(1899, 12, 30)).days))
        case int() | float():
            return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
        case _:
            text = str(value)
            return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _container(stream: bytes) -> bytes:
    """The compound file around the one stream `Workbook`."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\x00")
    count = len(stream) // _SECTOR
    assert count <= 126, "one sector of the allocation table is enough for a test"
    chain = [*range(1, count), -2]
    table = [*chain, -2, -3]
    table += [-1] * (128 - len(table))
    root = _entry("Root Entry", 5, -1, 1, -2, 0)
    directory = root + _entry("Workbook", 2, -1, -1, 0, len(stream)) + bytes(256)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IiIIiIiI", 1, count, 0, 4096, -2, 0, -2, 0)
    header += struct.pack("<109i", count + 1, *([-1] * 108))
    return header + stream + directory + struct.pack("<128i", *table)


def _entry(name: str, kind: int, sibling: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\x00").encode("utf-16-le")
    head = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<iii", sibling, -1, child) + bytes(36) + struct.pack("<iII", start, size, 0)
