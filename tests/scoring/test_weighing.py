"""The index under heading weights, the missing rules and the geometric what-if; exact contributions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.explanation.contributions import contributions
from kume_desktop.scoring.index import (
    geometric,
    index_of,
    index_under,
    means,
    scaled_levels,
    score_areas,
    with_intervals,
)
from kume_desktop.scoring.inputs import Areas, Levels
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import GEOMETRIC, LEAVE_OUT, LOWEST, PANEL_ROUTE
from tests.scoring.rules import HEADINGS, INDICATORS

AREA = Areas(("a",), ("a",), ("a",), np.array([40], dtype=np.int64))
NAN = float("nan")


def levels(rows, route="firma"):
    values = np.array(rows, dtype=np.float64).reshape(len(rows), 10)
    ids = tuple(f"F{k}" for k in range(len(rows)))
    return Levels(route, ids, np.zeros(len(rows), dtype=np.int64), INDICATORS, values)


def score(rows, method, route="firma"):
    return score_areas(AREA, levels(rows, route), method)[0]


ROW = [5.0, 5, 5, 5, 5, 5, 5, 5, 3, NAN]


def test_that_an_indicator_nobody_scored_counts_as_the_lowest_where_the_method_says_so(method):
    lowest = score([ROW], method.with_changes(missing_rule=LOWEST))
    assert lowest.score == pytest.approx(100 * (24 + 2 + 1) / 30)
    assert (lowest.published_sum, lowest.published_max, lowest.published_index) == (27, 30, 90)
    assert (lowest.scored, lowest.indicators[9].mean, lowest.indicators[9].published) == (9, None, None)
    assert lowest.indicators[9].contribution == pytest.approx(100 / 30)
    assert score([ROW], method).score == pytest.approx(100 * 26 / 27)


def test_that_a_heading_nobody_scored_counts_as_the_lowest_too(method):
    rows = [[3.0, 3, NAN, NAN, 3, 3, 3, 3, 3, 3]]
    lowest = score(rows, method.with_changes(missing_rule=LOWEST))
    assert lowest.headings[1].score == pytest.approx(100 / 3)
    assert lowest.score == pytest.approx(100 * sum(h.points for h in lowest.headings) / 30)
    assert score(rows, method).headings[1].score is None


@pytest.mark.parametrize("rule", [LEAVE_OUT, LOWEST])
def test_that_an_area_without_levels_has_no_index_under_any_rule(rule, method):
    found = score([[NAN] * 10], method.with_changes(missing_rule=rule))
    assert (found.score, found.published_index, found.published_max, found.scored) == (None, None, 0, 0)
    assert all(one.contribution is None for one in found.indicators)


def test_that_averaged_headings_are_the_weighted_mean_of_heading_scores(method):
    outer = {"h1": 3.0, "h2": 1.0, "h3": 2.0, "h4": 4.0}
    averaged = method.with_changes(heading_weights=outer, weights={**method.weights, "g2": 2.0})
    found = score([ROW, [1.0, 3, 2, 4, 5, 1, 3, 3, 4, NAN], [2.0, 4, 4, 1, 1, 5, 3, 2, NAN, NAN]], averaged)
    by_heading = {heading.code: heading.score for heading in found.headings}
    assert found.score == pytest.approx(sum(outer[code] * by_heading[code] for code in outer) / 10, abs=1e-12)
    assert sum(one.contribution for one in found.indicators if one.contribution) == pytest.approx(found.score, abs=1e-9)


def test_that_a_heading_without_levels_is_left_out_of_the_average(method):
    averaged = method.with_changes(heading_weights=dict.fromkeys(HEADINGS, 1.0))
    found = score([[5.0, 5, NAN, NAN, 1, 1, 1, 3, 3, 3]], averaged)
    assert found.score == pytest.approx((100 + 100 / 3 + 200 / 3) / 3)


def test_that_a_geometric_method_is_a_bug_not_a_score(method):
    with pytest.raises(ValueError, match="what-if"):
        score([ROW], method.with_changes(aggregation=GEOMETRIC))


def test_that_the_geometric_what_if_punishes_imbalance(method):
    even, uneven = np.full(10, 2.0), np.array([3.0, 1.0] * 5)
    assert geometric(even, method) == pytest.approx(index_under(even, method), abs=1e-12)
    assert geometric(uneven, method) == pytest.approx(100 * (1.0**5 * (1 / 3) ** 5) ** 0.1)
    assert geometric(np.array([3.0] + [NAN] * 9), method) == pytest.approx(100)
    assert np.isnan(geometric(np.full(10, NAN), method))


def test_that_a_panel_has_contributions_as_well(method):
    found = score([[3, 3, 2, 2, 1, 1, 2, 3, 3, 3]], method, PANEL_ROUTE)
    assert found.score == pytest.approx(100 * 23 / 30)
    assert found.indicators[0].contribution == pytest.approx(10)


def test_that_intervals_and_eligible_n_are_put_in_without_touching_a_figure(method):
    plain = score([ROW], method)
    whole, own = Interval(70.0, 99.0, 0.95, "", "logit-t"), Interval(1.0, 2.0, 0.95, "", "logit-t")
    found = with_intervals(plain, whole, (own,) * 10, 38, "entered")
    assert (found.interval, found.eligible_n, found.eligible_basis) == (whole, 38, "entered")
    assert {one.interval for one in found.indicators} == {own}
    assert with_intervals(found, plain.interval, [one.interval for one in plain.indicators]) == plain
    with pytest.raises(ValueError, match="shorter"):
        with_intervals(plain, whole, (own,) * 9)


grids = st.integers(1, 10).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NAN]), min_size=10, max_size=10), min_size=n, max_size=n
    )
)
weights = st.lists(st.floats(0.1, 20), min_size=10, max_size=10)
outer = st.one_of(st.none(), st.lists(st.floats(0.1, 9), min_size=4, max_size=4))
rules = st.sampled_from([LEAVE_OUT, LOWEST])


@given(rows=grids, own=weights, tree=outer, rule=rules)
@settings(max_examples=120, deadline=None)
def test_that_contributions_sum_to_the_score(rows, own, tree, rule, method):
    draft = method.with_changes(
        weights=dict(zip(INDICATORS, own, strict=True)),
        heading_weights={} if tree is None else dict(zip(HEADINGS, tree, strict=True)),
        missing_rule=rule,
    )
    found = score(rows, draft)
    given_points = [one.contribution for one in found.indicators if one.contribution is not None]
    assert (found.score is None) == (not given_points)
    if found.score is not None:
        assert sum(given_points) == pytest.approx(found.score, abs=1e-9)
        assert 100 / 3 - 1e-9 <= found.score <= 100 + 1e-9
        mean, _ = means(scaled_levels(levels(rows), draft))
        assert geometric(mean, draft) <= found.score + 1e-9


@given(rows=grids, own=weights, tree=outer, factor=st.floats(0.01, 100))
@settings(max_examples=60, deadline=None)
def test_that_scaling_weights_changes_nothing(rows, own, tree, factor, method):
    plain = method.with_changes(
        weights=dict(zip(INDICATORS, own, strict=True)),
        heading_weights={} if tree is None else dict(zip(HEADINGS, tree, strict=True)),
    )
    scaled = plain.with_changes(
        weights={code: factor * weight for code, weight in plain.weights.items()},
        heading_weights={code: factor * weight for code, weight in plain.heading_weights.items()},
    )
    one, other = score(rows, plain), score(rows, scaled)
    assert one.score == other.score or one.score == pytest.approx(other.score, abs=1e-9)
    assert one.published_category == other.published_category


@given(rows=grids, seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_that_the_order_of_the_items_changes_nothing(rows, seed, method):
    order = np.random.default_rng(seed).permutation(10)
    given_levels = levels(rows)
    turned = replace(given_levels, indicators=tuple(INDICATORS[k] for k in order), levels=given_levels.levels[:, order])
    assert score_areas(AREA, turned, method) == score_areas(AREA, given_levels, method)


@given(rows=grids)
@settings(max_examples=40, deadline=None)
def test_that_reverse_coding_mirrors_the_index_and_twice_is_the_identity(rows, method):
    once = (6 - np.array(rows)).tolist()
    one, mirrored = score(rows, method), score(once, method)
    assert one.score is None or mirrored.score == pytest.approx(400 / 3 - one.score, abs=1e-9)
    assert score((6 - np.array(once)).tolist(), method) == one


def test_that_contributions_follow_the_formula():
    """Three indicators by hand: weights 1, 2, 1 and means 3, 1.5, missing: 100 x 3 / (3 x 3) and 100 x 3 / (3 x 3)."""
    assert index_of(np.array([3.0, 1.5, NAN]), np.array([1.0, 2.0, 1.0]), 3.0) == pytest.approx(200 / 3)


def test_that_contributions_of_rounded_means_sum_to_the_published_index(method):
    published = np.array([3.0, 3, 3, 3, 3, 2, 2, 2, 2, 2])
    points = contributions(published, method)
    assert points.tolist() == pytest.approx([10.0] * 5 + [20 / 3] * 5)
    assert points.sum() == pytest.approx(100 * 25 / 30)


@given(seed=st.integers(0, 200))
@settings(max_examples=20, deadline=None)
def test_that_the_order_of_the_areas_changes_nothing_but_their_order(seed, method):
    random = np.random.default_rng(seed)
    table, place = random.integers(1, 6, (30, 10)), random.integers(0, 3, 30)
    order = random.permutation(3)
    codes = ("a", "b", "c")
    one = Areas(codes, codes, codes, np.array([40, 50, 60]))
    names = tuple(codes[k] for k in order)
    other = Areas(names, names, names, np.array([40, 50, 60])[order])
    plain = replace(levels(table.tolist()), area=place)
    turned = replace(plain, area=np.argsort(order)[place])
    assert [score_areas(one, plain, method)[k] for k in order] == list(score_areas(other, turned, method))
