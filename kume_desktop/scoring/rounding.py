"""Rounding as the published scorecard and the workbook do it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kume_desktop.scoring.inputs import FloatArray


def half_up(values: ArrayLike, decimals: int = 9) -> FloatArray:
    """Round to whole numbers, halves away from zero, after rounding to `decimals`; NaN stays NaN.

    The first rounding takes away what binary fractions add or lose, so that 2.5 reached as 2.4999999999999996 still
    goes up. Equal to the spreadsheet's `ROUND(ROUND(x,9),0)`; Decimal arithmetic is not. Source: the six figures of
    the scorecard of 2013 are 29, 25, 22, 18, 15, 14 out of 30, rounded half up.

    >>> half_up([0.5, 1.5, 2.5, 2.4999999999999996, 2.49999999, -2.5]).tolist()
    [1.0, 2.0, 3.0, 3.0, 2.0, -3.0]
    >>> half_up([100 * s / 30 for s in (29, 25, 22, 18, 15, 14)]).tolist()
    [97.0, 83.0, 73.0, 60.0, 50.0, 47.0]
    """
    exact = np.round(np.asarray(values, dtype=np.float64), decimals)
    return np.asarray(np.copysign(np.floor(np.abs(exact) + 0.5), exact))


def settle(values: ArrayLike, decimals: int = 9) -> FloatArray:
    """The values as comparisons see them: rounded to `decimals`, like `ROUND(x,9)` in the workbook.

    >>> bool(settle(0.1 + 0.2) >= settle(0.3))
    True
    """
    return np.asarray(np.round(np.asarray(values, dtype=np.float64), decimals))
