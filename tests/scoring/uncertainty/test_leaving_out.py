"""Scores without one indicator, firm or rater: against the index computed again from what is left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop.scoring.analysis import LeftOut
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Levels, Ratings
from kume_desktop.scoring.uncertainty.leaving_out import leave_out, without_rater
from tests.scoring.rules import INDICATORS

AREAS = Areas(("a", "b", "c"), ("",) * 3, ("",) * 3, np.full(3, -1))


def some_levels(seed: int, missing: float = 0.15) -> Levels:
    """Twelve firms of area a, five of b, none of c."""
    random = np.random.default_rng(seed)
    values = random.integers(1, 6, (17, 10)).astype(float)
    values[random.random(values.shape) < missing] = np.nan
    return Levels("firma", tuple(f"F{k}" for k in range(17)), np.array([0] * 12 + [1] * 5), INDICATORS, values)


def told(entry: LeftOut) -> tuple[object, ...]:
    return entry.score, entry.category, entry.published_index


def scored(levels: Levels, method, place: int) -> tuple[object, ...]:
    area = score_areas(AREAS, levels, method)[place]
    return area.score, area.category, area.published_index


def rated(rows: list[tuple[str, str, int, bool, float]]) -> Ratings:
    """Ratings of F0 on g1: (target, rater, round, agreed, level)."""
    targets, raters = tuple(dict.fromkeys(r[0] for r in rows)), tuple(dict.fromkeys(r[1] for r in rows))
    count = len(rows)
    return Ratings(
        targets, INDICATORS, raters,
        np.array([targets.index(r[0]) for r in rows]), np.zeros(count, dtype=np.int64),
        np.array([raters.index(r[1]) for r in rows]), np.array([r[2] for r in rows]),
        np.array([r[3] for r in rows]), np.array([r[4] for r in rows], dtype=float), np.full(count, np.nan),
        np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_),
    )  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.sampled_from(["leave_out", "lowest", "headings"]))
def test_that_every_score_is_the_index_of_what_is_left(method, seed, rule):
    ruled = replace(method, weights={code: 1.0 + k for k, code in enumerate(INDICATORS)})
    if rule == "headings":
        ruled = replace(ruled, heading_weights={heading.code: 1.0 for heading in method.headings})
    else:
        ruled = replace(ruled, missing_rule=rule)
    levels = some_levels(seed)
    found = leave_out(AREAS, levels, None, ruled)
    for entry in found:
        place = AREAS.codes.index(entry.area)
        if entry.kind == "firm":
            kept = [k for k, name in enumerate(levels.targets) if name != entry.what]
            less = replace(
                levels,
                targets=tuple(levels.targets[k] for k in kept),
                area=levels.area[kept],
                levels=levels.levels[kept],
            )
            expected = scored(less, ruled, place)
            assert entry.score == pytest.approx(expected[0], abs=1e-9)
            assert told(entry)[1:] == expected[1:]
        full = scored(levels, ruled, place)
        assert entry.change == pytest.approx(entry.score - full[0], abs=1e-9)


@pytest.mark.parametrize("rule", ["leave_out", "lowest"])
def test_that_without_an_indicator_the_others_share_its_weight(rule, method):
    levels = some_levels(1)
    ruled = replace(method, missing_rule=rule)
    found = {(e.area, e.what): told(e) for e in leave_out(AREAS, levels, None, ruled) if e.kind == "indicator"}
    assert list(found) == [(area, code) for area in "ab" for code in INDICATORS]
    for place, code in enumerate(INDICATORS):
        others = [k for k in range(10) if k != place]
        less = replace(
            ruled,
            indicators=tuple(ruled.indicators[k] for k in others),
            headings=tuple(replace(h, indicators=tuple(c for c in h.indicators if c != code)) for h in ruled.headings),
        )
        kept = replace(levels, indicators=tuple(INDICATORS[k] for k in others), levels=levels.levels[:, others])
        expected = scored(kept, less, 0)
        assert found["a", code][0] == pytest.approx(expected[0], abs=1e-9)
        assert found["a", code][1:] == expected[1:]


def test_that_the_order_is_areas_then_indicators_then_firms(method):
    found = leave_out(AREAS, some_levels(2, 0.0), None, method)
    kinds = [(entry.area, entry.kind) for entry in found]
    assert kinds == [("a", "indicator")] * 10 + [("a", "firm")] * 12 + [("b", "indicator")] * 10 + [("b", "firm")] * 5
    assert [entry.what for entry in found if entry.kind == "firm"] == [f"F{k}" for k in range(17)]


def test_that_without_the_only_firm_there_is_no_score(method):
    levels = replace(some_levels(3, 0.0), targets=("F0",), area=np.array([0]), levels=np.full((1, 10), 4.0))
    (firm,) = (entry for entry in leave_out(AREAS, levels, None, method) if entry.kind == "firm")
    assert firm == LeftOut("a", "firm", "F0", None, None, None, None)


def test_that_firms_without_a_level_and_indicators_without_one_are_not_left_out(method):
    levels = some_levels(4, 0.0)
    levels.levels[0] = np.nan
    levels.levels[:, 2] = np.nan
    found = [entry.what for entry in leave_out(AREAS, levels, None, method) if entry.area == "a"]
    assert "F0" not in found
    assert "g3" not in found


def test_that_a_panel_has_no_firms_to_leave_out(method):
    panel = Levels("panel", ("a-id",), np.array([0]), INDICATORS, np.array([[1.0, 2, 3, 3, 2, 1, 2, 3, 1, 2]]))
    assert {entry.kind for entry in leave_out(AREAS, panel, None, method)} == {"indicator"}


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([("F0", "x", 1, False, 4.0)], None),
        ([("F0", "x", 1, False, 4.0), ("F0", "y", 1, False, 2.0)], 2.0),
        ([("F0", "x", 1, False, 4.0), ("F0", "y", 1, False, 2.0), ("F0", "y", 2, True, 3.0)], 2.0),
        ([("F0", "x", 1, False, 4.0), ("F0", "y", 1, False, 2.0), ("F0", "x", 2, True, 3.0)], 2.0),
        ([("F0", "y", 1, False, 4.0), ("F0", "z", 1, False, 2.0), ("F0", "x", 2, True, 3.0)], None),
        ([("F0", "y", 1, False, 4.0), ("F0", "z", 1, False, 4.0), ("F0", "x", 1, False, 3.0)], 4.0),
        ([("F0", "x", 1, False, 4.0), ("F0", "y", 1, False, 2.0), ("F0", "y", 2, False, 1.0)], 1.0),
        ([("F0", "x", 1, False, 4.0), ("F0", "y", 1, False, float("nan"))], None),
        ([("F0", "y", 1, False, 4.0), ("F0", "y", 2, True, 3.0), ("F1", "x", 1, False, 3.0)], 5.0),
    ],
    ids=["alone", "other blind", "agreed by the other", "agreed by the rater", "settled for others who differ",
         "others agree", "later round of the other", "the other gave none", "not touched"],
)  # fmt: skip
def test_that_without_a_rater_the_other_blind_level_holds_or_none(rows, left):
    levels = some_levels(1, 0.0)
    levels.levels[0, 0] = 5.0
    ratings = rated(rows)
    found, touched = without_rater(levels, ratings, ratings.raters.index("x"))
    assert found[0, 0] == left if left is not None else np.isnan(found[0, 0])
    assert touched[0, 0] == any(row[:2] == ("F0", "x") for row in rows)
    untouched = ~touched
    assert np.array_equal(found[untouched], levels.levels[untouched])


def test_that_a_rater_is_left_out_only_where_he_rated(method):
    levels = some_levels(6, 0.0)
    levels.levels[0, 0], levels.levels[14, 0] = 5.0, 1.0
    ratings = rated(
        [
            ("F0", "x", 1, False, 5.0),
            ("F0", "y", 1, False, 1.0),
            ("F14", "y", 1, False, 1.0),
            ("away", "z", 1, False, 1.0),
        ]
    )
    found = {(e.area, e.what): told(e) for e in leave_out(AREAS, levels, ratings, method) if e.kind == "rater"}
    assert list(found) == [("a", "x"), ("a", "y"), ("b", "y")]
    lower = levels.levels.copy()
    lower[0, 0] = 1.0
    assert found["a", "x"] == pytest.approx(scored(replace(levels, levels=lower), method, 0), abs=1e-9)


def test_that_columns_in_another_order_give_the_same(method):
    levels = some_levels(7)
    turned = replace(levels, indicators=INDICATORS[::-1], levels=levels.levels[:, ::-1])
    ratings = rated([("F0", "x", 1, False, 5.0), ("F1", "y", 1, False, 2.0)])
    plain, other = (leave_out(AREAS, own, ratings, method) for own in (levels, turned))
    assert plain == other
