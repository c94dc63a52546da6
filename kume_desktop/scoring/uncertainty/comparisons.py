"""How large differences between independent estimates can get by chance: critical values for pairwise comparisons.

A comparison has a direction: "k lies above j" is sure where (estimate k - estimate j) / sqrt(s_k^2 + s_j^2) exceeds the
critical value c, the `confidence` quantile of the largest such ratio under chance (normal limit) over all comparisons
that are not sure yet. Whatever is sure is dropped and c taken anew, until nothing new is sure (step-down, Romano & Wolf
2005); the comparison in the other direction stays, so that directions are right with the same confidence.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from kume_desktop.scoring.inputs import BoolArray, FloatArray

NODES = 40
"""Of the Gauss-Legendre rule, in each piece."""

FARTHEST = 8.5
SOFT = 6.0
"""Beyond so many deviations round its edge, whether the most exact other estimate holds is certain."""

SMOOTH = 0.25
"""Above this ratio of two errors no edge needs care."""

SEED, DRAWS = 2013, 20_000
"""Of the Monte Carlo critical value for all pairs."""


def each_limit(estimates: FloatArray, errors: FloatArray, confidence: float, *, step_down: bool = True) -> FloatArray:
    """The critical value (A,) for all comparisons with each estimate; exact, by numerical integration.

    An error of 0 is an exact estimate, NaN an unknown error, which takes part in no comparison. 0 where there is none.
    """
    return np.array(
        [_stepped(place, estimates, errors, confidence, step_down=step_down) for place in range(len(estimates))]
    )


def common_limit(estimates: FloatArray, errors: FloatArray, confidence: float) -> float:
    """The critical value for all comparisons of all pairs together: from random draws with a fixed seed, stepped down.

    The order of the estimates does not matter.
    """
    order = np.argsort(errors, kind="stable")
    noise = np.empty((DRAWS, len(errors)))
    noise[:, order] = np.random.Generator(np.random.PCG64(SEED)).standard_normal(noise.shape) * errors[order]
    difference, error = estimates - estimates[:, None], np.hypot(errors, errors[:, None])
    left = np.isfinite(error) & (error > 0) & ~np.eye(len(errors), dtype=np.bool_)
    while left.any():
        limit = float(np.quantile(_largest(noise, error, left), confidence))
        unsure = left & ~(difference > limit * error)
        if unsure.sum() == left.sum():
            return limit
        left = unsure
    return 0.0


def _largest(noise: FloatArray, error: FloatArray, left: BoolArray) -> FloatArray:
    """The largest ratio in each draw over the comparisons (j, k), "k above j", in `left`."""
    found = np.full(len(noise), -np.inf)
    for place in np.flatnonzero(left.any(axis=1)):
        others = left[place]
        ratios = (noise[:, others] - noise[:, place : place + 1]) / error[place, others]
        np.maximum(found, ratios.max(axis=1), out=found)
    return found


def _stepped(place: int, estimates: FloatArray, errors: FloatArray, confidence: float, *, step_down: bool) -> float:
    difference, error = estimates - estimates[place], np.hypot(errors, errors[place])
    above = np.isfinite(error) & (error > 0)
    above[place] = False
    below = above.copy()
    while True:
        limit = _critical(errors[place], errors, above, below, confidence)
        still_above = above & ~(difference > limit * error)
        still_below = below & ~(difference < -limit * error)
        if not step_down or (still_above.sum() == above.sum() and still_below.sum() == below.sum()):
            return limit
        above, below = still_above, still_below


def _critical(own: float, errors: FloatArray, above: BoolArray, below: BoolArray, confidence: float) -> float:
    """c with P(no k of `above` exceeds by c, none of `below` falls short by c) = `confidence`."""
    from scipy.optimize import brentq
    from scipy.special import ndtri

    count = int(above.sum() + below.sum())
    if not count:
        return 0.0
    low, high = float(ndtri(confidence)), float(-ndtri((1 - confidence) / count))
    if count == 1:
        return low
    kept = above | below
    others = np.stack([errors[kept], above[kept], below[kept]], axis=1)
    kinds, counts = np.unique(others, axis=0, return_counts=True)
    return float(brentq(lambda c: _covered(c, own, kinds, counts) - confidence, low - 1e-3, high + 1e-3, xtol=1e-6))


def _covered(limit: float, own: float, kinds: FloatArray, counts: NDArray[np.intp]) -> float:
    """The probability that all comparisons stay below `limit`, given the estimate's own error.

    `kinds` (M, 3): the error of another estimate, whether it is compared as above, as below; `counts` (M,): how many
    such. Given the own estimate z the others are independent, so one integral over z remains.
    """
    from scipy.special import ndtr

    above, below = kinds[:, 1] > 0, kinds[:, 2] > 0
    if own == 0:
        return float(np.prod(np.where(above & below, 2 * ndtr(limit) - 1, ndtr(limit)) ** counts))
    ratios, moving = kinds[:, 0] / own, kinds[:, 0] > 0
    reach = limit * np.sqrt(1 + ratios[moving] ** 2)
    z, weight = _nodes(_ends(limit, ratios, above, below))
    held = np.where(above[moving], ndtr((z[:, None] + reach) / ratios[moving]), 1.0)
    held -= np.where(below[moving], ndtr((z[:, None] - reach) / ratios[moving]), 0.0)
    return float(weight @ np.prod(held ** counts[moving], axis=1))


def _ends(limit: float, ratios: FloatArray, above: BoolArray, below: BoolArray) -> FloatArray:
    """Where to cut the integral: at exact other estimates, and round the edges of the most exact of the rest."""
    exact = ratios == 0
    first = -limit if (exact & above).any() else -FARTHEST
    last = limit if (exact & below).any() else FARTHEST
    smallest = 1.0 if exact.all() else float(ratios[~exact].min())
    if smallest > SMOOTH:
        return np.array([first, 0.0, last])
    edge, soft = limit * np.sqrt(1 + smallest**2), SOFT * smallest
    cuts = [first, -edge - soft, -edge + soft, 0.0, edge - soft, edge + soft, last]
    return np.unique(np.clip(cuts, first, last))


def _nodes(ends: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Points and weights of the standard normal density between `ends`, piece by piece."""
    nodes, rule = _rule()
    half = np.diff(ends)[:, None] / 2
    z = (ends[:-1, None] + half + half * nodes).ravel()
    return z, (half * rule).ravel() * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)


@cache
def _rule() -> tuple[FloatArray, FloatArray]:
    return np.polynomial.legendre.leggauss(NODES)
