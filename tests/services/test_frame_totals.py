"""Frame totals: what is known of the whole list, entered by hand or counted from the study's firms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, frame_totals, results
from kume_desktop.services.frame_totals import AreaTotals
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from kume_desktop.store import reading

CHEMICALS = AreaTotals(
    "kimya", 96, 80, 4200, {"1-9": 50, "10-24": 30, "250+": 16}, {"Kemalpaşa": 60, "Aliağa": 36}, "entered"
)


def of(study: Study, area: str) -> AreaTotals:
    return next(one for one in frame_totals.totals(study) if one.area == area)


def refused(study: Study, given: AreaTotals) -> list[str]:
    with pytest.raises(Refused) as refusal:
        frame_totals.enter(study, given.area, given)
    return [one.code for one in refusal.value.problems]


def test_that_totals_are_kept_as_they_were_entered_for_their_area_alone(study: Study) -> None:
    assert of(study, "kimya") == AreaTotals("kimya", 96)
    frame_totals.enter(study, "kimya", CHEMICALS)
    assert of(study, "kimya") == CHEMICALS
    assert of(study, "lojistik") == AreaTotals("lojistik", 310)
    assert next(area.frame_n for area in study.areas() if area.code == "kimya") == 96


def test_that_only_what_changed_is_written_and_what_is_gone_is_cleared(study: Study) -> None:
    frame_totals.enter(study, "kimya", CHEMICALS)
    before = reading.counts(study.database).events
    frame_totals.enter(study, "kimya", CHEMICALS)
    assert reading.counts(study.database).events == before
    smaller = replace(CHEMICALS, employment=None, size_n={"1-9": 66, "10-24": 30}, district_n={})
    frame_totals.enter(study, "kimya", smaller)
    assert of(study, "kimya") == replace(smaller, size_n={"1-9": 66, "10-24": 30})
    assert reading.counts(study.database).events == before + 5


def test_that_totals_make_results_stale(study: Study) -> None:
    computed = results.compute(study)
    frame_totals.enter(study, "kimya", CHEMICALS)
    assert results.is_stale(study, computed)
    again = results.compute(study)
    assert again.areas[0].eligible_n == 80 and again.areas[0].eligible_basis == "entered"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"frame_n": 97}, ["study.frame-sum", "study.frame-sum"]),
        ({"eligible_n": 97}, ["study.frame-eligible"]),
        ({"employment": -1}, ["study.frame-negative"]),
        ({"employment": 10**20}, ["study.frame-too-large"]),
        ({"frame_n": None}, ["study.frame-no-total"]),
        ({"size_n": {" ": 96}}, ["study.frame-no-name"]),
        ({"frame_n": 0, "eligible_n": 0, "size_n": {}, "district_n": {}}, ["study.frame-fewer"]),
        ({"area": "yok"}, ["study.unknown-area"]),
    ],
)
def test_that_totals_that_cannot_be_are_refused_and_nothing_kept(
    study: Study, change: dict[str, object], code: list[str]
) -> None:
    assert refused(study, replace(CHEMICALS, **change)) == code  # type: ignore[arg-type]
    assert of(study, "kimya") == AreaTotals("kimya", 96)


def test_that_a_list_in_the_study_gives_its_own_totals(study: Study) -> None:
    fieldwork.add_firm(study, NewFirm("Zümrüt", "kimya", "Aliağa", size_class="250+"))
    counted = frame_totals.from_list(study, "kimya")
    assert (counted.frame_n, counted.origin) == (2, "list")
    assert counted.size_n == {"10-24": 1, "250+": 1} and counted.district_n == {"Kemalpaşa": 1, "Aliağa": 1}
    frame_totals.enter(study, "kimya", counted)
    assert of(study, "kimya") == counted
    fieldwork.add_firm(study, NewFirm("Çınar", "kimya", "Aliağa"))
    assert frame_totals.from_list(study, "kimya").size_n == {}
