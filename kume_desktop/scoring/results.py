"""What scoring returns: values with their base, never a bare number."""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.scoring.analysis import Analysis
from kume_desktop.scoring.limits import NOT_COMPUTED, Interval

__all__ = (
    "NOT_COMPUTED",
    "AreaScore",
    "HeadingScore",
    "IndicatorScore",
    "Interval",
    "NeedMargins",
    "NeedScore",
    "Results",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator of one area.

    `mean5`: mean of the levels as given (1-5; on the panel route as given, 1-3). `mean`: mean of the collapsed levels,
    unrounded. `published`: that mean rounded half up to 1-3. `counts`: firms at levels 1..5. None where n = 0.
    `deviation`: sample standard deviation of the levels as given, None below n = 2. `interval`: of `mean`, on the
    preset's scale; `interval5`: of `mean5`. `contribution`: index points; those of an area sum to its score.
    """

    code: str
    n: int
    mean5: float | None
    mean: float | None
    published: int | None
    counts: tuple[int, ...]
    deviation: float | None = None
    interval: Interval = NOT_COMPUTED
    contribution: float | None = None
    interval5: Interval = NOT_COMPUTED


@dataclass(frozen=True, slots=True)
class HeadingScore:
    """The formula of the index inside one heading.

    `points` is the weighted sum of the unrounded means, `maximum` what the indicators that are scored can reach.
    """

    code: str
    points: float | None
    maximum: float
    score: float | None


@dataclass(frozen=True, slots=True)
class AreaScore:
    """The two statistics of an area, each with its own category.

    `score`: 100 x sum(means) / (3 x scored), unrounded; `published_index`: the same after rounding each indicator.
    `published_sum` of `published_max` is the fraction behind it (25 / 30). `scored`: indicators with at
    least one level. `few_indicators`: fewer than the method's minimum were scored. None where nothing was scored.
    `eligible_n` is the N of coverage and finite-population correction; `eligible_basis`: `entered`, `estimated` from
    the firms whose eligibility is known, `frame` (the raw list) or ''.
    """

    code: str
    name_tr: str
    name_en: str
    route: str
    n: int
    frame_n: int | None
    scored: int
    score: float | None
    category: int | None
    published_index: int | None
    published_category: int | None
    published_sum: int
    published_max: int
    few_indicators: bool
    interval: Interval
    indicators: tuple[IndicatorScore, ...]
    headings: tuple[HeadingScore, ...]
    eligible_n: int | None = None
    eligible_basis: str = ""

    @property
    def rounding_decides(self) -> bool:
        """Whether rounding moves the area into another category; the badge is then uncertain."""
        return self.category != self.published_category


@dataclass(frozen=True, slots=True)
class NeedScore:
    """One cell of the needs matrix of one area; None where n = 0.

    `inadequate_share`: answers 1-2 of n; `adequate_share`: 4-5; `gap` = 5 - mean; `need_index` = 25 x gap. `counts`:
    answers 1..5. The reserve answers are counted apart. `rank` by gap, ties by inadequate share. `band` 1..5.
    `deviation`: sample standard deviation of the answers, None below n = 2. `median` and `dominance` (P(X > Y) +
    P(X = Y) / 2 against all cells of the area) do not rest on equal spacing; `order_changes`: by one of them, or by the
    share of 4-5, the cell has another rank. `need_sure`, `critical_sure`: the interval stays on that side ("kesin").
    """

    area: str
    function: str
    resource: str
    cell: str
    n: int
    mean: float | None
    inadequate_share: float | None
    adequate_share: float | None
    gap: float | None
    need_index: float | None
    counts: tuple[int, ...]
    not_applicable: int
    does_not_know: int
    declined: int
    in_conflict: int
    rank: int | None
    band: int | None
    is_need: bool
    is_critical: bool
    deviation: float | None = None
    interval: Interval = NOT_COMPUTED
    median: float | None = None
    dominance: float | None = None
    order_changes: bool = False
    need_sure: bool = False
    critical_sure: bool = False


@dataclass(frozen=True, slots=True)
class NeedMargins:
    """Unweighted means of cell means of one area: per function, per resource, overall; None where a cell is empty."""

    area: str
    functions: dict[str, float | None]
    resources: dict[str, float | None]
    overall: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that was computed at once, with what it rests on.

    `expert_needs`: the need cells as experts rated them, the second route, never mixed with the firms' own answers.
    """

    route: str
    areas: tuple[AreaScore, ...]
    needs: tuple[NeedScore, ...]
    margins: tuple[NeedMargins, ...]
    method_name: str
    method_version: str
    method_hash: str
    inputs_hash: str
    engine_version: str
    instrument_hashes: tuple[str, ...]
    computed_at: str
    demonstration: bool
    analysis: Analysis | None = None
    expert_needs: tuple[NeedScore, ...] = ()
