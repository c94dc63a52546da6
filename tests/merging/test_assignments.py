"""What a laptop gets and what it does not; what happens to it later: released firms, erasures, returned interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import access_log, devices, visits
from kume_desktop.services.interviewing import open_interview
from kume_desktop.services.packages import advice, making, outbox, overview, reading, receipts
from kume_desktop.services.review import acts, queries
from kume_desktop.services.review.states import Step
from kume_desktop.store import package_rows, writing
from kume_desktop.store import reading as stored
from kume_desktop.store.events import SubjectKind
from tests.merging.offices import ELIF, Office, send, take
from tests.services.interviewed import interview

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord


def _units(study: Study) -> tuple[str, str]:
    """Şişli Kimya, Iğdır Nakliyat."""
    by_name = {unit.name: unit.unit_id for unit in stored.units(study.database)}
    return by_name["Şişli Kimya"], by_name["Iğdır Nakliyat"]


def test_that_a_laptop_holds_its_own_firms_and_nothing_of_the_others(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        assert unit.name == "Şişli Kimya"
        assert stored.facts(study.database, unit.unit_id)["contact"] == "Elif'in kişisi"
        assert len(study.instruments()) == 2
        assert {record.version_id for record in study.all_instruments()}
        lines = "\n".join(stored.lines(study.database))
        keys = {str(key.subject) for key in study.database.subject_keys()}
        assert reading.lacks(study) == ()
        assert devices.this_computer(study).role == "laptop"
    with office.open() as study:
        _mine, other = _units(study)
        assert other not in lines
        assert other not in keys
        assert "access" not in {one.path for one in stored.events(study.database) if one.line in lines.split("\n")}


def test_that_a_firm_given_later_comes_with_the_next_assignment_and_one_taken_away_is_no_more_ones_own(pair, tmp_path):
    office, field = pair
    with office.open() as study:
        mine, other = _units(study)
        visits.assign_each(study, {other: ELIF, mine: "Elif"})
        file = send(study, making.assignment(study, field.device_id), tmp_path)
    with field.open() as study:
        found = reading.examine(study, file)
        assert (found.kind, found.lacks) == ("assignment", ())
        take(study, file)
        held = {unit.name: unit.interviewer for unit in stored.units(study.database, study.wave.wave_id)}
        assert held == {"Şişli Kimya": "Elif", "Iğdır Nakliyat": ELIF}


def test_that_an_erasure_reaches_the_laptop_and_wins_over_its_older_package(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        early = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, early)
        with study.act() as act:
            act.erase(SubjectKind.UNIT, unit.unit_id, "request")
        back = send(study, making.assignment(study, field.device_id), tmp_path)
        assert reading.examine(study, early).new == 0
        assert not [key for key in study.database.subject_keys() if str(key.subject) == unit.unit_id]
    with field.open() as study:
        take(study, back)
        assert not [key for key in study.database.subject_keys() if str(key.subject) == unit.unit_id]
        assert "contact" not in stored.facts(study.database, unit.unit_id)


def test_that_a_returned_interview_comes_back_to_a_laptop_that_had_deleted_it(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        early = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, early)
        (held,) = stored.interviews(study.database)
        back = send(study, making.receipt(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, back)
        assert receipts.delete(study, [held.interview_id]) > 0
    with office.open() as study:
        give_back(study, held)
        assert [one.returned for one in overview.overview(study).others] == [1]
        again = send(study, making.returned(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, again)
        (one,) = stored.interviews(study.database)
        assert one.review == "returned"
        assert one.state != "completed"
        heads = stored.heads(study.database, one.interview_id)
        assert "Emin miyiz?" in {head.value for rows in heads.values() for head in rows}
        assert receipts.deletable(study) == ()


def give_back(study: Study, held: InterviewRecord) -> None:
    """Return an interview with a question about its first answer."""
    queries.ask(study, held, next(iter(stored.answers(study.database, held.interview_id))), "Emin miyiz?")
    acts.take(study, held.interview_id, Step.RETURN)


def test_that_what_was_answered_back_goes_back_no_more_and_may_be_deleted_under_a_receipt(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        first = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, first)
        give_back(study, stored.interviews(study.database)[0])
        back = send(study, making.returned(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, back)
        assert receipts.deletable(study) == ()
        assert open_interview(study, unit.unit_id, "is_ihtiyac").complete().at is not None
        assert receipts.deletable(study) == ()
        again = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, again)
        assert [one.returned for one in overview.overview(study).others] == [0]
        receipt = send(study, making.receipt(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, receipt)
        (one,) = receipts.deletable(study)
        assert receipts.delete(study, [one.interview_id]) > 0
        assert stored.interviews(study.database) == ()


def test_that_a_computer_that_was_copied_is_named_and_its_package_kept_aside(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        (unit,) = stored.units(study.database)
    twin = Office(tmp_path / "twin")
    import shutil

    shutil.copytree(field.folder, twin.folder, dirs_exist_ok=True)
    files = []
    for one in (field, twin):
        with one.open() as study:
            interview(study, unit.unit_id)
            (tmp_path / one.folder.name / "out").mkdir()
            files.append(send(study, making.interviews(study), tmp_path / one.folder.name / "out"))
    with office.open() as study:
        take(study, files[0])
        before = stored.lines(study.database)
        with pytest.raises(Refused) as refused:
            reading.examine(study, files[1])
        assert refused.value.problems[0].code == "package.forked"
        assert refused.value.problems[0].params["person"] == ELIF
        assert [line for line in stored.lines(study.database) if line not in set(before)] == []
        (kept,) = package_rows.refused(study.database)
        assert kept.content == files[1].read_bytes()
        assert [one.state for one in overview.overview(study).came] == ["refused", "taken"]


def test_that_a_damaged_package_changes_no_byte_of_the_study(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        file = send(study, making.interviews(study), tmp_path)
    content = file.read_bytes()
    with office.at_work():
        before = office.file.read_bytes()
    with office.open() as study:
        for place in range(0, len(content), max(1, len(content) // 40)):
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(Refused) as refused:
                reading.examine(study, file)
            assert refused.value.problems[0].code.startswith("package.")
        assert reading.refusals(study)
    assert office.file.read_bytes() == before


def test_that_a_revoked_computer_is_neither_written_to_nor_heard(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        devices.revoke(study, field.device_id, "lost")
        with pytest.raises(Refused) as heard:
            reading.examine(study, file)
        assert heard.value.problems[0].code == "package.revoked-sender"
        with pytest.raises(Refused) as written:
            making.assignment(study, field.device_id)
        assert written.value.problems[0].code == "package.revoked-recipient"


def test_that_making_and_taking_stand_in_the_access_log(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        file = send(study, making.interviews(study), tmp_path)
        with pytest.raises(Refused) as refused:
            making.interviews(study)
        assert refused.value.problems[0].code == "package.nothing-new"
        with pytest.raises(Refused) as denied:
            making.assignment(study, office.device_id)
        assert denied.value.problems[0].code in {"role.may-not", "study.only-staff"}
    with office.open() as study:
        take(study, file)
        told = [(one.deed, one.what.partition(":")[0]) for one in access_log.entries(study)]
        assert (access_log.Deed.EXPORTED, "package assignment") in told
        assert (access_log.Deed.IMPORTED, "package interviews") in told
        assert (access_log.Deed.EXPORTED, "package interviews") in told
        assert [one for one in outbox.packages(study) if one.state == "received"]


def test_that_advice_names_an_interviewer_of_one_area_and_a_firm_in_two(pair):
    office, field = pair
    with office.open() as study:
        codes = [one.code for one in advice.of_assignment(study, field.device_id)]
        assert codes == ["package.advice-one-area"]
        with study.act() as act:
            writing.add_unit(act, {"code": "F9", "name": "ŞİŞLİ KİMYA", "area": "lojistik", "district": "Kemalpaşa"})
        codes = [one.code for one in advice.of_assignment(study, field.device_id)]
        assert codes == ["package.advice-one-area", "package.advice-two-areas"]
