"""The results computed once more from the workbook's own levels, answers and method, by the kernels of the program.

The formulas of a workbook are checked one by one elsewhere; here they are passed over: what stands in the sheets of
results must be what scoring makes of the levels and answers that stand in the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kume_desktop.reports.checking.ledger import Ledger, TableAt
from kume_desktop.reports.checking.reading import Pages, Value
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Levels, Needs
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE, Method
from kume_desktop.scoring.needs import BEST, RESERVES, score_needs
from kume_desktop.scoring.results import AreaScore, NeedScore


@dataclass(frozen=True, slots=True)
class Expected:
    """What a cell should hold."""

    sheet: str
    row: int
    col: int
    value: Value


class Recomputing:
    """The tables of one workbook, with what they should hold."""

    def __init__(self, pages: Pages, ledger: Ledger, method: Method) -> None:
        self._pages = pages
        self._ledger = ledger
        self._method = method

    def expected(self) -> Iterator[Expected]:
        """Every figure from index to need cell; nothing in an edition that holds no levels."""
        yield from self._rules()
        yield from self._levels()
        areas = self._areas()
        if areas is not None:
            scores = self._scores(areas)
            yield from self._index(scores)
            yield from self._indicators(scores)
            yield from self._headings(scores)
            yield from self._needs(areas)

    def _table(self, key: str) -> TableAt | None:
        found = self._ledger.tables.get(key)
        return found if found is not None and found.sheet in self._pages.pages else None

    def _rows(self, table: TableAt) -> Iterator[tuple[int, Mapping[str, Value]]]:
        values = self._pages.pages[table.sheet].values
        for row in range(table.first, table.last + 1):
            yield row, {key: values.get((row, col)) for key, col in table.columns.items()}

    def _rules(self) -> Iterator[Expected]:
        """The rules on the method sheet are those of the method that the file holds as data."""
        table, method = self._table("method"), self._method
        if table is None:
            return
        known: dict[str, Value] = {
            "scale.min": method.scale_min, "scale.max": method.scale_max, "min_scored": method.min_scored,
            "need.below": method.needs.need_below, "need.critical_mean": method.needs.critical_mean,
            "need.critical_share": method.needs.critical_share, "hash": method.hash,
        }  # fmt: skip
        known |= {f"weight.{code}": weight for code, weight in method.weights.items()}
        known |= {f"heading.{code}": weight for code, weight in method.heading_weights.items()}
        known |= {f"cut.{number}": cut for number, cut in enumerate(method.cuts, start=1)}
        known |= {f"band.{number}": limit for number, limit in enumerate(method.needs.bands, start=1)}
        for row, cells in self._rows(table):
            code = str(cells["code"] or "")
            if code.startswith("collapse."):
                yield Expected(table.sheet, row, table.columns["value"], method.collapse[int(code.rpartition(".")[2])])
            elif code in known:
                column = "words" if code == "hash" else "value"
                yield Expected(table.sheet, row, table.columns[column], known[code])

    def _levels(self) -> Iterator[Expected]:
        """The levels in force are those that the rating record marks as used."""
        table, record = self._table("levels"), self._table("ratings")
        if table is None or record is None:
            return
        used = {
            (cells["firm"], cells["indicator"]): cells["level"] for _row, cells in self._rows(record) if cells["counts"]
        }
        for row, cells in self._rows(table):
            for code in self._method.indicator_codes:
                given = cells[f"level:{code}"]
                if not isinstance(given, str):
                    level = used.get((cells["firm"], code))
                    yield Expected(table.sheet, row, table.columns[f"level:{code}"], level)

    def _areas(self) -> Areas | None:
        """The areas as the sheet of the index lists them."""
        table = self._table("index")
        if table is None or (self._table("levels") is None and self._table("panel") is None):
            return None
        rows = [cells for _row, cells in self._rows(table)]
        frame = [_number(cells["frame_n"], -1.0) for cells in rows]
        codes = tuple(str(cells["area"]) for cells in rows)
        return Areas(codes, codes, codes, np.array(frame, dtype=np.int64))

    def _scores(self, areas: Areas) -> dict[str, AreaScore]:
        """The scores of the areas on each route, those of the route that an area has levels on first."""
        found: dict[str, AreaScore] = {}
        for key, route in (("panel", PANEL_ROUTE), ("levels", FIRM_ROUTE)):
            table = self._table(key)
            if table is None:
                continue
            rows = [cells for _row, cells in self._rows(table)]
            place = np.array([_number(cells["area_no"], 1.0) - 1 for cells in rows], dtype=np.int64)
            codes = self._method.indicator_codes
            given = np.array([[_number(cells[f"level:{code}"]) for code in codes] for cells in rows], dtype=np.float64)
            levels = Levels(
                route, tuple(map(str, range(len(rows)))), place, codes, given.reshape(len(rows), len(codes))
            )
            scored = {score.code: score for score in score_areas(areas, levels, self._method)}
            found |= {code: score for code, score in scored.items() if score.scored or code not in found}
        return found

    def _figures(self, key: str, wanted: Mapping[Any, Mapping[str, Value]], by: tuple[str, ...]) -> Iterator[Expected]:
        """The cells of a table: `wanted` holds what the row with those values in `by` should hold."""
        table = self._table(key)
        if table is None:
            return
        for row, cells in self._rows(table):
            for column, value in wanted.get(tuple(cells[name] for name in by), {}).items():
                yield Expected(table.sheet, row, table.columns[column], value)

    def _index(self, scores: Mapping[str, AreaScore]) -> Iterator[Expected]:
        wanted = {
            (code,): {
                "n": score.n, "scored": score.scored, "score": score.score, "category": score.category,
                "published_index": score.published_index, "published_category": score.published_category,
            }
            for code, score in scores.items()
        }  # fmt: skip
        return self._figures("index", wanted, ("area",))

    def _indicators(self, scores: Mapping[str, AreaScore]) -> Iterator[Expected]:
        wanted = {
            (code, one.code): {
                "n": one.n, "mean_given": one.mean5, "deviation": one.deviation, "mean": one.mean,
                "published": one.published, "contribution": one.contribution,
                **{f"at_{level}": count for level, count in enumerate(one.counts, start=1)},
            }
            for code, score in scores.items()
            for one in score.indicators
        }  # fmt: skip
        return self._figures("indicators", wanted, ("area", "indicator"))

    def _headings(self, scores: Mapping[str, AreaScore]) -> Iterator[Expected]:
        wanted = {
            (code, float(number)): {"points": one.points, "maximum": one.maximum, "score": one.score}
            for code, score in scores.items()
            for number, one in enumerate(score.headings, start=1)
        }
        return self._figures("headings", wanted, ("area", "heading_no"))

    def _needs(self, areas: Areas) -> Iterator[Expected]:
        cells = tuple(cell.code for cell in self._method.needs.cells)
        table = next((one for key, one in self._ledger.tables.items() if _asks(key, one, cells)), None)
        if table is None or table.sheet not in self._pages.pages:
            return
        columns = {name.rpartition("/")[2]: name for name in table.columns if name.startswith("answer:")}
        rows = [found for _row, found in self._rows(table) if found["counts"]]
        answers = np.array([[_answer(found[columns[cell]])[0] for cell in cells] for found in rows], dtype=np.int64)
        reserve = np.array([[_answer(found[columns[cell]])[1] for cell in cells] for found in rows], dtype=np.int64)
        place = np.array([_number(found["area_no"], 1.0) - 1 for found in rows], dtype=np.int64)
        shape = (len(rows), len(cells))
        needs = Needs(tuple(map(str, range(len(rows)))), place, cells, answers.reshape(shape), reserve.reshape(shape))
        scored, _margins = score_needs(areas, needs, self._method)
        yield from self._figures("needs", {(need.area, need.cell): _need(need) for need in scored}, ("area", "cell"))


def _asks(key: str, table: TableAt, cells: tuple[str, ...]) -> bool:
    asked = {name.rpartition("/")[2] for name in table.columns if name.startswith("answer:")}
    return key.startswith("answers:") and bool(cells) and set(cells) <= asked


def _need(need: NeedScore) -> dict[str, Value]:
    return {
        "n": need.n, "mean": need.mean, "deviation": need.deviation, "inadequate_share": need.inadequate_share,
        "adequate_share": need.adequate_share, "gap": need.gap, "need_index": need.need_index, "rank": need.rank,
        "band": need.band, "not_applicable": need.not_applicable, "does_not_know": need.does_not_know,
        "declined": need.declined, "in_conflict": need.in_conflict,
        **{f"answer_{level}": count for level, count in enumerate(need.counts, start=1)},
    }  # fmt: skip


def _number(value: Value, otherwise: float = float("nan")) -> float:
    return otherwise if value is None or isinstance(value, str) else float(value)


def _answer(value: Value) -> tuple[int, int]:
    """An answer 1-5 and its reserve code, as the sheet of answers shows them."""
    if isinstance(value, float):
        return (int(value), 0) if value in range(1, BEST + 1) else (0, 0)
    if value is None:
        return 0, 0
    return 0, RESERVES.get(value, RESERVES["conflict"] if "|" in value else 0)
