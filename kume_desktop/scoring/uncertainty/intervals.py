"""Intervals for the mean of answers and for the index: logit-t, corrected for finite lists, never of width 0 by luck.

One interval says: had all eligible firms of the list been asked, the figure would be expected in here. Rules, in this
order: nobody -> `nobody`; n = N -> `census`, width 0; n < 10 -> `few`; all equal -> `dirichlet`; else `logit-t`.
Where levels are missing, the figure meant is that of the whole list with the gaps that its firms would have.

Cover of the 95 % limits by simulation (benchmark `coverage`; n = 10 to 120, no N, N = 4n, N = 1.33n; symmetric, skewed,
ceiling): the index 93.2-96.3 %, but 92.7-93.7 % at an index of 96 and n = 20; a mean of answers 1-5 94.9-96.7 %, but
97.2-98.6 % at n = 10 with a ceiling; a mean on three levels 95.1-97.0 %, but 96.9-98.8 % at n = 10 and with a ceiling
up to n = 30. Given that all answers are the same, `dirichlet` covers 96.0-100 % at n = 10, 91.9-99.8 % at n = 20 and
74.3-100 % at n = 30, where so much unanimity is chance. `known_gaps` holds these for the pages.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kume_desktop.scoring.inputs import FloatArray
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.uncertainty.dirichlet import PRIOR, mean_quantiles
from kume_desktop.scoring.uncertainty.settings import FEWEST

CONFIDENCE = 0.95
PROFILES = 5
"""Where all say the same, a fifth of a firm stands at each of so many values, evenly from the lowest to the highest."""

SETTLED = 1e-9
"""Differences below this are what binary fractions add or lose, not differences between firms."""


def logit_t(
    mean: ArrayLike, standard_error: ArrayLike, n: ArrayLike, low: float, high: float, confidence: float = CONFIDENCE
) -> tuple[FloatArray, FloatArray]:
    """Limits of means that cannot leave `low`..`high`; arguments of one shape, in any unit, n >= 2.

    y = (mean - low) / (high - low), clipped to 1/(8n) from both ends; s = se / (high - low) / (y (1 - y)); the limits
    are low + (high - low) * expit(logit(y) -+ t(n - 1) s). They are not symmetric round the mean, and never leave it
    out. A finite-population correction belongs into `standard_error`. Source: delta method on the log odds (Agresti,
    Categorical Data Analysis, 3.1); the clip is an eighth of an answer.

    >>> low, high = logit_t(4.0, 0.2, 20, 1.0, 5.0)
    >>> round(float(low), 6), round(float(high), 6)
    (3.527689, 4.359206)
    """
    from scipy.special import expit, logit, stdtrit

    centre, count = np.asarray(mean, dtype=np.float64), np.asarray(n, dtype=np.float64)
    width = high - low
    edge = 1 / (8 * count)
    y = np.clip((centre - low) / width, edge, 1 - edge)
    reach = stdtrit(count - 1, (1 + confidence) / 2) * np.asarray(standard_error) / width / (y * (1 - y))
    ends = (low + width * expit(logit(y) - reach), low + width * expit(logit(y) + reach))
    return np.minimum(ends[0], centre), np.maximum(ends[1], centre)


def correction(n: ArrayLike, frame_n: int | None) -> FloatArray:
    """The finite-population correction of a standard error, sqrt(1 - n/N); 1 where N is unknown.

    Raises ValueError where N is smaller than n: a list that misses firms which answered is the caller's mistake.

    >>> float(correction(30, 40)), float(correction(30, None))
    (0.5, 1.0)
    """
    count = np.asarray(n, dtype=np.float64)
    if frame_n is None:
        return np.ones_like(count)
    if np.any(count > frame_n):
        raise ValueError(f"{int(count.max())} firms answered of a list of {frame_n}")
    return np.asarray(np.sqrt(1 - np.divide(count, frame_n, out=np.ones_like(count), where=frame_n > 0)))


def mean_interval(
    values: FloatArray, low: float, high: float, frame_n: int | None, confidence: float = CONFIDENCE
) -> Interval:
    """The interval of the mean of `values`, shape (n,), NaN left out, that lie between `low` and `high`.

    `frame_n` is the eligible N, None where nobody knows it: then there is no correction and `corrected` says so.
    """
    return column_intervals(np.reshape(values, (-1, 1)), low, high, frame_n, confidence)[0]


def column_intervals(
    values: FloatArray, low: float, high: float, frame_n: int | None, confidence: float = CONFIDENCE
) -> tuple[Interval, ...]:
    """`mean_interval` of every column of (F, K), the same to the last bit for every order of the firms.

    Raises ValueError for a value outside `low`..`high`.
    """
    values = np.sort(values, axis=0)  # sums of binary fractions depend on their order
    present = ~np.isnan(values)
    n = present.sum(axis=0)
    filled = np.where(present, values, 0.0)
    if np.any(present & ((values < low) | (values > high))):
        raise ValueError(f"a value lies outside {low}..{high}")
    mean = np.divide(filled.sum(axis=0), n, out=np.full(n.shape, np.nan), where=n > 0)
    squares = np.where(present, np.square(values - mean), 0.0).sum(axis=0)
    error = np.sqrt(np.divide(squares, n * (n - 1.0), out=np.zeros(n.shape), where=n > 1)) * correction(n, frame_n)
    return tuple(
        _interval(float(mean[k]), float(error[k]), int(n[k]), (low, high), frame_n, confidence)
        for k in range(values.shape[1])
    )


def dirichlet_interval(
    counts: ArrayLike,
    support: ArrayLike,
    frame_n: int | None = None,
    confidence: float = CONFIDENCE,
    prior: float = PRIOR,
) -> tuple[float, float]:
    """Limits of the mean of answers counted as `counts` (S,) at the values `support` (S,).

    The equal-tailed quantiles of sum(p_k s_k), p ~ Dirichlet(counts + `prior`), drawn in towards the observed mean by
    sqrt(1 - n/N) and widened, if need be, to hold it.

    >>> low, high = dirichlet_interval([0, 0, 0, 0, 10], [1, 2, 3, 4, 5])
    >>> round(low, 4), high
    (4.2441, 5.0)
    >>> dirichlet_interval([0, 0, 0, 0, 10], [1, 2, 3, 4, 5], frame_n=10)
    (5.0, 5.0)
    """
    given, points = np.asarray(counts, dtype=np.float64), np.asarray(support, dtype=np.float64)
    mean = float(given @ points / given.sum())
    ends = mean_quantiles(tuple((given + prior).tolist()), tuple(points.tolist()), confidence)
    drawn_in = float(correction(given.sum(), frame_n))
    return min(mean, mean - (mean - ends[0]) * drawn_in), max(mean, mean + (ends[1] - mean) * drawn_in)


def linearised_error(
    scaled: FloatArray,
    weights: FloatArray,
    highest: float,
    frame_n: int | None = None,
    firm_weights: FloatArray | None = None,
) -> float:
    """The standard error of the index 100 sum(w_k m_k) / (highest sum w_k) of (F, K) levels with missing values.

    Every m_k is a ratio of sums over the firms, so the index is linearised (Taylor; Woodruff 1971; Sarndal et al.
    1992, 5.5): z_i = 100 / (highest sum w_k) * sum over the levels of firm i of w_k f_i (x_ik - m_k) / sum_j f_j, and
    se^2 = (1 - n/N) n / (n - 1) sum(z_i^2) over the n firms that have any level. Where nothing is missing this is the
    standard error of the mean of the firms' own scores. NaN below two firms.

    >>> levels = np.array([[1.0, 3.0], [3.0, 3.0], [2.0, 2.0], [3.0, 1.0]])
    >>> own = 100 * levels.mean(axis=1) / 3
    >>> bool(np.isclose(linearised_error(levels, np.ones(2), 3.0), own.std(ddof=1) / 2))
    True
    """
    residuals = linearised(scaled, firm_weights) @ _shares(scaled, weights)
    n = len(residuals)
    if n < 2:
        return float("nan")
    return float(100 / highest * np.sqrt(n / (n - 1) * np.sum(residuals**2)) * correction(n, frame_n))


def linearised(scaled: FloatArray, firm_weights: FloatArray | None = None) -> FloatArray:
    """What each firm that has any level adds to the error of each mean, shape (n, K); columns sum to 0."""
    present = ~np.isnan(scaled)
    taken = present.any(axis=1)
    own = np.ones(len(scaled)) if firm_weights is None else np.asarray(firm_weights, dtype=np.float64)
    weight = np.where(present, own[:, None], 0.0)
    total = weight.sum(axis=0)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    filled = np.where(present, scaled, 0.0)
    return np.asarray((share * (filled - (share * filled).sum(axis=0)))[taken])


def score_interval(
    scaled: FloatArray,
    weights: FloatArray,
    lowest: float,
    highest: float,
    frame_n: int | None,
    firm_weights: FloatArray | None = None,
    confidence: float = CONFIDENCE,
) -> tuple[Interval, float | None]:
    """The interval of the index of (F, K) levels on the scale `lowest`..`highest`, and its standard error.

    The standard error is None below two firms and 0 at n = N; it holds the finite-population correction.
    """
    taken = ~np.isnan(scaled).all(axis=1)
    n = int(taken.sum())
    if not n:
        return Interval(None, None, confidence, "nobody"), None
    own = None if firm_weights is None else np.asarray(firm_weights, dtype=np.float64)
    order = np.lexsort((*(() if own is None else (own,)), *scaled.T))  # sums of binary fractions depend on their order
    scaled, own = scaled[order], None if own is None else own[order]
    error = linearised_error(scaled, weights, highest, frame_n, own)
    found = _interval(
        _index(scaled, weights, highest, own), error, n, (100 * lowest / highest, 100.0), frame_n, confidence
    )
    return found, None if np.isnan(error) else error


def _index(scaled: FloatArray, weights: FloatArray, highest: float, firm_weights: FloatArray | None) -> float:
    present = ~np.isnan(scaled)
    own = np.where(present, 1.0 if firm_weights is None else firm_weights[:, None], 0.0)
    total = own.sum(axis=0)
    sums = (own * np.where(present, scaled, 0.0)).sum(axis=0)
    mean = np.divide(sums, total, out=np.zeros(total.shape), where=total > 0)
    return float(100 / highest * np.sum(_shares(scaled, weights) * mean))


def _shares(scaled: FloatArray, weights: FloatArray) -> FloatArray:
    """The weights of the indicators that somebody answered, sum 1; 0 for the others."""
    answered = np.where(~np.isnan(scaled).all(axis=0), weights, 0.0)
    total = answered.sum()
    return np.asarray(answered / total if total > 0 else answered)


def _interval(
    mean: float, error: float, n: int, ends: tuple[float, float], frame_n: int | None, confidence: float
) -> Interval:
    """The rules at the top of this module; `error` holds the correction."""
    if not n:
        return Interval(None, None, confidence, "nobody")
    if n == frame_n:
        return Interval(mean, mean, confidence, "", "census", corrected=True)
    if n < FEWEST:
        return Interval(None, None, confidence, "few")
    if error <= SETTLED * (ends[1] - ends[0]):
        low, high = _unanimous(mean, n, ends, frame_n, confidence)
        return Interval(low, high, confidence, "", "dirichlet", corrected=frame_n is not None)
    limits = logit_t(mean, error, n, *ends, confidence)
    return Interval(float(limits[0]), float(limits[1]), confidence, "", "logit-t", corrected=frame_n is not None)


def _unanimous(
    mean: float, n: int, ends: tuple[float, float], frame_n: int | None, confidence: float
) -> tuple[float, float]:
    """Limits where every firm says the same: its answer n times, and a fifth of a firm at each of five profiles."""
    support = np.linspace(*ends, PROFILES)
    at = np.abs(support - mean) <= SETTLED * (ends[1] - ends[0])
    if not at.any():
        support, at = np.append(support, mean), np.append(at, True)
    prior = np.where(np.arange(len(support)) < PROFILES, PRIOR, 0.0)
    quantiles = mean_quantiles(tuple((prior + n * at).tolist()), tuple(support.tolist()), confidence)
    drawn_in = float(correction(n, frame_n))
    return min(mean, mean - (mean - quantiles[0]) * drawn_in), max(mean, mean + (quantiles[1] - mean) * drawn_in)
