"""One run: provenance, hashes, storage; and the examples of the documentation."""

from __future__ import annotations

import doctest
from dataclasses import replace

import numpy as np
import pytest

from kume_desktop.scoring import index, method, needs, rounding
from kume_desktop.scoring.rounding import half_up, settle
from kume_desktop.scoring.run import ENGINE_VERSION, inputs_hash, results_from_json, results_to_json, score


@pytest.fixture
def inputs(areas, levels, needs):
    table = [(0, [3, 4, 5, 2, 1, 3, 3, 4, 2, None]), (0, [1] * 10), (1, [5] * 10)]
    asked = [(0, [2, "dk", 3, 4, 5, 1, "na", 3, 4, 5]), (1, [5] * 10)]
    return areas("a", "b"), levels(table), needs(asked)


def test_that_a_result_says_what_it_rests_on(inputs, method):
    found = score(
        *inputs, method, instrument_hashes=("x", "y"), computed_at="2026-11-22T10:00:00+03:00", demonstration=True
    )
    assert (found.route, found.method_version, found.method_hash) == ("firma", "1", method.hash)
    assert (found.engine_version, found.instrument_hashes, found.demonstration) == (ENGINE_VERSION, ("x", "y"), True)
    assert len(found.inputs_hash) == 64
    assert (len(found.areas), len(found.needs), len(found.margins)) == (2, 20, 2)


def test_that_json_gives_the_results_back(inputs, method):
    found = score(*inputs, method, instrument_hashes=("x",))
    assert results_from_json(results_to_json(found)) == found


def test_that_the_same_inputs_give_the_same_results(inputs, method):
    assert score(*inputs, method) == score(*inputs, method)


def test_that_the_hash_of_the_inputs_does_not_depend_on_the_order_of_firms(inputs):
    areas, levels, needs = inputs
    order = [2, 0, 1]
    turned = replace(
        levels, targets=tuple(levels.targets[k] for k in order), area=levels.area[order], levels=levels.levels[order]
    )
    assert inputs_hash(areas, turned, needs) == inputs_hash(areas, levels, needs)


def test_that_the_hash_sees_every_level_answer_and_reserve(inputs):
    areas, levels, needs = inputs
    told = inputs_hash(areas, levels, needs)
    higher, changed, reserved = levels.levels.copy(), needs.answers.copy(), needs.reserve.copy()
    higher[1, 3] = 2
    changed[0, 0] = 3
    reserved[0, 1] = 3
    others = {
        inputs_hash(areas, replace(levels, levels=higher), needs),
        inputs_hash(areas, levels, replace(needs, answers=changed)),
        inputs_hash(areas, levels, replace(needs, reserve=reserved)),
        inputs_hash(areas, replace(levels, route="panel"), needs),
        inputs_hash(replace(areas, frame_n=areas.frame_n + 1), levels, needs),
    }
    assert len(others | {told}) == 6


def test_that_rounding_goes_up_at_every_half_of_a_small_mean():
    for n in range(1, 60):
        for total in range(n, 3 * n + 1):
            exact = (2 * total + n) // (2 * n)
            assert int(half_up(total / n)) == exact


def test_that_not_a_number_stays_so():
    assert np.isnan(half_up([np.nan, 1.0])).tolist() == [True, False]
    assert np.isnan(settle(np.nan))


@pytest.mark.parametrize("module", [index, method, needs, rounding])
def test_that_the_examples_of_the_documentation_hold(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
