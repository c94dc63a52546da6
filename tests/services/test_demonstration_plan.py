"""The plan of the demonstration study: quotas, correlations and calendar hold for every area."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.services.demonstration import parameters, plan
from kume_desktop.services.demonstration.plan import PlannedFirm, PlannedRating

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


def used_level(ratings: tuple[PlannedRating, ...], indicator: str) -> int:
    of_indicator = [rating for rating in ratings if rating.indicator == indicator]
    return max(of_indicator, key=lambda rating: rating.round).level


def collapsed_means(firms: list[PlannedFirm]) -> list[float]:
    return [
        sum(COLLAPSE[used_level(firm.ratings, f"g{number}")] for firm in firms) / len(firms) for number in range(1, 11)
    ]


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


def test_that_a_fifth_of_the_firms_is_rated_twice_and_then_agreed(firms: tuple[PlannedFirm, ...]) -> None:
    rated = [firm for firm in firms if firm.ratings]
    double = [firm for firm in rated if len({rating.rater for rating in firm.ratings if rating.round == 1}) == 2]
    assert round(len(double) / len(rated), 1) == 0.2
    assert all(any(rating.round == 2 and "+" in rating.rater for rating in firm.ratings) for firm in double)
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


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=8), st.integers(0, 400))
def test_that_a_quota_adds_up_and_stays_within_one_of_the_exact_share(weights: list[float], n: int) -> None:
    shares = [weight / sum(weights) for weight in weights]
    counts = parameters.quota(shares, n)
    assert sum(counts) == n
    assert all(abs(count - share * n) < 1 for count, share in zip(counts, shares, strict=True))
