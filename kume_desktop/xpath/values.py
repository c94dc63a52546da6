"""What values are in numbers, in text, as a condition, and compared with each other.

A value is a text, a number, a boolean or a sequence of nodes. The rules follow Collect where it decided something and
XPath 1.0 elsewhere: a blank node is false, NaN is stored as blank, nodes carry the type of their bind, numbers within
1e-12 are equal, a path that finds nothing counts as one blank node in a comparison.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from math import isnan
from types import MappingProxyType

from kume_desktop.xpath import moments
from kume_desktop.xpath.source import Context, Datatype, Node, Source, Trouble, Value

NAN = math.nan
_TOLERANCE = 1e-12
_NUMERAL = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")
_INT, _DECIMAL = Datatype.INT, Datatype.DECIMAL


class Frame:
    """The scope inside a predicate: one node after the other, everything else as outside.

    Who evaluates many expressions may keep a frame of its own (a subclass that fills the fields) and set `node` anew
    for each, instead of making a `Context` every time.
    """

    __slots__ = ("choice_label", "current", "itext", "language", "node", "now",
                 "position", "properties", "random", "session", "size", "source", "troubles")  # fmt: skip
    source: Source
    node: Node
    position: int
    size: int
    current: Node
    language: str
    now: Callable[[], datetime]
    random: Callable[[], float]
    choice_label: Callable[[str, str], str] | None
    properties: Mapping[str, str]
    itext: Callable[[str], str] | None
    session: str
    troubles: list[Trouble] | None

    def __init__(self, outer: Context | Frame, size: int) -> None:
        self.source = outer.source
        self.node = None
        self.position = 0
        self.size = size
        self.current = outer.node if outer.current is None else outer.current
        self.language = outer.language
        self.now = outer.now
        self.random = outer.random
        self.choice_label = outer.choice_label
        self.properties = outer.properties
        self.itext = outer.itext
        self.session = outer.session
        self.troubles = getattr(outer, "troubles", None)


Scope = Context | Frame


def note(scope: Scope, code: str, **params: str | int) -> None:
    """Tell that a value is blank or false because something went wrong; nobody may be listening."""
    troubles: list[Trouble] | None = getattr(scope, "troubles", None)
    if troubles is not None:
        troubles.append(Trouble(code, params))


def zone(scope: Scope) -> tzinfo:
    """The local time zone."""
    return scope.now().tzinfo or UTC


def number_text(value: float) -> str:
    """A number as stored: shortest digits, no exponent below 1e21, NaN blank.

    >>> number_text(5.0), number_text(1e-7), number_text(123456789012345680000.0), number_text(float("nan"))
    ('5', '0.0000001', '123456789012345680000', '')
    """
    if isnan(value):
        return ""
    if abs(value) < 1e15 and value == (whole := int(value)):
        return str(whole)
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    shortest = repr(value)
    if "e" not in shortest:
        return shortest
    if abs(value) < 1e21:
        return format(Decimal(shortest), "f")
    mantissa, exponent = shortest.split("e")
    return f"{mantissa.removesuffix('.0')}e{exponent}"


@lru_cache(maxsize=16_384)
def numeral(text: str) -> float:
    """The number a text holds: digits, a sign, a point; no exponent, no comma. NaN otherwise."""
    return float(text) if _NUMERAL.fullmatch(text) else NAN


def text_number(text: str, scope: Scope) -> float:
    """A text as a number: a numeral, or the local day of a date or moment. NaN otherwise."""
    value = numeral(text)
    if not isnan(value) or not moments.looks_dated(text):
        return value
    return moments.days(text, zone(scope))


def node_number(node: Node, scope: Scope) -> float:
    """The value of a node as a number."""
    text = scope.source.text(node)
    value = numeral(text)
    if not isnan(value) or not text:
        return value
    if text in {"true", "false"} and scope.source.datatype(node) is Datatype.BOOLEAN:
        return float(text == "true")
    return text_number(text, scope)


def node_test(node: Node, scope: Scope) -> bool:
    """Whether a node counts as true: not blank, and by its type neither 0 nor false."""
    text = scope.source.text(node)
    if not text:
        return False
    datatype = scope.source.datatype(node)
    if datatype is _INT or datatype is _DECIMAL:
        return numeral(text) != 0
    return datatype is not Datatype.BOOLEAN or text in {"true", "1"}


def is_nodes(value: Value) -> bool:
    """Whether the value is a sequence of nodes."""
    return not isinstance(value, str | float | bool)


def as_text(value: Value, scope: Scope) -> str:
    """The value as text, as it is stored; nodes give their first one's."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return scope.source.text(value[0]) if value else ""


def as_number(value: Value, scope: Scope) -> float:
    """The value as a number; NaN where it is none."""
    if isinstance(value, float | bool):
        return float(value)
    if isinstance(value, str):
        return text_number(value, scope)
    return node_number(value[0], scope) if value else NAN


def as_test(value: Value, scope: Scope) -> bool:
    """The value as a condition."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not isnan(value)
    if isinstance(value, str):
        return value != ""
    return any(node_test(node, scope) for node in value)


def near(left: float, right: float) -> bool:
    """Whether two numbers are equal as far as anyone can see."""
    return left == right or abs(left - right) < _TOLERANCE


Order = Callable[[float, float], bool]
ORDERS: Mapping[str, Order] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)
Atom = str | float


def compare(symbol: str, left: Value, right: Value, scope: Scope) -> bool:
    """`left symbol right` by the rules of XPath 1.0: with nodes, whether some pair holds."""
    if isinstance(left, bool) or isinstance(right, bool):
        if symbol in {"=", "!="}:
            return (as_test(left, scope) is as_test(right, scope)) == (symbol == "=")
        left = float(left) if isinstance(left, bool) else left
        right = float(right) if isinstance(right, bool) else right
    lefts, rights = _atoms(left, scope), _atoms(right, scope)
    if symbol == "=":
        return any(atoms_equal(a, b, scope) for a in lefts for b in rights)
    if symbol == "!=":
        return any(not atoms_equal(a, b, scope) for a in lefts for b in rights)
    order = ORDERS[symbol]
    return any(atoms_ordered(order, a, b, scope) for a in lefts for b in rights)


def _atoms(value: Value, scope: Scope) -> Sequence[Atom]:
    if isinstance(value, str | float):
        return (value,)
    assert not isinstance(value, bool)  # noqa: S101 - compare() has taken the booleans
    return [node_atom(node, scope) for node in value] or ("",)


def node_atom(node: Node, scope: Scope) -> Atom:
    """A node's value for a comparison: a number where its bind says so, otherwise its text."""
    text = scope.source.text(node)
    if not text:
        return text
    datatype = scope.source.datatype(node)
    if datatype is _INT or datatype is _DECIMAL:
        value = numeral(text)
        return text if isnan(value) else value
    if datatype is Datatype.BOOLEAN:
        return "true" if text in {"true", "1"} else "false"
    return text


def atoms_equal(left: Atom, right: Atom, scope: Scope) -> bool:
    """Whether two single values are equal: as texts, as numbers if one is a number, as dates if both are."""
    if isinstance(left, str) and isinstance(right, str):
        if left == right:
            return True
        if not (moments.looks_dated(left) and moments.looks_dated(right)):
            return False
        return atoms_ordered(operator.eq, left, right, scope)
    first = text_number(left, scope) if isinstance(left, str) else left
    second = text_number(right, scope) if isinstance(right, str) else right
    return near(first, second)


def atoms_ordered(order: Order, left: Atom, right: Atom, scope: Scope) -> bool:
    """Whether two single values stand in this order; two moments are compared to the second."""
    if isinstance(left, str):
        if isinstance(right, str) and "T" in left and "T" in right:
            pair = moments.instants(left, right, zone(scope))
            if pair is not None:
                return order(*pair)
        left = text_number(left, scope)
    if isinstance(right, str):
        right = text_number(right, scope)
    return order(left, right)
