"""What a made-up firm says and what is then to be entered: keys that come with the program, and keys of staff."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kume_desktop import paths, turkish

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview

OWN = "Own"
EVERYWHERE = ""
"""The place of words that belong to no section: they stand first."""
CONTAINS = "contains"


@dataclass(frozen=True, slots=True)
class Saying:
    """What the firm says in a section (the name of its group)."""

    section: str
    text_tr: str
    text_en: str

    def text(self, language: str, year: int) -> str:
        """The words in a language, with the reference year in them."""
        said = self.text_en if language == "en" and self.text_en else self.text_tr
        return said.replace("{year}", str(year))


@dataclass(frozen=True, slots=True)
class Expected:
    """The answers that are right for a question, '' for none; `contains`: words that must stand in a text."""

    name: str
    values: tuple[str, ...]
    match: str = ""
    why_tr: str = ""
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """The words of the firm and the right answers for one questionnaire; without answers nothing is marked."""

    instrument_id: str
    says: tuple[Saying, ...] = ()
    answers: tuple[Expected, ...] = ()
    origin: str = OWN
    is_of_staff: bool = False

    def to_json(self) -> str:
        """The key as a fact of the study keeps it."""
        return json.dumps(
            {
                "instrument": self.instrument_id,
                "origin": self.origin,
                "says": [{"section": one.section, "tr": one.text_tr, "en": one.text_en} for one in self.says],
                "key": [
                    {
                        "name": one.name,
                        "values": list(one.values),
                        "match": one.match,
                        "why": {"tr": one.why_tr, "en": one.why_en},
                    }
                    for one in self.answers
                ],
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str, *, is_of_staff: bool = False) -> Key:
        """Read a key."""
        told: Mapping[str, Any] = json.loads(text)
        return cls(
            told["instrument"],
            tuple(Saying(one["section"], one["tr"], one.get("en", "")) for one in told["says"]),
            tuple(_expected(one) for one in told["key"]),
            told.get("origin", OWN),
            is_of_staff,
        )


def _expected(told: Mapping[str, Any]) -> Expected:
    why = told.get("why", {})
    return Expected(told["name"], tuple(told["values"]), told.get("match", ""), why.get("tr", ""), why.get("en", ""))


def bundled(instrument_id: str) -> Key | None:
    """The key that comes with the program, None where it has none for this questionnaire."""
    file = paths.resources() / "practice" / f"{instrument_id}.json"
    return Key.from_json(file.read_text(encoding="utf-8")) if file.is_file() else None


@dataclass(frozen=True, slots=True)
class Marked:
    """One question of the key: what was entered and what would have been right, in words, and why it matters."""

    number: str
    title: str
    given: str
    wanted: str
    is_right: bool
    why_tr: str = ""
    why_en: str = ""


def mark(interview: Interview, key: Key) -> tuple[Marked, ...]:
    """Every question of the key that the form has, in the order of the form."""
    known = [one for one in key.answers if one.name in interview.form.by_name]
    order = {item.path: place for place, item in enumerate(interview.form.items.values())}
    known.sort(key=lambda one: order.get(interview.form.by_name[one.name].path, 0))
    return tuple(_marked(interview, one) for one in known)


def _marked(interview: Interview, one: Expected) -> Marked:
    from kume_desktop.interview import page

    path = interview.path_of(one.name)
    given = interview.value(path) if interview.is_relevant(path) else ""
    row = page.row(interview, path)
    return Marked(
        row.number, row.title, _shown(row, given), _wanted(row, one), is_right(one, given), one.why_tr, one.why_en
    )


def is_right(one: Expected, given: str) -> bool:
    """Whether an answer is one of the right ones; several choices in any order, numbers by value, texts folded.

    >>> is_right(Expected("a", ("1 4",)), "4 1"), is_right(Expected("a", ("12", "13")), "13.0")
    (True, True)
    >>> is_right(Expected("a", ("soğutma",), CONTAINS), "Sanayi tipi SOGUTMA"), is_right(Expected("a", ("",)), "7")
    (True, False)
    """
    if one.match == CONTAINS:
        return any(turkish.fold(value) in turkish.fold(given) for value in one.values if value)
    return any(_same(value, given) for value in one.values)


def _same(value: str, given: str) -> bool:
    if not value or not given:
        return value == given
    if sorted(value.split()) == sorted(given.split()) or turkish.fold(value) == turkish.fold(given):
        return True
    try:
        return float(value) == float(given)
    except ValueError:
        return False


def _shown(row: Any, value: str) -> str:
    """An answer in the words of its choices; the empty one as ''."""
    words = {choice.name: choice.label for choice in row.choices}
    parts: Sequence[str] = [words[each] for each in value.split() if each in words]
    return ", ".join(parts) if parts and len(parts) == len(value.split()) else value


def _wanted(row: Any, one: Expected) -> str:
    return " / ".join(_shown(row, value) for value in one.values)


def of_interview(interview: Interview, says: Sequence[Saying]) -> Key:
    """A key made of an interview that was completed as it should be: every answer a person gave is the right one."""
    answers = tuple(
        Expected(spot.item.name, (interview.value(path),))
        for path, spot in interview.tree.spots.items()
        if not spot.item.repeats and spot.item.node.is_asked and interview.value(path) and interview.is_relevant(path)
        and not interview.is_read_only(path)
    )  # fmt: skip
    return Key(interview.form.instrument.id, tuple(says), answers, is_of_staff=True)
