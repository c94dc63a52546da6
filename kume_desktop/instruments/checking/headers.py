"""Names of sheets and columns that are close to a known one: what stands there would be left out without a word."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kume_desktop.instruments.sheets import Book, Column, Sheet
from kume_desktop.instruments.structure import TEXT_COLUMNS
from kume_desktop.problems import Problem, Where, warning

SHEETS = ("survey", "choices", "settings", "entities", "external_choices", "osm", "indicators", "indices", "tests")
_WORDS = """
    type name relevant constraint calculation required read_only default appearance parameters choice_filter
    repeat_count trigger image audio video big-image save_to warn personal purpose origin autoplay intent
    media bind body instance control query no_app_error_string noapperrorstring rows accuracythreshold
    sms_field caption hint prompt title style notes note comment comments count list_name disabled section earlier
"""
_SURVEY = (*TEXT_COLUMNS, *_WORDS.split())
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "survey": _SURVEY,
    "choices": ("list_name", "name", "label", "image", "audio", "video", "big-image", "media", "missing", "caption"),
    "settings": (
        "form_title", "form_id", "version", "default_language", "instance_name", "public_key", "submission_url",
        "style", "name", "allow_choice_duplicates", "auto_send", "auto_delete", "auto_submit", "namespaces",
        "instance_xmlns", "prefix", "delimiter", "attribute", "sms_keyword", "sms_separator", "sms_date_format",
        "set_form_title", "set_form_id", "client_editable", "clean_text_values", "omit_instanceid", "id_string",
        "title", "xml_root", "flat", "allow_duplicates",
    ),
    "entities": ("list_name", "dataset", "label", "entity_id", "create_if", "update_if", "repeat"),
}  # fmt: skip
_CLOSE = 0.84


def header_problems(book: Book) -> Iterator[Problem]:
    """The sheets and columns that are probably misspelt, and languages that are written in one column only."""
    missing = [name for name in SHEETS if name not in book.sheets]
    for title in book.sheet_names:
        if title.lower() not in SHEETS and (guess := _near(title.lower(), missing)):
            yield warning("form.sheet-near", Where(book.name, title), sheet=title, near=guess)
    for name, known in _KNOWN.items():
        yield from _columns(book, book.sheet(name), known)
    texts = [book.sheet(name) for name in ("survey", "choices")]
    for sheet in texts:
        yield from _mixed(book, sheet)
    yield from _spelt_twice(book, texts)


def _columns(book: Book, sheet: Sheet, known: tuple[str, ...]) -> Iterator[Problem]:
    present = {column.name for column in sheet.columns}
    free = [name for name in known if name not in present]
    for column in sheet.columns:
        plain = column.name.partition(":")[0]
        others = free if not column.language else [*free, *(name for name in known if name in TEXT_COLUMNS)]
        own = plain in known or (sheet.name == "settings" and plain.startswith("title_"))
        if not own and (guess := _near(plain, others)):
            where = Where(book.name, sheet.name, 1, column.header)
            yield warning("form.column-near", where, column=column.header, near=guess)


def _near(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(known), 1, _CLOSE)), "")


def _spelt_twice(book: Book, sheets: list[Sheet]) -> Iterator[Problem]:
    """One language whose name is written in several ways: programs take each spelling for a language of its own."""
    columns = [(sheet, column) for sheet in sheets for column in sheet.columns if column.language]
    spellings = Counter((column.language, _spelling(column)) for _, column in columns)
    for sheet, column in columns:
        usual = max(
            (spelling for code, spelling in spellings if code == column.language),
            key=lambda one: spellings[column.language, one],
        )
        if _spelling(column) != usual:
            where = Where(book.name, sheet.name, 1, column.header)
            yield warning("form.language-spelt-twice", where, language=_spelling(column), other=usual)


def _spelling(column: Column) -> str:
    return column.header.rpartition(":")[2].strip()


def _mixed(book: Book, sheet: Sheet) -> Iterator[Problem]:
    """A column once with and once without a language: the one without is a language of its own, called default."""
    for name in TEXT_COLUMNS:
        columns = [column for column in sheet.columns if column.name == name]
        named = sorted({column.language for column in columns} - {""})
        plain = next((column for column in columns if not column.language), None)
        if named and plain is not None and not book.setting("default_language"):
            where = Where(book.name, sheet.name, 1, plain.header)
            yield warning("form.language-mixed", where, column=plain.header, languages=", ".join(named))
