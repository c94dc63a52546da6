"""A small spreadsheet: the value of every formula of a workbook from the constants below it."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kume_desktop.reports.checking.formulas import Area, Call, FormulaError, Node, parsed
from kume_desktop.reports.checking.reading import Page, Pages, Value

Array = NDArray[Any]
Found = Value | bool | Array
_CRITERION = re.compile(r"(<>|<=|>=|<|>|=)?(.*)", re.DOTALL)
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow,
}  # fmt: skip


class Sheets:
    """Computes cells, each once; raises FormulaError where a formula has no value."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages.pages
        self._done: dict[tuple[str, int, int], Value] = {}
        self._open: set[tuple[str, int, int]] = set()
        self._columns: dict[Area, Array] = {}
        self._masks: dict[tuple[Area, object], Array] = {}

    def value(self, sheet: str, row: int, col: int) -> Value:
        """The value of a cell; a formula that rests on itself has none."""
        page = self._page(sheet)
        formula = page.formulas.get((row, col))
        if formula is None:
            return page.values.get((row, col))
        key = (sheet, row, col)
        if key not in self._done:
            if key in self._open:
                raise FormulaError("a circle")
            self._open.add(key)
            try:
                self._done[key] = _single(self._eval(parsed(formula), sheet))
            finally:
                self._open.discard(key)
        return self._done[key]

    def _page(self, sheet: str) -> Page:
        if sheet not in self._pages:
            raise FormulaError(f"no sheet {sheet}")
        return self._pages[sheet]

    def _eval(self, node: Node, sheet: str) -> Found:
        match node:
            case Area():
                return self._area(node, sheet)
            case Call():
                return self._call(node, sheet)
            case _:
                return node

    def _area(self, area: Area, sheet: str) -> Found:
        if (area.top, area.left) == (area.bottom, area.right):
            return self.value(area.sheet or sheet, area.top, area.left)
        return self._cells(area, sheet)

    def _cells(self, node: Node, sheet: str) -> Array:
        """The values of a block of cells as objects, row by row."""
        if not isinstance(node, Area):
            found = self._eval(node, sheet)
            return found.ravel() if isinstance(found, np.ndarray) else np.array([found], dtype=object)
        area = Area(node.sheet or sheet, node.top, node.left, node.bottom, node.right)
        if area not in self._columns:
            cells = [
                self.value(area.sheet, row, col)
                for row in range(area.top, area.bottom + 1)
                for col in range(area.left, area.right + 1)
            ]
            found = np.empty(len(cells), dtype=object)
            found[:] = cells
            self._columns[area] = found
        return self._columns[area]

    def _call(self, call: Call, sheet: str) -> Found:
        name, arguments = call.name, call.arguments
        if name == "IF":
            return self._if(arguments, sheet)
        if name in _COMPARE or name in _ARITHMETIC or name in {"&", "NEGATIVE"}:
            return _operate(name, [self._eval(one, sheet) for one in arguments])
        if name in {"COUNTIFS", "SUMIFS", "AVERAGEIFS"}:
            return self._conditional(name, arguments, sheet)
        if name in {"VLOOKUP", "INDEX"}:
            return self._lookup(name, arguments, sheet)
        if name in _OVER_CELLS:
            return _OVER_CELLS[name]([value for one in arguments for value in self._cells(one, sheet)])
        if name in _OVER_VALUES:
            return _OVER_VALUES[name](*(self._eval(one, sheet) for one in arguments))
        raise FormulaError(name)

    def _if(self, arguments: Sequence[Node], sheet: str) -> Found:
        condition, yes, no = arguments
        return self._eval(yes if _truth(self._eval(condition, sheet)) else no, sheet)

    def _conditional(self, name: str, arguments: Sequence[Node], sheet: str) -> Found:
        counted, pairs = (None, arguments) if name == "COUNTIFS" else (arguments[0], arguments[1:])
        mask: Array | None = None
        for area, criterion in zip(pairs[::2], pairs[1::2], strict=True):
            own = self._mask(area, _single(self._eval(criterion, sheet)), sheet)
            mask = own if mask is None else mask & own
        if mask is None:
            raise FormulaError(name)
        if counted is None:
            return float(mask.sum())
        numbers = [value for value in self._cells(counted, sheet)[mask] if _is_number(value)]
        if name == "SUMIFS":
            return math.fsum(numbers)
        if not numbers:
            raise FormulaError("#DIV/0!")
        return math.fsum(numbers) / len(numbers)

    def _mask(self, node: Node, criterion: Value, sheet: str) -> Array:
        if not isinstance(node, Area):
            raise FormulaError("a block of cells")
        area = Area(node.sheet or sheet, node.top, node.left, node.bottom, node.right)
        key = (area, criterion)
        if key not in self._masks:
            holds = _criterion(criterion)
            self._masks[key] = np.array([holds(value) for value in self._cells(area, sheet)], dtype=np.bool_)
        return self._masks[key]

    def _lookup(self, name: str, arguments: Sequence[Node], sheet: str) -> Found:
        if name == "INDEX":
            number = _number(self._eval(arguments[1], sheet))
            cells = self._cells(arguments[0], sheet)
            if not 1 <= number <= len(cells):
                raise FormulaError("#REF!")
            return _value(cells[int(number) - 1])
        wanted, area = self._eval(arguments[0], sheet), arguments[1]
        if not isinstance(area, Area):
            raise FormulaError(name)
        column = int(_number(self._eval(arguments[2], sheet)))
        for row in range(area.top, area.bottom + 1):
            if self.value(area.sheet or sheet, row, area.left) == wanted:
                return self.value(area.sheet or sheet, row, area.left + column - 1)
        raise FormulaError("#N/A")


def _value(found: Any) -> Value:
    return found if found is None or isinstance(found, str) else float(found)


def _single(found: Found) -> Value:
    if isinstance(found, np.ndarray):
        raise FormulaError("several values")
    return float(found) if isinstance(found, bool) else _value(found)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _truth(found: Found) -> bool:
    if isinstance(found, str | np.ndarray):
        raise FormulaError("#VALUE!")
    return bool(found)


def _number(found: Found) -> float:
    if isinstance(found, str | np.ndarray):
        raise FormulaError("#VALUE!")
    return float(found or 0.0)


def _numbers(found: Found) -> Any:
    """A number, or an array of numbers: blank cells count as 0."""
    if not isinstance(found, np.ndarray):
        return _number(found)
    if found.dtype != object:
        return found.astype(np.float64)
    return np.array([_number(value) for value in found], dtype=np.float64)


def _operate(sign: str, sides: Sequence[Found]) -> Found:
    if sign == "NEGATIVE":
        return _plain(-_numbers(sides[0]))
    if sign == "&":
        return "".join(_shown(_single(side)) for side in sides)
    if sign in _ARITHMETIC:
        left, right = (_numbers(side) for side in sides)
        if sign == "/" and not isinstance(right, np.ndarray) and right == 0:
            raise FormulaError("#DIV/0!")
        return _plain(_ARITHMETIC[sign](left, right))
    return _compared(sign, *sides)


def _plain(found: Any) -> Found:
    return found if isinstance(found, np.ndarray) else float(found)


def _compared(sign: str, left: Found, right: Found) -> Found:
    """Texts are never equal to numbers and always above them; a blank cell equals 0 and the empty text."""
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        return np.asarray(_COMPARE[sign](_numbers(left), _numbers(right)))
    if left is None:
        left = "" if isinstance(right, str) else 0.0
    if right is None:
        right = "" if isinstance(left, str) else 0.0
    if isinstance(left, str) != isinstance(right, str):
        left, right = float(isinstance(left, str)), float(isinstance(right, str))
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.casefold(), right.casefold()
    return bool(_COMPARE[sign](left, right))


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.15g}"


def _criterion(criterion: Value) -> Callable[[object], bool]:
    """Whether a cell meets a criterion of COUNTIFS: a number, a text, a comparison, or a beginning followed by `*`."""
    if not isinstance(criterion, str):
        wanted = float(criterion or 0.0)
        return lambda value: _is_number(value) and value == wanted
    found = _CRITERION.fullmatch(criterion)
    sign, told = (found[1], found[2]) if found else (None, criterion)
    if sign:
        limit = float(told)
        return lambda value: _is_number(value) and bool(_COMPARE[sign](value, limit))
    if told.endswith("*"):
        start = told[:-1].casefold()
        return lambda value: isinstance(value, str) and value.casefold().startswith(start)
    return lambda value: (value if isinstance(value, str) else "" if value is None else None) == told


def _counted(values: Sequence[object]) -> list[float]:
    return [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def _average(values: Sequence[object]) -> float:
    numbers = _counted(values)
    if not numbers:
        raise FormulaError("#DIV/0!")
    return math.fsum(numbers) / len(numbers)


def _rounded(value: Found, digits: Found) -> float:
    """Halves away from zero, as a spreadsheet rounds: by way of 15 digits, which forget binary dust."""
    number, places = _number(value), int(_number(digits))
    scaled = float(f"{abs(number) * 10.0**places:.15g}")
    return math.copysign(math.floor(scaled + 0.5) / 10.0**places, number) if number else 0.0


def _product(*factors: Found) -> float:
    total: Any = 1.0
    for factor in factors:
        total = total * _numbers(factor)
    return float(np.sum(total))


def _absolute(found: Found) -> Found:
    return _plain(abs(_numbers(found)))


def _root(found: Found) -> float:
    return math.sqrt(_number(found))


def _or_zero(found: Found) -> float:
    return 0.0 if isinstance(found, str | np.ndarray) else float(found or 0.0)


_OVER_CELLS: dict[str, Callable[[Sequence[Any]], Found]] = {
    "SUM": lambda values: math.fsum(_counted(values)),
    "COUNT": lambda values: float(len(_counted(values))),
    "COUNTA": lambda values: float(sum(value is not None for value in values)),
    "AVERAGE": _average,
    "MAX": lambda values: max(_counted(values), default=0.0),
    "MIN": lambda values: min(_counted(values), default=0.0),
    "AND": lambda values: all(_truth(value) for value in values),
    "OR": lambda values: any(_truth(value) for value in values),
}
_OVER_VALUES: dict[str, Callable[..., Found]] = {
    "ROUND": _rounded,
    "SQRT": _root,
    "ABS": _absolute,
    "ISNUMBER": _is_number,
    "N": _or_zero,
    "SUMPRODUCT": _product,
}
