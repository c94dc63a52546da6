"""Compare two versions of an instrument: every difference as a record, the gravest first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kume_desktop.instruments.differences.found import Comparison, Difference, Gravity, Means
from kume_desktop.instruments.differences.lists import list_differences
from kume_desktop.instruments.differences.matching import Pair, Sureness, match, renames
from kume_desktop.instruments.differences.questions import chain, question_differences
from kume_desktop.instruments.differences.sheets import sheet_differences
from kume_desktop.instruments.differences.written import words
from kume_desktop.instruments.model import Instrument, Kind, Node

_BLOCKS = frozenset({Kind.GROUP, Kind.REPEAT})
_OWN_BLOCK = "meta"


def compare(old: Instrument, new: Instrument) -> Comparison:
    """What is different in `new`; Refused nothing: two instruments of different ids can be compared too."""
    pairs = match(old, new)
    found = [
        *_gone(old, pairs),
        *_come(new, pairs),
        *_renamed(old, pairs),
        *_places(old, new, pairs),
        *question_differences(old, new, pairs),
        *list_differences(old, new, pairs),
        *sheet_differences(old, new, renames(pairs)),
    ]
    ordered = sorted(found, key=lambda each: (each.weight, each.place.sheet, each.place.row))
    return Comparison(old.version, new.version, tuple(ordered), pairs)


def _gone(old: Instrument, pairs: Iterable[Pair]) -> Iterator[Difference]:
    stayed = {pair.old.path for pair in pairs}
    for node in old.nodes():
        if node.path not in stayed and not _is_technical(node):
            block, asked = node.kind in _BLOCKS, node.is_asked and node.kind is not Kind.NOTE
            code = "group-removed" if block else "question-removed" if node.is_asked else "value-removed"
            gravity = Gravity.ANSWERS if asked else Gravity.LAYOUT if block else Gravity.RULES
            means = Means.NOT_SHOWN if asked else Means.STAY
            params = {"name": node.name, "label": _said(node, old)}
            yield Difference(code, gravity, means, node.name, params, node.place)


def _come(new: Instrument, pairs: Iterable[Pair]) -> Iterator[Difference]:
    known = {pair.new.path for pair in pairs}
    for node in new.nodes():
        if node.path not in known and not _is_technical(node):
            block, asked = node.kind in _BLOCKS, node.is_asked and node.kind is not Kind.NOTE
            code = "group-added" if block else "question-added" if node.is_asked else "value-added"
            gravity = Gravity.ASKED if asked else Gravity.LAYOUT if block else Gravity.RULES
            means = Means.STAY if not asked else Means.MUST_ANSWER if node.required else Means.ASKED_NEW
            if not node.is_asked and not block:
                means = Means.COMPUTED_ANEW
            params = {"name": node.name, "label": _said(node, new)}
            yield Difference(code, gravity, means, node.name, params, node.place)


def _is_technical(node: Node) -> bool:
    """Whether it is the submission's own block or one of its values."""
    return f"/{_OWN_BLOCK}" in node.path and node.path.split("/")[2] == _OWN_BLOCK


def _said(node: Node, instrument: Instrument) -> str:
    return words(node.label, instrument.default_language)


def _renamed(old: Instrument, pairs: Iterable[Pair]) -> Iterator[Difference]:
    for pair in pairs:
        if pair.old.name != pair.new.name:
            sure = pair.sureness is Sureness.SAME_WORDS
            code = "question-renamed" if sure else "question-renamed-perhaps"
            params = {"name": pair.new.name, "before": pair.old.name, "label": _said(pair.old, old)}
            means = Means.STAY if sure else Means.MAY_HIDE
            gravity = Gravity.WORDS if sure else Gravity.ASKED
            yield Difference(code, gravity, means, pair.new.name, params, pair.new.place)


def _places(old: Instrument, new: Instrument, pairs: tuple[Pair, ...]) -> Iterator[Difference]:
    """Questions that stand in another group, and those whose place among their neighbours is another."""
    partner = {pair.old.path: pair.new.path for pair in pairs}
    titles = {node.path: _said(node, new) or node.name for node in new.nodes()}
    wanderers = _out_of_order([pair for pair in pairs if pair.old.kind not in _BLOCKS], new)
    for pair in pairs:
        before, now = pair.old.path.rpartition("/")[0], pair.new.path.rpartition("/")[0]
        moved_group = partner.get(before, _root_path(before, old, new)) != now
        if moved_group and pair.new.is_asked:
            same_rows = [partner.get(each) for each in chain(pair.old, old)] == list(chain(pair.new, new))
            gravity = Gravity.LAYOUT if same_rows else Gravity.ANSWERS
            params = {"name": pair.new.name, "group": titles.get(now, now.rpartition("/")[2])}
            means = Means.STAY if same_rows else Means.ASKED_AGAIN
            yield Difference("question-moved", gravity, means, pair.new.name, params, pair.new.place)
        elif pair.old.path in wanderers and pair.new.is_asked:
            after = wanderers[pair.old.path]
            code = "order-changed" if after else "order-first"
            params = {"name": pair.new.name, "after": after}
            yield Difference(code, Gravity.LAYOUT, Means.STAY, pair.new.name, params, pair.new.place)


def _root_path(path: str, old: Instrument, new: Instrument) -> str | None:
    return new.root.path if path == old.root.path else None


def _out_of_order(pairs: Iterable[Pair], new: Instrument) -> dict[str, str]:
    """Older path -> name of the question before it now, of the fewest questions whose move explains the new order."""
    order = {node.path: place for place, node in enumerate(new.nodes())}
    listed = list(pairs)
    places = [order[pair.new.path] for pair in listed]
    staying = _longest_rising(places)
    asked = [node for node in new.nodes() if node.is_asked]
    before = {node.path: previous.name for previous, node in pairwise(asked)}
    return {
        pair.old.path: before.get(pair.new.path, "")
        for pair, place in zip(listed, places, strict=True)
        if place not in staying
    }


def _longest_rising(places: list[int]) -> frozenset[int]:
    """The longest rising subsequence of distinct numbers (Fredman 1975: patience sorting with back links)."""
    tops: list[int] = []
    links: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        links[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    kept: list[int] = []
    last = tops[-1] if tops else None
    while last is not None:
        kept.append(last)
        last = links[last]
    return frozenset(kept)
