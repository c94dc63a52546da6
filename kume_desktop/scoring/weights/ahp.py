"""Weights from pairwise comparisons: the analytic hierarchy process."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import FloatArray

RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Mean consistency index of random matrices by size 0..15 (Saaty 1980, The Analytic Hierarchy Process)."""
RECIPROCAL = 1e-6
"""How far `a_ij x a_ji` may lie from 1."""


def ahp_weights(matrix: FloatArray) -> tuple[FloatArray, float]:
    """Weights (k,), sum 1, and the consistency ratio of a matrix (k, k) of comparisons `a_ij` = how much i outweighs j.

    The weights are the principal eigenvector; with its eigenvalue `l` the consistency index is `(l - k) / (k - 1)` and
    the ratio is that over the index of random matrices (Saaty 1977, 1980). 0: fully consistent; above 0.10 the
    comparisons should be looked at again, which is for the caller to say. From 16 rows on the random index of 15 is
    used. Raises ValueError for a matrix that is not square, positive and reciprocal.

    >>> weights, ratio = ahp_weights(np.array([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]))
    >>> weights.round(3).tolist(), round(ratio, 3)
    ([0.637, 0.258, 0.105], 0.033)
    """
    matrix = np.asarray(matrix, dtype=np.float64)
    size = len(matrix)
    if matrix.shape != (size, size) or size == 0 or not np.all(np.isfinite(matrix)) or np.any(matrix <= 0):
        raise ValueError("a matrix of comparisons is square and positive")
    if np.any(np.abs(matrix * matrix.T - 1) > RECIPROCAL):
        raise ValueError("a matrix of comparisons is reciprocal")
    values, vectors = np.linalg.eig(matrix)
    principal = int(np.argmax(values.real))
    vector = np.abs(vectors[:, principal].real)
    expected = RANDOM_INDEX[min(size, len(RANDOM_INDEX) - 1)]
    index = (float(values[principal].real) - size) / (size - 1) if size > 1 else 0.0
    return vector / vector.sum(), max(0.0, index) / expected if expected else 0.0
