"""A finished workbook read cell by cell: values and formulas, nothing else, with every way of harm refused.

One pass of a stream parser over each sheet: no document type, bounded sizes, no links followed, nothing executed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from kume_desktop.problems import Refused, Where, problem
from kume_desktop.reports.checking.shifting import shifted

MAX_FILE = 300_000_000
MAX_MEMBER = 900_000_000
MAX_MEMBERS = 5_000
_PIECE = 1 << 18
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Value = str | float | None


@dataclass(slots=True)
class Page:
    """A sheet: (row, column) from 0 -> value, and -> formula (without `=`) where there is one."""

    name: str
    values: dict[tuple[int, int], Value] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pages:
    """The sheets of a workbook in their order, by name."""

    pages: Mapping[str, Page]


def read_pages(file: Path) -> Pages:
    """Read a workbook; Refused (`report.check-*`) for what is none, or one that could harm the computer."""
    where = Where(file=file.name)
    try:
        if file.stat().st_size > MAX_FILE:
            raise Refused(problem("report.check-too-large", where, megabytes=MAX_FILE // 1_000_000))
        with zipfile.ZipFile(file) as archive:
            if len(archive.namelist()) > MAX_MEMBERS:
                raise Refused(problem("report.check-harmful", where))
            return _Reader(archive, where).read()
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, expat.ExpatError) as error:
        raise Refused(problem("report.check-not-a-workbook", where)) from error
    except OSError as error:
        raise Refused(problem("report.check-not-read", where, reason=error.strerror or str(error))) from error


class _Reader:
    def __init__(self, archive: zipfile.ZipFile, where: Where) -> None:
        self._archive = archive
        self._where = where

    def read(self) -> Pages:
        """All sheets."""
        targets = _Relations()
        self._parse("xl/_rels/workbook.xml.rels", targets.begin)
        book = _Book()
        self._parse("xl/workbook.xml", book.begin)
        strings = _Strings()
        if "xl/sharedStrings.xml" in self._archive.namelist():
            self._parse("xl/sharedStrings.xml", strings.begin, strings.end, strings.data)
        pages = {}
        for name, relation in book.sheets:
            target = targets.found[relation]
            if "worksheet" in target[1]:
                cells = _Cells(Page(name), strings.texts)
                self._parse(_inside(target[0]), cells.begin, cells.end, cells.data)
                pages[name] = cells.page
        return Pages(pages)

    def _parse(
        self,
        member: str,
        begin: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: begin(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = (lambda tag: end(tag.rpartition(":")[2])) if end else None
        parser.CharacterDataHandler = data
        parser.StartDoctypeDeclHandler = self._harmful
        parser.EntityDeclHandler = self._harmful
        size = 0
        with self._archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > MAX_MEMBER:
                    self._harmful()
                parser.Parse(piece)
            parser.Parse(b"", True)

    def _harmful(self, *_told: Any) -> None:
        raise Refused(problem("report.check-harmful", self._where))


def _inside(target: str) -> str:
    """The path of a part inside the archive."""
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


class _Relations:
    """Relation id -> (target, kind)."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            self.found[attributes["Id"]] = (attributes["Target"], attributes["Type"])


class _Book:
    """Names of the sheets with their relations, in order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next(value for name, value in attributes.items() if name.rpartition(":")[2] == "id")
            self.sheets.append((attributes["name"], relation))


class _Strings:
    """The common table of texts; phonetic readings are no part of a text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._open = False
        self._aside = 0

    def begin(self, tag: str, _attributes: dict[str, str]) -> None:
        match tag:
            case "si":
                self._parts = []
            case "t":
                self._open = not self._aside
            case "rPh":
                self._aside += 1
            case _:
                pass

    def end(self, tag: str) -> None:
        match tag:
            case "si":
                self.texts.append(unescaped("".join(self._parts)))
            case "t":
                self._open = False
            case "rPh":
                self._aside -= 1
            case _:
                pass

    def data(self, text: str) -> None:
        if self._open:
            self._parts.append(text)


class _Cells:
    """The cells of one sheet."""

    def __init__(self, page: Page, strings: list[str]) -> None:
        self.page = page
        self._strings = strings
        self._place = (0, 0)
        self._kind = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._shared = ""
        self._masters: dict[str, tuple[str, int, int]] = {}
        self._into: list[str] | None = None

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "c":
                self._place = place_of(attributes["r"])
                self._kind = attributes.get("t", "n")
                self._value, self._formula, self._shared = [], None, ""
            case "v" | "t":
                self._into = self._value
            case "f":
                self._formula = []
                self._into = self._formula
                self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            case _:
                pass

    def data(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def end(self, tag: str) -> None:
        if tag == "c":
            self._keep()
        elif tag in {"v", "t", "f"}:
            self._into = None

    def _keep(self) -> None:
        if self._formula is not None:
            self.page.formulas[self._place] = self._formula_text("".join(self._formula))
        told = "".join(self._value)
        value = self._read(told)
        if value is not None:
            self.page.values[self._place] = value

    def _formula_text(self, told: str) -> str:
        if not self._shared:
            return unescaped(told)
        row, col = self._place
        if told:
            self._masters[self._shared] = (unescaped(told), row, col)
            return unescaped(told)
        master, first_row, first_col = self._masters[self._shared]
        return shifted(master, row - first_row, col - first_col)

    def _read(self, told: str) -> Value:
        match self._kind:
            case "s":
                return self._strings[int(told)] if told else None
            case "str" | "inlineStr":
                return unescaped(told) or None
            case "e":
                return told or None
            case _:
                return float(told) if told else None


def place_of(reference: str) -> tuple[int, int]:
    """Row and column from 0 of a cell such as `AB12`.

    >>> place_of("AB12")
    (11, 27)
    """
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    col = 0
    for sign in found[1]:
        col = col * 26 + ord(sign) - 64
    return int(found[2]) - 1, col - 1


def unescaped(text: str) -> str:
    r"""A text as spreadsheets show it: `_x000D_` is a carriage return.

    >>> unescaped("a_x000D__x005F_x0041_")
    'a\r_x0041_'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
