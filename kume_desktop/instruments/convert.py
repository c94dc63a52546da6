"""Read a workbook safely and hand it to pyxform; every way this can fail comes out as `Refused`."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from kume_desktop.instruments import old_excel
from kume_desktop.instruments.endless_tags import Tags
from kume_desktop.instruments.sheets import (
    Book,
    Row,
    Sheet,
    clean,
    column,
    content_hash,
    default_language,
    language_code,
    paths,
    settings_in_survey,
    tidied,
)
from kume_desktop.instruments.source import FormSource
from kume_desktop.instruments.structure import structure_problems
from kume_desktop.problems import Problem, Refused, Where, errors, problem

MAX_FILE = 20_000_000
MAX_MEMBER = 64_000_000
MAX_SHEET = 40_000_000
MAX_TOTAL = 128_000_000
MAX_MEMBERS = 500
MAX_ROWS = 100_000
MAX_COLUMNS = 300
EXCEL_ROWS = 1_048_576
NO_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, EOFError, OSError, SyntaxError,
    OverflowError, AssertionError, StopIteration, RuntimeError,
)  # fmt: skip
"""What openpyxl ends with where a file is none: XML that is not well-formed is a SyntaxError, one in an encoding that
nobody knows a LookupError, whichever of the two parsers it found."""
_OURS = ("indicators", "indices", "tests")
_KNOWN_SHEETS = ("survey", "choices", "settings", "entities", "external_choices", "osm", *_OURS)
_FAR_ROW = re.compile(rb'\bR="[A-Z]{0,9}(\d{7,})"')
_ROW_TAG = re.compile(r"\[row : (\d+)\]")
_SHEET_TAG = re.compile(r"'(survey|choices|settings|entities)' sheet")
_COLUMN_TAG = re.compile(r"the '([^']+)' value")


def read_book(name: str, workbook: bytes) -> Book:
    """Read the sheets an XLSForm may have, as text; raise Refused for what is no workbook or a harmful one."""
    if len(workbook) > MAX_FILE:
        raise Refused(problem("form.file-too-large", Where(file=name), megabytes=MAX_FILE // 1_000_000))
    if workbook.startswith(old_excel.MAGIC):
        return _book(name, old_excel.read_rows(name, workbook))
    _guard(name, workbook)
    try:
        return _read(name, workbook)
    except NO_WORKBOOK as error:
        raise Refused(problem("form.not-a-workbook", Where(file=name))) from error


def _guard(name: str, workbook: bytes) -> None:
    where = Where(file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            members = archive.infolist()
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise Refused(problem("form.not-a-workbook", where))
            if len(members) > MAX_MEMBERS:
                raise Refused(problem("form.file-harmful", where))
            budget = MAX_TOTAL
            for member in members:
                budget -= _inflate(archive, member, min(MAX_MEMBER, budget), where)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Refused(problem("form.not-a-workbook", where)) from error


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int, where: Where) -> int:
    """The inflated size of a member, read in pieces; refuses one over its budget or with a document type."""
    is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
    is_cells = member.filename.startswith(("xl/worksheets/", "xl/sharedStrings"))
    size, tail, tags = 0, b"", Tags()
    with archive.open(member) as stream:
        while piece := stream.read(1 << 16):
            size += len(piece)
            if is_cells and size > MAX_SHEET:
                raise Refused(problem("form.sheet-too-large", where, megabytes=MAX_SHEET // 1_000_000))
            if size > budget:
                raise Refused(problem("form.file-harmful", where))
            window = (tail + piece).replace(b"\x00", b"").upper()
            if is_xml and (b"<!DOCTYPE" in window or b"<!ENTITY" in window or tags.is_endless(piece)):
                raise Refused(problem("form.file-harmful", where))
            if is_cells and any(int(found[1][:9]) > EXCEL_ROWS for found in _FAR_ROW.finditer(window)):
                raise Refused(problem("form.file-harmful", where))
            tail = piece[-40:]
    return size


def _read(name: str, workbook: bytes) -> Book:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl tells on stderr what it leaves out; nothing of that is in the cells.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(workbook), read_only=True, data_only=True, keep_links=False)
    try:
        return _book(name, {title: book[title] for title in book.sheetnames})
    finally:
        book.close()


def _book(name: str, given: Mapping[str, Any]) -> Book:
    """The sheets that a form may have: openpyxl's, or rows of values."""
    only = len(given) == 1
    titles = {"survey" if only else title.lower(): title for title in given}
    sheets = {
        known: _read_sheet(name, known, given[title]) for known, title in titles.items() if known in _KNOWN_SHEETS
    }
    if "survey" in sheets:
        empty = Sheet("settings", (), ())
        survey, settings = settings_in_survey(tidied(sheets["survey"]), sheets.get("settings", empty))
        sheets |= {"survey": survey} | ({"settings": settings} if settings is not empty else {})
    return Book(name, sheets, tuple(given))


def _read_sheet(file: str, title: str, sheet: Any) -> Sheet:
    lines = iter(sheet) if isinstance(sheet, list) else _lines(file, title, sheet)
    head = [" ".join(_text(value).split()) for value in next(lines, ())]
    twice = next((header for place, header in enumerate(head) if header and header in head[:place]), "")
    if twice:
        raise Refused(problem("form.column-twice", Where(file, title, 1, twice)))
    columns = tuple(column(header, title, place) for place, header in enumerate(head) if header)
    return Sheet(title, columns, tuple(_rows(file, title, head, lines)))


def _lines(file: str, title: str, sheet: Any) -> Iterator[tuple[Any, ...]]:
    if not hasattr(sheet, "reset_dimensions"):
        raise Refused(problem("form.sheet-not-cells", Where(file=file, sheet=title)))
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True))


def _rows(file: str, title: str, head: list[str], lines: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    width = len(head)
    for number, line in enumerate(lines, start=2):
        if not any(line):
            continue
        cells = {header: _text(value) for header, value in zip(head, line[:width], strict=False) if header}
        filled = {header: text for header, text in cells.items() if text}
        if filled and number > MAX_ROWS:
            raise Refused(problem("form.too-many-rows", Where(file, title, number), rows=MAX_ROWS))
        if filled:
            yield Row(number, filled)


def cell_name(book: Book, where: Where) -> str:
    """The name of a cell (`F48`); '' where a place has no row or names no column of its sheet."""
    columns = book.sheet((where.sheet or "").lower()).columns
    named = (each for each in columns if where.column and where.column in {each.header, each.name})
    found = next(named, None)
    return f"{_letters(found.place)}{where.row}" if found is not None and where.row else ""


def _letters(place: int) -> str:
    """The letters of a column from its place.

    >>> [_letters(place) for place in (0, 25, 26, 702)]
    ['A', 'Z', 'AA', 'AAA']
    """
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            # A date in Excel; nobody wrote the midnight.
            return value.date().isoformat()
        case datetime() | date() | time():
            return clean(str(value))
        case _:
            return clean(str(value))


def convert_book(book: Book, workbook: bytes, attached: Mapping[str, bytes]) -> FormSource:
    """Convert sheets that were read before; raise Refused with every structural error, or with pyxform's own."""
    found = errors(structure_problems(book))
    if found:
        raise Refused(*found)
    file_hash = hashlib.sha256(workbook).hexdigest()
    xform = _xform(book, f"{book.name}|{file_hash}")
    return FormSource(xform, _extras(book), content_hash(book, attached), file_hash)


_latest: dict[str, str] = {}


def _xform(book: Book, key: str) -> str:
    """The XForm; the latest two are remembered, since a form is converted, checked and converted with its lists."""
    found = _latest.pop(key, None) or _pyxform(book)
    _latest[key] = found
    while len(_latest) > 2:
        del _latest[next(iter(_latest))]
    return found


def _pyxform(book: Book) -> str:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        return str(convert(_definition(book), validate=False, warnings=[]).xform)
    except PyXFormError as error:
        raise Refused(_their_problem(book.name, str(error))) from error
    except (
        AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError, SyntaxError,
    ) as error:  # fmt: skip
        # pyxform answers some malformed sheets with an exception of Python's own.
        raise Refused(_their_problem(book.name, f"{type(error).__name__}: {error}")) from error


def _definition(book: Book) -> dict[str, Any]:
    definition: dict[str, Any] = {"sheet_names": list(book.sheet_names), "fallback_form_name": _stem(book.name)}
    for name, sheet in book.sheets.items():
        if name not in _OURS:
            definition[name] = _spread(sheet)
            definition[f"{name}_header"] = [{c.header: None for c in sheet.columns}]
    header, wanted = book.sheet("settings").header("default_language"), default_language(book)
    if wanted:
        rows = definition["settings"]
        definition["settings"] = [{**row, header: wanted} if header in row else row for row in rows]
    return definition


def _spread(sheet: Sheet) -> list[dict[str, str]]:
    """Rows at their places, blank ones included, so that the row numbers of messages are right."""
    by_number = {row.number: dict(row.cells) for row in sheet.rows}
    return [by_number.get(number, {}) for number in range(2, max(by_number, default=1) + 1)]


def _stem(name: str) -> str:
    return re.sub(r"[^\w-]", "_", name.rsplit("/", 1)[-1].rsplit(".", 1)[0], flags=re.ASCII) or "form"


def _their_problem(file: str, message: str) -> Problem:
    row, sheet, column_name = _ROW_TAG.search(message), _SHEET_TAG.search(message), _COLUMN_TAG.search(message)
    where = Where(
        file=file,
        sheet=sheet.group(1) if sheet else ("survey" if row else None),
        row=int(row.group(1)) if row else None,
        column=column_name.group(1) if column_name else None,
    )
    return problem("form.not-an-xlsform", where, message=_ROW_TAG.sub("", message).strip())


def _extras(book: Book) -> dict[str, Any]:
    return {
        "rows": {path: _row_extras(book, row) for path, row in paths(book)},
        "choices": _choice_extras(book),
        "external": _external_choices(book),
        "title": _titles(book),
        **{name: _cells(book.sheet(name)) for name in _OURS},
    }


_KEPT = ("type", "warn", "personal", "purpose", "origin", "parameters", "earlier")


def _row_extras(book: Book, row: Row) -> dict[str, Any]:
    survey = book.sheet("survey")
    plain = {name: survey.cell(row, name) for name in _KEPT}
    return {
        "row": row.number,
        **{name: text for name, text in plain.items() if text},
        **({"warn_message": texts} if (texts := survey.texts(row, "warn_message")) else {}),
    }


def _choice_extras(book: Book) -> dict[str, dict[str, dict[str, Any]]]:
    sheet = book.sheet("choices")
    lists: dict[str, dict[str, dict[str, Any]]] = {}
    for row in sheet.rows:
        entry = {"row": row.number, "missing": sheet.cell(row, "missing")}
        lists.setdefault(sheet.cell(row, "list_name"), {})[sheet.cell(row, "name")] = entry
    return lists


def _external_choices(book: Book) -> dict[str, list[dict[str, str]]]:
    """The lists of the older `select_one_external`; a label in another language stands in a field like `label_en`."""
    sheet = book.sheet("external_choices")
    named = {c.header: f"{c.name}_{language_code(c.language)}" if c.language else c.name for c in sheet.columns}
    lists: dict[str, list[dict[str, str]]] = {}
    for row in sheet.rows:
        cells = {named[header]: text for header, text in row.cells.items()}
        lists.setdefault(sheet.cell(row, "list_name"), []).append(cells)
    return lists


def _titles(book: Book) -> dict[str, str]:
    """The titles by language; pyxform knows one `form_title`, other languages stand in columns such as `title_en`."""
    settings = book.sheet("settings")
    if not settings.rows:
        return {}
    row = settings.rows[0]
    ours = {c.name.removeprefix("title_"): row.cells.get(c.header, "") for c in settings.columns if _is_title(c.name)}
    return settings.texts(row, "form_title") | {code: text for code, text in ours.items() if text}


def _is_title(name: str) -> bool:
    """Whether a settings column is our title in one language.

    >>> _is_title("title_en"), _is_title("form_title")
    (True, False)
    """
    return name.startswith("title_") and len(name) in {8, 9}


def _cells(sheet: Sheet) -> list[dict[str, Any]]:
    by_header = {column.header: column for column in sheet.columns}
    rows = []
    for row in sheet.rows:
        named = {by_header[header].name: text for header, text in row.cells.items()}
        rows.append({"row": row.number, "cells": named})
    return rows
