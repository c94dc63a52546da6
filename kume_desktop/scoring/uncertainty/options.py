"""The choices that a method leaves open, by name, and the index of one area under every one of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.inputs import BoolArray, FloatArray
from kume_desktop.scoring.method import ARITHMETIC, GEOMETRIC, Method
from kume_desktop.scoring.method import LOWEST as UNSCORED_LOWEST
from kume_desktop.scoring.uncertainty.imputation import IMPUTATIONS, LEAVE_OUT, LOWEST, TWO_WAY, two_way

AGGREGATIONS = (ARITHMETIC, GEOMETRIC)


@dataclass(frozen=True, slots=True)
class Options:
    """One area under the three ways to fill gaps, in the order of `IMPUTATIONS`.

    `means` (3, K): means on the preset's scale; the highest level, at a share of 0, where an indicator stays unscored.
    `shares` (3, K): weights of the method, sum 1, 0 where unscored. `values` (3, F, K): the levels with gaps filled.
    An indicator that nobody scored is filled with `lowest`; otherwise the method's own rule for it holds.
    """

    means: FloatArray
    shares: FloatArray
    values: FloatArray


def options(scaled: FloatArray, method: Method) -> Options:
    """The options for the levels of one area, (F, K) on the preset's scale; firms without any level count nowhere."""
    values = np.stack([filled(scaled, name, method) for name in IMPUTATIONS])
    means = column_means(values)
    scored = np.logical_not(np.isnan(means))
    return Options(np.where(scored, means, method.scale_max), np.stack([shares(method, own) for own in scored]), values)


def column_means(values: FloatArray) -> FloatArray:
    """Means over the firms of (..., F, K), NaN left out; NaN where a column is empty."""
    present = ~np.isnan(values)
    count = present.sum(axis=-2)
    total = np.where(present, values, 0.0).sum(axis=-2)
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))


def shares(method: Method, scored: BoolArray) -> FloatArray:
    """The weights (K,) of the method over the indicators marked in `scored`; sum 1, or 0 where none is."""
    codes = method.indicator_codes
    own = method.shares([code for code, is_scored in zip(codes, scored, strict=True) if is_scored])
    return np.array([own.get(code, 0.0) for code in codes])


def weighted_index(
    means: FloatArray, factors: FloatArray, own: FloatArray, aggregation: str, highest: float
) -> FloatArray:
    """The index of means (R, K) or (K,) under the weights `factors` (R, K) times `own` (K,), whatever their sum.

    Arithmetic 100 sum(w m) / (highest sum w); geometric 100 prod((m / highest)^(w / sum w)), the what-if in which a
    weak indicator is not made up for by a strong one.

    >>> means, factors, own = np.array([1.0, 3.0]), np.ones((1, 2)), np.array([0.5, 0.5])
    >>> [round(float(weighted_index(means, factors, own, a, 3.0)[0]), 4) for a in AGGREGATIONS]
    [66.6667, 57.735]
    """
    with np.errstate(divide="ignore"):
        parts = means if aggregation == ARITHMETIC else np.log(means / highest)
    own_parts = own * parts
    sums = np.einsum("rk,k->r" if own_parts.ndim == 1 else "rk,rk->r", factors, own_parts)
    found = sums / np.einsum("rk,k->r", factors, own)
    return np.asarray(100 / highest * found if aggregation == ARITHMETIC else 100 * np.exp(found))


def weighted_error(
    means: FloatArray, residuals: FloatArray, factors: FloatArray, own: FloatArray, aggregation: str, highest: float
) -> FloatArray:
    """The standard errors (R,) of `weighted_index`, given what each of n firms adds to the error of each mean, (n, K).

    By linearisation: the gradient of the index times the covariance of the means; for the geometric mean w_k / m_k
    times the index takes the place of 100 w_k / highest.
    """
    weights = factors * own
    weights /= weights.sum(axis=1, keepdims=True)
    gradient = 100 / highest * weights
    if aggregation == GEOMETRIC:
        index = weighted_index(means, factors, own, aggregation, highest)
        gradient = index[:, None] * weights / np.maximum(means, np.finfo(np.float64).tiny)
    covariance = np.einsum("ik,il->kl", residuals, residuals)
    return np.asarray(np.sqrt(np.maximum(np.einsum("rk,kl,rl->r", gradient, covariance, gradient, optimize=False), 0)))


def in_force(scaled: FloatArray, method: Method) -> FloatArray:
    """The levels (F, K) as the index counts them: an indicator that nobody scored is filled if the method says so."""
    return filled(scaled, LEAVE_OUT, method)


def filled(scaled: FloatArray, name: str, method: Method, ends: tuple[float, float] | None = None) -> FloatArray:
    """The levels (n, K) of the firms that have any, their gaps filled as one of `IMPUTATIONS` says.

    `ends`: of the scale, the preset's where not given. Imputed levels are held to it.
    """
    low, high = ends or (float(method.scale_min), float(method.scale_max))
    rows = scaled[~np.isnan(scaled).all(axis=1)]
    if name == LOWEST:
        return np.where(np.isnan(rows), low, rows)
    found = np.clip(two_way(rows), low, high) if name == TWO_WAY else rows.copy()
    if method.missing_rule == UNSCORED_LOWEST:
        found[:, np.isnan(rows).all(axis=0)] = low
    return found
