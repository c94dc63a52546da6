"""The cluster index of each activity area: the unrounded statistic and the published-style number beside it."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import Areas, FloatArray, IntArray, Levels
from kume_desktop.scoring.method import FIRM_ROUTE, Heading, Method
from kume_desktop.scoring.results import AreaScore, HeadingScore, IndicatorScore, Interval
from kume_desktop.scoring.rounding import half_up, settle

HIGHEST_LEVEL = 5
CONFIDENCE = 0.95


def score_areas(areas: Areas, levels: Levels, method: Method) -> tuple[AreaScore, ...]:
    """Score every area, in the order of `areas`; areas without any level have None for their numbers.

    Order, fixed: collapse each firm, mean over the firms of the area, round half up, sum.
    Raises ValueError for a level outside the scale and for indicators that the method does not know.
    """
    given = _columns(levels, method)
    scaled = collapse_levels(given, method) if levels.route == FIRM_ROUTE else _on_scale(given, method)
    return tuple(
        _area(areas, place, levels.route, given[levels.area == place], scaled[levels.area == place], method)
        for place in range(len(areas.codes))
    )


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


def _columns(levels: Levels, method: Method) -> FloatArray:
    """The levels in the method's order of indicators, shape (F, K); NaN columns for those that nobody scored."""
    unknown = set(levels.indicators) - set(method.indicator_codes)
    if unknown:
        raise ValueError(f"indicators that the method does not know: {sorted(unknown)}")
    given = np.full((len(levels.targets), len(method.indicators)), np.nan)
    for place, code in enumerate(method.indicator_codes):
        if code in levels.indicators:
            given[:, place] = levels.levels[:, levels.indicators.index(code)]
    return given


def _on_scale(given: FloatArray, method: Method) -> FloatArray:
    """Levels of a panel stand on the scale already; raise ValueError for one that does not."""
    if np.any((given < method.scale_min) | (given > method.scale_max) | (given != np.floor(given)) & ~np.isnan(given)):
        raise ValueError("a level of a panel is not on the scale of the preset")
    return given


def _area(areas: Areas, place: int, route: str, given: FloatArray, scaled: FloatArray, method: Method) -> AreaScore:
    mean, n = means(scaled)
    published = half_up(mean, method.decimals)
    weights = np.array([method.weights[code] for code in method.indicator_codes])
    score = _number(index_of(mean, weights, method.scale_max))
    printed = _number(float(half_up(index_of(published, weights, method.scale_max), method.decimals)))
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
        published_sum=int(np.nansum(published)),
        published_max=method.scale_max * scored,
        few_indicators=scored < method.min_scored,
        interval=Interval(None, None, CONFIDENCE, "not-computed"),
        indicators=_indicators(given, mean, n, published, method),
        headings=tuple(_heading(heading, mean, weights, method) for heading in method.headings),
    )


def _indicators(
    given: FloatArray, mean: FloatArray, n: IntArray, published: FloatArray, method: Method
) -> tuple[IndicatorScore, ...]:
    mean5, _ = means(given)
    return tuple(
        IndicatorScore(
            code=code,
            n=int(n[k]),
            mean5=_number(mean5[k]),
            mean=_number(mean[k]),
            published=int(published[k]) if n[k] else None,
            counts=tuple(int((given[:, k] == level).sum()) for level in range(1, HIGHEST_LEVEL + 1)),
            deviation=deviation(given[:, k]),
        )
        for k, code in enumerate(method.indicator_codes)
    )


def _heading(heading: Heading, mean: FloatArray, weights: FloatArray, method: Method) -> HeadingScore:
    columns = [method.indicator_codes.index(code) for code in heading.indicators]
    values, own = mean[columns], weights[columns]
    scored = ~np.isnan(values)
    return HeadingScore(
        code=heading.code,
        points=float(np.sum((own * values)[scored])) if scored.any() else None,
        maximum=float(method.scale_max * np.sum(own[scored])),
        score=_number(index_of(values, own, method.scale_max)),
    )


def deviation(values: FloatArray) -> float | None:
    """The sample standard deviation (n - 1) of one column, leaving NaN out; None below two values.

    >>> deviation(np.array([1.0, 3.0, np.nan]))
    1.4142135623730951
    """
    present = values[~np.isnan(values)]
    return float(np.std(present, ddof=1)) if len(present) > 1 else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
