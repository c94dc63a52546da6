"""Bootstrap intervals of the coefficients of agreement, over firms: all indicators of a firm are drawn together."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import FloatArray, IntArray
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.raters import agreement
from kume_desktop.scoring.raters.agreement import Metric
from kume_desktop.scoring.reliability.resampling import resampled_sums
from kume_desktop.scoring.uncertainty.settings import RunSettings

UNDEFINED_AT_MOST = 0.05
"""More replicates without a value than this: the interval would describe the rest only."""
CERTAIN = 1 - 1e-9
SAME = 1e-6
"""Replicates nearer to each other than this differ by single precision only."""


def alpha_replicates(levels: FloatArray, metric: Metric, settings: RunSettings) -> FloatArray:
    """Alpha of every replicate of (T, K, R) levels, resampling the T firms; shape (replicates,), NaN where undefined.

    The coincidence matrices of the firms form a tensor (T, L, L); one product with the counts of the draws gives the
    matrices of all replicates. Krippendorff's own bootstrap resamples pairs as if they were independent; units are what
    was sampled here (Zapf et al. 2016, Measuring inter-rater reliability for nominal data, BMC Med Res Methodol 16:93).

    >>> table = np.array([[1.0, 1], [2, 2], [3, 4], [5, 5]])[:, None, :]
    >>> alpha_replicates(table, "ordinal", RunSettings(replicates=100)).shape
    (100,)
    """
    firms, per_firm, raters = levels.shape
    pairs, values = agreement.coincidences(levels.reshape(-1, raters))
    size = len(values)
    flat = pairs.reshape(firms, per_firm, size * size).sum(axis=1)
    sums = resampled_sums(flat, settings.replicates, settings.seed)
    return agreement.alpha_of(sums.reshape(-1, size, size), values, metric)


def icc_replicates(table: FloatArray, firm: IntArray, settings: RunSettings) -> FloatArray:
    """ICC(A,1) of every replicate of a complete table (n, k); `firm` (n,) says whose row it is."""
    sums = resampled_sums(_by_firm(agreement.icc_statistics(table), firm), settings.replicates, settings.seed)
    return agreement.icc_of(sums)[0]


def kappa_replicates(tables: list[FloatArray], settings: RunSettings) -> FloatArray:
    """The mean of the pairwise kappas of every replicate, weighted by shared levels.

    `tables`: for each pair of raters the levels (T, K, 2) of the same T firms. A pair that has no kappa in a replicate
    does not count in it.
    """
    parts = [agreement.kappa_statistics(one.reshape(-1, 2)).reshape(*one.shape[:2], -1).sum(axis=1) for one in tables]
    width = parts[0].shape[1]
    sums = resampled_sums(np.hstack(parts), settings.replicates, settings.seed).reshape(-1, len(parts), width)
    return mean_kappa(sums)


def mean_kappa(sums: FloatArray) -> FloatArray:
    """The kappas of P pairs from (..., P, 6) sums, averaged with their shared levels as weights; shape (...)."""
    kappas = agreement.kappa_of(sums)
    weights = np.where(np.isnan(kappas), 0.0, sums[..., 0])
    total = weights.sum(axis=-1)
    summed = (weights * np.nan_to_num(kappas)).sum(axis=-1)
    return np.asarray(np.divide(summed, total, out=np.full(np.shape(total), np.nan), where=total > 0))


def z_interval(value: float, replicates: FloatArray, firms: int, confidence: float) -> Interval:
    """Limits `tanh(atanh(value) -+ t(firms - 1) s)`, s the standard deviation of atanh(replicate).

    On Fisher's z the coefficients are more nearly normal than on their own scale. Replicates without any disagreement
    (exactly 1) lie infinitely far out there and are left out. Reason `unstable` where more than 5 % of the replicates
    have no value, `no-disagreement` where all are 1: raters who never differed say nothing of how often they would.
    `no-variation` where all replicates are the same, as with raters who each give one level to everybody.
    Simulated cover with two raters, nominal 95 %: levels spread or skewed, alpha 94-98 % from 10 firms, ICC and kappa
    92-97 %; levels nearly all at the top, alpha 94-98 % from 20 firms (88 % with 10), ICC and kappa only 87-94 % from
    20 firms (83-87 % with 10): there alpha is the figure to read.
    """
    defined = replicates[~np.isnan(replicates)]
    if len(defined) < (1 - UNDEFINED_AT_MOST) * len(replicates) or not len(defined):
        return Interval(None, None, confidence, "unstable")
    usable = defined[defined < CERTAIN]
    if value >= CERTAIN or len(usable) < 2:
        return Interval(None, None, confidence, "no-disagreement")
    if np.ptp(usable) <= SAME:
        return Interval(None, None, confidence, "no-variation")
    low, high = _z_limits(max(value, -CERTAIN), np.maximum(usable, -CERTAIN), firms, confidence)
    return Interval(low, high, confidence, "", "bootstrap-z")


def _z_limits(value: float, replicates: FloatArray, firms: int, confidence: float) -> tuple[float, float]:
    from scipy.special import stdtrit

    reach = float(stdtrit(firms - 1, (1 + confidence) / 2)) * float(np.std(np.arctanh(replicates), ddof=1))
    low, high = np.tanh(np.arctanh(value) + np.array([-reach, reach]))
    return float(low), float(high)


def _by_firm(statistics: FloatArray, firm: IntArray) -> FloatArray:
    """Sums of the rows of each firm."""
    _, place = np.unique(firm, return_inverse=True)
    sums = np.zeros((int(place.max()) + 1 if len(place) else 0, statistics.shape[1]))
    np.add.at(sums, place, statistics)
    return sums
