"""The plan of the demonstration study: quotas, correlations and calendar hold for every area."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.services.demonstration import around, parameters, plan
from kume_desktop.services.demonstration.plan import PlannedFirm

COLLAPSE = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}
PUBLISHED_SUMS = {"iklimlendirme": 29, "meyve_sebze": 25, "kimya": 22, "arac_ustu": 18, "lojistik": 15, "gelinlik": 14}
UNROUNDED = {
    "iklimlendirme": 85.0, "meyve_sebze": 76.1, "kimya": 70.5, "arac_ustu": 62.3, "lojistik": 54.8, "gelinlik": 52.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def figures() -> parameters.Parameters:
    return parameters.load()


@pytest.fixture(scope="module")
def firms(figures: parameters.Parameters) -> tuple[PlannedFirm, ...]:
    return plan.plan(figures)


def completed(firms: tuple[PlannedFirm, ...], area: str) -> list[PlannedFirm]:
    return [firm for firm in firms if firm.area == area and firm.outcome == "completed"]


def used_level(firm: PlannedFirm, indicator: str) -> int:
    """The level of the last round; of a firm that waits to be rated what the rubric suggests."""
    of_indicator = [rating for rating in firm.ratings if rating.indicator == indicator]
    return max(of_indicator, key=lambda rating: rating.round).level if of_indicator else firm.levels[indicator]


def collapsed_means(firms: list[PlannedFirm]) -> list[float]:
    return [sum(COLLAPSE[used_level(firm, f"g{number}")] for firm in firms) / len(firms) for number in range(1, 11)]


@pytest.mark.parametrize("area", PUBLISHED_SUMS)
def test_that_the_used_ratings_give_the_published_sum(firms: tuple[PlannedFirm, ...], area: str) -> None:
    means = collapsed_means(completed(firms, area))
    assert sum(int(round(mean, 9) + 0.5) for mean in means) == PUBLISHED_SUMS[area]


@pytest.mark.parametrize("area", UNROUNDED)
def test_that_the_unrounded_index_stays_what_the_note_says(firms: tuple[PlannedFirm, ...], area: str) -> None:
    assert round(100 * sum(collapsed_means(completed(firms, area))) / 30, 1) == UNROUNDED[area]


def test_that_fieldwork_outcomes_add_up_to_the_issued_firms(
    figures: parameters.Parameters, firms: tuple[PlannedFirm, ...]
) -> None:
    for area in figures.areas:
        assert Counter(firm.outcome for firm in firms if firm.area == area.code) == Counter(
            {outcome: count for outcome, count in area.outcomes.items() if count}
        )


def test_that_codes_and_names_are_unique_and_say_that_they_are_invented(firms: tuple[PlannedFirm, ...]) -> None:
    assert len({firm.code for firm in firms}) == len(firms) == 257
    assert all(firm.name.startswith("Gösterim ") for firm in firms)


def test_that_head_count_lies_in_its_size_class(firms: tuple[PlannedFirm, ...]) -> None:
    limits = {"1-9": (1, 9), "10-24": (10, 24), "25-49": (25, 49), "50-249": (50, 249), "250+": (250, 10_000)}
    assert all(limits[firm.size_class][0] <= firm.staff <= limits[firm.size_class][1] for firm in firms)


def test_that_no_interviewer_works_on_sundays_holidays_or_more_than_four_visits_a_day(
    firms: tuple[PlannedFirm, ...],
) -> None:
    for (_interviewer, day), visits in groupby(
        sorted(firms, key=lambda firm: (firm.interviewer, firm.at)), key=lambda firm: (firm.interviewer, firm.at.date())
    ):
        moments = [firm.at for firm in visits]
        assert day.weekday() != 6 and (day.month, day.day) not in {(10, 28), (10, 29)}
        assert len(moments) <= 4
        assert all(8 <= moment.hour < 17 for moment in moments)
        assert all((after - before).total_seconds() >= 3600 for before, after in pairwise(moments))


def test_that_about_a_tenth_of_the_first_ratings_differs_from_the_suggestion(firms: tuple[PlannedFirm, ...]) -> None:
    first = [rating for firm in firms for rating in firm.ratings[:10]]
    assert {rating.round for rating in first} == {1}
    assert 0.05 <= sum(rating.differs for rating in first) / len(first) <= 0.11


def test_that_some_firms_wait_and_their_rating_would_change_no_figure(
    firms: tuple[PlannedFirm, ...],
) -> None:
    waiting = [firm for firm in firms if firm.outcome == "completed" and not firm.ratings]
    assert len(waiting) == 9
    assert all(used_level(firm, code) == level for firm in waiting for code, level in firm.levels.items())


def test_that_a_fifth_of_the_firms_is_rated_twice_and_then_agreed(firms: tuple[PlannedFirm, ...]) -> None:
    rated = [firm for firm in firms if firm.ratings]
    double = [firm for firm in rated if len({rating.rater for rating in firm.ratings if rating.round == 1}) == 2]
    assert round(len(double) / len(rated), 1) == 0.2
    for firm in double:
        blind = {rating.rater for rating in firm.ratings if rating.round == 1}
        assert len({rating.rater for rating in firm.ratings if rating.round == 2} & blind) == 1
        assert sum(rating.round == 2 for rating in firm.ratings) == 10
    assert not any(rating.round == 2 for firm in rated if firm not in double for rating in firm.ratings)


def test_that_levels_of_one_firm_go_together(firms: tuple[PlannedFirm, ...]) -> None:
    rated = completed(firms, "lojistik") + completed(firms, "kimya")
    means = [sum(firm.levels.values()) / 10 for firm in rated]
    spread = sum((mean - sum(means) / len(means)) ** 2 for mean in means) / len(means)
    assert spread > 0.25, "independent levels would leave a variance of about a tenth of one level"


def test_that_straight_liners_answer_all_ten_cells_alike(firms: tuple[PlannedFirm, ...]) -> None:
    straight = [firm for firm in firms if firm.straight_liner]
    assert len(straight) == 3
    assert all(len(set(firm.needs.values())) == 1 for firm in straight)
    assert sum(firm.conflict for firm in firms) == 2


def test_that_the_plan_is_the_same_every_time(figures: parameters.Parameters, firms: tuple[PlannedFirm, ...]) -> None:
    assert plan.plan(figures) == firms


def test_that_no_size_class_holds_more_firms_than_the_whole_list(
    figures: parameters.Parameters, firms: tuple[PlannedFirm, ...]
) -> None:
    for area in figures.areas:
        issued = [firm for firm in firms if firm.area == area.code]
        totals = around.totals_of(area, issued)
        sizes = Counter(firm.size_class for firm in issued)
        assert sum(totals.size_n.values()) == sum(totals.district_n.values()) == area.frame_n
        assert all(sizes[name] <= totals.size_n[name] for name in totals.size_n)
        assert totals.employment is not None and totals.employment >= sum(firm.staff for firm in issued)
        if len(issued) == area.frame_n:
            assert sizes == Counter({name: n for name, n in totals.size_n.items() if n})
            assert totals.employment == sum(firm.staff for firm in issued)


def test_that_evidence_is_a_document_only_where_it_was_seen_or_may_be_shown(firms: tuple[PlannedFirm, ...]) -> None:
    firm = next(firm for firm in firms if firm.levels)
    assert around.evidence(firm, ["1", "4"]) == around.evidence(firm, ["4", "1"])
    seen, unseen = around.evidence(firm, ["1", "2", "3", "4", "5"]), around.evidence(firm, [])
    assert [seen[code] for code in ("g2", "g3", "g4", "g5", "g6", "g7")] == ["1"] * 6
    assert "1" not in [unseen[code] for code in ("g2", "g3", "g4", "g5", "g6", "g7")]


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=8), st.integers(0, 400))
def test_that_a_quota_adds_up_and_stays_within_one_of_the_exact_share(weights: list[float], n: int) -> None:
    shares = [weight / sum(weights) for weight in weights]
    counts = parameters.quota(shares, n)
    assert sum(counts) == n
    assert all(abs(count - share * n) < 1 for count, share in zip(counts, shares, strict=True))
