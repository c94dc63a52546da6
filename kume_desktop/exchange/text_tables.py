"""Text files of other programs as rows: encoding and separator are found from what stands in them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from kume_desktop.problems import Refused, Where, problem

LONGEST_CELL = 1_000_000
_SEPARATORS = ";\t,|"
_LOOKED_AT = 60
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(name: str, content: bytes) -> str:
    """The text of a file: by its mark, else UTF-8, else the Turkish code page of Windows.

    Raises:
        Refused: `list.not-text` for what is none of these, a binary file above all.
    """
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1254"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(problem("list.not-text", Where(file=name)))


def read_rows(name: str, content: bytes, most: int) -> list[tuple[str, ...]]:
    """The rows of a file with separated values, at most `most`.

    Raises:
        Refused: `list.not-text`; `list.too-many-rows`; `list.broken-row` where the quotes of a row never close.
    """
    text = decode(name, content)
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        return _rows(name, text, most)
    finally:
        # The limit is the whole process's: the lists that forms bring have a lower one.
        csv.field_size_limit(before)


def _rows(name: str, text: str, most: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    try:
        for row in reader:
            rows.append(tuple(row))
            if len(rows) > most:
                raise Refused(problem("list.too-many-rows", Where(file=name), most=most))
    except csv.Error as error:
        raise Refused(problem("list.broken-row", Where(file=name, row=reader.line_num))) from error
    return rows


def separator(text: str) -> str:
    """The character that splits most lines into the same number of cells.

    >>> separator("a;b,c;d" + chr(10) + "1,5;2;3")
    ';'
    """
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    return max(_SEPARATORS, key=lambda mark: _fits(mark, lines))


def _fits(mark: str, lines: Iterable[str]) -> tuple[int, int]:
    """How many lines have the most usual number of cells, and that number; (0, 0) where nothing is split."""
    counts = Counter(_cells(line, mark) for line in lines)
    counts.pop(1, None)
    width, lines_of_it = max(counts.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return lines_of_it, width


def _cells(line: str, mark: str) -> int:
    """Cells of a line; separators between quotes do not count."""
    return sum(part.count(mark) for part in line.split('"')[::2]) + 1
