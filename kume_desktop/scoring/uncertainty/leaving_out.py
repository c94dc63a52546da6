"""The scores without one indicator, one firm or one rater: whose single voice carries the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.analysis import LeftOut
from kume_desktop.scoring.explanation.contributions import weights_in_force
from kume_desktop.scoring.index import columns, on_scale
from kume_desktop.scoring.inputs import Areas, BoolArray, FloatArray, Levels, Ratings
from kume_desktop.scoring.method import FIRM_ROUTE, LOWEST, Method
from kume_desktop.scoring.rounding import half_up, settle
from kume_desktop.scoring.uncertainty.options import column_means

INDICATOR, FIRM, RATER = "indicator", "firm", "rater"


def leave_out(areas: Areas, levels: Levels, ratings: Ratings | None, method: Method) -> tuple[LeftOut, ...]:
    """Every area without each indicator that is scored, each firm that has a level, each rater who rated a firm in it.

    `what` names the indicator by code, the firm by unit id, the rater by id. Order: areas; within them indicators,
    firms, raters in the order of the method, the levels and the ratings. On the panel route there are no firms to leave
    out. Without a rater the levels are those of `without_rater`.
    """
    given = columns(levels, method)
    scaled = on_scale(given, levels.route, method)
    without = () if ratings is None else tuple(_without_raters(levels, given, ratings, method))
    found: list[LeftOut] = []
    for place, code in enumerate(areas.codes):
        inside = levels.area == place
        own = scaled[inside]
        found += _indicators(code, own, method)
        if levels.route == FIRM_ROUTE:
            found += _firms(code, own, [levels.targets[row] for row in np.flatnonzero(inside)], method)
        for rater, changed, concerned in without:
            if concerned[inside].any():
                found += _listed(code, RATER, [rater], own, column_means(changed[inside])[None], method)
    return tuple(found)


def without_rater(levels: Levels, ratings: Ratings, rater: int) -> tuple[FloatArray, BoolArray]:
    """The levels (F, K) that would be in force without a rater, and where the rater gave one (F, K).

    Where the rater gave a level, it goes, and so does an agreed level that was settled from it or by the rater. Of
    what is left the highest round holds where its raters do not differ: as a rule the other rater's blind level. Where
    nothing is left or they differ there is no level.
    """
    return _without(levels, _by_cell(levels, ratings), rater)


@dataclass(frozen=True, slots=True)
class _Given:
    rater: int
    round: int
    is_agreed: bool
    level: float


Cells = Mapping[tuple[int, int], Sequence[_Given]]


def _by_cell(levels: Levels, ratings: Ratings) -> Cells:
    """(row, column) of the levels -> the ratings given there."""
    row_of = {name: place for place, name in enumerate(levels.targets)}
    column_of = {name: place for place, name in enumerate(levels.indicators)}
    found: dict[tuple[int, int], list[_Given]] = {}
    for target, indicator, *rest in zip(
        ratings.target.tolist(), ratings.indicator.tolist(), ratings.rater.tolist(), ratings.round.tolist(),
        ratings.is_agreed.tolist(), ratings.level.tolist(), strict=True,
    ):  # fmt: skip
        row, column = row_of.get(ratings.targets[target]), column_of.get(ratings.indicators[indicator])
        if row is not None and column is not None:
            found.setdefault((row, column), []).append(_Given(*rest))
    return found


def _without(levels: Levels, cells: Cells, rater: int) -> tuple[FloatArray, BoolArray]:
    found, touched = levels.levels.copy(), np.zeros(levels.levels.shape, dtype=np.bool_)
    for where, given in cells.items():
        if any(one.rater == rater for one in given):
            touched[where], found[where] = True, _what_is_left(given, rater)
    return found, touched


def _what_is_left(given: Sequence[_Given], rater: int) -> float:
    took_part = any(one.rater == rater and not one.is_agreed for one in given)
    left = [
        one for one in given if one.rater != rater and not np.isnan(one.level) and not (one.is_agreed and took_part)
    ]
    last = max((one.round for one in left), default=0)
    held = {one.level for one in left if one.round == last}
    return held.pop() if len(held) == 1 else float("nan")


def _without_raters(
    levels: Levels, given: FloatArray, ratings: Ratings, method: Method
) -> Iterator[tuple[str, FloatArray, BoolArray]]:
    """Every rater, the scaled levels (F, K) in the method's order without the rater, and which firms that concerns."""
    there = [method.indicator_codes.index(code) for code in levels.indicators]
    cells = _by_cell(levels, ratings)
    for place, rater in enumerate(ratings.raters):
        found, touched = _without(levels, cells, place)
        changed = given.copy()
        changed[:, there] = found
        yield rater, on_scale(changed, levels.route, method), np.asarray(touched.any(axis=1))


def _indicators(area: str, scaled: FloatArray, method: Method) -> list[LeftOut]:
    means = column_means(scaled)
    counted = np.flatnonzero(_counted(means[None], method)[0])
    dropped = np.zeros((len(counted), len(means)), dtype=np.bool_)
    dropped[np.arange(len(counted)), counted] = True
    names = [method.indicator_codes[place] for place in counted]
    return _listed(area, INDICATOR, names, scaled, np.tile(means, (len(counted), 1)), method, dropped)


def _firms(area: str, scaled: FloatArray, names: Sequence[str], method: Method) -> list[LeftOut]:
    present = ~np.isnan(scaled)
    filled = np.where(present, scaled, 0.0)
    count = present.sum(axis=0) - present
    total = filled.sum(axis=0) - filled
    means = np.divide(total, count, out=np.full(scaled.shape, np.nan), where=count > 0)
    answered = np.asarray(present.any(axis=1))
    found = [name for name, has_answered in zip(names, answered, strict=True) if has_answered]
    return _listed(area, FIRM, found, scaled, means[answered], method)


def _listed(
    area: str,
    kind: str,
    names: Sequence[str],
    scaled: FloatArray,
    means: FloatArray,
    method: Method,
    dropped: BoolArray | None = None,
) -> list[LeftOut]:
    """One entry for each name from means (M, K); `dropped` (M, K) marks indicators that must not count at all."""
    now = indices(column_means(scaled)[None], method)[0]
    scores = indices(means, method, dropped)
    printed = half_up(indices(half_up(means, method.decimals), method, dropped), method.decimals)
    cuts = settle(method.cut_points, method.decimals)
    categories = 1 + (settle(scores, method.decimals)[:, None] < cuts).sum(axis=1)
    return [
        LeftOut(area, kind, name, None, None, None, None)
        if np.isnan(score)
        else LeftOut(area, kind, name, float(score), float(score - now), int(category), int(whole))
        for name, score, category, whole in zip(names, scores, categories, printed, strict=True)
    ]


def indices(means: FloatArray, method: Method, dropped: BoolArray | None = None) -> FloatArray:
    """The index (M,) of means (M, K) as the method weighs them, NaN where nothing counts; see `index.index_under`."""
    counted = _counted(means, method)
    values = np.where(np.isnan(means), float(method.scale_min), means)
    if dropped is not None:
        counted &= ~dropped
    found = np.full(len(means), np.nan)
    patterns, number = np.unique(counted, axis=0, return_inverse=True)
    for place, pattern in enumerate(patterns):
        if pattern.any():
            rows = number.reshape(-1) == place
            weights = weights_in_force(method, pattern)[pattern]
            sums = (values[rows][:, pattern] * weights).sum(axis=1)
            found[rows] = 100 * sums / (method.scale_max * weights.sum())
    return found


def _counted(means: FloatArray, method: Method) -> BoolArray:
    """Which indicators count (M, K): those that are scored; with the rule `lowest` all, if any is scored."""
    scored = ~np.isnan(means)
    return scored.any(axis=1, keepdims=True) & np.ones_like(scored) if method.missing_rule == LOWEST else scored
