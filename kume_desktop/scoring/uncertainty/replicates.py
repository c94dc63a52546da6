"""Means of an area's indicators had other firms of the same list been asked: the Bayesian bootstrap, corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.inputs import BoolArray, FloatArray, IntArray
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.uncertainty.imputation import (
    IMPUTATIONS,
    LEAVE_OUT,
    LOWEST,
    TWO_WAY,
    residual_deviation,
)
from kume_desktop.scoring.uncertainty.options import Options, options
from kume_desktop.scoring.uncertainty.settings import RunSettings

CHUNK = 250_000
"""Multiplications at once: fits the cache, and BLAS does not start threads, which cost more than they save here."""

PART = 2_048
"""Replicates that are worked out at once."""

Block = tuple[slice, int, str]
"""Replicates that share an imputation (its place in `IMPUTATIONS`) and an aggregation."""


@dataclass(frozen=True, slots=True)
class Firms:
    """One area as replicates see it.

    `rows` (n, K): levels of its firms, in order; `columns`: what the weights of the firms are multiplied with: the
    levels (0 where missing), 1, and where a level is missing 1, and the firm's own mean. `pseudo` (R, 2): weighted
    level and weight of the pseudo-firm. `gap_error` (K,): what errors of imputed levels come to in the means.
    """

    code: str
    rows: FloatArray
    columns: FloatArray
    is_whole: bool
    answered: BoolArray
    option: Options
    pseudo: FloatArray
    gap_error: FloatArray
    order: IntArray
    towards: float


@dataclass(frozen=True, slots=True)
class Streams:
    """The random numbers of one area, each for a purpose of its own."""

    firms: np.random.Generator
    error: np.random.Generator


def generator(settings: RunSettings, purpose: str, code: str = "") -> np.random.Generator:
    """The stream of random numbers for one purpose and one area under a seed."""
    name = hashlib.sha256(f"{purpose}\n{code}".encode()).digest()[:16]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([settings.seed, int.from_bytes(name, "big")])))


def in_order(scaled: FloatArray, method: Method) -> FloatArray:
    """The firms that have a level, sorted by their levels: who comes first must not decide who gets which weight."""
    rows = scaled[~np.isnan(scaled).all(axis=1)]
    return rows[np.lexsort(np.nan_to_num(rows[:, by_code(method)], nan=-1.0).T)]


def by_code(method: Method) -> IntArray:
    """The places of the indicators in the order of their codes: random numbers are dealt out in this order."""
    return np.argsort(np.array(method.indicator_codes, dtype=np.str_), kind="stable")


def drawn_in(n: int, frame_n: int | None) -> tuple[float, float]:
    """How far replicated means are drawn in towards the observed mean, and what the pseudo-firm is multiplied by.

    min(1, sqrt((1 - n/N) (n + 1) / (n - 1))): the plain Bayesian bootstrap has the variance s^2 / n (n - 1) / (n + 1),
    so this gives it (1 - n/N) s^2 / n. The pseudo-firm: 1 - n/N. Both are 0 at n = N.

    >>> drawn_in(40, 40), drawn_in(9, 45)
    ((0.0, 0.0), (1.0, 0.8))
    """
    if frame_n is not None and n > frame_n:
        raise ValueError(f"{n} firms answered of a list of {frame_n}")
    left = 1.0 if frame_n is None else 1 - n / frame_n
    return (min(1.0, float(np.sqrt(left * (n + 1) / (n - 1)))) if n > 1 else float(left > 0)), left


def pseudo_firm(method: Method, settings: RunSettings) -> FloatArray:
    """Draws of the pseudo-firm (R, 2): weighted level and weight; every area deals them out in an order of its own.

    The constant profiles at the levels 1 to 5 collapse as the method says; those that fall together are one Gamma.
    """
    values, copies = np.unique(list(method.collapse.values()), return_counts=True)
    shape = settings.pseudo_firm * copies
    weights = generator(settings, "pseudo-firm").standard_gamma(shape, (settings.replicates, len(values)))
    return np.stack([np.einsum("rp,p->r", weights, values.astype(np.float64)), weights.sum(axis=1)], axis=1)


def firms_of(
    code: str, rows: FloatArray, method: Method, frame_n: int | None, settings: RunSettings, pool: FloatArray
) -> Firms:
    """Prepare the levels (n, K) of an area, in the order of `in_order`; `pool`: what `pseudo_firm` gives.

    g imputed levels of n with independent errors of deviation d move the mean by an error of deviation d sqrt(g) / n.
    """
    present = ~np.isnan(rows)
    filled = np.where(present, rows, 0.0)
    own = filled.sum(axis=1, keepdims=True) / present.sum(axis=1, keepdims=True)
    lacking = 1.0 - present
    answered = np.asarray(present.any(axis=0))
    towards, left = drawn_in(len(rows), frame_n)
    return Firms(
        code=code,
        rows=rows,
        columns=np.hstack([filled, np.ones((len(rows), 1)), lacking, lacking * own]),
        is_whole=bool(present.all()),
        answered=answered,
        option=options(rows, method),
        pseudo=left * pool[generator(settings, "pseudo-firm", code).permutation(len(pool))] if left else pool,
        gap_error=residual_deviation(rows) * np.sqrt(np.where(answered, lacking.sum(axis=0), 0)) / len(rows),
        order=by_code(method),
        towards=towards,
    )


def replicated(
    firms: Firms, method: Method, settings: RunSettings, blocks: Sequence[Block]
) -> Iterator[tuple[slice, Block, FloatArray, FloatArray]]:
    """Part by part: which replicates, their block, means (P, K) with gaps left out and as the block fills them."""
    streams = Streams(*(generator(settings, name, firms.code) for name in ("firms", TWO_WAY)))
    for block in blocks:
        for begin in range(block[0].start, block[0].stop, PART):
            part = slice(begin, min(begin + PART, block[0].stop))
            yield part, block, *_means(part, block[1], firms, method, streams)


def _means(part: slice, place: int, firms: Firms, method: Method, streams: Streams) -> tuple[FloatArray, FloatArray]:
    option, items, count = firms.option, firms.rows.shape[1], part.stop - part.start
    if not firms.towards:
        plain = np.broadcast_to(option.means[0], (count, items))
        return plain, _with_error(np.broadcast_to(option.means[place], (count, items)), place, firms, method, streams)
    width = items + 1 if firms.is_whole else 2 * items + 1 if IMPUTATIONS[place] != TWO_WAY else 3 * items + 1
    found = _times_firms(count, firms.columns[:, :width], streams.firms)
    sums, totals, lacking = found[:, :items], found[:, items : items + 1], found[:, items + 1 : 2 * items + 1]
    sums += firms.pseudo[part, :1]
    totals += firms.pseudo[part, 1:]
    counts = totals if firms.is_whole else totals - lacking
    observed = np.divide(sums, counts, out=np.zeros_like(sums), where=firms.answered)
    left_out = _drawn(observed.copy(), 0, firms)
    if firms.is_whole or IMPUTATIONS[place] == LEAVE_OUT:
        return left_out, left_out
    if IMPUTATIONS[place] == LOWEST:
        return left_out, _drawn((sums + method.scale_min * lacking) / totals, place, firms)
    overall = sums.sum(axis=1, keepdims=True) / counts.sum(axis=1, keepdims=True)
    expected = found[:, 2 * items + 1 :] + (observed - overall) * lacking
    return left_out, _with_error(_drawn((sums + expected) / totals, place, firms), place, firms, method, streams)


def _drawn(moved: FloatArray, place: int, firms: Firms) -> FloatArray:
    """Replicated means drawn in, in place; an indicator that nobody scored stays where the imputation puts it."""
    mean = firms.option.means[place]
    moved -= mean
    moved *= firms.towards
    moved += mean
    if IMPUTATIONS[place] != LOWEST and not firms.answered.all():
        moved[:, ~firms.answered] = mean[~firms.answered]
    return moved


def _with_error(means: FloatArray, place: int, firms: Firms, method: Method, streams: Streams) -> FloatArray:
    """Means (P, K) by two-way imputation with the error of what was imputed, held to the scale; others as they are."""
    if firms.is_whole or IMPUTATIONS[place] != TWO_WAY:
        return means
    error = np.empty(means.shape)
    error[:, firms.order] = streams.error.standard_normal(means.shape)
    return np.asarray(np.clip(means + error * firms.gap_error, method.scale_min, method.scale_max))


def _times_firms(count: int, columns: FloatArray, stream: np.random.Generator) -> FloatArray:
    """Exponential weights (count, n) times columns (n, M), drawn in chunks; chunks do not change what is drawn."""
    size = max(1, CHUNK // columns.size)
    return np.concatenate(
        [
            stream.standard_exponential((min(size, count - begin), len(columns))) @ columns
            for begin in range(0, count, size)
        ]
    )
