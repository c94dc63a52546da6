"""Which question of an older version a question of a newer one is: by name, else by label, type and choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from kume_desktop.instruments.differences.written import words
from kume_desktop.instruments.model import Instrument, Kind, Node

ALIKE = 0.8
MOST_GUESSES = 20_000
Key = Callable[[Node, Instrument], object]
_BLOCKS = frozenset({Kind.GROUP, Kind.REPEAT})


class Sureness(StrEnum):
    """How sure it is that both are one question: the same name, the same words and choices, or similar words."""

    NAME = "name"
    SAME_WORDS = "same_words"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Pair:
    """A node of the older version and what it is in the newer one."""

    old: Node
    new: Node
    sureness: Sureness


def match(old: Instrument, new: Instrument) -> tuple[Pair, ...]:
    """Pairs in the order of the older version; nodes without a partner were removed or added.

    The same path is the same node; so is the same name where it is the only one left of its sort. What remains is
    guessed: the same label, type and choices, then labels that are at least 0.8 alike (Ratcliff and Obershelp).
    """
    found: dict[str, Pair] = {}
    left, right = _Side(old), _Side(new)
    left.pair_by(right, lambda node, _: node.path, Sureness.NAME, found)
    left.pair_by(right, lambda node, _: node.name, Sureness.NAME, found)
    left.pair_by(right, _identity, Sureness.SAME_WORDS, found)
    _guess(left, right, found)
    return tuple(found[node.path] for node in old.nodes() if node.path in found)


class _Side:
    """The nodes of one version that have no partner yet."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.free = {node.path: node for node in instrument.nodes()}
        self.paths = {node.name: node.path for node in instrument.nodes() if node.is_asked}

    def pair_by(self, other: _Side, key: Key, sureness: Sureness, found: dict[str, Pair]) -> None:
        """Pair those that alone have a key on either side."""
        mine, theirs = self._alone(key), other._alone(key)
        for each, old in mine.items():
            if each in theirs and (sureness is Sureness.NAME or self.go_together(other, old, theirs[each], found)):
                self.take(other, old, theirs[each], sureness, found)

    def go_together(self, other: _Side, old: Node, new: Node, found: Mapping[str, Pair]) -> bool:
        """Whether follow-ups (`x_other` of `x`) follow questions that are a pair themselves; others always do."""
        here, there = self._leader(old), other._leader(new)
        return here is there is None or (
            here is not None and there is not None and here in found and found[here].new.path == there
        )

    def take(self, other: _Side, old: Node, new: Node, sureness: Sureness, found: dict[str, Pair]) -> None:
        """Pair two nodes."""
        del self.free[old.path]
        del other.free[new.path]
        found[old.path] = Pair(old, new, sureness)

    def _leader(self, node: Node) -> str | None:
        """The path of the question that a follow-up is named after."""
        parts = node.name.split("_")
        leaders = ("_".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
        return next((self.paths[name] for name in leaders if name in self.paths), None)

    def _alone(self, key: Key) -> dict[object, Node]:
        keyed = [
            ((node.kind in _BLOCKS, made), node) for node in self.free.values() if (made := key(node, self.instrument))
        ]
        often = Counter(each for each, _node in keyed)
        return {each: node for each, node in keyed if often[each] == 1}


def _identity(node: Node, instrument: Instrument) -> object:
    """What makes two questions of different names the same one; None where the label says nothing."""
    text = _label(node, instrument)
    if not text or not node.is_asked:
        return None
    return node.kind, text, _names(node, instrument)


def _names(node: Node, instrument: Instrument) -> tuple[str, ...]:
    return tuple(sorted(choice.name for choice in instrument.lists.get(node.choices, ())))


def _label(node: Node, instrument: Instrument) -> str:
    return words(node.label, instrument.default_language).casefold()


def _guess(left: _Side, right: _Side, found: dict[str, Pair]) -> None:
    """Pair what is similar, the most similar first; a bounded number of comparisons."""
    olds = [node for node in left.free.values() if node.is_asked]
    news = [node for node in right.free.values() if node.is_asked]
    scored = sorted(_scores(olds, news, left.instrument, right.instrument), key=lambda each: -each[0])
    for _score, old, new in scored:
        free = old.path in left.free and new.path in right.free
        if free and left.go_together(right, old, new, found):
            left.take(right, old, new, Sureness.SIMILAR, found)


def _scores(
    olds: Sequence[Node], news: Sequence[Node], old: Instrument, new: Instrument
) -> Iterator[tuple[float, Node, Node]]:
    if len(olds) * len(news) > MOST_GUESSES:
        return
    for there in news:
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(_label(there, new))
        for here in olds:
            if here.kind is not there.kind or _overlap(_names(here, old), _names(there, new)) <= 0.5:
                continue
            matcher.set_seq1(_label(here, old))
            if matcher.real_quick_ratio() >= ALIKE and (score := matcher.ratio()) >= ALIKE:
                yield score, here, there


def _overlap(some: Iterable[str], others: Iterable[str]) -> float:
    """Share of names in both lists; 1 where neither has any."""
    first, second = set(some), set(others)
    return len(first & second) / len(first | second) if first or second else 1.0


def renames(pairs: Iterable[Pair]) -> Mapping[str, str]:
    """Older name -> newer name, of those that differ."""
    return {pair.old.name: pair.new.name for pair in pairs if pair.old.name != pair.new.name}
