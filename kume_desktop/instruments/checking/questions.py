"""The rows of the sheet `survey` one by one: texts, messages, defaults, parameters, appearances."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from kume_desktop.instruments.checking.cells import is_dynamic
from kume_desktop.instruments.checking.outline import REPEAT, Outline, Question
from kume_desktop.instruments.model import Personal
from kume_desktop.instruments.structure import near
from kume_desktop.problems import Problem, warning

LONG_LIST = 30
"""Choices beyond which a list should be shown as a menu or a search."""
MANY_ROWS, _DIGITS = 200, 9
"""Rows beyond which a fixed repeat_count is hardly meant."""
_PAIR = re.compile(r"[^\s=,;]+\s*=\s*[^\s=,;]+")
_GEO = ("allow-mock-accuracy", "incremental", "reference-geometry")
_FROM_FILE = ("randomize", "seed", "value", "label")
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "range": ("start", "end", "step", "placeholder", "tick_interval", "tick_labelset"),
    "select_one": _FROM_FILE,
    "select_multiple": _FROM_FILE,
    "rank": _FROM_FILE,
    "select_one_from_file": _FROM_FILE,
    "select_multiple_from_file": _FROM_FILE,
    "text": ("rows",),
    "image": ("max-pixels", "app"),
    "photo": ("max-pixels", "app"),
    "audio": ("quality",),
    "background-audio": ("quality",),
    "geopoint": ("capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "reference-geometry"),
    "geotrace": _GEO,
    "geoshape": _GEO,
    "audit": (
        "location-priority", "location-min-interval", "location-max-age", "track-changes", "track-changes-reasons",
        "identify-user",
    ),
}  # fmt: skip
"""The parameters that a type understands."""
_WORDS = """
    analog-scale annotate autocomplete autocomplete_chars bearing bikram-sambat buddhist columns columns-flex
    columns-pack compact coptic counter distress draw dynamic ethiopian field-list front hidden hidden-answer
    hide-input horizontal horizontal-compact image-map intent islamic label likert list list-nolabel map
    map-compact maps masked minimal month-year multiline my-widget myanmar new new-front new-rear no-buttons
    no-calendar no-label no-ticks numbers persian picker placement-map printer quick quickcompact randomized
    rating satellite search selfie signature streets table-list terrain thousands-sep url vertical year
"""
APPEARANCES = frozenset(_WORDS.split()) | {
    f"{word}{size}" for word in ("w", "columns-", "compact-") for size in range(1, 13)
}
_WITHOUT_SENSOR = frozenset(
    {"start-geopoint", "background-geopoint", "background-audio", "simserial", "subscriberid", "phonenumber", "email"}
)
_UNLABELLED = frozenset({"list-nolabel", "label", "hidden", "no-label"})
_MENUS = frozenset({"minimal", "autocomplete", "search", "map", "image-map"})
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
_WHOLE = re.compile(r"-?\d+\Z")
_NUMBERS = {"integer": _WHOLE, "int": _WHOLE, "decimal": _NUMBER}


def question_problems(outline: Outline) -> Iterator[Problem]:
    """Advice on each row, in their order."""
    for question in outline.questions:
        for look in _LOOKS:
            yield from look(question, outline)
    yield from _near_names(outline)


def _label(question: Question, outline: Outline) -> Iterator[Problem]:
    shown = any(
        text and header.lower().startswith(("label", "caption", "hint", "media", "image", "audio", "video"))
        for header, text in question.row.cells.items()
    )
    quiet = _UNLABELLED & set(outline.cell(question, "appearance").split()) or outline.cell(question, "calculation")
    if question.is_asked and not shown and not quiet:
        yield warning("form.question-without-label", outline.where(question, "label"), name=question.name)


def _rules(question: Question, outline: Outline) -> Iterator[Problem]:
    """Rules that never work, and rules that refuse without a word."""
    written = {column: outline.cell(question, column) for column in ("constraint", "required", "calculation")}
    if question.is_asked and question.kind != "note":
        if written["constraint"] and not outline.survey.texts(question.row, "constraint_message"):
            yield warning("form.constraint-without-message", outline.where(question, "constraint"), name=question.name)
        if written["calculation"] and not outline.cell(question, "read_only") and not outline.cell(question, "trigger"):
            yield warning("form.calculation-visible", outline.where(question, "calculation"), name=question.name)
        return
    for column in ("constraint", "required"):
        if written[column] and written[column].lower() not in {"no", "false", "false()"} and not question.is_block:
            where = outline.where(question, column)
            yield warning("form.rule-idle", where, column=column, type=question.kind)


def _sensor(question: Question, outline: Outline) -> Iterator[Problem]:
    if question.kind in _WITHOUT_SENSOR:
        yield warning("form.type-blank", outline.where(question, "type"), type=question.kind)


def _trigger(question: Question, outline: Outline) -> Iterator[Problem]:
    text = outline.cell(question, "trigger")
    if text and not outline.cell(question, "calculation") and not question.kind.startswith("background"):
        yield warning("form.trigger-without-calculation", outline.where(question, "trigger"), name=question.name)


def _parameters(question: Question, outline: Outline) -> Iterator[Problem]:
    text, where = outline.cell(question, "parameters"), outline.where(question, "parameters")
    if not text:
        return
    rest = re.sub(r"[\s,;]+", " ", _PAIR.sub(" ", text)).strip()
    if rest:
        yield warning("form.parameter-malformed", where, found=rest)
    known = PARAMETERS.get(question.kind, ())
    given = dict(re.split(r"\s*=\s*", pair, maxsplit=1) for pair in _PAIR.findall(text))
    for key in given:
        if key.lower() not in known:
            guess = near(key.lower(), known)
            code = "form.parameter-unknown-near" if guess else "form.parameter-unknown"
            yield warning(code, where, name=key, type=question.kind, near=guess, known=", ".join(known) or "–")
    if question.kind == "range":
        yield from _range(given, question, outline)


def _range(given: Mapping[str, str], question: Question, outline: Outline) -> Iterator[Problem]:
    where = outline.where(question, "parameters")
    texts = [given.get(key, usual) for key, usual in (("start", "1"), ("end", "10"), ("step", "1"))]
    strange = [text for text in texts if not _NUMBER.match(text)]
    if strange:
        yield warning("form.parameter-not-a-number", where, found=strange[0])
        return
    start, end, step = map(float, texts)
    if step == 0 or abs(step) > abs(end - start):
        yield warning("form.range-without-steps", where, start=texts[0], end=texts[1], step=texts[2])


def _appearance(question: Question, outline: Outline) -> Iterator[Problem]:
    text = outline.cell(question, "appearance")
    if "(" in text:
        return
    for word in text.lower().split():
        guess = "" if word in APPEARANCES or ":" in word else near(word, APPEARANCES)
        if guess:
            yield warning("form.appearance-near", outline.where(question, "appearance"), word=word, near=guess)


def _default(question: Question, outline: Outline) -> Iterator[Problem]:
    text = outline.cell(question, "default")
    if not text or "(" in text or is_dynamic(text, question.kind):
        return
    where = outline.where(question, "default")
    known = outline.codes(question) if question.is_select else frozenset()
    missing = [word for word in text.split() if word not in known]
    if known and missing and text not in known:
        guess = near(missing[0], known) or "–"
        yield warning("form.default-not-listed", where, found=missing[0], list=question.listed, near=guess)
    elif question.kind in _NUMBERS and not _NUMBERS[question.kind].match(text):
        yield warning("form.default-not-a-number", where, found=text)
    elif question.kind == "date" and not _is_date(text):
        yield warning("form.default-not-a-date", where, found=text)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _long(question: Question, outline: Outline) -> Iterator[Problem]:
    rows = outline.lists.get(question.listed, ()) if question.kind in {"select_one", "select_multiple"} else ()
    words = outline.cell(question, "appearance").lower()
    if len(rows) > LONG_LIST and not outline.cell(question, "choice_filter") and not any(w in words for w in _MENUS):
        where = outline.where(question, "appearance" if words else "type")
        yield warning("form.list-long", where, list=question.listed, count=len(rows))


def _count(question: Question, outline: Outline) -> Iterator[Problem]:
    text, where = outline.cell(question, "repeat_count"), outline.where(question, "repeat_count")
    if text and question.kind != REPEAT:
        yield warning("form.count-without-repeat", where, name=question.name)
    elif _WHOLE.match(text) and (len(text) > _DIGITS or int(text) > MANY_ROWS):
        yield warning("form.count-huge", where, name=question.name, count=text[:20])


def _near_names(outline: Outline) -> Iterator[Problem]:
    """Names that differ only in capitals: exports and other programs mix them up."""
    seen: dict[str, Question] = {}
    for question in outline.questions:
        first = seen.setdefault(question.name.lower(), question)
        if first.name != question.name:
            where = outline.where(question, "name")
            yield warning("form.name-case", where, name=question.name, near=first.name, other=first.row.number)


def _personal(question: Question, outline: Outline) -> Iterator[Problem]:
    found = outline.cell(question, "personal").strip()
    if found and found.upper() not in set(Personal):
        yield warning("form.personal-unknown", outline.where(question, "personal"), found=found)


_LOOKS: tuple[Callable[[Question, Outline], Iterator[Problem]], ...] = (
    _label,
    _rules,
    _sensor,
    _trigger,
    _parameters,
    _appearance,
    _default,
    _long,
    _count,
    _personal,
)
