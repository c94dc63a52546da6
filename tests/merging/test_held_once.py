"""What packages must never bring about: work that is nowhere, people who come back, a second visit to a firm."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select

from kume_desktop.problems import Refused
from kume_desktop.services import devices, fieldwork, people, visits
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.interviewing import open_interview
from kume_desktop.services.packages import making, merging, reading, receipts, selecting
from kume_desktop.store import device, package_rows, tables, writing
from kume_desktop.store import reading as stored
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id
from tests.merging.offices import Office, send, take
from tests.services.interviewed import interview

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.services.studies import Study

CARD = b"the picture of a business card"
PICTURE = hashlib.sha256(CARD).hexdigest()


def _received(office: Office, field: Office, tmp_path: Path) -> tuple[str, str, Path]:
    """An interview of the laptop that the agency holds, with the receipt taken there: (unit, interview, package)."""
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        (held,) = stored.interviews(study.database)
        early = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, early)
        back = send(study, making.receipt(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, back)
    return unit.unit_id, held.interview_id, early


def _pictured(field: Office, tmp_path: Path) -> tuple[str, str, Path]:
    """An interview of the laptop with a picture as evidence: (unit, interview, package)."""
    name = f"{PICTURE[:16]}.jpg"
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        (held,) = stored.interviews(study.database)
        with study.act() as act:
            act.put_blob(CARD, "attachment:image/jpeg")
            act.append(EventKind.EVIDENCE, SubjectKind.INTERVIEW, held.interview_id, f"/data/x@{name}", name)
        return unit.unit_id, held.interview_id, send(study, making.interviews(study), tmp_path)


def _files(study: Study) -> set[str]:
    return {row.hash for row in study.database.rows(select(tables.blob.c.hash))}


def test_that_nothing_can_be_deleted_when_the_agency_was_brought_back_from_before_it_received_it(pair, tmp_path: Path):
    office, field = pair
    copy = tmp_path / "copy"
    with office.at_work():
        shutil.copytree(office.folder, copy)
    _unit, held, _early = _received(office, field, tmp_path)
    with field.open() as study:
        assert [one.interview_id for one in receipts.deletable(study)] == [held]
    for file in office.folder.glob("deneme.kume*"):
        file.unlink()
    for file in copy.glob("deneme.kume*"):
        shutil.copy(file, office.folder / file.name)
    with office.open() as study:
        assert stored.interviews(study.database) == ()
        again = send(study, making.assignment(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, again)
        assert receipts.deletable(study) == ()
        with pytest.raises(Refused):
            receipts.delete(study, [held])
        once_more = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, once_more)
        assert [one.interview_id for one in stored.interviews(study.database)] == [held]


def test_that_the_receipt_of_a_computer_that_was_lost_deletes_nothing(pair, tmp_path: Path):
    office, field = pair
    _received(office, field, tmp_path)
    with field.open() as study:
        assert receipts.deletable(study)
        lost = frozenset({office.device_id})
        assert package_rows.marks(study.database, field.device_id, lost) == {}
        held = [one.interview_id for one in stored.interviews(study.database)]
        assert package_rows.covered(study.database, field.device_id, held) == frozenset(held)
        assert package_rows.covered(study.database, field.device_id, held, lost) == frozenset()


def test_that_a_laptop_sends_on_after_the_end_of_an_older_stream_was_deleted(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        (held,) = stored.interviews(study.database)
        with study.act() as act:
            where = next(path for path in stored.answers(act, held.interview_id) if path.endswith("/ana_urun"))
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, held.interview_id, where, "Boya")
        old = package_rows.streams(study.database, {field.device_id})[-1]
        with field.at_work():
            device.note_written(study.record.study_id, UUID(old.stream), old.last + 40)
    with field.open() as study:
        with study.act() as act:
            act.append(EventKind.FACT, SubjectKind.DEVICE, field.device_id, "colour", "red")
        early = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, early)
        back = send(study, making.receipt(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, back)
        receipts.delete(study, [held.interview_id])
        left = {one.stream: one for one in package_rows.streams(study.database, {field.device_id})}
        assert left[old.stream].last < old.last
        late = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        assert reading.examine(study, late).new > 0
        take(study, late)
        assert reading.lacks(study) == ()


def test_that_a_picture_of_somebody_who_was_erased_does_not_come_back_with_an_older_package(pair, tmp_path: Path):
    office, field = pair
    unit_id, _held, early = _pictured(field, tmp_path)
    with office.open() as study:
        take(study, early)
        assert PICTURE in _files(study)
        with study.act() as act:
            act.erase(SubjectKind.UNIT, unit_id, "request")
        assert PICTURE not in _files(study)
        merging.take(study, reading.examine(study, early))
        assert PICTURE not in _files(study)


def test_that_a_picture_goes_with_the_interview_that_is_deleted_on_a_laptop(pair, tmp_path: Path):
    office, field = pair
    _unit, held, early = _pictured(field, tmp_path)
    with office.open() as study:
        take(study, early)
        back = send(study, making.receipt(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, back)
        receipts.delete(study, [held])
        assert PICTURE not in _files(study)
        assert study.instruments()


def test_that_what_is_told_of_a_firm_after_it_was_given_to_somebody_else_stays_at_the_agency(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        with study.act() as act:
            writing.set_fact(act, SubjectKind.UNIT, unit.unit_id, "phone", "0232", personal=True)
        early = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, early)
        whose = devices.trusted(study)[field.device_id]
        before = selecting.for_computer(study, field.device_id, whose)
        assert "contact" in {row.path for row in before.rows if str(row.subject) == unit.unit_id}
        people.add(study, "Mehmet Uzun", people.INTERVIEWER, "mehmetin parolası")
        visits.assign_each(study, {unit.unit_id: "Mehmet Uzun"})
        after = selecting.for_computer(study, field.device_id, whose)
        assert {row.path for row in after.rows if str(row.subject) == unit.unit_id} == set()
        assert unit.unit_id not in {str(key.subject) for key in after.keys}
        assert {row.kind for row in after.rows if row.subject_kind == "assignment"} == {"assignment"}


def test_that_a_firm_whose_interview_was_deleted_under_a_receipt_is_not_interviewed_again(pair, tmp_path: Path):
    office, field = pair
    unit_id, held, _early = _received(office, field, tmp_path)
    with field.open() as study:
        before = fieldwork.firm_row(study, unit_id).state
        receipts.delete(study, [held])
        assert fieldwork.firm_row(study, unit_id).state == before
        assert before in {FirmState.COMPLETED, FirmState.IN_PROGRESS}
        with pytest.raises(Refused) as refused:
            open_interview(study, unit_id, "is_ihtiyac")
        assert refused.value.problems[0].code == "interview.handed-over"
        assert stored.interviews(study.database) == ()


def test_that_a_package_in_parts_is_said_to_be_taken_when_its_last_part_is(pair, tmp_path: Path, monkeypatch):
    from kume_desktop.exchange.packages import seal

    office, field = pair
    monkeypatch.setattr(seal, "PART_BYTES", 40_000)
    with office.open() as study:
        made = making.assignment(study, field.device_id)
        assert len(made.files) > 1
        files = [tmp_path / file.name for file in made.files]
        for file, copy in zip(made.files, files, strict=True):
            shutil.copy(file, copy)
    with field.open() as study:
        for file in files[1:]:
            take(study, file)
            assert made.package_id not in package_rows.taken_by(study.database)
        take(study, files[0])
        assert package_rows.taken_by(study.database)[made.package_id] == {field.device_id}


@pytest.mark.parametrize("role", [people.INTERVIEWER, people.DATA_OFFICER])
def test_that_who_does_not_manage_the_study_changes_no_people_method_totals_or_decisions(study: Study, role: str):
    from kume_desktop.services import committee, frame_totals, method_versions

    given, firm = frame_totals.totals(study)[0], stored.units(study.database)[0].unit_id
    method = method_versions.versions(study)[-1].method
    before = stored.lines(study.database)
    study.role = role
    acts = (
        lambda: people.add(study, f"Biri {new_id()}", people.STAFF, "uzun bir parola"),
        lambda: method_versions.save_draft(study, method),
        lambda: frame_totals.enter(study, given.area, given),
        lambda: committee.withdraw(study, given.area),
        *([lambda: open_interview(study, firm, "is_ihtiyac")] if role == people.DATA_OFFICER else []),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.problems[0].code in {"study.only-staff", "role.may-not"}
    assert stored.lines(study.database) == before
