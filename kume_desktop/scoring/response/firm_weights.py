"""The weights of the firms that answered in one area, against the totals of its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.inputs import BoolArray, FloatArray, Frame, IntArray
from kume_desktop.scoring.response import weighting
from kume_desktop.scoring.response.rates import UNKNOWN


@dataclass(frozen=True, slots=True)
class FirmWeights:
    """The weights of the firms that answered (n,), mean 1; see `firm_weights` for the reasons."""

    how: str
    weights: FloatArray
    collapsed: tuple[str, ...]
    trimmed: int
    iterations: int
    reason: str = ""


def firm_weights(
    size_class: Sequence[str], district: Sequence[str], probability: FloatArray, frame: Frame, place: int
) -> FirmWeights:
    """Weights against the totals of the list in area `place`: raked on size and district, else post-stratified on size.

    They start from 1 / probability of selection where every firm has one, else from 1. Firms of unknown size (or
    district) keep the mean weight. Size classes with fewer than 5 firms that answered are merged with a neighbour,
    such districts with one another; weights above five means are cut. Totals of the raw list are used: that
    ineligible firms are spread evenly over the classes is assumed.
    Reasons: `no-size-totals`; `size-unknown` (more than one firm in ten has no size class); `one-stratum` (all classes
    had to be merged: weights would change nothing); `not-raked` beside `post-stratified`: the two margins cannot be met
    together.
    """
    start = np.asarray(1 / probability) if np.all(probability > 0) else np.ones(len(size_class))
    known = np.array([name != UNKNOWN for name in size_class])
    if not np.any(frame.size_n[place] > 0):
        return FirmWeights("", start, (), 0, 0, "no-size-totals")
    if np.mean(known) < 0.9:
        return FirmWeights("", start, (), 0, 0, "size-unknown")
    sizes = _known_margin(size_class, known, frame.size_classes, frame.size_n[place], ordered=True)
    if sizes.is_one:
        return FirmWeights("", start, sizes.merged, 0, 0, "one-stratum")
    districts = _districts(district, known, frame, place)
    fitted = np.full(len(start), np.nan)
    how, cycles, reason, merged = "post-stratified", 0, "", sizes.merged
    fitted[known] = weighting.post_stratified(start[known], sizes)
    if districts is not None and not districts.is_one:
        raked = weighting.rake(start[known], (sizes, districts))
        cycles = raked.cycles
        if raked.converged:
            how, merged = "raked", (*merged, *districts.merged)
            fitted[known] = raked.weights
        else:
            reason = "not-raked"
    fitted[~known] = fitted[known].mean()
    weights, cut = weighting.trimmed(fitted / fitted.mean())
    return FirmWeights(how, weights, merged, cut, cycles, reason)


def _known_margin(
    classes: Sequence[str],
    known: BoolArray,
    names: Sequence[str],
    listed: IntArray,
    *,
    ordered: bool,
) -> weighting.Margin:
    """The margin over the firms whose class is known; a class that the list does not name has total 0 there."""
    own = [name for name, there in zip(classes, known, strict=True) if there]
    numbers = [max(int(n), 0) for n in listed]
    if not ordered:
        return weighting.loose_margin(own, names, numbers)
    further = sorted(set(own) - set(names))
    return weighting.ordered_margin(own, [*names, *further], [*numbers, *(0 for _ in further)])


def _districts(district: Sequence[str], known: BoolArray, frame: Frame, place: int) -> weighting.Margin | None:
    """The margin of districts; None where the list has none or a firm's is unknown."""
    if not np.any(frame.district_n[place] > 0) or any(not name for name in district):
        return None
    return _known_margin(district, known, frame.districts, frame.district_n[place], ordered=False)
