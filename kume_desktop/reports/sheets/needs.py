"""The needs matrix: every cell a formula over the answers, and the picture of all areas at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kume_desktop.reports.sheets.answers import AnswerPlace
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing.cells import Content, Live, letter, literal, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table, TableFacts
from kume_desktop.scoring.needs import BEST
from kume_desktop.scoring.results import NeedScore
from kume_desktop.scoring.rounding import settle

FIRST = HEAD_ROW + 1
(
    AREA, CODE, NAME, FUNCTION, RESOURCE, CELL, N, COUNTS,
) = range(8)  # fmt: skip
MEAN, SPREAD, INADEQUATE, ADEQUATE, NET, GAP, INDEX, RANK, BAND, LABEL, NEED, CRITICAL = range(12, 24)
RESERVE = 24
SETTLED_GAP, SETTLED_SHARE = 28, 29
LOW, HIGH, MEDIAN, DOMINANCE, ORDER, NEED_SURE, CRITICAL_SURE = range(30, 37)
_KEYS = (
    "area_no", "area", "area_name", "function", "resource", "cell", "n", *(f"answer_{k}" for k in range(1, BEST + 1)),
    "mean", "deviation", "inadequate_share", "adequate_share", "net", "gap", "need_index", "rank", "band", "band_label",
    "need", "critical", "not_applicable", "does_not_know", "declined", "in_conflict", "gap_for_rank", "share_for_rank",
    "low", "high", "median", "dominance", "order_changes", "need_sure", "critical_sure",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedPlace:
    """The sheet of need cells, the row of each (area, cell), and the last row."""

    sheet: Sheet
    rows: Mapping[tuple[str, str], int]
    last: int

    def ref(self, area: str, cell: str, column: int) -> str:
        """A cell of the sheet, absolute."""
        return self.sheet.ref(self.rows[area, cell], column)

    def column(self, column: int) -> str:
        """A column over all rows."""
        return self.sheet.column(column, FIRST, self.last)


_WIDTHS = (
    7,
    16,
    30,
    14,
    28,
    22,
    6,
    6,
    6,
    6,
    6,
    6,
    8,
    9,
    10,
    9,
    9,
    7,
    8,
    6,
    6,
    24,
    8,
    8,
    10,
    8,
    9,
    8,
    9,
    9,
    8,
    8,
    9,
    10,
    10,
    9,
    9,
)
_STYLES = (
    "count", "text", "strong", "text", "text", "grey", "count", *["count"] * BEST, "two", "two", "share", "share",
    "share", "two", "one", "count", "count", "text", "centre", "centre", *["count"] * 4, "number", "number",
    "two", "two", "number", "two", "centre", "centre", "centre",
)  # fmt: skip


def write_cells(job: Job, sheet: Sheet, method: MethodPlace, answers: AnswerPlace) -> NeedPlace:
    """Write one row for each area and cell."""
    note = job.tr("Over the interviews that count; reserve answers are counted apart and enter no mean.")
    job.begin(sheet, job.tr("Need cells"), _WIDTHS, note)
    sheet.raw.set_row(HEAD_ROW, 44)
    heads = _heads(job)
    job.heads(sheet, heads, _STYLES)
    scores = {(need.area, need.cell): need for need in job.content.results.needs}
    rows = {key: FIRST + place for place, key in enumerate(scores)}
    place = NeedPlace(sheet, rows, FIRST + max(len(rows), 1) - 1)
    for key, row in rows.items():
        need = scores[key]
        cells = [*_known(job, need), *_counted(row, need, answers), *_derived(job, row, need, method, answers)]
        cells += [*_reserves(job, row, need, answers), *_ranking(row, need), *_limits(job, need)]
        shown, styles = job.veil(sheet, job.hidden.need(*key), cells, _STYLES, N)
        sheet.row(row, shown, styles)
    job.table(sheet, place.last, len(_STYLES), NAME + 1)
    job.wide(sheet, NAME)
    job.register(TableFacts("needs", sheet, FIRST, place.last, _KEYS, heads))
    return place


def _limits(job: Job, need: NeedScore) -> list[Content]:
    """The interval, what does not rest on equal spacing, and whether need and critical are certain."""
    return [
        need.interval.low,
        need.interval.high,
        need.median,
        need.dominance,
        job.tr("yes") if need.order_changes else "",
        _sure(job, is_it=need.is_need, sure=need.need_sure),
        _sure(job, is_it=need.is_critical, sure=need.critical_sure),
    ]


def _sure(job: Job, *, is_it: bool, sure: bool) -> str:
    if not is_it:
        return ""
    return job.tr("certain") if sure else job.tr("possible")


def write_expert_needs(job: Job, sheet: Sheet) -> None:
    """Write the cells as experts rated them: the second route, values, never mixed with the firms' answers."""
    note = job.tr("The need cells as experts rated them: a second route, never mixed with the answers of the firms.")
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 34, "strong"),
        Col("function", job.tr("Function"), 14),
        Col("resource", job.tr("Resource"), 30),
        Col("cell", job.tr("Question"), 22, "grey"),
        Col("n", job.tr("Experts"), 8, "count"),
        *(Col(f"answer_{k}", job.tr("answer {level}", level=k), 8, "count") for k in range(1, BEST + 1)),
        Col("mean", job.tr("Mean"), 8, "two"),
        Col("inadequate_share", job.tr("Share inadequate"), 10, "share"),
        Col("firms_mean", job.tr("Mean of the firms"), 10, "two"),
        Col("difference", job.tr("Difference"), 10, "two"),
    )
    job.begin(sheet, job.tr("Needs as experts see them"), [column.width for column in columns], note)
    table = Table(job, sheet, "expert_needs", columns, HEAD_ROW)
    firms = {(need.area, need.cell): need.mean for need in job.content.results.needs}
    for need in job.content.results.expert_needs:
        _number, *known = _known(job, need)
        own = None if job.hidden.need(need.area, need.cell) else firms.get((need.area, need.cell))
        apart = None if own is None or need.mean is None else need.mean - own
        both = f'{table.here("mean")}="",{table.here("firms_mean")}=""'
        difference = Live(f'IF(OR({both}),"",{table.here("mean")}-{table.here("firms_mean")})', apart)
        table.add([*known, need.n, *need.counts, need.mean, need.inadequate_share, own, difference])
    table.end(2)


def _heads(job: Job) -> tuple[str, ...]:
    return (
        job.tr("Area no."), job.tr("Area"), job.tr("Name"), job.tr("Function"), job.tr("Resource"), job.tr("Question"),
        "n", *(job.tr("answer {level}", level=level) for level in range(1, BEST + 1)), job.tr("Mean"),
        job.tr("Standard deviation"), job.tr("Share inadequate"), job.tr("Share adequate"), job.tr("Net"),
        job.tr("Gap"), job.tr("Need index"), job.tr("Rank"), job.tr("Band"), job.tr("Label of the band"),
        job.tr("Need"), job.tr("Critical"), job.tr("Not applicable"), job.tr("Does not know"), job.tr("No answer"),
        job.tr("In conflict"), job.tr("Gap, for ranking"), job.tr("Share, for ranking"), job.tr("95%, lower"),
        job.tr("95%, upper"), job.tr("Median"), job.tr("Dominance"), job.tr("Order changes"),
        job.tr("Need is certain"), job.tr("Critical is certain"),
    )  # fmt: skip


def _known(job: Job, need: NeedScore) -> list[Content]:
    area = next(area for area in job.content.areas if area.code == need.area)
    rules = job.method.needs
    function = next(entry.text for entry in rules.functions if entry.code == need.function)
    resource = next(entry.text for entry in rules.resources if entry.code == need.resource)
    return [job.numbers[area.code], area.code, job.say(area.name), job.say(function), job.say(resource), need.cell]


def _scope(row: int, answers: AnswerPlace) -> str:
    """The condition that an answer belongs to this area and counts."""
    return f"{answers.area},{near(row, AREA)},{answers.counts},1"


def _counted(row: int, need: NeedScore, answers: AnswerPlace) -> list[Content]:
    scope, column = _scope(row, answers), answers.columns[need.cell]
    return [
        Live(f'COUNTIFS({scope},{column},">=1",{column},"<={BEST}")', need.n),
        *(Live(f"COUNTIFS({scope},{column},{level})", n) for level, n in enumerate(need.counts, start=1)),
    ]


def _derived(job: Job, row: int, need: NeedScore, method: MethodPlace, answers: AnswerPlace) -> list[Content]:
    scope, column, n = _scope(row, answers), answers.columns[need.cell], near(row, N)
    mean, inadequate, adequate = near(row, MEAN), near(row, INADEQUATE), near(row, ADEQUATE)
    squares = "+".join(f"{near(row, COUNTS + k)}*({k + 1}-{mean})^2" for k in range(BEST))
    net = None
    if need.adequate_share is not None and need.inadequate_share is not None:
        net = need.adequate_share - need.inadequate_share

    def where(formula: str, least: int = 1) -> str:
        return f'IF({n}<{least},"",{formula})'

    bands = "+".join(f"(ROUND({mean},9)>ROUND({limit},9))" for limit in method.bands)
    return [
        Live(where(f"AVERAGEIFS({column},{scope})"), need.mean),
        Live(where(f"SQRT(({squares})/({n}-1))", 2), need.deviation),
        Live(where(f'COUNTIFS({scope},{column},"<=2")/{n}'), need.inadequate_share),
        Live(where(f'COUNTIFS({scope},{column},">=4")/{n}'), need.adequate_share),
        Live(where(f"{adequate}-{inadequate}"), net),
        Live(where(f"{BEST}-{mean}"), need.gap),
        Live(where(f"25*({BEST}-{mean})"), need.need_index),
        Live(where(_rank_formula(row, job)), need.rank),
        Live(where(f"1+{bands}"), need.band),
        Live(where(f"INDEX({method.labels},{near(row, BAND)})"), band_label(job, need)),
        *_flags(job, row, need, method),
    ]


def band_label(job: Job, need: NeedScore) -> str | None:
    """The label of the scale that the band of a mean carries."""
    return None if need.band is None else job.say(job.method.needs.likert[need.band - 1].text)


def _flags(job: Job, row: int, need: NeedScore, method: MethodPlace) -> list[Content]:
    n, mean, share = near(row, N), near(row, MEAN), near(row, INADEQUATE)
    yes = job.tr("yes")
    low = f"ROUND({mean},9)<=ROUND({method.critical_mean},9)"
    many = f"ROUND({share},9)>=ROUND({method.critical_share},9)"
    below = f"ROUND({mean},9)<ROUND({method.need_below},9)"
    return [
        Live(f'IF({n}=0,"",IF({below},{literal(yes)},""))', yes if need.is_need else None),
        Live(f'IF({n}=0,"",IF(OR({low},{many}),{literal(yes)},""))', yes if need.is_critical else None),
    ]


def _rank_formula(row: int, job: Job) -> str:
    """1 + the cells of the same area with a larger gap, or the same gap and a larger share inadequate."""
    last = FIRST + max(len(job.content.results.needs), 1) - 1

    def own(column: int) -> str:
        return f"${letter(column)}${FIRST + 1}:${letter(column)}${last + 1}"

    gap, share = near(row, SETTLED_GAP), near(row, SETTLED_SHARE)
    larger = f"({own(SETTLED_GAP)}>{gap})+({own(SETTLED_GAP)}={gap})*({own(SETTLED_SHARE)}>{share})"
    return f"1+SUMPRODUCT(({own(AREA)}={near(row, AREA)})*({larger}))"


def _reserves(job: Job, row: int, need: NeedScore, answers: AnswerPlace) -> list[Content]:
    scope, column = _scope(row, answers), answers.columns[need.cell]
    counts = (need.not_applicable, need.does_not_know, need.declined, need.in_conflict)
    codes = ("na", "dk", "nr", f"{job.conflict}*")
    return [
        Live(f"COUNTIFS({scope},{column},{literal(code)})", count) for code, count in zip(codes, counts, strict=True)
    ]


def _ranking(row: int, need: NeedScore) -> list[Content]:
    """Gap and share as the ranks compare them; -1 where there is no answer, so that every cell is a number."""
    pairs = ((GAP, need.gap), (INADEQUATE, need.inadequate_share))
    return [
        Live(f"IF({near(row, N)}=0,-1,ROUND({near(row, col)},9))", -1 if value is None else float(settle(value)))
        for col, value in pairs
    ]


def need_rows(job: Job, area: str) -> Sequence[NeedScore]:
    """The cells of one area in the order of the method."""
    return [need for need in job.content.results.needs if need.area == area]
