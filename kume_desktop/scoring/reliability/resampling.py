"""Bootstrap over rows: sums of per-row statistics under resampling, all that coefficients of sums need."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import FloatArray

CELLS_AT_ONCE = 32_000
"""Weights held at a time, replicates x rows: few enough for the cache, and for memory that is not mapped anew."""


def resampled_sums(statistics: FloatArray, replicates: int, seed: int) -> FloatArray:
    """Sums down the columns of (n, p) over `replicates` samples of n rows drawn with replacement; shape (R, p).

    How often each row is drawn is counted, then one matrix product sums all statistics: a coefficient that depends on
    sums alone (alpha, ICC, kappa) needs no look at the rows of a replicate. The counts are multinomial, as in Efron
    (1979), Bootstrap methods: another look at the jackknife. Single precision: enough for limits, not for values.
    The same `seed` (PCG64) gives the same samples for the same n. Raises ValueError where there is no row.

    >>> sums = resampled_sums(np.array([[1.0, 5.0], [1.0, 7.0]]), 4, 2013)
    >>> sums[:, 0].tolist(), sorted(set(sums[:, 1].tolist())) <= [10.0, 12.0, 14.0]
    ([2.0, 2.0, 2.0, 2.0], True)
    """
    n = len(statistics)
    if n == 0:
        raise ValueError("nothing to draw from")
    generator = np.random.Generator(np.random.PCG64(seed))
    kind = np.uint16 if n <= np.iinfo(np.uint16).max else np.int64
    single = np.ascontiguousarray(statistics, dtype=np.float32)
    sums = np.empty((replicates, statistics.shape[1]))
    step = min(replicates, max(1, CELLS_AT_ONCE // n))
    first = np.arange(0, step * n, n)[:, None]
    places = np.empty((step, n), dtype=np.int64)
    for begin in range(0, replicates, step):
        size = min(step, replicates - begin)
        np.add(generator.integers(0, n, size=(size, n), dtype=kind), first[:size], out=places[:size])
        counts = np.bincount(places[:size].ravel(), minlength=size * n).reshape(size, n)
        sums[begin : begin + size] = counts.astype(np.float32) @ single
    return sums
