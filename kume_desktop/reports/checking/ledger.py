"""What a workbook says of itself: its tables and columns, its checksums, the method as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kume_desktop.problems import Refused, Where, problem
from kume_desktop.reports.checking.reading import Page, Pages, place_of
from kume_desktop.reports.checking.shifting import plain
from kume_desktop.reports.writing.cells import letter
from kume_desktop.reports.writing.digests import SHORT, constants, digest, in_order
from kume_desktop.reports.writing.structure import FORMAT, TOP

SHEET, KIND, PART, TEXT = range(4)


@dataclass(frozen=True, slots=True)
class TableAt:
    """A table of the workbook: rows from 0, key -> column."""

    sheet: str
    first: int
    last: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    """`checks`: (sheet, kind) -> text. `own`: the sheet that holds the checksums, which has none itself."""

    own: str
    facts: Mapping[str, str]
    checks: Mapping[tuple[str, str], str]
    tables: Mapping[str, TableAt]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that were written."""
        return tuple(dict.fromkeys(sheet for sheet, _kind in self.checks))


def read_ledger(pages: Pages, file: str) -> Ledger:
    """Find the ledger; Refused for a workbook that is not ours or was written by another version of the program."""
    own = next((page for page in pages.pages.values() if _says(page, KIND) == "format"), None)
    if own is None:
        raise Refused(problem("report.check-not-ours", Where(file=file)))
    if _says(own, TEXT) != FORMAT:
        told = str(_says(own, TEXT))
        raise Refused(problem("report.check-other-format", Where(file=file), format=told, known=FORMAT))
    facts: dict[str, str] = {}
    checks: dict[tuple[str, str], str] = {}
    for sheet, kind, text in _rows(own):
        if sheet:
            joined = checks.get((sheet, kind))
            checks[sheet, kind] = text if joined is None else f"{joined} {text}"
        else:
            facts[kind] = facts.get(kind, "") + text
    return Ledger(own.name, facts, checks, _tables(pages, facts.get("columns", ""), file))


def _says(page: Page, col: int) -> object:
    return page.values.get((TOP + 1, col))


def _rows(page: Page) -> Iterator[tuple[str, str, str]]:
    row = TOP + 1
    while (row, KIND) in page.values:
        sheet, kind, text = (page.values.get((row, col)) for col in (SHEET, KIND, TEXT))
        yield str(sheet or ""), str(kind), str(text or "")
        row += 1


def _tables(pages: Pages, name: str, file: str) -> dict[str, TableAt]:
    """The list of columns, table by table."""
    page = pages.pages.get(name)
    if page is None:
        raise Refused(problem("report.check-sheet-missing", Where(file=file, sheet=name), sheet=name))
    found: dict[str, TableAt] = {}
    columns: dict[str, dict[str, int]] = {}
    row = TOP + 1
    while (row, 0) in page.values:
        table, sheet, first, last, told, key = (page.values.get((row, col)) for col in range(6))
        own = columns.setdefault(str(table), {})
        own[str(key)] = place_of(f"{told}1")[1]
        found[str(table)] = TableAt(str(sheet), _whole(first) - 1, _whole(last) - 1, own)
        row += 1
    return found


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not as it was written: `kind` is `value`, `formula`, `no-formula` or `new-formula`."""

    row: int
    col: int
    kind: str


def differences(ledger: Ledger, page: Page) -> Iterator[Difference]:
    """The cells of a sheet that differ from their checksums."""
    by_row, by_column = constants(in_order(_facts(page)))
    rows = _told(ledger.checks.get((page.name, "rows"), ""))
    columns = _told(ledger.checks.get((page.name, "columns"), ""))
    yield from _formulas(ledger.checks.get((page.name, "formulas"), ""), page)
    now_rows = {str(row + 1): told for row, told in by_row.items()}
    now_columns = {letter(col): told for col, told in by_column.items()}
    wrong_rows = sorted(int(row) - 1 for row in _differing(rows, now_rows))
    wrong_columns = sorted(place_of(f"{col}1")[1] for col in _differing(columns, now_columns))
    for row in wrong_rows:
        yield Difference(row, wrong_columns[0] if wrong_columns else 0, "value")


def _facts(page: Page) -> dict[int, dict[int, str | float]]:
    """Constants by row, as the writer counts them."""
    found: dict[int, dict[int, str | float]] = {}
    for (row, col), value in page.values.items():
        if (row, col) not in page.formulas and value is not None:
            found.setdefault(row, {})[col] = value
    return found


def _told(text: str) -> dict[str, str]:
    return dict(word.split(":", 1) for word in text.split())


def _differing(told: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    return (key for key in {**told, **now} if told.get(key) != now.get(key))


def _formulas(text: str, page: Page) -> Iterator[Difference]:
    """Formulas that were changed, taken away or put in."""
    written: set[tuple[int, int]] = set()
    for place, told in _told(text).items():
        top, col = place_of(place)
        for number, start in enumerate(range(0, len(told), SHORT)):
            row = top + number
            written.add((row, col))
            formula = page.formulas.get((row, col))
            if formula is None:
                yield Difference(row, col, "no-formula")
            elif told[start : start + SHORT] not in {digest(formula, SHORT), digest(plain(formula), SHORT)}:
                yield Difference(row, col, "formula")
    for row, col in page.formulas:
        if (row, col) not in written:
            yield Difference(row, col, "new-formula")
