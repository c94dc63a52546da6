"""Functions on numbers: none of them raises, an impossible one is NaN."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from kume_desktop.xpath import values
from kume_desktop.xpath.code import NOWHERE, Code, Kind, constant, of_number, test_run
from kume_desktop.xpath.code import number_run as number_of
from kume_desktop.xpath.registry import Arity, Use, add, function, here, special
from kume_desktop.xpath.source import Value
from kume_desktop.xpath.values import NAN, Scope


def _number(codes: tuple[Code, ...]) -> Code:
    return of_number(number_of(codes[0]))


add("number", "v?", here(_number), Use.NODE)


@function("int", "n", Kind.NUMBER)
def integer(value: float) -> float:
    """The whole part, towards zero."""
    return float(math.trunc(value)) if math.isfinite(value) else value


@function("floor", "n", Kind.NUMBER)
def floor(value: float) -> float:
    """The next whole number below."""
    return float(math.floor(value)) if math.isfinite(value) else value


@function("ceiling", "n", Kind.NUMBER)
def ceiling(value: float) -> float:
    """The next whole number above."""
    return float(math.ceil(value)) if math.isfinite(value) else value


@function("round", "nn?", Kind.NUMBER)
def rounded(value: float, decimals: float = 0.0) -> float:
    """Half up on the decimal text of the number, negative halves towards zero; NaN beyond 30 decimals."""
    if not math.isfinite(value):
        return value
    if not abs(decimals) <= 30:
        return NAN
    way = ROUND_HALF_DOWN if value < 0 else ROUND_HALF_UP
    exact = Decimal(repr(value))
    places = int(decimals)
    if places >= -int(exact.as_tuple().exponent):
        return value
    return float(exact.scaleb(places).to_integral_value(way).scaleb(-places))


@function("abs", "n", Kind.NUMBER)
def absolute(value: float) -> float:
    """Without its sign."""
    return abs(value)


def _guarded(body: Callable[..., float]) -> Callable[..., float]:
    """The mathematical function with NaN where it is not defined and infinity where it is too large."""

    def guarded(*arguments: float) -> float:
        try:
            return float(body(*arguments))
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return NAN

    return guarded


def _log(value: float) -> float:
    return -math.inf if value == 0 else math.log(value)


def _log10(value: float) -> float:
    return -math.inf if value == 0 else math.log10(value)


def _pow(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    return math.pow(base, exponent)


_ONE = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "sqrt": math.sqrt, "exp": math.exp, "log": _log, "log10": _log10,
}  # fmt: skip
for _name, _body in _ONE.items():
    function(_name, "n", Kind.NUMBER)(_guarded(_body))
function("exp10", "n", Kind.NUMBER)(_guarded(lambda value: _pow(10.0, value)))
function("pow", "nn", Kind.NUMBER)(_guarded(_pow))
function("atan2", "nn", Kind.NUMBER)(_guarded(math.atan2))


@special("pi", "")
def pi(_codes: tuple[Code, ...]) -> Code:
    """The circle's constant."""
    return constant(math.pi)


@special("true", "")
def true(_codes: tuple[Code, ...]) -> Code:
    """True."""
    return constant(True)


@special("false", "")
def false(_codes: tuple[Code, ...]) -> Code:
    """False."""
    return constant(False)


@function("boolean", "b", Kind.TEST)
def boolean(value: bool) -> bool:
    """The value as a condition."""
    return value


@function("not", "b", Kind.TEST)
def negation(value: bool) -> bool:
    """The opposite."""
    return not value


@function("boolean-from-string", "t", Kind.TEST)
def boolean_from_string(text: str) -> bool:
    """Whether a stored boolean is true: `true` in any case, or `1`."""
    return text == "1" or text.lower() == "true"


def numbers(scope: Scope, value: Value) -> list[float]:
    """The numbers in a value, one of each node; blanks are left out, a text that is no number is NaN."""
    if isinstance(value, str | float | bool):
        return [values.as_number(value, scope)] if values.as_text(value, scope) else []
    text = scope.source.text
    return [values.node_number(node, scope) for node in value if text(node)]


def _chosen(choose: Callable[[list[float]], float], found: list[float]) -> float:
    """The chosen number; NaN if there is none, or one is NaN."""
    return choose(found) if found and not any(map(math.isnan, found)) else NAN


@function("sum", "v", Kind.NUMBER, Use.SCOPE)
def total(scope: Scope, value: Value) -> float:
    """The sum of what is filled in; 0 if nothing is, NaN if something is no number."""
    return float(sum(numbers(scope, value)))


@function("min", "v*", Kind.NUMBER, Use.SCOPE, arity=Arity(1, math.inf))
def least(scope: Scope, *parts: Value) -> float:
    """The least of what is filled in; NaN if nothing is, or something is no number."""
    return _chosen(min, [number for part in parts for number in numbers(scope, part)])


@function("max", "v*", Kind.NUMBER, Use.SCOPE, arity=Arity(1, math.inf))
def greatest(scope: Scope, *parts: Value) -> float:
    """The greatest of what is filled in; NaN if nothing is, or something is no number."""
    return _chosen(max, [number for part in parts for number in numbers(scope, part)])


@function("random", "", Kind.NUMBER, Use.CHANCE)
def random(scope: Scope) -> float:
    """A number from 0 to below 1."""
    return scope.random()


def _conditions(scope: Scope, value: Value) -> list[bool]:
    if isinstance(value, str | float | bool):
        return [values.as_test(value, scope)]
    return [values.node_test(node, scope) for node in value]


def _between(least_wanted: float, most_wanted: float, found: float) -> bool:
    return (least_wanted < 0 or found >= least_wanted) and (most_wanted < 0 or found <= most_wanted)


@function("checklist", "nnv*", Kind.TEST, Use.SCOPE)
def checklist(scope: Scope, least_wanted: float, most_wanted: float, *parts: Value) -> bool:
    """Whether so many of the values are true; -1 means no limit."""
    found = sum(sum(_conditions(scope, part)) for part in parts)
    return _between(least_wanted, most_wanted, found)


@function("weighted-checklist", "nnv*", Kind.TEST, Use.SCOPE, arity=Arity(4, math.inf, 2))
def weighted_checklist(scope: Scope, least_wanted: float, most_wanted: float, *parts: Value) -> bool:
    """Whether the weights of the true values sum to so much; values and weights alternate, or are two node sets."""
    found = 0.0
    for tested, weight in zip(parts[::2], parts[1::2], strict=True):
        weights = [values.as_number(weight, scope)] if not values.is_nodes(weight) else _weights(scope, weight)
        found += sum(w for is_true, w in zip(_conditions(scope, tested), weights, strict=False) if is_true)
    return _between(least_wanted, most_wanted, found)


def _weights(scope: Scope, value: Value) -> list[float]:
    assert not isinstance(value, str | float | bool)  # noqa: S101 - the caller has looked
    return [values.node_number(node, scope) for node in value]


@special("if", "bvv")
def choose(codes: tuple[Code, ...]) -> Code:
    """The second argument if the first is true, otherwise the third; only the taken one is evaluated."""
    condition, then, otherwise = test_run(codes[0]), codes[1], codes[2]
    if codes[0].constant is not None:
        return then if condition(NOWHERE) else otherwise
    kind = then.kind if then.kind is otherwise.kind else Kind.ANY
    taken, left = then.run, otherwise.run
    return Code(kind, lambda scope: taken(scope) if condition(scope) else left(scope))


@special("coalesce", "vv")
def coalesce(codes: tuple[Code, ...]) -> Code:
    """The first of two values that is not blank; NaN is blank."""
    first, second = codes[0].run, codes[1].run
    kind = codes[0].kind if codes[0].kind is codes[1].kind else Kind.ANY

    def run(scope: Scope) -> Value:
        value = first(scope)
        return value if values.as_text(value, scope) else second(scope)

    return Code(kind, run)


@special("once", "v", Use.NODE)
def once(codes: tuple[Code, ...]) -> Code:
    """The node's own value if it has one, otherwise the argument."""
    run = codes[0].run
    return Code(Kind.ANY, lambda scope: scope.source.text(scope.node) or run(scope))


@special("depend", "v*", arity=Arity(1, math.inf))
def depend(codes: tuple[Code, ...]) -> Code:
    """Its first argument; the others only make it run again."""
    return Code(codes[0].kind, codes[0].run)
