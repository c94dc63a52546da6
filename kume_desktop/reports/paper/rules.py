"""Reads the rules of a form: from an expression to the condition that it states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kume_desktop.reports.paper.conditions import (
    NO,
    ORDERS,
    YES,
    Asked,
    Condition,
    Fixed,
    Holds,
    Measure,
    Operand,
    Relation,
    Sum,
    Test,
    Today,
    Unclear,
    both,
    either,
    holds,
    number_of,
    opposite,
    tests,
    written,
)
from kume_desktop.xpath.analysis import find_references
from kume_desktop.xpath.expression import (
    Axis,
    Call,
    Chain,
    Expression,
    ExpressionError,
    Negate,
    Number,
    Path,
    Start,
    Text,
    parse,
)

_DEEPEST = 5
_MOST_TESTS = 40
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_SAME = frozenset({"int", "number", "string", "boolean", "once", "normalize-space", "date"})


class _TooMuchError(Exception):
    """An operand that has no words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a form while its rules are read.

    `calculation` gives the expression of a calculated value ('' where the path has none), `known` a value that is
    certain before the interview (None where it is not), `is_multiple` whether a question takes several answers.
    """

    calculation: Callable[[str], str] = lambda _path: ""
    known: Callable[[str], str | None] = lambda _path: None
    is_multiple: Callable[[str], bool] = lambda _path: True


def read(text: str, base: str, reading: Reading | None = None) -> Condition:
    """The condition that an expression of the node at the generic path `base` states.

    >>> read("/d/a = '1' or /d/a = '2'", "/d/b")
    Test(what=Asked(path='/d/a', measure=<Measure.VALUE: 'value'>), relation=<Relation.IS: 'is'>, \
values=(Fixed(value='1'), Fixed(value='2')), negated=False)
    """
    if not text.strip():
        return YES
    try:
        tree = parse(text)
    except ExpressionError:
        return Unclear(())
    reader = _Reader(base, reading or Reading())
    found = reader.condition(tree, 0)
    return found if sum(1 for _ in tests(found)) <= _MOST_TESTS else reader.unclear(tree)


@dataclass(frozen=True, slots=True)
class _Reader:
    base: str
    reading: Reading

    def unclear(self, tree: Expression) -> Unclear:
        """The questions behind an expression; a calculated value counts as what it is worked out from."""
        found: set[str] = set()
        waiting = set(find_references(tree, self.base).paths) - {self.base}
        while waiting:
            path = waiting.pop()
            inner = self.reading.calculation(path)
            if path in found or self.reading.known(path) is not None:
                continue
            found.add(path)
            if inner:
                waiting |= find_references(parse(inner), path).paths - found
        return Unclear(tuple(sorted(path for path in found if not self.reading.calculation(path)) or sorted(found)))

    def condition(self, tree: Expression, depth: int) -> Condition:
        try:
            return self._condition(tree, depth)
        except _TooMuchError:
            return self.unclear(tree)

    def _condition(self, tree: Expression, depth: int) -> Condition:
        match tree:
            case Chain():
                return self._chain(tree, depth)
            case Call():
                return self._call(tree, depth)
            case Number():
                return Holds(tree.value != 0)
            case Text():
                return Holds(bool(tree.value))
            case Path():
                return self._truth(tree, depth)
            case _:
                raise _TooMuchError

    def _chain(self, tree: Chain, depth: int) -> Condition:
        sign = tree.rest[0][0]
        if sign in ("and", "or"):
            parts = [self.condition(each, depth) for each in (tree.first, *(part for _, part in tree.rest))]
            return both(parts) if sign == "and" else either(parts)
        if sign in _MIRRORED and len(tree.rest) == 1:
            return self._compared(sign, tree.first, tree.rest[0][1], depth)
        raise _TooMuchError

    def _call(self, tree: Call, depth: int) -> Condition:
        match tree.name, tree.arguments:
            case "true", ():
                return YES
            case "false", ():
                return NO
            case "not", (inner,):
                return opposite(self.condition(inner, depth))
            case "boolean", (inner,):
                return self.condition(inner, depth)
            case "selected", (answers, name):
                return self._selected(answers, name, depth)
            case "if", (when, then, other):
                case_, first, second = (self.condition(each, depth) for each in (when, then, other))
                return either([both([case_, first]), both([opposite(case_), second])])
            case _:
                raise _TooMuchError

    def _truth(self, tree: Path, depth: int) -> Condition:
        """A path where a condition is asked: its calculation, else whether there is an answer."""
        path = self.path(tree)
        inner = self.reading.calculation(path)
        if inner and depth < _DEEPEST and self.reading.known(path) is None:
            return self._inlined(path).condition(parse(inner), depth + 1)
        return self._blank(self.operand(tree, depth), negated=True)

    def _inlined(self, path: str) -> _Reader:
        return replace(self, base=path)

    def _selected(self, answers: Expression, name: Expression, depth: int) -> Condition:
        what, value = self.operand(answers, depth), self.operand(name, depth)
        if isinstance(what, Fixed) and isinstance(value, Fixed):
            return Holds(value.value in what.value.split())
        if isinstance(what, Fixed):
            return Test(value, Relation.IS, tuple(Fixed(each) for each in what.value.split()))
        if not isinstance(what, Asked):
            raise _TooMuchError
        relation = Relation.HAS if self.reading.is_multiple(what.path or self.base) else Relation.IS
        return Test(what, relation, (value,))

    def _compared(self, sign: str, left: Expression, right: Expression, depth: int) -> Condition:
        cases = self._cases(sign, left, right, depth)
        if cases is not None:
            return cases
        first, second = self.operand(left, depth), self.operand(right, depth)
        if isinstance(first, Fixed) and isinstance(second, Fixed):
            return Holds(holds(sign, first.value, second.value))
        if isinstance(first, Fixed):
            first, second, sign = second, first, _MIRRORED[sign]
        if sign in ORDERS:
            return Test(first, ORDERS[sign], (second,))
        if second == Fixed(""):
            return self._blank(first, negated=sign == "!=")
        return Test(first, Relation.IS, (second,), negated=sign == "!=")

    def _blank(self, what: Operand, *, negated: bool) -> Condition:
        if isinstance(what, Fixed):
            return Holds(bool(what.value) is negated)
        if isinstance(what, Today):
            return Holds(negated)
        return Test(what, Relation.BLANK, (), negated)

    def _cases(self, sign: str, left: Expression, right: Expression, depth: int) -> Condition | None:
        """`if(c, a, b) = x` as `c and a = x, or not c and b = x`; None where no side is a choice between two."""
        for tree, other, told in ((left, right, sign), (right, left, _MIRRORED[sign])):
            reader, found = self._choice(tree, depth)
            if found is not None:
                when, then, otherwise = found.arguments
                case_ = reader.condition(when, depth + 1)
                first = reader._compared(told, then, other, depth + 1)
                second = reader._compared(told, otherwise, other, depth + 1)
                return either([both([case_, first]), both([opposite(case_), second])])
        return None

    def _choice(self, tree: Expression, depth: int) -> tuple[_Reader, Call | None]:
        """The `if` that a side is, or that the calculated value at its path is."""
        if depth >= _DEEPEST:
            return self, None
        if isinstance(tree, Call) and tree.name == "if" and len(tree.arguments) == 3:
            return self, tree
        if isinstance(tree, Path):
            path = self.path(tree)
            inner = self.reading.calculation(path)
            if inner and self.reading.known(path) is None:
                return self._inlined(path)._choice(parse(inner), depth + 1)
        return self, None

    def operand(self, tree: Expression, depth: int) -> Operand:
        match tree:
            case Number():
                return Fixed(written(tree.value))
            case Text():
                return Fixed(tree.value)
            case Negate(operand=Number(value=value)):
                return Fixed(written(-value))
            case Path():
                return self._at(tree, depth)
            case Chain() if tree.rest[0][0] in {"+", "-", "*", "div", "mod"}:
                return self._sum(tree, depth)
            case Call():
                return self._measured(tree, depth)
            case _:
                raise _TooMuchError

    def _sum(self, tree: Chain, depth: int) -> Operand:
        first = self.operand(tree.first, depth)
        rest = tuple((sign, self.operand(part, depth)) for sign, part in tree.rest)
        return _worked_out(Sum(first, rest))

    def _measured(self, tree: Call, depth: int) -> Operand:
        match tree.name, tree.arguments:
            case (("today" | "now"), ()):
                return Today()
            case "count-selected", (inner,):
                return self._of(inner, depth, Measure.ANSWERS)
            case "string-length", (inner,):
                return self._of(inner, depth, Measure.LENGTH)
            case "count", (inner,):
                return self._of(inner, depth, Measure.ROWS)
            case name, (inner, *_) if name in _SAME:
                return self.operand(inner, depth)
            case _:
                raise _TooMuchError

    def _of(self, tree: Expression, depth: int, measure: Measure) -> Operand:
        found = self.operand(tree, depth)
        if not isinstance(found, Asked) or found.measure is not Measure.VALUE:
            raise _TooMuchError
        return replace(found, measure=measure)

    def _at(self, tree: Path, depth: int) -> Operand:
        path = self.path(tree)
        known = self.reading.known(path)
        if known is not None:
            return Fixed(known)
        inner = self.reading.calculation(path)
        if inner and depth < _DEEPEST:
            try:
                return self._inlined(path).operand(parse(inner), depth + 1)
            except _TooMuchError:
                return Asked(path)
        return Asked("" if path == self.base else path)

    def path(self, tree: Path) -> str:
        """The generic absolute path of a plain path."""
        is_current = isinstance(tree.start, Call) and tree.start.name == "current"
        names = [] if tree.start is Start.ROOT else self.base.split("/")[1:]
        if not (is_current or isinstance(tree.start, Start)):
            raise _TooMuchError
        for step in tree.steps:
            if step.predicates:
                raise _TooMuchError
            if step.axis is Axis.CHILD and step.test != "*":
                names.append(step.test)
            elif step.axis is Axis.PARENT and names:
                names.pop()
            elif step.axis is not Axis.SELF:
                raise _TooMuchError
        return "/" + "/".join(names)


def _worked_out(told: Sum) -> Operand:
    """A sum of fixed numbers as its result."""
    total = number_of(told.first.value) if isinstance(told.first, Fixed) else None
    for sign, part in told.rest:
        more = number_of(part.value) if isinstance(part, Fixed) else None
        if total is None or more is None or sign in ("div", "mod"):
            return told
        total = {"+": total + more, "-": total - more, "*": total * more}[sign]
    return told if total is None else Fixed(written(total))
