"""Totals of employment: a large plant is not read off the total of its group."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.breakdowns import dominance
from kume_desktop.scoring.breakdowns.dominance import is_dominated, is_guessable, state_of, suppress_totals


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


def test_that_a_dominated_group_goes_with_the_smallest_that_protects_it():
    amounts = np.array([1500.0, 20, 10, *[30] * 6, *[90] * 6])
    labels = np.array([0] * 3 + [1] * 6 + [2] * 6)
    assert suppress_totals(amounts, labels, 3) == ("dominated", "secondary", "secondary")
    assert suppress_totals(np.where(amounts == 1500, 900, amounts), labels, 3) == ("dominated", "secondary", "")


def test_that_an_empty_group_protects_nobody():
    assert suppress_totals(np.array([5.0, *[20] * 8]), np.array([0] + [2] * 8), 3) == ("few", "", "secondary")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 500)), min_size=1, max_size=25))
@settings(max_examples=80, deadline=None)
def test_that_hidden_groups_are_two_and_together_a_total_that_may_be_shown(firms):
    labels = np.array([label for label, _ in firms])
    amounts = np.array([staff for _, staff in firms], dtype=np.float64)
    states = suppress_totals(amounts, labels, 4)
    hidden = [place for place, state in enumerate(states) if state]
    shown = [place for place, state in enumerate(states) if not state and (labels == place).any()]
    assert all(not state_of(amounts[labels == place]) for place in shown)
    if hidden and shown:
        assert len(hidden) > 1
        assert not state_of(amounts[np.isin(labels, hidden)])


def test_that_the_examples_of_the_documentation_hold():
    found = doctest.testmod(dominance)
    assert (found.attempted, found.failed) == (2, 0)
