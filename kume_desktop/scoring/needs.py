"""The needs matrix: two functions by five resources, per activity area, as the source's Fonksiyon-Kaynak Matriksi."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from kume_desktop.scoring.index import deviation
from kume_desktop.scoring.inputs import Areas, IntArray, Needs
from kume_desktop.scoring.method import Cell, Method, NeedsMethod
from kume_desktop.scoring.results import NeedMargins, NeedScore
from kume_desktop.scoring.rounding import settle

BEST = 5
INADEQUATE = 2
ADEQUATE = 4
RESERVES = {"na": 1, "dk": 2, "nr": 3, "conflict": 4}


def score_needs(areas: Areas, needs: Needs, method: Method) -> tuple[tuple[NeedScore, ...], tuple[NeedMargins, ...]]:
    """Score the cells of every area, in the order of `areas` and of the method's cells, and their margins.

    Raises ValueError for an answer outside 0-5. A cell that nobody was asked has n = 0 and None for its numbers.
    """
    if np.any((needs.answers < 0) | (needs.answers > BEST)):
        raise ValueError("an answer of a need cell is outside 0-5")
    scored: list[NeedScore] = []
    margins: list[NeedMargins] = []
    for place, code in enumerate(areas.codes):
        rows = needs.area == place
        cells = [_cell(code, cell, *_column(needs, cell.code, rows), method.needs) for cell in method.needs.cells]
        ranked = _ranked(cells)
        scored.extend(ranked)
        margins.append(_margins(code, ranked, method.needs))
    return tuple(scored), tuple(margins)


def band_of(mean: float, bands: tuple[float, ...]) -> int:
    """The band of a mean, 1..5; a limit belongs to the band below it.

    >>> [band_of(x, (1.8, 2.6, 3.4, 4.2)) for x in (1.0, 1.8, 1.81, 2.6, 3.0, 5.0)]
    [1, 1, 2, 2, 3, 5]
    """
    return 1 + sum(bool(settle(mean) > settle(limit)) for limit in bands)


def _column(needs: Needs, cell: str, rows: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[IntArray, IntArray]:
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


def _ranked(cells: list[NeedScore]) -> list[NeedScore]:
    """Rank by gap, ties by share inadequate, both settled; equal cells share a rank (1, 2, 2, 4)."""
    keys = [_key(cell) for cell in cells]
    present = [key for key in keys if key is not None]
    return [
        cell if key is None else replace(cell, rank=1 + sum(other > key for other in present))
        for cell, key in zip(cells, keys, strict=True)
    ]


def _key(cell: NeedScore) -> tuple[float, float] | None:
    if cell.gap is None or cell.inadequate_share is None:
        return None
    return float(settle(cell.gap)), float(settle(cell.inadequate_share))


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
