"""From a text to closures: each expression is parsed and compiled once, and kept by its text."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kume_desktop.xpath import values
from kume_desktop.xpath.analysis import References, find_references
from kume_desktop.xpath.code import (
    Code,
    Kind,
    NodesRun,
    NumberRun,
    Run,
    TestRun,
    TextRun,
    constant,
    folded,
    is_dated,
    nodes_run,
    number_run,
    of_nodes,
    of_number,
    of_test,
    test_run,
    text_run,
)
from kume_desktop.xpath.expression import (
    Call,
    Chain,
    Expression,
    ExpressionError,
    Filter,
    Negate,
    Number,
    Path,
    Start,
    Step,
    Text,
    parse,
)
from kume_desktop.xpath.findings import Finding, find_problems
from kume_desktop.xpath.library import FUNCTIONS
from kume_desktop.xpath.lookup import listed
from kume_desktop.xpath.paths import MAIN, absolute, along, in_order, is_self, keeping, plain_name, relative
from kume_desktop.xpath.source import Node, Value
from kume_desktop.xpath.values import NAN, ORDERS, Scope, compare


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to run; every field is called with a context.

    `evaluate` gives the value as it is, `text` as forms store it (NaN blank, booleans `true` and `false`), `test` as a
    condition, `number` as a number (NaN where it is none), `nodes` the nodes in document order (none where the value is
    no node set).
    """

    source: str
    tree: Expression
    evaluate: Run
    text: TextRun
    test: TestRun
    number: NumberRun
    nodes: NodesRun

    def references(self, base: str) -> References:
        """What the expression reads when the node at the generic absolute path `base` owns it."""
        return find_references(self.tree, base)

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with it or likely to be, in the order of the text."""
        return find_problems(self.tree)


@lru_cache(maxsize=65_536)
def compile_expression(text: str) -> Compiled:
    """Parse and compile; raises `ExpressionError` where the text is no expression.

    Unknown functions and wrong arities are findings; they raise only if that very call is evaluated.
    """
    tree = parse(text)
    code = build(tree)
    return Compiled(text, tree, code.run, text_run(code), test_run(code), number_run(code), nodes_run(code))


def build(node: Expression) -> Code:
    """The code of an expression."""
    match node:
        case Path():
            return listed(node, build) or _path(node)
        case Number() | Text():
            return constant(node.value)
        case Call():
            return _call(node)
        case Chain():
            return _chain(node)
        case Negate():
            inner = build(node.operand)
            run = number_run(inner)
            return folded(of_number(lambda scope: -run(scope)), inner)
        case Filter():
            return _filter(node)


# ------------------------------------------------------------------------------------------------ operators


def _chain(node: Chain) -> Code:
    operators = [symbol for symbol, _ in node.rest]
    codes = [build(node.first), *(build(operand) for _, operand in node.rest)]
    match operators[0]:
        case "or":
            return folded(_any(codes), *codes)
        case "and":
            return folded(_all(codes), *codes)
        case "|":
            return _union(codes)
        case "=" | "!=" | "<" | "<=" | ">" | ">=":
            return _pairwise(_comparison, operators, codes)
        case _:
            return _pairwise(_arithmetic, operators, codes)


def _pairwise(make: Callable[[str, Code, Code], Code], operators: Sequence[str], codes: Sequence[Code]) -> Code:
    if make is _arithmetic and len(codes) > 3 and set(operators) == {"+"}:
        return folded(_sum(codes), *codes)
    if len(operators) > _LONG_CHAIN:
        return _loop(make, operators, codes)
    result = codes[0]
    for symbol, code in zip(operators, codes[1:], strict=True):
        result = folded(make(symbol, result, code), result, code)
    return result


_LONG_CHAIN = 16
"""From so many operators on, a chain is worked out in a loop: nested calls would meet the recursion limit."""


def _loop(make: Callable[[str, Code, Code], Code], operators: Sequence[str], codes: Sequence[Code]) -> Code:
    if make is _arithmetic:
        return _calculating(operators, codes)
    first, pairs = codes[0].run, [(symbol, code.run) for symbol, code in zip(operators, codes[1:], strict=True)]

    def run(scope: Scope) -> bool:
        value = first(scope)
        for symbol, right in pairs:
            value = compare(symbol, value, right(scope), scope)
        return value is True

    return of_test(run)


def _calculating(operators: Sequence[str], codes: Sequence[Code]) -> Code:
    first = number_run(codes[0])
    pairs = [(_ARITHMETIC[symbol], number_run(code)) for symbol, code in zip(operators, codes[1:], strict=True)]

    def run(scope: Scope) -> float:
        value = first(scope)
        for apply, right in pairs:
            value = apply(value, right(scope))
        return value

    return of_number(run)


def _any(codes: Sequence[Code]) -> Code:
    tests = [test_run(code) for code in codes]
    if len(tests) == 2:
        first, second = tests
        return of_test(lambda scope: first(scope) or second(scope))

    def run(scope: Scope) -> bool:
        for test in tests:  # noqa: SIM110 - quicker than any() with a generator
            if test(scope):
                return True
        return False

    return of_test(run)


def _all(codes: Sequence[Code]) -> Code:
    tests = [test_run(code) for code in codes]
    if len(tests) == 2:
        first, second = tests
        return of_test(lambda scope: first(scope) and second(scope))

    def run(scope: Scope) -> bool:
        for test in tests:  # noqa: SIM110 - quicker than all() with a generator
            if not test(scope):
                return False
        return True

    return of_test(run)


def _union(codes: Sequence[Code]) -> Code:
    runs = [nodes_run(code) for code in codes]
    return of_nodes(lambda scope: in_order(scope.source, [node for run in runs for node in run(scope)]))


def _sum(codes: Sequence[Code]) -> Code:
    runs = [number_run(code) for code in codes]

    def run(scope: Scope) -> float:
        total = 0.0
        for each in runs:
            total += each(scope)
        return total

    return of_number(run)


def _divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    return NAN if right == 0 or math.isinf(left) else math.fmod(left, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _remainder,
}


def _arithmetic(symbol: str, left: Code, right: Code) -> Code:
    first, second, apply = number_run(left), number_run(right), _ARITHMETIC[symbol]
    if symbol == "+":
        return of_number(lambda scope: first(scope) + second(scope))
    if symbol == "-":
        return of_number(lambda scope: first(scope) - second(scope))
    return of_number(lambda scope: apply(first(scope), second(scope)))


# ------------------------------------------------------------------------------------------------ comparisons


def _comparison(symbol: str, left: Code, right: Code) -> Code:
    if left.constant is not None and right.constant is None and left.kind is not Kind.TEST:
        mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(symbol, symbol)
        return _comparison(mirrored, right, left)
    if left.kind is Kind.NODES and isinstance(right.constant, str) and symbol in {"=", "!="}:
        return of_test(_nodes_with_text(symbol, nodes_run(left), right.constant))
    if left.kind is Kind.NODES and right.kind is Kind.NUMBER and isinstance(right.constant, float):
        return of_test(_nodes_with_number(symbol, nodes_run(left), right.constant))
    if left.kind is Kind.NODES and right.kind is Kind.NODES:
        return of_test(_nodes_with_nodes(symbol, nodes_run(left), nodes_run(right)))
    if left.kind is Kind.NUMBER and right.kind is Kind.NUMBER:
        return of_test(_numbers(symbol, number_run(left), number_run(right)))
    first, second = left.run, right.run
    return of_test(lambda scope: compare(symbol, first(scope), second(scope), scope))


def _nodes_with_text(symbol: str, run: NodesRun, text: str) -> TestRun:
    wanted = symbol == "="
    is_word = math.isnan(values.numeral(text)) and not is_dated(text) and text not in {"true", "false"}

    def test(scope: Scope) -> bool:
        nodes = run(scope)
        source = scope.source
        if len(nodes) == 1:
            found = source.text(nodes[0])
            if is_word or found == text or not found:
                return (found == text) is wanted
            return values.atoms_equal(values.node_atom(nodes[0], scope), text, scope) is wanted
        if not nodes:
            return (not text) is wanted
        return any(values.atoms_equal(values.node_atom(node, scope), text, scope) is wanted for node in nodes)

    return test


def _nodes_with_number(symbol: str, run: NodesRun, number: float) -> TestRun:
    holds = _held(symbol)

    def test(scope: Scope) -> bool:
        nodes = run(scope)
        if len(nodes) == 1:
            return holds(values.node_number(nodes[0], scope), number)
        if not nodes:
            return holds(NAN, number)
        return any(holds(values.node_number(node, scope), number) for node in nodes)

    return test


def _nodes_with_nodes(symbol: str, first: NodesRun, second: NodesRun) -> TestRun:
    holds = _held(symbol)

    def test(scope: Scope) -> bool:
        lefts, rights = first(scope), second(scope)
        if len(lefts) == 1 and len(rights) == 1:
            left, right = values.node_atom(lefts[0], scope), values.node_atom(rights[0], scope)
            if isinstance(left, float) and isinstance(right, float):
                return holds(left, right)
        return compare(symbol, lefts, rights, scope)

    return test


def _numbers(symbol: str, first: NumberRun, second: NumberRun) -> TestRun:
    holds = _held(symbol)
    return lambda scope: holds(first(scope), second(scope))


def _held(symbol: str) -> values.Order:
    if symbol == "=":
        return values.near
    return (lambda left, right: not values.near(left, right)) if symbol == "!=" else ORDERS[symbol]


# ------------------------------------------------------------------------------------------------ calls and paths

_FLAT_CALLS = frozenset({"instance", "current", "randomize"})
"""Functions whose nodes lie beside each other, or in an order that must stay."""


_NO_NODES = frozenset({Kind.TEXT, Kind.NUMBER, Kind.TEST})


def _call(node: Call) -> Code:
    known = FUNCTIONS.get(node.name)
    if known is None:
        return _broken(ExpressionError("unknown-function", node.at, {"name": node.name}))
    if not known.arity.allows(len(node.arguments)):
        params: dict[str, str | int] = {"name": node.name, "given": len(node.arguments), "expected": str(known.arity)}
        return _broken(ExpressionError("wrong-arity", node.at, params))
    codes = tuple(build(argument) for argument in node.arguments)
    for place, code in enumerate(codes):
        if known.want(place) == "s" and code.kind in _NO_NODES:
            return _broken(
                ExpressionError("nodes-expected", node.arguments[place].at, {"name": node.name, "place": place + 1})
            )
    return known.build(codes)


def _broken(error: ExpressionError) -> Code:
    def run(_scope: Scope) -> Value:
        raise error

    return Code(Kind.ANY, run)


def _filter(node: Filter) -> Code:
    run = nodes_run(build(node.primary))
    keep = keeping(tuple(build(predicate) for predicate in node.predicates))
    return of_nodes(run if keep is None else lambda scope: keep(scope, run(scope)))


def _path(node: Path) -> Code:
    steps = tuple(step for step in node.steps if not is_self(step)) or node.steps[:1]
    if node.start is Start.ROOT:
        return _absolute(steps)
    if node.start is Start.HERE:
        if (quick := relative(steps)) is not None:
            return of_nodes(quick)
        return of_nodes(along(_context_node, _with_code(steps)))
    nested = not (isinstance(node.start, Call) and node.start.name in _FLAT_CALLS)
    return of_nodes(along(nodes_run(build(node.start)), _with_code(steps), nested))


def _absolute(steps: tuple[Step, ...]) -> Code:
    names: list[str] = []
    for step in steps:
        name = plain_name(step)
        if name is None:
            break
        names.append(name)
    rest = steps[len(names) :]
    if not rest and names:
        return _plain(tuple(names))
    start = absolute(tuple(names)) if names else _document
    return of_nodes(along(start, _with_code(rest)) if rest else start, () if rest else tuple(names))


@lru_cache(maxsize=16_384)
def _plain(names: tuple[str, ...]) -> Code:
    return of_nodes(absolute(names), names)


def _with_code(steps: Sequence[Step]) -> list[tuple[Step, tuple[Code, ...]]]:
    return [(step, tuple(build(predicate) for predicate in step.predicates)) for step in steps]


def _document(_scope: Scope) -> Sequence[Node]:
    return (MAIN,)


def _context_node(scope: Scope) -> Sequence[Node]:
    return (scope.node,)
