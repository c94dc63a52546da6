"""Severity of one rater: against the others on shared firms, against the suggestion, and how it moves with time."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.analysis import RaterDrift
from kume_desktop.scoring.inputs import FloatArray, IntArray, Ratings
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.raters.cube import LevelCube

FEWEST_FIRMS = 10
"""Shared firms below which severity has no interval."""
FEWEST_FOR_SLOPE = 20
PER = 100
"""A slope is told per so many ratings."""


def of_rater(ratings: Ratings, cube: LevelCube, rater: str, confidence: float) -> RaterDrift:
    """How `rater` differs: mean of own level minus the mean of the others' on the same firm and indicator.

    `interval`: that mean with its t interval over firms, the levels of one firm taken together (cluster-robust:
    `se^2 = T / (T - 1) x sum over firms of (sum of (d - mean d))^2 / m^2`, T - 1 degrees of freedom; Liang & Zeger
    1986); `few` below 10 shared firms. `slope`: least squares of d on the place of the rating in the rater's own
    order, which is the order of the rows. `own_interviews` counts firms.
    """
    own = ratings.rater == ratings.raters.index(rater)
    rows = np.flatnonzero(own & ~ratings.is_agreed & ~np.isnan(ratings.level))
    gaps = _gaps(cube, cube.raters.index(rater))
    firms, indicators = np.nonzero(~np.isnan(gaps))
    shared = gaps[firms, indicators]
    against = ratings.level[rows] - ratings.suggestion[rows]
    against = against[~np.isnan(against)]
    return RaterDrift(
        rater=rater,
        ratings=len(rows),
        shared=len(shared),
        severity=float(shared.mean()) if len(shared) else None,
        interval=_interval(shared, firms, confidence),
        from_suggestion=float(against.mean()) if len(against) else None,
        slope=_slope(_places(ratings, cube, rows)[firms, indicators], shared),
        own_interviews=len(np.unique(ratings.target[rows[ratings.interviewed[rows]]])),
    )


def _gaps(cube: LevelCube, rater: int) -> FloatArray:
    """Own level minus the mean of the others', shape (T, K); NaN where either is missing."""
    others = np.delete(cube.levels, rater, axis=2)
    present = ~np.isnan(others)
    n = present.sum(axis=2)
    mean = np.divide(np.where(present, others, 0.0).sum(axis=2), n, out=np.full(n.shape, np.nan), where=n > 0)
    return np.asarray(cube.levels[:, :, rater] - mean)


def _interval(gaps: FloatArray, firms: IntArray, confidence: float) -> Interval:
    from scipy.special import stdtrit

    named, place = np.unique(firms, return_inverse=True)
    size = len(named)
    if size == 0:
        return Interval(None, None, confidence, "nobody")
    if size < FEWEST_FIRMS:
        return Interval(None, None, confidence, "few")
    mean = float(gaps.mean())
    per_firm = np.bincount(place, weights=gaps - mean, minlength=size)
    error = np.sqrt(size / (size - 1) * np.sum(per_firm**2)) / len(gaps)
    if error == 0:
        return Interval(None, None, confidence, "no-variation")
    half = float(stdtrit(size - 1, (1 + confidence) / 2) * error)
    return Interval(mean - half, mean + half, confidence, "", "t-over-firms")


def _places(ratings: Ratings, cube: LevelCube, rows: IntArray) -> FloatArray:
    """When the rater gave each level: its place 0, 1, ... among the rater's own, shape (T, K)."""
    firm = {name: place for place, name in enumerate(cube.firms)}
    code = {name: place for place, name in enumerate(cube.indicators)}
    places = np.full(cube.levels.shape[:2], np.nan)
    for place, row in enumerate(rows):
        places[firm[ratings.targets[ratings.target[row]]], code[ratings.indicators[ratings.indicator[row]]]] = place
    return places


def _slope(places: FloatArray, gaps: FloatArray) -> float | None:
    if len(gaps) < FEWEST_FOR_SLOPE:
        return None
    away = places - places.mean()
    spread = float(np.sum(away**2))
    return PER * float(np.sum(away * gaps)) / spread if spread > 0 else None
