"""What every figure has in common: title, how to read it, the demonstration mark, the foot with its provenance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import MARGIN, Board
from kume_desktop.reports.figures.lettering import (
    BODY,
    CAPTION,
    CAPTION_STRONG,
    SECOND,
    TITLE,
    Style,
    width_of,
    wrapped,
)
from kume_desktop.reports.figures.view import View

DEMONSTRATION = "GÖSTERİM VERİSİ / DEMONSTRATION DATA"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from `low` at x = `left` to `high` at x = `right`."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """The x of a value."""
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    x: float
    text: str
    width: float
    align: Align = Align.LEFT


def begin(board: Board, view: View, title: str, note: str = "") -> float:
    """Write title, mark and note; returns where the figure begins."""
    top, room = MARGIN - 4, board.right - board.left
    if view.results.demonstration:
        wide = width_of(DEMONSTRATION, CAPTION_STRONG) + 12
        board.box(board.right - wide, top + 2, wide, 15, palette.WARN_SOFT)
        board.text(board.right - wide + 6, top + 12.4, DEMONSTRATION, CAPTION_STRONG, palette.WARN)
        room -= wide + 12
    top = board.paragraph(board.left, top, room, title, TITLE, palette.TEXT) + 2
    return board.paragraph(board.left, top, board.right - board.left, note, SECOND) + 8 if note else top + 6


def end(board: Board, top: float, provenance: str, remarks: Sequence[str] = ()) -> float:
    """Write remarks and provenance; returns the bottom of the figure."""
    top += 4
    wide = board.right - board.left
    for remark in remarks:
        top = board.paragraph(board.left, top, wide, remark, SECOND) + 2
    top += 4
    board.rule((board.left, top), (board.right, top))
    return board.paragraph(board.left, top + 2, wide, provenance, CAPTION, palette.TEXT3) + MARGIN - 4


def nothing(board: Board, view: View, title: str, sentence: str, provenance: str) -> float:
    """A figure that has nothing to show says so in words."""
    top = begin(board, view, title)
    top = board.paragraph(board.left, top + 10, board.right - board.left, sentence, BODY, palette.TEXT) + 14
    return end(board, top, provenance)


def heads(board: Board, top: float, found: Sequence[Head], style: Style = CAPTION) -> float:
    """Write the heads of columns on a common last line and rule them off; returns where the rows begin."""
    lines = [wrapped(head.text, head.width, style) for head in found]
    bottom = top + max(len(one) for one in lines) * style.leading
    for head, texts in zip(found, lines, strict=True):
        for place, text in enumerate(reversed(texts)):
            board.text(
                head.x, bottom - place * style.leading - 0.3 * style.size, text, style, palette.TEXT2, head.align
            )
    board.rule((board.left, bottom + 3), (board.right, bottom + 3), palette.LINE_STRONG)
    return bottom + 3


def number_columns(right: float, words: Sequence[str], least: float = 30.0, gap: float = 9.0) -> tuple[float, ...]:
    """The right edges of columns of numbers that end at `right`, each as wide as the longest word of its head."""
    edges = [right]
    for word in reversed(words):
        longest = max(width_of(part, CAPTION) for part in word.split())
        edges.insert(0, edges[0] - max(least, longest + gap))
    return tuple(edges[1:])


def ticks(
    board: Board, scale: Scale, baseline: float, marks: Sequence[tuple[float, str]], style: Style = CAPTION
) -> None:
    """Write the labels of an axis; one that would touch a label before it in `marks` is left out."""
    taken: list[tuple[float, float]] = []
    for value, text in marks:
        half = width_of(text, style) / 2
        x = min(max(scale.at(value), scale.left - 8 + half), scale.right + 8 - half)
        if all(x + half + 3 < left or x - half - 3 > right for left, right in taken):
            board.text(x, baseline, text, style, palette.TEXT2, Align.CENTER)
            taken.append((x - half, x + half))


def swatches(board: Board, top: float, found: Sequence[tuple[Callable[[float, float], None], str]]) -> float:
    """A legend in one or more lines: each mark is drawn at (x, middle) and followed by its word; returns the end."""
    x, middle = board.left, top + 7
    for mark, word in found:
        wide = 16 + width_of(word, CAPTION)
        if x > board.left and x + wide > board.right:
            x, middle = board.left, middle + CAPTION.leading + 4
        mark(x, middle)
        board.text(x + 16, middle + CAPTION.rise, word, CAPTION, palette.TEXT2)
        x += wide + 14
    return middle + 8


def mark(board: Board, fill: str) -> Callable[[float, float], None]:
    """The mark of a legend: a small box in the colour it stands for."""

    def put(x: float, middle: float) -> None:
        board.box(x, middle - 4.5, 12, 9, fill, palette.LINE_STRONG, 0.5)

    return put
