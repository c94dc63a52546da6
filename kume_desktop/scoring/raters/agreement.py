"""Coefficients of agreement between raters: Krippendorff's alpha, intraclass correlations, weighted kappa.

Each has a second face that works on sums, so that thousands of resamples cost one matrix product (`raters.bootstrap`).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from kume_desktop.scoring.inputs import BoolArray, FloatArray

Metric = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(table: FloatArray, metric: Metric = "ordinal") -> float:
    """Krippendorff's alpha of a table (units, raters) with NaN where a rater gave nothing; NaN where it is undefined.

    `alpha = 1 - D_observed / D_expected` from the coincidence matrix; units with fewer than two values do not count.
    It is undefined (NaN) where all pairable values are equal or none is pairable. Any number of raters and values.
    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability; its 12 units by 4 observers:

    >>> from numpy import nan
    >>> given = np.array(
    ...     [
    ...         [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    ...         [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
    ...         [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
    ...         [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
    ...     ]
    ... ).T
    >>> [round(krippendorff_alpha(given, metric), 3) for metric in ("nominal", "ordinal", "interval")]
    [0.743, 0.815, 0.849]
    """
    pairs, values = coincidences(np.asarray(table, dtype=np.float64))
    return float(alpha_of(pairs.sum(axis=0), values, metric))


def coincidences(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What each unit of (U, R) adds to the coincidence matrix, shape (U, L, L), and the L values that occur, rising.

    A unit with m values adds each ordered pair of its values with weight 1 / (m - 1), so m in all; m < 2 adds nothing.

    >>> pairs, values = coincidences(np.array([[1.0, 2.0, 2.0], [3.0, np.nan, np.nan]]))
    >>> values.tolist(), pairs[0].tolist(), float(pairs[1].sum())
    ([1.0, 2.0], [[0.0, 1.0], [1.0, 1.0]], 0.0)
    """
    present = ~np.isnan(table)
    m = present.sum(axis=1)
    pairable = m > 1
    values = np.unique(table[pairable][present[pairable]])
    counts = (table[:, :, None] == values).sum(axis=1).astype(np.float64)
    own = counts[:, :, None] * np.eye(len(values))
    weight = np.where(pairable, 1 / np.maximum(m - 1, 1), 0.0)
    return (counts[:, :, None] * counts[:, None, :] - own) * weight[:, None, None], values


def alpha_of(pairs: FloatArray, values: FloatArray, metric: Metric) -> FloatArray:
    """Alpha of coincidence matrices (..., L, L) over `values` (L,), shape (...); NaN where nothing varies.

    With n_c the row sums and n their sum: `D_o = sum o_ck d_ck`, `D_e = sum n_c n_k d_ck / (n - 1)` over c < k. The
    squared difference d is 1 (nominal), `(v_c - v_k)^2` (interval) or `(sum of n_g from c to k - (n_c + n_k) / 2)^2`
    (ordinal), which is the squared distance of mid-ranks.
    """
    margins = pairs.sum(axis=-1)
    n = margins.sum(axis=-1)
    distances = _distances(margins, values, metric)
    observed = (pairs * distances).sum(axis=(-2, -1))
    expected = (margins[..., :, None] * margins[..., None, :] * distances).sum(axis=(-2, -1))
    defined = expected > 0
    ratio = np.divide(observed * (n - 1), expected, out=np.full(np.shape(n), np.nan), where=defined)
    return np.asarray(1 - ratio)


def _distances(margins: FloatArray, values: FloatArray, metric: Metric) -> FloatArray:
    match metric:
        case "nominal":
            return 1.0 - np.eye(len(values))
        case "interval":
            return np.asarray((values[:, None] - values) ** 2)
        case "ordinal":
            middles = np.cumsum(margins, axis=-1) - margins / 2
            return np.asarray((middles[..., :, None] - middles[..., None, :]) ** 2)


def icc(table: FloatArray) -> tuple[float, float]:
    """ICC(A,1) and ICC(A,k) of a complete table (n units, k raters): absolute agreement, two-way random effects.

    `ICC(A,1) = (MSR - MSE) / (MSR + (k - 1) MSE + k (MSC - MSE) / n)`,
    `ICC(A,k) = (MSR - MSE) / (MSR + (MSC - MSE) / n)`
    (McGraw & Wong 1996; ICC(2,1) and ICC(2,k) of Shrout & Fleiss 1979, whose six targets and four judges follow).
    NaN where nothing varies, below two units or two raters; raises ValueError for a missing value.

    >>> judges = np.array([[9.0, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> [round(value, 2) for value in icc(judges)]
    [0.29, 0.62]
    """
    table = np.asarray(table, dtype=np.float64)
    if np.isnan(table).any():
        raise ValueError("the table is not complete")
    n, k = table.shape
    if n < 2 or k < 2:
        return float("nan"), float("nan")
    single, average = icc_of(icc_statistics(table).sum(axis=0))
    return float(single), float(average)


def icc_statistics(table: FloatArray) -> FloatArray:
    """Per row of a complete table (n, k) what the mean squares need, shape (n, 3 + k).

    Columns: 1, the sum of squares, the square of the row's sum, and the k values; all from their mean, rounded so
    that whole levels stay whole and single precision exact.
    """
    centred = table - (np.round(table.mean()) if table.size else 0.0)
    totals = centred.sum(axis=1)
    return np.column_stack([np.ones(len(table)), (centred**2).sum(axis=1), totals**2, centred])


def icc_of(sums: FloatArray) -> tuple[FloatArray, FloatArray]:
    """ICC(A,1) and ICC(A,k) from sums of `icc_statistics`, shape (..., 3 + k) -> two of shape (...)."""
    n, squares, rows, columns = sums[..., 0], sums[..., 1], sums[..., 2], sums[..., 3:]
    k = columns.shape[-1]
    grand = columns.sum(axis=-1) ** 2 / (n * k)
    between = rows / k - grand
    judges = (columns**2).sum(axis=-1) / n - grand
    rest = np.maximum(squares - grand - between - judges, 0.0)
    msr, msc, mse = between / (n - 1), judges / (k - 1), rest / ((n - 1) * (k - 1))
    tilt = (msc - mse) / n
    size = squares / n
    return _ratio(msr - mse, msr + (k - 1) * mse + k * tilt, size), _ratio(msr - mse, msr + tilt, size)


def of_average(single: float, raters: int) -> float:
    """ICC(A,k) from ICC(A,1), `k s / (1 + (k - 1) s)`: the two are one figure, for one rater and for the mean of k.

    >>> round(of_average(0.28976378, 4), 4)
    0.6201
    """
    return raters * single / (1 + (raters - 1) * single)


def weighted_kappa(pairs: FloatArray) -> float:
    """Cohen's kappa with quadratic weights of (n, 2) levels; NaN where neither rater varies and both agree.

    `kappa = 1 - sum w o / sum w e` with `w = (i - j)^2` (Cohen 1968). With these weights it equals
    `1 - mean (x - y)^2 / (var x + var y + (mean x - mean y)^2)`, population variances (Fleiss & Cohen 1973).
    Raises ValueError for a missing value.

    >>> round(weighted_kappa(np.array([[1.0, 1], [2, 2], [3, 3], [4, 5], [5, 4]])), 6)
    0.9
    """
    pairs = np.asarray(pairs, dtype=np.float64)
    if np.isnan(pairs).any():
        raise ValueError("a pair is not complete")
    if not len(pairs):
        return float("nan")
    return float(kappa_of(kappa_statistics(pairs).sum(axis=0)))


def kappa_statistics(pairs: FloatArray) -> FloatArray:
    """Per pair of (n, 2): 1, x, y, x^2, y^2 and (x - y)^2 from their rounded mean, shape (n, 6); zeros without."""
    both: BoolArray = np.all(~np.isnan(pairs), axis=1)
    middle = np.round(pairs[both].mean()) if both.any() else 0.0
    x, y = np.where(both[:, None], pairs - middle, 0.0).T
    return np.column_stack([both.astype(np.float64), x, y, x**2, y**2, (x - y) ** 2])


def kappa_of(sums: FloatArray) -> FloatArray:
    """Quadratic kappa from sums of `kappa_statistics`, shape (..., 6) -> (...)."""
    n = np.where(sums[..., 0] > 0, sums[..., 0], np.nan)
    x, y, xx, yy, gap = (sums[..., place] / n for place in range(1, 6))
    return 1 - _ratio(gap, xx - x**2 + yy - y**2 + (x - y) ** 2, xx + yy)


def pair_shares(table: FloatArray) -> tuple[float, float] | None:
    """Of all pairs of ratings of one unit in (U, R): the share that is equal, and the share at most one level apart.

    >>> pair_shares(np.array([[1.0, 1.0, 3.0], [2.0, 3.0, np.nan]]))
    (0.25, 0.5)
    """
    first, second = np.triu_indices(table.shape[1], 1)
    gaps = np.abs(table[:, first] - table[:, second])
    gaps = gaps[~np.isnan(gaps)]
    return (float(np.mean(gaps == 0)), float(np.mean(gaps <= 1))) if len(gaps) else None


def _ratio(above: FloatArray, below: FloatArray, size: FloatArray) -> FloatArray:
    """`above / below`, NaN where the denominator is not above zero, up to the error of sums of that `size`."""
    positive = np.asarray(below > 1e-12 * size)
    return np.asarray(np.divide(above, below, out=np.full(np.shape(below), np.nan), where=positive))
