"""The grammar of ODK's expressions: tokens, parser and nodes, in one file because each explains the others.

XPath 1.0 as XForms use it. Two deliberate liberties of the peers are kept: an operator word may touch a digit
(`1and1`), and comparisons chain from the left (`2 > 1 > 0`). Positions are 1-based, as people count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

_DEEPEST = 150
_NAME = r"[^\W\d][\w.\-·]*"
_OPERATORS = r"!=|<=|>=|[=<>+\-|]"
_REST = rf"""
    |(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    |(?P<symbol>::|//|\.\.|[()\[\].,@/*])
    |(?P<end>\Z)
    |(?P<strange>.)
)"""
_BEFORE_OPERAND = re.compile(rf"\s*(?:(?P<operator>{_OPERATORS}){_REST}", re.VERBOSE | re.DOTALL)
_AFTER_OPERAND = re.compile(
    rf"\s*(?:(?P<operator>{_OPERATORS}|\*|(?:and|or|div|mod)(?![^\W\d])){_REST}", re.VERBOSE | re.DOTALL
)
_OPERAND_ENDS = frozenset({")", "]", ".", "..", "*"})
LEVELS: Mapping[str, int] = MappingProxyType(
    {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}
    | {"+": 5, "-": 5, "*": 6, "div": 6, "mod": 6, "|": 8}
)
"""How tightly each operator binds; 7 is the sign in front of an operand."""
_STEP_STARTS = frozenset({".", "..", "@", "*"})
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})


class ExpressionError(Exception):
    """A text that is no expression, or one that cannot be evaluated; becomes the problem `form.expression-<code>`."""

    def __init__(self, code: str, position: int, params: Mapping[str, str | int] | None = None) -> None:
        super().__init__(code, position)
        self.code = code
        self.position = position
        self.params: Mapping[str, str | int] = {"position": position, **(params or {})}

    def __str__(self) -> str:
        """The code with its place, for logs and tests."""
        return f"{self.code} at character {self.position}: {dict(self.params)}"


class Axis(StrEnum):
    """Where a step looks, seen from its node."""

    ANCESTOR = "ancestor"
    ANCESTOR_OR_SELF = "ancestor-or-self"
    ATTRIBUTE = "attribute"
    CHILD = "child"
    DESCENDANT = "descendant"
    DESCENDANT_OR_SELF = "descendant-or-self"
    FOLLOWING = "following"
    FOLLOWING_SIBLING = "following-sibling"
    NAMESPACE = "namespace"
    PARENT = "parent"
    PRECEDING = "preceding"
    PRECEDING_SIBLING = "preceding-sibling"
    SELF = "self"


class Start(StrEnum):
    """Where a path without a head expression begins."""

    ROOT = "/"
    HERE = "."


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal."""

    value: float
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text literal, without its quotes."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negate:
    """A minus sign in front of an operand."""

    operand: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one level, from the left: `a - b + c`."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; `test` is a name, `*`, `prefix:*` or a node type such as `node()`."""

    axis: Axis
    test: str
    predicates: tuple[Expression, ...] = ()
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Path:
    """A location path from the root, from here, or from the nodes of another expression."""

    start: Start | Expression
    steps: tuple[Step, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression in parentheses (or a call) with predicates: `(a | b)[1]`."""

    primary: Expression
    predicates: tuple[Expression, ...]
    at: int = field(default=0, compare=False)


Expression = Number | Text | Negate | Chain | Call | Path | Filter


class _Kind(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    OPERATOR = "operator"
    SYMBOL = "symbol"
    END = "end"
    STRANGE = "strange"


_KINDS = {str(kind): kind for kind in _Kind}
_OPERANDS = frozenset({_Kind.NUMBER, _Kind.TEXT, _Kind.NAME})


class _Token(NamedTuple):
    kind: _Kind
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    """The tokens; what a word or a star is depends on whether an operand stands before it."""
    tokens: list[_Token] = []
    pattern, at = _BEFORE_OPERAND, 0
    while not tokens or tokens[-1].kind is not _Kind.END:
        match = pattern.match(text, at)
        assert match is not None  # noqa: S101 - the last alternatives match everything
        kind, found, at = _KINDS[match.lastgroup or ""], match[match.lastgroup or 0], match.end()
        if kind is _Kind.STRANGE:
            raise _strange(text, at - 1)
        tokens.append(_Token(kind, found, at - len(found) + 1))
        ends = kind in _OPERANDS or (kind is _Kind.SYMBOL and found in _OPERAND_ENDS)
        pattern = _AFTER_OPERAND if ends else _BEFORE_OPERAND
    return tokens


def _strange(text: str, at: int) -> ExpressionError:
    found = text[at]
    if found in "\"'":
        return ExpressionError("unclosed-text", at + 1, {"found": text[at : at + 20]})
    if found in "“”‘’„«»":
        return ExpressionError("curly-quote", at + 1, {"found": found})
    if text.startswith("${", at):
        return ExpressionError("unresolved-name", at + 1, {"found": text[at:].partition("}")[0] + "}"})
    return ExpressionError("strange-character", at + 1, {"found": found})


class _Parser:
    """Precedence climbing over the tokens of one text.

    Symbols are told by their text alone: no other token looks like one, except `*`, which may be an operator.
    """

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.index = 0
        self.kind, self.text, self.at = self.tokens[0]
        self.depth = 0

    def take(self) -> _Token:
        token = self.tokens[self.index]
        if token.kind is not _Kind.END:
            self.index += 1
            self.kind, self.text, self.at = self.tokens[self.index]
        return token

    def is_at(self, kind: _Kind) -> bool:
        return self.kind is kind

    def sees(self, symbol: str) -> bool:
        return self.text == symbol

    def follows(self, symbol: str) -> bool:
        return self.tokens[self.index + 1].text == symbol

    def expect(self, symbol: str) -> None:
        if self.text != symbol:
            code = "unclosed-bracket" if self.kind is _Kind.END else "missing-symbol"
            raise ExpressionError(code, self.at, {"expected": symbol, "found": self.text})
        self.take()

    def unexpected(self) -> ExpressionError:
        if self.kind is _Kind.END:
            return ExpressionError("unexpected-end", self.at)
        return ExpressionError("unexpected", self.at, {"found": self.text})

    def whole(self) -> Expression:
        if self.is_at(_Kind.END):
            raise ExpressionError("empty", 1)
        result = self.expression(1)
        if not self.is_at(_Kind.END):
            raise self.unexpected()
        return result

    def expression(self, floor: int) -> Expression:
        """An expression whose operators bind at least as tightly as `floor`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ExpressionError("too-deep", self.at)
        left = self.signed()
        while (level := self.level()) >= floor:
            at = self.at
            rest = []
            while self.level() == level:
                operator = self.take().text
                rest.append((operator, self.expression(level + 1)))
            left = Chain(left, tuple(rest), at)
        self.depth -= 1
        return left

    def level(self) -> int:
        return LEVELS[self.text] if self.kind is _Kind.OPERATOR else 0

    def signed(self) -> Expression:
        if self.text == "-":
            at = self.take().at
            return Negate(self.expression(8), at)
        return self.path()

    def path(self) -> Expression:
        at = self.at
        if self.starts_primary():
            return self.filtered()
        if self.sees("/"):
            self.take()
            return Path(Start.ROOT, self.steps() if self.starts_step() else (), at)
        if self.sees("//"):
            return Path(Start.ROOT, self.more_steps([]), at)
        if self.starts_step():
            return Path(Start.HERE, self.steps(), at)
        raise self.unexpected()

    def starts_primary(self) -> bool:
        if self.kind is _Kind.NAME:
            return self.follows("(") and self.text not in _NODE_TYPES
        return self.kind is _Kind.NUMBER or self.kind is _Kind.TEXT or self.text == "("

    def starts_step(self) -> bool:
        return self.kind is _Kind.NAME or (self.kind is _Kind.SYMBOL and self.text in _STEP_STARTS)

    def filtered(self) -> Expression:
        at = self.at
        primary = self.primary()
        predicates = self.predicates()
        if predicates:
            primary = Filter(primary, predicates, at)
        if self.sees("/"):
            self.take()
            return Path(primary, self.steps(), at)
        if self.sees("//"):
            return Path(primary, self.more_steps([]), at)
        return primary

    def primary(self) -> Expression:
        kind, text, at = self.take()
        if kind is _Kind.NUMBER:
            return Number(float(text), at)
        if kind is _Kind.TEXT:
            return Text(text[1:-1], at)
        if kind is _Kind.SYMBOL:
            inner = self.expression(1)
            self.expect(")")
            return inner
        self.take()
        arguments: list[Expression] = []
        if not self.sees(")"):
            arguments.append(self.expression(1))
            while self.sees(","):
                self.take()
                arguments.append(self.expression(1))
        self.expect(")")
        return Call(text, tuple(arguments), at)

    def steps(self) -> tuple[Step, ...]:
        return self.more_steps([self.step()])

    def more_steps(self, steps: list[Step]) -> tuple[Step, ...]:
        while self.text in {"/", "//"}:
            token = self.take()
            if token.text == "//":
                steps.append(Step(Axis.DESCENDANT_OR_SELF, "node()", (), token.at))
            steps.append(self.step())
        return tuple(steps)

    def step(self) -> Step:
        at = self.at
        if self.sees("."):
            self.take()
            return Step(Axis.SELF, "node()", self.predicates(), at)
        if self.sees(".."):
            self.take()
            return Step(Axis.PARENT, "node()", self.predicates(), at)
        axis = self.axis()
        return Step(axis, self.node_test(), self.predicates(), at)

    def axis(self) -> Axis:
        if self.sees("@"):
            self.take()
            return Axis.ATTRIBUTE
        if self.kind is not _Kind.NAME or not self.follows("::"):
            return Axis.CHILD
        name = self.take()
        self.take()
        if name.text not in set(Axis):
            raise ExpressionError("unknown-axis", name.at, {"found": name.text})
        return Axis(name.text)

    def node_test(self) -> str:
        if self.sees("*"):
            return self.take().text
        if not self.is_at(_Kind.NAME):
            raise self.unexpected()
        name = self.take().text
        if not self.sees("("):
            return name
        if name not in _NODE_TYPES:
            raise self.unexpected()
        self.take()
        if self.is_at(_Kind.TEXT):
            self.take()
        self.expect(")")
        return f"{name}()"

    def predicates(self) -> tuple[Expression, ...]:
        if self.text != "[":
            return ()
        found = []
        while self.sees("["):
            self.take()
            found.append(self.expression(1))
            self.expect("]")
        return tuple(found)


def parse(text: str) -> Expression:
    """Read an expression; raises `ExpressionError` at the first character that cannot be right."""
    return _Parser(text).whole()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside it, outside first."""
    stack: list[Expression] = [expression]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(parts(node)))


def parts(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside `node`, in the order of the text."""
    match node:
        case Number() | Text():
            return ()
        case Negate():
            return (node.operand,)
        case Chain():
            return (node.first, *(operand for _, operand in node.rest))
        case Call():
            return node.arguments
        case Filter():
            return (node.primary, *node.predicates)
        case Path():
            head = () if isinstance(node.start, Start) else (node.start,)
            return (*head, *(predicate for step in node.steps for predicate in step.predicates))


def show(expression: Expression) -> str:
    """A text that parses to an equal expression."""
    return _show(expression, 0)


def _show(node: Expression, floor: int) -> str:
    match node:
        case Number():
            return format(Decimal(repr(node.value)), "f").removesuffix(".0")
        case Text():
            return f'"{node.value}"' if "'" in node.value else f"'{node.value}'"
        case Negate():
            return _in_parentheses(f"- {_show(node.operand, 7)}", floor > 7)
        case Chain():
            level = LEVELS[node.rest[0][0]]
            pieces = [_show(node.first, level), *(f"{op} {_show(part, level)}" for op, part in node.rest)]
            return _in_parentheses(" ".join(pieces), level <= floor)
        case Call():
            return f"{node.name}({', '.join(_show(argument, 0) for argument in node.arguments)})"
        case Filter():
            return _show_head(node.primary) + _show_predicates(node.predicates)
        case Path():
            return _show_path(node)


def _in_parentheses(text: str, wanted: bool) -> str:
    return f"({text})" if wanted else text


def _show_head(node: Expression) -> str:
    bare = isinstance(node, Call | Filter)
    return _in_parentheses(_show(node, 0), not bare)


def _show_predicates(predicates: tuple[Expression, ...]) -> str:
    return "".join(f"[{_show(predicate, 0)}]" for predicate in predicates)


def _show_path(node: Path) -> str:
    steps = "/".join(f"{step.axis}::{step.test}{_show_predicates(step.predicates)}" for step in node.steps)
    if node.start is Start.ROOT:
        return f"/{steps}" if steps else "(/)"
    return steps if node.start is Start.HERE else f"{_show_head(node.start)}/{steps}"
