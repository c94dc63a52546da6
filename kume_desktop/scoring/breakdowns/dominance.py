"""Totals of employment (or another amount): one large plant must not be read off a total that it dominates."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kume_desktop.scoring.breakdowns.disclosure import LEAST
from kume_desktop.scoring.breakdowns.suppression import FEW, SHOWN
from kume_desktop.scoring.inputs import FloatArray

DOMINANT = "dominated"
LARGEST, SHARE = 2, 0.85
NEARNESS = 0.10


def is_dominated(amounts: ArrayLike, largest: int = LARGEST, share: float = SHARE) -> bool:
    """The (n, k) rule: whether the `largest` firms together hold more than `share` of the total of `amounts` (F,).

    The default (2, 85 %) is that of sdcTable; a total of 0 tells of every firm that it has none. Source: Hundepool et
    al. 2012, Statistical Disclosure Control, 4.2.

    >>> is_dominated([80, 10, 5, 5]), is_dominated([60, 15, 15, 10])
    (True, False)
    """
    ordered = _largest_first(amounts)
    total = float(ordered.sum())
    return total <= 0 or float(ordered[:largest].sum()) > share * total


def is_guessable(amounts: ArrayLike, nearness: float = NEARNESS) -> bool:
    """The p % rule: whether the second largest firm can tell the largest to within `nearness` of its amount.

    It knows the total and itself, so what it does not know are the others: `sum - x1 - x2 < p x1`. Source: as above.

    >>> is_guessable([80, 10, 5]), is_guessable([80, 10, 8])
    (True, False)
    """
    ordered = _largest_first(amounts)
    return len(ordered) < 2 or float(ordered[2:].sum()) < nearness * float(ordered[0])


def state_of(amounts: ArrayLike) -> str:
    """Whether a total may be shown: `''`, `few` (fewer than three firms) or `dominated`."""
    ordered = _largest_first(amounts)
    if not len(ordered):
        return SHOWN
    if len(ordered) < LEAST:
        return FEW
    return DOMINANT if is_dominated(ordered) or is_guessable(ordered) else SHOWN


def _largest_first(amounts: ArrayLike) -> FloatArray:
    """The amounts in falling order; raises ValueError for one below 0: shares of a total would mean nothing."""
    values = np.asarray(amounts, dtype=np.float64)
    if np.any(values < 0):
        raise ValueError("an amount below 0 cannot be part of a total")
    return np.asarray(np.sort(values)[::-1])
