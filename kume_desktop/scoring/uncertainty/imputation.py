"""What takes the place of a level that a firm lacks: nothing, the lowest level, or two-way imputation."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import FloatArray

LEAVE_OUT, LOWEST, TWO_WAY = "leave_out", "lowest", "two_way"
IMPUTATIONS = (LEAVE_OUT, LOWEST, TWO_WAY)
"""`leave_out`: the mean of the firms that have a level. `lowest`: a gap counts as the lowest level of the scale."""


def two_way(values: FloatArray) -> FloatArray:
    """Fill the gaps of (F, K) with firm mean + item mean - overall mean, all of the levels that are there.

    Neither rounded nor held to the scale. Firms and items without any level stay NaN. Source: van Ginkel, van der
    Ark, Sijtsma & Vermunt (2007), Two-way imputation, Computational Statistics & Data Analysis 51, 4013-4027.

    >>> two_way(np.array([[1.0, 2.0], [3.0, np.nan], [2.0, 3.0]])).round(6).tolist()
    [[1.0, 2.0], [3.0, 3.3], [2.0, 3.0]]
    """
    return np.asarray(np.where(np.isnan(values), _expected(values), values))


def residual_deviation(values: FloatArray) -> float:
    """The standard deviation of what two-way imputation leaves over on the levels that are there; 0 below two.

    sqrt(sum (x - expected)^2 / (number of levels - 1)): van Ginkel et al. (2007) draw the error of an imputed level
    from a normal distribution with this deviation.
    """
    present = ~np.isnan(values)
    if present.sum() < 2:
        return 0.0
    residuals = (values - _expected(values))[present]
    return float(np.sqrt(np.sum(residuals**2) / (len(residuals) - 1)))


def _expected(values: FloatArray) -> FloatArray:
    present = ~np.isnan(values)
    filled = np.where(present, values, 0.0)
    if not present.any():
        return np.full(values.shape, np.nan)
    firms, items = _ratio(filled.sum(axis=1), present.sum(axis=1)), _ratio(filled.sum(axis=0), present.sum(axis=0))
    return np.asarray(firms[:, None] + items - filled.sum() / present.sum())


def _ratio(sums: FloatArray, counts: FloatArray) -> FloatArray:
    return np.asarray(np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0))
