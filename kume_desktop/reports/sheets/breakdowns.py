"""Index, indicators and need cells by size class, district and NACE division.

The audit edition shows every group by live formulas over levels and answers; the publication edition shows what the
analysis found can be shown, and says of the rest why it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kume_desktop.problems import N_
from kume_desktop.reports.agreement import levels_of, needs_of
from kume_desktop.reports.sheets.answers import AnswerPlace
from kume_desktop.reports.sheets.levels import LevelPlace
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.sheets.told import what_name
from kume_desktop.reports.writing.cells import Content, Live, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.analysis import Analysis, GroupScore
from kume_desktop.scoring.index import index_under, means, scaled_levels
from kume_desktop.scoring.inputs import BoolArray, FloatArray
from kume_desktop.scoring.method import FIRM_ROUTE, LEAVE_OUT
from kume_desktop.scoring.needs import BEST, INADEQUATE

BY = {"size_class": N_("Size class"), "district": N_("District"), "nace": N_("NACE division")}
INDICATIVE = 10
MOST_LIVE = 6_000
"""Rows with formulas: beyond that a spreadsheet would compute for minutes, and values are written."""


@dataclass(frozen=True, slots=True)
class Below:
    """What the formulas of a break-down rest on; no answers where the study asks no needs."""

    method: MethodPlace
    levels: LevelPlace | None
    answers: AnswerPlace | None


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure of one group, nothing hidden; `what` is '' for the index."""

    area: str
    by: str
    group: str
    what: str
    n: int
    mean: float | None
    inadequate: float | None


def write_breakdowns(job: Job, sheet: Sheet, below: Below, analysis: Analysis | None) -> None:
    """Write one row for each figure of each group."""
    note = job.tr("By group of firms. Figures from fewer than 10 firms are indicative.")
    columns = _columns(job)
    job.begin(sheet, job.tr("Break-downs"), [column.width for column in columns], note)
    table = Table(job, sheet, "groups", columns, HEAD_ROW, 44)
    if job.is_public:
        for one in () if analysis is None else analysis.groups:
            _published(job, table, one)
    else:
        figures = list(_figures(job))
        live = len(figures) <= MOST_LIVE
        for figure in figures:
            table.add(_cells(job, table, figure, below if live else None))
    table.end(5)
    job.wide(sheet, 4)


def _columns(job: Job) -> tuple[Col, ...]:
    return (
        Col("area_no", job.tr("Area no."), 8, "count"),
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 34, "name"),
        Col("by", job.tr("By"), 14),
        Col("group", job.tr("Group"), 18, "strong"),
        Col("group_no", job.tr("Group no."), 8, "count"),
        Col("what", job.tr("Code"), 20),
        Col("what_name", job.tr("Figure"), 44),
        Col("n", "n", 8, "count"),
        Col("mean", job.tr("Mean or index"), 10, "two"),
        Col("inadequate_share", job.tr("Share inadequate"), 10, "share"),
        Col("indicative", job.tr("Indicative"), 10, "centre"),
        Col("weight", job.tr("Weight"), 8, "number"),
        Col("points", job.tr("Weighted mean"), 10, "two"),
        Col("maximum", job.tr("Weighted maximum"), 10, "two"),
    )


def _known(job: Job, area: str, by: str, group: str, what: str) -> list[Content]:
    name = what_name(job, what) if what else job.tr("Index")
    number = job.groups[by].get(group)
    shown = group or job.tr("unknown")
    return [job.numbers[area], area, job.area_names[area], job.word(BY, by), shown, number, what, name]


def _published(job: Job, table: Table, one: GroupScore) -> None:
    mark = job.hidden.area(one.area) or one.suppressed
    mark = mark or job.hidden.indicator(one.area, one.what) or job.hidden.need(one.area, one.what)
    known = _known(job, one.area, one.by, one.group, one.what)
    if mark:
        told = job.sentences.hidden(mark)
        table.sheet.hidden += 1
        table.add([*known, told, *[None] * 6], {"n": "hidden"})
        return
    mark = job.tr("yes") if one.indicative else ""
    table.add([*known, one.n, one.mean, one.inadequate_share, mark, None, None, None])


def _cells(job: Job, table: Table, one: _Figure, below: Below | None) -> list[Content]:
    mark = job.tr("yes") if 0 < one.n < INDICATIVE else ""
    weight = job.method.weights.get(one.what)
    known = _known(job, one.area, one.by, one.group, one.what)
    if below is None:
        return [*known, one.n, one.mean, one.inadequate, mark, weight, None, None]
    if one.what and weight is None:
        return [*known, *_need(table, one, below), mark, None, None, None]
    if one.what:
        return [*known, *_indicator(table, one, below), mark, *_weighted(job, table, one, below)]
    return [*known, *_index(job, table, one, below), mark, None, None, None]


def _scope(table: Table, area: str, group: str) -> str:
    return f"{area},{table.here('area_no')},{group},{table.here('group_no')}"


def _indicator(table: Table, one: _Figure, below: Below) -> list[Content]:
    if below.levels is None:
        return [one.n, one.mean, None]
    scope = _scope(table, below.levels.area, below.levels.groups[one.by])
    scaled, n = below.levels.scaled[one.what], table.here("n")
    return [
        Live(f'COUNTIFS({scope},{scaled},">0")', one.n),
        Live(f'IF({n}=0,"",AVERAGEIFS({scaled},{scope}))', one.mean),
        None,
    ]


def _weighted(job: Job, table: Table, one: _Figure, below: Below) -> list[Content]:
    own, highest = job.method.weights[one.what], job.method.scale_max
    n, weight, mean = table.here("n"), table.here("weight"), table.here("mean")
    points = None if one.mean is None else own * one.mean
    return [
        Live(below.method.weights[one.what], own),
        Live(f'IF({n}=0,"",{weight}*{mean})', points),
        Live(f'IF({n}=0,"",{weight}*{below.method.scale_max})', own * highest if one.n else None),
    ]


def _index(job: Job, table: Table, one: _Figure, below: Below) -> list[Content]:
    """The index of a group: over the rows of its indicators, which stand right below."""
    if below.levels is None:
        return [one.n, one.mean, None]
    scope = _scope(table, below.levels.area, below.levels.groups[one.by])
    n = Live(f'COUNTIFS({scope},{below.levels.scored},">0")', one.n)
    if job.method.heading_weights or job.method.missing_rule != LEAVE_OUT:
        return [n, one.mean, None]  # weights then depend on what is missing in the group
    first, last = table.next + 1, table.next + len(job.method.indicators)
    points, reach = (f"SUM({near(first, table.at[key])}:{near(last, table.at[key])})" for key in ("points", "maximum"))
    return [n, Live(f'IF({reach}=0,"",100*{points}/{reach})', one.mean), None]


def _need(table: Table, one: _Figure, below: Below) -> list[Content]:
    if below.answers is None:
        return [one.n, one.mean, one.inadequate]
    answers, n = below.answers, table.here("n")
    column = answers.columns[one.what]
    scope = f"{_scope(table, answers.area, answers.groups[one.by])},{answers.counts},1"
    return [
        Live(f'COUNTIFS({scope},{column},">=1",{column},"<={BEST}")', one.n),
        Live(f'IF({n}=0,"",AVERAGEIFS({column},{scope}))', one.mean),
        Live(f'IF({n}=0,"",COUNTIFS({scope},{column},"<={INADEQUATE}")/{n})', one.inadequate),
    ]


def _figures(job: Job) -> Iterator[_Figure]:
    """Every figure of every group, area by area; a break-down of one group only is left out: it repeats the area."""
    levels, needs = levels_of(job.content, FIRM_ROUTE), needs_of(job.content)
    scaled = scaled_levels(levels, job.method) if len(levels.targets) else levels.levels
    answers = np.where(needs.answers > 0, needs.answers, np.nan).astype(np.float64)
    for place, area in enumerate(job.content.areas):
        if job.scores[area.code].route == FIRM_ROUTE:
            own = _answered(levels.targets, scaled, levels.area == place)
            yield from _family(job, area.code, own, job.method.indicator_codes, is_index=True)
        own = _answered(needs.firms, answers, needs.area == place)
        yield from _family(job, area.code, own, needs.cells, is_index=False)


_Rows = tuple[list[str], FloatArray]


def _answered(firms: Sequence[str], values: FloatArray, rows: BoolArray) -> _Rows:
    """The firms of an area that have any value, with their values."""
    kept = np.flatnonzero(rows & (~np.isnan(values)).any(axis=1)) if values.size else np.zeros(0, dtype=np.int64)
    return [firms[int(row)] for row in kept], values[kept]


def _family(job: Job, area: str, rows: _Rows, whats: Sequence[str], *, is_index: bool) -> Iterator[_Figure]:
    firms, values = rows
    for by, numbers in job.groups.items():
        labels = np.array([numbers[group_of(job, firm, by)] for firm in firms], dtype=np.int64)
        present = sorted(set(labels.tolist()), key=lambda number: (number == 0, number))
        if len(present) > 1:
            names = {number: name for name, number in numbers.items()}
            for number in present:
                yield from _group(job, (area, by, names[number]), values[labels == number], whats, is_index)


def group_of(job: Job, firm: str, by: str) -> str:
    """The group of a firm in a break-down, '' where nobody knows it."""
    facts = job.firms[firm]
    return {"size_class": facts.size_class, "district": facts.district, "nace": facts.nace}[by]


def _group(
    job: Job, where: tuple[str, str, str], values: FloatArray, whats: Sequence[str], is_index: bool
) -> Iterator[_Figure]:
    mean, n = means(values)
    if is_index:
        score = float(index_under(mean, job.method))
        yield _Figure(*where, "", len(values), None if np.isnan(score) else score, None)
    low = (values <= INADEQUATE).sum(axis=0)
    for column, what in enumerate(whats):
        count = int(n[column])
        share = None if is_index or not count else float(low[column] / count)
        yield _Figure(*where, what, count, float(mean[column]) if count else None, share)
