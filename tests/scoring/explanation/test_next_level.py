"""What would take an area a category up: nearest indicators, how many firms, and the figures after that step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.explanation.next_level import next_steps
from kume_desktop.scoring.index import score_areas
from tests.scoring.explanation.scores import areas_of, random_levels

RAISED = {1: 3, 2: 3, 3: 4}
"""A level 1-5 one step higher on the scale 1-3."""


def area(method, table, route="firma"):
    return score_areas(*areas_of(table, route=route), method)[0]


def test_that_the_nearest_indicator_comes_first(method):
    table = [[3.0, 5, 5, 5, 5, 5, 5, 5, 5, 5]] * 2 + [[1.0, 3, 5, 5, 5, 5, 5, 5, 5, 5]] * 2
    steps = next_steps([area(method, table)], method)
    assert [(step.indicator, step.missing, step.firms) for step in steps] == [
        ("g1", pytest.approx(1.0), 4),
    ]
    table = [[3.0, 3, 1, 5, 5, 5, 5, 5, 5, 5]] * 3 + [[3.0, 5, 1, 5, 5, 5, 5, 5, 5, 5]] * 2
    steps = next_steps([area(method, table)], method)
    assert [(step.indicator, step.firms) for step in steps] == [("g2", 1), ("g1", 3), ("g3", 3)]
    assert [step.missing for step in steps] == pytest.approx([0.1, 0.5, 0.5])


def test_that_a_mean_just_below_the_line_needs_one_firm_in_spite_of_binary_fractions(method):
    """Seven firms: 4 at 1, 3 at 2 has the mean 10/7; half a firm is missing, so one firm."""
    steps = next_steps([area(method, [[1.0] * 10] * 4 + [[3.0] * 10] * 3)], method)
    assert {step.firms for step in steps} == {1}


def test_that_the_highest_level_and_what_nobody_scored_have_no_step(method):
    table = [[5.0] * 9 + [np.nan]] * 4
    assert next_steps([area(method, table)], method) == ()
    assert next_steps([area(method, [[np.nan] * 10])], method) == ()


def test_that_a_panel_has_steps_of_one_rating(method):
    step = next_steps([area(method, [[2, *[3] * 9]], "panel")], method)[0]
    assert (step.indicator, step.missing, step.firms, step.published_index) == ("g1", 0.5, 1, 100)


@given(seed=st.integers(0, 2000), n=st.integers(1, 15), gaps=st.sampled_from([0.0, 0.2]))
@settings(max_examples=60, deadline=None)
def test_that_the_step_is_what_raising_so_many_firms_gives_and_one_fewer_does_not(seed, n, gaps, method):
    table = random_levels(n, seed, gaps)
    before = area(method, table)
    for step in next_steps([before], method):
        column = method.indicator_codes.index(step.indicator)
        after = raised(table, column, step.firms)
        if after is None:
            continue
        found = area(method, after)
        assert found.indicators[column].published == before.indicators[column].published + 1
        assert (step.score, step.category) == (pytest.approx(found.score, abs=1e-9), found.category)
        assert (step.published_index, step.published_category) == (found.published_index, found.published_category)
        fewer = raised(table, column, step.firms - 1)
        assert area(method, fewer).indicators[column].published == before.indicators[column].published


def raised(table, column, firms):
    """The table with `firms` firms one step higher in a column; None where not so many can rise one step."""
    able = [row for row in range(len(table)) if table[row, column] <= 3]
    if len(able) < firms:
        return None
    after = table.copy()
    for row in able[:firms]:
        after[row, column] = RAISED[int(table[row, column])]
    return after
