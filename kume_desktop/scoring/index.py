"""The cluster index of each activity area: the unrounded statistic and the published-style number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kume_desktop.scoring.explanation.contributions import contributions, filled, weights_in_force
from kume_desktop.scoring.inputs import Areas, FloatArray, IntArray, Levels
from kume_desktop.scoring.method import ARITHMETIC, FIRM_ROUTE, Heading, Method
from kume_desktop.scoring.results import AreaScore, HeadingScore, IndicatorScore, Interval
from kume_desktop.scoring.rounding import half_up, settle

HIGHEST_LEVEL = 5
CONFIDENCE = 0.95
UNTOLD = Interval(None, None, CONFIDENCE, "not-computed")


def score_areas(areas: Areas, levels: Levels, method: Method) -> tuple[AreaScore, ...]:
    """Score every area, in the order of `areas`; areas without any level have None for their numbers.

    Order, fixed: collapse each firm, mean over the firms of the area, round half up, sum. Intervals are not computed
    here: `with_intervals` puts them in.
    Raises ValueError for a level outside the scale, for indicators that the method does not know and for a method that
    does not aggregate arithmetically (`geometric` is a what-if).
    """
    if method.aggregation != ARITHMETIC:
        raise ValueError("an index is aggregated arithmetically; the geometric one is a what-if")
    given = columns(levels, method)
    scaled = on_scale(given, levels.route, method)
    return tuple(
        _area(areas, place, levels.route, given[levels.area == place], scaled[levels.area == place], method)
        for place in range(len(areas.codes))
    )


def with_intervals(
    area: AreaScore,
    interval: Interval,
    indicators: Sequence[Interval] = (),
    eligible_n: int | None = None,
    eligible_basis: str = "",
) -> AreaScore:
    """The score of an area with its interval, those of its indicators (in their order) and the N they rest on."""
    limits = tuple(indicators) or tuple(one.interval for one in area.indicators)
    return replace(
        area,
        interval=interval,
        indicators=tuple(replace(one, interval=own) for one, own in zip(area.indicators, limits, strict=True)),
        eligible_n=eligible_n,
        eligible_basis=eligible_basis,
    )


def scaled_levels(levels: Levels, method: Method) -> FloatArray:
    """All levels on the preset's scale, shape (F, K) in the method's order of indicators; NaN where nobody scored.

    Raises ValueError as `score_areas` does.
    """
    return on_scale(columns(levels, method), levels.route, method)


def on_scale(given: FloatArray, route: str, method: Method) -> FloatArray:
    """Levels as given, on the preset's scale: those of firms collapsed, those of a panel checked."""
    return collapse_levels(given, method) if route == FIRM_ROUTE else _checked(given, method)


def index_under(values: FloatArray, method: Method) -> float:
    """The index of the values (K,) of one area or firm on the preset's scale, as the method weighs them; NaN if none.

    `100 x sum(w m) / (max x sum(w))`; see `filled` for the missing rule, `weights_in_force` for heading weights.
    """
    counted = filled(values, method)
    return index_of(counted, weights_in_force(method, ~np.isnan(counted)), method.scale_max)


def geometric(values: FloatArray, method: Method) -> float:
    """The what-if index `100 x prod((m_k / max)^(w_k / sum w))` of the means (K,); NaN where nothing is scored.

    Never above the arithmetic index and equal to it only where all means are equal: a low indicator is not made good
    by a high one. Source: the Human Development Index since 2010 (UNDP), OECD/JRC handbook 2008, section 6.6.
    """
    counted = filled(values, method)
    present = ~np.isnan(counted)
    if not present.any():
        return float("nan")
    weights = weights_in_force(method, present)[present]
    shares = weights / np.sum(weights)
    return float(100 * np.exp(np.sum(shares * np.log(counted[present] / method.scale_max))))


def collapse_levels(levels: FloatArray, method: Method) -> FloatArray:
    """Put the levels 1-5 of firms, any shape, on the scale of the preset; NaN stays NaN.

    With the default table 1, 2 -> 1; 3 -> 2; 4, 5 -> 3 (levels 1, 3, 5 are the anchors Düşük, Orta, Yüksek).
    """
    table = np.full(HIGHEST_LEVEL + 1, np.nan)
    for level, value in method.collapse.items():
        table[level] = value
    missing = np.isnan(levels)
    whole = np.where(missing, 1, levels).astype(np.int64)
    if np.any((whole < 1) | (whole > HIGHEST_LEVEL) | (~missing & (whole != levels))):
        raise ValueError("a level is not a whole number from 1 to 5")
    return np.where(missing, np.nan, table[whole])


def means(values: FloatArray) -> tuple[FloatArray, IntArray]:
    """Means and counts down the columns of (F, K), leaving NaN out; NaN where a column is empty.

    Sums of whole numbers are exact, so the order of the firms never matters.

    >>> m, n = means(np.array([[1.0, 3.0], [1.0, np.nan], [3.0, np.nan]]))
    >>> [round(float(x), 10) for x in m], n.tolist()
    ([1.6666666667, 3.0], [3, 1])
    """
    present = ~np.isnan(values)
    n = present.sum(axis=0).astype(np.int64)
    totals = np.where(present, values, 0.0).sum(axis=0)
    return np.divide(totals, n, out=np.full(values.shape[1], np.nan), where=n > 0), n


def index_of(values: FloatArray, weights: FloatArray, highest: float) -> float:
    """`100 x sum(w s) / sum(w highest)` over the indicators that are scored; NaN where none is.

    A missing indicator leaves numerator and denominator (precedent: ITU U4SSC, 9/16 = 56.25 %, 9/12 = 75 %).

    >>> index_of(np.array([3.0] * 9 + [2.0]), np.ones(10), 3.0)
    96.66666666666667
    >>> index_of(np.array([3.0, np.nan, 2.0]), np.ones(3), 3.0)
    83.33333333333333
    """
    scored = ~np.isnan(values)
    if not scored.any():
        return float("nan")
    return float(100 * np.sum((weights * values)[scored]) / (highest * np.sum(weights[scored])))


def category_of(index: float, cut_points: tuple[float, ...], decimals: int = 9) -> int:
    """The category of an index: 1 + the number of cuts it stays below; reaching a cut counts.

    >>> [category_of(x, (700 / 9, 500 / 9)) for x in (97, 83, 73, 60, 50, 47)]
    [1, 1, 2, 2, 3, 3]
    """
    return 1 + sum(bool(settle(index, decimals) < settle(cut, decimals)) for cut in cut_points)


def columns(levels: Levels, method: Method) -> FloatArray:
    """The levels in the method's order of indicators, shape (F, K); NaN columns for those that nobody scored."""
    unknown = set(levels.indicators) - set(method.indicator_codes)
    if unknown:
        raise ValueError(f"indicators that the method does not know: {sorted(unknown)}")
    given = np.full((len(levels.targets), len(method.indicators)), np.nan)
    for place, code in enumerate(method.indicator_codes):
        if code in levels.indicators:
            given[:, place] = levels.levels[:, levels.indicators.index(code)]
    return given


def _checked(given: FloatArray, method: Method) -> FloatArray:
    """Levels of a panel stand on the scale already; raise ValueError for one that does not."""
    if np.any((given < method.scale_min) | (given > method.scale_max) | (given != np.floor(given)) & ~np.isnan(given)):
        raise ValueError("a level of a panel is not on the scale of the preset")
    return given


def _area(areas: Areas, place: int, route: str, given: FloatArray, scaled: FloatArray, method: Method) -> AreaScore:
    mean, n = means(scaled)
    published = half_up(mean, method.decimals)
    score = _number(index_under(mean, method))
    printed = _number(float(half_up(index_under(published, method), method.decimals)))
    counted = filled(published, method)
    scored = int((n > 0).sum())
    frame_n = int(areas.frame_n[place])
    return AreaScore(
        code=areas.codes[place],
        name_tr=areas.names_tr[place],
        name_en=areas.names_en[place],
        route=route,
        n=int((~np.isnan(given)).any(axis=1).sum()),
        frame_n=frame_n if frame_n >= 0 else None,
        scored=scored,
        score=score,
        category=None if score is None else category_of(score, method.cut_points, method.decimals),
        published_index=None if printed is None else int(printed),
        published_category=None if printed is None else category_of(printed, method.cut_points, method.decimals),
        published_sum=int(np.nansum(counted)),
        published_max=method.scale_max * int((~np.isnan(counted)).sum()),
        few_indicators=scored < method.min_scored,
        interval=UNTOLD,
        indicators=_indicators(given, mean, n, published, method),
        headings=tuple(_heading(heading, filled(mean, method), method) for heading in method.headings),
    )


def _indicators(
    given: FloatArray, mean: FloatArray, n: IntArray, published: FloatArray, method: Method
) -> tuple[IndicatorScore, ...]:
    mean5, _ = means(given)
    points = contributions(mean, method)
    return tuple(
        IndicatorScore(
            code=code,
            n=int(n[k]),
            mean5=_number(mean5[k]),
            mean=_number(mean[k]),
            published=int(published[k]) if n[k] else None,
            counts=tuple(int((given[:, k] == level).sum()) for level in range(1, HIGHEST_LEVEL + 1)),
            deviation=deviation(given[:, k]),
            contribution=_number(points[k]),
        )
        for k, code in enumerate(method.indicator_codes)
    )


def _heading(heading: Heading, counted: FloatArray, method: Method) -> HeadingScore:
    """The heading as an index of its own, from the means that count in the area."""
    places = [method.indicator_codes.index(code) for code in heading.indicators]
    weights = np.array([method.weights[code] for code in heading.indicators], dtype=np.float64)
    values = counted[places]
    scored = ~np.isnan(values)
    return HeadingScore(
        code=heading.code,
        points=float(np.sum((weights * values)[scored])) if scored.any() else None,
        maximum=float(method.scale_max * np.sum(weights[scored])),
        score=_number(index_of(values, weights, method.scale_max)),
    )


def deviation(values: FloatArray) -> float | None:
    """The sample standard deviation (n - 1) of one column, leaving NaN out; None below two values.

    >>> deviation(np.array([1.0, 3.0, np.nan]))
    1.4142135623730951
    """
    present = np.sort(values[~np.isnan(values)])  # the order of the firms must not change the last digit
    return float(np.std(present, ddof=1)) if len(present) > 1 else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
