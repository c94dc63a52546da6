"""Change between two waves of which some firms took part in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from kume_desktop.scoring.analysis import WaveChange
from kume_desktop.scoring.explanation.contributions import filled, weights_in_force
from kume_desktop.scoring.explanation.differences import FEWEST, t_quantile
from kume_desktop.scoring.index import CONFIDENCE, index_under, means, scaled_levels
from kume_desktop.scoring.inputs import Areas, EarlierWave, FloatArray, IntArray, Levels
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import FIRM_ROUTE, Method

POWER = 0.80
NOTHING = 1e-18
"""A variance below this is what binary fractions leave."""
OTHER_INDICATORS = "other-indicators"
FEWEST_PAIRS = 3
"""A covariance from fewer firms than that is left out: the waves then count as independent."""


@dataclass(frozen=True, slots=True)
class _Wave:
    """One area in one wave: its firms, their linearised scores (F,) around 0, the score, the N of its list or None.

    A list shorter than the firms that answered is none: it would make their answers surer than they are.
    """

    firms: tuple[str, ...]
    linear: FloatArray
    score: float
    frame_n: int | None
    scored: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        return len(self.firms)

    @property
    def spread(self) -> float:
        """The sample variance of the linearised scores."""
        return float(np.sum(self.linear**2) / (self.n - 1))

    @property
    def sampled(self) -> float:
        """1 - n/N, what the finite-population correction leaves; 1 where N is not known."""
        return 1.0 if self.frame_n is None else max(0.0, 1 - self.n / self.frame_n)

    @property
    def is_unanimous(self) -> bool:
        """Whether a sample said the same throughout: no spread, which says nothing of the rest of its list."""
        return self.sampled > 0 and self.spread <= NOTHING


def changes(
    areas: Areas, levels: Levels, earlier: EarlierWave, method: Method, eligible_n: IntArray | None = None,
    confidence: float = CONFIDENCE,
) -> tuple[WaveChange, ...]:  # fmt: skip
    """The change of every area that both waves scored, in the order of `areas`, both by the method of now.

    `eligible_n` (A,): the N of now, -1 where unknown (`areas.frame_n` where not given). Both waves number their areas
    by `areas`. Waves on different routes are not compared: empty. A panel's change rests on no firms and has no
    interval. `holm_p` is adjusted over the areas that have a p value (Holm 1979).
    """
    if levels.route != earlier.levels.route:
        return ()
    now_n = areas.frame_n if eligible_n is None else eligible_n
    now, then = scaled_levels(levels, method), scaled_levels(earlier.levels, method)
    found: list[tuple[WaveChange, float | None]] = []
    for place, code in enumerate(areas.codes):
        after = _wave(levels, now, place, int(now_n[place]), method)
        before = _wave(earlier.levels, then, place, int(earlier.frame_n[place]), method)
        if after is not None and before is not None:
            change, p = _change(code, earlier.name, before, after, levels.route, confidence)
            found.append((_told_unlike(change, earlier.unlike, before, after), p))
    adjusted = holm([p for _, p in found])
    return tuple(replace(change, holm_p=p) for (change, _), p in zip(found, adjusted, strict=True))


def _wave(levels: Levels, scaled: FloatArray, place: int, frame_n: int, method: Method) -> _Wave | None:
    rows = np.flatnonzero((levels.area == place) & (~np.isnan(scaled)).any(axis=1))
    if not len(rows):
        return None
    values = scaled[rows]
    return _Wave(
        tuple(levels.targets[row] for row in rows),
        linear_scores(values, method),
        index_under(means(values)[0], method),
        frame_n if frame_n >= len(rows) else None,
        tuple(code for code, n in zip(method.indicator_codes, means(values)[1], strict=True) if n),
    )


def _told_unlike(change: WaveChange, unlike: tuple[str, ...], before: _Wave, after: _Wave) -> WaveChange:
    """The change with what was otherwise in the earlier wave; the index of either rests on the indicators it scored."""
    then = tuple(code for code in before.scored if code not in after.scored)
    now = tuple(code for code in after.scored if code not in before.scored)
    also = (OTHER_INDICATORS,) if then or now else ()
    return replace(change, unlike=(*unlike, *also), only_then=then, only_now=now)


def linear_scores(values: FloatArray, method: Method) -> FloatArray:
    """The index of an area linearised: what each firm (F,) adds around the mean, so that its error is that of a mean.

    `z_i = 100 / (max sum w) x sum_k w_k (x_ik - m_k) n / n_k` over the indicators that are scored (0 where the firm has
    none): sum 0, and `sqrt(sum z^2 / (n (n - 1)))` is the standard error of the index. Without missing levels z is the
    firm's own index minus the area's. Source: linearisation of a sum of ratios, Woodruff 1971.
    """
    mean, n = means(values)
    counted = ~np.isnan(filled(mean, method))
    weights = weights_in_force(method, counted)
    share = 100 * weights / (method.scale_max * np.sum(weights[counted]))
    apart = np.nan_to_num(values - mean, nan=0.0)
    return np.asarray((apart * len(values) / np.maximum(n, 1)) @ share)


def _change(
    area: str, earlier: str, before: _Wave, after: _Wave, route: str, confidence: float
) -> tuple[WaveChange, float | None]:
    shared = sorted(set(before.firms) & set(after.firms))
    of_firms = route == FIRM_ROUTE
    points = after.score - before.score
    interval, detectable, p = _inference(points, before, after, shared, route, confidence)
    found = WaveChange(
        area=area,
        earlier=earlier,
        before=before.score,
        after=after.score,
        change=points,
        interval=interval,
        paired=len(shared) if of_firms else 0,
        only_before=before.n - len(shared) if of_firms else 0,
        only_after=after.n - len(shared) if of_firms else 0,
        detectable=detectable,
        holm_p=None,
    )
    return found, p


def _inference(
    points: float, before: _Wave, after: _Wave, shared: Sequence[str], route: str, confidence: float
) -> tuple[Interval, float | None, float | None]:
    """Interval, minimum detectable change and p value; without numbers where a wave's firms are few or all alike."""
    if route != FIRM_ROUTE:
        return Interval(None, None, confidence, "panel"), None, None
    if min(before.n, after.n) < FEWEST:
        return Interval(None, None, confidence, "few"), None, None
    corrected = before.frame_n is not None and after.frame_n is not None
    if corrected and before.sampled == after.sampled == 0:
        return Interval(points, points, confidence, "", "census", corrected=True), 0.0, None
    error = sqrt(variance(before, after, shared))
    if error == 0 or before.is_unanimous or after.is_unanimous:
        return Interval(None, None, confidence, "unanimous"), None, None
    freedom = freedom_of(before, after, len(shared))
    width = t_quantile(confidence, freedom) * error
    detectable = width + t_quantile(2 * POWER - 1, freedom) * error
    limits = Interval(points - width, points + width, confidence, "", "overlap-t", corrected)
    return limits, detectable, _p(points / error, freedom)


def _p(t: float, freedom: float) -> float:
    from scipy.special import stdtr

    return float(2 * stdtr(freedom, -abs(t)))


def variance(before: _Wave, after: _Wave, shared: Sequence[str]) -> float:
    """The variance of the change: `v1 + v2 - 2 r s1 s2 c`.

    `v = (1 - n/N) s^2 / n` of each wave; r: correlation of the linearised scores of the `shared` firms; `c = n12 /
    (n1 n2) - N12 / (N1 N2)`, the second term only where both N are known. How many firms stood on both lists is not
    known: N12 = min(N1, N2), the most that is possible, errs on the side of a wider interval where the waves correlate
    (r >= 0), as repeated answers of one firm do; where r is negative it errs on the side of a narrower one. Without
    overlap the waves count as independent; with everybody in both this is the variance of the paired difference.
    Sources: Tam 1984; Qualite and Tille 2008; Knottnerus and van Delden 2012.
    """
    own = sum(wave.sampled * wave.spread / wave.n for wave in (before, after))
    if len(shared) < FEWEST_PAIRS:
        return own
    both = len(shared) / (before.n * after.n)
    if before.frame_n is not None and after.frame_n is not None:
        both -= min(before.frame_n, after.frame_n) / (before.frame_n * after.frame_n)
    covariance = _correlation(before, after, shared) * sqrt(before.spread * after.spread) * both
    return max(0.0, own - 2 * covariance)


def _correlation(before: _Wave, after: _Wave, shared: Sequence[str]) -> float:
    pairs = np.array([[wave.linear[wave.firms.index(firm)] for firm in shared] for wave in (before, after)])
    apart = pairs - pairs.mean(axis=1, keepdims=True)
    scale = float(np.sqrt(np.prod(np.sum(apart**2, axis=1))))
    return float(np.sum(apart[0] * apart[1]) / scale) if scale > 0 else 0.0


def freedom_of(before: _Wave, after: _Wave, shared: int) -> float:
    """Degrees of freedom between those of paired and of independent samples, by how many firms are shared.

    `(n12 - 1) + (g - n12 + 1) (na + nb) / (na + nb + 2 n12)` with Welch's g and na, nb the firms of one wave only.
    Source: Derrick, Russ, Toher and White 2017, partially overlapping samples t-test.
    """
    parts = [wave.spread / wave.n for wave in (before, after)]
    below = sum(part**2 / (wave.n - 1) for part, wave in zip(parts, (before, after), strict=True))
    welch = sum(parts) ** 2 / below if below else float(min(before.n, after.n) - 1)
    alone = before.n + after.n - 2 * shared
    return (shared - 1) + (welch - shared + 1) * alone / (alone + 2 * shared)


def holm(values: Sequence[float | None]) -> list[float | None]:
    """p values adjusted step by step for their number, in their order; None stays None. Source: Holm 1979.

    >>> holm([0.01, 0.04, None, 0.03])
    [0.03, 0.06, None, 0.06]
    """
    known = sorted((p, place) for place, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    reached = 0.0
    for rank, (p, place) in enumerate(known):
        reached = max(reached, min(1.0, (len(known) - rank) * p))
        adjusted[place] = reached
    return adjusted
