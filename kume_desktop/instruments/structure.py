"""What is wrong with the sheets `survey`, `choices` and `settings` themselves, all at once, before any conversion."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kume_desktop.instruments.sheets import Book, Row, Sheet, block, paths
from kume_desktop.problems import Problem, Where, problem, warning
from kume_desktop.turkish import fold

REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?\s*([^}]*?)\s*\}")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_ELEMENT = re.compile(r"[^\W\d][\w.-]*\Z")
SUPPORTED = frozenset(
    {
        "text", "integer", "int", "decimal", "note", "calculate", "hidden", "date", "time", "datetime", "start", "end",
        "today", "deviceid", "username", "select_one", "select_multiple", "select_one_from_file",
        "select_multiple_from_file", "audit", "start-geopoint", "percentage", "range", "rank", "acknowledge", "trigger",
        "image", "photo", "audio", "video", "file", "barcode", "geopoint", "geotrace", "geoshape", "background-audio",
        "background-geopoint", "csv-external", "xml-external", "phonenumber", "email", "simserial", "subscriberid",
        "select_one_external",
    }
)  # fmt: skip
UNSUPPORTED = frozenset({"osm", "include", "cascading_select"})
_SELECT = re.compile(
    r"""(?ix) ^(?:add[ ]|q[ ])? select
    (?: (?P<one> [ _]one | 1 ) | [ _]multiple | [ ]all[ ]that[ ]apply | (?=[ ]|$) )
    (?:[ ]prompt)? (?:[ ]using)?
    (?: [ _](?P<tail> from[ _]file | external )\b | [ ]from\b )?
    (?=[ ]|$)"""
)
_RANK = re.compile(r"(?i)^rank(?=[ ]|$)")
_AROUND = re.compile(r"^(?:q|add|get) |^uri:| prompt$")
_OLD_TYPES = {
    "string": "text", "start time": "start", "end time": "end", "date time": "datetime", "device id": "deviceid",
    "imei": "deviceid", "phone number": "phonenumber", "sim id": "simserial", "subscriber id": "subscriberid",
    "location": "geopoint", "gps": "geopoint", "picture": "photo", "number of days in last month": "integer",
    "number of days in last six months": "integer", "number of days in last year": "integer",
}  # fmt: skip
_WITH_MORE = frozenset({"osm", "rank", "include", "cascading_select"})
TEXT_COLUMNS = ("label", "hint", "guidance_hint", "required_message", "constraint_message", "warn_message")
EXPRESSION_COLUMNS = (
    "relevant", "constraint", "calculation", "required", "read_only", "choice_filter", "repeat_count", "default",
    "trigger", "parameters", "warn",
)  # fmt: skip
_READ = frozenset({*TEXT_COLUMNS, *EXPRESSION_COLUMNS, "type"})
RESERVES = ("na", "dk", "nr")
_RESERVE_CODES = ("97", "98", "99")


def structure_problems(book: Book) -> tuple[Problem, ...]:
    """Every problem of the three sheets, in the order of their rows."""
    survey = book.sheet("survey")
    if "survey" not in book.sheets:
        return (problem("form.no-survey", Where(file=book.name)),)
    missing = [name for name in ("type", "name") if not survey.header(name)]
    if missing:
        return tuple(problem("form.no-column", Where(book.name, "survey", 1), column=name) for name in missing)
    deep = _too_deep(book)
    if deep is not None:
        return (deep,)
    found = [*_rows(book), *_blocks(book), *_names(book), *_references(book), *_lists(book), *_choices(book)]
    return tuple(sorted([*found, *_languages(book), *_settings(book)], key=_order))


def _too_deep(book: Book) -> Problem | None:
    """The first block that stands in too many others: looking any further would cost more than it tells."""
    survey, depth = book.sheet("survey"), 0
    for row in survey.rows:
        kind = block(survey.cell(row, "type"))
        depth += 0 if kind is None else 1 if kind[0] == "begin" else -1
        if depth > MAX_DEPTH:
            return problem("form.blocks-too-deep", _where(book, survey, row, "type"), levels=MAX_DEPTH)
    return None


def _order(found: Problem) -> tuple[int, str, int]:
    where = found.where
    return (0 if found.is_error else 1, where.sheet or "", where.row or 0)


def _where(book: Book, sheet: Sheet, row: Row, column: str, question: str = "") -> Where:
    header = column if column in row.cells else sheet.header(column) or column
    return Where(book.name, sheet.name, row.number, header, question or None)


MAX_DEPTH = 100
"""Groups and repeats in each other; forms of people have three or four."""
MAX_GUESSES = 40
"""Names that a similar one is looked for in one workbook: each look goes through all names."""


def near(name: str, known: Iterable[str]) -> str:
    """The most similar of the known names, '' if none is close."""
    listed, folded = list(known), fold(name)
    same = [each for each in listed if fold(each) == folded]
    return next(iter(same or difflib.get_close_matches(name, listed, 1, 0.6)), "")


def _rows(book: Book) -> Iterator[Problem]:
    survey = book.sheet("survey")
    for row in survey.rows:
        kind, name = survey.cell(row, "type"), survey.cell(row, "name")
        if not kind:
            if name or survey.texts(row, "label"):
                # Without either, pyxform takes the row for a remark of the author.
                yield problem("form.type-missing", _where(book, survey, row, "type", name))
            continue
        is_block = block(kind)
        if is_block is None:
            yield from _type(book, row, kind)
            yield from _calculation(book, row, kind)
            yield from _trigger(book, row)
        if (is_block is None or is_block[0] == "begin") and (name or kind.lower() != "note"):
            yield from _name(book, row, name)


def _trigger(book: Book, row: Row) -> Iterator[Problem]:
    survey = book.sheet("survey")
    text = survey.cell(row, "trigger")
    if text and "${" not in text:
        yield problem(
            "form.trigger-no-name", _where(book, survey, row, "trigger", survey.cell(row, "name")), found=text
        )


def _calculation(book: Book, row: Row, kind: str) -> Iterator[Problem]:
    """A calculate must say how; `bind::calculate` and a dynamic default do as well."""
    survey = book.sheet("survey")
    told = survey.cell(row, "default") or any("calculat" in header.lower() for header in row.cells)
    if type_word(kind) == "calculate" and not told:
        name = survey.cell(row, "name")
        yield problem("form.calculation-missing", _where(book, survey, row, "calculation", name), name=name)


def _type(book: Book, row: Row, kind: str) -> Iterator[Problem]:
    survey = book.sheet("survey")
    where = _where(book, survey, row, "type", survey.cell(row, "name"))
    word = type_word(kind)
    if word in UNSUPPORTED:
        yield problem("form.type-unsupported", where, type=kind)
    elif word not in SUPPORTED:
        guess = near(word, SUPPORTED)
        yield problem("form.type-unknown-near" if guess else "form.type-unknown", where, type=kind, near=guess)


def type_word(kind: str) -> str:
    """The type of a type cell in its usual spelling, the older ones of pyxform included.

    >>> type_word("Select One from file firms.csv"), type_word("select all that apply from support or specify other")
    ('select_one_from_file', 'select_multiple')
    >>> type_word("add text prompt"), type_word("start time")
    ('text', 'start')
    """
    text = " ".join(kind.split())
    found = _SELECT.match(text)
    if found:
        tail = f"_{'_'.join(found['tail'].lower().replace('_', ' ').split())}" if found["tail"] else ""
        return f"select_{'one' if found['one'] else 'multiple'}{tail}"
    plain = _AROUND.sub("", text.lower())
    return _OLD_TYPES.get(plain, plain.split(" ")[0] if plain.split(" ")[0] in _WITH_MORE else plain)


def list_name(kind: str) -> str:
    """The list or file of a select, '' for other types.

    >>> list_name("select_one yes_no or_other"), list_name("select_one_from_file firms.csv"), list_name("text")
    ('yes_no', 'firms.csv', '')
    """
    text = " ".join(kind.split())
    found = _SELECT.match(text) or _RANK.match(text)
    return text[found.end() :].strip().split(" ")[0] if found else ""


def _name(book: Book, row: Row, name: str) -> Iterator[Problem]:
    where = _where(book, book.sheet("survey"), row, "name", name)
    if not name:
        yield problem("form.name-missing", where)
    elif not NAME.match(name):
        yield problem("form.name-not-ascii", where, name=name)


def _blocks(book: Book) -> Iterator[Problem]:
    survey = book.sheet("survey")
    stack: list[tuple[str, Row]] = []
    for row in survey.rows:
        kind = block(survey.cell(row, "type"))
        if kind is None:
            continue
        if kind[0] == "begin":
            stack.append((kind[1], row))
        elif not stack:
            yield problem("form.end-without-begin", _where(book, survey, row, "type"), block=kind[1])
        elif stack.pop()[0] != kind[1]:
            yield problem("form.end-of-other-block", _where(book, survey, row, "type"), block=kind[1])
    for kind_open, row in stack:
        name = survey.cell(row, "name")
        yield problem("form.begin-without-end", _where(book, survey, row, "type", name), block=kind_open, name=name)


def _names(book: Book) -> Iterator[Problem]:
    survey = book.sheet("survey")
    by_path: dict[str, Row] = {}
    by_name: dict[str, Row] = {}
    for path, row in paths(book):
        name = survey.cell(row, "name")
        where = _where(book, survey, row, "name", name)
        if path in by_path:
            yield problem("form.name-twice", where, name=name, other=by_path[path].number)
        elif name in by_name:
            yield warning("form.name-reused", where, name=name, other=by_name[name].number)
        by_path.setdefault(path, row)
        by_name.setdefault(name, row)


def question_names(book: Book) -> Counter[str]:
    """How often each name stands in the sheet `survey`."""
    survey = book.sheet("survey")
    return Counter(survey.cell(row, "name") for _, row in paths(book))


def _references(book: Book) -> Iterator[Problem]:
    names = question_names(book)
    guesses = 0
    for sheet_name in ("survey", "choices", "settings", "entities"):
        sheet = book.sheet(sheet_name)
        for row in sheet.rows:
            for header, text in row.cells.items():
                if "${" in text and _is_read(sheet, header):
                    question = sheet.cell(row, "name") if sheet_name == "survey" else ""
                    where = Where(book.name, sheet_name, row.number, header, question or None)
                    at = open_reference(text)
                    if at:
                        yield problem("form.reference-open", where, position=at)
                    else:
                        found = list(reference_problems(text, names, where, guesses < MAX_GUESSES))
                        guesses += len(found)
                        yield from found


def _is_read(sheet: Sheet, header: str) -> bool:
    """Whether the form reads references in this column; others may hold notes of the author."""
    name = next(column.name for column in sheet.columns if column.header == header)
    return sheet.name != "survey" or name in _READ or name in {"bind", "body", "instance", "media"}


def open_reference(text: str) -> int:
    """The place (from 1) of the first `${` that is not closed before the next one, 0 if all are.

    >>> open_reference("${a} + ${b"), open_reference("${a}")
    (8, 0)
    """
    at = text.find("${")
    while at >= 0:
        end, following = text.find("}", at), text.find("${", at + 2)
        if end < 0 or 0 <= following < end:
            return at + 1
        at = following
    return 0


def reference_problems(text: str, names: Counter[str], where: Where, is_guessing: bool = True) -> Iterator[Problem]:
    """The `${names}` of a cell that name no question, or more than one."""
    for name in dict.fromkeys(REFERENCE.findall(text)):
        if names[name] > 1:
            yield problem("form.name-ambiguous", where, name=name)
        elif name not in names:
            guess = near(name, names) if is_guessing else ""
            yield problem("form.unknown-name-near" if guess else "form.unknown-name", where, name=name, near=guess)


def _lists(book: Book) -> Iterator[Problem]:
    survey, choices = book.sheet("survey"), book.sheet("choices")
    external = book.sheet("external_choices")
    lists = {sheet.cell(row, "list_name") for sheet in (choices, external) for row in sheet.rows}
    for row in survey.rows:
        kind = survey.cell(row, "type")
        wanted = list_name(kind)
        where = _where(book, survey, row, "type", survey.cell(row, "name"))
        if not type_word(kind).startswith(("select_", "rank")) or "${" in wanted:
            continue
        if not wanted:
            yield problem("form.list-not-named", where)
        elif "from_file" in type_word(kind):
            if not wanted.lower().endswith((".csv", ".xml", ".geojson")):
                yield problem("form.file-not-csv", where, file=wanted)
        elif wanted not in lists:
            guess = near(wanted, lists)
            yield problem("form.list-missing-near" if guess else "form.list-missing", where, list=wanted, near=guess)


def _choices(book: Book) -> Iterator[Problem]:
    sheet = book.sheet("choices")
    seen: dict[tuple[str, str], int] = {}
    doubles = book.setting("allow_choice_duplicates").lower() in {"yes", "true", "true()"}
    several = _answered_severally(book)
    yield from _choice_columns(book)
    for row in sheet.rows:
        listed, name = sheet.cell(row, "list_name"), sheet.cell(row, "name")
        if not listed:
            yield problem("form.choice-without-list", _where(book, sheet, row, "list_name"))
        if not name:
            yield problem("form.choice-without-name", _where(book, sheet, row, "name"))
        elif (listed, name) in seen and not doubles:
            where = _where(book, sheet, row, "name")
            yield problem("form.choice-twice", where, name=name, list=listed, other=seen[listed, name])
        elif " " in name:
            where = _where(book, sheet, row, "name")
            if listed in several:
                yield problem("form.choice-with-space", where, name=name)
            else:
                yield warning("form.choice-with-space", where, name=name)
        if not sheet.texts(row, "label"):
            yield warning("form.choice-without-label", _where(book, sheet, row, "label"), name=name)
        seen.setdefault((listed, name), row.number)
        yield from _reserve(book, row, name)


def _choice_columns(book: Book) -> Iterator[Problem]:
    """What an author adds to the sheet of choices becomes an element of the form under the head of its column."""
    sheet = book.sheet("choices")
    for one in sheet.columns:
        is_ours = ":" in one.header or " " in one.header or _ELEMENT.match(one.header)
        if not is_ours and any(row.cells.get(one.header) for row in sheet.rows):
            yield problem("form.choice-column", Where(book.name, "choices", 1, one.header), column=one.header[:40])


def _answered_severally(book: Book) -> set[str]:
    """The lists of which a person may take several choices, which are stored with spaces between them."""
    survey = book.sheet("survey")
    kinds = (survey.cell(row, "type") for row in survey.rows)
    return {list_name(kind) for kind in kinds if type_word(kind) in {"select_multiple", "rank"}}


def _reserve(book: Book, row: Row, name: str) -> Iterator[Problem]:
    sheet = book.sheet("choices")
    missing = sheet.cell(row, "missing")
    if missing and missing not in RESERVES:
        yield problem("form.reserve-unknown", _where(book, sheet, row, "missing"), value=missing)
    elif missing and name.lstrip("-").isdigit():
        yield problem("form.reserve-numeric", _where(book, sheet, row, "name"), name=name, reserve=missing)
    elif not missing and sheet.header("missing") and name in _RESERVE_CODES:
        yield warning("form.reserve-unmarked", _where(book, sheet, row, "missing"), name=name)


def _languages(book: Book) -> Iterator[Problem]:
    for sheet_name in ("survey", "choices"):
        sheet = book.sheet(sheet_name)
        languages = {column.language for column in sheet.columns if column.name in TEXT_COLUMNS and column.language}
        if len(languages) < 2:
            continue
        for name in TEXT_COLUMNS:
            own = {column.language: column.header for column in sheet.columns if column.name == name}
            yield from _untranslated(book, sheet, name, own, sorted(languages))


def _untranslated(book: Book, sheet: Sheet, name: str, own: dict[str, str], languages: list[str]) -> Iterator[Problem]:
    """A text that lacks a language in its row; once for the whole column where there is no column to write it in."""
    lacking = [language for language in languages if language not in own]
    if own and lacking:
        where = Where(book.name, sheet.name, 1, next(iter(own.values())))
        yield warning("form.translation-column", where, column=name, language=", ".join(lacking))
    for row in sheet.rows:
        texts = sheet.texts(row, name)
        for language in languages if texts else ():
            if language in own and language not in texts:
                where = _where(book, sheet, row, own[language], sheet.cell(row, "name"))
                yield warning("form.translation-missing", where, column=name, language=language)


def _settings(book: Book) -> Iterator[Problem]:
    where = Where(book.name, "settings", 2)
    for name in ("form_id", "version", "form_title"):
        if not book.setting(name):
            yield warning("form.setting-missing", where, setting=name)
    wanted = book.setting("default_language")
    columns = [column for column in book.sheet("survey").columns if column.name in TEXT_COLUMNS]
    named = {column.header.partition("::")[2].strip() for column in columns} - {""}
    plain = {column.name for column in columns if not column.language}
    if wanted and named and wanted not in named and "label" not in plain:
        where = Where(book.name, "settings", 2, "default_language")
        yield warning("form.default-language", where, language=wanted, languages=", ".join(sorted(named)))
