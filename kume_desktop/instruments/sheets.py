"""A workbook as text cells, without the library that read it: sheets, headers with languages, canonical hash."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

HASHED = ("survey", "choices", "settings", "entities", "tests")
_ALIASES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "list name": "list_name",
    "read only": "read_only",
    "readonly": "read_only",
    "repeat count": "repeat_count",
    "constraint message": "constraint_message",
    "constraint_msg": "constraint_message",
    "required message": "required_message",
    "required_msg": "required_message",
}
_XLSFORM_ALIASES = {
    **_ALIASES,
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "requiredmsg": "required_message",
    "constraining message": "constraint_message",
}
_LANGUAGE_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-\w+)?)\)\s*$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the header as written, its plain name, the language it is for ('' if none), its place from 0."""

    header: str
    name: str
    language: str
    place: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the sheet (the header is row 1) and its cells that are not blank, by header."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def header(self, name: str) -> str:
        """The header of the first column called `name`, '' if there is none."""
        return next((column.header for column in self.columns if column.name == name), "")

    def cell(self, row: Row, name: str) -> str:
        """The cell of the column called `name` (its first language), '' if blank."""
        return row.cells.get(self.header(name), "")

    def texts(self, row: Row, name: str) -> dict[str, str]:
        """The texts of a translated column by language code."""
        found = ((column.language, row.cells.get(column.header, "")) for column in self.columns if column.name == name)
        return {language: text for language, text in found if text}


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its file name and its sheets by lower-case name."""

    name: str
    sheets: Mapping[str, Sheet]
    sheet_names: tuple[str, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet, empty where the workbook has none."""
        return self.sheets.get(name, Sheet(name, (), ()))

    def setting(self, name: str) -> str:
        """A value of the sheet `settings`."""
        sheet = self.sheet("settings")
        return next((sheet.cell(row, name) for row in sheet.rows if sheet.cell(row, name)), "")

    @property
    def root(self) -> str:
        """The name of the root element."""
        return self.setting("name") or "data"


def clean(text: str) -> str:
    """Trimmed, in NFC, without hard spaces."""
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").strip()


def language_code(name: str) -> str:
    """The code of a language as XLSForm writes it.

    >>> language_code("Türkçe (tr)")
    'tr'
    """
    found = _LANGUAGE_CODE.search(name)
    return found.group(1).lower() if found else name.strip()


def column(header: str, sheet: str = "survey", place: int = -1) -> Column:
    """Read a header: `label::Türkçe (tr)` is the column `label` for `tr`; `value` is an older word for `name`."""
    base, _, language = header.partition("::")
    plain = " ".join(base.lower().split())
    aliases = _XLSFORM_ALIASES if sheet in {"survey", "choices", "external_choices"} else _ALIASES
    return Column(header, aliases.get(plain, plain.replace(" ", "_")), language_code(language), place)


def content_hash(book: Book, attached: Mapping[str, bytes]) -> str:
    """SHA-256 over the canonical cells of the hashed sheets in fixed order and over the attached CSVs by name.

    A sheet counts by its non-blank cells with their headers, so that blank rows, blank columns, their order and other
    sheets (`indicators` and `indices` seed a method of its own) do not change the version.
    """
    digest = hashlib.sha256()
    for name in HASHED:
        rows = [sorted(row.cells.items()) for row in book.sheet(name).rows if row.cells]
        digest.update(json.dumps([name, rows], ensure_ascii=False, separators=(",", ":")).encode())
    for name in sorted(attached):
        lines = [clean(line) for line in attached[name].decode("utf-8-sig", "replace").splitlines()]
        digest.update(json.dumps([clean(name), lines], ensure_ascii=False, separators=(",", ":")).encode())
    return digest.hexdigest()


_TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "required_message", "constraint_message", "warn_message", "media", "image"}
)


def languages(book: Book) -> dict[str, None]:
    """The languages that the columns of the sheet `survey` are written in, as spelt there."""
    columns = [each for each in book.sheet("survey").columns if each.name in _TRANSLATED and each.language]
    return dict.fromkeys(each.header.rpartition("::")[2].strip() for each in columns)


def default_language(book: Book) -> str:
    """The language to begin with, as the columns spell it: `English` stands for `label::English (en)`; '' if none."""
    wanted = book.setting("default_language")
    known = languages(book)
    near = (each for each in known if each.partition("(")[0].strip() == wanted or language_code(each) == wanted)
    return wanted if wanted in known else next(near, wanted)


_YES = frozenset({"yes", "true", "true()"})


def tidied(survey: Sheet) -> Sheet:
    """The sheet `survey` as pyxform takes it: without comment rows and switched-off ones, notes with a name."""
    return Sheet(survey.name, survey.columns, tuple(row for each in survey.rows if (row := _tidy(survey, each))))


_SETTINGS_IN_SURVEY = {
    "form_title": "form_title",
    "set_form_title": "form_title",
    "form_id": "form_id",
    "set_form_id": "form_id",
}


def settings_in_survey(survey: Sheet, settings: Sheet) -> tuple[Sheet, Sheet]:
    """Both sheets after the older rows like `set form title` went from `survey` to where settings stand today."""
    told = {
        row.number: _SETTINGS_IN_SURVEY.get("_".join(survey.cell(row, "type").lower().split()), "")
        for row in survey.rows
    }
    if not any(told.values()):
        return survey, settings
    given = {told[row.number]: survey.cell(row, "name") for row in survey.rows if told[row.number]}
    first = settings.rows[0] if settings.rows else Row(2, {})
    missing = {name: text for name, text in given.items() if text and not settings.cell(first, name)}
    kept = tuple(row for row in survey.rows if not told[row.number])
    columns = (*settings.columns, *(column(name, "settings") for name in missing if not settings.header(name)))
    cells = {**first.cells, **{settings.header(name) or name: text for name, text in missing.items()}}
    rows = (Row(first.number, cells), *settings.rows[1:])
    return Sheet(survey.name, survey.columns, kept), Sheet("settings", columns, rows)


def _tidy(survey: Sheet, row: Row) -> Row | None:
    kind, name = survey.cell(row, "type"), survey.cell(row, "name")
    said = {column.name.partition(":")[0] for column in survey.columns if column.header in row.cells}
    if survey.cell(row, "disabled").lower() in _YES or not (kind or name or "label" in said):
        return None
    if kind.lower() == "note" and not name:
        header = survey.header("name") or "name"
        return Row(row.number, {**row.cells, header: f"generated_note_name_{row.number}"})
    return row


_BEGIN = re.compile(r"^(begin|end)[ _]+(group|repeat|loop|lgroup|looped[ _]group)\b")


def block(kind: str) -> tuple[str, str] | None:
    """('begin' | 'end', 'group' | 'repeat') of a type cell, None for a question."""
    found = _BEGIN.match(" ".join(kind.lower().split()))
    if found is None:
        return None
    return found.group(1), "group" if found.group(2) == "group" else "repeat"


def paths(book: Book) -> Iterator[tuple[str, Row]]:
    """The XForm path of every named row of the sheet `survey`, with its row (blocks in the order they begin)."""
    survey = book.sheet("survey")
    open_blocks = [f"/{book.root}"]
    for row in survey.rows:
        name, kind = survey.cell(row, "name"), block(survey.cell(row, "type"))
        path = f"{open_blocks[-1]}/{name}"
        if kind and kind[0] == "end":
            if len(open_blocks) > 1:
                open_blocks.pop()
            continue
        if name:
            yield path, row
        if kind:
            open_blocks.append(path)
