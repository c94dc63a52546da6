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
        """1-based among the siblings of the same name, hidden ones too."""

    def select(self, steps: tuple[str, ...]) -> Sequence[Node]:
        """All visible nodes of an absolute path of plain names of the main instance, in document order."""

    def lookup(self, instance: str, column: str, value: str) -> Sequence[Node]:
        """`instance(..)/root/item[column = value]` by a hash index, in document order."""


class RichSource(Source, Protocol):
    """A source of whole XML: `children` takes `@name` and `@*` for attributes; names with `#` are no elements."""

    def contents(self, node: Node) -> Sequence[Node]:
        """All nodes directly inside: elements, texts, comments, instructions."""

    def is_called(self, node: Node, name: str) -> bool:
        """Whether a name of an expression, perhaps with a prefix, means this node."""

    def namespace(self, node: Node) -> str:
        """The address of the node's namespace."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What made a value blank or false while an expression ran; the problem `form.expression-<code>`."""

    code: str
    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when an expression is evaluated; whatever is not in the tree comes in here.

    `now` gives an aware moment, whose zone is the local zone. `choice_label(path, value)` gives the label of a choice
    of the question at the generic absolute `path`, `itext(id)` a translated text, both in `language`. `session` is a
    text that stays the same for a whole interview; it seeds `randomize()` where the form gives no seed. `troubles`
    collects what goes wrong, where somebody wants to know.
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
    troubles: list[Trouble] | None = None
