"""Strengths and weaknesses of an area: how far an indicator lies from the area's mean, in widths of its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kume_desktop.scoring.analysis import Strength
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import AreaScore
from kume_desktop.scoring.rounding import settle

STRENGTH, WEAKNESS = "strength", "weakness"


def strengths(areas: Sequence[AreaScore], method: Method) -> tuple[Strength, ...]:
    """Every scored indicator of every area that has a score, in their order; needs the indicators' intervals.

    `distance`: the indicator's mean minus the mean of the area on the preset's scale (`score x max / 100`). `widths`:
    distance / half the width of the indicator's interval. A bare rank always has a first and a last; here an indicator
    is a strength or a weakness only where its distance is above one half width (or where the area was counted in full
    and it differs at all).
    """
    return tuple(found for area in areas for found in _of(area, method))


def _of(area: AreaScore, method: Method) -> Iterator[Strength]:
    if area.score is None:
        return
    middle = area.score * method.scale_max / 100
    for one in area.indicators:
        if one.mean is None:
            continue
        distance = float(settle(one.mean - middle))
        half = _half_width(one.interval)
        widths = distance / half if half else None
        is_far = half == 0 if widths is None else abs(widths) > 1
        kind = (STRENGTH if distance > 0 else WEAKNESS) if is_far and distance else ""
        yield Strength(area.code, one.code, distance, widths, kind)


def _half_width(interval: Interval) -> float | None:
    if interval.low is None or interval.high is None:
        return None
    return (interval.high - interval.low) / 2
