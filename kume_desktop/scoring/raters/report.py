"""What is said of the raters: how far they agree, and who drifts."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from kume_desktop.scoring.analysis import Agreement, RaterDrift
from kume_desktop.scoring.inputs import FloatArray, IntArray, Ratings
from kume_desktop.scoring.limits import Estimate, Interval
from kume_desktop.scoring.raters import bootstrap, drifting
from kume_desktop.scoring.raters.agreement import (
    alpha_of,
    coincidences,
    icc,
    kappa_of,
    kappa_statistics,
    of_average,
    pair_shares,
)
from kume_desktop.scoring.raters.cube import LevelCube, blind_levels
from kume_desktop.scoring.uncertainty.settings import RunSettings

FEWEST_UNITS = 10
"""Firms rated twice below which no coefficient is given."""
MOST_REPLICATES = 2_000
"""A standard deviation needs fewer replicates than quantiles do: these give it to 1.6 %."""
MANY_RATERS = 8
"""From so many raters on only pairs and the full set are tried for complete rows."""


def agreement(ratings: Ratings, settings: RunSettings) -> tuple[Agreement, ...]:
    """How far raters agree: '' first (all indicators together, resampling firms), then each indicator in given order.

    Only levels given blind count. Intervals rest on at most 2,000 of the replicates that `settings` asks for.
    Reasons for no figure: `one-rater` (no firm was rated by two), `few` (fewer than 10 firms rated twice),
    `no-variation` (all levels equal: nothing could have told firms apart), `few-complete` (no set of raters with 10
    firms that all of them rated, for ICC), `few-pairs` (no pair of raters with 10 common firms, for kappa), `negative`
    (ICC of an average, where raters agree less than by chance). An estimate may stand without an interval:
    `no-disagreement`, `no-variation`, `unstable`.
    """
    cube = blind_levels(ratings)
    run = replace(settings, replicates=min(settings.replicates, MOST_REPLICATES))
    overall = _agreement("", cube.levels, cube, run)
    return (overall, *(_agreement(code, cube.of(code), cube, run) for code in ratings.indicators))


def drift(ratings: Ratings, confidence: float = 0.95) -> tuple[RaterDrift, ...]:
    """Each rater against the others and against the suggestion, in given order; see `raters.drifting`."""
    cube = blind_levels(ratings)
    return tuple(drifting.of_rater(ratings, cube, rater, confidence) for rater in ratings.raters)


def _agreement(indicator: str, levels: FloatArray, cube: LevelCube, settings: RunSettings) -> Agreement:
    twice = (~np.isnan(levels)).sum(axis=2) > 1
    units = int(twice.any(axis=1).sum())
    raters = int((~np.isnan(levels) & twice[:, :, None]).any(axis=(0, 1)).sum())
    shared = levels[twice.any(axis=1)]
    chosen, rows, firms = complete_rows(shared)
    pairs = _pairs(shared)
    single, average = _icc(units, rows, firms, settings)
    shares = pair_shares(shared.reshape(-1, levels.shape[2]))
    return Agreement(
        indicator=indicator,
        units=units,
        raters=raters,
        alpha=_alpha(units, shared, settings),
        icc_single=single,
        icc_average=average,
        kappa=_kappa(units, pairs, settings),
        exact=None if shares is None else shares[0],
        within_one=None if shares is None else shares[1],
        icc_raters=tuple(cube.raters[place] for place in chosen),
        icc_rows=len(rows),
        kappa_pairs=len(pairs),
    )


def _none(reason: str, settings: RunSettings) -> Estimate:
    return Estimate(None, Interval(None, None, settings.confidence, reason), reason)


def _refusal(units: int) -> str:
    """Why so few units rated twice give no figure; '' where they are enough."""
    if units == 0:
        return "one-rater"
    return "few" if units < FEWEST_UNITS else ""


def _alpha(units: int, shared: FloatArray, settings: RunSettings) -> Estimate:
    if reason := _refusal(units):
        return _none(reason, settings)
    pairs, values = coincidences(shared.reshape(-1, shared.shape[2]))
    value = float(alpha_of(pairs.sum(axis=0), values, "ordinal"))
    if np.isnan(value):
        return _none("no-variation", settings)
    replicates = bootstrap.alpha_replicates(shared, "ordinal", settings)
    return Estimate(value, bootstrap.z_interval(value, replicates, units, settings.confidence))


def complete_rows(levels: FloatArray) -> tuple[tuple[int, ...], FloatArray, IntArray]:
    """The largest complete part of (T, K, R) levels: raters, their table (n, k), and the firm of each row (n,).

    All sets of raters are tried (from 8 raters on: pairs and the full set) and the one with most levels in complete
    rows wins, among equals the one with more rows, then the first by name; sets below 10 firms do not count.
    """
    best: tuple[int, int] = (0, 0)
    found: tuple[tuple[int, ...], FloatArray, IntArray] = ((), np.zeros((0, 2)), np.zeros(0, dtype=np.int64))
    for chosen in _rater_sets(levels.shape[2]):
        firms, indicators = _complete(levels[:, :, chosen])
        rows = len(firms)
        if len(np.unique(firms)) >= FEWEST_UNITS and (rows * len(chosen), rows) > best:
            best = rows * len(chosen), rows
            found = chosen, levels[firms, indicators][:, chosen], firms
    return found


def _rater_sets(raters: int) -> list[tuple[int, ...]]:
    everybody = tuple(range(raters))
    sizes = range(2, raters + 1) if raters < MANY_RATERS else (2, raters)
    return [chosen for size in sizes for chosen in combinations(everybody, size)]


def _icc(units: int, rows: FloatArray, firms: IntArray, settings: RunSettings) -> tuple[Estimate, Estimate]:
    reason = _refusal(units) or ("" if len(rows) else "few-complete")
    single, average = icc(rows) if not reason else (np.nan, np.nan)
    if reason or np.isnan(single):
        refused = _none(reason or "no-variation", settings)
        return refused, refused
    replicates = bootstrap.icc_replicates(rows, firms, settings)
    limits = bootstrap.z_interval(single, replicates, len(np.unique(firms)), settings.confidence)
    if single < 0:
        return Estimate(single, limits), _none("negative", settings)
    return Estimate(single, limits), Estimate(average, _of_average(limits, rows.shape[1]))


def _of_average(limits: Interval, raters: int) -> Interval:
    """The limits of ICC(A,1) as those of ICC(A,k); a mean of raters is never less reliable than 0."""
    if limits.low is None or limits.high is None:
        return limits
    return replace(limits, low=of_average(max(limits.low, 0.0), raters), high=of_average(limits.high, raters))


def _pairs(shared: FloatArray) -> list[FloatArray]:
    """For every pair of raters with 10 common firms their levels (T, K, 2)."""
    tables = [shared[:, :, list(pair)] for pair in combinations(range(shared.shape[2]), 2)]
    return [one for one in tables if len(np.unique(_complete(one)[0])) >= FEWEST_UNITS]


def _complete(levels: FloatArray) -> tuple[IntArray, IntArray]:
    """The firm and the indicator of every row of (T, K, R) levels without a gap."""
    firms, indicators = np.nonzero(~np.isnan(levels).any(axis=2))
    return firms, indicators


def _kappa(units: int, pairs: list[FloatArray], settings: RunSettings) -> Estimate:
    """One pair: Cohen's kappa. More: their mean, weighted by shared levels (Light 1971, Measures of agreement)."""
    if reason := _refusal(units) or ("" if pairs else "few-pairs"):
        return _none(reason, settings)
    sums = np.stack([kappa_statistics(one.reshape(-1, 2)).sum(axis=0) for one in pairs])
    if np.isnan(kappa_of(sums)).all():
        return _none("no-variation", settings)
    value = float(bootstrap.mean_kappa(sums))
    firms = np.unique(np.concatenate([_complete(one)[0] for one in pairs]))
    replicates = bootstrap.kappa_replicates([one[firms] for one in pairs], settings)
    return Estimate(value, bootstrap.z_interval(value, replicates, len(firms), settings.confidence))
