"""A figure's limits, or the reason why it has none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits at `confidence`, or the reason why there are none (`reason` is a code, '' when there are limits).

    `how`: `logit-t`, `dirichlet`, `census` (width 0), or the name of another estimator. `corrected`: the
    finite-population correction was used. Reasons: `few` (n < 10), `nobody`, `panel`, `not-computed`.
    """

    low: float | None
    high: float | None
    confidence: float
    reason: str
    how: str = ""
    corrected: bool = False


NOT_COMPUTED = Interval(None, None, 0.95, "not-computed")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its interval; `value` None and a `reason` where it would be meaningless."""

    value: float | None
    interval: Interval
    reason: str = ""
