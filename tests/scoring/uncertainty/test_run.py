"""The whole run: what it says of every area, and of areas on which there is little or nothing to say."""

from __future__ import annotations

from dataclasses import replace

import cattrs
import numpy as np
import pytest

from kume_desktop.scoring.analysis import AreaUncertainty
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Levels
from kume_desktop.scoring.uncertainty.joint import joint_run
from kume_desktop.scoring.uncertainty.run import uncertainty
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.scoring.rules import INDICATORS

RUN = RunSettings(replicates=1200)


def a_study(sizes: dict[str, int], means: dict[str, float] | None = None, seed: int = 1) -> tuple[Areas, Levels]:
    """Areas with so many firms each, levels 1-5 round a mean."""
    random = np.random.default_rng(seed)
    parts = []
    for code, count in sizes.items():
        centre = (means or {}).get(code, 3.0) + random.normal(0, 0.7, (count, 1))
        parts.append(np.clip(np.round(centre + random.normal(0, 0.9, (count, 10))), 1, 5))
    codes = tuple(sizes)
    area = np.repeat(np.arange(len(codes)), list(sizes.values()))
    targets = tuple(f"F{k:03d}" for k in range(len(area)))
    levels = Levels("firma", targets, area, INDICATORS, np.concatenate(parts))
    return Areas(codes, codes, codes, np.full(len(codes), -1)), levels


def places(area: AreaUncertainty) -> list[tuple[int, int]]:
    return [(band.low, band.high) for band in (area.by_method, area.by_sampling, area.by_both) if band]


def test_that_an_area_gets_interval_probabilities_and_bands(method):
    areas, levels = a_study({"a": 30, "b": 40, "c": 25}, {"a": 4.4, "b": 3.0, "c": 2.0})
    found = uncertainty(areas, levels, method, np.array([60, -1, 25]), RUN)
    scores = score_areas(areas, levels, method)
    for area, interval, error, score in zip(found.areas, found.intervals, found.errors, scores, strict=True):
        assert area.area == score.code
        assert interval.low <= score.score <= interval.high
        assert sum(area.sampling) == pytest.approx(1)
        assert sum(area.joint) == pytest.approx(1)
        assert area.joint_interval.low < area.joint_interval.high
        assert area.standard_error == error
    assert [interval.how for interval in found.intervals] == ["logit-t", "logit-t", "census"]
    assert [interval.corrected for interval in found.intervals] == [True, False, True]
    assert [places(area) for area in found.areas] == [[(k, k)] * 3 for k in (1, 2, 3)]
    assert found.errors[2] == 0
    assert max(found.areas[2].sampling) == 1
    for place in range(3):
        for indicator, interval in zip(scores[place].indicators, found.indicators[place], strict=True):
            assert interval.low <= indicator.mean + 1e-12
            assert indicator.mean - 1e-12 <= interval.high


def test_that_little_or_nothing_is_said_of_few_firms_and_of_nobody(method):
    areas, levels = a_study({"a": 20, "few": 7, "one": 1, "nobody": 0, "empty": 4})
    levels.levels[levels.area == 4] = np.nan
    found = uncertainty(areas, levels, method, np.array([40, 40, 40, 40, -1]), RUN)
    assert [area.reason for area in found.areas] == ["", "few", "few", "nobody", "nobody"]
    for area, interval in list(zip(found.areas, found.intervals, strict=True))[1:]:
        assert (interval.low, interval.reason) == (None, area.reason)
        assert (area.sampling, area.joint, area.joint_interval.reason) == ((), (), area.reason)
        assert places(area) == []
    assert [error is None for error in found.errors] == [False, False, True, True, True]
    assert {interval.reason for interval in found.indicators[3]} == {"nobody"}
    assert found.areas[0].by_sampling.high <= 3


def test_that_a_census_of_few_firms_is_a_census(method):
    areas, levels = a_study({"a": 4, "b": 20})
    found = uncertainty(areas, levels, method, np.array([4, 50]), RUN)
    assert (found.intervals[0].how, found.areas[0].reason) == ("census", "")
    assert max(found.areas[0].sampling) == 1


def test_that_unanimous_areas_are_uncertain_all_the_same(method):
    areas, levels = a_study({"a": 15, "b": 15})
    levels.levels[:15] = 5.0
    levels.levels[15:] = 5.0
    levels.levels[15:, 0] = 3.0
    found = uncertainty(areas, levels, method, np.array([-1, -1]), RUN)
    assert [interval.how for interval in found.intervals] == ["dirichlet", "dirichlet"]
    assert found.intervals[0].low < 100 == found.intervals[0].high
    assert places(found.areas[0])[1] == (1, 2)


def test_that_an_item_nobody_answered_has_no_interval_but_the_index_has(method):
    areas, levels = a_study({"a": 15})
    levels.levels[:, 6] = np.nan
    levels.levels[:, 2] = 3.0
    found = uncertainty(areas, levels, method, np.array([30]), RUN)
    assert (found.indicators[0][6].reason, found.indicators[0][2].how) == ("nobody", "dirichlet")
    assert found.intervals[0].how == "logit-t"
    ruled = replace(method, missing_rule="lowest")
    (score,) = score_areas(areas, levels, ruled)
    (interval,) = uncertainty(areas, levels, ruled, np.array([30]), RUN).intervals
    assert interval.low < score.score < interval.high
    assert interval.high < found.intervals[0].high


def test_that_an_index_of_averaged_headings_has_its_own_interval(method):
    areas, levels = a_study({"a": 25})
    levels.levels[:, :2] = np.random.default_rng(1).choice([1.0, 5.0], (25, 1))
    ruled = replace(method, heading_weights={"h1": 5.0, "h2": 1.0, "h3": 1.0, "h4": 1.0})
    (score,) = score_areas(areas, levels, ruled)
    flat, deep = (uncertainty(areas, levels, m, np.array([-1]), RUN) for m in (method, ruled))
    assert deep.intervals[0].low < score.score < deep.intervals[0].high
    assert deep.errors[0] > flat.errors[0]


def test_that_a_panel_is_no_sample(method):
    areas, _ = a_study({"a": 0, "b": 0})
    panel = Levels("panel", ("A", "B"), np.array([0, 1]), INDICATORS, np.full((2, 10), 2.0))
    found = uncertainty(areas, panel, method, np.array([5, 5]), RUN)
    assert {area.reason for area in found.areas} == {"panel"}
    assert {interval.reason for interval in (*found.intervals, *found.indicators[0])} == {"panel"}
    assert found.errors == (None, None)


def test_that_the_facts_say_how_to_make_the_run_again(method):
    areas, levels = a_study({"a": 12})
    told = uncertainty(areas, levels, method, np.array([-1]), RunSettings(seed=5, replicates=300)).facts
    assert (told.seed, told.replicates, told.confidence, told.pseudo_firm) == (5, 300, 0.95, 0.2)
    assert told.weights == "dirichlet"
    assert told.aggregations == ("arithmetic", "geometric")
    assert told.imputations == ("leave_out", "lowest", "two_way")


def test_that_a_run_repeats_itself_and_other_areas_change_only_the_places(method):
    areas, levels = a_study({"a": 20, "b": 30})
    n = np.array([50, 60])
    first, second = (uncertainty(areas, levels, method, n, RUN) for _ in range(2))
    assert first == second
    alone_areas = Areas(("a",), ("a",), ("a",), np.array([-1]))
    inside = levels.area == 0
    alone = replace(levels, targets=levels.targets[:20], area=levels.area[inside], levels=levels.levels[inside])
    (only,) = uncertainty(alone_areas, alone, method, n[:1], RUN).areas
    bands = ("by_method", "by_sampling", "by_both")
    among = replace(first.areas[0], **dict.fromkeys(bands))
    assert replace(only, **dict.fromkeys(bands)) == among


def test_that_areas_and_firms_in_another_order_are_told_the_same(method):
    areas, levels = a_study({"a": 20, "b": 30, "c": 15}, {"a": 3.5, "b": 3.2, "c": 2.8})
    order = np.random.default_rng(2).permutation(65)
    turned_areas = Areas(("c", "a", "b"), ("",) * 3, ("",) * 3, np.full(3, -1))
    turned = replace(
        levels,
        targets=tuple(levels.targets[k] for k in order),
        area=np.array([1, 2, 0])[levels.area[order]],
        levels=levels.levels[order],
    )
    plain = uncertainty(areas, levels, method, np.array([50, 60, 70]), RUN)
    other = uncertainty(turned_areas, turned, method, np.array([70, 50, 60]), RUN)
    for place, code in enumerate(areas.codes):
        (found,) = (area for area in other.areas if area.area == code)
        mine = plain.areas[place]
        assert places(found) == places(mine)
        assert (found.sampling, found.joint) == (mine.sampling, mine.joint)
        assert found.standard_error == pytest.approx(mine.standard_error, abs=1e-12)


def test_that_results_survive_the_way_through_json(method):
    areas, levels = a_study({"a": 12, "b": 3})
    for area in uncertainty(areas, levels, method, np.array([-1, -1]), RUN).areas:
        assert cattrs.structure(cattrs.unstructure(area), AreaUncertainty) == area


def test_that_a_list_shorter_than_its_firms_is_refused(method):
    areas, levels = a_study({"a": 12})
    with pytest.raises(ValueError, match="12 firms answered of a list of 11"):
        uncertainty(areas, levels, method, np.array([11]), RUN)


def test_that_no_area_at_all_is_no_mistake(method):
    nothing = Levels("firma", (), np.empty(0, dtype=np.int64), INDICATORS, np.empty((0, 10)))
    found = uncertainty(
        Areas((), (), (), np.empty(0, dtype=np.int64)), nothing, method, np.empty(0, dtype=np.int64), RUN
    )
    assert (found.areas, found.intervals) == ((), ())


def test_that_probabilities_are_those_of_the_joint_run(method):
    areas, levels = a_study({"a": 14}, {"a": 4.0})
    found = uncertainty(areas, levels, method, np.array([-1]), RUN)
    table = np.array([np.nan, 1, 1, 2, 3, 3])[levels.levels.astype(int)]
    run = joint_run(["a"], [table], method, [None], RUN)
    assert found.areas[0].sampling == tuple(run.sampling_probability[0])
    assert found.areas[0].joint == tuple(run.joint_probability[0])
    ends = (*run.limits[0], found.intervals[0].low, found.intervals[0].high)
    assert (found.areas[0].joint_interval.low, found.areas[0].joint_interval.high) == (min(ends), max(ends))


@pytest.mark.parametrize("seed", range(6))
def test_that_the_joint_range_is_never_narrower_than_the_sampling_interval(method, seed):
    areas, levels = a_study({"a": 10, "b": 12, "c": 40}, {"a": 4.6, "b": 3.0, "c": 4.9}, seed)
    found = uncertainty(areas, levels, method, np.array([-1, 30, 41]), RUN)
    assert [one.low <= own.low for own, one in zip(found.intervals, _joint(found), strict=True)] == [True] * 3
    assert [own.high <= one.high for own, one in zip(found.intervals, _joint(found), strict=True)] == [True] * 3


def _joint(found):
    return [area.joint_interval for area in found.areas]


@pytest.mark.parametrize(
    "wrong",
    [{"replicates": 99}, {"replicates": 0}, {"seed": -1}, {"seed": 2**63}, {"confidence": 0.0}, {"confidence": 1.0},
     {"confidence": float("nan")}],
)  # fmt: skip
def test_that_settings_no_run_can_be_made_with_are_refused(wrong):
    with pytest.raises(ValueError, match=r"at least 100 replicates|a seed is|a confidence lies"):
        RunSettings(**wrong)
    assert RunSettings(seed=2**63 - 1, replicates=100, confidence=0.5).replicates == 100
