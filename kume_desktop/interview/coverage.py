"""What the cases of the sheet `tests` have gone through: questions, checks both ways, choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kume_desktop.instruments.model import SELECTS, Kind
from kume_desktop.interview.form import Form, Item, Rule
from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot

MOST_CHOICES = 30
"""Longer lists (towns, activity codes) count as one choice: nobody tests each."""
_CONSTANT = re.compile(r"\s*(?:true|false)\(\)\s*\Z")


class Way(StrEnum):
    """One of the two ways a check can come out."""

    FIRED = "fired"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Untried:
    """A check that never came out one way: `check` is its column in the sheet `survey`."""

    name: str
    check: str
    way: Way


@dataclass(frozen=True, slots=True)
class Unchosen:
    """The choices of a question that no case gave."""

    name: str
    listed: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """How many of how many."""

    covered: int
    total: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What all cases together have reached; the names are in the order of the form."""

    reached: Part
    answered: Part
    checks: Part
    choices: Part
    never_reached: tuple[str, ...]
    never_answered: tuple[str, ...]
    never_tried: tuple[Untried, ...]
    never_chosen: tuple[Unchosen, ...]

    @property
    def percent(self) -> float:
        """The covered share of everything that counts, 0 to 100; 100 where nothing counts."""
        parts = (self.reached, self.answered, self.checks, self.choices)
        total = sum(part.total for part in parts)
        return 100.0 * sum(part.covered for part in parts) / total if total else 100.0


@dataclass(slots=True)
class Watch:
    """Looks on while cases run. Paths are generic: a question in a repeat counts once."""

    form: Form
    reached: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    tried: set[tuple[str, Rule, Way]] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)

    def see(self, interview: Interview) -> None:
        """Note the state after a step."""
        for path, spot in interview.tree.spots.items():
            generic, rules = spot.item.path, spot.item.rules
            if Rule.RELEVANT in rules:
                if path in interview.own_false:
                    self.tried.add((generic, Rule.RELEVANT, Way.HELD))
                elif path not in interview.hidden:
                    self.tried.add((generic, Rule.RELEVANT, Way.FIRED))
            if path in interview.hidden:
                continue
            self.reached.add(generic)
            if Rule.REQUIRED in rules:
                way = Way.FIRED if path in interview.required_now else Way.HELD
                self.tried.add((generic, Rule.REQUIRED, way))
        self._open(interview)

    def _open(self, interview: Interview) -> None:
        for rule, paths in ((Rule.CONSTRAINT, interview.failing), (Rule.WARN, interview.unlikely)):
            self.tried.update((interview.tree.spots[path].item.path, rule, Way.FIRED) for path in paths)

    def took(self, spot: Spot, interview: Interview) -> None:
        """Note an answer that was taken."""
        item, value = spot.item, interview.values.get(spot.path, "")
        if not value:
            return
        self.answered.add(item.path)
        words = (value,) if item.node.kind is Kind.SELECT_ONE else value.split()
        self.chosen.update((item.path, word) for word in words)
        if Rule.CONSTRAINT in item.rules and spot.path not in interview.failing:
            self.tried.add((item.path, Rule.CONSTRAINT, Way.HELD))
        if Rule.WARN in item.rules and spot.path not in interview.unlikely:
            self.tried.add((item.path, Rule.WARN, Way.HELD))

    def refused(self, spot: Spot, codes: tuple[str, ...]) -> None:
        """Note an answer that its constraint did not let through."""
        if set(codes) & {"interview.refused", "interview.constraint"}:
            self.tried.add((spot.item.path, Rule.CONSTRAINT, Way.FIRED))

    def coverage(self) -> Coverage:
        """What was seen, against what the form has."""
        asked = [item for item in self.form.items.values() if item.node.is_asked]
        open_to_answers = [item for item in asked if _is_answerable(item)]
        checks = [each for item in self.form.items.values() for each in _checks(item)]
        untried = tuple(
            Untried(item.name, _COLUMNS[rule], way) for item, rule, way in checks if self._lacks(item, rule, way)
        )
        unchosen = tuple(self._unchosen(open_to_answers))
        offered = sum(len(_names(item, self.form)) for item in open_to_answers)
        missed = sum(len(each.choices) for each in unchosen)
        reached = [item for item in asked if item.path in self.reached]
        answered = [item for item in open_to_answers if item.path in self.answered]
        return Coverage(
            Part(len(reached), len(asked)),
            Part(len(answered), len(open_to_answers)),
            Part(len(checks) - len(untried), len(checks)),
            Part(offered - missed, offered),
            tuple(item.name for item in asked if item.path not in self.reached),
            tuple(item.name for item in open_to_answers if item.path not in self.answered),
            untried,
            unchosen,
        )

    def _lacks(self, item: Item, rule: Rule, way: Way) -> bool:
        return (item.path, rule, way) not in self.tried

    def _unchosen(self, items: list[Item]) -> Iterator[Unchosen]:
        for item in items:
            left = tuple(name for name in _names(item, self.form) if (item.path, name) not in self.chosen)
            if left:
                yield Unchosen(item.name, item.node.choices, left)


_COLUMNS = {
    Rule.RELEVANT: "relevant",
    Rule.REQUIRED: "required",
    Rule.CONSTRAINT: "constraint",
    Rule.WARN: "warn",
}


def _is_answerable(item: Item) -> bool:
    fixed = Rule.CALCULATE in item.rules or item.node.read_only.strip() == "true()"
    return item.node.kind is not Kind.NOTE and not fixed


def _checks(item: Item) -> Iterator[tuple[Item, Rule, Way]]:
    """The checks of a question, each in both ways; a rule that is always so counts for nothing."""
    for rule in _COLUMNS:
        vertex = item.rules.get(rule)
        if vertex is not None and not _CONSTANT.match(vertex.compiled.source):
            yield from ((item, rule, way) for way in Way)


def _names(item: Item, form: Form) -> tuple[str, ...]:
    """The choices that can be given to a question and count one by one."""
    listed = form.instrument.lists.get(item.node.choices, ()) if item.node.kind in SELECTS - {Kind.RANK} else ()
    return tuple(choice.name for choice in listed) if len(listed) <= MOST_CHOICES else ()
