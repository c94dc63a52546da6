"""What differs in questions that both versions have: type, texts, rules, flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kume_desktop.instruments.differences.found import Difference, Gravity, Means
from kume_desktop.instruments.differences.matching import Pair, renames
from kume_desktop.instruments.differences.written import Written
from kume_desktop.instruments.model import Instrument, Kind, Node, Personal

_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
_TEXTS = frozenset({Kind.TEXT, Kind.BARCODE, Kind.NOTE})
_FITTING = frozenset(
    {
        (Kind.INTEGER, Kind.DECIMAL),
        (Kind.RANGE, Kind.DECIMAL),
        (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE),
        (Kind.RANK, Kind.SELECT_MULTIPLE),
        (Kind.DATETIME, Kind.DATE),
    }
)
_RULES: Mapping[str, tuple[Gravity, Means]] = {
    "relevant": (Gravity.RULES, Means.MAY_HIDE),
    "required": (Gravity.ASKED, Means.MUST_ANSWER),
    "constraint": (Gravity.RULES, Means.MAY_OPEN),
    "warn": (Gravity.RULES, Means.MAY_OPEN),
    "choice_filter": (Gravity.RULES, Means.MAY_OPEN),
    "calculation": (Gravity.RULES, Means.COMPUTED_ANEW),
    "repeat_count": (Gravity.RULES, Means.MAY_HIDE),
    "read_only": (Gravity.RULES, Means.STAY),
    "default": (Gravity.RULES, Means.STAY),
    "dynamic_default": (Gravity.RULES, Means.STAY),
    "trigger": (Gravity.RULES, Means.STAY),
}
_FILTER = re.compile(r"/item\[(.*)\]", re.DOTALL)
_LABELS = ("label", "hint", "guidance", "required_message", "constraint_message", "warn_message")


def question_differences(old: Instrument, new: Instrument, pairs: tuple[Pair, ...]) -> Iterator[Difference]:
    """Every difference of nodes that stand in both versions."""
    before, now = Written(old, renames(pairs)), Written(new)
    languages = [code for code in new.languages if code in old.languages]
    for pair in pairs:
        yield from _kind(pair)
        yield from _rules(pair, before, now)
        yield from _labels(pair, before, now, languages)
        yield from _flags(pair)


def chain(node: Node, instrument: Instrument) -> tuple[str, ...]:
    """The paths of the repeats around a node, outermost first."""
    repeats = (each.path for each in instrument.nodes() if each.kind is Kind.REPEAT)
    return tuple(path for path in repeats if node.path.startswith(f"{path}/"))


def _kind(pair: Pair) -> Iterator[Difference]:
    old, new = pair.old.kind, pair.new.kind
    if old is new:
        return
    params = {"name": pair.new.name, "before": str(old), "after": str(new)}
    if not (pair.old.is_asked or pair.new.is_asked):
        gravity, means = Gravity.RULES, Means.COMPUTED_ANEW
    elif new in _TEXTS or (old, new) in _FITTING:
        gravity, means = Gravity.RULES, Means.STAY
    elif old in _TEXTS or {old, new} <= _NUMBERS or {old, new} <= {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
        gravity, means = Gravity.ANSWERS, Means.CONVERTED
    else:
        gravity, means = Gravity.ANSWERS, Means.ASKED_AGAIN
    yield Difference("type-changed", gravity, means, pair.new.name, params, pair.new.place)


def _rules(pair: Pair, before: Written, now: Written) -> Iterator[Difference]:
    for column, (gravity, means) in _RULES.items():
        was = _shown(before.expression(_text(pair.old, column), pair.old.path))
        became = _shown(now.expression(_text(pair.new, column), pair.new.path))
        if was == became:
            continue
        weight, effect = gravity, means
        if column == "required" and not became:
            weight, effect = Gravity.RULES, Means.STAY
        if column in {"constraint", "warn", "choice_filter"} and not became:
            effect = Means.STAY
        params = {"name": pair.new.name, "column": column, "before": was or "–", "after": became or "–"}
        code = "rule-added" if not was else "rule-removed" if not became else "rule-changed"
        yield Difference(code, weight, effect, pair.new.name, params, pair.new.place)


def _text(node: Node, column: str) -> str:
    """An expression of a node; of a filtered list only the filter."""
    text: str = getattr(node, column)
    found = _FILTER.search(text) if column == "choice_filter" else None
    return found.group(1) if found else text


def _shown(expression: str) -> str:
    """As people write it: `yes` for true(), nothing for false()."""
    return {"true()": "yes", "false()": ""}.get(expression, expression)


def _labels(pair: Pair, before: Written, now: Written, languages: Iterable[str]) -> Iterator[Difference]:
    for column in _LABELS:
        for language in languages:
            was = before.label(getattr(pair.old, column), language, pair.old.path)
            became = now.label(getattr(pair.new, column), language, pair.new.path)
            if was != became:
                params = {
                    "name": pair.new.name, "column": column, "language": language, "before": was or "–",
                    "after": became or "–",
                }  # fmt: skip
                yield Difference("text-changed", Gravity.WORDS, Means.STAY, pair.new.name, params, pair.new.place)


def _flags(pair: Pair) -> Iterator[Difference]:
    was, became = pair.old, pair.new
    values = {
        "personal": (_flag(was.personal), _flag(became.personal)),
        "purpose": (was.purpose, became.purpose),
        "appearance": (" ".join(sorted(was.appearance)), " ".join(sorted(became.appearance))),
        "parameters": (_listed(was.parameters), _listed(became.parameters)),
    }
    for column, (before, after) in values.items():
        if before != after:
            gravity = Gravity.LAYOUT if column == "appearance" else Gravity.RULES
            params = {"name": became.name, "column": column, "before": before or "–", "after": after or "–"}
            yield Difference("rule-changed", gravity, Means.STAY, became.name, params, became.place)


def _flag(flag: Personal) -> str:
    return "" if flag is Personal.NONE else str(flag)


def _listed(parameters: Mapping[str, str]) -> str:
    return " ".join(f"{key}={value}" for key, value in sorted(parameters.items()))
