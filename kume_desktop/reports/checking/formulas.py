"""The formulas of our workbooks, computed: the part of a spreadsheet's language that the writer uses, no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kume_desktop.reports.checking.reading import place_of


class FormulaError(ValueError):
    """A formula that the writer would not write, or that has no value."""


@dataclass(frozen=True, slots=True)
class Area:
    """A cell or a block of cells; `sheet` is '' for the sheet of the formula itself."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; operators are functions too."""

    name: str
    arguments: tuple[Node, ...]


Node = Call | Area | float | str | bool

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")"""
    r"""|(?P<area>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)(?![\w(])"""
    r"""|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"""
    r"""|(?P<name>[A-Z][A-Z.]*)"""
    r"""|(?P<sign><>|<=|>=|[-+*/^&=<>(),]))"""
)
_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
MOST_DEEP = 60


@cache
def parsed(formula: str) -> Node:
    """The tree of a formula; FormulaError for one that is not in the language."""
    parser = _Parser(tuple(_tokens(formula)))
    found = parser.level(0)
    if parser.kind != "end":
        raise FormulaError(formula)
    return found


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(formula.rstrip()):
        found = _TOKEN.match(formula, place)
        if found is None or found.lastgroup is None:
            raise FormulaError(formula)
        yield found.lastgroup, found[found.lastgroup]
        place = found.end()
    yield "end", ""


class _Parser:
    def __init__(self, tokens: tuple[tuple[str, str], ...]) -> None:
        self._tokens = tokens
        self._place = 0
        self._deep = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._place][0]

    def _take(self) -> tuple[str, str]:
        token = self._tokens[self._place]
        self._place += 1
        return token

    def _is(self, *signs: str) -> bool:
        kind, told = self._tokens[self._place]
        return kind == "sign" and told in signs

    def level(self, number: int) -> Node:
        """An expression of this level of binding; all operators lean to the left."""
        if number == len(_LEVELS):
            return self._signed()
        found = self.level(number + 1)
        while self._is(*_LEVELS[number]):
            sign = self._take()[1]
            found = Call(sign, (found, self.level(number + 1)))
        return found

    def _signed(self) -> Node:
        if self._is("-"):
            self._take()
            return Call("NEGATIVE", (self._signed(),))
        if self._is("+"):
            self._take()
            return self._signed()
        return self._single()

    def _single(self) -> Node:
        kind, told = self._take()
        match kind:
            case "text":
                return told[1:-1].replace('""', '"')
            case "number":
                return float(told)
            case "area":
                return _area(told)
            case "name":
                return told == "TRUE" if told in {"TRUE", "FALSE"} and not self._is("(") else self._call(told)
            case "sign" if told == "(":
                return self._closed(lambda: self.level(0))
            case _:
                raise FormulaError(told)

    def _closed(self, inner: Callable[[], Node]) -> Node:
        self._deep += 1
        if self._deep > MOST_DEEP:
            raise FormulaError("too deep")
        found = inner()
        self._deep -= 1
        if not self._is(")"):
            raise FormulaError(")")
        self._take()
        return found

    def _call(self, name: str) -> Node:
        if not self._is("("):
            raise FormulaError(name)
        self._take()
        return self._closed(lambda: Call(name, tuple(self._arguments())))

    def _arguments(self) -> Iterator[Node]:
        if self._is(")"):
            return
        yield self.level(0)
        while self._is(","):
            self._take()
            yield self.level(0)


def _area(told: str) -> Area:
    sheet, _mark, cells = told.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    first, _colon, last = cells.replace("$", "").partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return Area(sheet, top, left, bottom, right)
