"""Where the weights of a method come from: equal, typed in, a budget shared out by experts, or pairs compared (AHP).

Whatever the source, the weights of K indicators are put on the scale where they sum to K, so that 1 is "as much as
equal weights give". Their basis is kept in `Method.weight_basis`, so that anybody can work them out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from kume_desktop.scoring.weights.ahp import ahp_weights
from kume_desktop.scoring.weights.budget import budget_weights

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method

EQUAL, ENTERED, BUDGET, AHP = "equal", "entered", "budget", "ahp"
TREE, RATIOS = "headings", "ratios"

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Compared:
    """A method weighted by pairs, and the consistency ratio of each matrix (`headings` and each heading's code)."""

    method: Method
    ratios: Mapping[str, float]


def equal(method: Method) -> Method:
    """Give every indicator the weight 1."""
    return replace(method, weights=dict.fromkeys(method.indicator_codes, 1.0), weight_source=EQUAL, weight_basis={})


def entered(method: Method, weights: Mapping[str, float]) -> Method:
    """Take weights as a person typed them; all 1 are equal weights."""
    source = EQUAL if set(weights.values()) == {1.0} else ENTERED
    return replace(method, weights=dict(weights), weight_source=source, weight_basis={})


def from_budget(method: Method, shares: Mapping[str, Mapping[str, float]]) -> Method:
    """Take the mean of what experts gave of 100 points each: expert -> indicator -> points.

    Raises ValueError where an expert's points do not sum to 100 or none are left for an indicator by anybody.
    """
    codes = method.indicator_codes
    rows = np.array([[given.get(code, 0.0) for code in codes] for given in shares.values()], dtype=np.float64)
    found = budget_weights(rows)
    if np.any(found <= 0):
        raise ValueError("an indicator has no points at all")
    weights = {code: float(share) * len(codes) for code, share in zip(codes, found, strict=True)}
    basis = {expert: dict(given) for expert, given in shares.items()}
    return replace(method, weights=weights, weight_source=BUDGET, weight_basis=basis)


def pairs_needed(method: Method) -> dict[str, tuple[str, ...]]:
    """What is compared: the headings among themselves, then the indicators of every heading.

    A tree keeps 10 indicators at 14 comparisons; all pairs would be 45.
    """
    tree = {TREE: tuple(heading.code for heading in method.headings)}
    return tree | {heading.code: heading.indicators for heading in method.headings}


def unit_matrices(method: Method) -> dict[str, list[list[float]]]:
    """Matrices in which everything is equally important."""
    return {name: [[1.0] * len(items) for _ in items] for name, items in pairs_needed(method).items()}


def kept_matrices(method: Method) -> dict[str, list[list[float]]]:
    """The matrices that the weights of a method were made from; none where they come from elsewhere."""
    if method.weight_source != AHP:
        return {}
    wanted = pairs_needed(method)
    kept = {name: cast("Matrix", method.weight_basis[name]) for name in wanted if name in method.weight_basis}
    return {name: [list(map(float, row)) for row in matrix] for name, matrix in kept.items()}


def with_pair(matrix: Matrix, first: int, second: int, ratio: float) -> list[list[float]]:
    """The matrix with another comparison and its reciprocal.

    >>> with_pair([[1, 1], [1, 1]], 0, 1, 4)
    [[1, 4], [0.25, 1]]
    """
    changed = [list(row) for row in matrix]
    changed[first][second], changed[second][first] = ratio, 1 / ratio
    return changed


def from_pairs(method: Method, matrices: Mapping[str, Matrix]) -> Compared:
    """Weight the tree: an indicator weighs its share within the heading times the heading's share, times K.

    Raises ValueError for a matrix that is not reciprocal or has the wrong size. Source: Saaty 1980.
    """
    shares: dict[str, dict[str, float]] = {}
    ratios: dict[str, float] = {}
    for name, items in pairs_needed(method).items():
        matrix = np.array(matrices[name], dtype=np.float64)
        if matrix.shape != (len(items), len(items)):
            raise ValueError(f"the matrix of {name} does not compare {len(items)} things")
        found, ratios[name] = ahp_weights(matrix)
        shares[name] = {item: float(share) for item, share in zip(items, found, strict=True)}
    count = len(method.indicator_codes)
    weights = {
        code: shares[heading.code][code] * shares[TREE][heading.code] * count
        for heading in method.headings
        for code in heading.indicators
    }
    basis: dict[str, object] = {name: [list(row) for row in matrix] for name, matrix in matrices.items()}
    basis[RATIOS] = dict(ratios)
    ordered = {code: weights[code] for code in method.indicator_codes}
    return Compared(replace(method, weights=ordered, weight_source=AHP, weight_basis=basis), ratios)
