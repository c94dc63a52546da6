"""The run around the kernels: every part is there or named, the hash sees every input, hostile studies end well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from kume_desktop.scoring.analysis import Analysis
from kume_desktop.scoring.inputs import (
    Areas,
    Around,
    Disposition,
    EarlierWave,
    Firms,
    Frame,
    Levels,
    Needs,
    Ratings,
)  # fmt: skip
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import Results
from kume_desktop.scoring.run import inputs_hash, results_from_json, results_to_json, score
from kume_desktop.scoring.uncertainty.settings import RunSettings

QUICK = RunSettings(replicates=200)
SIZES = ("1-9", "10-49", "50+")


def firms_of(levels: Levels, more: int = 0) -> Firms:
    """The firms that have levels, and `more` of the first area that refused."""
    count = len(levels.targets) + more
    return Firms(
        ids=(*levels.targets, *(f"X{place}" for place in range(more))),
        codes=tuple(f"C{place}" for place in range(count)),
        area=np.concatenate([levels.area, np.zeros(more, dtype=np.int64)]),
        size_class=tuple(SIZES[place % 3] for place in range(count)),
        district=tuple(("Konak", "Bornova")[place % 2] for place in range(count)),
        nace=("20.30",) * count,
        sources=(("SGK",),) * count,
        interviewer=("g1",) * count,
        disposition=(*(Disposition.COMPLETED for _ in levels.targets), *(Disposition.REFUSED for _ in range(more))),
        staff=np.full(count, 10.0),
        probability=np.full(count, np.nan),
    )


def frame_of(areas: Areas) -> Frame:
    count = len(areas.codes)
    return Frame(
        (), np.zeros((count, 0), dtype=np.int64), (), np.zeros((count, 0), dtype=np.int64),
        np.full(count, -1, dtype=np.int64), np.full(count, np.nan), ("",) * count,
    )  # fmt: skip


def ratings_of(levels: Levels, raters: tuple[str, ...] = ("r1", "r2")) -> Ratings:
    """Every firm rated on every indicator by every rater, the later ones a little lower."""
    rows = [
        (target, indicator, rater, max(1.0, level - rater))
        for target in range(len(levels.targets))
        for indicator, level in enumerate(levels.levels[target])
        for rater in range(len(raters))
        if not np.isnan(level)
    ]
    count = len(rows)
    column = [np.array(values) for values in zip(*rows, strict=True)] or [np.zeros(0)] * 4
    return Ratings(
        targets=levels.targets,
        indicators=levels.indicators,
        raters=raters,
        target=column[0].astype(np.int64),
        indicator=column[1].astype(np.int64),
        rater=column[2].astype(np.int64),
        round=np.ones(count, dtype=np.int64),
        is_agreed=np.zeros(count, dtype=np.bool_),
        level=column[3].astype(np.float64),
        suggestion=np.full(count, np.nan),
        evidence=np.full(count, 2, dtype=np.int64),
        interviewed=np.zeros(count, dtype=np.bool_),
    )


@pytest.fixture
def material(areas: Callable[..., Areas], levels: Callable[..., Levels], needs: Callable[..., Needs]):
    """Two areas of twelve firms each, all parts of the analysis possible."""
    chance = np.random.default_rng(5)
    table = [(place % 2, chance.integers(1, 6, 10).tolist()) for place in range(24)]
    asked = [(place % 2, chance.integers(1, 6, 10).tolist()) for place in range(24)]
    where, given, answered = areas("a", "b", frame_n=40), levels(table), needs(asked)
    given = replace(given, evidence=np.full(given.levels.shape, 2, dtype=np.int64))
    earlier = EarlierWave("2025", replace(given, levels=np.full(given.levels.shape, 3.0)), where.frame_n)
    around = Around(firms_of(given, 4), frame_of(where), ratings_of(given), answered, earlier)
    return where, given, answered, around


def run(material, method: Method, **changes: object) -> Results:
    where, given, answered, around = material
    return score(where, given, answered, method, around=replace(around, **changes), settings=QUICK)


def skipped(found: Results) -> dict[str, str]:
    assert found.analysis is not None
    return dict(found.analysis.skipped)


def test_that_every_part_is_computed_where_everything_is_known(material, method: Method) -> None:
    found = run(material, method)
    assert found.analysis is not None
    empty = {one.name for one in fields(Analysis) if not getattr(found.analysis, one.name)}
    assert empty <= set(skipped(found)) | {"skipped", "careless", "suggestions"}
    assert skipped(found) in ({}, {"suggestions": "no-ideas"})
    assert (found.areas[0].eligible_n, found.areas[0].eligible_basis) == (40, "estimated")
    assert all(area.interval.low is not None and area.interval.corrected for area in found.areas)
    assert all(one.interval.low is not None for area in found.areas for one in area.indicators)
    assert all(need.interval.low is not None for need in found.needs)
    assert found.analysis.run.replicates == 200 and found.analysis.run.coefficient_replicates == 200


def test_that_levels_as_given_have_intervals_of_their_own(material, method: Method) -> None:
    found = run(material, method)
    for area in found.areas:
        for one in area.indicators:
            if one.interval5.low is None or one.interval5.high is None:
                assert one.interval5.reason
            else:
                assert one.mean5 is not None
                assert 1 <= one.interval5.low <= one.mean5 <= one.interval5.high <= 5
    assert any(one.interval5.low is not None for area in found.areas for one in area.indicators)


def test_that_the_results_of_a_whole_run_come_back_from_json(material, method: Method) -> None:
    found = run(material, method)
    assert results_from_json(results_to_json(found)) == found


def test_that_without_anything_around_there_are_scores_only(material, method: Method) -> None:
    where, given, answered, _around = material
    found = score(where, given, answered, method)
    assert found.analysis is None and {area.interval.reason for area in found.areas} == {"not-computed"}
    assert [area.score for area in found.areas] == [area.score for area in run(material, method).areas]


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"firms": None}, {"response": "no-firms", "groups": "no-firms"}),
        ({"frame": None}, {"response": "no-firms"}),
        ({"ratings": None}, {"agreement": "no-ratings", "drift": "no-ratings"}),
        ({"expert_needs": None}, {"expert_needs": "no-expert-ratings"}),
        ({"earlier": None}, {"changes": "one-wave"}),
    ],
)
def test_that_a_part_that_cannot_be_computed_is_named_with_its_reason(
    material, method: Method, changes: dict[str, object], parts: dict[str, str]
) -> None:
    found = run(material, method, **changes)
    assert {part: skipped(found)[part] for part in parts} == parts
    assert found.analysis is not None
    for part in parts:
        assert not (getattr(found.analysis, part) if part != "expert_needs" else found.expert_needs)


def test_that_one_rater_has_drift_from_the_suggestion_but_no_agreement(material, method: Method) -> None:
    found = run(material, method, ratings=ratings_of(material[1], ("r1",)))
    assert skipped(found)["agreement"] == "one-rater"
    assert found.analysis is not None and len(found.analysis.drift) == 1


def test_that_a_list_shorter_than_the_answers_is_no_list_and_said(material, method: Method) -> None:
    where, given, answered, around = material
    short = replace(where, frame_n=np.array([5, 40], dtype=np.int64))
    found = score(short, given, answered, method, around=replace(around, firms=None), settings=QUICK)
    assert skipped(found)["eligible_n:a"] == "list-shorter-than-answers"
    assert [area.eligible_n for area in found.areas] == [None, 40]
    assert [area.frame_n for area in found.areas] == [None, 40]
    assert [area.interval.how for area in found.areas] == ["logit-t", "logit-t"]
    assert [area.interval.corrected for area in found.areas] == [False, True]


def test_that_areas_without_firms_levels_or_answers_come_through(
    areas: Callable[..., Areas], levels: Callable[..., Levels], needs: Callable[..., Needs], method: Method
) -> None:
    where, given, answered = areas("a", "b"), levels([]), needs([])
    found = score(where, given, answered, method, around=Around(firms_of(given), frame_of(where)), settings=QUICK)
    assert [area.score for area in found.areas] == [None, None]
    assert skipped(found)["left_out"] == skipped(found)["sensitivity"] == "no-levels"
    assert results_from_json(results_to_json(found)) == found


@pytest.mark.parametrize("firms", [1, 2, 12])
def test_that_unanimous_firms_and_items_nobody_scored_come_through(
    areas: Callable[..., Areas], levels: Callable[..., Levels], needs: Callable[..., Needs], method: Method, firms: int
) -> None:
    table = [(0, [3, 3, 3, 3, 3, 3, 3, 3, 3, None])] * firms
    where, given, answered = areas("a", "b"), levels(table), needs([(0, [4] * 10)] * firms)
    around = Around(firms_of(given, 2), frame_of(where), ratings_of(given))
    found = score(where, given, answered, method, around=around, settings=QUICK)
    first = found.areas[0]
    assert first.scored == 9 and first.score == pytest.approx(200 / 3)
    assert first.interval.reason == ("few" if firms < 10 else "")
    if firms >= 10:
        assert first.interval.low < first.score < first.interval.high


def test_that_a_panel_is_scored_without_the_parts_that_need_firms(
    areas: Callable[..., Areas], levels: Callable[..., Levels], needs: Callable[..., Needs], method: Method
) -> None:
    given = levels([(0, [3] * 9 + [2]), (1, [1, 2] * 5)], route="panel")
    found = score(areas("a", "b"), given, needs([]), method, around=Around(), settings=QUICK)
    assert [area.published_index for area in found.areas] == [97, 50]
    assert {skipped(found)[part] for part in ("uncertainty", "claims", "reliability")} == {"panel"}
    assert found.analysis is not None and found.analysis.differences[0].points == pytest.approx(140 / 3)


def test_that_the_hash_sees_everything_around(material, method: Method) -> None:
    where, given, answered, around = material
    firms, frame, ratings, earlier = around.firms, around.frame, around.ratings, around.earlier

    def told(**changes: object) -> str:
        return inputs_hash(where, given, answered, replace(around, **changes))

    swapped = (Disposition.PARTIAL, *firms.disposition[1:])
    others = [
        told(firms=None),
        told(firms=replace(firms, disposition=swapped)),
        told(firms=replace(firms, size_class=("50+", *firms.size_class[1:]))),
        told(firms=replace(firms, district=("Buca", *firms.district[1:]))),
        told(firms=replace(firms, staff=firms.staff + 1)),
        told(firms=replace(firms, probability=np.full(len(firms.ids), 0.5))),
        told(frame=replace(frame, eligible_n=frame.eligible_n + 9)),
        told(frame=replace(frame, employment=np.array([100.0, np.nan]))),
        told(ratings=replace(ratings, level=ratings.level + 1)),
        told(ratings=replace(ratings, evidence=ratings.evidence - 1)),
        told(ratings=replace(ratings, is_agreed=~ratings.is_agreed)),
        told(ratings=replace(ratings, raters=("r1", "r3"))),
        told(expert_needs=None),
        told(earlier=None),
        told(earlier=replace(earlier, name="2024")),
        inputs_hash(where, replace(given, evidence=None), answered, around),
        inputs_hash(where, given, answered),
    ]
    assert len({told(), *others}) == len(others) + 1


def test_that_the_order_of_the_firms_changes_neither_hash_nor_figures(material, method: Method) -> None:
    where, given, answered, around = material
    order = np.random.default_rng(1).permutation(len(around.firms.ids))
    turned = replace(
        around.firms,
        **{
            name: tuple(getattr(around.firms, name)[place] for place in order)
            for name in ("ids", "codes", "size_class", "district", "nace", "sources", "interviewer", "disposition")
        },
        **{name: getattr(around.firms, name)[order] for name in ("area", "staff", "probability")},
    )
    moved = replace(around, firms=turned)
    assert inputs_hash(where, given, answered, moved) == inputs_hash(where, given, answered, around)
    assert run((where, given, answered, moved), method) == run(material, method)


def test_that_steps_are_told_in_order_to_the_end(material, method: Method) -> None:
    where, given, answered, around = material
    told: list[tuple[int, int]] = []
    score(where, given, answered, method, around=around, settings=QUICK, progress=lambda *step: told.append(step))
    assert told == [(place, told[-1][1]) for place in range(1, told[-1][1] + 1)]
