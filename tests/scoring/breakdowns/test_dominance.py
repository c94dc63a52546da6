"""Totals of employment: a large plant is not read off the total of its group."""

from __future__ import annotations

import doctest

import pytest

from kume_desktop.scoring.breakdowns import dominance
from kume_desktop.scoring.breakdowns.dominance import is_dominated, is_guessable, state_of


@pytest.mark.parametrize(
    ("staff", "state"),
    [
        ([], ""),
        ([40], "few"),
        ([40, 30], "few"),
        ([1000, 20, 10], "dominated"),
        ([50, 35, 15], ""),
        ([50, 36, 14], "dominated"),
        ([100, 80, 9, 8, 7, 6, 5], ""),
        ([100, 3, 3, 3], "dominated"),
        ([0, 0, 0], "dominated"),
        ([30] * 10, ""),
    ],
)
def test_that_a_total_is_shown_only_where_no_firm_stands_out(staff, state):
    assert state_of(staff) == state


def test_that_two_firms_may_hold_exactly_the_share():
    assert not is_dominated([50, 35, 15])
    assert is_dominated([50, 35.1, 14.9])


def test_that_the_second_largest_must_not_know_the_largest_to_a_tenth():
    assert is_guessable([100, 50, 9])
    assert not is_guessable([100, 50, 10])


def test_that_an_amount_below_zero_is_a_bug():
    with pytest.raises(ValueError, match="below 0"):
        state_of([5, -1, 3])


def test_that_the_examples_of_the_documentation_hold():
    found = doctest.testmod(dominance)
    assert (found.attempted, found.failed) == (2, 0)
