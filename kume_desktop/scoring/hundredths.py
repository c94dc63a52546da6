"""Probabilities as so many of a hundred."""

from __future__ import annotations

from collections.abc import Sequence


def of_hundred(probabilities: Sequence[float], sure: float = 0.8) -> tuple[int, ...]:
    """Probabilities that sum to 1 in whole hundredths that sum to 100 (largest remainders).

    One below `sure`, where a badge begins to be certain, stays below it: the next largest takes the hundredth.

    >>> of_hundred((0.335, 0.332, 0.333)), of_hundred((0.003, 0.798, 0.199))
    ((34, 33, 33), (1, 79, 20))
    """
    exact = [100 * one for one in probabilities]
    counts = [int(one) for one in exact]
    left = round(sum(exact)) - sum(counts)
    able = [place for place, one in enumerate(probabilities) if one >= sure or counts[place] + 1 < round(100 * sure)]
    for place in sorted(able, key=lambda place: counts[place] - exact[place])[:left]:
        counts[place] += 1
    return tuple(counts)
