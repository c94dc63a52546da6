"""Is a finished workbook still what was written, and do its figures follow from its own levels and answers?

Four questions, and the first cell of each sheet that fails is named: does every formula, computed anew, give the value
that stands there; do index, indicators, headings and needs follow from levels, answers and rules of the same file; is
every formula the one that was written; is every other cell what was written. A publication edition holds values only:
of it the last question is asked, and whether a figure rests on fewer than three firms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kume_desktop.problems import Param, Problem, Refused, Where, problem, warning
from kume_desktop.reports.checking.computing import Sheets
from kume_desktop.reports.checking.formulas import FormulaError
from kume_desktop.reports.checking.ledger import Difference, Ledger, TableAt, differences, read_ledger
from kume_desktop.reports.checking.reading import Page, Pages, Value, read_pages
from kume_desktop.reports.checking.recomputing import Recomputing
from kume_desktop.reports.redaction import FEWEST
from kume_desktop.reports.writing.cells import letter, near
from kume_desktop.scoring.method import Method

TOLERANCE = 1e-9
SHOWN = 120
"""Characters of a text that a problem repeats."""

COUNTS = ("n", "units", "completed")
"""The columns that count the firms a row rests on."""

_OF_LEVELS = frozenset({"index", "indicators", "headings", "scorecard", "uncertainty"})
"""The tables whose `n` counts the levels of an area: firms on the firm route, the one panel on the other."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at: `problems` is empty where nothing differs, at most one for each sheet otherwise."""

    edition: str
    sheets: int
    cells: int
    formulas: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell that is wrong; `weight` orders what is wrong with one cell, the clearest first."""

    row: int
    col: int
    weight: int
    code: str
    expected: Param = None
    found: Param = None


def check(file: Path) -> Checked:
    """Check a workbook of either edition, in either language.

    Raises:
        Refused: `report.check-*`: it is no workbook, not ours, written in another format, or could do harm.
    """
    pages = read_pages(file)
    ledger = read_ledger(pages, file.name)
    method = _method(ledger, file.name)
    found: dict[str, list[_Found]] = {name: [] for name in pages.pages}
    problems: list[Problem] = []
    for name in ledger.sheets:
        if name in pages.pages:
            found[name] += _changed(ledger, pages.pages[name])
        else:
            problems.append(problem("report.check-sheet-missing", Where(file=file.name, sheet=name), sheet=name))
    if ledger.facts.get("edition") == "publication":
        _few(pages, ledger, found)
    else:
        _recomputed(pages, ledger, method, found)
    problems += [_first(file.name, name, cells) for name, cells in found.items() if cells]
    known = {*ledger.sheets, ledger.own}
    problems += [
        warning("report.check-sheet-added", Where(file=file.name, sheet=name), sheet=name)
        for name in pages.pages
        if name not in known
    ]
    return Checked(
        edition=ledger.facts.get("edition", ""),
        sheets=len(pages.pages),
        cells=sum(len(page.values) for page in pages.pages.values()),
        formulas=sum(len(page.formulas) for page in pages.pages.values()),
        problems=tuple(problems),
    )


def _method(ledger: Ledger, file: str) -> Method:
    try:
        return Method.from_json(ledger.facts["method"])
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(problem("report.check-no-method", Where(file=file))) from error


def _first(file: str, sheet: str, cells: list[_Found]) -> Problem:
    """The first cell of a sheet that is wrong, from top to bottom and left to right."""
    one = min(cells, key=lambda cell: (cell.row, cell.col, cell.weight))
    where = Where(file=file, sheet=sheet, row=one.row + 1, column=letter(one.col))
    params = {"cell": near(one.row, one.col), "expected": one.expected, "found": one.found}
    return problem(one.code, where, **params)


_CHANGES = {
    "value": "report.check-cell",
    "formula": "report.check-formula",
    "no-formula": "report.check-formula-gone",
    "new-formula": "report.check-formula-new",
}


def _changed(ledger: Ledger, page: Page) -> Iterator[_Found]:
    for one in differences(ledger, page):
        yield _Found(one.row, one.col, 1, _CHANGES[one.kind], None, _shown(_there(page, one)))


def _there(page: Page, one: Difference) -> Value:
    formula = page.formulas.get((one.row, one.col))
    return page.values.get((one.row, one.col)) if formula is None else f"={formula}"


def _recomputed(pages: Pages, ledger: Ledger, method: Method, found: dict[str, list[_Found]]) -> None:
    """Every formula computed, then every figure computed from levels and answers."""
    sheets = Sheets(pages)
    for name, page in pages.pages.items():
        for row, col in page.formulas:
            told = page.values.get((row, col))
            try:
                value = sheets.value(name, row, col)
            except FormulaError as error:
                found[name].append(_Found(row, col, 2, "report.check-no-value", str(error), _shown(told)))
                continue
            except RecursionError:
                found[name].append(_Found(row, col, 2, "report.check-no-value", "…", _shown(told)))
                continue
            if not _same(told, value):
                found[name].append(_Found(row, col, 0, "report.check-value", _shown(value), _shown(told)))
    for one in Recomputing(pages, ledger, method).expected():
        told = pages.pages[one.sheet].values.get((one.row, one.col))
        if not _same(told, one.value):
            wrong = _Found(one.row, one.col, 0, "report.check-value", _shown(one.value), _shown(told))
            found[one.sheet].append(wrong)


def _few(pages: Pages, ledger: Ledger, found: dict[str, list[_Found]]) -> None:
    """No figure of a publication edition rests on one or two firms; a panel gives one level and counts no firms."""
    panel = _panel_areas(pages, ledger)
    for key, table in ledger.tables.items():
        page = pages.pages.get(table.sheet)
        column = next((table.columns[name] for name in COUNTS if name in table.columns), None)
        if page is None or column is None:
            continue
        for row in range(table.first, table.last + 1):
            n = page.values.get((row, column))
            if isinstance(n, float) and 0 < n < FEWEST and not (key in _OF_LEVELS and _names(page, table, row) & panel):
                found[table.sheet].append(_Found(row, column, 0, "report.check-few", FEWEST, _shown(n)))


def _panel_areas(pages: Pages, ledger: Ledger) -> set[str]:
    """Codes and names of the areas whose levels a panel gave, as the sheet of the index says."""
    table = ledger.tables.get("index")
    page = pages.pages.get(table.sheet) if table else None
    if table is None or page is None:
        return set()
    rows = range(table.first, table.last + 1)
    routes = {row: str(page.values.get((row, table.columns["route"])) or "") for row in rows}
    return set().union(*(_names(page, table, row) for row, route in routes.items() if "panel" in route.casefold()))


def _names(page: Page, table: TableAt, row: int) -> set[str]:
    """The code and the name of the area of a row, as far as the table has them."""
    told = (page.values.get((row, table.columns[key])) for key in ("area", "area_name") if key in table.columns)
    return {str(one) for one in told if one}


def _same(told: Value, wanted: Value) -> bool:
    if isinstance(told, float | int) and isinstance(wanted, float | int):
        return abs(told - wanted) <= TOLERANCE * max(1.0, abs(wanted))
    return (told or None) == (wanted or None)


def _shown(value: Value) -> Param:
    """A value as a problem repeats it."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
    return int(value) if value == int(value) else value
