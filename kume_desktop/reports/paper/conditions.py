"""What a rule of a form asks of the answers, as tests on questions; pure: no form, no texts.

What cannot be told as tests stays as the questions that it looks at, so that no rule is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Relation(StrEnum):
    """How an operand stands to the values of a test."""

    IS = "is"
    HAS = "has"
    LEAST = "least"
    MOST = "most"
    ABOVE = "above"
    BELOW = "below"
    BETWEEN = "between"
    BLANK = "blank"


class Measure(StrEnum):
    """What of an answer is compared."""

    VALUE = "value"
    ANSWERS = "answers"
    LENGTH = "length"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a question (or a value of the form) at a generic path; '' is the answer whose rule it is."""

    path: str
    measure: Measure = Measure.VALUE


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that stands in the rule, as text."""

    value: str


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the interview."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Operands joined by `+ - * div mod`, from the left."""

    first: Operand
    rest: tuple[tuple[str, Operand], ...]


Operand = Asked | Fixed | Today | Sum


@dataclass(frozen=True, slots=True)
class Test:
    """One test: `what` stands in the relation to `values` (BETWEEN has two, BLANK none), or it does not (`negated`)."""

    __test__ = False

    what: Operand
    relation: Relation
    values: tuple[Operand, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """Always or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """Too much for words: the questions that it looks at."""

    paths: tuple[str, ...]


Condition = Test | Both | Either | Holds | Unclear
YES, NO = Holds(True), Holds(False)
ORDERS = {">=": Relation.LEAST, "<=": Relation.MOST, ">": Relation.ABOVE, "<": Relation.BELOW}
SIGNS = {relation: sign for sign, relation in ORDERS.items()}


def tests(condition: Condition) -> Iterator[Test | Unclear]:
    """The tests of a condition in their order, those that have no words among them."""
    match condition:
        case Both() | Either():
            for part in condition.parts:
                yield from tests(part)
        case Test() | Unclear():
            yield condition
        case Holds():
            return


def paths_of(condition: Condition) -> frozenset[str]:
    """The generic paths that a condition looks at; without its own answer."""
    found: set[str] = set()
    for test in tests(condition):
        if isinstance(test, Unclear):
            found.update(test.paths)
        else:
            for operand in (test.what, *test.values):
                found.update(_paths(operand))
    return frozenset(found - {""})


def _paths(operand: Operand) -> Iterator[str]:
    match operand:
        case Asked():
            yield operand.path
        case Sum():
            yield from _paths(operand.first)
            for _sign, part in operand.rest:
                yield from _paths(part)
        case _:
            return


def written(value: float) -> str:
    """A number as forms store it.

    >>> written(3.0), written(-2.5)
    ('3', '-2.5')
    """
    return str(int(value)) if value == int(value) else repr(value)


def number_of(text: str) -> float | None:
    """The number that a text is; None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def holds(sign: str, first: str, second: str) -> bool:
    """Whether two stored values compare so; texts that are no numbers are in no order."""
    if sign in ("=", "!="):
        left, right = number_of(first), number_of(second)
        same = first == second or (left is not None and left == right)
        return same is (sign == "=")
    left, right = number_of(first), number_of(second)
    if left is None or right is None:
        return False
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]


def opposite(condition: Condition) -> Condition:
    """What holds where the condition does not."""
    match condition:
        case Holds():
            return Holds(not condition.value)
        case Test():
            return replace(condition, negated=not condition.negated)
        case Both():
            return either([opposite(part) for part in condition.parts])
        case Either():
            return both([opposite(part) for part in condition.parts])
        case Unclear():
            return condition


def both(parts: Iterable[Condition]) -> Condition:
    """All of these, told as shortly as can be."""
    found = _flat(parts, Both)
    if NO in found:
        return NO
    found = _ranged(_merged([each for each in found if each != YES], negated=True))
    return YES if not found else found[0] if len(found) == 1 else Both(tuple(found))


def either(parts: Iterable[Condition]) -> Condition:
    """Any of these, told as shortly as can be."""
    found = _flat(parts, Either)
    if YES in found:
        return YES
    found = _merged([each for each in found if each != NO], negated=False)
    return NO if not found else found[0] if len(found) == 1 else Either(tuple(found))


def _flat(parts: Iterable[Condition], kind: type[Both | Either]) -> list[Condition]:
    found: list[Condition] = []
    for part in parts:
        inside = part.parts if isinstance(part, Both | Either) and isinstance(part, kind) else (part,)
        found.extend(each for each in inside if each not in found)
    return found


def _merged(parts: list[Condition], *, negated: bool) -> list[Condition]:
    """Tests for single values of one question, as one test for any of them (or, negated, for none of them)."""
    found: list[Condition] = []
    places: dict[tuple[Operand, Relation], int] = {}
    for part in parts:
        if isinstance(part, Test) and part.relation in (Relation.IS, Relation.HAS) and part.negated is negated:
            key = (part.what, part.relation)
            earlier = found[places[key]] if key in places else None
            if isinstance(earlier, Test):
                found[places[key]] = replace(earlier, values=tuple(dict.fromkeys((*earlier.values, *part.values))))
                continue
            places[key] = len(found)
        found.append(part)
    return found


def _ranged(parts: list[Condition]) -> list[Condition]:
    """At least one value and at most another, as between the two."""
    found: list[Condition] = []
    for part in parts:
        pair = next((each for each in found if _is_range(each, part)), None)
        if pair is None or not isinstance(pair, Test) or not isinstance(part, Test):
            found.append(part)
            continue
        low, high = (pair, part) if pair.relation is Relation.LEAST else (part, pair)
        found[found.index(pair)] = Test(part.what, Relation.BETWEEN, (*low.values, *high.values))
    return found


def _is_range(first: Condition, second: Condition) -> bool:
    if not (isinstance(first, Test) and isinstance(second, Test)) or first.what != second.what:
        return False
    ends = {first.relation, second.relation} == {Relation.LEAST, Relation.MOST}
    return ends and not (first.negated or second.negated)


def verdict(condition: Condition, answers: Mapping[str, str]) -> bool | None:
    """Whether a condition holds where these answers (by generic path) are given; None where others decide."""
    match condition:
        case Holds():
            return condition.value
        case Unclear():
            return None
        case Test():
            return _tested(condition, answers)
        case Both():
            found = [verdict(part, answers) for part in condition.parts]
            return False if False in found else None if None in found else True
        case Either():
            found = [verdict(part, answers) for part in condition.parts]
            return True if True in found else None if None in found else False


def _tested(test: Test, answers: Mapping[str, str]) -> bool | None:
    if not isinstance(test.what, Asked) or test.what.measure is not Measure.VALUE or test.what.path not in answers:
        return None
    fixed = [value.value for value in test.values if isinstance(value, Fixed)]
    if len(fixed) < len(test.values):
        return None
    return _answered(test.relation, answers[test.what.path], fixed) is not test.negated


def _answered(relation: Relation, answer: str, values: list[str]) -> bool:
    match relation:
        case Relation.BLANK:
            return not answer
        case Relation.IS:
            return any(holds("=", answer, value) for value in values)
        case Relation.HAS:
            return not set(values).isdisjoint(answer.split())
        case Relation.BETWEEN:
            return holds(">=", answer, values[0]) and holds("<=", answer, values[1])
        case _:
            return holds(SIGNS[relation], answer, values[0])
