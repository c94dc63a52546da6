"""Indicators and headings: each cell a formula over the sheet before it, down to the levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kume_desktop.reports.sheets.levels import LevelPlace
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing.cells import Content, Live, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import TableFacts
from kume_desktop.scoring.index import HIGHEST_LEVEL
from kume_desktop.scoring.method import FIRM_ROUTE, LOWEST
from kume_desktop.scoring.results import AreaScore, IndicatorScore

FIRST = HEAD_ROW + 1


@dataclass(frozen=True, slots=True)
class IndicatorPlace:
    """Ranges over all rows of the sheet of indicators, its columns, and the row of each (area, indicator)."""

    sheet: Sheet
    rows: Mapping[tuple[str, str], int]
    last: int

    def column(self, column: int) -> str:
        """A column over all rows."""
        return self.sheet.column(column, FIRST, self.last)

    def ref(self, area: str, indicator: str, column: int) -> str:
        """A cell of the sheet, absolute."""
        return self.sheet.ref(self.rows[area, indicator], column)


# The columns of the sheet of indicators.
I_AREA, I_CODE, I_NAME, I_HEADING_NO, I_HEADING, I_INDICATOR, I_TEXT, I_WEIGHT, I_N, I_COUNTS = range(10)
I_GIVEN, I_SPREAD, I_MEAN, I_LOW, I_HIGH, I_PUBLISHED, I_COUNTED, I_POINTS, I_MAXIMUM, I_POINTS_PUBLISHED = range(
    14, 24
)
I_FORCE, I_SHARE, I_LOWER, I_HIGHER = range(24, 28)
_FIRST_FIGURE = I_N

_KEYS = (
    "area_no", "area", "area_name", "heading_no", "heading", "indicator", "indicator_name", "weight", "n",
    *(f"at_{level}" for level in range(1, HIGHEST_LEVEL + 1)), "mean_given", "deviation", "mean", "low", "high",
    "published", "counted", "points", "maximum", "points_published", "weight_in_force", "contribution",
    "points_one_lower", "points_one_higher",
)  # fmt: skip
_WIDTHS = (
    7, 16, 30, 8, 22, 8, 38, 8, 6, 6, 6, 6, 6, 6, 10, 10, 10, 9, 9, 10, 10, 11, 10, 10, 10, 10, 11, 11,
)  # fmt: skip
_STYLES = (
    "count", "text", "strong", "count", "text", "text", "text", "number", "count", *["count"] * HIGHEST_LEVEL,
    "two", "two", "two", "two", "two", "published", "two", "two", "two", "number", "number", "one", "two", "two",
)  # fmt: skip


def write_indicators(job: Job, sheet: Sheet, method: MethodPlace, levels: Mapping[str, LevelPlace]) -> IndicatorPlace:
    """Write one row for each area and indicator; `levels` gives the place of the levels of each route."""
    note = job.tr("Means over the firms of an area; the mean of the collapsed levels makes the index.")
    job.begin(sheet, job.tr("Indicators"), _WIDTHS, note)
    sheet.raw.set_row(HEAD_ROW, 54)
    heads = _heads(job)
    job.heads(sheet, heads, _STYLES)
    codes = job.method.indicator_codes
    last = FIRST + max(len(job.content.areas) * len(codes), 1) - 1
    rows = {
        (area.code, indicator): FIRST + place * len(codes) + k
        for place, area in enumerate(job.content.areas)
        for k, indicator in enumerate(codes)
    }
    place = IndicatorPlace(sheet, rows, last)
    for area in job.content.areas:
        score = job.scores[area.code]
        writer = _Rows(job, score, method, levels[score.route], place)
        for indicator in score.indicators:
            mark = job.hidden.indicator(area.code, indicator.code)
            cells, styles = job.veil(sheet, mark, writer.cells(indicator), _STYLES, _FIRST_FIGURE)
            sheet.row(rows[area.code, indicator.code], cells, styles)
    job.table(sheet, last, len(_STYLES), I_NAME + 1)
    job.wide(sheet, I_NAME)
    job.register(TableFacts("indicators", sheet, FIRST, last, _KEYS, heads))
    return place


def _heads(job: Job) -> tuple[str, ...]:
    counts = (job.tr("at level {level}", level=level) for level in range(1, HIGHEST_LEVEL + 1))
    return (
        job.tr("Area no."), job.tr("Area"), job.tr("Name"), job.tr("Heading no."), job.tr("Heading"), job.tr("Code"),
        job.tr("Indicator"), job.tr("Weight"), "n", *counts, job.tr("Mean, as given"), job.tr("Standard deviation"),
        job.tr("Mean, collapsed"), job.tr("95%, lower"), job.tr("95%, upper"), job.tr("Published style"),
        job.tr("Value that counts"), job.tr("Weighted mean"), job.tr("Weighted maximum"), job.tr("Weighted published"),
        job.tr("Weight in force"), job.tr("Index points"), job.tr("If one level lower"), job.tr("If one level higher"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one area."""

    job: Job
    area: AreaScore
    method: MethodPlace
    levels: LevelPlace
    place: IndicatorPlace

    def cells(self, indicator: IndicatorScore) -> list[Content]:
        """Everything of one indicator."""
        row = self.place.rows[self.area.code, indicator.code]
        return [
            *self._known(indicator),
            *_statistics(row, indicator, self.levels),
            *self._weighted(row, indicator),
            *self._in_force(row, indicator),
        ]

    def _known(self, indicator: IndicatorScore) -> list[Content]:
        job, code = self.job, self.area.code
        heading = job.method.heading_of(indicator.code)
        return [
            job.numbers[code], code, job.area_names[code], job.method.headings.index(heading) + 1,
            job.say(heading.text), indicator.code, job.indicator_names[indicator.code],
            Live(self.method.weights[indicator.code], job.method.weights[indicator.code]),
        ]  # fmt: skip

    @property
    def _scores_missing(self) -> bool:
        """Whether an indicator that nobody scored counts as the lowest level."""
        return self.job.method.missing_rule == LOWEST

    def _counted(self, value: float | None) -> float | None:
        if value is None and self._scores_missing and self.area.scored:
            return self.job.method.scale_min
        return value

    def _counted_formula(self, row: int, column: int) -> str:
        """The value, or what the missing rule puts in its place."""
        missing = '""'
        if self._scores_missing:
            scored = f'COUNTIFS({self.place.column(I_AREA)},{near(row, I_AREA)},{self.place.column(I_N)},">0")'
            missing = f'IF({scored}=0,"",{self.method.scale_min})'
        return f"IF({near(row, I_N)}=0,{missing},{near(row, column)})"

    def _weighted(self, row: int, indicator: IndicatorScore) -> list[Content]:
        """The published level, and what the indicator brings into the sums of its heading."""
        n, weight, mean, value = (near(row, col) for col in (I_N, I_WEIGHT, I_MEAN, I_COUNTED))
        own, highest = self.job.method.weights[indicator.code], self.job.method.scale_max
        counted, printed = self._counted(indicator.mean), self._counted(indicator.published)
        low, high = indicator.interval.low, indicator.interval.high
        rounded = f"ROUND(ROUND({mean},{self.job.method.decimals}),0)"
        printed_formula = self._counted_formula(row, I_PUBLISHED)
        return [
            low,
            high,
            Live(f'IF({n}=0,"",{rounded})', indicator.published),
            Live(self._counted_formula(row, I_MEAN), counted),
            Live(f'IF({value}="","",{weight}*{value})', None if counted is None else own * counted),
            Live(f'IF({value}="","",{weight}*{self.method.scale_max})', None if counted is None else own * highest),
            Live(
                f'IF({value}="","",{weight}*{printed_formula if self._scores_missing else near(row, I_PUBLISHED)})',
                None if printed is None else own * printed,
            ),
        ]

    def _in_force(self, row: int, indicator: IndicatorScore) -> list[Content]:
        """The weight that the index uses, the points, and the points if every firm stood one level beside."""
        force, value = near(row, I_FORCE), near(row, I_COUNTED)
        weights = self._forces()
        own = weights.get(indicator.code)
        total = sum(weights.values()) * self.job.method.scale_max
        area = f"{self.place.column(I_AREA)},{near(row, I_AREA)}"
        highest = f"{self.method.scale_max}*SUMIFS({self.place.column(I_FORCE)},{area})"
        counted = self._counted(indicator.mean)
        points = None if own is None or counted is None else 100 * own * counted / total
        return [
            Live(self._force_formula(row, indicator.code), own),
            Live(f'IF({value}="","",100*{force}*{value}/({highest}))', points),
            *(self._moved(row, indicator, own, step) for step in (-1, 1)),
        ]

    def _forces(self) -> dict[str, float]:
        """Indicator -> weight that the index uses, of those that count."""
        method = self.job.method
        counted = [one.code for one in self.area.indicators if self._counted(one.mean) is not None]
        if not method.heading_weights:
            return {code: method.weights[code] for code in counted}
        found: dict[str, float] = {}
        for heading in method.headings:
            own = [code for code in heading.indicators if code in counted]
            inside = sum(method.weights[code] for code in own)
            found |= {code: method.heading_weights[heading.code] * method.weights[code] / inside for code in own}
        return found

    def _force_formula(self, row: int, code: str) -> str:
        weight, value = near(row, I_WEIGHT), near(row, I_COUNTED)
        heading = self.method.heading_weights.get(self.job.method.heading_of(code).code)
        if heading is None:
            return f'IF({value}="","",{weight})'
        column = self.place.column
        here = f"{column(I_AREA)},{near(row, I_AREA)},{column(I_HEADING_NO)},{near(row, I_HEADING_NO)}"
        inside = f"SUMIFS({column(I_MAXIMUM)},{here})/{self.method.scale_max}"
        return f'IF({value}="","",{heading}*{weight}/({inside}))'

    def _moved(self, row: int, indicator: IndicatorScore, own: float | None, step: int) -> Content:
        """The weighted mean if every level as given were `step` beside, within 1-5, then collapsed."""
        if self.area.route != FIRM_ROUTE:
            return None
        table, n, force = self.job.method.collapse, near(row, I_N), near(row, I_FORCE)
        shifted = [min(max(level + step, 1), HIGHEST_LEVEL) for level in range(1, HIGHEST_LEVEL + 1)]
        parts = "+".join(
            f"{near(row, I_COUNTS + k)}*VLOOKUP({to},{self.method.collapse},2,0)" for k, to in enumerate(shifted)
        )
        value: float | None = None
        if own is not None:
            total = sum(count * table[to] for count, to in zip(indicator.counts, shifted, strict=True))
            value = own * total / indicator.n if indicator.n else own * self.job.method.scale_min
        missing = f"{force}*{self.method.scale_min}"
        return Live(f'IF({force}="","",IF({n}=0,{missing},{force}*({parts})/{n}))', value)


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
