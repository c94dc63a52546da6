"""What the progress says of a computer: that nothing came from it, what came, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.services import fieldwork, progress
from kume_desktop.services.packages import making
from kume_desktop.services.progress import ComputerLine
from kume_desktop.store import reading
from tests.merging.offices import ELIF, Office, send, take

if TYPE_CHECKING:
    from pathlib import Path


def line_of(office: Office, device_id: str) -> ComputerLine:
    with office.open() as study:
        found = progress.progress(study)
        assert progress.progress_of(progress.VERBS[progress.PROGRESS](study, {})) == found
        assert found.expected == 1, "one firm was given to somebody"
        return next(one for one in found.computers if one.device_id == device_id)


def test_that_a_computer_that_never_sent_is_told_from_one_that_did(pair, tmp_path: Path):
    office, field = pair
    before = line_of(office, field.device_id)
    assert (before.never_sent, before.held, before.people, before.state) == (True, 0, (ELIF,), "enrolled")
    with field.open() as study:
        fieldwork.record_visit(study, reading.units(study.database)[0].unit_id, "10")
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, file)
        making.receipt(study, field.device_id)
    after = line_of(office, field.device_id)
    assert not after.never_sent
    assert (after.held, after.missing, after.confirmed) == (after.held, 0, after.held)
    assert after.package is not None
    assert not line_of(office, office.device_id).never_sent, "this computer sends nothing to itself"
