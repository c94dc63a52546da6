"""What more interviews would bring: how wide the interval of an index would be at other numbers of firms.

A forecast for the page of one area, asked for while people look at it: it needs neither NumPy nor SciPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

FEWEST = 10
"""Below this number of firms no interval is computed."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Half the width of the interval, in index points, if `n` firms had been interviewed."""

    n: int
    half_width: float


def reaches(
    score: float, standard_error: float, n: int, whole: int | None, lowest: float, confidence: float = 0.95
) -> tuple[Reach, ...]:
    """Half widths at the present n and at larger ones, with the index and the spread of the firms as they are now.

    `standard_error` in index points holds the finite-population correction for `n` of `whole` firms (None: unknown, no
    correction). The spread of the firms follows from it, S = se sqrt(n / (1 - n/N)), and the error at n' firms is
    S sqrt((1 - n'/N) / n'); the limits are logit-t on `lowest`..100. A forecast from one sample: S is itself uncertain.
    Nothing where the interval cannot become narrower: below ten firms, for a census, and where nothing varies.

    >>> [(one.n, round(one.half_width, 1)) for one in reaches(76.1, 2.94, 22, 58, 100 / 3)]
    [(22, 6.1), (31, 4.4), (40, 3.1), (49, 2.0), (58, 0.0)]
    """
    left = 1.0 if whole is None else 1 - n / whole
    if n < FEWEST or left <= 0 or standard_error <= 0:
        return ()
    spread = standard_error * sqrt(n / left)
    return tuple(Reach(other, _half(score, spread, other, whole, lowest, confidence)) for other in sizes(n, whole))


def sizes(n: int, whole: int | None) -> tuple[int, ...]:
    """The present n, then quarters of the way to the whole list; half as many again and so on where N is unknown.

    >>> sizes(22, 58), sizes(57, 58), sizes(20, None)
    ((22, 31, 40, 49, 58), (57, 58), (20, 30, 40, 60))
    """
    if whole is None:
        return n, n + n // 2, 2 * n, 3 * n
    steps = {round(n + (whole - n) * part / 4) for part in range(1, 5)}
    return n, *sorted(steps - {n})


def _half(score: float, spread: float, n: int, whole: int | None, lowest: float, confidence: float) -> float:
    """Half of the logit-t interval at n firms: see `scoring.uncertainty.intervals.logit_t`."""
    error, width = spread * sqrt((1.0 if whole is None else 1 - n / whole) / n), 100 - lowest
    share = min(1 - 1 / (8 * n), max(1 / (8 * n), (score - lowest) / width))
    reach = t_quantile(n - 1, confidence) * error / width / (share * (1 - share))
    centre = log(share / (1 - share))
    return width * (_expit(centre + reach) - _expit(centre - reach)) / 2


def _expit(value: float) -> float:
    return 1 / (1 + exp(-value))


def t_quantile(freedom: int, confidence: float) -> float:
    """The two-sided quantile of Student's t by its expansion in 1/df, right to four digits from 9 degrees on.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.

    >>> round(t_quantile(9, 0.95), 3), round(t_quantile(30, 0.95), 4)
    (2.262, 2.0423)
    """
    x = NormalDist().inv_cdf((1 + confidence) / 2)
    terms = (
        x,
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return float(sum(term / freedom**power for power, term in enumerate(terms)))
