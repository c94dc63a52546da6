"""Short checksums of what stands in the cells: the first characters of the SHA-256 of a text in UTF-8.

They show what was changed by mistake or in passing. They are no signature: whoever changes a workbook on purpose can
compute them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kume_desktop.reports.writing.cells import letter, serial

BETWEEN = "\x1f"
LONG, SHORT = 8, 4


def digest(text: str, length: int = LONG) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of a text.

    >>> digest("sKimya")
    '241bf3fa'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


MOST_IN_RUN = 5_000
_AT_ONCE = 200

Value = str | float | date
Facts = Mapping[int, Mapping[int, Value]]
"""Row -> column -> value of the cells that are no formulas."""


def told(value: Value) -> str:
    """A value with its type: numbers with twelve digits, because other programs change the last ones; days too.

    >>> told("Kimya"), told(0.1 + 0.2)
    ('sKimya', 'n0.3')
    """
    if isinstance(value, str):
        return f"s{value}"
    return f"n{serial(value) if isinstance(value, date) else value:.12g}"


def in_order(facts: Facts) -> Iterator[tuple[int, list[tuple[int, Value]]]]:
    """The rows from top to bottom, each with its cells from left to right."""
    for row, found in sorted(facts.items()):
        yield row, sorted(found.items())


def constants(rows: Iterable[tuple[int, Iterable[tuple[int, Value]]]]) -> tuple[dict[int, str], dict[int, str]]:
    """Row -> digest of its constants, each with the letters of its column; column -> digest from top to bottom.

    `rows`: as `in_order` gives them. What was said of a column is digested some rows at a time.
    """
    by_row: dict[int, str] = {}
    columns: dict[int, _Column] = {}
    for row, found in rows:
        said = [(col, told(value)) for col, value in found]
        by_row[row] = digest(BETWEEN.join([letter(col) + text for col, text in said]))
        for col, text in said:
            own = columns.get(col)
            if own is None:
                own = columns[col] = _Column()
            own.add(text)
    return by_row, {col: own.digest() for col, own in columns.items()}


class _Column:
    """What stands in a column, as one text of which only the digest is kept."""

    __slots__ = ("_hash", "_held")

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._held: list[str] = []

    def add(self, text: str) -> None:
        if len(self._held) == _AT_ONCE:
            self._hash.update((BETWEEN.join(self._held) + BETWEEN).encode("utf-8", "surrogatepass"))
            self._held.clear()
        self._held.append(text)

    def digest(self) -> str:
        rest = BETWEEN.join(self._held)
        self._hash.update(rest.encode("utf-8", "surrogatepass"))
        return self._hash.hexdigest()[:LONG]


def formula_runs(lives: Mapping[tuple[int, int], str]) -> Iterator[tuple[int, int, str]]:
    """(row, column, digests) of formulas that stand one below the other; four digits for each of them."""
    run: list[str] = []
    start = before = (-2, -2)
    for col, row in sorted((col, row) for row, col in lives):
        if (col, row) != (before[0], before[1] + 1) or len(run) == MOST_IN_RUN:
            if run:
                yield start[1], start[0], "".join(run)
            run, start = [], (col, row)
        run.append(digest(lives[row, col], SHORT))
        before = (col, row)
    if run:
        yield start[1], start[0], "".join(run)


def chunks(words: Iterable[str], most: int = 30_000) -> Iterator[str]:
    """Words with blanks between them, in texts that a cell can hold; a word of its own may be longer.

    >>> list(chunks(["aa", "bb", "cc"], 5))
    ['aa bb', 'cc']
    """
    held: list[str] = []
    length = 0
    for word in words:
        if held and length + len(word) > most:
            yield " ".join(held)
            held, length = [], 0
        held.append(word)
        length += len(word) + 1
    if held:
        yield " ".join(held)
