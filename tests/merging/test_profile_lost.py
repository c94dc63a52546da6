"""A computer whose profile was lost: a laptop goes on as the one that it was, and none of its work is lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import devices
from kume_desktop.services.packages import making, overview, receipts
from kume_desktop.store import reading
from tests.merging.offices import ELIF, Office, send, take
from tests.services.interviewed import interview

if TYPE_CHECKING:
    from pathlib import Path


def lose_profile(office: Office) -> None:
    shutil.rmtree(office.folder / "profile")


def test_that_a_laptop_without_its_profile_sends_everything_after_it_was_enrolled_again(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = reading.units(study.database)
        interview(study, unit.unit_id)
        own, words = devices.this_computer(study).device_id, devices.this_computer(study).words
    lose_profile(field)
    with field.open() as study:
        here = devices.this_computer(study)
        assert (here.device_id, here.role, here.keys_lost) == (own, "laptop", True)
        assert here.words != words
        assert overview.overview(study).keys_lost
        assert receipts.deletable(study) == (), "nothing was received"
        with study.act() as act:
            assert act.at, "work goes on"
        told = devices.introduce_again(study, tmp_path)
        assert told.path is not None
    with office.open() as study:
        assert devices.look_at(study, told.path).words == told.words
        devices.enrol(study, told.path, words_compared=True, person_compared=ELIF)
        (listed,) = [one for one in devices.computers(study) if one.device_id == own]
        assert (listed.state, listed.words) == ("enrolled", told.words)
        back = send(study, making.assignment(study, own), tmp_path)
    with field.open() as study:
        with pytest.raises(Refused):
            take(study, back)
        devices.pin(study, back, words_compared=True)
        take(study, back)
        assert not devices.this_computer(study).keys_lost
        assert receipts.deletable(study) == (), "still nothing was received"
        sent = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, sent)
        assert [one.state for one in reading.interviews(study.database)] == ["completed"]
        receipt = send(study, making.receipt(study, own), tmp_path)
    with field.open() as study:
        take(study, receipt)
        assert len(receipts.deletable(study)) == 1


def test_that_a_laptop_that_lost_its_keys_alone_goes_on_too(pair):
    _office, field = pair
    with field.open() as study:
        own = devices.this_computer(study).device_id
    shutil.rmtree(field.folder / "profile" / "devices")
    with field.open() as study:
        here = devices.this_computer(study)
        assert (here.device_id, here.role, here.keys_lost) == (own, "laptop", True)


def test_that_the_agency_s_file_in_another_profile_is_never_taken_for_a_laptop_s(pair):
    office, field = pair
    with field.open() as study:
        laptop = devices.this_computer(study).device_id
    lose_profile(office)
    with office.open() as study:
        assert devices.this_computer(study).role == ""
        assert devices.this_computer(study).device_id != laptop
        assert overview.overview(study).role == ""
        devices.adopt(study)
        assert devices.this_computer(study).role == "agency"


def test_that_a_profile_that_keeps_another_study_keeps_its_identity(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        laptop = devices.this_computer(study).device_id
    lose_profile(field)
    others = field.folder / "profile" / "devices"
    others.mkdir(parents=True)
    (others / "0190f2d0-0000-7000-8000-000000000000.json").write_text("{}")
    with field.open() as study:
        here = devices.this_computer(study)
        assert here.device_id != laptop
        assert here.role == ""
        assert receipts.deletable(study) == ()
        with pytest.raises(Refused) as refused:
            devices.introduce_again(study, tmp_path)
        assert refused.value.problems[0].code == "device.not-laptop"
    assert office.file.is_file()
