"""A compiled form: its nodes as a tree of items, every expression parsed, and what must be worked out after what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kume_desktop.instruments.model import Action, Event, Instrument, Kind, Node
from kume_desktop.xpath.analysis import References
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


@dataclass(slots=True, eq=False, repr=False)
class Item:
    """A node of the form. `repeats` are the repeats around it, outermost first, without itself."""

    node: Node
    parent: Item | None
    repeats: tuple[Item, ...]
    children: tuple[Item, ...] = ()
    rules: dict[Rule, Vertex] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The generic path."""
        return self.node.path

    @property
    def name(self) -> str:
        """The element name."""
        return self.node.name

    @property
    def datatype(self) -> Datatype:
        """The bind type."""
        return self.node.datatype

    @property
    def is_repeat(self) -> bool:
        """Whether it has rows."""
        return self.node.kind is Kind.REPEAT

    @property
    def is_derived(self) -> bool:
        """Whether its value follows from others by a calculation that may run again at any time."""
        vertex = self.rules.get(Rule.CALCULATE)
        return vertex is not None and not vertex.volatile

    def below(self) -> Iterator[Item]:
        """The item itself and everything in it, in document order."""
        stack = [self]
        while stack:
            item = stack.pop()
            yield item
            stack.extend(reversed(item.children))


@dataclass(slots=True, eq=False, repr=False)
class Vertex:
    """An expression of a node. `rank`: the order in which vertices are worked out, each after all it refers to.

    `wide`: it may look at other rows of a repeat it stands in, so a change in any row touches all rows. `volatile`: it
    depends on clock, chance or its own past, so its value is recorded and not worked out again without need.
    """

    item: Item
    rule: Rule
    compiled: Compiled
    references: References
    wide: bool
    rank: int = 0

    @property
    def volatile(self) -> bool:
        """Whether the value follows from more than the other values: from clock, chance, or what it was before."""
        return self.references.clock or self.references.chance or self.keeps

    @property
    def keeps(self) -> bool:
        """Whether it looks at its own earlier value by `once()`."""
        return ONCE.search(self.compiled.source) is not None


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

    `numbers` maps generic paths of questions to '3.4' or '3.4a', `sections_of` to the place of their section.
    """

    sections: tuple[Section, ...]
    numbers: Mapping[str, str]
    sections_of: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Form:
    """A compiled instrument; the same for all its interviews.

    `dependants` maps a generic path to the vertices to work out when its value changes, by rank.
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

    def language(self, wanted: str) -> str:
        """The language to use: the wanted one if the form has it, else its default."""
        return wanted if wanted in self.instrument.languages else self.instrument.default_language

    def actions(self, event: Event) -> Iterator[Action]:
        """The actions of an event, in the form's order."""
        return (action for action in self.instrument.actions if event in action.events)
