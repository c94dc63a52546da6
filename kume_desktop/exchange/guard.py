"""A workbook is looked at before anything builds objects of it: sizes, document types, far cells, giant merges.

Every member of the archive is inflated in pieces and thrown away, so that a bomb costs time up to its cap and no
memory. What the readers after it cannot be trusted with is refused here: openpyxl and the XML parser stop entity
attacks, but neither a megabyte of zeros nor one cell in the last row of a sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kume_desktop.instruments.endless_tags import Tags
from kume_desktop.problems import Refused, Where, problem

MAX_FILE = 40_000_000
MAX_SHEET = 300_000_000
MAX_STRINGS = 96_000_000
MAX_OTHER = 24_000_000
MAX_TOTAL = 400_000_000
MAX_MEMBERS = 1_000
MAX_SHEETS = 100
MAX_TEXTS = 2_000_000
MAX_ROWS = 199_999
MAX_COLUMNS = 702
MAX_MERGED = 1_000_000
"""Cells of one merged range; a head is merged over hundreds, a bomb over the whole sheet."""
MAX_MERGES = 50_000
"""Merged ranges of one sheet that are read; those after them are only checked."""
_PIECE = 1 << 17
_TAIL = 256
_FAR = re.compile(rb'<(?:\w+:)?c [^<>]*?\br="(?:[A-Z]{3,}\d+|[A-Z]+(?:[2-9]\d{5}|\d{7,}))"[^<>]*(?<!/)>')
_WIDE = re.compile(rb'<(?:\w+:)?c [^<>]*?\br="[A-Z]{3,}\d')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^<>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_TEXT = re.compile(rb"<(?:\w+:)?si[ >/]")
_SHEET_MEMBER = re.compile(r"xl/worksheets/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range: rows from 1, columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> int:
        """How many cells it covers."""
        return max(self.bottom - self.top + 1, 0) * max(self.right - self.left + 1, 0)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the guard has seen: the merged ranges by the member of their sheet, and whether a row may be endless."""

    merges: dict[str, tuple[Range, ...]]
    is_wide: bool


def look(name: str, workbook: bytes) -> Looked:
    """Look through a workbook.

    Raises:
        Refused: `list.not-a-workbook`, `list.too-large`, `list.harmful` (what is out of measure stands in `what`).
    """
    if len(workbook) > MAX_FILE:
        raise Refused(problem("list.too-large", Where(file=name), megabytes=MAX_FILE // 1_000_000))
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            return _members(name, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Refused(problem("list.not-a-workbook", Where(file=name))) from error


def _members(name: str, archive: zipfile.ZipFile) -> Looked:
    members = archive.infolist()
    names = [member.filename for member in members]
    if "xl/workbook.xml" not in names:
        raise Refused(problem("list.not-a-workbook", Where(file=name)))
    if len(names) != len(set(names)):
        raise _harmful(name, "member twice")
    if len(members) > MAX_MEMBERS or sum(_SHEET_MEMBER.fullmatch(one) is not None for one in names) > MAX_SHEETS:
        raise _harmful(name, "sheets")
    budget, merges, is_wide = MAX_TOTAL, {}, False
    for member in members:
        seen = _Member(name, member.filename, budget)
        with archive.open(member) as stream:
            seen.read(iter(lambda stream=stream: stream.read(_PIECE), b""))  # type: ignore[misc]
        budget -= seen.size
        is_wide = is_wide or seen.is_wide
        if seen.merges:
            merges[member.filename] = tuple(seen.merges)
    return Looked(merges, is_wide)


class _Member:
    """One member of the archive, seen piece by piece; the end of each piece is looked at again with the next one."""

    def __init__(self, file: str, name: str, budget: int) -> None:
        self._file, self._name = file, name
        self._cap = min(budget, _cap(name))
        self.size = 0
        self.merges: list[Range] = []
        self.is_wide = False
        self._texts = 0

    def read(self, pieces: Iterator[bytes]) -> None:
        """Look at every piece."""
        tail, tags = b"", Tags()
        is_xml = self._name.endswith((".xml", ".rels", ".vml"))
        is_sheet = _SHEET_MEMBER.fullmatch(self._name) is not None
        for piece in pieces:
            self.size += len(piece)
            if self.size > self._cap:
                raise _harmful(self._file, self._name)
            if is_xml:
                if tags.is_endless(piece):
                    raise _harmful(self._file, "tag")
                window = tail + piece
                self._look(window, len(tail), is_sheet=is_sheet)
                tail = window[-_TAIL:]

    def _look(self, window: bytes, begin: int, *, is_sheet: bool) -> None:
        if b"\x00" in window:
            # UTF-16 as it is written by nobody but those who hide something from a search for bytes.
            window = window.replace(b"\x00", b"")
        if b"<!" in window and re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", window, re.IGNORECASE):
            raise _harmful(self._file, "DTD")
        if is_sheet:
            self._look_at_cells(window, begin)
        elif self._name == "xl/sharedStrings.xml":
            self._texts += len(_TEXT.findall(window, max(begin - 8, 0)))
            if self._texts > MAX_TEXTS:
                raise _harmful(self._file, self._name)

    def _look_at_cells(self, window: bytes, begin: int) -> None:
        if _FAR.search(window):
            raise _harmful(self._file, "far cell")
        self.is_wide = self.is_wide or _WIDE.search(window) is not None
        if b"mergeCell " not in window:
            return
        for found in _MERGE.finditer(window):
            if found.end() > begin:
                self._merge(Range(int(found[2]), _column(found[1]), int(found[4]), _column(found[3])))

    def _merge(self, merged: Range) -> None:
        if merged.cells > MAX_MERGED:
            raise _harmful(self._file, "merged cells")
        if len(self.merges) < MAX_MERGES:
            self.merges.append(merged)


def _cap(name: str) -> int:
    if _SHEET_MEMBER.fullmatch(name):
        return MAX_SHEET
    return MAX_STRINGS if name == "xl/sharedStrings.xml" else MAX_OTHER


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number


def _harmful(file: str, what: str) -> Refused:
    return Refused(problem("list.harmful", Where(file=file), what=what))
