"""The two demonstration studies, made for real: the published numbers come out, and everything says it is invented."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kume_desktop.services import committee, fieldwork, results
from kume_desktop.services.demonstration import around, create, parameters
from kume_desktop.services.demonstration.scorecard import spread
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.studies import Study
from kume_desktop.store import frames, reading

pytestmark = pytest.mark.change

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
    assert {area.interval.reason for area in computed.areas} == {"panel"}


def test_that_a_panel_s_analysis_says_what_needs_firms(scorecard: Study) -> None:
    computed = results.latest(scorecard)
    assert computed is not None and computed.analysis is not None
    skipped = dict(computed.analysis.skipped)
    assert {part: skipped[part] for part in ("uncertainty", "claims", "reliability")} == dict.fromkeys(
        ("uncertainty", "claims", "reliability"), "panel"
    )
    assert skipped["response"] == skipped["groups"] == "no-firms" and skipped["agreement"] == "one-rater"
    assert len(computed.analysis.differences) == 15 and computed.analysis.next_steps
    for one in computed.analysis.differences:
        assert one.points == pytest.approx(sum(part.points for part in one.parts)) and one.interval.reason == "panel"


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


def test_that_every_part_of_the_analysis_has_something_to_show(demonstration: Study) -> None:
    computed = results.latest(demonstration)
    assert computed is not None and computed.analysis is not None
    analysis = computed.analysis
    assert set(dict(analysis.skipped)) <= {"changes"}
    empty = [name for name in type(analysis).__dataclass_fields__ if not getattr(analysis, name)]
    assert empty == ["changes"]
    assert all(area.interval.low is not None and area.eligible_basis == "estimated" for area in computed.areas)
    assert all(one.interval.low is not None for area in computed.areas for one in area.indicators)
    assert len(computed.expert_needs) == 60 and sum(one.n for one in computed.expert_needs) == 2 * 2 * 10


def test_that_the_note_on_uncertain_badges_holds(demonstration: Study) -> None:
    computed = results.latest(demonstration)
    assert computed is not None and computed.analysis is not None
    sure = {one.area: one.sampling for one in computed.analysis.uncertainty}
    assert 0.7 <= sure["meyve_sebze"][1] <= 0.85
    assert 0.5 <= sure["lojistik"][2] <= 0.68
    assert sure["iklimlendirme"][0] > 0.97 and sure["kimya"][1] > 0.95


def test_that_weights_for_non_response_move_the_published_form_of_fruit_and_vegetables(demonstration: Study) -> None:
    computed = results.latest(demonstration)
    assert computed is not None and computed.analysis is not None
    told = computed.analysis.response_of("meyve_sebze")
    assert told is not None and told.weighted.how == "raked"
    assert told.weighted.published_index is not None and told.weighted.published_index < 83
    assert all(one.employment_share and 0 < one.employment_share <= 1 for one in computed.analysis.response)
    assert [one.rater for one in computed.analysis.drift] == ["r1", "r2", "r3"]
    assert all(one.kappa.value is not None for one in computed.analysis.agreement)
    rates = {one.area: one.response_rate for one in computed.analysis.response}
    assert rates["iklimlendirme"] == 24 / 32 and rates["gelinlik"] == 21 / 48


def test_that_the_committee_s_decision_stands_beside_the_computed_category(demonstration: Study) -> None:
    computed = results.latest(demonstration)
    assert computed is not None
    found = {one.area: one for one in committee.verdicts(demonstration, computed)}
    fruit = found["meyve_sebze"]
    assert (fruit.computed, fruit.published, fruit.differs) == (2, 1, True)
    assert fruit.decision == around.DECISION
    assert sum(one.decision is not None for one in found.values()) == 1


def test_that_agreed_levels_name_the_blind_ones_and_some_levels_rest_on_documents(demonstration: Study) -> None:
    given = reading.ratings(demonstration.database, demonstration.wave.wave_id)
    blind = {one.rating_id: one for one in given if one.basis == "rating" and one.round == 1}
    agreed = [one for one in given if one.round == 2]
    assert agreed and all(len(one.settles) == 2 for one in agreed)
    for one in agreed:
        named = [blind[rating_id] for rating_id in one.settles]
        assert {(each.target_id, each.indicator) for each in named} == {(one.target_id, one.indicator)}
        assert one.rater in {each.rater for each in named} and len({each.rater for each in named}) == 2
    assert all(one.evidence_kind in {"1", "2", "3", "4"} for one in given if one.basis == "rating")
    computed = results.latest(demonstration)
    assert computed is not None and computed.analysis is not None
    for claim in computed.analysis.claims:
        if not claim.indicator:
            assert 0.15 < claim.documented / claim.high < 0.7 and claim.unsaid < claim.high / 4


def test_that_computing_the_demonstration_again_gives_the_same(demonstration: Study) -> None:
    kept = results.latest(demonstration)
    again = results.compute(demonstration, keep=False)
    assert kept is not None and replace(again, computed_at=kept.computed_at) == kept


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
