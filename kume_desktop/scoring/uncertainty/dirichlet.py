"""Exact quantiles of the mean of a few values under a Dirichlet distribution, without random numbers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from kume_desktop.scoring.inputs import FloatArray

PRIOR = 0.2
"""What every value of the support is worth in firms before anybody answered: five values are one firm."""

STEP = 0.04
"""Of the integral in log u, up to 300 firms; narrower with the root of their number above."""
NEGLIGIBLE = 40.0
"""Logarithm of what is left out at both ends of the integral: below 1e-17."""


def mean_cdf(point: float, parameters: FloatArray, support: FloatArray) -> float:
    """P(sum(p_k s_k) <= `point`) for p ~ Dirichlet(`parameters`), both of shape (S,); exact to about 1e-12.

    With p_k = G_k / sum(G), G_k ~ Gamma(a_k), the event is sum((s_k - point) G_k) <= 0, whose probability is
    1/2 - (1/pi) * integral of sin(sum a_k atan(c_k u)) * prod (1 + c_k^2 u^2)^(-a_k / 2) / u, c_k = s_k - point
    (Gil-Pelaez 1951; Imhof 1961). In x = log u the integrand is smooth and the trapezoid rule converges exponentially.

    >>> round(mean_cdf(0.5, np.array([2.0, 2.0]), np.array([0.0, 1.0])), 12)
    0.5
    >>> round(mean_cdf(0.25, np.array([1.0, 1.0]), np.array([0.0, 1.0])), 12)
    0.25
    """
    if point <= support.min() or point >= support.max():
        return float(point >= support.max())
    slope = support - point
    parameters, slope = parameters[slope != 0], slope[slope != 0]
    sizes = np.log(np.abs(slope))
    begin = -sizes.max() - np.log(parameters.sum()) - NEGLIGIBLE
    end = -sizes.min() + NEGLIGIBLE / parameters.sum()
    step = STEP / np.sqrt(max(1.0, parameters.sum() / 300))
    u = np.exp(np.arange(begin, end, step))[:, None] * slope
    angle = np.arctan(u) @ parameters
    size = np.exp(-0.5 * np.log1p(u * u) @ parameters)
    return float(0.5 - step / np.pi * np.sum(np.sin(angle) * size))


@lru_cache(maxsize=4096)
def mean_quantiles(parameters: tuple[float, ...], support: tuple[float, ...], confidence: float) -> tuple[float, float]:
    """The equal-tailed limits of sum(p_k s_k), p ~ Dirichlet(`parameters`).

    >>> low, high = mean_quantiles((1.0, 1.0), (0.0, 1.0), 0.9)
    >>> round(low, 9), round(high, 9)
    (0.05, 0.95)
    """
    from scipy.optimize import brentq

    values, weights = np.array(support), np.array(parameters)
    low, high = float(values.min()), float(values.max())
    if low == high:
        return low, high
    tail = (1 - confidence) / 2
    found = [
        brentq(lambda point, p=p: mean_cdf(point, weights, values) - p, low, high, xtol=1e-13, rtol=1e-13)
        for p in (tail, 1 - tail)
    ]
    return float(found[0]), float(found[1])
