"""Signals of careless answers, and that they change no answer."""

from __future__ import annotations

import numpy as np
import pytest

from kume_desktop.scoring.needs import score_needs
from kume_desktop.scoring.reliability.careless import careless, fit_limit, longest_string, person_fit

PROFILE = [2, 3, 4, 5, 4, 2, 3, 4, 5, 1]


def honest(count: int, seed: int = 1) -> list[tuple[int, list[int | str]]]:
    """Firms of area 0 whose answers follow one profile, up to one level."""
    random = np.random.default_rng(seed)
    moved = [np.clip(np.array(PROFILE) + random.choice([-1, 0, 0, 1], size=10), 1, 5) for _ in range(count)]
    return [(0, [int(answer) for answer in row]) for row in moved]


def test_that_care_is_not_flagged(areas, needs):
    flags, (effect,) = careless(areas("a"), needs(honest(30)))
    assert flags == ()
    assert effect.flagged == 0
    assert effect.overall == effect.overall_without


def test_that_a_straight_line_is_flagged_by_two_signals(areas, needs):
    flags, (effect,) = careless(areas("a"), needs([*honest(20), (0, [4] * 10)]))
    assert [(flag.firm, flag.area, flag.signal, flag.value, flag.limit) for flag in flags] == [
        ("F020", "a", "longstring", 10.0, 8.0),
        ("F020", "a", "no-variation", 0.0, 0.0),
    ]
    assert effect.flagged == 1


def test_that_the_effect_is_told_and_nothing_is_deleted(areas, needs, method):
    given = needs([*honest(20), (0, [5] * 10), (0, [5] * 10)])
    before = given.answers.copy()
    _, (effect,) = careless(areas("a"), given)
    _, (margins,) = score_needs(areas("a"), given, method)
    _, (without,) = score_needs(areas("a"), needs(honest(20)), method)
    assert effect.flagged == 2
    assert effect.overall == pytest.approx(margins.overall, abs=1e-12)
    assert effect.overall_without == pytest.approx(without.overall, abs=1e-12)
    assert effect.overall > effect.overall_without
    np.testing.assert_array_equal(given.answers, before)


def test_that_answers_against_the_area_are_flagged(areas, needs):
    flags, _ = careless(areas("a"), needs([*honest(20), (0, [6 - answer for answer in PROFILE])]))
    (flag,) = flags
    assert (flag.firm, flag.signal) == ("F020", "person-fit")
    assert flag.value < flag.limit == pytest.approx(fit_limit(10))


def test_that_a_small_area_has_no_person_fit(areas, needs):
    flags, _ = careless(areas("a"), needs([*honest(8), (0, [6 - answer for answer in PROFILE])]))
    assert flags == ()
    flags, _ = careless(areas("a"), needs([*honest(9), (0, [6 - answer for answer in PROFILE])]))
    assert len(flags) == 1


def test_that_firms_are_compared_within_their_own_area(areas, needs):
    against = [(1, [6 - answer for answer in answers]) for _, answers in honest(15, seed=2)]
    flags, effects = careless(areas("a", "b", "empty"), needs([*honest(15), *against]))
    assert flags == ()
    assert [effect.area for effect in effects] == ["a", "b", "empty"]
    assert (effects[2].flagged, effects[2].overall, effects[2].overall_without) == (0, None, None)


@pytest.mark.parametrize(("reserve", "flagged"), [(2, True), (3, False)])
def test_that_few_answers_are_not_judged(reserve, flagged, areas, needs):
    answers: list[int | str] = [4] * (10 - reserve) + ["dk"] * reserve
    flags, _ = careless(areas("a"), needs([*honest(12), (0, answers)]))
    assert bool(flags) is flagged


def test_that_a_gap_breaks_a_run(areas, needs):
    broken: list[int | str] = [4, 4, 4, 4, 4, "dk", 4, 4, 4, 4]
    flags, _ = careless(areas("a"), needs([*honest(12), (0, broken)]))
    assert [flag.signal for flag in flags] == ["no-variation"]
    assert longest_string(np.array([np.nan, np.nan])) == 0


def test_that_an_area_where_all_draw_straight_lines_keeps_its_mean(areas, needs):
    flags, (effect,) = careless(areas("a"), needs([(0, [3] * 10)] * 12))
    assert {flag.signal for flag in flags} == {"longstring", "no-variation"}
    assert (effect.flagged, effect.overall, effect.overall_without) == (12, 3.0, None)


def test_that_nobody_is_flagged_where_nobody_answered(areas, needs):
    flags, (effect,) = careless(areas("a"), needs([]))
    assert flags == ()
    assert effect.overall is None


def test_that_few_random_answer_sheets_fall_below_the_limit_of_fit():
    random = np.random.default_rng(5)
    others = np.clip(np.array(PROFILE) + random.integers(-1, 2, size=(30, 10)), 1, 5).astype(float)
    fits = [person_fit(random.permutation(np.array(PROFILE, dtype=float)), others) for _ in range(4000)]
    assert np.mean(np.array(fits) < fit_limit(10)) < 0.02


def test_that_a_flat_profile_fits_nothing():
    assert np.isnan(person_fit(np.array(PROFILE, dtype=float), np.full((12, 10), 3.0)))
    assert np.isnan(person_fit(np.full(10, 2.0), np.tile(np.array(PROFILE, dtype=float), (3, 1))))
    assert np.isnan(person_fit(np.array([1.0, 2, np.nan]), np.ones((3, 3))))
