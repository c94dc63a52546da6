"""A compiled form: its nodes as a tree of items, every expression parsed, and what must be worked out after what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kume_desktop.instruments.model import UNNAMED, Action, Event, Instrument, Kind, Node
from kume_desktop.xpath.analysis import References
from kume_desktop.xpath.code import TestRun
from kume_desktop.xpath.compiler import Compiled
from kume_desktop.xpath.source import Datatype


class Rule(StrEnum):
    """Which property of a node an expression works out."""

    CALCULATE = "calculate"
    RELEVANT = "relevant"
    REQUIRED = "required"
    READ_ONLY = "read_only"
    CHOICES = "choices"
    CONSTRAINT = "constraint"
    WARN = "warn"
    COUNT = "count"


COLUMNS: Mapping[Rule, str] = {
    Rule.CALCULATE: "calculation",
    Rule.RELEVANT: "relevant",
    Rule.REQUIRED: "required",
    Rule.READ_ONLY: "read_only",
    Rule.CHOICES: "choice_filter",
    Rule.CONSTRAINT: "constraint",
    Rule.WARN: "warn",
    Rule.COUNT: "repeat_count",
}
ONCE = re.compile(r"\bonce\s*\(")
OWN_VALUE = (Rule.CONSTRAINT, Rule.WARN, Rule.CHOICES)
"""Rules that look at the node's own value."""


LEAVES = frozenset({Rule.REQUIRED, Rule.READ_ONLY, Rule.CHOICES, Rule.CONSTRAINT, Rule.WARN})
"""Rules that nothing depends on."""


@dataclass(slots=True, eq=False, repr=False)
class Item:
    """A node of the form. `repeats` are the repeats around it, outermost first, without itself.

    `attached` are the attributes of a question that are worked out.
    `around` is the same with itself, if it is a repeat. `trail` are the names that lead to it from the innermost repeat
    outside it (or from the root), `tail` the same as the end of a path.
    """

    node: Node
    parent: Item | None
    repeats: tuple[Item, ...]
    children: tuple[Item, ...] = ()
    attached: tuple[Item, ...] = ()
    rules: dict[Rule, Vertex] = field(default_factory=dict)
    path: str = field(init=False)
    name: str = field(init=False)
    datatype: Datatype = field(init=False)
    is_repeat: bool = field(init=False)
    around: tuple[Item, ...] = field(init=False)
    trail: tuple[str, ...] = field(init=False)
    tail: str = field(init=False)

    def __post_init__(self) -> None:
        """Note what every act asks for."""
        self.path, self.name, self.datatype = self.node.path, self.node.name, self.node.datatype
        self.is_repeat = self.node.kind is Kind.REPEAT
        self.around = (*self.repeats, self) if self.is_repeat else self.repeats
        above = "/" + self.path.split("/", 2)[1] if not self.repeats else self.repeats[-1].path
        self.tail = self.path[len(above) :]
        self.trail = tuple(self.tail.split("/")[1:])

    @property
    def is_derived(self) -> bool:
        """Whether its value follows from others by a calculation that may run again at any time."""
        vertex = self.rules.get(Rule.CALCULATE)
        return vertex is not None and not vertex.volatile

    @property
    def is_counted(self) -> bool:
        """Whether it is a repeat whose rows follow a count."""
        return Rule.COUNT in self.rules

    @property
    def is_unique(self) -> bool:
        """Whether it begins with an identity of its own (the one of the interview is given when it is sent)."""
        inside_meta = self.parent is not None and self.parent.name == "meta"
        return self.node.preload == "uid" and not inside_meta and Rule.CALCULATE not in self.rules

    @property
    def is_open(self) -> bool:
        """Whether it is a repeat whose rows people add and remove."""
        return self.is_repeat and not self.is_counted and not self.node.fixed_rows

    def below(self) -> Iterator[Item]:
        """The item itself and everything in it, in document order."""
        stack = [self]
        while stack:
            item = stack.pop()
            yield item
            stack.extend(reversed(item.children))
            stack.extend(item.attached)


@dataclass(slots=True, eq=False, repr=False)
class Vertex:
    """An expression of a node. `rank`: the order in which vertices are worked out, each after all it refers to.

    `within`: how many of the repeats around the item (from the outermost) it never looks out of, so that a change in
    another row of these cannot touch it. `keeps`: it looks at its own earlier value by `once()`. `volatile`: it depends
    on clock, chance or its own past, so its value is recorded and not worked out again without need. `unveils`: generic
    paths whose values it sees even if their own rule hides them, because their rule looks at its item in turn.
    A leaf is flagged where its test gives `flagged_when`; one that `needs_value` is never flagged on a blank.
    """

    item: Item
    rule: Rule
    compiled: Compiled
    references: References
    within: int
    rank: int = 0
    unveils: frozenset[str] = frozenset()
    keeps: bool = field(init=False)
    volatile: bool = field(init=False)
    is_leaf: bool = field(init=False)
    is_single_leaf: bool = field(init=False)
    needs_value: bool = field(init=False)
    flagged_when: bool = field(init=False)
    test: TestRun = field(init=False)

    def __post_init__(self) -> None:
        """Note what every act asks for."""
        self.test = self.compiled.test
        self.keeps = ONCE.search(self.compiled.source) is not None
        self.volatile = self.references.clock or self.references.chance or self.keeps
        self.is_leaf = self.rule in LEAVES
        self.is_single_leaf = self.is_leaf and not self.item.around
        self.needs_value = self.rule in OWN_VALUE
        self.flagged_when = self.rule is not Rule.CONSTRAINT

    def sees_other_rows(self, repeat: Item) -> bool:
        """Whether rows other than its own (all, if it stands outside) can change what it gives."""
        depth = len(repeat.around)
        return self.within < depth or self.item.around[depth - 1 : depth] != (repeat,)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Block:
    """Questions that stand on one screen. `group` is their field-list group, if that is what keeps them together.

    `battery` is the choice list of a Likert battery ('' if it is none).
    """

    items: tuple[Item, ...]
    group: Item | None = None
    battery: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RowBlocks:
    """What is asked in every row of a repeat."""

    repeat: Item
    blocks: tuple[Block | RowBlocks, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Section:
    """A top-level group or repeat (`item`), or questions that stand beside them; `number` counts from 1."""

    path: str
    number: int
    item: Item | None
    blocks: tuple[Block | RowBlocks, ...]
    questions: tuple[Item, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Outline:
    """The pages of a form, fixed for all interviews: numbers do not move when questions become irrelevant.

    `numbers` maps generic paths of questions to '3.4' or '3.4a', `sections_of` to the place of their section. `reasons`
    maps the reason why a number is blank to the number: both are one row, with one number.
    """

    sections: tuple[Section, ...]
    numbers: Mapping[str, str]
    sections_of: Mapping[str, int]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Form:
    """A compiled instrument; the same for all its interviews.

    `dependants` maps a generic path to the vertices to work out when its value changes, by rank. `by_steps` holds the
    items by the names of their path.
    """

    instrument: Instrument
    root: Item
    items: Mapping[str, Item]
    by_name: Mapping[str, Item]
    vertices: tuple[Vertex, ...]
    dependants: Mapping[str, tuple[Vertex, ...]]
    counts: tuple[Vertex, ...]
    on_answer: Mapping[str, tuple[Action, ...]]
    outline: Outline
    by_steps: Mapping[tuple[str, ...], Item]

    def language(self, wanted: str) -> str:
        """The language to use: the wanted one if the form has it, else its default.

        A form that names no language is read in any: numbers, dates and names of months are then the reader's.
        """
        known = self.instrument.languages
        return wanted if wanted in known or known == (UNNAMED,) else self.instrument.default_language

    def actions(self, *events: Event) -> Iterator[Action]:
        """The actions of these events, in the form's order."""
        return (action for action in self.instrument.actions if not action.events.isdisjoint(events))
