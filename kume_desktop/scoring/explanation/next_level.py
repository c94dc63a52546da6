"""What would take an area a category up: the indicators nearest to their next published level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from kume_desktop.scoring.analysis import NextStep
from kume_desktop.scoring.index import category_of, index_under
from kume_desktop.scoring.inputs import FloatArray
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import AreaScore
from kume_desktop.scoring.rounding import half_up, settle


@dataclass(frozen=True, slots=True)
class _Lift:
    """An indicator at its next published level."""

    place: int
    missing: float
    firms: int
    mean: float


def next_steps(areas: Sequence[AreaScore], method: Method) -> tuple[NextStep, ...]:
    """Every step that is left in every area, nearest first within an area, ties in the order of the indicators.

    The mean lacks `p + 0.5 - m` to be rounded up from its published level p; every level that one firm rises adds 1/n,
    so at least `ceil(n (p + 0.5 - m))` firms must rise one level (a firm that rises two counts twice). Score and
    category are those after exactly that step, all else unchanged; an indicator at the highest level has no step.
    """
    return tuple(step for area in areas for step in _of(area, method))


def _of(area: AreaScore, method: Method) -> Iterator[NextStep]:
    mean = np.array([np.nan if one.mean is None else one.mean for one in area.indicators], dtype=np.float64)
    published = half_up(mean, method.decimals)
    for lift in sorted(_lifts(area, published, method), key=lambda lift: (lift.missing, lift.place)):
        after, rounded = mean.copy(), published.copy()
        after[lift.place] = lift.mean
        rounded[lift.place] += 1
        yield _step(area, lift, after, rounded, method)


def _lifts(area: AreaScore, published: FloatArray, method: Method) -> Iterator[_Lift]:
    for place, one in enumerate(area.indicators):
        if one.mean is None or published[place] >= method.scale_max:
            continue
        missing = float(settle(published[place] + 0.5 - one.mean, method.decimals))
        firms = ceil(float(settle(one.n * missing, method.decimals - 3)))
        yield _Lift(place, missing, firms, one.mean + firms / one.n)


def _step(area: AreaScore, lift: _Lift, after: FloatArray, rounded: FloatArray, method: Method) -> NextStep:
    score = index_under(after, method)
    printed = int(half_up(index_under(rounded, method), method.decimals))
    return NextStep(
        area=area.code,
        indicator=area.indicators[lift.place].code,
        missing=lift.missing,
        firms=lift.firms,
        score=score,
        category=category_of(score, method.cut_points, method.decimals),
        published_index=printed,
        published_category=category_of(printed, method.cut_points, method.decimals),
    )
