"""A tag of XML that has no end: a small archive holds one of many megabytes, and parsers read it over and over."""

from __future__ import annotations

LONGEST = 1 << 16
"""Bytes of a tag; those of a workbook have some hundreds."""


class Tags:
    """Sees a member of a workbook piece by piece."""

    def __init__(self) -> None:
        self._long = -1

    def is_endless(self, piece: bytes) -> bool:
        """Whether a tag goes on through this piece that is longer than any tag of a workbook."""
        opened, closed = piece.rfind(b"<"), piece.rfind(b">")
        if opened == closed:
            self._long += len(piece) if self._long >= 0 else 0
        else:
            self._long = len(piece) - opened if opened > closed else -1
        return self._long > LONGEST
