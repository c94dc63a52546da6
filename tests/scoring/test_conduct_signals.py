"""Signals of how interviews went: hand-worked examples, limits, and what always holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.scoring.conduct import pace
from kume_desktop.scoring.conduct.pace import Usual
from kume_desktop.scoring.conduct.rules import Rules
from kume_desktop.scoring.conduct.signals import Battery, Conducted, Kind, Signal, judge, question_usual

RULES = Rules()
MINUTE = 60_000.0
NO = float("nan")


def kinds(one: Conducted, *others: Conducted, rules: Rules = RULES) -> set[Kind]:
    return {signal.kind for signal in judge([one, *others], rules)[0].signals}


def signal(kind: Kind, one: Conducted, *others: Conducted, rules: Rules = RULES) -> Signal:
    return next(each for each in judge([one, *others], rules)[0].signals if each.kind is kind)


def batteries(*rows: tuple[float, ...]) -> Conducted:
    made = [Battery("yeterlik", tuple(f"{b}.{r}" for r in range(len(row))), row) for b, row in enumerate(rows)]
    return Conducted("form", tuple(made), answered=40)


def timed(minutes: float, *, questions: int = 4) -> Conducted:
    """An interview whose questions took the same time each."""
    times = {f"/q{number}": minutes * MINUTE / questions for number in range(questions)}
    return Conducted("form", times=times, answered=questions, visits=dict.fromkeys(times, 1))


OTHERS = [timed(minutes) for minutes in (14, 16, 18, 18, 20, 20, 22, 22, 24, 30)]


def test_that_seven_equal_rows_over_two_batteries_are_told_and_six_are_not() -> None:
    seven = batteries((1, 3, 4, 4, 4), (4, 4, 4, 4, 2))
    assert signal(Kind.RUN, seven).value == 7
    assert kinds(batteries((1, 3, 4, 4, 4), (4, 4, 4, 1, 2))) == set()


def test_that_a_reserve_answer_breaks_a_line() -> None:
    assert kinds(batteries((4, 4, 4, 4, NO), (4, 4, 4, 1, 2))) == set()
    assert signal(Kind.STRAIGHT, batteries((4, 4, 4, 4, NO), (2, 2, 2, 2, 2))).where == tuple(
        f"1.{r}" for r in range(5)
    )


def test_that_batteries_of_other_scales_make_no_line_together() -> None:
    one = Conducted("form", (Battery("a", ("1", "2", "3", "4"), (4, 4, 4, 4)), Battery("b", ("5", "6"), (4, 4, 1))))
    assert kinds(one) == set()


def test_that_an_interview_with_one_answer_only_is_told_once() -> None:
    assert [each.kind for each in judge([batteries((2,) * 5, (2,) * 5)], RULES)[0].signals] == [Kind.ALL_SAME]


def test_that_three_rows_that_agree_say_nothing() -> None:
    assert kinds(batteries((2, 2, 2))) == set()


def test_that_the_usual_duration_is_the_middle_half_of_the_study() -> None:
    said = judge([*OTHERS], RULES)[4]
    assert said.usual is not None
    # The ten durations have quartiles 18 and 22 and the median 20; the questions are all alike.
    assert (said.usual.low, said.usual.median, said.usual.high, said.usual.n) == pytest.approx((18, 20, 22, 10))


def test_that_half_the_usual_time_is_told_with_what_is_usual() -> None:
    fast = signal(Kind.FAST, timed(9), *OTHERS)
    assert fast.value == pytest.approx(9)
    assert fast.usual is not None and fast.usual.low == pytest.approx(17) and fast.usual.n == 11
    assert Kind.FAST not in kinds(timed(11), *OTHERS)


def test_that_an_interview_that_skipped_half_of_the_questions_is_not_fast() -> None:
    half = replace(timed(20), times={"/q0": 5 * MINUTE, "/q1": 5 * MINUTE})
    said = judge([half, *OTHERS], RULES)[0]
    assert said.signals == ()
    assert said.usual is not None and said.usual.median == pytest.approx(10)


def test_that_nothing_is_compared_below_ten_interviews_with_times() -> None:
    few = judge([timed(1), *OTHERS[:8], Conducted("form")], RULES)[0]
    assert few.usual is None
    assert few.signals == ()


def test_that_interviews_of_another_form_are_not_compared() -> None:
    assert judge([replace(timed(1), form="other"), *OTHERS], RULES)[0].usual is None


def test_that_short_questions_are_counted_against_their_own_medians() -> None:
    one = timed(20)
    quick = replace(one, times={**one.times, "/q0": 0.3 * 5 * MINUTE})
    assert (signal(Kind.SHORT_QUESTIONS, quick, *OTHERS).value, signal(Kind.SHORT_QUESTIONS, quick, *OTHERS).of) == (
        1,
        4,
    )
    slower = replace(one, times={**one.times, "/q0": 0.34 * 5 * MINUTE})
    assert Kind.SHORT_QUESTIONS not in kinds(slower, *OTHERS)


def test_that_the_longest_silence_is_told_from_fifteen_minutes_on() -> None:
    assert signal(Kind.PAUSE, Conducted("form", gaps=(3 * MINUTE, 15 * MINUTE))).value == 15
    assert kinds(Conducted("form", gaps=(8 * MINUTE, 14 * MINUTE))) == set()


def test_that_questions_that_were_returned_to_are_named() -> None:
    visits = {f"/q{number}": 2 for number in range(10)} | {"/once": 1}
    found = signal(Kind.REVISITS, Conducted("form", visits=visits))
    assert (found.value, found.of, len(found.where)) == (10, 11, 10)


def test_that_late_changes_reserve_answers_and_night_hours_are_told() -> None:
    one = Conducted("form", answered=20, reserve=6, changes=2, hours=(14.0, 22.5))
    assert kinds(one) == {Kind.CHANGES, Kind.RESERVE, Kind.NIGHT}
    assert signal(Kind.RESERVE, one).value == pytest.approx(0.3)
    assert signal(Kind.NIGHT, one).value == 22.5
    assert kinds(replace(one, reserve=5, changes=0, hours=(20.9, 7.0))) == set()


def test_that_thresholds_are_data() -> None:
    one = batteries((4, 4, 4, 1, 2))
    assert kinds(one, rules=replace(RULES, run=3)) == {Kind.RUN}
    assert replace(RULES, run=1, fast=1.0, night_from=24).wrong == ("run", "fast", "night_from")


def test_that_a_night_that_begins_after_midnight_is_one() -> None:
    rules = replace(RULES, night_from=0, night_to=6)
    assert [rules.is_night(hour) for hour in (23.9, 0.0, 5.9, 6.0)] == [False, True, True, False]


@given(st.lists(st.integers(1, 200), min_size=10, max_size=30))
def test_that_the_order_of_the_interviews_changes_nothing(minutes: list[int]) -> None:
    interviews = [timed(each) for each in minutes]
    backwards = judge(interviews[::-1], RULES)[::-1]
    assert [each.signals for each in backwards] == [each.signals for each in judge(interviews, RULES)]


@given(st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NO]), min_size=0, max_size=30), st.integers(2, 10))
def test_that_a_line_is_told_just_where_so_many_equal_answers_follow_each_other(rows: list[float], least: int) -> None:
    one = batteries((*rows, 1.0, 2.0))
    text = "".join(" " if np.isnan(row) else str(int(row)) for row in (*rows, 1.0, 2.0))
    assert (Kind.RUN in kinds(one, rules=replace(RULES, run=least))) == any(digit * least in text for digit in "12345")


@given(st.lists(st.floats(min_value=1, max_value=1e6), min_size=3, max_size=40))
def test_that_the_median_lies_in_the_usual_range_and_the_range_among_the_values(values: list[float]) -> None:
    found = pace.usual(values, 3)
    assert found is not None
    assert min(values) <= found.low <= found.median <= found.high <= max(values) or np.allclose(min(values), found.low)


def test_that_the_usual_time_of_a_question_needs_interviews_that_were_asked_it() -> None:
    asked = [*OTHERS, replace(timed(20), times={"/rare": MINUTE})]
    known = question_usual(asked, "form", 10)
    assert set(known) == {"/q0", "/q1", "/q2", "/q3"}
    assert known["/q0"] == Usual(4.5 * MINUTE, 5 * MINUTE, 5.5 * MINUTE, 10)
