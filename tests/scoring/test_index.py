"""The index: published figures, order of the steps, missing indicators, and what must hold for any levels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.index import category_of, collapse_levels, index_of, means, score_areas
from kume_desktop.scoring.inputs import Areas, Levels
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE, Method
from kume_desktop.scoring.rounding import half_up

PUBLISHED = {29: (97, 1), 25: (83, 1), 22: (73, 2), 18: (60, 2), 15: (50, 3), 14: (47, 3)}
RAW = {1: 2, 2: 3, 3: 4}
"""A level 1-5 that collapses to each level 1-3."""


def ten_levels(total: int) -> list[int]:
    """Ten levels 1-3 with a sum."""
    levels = [1] * 10
    for place in range(total - 10):
        levels[place % 10] += 1
    return levels


def one_area(levels: list[list[float]], route: str = FIRM_ROUTE) -> tuple[Areas, Levels]:
    areas = Areas(("a",), ("a",), ("a",), np.array([-1], dtype=np.int64))
    array = np.array(levels, dtype=np.float64).reshape(len(levels), 10)
    targets = tuple(f"F{place}" for place in range(len(levels)))
    codes = tuple(f"g{k}" for k in range(1, 11))
    return areas, Levels(route, targets, np.zeros(len(levels), dtype=np.int64), codes, array)


@pytest.mark.parametrize("total", PUBLISHED)
@pytest.mark.parametrize("route", [FIRM_ROUTE, PANEL_ROUTE])
def test_that_the_published_sums_give_the_published_indices_and_categories(total, route, method):
    given = ten_levels(total)
    rows = [[RAW[v] for v in given]] * 12 if route == FIRM_ROUTE else [given]
    (area,) = score_areas(*one_area(rows, route), method)
    assert (area.published_index, area.published_category) == PUBLISHED[total]
    assert (area.published_sum, area.published_max) == (total, 30)
    assert area.score == pytest.approx(100 * total / 30, abs=1e-12)
    assert area.route == route


def test_that_levels_are_collapsed_before_the_mean_is_taken(method):
    """Levels 5, 5, 2, 2 average to 3.5 (level 4, collapsed 3); collapsed first they are 3, 3, 1, 1 with mean 2."""
    (area,) = score_areas(*one_area([[5] * 10, [5] * 10, [2] * 10, [2] * 10]), method)
    assert {entry.published for entry in area.indicators} == {2}
    assert {entry.mean5 for entry in area.indicators} == {3.5}
    wrong_order = collapse_levels(half_up(np.array([3.5])), method)
    assert wrong_order.tolist() == [3.0]


def test_that_the_wrong_order_gives_another_level_in_nearly_a_fifth_of_cells(method):
    random = np.random.default_rng(7)
    profiles = random.dirichlet((1.0, 1.5, 2.0, 1.5, 1.0), size=4000)
    cells = np.array([random.choice(5, size=20, p=profile) + 1.0 for profile in profiles])
    right = half_up(collapse_levels(cells, method).mean(axis=1))
    wrong = collapse_levels(half_up(cells.mean(axis=1)), method)
    assert 0.10 < np.mean(right != wrong) < 0.30


def test_that_one_firm_2_2_4_has_the_collapsed_mean_of_five_thirds(method):
    (area,) = score_areas(*one_area([[2] * 10, [2] * 10, [4] * 10]), method)
    assert area.indicators[0].mean == pytest.approx(5 / 3, abs=1e-12)
    assert area.indicators[0].published == 2
    assert area.indicators[0].counts == (0, 2, 0, 1, 0)
    assert area.indicators[0].deviation == pytest.approx(np.std([2, 2, 4], ddof=1), abs=1e-12)


def test_that_an_area_of_threes_is_67(method):
    (area,) = score_areas(*one_area([[3] * 10] * 4), method)
    assert (area.published_sum, area.published_index) == (20, 67)


def test_that_both_statistics_have_their_own_category(method):
    """Means of 2.5 and 1.5 round up: the published index leaps over the cut that the score stays below."""
    mixed = [[4.0, 4, 4, 4, 4, 1, 1, 1, 1, 1], [4.0, 4, 4, 4, 3, 3, 3, 3, 3, 3]]
    (area,) = score_areas(*one_area(mixed), method)
    assert area.published_index == 83
    assert area.score == pytest.approx(100 * 22 / 30)
    assert (area.category, area.published_category) == (2, 1)
    assert area.rounding_decides


def test_that_a_missing_indicator_leaves_numerator_and_denominator(method):
    row = [5.0, 5, 5, 5, 5, 5, 5, 5, 3, np.nan]
    (area,) = score_areas(*one_area([row]), method)
    assert area.scored == 9
    assert area.score == pytest.approx(100 * 26 / 27)
    assert area.published_max == 27
    assert area.headings[3].maximum == 6.0
    assert not area.few_indicators


@pytest.mark.parametrize(("scored", "few"), [(7, True), (8, False), (10, False)])
def test_that_fewer_than_eight_indicators_are_flagged(scored, few, method):
    row = [3.0] * scored + [np.nan] * (10 - scored)
    (area,) = score_areas(*one_area([row]), method)
    assert area.few_indicators is few


def test_that_an_area_without_levels_has_no_numbers(method, areas, levels):
    first, second = score_areas(areas("a", "b"), levels([(0, [3] * 10)]), method)
    assert first.score is not None
    assert (second.n, second.scored, second.score, second.published_index) == (0, 0, None, None)
    assert (second.category, second.published_category) == (None, None)
    assert all(entry.mean is None and entry.published is None for entry in second.indicators)
    assert all(heading.score is None and heading.points is None for heading in second.headings)


def test_that_no_interval_is_given_with_a_reason_and_without_a_number(method):
    (area,) = score_areas(*one_area([[3] * 10]), method)
    assert (area.interval.low, area.interval.high, area.interval.reason) == (None, None, "not-computed")


def test_that_a_frame_that_nobody_entered_is_none(method, areas, levels):
    (known,) = score_areas(areas("a", frame_n=64), levels([(0, [3] * 10)]), method)
    (unknown,) = score_areas(areas("a", frame_n=-1), levels([(0, [3] * 10)]), method)
    assert (known.frame_n, unknown.frame_n) == (64, None)


def test_that_the_points_of_the_headings_sum_to_the_index(method):
    random = np.random.default_rng(3)
    (area,) = score_areas(*one_area(random.integers(1, 6, (17, 10)).astype(float).tolist()), method)
    points = sum(heading.points for heading in area.headings)
    assert area.score == pytest.approx(100 * points / sum(heading.maximum for heading in area.headings), abs=1e-12)


def test_that_weights_enter_both_statistics(method):
    heavy = replace(method, weights={**method.weights, "g1": 11.0})
    row = [5.0] + [1.0] * 9
    (area,) = score_areas(*one_area([row]), heavy)
    assert area.score == pytest.approx(100 * (33 + 9) / 60)
    assert area.published_index == 70


def test_that_the_five_level_method_keeps_the_levels(rows, indicators):
    method = Method.from_rows(rows, indicators, "bes_duzey")
    (area,) = score_areas(*one_area([[4] * 10]), method)
    assert (area.published_index, area.published_max) == (80, 50)
    assert method.cut_points == pytest.approx((220 / 3, 140 / 3))
    assert area.category == 1


@pytest.mark.parametrize("level", [0, 6, 2.5])
def test_that_a_level_outside_the_scale_is_a_bug(level, method):
    with pytest.raises(ValueError, match="level"):
        score_areas(*one_area([[level] + [3.0] * 9]), method)


def test_that_a_panel_level_outside_the_preset_is_a_bug(method):
    with pytest.raises(ValueError, match="panel"):
        score_areas(*one_area([[4.0] + [3.0] * 9], PANEL_ROUTE), method)


def test_that_an_unknown_indicator_is_a_bug(method):
    areas, levels = one_area([[3] * 10])
    with pytest.raises(ValueError, match="g99"):
        score_areas(areas, replace(levels, indicators=("g99", *levels.indicators[1:])), method)


def test_that_reaching_a_cut_counts_in_spite_of_binary_fractions():
    assert category_of(100 * 7 / 9, (700 / 9, 500 / 9)) == 1
    assert category_of(77.77777777777776, (77.77777777777777, 55.5)) == 1
    assert category_of(77.777777, (77.77777777777777, 55.5)) == 2


grids = st.integers(1, 12).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, float("nan")]), min_size=10, max_size=10),
        min_size=n,
        max_size=n,
    )
)
complete = st.integers(1, 12).flatmap(
    lambda n: st.lists(st.lists(st.integers(1, 5), min_size=10, max_size=10), min_size=n, max_size=n)
)
anyone = settings(max_examples=60, deadline=None)


@given(rows=grids)
@anyone
def test_that_every_index_lies_in_the_attainable_range(rows, method):
    (area,) = score_areas(*one_area(rows), method)
    for value in (area.score, area.published_index):
        assert value is None or 33 <= value <= 100
    assert (area.score is None) == (area.scored == 0)


@given(rows=grids, seed=st.integers(0, 1000))
@anyone
def test_that_the_order_of_the_firms_does_not_matter(rows, seed, method):
    shuffled = np.random.default_rng(seed).permutation(len(rows))
    one = score_areas(*one_area(rows), method)
    other = score_areas(*one_area([rows[k] for k in shuffled]), method)
    assert [area.score for area in one] == [area.score for area in other]
    means_of_one = [entry.mean for entry in one[0].indicators]
    assert means_of_one == [entry.mean for entry in other[0].indicators]


@given(rows=grids, times=st.integers(2, 4))
@anyone
def test_that_counting_every_firm_twice_changes_n_only(rows, times, method):
    (one,) = score_areas(*one_area(rows), method)
    (many,) = score_areas(*one_area(rows * times), method)
    assert many.n == one.n * times
    assert many.published_index == one.published_index
    assert many.score == one.score or many.score == pytest.approx(one.score, abs=1e-9)


@given(rows=complete, firm=st.integers(0, 11), indicator=st.integers(0, 9))
@anyone
def test_that_a_higher_level_never_lowers_an_index(rows, firm, indicator, method):
    firm %= len(rows)
    raised = [list(row) for row in rows]
    raised[firm][indicator] = min(5, raised[firm][indicator] + 1)
    (before,) = score_areas(*one_area(rows), method)
    (after,) = score_areas(*one_area(raised), method)
    assert after.score >= before.score
    assert after.published_index >= before.published_index
    assert after.category <= before.category


@given(rows=grids)
@anyone
def test_that_the_shape_of_the_result_never_depends_on_what_is_missing(rows, method):
    (area,) = score_areas(*one_area(rows), method)
    assert [entry.code for entry in area.indicators] == list(method.indicator_codes)
    assert [heading.code for heading in area.headings] == ["h1", "h2", "h3", "h4"]
    assert all(sum(entry.counts) == entry.n for entry in area.indicators)


def test_that_means_of_nothing_are_not_a_number():
    values, n = means(np.full((3, 2), np.nan))
    assert np.isnan(values).all()
    assert n.tolist() == [0, 0]
    assert np.isnan(index_of(values, np.ones(2), 3.0))
