"""Every text a person reads exists in both languages; every problem has its sentence."""

from __future__ import annotations

import ast
import io
import re
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from kume_desktop import paths, texts
from kume_desktop.problem_texts import SENTENCES
from tests.architecture.code import modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKS = {"_", "tr", "N_"}
MAKERS = {"problem", "warning", "Problem"}
CODE = r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*"
DOMAINS = sorted((paths.resources() / "locale" / "tr").glob("*.po"))


@dataclass(frozen=True)
class Call:
    """A call of one of our marking functions with a constant first argument."""

    place: str
    function: str
    text: str
    given: frozenset[str] | None  # names of the keywords; None where ** hides them


def _calls(names: set[str]) -> Iterator[Call]:
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            text = _constant(node.args[0])
            if name in names and text is not None:
                words = [word.arg for word in node.keywords]
                given = None if None in words else frozenset(word for word in words if word)
                yield Call(f"{module.shown}:{node.lineno}", name, text, given)


def _constant(node: ast.expr) -> str | None:
    """The text of an argument: a constant, or a constant marked by `N_` on the spot."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "N_" and node.args:
        return _constant(node.args[0])
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _places(text: str) -> set[str]:
    """The names in braces that filling the text needs."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


MARKED = sorted({call.text for call in _calls(MARKS)} | set(SENTENCES.values()))


def _read_with_babel(file: Path) -> dict[str, str]:
    from babel.messages.pofile import read_po

    entries = read_po(io.BytesIO(file.read_bytes()), locale="tr", abort_invalid=True)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id and not entry.fuzzy}


def test_that_every_text_has_a_turkish_translation():
    catalogue = texts.catalogue()
    assert [text for text in MARKED if text and text not in catalogue] == []


def test_that_translations_keep_the_places_to_fill():
    catalogue = texts.catalogue()
    broken = [text for text in MARKED if text in catalogue and _places(text) != _places(catalogue[text])]
    assert broken == []


def test_that_no_translation_is_left_of_a_text_that_is_gone():
    stale = {file.name: sorted(set(_read_with_babel(file)) - set(MARKED)) for file in DOMAINS}
    assert {name: gone for name, gone in stale.items() if gone} == {}


def test_that_the_domains_agree_where_they_translate_the_same_text():
    seen: dict[str, tuple[str, str]] = {}
    contradictions = []
    for file in DOMAINS:
        for text, turkish in _read_with_babel(file).items():
            other, before = seen.setdefault(text, (file.name, turkish))
            if before != turkish:
                contradictions.append(f"{text!r}: {other} {before!r}, {file.name} {turkish!r}")
    assert contradictions == []


@pytest.mark.parametrize("file", DOMAINS, ids=lambda file: file.name)
def test_that_our_reader_sees_what_babel_sees(file: Path):
    assert {key: text for key, text in texts.read_po(file) if key} == _read_with_babel(file)


@pytest.mark.parametrize("file", DOMAINS, ids=lambda file: file.name)
def test_that_no_entry_is_fuzzy_or_empty(file: Path):
    from babel.messages.pofile import read_po

    entries = [entry for entry in read_po(io.BytesIO(file.read_bytes()), locale="tr") if entry.id]
    assert [entry.id for entry in entries if entry.fuzzy or not entry.string] == []


def test_that_a_filled_text_is_given_everything_it_names():
    lacking = [
        f"{call.place}: {sorted(_places(call.text) - call.given)}"
        for call in _calls({"tr"})
        if call.given is not None and not _places(call.text) <= call.given
    ]
    assert lacking == []


def test_that_no_marked_text_is_an_f_string():
    """It would be filled before it is looked up, so it would never be found."""
    filled = [
        f"{module.shown}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS
        and node.args
        and isinstance(node.args[0], ast.JoinedStr)
    ]
    assert filled == []


def test_that_every_problem_has_its_sentence():
    unknown = [
        f"{call.place}: {call.text}"
        for call in _calls(MAKERS)
        if re.fullmatch(CODE, call.text) and call.text not in SENTENCES
    ]
    assert unknown == []


def test_that_every_sentence_is_filled_by_the_problems_that_use_it():
    lacking = [
        f"{call.place}: {call.text} lacks {sorted(_places(SENTENCES[call.text]) - call.given)}"
        for call in _calls({"problem", "warning"})
        if call.text in SENTENCES and call.given is not None and not _places(SENTENCES[call.text]) <= call.given
    ]
    assert lacking == []


def test_that_every_sentence_belongs_to_a_problem_that_exists():
    constants = {
        node.value
        for module in modules()
        if module.path.parent.name != "problem_texts"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    composed = {prefix for prefix in constants if prefix.endswith("-") and "." in prefix}
    used = {
        code
        for code in SENTENCES
        if code in constants
        or any(code.startswith(prefix) and code.removeprefix(prefix) in constants for prefix in composed)
    }
    assert sorted(set(SENTENCES) - used) == []


def test_that_a_room_that_gives_sentences_uses_its_own_prefixes():
    assert [code for code in SENTENCES if not re.fullmatch(CODE, code)] == []
