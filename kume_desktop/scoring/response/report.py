"""Non-response in every area: who answered, the weighted score, and what the silent ones could do to the index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.analysis import AreaResponse, WeightedScore
from kume_desktop.scoring.breakdowns import dominance
from kume_desktop.scoring.explanation.contributions import filled, weights_in_force
from kume_desktop.scoring.index import HIGHEST_LEVEL, category_of, columns, index_under, means, on_scale
from kume_desktop.scoring.inputs import Areas, BoolArray, Disposition, Firms, FloatArray, Frame, IntArray, Levels
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from kume_desktop.scoring.response import weighting
from kume_desktop.scoring.response.firm_weights import firm_weights
from kume_desktop.scoring.response.rates import UNKNOWN, Fieldwork, responses
from kume_desktop.scoring.rounding import half_up
from kume_desktop.scoring.uncertainty.intervals import score_interval

CONFIDENCE = 0.95


def response(
    areas: Areas,
    firms: Firms,
    frame: Frame,
    levels: Levels,
    method: Method,
    confidence: float = CONFIDENCE,
    answered: IntArray | None = None,
) -> tuple[AreaResponse, ...]:
    """Response of every area, in the order of `areas`, weighted scores with their intervals at `confidence`.

    `answered` (A,): firms that are known to have answered besides those with a level; a smaller N is taken as unknown.

    Weights and what non-respondents could do apply to levels of firms; on the route of a panel the weighted score has
    the reason `panel` and `one_lower`, `one_higher` are None. Raises ValueError as `index.score_areas` does.
    """
    given = columns(levels, method)
    has_level = ~np.isnan(given).all(axis=1)
    on_route = levels.route == FIRM_ROUTE
    scored = np.bincount(levels.area[has_level], minlength=len(areas.codes)) if on_route else None
    least = answered if scored is None else scored if answered is None else np.maximum(scored, answered)
    fieldwork = responses(areas, firms, frame, least)
    found = []
    for place, one in enumerate(fieldwork):
        own = _Answered.of(levels, given, has_level & (levels.area == place), firms)
        weighted = _weighted(own, frame, place, one.eligible.n, method, confidence)
        found.append(_area(own, firms, frame, one, place, method, weighted))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Answered:
    """The firms of an area that have a level: levels as given (n, K), and who they are."""

    route: str
    given: FloatArray
    size_class: tuple[str, ...]
    district: tuple[str, ...]
    probability: FloatArray

    @staticmethod
    def of(levels: Levels, given: FloatArray, rows: BoolArray, firms: Firms) -> _Answered:
        """Look the scored firms up among those that were issued; one that was never issued has no class."""
        place = {firm: at for at, firm in enumerate(firms.ids)}
        found = [place.get(levels.targets[row], -1) for row in np.flatnonzero(rows)]
        return _Answered(
            levels.route,
            given[rows],
            tuple(firms.size_class[at] if at >= 0 else UNKNOWN for at in found),
            tuple(firms.district[at] if at >= 0 else "" for at in found),
            np.array([firms.probability[at] if at >= 0 else np.nan for at in found], dtype=np.float64),
        )


def _area(
    answered: _Answered,
    firms: Firms,
    frame: Frame,
    one: Fieldwork,
    place: int,
    method: Method,
    weighted: WeightedScore,
) -> AreaResponse:
    completed = one.total.completed
    staff = firms.staff[[row for row in np.flatnonzero(firms.area == place) if _has_answered(firms, int(row))]]
    n = one.eligible.n
    return AreaResponse(
        area=one.area,
        strata=one.strata,
        total=one.total,
        eligible_n=n,
        eligible_basis=one.eligible.basis,
        covered_share=completed / n if n else None,
        employment_share=_employment_share(staff, float(frame.employment[place])),
        response_rate=one.rates.response,
        contact_rate=one.rates.contact,
        cooperation_rate=one.rates.cooperation,
        refusal_rate=one.rates.refusal,
        weighted=weighted,
        one_lower=shifted(answered.given, -1, n, method) if answered.route == FIRM_ROUTE else None,
        one_higher=shifted(answered.given, 1, n, method) if answered.route == FIRM_ROUTE else None,
        staff_unknown=int(np.isnan(staff).sum()),
        employment_state=dominance.state_of(staff[staff >= 0]),
    )


def _has_answered(firms: Firms, row: int) -> bool:
    return firms.disposition[row] is Disposition.COMPLETED


def _employment_share(staff: FloatArray, all_staff: float) -> float | None:
    """Staff of the firms that answered, of all staff on the list; unknown head-counts are left out of the former."""
    if not all_staff > 0 or (len(staff) and np.isnan(staff).all()):
        return None
    return float(np.nansum(staff) / all_staff)


def shifted(given: FloatArray, step: int, eligible_n: int | None, method: Method) -> float | None:
    """The index if the eligible firms without a level stood `step` levels beside those that have one; None without N.

    `given`: levels 1-5 of the n scored firms, shape (n, K). For the others the profile of the scored firms is moved by
    `step` level as given, kept within 1-5 and only then put on the preset's scale, as a firm's level would be. Each
    indicator's mean is `n/N x mean + (1 - n/N) x moved mean`. A sensitivity check, no estimate: it says what the index
    would be if silence had that one meaning.
    """
    n = len(given)
    if eligible_n is None or n == 0:
        return None
    moved = np.clip(given + step, 1, HIGHEST_LEVEL)
    share = min(1.0, n / eligible_n)
    own, _ = means(on_scale(given, FIRM_ROUTE, method))
    others, _ = means(on_scale(moved, FIRM_ROUTE, method))
    index = index_under(share * own + (1 - share) * others, method)
    return None if np.isnan(index) else index


def _weighted(
    answered: _Answered, frame: Frame, place: int, eligible_n: int | None, method: Method, confidence: float
) -> WeightedScore:
    if answered.route != FIRM_ROUTE:
        return _unweighted("panel", confidence)
    if not len(answered.given):
        return _unweighted("nobody", confidence)
    found = firm_weights(answered.size_class, answered.district, answered.probability, frame, place)
    if found.reason and not found.how:
        return _unweighted(found.reason, confidence, found.collapsed)
    scaled = on_scale(answered.given, FIRM_ROUTE, method)
    mean = weighting.weighted_means(scaled, found.weights)
    score = index_under(mean, method)
    printed = int(half_up(index_under(half_up(mean, method.decimals), method), method.decimals))
    counted = filled(mean, method)
    interval, _ = score_interval(
        np.where(np.isnan(mean), counted, scaled),
        weights_in_force(method, ~np.isnan(counted)),
        method.scale_min,
        method.scale_max,
        eligible_n,
        found.weights,
        confidence,
    )
    deff = weighting.design_effect(found.weights)
    return WeightedScore(
        how=found.how,
        score=score,
        interval=interval,
        category=category_of(score, method.cut_points, method.decimals),
        published_index=printed,
        deff=deff,
        n_eff=len(found.weights) / deff,
        collapsed=found.collapsed,
        trimmed=found.trimmed,
        iterations=found.iterations,
        reason=found.reason,
    )


def _unweighted(reason: str, confidence: float, collapsed: tuple[str, ...] = ()) -> WeightedScore:
    nothing = Interval(None, None, confidence, reason)
    return WeightedScore("", None, nothing, None, None, None, None, collapsed, 0, 0, reason)
