"""The grammar of ODK's expressions: tokens, parser and nodes, in one file because each explains the others.

XPath 1.0 as XForms use it. Two deliberate liberties of the peers are kept: an operator word may touch a digit
(`1and1`), and comparisons chain from the left (`2 > 1 > 0`). Positions are 1-based, as people count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

_DEEPEST = 120
_LONGEST_PATH = 500
_LONGEST = 1_000_000
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
_PLAIN_PATH = rf"(?P<path>(?>(?:\.\.(?:/\.\.)*)?(?:/{_NAME})+)(?!\s*[\[(/:]))"
"""A path of names alone, from the root or upwards, which is nearly every path of a form: one token."""
_BEFORE_OPERAND = re.compile(rf"\s*(?:{_PLAIN_PATH}|(?P<operator>{_OPERATORS}){_REST}", re.VERBOSE | re.DOTALL)
_IN_PATH = re.compile(rf"\s*(?:(?P<operator>{_OPERATORS}){_REST}", re.VERBOSE | re.DOTALL)
_AFTER_OPERAND = re.compile(
    rf"\s*(?:(?P<operator>{_OPERATORS}|\*|(?:and|or|div|mod)(?![^\W\d])){_REST}", re.VERBOSE | re.DOTALL
)
_NEXT = MappingProxyType(
    dict.fromkeys((")", "]", ".", "..", "*"), _AFTER_OPERAND) | dict.fromkeys(("/", "//", "::", "@"), _IN_PATH)
)
"""What may follow a symbol; an operand where nothing is said."""
_DEEPER = MappingProxyType({"(": 1, "[": 1, ")": -1, "]": -1})
LEVELS: Mapping[str, int] = MappingProxyType(
    {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}
    | {"+": 5, "-": 5, "*": 6, "div": 6, "mod": 6, "|": 8}
)
"""How tightly each operator binds; 7 is the sign in front of an operand."""
_SLASHES = frozenset({"/", "//"})
_CLOSERS = frozenset({")", "]", ","})
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
    PATH = "path"
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    OPERATOR = "operator"
    SYMBOL = "symbol"
    END = "end"
    STRANGE = "strange"


_KINDS = {str(kind): kind for kind in _Kind}
_OPERANDS = frozenset({_Kind.PATH, _Kind.NUMBER, _Kind.TEXT, _Kind.NAME})


class _Token(NamedTuple):
    kind: _Kind
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    """The tokens; what a word or a star is depends on whether an operand stands before it."""
    tokens: list[_Token] = []
    pattern, at, kind, depth = _BEFORE_OPERAND, 0, None, 0
    while kind is not _Kind.END:
        match = pattern.match(text, at)
        assert match is not None and match.lastgroup is not None  # noqa: S101 - the last alternatives match everything
        kind, found, at = _KINDS[match.lastgroup], match[match.lastgroup], match.end()
        if kind is _Kind.STRANGE:
            raise _strange(text, at - 1)
        tokens.append(_Token(kind, found, at - len(found) + 1))
        if kind in _OPERANDS:
            pattern = _AFTER_OPERAND
        elif kind is _Kind.SYMBOL:
            pattern = _NEXT.get(found, _BEFORE_OPERAND)
            depth += _DEEPER.get(found, 0)
            if depth > _DEEPEST:
                raise ExpressionError("too-deep", at)
        else:
            pattern = _BEFORE_OPERAND
    return tokens


@lru_cache(maxsize=16_384)
def _plain_steps(text: str) -> tuple[Step, ...]:
    """The steps of a plain path."""
    names = text.removeprefix("/").split("/")
    return tuple(_UP if name == ".." else Step(Axis.CHILD, name) for name in names)


_UP = Step(Axis.PARENT, "node()")


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
                operator = self.text
                self.take()
                rest.append((operator, self.operand(level + 1)))
            left = Chain(left, tuple(rest), at)
        self.depth -= 1
        return left

    def level(self) -> int:
        return LEVELS[self.text] if self.kind is _Kind.OPERATOR else 0

    def operand(self, floor: int) -> Expression:
        """What follows an operator; a single token without going deeper."""
        if (self.kind is _Kind.PATH or self.kind is _Kind.NUMBER or self.kind is _Kind.TEXT) and self.ends_next():
            return self.signed()
        if floor > LEVELS["|"] and self.text == "-":
            raise self.unexpected()
        return self.expression(floor)

    def ends_next(self) -> bool:
        """Whether the operand ends with this token, and nothing that binds more tightly follows."""
        kind, text, _ = self.tokens[self.index + 1]
        return kind is _Kind.END or (kind is _Kind.SYMBOL and text in _CLOSERS)

    def signed(self) -> Expression:
        if self.kind is _Kind.PATH:
            return self.plain_path()
        if self.text == "-":
            at = self.take().at
            return Negate(self.expression(8), at)
        return self.path()

    def plain_path(self) -> Expression:
        _, text, at = self.take()
        steps = _plain_steps(text)
        if len(steps) > _LONGEST_PATH:
            raise ExpressionError("too-deep", at)
        return Path(Start.ROOT if text[0] == "/" else Start.HERE, steps, at)

    def path(self) -> Expression:
        at = self.at
        start: Start | Expression
        if self.starts_primary():
            start = self.primary()
            if self.text == "[":
                start = Filter(start, self.predicates(), at)
            if self.text not in _SLASHES:
                return start
        elif self.text in _SLASHES:
            start = Start.ROOT
        elif self.starts_step():
            return Path(Start.HERE, self.steps(), at)
        else:
            raise self.unexpected()
        if self.text == "//":
            return Path(start, self.more_steps([]), at)
        self.take()
        bare = start is Start.ROOT and not self.starts_step()
        return Path(start, () if bare else self.steps(), at)

    def starts_primary(self) -> bool:
        if self.kind is _Kind.NAME:
            return self.follows("(") and self.text not in _NODE_TYPES
        return self.kind is _Kind.NUMBER or self.kind is _Kind.TEXT or self.text == "("

    def starts_step(self) -> bool:
        return self.kind is _Kind.NAME or (self.kind is _Kind.SYMBOL and self.text in _STEP_STARTS)

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
        while self.text in _SLASHES:
            token = self.take()
            if token.text == "//":
                steps.append(Step(Axis.DESCENDANT_OR_SELF, "node()", (), token.at))
            steps.append(self.step())
            if len(steps) > _LONGEST_PATH:
                raise ExpressionError("too-deep", token.at)
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
        test, target = self.node_test()
        return Step(axis, test, target + self.predicates(), at)

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

    def node_test(self) -> tuple[str, tuple[Expression, ...]]:
        """A name or node type; the target of an instruction becomes a predicate on its name."""
        if self.sees("*"):
            return self.take().text, ()
        if not self.is_at(_Kind.NAME):
            raise self.unexpected()
        name = self.take().text
        if not self.sees("("):
            return name, ()
        if name not in _NODE_TYPES:
            raise self.unexpected()
        self.take()
        target: tuple[Expression, ...] = ()
        if self.is_at(_Kind.TEXT) and name == "processing-instruction":
            _, text, at = self.take()
            target = (Chain(Call("name", (), at), (("=", Text(text[1:-1], at)),), at),)
        self.expect(")")
        return f"{name}()", target

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
    if len(text) > _LONGEST:
        raise ExpressionError("too-long", _LONGEST, {"limit": _LONGEST})
    try:
        return _Parser(text).whole()
    except RecursionError:
        raise ExpressionError("too-deep", 1) from None


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
