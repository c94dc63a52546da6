"""The needs matrix: means and shares, reserve answers, ranks, bands, margins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.inputs import Areas, Needs
from kume_desktop.scoring.needs import score_needs


def by_cell(scored):
    return {need.cell: need for need in scored}


def test_that_a_cell_has_mean_shares_gap_and_index(method, areas, needs):
    table = [(0, [answer, *[3] * 9]) for answer in (1, 2, 2, 5)]
    cell = by_cell(score_needs(areas("a"), needs(table), method)[0])["uretim_insan"]
    assert (cell.n, cell.counts) == (4, (1, 2, 0, 0, 1))
    assert (cell.mean, cell.inadequate_share, cell.adequate_share) == (2.5, 0.75, 0.25)
    assert (cell.gap, cell.need_index) == (2.5, 62.5)
    assert cell.deviation == pytest.approx(np.std([1, 2, 2, 5], ddof=1), abs=1e-12)
    assert (cell.function, cell.resource) == ("uretim", "insan")


def test_that_reserve_answers_are_counted_apart_and_enter_no_mean(method, areas, needs):
    table = [(0, [answer, *[3] * 9]) for answer in (4, "na", "na", "dk", "nr", "conflict", 0)]
    cell = by_cell(score_needs(areas("a"), needs(table), method)[0])["uretim_insan"]
    assert (cell.n, cell.mean) == (1, 4.0)
    assert (cell.not_applicable, cell.does_not_know, cell.declined, cell.in_conflict) == (2, 1, 1, 1)


def test_that_a_cell_without_answers_has_no_numbers_no_rank_and_no_mark(method, areas, needs):
    table = [(0, ["dk", *[1] * 9])]
    cell = by_cell(score_needs(areas("a"), needs(table), method)[0])["uretim_insan"]
    assert (cell.n, cell.mean, cell.gap, cell.rank, cell.band, cell.deviation) == (0, None, None, None, None, None)
    assert not cell.is_need
    assert not cell.is_critical


def test_that_cells_are_ranked_by_gap_then_share_and_equals_share_a_rank(method, areas, needs):
    first, second, third, fourth = [1, 5], [3, 3], [2, 4], [4, 4]
    rest = [5, 5]
    columns = [first, second, third, fourth, *[rest] * 6]
    table = [(0, [column[k] for column in columns]) for k in range(2)]
    scored = by_cell(score_needs(areas("a"), needs(table), method)[0])
    ranks = [need.rank for need in scored.values()]
    assert ranks == [1, 3, 1, 4, 5, 5, 5, 5, 5, 5]


@pytest.mark.parametrize(
    ("answers", "need", "critical"),
    [
        ([3, 3], False, False),
        ([3, 3, 2], True, False),
        ([2, 3, 3, 2, 3], True, True),
        ([2, 2, 5, 5], False, True),
        ([3, 2, 3], True, False),
    ],
)
def test_that_needs_and_critical_cells_are_marked_at_their_limits(answers, need, critical, method, areas, needs):
    table = [(0, [answer, *[3] * 9]) for answer in answers]
    cell = by_cell(score_needs(areas("a"), needs(table), method)[0])["uretim_insan"]
    assert (cell.is_need, cell.is_critical) == (need, critical)


def test_that_margins_are_unweighted_means_of_cell_means(method, areas, needs):
    table = [(0, [1, 2, 3, 4, 5, 5, 5, 5, 5, 5]), (0, [1, "dk", 3, 4, 5, 3, 3, 3, 3, 3])]
    _, (margin,) = score_needs(areas("a"), needs(table), method)
    assert margin.functions == {"uretim": 3.0, "pazarlama": 4.0}
    assert margin.resources["finansman"] == (2 + 4) / 2
    assert margin.overall == 3.5


def test_that_a_margin_over_an_empty_cell_is_none(method, areas, needs):
    _, (margin,) = score_needs(areas("a"), needs([(0, ["dk", *[3] * 9])]), method)
    assert margin.functions == {"uretim": None, "pazarlama": 3.0}
    assert (margin.resources["insan"], margin.resources["bilgi"], margin.overall) == (None, 3.0, None)


def test_that_areas_do_not_mix(method, areas, needs):
    table = [(0, [1] * 10), (1, [5] * 10), (1, [5] * 10)]
    scored, margins = score_needs(areas("a", "b", "c"), needs(table), method)
    assert [(need.area, need.n, need.mean) for need in scored if need.cell == "uretim_bilgi"] == [
        ("a", 1, 1.0), ("b", 2, 5.0), ("c", 0, None),
    ]  # fmt: skip
    assert [margin.overall for margin in margins] == [1.0, 5.0, None]


def test_that_a_cell_that_no_form_asks_is_empty(method, areas, needs):
    asked = needs([(0, [3] * 10)])
    fewer = replace(asked, cells=asked.cells[1:], answers=asked.answers[:, 1:], reserve=asked.reserve[:, 1:])
    scored = by_cell(score_needs(areas("a"), fewer, method)[0])
    assert scored["uretim_insan"].n == 0
    assert scored["uretim_finansman"].n == 1


def test_that_an_answer_outside_the_scale_is_a_bug(method, areas, needs):
    with pytest.raises(ValueError, match="outside"):
        score_needs(areas("a"), needs([(0, [6, *[3] * 9])]), method)


@given(answers=st.lists(st.integers(0, 5), min_size=1, max_size=30), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_that_means_stay_in_their_band_and_shares_between_0_and_1(answers, seed, method):
    cells = tuple(cell.code for cell in method.needs.cells)
    table = np.random.default_rng(seed).permuted(np.tile(answers, (10, 1)), axis=1).T.astype(np.int64)
    areas = Areas(("a",), ("a",), ("a",), np.array([-1], dtype=np.int64))
    firms = tuple(f"F{k}" for k in range(len(table)))
    given_needs = Needs(firms, np.zeros(len(table), dtype=np.int64), cells, table, np.zeros_like(table))
    scored, _ = score_needs(areas, given_needs, method)
    for cell in scored:
        assert cell.n == sum(cell.counts) == sum(answer > 0 for answer in answers)
        if cell.mean is not None:
            assert 1 <= cell.mean <= 5
            assert 0 <= cell.inadequate_share <= 1
            assert cell.gap == 5 - cell.mean
            assert cell.rank == 1
