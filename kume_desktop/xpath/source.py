"""What an expression can see: a source of nodes, and the context it is evaluated in.

The room knows no forms. The interview core hands in a `Source` over its own immutable state; external lists
(`instance('firms')`) are sources of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

Node = Hashable
Value = str | float | bool | Sequence[Hashable]


class Datatype(StrEnum):
    """The bind type of a node; decides how its text enters arithmetic."""

    STRING = "string"
    INT = "int"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"


class Source(Protocol):
    """A tree of nodes that may hide some of them (irrelevant ones are not there)."""

    def root(self, instance: str | None) -> Node | None:
        """The root element of the main instance (None) or of a secondary instance; None if there is none."""

    def parent(self, node: Node) -> Node | None:
        """The parent; None above a root element."""

    def children(self, node: Node, name: str | None) -> Sequence[Node]:
        """Visible children in document order, those called `name` or all of them."""

    def name(self, node: Node) -> str:
        """The element name."""

    def text(self, node: Node) -> str:
        """The value as stored, '' when blank or hidden; for an inner node the joined text of its leaves."""

    def datatype(self, node: Node) -> Datatype:
        """The bind type."""

    def position(self, node: Node) -> int:
        """1-based among the visible siblings of the same name."""

    def select(self, steps: tuple[str, ...]) -> Sequence[Node]:
        """All visible nodes of an absolute path of plain names of the main instance, in document order."""

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Node]:
        """`instance(..)/root/item[column = value]` by a hash index, in document order."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when an expression is evaluated; whatever is not in the tree comes in here.

    `now` gives an aware moment, whose zone is the local zone. `choice_label(path, value)` gives the label of a choice
    of the question at the generic absolute `path`, `itext(id)` a translated text, both in `language`. `session` is a
    text that stays the same for a whole interview; it seeds `randomize()` where the form gives no seed.
    """

    source: Source
    node: Node
    position: int = 1
    size: int = 1
    current: Node = None
    language: str = "tr"
    now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone()
    random: Callable[[], float] = lambda: 0.5
    choice_label: Callable[[str, str], str] | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    itext: Callable[[str], str] | None = None
    session: str = ""
