"""What fieldwork needs on a laptop: firms out of the reserve, what was answered last wave, rules; nothing blind."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import (
    devices,
    earlier_answers,
    field_rules,
    frame_totals,
    interviewing,
    reserve,
    sample_plan,
    visits,
    waves,
)
from kume_desktop.services.packages import making, overview, reading
from kume_desktop.services.review import acts
from kume_desktop.services.review.states import Step
from kume_desktop.services.sample_plan import PlanSettings
from kume_desktop.store import field_rows, writing
from kume_desktop.store import reading as stored
from kume_desktop.store.events import EventKind, SubjectKind
from tests.merging.offices import ELIF, Office, bad_lines, laptop, send, take
from tests.services.installed import finished, install
from tests.services.interviewed import interview
from tests.services.test_earlier_answers import CHOICES, FORM, GIVEN, SURVEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from kume_desktop.services.studies import Study

PLAN = PlanSettings(half_width=12, deviation=18.6, eligibility=0.9, response=0.9, reserve=1.0, batches=2, seed=7)
NEXT = waves.NextWave("2031", date(2031, 3, 15), 2030)
REPLAYS = 20


def assigned(office: Office, field: Office, folder: Path, name: str) -> set[str]:
    """Send an assignment of now and take it on the laptop; the firms that the laptop holds then."""
    (folder / name).mkdir()
    with office.open() as study:
        file = send(study, making.assignment(study, field.device_id), folder / name)
    with field.open() as study:
        take(study, file)
        assert reading.lacks(study) == ()
        return {unit.unit_id for unit in stored.units(study.database)}


def kinds(study: Study) -> set[str]:
    return {one.kind for one in stored.events(study.database)}


def test_that_a_firm_of_the_reserve_comes_when_its_batch_was_released_and_not_before(pair, tmp_path: Path):
    office, field = pair
    with office.open() as study:
        with study.act() as act:
            for number in range(59):
                told = {"code": f"L{number:02}", "name": f"Firma {number:02}", "area": "lojistik", "size_class": "1-9"}
                writing.add_unit(act, told)
        mine = next(one.unit_id for one in stored.units(study.database) if one.area == "kimya")
        frame_totals.enter(study, "lojistik", frame_totals.from_list(study, "lojistik"))
        visits.assign_each(study, {one.unit_id: ELIF for one in stored.units(study.database) if one.area == "lojistik"})
        sample_plan.draw(study, "lojistik", PLAN)
        batches = field_rows.batches(study.database, study.wave.wave_id)
    drawn = {number: {unit for unit, batch in batches.items() if batch == number} for number in (0, 1, 2)}
    assert all(drawn.values())
    assert assigned(office, field, tmp_path, "early") == {mine} | drawn[0]
    with office.open() as study:
        assert reserve.release(study, "lojistik", "Az firma kaldı") == 1
    assert assigned(office, field, tmp_path, "late") == {mine} | drawn[0] | drawn[1]
    with field.open() as study:
        lines = "\n".join(stored.lines(study.database))
        assert not [unit for unit in drawn[2] if f'"subject":"{unit}"' in lines]
        assert reserve.may_open(study, min(drawn[1])) is None
        interviewing.open_interview(study, min(drawn[1]), "is_ihtiyac")


def test_that_answers_of_the_last_wave_come_where_the_form_shows_them_and_no_others(pair, tmp_path: Path):
    office, field = pair
    with office.open() as study:
        install(study, tmp_path, FORM, SURVEY, CHOICES)
        by_name = {unit.name: unit.unit_id for unit in stored.units(study.database)}
        mine, other = by_name["Şişli Kimya"], by_name["Iğdır Nakliyat"]
        before = finished(study, mine, FORM, **GIVEN).interview_id
        others = finished(study, other, FORM, **{**GIVEN, "calisan": "777"}).interview_id
        waves.open_next(study, NEXT)
        visits.assign_each(study, {mine: ELIF})
    assert assigned(office, field, tmp_path, "now") == {mine}
    with field.open() as study:
        waves.switch_to_named(study, NEXT.name)
        session = interviewing.open_interview(study, mine, FORM)
        found = earlier_answers.earlier(study, session.record)
        assert {path.rpartition("/")[2]: one.raw for path, one in found.items()} == {"calisan": "1200", "ihracat": "2"}
        assert "sır" not in stored.answers(study.database, before).values()
        paths = {one.path.rpartition("/")[2] for one in stored.events(study.database) if one.subject_id == before}
        assert "gizli" not in paths
        assert others not in {one.subject_id for one in stored.events(study.database)}


def test_that_the_rules_of_the_field_travel_to_the_laptop(pair, tmp_path: Path):
    office, field = pair
    with office.open() as study:
        wanted = replace(field_rules.rules(study), min_attempts=3, min_days=2, conversion_after_days=21)
        field_rules.save_rules(study, wanted)
    assigned(office, field, tmp_path, "rules")
    with field.open() as study:
        assert field_rules.rules(study) == wanted


def test_that_nothing_of_a_back_check_goes_to_the_laptop_whose_interview_it_is(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, file)
        (held,) = stored.interviews(study.database)
        with study.act() as act:
            path = next(iter(stored.answers(act, held.interview_id)))
            kept = {"by": study.person, "answers": {path: "2"}}
            act.append(EventKind.BACK_CHECK, SubjectKind.INTERVIEW, held.interview_id, "", kept)
            act.append(EventKind.QUESTION_ASKED, SubjectKind.INTERVIEW, held.interview_id, path, "Emin miyiz?")
        acts.take(study, held.interview_id, Step.RETURN)
        assert EventKind.BACK_CHECK in kinds(study)
        back = send(study, making.returned(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, back)
        assert EventKind.QUESTION_ASKED in kinds(study)
    assigned(office, field, tmp_path, "after")
    with field.open() as study:
        assert stored.interviews(study.database)[0].review == "returned"
        assert EventKind.BACK_CHECK not in kinds(study)
        assert bad_lines(study) == ()


def test_that_older_packages_undo_nothing_and_forged_ones_are_refused_and_counted(
    pair, tmp_path: Path, counted: Callable[[str], None], caplog: pytest.LogCaptureFixture
):
    office, field = pair
    chance = Random(23)
    with field.open() as study:
        (unit,) = stored.units(study.database)
        early = send(study, making.interviews(study), tmp_path)
        interview(study, unit.unit_id)
        late = send(study, making.interviews(study), tmp_path)
    stranger = laptop(office, tmp_path / "stranger", "Can Aydın")
    with stranger.open() as study:
        forged = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        for file in (early, late):
            take(study, file)
        devices.revoke(study, stranger.device_id, "lost")
        before, came = stored.lines(study.database), len(overview.overview(study).came)
        known, refused, codes = 0, 0, set[tuple[Path, str]]()
        with caplog.at_level(logging.INFO):
            for _ in range(REPLAYS):
                file = chance.choice((early, late, forged))
                try:
                    found = reading.examine(study, file)
                except Refused as refusal:
                    codes.add((file, refusal.problems[0].code))
                    refused += 1
                    continue
                assert (found.is_known, found.new, found.brings_something) == (True, 0, False)
                assert take(study, file).new == 0
                known += 1
        assert known
        assert codes == {(forged, "package.revoked-sender")}
        assert stored.lines(study.database) == before
        shown = overview.overview(study).came
        assert (len(shown), sum(one.state == "refused" for one in shown)) == (came + refused, refused)
        told = [record.getMessage() for record in caplog.records if record.name == reading.__name__]
        assert len([line for line in told if "known" in line]) >= known
        assert len([line for line in told if "refused" in line]) == refused
    counted(f"R23 replays and forgeries: {known} known already, {refused} refused, 0 entries changed")
