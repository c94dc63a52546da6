"""The uncertainty of every area in one call: intervals, probabilities of categories and rank bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kume_desktop.scoring.analysis import AreaUncertainty, RankBand, RunFacts
from kume_desktop.scoring.index import scaled_levels
from kume_desktop.scoring.inputs import Areas, FloatArray, IntArray, Levels
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from kume_desktop.scoring.uncertainty.imputation import IMPUTATIONS
from kume_desktop.scoring.uncertainty.intervals import column_intervals, score_interval
from kume_desktop.scoring.uncertainty.joint import JointRun, joint_run
from kume_desktop.scoring.uncertainty.leaving_out import indices
from kume_desktop.scoring.uncertainty.options import AGGREGATIONS, column_means, in_force, shares
from kume_desktop.scoring.uncertainty.ranks import both_bands, method_bands, sampling_bands
from kume_desktop.scoring.uncertainty.settings import RunSettings

WEIGHTS = "dirichlet"


@dataclass(frozen=True, slots=True)
class UncertaintyRun:
    """What one run says, in the order of the areas.

    `intervals` and `errors` belong to the index (`AreaScore.interval`), `indicators` (A tuples of K, in the method's
    order) to the means of the indicators on the preset's scale. `errors` is None below two firms and on a panel.
    """

    areas: tuple[AreaUncertainty, ...]
    intervals: tuple[Interval, ...]
    errors: tuple[float | None, ...]
    indicators: tuple[tuple[Interval, ...], ...]
    facts: RunFacts


def uncertainty(
    areas: Areas, levels: Levels, method: Method, eligible_n: IntArray, settings: RunSettings | None = None
) -> UncertaintyRun:
    """Everything that is uncertain about the areas; `eligible_n` (A,) is N, -1 where unknown.

    Raises ValueError where N is smaller than the number of firms that answered, and for what `score_areas` refuses.
    """
    settings = settings or RunSettings()
    if levels.route != FIRM_ROUTE:
        return _of_panel(areas, method, settings)
    scaled = scaled_levels(levels, method)
    by_area = [in_force(scaled[levels.area == place], method) for place in range(len(areas.codes))]
    frame_n = [int(n) if n >= 0 else None for n in eligible_n]
    found = [_index_interval(own, method, n, settings) for own, n in zip(by_area, frame_n, strict=True)]
    run = joint_run(areas.codes, by_area, method, frame_n, settings)
    bands = _bands(run, found, by_area, method, settings)
    return UncertaintyRun(
        areas=tuple(
            _area(code, run, place, *found[place], bands[place], settings) for place, code in enumerate(areas.codes)
        ),
        intervals=tuple(interval for interval, _ in found),
        errors=tuple(error for _, error in found),
        indicators=tuple(
            column_intervals(own, method.scale_min, method.scale_max, n, settings.confidence)
            for own, n in zip((scaled[levels.area == place] for place in range(len(areas.codes))), frame_n, strict=True)
        ),
        facts=facts(settings),
    )


def facts(settings: RunSettings) -> RunFacts:
    """What was varied, and with which seed."""
    return RunFacts(
        settings.seed,
        settings.replicates,
        settings.confidence,
        WEIGHTS,
        AGGREGATIONS,
        IMPUTATIONS,
        settings.pseudo_firm,
    )


def _index_interval(
    counted: FloatArray, method: Method, frame_n: int | None, settings: RunSettings
) -> tuple[Interval, float | None]:
    weights = shares(method, np.logical_not(np.isnan(counted).all(axis=0)))
    ends = method.scale_min, method.scale_max
    found, error = score_interval(counted, weights, *ends, frame_n, confidence=settings.confidence)
    if found.low is None or found.high is None:
        return found, error
    score = _score(counted, method)  # to the last bit what `score_areas` gives: a census must not miss it
    low, high = (score, score) if found.how == "census" else (min(found.low, score), max(found.high, score))
    return replace(found, low=low, high=high), error


def _score(counted: FloatArray, method: Method) -> float:
    return float(indices(column_means(counted)[None], method)[0])


def _bands(
    run: JointRun,
    found: Sequence[tuple[Interval, float | None]],
    by_area: Sequence[FloatArray],
    method: Method,
    settings: RunSettings,
) -> list[tuple[RankBand | None, RankBand | None, RankBand | None]]:
    """The bands of every area by method, by sampling and by both; all areas that have a score are compared.

    An area with few firms, or whose firms all say the same, is compared with the deviation of its replicates.
    """
    estimates = np.array([_score(own, method) for own in by_area])
    errors, errors_under = np.empty(len(found)), run.errors.copy()
    for place, (interval, error) in enumerate(found):
        is_known = interval.how in {"logit-t", "census"} and error is not None
        errors[place] = error if is_known and error is not None else np.std(run.sampling[:, place])
        errors_under[:, place] = run.errors[:, place] if interval.how == "logit-t" else errors[place]
    by_method = method_bands(run.by_method)
    by_sampling = sampling_bands(estimates, errors, settings.confidence)
    both = both_bands(run.by_method[:: run.every], errors_under, by_method, by_sampling, settings.confidence)
    return list(zip(by_method, by_sampling, both, strict=True))


def _area(
    code: str,
    run: JointRun,
    place: int,
    interval: Interval,
    error: float | None,
    bands: tuple[RankBand | None, RankBand | None, RankBand | None],
    settings: RunSettings,
) -> AreaUncertainty:
    if interval.reason:
        return _without(code, interval.reason, error, settings)
    low, high = _hull(interval, *run.limits[place].tolist())
    return AreaUncertainty(
        area=code,
        standard_error=error,
        sampling=tuple(run.sampling_probability[place].tolist()),
        joint=tuple(run.joint_probability[place].tolist()),
        joint_interval=Interval(low, high, settings.confidence, "", "joint", interval.corrected),
        by_method=bands[0],
        by_sampling=bands[1],
        by_both=bands[2],
    )


def _hull(sampling: Interval, low: float, high: float) -> tuple[float, float]:
    """The range of the joint replicates, widened to hold the sampling interval.

    Varying the method as well must not look surer than the method as it is; a range that replicates alone give is
    narrower than the sampling interval where few firms make their quantiles too tight. So it holds at least
    `confidence` of the joint results.
    """
    if sampling.low is None or sampling.high is None:
        return low, high
    return min(low, sampling.low), max(high, sampling.high)


def _without(code: str, reason: str, error: float | None, settings: RunSettings) -> AreaUncertainty:
    none = Interval(None, None, settings.confidence, reason)
    return AreaUncertainty(code, error, (), (), none, None, None, None, reason)


def _of_panel(areas: Areas, method: Method, settings: RunSettings) -> UncertaintyRun:
    """A panel's levels are no sample: there is nothing to replicate."""
    none = Interval(None, None, settings.confidence, "panel")
    count = len(areas.codes)
    return UncertaintyRun(
        tuple(_without(code, "panel", None, settings) for code in areas.codes),
        (none,) * count,
        (None,) * count,
        ((none,) * len(method.indicators),) * count,
        facts(settings),
    )
