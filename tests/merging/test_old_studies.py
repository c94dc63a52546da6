"""A study of before there were packages, brought up on opening: its computer enrols others, and everything goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kume_desktop.services import (
    devices,
    fieldwork,
    first_assignment,
    forms,
    installing,
    people,
    studies,
    visits,
)
from kume_desktop.services.interviewing import open_interview
from kume_desktop.services.packages import making, overview, receipts, selecting
from kume_desktop.store import keyfile, reading
from tests.merging.offices import Office, send, take
from tests.store import released
from tests.studies import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

CAN = "Can Aydın"


@pytest.fixture(scope="module")
def prepared() -> installing.Prepared:
    """A form of today, read once."""
    return installing.prepare(forms.bundled("kumelenme_duzeyi"))


@pytest.mark.parametrize("revision", [1, 2, 3])
def test_that_an_old_study_enrols_a_laptop_and_takes_its_work(
    revision: int, prepared: installing.Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # The form of these files is a placeholder that none can compile.
    monkeypatch.setattr(selecting, "_shown_paths", lambda _study: {})
    office, field = Office(tmp_path / "agency"), Office(tmp_path / "laptop")
    path, key = released.copied(revision, office.folder)
    with field.at_work():
        told = devices.introduce("Dizüstü 01", CAN, PASSPHRASE, field.folder, cost=keyfile.CHEAP)
    with office.at_work(), studies.open_with(path, key) as study:
        if devices.this_computer(study).role == "":
            devices.adopt(study)
        people.add(study, CAN, people.INTERVIEWER, "canın uzun parolası")
        with study.act() as act:
            installing.install(act, prepared)
        mine = devices.enrol(study, told.path, words_compared=True, person_compared=CAN).device_id
        firm = next(one.unit_id for one in reading.units(study.database) if not one.erased)
        visits.assign_each(study, {firm: CAN})
        first = send(study, making.assignment(study, mine), tmp_path)
        name = {one.unit_id: one.name for one in reading.units(study.database)}[firm]
    with field.at_work():
        found = first_assignment.examine(first, PASSPHRASE)
        opened = first_assignment.accept(found, field.file, PASSPHRASE, words_compared=True, cost=keyfile.CHEAP)
        with opened as study:
            assert [one.name for one in reading.units(study.database) if one.name] == [name]
            fieldwork.record_visit(study, firm, "10")
            session = open_interview(study, firm, "kumelenme_duzeyi")
            assert session.answer(session.interview.path_of("gorusme_bicimi"), "1").at is not None
            sent = send(study, making.interviews(study), tmp_path)
            assert overview.overview(study).waiting == 0
    with office.at_work(), studies.open_with(path, key) as study:
        before = len(reading.visits(study.database))
        assert take(study, sent).new > 0
        assert len(reading.visits(study.database)) == before + 1
        assert "kumelenme_duzeyi" in {one.instrument_id for one in reading.interviews(study.database)}
        receipt = send(study, making.receipt(study, mine), tmp_path)
    with field.open() as study:
        take(study, receipt)
        (held,) = overview.overview(study).held
        assert held.entries > 0
        assert receipts.deletable(study) == (), "it is not completed"
