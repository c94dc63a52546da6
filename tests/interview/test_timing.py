"""The stopwatch of an interview: hand-worked times, and what always holds."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.interview.timing import Spell, Stopwatch

SILENCE = 100


class Clock:
    """Milliseconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 1_000_000

    def __call__(self) -> int:
        return self.now


def watched() -> tuple[Clock, Stopwatch]:
    clock = Clock()
    return clock, Stopwatch(clock, SILENCE)


def test_that_each_question_gets_the_time_in_which_it_was_in_front() -> None:
    clock, watch = watched()
    watch.enter("/a")
    clock.now += 40
    watch.enter("/b")
    clock.now += 30
    watch.enter("/a")
    clock.now += 7
    assert watch.take() == (Spell("/a", 0, 47, 2), Spell("/b", 40, 30, 1))


def test_that_a_question_that_stays_in_front_is_measured_on_without_another_visit() -> None:
    clock, watch = watched()
    watch.enter("/a")
    clock.now += 10
    watch.take()
    clock.now += 20
    watch.enter("/a")
    clock.now += 5
    assert watch.take() == (Spell("/a", 10, 25, 0),)


def test_that_a_pause_counts_apart() -> None:
    clock, watch = watched()
    watch.enter("/a")
    clock.now += 10
    watch.pause()
    clock.now += 5_000
    watch.resume()
    clock.now += 20
    assert watch.take() == (Spell("/a", 0, 30, 1, paused_ms=5_000),)


def test_that_a_silence_longer_than_the_limit_counts_apart_and_a_shorter_one_does_not() -> None:
    clock, watch = watched()
    watch.enter("/a")
    clock.now += SILENCE
    watch.touch()
    clock.now += SILENCE + 1
    watch.touch()
    assert watch.take() == (Spell("/a", 0, SILENCE, 1, idle_ms=SILENCE + 1),)


def test_that_a_laptop_that_slept_for_a_night_adds_nothing_to_the_active_time() -> None:
    clock, watch = watched()
    watch.enter("/a")
    clock.now += 50
    watch.touch()
    clock.now += 9 * 3_600_000
    watch.enter("/b")
    assert watch.take()[0] == Spell("/a", 0, 50, 1, idle_ms=9 * 3_600_000)


def test_that_a_clock_that_jumps_back_takes_no_time_away() -> None:
    clock, watch = watched()
    watch.enter("/a")
    clock.now += 50
    watch.touch()
    clock.now -= 10_000
    watch.touch()
    assert watch.take() == (Spell("/a", 0, 50, 1),)


def test_that_spells_that_could_not_be_written_come_again_with_what_followed() -> None:
    clock, watch = watched()
    watch.enter("/a")
    clock.now += 10
    first = watch.take()
    clock.now += 15
    watch.enter("/b")
    clock.now += 3
    watch.put_back(first)
    assert watch.take() == (Spell("/a", 0, 25, 1), Spell("/b", 25, 3, 1))


def test_that_nothing_is_measured_before_the_first_question() -> None:
    clock, watch = watched()
    clock.now += 60
    watch.touch()
    assert watch.take() == ()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["/a", "/b", "/c", "touch", "pause", "resume", "take"]), st.integers(min_value=0, max_value=400)
    ),
    max_size=40,
)


@given(STEPS)
def test_that_no_time_is_lost_or_counted_twice(steps: Sequence[tuple[str, int]]) -> None:
    clock, watch = watched()
    watch.enter("/a")
    begun, spells = clock.now, []
    for step, passed in steps:
        clock.now += passed
        match step:
            case "touch":
                watch.touch()
            case "pause":
                watch.pause()
            case "resume":
                watch.resume()
            case "take":
                spells += watch.take()
            case _:
                watch.enter(step)
    spells += watch.take()
    total = sum(each.lasted_ms + each.paused_ms + each.idle_ms for each in spells)
    assert total == clock.now - begun
    assert all(each.begun_ms >= 0 and each.lasted_ms >= 0 for each in spells)


@given(STEPS)
def test_that_the_visits_are_the_changes_of_the_question(steps: Sequence[tuple[str, int]]) -> None:
    clock, watch = watched()
    front, changes, spells = "", 0, []
    for step, passed in steps:
        clock.now += passed
        if step.startswith("/"):
            changes += step != front
            front = step
            watch.enter(step)
        elif step == "take":
            spells += watch.take()
    assert sum(each.visits for each in (*spells, *watch.take())) == changes
