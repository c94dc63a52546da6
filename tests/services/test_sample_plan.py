"""The sample plan: planned from the list, drawn by a seed that is kept, released in batches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, frame_totals, sample_plan
from kume_desktop.services.sample_plan import PlanSettings
from kume_desktop.services.studies import Study
from kume_desktop.store import frames_study, reading, writing
from tests.services.field_studies import acting

SETTINGS = PlanSettings(half_width=6, eligibility=0.9, response=0.75, reserve=0.5, batches=2, seed=7)
SIZES = {"1-9": 60, "10-24": 20, "50-249": 10}


@pytest.fixture
def listed(study: Study) -> Study:
    """A study that holds the whole list of Lojistik: 90 firms."""
    with study.act() as act:
        for size, count in SIZES.items():
            for number in range(count - (size == "1-9")):
                name = f"Firma {size} {number:02d}"
                writing.add_unit(
                    act, {"code": f"{size}/{number}", "name": name, "area": "lojistik", "size_class": size}
                )
    frame_totals.enter(study, "lojistik", frame_totals.from_list(study, "lojistik"))
    return study


def area_plan(study: Study, area: str, wanted: PlanSettings = SETTINGS) -> sample_plan.AreaPlan:
    return next(one for one in sample_plan.plan(study, wanted) if one.area == area)


def refused(call: object, *given: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call(*given)  # type: ignore[operator]
    return [one.code for one in refusal.value.problems]


def issued(study: Study) -> frozenset[str]:
    firms = frames_study.firms(study.database, study.wave.wave_id)
    return frozenset(one for one, area in zip(firms.ids, firms.area, strict=True) if area == 1)


def test_that_a_plan_follows_from_the_entered_list_without_its_firms(study: Study) -> None:
    found = area_plan(study, "kimya")
    assert (found.frame_n, found.listed, found.can_be_drawn) == (96, 1, False)
    assert found.plan is not None and found.plan.needed == 27
    assert found.plan.issue == 40
    frame_totals.enter(study, "kimya", replace(frame_totals.totals(study)[0], frame_n=None))
    assert area_plan(study, "kimya").plan is None


def test_that_large_firms_are_taken_with_certainty(listed: Study) -> None:
    found = area_plan(listed, "lojistik")
    assert found.can_be_drawn and found.plan is not None
    certain = [one for one in found.plan.strata if one.is_certain]
    assert [(one.members, one.issue) for one in certain] == [(("50-249",), 10)]


def test_that_settings_are_kept_and_impossible_ones_refused(study: Study) -> None:
    assert sample_plan.settings(study) == PlanSettings()
    sample_plan.save_settings(study, SETTINGS)
    assert sample_plan.settings(study) == SETTINGS
    wrong = replace(SETTINGS, half_width=0, response=0, seed=-1)
    assert refused(sample_plan.save_settings, study, wrong) == ["sample.half-width", "sample.shares", "sample.reserve"]
    assert refused(sample_plan.plan, study, wrong) == ["sample.half-width", "sample.shares", "sample.reserve"]
    too_much = replace(SETTINGS, half_width=200, batches=10**6)
    assert refused(sample_plan.save_settings, study, too_much) == ["sample.half-width", "sample.reserve"]
    assert sample_plan.settings(study) == SETTINGS


def test_that_a_draw_keeps_seed_probability_stratum_and_batch_with_each_firm(listed: Study) -> None:
    found = sample_plan.draw(listed, "lojistik", SETTINGS)
    planned = area_plan(listed, "lojistik")
    assert planned.plan is not None and planned.drawn_with == SETTINGS and planned.released == 0
    first = [one for one in found if one.batch == 0]
    assert len(first) == planned.plan.issue and all(one.is_issued for one in first)
    assert not any(one.is_issued for one in found if one.batch)
    by_stratum = {" + ".join(one.members): one for one in planned.plan.strata}
    assert all(one.probability == by_stratum[one.stratum].probability for one in first)
    assert all(one.probability == 1 for one in found if one.stratum == "50-249")
    assert sample_plan.draw(listed, "lojistik", SETTINGS) == found
    assert sample_plan.sample(listed, "lojistik") == found
    other = sample_plan.draw(listed, "lojistik", replace(SETTINGS, seed=8))
    assert {one.unit_id for one in other} != {one.unit_id for one in found}
    assert sample_plan.sample(listed, "lojistik") == other


def test_that_only_issued_firms_are_in_the_field(listed: Study) -> None:
    assert len(issued(listed)) == 90
    found = sample_plan.draw(listed, "lojistik", SETTINGS)
    assert issued(listed) == {one.unit_id for one in found if one.batch == 0}
    assert len(frames_study.firms(listed.database, listed.wave.wave_id).ids) == len(issued(listed)) + 1


def test_that_a_released_batch_is_issued_and_raises_the_chance_of_its_strata(listed: Study) -> None:
    before = {one.unit_id: one for one in sample_plan.draw(listed, "lojistik", SETTINGS)}
    assert sample_plan.release(listed, "lojistik") == 1
    after = sample_plan.sample(listed, "lojistik")
    assert issued(listed) == {one.unit_id for one in after if one.batch <= 1}
    chance = {one.stratum: one.probability for one in after if one.batch == 1}
    for one in after:
        if one.batch == 0 and one.stratum in chance:
            assert one.probability == chance[one.stratum] > before[one.unit_id].probability
    assert sample_plan.release(listed, "lojistik") == 2
    assert refused(sample_plan.release, listed, "lojistik") == ["sample.nothing-to-release"]
    assert area_plan(listed, "lojistik").released == 2


def test_that_nothing_is_drawn_from_half_a_list_or_once_the_field_has_begun(listed: Study) -> None:
    assert refused(sample_plan.draw, listed, "kimya", SETTINGS) == ["sample.no-list"]
    assert refused(sample_plan.draw, listed, "yok", SETTINGS) == ["study.unknown-area"]
    assert refused(sample_plan.release, listed, "lojistik") == ["sample.nothing-to-release"]
    unit = next(one for one in reading.units(listed.database) if one.area == "lojistik")
    fieldwork.record_visit(listed, unit.unit_id, "10")
    assert refused(sample_plan.draw, listed, "lojistik", SETTINGS) == ["sample.field-begun"]
    assert sample_plan.sample(listed, "lojistik") == ()


def test_that_an_interviewer_plans_draws_and_releases_nothing(listed: Study) -> None:
    with acting(listed, "Can"):
        for act in (sample_plan.draw, sample_plan.release):
            assert refused(act, listed, "kimya") == ["study.only-staff"]
        assert refused(sample_plan.save_settings, listed, PlanSettings()) == ["study.only-staff"]
    assert sample_plan.sample(listed, "kimya") == ()
