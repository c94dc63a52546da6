"""The sample plan: the published sizes, what is taken in full, merging, and the draw."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.response.plan import StratumFrame, draw, needed_completes, plan

anyone = settings(max_examples=60, deadline=None)
LIST = [
    StratumFrame("1-9", 120), StratumFrame("10-24", 50), StratumFrame("25-49", 12),
    StratumFrame("50-249", 14, True), StratumFrame("250+", 4, True),
]  # fmt: skip


@pytest.mark.parametrize(("frame_n", "needed"), [(40, 20), (60, 23), (100, 27), (200, 32), (400, 34)])
def test_that_six_points_need_the_completes_of_the_method(frame_n, needed):
    assert needed_completes(frame_n) == needed
    assert plan(frame_n).needed == needed


def test_that_a_wider_interval_or_less_spread_needs_fewer():
    assert needed_completes(200, half_width=8) < 32 < needed_completes(200, half_width=4)
    assert needed_completes(200, deviation=10) < 32
    assert needed_completes(0) == 0
    assert needed_completes(1) == 1


@pytest.mark.parametrize("frame_n", [1, 8, 50])
def test_that_small_lists_are_taken_in_full(frame_n):
    made = plan(frame_n, eligibility=0.9, response=0.6)
    assert (made.takes_all, made.issue) == (True, frame_n)
    assert made.strata[0].probability == 1
    assert made.strata[0].batches == ()


def test_that_larger_lists_are_sampled():
    made = plan(51, eligibility=1.0, response=1.0)
    assert (made.takes_all, made.issue) == (False, made.needed)


def test_that_large_firms_are_taken_with_certainty():
    made = plan(200, eligibility=0.9, response=0.6, strata=LIST)
    certain = [one for one in made.strata if one.is_certain]
    assert [one.members for one in certain] == [("50-249",), ("250+",)]
    assert all(one.probability == 1 and one.issue == one.frame_n for one in certain)


def test_that_small_strata_are_merged_before_the_draw():
    """12 of 200 firms would expect 1.9 of 32 completes: they join the neighbour that is not certain."""
    made = plan(200, eligibility=0.9, response=0.6, strata=LIST)
    assert [one.members for one in made.strata] == [("1-9",), ("10-24", "25-49"), ("50-249",), ("250+",)]
    assert made.strata[1].frame_n == 62
    assert all(one.completes >= 5 for one in made.strata if not one.is_certain)


def test_that_more_are_issued_than_completed():
    made = plan(400, eligibility=0.8, response=0.5)
    assert made.needed == 34
    assert made.issue == 85  # 34 / 0.4
    assert made.completes == pytest.approx(34)
    assert made.reaches
    assert made.expected_half_width == pytest.approx(1.96 * 18.6 * np.sqrt((1 - 34 / 320) / 34))


def test_that_a_short_list_with_low_response_cannot_reach_what_is_needed():
    made = plan(60, eligibility=0.9, response=0.3)
    assert (made.issue, made.reaches) == (60, False)
    assert made.expected_half_width > 6


def test_that_nobody_on_the_list_is_planned_as_nothing():
    made = plan(0)
    assert (made.needed, made.issue, made.strata, made.expected_half_width) == (0, 0, (), None)
    assert draw(made, [], 1) == ()


@given(
    sizes=st.lists(st.tuples(st.integers(0, 150), st.booleans()), min_size=1, max_size=6),
    eligibility=st.floats(0.3, 1),
    response=st.floats(0.2, 1),
    batches=st.integers(0, 4),
)
@anyone
def test_that_every_plan_adds_up(sizes, eligibility, response, batches):
    strata = [StratumFrame(f"s{place}", n, certain) for place, (n, certain) in enumerate(sizes)]
    frame_n = sum(n for n, _ in sizes)
    made = plan(frame_n, eligibility=eligibility, response=response, strata=strata, batches=batches)
    assert sum(one.frame_n for one in made.strata) == frame_n
    planned = [name for one in made.strata for name in one.members]
    assert sorted(planned) == sorted(one.name for one in strata if one.frame_n)
    for one in made.strata:
        assert 0 < one.issue <= one.issue + sum(one.batches) <= one.frame_n
        assert len(one.batches) <= batches
        assert one.completes == pytest.approx(one.issue * eligibility * response)
    sampled = [one for one in made.strata if not one.is_certain]
    if len(sampled) > 1:
        assert min(one.completes for one in sampled) >= 5 - 1e-9 or any(one.issue == one.frame_n for one in sampled)


@pytest.mark.parametrize(
    "wrong",
    [
        {"frame_n": 10, "strata": [StratumFrame("a", 9)]},
        {"frame_n": 10, "eligibility": 0.0},
        {"frame_n": 10, "response": 1.2},
        {"frame_n": 10, "half_width": 0.0},
        {"frame_n": -1},
    ],
)
def test_that_impossible_plans_are_a_mistake(wrong):
    with pytest.raises(ValueError, match=r"strata|eligibility|half-width"):
        plan(**wrong)


def the_list(strata=LIST):
    return [(f"{one.name}/{number}", one.name) for one in strata for number in range(one.frame_n)]


def test_that_the_draw_fills_the_plan():
    made = plan(200, eligibility=0.9, response=0.6, strata=LIST)
    drawn = draw(made, the_list(), 7)
    for at, one in enumerate(made.strata):
        own = [firm for firm in drawn if firm.stratum == at]
        numbers = [sum(firm.batch == batch for firm in own) for batch in range(1 + len(one.batches))]
        assert numbers == [one.issue, *one.batches]
        assert [firm.place for firm in own] == list(range(1, len(own) + 1))
        assert {firm.firm.partition("/")[0] for firm in own} <= set(one.members)
    assert len({firm.firm for firm in drawn}) == len(drawn)


def test_that_probabilities_are_the_shares_that_are_issued():
    made = plan(200, eligibility=0.9, response=0.6, strata=LIST)
    for firm in draw(made, the_list(), 7):
        one = made.strata[firm.stratum]
        assert firm.probability == (one.issue + sum(one.batches[: firm.batch])) / one.frame_n
        assert firm.probability == one.probability_with(firm.batch)


def test_that_the_seed_alone_decides_who_is_drawn():
    made = plan(200, eligibility=0.9, response=0.6, strata=LIST)
    firms = the_list()
    assert draw(made, firms, 7) == draw(made, list(reversed(firms)), 7)
    assert draw(made, firms, 7) != draw(made, firms, 8)


def test_that_every_firm_has_its_chance():
    made = plan(60, eligibility=1.0, response=1.0)
    times = dict.fromkeys((f"F{n}" for n in range(60)), 0)
    for seed in range(600):
        for firm in draw(made, [(name, "") for name in times], seed):
            times[firm.firm] += firm.batch == 0
    shares = np.array(list(times.values())) / 600
    assert shares.mean() == pytest.approx(made.strata[0].probability, abs=1e-12)
    assert np.abs(shares - made.strata[0].probability).max() < 5 * np.sqrt(0.25 / 600)


@pytest.mark.parametrize(
    "firms", [[("a", "")] * 2, [("a", "x"), ("b", "")], [("a", "")], [("a", ""), ("b", ""), ("c", "")]]
)
def test_that_a_list_that_is_not_the_planned_one_is_a_mistake(firms):
    with pytest.raises(ValueError, match=r"twice|planned"):
        draw(plan(2), firms, 1)
