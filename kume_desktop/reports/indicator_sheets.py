"""Indicators, headings and index: each cell a formula over the sheet before it, down to the levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kume_desktop.reports.job import HEAD_ROW, Job
from kume_desktop.reports.level_sheets import LevelPlace
from kume_desktop.reports.method_sheet import MethodPlace
from kume_desktop.reports.sheet import Content, Live, Sheet, near
from kume_desktop.scoring.index import HIGHEST_LEVEL
from kume_desktop.scoring.method import Heading
from kume_desktop.scoring.results import AreaScore, HeadingScore, IndicatorScore

FIRST = HEAD_ROW + 1


@dataclass(frozen=True, slots=True)
class IndicatorPlace:
    """Ranges over all rows of the sheet of indicators, its columns, and the row of each (area, indicator)."""

    sheet: Sheet
    rows: Mapping[tuple[str, str], int]
    last: int

    @property
    def area(self) -> str:
        """The numbers of the areas."""
        return self._column(I_AREA)

    @property
    def heading(self) -> str:
        """The numbers of the headings."""
        return self._column(I_HEADING_NO)

    @property
    def n(self) -> str:
        """How many levels each mean rests on."""
        return self._column(I_N)

    @property
    def points(self) -> str:
        """The weighted means."""
        return self._column(I_POINTS)

    @property
    def maximum(self) -> str:
        """The weighted maxima of what is scored."""
        return self._column(I_MAXIMUM)

    @property
    def published(self) -> str:
        """The weighted published levels."""
        return self._column(I_POINTS_PUBLISHED)

    def ref(self, area: str, indicator: str, column: int) -> str:
        """A cell of the sheet, absolute."""
        return self.sheet.ref(self.rows[area, indicator], column)

    def _column(self, column: int) -> str:
        return self.sheet.column(column, FIRST, self.last)


@dataclass(frozen=True, slots=True)
class HeadingPlace:
    """The sheet of headings and the row of each (area, heading)."""

    sheet: Sheet
    rows: Mapping[tuple[str, str], int]


# The columns of the sheet of indicators.
I_AREA, I_CODE, I_NAME, I_HEADING_NO, I_HEADING, I_INDICATOR, I_TEXT, I_WEIGHT, I_N, I_COUNTS = range(10)
I_GIVEN, I_SPREAD, I_MEAN, I_PUBLISHED, I_POINTS, I_MAXIMUM, I_POINTS_PUBLISHED, I_SHARE = range(14, 22)
# The columns of the sheet of headings.
H_AREA, H_CODE, H_NAME, H_NO, H_HEADING, H_SCORED, H_POINTS, H_MAXIMUM, H_SCORE, H_PUBLISHED = range(10)


def write_indicators(job: Job, sheet: Sheet, method: MethodPlace, levels: Mapping[str, LevelPlace]) -> IndicatorPlace:
    """Write one row for each area and indicator; `levels` gives the place of the levels of each route."""
    note = job.tr("Means over the firms of an area; the mean of the collapsed levels makes the index.")
    job.begin(sheet, job.tr("Indicators"), _INDICATOR_WIDTHS, note)
    sheet.raw.set_row(HEAD_ROW, 54)
    job.heads(sheet, _indicator_heads(job), _INDICATOR_STYLES)
    last = FIRST + max(len(job.content.areas) * len(job.method.indicators), 1) - 1
    rows = {
        (area.code, indicator): FIRST + place * len(job.method.indicators) + k
        for place, area in enumerate(job.content.areas)
        for k, indicator in enumerate(job.method.indicator_codes)
    }
    place = IndicatorPlace(sheet, rows, last)
    for area in job.content.areas:
        score = job.scores[area.code]
        for indicator in score.indicators:
            row = rows[area.code, indicator.code]
            cells = _indicator(job, row, score, indicator, method, levels[score.route], place)
            sheet.row(row, cells, _INDICATOR_STYLES)
    job.table(sheet, last, len(_INDICATOR_STYLES), I_NAME + 1)
    return place


_INDICATOR_WIDTHS = (7, 16, 30, 8, 22, 8, 38, 8, 6, 6, 6, 6, 6, 6, 10, 10, 10, 10, 11, 10, 10, 10)
_INDICATOR_STYLES = (
    "count", "text", "strong", "count", "text", "text", "text", "number", "count", *["count"] * HIGHEST_LEVEL,
    "two", "two", "two", "published", "two", "two", "number", "one",
)  # fmt: skip


def _indicator_heads(job: Job) -> tuple[str, ...]:
    counts = (job.tr("at level {level}", level=level) for level in range(1, HIGHEST_LEVEL + 1))
    return (
        job.tr("Area no."), job.tr("Area"), job.tr("Name"), job.tr("Heading no."), job.tr("Heading"), job.tr("Code"),
        job.tr("Indicator"), job.tr("Weight"), "n", *counts, job.tr("Mean, as given"), job.tr("Standard deviation"),
        job.tr("Mean, collapsed"), job.tr("Published style"), job.tr("Weighted mean"), job.tr("Weighted maximum"),
        job.tr("Weighted published"), job.tr("Index points"),
    )  # fmt: skip


def _indicator(
    job: Job,
    row: int,
    area: AreaScore,
    indicator: IndicatorScore,
    method: MethodPlace,
    levels: LevelPlace,
    place: IndicatorPlace,
) -> list[Content]:
    heading = job.method.heading_of(indicator.code)
    text = next(entry.text for entry in job.method.indicators if entry.code == indicator.code)
    known: list[Content] = [
        job.numbers[area.code], area.code, area.name_en if job.lang == "en" and area.name_en else area.name_tr,
        job.method.headings.index(heading) + 1, job.say(heading.text), indicator.code, job.say(text),
        Live(method.weights[indicator.code], job.method.weights[indicator.code]),
    ]  # fmt: skip
    return [*known, *_statistics(row, indicator, levels), *_weighted(job, row, area, indicator, method, place)]


def _statistics(row: int, indicator: IndicatorScore, levels: LevelPlace) -> list[Content]:
    """n, counts, mean and spread as given, mean of the collapsed levels: all over the sheet of levels."""
    area, n, mean = near(row, I_AREA), near(row, I_N), near(row, I_GIVEN)
    given, scaled = levels.given[indicator.code], levels.scaled[indicator.code]
    counts = [near(row, I_COUNTS + k) for k in range(HIGHEST_LEVEL)]
    squares = "+".join(f"{cell}*({level}-{mean})^2" for level, cell in enumerate(counts, start=1))
    return [
        Live(f'COUNTIFS({levels.area},{area},{scaled},">0")', indicator.n),
        *(
            Live(f"COUNTIFS({levels.area},{area},{given},{level})", count)
            for level, count in enumerate(indicator.counts, start=1)
        ),
        Live(f'IF({n}=0,"",AVERAGEIFS({given},{levels.area},{area}))', indicator.mean5),
        Live(f'IF({n}<2,"",SQRT(({squares})/({n}-1)))', indicator.deviation),
        Live(f'IF({n}=0,"",AVERAGEIFS({scaled},{levels.area},{area}))', indicator.mean),
    ]


def _weighted(
    job: Job, row: int, area: AreaScore, indicator: IndicatorScore, method: MethodPlace, place: IndicatorPlace
) -> list[Content]:
    """The published level, and what the indicator brings into the sums of its heading."""
    n, weight, mean, published = (near(row, col) for col in (I_N, I_WEIGHT, I_MEAN, I_PUBLISHED))
    own, highest = job.method.weights[indicator.code], job.method.scale_max
    scored = indicator.mean is not None
    reach = sum(job.method.weights[entry.code] for entry in area.indicators if entry.n) * highest
    total = f"SUMIFS({place.maximum},{place.area},{near(row, I_AREA)})"
    return [
        Live(f'IF({n}=0,"",ROUND(ROUND({mean},{job.method.decimals}),0))', indicator.published),
        Live(f'IF({n}=0,"",{weight}*{mean})', own * indicator.mean if indicator.mean is not None else None),
        Live(f'IF({n}=0,"",{weight}*{method.scale_max})', own * highest if scored else None),
        Live(f'IF({n}=0,"",{weight}*{published})', own * indicator.published if indicator.published else None),
        Live(
            f'IF({n}=0,"",100*{near(row, I_POINTS)}/{total})',
            100 * own * indicator.mean / reach if indicator.mean is not None else None,
        ),
    ]


def write_headings(job: Job, sheet: Sheet, indicators: IndicatorPlace) -> HeadingPlace:
    """Write one row for each area and heading."""
    note = job.tr("The formula of the index inside each heading; the index sums the points, not the heading scores.")
    job.begin(sheet, job.tr("Headings"), (7, 16, 40, 8, 28, 11, 10, 10, 10, 11), note)
    heads = (
        job.tr("Area no."), job.tr("Area"), job.tr("Name"), job.tr("Heading no."), job.tr("Heading"),
        job.tr("Indicators scored"), job.tr("Points"), job.tr("Highest points"), job.tr("Heading score"),
        job.tr("Published points"),
    )  # fmt: skip
    sheet.raw.set_row(HEAD_ROW, 30)
    job.heads(sheet, heads, _HEADING_STYLES)
    rows: dict[tuple[str, str], int] = {}
    for area in job.content.areas:
        score = job.scores[area.code]
        for number, (heading, result) in enumerate(zip(job.method.headings, score.headings, strict=True), start=1):
            row = rows[area.code, heading.code] = FIRST + len(rows)
            cells: list[Content] = [
                job.numbers[area.code],
                area.code,
                job.say(area.name),
                number,
                job.say(heading.text),
            ]
            sheet.row(row, [*cells, *_heading(row, score, heading, result, job, indicators)], _HEADING_STYLES)
    job.table(sheet, FIRST + len(rows) - 1, len(heads), H_NAME + 1)
    return HeadingPlace(sheet, rows)


_HEADING_STYLES = ("count", "text", "strong", "count", "text", "count", "two", "two", "index", "number")


def _heading(
    row: int, area: AreaScore, heading: Heading, result: HeadingScore, job: Job, place: IndicatorPlace
) -> list[Content]:
    here = f"{place.area},{near(row, H_AREA)},{place.heading},{near(row, H_NO)}"
    scored, points, maximum = near(row, H_SCORED), near(row, H_POINTS), near(row, H_MAXIMUM)
    own = [entry for entry in area.indicators if entry.code in heading.indicators and entry.published is not None]
    published = sum(job.method.weights[entry.code] * (entry.published or 0) for entry in own)
    return [
        Live(f'COUNTIFS({here},{place.n},">0")', len(own)),
        Live(f'IF({scored}=0,"",SUMIFS({place.points},{here}))', result.points),
        Live(f"SUMIFS({place.maximum},{here})", result.maximum),
        Live(f'IF({scored}=0,"",100*{points}/{maximum})', result.score),
        Live(f'IF({scored}=0,"",SUMIFS({place.published},{here}))', published if own else None),
    ]
