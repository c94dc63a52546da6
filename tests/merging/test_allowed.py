"""A laptop signs for its person: what that person may not do does not come in by a package either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import devices, people
from kume_desktop.services.packages import making, reading
from kume_desktop.services.packages.allowed import NEEDS
from kume_desktop.services.roles import MAY, role_may
from kume_desktop.store import reading as stored
from kume_desktop.store import tombstones
from kume_desktop.store.events import EventKind, SubjectKind
from tests.merging.offices import ELIF, laptop, send, take
from tests.services.interviewed import interview

if TYPE_CHECKING:
    from pathlib import Path

APPROVED = {"state": "approval", "approved": ["Ayşe"], "of": "", "by": "Ayşe"}


def test_that_a_laptop_cannot_approve_what_its_person_held(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        (held,) = stored.interviews(study.database)
        with study.act() as act:
            act.append(EventKind.INTERVIEW_REVIEWED, SubjectKind.INTERVIEW, held.interview_id, "", APPROVED)
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        before = stored.lines(study.database)
        with pytest.raises(Refused) as refused:
            reading.examine(study, file)
        assert [one.code for one in refused.value.problems] == ["package.not-entitled"]
        assert stored.lines(study.database) == before


def test_that_a_laptop_cannot_erase_what_others_hold_and_the_rest_of_its_package_is_heard(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        with study.act() as act:
            act.erase(SubjectKind.UNIT, unit.unit_id, "request")
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        with pytest.raises(Refused) as refused:
            reading.examine(study, file)
        assert [one.code for one in refused.value.problems] == ["package.not-entitled"]
        assert tombstones.of_database(study.database) == ()
        with study.act() as act:
            act.erase(SubjectKind.UNIT, unit.unit_id, "request")
        assert take(study, file).new > 0


def test_that_the_laptop_of_a_supervisor_may_approve(pair, tmp_path: Path):
    office, _field = pair
    with office.open() as study:
        unit = next(unit for unit in stored.units(study.database) if unit.name == "Iğdır Nakliyat")
        people.add(study, "Süheyla", people.SCORER, "süheylanın parolası")
    other = laptop(office, tmp_path / "süheyla", person="Süheyla", firms=(unit.unit_id,))
    with other.open() as study:
        interview(study, unit.unit_id)
        held = next(one for one in stored.interviews(study.database) if one.unit_id == unit.unit_id)
        with study.act() as act:
            act.append(EventKind.INTERVIEW_REVIEWED, SubjectKind.INTERVIEW, held.interview_id, "", APPROVED)
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        assert {one.person for one in devices.trusted(study).values() if one.role == "laptop"} == {ELIF, "Süheyla"}
        assert take(study, file).interviews_new == 1


def test_that_interviewers_lack_every_right_that_is_asked_of_a_package():
    assert not [right for right in NEEDS.values() if role_may(people.INTERVIEWER, right)]
    assert set(NEEDS.values()) <= MAY[people.STAFF]
