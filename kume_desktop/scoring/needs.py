"""The needs matrix: two functions by five resources, per activity area, as the source's Fonksiyon-Kaynak Matriksi."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from kume_desktop.scoring.index import CONFIDENCE, deviation
from kume_desktop.scoring.inputs import Areas, BoolArray, FloatArray, IntArray, Needs
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import Cell, Method, NeedsMethod
from kume_desktop.scoring.results import NeedMargins, NeedScore
from kume_desktop.scoring.rounding import settle
from kume_desktop.scoring.uncertainty.intervals import mean_interval

BEST = 5
INADEQUATE = 2
ADEQUATE = 4
RESERVES = {"na": 1, "dk": 2, "nr": 3, "conflict": 4}


def score_needs(
    areas: Areas, needs: Needs, method: Method, eligible_n: IntArray | None = None, confidence: float = CONFIDENCE
) -> tuple[tuple[NeedScore, ...], tuple[NeedMargins, ...]]:
    """Score the cells of every area, in the order of `areas` and of the method's cells, and their margins.

    `eligible_n` (A,) is the N of the finite-population correction, -1 or None where nobody knows it. Experts' ratings
    of the cells are `Needs` too, with the experts in place of the firms: leave `eligible_n` out, they are no sample of
    a list.
    Raises ValueError for an answer outside 0-5. A cell that nobody was asked has n = 0 and None for its numbers.
    """
    if np.any((needs.answers < 0) | (needs.answers > BEST)):
        raise ValueError("an answer of a need cell is outside 0-5")
    scored: list[NeedScore] = []
    margins: list[NeedMargins] = []
    for place, code in enumerate(areas.codes):
        rows = needs.area == place
        frame_n = None if eligible_n is None or eligible_n[place] < 0 else int(eligible_n[place])
        counted = [_cell(code, cell, *_column(needs, cell.code, rows), method.needs) for cell in method.needs.cells]
        ranked = _ranked([_limited(cell, method.needs, frame_n, confidence) for cell in counted])
        scored.extend(ranked)
        margins.append(_margins(code, ranked, method.needs))
    return tuple(scored), tuple(margins)


def band_of(mean: float, bands: tuple[float, ...]) -> int:
    """The band of a mean, 1..5; a limit belongs to the band below it.

    >>> [band_of(x, (1.8, 2.6, 3.4, 4.2)) for x in (1.0, 1.8, 1.81, 2.6, 3.0, 5.0)]
    [1, 1, 2, 2, 3, 5]
    """
    return 1 + sum(bool(settle(mean) > settle(limit)) for limit in bands)


def _column(needs: Needs, cell: str, rows: BoolArray) -> tuple[IntArray, IntArray]:
    if cell not in needs.cells:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    place = needs.cells.index(cell)
    return needs.answers[rows, place], needs.reserve[rows, place]


def _cell(area: str, cell: Cell, answers: IntArray, reserve: IntArray, rules: NeedsMethod) -> NeedScore:
    """One cell: mean `m = sum(a)/n`, share inadequate `#(a <= 2)/n`, gap `5 - m`, need index `100 (5 - m)/4`."""
    counts = tuple(int((answers == level).sum()) for level in range(1, BEST + 1))
    n = sum(counts)
    mean = sum(level * count for level, count in enumerate(counts, start=1)) / n if n else None
    inadequate = sum(counts[:INADEQUATE]) / n if n else None
    return NeedScore(
        area=area,
        function=cell.function,
        resource=cell.resource,
        cell=cell.code,
        n=n,
        mean=mean,
        inadequate_share=inadequate,
        adequate_share=sum(counts[ADEQUATE - 1 :]) / n if n else None,
        gap=None if mean is None else BEST - mean,
        need_index=None if mean is None else 25 * (BEST - mean),
        counts=counts,
        not_applicable=int((reserve == RESERVES["na"]).sum()),
        does_not_know=int((reserve == RESERVES["dk"]).sum()),
        declined=int((reserve == RESERVES["nr"]).sum()),
        in_conflict=int((reserve == RESERVES["conflict"]).sum()),
        rank=None,
        band=None if mean is None else band_of(mean, rules.bands),
        is_need=mean is not None and bool(settle(mean) < settle(rules.need_below)),
        is_critical=mean is not None and inadequate is not None and is_critical(mean, inadequate, rules),
        deviation=deviation(np.where(answers > 0, answers, np.nan).astype(np.float64)),
    )


def is_critical(mean: float, inadequate_share: float, rules: NeedsMethod) -> bool:
    """Whether a cell is critical: mean at most 2.60 or at least half of the answers inadequate (defaults).

    >>> rules = NeedsMethod()
    >>> is_critical(2.6, 0.1, rules), is_critical(3.2, 0.5, rules), is_critical(2.7, 0.49, rules)
    (True, True, False)
    """
    low = settle(mean) <= settle(rules.critical_mean)
    return bool(low | (settle(inadequate_share) >= settle(rules.critical_share)))


def _limited(cell: NeedScore, rules: NeedsMethod, frame_n: int | None, confidence: float) -> NeedScore:
    """The cell with the interval of its mean (1-5), its median, and whether its marks are sure.

    "Need" is sure where the interval of the mean stays on one side of the limit. "Critical" holds by the mean or by the
    share inadequate: it is sure where one of their intervals stays inside its limit, "not critical" where both stay
    outside.
    """
    answers = np.repeat(np.arange(1.0, BEST + 1), cell.counts)
    whole = None if frame_n is None or frame_n < cell.n else frame_n
    interval = mean_interval(answers, 1.0, float(BEST), whole, confidence)
    share = mean_interval((answers <= INADEQUATE).astype(np.float64), 0.0, 1.0, whole, confidence)
    (low, high), (fewest, most) = _ends(interval), _ends(share)
    if cell.is_critical:
        critical_sure = high <= rules.critical_mean or fewest >= rules.critical_share
    else:
        critical_sure = low > rules.critical_mean and most < rules.critical_share
    return replace(
        cell,
        interval=interval,
        median=float(np.median(answers)) if cell.n else None,
        need_sure=high < rules.need_below if cell.is_need else low >= rules.need_below,
        critical_sure=critical_sure,
    )


def _ends(interval: Interval) -> tuple[float, float]:
    """The limits as comparisons see them; without an interval they exclude nothing."""
    if interval.low is None or interval.high is None:
        return -np.inf, np.inf
    return float(settle(interval.low)), float(settle(interval.high))


def _ranked(cells: list[NeedScore]) -> list[NeedScore]:
    """Rank by gap, ties by share inadequate, both settled; equal cells share a rank (1, 2, 2, 4).

    Beside it three orders that do not rest on equal spacing of the answers: by median, by dominance and by the share of
    answers 4-5. Equal cells share their places; a cell whose places in one of them and here have none in common is
    marked.
    """
    answered = [cell for cell in cells if cell.n]
    shares = _dominance(np.array([cell.counts for cell in answered], dtype=np.float64).reshape(-1, BEST))
    by_gap = _places([(-settle(cell.gap or 0), -settle(cell.inadequate_share or 0)) for cell in answered])
    others = [
        _places([(settle(value), 0.0) for value in values])
        for values in (
            [cell.median or 0.0 for cell in answered],
            shares.tolist(),
            [cell.adequate_share or 0.0 for cell in answered],
        )
    ]
    ranked = {
        cell.cell: replace(
            cell,
            rank=by_gap[k][0],
            dominance=float(shares[k]),
            order_changes=any(not _overlap(by_gap[k], order[k]) for order in others),
        )
        for k, cell in enumerate(answered)
    }
    return [ranked.get(cell.cell, cell) for cell in cells]


def _dominance(counts: FloatArray) -> FloatArray:
    """How often an answer of each cell (C, 5 counts) is the higher one: mean over the cells of P(X > Y) + P(X = Y) / 2.

    The cell itself is one of them (0.5). Only the order of the answers counts. Source: Vargha and Delaney 2000.

    >>> _dominance(np.array([[2.0, 0, 0, 0, 0], [0, 0, 0, 0, 2.0]])).tolist()
    [0.25, 0.75]
    """
    if not len(counts):
        return np.zeros(0)
    share = counts / counts.sum(axis=1, keepdims=True)
    below = np.cumsum(share, axis=1) - share
    return np.asarray((share @ (below + share / 2).T).mean(axis=1))


def _places(keys: Sequence[tuple[ArrayLike, ArrayLike]]) -> list[tuple[int, int]]:
    """The first and the last place of every cell, lowest key first; equal keys share their places."""
    known = [(float(np.asarray(first)), float(np.asarray(second))) for first, second in keys]
    return [(1 + sum(other < key for other in known), sum(other <= key for other in known)) for key in known]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _margins(area: str, cells: list[NeedScore], rules: NeedsMethod) -> NeedMargins:
    return NeedMargins(
        area=area,
        functions={f.code: _mean_of(c.mean for c in cells if c.function == f.code) for f in rules.functions},
        resources={r.code: _mean_of(c.mean for c in cells if c.resource == r.code) for r in rules.resources},
        overall=_mean_of(cell.mean for cell in cells),
    )


def _mean_of(means: Iterable[float | None]) -> float | None:
    """The unweighted mean of cell means; None where there is no cell or one is empty."""
    known: list[float] = []
    for mean in means:
        if mean is None:
            return None
        known.append(mean)
    return sum(known) / len(known) if known else None
