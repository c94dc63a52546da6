"""Whole runs over hostile studies: no bare NaN, no width 0 by luck, the same again, and back from JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from kume_desktop.scoring.inputs import Around, Disposition, EarlierWave, Firms, Frame, Levels, Ratings
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.results import Results
from kume_desktop.scoring.run import results_from_json, results_to_json, score
from kume_desktop.scoring.uncertainty.run import uncertainty
from kume_desktop.scoring.uncertainty.settings import RunSettings
from tests.scoring.response.firms import firms as issued
from tests.scoring.response.firms import frame as totals

QUICK = RunSettings(replicates=100)
SIZES = ("1-9", "10-24", "250+")


def random_levels(n: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).integers(1, 6, (n, 10)).astype(float)


def firms_of(levels: Levels) -> Firms:
    found = issued([(int(area), SIZES[at % 3], "completed") for at, area in enumerate(levels.area)],
                   [("Konak", "Bornova")[at % 2] for at in range(len(levels.targets))])  # fmt: skip
    return replace(found, ids=levels.targets)


def frame_of(count: int) -> Frame:
    return totals([{}] * count)


def two_raters(levels: Levels, lower: float = 1.0) -> Ratings:
    """Everything that is scored, rated by two; the second `lower` by so much, within 1-5."""
    rows = [(t, k, r) for t, k in np.argwhere(~np.isnan(levels.levels)) for r in (0, 1)]
    target, indicator, rater = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    level = np.clip(levels.levels[target, indicator] - lower * rater, 1, 5)
    return Ratings(
        levels.targets, levels.indicators, ("r1", "r2"), target, indicator, rater, np.ones(len(rows), dtype=np.int64),
        np.zeros(len(rows), dtype=np.bool_), level, level + 0.0, np.full(len(rows), 2), np.zeros(len(rows), np.bool_),
    )  # fmt: skip


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if is_dataclass(value):
        for one in fields(value):
            yield from leaves(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, tuple | list):
        for place, one in enumerate(value):
            yield from leaves(one, f"{path}[{place}]")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}[{name}]")
    else:
        yield path, value


def intervals_of(found: Results) -> Iterator[tuple[float | None, Interval]]:
    for area in found.areas:
        yield area.score, area.interval
        yield from ((one.mean, one.interval) for one in area.indicators)
    yield from ((need.mean, need.interval) for need in found.needs)
    assert found.analysis is not None
    for each in found.analysis.reliability:
        yield from ((one.value, one.interval) for one in (each.alpha, each.omega, each.spearman_brown))
    for each in found.analysis.agreement:
        yield from ((one.value, one.interval) for one in (each.alpha, each.icc_single, each.icc_average, each.kappa))
    yield from ((one.points, one.interval) for one in found.analysis.differences)
    yield from ((one.change, one.interval) for one in found.analysis.changes)
    yield from ((one.weighted.score, one.weighted.interval) for one in found.analysis.response)


def holds_together(found: Results) -> None:
    """What must hold of any study."""
    assert [path for path, value in leaves(found) if isinstance(value, float) and not math.isfinite(value)] == []
    assert results_from_json(results_to_json(found)) == found
    for value, interval in intervals_of(found):
        has_limits = interval.low is not None and interval.high is not None
        assert has_limits is (interval.reason == "")
        if interval.low is not None and interval.high is not None:
            assert value is not None and interval.low - 1e-9 <= value <= interval.high + 1e-9
            assert (interval.high - interval.low > 1e-9) is (interval.how != "census")
    assert found.analysis is not None
    for area in found.areas:
        assert sum(one.contribution or 0 for one in area.indicators) == pytest.approx(area.score or 0, abs=1e-9)
    for one in found.analysis.uncertainty:
        for chances in (one.sampling, one.joint):
            assert not chances or sum(chances) == pytest.approx(1, abs=1e-12)
        for band in (one.by_method, one.by_sampling, one.by_both):
            assert band is None or 1 <= band.low <= band.high <= len(found.areas)
        if one.by_both is not None and one.by_method is not None and one.by_sampling is not None:
            assert one.by_both.low <= min(one.by_method.low, one.by_sampling.low)
            assert one.by_both.high >= max(one.by_method.high, one.by_sampling.high)
    for one in found.analysis.differences:
        assert sum(part.points for part in one.parts) == pytest.approx(one.points, abs=1e-9)
    for one in found.analysis.response:
        shares = (one.covered_share, one.response_rate, one.contact_rate, one.cooperation_rate, one.refusal_rate)
        assert all(share is None or 0 <= share <= 1 for share in shares)


@pytest.fixture
def run(areas, levels, needs, method) -> Callable[..., Results]:
    """Score a table (n, 10) whose rows belong to areas 0..; everything around it is there."""

    def make(table: np.ndarray, place=None, frame_n=50, count=2, ids=None, rules=method, settings=QUICK, **changes):
        own = [at % 2 for at in range(len(table))] if place is None else place
        where = replace(areas(*"abcdef"[:count]), frame_n=np.broadcast_to(np.int64(frame_n), (count,)).copy())
        given = levels([(area, row.tolist()) for area, row in zip(own, table, strict=True)])
        given = replace(given, targets=ids or given.targets, evidence=np.full(given.levels.shape, 2))
        asked = needs([(area, np.nan_to_num(row).astype(int).tolist()) for area, row in zip(own, table, strict=True)])
        asked = replace(asked, firms=given.targets)
        earlier = EarlierWave("2024", replace(given, levels=6 - given.levels), where.frame_n)
        around = Around(firms_of(given), frame_of(count), two_raters(given), asked, earlier)
        return score(where, given, asked, rules, around=replace(around, **changes), settings=settings)

    return make


def gap(column: int, rows: slice = slice(None)) -> np.ndarray:
    table = random_levels(24)
    table[rows, column] = np.nan
    return table


def one_each() -> np.ndarray:
    table = np.full((24, 10), np.nan)
    table[np.arange(24), np.arange(24) % 10] = random_levels(24)[:, 0]
    return table


TABLES = {
    "random": random_levels(24),
    "all at the lowest": np.full((24, 10), 1.0),
    "all in the middle": np.full((24, 10), 3.0),
    "all at the highest": np.full((24, 10), 5.0),
    "one area unanimous": np.where(np.arange(24)[:, None] % 2, 5.0, random_levels(24)),
    "an item nobody answered": gap(3),
    "an item nobody answered in one area": gap(3, slice(None, None, 2)),
    "a constant item": np.where(np.arange(10) == 3, 4.0, random_levels(24)),
    "an item one firm answered": gap(3, slice(1, None)),
    "one level of every firm": one_each(),
    "nothing at all": np.full((24, 10), np.nan),
    "more gaps than levels": np.where(random_levels(24, 9) > 2, np.nan, random_levels(24)),
    "one firm": random_levels(1),
    "two firms": random_levels(2),
    "nine and ten firms": random_levels(19),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("frame_n", [-1, 5, 12, 500])
def test_that_hostile_levels_leave_nothing_broken(name, frame_n, run):
    found = run(TABLES[name], frame_n=frame_n)
    holds_together(found)
    assert found == run(TABLES[name], frame_n=frame_n)


@pytest.mark.parametrize("rule", ["leave_out", "lowest"])
@pytest.mark.parametrize("weights", [{"g1": 1e-12}, {"g1": 1e12}, {"g1": 1e12, "g2": 1e-12}])
@pytest.mark.parametrize("tree", [{}, {"h1": 1e-12, "h2": 1.0, "h3": 1e12, "h4": 1.0}])
def test_that_extreme_weights_leave_nothing_broken(rule, weights, tree, run, method):
    rules = replace(method, weights={**method.weights, **weights}, heading_weights=tree, missing_rule=rule)
    holds_together(run(gap(0, slice(None, None, 3)), rules=rules))
    holds_together(run(gap(0), rules=rules))


@pytest.mark.parametrize("level", [0.0, 6.0, 2.5, -1.0])
def test_that_levels_that_cannot_be_are_a_mistake_of_the_caller(level, run):
    table = random_levels(12)
    table[0, 0] = level
    with pytest.raises(ValueError, match="whole number"):
        run(table)


def test_that_a_firm_in_two_areas_and_a_firm_twice_leave_nothing_broken(run):
    twice = tuple(f"F{at % 12:03d}" for at in range(24))
    for place in ([0] * 12 + [1] * 12, [0] * 24):
        found = run(random_levels(24), place=place, ids=twice)
        holds_together(found)
        assert [area.n for area in found.areas] == [place.count(0), place.count(1)]


@pytest.mark.parametrize("seed", [0, 2**32, 2**63 - 1])
def test_that_any_seed_works_and_decides_the_replicates_alone(seed, run):
    settings = RunSettings(seed=seed, replicates=100)
    found, other = run(random_levels(24), settings=settings), run(random_levels(24))
    holds_together(found)
    assert found == run(random_levels(24), settings=settings)
    assert found.areas == other.areas and found.analysis.groups == other.analysis.groups
    assert found.analysis.uncertainty != other.analysis.uncertainty


def same(one: object, other: object) -> bool:
    """Equal, numbers up to what sums in another order add or lose."""
    pairs = zip(leaves(one), leaves(other), strict=True)
    return all(u == v or (isinstance(u, float) and u == pytest.approx(v, abs=1e-9)) for (_, u), (_, v) in pairs)


def test_that_the_order_of_firms_and_areas_changes_no_figure(run):
    table, place = random_levels(36), np.arange(36) % 3
    names = tuple(f"F{at:03d}" for at in range(36))
    order = np.random.default_rng(7).permutation(36)
    first = run(table, place=place, count=3, ids=names)
    turned = run(table[order], place=place[order], count=3, ids=tuple(names[at] for at in order))
    assert same(turned.areas, first.areas) and same(turned.needs, first.needs)
    parts = (lambda found: found.uncertainty, lambda found: found.sensitivity, lambda found: found.reliability,
             lambda found: found.differences, lambda found: found.changes, lambda found: found.agreement)  # fmt: skip
    assert all(same(part(turned.analysis), part(first.analysis)) for part in parts)


def test_that_areas_in_another_order_have_the_same_figures_with_the_same_seed(areas, levels, method):
    table, place = random_levels(36), np.arange(36) % 3
    given = levels([(int(area), row.tolist()) for area, row in zip(place, table, strict=True)])
    first = uncertainty(areas("a", "b", "c"), given, method, np.array([20, 30, 40]), QUICK)
    moved = replace(given, area=2 - given.area)
    second = uncertainty(areas("c", "b", "a"), moved, method, np.array([40, 30, 20]), QUICK)
    assert second.areas[::-1] == first.areas
    assert second.intervals[::-1] == first.intervals and second.indicators[::-1] == first.indicators


@pytest.mark.parametrize("lower", [0.0, 4.0])
def test_that_raters_who_never_or_always_differ_leave_nothing_broken(lower, run, levels):
    table = random_levels(24)
    given = levels([(at % 2, row.tolist()) for at, row in enumerate(table)])
    found = run(table, ratings=two_raters(given, lower))
    holds_together(found)
    if lower == 0:
        assert found.analysis.agreement[0].alpha.interval.reason == "no-disagreement"
        assert found.analysis.agreement[0].alpha.value == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    "changes",
    [
        {"disposition": (Disposition.PENDING,) * 24},
        {"disposition": (Disposition.INELIGIBLE,) * 24},
        {"probability": np.zeros(24), "staff": np.full(24, np.nan)},
        {"probability": np.where(np.arange(24) == 0, 1e-12, 0.5), "staff": np.zeros(24)},
        {"size_class": ("",) * 24, "district": ("",) * 24},
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        totals([{}, {}]),
        totals([{"1-9": 30, "10-24": 15, "250+": 5}] * 2, [{"Konak": 20, "Bornova": 30}] * 2, employment=[500, np.nan]),
        totals([{"1-9": 0, "10-24": 0}] * 2, [{"Konak": 0, "Bornova": 0}] * 2, eligible=[0, 3], employment=[0, 5]),
    ],
)
def test_that_broken_fieldwork_and_empty_lists_leave_nothing_broken(changes, frame, run, levels):
    table = random_levels(24)
    given = levels([(at % 2, row.tolist()) for at, row in enumerate(table)])
    holds_together(run(table, firms=replace(firms_of(given), **changes), frame=frame))


def test_that_an_index_exactly_on_a_cut_belongs_to_the_higher_category_everywhere(run, method):
    """Seven indicators at 3, two at 1 and one at 4/3 come to 72.2, which no binary fraction of a cut hits exactly."""
    table = np.full((12, 10), 5.0)
    table[:, :3] = 1.0
    table[:4, 2] = 3.0
    found = run(table, place=[0] * 12, frame_n=12)
    assert found.areas[0].score == pytest.approx(100 * (7 * 3 + 2 + 4 / 3) / 30, abs=1e-9)
    on_cut = replace(method, cuts=((found.areas[0].score - method.lowest) / (100 - method.lowest), 0.1))
    again = run(table, place=[0] * 12, frame_n=12, rules=on_cut)
    assert again.areas[0].category == 1
    assert again.analysis.uncertainty[0].sampling == (1.0, 0.0, 0.0)
    choice = next(one for one in again.analysis.sensitivity[0].choices if one.collapse == "before")
    assert choice.category == 1


def test_that_a_difference_is_not_surer_than_its_areas(run):
    """Few firms have no interval, and unanimous ones no error of 0: neither lends certainty to a difference."""
    few = run(random_levels(7), place=[0, 0, 0, 1, 1, 1, 1])
    assert few.analysis.differences[0].interval.reason == "few"
    unanimous = run(np.where(np.arange(24)[:, None] % 2, 5.0, random_levels(24)))
    assert unanimous.areas[1].interval.how == "dirichlet"
    assert unanimous.analysis.differences[0].interval.reason == "unanimous"
    counted = run(np.where(np.arange(24)[:, None] % 2, 5.0, random_levels(24)), frame_n=np.array([40, 12]))
    assert counted.areas[1].interval.how == "census"
    assert counted.analysis.differences[0].interval.how == "welch-t"
    both = run(random_levels(24), frame_n=12)
    assert both.analysis.differences[0].interval.how == "census"


def test_that_a_change_from_unanimous_firms_has_no_interval_unless_they_were_all(run, levels):
    table = random_levels(24)
    alike = levels([(at % 2, [5.0] * 10) for at in range(24)])
    sample = run(table, earlier=EarlierWave("2024", alike, np.array([50, 50])))
    assert {one.interval.reason for one in sample.analysis.changes} == {"unanimous"}
    assert {one.holm_p for one in sample.analysis.changes} == {None}
    whole = run(table, earlier=EarlierWave("2024", alike, np.array([12, 12])))
    assert {one.interval.how for one in whole.analysis.changes} == {"overlap-t"}


@pytest.mark.parametrize("how", ["entered", "listed"])
def test_that_an_n_below_the_answers_is_said_wherever_it_comes_from(how, run):
    found = (
        run(random_levels(24), frame=totals([{}, {}], eligible=[5, -1]))
        if how == "entered"
        else run(random_levels(24), frame_n=np.array([5, 50]))
    )
    assert ("eligible_n:a", "list-shorter-than-answers") in found.analysis.skipped
    assert "eligible_n:b" not in dict(found.analysis.skipped)
    assert found.areas[0].eligible_n is None
    assert not found.areas[0].interval.corrected


@pytest.mark.parametrize("n", [5, 11])
def test_that_no_interval_is_surer_under_an_n_below_the_answers_than_without_one(n, run):
    table = random_levels(24)
    short, unknown = (run(table, frame_n=np.array([listed, 50])) for listed in (n, -1))
    for field in ("interval", "frame_n", "eligible_n", "eligible_basis", "indicators"):
        assert getattr(short.areas[0], field) == getattr(unknown.areas[0], field)
    assert short.needs == unknown.needs
    for part in ("uncertainty", "differences", "changes", "response"):
        one, other = (getattr(found.analysis, part)[0] for found in (short, unknown))
        if part == "response":
            assert (one.eligible_n, one.covered_share, one.weighted) == (None, None, other.weighted)
        else:
            assert one == other


def test_that_the_confidence_of_the_run_is_that_of_changes_and_differences(run):
    found = run(random_levels(24), settings=RunSettings(replicates=100, confidence=0.8))
    told = {one.interval.confidence for one in (*found.analysis.changes, *found.analysis.differences)}
    assert told == {0.8}
