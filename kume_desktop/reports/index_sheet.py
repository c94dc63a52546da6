"""The sheet of the index: both statistics of each area, each with its own category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kume_desktop import texts
from kume_desktop.reports.content import AreaFacts
from kume_desktop.reports.indicator_sheets import (
    FIRST,
    H_MAXIMUM,
    H_POINTS,
    H_PUBLISHED,
    H_SCORE,
    HeadingPlace,
    IndicatorPlace,
)
from kume_desktop.reports.job import HEAD_ROW, Job
from kume_desktop.reports.level_sheets import LevelPlace
from kume_desktop.reports.method_sheet import MethodPlace
from kume_desktop.reports.sheet import Content, Live, Sheet, literal, near
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.scoring.results import AreaScore

NUMBER, CODE, NAME, ROUTE, N, FRAME_N, SHARE, SCORED, HEADINGS = range(9)


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """The sheet of the index: the row of each area and the column of each figure."""

    sheet: Sheet
    rows: Mapping[str, int]
    columns: Mapping[str, int]

    def ref(self, area: str, figure: str) -> str:
        """The cell of a figure of an area, absolute."""
        return self.sheet.ref(self.rows[area], self.columns[figure])


_AFTER = (
    "points", "maximum", "score", "interval", "category", "category_name", "published_points", "published_index",
    "published_category", "published_name", "note",
)  # fmt: skip
_STYLES = ("count", "text", "name", "text", "count", "count", "share", "count")
_AFTER_STYLES = ("two", "two", "index", "grey-wrap", "count", "badge", "number", "published", "count", "badge", "warn")


def write_index(
    job: Job,
    sheet: Sheet,
    method: MethodPlace,
    levels: Mapping[str, LevelPlace],
    indicators: IndicatorPlace,
    headings: HeadingPlace,
) -> IndexPlace:
    """Write one row an area."""
    count = len(job.method.headings)
    after = {figure: HEADINGS + count + place for place, figure in enumerate(_AFTER)}
    place = IndexPlace(
        sheet,
        {area.code: row for row, area in enumerate(job.content.areas, start=FIRST)},
        {"route": ROUTE, "n": N, "frame_n": FRAME_N, "share": SHARE, "scored": SCORED, **after},
    )
    widths = (7, 16, 34, 12, 7, 7, 10, 11, *[12] * count, 9, 10, 10, 14, 10, 30, 10, 10, 12, 30, 28)
    note = job.tr("Index = 100 × sum of the weighted means / highest sum. Published style: each mean is rounded first.")
    job.begin(sheet, job.tr("Index"), widths, note)
    sheet.raw.set_row(HEAD_ROW, 44)
    styles = (*_STYLES, *["two"] * count, *_AFTER_STYLES)
    job.heads(sheet, _heads(job), styles)
    for area in job.content.areas:
        score, row = job.scores[area.code], place.rows[area.code]
        cells = [
            *_known(job, row, area, score, levels[score.route], indicators),
            *_headings(job, area.code, score, headings),
            *_unrounded(job, row, score, method, headings, after),
            *_published(job, row, score, method, headings, after),
        ]
        sheet.row(row, cells, styles)
        sheet.raw.set_row(row, 30)
    job.table(sheet, FIRST + len(job.content.areas) - 1, len(styles), NAME + 1)
    job.wide(sheet, NAME)
    return place


def _heads(job: Job) -> tuple[str, ...]:
    return (
        job.tr("Area no."), job.tr("Area"), job.tr("Name"), job.tr("Route"), "n", "N", job.tr("Covered firms"),
        job.tr("Indicators scored"), *(job.say(heading.text) for heading in job.method.headings), job.tr("Points"),
        job.tr("Highest points"), job.tr("Index"), job.tr("95% interval"), job.tr("Category"),
        job.tr("Category, in full"), job.tr("Published points"), job.tr("Published index"),
        job.tr("Published category"), job.tr("Published category, in full"), job.tr("Note"),
    )  # fmt: skip


def _known(
    job: Job, row: int, area: AreaFacts, score: AreaScore, levels: LevelPlace, indicators: IndicatorPlace
) -> list[Content]:
    number, frame = near(row, NUMBER), near(row, FRAME_N)
    share = score.n / area.frame_n if area.frame_n else None
    return [
        job.numbers[area.code],
        area.code,
        job.say(area.name),
        job.route(score.route),
        Live(f'COUNTIFS({levels.area},{number},{levels.scored},">0")', score.n),
        area.frame_n,
        Live(f'IF(N({frame})=0,"",{near(row, N)}/{frame})', share) if score.route == FIRM_ROUTE else None,
        Live(f'COUNTIFS({indicators.area},{number},{indicators.n},">0")', score.scored),
    ]


def _headings(job: Job, area: str, score: AreaScore, place: HeadingPlace) -> list[Content]:
    return [
        Live(place.sheet.ref(place.rows[area, heading.code], H_SCORE), result.score)
        for heading, result in zip(job.method.headings, score.headings, strict=True)
    ]


def _sum(job: Job, area: str, place: HeadingPlace, column: int) -> str:
    """The sum over the headings of an area, which stand one below the other."""
    rows = [place.rows[area, heading.code] for heading in job.method.headings]
    return f"SUM({place.sheet.column(column, min(rows), max(rows))})"


def _unrounded(
    job: Job,
    row: int,
    score: AreaScore,
    method: MethodPlace,
    headings: HeadingPlace,
    at: Mapping[str, int],
) -> list[Content]:
    points, maximum, value = (near(row, at[figure]) for figure in ("points", "maximum", "score"))
    total = sum(heading.points for heading in score.headings if heading.points is not None)
    reach = sum(heading.maximum for heading in score.headings)
    return [
        Live(_sum(job, score.code, headings, H_POINTS), total),
        Live(_sum(job, score.code, headings, H_MAXIMUM), reach),
        Live(f'IF({maximum}=0,"",100*{points}/{maximum})', score.score),
        interval_text(job, score),
        Live(category_formula(value, method.cut_points, job.method.decimals), score.category),
        Live(name_formula(near(row, at["category"]), method), job.category(score.category)),
    ]


def _published(
    job: Job,
    row: int,
    score: AreaScore,
    method: MethodPlace,
    headings: HeadingPlace,
    at: Mapping[str, int],
) -> list[Content]:
    points, value = near(row, at["published_points"]), near(row, at["published_index"])
    maximum, category = near(row, at["maximum"]), near(row, at["published_category"])
    weighted = sum(job.method.weights[i.code] * i.published for i in score.indicators if i.published is not None)
    rounded = f"ROUND(ROUND(100*{points}/{maximum},{job.method.decimals}),0)"
    return [
        Live(_sum(job, score.code, headings, H_PUBLISHED), weighted),
        Live(f'IF({maximum}=0,"",{rounded})', score.published_index),
        Live(category_formula(value, method.cut_points, job.method.decimals), score.published_category),
        Live(name_formula(category, method), job.category(score.published_category)),
        Live(_note_formula(job, row, method, at), note_text(job, score)),
    ]


def category_formula(value: str, cuts: Sequence[str], decimals: int) -> str:
    """1 + the number of cuts that the value stays below."""
    below = "".join(f"+(ROUND({value},{decimals})<ROUND({cut},{decimals}))" for cut in cuts)
    return f'IF({value}="","",1{below})'


def name_formula(category: str, method: MethodPlace) -> str:
    """The full name of a category, from the method sheet."""
    return f'IF({category}="","",INDEX({method.categories},{category}))'


def interval_text(job: Job, score: AreaScore) -> str:
    """The limits of the index, or why there are none."""
    low, high = score.interval.low, score.interval.high
    if low is None or high is None:
        return job.tr("no interval computed")
    return f"{texts.number(low, 1, job.lang)}–{texts.number(high, 1, job.lang)}"


def _marks(job: Job) -> tuple[str, str]:
    few = job.tr("Fewer than {number} indicators scored", number=job.method.min_scored)
    return job.tr("Rounding changes the category"), few


def note_text(job: Job, score: AreaScore) -> str:
    """What makes an index less sure than it looks."""
    rounding, few = _marks(job)
    marks = [rounding if score.rounding_decides else "", few if score.scored and score.few_indicators else ""]
    return " · ".join(mark for mark in marks if mark)


def _note_formula(job: Job, row: int, method: MethodPlace, at: Mapping[str, int]) -> str:
    category, published = near(row, at["category"]), near(row, at["published_category"])
    scored = near(row, SCORED)
    rounding, few = _marks(job)
    decides = f"{category}<>{published}"
    lacking = f"AND({scored}>0,{scored}<{method.min_scored})"
    between = f'IF(AND({decides},{lacking})," · ","")'
    return f'IF({decides},{literal(rounding)},"")&{between}&IF({lacking},{literal(few)},"")'
