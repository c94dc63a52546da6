"""The needs matrix with its limits: intervals, sure marks, and orders that do not rest on equal spacing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.inputs import Areas, Needs
from kume_desktop.scoring.needs import score_needs
from kume_desktop.scoring.uncertainty.intervals import mean_interval
from tests.scoring.rules import FUNCTIONS, RESOURCES

CELLS = tuple(f"{f}_{r}" for f in FUNCTIONS for r in RESOURCES)


def matrix(columns, area=None):
    """Needs from the answers to each cell, all of one length; cells without a column answer 3."""
    n = len(columns[0])
    table = np.full((n, 10), 3, dtype=np.int64)
    for place, column in enumerate(columns):
        table[:, place] = column
    where = np.zeros(n, dtype=np.int64) if area is None else np.array(area)
    return Needs(tuple(f"F{k}" for k in range(n)), where, CELLS, table, np.zeros_like(table))


def scored(method, columns, eligible_n=None):
    area = Areas(("a",), ("a",), ("a",), np.array([-1], dtype=np.int64))
    whole = None if eligible_n is None else np.array([eligible_n])
    return {cell.cell: cell for cell in score_needs(area, matrix(columns), method, whole)[0]}


def first(method, answers, eligible_n=None):
    return scored(method, [answers], eligible_n)[CELLS[0]]


ANSWERS = [2, 2, 3, 1, 4, 2, 3, 5, 2, 3, 2, 1, 3, 2]


@pytest.mark.parametrize("eligible_n", [None, 20, 14])
def test_that_a_cell_has_the_interval_of_its_mean(eligible_n, method):
    cell = first(method, ANSWERS, eligible_n)
    assert cell.interval == mean_interval(np.array(ANSWERS, dtype=float), 1, 5, eligible_n)
    assert cell.interval.how == ("census" if eligible_n == 14 else "logit-t")


def test_that_few_answers_or_none_have_a_reason_and_are_never_sure(method):
    few = first(method, [1] * 9)
    assert (few.interval.reason, few.is_critical, few.critical_sure, few.need_sure) == ("few", True, False, False)
    none = first(method, [0] * 12)
    assert (none.interval.reason, none.median, none.dominance, none.need_sure) == ("nobody", None, None, False)
    assert not none.order_changes


def test_that_unanimous_answers_do_not_have_width_0(method):
    cell = first(method, [1] * 12, 40)
    assert cell.interval.how == "dirichlet"
    assert cell.interval.low == 1.0 < cell.interval.high
    assert cell.need_sure
    assert cell.critical_sure


def test_that_a_list_shorter_than_the_answers_counts_as_unknown(method):
    """It is wrong, and no reason to be surer than without a list."""
    assert first(method, ANSWERS, 5).interval == first(method, ANSWERS).interval
    assert not first(method, ANSWERS, 5).interval.corrected


@pytest.mark.parametrize(
    ("answers", "is_need", "need_sure"),
    [
        ([2] * 15 + [3] * 5, True, True),
        ([3] * 10 + [2] * 6 + [4] * 4, True, False),
        ([4] * 15 + [3] * 5, False, True),
        ([3] * 10 + [2] * 4 + [4] * 6, False, False),
    ],
)
def test_that_a_need_is_sure_where_the_interval_stays_on_its_side(answers, is_need, need_sure, method):
    cell = first(method, answers)
    assert (cell.is_need, cell.need_sure) == (is_need, need_sure)


@pytest.mark.parametrize(
    ("answers", "is_critical", "critical_sure"),
    [
        ([1] * 12 + [2] * 8, True, True),
        ([2] * 19 + [5], True, True),
        ([2] * 16 + [5] * 14, True, False),
        ([2] * 24 + [5] * 6, True, True),
        ([4] * 18 + [2] * 2, False, True),
        ([3] * 13 + [2] * 7, False, False),
    ],
)
def test_that_critical_is_sure_by_the_mean_or_by_the_share(answers, is_critical, critical_sure, method):
    cell = first(method, answers)
    assert (cell.is_critical, cell.critical_sure) == (is_critical, critical_sure)


def test_that_a_census_is_sure_of_everything(method):
    cell = first(method, [3] * 10 + [2] * 6 + [4] * 4, 20)
    assert (cell.is_need, cell.need_sure, cell.critical_sure) == (True, True, True)


def test_that_limits_count_at_the_limit_itself(method):
    """A census with mean exactly 3 is surely no need; with mean exactly 2.60 it is surely critical."""
    assert first(method, [2, 4] * 6, 12).need_sure
    at = first(method, [2, 3, 3, 2, 3] * 4, 20)
    assert (at.mean, at.is_critical, at.critical_sure) == (pytest.approx(2.6), True, True)


def test_that_equal_orders_change_nothing(method):
    columns = [[level] * 12 for level in (1, 2, 3, 4, 5)]
    found = scored(method, columns)
    assert not any(cell.order_changes for cell in found.values())
    assert [found[code].median for code in CELLS[:5]] == [1, 2, 3, 4, 5]


def test_that_a_cell_whose_place_rests_on_equal_spacing_is_marked(method):
    """Nine answers 3 and three answers 5 have the higher mean, six 4 and six 3 the higher share of 4-5."""
    split, middle = [3] * 9 + [5] * 3, [4] * 5 + [3] * 7
    found = scored(method, [split, middle, *[[1] * 12] * 8])
    assert found[CELLS[0]].mean > found[CELLS[1]].mean
    assert found[CELLS[0]].adequate_share < found[CELLS[1]].adequate_share
    assert (found[CELLS[0]].order_changes, found[CELLS[1]].order_changes) == (True, True)
    assert not any(found[code].order_changes for code in CELLS[2:])


def test_that_dominance_is_that_of_a_random_pair_of_answers(method):
    columns = [[1, 5, 5, 2], [3, 3, 4, 1]]
    found = scored(method, columns)
    answers = [columns[0], columns[1], *[[3] * 4] * 8]
    for code, own in zip(CELLS[:2], answers[:2], strict=True):
        pairs = [np.mean([(x > y) + (x == y) / 2 for x in own for y in other]) for other in answers]
        assert found[code].dominance == pytest.approx(np.mean(pairs), abs=1e-12)


def test_that_experts_are_scored_like_firms_without_a_list(method):
    experts = replace(matrix([[2, 3, 1]]), firms=("uzman-1", "uzman-2", "uzman-3"))
    cells, _ = score_needs(Areas(("a",), ("a",), ("a",), np.array([50])), experts, method)
    assert (cells[0].n, cells[0].mean, cells[0].interval.reason) == (3, 2.0, "few")


tables = st.integers(1, 16).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 5), min_size=n, max_size=n), min_size=10, max_size=10)
)


@given(columns=tables, seed=st.integers(0, 100), frame=st.sampled_from([None, 16, 60]))
@settings(max_examples=60, deadline=None)
def test_that_the_order_of_firms_changes_nothing_and_marks_agree_with_limits(columns, seed, frame, method):
    order = np.random.default_rng(seed).permutation(len(columns[0]))
    found = scored(method, columns, frame)
    assert scored(method, [[column[k] for k in order] for column in columns], frame) == found
    for cell in found.values():
        if cell.interval.low is None:
            assert not (cell.need_sure or cell.critical_sure)
            continue
        assert 1 <= cell.interval.low <= cell.mean + 1e-9
        assert cell.mean - 1e-9 <= cell.interval.high <= 5
        if cell.need_sure:
            assert (cell.interval.high < 3) == cell.is_need


@given(columns=tables)
@settings(max_examples=40, deadline=None)
def test_that_dominance_of_all_cells_averages_a_half(columns, method):
    known = [cell.dominance for cell in scored(method, columns).values() if cell.dominance is not None]
    assert not known or np.mean(known) == pytest.approx(0.5, abs=1e-9)


@given(columns=tables, seed=st.integers(0, 100))
@settings(max_examples=30, deadline=None)
def test_that_the_order_of_the_cells_in_the_answers_changes_nothing(columns, seed, method):
    area = Areas(("a",), ("a",), ("a",), np.array([-1], dtype=np.int64))
    plain = matrix(columns)
    order = np.random.default_rng(seed).permutation(10)
    turned = replace(
        plain, cells=tuple(CELLS[k] for k in order), answers=plain.answers[:, order], reserve=plain.reserve[:, order]
    )
    assert score_needs(area, turned, method) == score_needs(area, plain, method)
