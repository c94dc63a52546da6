"""What each indicator adds to the index of an area, exactly."""

from __future__ import annotations

import numpy as np

from kume_desktop.scoring.inputs import BoolArray, FloatArray
from kume_desktop.scoring.method import LOWEST, Method


def weights_in_force(method: Method, scored: BoolArray) -> FloatArray:
    """The weight of every indicator, shape (K,), where only those of `scored` (K,) have a level.

    Their sum over the scored indicators is what the index is divided by; the shares are `weights / that sum`. Without
    heading weights these are the method's own numbers. With them a heading's weight is shared out among its scored
    indicators (sum 1), so weights depend on what is missing.
    """
    codes = method.indicator_codes
    if not method.heading_weights:
        return np.array([method.weights[code] for code in codes], dtype=np.float64)
    shares = method.shares([code for code, there in zip(codes, scored, strict=True) if there])
    return np.array([shares.get(code, 0.0) for code in codes], dtype=np.float64)


def filled(values: FloatArray, method: Method) -> FloatArray:
    """The means (K,) as the missing rule wants them: with `lowest` an indicator nobody scored stands at the lowest.

    Where nothing at all is scored every rule leaves it so.
    """
    missing = np.isnan(values)
    if method.missing_rule != LOWEST or missing.all():
        return values
    return np.where(missing, float(method.scale_min), values)


def contributions(values: FloatArray, method: Method) -> FloatArray:
    """Index points of every indicator, shape (K,), from its value on the preset's scale (K,); NaN where it is left out.

    `100 x w_k m_k / (max x sum(w))` over the indicators that count, so they sum to the index: that of the means to the
    score, that of the rounded means to the published index before it is rounded. An indicator that the missing rule
    counts as lowest contributes that level; one that is left out contributes nothing, and the weights of the others
    grow to sum 1.
    """
    counted = filled(values, method)
    present = ~np.isnan(counted)
    if not present.any():
        return np.full(len(values), np.nan)
    weights = weights_in_force(method, present)
    return np.asarray(100 * weights * counted / (method.scale_max * np.sum(weights[present])))
