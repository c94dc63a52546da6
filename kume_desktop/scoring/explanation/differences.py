"""The difference between two areas: exactly the sum of what each indicator adds to it, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from kume_desktop.scoring.analysis import Difference, Part
from kume_desktop.scoring.index import CONFIDENCE
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.results import AreaScore

FEWEST = 10
"""Below that many firms no interval is computed (method: the answers themselves are shown)."""
CENSUS = "census"


def differences(
    areas: Sequence[AreaScore], errors: Mapping[str, float | None], confidence: float = CONFIDENCE
) -> tuple[Difference, ...]:
    """Every pair of scored areas of the same route, in their order; `errors` are standard errors by area code."""
    scored = [area for area in areas if area.score is not None]
    return tuple(
        difference(first, second, errors.get(first.code), errors.get(second.code), confidence)
        for first, second in combinations(scored, 2)
        if first.route == second.route
    )


def difference(
    first: AreaScore,
    second: AreaScore,
    first_error: float | None,
    second_error: float | None,
    confidence: float = CONFIDENCE,
) -> Difference:
    """Score of `first` minus score of `second`, with its parts and the interval of independent samples.

    Parts: contribution in `first` minus contribution in `second` (0 where an indicator is left out); they sum to the
    difference. Interval: `d +- t sqrt(se1^2 + se2^2)` with Welch's degrees of freedom
    `(se1^2 + se2^2)^2 / (se1^4 / (n1 - 1) + se2^4 / (n2 - 1))`. Source: Welch 1947. An area whose whole list answered
    has no error. No interval (`few`, `unanimous`) where an area has fewer than 10 firms, or where all of its firms say
    the same: their error of 0 would make the difference surer than it is.
    Raises ValueError for an area without a score.
    """
    if first.score is None or second.score is None:
        raise ValueError("an area without a score has no difference")
    parts = tuple(
        Part(one.code, (one.contribution or 0.0) - (other.contribution or 0.0))
        for one, other in zip(first.indicators, second.indicators, strict=True)
    )
    points = first.score - second.score
    return Difference(
        first.code, second.code, points,
        _interval(points, first, second, first_error, second_error, confidence), parts,
    )  # fmt: skip


def _interval(
    points: float,
    first: AreaScore,
    second: AreaScore,
    first_error: float | None,
    second_error: float | None,
    confidence: float,
) -> Interval:
    if first_error is None or second_error is None:
        reason = first.interval.reason or second.interval.reason or "not-computed"
        return Interval(None, None, confidence, reason)
    if reason := _refusal(first, first_error) or _refusal(second, second_error):
        return Interval(None, None, confidence, reason)
    if first.interval.how == second.interval.how == CENSUS:
        return Interval(points, points, confidence, "", CENSUS, corrected=True)
    corrected = first.interval.corrected or second.interval.corrected
    variances = (first_error**2, second_error**2)
    below = sum(v**2 / max(area.n - 1, 1) for v, area in zip(variances, (first, second), strict=True))
    freedom = sum(variances) ** 2 / below
    width = t_quantile(confidence, freedom) * sum(variances) ** 0.5
    return Interval(points - width, points + width, confidence, "", "welch-t", corrected)


def _refusal(area: AreaScore, error: float) -> str:
    """Why an area tells nothing of the rest of its list: `few` or `unanimous` firms; '' where it does, or has none."""
    if area.interval.how == CENSUS:
        return ""
    if area.n < FEWEST:
        return "few"
    return "unanimous" if error == 0 or area.interval.how == "dirichlet" else ""


def t_quantile(confidence: float, freedom: float) -> float:
    """The two-sided quantile of Student's t.

    >>> round(t_quantile(0.95, 9), 6)
    2.262157
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + confidence) / 2))
