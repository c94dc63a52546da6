"""Whether the results are those of the rows: the formulas of the workbook will compute them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from kume_desktop.problems import Refused, problem
from kume_desktop.reports.content import AnswerRow, AnswerTable, ReportContent
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Levels, Needs
from kume_desktop.scoring.limits import NOT_COMPUTED
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE
from kume_desktop.scoring.needs import BEST, RESERVES, score_needs
from kume_desktop.scoring.results import AreaScore, NeedScore

TOLERANCE = 1e-9


def require_agreement(content: ReportContent) -> None:
    """Raise Refused (`report.results-outdated`) where the rows give other results than `content.results`."""
    if [area.code for area in content.areas] != [area.code for area in content.results.areas]:
        raise Refused(problem("report.results-outdated", place=content.results.method_name))
    areas = areas_of(content)
    again = {route: score_areas(areas, levels_of(content, route), content.method) for route in _routes(content)}
    for place, told in enumerate(content.results.areas):
        if not _same_area(told, again[told.route][place]):
            raise Refused(problem("report.results-outdated", place=told.code))
    cells, _ = score_needs(areas, needs_of(content), content.method)
    for told_cell, cell in zip(content.results.needs, cells, strict=True):
        if not _same_need(told_cell, cell):
            raise Refused(problem("report.results-outdated", place=f"{cell.area} · {cell.cell}"))


def _routes(content: ReportContent) -> set[str]:
    return {area.route for area in content.results.areas}


def _same_area(told: AreaScore, again: AreaScore) -> bool:
    counts = all(a.counts == b.counts for a, b in zip(told.indicators, again.indicators, strict=True))
    same = (told.n, told.published_index, told.category) == (again.n, again.published_index, again.category)
    return counts and same and _close(told.score, again.score)


def _same_need(told: NeedScore, again: NeedScore) -> bool:
    """Everything that comes from the answers alone: intervals know the list, a spread the order of the firms."""
    return _plain(told) == _plain(again)


def _plain(need: NeedScore) -> NeedScore:
    return replace(need, deviation=None, interval=NOT_COMPUTED, need_sure=False, critical_sure=False, dominance=None)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE


def areas_of(content: ReportContent) -> Areas:
    """The areas of the content as arrays."""
    frame = [-1 if area.frame_n is None else area.frame_n for area in content.areas]
    return Areas(
        tuple(area.code for area in content.areas),
        tuple(area.name.tr for area in content.areas),
        tuple(area.name.en for area in content.areas),
        np.array(frame, dtype=np.int64),
    )


def levels_of(content: ReportContent, route: str) -> Levels:
    """The levels that the rows of the content hold on a route."""
    indicators = content.method.indicator_codes
    area_number = {area.code: place for place, area in enumerate(content.areas)}
    if route == PANEL_ROUTE:
        targets = tuple(area.code for area in content.areas)
        found = {(row.area, row.indicator): row.level for row in content.panel}
        area = np.array([area_number[code] for code in targets], dtype=np.int64)
    else:
        targets = tuple(firm.code for firm in content.firms)
        found = {(row.firm, row.indicator): row.level for row in content.ratings if row.used}
        area = np.array([area_number[firm.area] for firm in content.firms], dtype=np.int64)
    table = [[np.nan if (level := found.get((t, i))) is None else level for i in indicators] for t in targets]
    shape = (len(targets), len(indicators))
    return Levels(route or FIRM_ROUTE, targets, area, indicators, np.array(table, dtype=np.float64).reshape(shape))


def needs_of(content: ReportContent) -> Needs:
    """The answers of the needs cells that the rows of the content hold."""
    cells = tuple(cell.code for cell in content.method.needs.cells)
    area_number = {area.code: place for place, area in enumerate(content.areas)}
    firms = {firm.code: area_number[firm.area] for firm in content.firms}
    coded = [(row.firm, _coded_row(row, _paths(table), cells)) for table, row in counted_need_rows(content)]
    flat = np.array([pairs for _, pairs in coded], dtype=np.int64).reshape(len(coded), len(cells), 2)
    return Needs(
        firms=tuple(firm for firm, _ in coded),
        area=np.array([firms[firm] for firm, _ in coded], dtype=np.int64),
        cells=cells,
        answers=flat[:, :, 0],
        reserve=flat[:, :, 1],
    )


def need_table(content: ReportContent) -> AnswerTable | None:
    """The table that asks the needs cells, if the study has one."""
    wanted = {cell.code for cell in content.method.needs.cells}
    tables = (table for instrument in content.instruments for table in instrument.tables)
    return next((table for table in tables if wanted & {column.name for column in table.columns}), None)


def counted_need_rows(content: ReportContent) -> Iterator[tuple[AnswerTable, AnswerRow]]:
    """The rows that the needs matrix rests on."""
    table = need_table(content)
    if table is not None:
        yield from ((table, row) for row in table.rows if row.counts)


def _paths(table: AnswerTable) -> Mapping[str, str]:
    return {column.name: column.path for column in table.columns}


def _coded_row(row: AnswerRow, paths: Mapping[str, str], cells: tuple[str, ...]) -> list[tuple[int, int]]:
    return [_coded(row.values.get(paths.get(cell, ""), ())) for cell in cells]


def _coded(heads: tuple[str, ...]) -> tuple[int, int]:
    """An answer 1-5 and its reserve code, as `scoring.inputs.Needs` has them."""
    different = set(heads)
    if len(different) > 1:
        return 0, RESERVES["conflict"]
    value = heads[0] if heads else ""
    if value in {str(level) for level in range(1, BEST + 1)}:
        return int(value), 0
    return 0, RESERVES.get(value, 0)
