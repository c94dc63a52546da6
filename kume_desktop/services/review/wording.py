"""Questions and answers in words, read off the form alone: no interview has to be worked out for a list of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop import texts

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form
    from kume_desktop.services.studies import Study

_ROW = re.compile(r"\[[^\]]*\]")
_SEVERAL = "select_multiple"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its number ('' for none), its words, the words of its section, the row of the repeat it is in."""

    number: str
    title: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: what a person reads first (the digit of a level, a number, a word), and the word of its choice."""

    text: str
    label: str = ""

    @property
    def line(self) -> str:
        """Both in a line."""
        return f"{self.text} {self.label}".strip()


class Wording:
    """The words of the questionnaires of a study; each question is worked out once."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._asked: dict[tuple[str, str], Asked] = {}
        self._lists: dict[tuple[str, str], dict[str, str]] = {}

    def asked(self, version_id: str, path: str) -> Asked:
        """The question at a path; what its text takes from other answers stands as dots."""
        where = (version_id, generic(path))
        if where not in self._asked:
            self._asked[where] = _asked(self._study.form(version_id), where[1])
        return self._asked[where]

    def given(self, version_id: str, path: str, value: str | None) -> Given:
        """An answer of the question at a path."""
        if value is None:
            return Given("")
        form = self._study.form(version_id)
        item = form.items.get(generic(path))
        if item is None or not item.node.choices:
            return Given(_number(value))
        known = self._list(version_id, form, item.node.choices)
        if value in known:
            return Given(value, known[value]) if value.isdecimal() else Given(known[value])
        parts = [known.get(part, part) for part in value.split()]
        return Given(", ".join(parts) if parts else value)

    def _list(self, version_id: str, form: Form, name: str) -> dict[str, str]:
        """The choices of a list with their words, worked out once."""
        where = (version_id, name)
        if where not in self._lists:
            found = form.instrument.lists.get(name, ())
            self._lists[where] = {choice.name: _label(form, choice.label) for choice in found}
        return self._lists[where]

    def choices(self, version_id: str, path: str) -> tuple[tuple[str, str], ...]:
        """The answers that a question offers, as stored and in words; none where anything can be typed."""
        form = self._study.form(version_id)
        item = form.items.get(generic(path))
        if item is None or not item.node.choices or item.node.kind.value == _SEVERAL:
            return ()
        found = form.instrument.lists.get(item.node.choices, ())
        return tuple((choice.name, _label(form, choice.label)) for choice in found)


def generic(path: str) -> str:
    """The path without the rows of repeats and without a register."""
    plain = path.partition("#")[0]
    return _ROW.sub("", plain) if "[" in plain else plain


def _asked(form: Form, path: str) -> Asked:
    item = form.items.get(path)
    if item is None:
        return Asked("", path.rpartition("/")[2])
    number = form.outline.numbers.get(path, "")
    place = form.outline.sections_of.get(path)
    section = form.outline.sections[place] if place is not None else None
    words = _label(form, section.item.node.label) if section is not None and section.item is not None else ""
    return Asked(number, _label(form, item.node.label) or item.name, words)


def _label(form: Form, label: object) -> str:
    from kume_desktop.interview import labels

    pieces = labels.parts(label, texts.language(), form.instrument.default_language)  # type: ignore[arg-type]
    return labels.bare("".join(part.text or "…" for part in pieces))


def _number(value: str) -> str:
    """A decimal number as it is written in the language; everything else as it is."""
    if value.count(".") == 1 and value.replace(".", "").lstrip("-").isdecimal():
        return texts.number(float(value), len(value.rpartition(".")[2]))
    return value
