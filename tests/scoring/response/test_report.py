"""Weighted and unweighted figures side by side, and the index if those who kept silent stood elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.method import PANEL_ROUTE
from kume_desktop.scoring.response.report import response, shifted
from tests.scoring.response.firms import firms, frame, outcomes
from tests.scoring.rules import INDICATORS

SMALL, LARGE = [2, 3, 1, 2, 3, 2, 1, 3, 2, 2], [4, 5, 5, 3, 4, 4, 5, 3, 4, 5]


@pytest.fixture
def field(areas, levels):
    """An area where 4 of 5 large firms answered and 1 of 8 small ones: the list is 80 small and 20 large firms."""
    rows = [(0, "1-9", "completed")] * 10 + [(0, "50-249", "completed")] * 16 + [(0, "1-9", "refused")] * 4
    given = levels([(0, SMALL)] * 10 + [(0, LARGE)] * 16)
    return areas("a", frame_n=100), firms(rows), frame([{"1-9": 80, "50-249": 20}]), given


def test_that_weights_give_the_small_firms_their_share_of_the_list(field, method):
    (one,) = response(*field, method)
    unweighted = score_areas(field[0], field[3], method)[0]
    small = score_areas(field[0], _only(field[3], slice(0, 10)), method)[0].score
    large = score_areas(field[0], _only(field[3], slice(10, 26)), method)[0].score
    assert one.weighted.how == "post-stratified"
    assert one.weighted.score == pytest.approx(0.8 * small + 0.2 * large, abs=1e-9)
    assert one.weighted.score < unweighted.score
    assert one.weighted.category >= unweighted.category
    assert one.weighted.interval.low < one.weighted.score < one.weighted.interval.high
    assert one.weighted.n_eff == pytest.approx(26 / one.weighted.deff)
    assert one.weighted.deff > 1


def _only(given, rows):
    return replace(given, targets=given.targets[rows], area=given.area[rows], levels=given.levels[rows])


def test_that_weighting_changes_the_published_style_too(field, method):
    (one,) = response(*field, method)
    scaled = [[1, 2, 1, 1, 2, 1, 1, 2, 1, 1], [3, 3, 3, 2, 3, 3, 3, 2, 3, 3]]
    rounded = [np.floor(0.8 * low + 0.2 * high + 0.5) for low, high in zip(*scaled, strict=True)]
    assert one.weighted.published_index == round(100 * sum(rounded) / 30)


def test_that_a_sample_like_the_list_is_not_changed_by_weights(areas, levels, method):
    rows = [(0, "1-9", "completed")] * 12 + [(0, "10-24", "completed")] * 6
    given = levels([(0, SMALL)] * 12 + [(0, LARGE)] * 6)
    (one,) = response(areas("a", frame_n=90), firms(rows), frame([{"1-9": 60, "10-24": 30}]), given, method)
    (plain,) = score_areas(areas("a"), given, method)
    assert one.weighted.score == pytest.approx(plain.score, abs=1e-9)
    assert one.weighted.published_index == plain.published_index
    assert (one.weighted.deff, one.weighted.n_eff) == (pytest.approx(1.0), pytest.approx(18.0))


def test_that_few_firms_have_a_weighted_score_without_an_interval(areas, levels, method):
    rows = [(0, "1-9", "completed")] * 9
    given = levels([(0, SMALL)] * 9)
    (one,) = response(areas("a"), firms(rows), frame([{"1-9": 40, "10-24": 10}]), given, method)
    assert (one.weighted.how, one.weighted.reason, one.weighted.score) == ("", "one-stratum", None)
    assert one.weighted.collapsed == ("1-9+10-24",)


def test_that_an_area_without_firms_has_no_figures(areas, levels, method):
    given = levels([(0, SMALL)] * 6)
    rows = [(0, "1-9", "completed")] * 6
    _, empty = response(areas("a", "b"), firms(rows), frame([{"1-9": 50}, {}]), given, method)
    assert (empty.eligible_n, empty.eligible_basis, empty.covered_share) == (50, "frame", 0.0)
    assert (empty.response_rate, empty.one_lower, empty.one_higher, empty.employment_share) == (None,) * 4
    assert (empty.weighted.reason, empty.weighted.score, empty.weighted.interval.reason) == ("nobody", None, "nobody")


def test_that_one_firm_is_enough_for_what_silence_could_mean(areas, levels, method):
    (one,) = response(
        areas("a", frame_n=4), firms([(0, "", "completed")]), frame([{}]), levels([(0, [3] * 10)]), method
    )
    assert one.weighted.reason == "no-size-totals"
    assert one.one_lower == pytest.approx(100 * (0.25 * 2 + 0.75 * 1) / 3)
    assert one.one_higher == pytest.approx(100 * (0.25 * 2 + 0.75 * 3) / 3)


def test_that_silence_is_mixed_in_by_its_share(method):
    """Two of five eligible firms, levels 2 and 4: the others stand at 1 and 3, or at 3 and 5, before the collapse."""
    given = np.array([[2.0] * 10, [4.0] * 10])
    own, lower, higher = (1 + 3) / 2, (1 + 2) / 2, (2 + 3) / 2
    assert shifted(given, -1, 5, method) == pytest.approx(100 * (0.4 * own + 0.6 * lower) / 3)
    assert shifted(given, 1, 5, method) == pytest.approx(100 * (0.4 * own + 0.6 * higher) / 3)
    assert shifted(given, 0, 5, method) == pytest.approx(100 * own / 3)


def test_that_where_everybody_answered_silence_changes_nothing(method):
    given = np.array([[2.0] * 10, [4.0] * 10])
    assert shifted(given, -1, 2, method) == pytest.approx(100 * 2 / 3)
    assert shifted(given, 1, 2, method) == pytest.approx(100 * 2 / 3)


def test_that_without_n_or_firms_nothing_is_said_of_silence(method):
    assert shifted(np.array([[3.0] * 10]), -1, None, method) is None
    assert shifted(np.zeros((0, 10)), -1, 5, method) is None


rows = st.lists(
    st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=10, max_size=10), min_size=1, max_size=8
).map(lambda table: np.array([[np.nan if v is None else float(v) for v in row] for row in table]))


@given(given_levels=rows, more=st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_that_lower_is_never_above_higher_and_the_index_lies_between(given_levels, more, method):
    if np.isnan(given_levels).all():
        return
    n = len(given_levels) + more
    middle = shifted(given_levels, 0, n, method)
    assert shifted(given_levels, -1, n, method) <= middle + 1e-9
    assert middle <= shifted(given_levels, 1, n, method) + 1e-9


def test_that_employment_is_told_with_what_is_missing(areas, levels, method):
    given = firms(
        [(0, "1-9", "completed"), (0, "1-9", "completed"), (0, "1-9", "completed"), (0, "1-9", "refused")],
        staff=[40, 20, np.nan, 900],
    )
    (one,) = response(areas("a"), given, frame([{}], employment=[100]), levels([(0, SMALL)] * 3), method)
    assert (one.employment_share, one.staff_unknown, one.employment_state) == (0.6, 1, "few")
    (one,) = response(areas("a"), given, frame([{}]), levels([(0, SMALL)] * 3), method)
    assert one.employment_share is None
    unknown = firms([(0, "1-9", "completed")])
    (one,) = response(areas("a"), unknown, frame([{}], employment=[100]), levels([(0, SMALL)]), method)
    assert (one.employment_share, one.staff_unknown) == (None, 1)


def test_that_employment_that_one_plant_dominates_is_marked(areas, levels, method):
    even = firms([(0, "1-9", "completed")] * 4, staff=[40, 30, 30, 20])
    uneven = firms([(0, "1-9", "completed")] * 4, staff=[900, 30, 30, 20])
    for plants, state in ((even, ""), (uneven, "dominated")):
        (one,) = response(areas("a"), plants, frame([{}], employment=[5000]), levels([(0, SMALL)] * 4), method)
        assert one.employment_state == state


def test_that_coverage_uses_the_eligible_firms(areas, levels, method):
    counts = {"completed": 22, "partial": 1, "refused": 4, "not_reached": 4, "ineligible": 3}
    given = firms(outcomes(0, counts))
    (one,) = response(areas("a", frame_n=58), given, frame([{}]), levels([(0, SMALL)] * 22), method)
    assert (one.eligible_n, one.eligible_basis) == (52, "estimated")
    assert one.covered_share == 22 / 52


def test_that_more_levels_than_eligible_firms_leave_n_unknown(areas, levels, method):
    given = firms([(0, "1-9", "partial")] * 6 + [(0, "1-9", "ineligible")] * 6)
    (one,) = response(areas("a", frame_n=8), given, frame([{}]), levels([(0, SMALL)] * 6), method)
    assert (one.eligible_n, one.covered_share, one.weighted.interval.corrected) == (None, None, False)


def test_that_more_answers_than_eligible_firms_leave_n_unknown(areas, levels, method):
    """Eight firms answered the needs matrix, six of them have levels, and the list holds seven."""
    given, asked = firms([(0, "1-9", "completed")] * 6), np.array([8])
    told = [
        response(areas("a", frame_n=7), given, frame([{}]), levels([(0, SMALL)] * 6), method, answered=more)[0]
        for more in (None, asked)
    ]
    assert [one.eligible_n for one in told] == [7, None]


def test_that_the_weighted_interval_has_the_confidence_of_the_run(areas, levels, method):
    given = firms([(0, "1-9", "completed")] * 12 + [(0, "10-24", "completed")] * 8)
    table = levels([(0, [1 + at % 5] * 10) for at in range(20)])
    listed = frame([{"1-9": 40, "10-24": 10}])
    wide, narrow = (
        response(areas("a"), replace(given, ids=table.targets), listed, table, method, confidence)[0].weighted.interval
        for confidence in (0.95, 0.8)
    )
    assert (wide.confidence, narrow.confidence) == (0.95, 0.8)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_that_a_panel_has_response_but_no_weights(areas, levels, method):
    given = levels([(0, [2] * 10)], route=PANEL_ROUTE)
    rows_ = outcomes(0, {"completed": 3, "refused": 1})
    (one,) = response(areas("a"), firms(rows_), frame([{"1-9": 50}]), given, method)
    assert one.response_rate == 0.75
    assert (one.weighted.reason, one.one_lower, one.one_higher) == ("panel", None, None)


def test_that_unanimous_firms_have_a_weighted_interval_of_some_width(areas, levels, method):
    rows_ = [(0, "1-9", "completed")] * 8 + [(0, "10-24", "completed")] * 8
    given = levels([(0, [3] * 10)] * 16)
    (one,) = response(areas("a"), firms(rows_), frame([{"1-9": 30, "10-24": 20}]), given, method)
    assert one.weighted.score == pytest.approx(200 / 3)
    assert one.weighted.interval.low < one.weighted.score < one.weighted.interval.high


def test_that_an_indicator_nobody_scored_is_left_out_or_lowest(field, method):
    area, given_firms, totals, given = field
    given.levels[:, 3] = np.nan
    (left_out,) = response(area, given_firms, totals, given, method)
    (lowest,) = response(area, given_firms, totals, given, method.with_changes(missing_rule="lowest"))
    assert lowest.weighted.score == pytest.approx((9 * left_out.weighted.score + 100 / 3) / 10)
    assert lowest.weighted.interval.low < lowest.weighted.score < lowest.weighted.interval.high
    assert lowest.one_lower < left_out.one_lower


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_that_the_order_of_the_firms_changes_nothing(seed, method):
    from kume_desktop.scoring.inputs import Areas, Levels

    random = np.random.default_rng(seed)
    area = Areas(("a",), ("a",), ("a",), np.array([100], dtype=np.int64))
    rows_ = [(0, "1-9", "completed")] * 10 + [(0, "50-249", "completed")] * 16
    levels_ = np.random.default_rng(1).integers(1, 6, size=(26, 10)).astype(np.float64)
    names = tuple(f"F{place:03d}" for place in range(26))
    totals = frame([{"1-9": 80, "50-249": 20}])
    found = []
    for order in (np.arange(26), random.permutation(26)):
        given = Levels(
            "firma", tuple(names[i] for i in order), np.zeros(26, dtype=np.int64), INDICATORS, levels_[order]
        )
        (one,) = response(area, firms(rows_), totals, given, method)
        found.append(one)
    assert found[1].weighted.score == pytest.approx(found[0].weighted.score, abs=1e-9)
    assert found[1].weighted.interval.low == pytest.approx(found[0].weighted.interval.low, abs=1e-9)
    assert found[1].one_lower == pytest.approx(found[0].one_lower, abs=1e-9)
    assert found[1].strata == found[0].strata
