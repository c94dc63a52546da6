"""Headings: the formula of the index inside each of them, and what each brings into the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kume_desktop.reports.sheets.indicators import (
    FIRST,
    I_AREA,
    I_HEADING_NO,
    I_MAXIMUM,
    I_N,
    I_POINTS,
    I_POINTS_PUBLISHED,
    IndicatorPlace,
)
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing.cells import Content, Live, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import TableFacts
from kume_desktop.scoring.method import LOWEST, Heading
from kume_desktop.scoring.results import AreaScore, HeadingScore

H_AREA, H_CODE, H_NAME, H_NO, H_HEADING, H_SCORED, H_POINTS, H_MAXIMUM, H_SCORE, H_PUBLISHED = range(10)
H_WEIGHT, H_INTO, H_INTO_MAXIMUM, H_INTO_PUBLISHED = range(10, 14)

_KEYS = (
    "area_no", "area", "area_name", "heading_no", "heading", "scored", "points", "maximum", "score",
    "points_published", "weight", "into_index", "into_maximum", "into_published",
)  # fmt: skip
_STYLES = (
    "count", "text", "strong", "count", "text", "count", "two", "two", "index", "number", "number", "two", "two", "two",
)  # fmt: skip
_WIDTHS = (7, 16, 40, 8, 28, 11, 10, 10, 10, 11, 9, 11, 11, 11)


@dataclass(frozen=True, slots=True)
class HeadingPlace:
    """The sheet of headings and the row of each (area, heading)."""

    sheet: Sheet
    rows: Mapping[tuple[str, str], int]

    def total(self, areas_headings: list[tuple[str, str]], column: int) -> str:
        """The sum of a column over the headings of an area, which stand one below the other."""
        rows = [self.rows[key] for key in areas_headings]
        return f"SUM({self.sheet.column(column, min(rows), max(rows))})"


@dataclass(frozen=True, slots=True)
class Into:
    """What a heading brings into the index of its area; None where nothing in it counts."""

    points: float | None
    maximum: float | None
    published: float | None


def into_index(job: Job, area: AreaScore, heading: Heading, result: HeadingScore) -> Into:
    """The points of a heading; with heading weights its score as a share, times its weight."""
    if result.points is None:
        return Into(None, None, None)
    published = published_points(job, area, heading) or 0.0
    weight = job.method.heading_weights.get(heading.code)
    if weight is None:
        return Into(result.points, result.maximum, published)
    return Into(weight * result.points / result.maximum, weight, weight * published / result.maximum)


def published_points(job: Job, area: AreaScore, heading: Heading) -> float | None:
    """The weighted published levels of a heading; None where nothing in it counts."""
    own = {one.code: one.published for one in area.indicators if one.code in heading.indicators}
    if job.method.missing_rule == LOWEST and area.scored:
        own = {code: job.method.scale_min if level is None else level for code, level in own.items()}
    known = [job.method.weights[code] * level for code, level in own.items() if level is not None]
    return sum(known) if known else None


def write_headings(job: Job, sheet: Sheet, method: MethodPlace, indicators: IndicatorPlace) -> HeadingPlace:
    """Write one row for each area and heading."""
    note = job.tr("The formula of the index inside each heading; the index sums the points, not the heading scores.")
    if job.method.heading_weights:
        note = job.tr("The formula of the index inside each heading; the index is their mean, weighted by heading.")
    job.begin(sheet, job.tr("Headings"), _WIDTHS, note)
    heads = (
        job.tr("Area no."), job.tr("Area"), job.tr("Name"), job.tr("Heading no."), job.tr("Heading"),
        job.tr("Indicators scored"), job.tr("Points"), job.tr("Highest points"), job.tr("Heading score"),
        job.tr("Published points"), job.tr("Weight"), job.tr("Into the index"), job.tr("Highest into the index"),
        job.tr("Published into the index"),
    )  # fmt: skip
    sheet.raw.set_row(HEAD_ROW, 44)
    job.heads(sheet, heads, _STYLES)
    rows: dict[tuple[str, str], int] = {}
    for area in job.content.areas:
        score = job.scores[area.code]
        for number, (heading, result) in enumerate(zip(job.method.headings, score.headings, strict=True), start=1):
            row = rows[area.code, heading.code] = FIRST + len(rows)
            known: list[Content] = [
                job.numbers[area.code], area.code, job.say(area.name), number, job.say(heading.text),
            ]  # fmt: skip
            own = _heading(row, score, heading, result, job, indicators)
            brought = _into(
                row, into_index(job, score, heading, result), method.heading_weights.get(heading.code), job, heading
            )
            mark = job.hidden.heading(area.code, heading.code)
            cells, styles = job.veil(sheet, mark, [*known, *own, *brought], _STYLES, H_SCORED)
            sheet.row(row, cells, styles)
    last = FIRST + max(len(rows), 1) - 1
    job.table(sheet, last, len(heads), H_NAME + 1)
    job.register(TableFacts("headings", sheet, FIRST, last, _KEYS, heads))
    return HeadingPlace(sheet, rows)


def _heading(
    row: int, area: AreaScore, heading: Heading, result: HeadingScore, job: Job, place: IndicatorPlace
) -> list[Content]:
    here = f"{place.column(I_AREA)},{near(row, H_AREA)},{place.column(I_HEADING_NO)},{near(row, H_NO)}"
    points, maximum = near(row, H_POINTS), near(row, H_MAXIMUM)
    scored = sum(entry.code in heading.indicators and entry.n > 0 for entry in area.indicators)
    return [
        Live(f'COUNTIFS({here},{place.column(I_N)},">0")', scored),
        Live(f'IF({maximum}=0,"",SUMIFS({place.column(I_POINTS)},{here}))', result.points),
        Live(f"SUMIFS({place.column(I_MAXIMUM)},{here})", result.maximum),
        Live(f'IF({maximum}=0,"",100*{points}/{maximum})', result.score),
        Live(
            f'IF({maximum}=0,"",SUMIFS({place.column(I_POINTS_PUBLISHED)},{here}))',
            published_points(job, area, heading),
        ),
    ]


def _into(row: int, into: Into, weight: str | None, job: Job, heading: Heading) -> list[Content]:
    points, maximum, published, own = (near(row, col) for col in (H_POINTS, H_MAXIMUM, H_PUBLISHED, H_WEIGHT))
    if weight is None:
        formulas = (points, maximum, published)
        first: Content = None
    else:
        formulas = (f"{own}*{points}/{maximum}", own, f"{own}*{published}/{maximum}")
        first = Live(weight, job.method.heading_weights[heading.code])
    values = (into.points, into.maximum, into.published)
    return [
        first,
        *(
            Live(f'IF({maximum}=0,"",{formula})', value)
            for formula, value in zip(formulas, values, strict=True)
        ),
    ]  # fmt: skip
