"""Composite indicators worked out with fractions: aggregation, weights, gaps, imputation, shares of a factorial."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from kume_desktop.scoring.explanation.changes import holm
from kume_desktop.scoring.explanation.contributions import contributions
from kume_desktop.scoring.index import geometric, index_under
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.uncertainty.imputation import two_way
from kume_desktop.scoring.uncertainty.leaving_out import leave_out
from kume_desktop.scoring.uncertainty.options import weighted_index
from kume_desktop.scoring.uncertainty.sensitivity import factorial, variance_shares
from kume_desktop.scoring.weights.ahp import ahp_weights
from kume_desktop.scoring.weights.budget import budget_weights

HEADINGS = {"h1": ("g1", "g2"), "h2": ("g3", "g4"), "h3": ("g5", "g6", "g7"), "h4": ("g8", "g9", "g10")}
CODES = tuple(code for codes in HEADINGS.values() for code in codes)
MEANS = [Fraction(m) for m in ("9/4", "2", "5/3", "3", "1", "7/5", "12/5", "5/2", "11/10", "29/10")]
WEIGHTS = [Fraction(w) for w in ("1", "2", "1/2", "3", "1", "5/2", "1/4", "1", "4", "3/4")]
TREE = {"h1": Fraction(1), "h2": Fraction(3, 2), "h3": Fraction(1, 2), "h4": Fraction(2)}


def weighted(method: Method, **changes: object) -> Method:
    return replace(method, weights={code: float(w) for code, w in zip(CODES, WEIGHTS, strict=True)}, **changes)


def values(gaps: tuple[int, ...] = ()) -> np.ndarray:
    return np.array([np.nan if place in gaps else float(mean) for place, mean in enumerate(MEANS)])


def by_hand(gaps: tuple[int, ...] = ()) -> Fraction:
    """100 sum(w m) / (3 sum w) over what is there."""
    kept = [place for place in range(10) if place not in gaps]
    return 100 * sum(WEIGHTS[p] * MEANS[p] for p in kept) / (3 * sum(WEIGHTS[p] for p in kept))


def tree_by_hand(gaps: tuple[int, ...] = ()) -> Fraction:
    """The weighted mean of the headings, each the weighted mean of what is scored in it."""
    above = below = Fraction(0)
    for heading, codes in HEADINGS.items():
        kept = [CODES.index(code) for code in codes if CODES.index(code) not in gaps]
        if kept:
            mean = sum(WEIGHTS[p] * MEANS[p] for p in kept) / sum(WEIGHTS[p] for p in kept)
            above, below = above + TREE[heading] * mean, below + TREE[heading]
    return 100 * above / (3 * below)


@pytest.mark.parametrize("gaps", [(), (0,), (3, 8), (0, 1), (0, 1, 2, 3), tuple(range(9))])
def test_that_flat_and_tree_indices_are_those_of_exact_arithmetic(gaps, method):
    tree = {code: float(weight) for code, weight in TREE.items()}
    assert index_under(values(gaps), weighted(method)) == pytest.approx(float(by_hand(gaps)), abs=1e-11)
    found = index_under(values(gaps), weighted(method, heading_weights=tree))
    assert found == pytest.approx(float(tree_by_hand(gaps)), abs=1e-11)


@pytest.mark.parametrize("gaps", [(), (2,), (4, 5, 6)])
def test_that_contributions_are_the_exact_parts_of_the_index(gaps, method):
    kept = [place for place in range(10) if place not in gaps]
    below = 3 * sum(WEIGHTS[p] for p in kept)
    parts = contributions(values(gaps), weighted(method))
    assert [float(100 * WEIGHTS[p] * MEANS[p] / below) for p in kept] == pytest.approx(parts[kept].tolist(), abs=1e-12)
    assert np.isnan(parts[list(gaps)]).all()


def test_that_the_geometric_index_is_a_product_of_powers(method):
    shares = [float(weight / sum(WEIGHTS)) for weight in WEIGHTS]
    expected = 100 * np.prod([(float(m) / 3) ** share for m, share in zip(MEANS, shares, strict=True)])
    assert geometric(values(), weighted(method)) == pytest.approx(float(expected), abs=1e-11)
    again = weighted_index(values(), np.ones((1, 10)), np.array(shares), "geometric", 3.0)
    assert again[0] == pytest.approx(float(expected), abs=1e-11)


def test_that_the_handbook_example_of_compensation_holds():
    """OECD/JRC (2008), 6.6: (21, 1, 1, 1) and (6, 6, 6, 6) are equal arithmetically, 2.14 and 6 geometrically."""
    first, second = np.array([21.0, 1, 1, 1]), np.full(4, 6.0)
    own = np.full(4, 0.25)
    told = [[weighted_index(m, np.ones((1, 4)), own, how, 100.0)[0] for m in (first, second)]
            for how in ("arithmetic", "geometric")]  # fmt: skip
    assert told[0] == pytest.approx([6.0, 6.0], abs=1e-12)
    assert told[1] == pytest.approx([21**0.25, 6.0], abs=1e-12) and round(told[1][0], 2) == 2.14


def test_that_leaving_one_indicator_out_is_that_of_exact_arithmetic(method, areas, levels):
    table = [[1, 2, 3, 4, 5, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 5, 4, 3, 2, 1], [3, 3, 3, 3, 3, 3, 3, 1, 1, 5]]
    collapsed = [[{1: 1, 2: 1, 3: 2, 4: 3, 5: 3}[level] for level in row] for row in table]
    means = [Fraction(sum(column), 3) for column in zip(*collapsed, strict=True)]
    found = leave_out(areas("a"), levels([(0, row) for row in table]), None, weighted(method))
    told = {one.what: one.score for one in found if one.kind == "indicator"}
    for place, code in enumerate(CODES):
        kept = [p for p in range(10) if p != place]
        exact = 100 * sum(WEIGHTS[p] * means[p] for p in kept) / (3 * sum(WEIGHTS[p] for p in kept))
        assert told[code] == pytest.approx(float(exact), abs=1e-11)


def test_that_two_way_imputation_is_that_of_exact_arithmetic():
    table = [[3, None, 2], [1, 2, None], [2, 3, 3], [None, 1, 1]]
    known = [Fraction(v) for row in table for v in row if v is not None]
    overall = sum(known) / len(known)

    def mean(values):
        there = [Fraction(v) for v in values if v is not None]
        return sum(there) / len(there)

    columns = list(zip(*table, strict=True))
    exact = [
        [float(mean(row) + mean(columns[k]) - overall) if v is None else float(v) for k, v in enumerate(row)]
        for row in table
    ]
    given = np.array([[np.nan if v is None else v for v in row] for row in table])
    assert two_way(given) == pytest.approx(np.array(exact), abs=1e-12)


def effects(scores: np.ndarray) -> dict[tuple[int, ...], Fraction]:
    """The variance of every main effect and interaction of a full grid, by subtracting what is below it."""
    exact = {place: Fraction(str(value)) for place, value in np.ndenumerate(scores)}
    axes = range(scores.ndim)

    def mean_given(fixed: tuple[int, ...], at: tuple[int, ...]) -> Fraction:
        cells = [v for place, v in exact.items() if all(place[a] == at[a] for a in fixed)]
        return sum(cells, Fraction(0)) / len(cells)

    parts: dict[tuple[int, ...], dict[tuple[int, ...], Fraction]] = {}
    for size in range(scores.ndim + 1):
        for group in combinations(axes, size):
            parts[group] = {
                at: mean_given(group, at) - sum((parts[low][at] for low in parts if set(low) < set(group)), Fraction(0))
                for at in exact
            }
    return {
        group: sum((v * v for v in part.values()), Fraction(0)) / len(exact) for group, part in parts.items() if group
    }


@pytest.mark.parametrize(("shape", "seed"), [((2, 2, 3, 2), 1), ((3, 2, 3, 2), 2), ((1, 2, 3, 1), 3), ((2, 2), 4)])
def test_that_variance_shares_are_those_of_an_exact_analysis_of_variance(shape, seed):
    scores = np.random.default_rng(seed).integers(0, 1000, shape) / 8.0
    names = tuple(f"f{place}" for place in range(len(shape)))
    exact = effects(scores)
    whole = sum(exact.values(), Fraction(0))
    for place, share in enumerate(variance_shares(scores, names)):
        total = sum((v for group, v in exact.items() if place in group), Fraction(0))
        assert share.first_order == pytest.approx(float(exact[(place,)] / whole), abs=1e-12)
        assert share.total == pytest.approx(float(total / whole), abs=1e-12)


def test_that_the_factorial_scores_are_those_of_exact_arithmetic(method):
    """All 24 arithmetic and geometric combinations of one area with a gap, each worked out by itself."""
    table: list[list[int | None]] = [[1, 2, 3, 4, 5, 5, 4, 3, 2, 1], [2, None, 4, 5, 1, 3, 4, 4, 2, 5], [5] * 10]
    found = factorial("a", np.array([[np.nan if v is None else v for v in row] for row in table]), weighted(method))
    weights = {
        "method": [w / sum(WEIGHTS) for w in WEIGHTS],
        "equal": [Fraction(1, 10)] * 10,
        "equal_headings": [Fraction(1, 4 * len(codes)) for codes in HEADINGS.values() for _ in codes],
    }
    collapse = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}

    def column_means(rows, missing, low, high):
        known = [Fraction(v) for row in rows for v in row if v is not None]
        overall = sum(known) / len(known)
        row_mean = [Fraction(sum(v for v in r if v is not None), sum(v is not None for v in r)) for r in rows]
        means = []
        for column in zip(*rows, strict=True):
            there = [Fraction(v) for v in column if v is not None]
            mean = sum(there) / len(there)
            fill = {"leave_out": None, "lowest": lambda _row: Fraction(low)}.get(
                missing, lambda row, mean=mean: min(Fraction(high), max(Fraction(low), row_mean[row] + mean - overall))
            )
            full = [
                Fraction(v) if v is not None else fill(row) for row, v in enumerate(column) if v is not None or fill
            ]
            means.append(sum(full) / len(full))
        return means

    scaled = [[None if v is None else collapse[v] for v in row] for row in table]
    expected = {}
    for missing in ("leave_out", "lowest", "two_way"):
        before = column_means(scaled, missing, 1, 3)
        after = [Fraction(collapse[int(m + Fraction(1, 2))]) for m in column_means(table, missing, 1, 5)]
        for (name, own), (when, means) in product(weights.items(), (("before", before), ("after", after))):
            total = float(100 * sum(w * m for w, m in zip(own, means, strict=True)) / 3)
            power = 100 * float(np.prod([(float(m) / 3) ** float(w) for w, m in zip(own, means, strict=True)]))
            expected |= {(name, "arithmetic", missing, when): total, (name, "geometric", missing, when): power}
    told = {(one.weights, one.aggregation, one.missing, one.collapse): one.score for one in found.choices}
    assert told == pytest.approx(expected, abs=1e-10) and len(told) == 36


@pytest.mark.parametrize(
    ("given", "adjusted"),
    [
        ([0.01, 0.02, 0.03, 0.04, 0.05], [0.05, 0.08, 0.09, 0.09, 0.09]),
        ([0.010, 0.015, 0.005, 0.900], [0.03, 0.03, 0.02, 0.9]),
        ([0.6, 0.7], [1.0, 1.0]),
        ([0.02, 0.02], [0.04, 0.04]),
    ],
)
def test_that_holm_steps_down_and_never_falls(given, adjusted):
    assert holm(given) == pytest.approx(adjusted, abs=1e-12)


def test_that_saatys_three_by_three_has_its_closed_form():
    """Of three things the weights are the geometric means of the rows, and l = 1 + r + 1/r, r^3 = a13 / (a12 a23)."""
    a12, a13, a23 = 3.0, 5.0, 2.0
    weights, ratio = ahp_weights(np.array([[1, a12, a13], [1 / a12, 1, a23], [1 / a13, 1 / a23, 1]]))
    rows = np.array([a12 * a13, a23 / a12, 1 / (a13 * a23)]) ** (1 / 3)
    r = (a13 / (a12 * a23)) ** (1 / 3)
    assert weights == pytest.approx(rows / rows.sum(), abs=1e-12)
    assert ratio == pytest.approx((1 + r + 1 / r - 3) / 2 / 0.58, abs=1e-12)


def test_that_a_budget_is_an_exact_mean():
    exact = [Fraction(20 + 10 + 45, 300), Fraction(50 + 60 + 5, 300), Fraction(30 + 30 + 50, 300)]
    found = budget_weights(np.array([[20.0, 50, 30], [10, 60, 30], [45, 5, 50]]))
    assert found == pytest.approx([float(share) for share in exact], abs=1e-15)
