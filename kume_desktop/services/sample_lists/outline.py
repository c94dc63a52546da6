"""A file as it is looked at first: its sheets, their heads, what the columns probably say, the first rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop.exchange import cells, guard
from kume_desktop.exchange.sample_lists import fields, heads, places
from kume_desktop.exchange.sample_lists.fields import ListField
from kume_desktop.exchange.sample_lists.heads import Head
from kume_desktop.problems import Refused, Where, problem

if TYPE_CHECKING:
    from kume_desktop.exchange.cells import ListSheet
    from kume_desktop.services.sample_lists.asked import Asked

SHOWN_ROWS = 30
_LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class LookedSheet:
    """A sheet: its title, the row of its head, the heads, the guessed fields, and the first rows with their numbers."""

    title: str
    head_row: int
    heads: tuple[str, ...]
    guessed: Mapping[str, str]
    fingerprint: str
    rows: int
    first: tuple[tuple[int, tuple[str, ...]], ...]
    home: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A file as it was looked at; `best` is the place of the sheet that is most like a list of firms."""

    file: str
    digest: str
    sheets: tuple[LookedSheet, ...]
    best: int
    mended: int = 0

    def sheet(self, title: str) -> LookedSheet:
        """The sheet of a title, the best one where there is none."""
        return next((one for one in self.sheets if one.title == title), self.sheets[self.best])


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file in memory, between reading it and checking its rows."""

    name: str
    digest: str
    sheets: tuple[ListSheet, ...]


def load(file: Path) -> Loaded:
    """Read a file whole.

    Raises:
        Refused: it is not there, cannot be read, or the guard refuses it.
    """
    where = Where(file=file.name)
    try:
        if file.stat().st_size > guard.MAX_FILE:
            raise Refused(problem("list.too-large", where, megabytes=guard.MAX_FILE // 1_000_000))
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise Refused(problem("list.file-missing", where)) from error
    except OSError as error:
        raise Refused(problem("list.file-unreadable", where)) from error
    return load_bytes(file.name, content)


def load_bytes(name: str, content: bytes) -> Loaded:
    """Read the bytes of a file whole."""
    try:
        sheets = cells.read_sheets(name, content)
    except MemoryError as error:
        raise Refused(problem("list.too-much-memory", Where(file=name))) from error
    return Loaded(name, hashlib.sha256(content).hexdigest(), sheets)


def outline(loaded: Loaded, title: str = "", head_row: int = 0) -> Outline:
    """What a person sees of a file first; `head_row` is where the heads of the sheet `title` are said to be."""
    looked = tuple(
        _look(sheet, heads.head_at(sheet, head_row) if head_row and sheet.title == title else None)
        for sheet in loaded.sheets
    )
    best = max(range(len(looked)), key=lambda place: (len(looked[place].guessed), looked[place].rows, -place))
    return Outline(loaded.name, loaded.digest, looked, best, sum(sheet.mended for sheet in loaded.sheets))


def _look(sheet: ListSheet, head: Head | None = None) -> LookedSheet:
    found = head or heads.find_head(sheet)
    guessed = {found.heads[place]: field.value for place, field in fields.guess(found.heads).items()}
    rows = heads.rows_below(sheet, found)
    first = tuple((number, tuple(cell[:_LONGEST_SHOWN] for cell in row)) for number, row in rows[:SHOWN_ROWS])
    return LookedSheet(
        sheet.title, found.row, found.heads, guessed, fields.fingerprint(found.heads), len(rows), first,
        home_of(sheet, found, guessed),
    )  # fmt: skip


def home_of(sheet: ListSheet, head: Head, given: Mapping[str, str]) -> str:
    """The province of a list that names none."""
    place = next((at for at, name in enumerate(head.heads) if given.get(name) == ListField.DISTRICT.value), None)
    if place is None:
        return ""
    return places.home_of(row[place] for _number, row in heads.rows_below(sheet, head) if place < len(row))


def sheet_asked(loaded: Loaded, asked: Asked) -> tuple[ListSheet, Head]:
    """The sheet and the head that a person chose.

    Raises:
        Refused: `list.no-sheet`; `list.changed-meanwhile` where the file is not the one any more that was looked at.
    """
    if asked.digest and asked.digest != loaded.digest:
        raise Refused(problem("list.changed-meanwhile", Where(file=loaded.name)))
    sheet = next((one for one in loaded.sheets if one.title == asked.sheet), None)
    if sheet is None:
        raise Refused(problem("list.no-sheet", Where(file=loaded.name, sheet=asked.sheet)))
    return sheet, heads.head_at(sheet, asked.head_row) if asked.head_row else heads.find_head(sheet)


def from_record(record: Mapping[str, Any]) -> Outline:
    """The outline that JSON carried."""
    return Outline(record["file"], record["digest"], _sheets(record["sheets"]), record["best"], record["mended"])


def _sheets(records: Sequence[Mapping[str, Any]]) -> tuple[LookedSheet, ...]:
    return tuple(
        LookedSheet(
            one["title"], one["head_row"], tuple(one["heads"]), one["guessed"], one["fingerprint"], one["rows"],
            tuple((number, tuple(row)) for number, row in one["first"]), one["home"],
        )
        for one in records
    )  # fmt: skip
