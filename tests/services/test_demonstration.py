"""The two demonstration studies, made for real: the published numbers come out, and everything says it is invented."""

from __future__ import annotations

from collections import Counter

import pytest

from kume_desktop.services import fieldwork, results
from kume_desktop.services.demonstration import create, parameters
from kume_desktop.services.demonstration.scorecard import spread
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.studies import Study
from kume_desktop.store import frames, reading

pytestmark = [pytest.mark.change, pytest.mark.xdist_group("demonstration")]

PUBLISHED = [97, 83, 73, 60, 50, 47]
CATEGORIES = [1, 1, 2, 2, 3, 3]
SUMS = [29, 25, 22, 18, 15, 14]


def test_that_the_demonstration_gives_the_published_numbers_by_the_firm_route(demonstration: Study) -> None:
    computed = results.latest(demonstration)
    assert computed is not None and computed.route == "firma" and computed.demonstration
    assert [area.published_index for area in computed.areas] == PUBLISHED
    assert [area.published_sum for area in computed.areas] == SUMS
    assert [area.published_category for area in computed.areas] == CATEGORIES
    assert [area.n for area in computed.areas] == [24, 22, 21, 19, 22, 21]
    assert [round(area.score or 0, 1) for area in computed.areas] == [85.0, 76.1, 70.5, 62.3, 54.8, 52.5]


def test_that_rounding_moves_exactly_one_area_into_another_category(demonstration: Study) -> None:
    computed = results.latest(demonstration)
    assert computed is not None
    assert [area.code for area in computed.areas if area.rounding_decides] == ["meyve_sebze"]


def test_that_the_scorecard_of_2010_comes_out_by_the_panel_route(scorecard: Study) -> None:
    computed = results.latest(scorecard)
    assert computed is not None and computed.route == "panel" and computed.demonstration
    assert [area.published_index for area in computed.areas] == PUBLISHED
    assert [area.published_category for area in computed.areas] == CATEGORIES
    assert not any(area.rounding_decides for area in computed.areas)


def test_that_every_completed_firm_has_both_interviews_and_a_suggestion_equal_to_its_plan(demonstration: Study) -> None:
    wave = demonstration.wave.wave_id
    completed = [row for row in fieldwork.firms(demonstration) if row.state is FirmState.COMPLETED]
    assert len(completed) == 129
    suggested = frames.levels(demonstration.database, wave, "firma", [f"g{n}" for n in range(1, 11)], ("suggestion",))
    assert len(suggested.targets) == 129
    planned = {area.code: area.levels["g3"] for area in parameters.load().areas}
    for place, area in enumerate(parameters.load().areas):
        levels = Counter(int(level) for level in suggested.levels[suggested.area == place, 2])
        counts = parameters.quota(planned[area.code], area.completed)
        assert [levels[level] for level in range(1, 6)] == counts


def test_that_two_answers_are_in_conflict_and_three_firms_answered_all_alike(demonstration: Study) -> None:
    contested = reading.conflicts(demonstration.database)
    assert sorted(one.path.rpartition("/")[2] for one in contested) == ["calisan_sayisi", "kurulus_yili"]
    cells = tuple(cell.code for cell in results.method(demonstration).needs.cells)
    needs = frames.needs(demonstration.database, demonstration.wave.wave_id, "is_ihtiyac", cells)
    assert sum(len(set(row)) == 1 for row in needs.answers.tolist()) == 3


def test_that_the_field_shows_every_outcome(demonstration: Study) -> None:
    states = Counter(row.state for row in fieldwork.firms(demonstration))
    assert sum(states.values()) == 257
    assert states[FirmState.IN_PROGRESS] == 9 and states[FirmState.NOT_REACHED] == 37
    start = fieldwork.start_view(demonstration)
    assert start.resume is not None and sum(area.completed for area in start.progress) == 129


def test_that_results_are_stale_after_one_answer_and_fresh_after_computing(demonstration: Study) -> None:
    from kume_desktop.services import interviewing

    computed = results.latest(demonstration)
    assert computed is not None and not results.is_stale(demonstration, computed)
    firm = next(row for row in fieldwork.firms(demonstration) if row.state is FirmState.COMPLETED)
    session = interviewing.open_interview(demonstration, firm.unit_id, "is_ihtiyac")
    assert session.reopen().at is not None
    cell = session.interview.path_of("uretim_insan")
    other = "5" if session.interview.value(cell) != "5" else "4"
    assert session.answer(cell, other).at is not None
    assert session.complete().at is not None
    assert results.is_stale(demonstration, computed)
    again = results.compute(demonstration)
    assert not results.is_stale(demonstration, again)
    assert again.inputs_hash != computed.inputs_hash


def test_that_the_answers_behind_a_cell_are_those_it_counts(demonstration: Study) -> None:
    computed = results.latest(demonstration)
    assert computed is not None
    cell = next(one for one in computed.needs if (one.area, one.cell) == ("lojistik", "uretim_duran_varlik"))
    behind = results.answers_behind(demonstration, "lojistik", "uretim_duran_varlik")
    numbers = [int(answer.value) for answer in behind if not answer.missing]
    assert len(numbers) == cell.n and sum(numbers) / len(numbers) == pytest.approx(cell.mean)
    assert sum(answer.missing == "na" for answer in behind) == cell.not_applicable > 0
    assert all(answer.label_tr and answer.label_en for answer in behind)


@pytest.mark.parametrize("total", range(10, 31))
def test_that_a_sum_is_spread_over_ten_levels_without_loss(total: int) -> None:
    levels = spread(total)
    assert sum(levels) == total and len(levels) == 10 and max(levels) - min(levels) <= 1


def test_that_clearing_never_touches_a_study_that_is_no_demonstration(study: Study) -> None:
    from kume_desktop.problems import Refused

    study.close()
    with pytest.raises(Refused):
        create.clear(study.path)
    assert study.path.exists()
