"""Weights for non-response: post-stratification, raking, trimming, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.inputs import FloatArray, IntArray

FEWEST = 5
"""Firms that answered, below which a stratum is merged with a neighbour."""
TRIM_AT = 5.0
"""Weights above so many times their mean are cut."""
TOLERANCE = 1e-12
MOST_CYCLES = 1000


@dataclass(frozen=True, slots=True)
class Margin:
    """One division of the list: `group` (n,) of each firm that answered, `totals` (G,) firms of the list in each group.

    `merged` names the groups that were put together because they held too few firms that answered.
    """

    group: IntArray
    totals: FloatArray
    merged: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether nothing is divided any more."""
        return len(self.totals) < 2


@dataclass(frozen=True, slots=True)
class Raked:
    """The weights of raking (n,), how many cycles it took, and whether all margins were met."""

    weights: FloatArray
    cycles: int
    converged: bool


def ordered_margin(classes: Sequence[str], names: Sequence[str], listed: Sequence[int], fewest: int = FEWEST) -> Margin:
    """Groups of ordered `names` (size classes) with `listed` firms each, for answering firms of `classes` (n,).

    While a group has fewer than `fewest` firms that answered, or none on the list, the one with the fewest is merged
    with its neighbour that has fewer (the lower one where both are equal).
    Raises ValueError for a class that is not named.

    >>> margin = ordered_margin(["a"] * 6 + ["b"] * 2 + ["c"] * 7, "abc", [30, 10, 20])
    >>> margin.totals.tolist(), margin.merged
    ([40.0, 20.0], ('a+b',))
    """
    cells = [([name], _count(classes, name), n) for name, n in zip(names, listed, strict=True)]
    cells = [cell for cell in cells if cell[1] or cell[2]]
    while len(cells) > 1:
        place = min(range(len(cells)), key=lambda at: (cells[at][2] > 0, cells[at][1]))
        if cells[place][1] >= fewest and cells[place][2] > 0:
            break
        beside = [at for at in (place - 1, place + 1) if 0 <= at < len(cells)]
        low, high = sorted((place, min(beside, key=lambda at: cells[at][1])))
        cells[low : high + 1] = [_merged(cells[low], cells[high])]
    return _margin(classes, cells)


def loose_margin(classes: Sequence[str], names: Sequence[str], listed: Sequence[int], fewest: int = FEWEST) -> Margin:
    """As `ordered_margin` for names without an order (districts): all that have too few are put together.

    Where even together they are too few, the smallest of the others joins them. Classes that are not named (a firm
    found elsewhere) count as having too few.
    """
    everybody = [*names, *sorted(set(classes) - set(names))]
    numbers = [*listed, *(0 for _ in everybody[len(names) :])]
    cells = [([name], _count(classes, name), n) for name, n in zip(everybody, numbers, strict=True)]
    cells = [cell for cell in cells if cell[1] or cell[2]]
    rest = [cell for cell in cells if cell[1] < fewest or cell[2] <= 0]
    enough = sorted((cell for cell in cells if cell not in rest), key=lambda cell: cell[1])
    while enough and rest and (sum(cell[1] for cell in rest) < fewest or sum(cell[2] for cell in rest) <= 0):
        rest.append(enough.pop(0))
    together: list[_Cell] = []
    for cell in sorted(rest, key=lambda cell: cell[0]):
        together = [_merged(together[0], cell)] if together else [cell]
    return _margin(classes, sorted([*enough, *together], key=lambda cell: cell[0]))


_Cell = tuple[list[str], int, int]


def _count(classes: Sequence[str], name: str) -> int:
    return sum(one == name for one in classes)


def _merged(first: _Cell, second: _Cell) -> _Cell:
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


def _margin(classes: Sequence[str], cells: Sequence[_Cell]) -> Margin:
    place = {name: at for at, cell in enumerate(cells) for name in cell[0]}
    unknown = sorted(set(classes) - set(place))
    if unknown:
        raise ValueError(f"classes without a total: {unknown}")
    return Margin(
        np.array([place[name] for name in classes], dtype=np.int64),
        np.array([cell[2] for cell in cells], dtype=np.float64),
        tuple("+".join(cell[0]) for cell in cells if len(cell[0]) > 1),
    )


def post_stratified(start: FloatArray, margin: Margin) -> FloatArray:
    """Weights (n,) that make every group sum to its total: `w_i = d_i N_g / sum of d in g`.

    With equal `start` the weighted mean is the textbook's `sum(N_g / N x mean_g)` (Särndal, Swensson & Wretman 1992,
    section 7.6).

    >>> post_stratified(np.ones(3), Margin(np.array([0, 0, 1]), np.array([10.0, 30.0]))).tolist()
    [5.0, 5.0, 30.0]
    """
    sums = np.bincount(margin.group, weights=start, minlength=len(margin.totals))
    return np.asarray(start * (margin.totals / np.where(sums > 0, sums, 1.0))[margin.group])


def rake(start: FloatArray, margins: Sequence[Margin], most: int = MOST_CYCLES) -> Raked:
    """Iterative proportional fitting: meet each margin in turn until all are met to 1e-12 of their total.

    The totals of the further margins are scaled to the sum of the first, lists seldom agree to the last firm. Source:
    Deming & Stephan (1940), On a least squares adjustment of a sampled frequency table.

    >>> two = [Margin(np.array([0, 0, 1, 1]), np.array([6.0, 4.0])), Margin(np.array([0, 1, 0, 1]), np.array([5.0, 5]))]
    >>> rake(np.ones(4), two).weights.tolist()
    [3.0, 3.0, 2.0, 2.0]
    """
    whole = margins[0].totals.sum()
    fitted = [Margin(one.group, one.totals * (whole / one.totals.sum()), one.merged) for one in margins]
    weights = start.astype(np.float64)
    for cycle in range(1, most + 1):
        for margin in fitted:
            weights = post_stratified(weights, margin)
        if all(_gap(weights, margin) <= TOLERANCE for margin in fitted):
            return Raked(weights, cycle, converged=True)
    return Raked(weights, most, converged=False)


def _gap(weights: FloatArray, margin: Margin) -> float:
    sums = np.bincount(margin.group, weights=weights, minlength=len(margin.totals))
    return float(np.max(np.abs(sums - margin.totals) / margin.totals))


def trimmed(weights: FloatArray, at: float = TRIM_AT) -> tuple[FloatArray, int]:
    """Cut weights above `at` x mean to that limit and share what was cut over the others in proportion; and how many.

    Repeated until none lies above; sum and mean stay, so a second call changes nothing. Source: the cap of five means
    is that of DeBell & Krosnick (2009), Computing weights for American National Election Study survey data.

    >>> cut, number = trimmed(np.array([1.0] * 9 + [31.0]))
    >>> cut[0].round(6).item(), cut[9].item(), number
    (2.222222, 20.0, 1)
    """
    total, limit = float(weights.sum()), at * float(weights.mean())
    cut, over = weights.astype(np.float64), weights > limit * (1 + TOLERANCE)
    while np.any(cut[over] != limit):
        cut[over] = limit
        cut[~over] *= (total - limit * over.sum()) / cut[~over].sum()
        over |= cut > limit * (1 + TOLERANCE)
    return cut, int(over.sum())


def design_effect(weights: FloatArray) -> float:
    """Kish's design effect of unequal weights, `1 + cv^2 = n sum(w^2) / (sum w)^2`; `n_eff = n / deff`.

    Source: Kish (1965), Survey Sampling; Kish (1992), Weighting for unequal P_i.

    >>> design_effect(np.array([2.0, 2.0, 2.0])), design_effect(np.array([1.0, 3.0]))
    (1.0, 1.25)
    """
    return float(len(weights) * np.sum(weights**2) / np.sum(weights) ** 2)


def weighted_means(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Weighted means down the columns of (n, K), leaving NaN out; NaN where a column is empty."""
    present = ~np.isnan(values)
    own = np.where(present, weights[:, None], 0.0)
    total = own.sum(axis=0)
    sums = (own * np.where(present, values, 0.0)).sum(axis=0)
    return np.asarray(np.divide(sums, total, out=np.full(values.shape[1], np.nan), where=total > 0))
