"""What the open choices of the method do to an area: every combination, and how much of the spread each explains."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from kume_desktop.scoring.analysis import AreaSensitivity, Choice, Share
from kume_desktop.scoring.index import HIGHEST_LEVEL, category_of, collapse_levels, columns
from kume_desktop.scoring.inputs import Areas, FloatArray, Levels
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from kume_desktop.scoring.rounding import half_up
from kume_desktop.scoring.uncertainty.imputation import IMPUTATIONS, LEAVE_OUT
from kume_desktop.scoring.uncertainty.options import AGGREGATIONS, column_means, filled, shares, weighted_index

METHOD, EQUAL, EQUAL_HEADINGS = "method", "equal", "equal_headings"
BEFORE, AFTER = "before", "after"
FACTORS = ("weights", "aggregation", "missing", "collapse")
NOTHING = 1e-18
"""Variance below which the choices do not move the score."""


def sensitivity(areas: Areas, levels: Levels, method: Method) -> tuple[AreaSensitivity, ...]:
    """The factorial of every area, in the order of `areas`."""
    given = columns(levels, method)
    is_collapsed = levels.route != FIRM_ROUTE
    return tuple(
        factorial(code, given[levels.area == place], method, is_collapsed=is_collapsed)
        for place, code in enumerate(areas.codes)
    )


def factorial(area: str, given: FloatArray, method: Method, *, is_collapsed: bool = False) -> AreaSensitivity:
    """The index of one area under every combination of choices, and their shares of its variance.

    `given` (F, K): levels 1-5 of its firms (`is_collapsed`: of a panel, on the preset's scale already). Choices:

    - weights: the method's; equal for every indicator; `equal_headings`, every heading the same and its indicators
      equal within it. Those that come to the method's own are not repeated.
    - aggregation: arithmetic; geometric, in which a weak indicator is not made up for.
    - missing: a gap leaves the mean, counts as the lowest level, or is imputed two-way; one way if there is no gap.
    - collapse: each firm's level before the mean is taken (the rule), or the rounded mean of the levels 1-5 after.
    """
    ways = (
        _weights(method),
        AGGREGATIONS,
        IMPUTATIONS if np.isnan(given[~np.isnan(given).all(axis=1)]).any() else (LEAVE_OUT,),
        (BEFORE,) if is_collapsed or _keeps_levels(method) else (BEFORE, AFTER),
    )
    scores = np.full([len(way) for way in ways], np.nan)
    if not np.isnan(given).all():
        for place, (weights, aggregation, missing, collapse) in zip(
            np.ndindex(scores.shape), product(*ways), strict=True
        ):
            means = _means(given, missing, collapse, method, is_collapsed=is_collapsed)
            scored = ~np.isnan(means)
            own = shares(_weighted(method, weights), scored)[scored]
            scores[place] = weighted_index(means[scored], np.ones((1, len(own))), own, aggregation, method.scale_max)[0]
    choices = tuple(
        _choice(names, float(score), method) for names, score in zip(product(*ways), scores.flat, strict=True)
    )
    return AreaSensitivity(area, choices, variance_shares(scores))


def variance_shares(scores: FloatArray, factors: tuple[str, ...] = FACTORS) -> tuple[Share, ...]:
    """First-order and total shares of the variance over a full grid, one axis per factor, all combinations equal.

    First order: Var(E[Y | X_i]) / Var(Y); total: E[Var(Y | the others)] / Var(Y). Exact, nothing is sampled. Empty
    where nothing moves the score. Source: Sobol' (1993); Saltelli et al. (2010), Computer Physics Communications 181.

    >>> [(s.factor, s.first_order, s.total) for s in variance_shares(np.array([[0.0, 2.0], [0.0, 2.0]]), ("a", "b"))]
    [('a', 0.0, 0.0), ('b', 1.0, 1.0)]
    """
    variance = float(np.var(scores)) if scores.size and not np.isnan(scores).any() else 0.0
    if variance <= NOTHING:
        return ()
    axes = range(scores.ndim)
    return tuple(
        Share(
            factor,
            float(np.var(scores.mean(axis=tuple(other for other in axes if other != axis)))) / variance,
            float(np.mean(np.var(scores, axis=axis))) / variance,
        )
        for axis, factor in enumerate(factors)
    )


def _weights(method: Method) -> tuple[str, ...]:
    """The names of the weights that differ."""
    found: dict[str, FloatArray] = {}
    everything = np.ones(len(method.indicators), dtype=np.bool_)
    for name in (METHOD, EQUAL, EQUAL_HEADINGS):
        own = shares(_weighted(method, name), everything)
        if not any(np.allclose(own, known, rtol=0, atol=1e-12) for known in found.values()):
            found[name] = own
    return tuple(found)


def _weighted(method: Method, weights: str) -> Method:
    if weights == METHOD:
        return method
    headings = {heading.code: 1.0 for heading in method.headings} if weights == EQUAL_HEADINGS else {}
    return replace(method, weights=dict.fromkeys(method.indicator_codes, 1.0), heading_weights=headings)


def _keeps_levels(method: Method) -> bool:
    return all(level == value for level, value in method.collapse.items())


def _means(given: FloatArray, missing: str, collapse: str, method: Method, *, is_collapsed: bool) -> FloatArray:
    """The means (K,) on the preset's scale; NaN for an indicator that is left out."""
    if collapse == BEFORE:
        return column_means(filled(given if is_collapsed else collapse_levels(given, method), missing, method))
    means = column_means(filled(given, missing, method, (1.0, float(HIGHEST_LEVEL))))
    return collapse_levels(half_up(means, method.decimals), method)


def _choice(names: tuple[str, ...], score: float, method: Method) -> Choice:
    weights, aggregation, missing, collapse = names
    if np.isnan(score):
        return Choice(weights, aggregation, missing, collapse, None, None)
    category = category_of(score, method.cut_points, method.decimals)
    return Choice(weights, aggregation, missing, collapse, score, category)
