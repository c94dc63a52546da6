"""Where the cover of a published 95 % figure leaves 93-97 %, as simulated (benchmark `coverage`), so that pages say it.

The simulation: answers symmetric, skewed and with a ceiling, n = 10, 20, 30 and 120 firms, without N, of N = 4n and of
N = 1.33n. Everything else lies within 93-97 %.
"""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.scoring.limits import Interval

WIDE_MEAN, UNANIMOUS, HIGH_INDEX = "wide-mean", "unanimous", "high-index"
WIDE_REPLICATES, JOINT_RANGE, WIDE_PLACES = "wide-replicates", "joint-range", "wide-places"
AGREEMENT_AT_END, ALPHA_AT_END = "agreement-at-end", "alpha-at-end"
HIGH = 95.0
"""From this index on its interval holds the truth a little less often than told."""


@dataclass(frozen=True, slots=True)
class KnownGap:
    """A code with the lowest and the highest cover that was measured where it applies."""

    code: str
    lowest: float
    highest: float


KNOWN_GAPS = (
    # One indicator or need cell, n = 10 (with a ceiling on three levels up to n = 30): wider than it need be.
    KnownGap(WIDE_MEAN, 0.969, 0.988),
    # One indicator or need cell, given that all firms said the same; rare where the truth is not at that end.
    KnownGap(UNANIMOUS, 0.743, 1.0),
    # The index at 95 and above, up to 30 firms: a little too narrow.
    KnownGap(HIGH_INDEX, 0.927, 0.95),
    # Probabilities of categories of 10-20 firms whose indicators do not correlate at all: too cautious.
    KnownGap(WIDE_REPLICATES, 0.928, 0.997),
    # The joint range also holds other methods, so it may hold the truth under the method in force more or less often.
    KnownGap(JOINT_RANGE, 0.917, 0.995),
    # The bands of places by the choice of firms: cautious by construction.
    KnownGap(WIDE_PLACES, 0.984, 1.0),
)

COEFFICIENT_GAPS = (
    # ICC and kappa of two raters where nearly all levels are the highest, 10 and 20 firms (alpha of raters: 88-98 %).
    KnownGap(AGREEMENT_AT_END, 0.83, 0.94),
    # Alpha (Feldt) and Spearman-Brown of a scale where nearly all answers are the highest, 10 to 59 firms.
    KnownGap(ALPHA_AT_END, 0.83, 0.95),
)
"""The same of the coefficients of raters and scales; on spread and on skewed answers they keep 92-98 %."""


def gaps_of_mean(interval: Interval, n: int) -> tuple[str, ...]:
    """The codes that apply to the interval of the mean of one indicator or need cell with n answers.

    >>> gaps_of_mean(Interval(1.5, 2.5, 0.95, "", "logit-t"), 12)
    ('wide-mean',)
    """
    if interval.how == "dirichlet":
        return (UNANIMOUS,)
    return (WIDE_MEAN,) if interval.how == "logit-t" and n < 20 else ()


def gaps_of_index(interval: Interval, n: int, score: float) -> tuple[str, ...]:
    """The codes that apply to the interval of the index of an area.

    >>> gaps_of_index(Interval(93.0, 98.0, 0.95, "", "logit-t"), 22, 96.0)
    ('high-index',)
    """
    return (HIGH_INDEX,) if interval.how == "logit-t" and score >= HIGH and n <= 30 else ()
