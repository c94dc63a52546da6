"""What is wrong with an expression or likely not to be meant: known from its form, without running it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isnan

from kume_desktop.problems import Severity
from kume_desktop.xpath import functions_time, moments
from kume_desktop.xpath.expression import Call, Chain, Expression, Filter, Number, Path, Start, Text, parts, walk
from kume_desktop.xpath.functions_text import compiled_pattern
from kume_desktop.xpath.library import FUNCTIONS, NOT_IN_COLLECT, NOT_IN_ENKETO
from kume_desktop.xpath.paths import is_parent, is_self, plain_name
from kume_desktop.xpath.registry import Function
from kume_desktop.xpath.values import numeral


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong (an error) or probably not meant (a warning); the problem is `form.expression-<code>`."""

    code: str
    position: int
    params: Mapping[str, str | int]
    severity: Severity = Severity.WARNING


def find_problems(tree: Expression) -> tuple[Finding, ...]:
    """Errors and warnings, in the order of the text."""
    found = [*_check_shifted(tree), *(finding for node in walk(tree) for check in _CHECKS for finding in check(node))]
    return tuple(sorted(_single(found), key=lambda finding: finding.position))


def _single(findings: list[Finding]) -> list[Finding]:
    """The findings without repetitions of one code at one place."""
    return list({(finding.code, finding.position): finding for finding in findings}.values())


def _error(code: str, position: int, **params: str | int) -> Finding:
    return Finding(code, position, {"position": position, **params}, Severity.ERROR)


def _warning(code: str, position: int, **params: str | int) -> Finding:
    return Finding(code, position, {"position": position, **params})


def _check_function(node: Expression) -> Iterator[Finding]:
    if not isinstance(node, Call):
        return
    known = FUNCTIONS.get(node.name)
    if known is None:
        close = get_close_matches(node.name, FUNCTIONS, 1)
        if close:
            yield _error("unknown-function-near", node.at, name=node.name, near=close[0])
        else:
            yield _error("unknown-function", node.at, name=node.name)
    elif not known.arity.allows(len(node.arguments)):
        given, expected = len(node.arguments), str(known.arity)
        yield _error("wrong-arity", node.at, name=node.name, given=given, expected=expected)
    else:
        yield from _check_node_sets(node, known)
        if node.name in NOT_IN_COLLECT:
            yield _warning("not-in-collect", node.at, name=node.name)
        if node.name in NOT_IN_ENKETO:
            yield _warning("not-in-enketo", node.at, name=node.name)


def _check_node_sets(node: Call, known: Function) -> Iterator[Finding]:
    for place, argument in enumerate(node.arguments):
        wants_nodes = known.want(place) == "s" or (node.name == "sum")
        if node.name == "indexed-repeat":
            wants_nodes = place == 0 or place % 2 == 1
        if wants_nodes and not _may_be_nodes(argument):
            yield _error("nodes-expected", argument.at, name=node.name, place=place + 1)


def _may_be_nodes(node: Expression) -> bool:
    match node:
        case Path() | Filter():
            return True
        case Call():
            return node.name not in FUNCTIONS or node.name in _GIVE_NODES
        case Chain():
            return node.rest[0][0] == "|"
        case _:
            return False


_GIVE_NODES = frozenset(
    {"current", "instance", "randomize", "indexed-repeat", "if", "coalesce", "depend", "once", "id"}
)


def _text_of(node: Call, place: int) -> str | None:
    argument = node.arguments[place] if place < len(node.arguments) else None
    return argument.value if isinstance(argument, Text) else None


def _check_texts(node: Expression) -> Iterator[Finding]:
    """Texts in calls that cannot work."""
    if not isinstance(node, Call):
        return
    if node.name in {"format-date", "format-date-time"}:
        yield from _check_format(node, functions_time.strange_escapes(_text_of(node, 1) or ""))
    if node.name == "regex" and (pattern := _text_of(node, 1)) is not None:
        yield from _check_pattern(node, pattern)
    if node.name in {"date", "date-time"} and _is_no_date(_text_of(node, 0)):
        yield _warning("invalid-date", node.at, found=_text_of(node, 0) or "")
    if node.name == "jr:choice-name" and len(node.arguments) == 2 and _text_of(node, 1) is None:
        yield _error("path-in-quotes-expected", node.arguments[1].at, name=node.name)


def _check_format(node: Call, escapes: list[str]) -> Iterator[Finding]:
    if escapes:
        yield _error("bad-date-format", node.at, escape=" ".join(escapes))


def _is_no_date(text: str | None) -> bool:
    return bool(text) and text is not None and moments.read(text) is None and isnan(numeral(text))


def _check_pattern(node: Call, pattern: str) -> Iterator[Finding]:
    import regex

    try:
        compiled_pattern(pattern)
    except regex.error as error:
        yield _error("bad-pattern", node.arguments[1].at, pattern=pattern, reason=str(error))
        return
    if not _is_anchored(pattern):
        yield _warning("pattern-without-anchors", node.arguments[1].at, pattern=pattern)


def _is_anchored(pattern: str) -> bool:
    """Whether `^` and `$` hold the whole pattern, not only the first and last of its alternatives."""
    if not (pattern.startswith("^") and pattern.endswith("$")) or pattern.endswith("\\$"):
        return False
    depth = 0
    for letter in _ESCAPED.sub("", pattern):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            return False
    return True


_ESCAPED = re.compile(r"\\.|\[\^?\]?[^\]]*\]", re.DOTALL)
"""What stands for itself in a pattern: escaped letters and sets."""


def _check_negation(node: Expression) -> Iterator[Finding]:
    if isinstance(node, Call) and node.name == "not" and len(node.arguments) == 1:
        inner = node.arguments[0]
        if isinstance(inner, Chain) and inner.rest[0][0] in {"<", "<=", ">", ">="} and any(map(_is_path, parts(inner))):
            yield _warning("negated-comparison", node.at)


def _is_path(node: Expression) -> bool:
    return isinstance(node, Path)


def _check_comparison(node: Expression) -> Iterator[Finding]:
    if not isinstance(node, Chain) or node.rest[0][0] not in {"<", "<=", ">", ">="}:
        return
    for operand in parts(node):
        if not isinstance(operand, Text):
            continue
        if moments.looks_dated(operand.value) and moments.read(operand.value) is not None:
            yield _warning("date-literal", operand.at, found=operand.value)
        else:
            yield _warning("ordered-text", operand.at, found=operand.value)


def _check_decimal_comma(node: Expression) -> Iterator[Finding]:
    if isinstance(node, Chain) and node.rest[0][0] not in {"and", "or", "|"}:
        texts = [part for part in parts(node) if isinstance(part, Text)]
    elif isinstance(node, Call) and node.name in {"number", "int", "round", "decimal-date-time"}:
        texts = [part for part in node.arguments if isinstance(part, Text)]
    else:
        return
    for text in texts:
        pointed = numeral(text.value.replace(",", ".", 1))
        if "," in text.value and not isnan(pointed):
            yield _warning("decimal-comma", text.at, found=text.value)


def _check_condition(node: Expression) -> Iterator[Finding]:
    """A path alone as a condition: a blank answer is false here and in Collect, true in Enketo."""
    match node:
        case Call(name="if" | "not" | "boolean", arguments=(first, *_)):
            conditions: tuple[Expression, ...] = (first,)
        case Chain() if node.rest[0][0] in {"and", "or"}:
            conditions = parts(node)
        case _:
            return
    for condition in conditions:
        if isinstance(condition, Path):
            yield _warning("bare-condition", condition.at, found=_last_name(condition))


def _last_name(path: Path) -> str:
    return path.steps[-1].test if path.steps else "/"


_TAKE_DAYS = frozenset({"date", "date-time", "format-date", "format-date-time", "int", "round", "floor", "ceiling"})


def _check_days(node: Expression) -> Iterator[Finding]:
    """A date with days added that stays a number: Enketo keeps the hours of the time zone in it."""
    if isinstance(node, Call) and node.name not in _TAKE_DAYS:
        for argument in node.arguments:
            yield from _check_shifted(argument)


def _check_shifted(node: Expression) -> Iterator[Finding]:
    if isinstance(node, Chain) and node.rest[0][0] in {"+", "-"}:
        operands = parts(node)
        dates = [part for part in operands if isinstance(part, Call) and part.name in {"date", "today"}]
        if len(dates) == 1 and all(isinstance(part, Number) for part in operands if part is not dates[0]):
            yield _warning("days-as-number", node.first.at, name=dates[0].name)


def _check_place(node: Expression) -> Iterator[Finding]:
    if not isinstance(node, Path) or (isinstance(node.start, Call) and node.start.name == "instance"):
        return
    for step in node.steps:
        for predicate in step.predicates:
            if isinstance(predicate, Number):
                yield _warning("positional-predicate", predicate.at, found=step.test)


def _check_row_sum(node: Expression) -> Iterator[Finding]:
    if not isinstance(node, Call) or node.name != "sum" or len(node.arguments) != 1:
        return
    path = node.arguments[0]
    if isinstance(path, Path) and path.start is Start.HERE:
        steps = [step for step in path.steps if not is_self(step)]
        if len(steps) == 2 and is_parent(steps[0]) and plain_name(steps[1]):
            yield _warning("sum-of-one-row", node.at, found=plain_name(steps[1]) or "")


_CHECKS: tuple[Callable[[Expression], Iterator[Finding]], ...] = (
    _check_function,
    _check_texts,
    _check_negation,
    _check_comparison,
    _check_decimal_comma,
    _check_condition,
    _check_days,
    _check_place,
    _check_row_sum,
)
