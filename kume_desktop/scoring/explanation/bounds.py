"""The score so far, with its bounds over what is not yet rated: for staff while a firm or an area is being rated."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kume_desktop.scoring.index import index_under, means, on_scale
from kume_desktop.scoring.inputs import FloatArray
from kume_desktop.scoring.method import FIRM_ROUTE, Method


class Bounds(NamedTuple):
    """The lowest and the highest index that the levels still missing can lead to, and the index of what is rated.

    `so_far` is None where nothing is rated yet. `low` = `high` = `so_far` once nothing is missing.
    """

    low: float
    high: float
    so_far: float | None


def bounds(levels: FloatArray, method: Method, route: str = FIRM_ROUTE) -> Bounds:
    """Bounds over all levels that are NaN in `levels`: (K,) of one firm, or (F, K) of the firms of an area.

    Firms of the area that nobody has rated yet are rows of NaN. Every missing level is taken as the lowest, then as the
    highest; the index at the end lies between, also where an indicator is left out in the end.
    Raises ValueError for a level outside the scale.
    """
    scaled = on_scale(np.atleast_2d(np.asarray(levels, dtype=np.float64)), route, method)
    missing = np.isnan(scaled)
    if not scaled.size:
        return Bounds(method.lowest, 100.0, None)
    ends = [_index(np.where(missing, float(end), scaled), method) for end in (method.scale_min, method.scale_max)]
    return Bounds(ends[0], ends[1], None if missing.all() else _index(scaled, method))


def _index(scaled: FloatArray, method: Method) -> float:
    return index_under(means(scaled)[0], method)
