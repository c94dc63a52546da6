"""The sheet of the index: both statistics of each area, each with its own category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kume_desktop import texts
from kume_desktop.reports.content import AreaFacts
from kume_desktop.reports.sheets.headings import (
    H_INTO,
    H_INTO_MAXIMUM,
    H_INTO_PUBLISHED,
    H_SCORE,
    HeadingPlace,
    Into,
    into_index,
)
from kume_desktop.reports.sheets.indicators import FIRST, I_AREA, I_N, IndicatorPlace
from kume_desktop.reports.sheets.levels import LevelPlace
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content, Live, literal, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sentences import SURE
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import TableFacts
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.scoring.results import AreaScore

NUMBER, CODE, NAME, ROUTE, N, FRAME_N, ELIGIBLE_N, BASIS, SHARE, SCORED, HEADINGS = range(11)


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """The sheet of the index: the row of each area and the column of each figure."""

    sheet: Sheet
    rows: Mapping[str, int]
    columns: Mapping[str, int]

    def ref(self, area: str, figure: str) -> str:
        """The cell of a figure of an area, absolute."""
        return self.sheet.ref(self.rows[area], self.columns[figure])


@dataclass(frozen=True, slots=True)
class Below:
    """What the index rests on: the sheets of levels by route, of indicators and of headings."""

    method: MethodPlace
    levels: Mapping[str, LevelPlace]
    indicators: IndicatorPlace
    headings: HeadingPlace


_BEFORE = ("area_no", "area", "area_name", "route", "n", "frame_n", "eligible_n", "basis", "share", "scored")
_AFTER = (
    "points", "maximum", "score", "interval", "low", "high", "how", "category", "category_name", "probability",
    "published_points", "published_index", "published_category", "published_name", "note",
)  # fmt: skip
_STYLES = ("count", "text", "name", "text", "count", "count", "count", "text", "share", "count")
_AFTER_STYLES = (
    "two", "two", "index", "grey-wrap", "one", "one", "grey-wrap", "count", "badge", "chance", "number", "published",
    "count", "badge", "warn",
)  # fmt: skip
_WIDTHS = (7, 16, 34, 12, 7, 7, 9, 11, 10, 11)
_AFTER_WIDTHS = (9, 10, 10, 14, 8, 8, 18, 10, 30, 11, 10, 10, 12, 30, 28)
SHOWN = N
"""The columns before this one are shown even where an area is hidden."""


def write_index(job: Job, sheet: Sheet, below: Below) -> IndexPlace:
    """Write one row an area."""
    count = len(job.method.headings)
    after = {figure: HEADINGS + count + place for place, figure in enumerate(_AFTER)}
    before = {figure: place for place, figure in enumerate(_BEFORE)}
    rows = {area.code: row for row, area in enumerate(job.content.areas, start=FIRST)}
    place = IndexPlace(sheet, rows, {**before, **after})
    note = job.tr("Index = 100 × sum of the weighted means / highest sum. Published style: each mean is rounded first.")
    job.begin(sheet, job.tr("Index"), (*_WIDTHS, *[12] * count, *_AFTER_WIDTHS), note)
    sheet.raw.set_row(HEAD_ROW, 44)
    styles = (*_STYLES, *["two"] * count, *_AFTER_STYLES)
    heads = _heads(job)
    job.heads(sheet, heads, styles)
    for area in job.content.areas:
        writer = _Row(job, place, below, job.scores[area.code])
        cells, looks = job.veil(sheet, job.hidden.area(area.code), writer.cells(area), styles, SHOWN)
        sheet.row(rows[area.code], cells, looks)
        sheet.raw.set_row(rows[area.code], 30)
    last = FIRST + len(job.content.areas) - 1
    job.table(sheet, last, len(styles), NAME + 1)
    job.wide(sheet, NAME)
    keys = (*_BEFORE, *(f"heading:{heading.code}" for heading in job.method.headings), *_AFTER)
    job.register(TableFacts("index", sheet, FIRST, last, keys, heads))
    return place


def _heads(job: Job) -> tuple[str, ...]:
    return (
        job.tr("Area no."), job.tr("Area"), job.tr("Name"), job.tr("Route"), "n", job.tr("N, list"),
        job.tr("N, eligible"), job.tr("Eligible N is"), job.tr("Covered firms"), job.tr("Indicators scored"),
        *(job.say(heading.text) for heading in job.method.headings), job.tr("Points"), job.tr("Highest points"),
        job.tr("Index"), job.tr("95% interval"), job.tr("95%, lower"), job.tr("95%, upper"), job.tr("Kind of interval"),
        job.tr("Category"), job.tr("Category, in full"), job.tr("Probability of the category"),
        job.tr("Published points"), job.tr("Published index"), job.tr("Published category"),
        job.tr("Published category, in full"), job.tr("Note"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """The row of one area."""

    job: Job
    place: IndexPlace
    below: Below
    score: AreaScore

    def cells(self, area: AreaFacts) -> list[Content]:
        """Everything of the area."""
        return [*self._known(area), *self._headings(), *self._unrounded(), *self._published()]

    def _here(self, figure: str) -> str:
        return near(self.place.rows[self.score.code], self.place.columns[figure])

    def _known(self, area: AreaFacts) -> list[Content]:
        score, job = self.score, self.job
        levels, indicators = self.below.levels[score.route], self.below.indicators
        number, frame, eligible = self._here("area_no"), self._here("frame_n"), self._here("eligible_n")
        whole = score.frame_n if score.eligible_n is None else score.eligible_n
        on_firms = score.route == FIRM_ROUTE
        of_all = f'IF({eligible}="",{frame},{eligible})'
        share = Live(f'IF(N({of_all})=0,"",{self._here("n")}/{of_all})', score.n / whole if whole else None)
        scored = f'COUNTIFS({indicators.column(I_AREA)},{number},{indicators.column(I_N)},">0")'
        return [
            job.numbers[area.code],
            area.code,
            job.say(area.name),
            job.route(score.route),
            Live(f'COUNTIFS({levels.area},{number},{levels.scored},">0")', score.n),
            area.frame_n,
            score.eligible_n if on_firms else None,
            job.word(wording.BASES, score.eligible_basis) if on_firms and score.eligible_n is not None else "",
            share if on_firms else None,
            Live(scored, score.scored),
        ]

    def _headings(self) -> list[Content]:
        place = self.below.headings
        return [
            self._unless_hidden(
                heading.code, Live(place.sheet.ref(place.rows[self.score.code, heading.code], H_SCORE), result.score)
            )
            for heading, result in zip(self.job.method.headings, self.score.headings, strict=True)
        ]

    def _unless_hidden(self, heading: str, cell: Content) -> Content:
        mark = self.job.hidden.heading(self.score.code, heading)
        if not mark or self.job.hidden.area(self.score.code):
            return cell
        self.place.sheet.hidden += 1
        return self.job.sentences.hidden(mark)

    def _sum(self, column: int) -> str:
        """The sum over the headings of the area."""
        keys = [(self.score.code, heading.code) for heading in self.job.method.headings]
        return self.below.headings.total(keys, column)

    def _into(self) -> list[Into]:
        pairs = zip(self.job.method.headings, self.score.headings, strict=True)
        return [into_index(self.job, self.score, heading, result) for heading, result in pairs]

    def _unrounded(self) -> list[Content]:
        job, score, cuts = self.job, self.score, self.below.method.cut_points
        points, maximum, value = self._here("points"), self._here("maximum"), self._here("score")
        into = self._into()
        return [
            Live(self._sum(H_INTO), sum(one.points or 0 for one in into)),
            Live(self._sum(H_INTO_MAXIMUM), sum(one.maximum or 0 for one in into)),
            Live(f'IF({maximum}=0,"",100*{points}/{maximum})', score.score),
            interval_text(job, score),
            score.interval.low,
            score.interval.high,
            how_text(job, score),
            Live(category_formula(value, cuts, job.method.decimals), score.category),
            Live(name_formula(self._here("category"), self.below.method), job.category(score.category)),
            probability(job, score),
        ]

    def _published(self) -> list[Content]:
        job, score, method = self.job, self.score, self.below.method
        points, value = self._here("published_points"), self._here("published_index")
        maximum, category = self._here("maximum"), self._here("published_category")
        rounded = f"ROUND(ROUND(100*{points}/{maximum},{job.method.decimals}),0)"
        return [
            Live(self._sum(H_INTO_PUBLISHED), sum(one.published or 0 for one in self._into())),
            Live(f'IF({maximum}=0,"",{rounded})', score.published_index),
            Live(category_formula(value, method.cut_points, job.method.decimals), score.published_category),
            Live(name_formula(category, method), job.category(score.published_category)),
            Live(self._note_formula(), note_text(job, score)),
        ]

    def _note_formula(self) -> str:
        category, published, scored = (self._here(key) for key in ("category", "published_category", "scored"))
        chance = self._here("probability")
        rounding, cut, few = (literal(mark) for mark in _marks(self.job))
        decides, close = f"{category}<>{published}", f'AND({category}={published},{chance}<>"",N({chance})<{SURE})'
        lacking = f"AND({scored}>0,{scored}<{self.below.method.min_scored})"
        without = literal(no_probability(self.job, self.score))
        unsure, alone = f"OR({decides},{close})", f'AND({category}={published},{category}<>"",{chance}="")'
        between = f'IF(AND(OR({unsure},AND({alone},{without}<>"")),{lacking})," · ","")'
        sure = f'IF({decides},{rounding},IF({close},{cut},IF({alone},{without},"")))'
        return f'{sure}&{between}&IF({lacking},{few},"")'


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


def how_text(job: Job, score: AreaScore) -> str:
    """How the interval was made, or the reason why there is none."""
    if score.interval.reason:
        return job.word(wording.REASONS, score.interval.reason)
    corrected = job.tr("corrected for the finite list") if score.interval.corrected else ""
    return ", ".join(part for part in (job.word(wording.INTERVALS, score.interval.how), corrected) if part)


def probability(job: Job, score: AreaScore) -> float | None:
    """How many of the replicates lie in the category of the index."""
    found = None if job.analysis is None else job.analysis.uncertainty_of(score.code)
    if found is None or not found.sampling or score.category is None:
        return None
    return found.sampling[score.category - 1]


def _marks(job: Job) -> tuple[str, str, str]:
    few = job.tr("Fewer than {number} indicators scored", number=job.method.min_scored)
    return job.tr("Rounding changes the category"), job.tr("Close to a cut – the category is not certain"), few


def no_probability(job: Job, score: AreaScore) -> str:
    """Why a category has no probability; '' where it has one or nothing was computed."""
    if score.category is None or probability(job, score) is not None:
        return ""
    if score.route != FIRM_ROUTE:
        return job.tr("panel route, no probability")
    return job.tr("n < 10, no probability") if score.interval.reason == "few" else ""


def note_text(job: Job, score: AreaScore) -> str:
    """What makes an index less sure than it looks."""
    rounding, close, few = _marks(job)
    chance = probability(job, score)
    unsure = close if chance is not None and chance < SURE else no_probability(job, score)
    sure = rounding if score.rounding_decides else unsure
    return " · ".join(mark for mark in (sure, few if score.scored and score.few_indicators else "") if mark)
