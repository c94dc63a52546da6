"""Ratings for the tests, and coefficients computed the slow way, straight from their definitions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import numpy as np

from kume_desktop.scoring.inputs import FloatArray, Ratings

KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
        [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
    ]
).T
"""Krippendorff (2011), section C and D: four observers, twelve units."""
SHROUT_FLEISS = np.array([[9.0, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
"""Shrout & Fleiss (1979), table 2: six targets, four judges."""


def slow_alpha(table: FloatArray, metric: str) -> float:
    """Krippendorff's alpha by loops over ordered pairs of values."""
    units = [[float(v) for v in row if not np.isnan(v)] for row in table]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted(v for unit in units for v in unit)

    def squared(a: float, b: float) -> float:
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return (a - b) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(low <= v <= high for v in values)
        return (between - (values.count(a) + values.count(b)) / 2) ** 2

    n = len(values)
    observed = sum(squared(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2)) / n
    expected = sum(squared(a, b) for a, b in permutations(values, 2)) / (n * (n - 1))
    return 1 - observed / expected


def slow_icc(table: FloatArray) -> tuple[float, float]:
    """ICC(A,1) and ICC(A,k) from the sums of squares of a two-way analysis of variance."""
    n, k = table.shape
    grand = table.mean()
    msr = k * sum((row.mean() - grand) ** 2 for row in table) / (n - 1)
    msc = n * sum((column.mean() - grand) ** 2 for column in table.T) / (k - 1)
    residuals = [(table[i, j] - table[i].mean() - table[:, j].mean() + grand) ** 2 for i in range(n) for j in range(k)]
    mse = sum(residuals) / ((n - 1) * (k - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n), (msr - mse) / (msr + (msc - mse) / n)


def slow_kappa(pairs: FloatArray) -> float:
    """Quadratic kappa from the table of proportions."""
    levels = sorted(set(pairs.ravel().tolist()))
    table = np.array([[np.mean((pairs[:, 0] == a) & (pairs[:, 1] == b)) for b in levels] for a in levels])
    chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    weights = np.array([[(a - b) ** 2 for b in levels] for a in levels])
    return float(1 - (weights * table).sum() / (weights * chance).sum())


Row = tuple[str, str, str, int, float]
"""Firm, indicator, rater, round, level."""


def ratings(
    rows: Iterable[Row],
    indicators: tuple[str, ...] = ("g1",),
    raters: tuple[str, ...] = ("r1", "r2"),
    agreed: Iterable[Row] = (),
    suggestion: float = float("nan"),
    interviewed: Iterable[tuple[str, str]] = (),
) -> Ratings:
    """Ratings in the order of `rows`; `interviewed` are pairs (rater, firm), `agreed` rows come last."""
    blind, reconciled = list(rows), list(agreed)
    every = [*blind, *reconciled]
    firms = tuple(dict.fromkeys(row[0] for row in every))
    own = set(interviewed)
    return Ratings(
        targets=firms,
        indicators=indicators,
        raters=raters,
        target=np.array([firms.index(row[0]) for row in every], dtype=np.int64),
        indicator=np.array([indicators.index(row[1]) for row in every], dtype=np.int64),
        rater=np.array([raters.index(row[2]) for row in every], dtype=np.int64),
        round=np.array([row[3] for row in every], dtype=np.int64),
        is_agreed=np.array([False] * len(blind) + [True] * len(reconciled), dtype=np.bool_),
        level=np.array([row[4] for row in every], dtype=np.float64),
        suggestion=np.full(len(every), suggestion),
        evidence=np.zeros(len(every), dtype=np.int64),
        interviewed=np.array([(row[2], row[0]) in own for row in every], dtype=np.bool_),
    )


def paired(first: Iterable[float], second: Iterable[float]) -> list[Row]:
    """Both raters on one indicator of one firm after the other."""
    rows: list[Row] = []
    for number, (a, b) in enumerate(zip(first, second, strict=True)):
        rows += [(f"F{number:03d}", "g1", "r1", 1, a), (f"F{number:03d}", "g1", "r2", 2, b)]
    return rows
