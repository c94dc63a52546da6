"""Reads printed pages back: their text, and where each piece of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


def text_of(file: Path) -> str:
    """The text of all pages, blanks and line ends as one blank."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)


def pages_of(file: Path) -> list[str]:
    """The text of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(file).pages]


@dataclass(frozen=True)
class Piece:
    """A piece of text as it stands on its page, in points; `top` and `bottom` are those of its letters."""

    left: float
    bottom: float
    right: float
    top: float
    size: float

    def covers(self, other: Piece) -> bool:
        """Whether two pieces lie on each other by more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        upright = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > 0.5 and upright > 0.5


def pieces_of(page: Any) -> list[Piece]:
    """Every piece of text that a page draws, in the order of drawing."""
    reader = _Drawn(page)
    return reader.pieces


class _Drawn:
    """Follows the operators of a page as a viewer does; shifts only, as these pages use no other transformation."""

    def __init__(self, page: Any) -> None:
        self.pieces: list[Piece] = []
        self.fonts = {name: font.get_object() for name, font in page["/Resources"]["/Font"].items()}
        self.at, self.stack = (0.0, 0.0), []
        self.line, self.x, self.font, self.size, self.leading = (0.0, 0.0), 0.0, None, 0.0, 0.0
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            getattr(self, f"do_{_NAMES.get(operator, 'nothing')}")(*operands)

    def do_nothing(self, *_operands: Any) -> None:
        """An operator that neither draws text nor moves it."""

    def do_save(self) -> None:
        self.stack.append(self.at)

    def do_restore(self) -> None:
        self.at = self.stack.pop()

    def do_shift(self, *matrix: Any) -> None:
        self.at = (self.at[0] + float(matrix[4]), self.at[1] + float(matrix[5]))

    def do_place(self, *matrix: Any) -> None:
        self.line = (float(matrix[4]), float(matrix[5]))
        self.x = 0.0

    def do_move(self, across: Any, up: Any) -> None:
        self.line = (self.line[0] + float(across), self.line[1] + float(up))
        self.x = 0.0

    def do_font(self, name: Any, size: Any) -> None:
        self.font, self.size = self.fonts[name], float(size)

    def do_leading(self, leading: Any) -> None:
        self.leading = float(leading)

    def do_next(self) -> None:
        self.do_move(0, -self.leading)

    def do_show(self, told: Any) -> None:
        data = told.original_bytes
        first, widths = int(self.font["/FirstChar"]), self.font["/Widths"]
        width = sum(float(widths[sign - first]) for sign in data) * self.size / 1000
        left, base = self.at[0] + self.line[0] + self.x, self.at[1] + self.line[1]
        self.x += width
        if data.strip():
            self.pieces.append(Piece(left, base - 0.1 * self.size, left + width, base + 0.7 * self.size, self.size))


_NAMES = {
    b"q": "save", b"Q": "restore", b"cm": "shift", b"Tm": "place", b"Td": "move", b"Tf": "font", b"TL": "leading",
    b"T*": "next", b"Tj": "show",
}  # fmt: skip


def overlaps(file: Path) -> list[tuple[int, Piece, Piece]]:
    """The pieces of text that lie on each other, with their page."""
    found = []
    for number, page in enumerate(PdfReader(file).pages, start=1):
        drawn = sorted(pieces_of(page), key=lambda piece: piece.bottom)
        for place, piece in enumerate(drawn):
            for other in drawn[place + 1 :]:
                if other.bottom > piece.top:
                    break
                if piece.covers(other):
                    found.append((number, piece, other))
    return found


def outside(file: Path) -> list[tuple[int, Piece]]:
    """The pieces of text that stand outside their page."""
    found = []
    for number, page in enumerate(PdfReader(file).pages, start=1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        found += [
            (number, one)
            for one in pieces_of(page)
            if one.left < 0 or one.right > width or one.bottom < 0 or one.top > height
        ]
    return found
