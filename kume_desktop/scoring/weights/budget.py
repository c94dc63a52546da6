"""Weights from budget allocation: every expert shares out 100 points."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import FloatArray

BUDGET = 100.0
EXACT = 1e-6


def budget_weights(points: FloatArray) -> FloatArray:
    """The mean of the experts' points (E, k) as weights (k,), sum 1 (OECD/JRC handbook 2008, section 6.2).

    Every expert counts the same. Raises ValueError where there is no expert, and for points that are negative or do
    not sum to 100.

    >>> budget_weights(np.array([[50.0, 30.0, 20.0], [30.0, 30.0, 40.0]])).tolist()
    [0.4, 0.3, 0.3]
    """
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or not points.size:
        raise ValueError("nobody shared out points")
    if not np.all(np.isfinite(points)) or np.any(points < 0) or np.any(np.abs(points.sum(axis=1) - BUDGET) > EXACT):
        raise ValueError("every expert shares out 100 points, none below 0")
    mean = points.mean(axis=0)
    return np.asarray(mean / mean.sum())
