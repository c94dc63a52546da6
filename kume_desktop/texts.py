"""The texts people read: English in the source, Turkish in `resources/locale/tr/*.po`.

One domain file per room (`gui.po`, `services.po`, `problems_store.po`, ...), read as one catalogue.
`_("English with {name}")` looks up the language in force; fill with `.format` or `tr(text, name=...)`.
A sentence that counts says "{count} firms"; how its English reads with one is in `resources/locale/en/counted.po`, and
`tr` puts it in. Turkish nouns do not change after a number.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from typing import TYPE_CHECKING

from kume_desktop import paths
from kume_desktop.problems import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from decimal import Decimal
    from pathlib import Path

    from kume_desktop.problems import Param, Problem

__all__ = [
    "LANGUAGES", "N_", "_", "catalogue", "clock", "counted", "language", "long_date", "number", "percent", "say",
    "set_language", "short_date", "tr", "weekday",
]  # fmt: skip

LANGUAGES = ("tr", "en")
SURE, NEARLY_SURE = 0.8, 0.795
"""A badge is certain from the first; from the second a probability would be rounded up to it."""
_CHOICE = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
_current = ["tr"]


def language() -> str:
    """The language in force: `tr` or `en`."""
    return _current[0]


def set_language(code: str) -> None:
    """Put another language in force; pages redraw themselves afterwards."""
    if code not in LANGUAGES:
        raise ValueError(code)
    _current[0] = code


def _(text: str, lang: str | None = None) -> str:
    """The text in the language in force (or in `lang`)."""
    if (lang or _current[0]) == "en":
        return text
    return catalogue().get(text, text)


def tr(text: str, /, lang: str | None = None, **params: Param) -> str:
    """The text in the language in force with its places filled."""
    words = _(text, lang)
    if (lang or _current[0]) == "en" and any(map(_is_one, params.values())):
        words = _with_one(text, params)
    return words.format(**{key: _without_second_stop(words, key, value) for key, value in params.items()})


def _is_one(value: Param) -> bool:
    return value in {1, "1"}


def _with_one(text: str, params: Mapping[str, Param]) -> str:
    """The English sentence with the first wording wherever the place it follows is one."""

    def chosen(found: re.Match[str]) -> str:
        place, one, many = found.groups()
        return one if _is_one(params.get(place, 0)) else many

    return _CHOICE.sub(chosen, counted().get(text, text))


def _without_second_stop(words: str, key: str, value: Param) -> Param:
    """A name that ends in a full stop ("Ltd. Şti.") lends it to the sentence that ends behind it."""
    if not isinstance(value, str) or not value.endswith("."):
        return value
    place = f"{{{key}}}"
    after = words.partition(place)[2]
    ends = after.startswith(".") and after[1:2] in {"", " ", "\n"}
    return value[:-1] if ends and not value.endswith("..") and words.count(place) == 1 else value


@cache
def catalogue() -> dict[str, str]:
    """English to Turkish: all domains together, read at the first use and never from a compiled copy.

    Raises:
        FileNotFoundError: there is no Turkish at all; running on in English would hide a broken installation.
    """
    folder = paths.resources() / "locale" / "tr"
    entries = {key: text for file in sorted(folder.glob("*.po")) for key, text in read_po(file) if key}
    if not entries:
        raise FileNotFoundError(folder)
    return entries


@cache
def counted() -> dict[str, str]:
    """English sentences to how they are worded by number: `{count} {count|firm waits|firms wait}`.

    Read when a sentence holds a one for the first time.
    """
    return {key: text for key, text in read_po(paths.resources() / "locale" / "en" / "counted.po") if key}


_PLAIN = re.compile(r'\n*(?:#[.:] [^\n]*\n)*msgid "([^"\\\n]*)"\nmsgstr "([^"\\\n]*)"\n*')
"""A single entry of one line each: nearly all are so, and the start of the window waits for them."""


def read_po(file: Path) -> Iterator[tuple[str, str]]:
    """The translated entries of a .po file; the header has the key ''. Fuzzy ones count as missing.

    Reads what our files hold (msgid, msgstr, comments): Babel would cost the start of the window 150 ms.

    Raises:
        ValueError: a line that is none of these, such as a context or a plural.
    """
    begin, whole = 0, file.read_text(encoding="utf-8")
    for block in whole.split("\n\n"):
        plain = _PLAIN.fullmatch(block)
        if plain is None:
            yield from _entries(file.name, block, whole.count("\n", 0, begin) + 1)
        elif plain[2]:
            yield plain[1], plain[2]
        begin += len(block) + 2


def _entries(name: str, block: str, first_line: int) -> Iterator[tuple[str, str]]:
    """Entries line by line, whatever they hold."""
    entry = {"msgid": "", "msgstr": ""}
    field, fuzzy = "msgstr", True
    for number_of_line, line in enumerate(block.splitlines(), first_line):
        text = line.strip()
        word, _space, rest = text.partition(" ")
        if text.startswith("#"):
            if field == "msgstr" and not text.startswith("#~"):
                yield from _finished(entry, fuzzy)
                entry, field, fuzzy = {"msgid": "", "msgstr": ""}, "", False
            fuzzy = fuzzy or (text.startswith("#,") and "fuzzy" in text)
        elif text.startswith('"') and field:
            entry[field] += _unquoted(text)
        elif word in entry:
            if word == "msgid" and field == "msgstr":
                yield from _finished(entry, fuzzy)
                entry, fuzzy = {"msgid": "", "msgstr": ""}, False
            field, entry[word] = word, _unquoted(rest)
        elif text:
            raise ValueError(f"{name}:{number_of_line}: {text}")
    yield from _finished(entry, fuzzy)


def _unquoted(text: str) -> str:
    """The text between quotes; most have no escape, and JSON's reader is asked only for those."""
    if "\\" not in text and len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    return str(json.loads(text))


def _finished(entry: dict[str, str], fuzzy: bool) -> Iterator[tuple[str, str]]:
    if entry["msgstr"] and not fuzzy:
        yield entry["msgid"], entry["msgstr"]


def say(problem: Problem, lang: str | None = None) -> str:
    """The sentence of a problem, with its place in front where it has one."""
    from kume_desktop.problem_texts import SENTENCES

    params = {key: "–" if value is None else value for key, value in problem.params.items()}
    sentence = tr(SENTENCES[problem.code], lang, **params)
    place = _place(problem, lang)
    return f"{place}: {sentence}" if place else sentence


def _place(problem: Problem, lang: str | None) -> str:
    where = problem.where
    parts = [
        where.file or "",
        tr(N_("sheet {sheet}"), lang, sheet=where.sheet) if where.sheet else "",
        tr(N_("row {row}"), lang, row=where.row) if where.row else "",
        tr(N_("column “{column}”"), lang, column=where.column) if where.column else "",
        where.question or "",
    ]
    return ", ".join(part for part in parts if part)


def number(value: float, digits: int = 1, lang: str | None = None) -> str:
    """A number with `digits` decimals, halves rounded up as spreadsheets do: 76,1 in Turkish, 76.1 in English.

    A value that is no number is a dash.
    """
    if not math.isfinite(value):
        return "–"
    text = f"{_half_up(value, digits):,f}"
    if (lang or _current[0]) == "tr":
        return text.translate(_SWAPPED)
    return text


def percent(share: float, lang: str | None = None) -> str:
    """A share 0..1 as whole per cent: %57 in Turkish, 57% in English."""
    if not math.isfinite(share):
        return "–"
    whole = f"{_half_up(share * 100, 0):f}"
    return f"%{whole}" if (lang or _current[0]) == "tr" else f"{whole}%"


def chance(share: float, lang: str | None = None) -> str:
    """A probability 0..1 in per cent; never 0 or 100 where it is not exactly that, nor 80 where a badge is uncertain.

    >>> [chance(share, "en") for share in (1.0, 0.999, 0.8, 0.7996, 0.746, 0.001)]
    ['100%', '>99%', '80%', '79.9%', '75%', '<1%']
    """
    if 0 < share < 0.005:
        return f"<{percent(0.01, lang)}"
    if 0.995 <= share < 1:
        return f">{percent(0.99, lang)}"
    if NEARLY_SURE <= share < SURE:
        told = number(math.floor(1000 * share) / 10, 1, lang)
        return f"%{told}" if (lang or _current[0]) == "tr" else f"{told}%"
    return percent(share, lang)


def _half_up(value: float, digits: int) -> Decimal:
    """`value` rounded by way of 9 decimals, which forget binary dust (0.285 * 100 is 28.499999999999996)."""
    from decimal import ROUND_HALF_UP, Context, Decimal

    exact = Decimal(repr(round(float(value), 9)))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, Context(prec=400))
    return rounded or abs(rounded)


_SWAPPED = str.maketrans(",.", ".,")
_MONTHS = {
    "tr": (
        "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
        "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_WEEKDAYS = {
    "tr": ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def long_date(day: date, lang: str | None = None) -> str:
    """18 Aralık 2026 / 18 December 2026."""
    return f"{day.day} {_MONTHS[lang or _current[0]][day.month - 1]} {day.year}"


def short_date(day: date, lang: str | None = None) -> str:
    """18 Ara / 18 Dec."""
    return f"{day.day} {_MONTHS[lang or _current[0]][day.month - 1][:3]}"


def weekday(day: date, lang: str | None = None) -> str:
    """Pazartesi / Monday."""
    return _WEEKDAYS[lang or _current[0]][day.weekday()]


def clock(moment: datetime, seconds: bool = False) -> str:
    """14:02 or 14:02:51."""
    return moment.strftime("%H:%M:%S" if seconds else "%H:%M")
