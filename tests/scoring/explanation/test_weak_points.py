"""Strengths and weaknesses by interval widths, claims by evidence, and the ideas for what is weakest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kume_desktop.scoring.explanation.claims import claims
from kume_desktop.scoring.explanation.strengths import strengths
from kume_desktop.scoring.explanation.suggestions import suggestions
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Evidence, Needs
from kume_desktop.scoring.method import PANEL_ROUTE, Idea, Words
from kume_desktop.scoring.needs import score_needs
from tests.scoring.explanation.scores import areas_of, random_levels, scored
from tests.scoring.rules import INDICATORS


def table_with(column, levels, others):
    table = np.array(others, dtype=float)
    table[:, column] = levels
    return table


def test_that_a_distance_counts_in_half_widths_of_the_indicators_own_interval(method):
    table = table_with(7, 1.0, random_levels(20, 1, weights=(1, 1, 2, 2, 2)))
    (area,), _ = scored(method, table)
    found = {one.indicator: one for one in strengths([area], method)}
    weak, interval = found["g8"], area.indicators[7].interval
    assert weak.distance == pytest.approx(1 - area.score * 3 / 100, abs=1e-9)
    assert weak.widths == pytest.approx(weak.distance / ((interval.high - interval.low) / 2))
    assert weak.kind == "weakness"


def test_that_the_first_and_the_last_are_nothing_where_all_lie_within_their_width(method):
    """Ten indicators drawn alike always have a first and a last; neither is a strength."""
    (area,), _ = scored(method, random_levels(12, 3))
    found = strengths([area], method)
    assert len({one.distance for one in found}) > 1
    assert {one.kind for one in found if abs(one.widths) <= 1} == {""}
    assert all(one.kind == ("strength" if one.distance > 0 else "weakness") for one in found if abs(one.widths) > 1)


def test_that_without_an_interval_nothing_is_sure(method):
    (area,), _ = scored(method, table_with(0, 5.0, random_levels(6, 4)))
    assert {(one.kind, one.widths) for one in strengths([area], method)} == {("", None)}


def test_that_a_full_count_is_sure_of_every_distance(method):
    (area,), _ = scored(method, table_with(0, 5.0, np.full((12, 10), 3.0)), frame_n=12)
    found = {one.indicator: one for one in strengths([area], method)}
    assert (found["g1"].kind, found["g1"].widths, found["g2"].kind) == ("strength", None, "weakness")
    (even,), _ = scored(method, np.full((12, 10), 3.0), frame_n=12)
    assert {one.kind for one in strengths([even], method)} == {""}


def test_that_areas_and_indicators_without_levels_are_left_out(method):
    nobody = np.full((2, 10), np.nan)
    found, _ = scored(method, nobody, table_with(9, np.nan, random_levels(12)))
    assert [(one.area, one.indicator) for one in strengths(found, method)] == [("a1", code) for code in INDICATORS[:9]]


def with_evidence(table, evidence):
    areas, levels = areas_of(table)
    return areas, replace(levels, evidence=np.array(evidence, dtype=np.int64))


def test_that_claims_count_what_high_levels_rest_on(method):
    table = np.full((5, 10), 3.0)
    table[:, 0] = [4, 5, 5, 4, 3]
    evidence = np.zeros((5, 10), dtype=np.int64)
    evidence[:, 0] = [Evidence.DOCUMENT, Evidence.STATEMENT, Evidence.OBSERVATION, Evidence.UNSAID, Evidence.DOCUMENT]
    whole, own = claims(*with_evidence(table, evidence))
    assert (whole.indicator, own.indicator) == ("", "g1")
    assert (own.high, own.documented, own.stated, own.unsaid) == (4, 1, 1, 1)
    assert (whole.high, whole.documented) == (4, 1)


def test_that_claims_sum_over_the_indicators(method):
    random = np.random.default_rng(1)
    found = claims(*with_evidence(random_levels(20), random.integers(0, 5, (20, 10))))
    whole, *rest = found
    for part in ("high", "documented", "stated", "unsaid"):
        assert getattr(whole, part) == sum(getattr(one, part) for one in rest)


def test_that_without_high_levels_or_evidence_or_firms_there_is_no_claim(method):
    assert claims(*with_evidence(np.full((3, 10), 3.0), np.zeros((3, 10)))) == ()
    assert claims(*areas_of(np.full((3, 10), 5.0))) == ()
    areas, panel = areas_of([[3] * 10], route=PANEL_ROUTE)
    assert claims(areas, replace(panel, evidence=np.ones((1, 10), dtype=np.int64))) == ()


@pytest.fixture
def with_ideas(method):
    codes = (*INDICATORS, *(cell.code for cell in method.needs.cells))
    ideas = [Idea(code, Words(f"öneri {code}", f"idea {code}"), "Own") for code in codes]
    return method.with_changes(ideas=(*ideas, Idea("g8", Words("ikinci"), "Own")))


def needs_of(method, columns, n=12):
    cells = tuple(cell.code for cell in method.needs.cells)
    table = np.full((n, 10), 4, dtype=np.int64)
    for place, answer in columns.items():
        table[:, place] = answer
    return Needs(tuple(f"F{k}" for k in range(n)), np.zeros(n, dtype=np.int64), cells, table, np.zeros_like(table))


def suggested(method, table, needs):
    areas, _ = areas_of(table)
    found, _ = scored(method, table)
    cells, _ = score_needs(areas, needs, method)
    return suggestions(found, cells, strengths(found, method), method)


def test_that_the_weakest_cells_and_indicators_get_their_ideas_worst_first(with_ideas):
    table = table_with(4, 1.0, table_with(7, 2.0, np.full((12, 10), 4.0)))
    table[:3, 7] = 4.0
    found = suggested(with_ideas, table, needs_of(with_ideas, {2: 1, 5: 2}))
    assert [(one.kind, one.what, one.text_tr) for one in found] == [
        ("cell", "uretim_duran_varlik", "öneri uretim_duran_varlik"),
        ("cell", "pazarlama_insan", "öneri pazarlama_insan"),
        ("indicator", "g5", "öneri g5"),
        ("indicator", "g8", "öneri g8"),
        ("indicator", "g8", "ikinci"),
    ]
    assert {(one.area, one.origin) for one in found} == {("a0", "Own")}


def test_that_at_most_three_of_each_are_suggested(with_ideas):
    found = suggested(with_ideas, np.full((12, 10), 1.0), needs_of(with_ideas, dict.fromkeys(range(10), 1)))
    assert [sum(one.kind == kind for one in found) for kind in ("cell", "indicator")] == [3, 3]


def test_that_a_strong_area_and_a_cell_of_two_firms_get_no_idea(with_ideas):
    assert suggested(with_ideas, np.full((12, 10), 5.0), needs_of(with_ideas, {})) == ()
    assert suggested(with_ideas, np.full((12, 10), 5.0), needs_of(with_ideas, {0: 1}, n=2)) == ()


def test_that_a_method_without_ideas_suggests_nothing(method):
    assert suggested(method, np.full((12, 10), 1.0), needs_of(method, {0: 1})) == ()


def test_that_an_area_without_levels_still_gets_ideas_for_its_cells(with_ideas):
    areas, levels = areas_of(np.full((1, 10), np.nan))
    cells, _ = score_needs(areas, needs_of(with_ideas, {3: 1}), with_ideas)
    found = suggestions(score_areas(areas, levels, with_ideas), cells, (), with_ideas)
    assert [one.what for one in found] == ["uretim_bilgi"]
