"""A document of plain tables under heads: what is held of a person, the inventory, what lay on a computer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from kume_desktop.reports.paper.document import WIDTH, Entry, Frontmatter, Printed, save
from kume_desktop.reports.paper.letters import LIGHT, LINE, REGULAR, plain, style

_LONGEST_CELL = 700
"""A longer text goes on in further rows: a cell cannot be broken over pages."""


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A head, a sentence under it, and rows; `shares` are the widths of the columns, in any unit."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    shares: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A title, what the document is (paragraphs), and its tables."""

    front: Frontmatter
    title: str
    said: tuple[str, ...]
    tables: Sequence[HeldTable]


def write_held(document: HeldDocument, target: Path) -> Printed:
    """Write the document; as `document.save`."""
    return save(list(_story(document)), document.front, target)


def _story(document: HeldDocument) -> Iterator[Flowable]:
    yield Paragraph(plain(document.title), style("title"))
    for said in document.said:
        yield Paragraph(plain(said), style("body"))
    for table in document.tables:
        yield Entry(table.title)
        yield Paragraph(plain(table.title), style("section"))
        if table.note:
            yield Paragraph(plain(table.note), style("small"))
        if table.rows:
            yield _drawn(table)
        yield Spacer(1, 4)


def _drawn(table: HeldTable) -> Table:
    whole = sum(table.shares)
    widths = [WIDTH * share / whole for share in table.shares]
    rows = [[Paragraph(plain(head), style("table-head")) for head in table.heads]]
    rows += [[Paragraph(plain(cell), style("table")) for cell in part] for row in table.rows for part in _broken(row)]
    lined = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(LIGHT)),
    ]
    return Table(rows, widths, style=lined, repeatRows=1)


def _broken(row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A row as one or more, so that each fits on a page and nothing is cut off."""
    longest = max((len(cell) for cell in row), default=0)
    for begin in range(0, max(longest, 1), _LONGEST_CELL):
        yield tuple(cell[begin : begin + _LONGEST_CELL] for cell in row)
