"""R11: a study of which nothing can be read comes back from its backup and from what this computer had packed since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kume_desktop.services import backups, fieldwork, studies
from kume_desktop.services.packages import making, outbox
from kume_desktop.store import reading, rebuild
from tests.merging.conftest import pair, pair_template  # noqa: F401 - fixtures
from tests.merging.offices import Office, bad_lines, send, take
from tests.services.interviewed import interview
from tests.studies import PASSPHRASE

pytestmark = pytest.mark.change


@contextmanager
def broken(field: Office) -> Iterator[None]:
    """Be that computer, whose study file holds nothing any more."""
    field.file.write_bytes(b"")
    with field.at_work():
        yield


def own_lines(field: Office) -> set[str]:
    with field.open() as study:
        return set(reading.lines(study.database))


def test_that_what_was_packed_since_the_backup_comes_back_with_it(
    pair: tuple[Office, Office],  # noqa: F811
    tmp_path: Path,
):
    office, field = pair
    with field.open() as study:
        archive = backups.make(study).path
        (unit,) = reading.units(study.database)
        interview(study, unit.unit_id)
        file = send(study, making.interviews(study), tmp_path)
        packed = set(reading.lines(study.database))
        fieldwork.record_visit(study, unit.unit_id, "10", "paketten sonra")
    before = own_lines(field)
    with broken(field):
        done = backups.bring_back(field.file, PASSPHRASE, archive)
    # The last line of a package is the note that it was made; the visit came after it.
    assert (done.salvaged, done.refused, done.missing, done.interviews) == (0, 0, 0, 1)
    assert done.replayed >= len(packed) - done.from_backup - 2
    with field.open() as study:
        held = set(reading.lines(study.database))
        (found,) = reading.interviews(study.database)
        assert (found.state, found.unit_id) == ("completed", unit.unit_id)
        assert "Gizli not" in reading.answers(study.database, found.interview_id).values()
        assert not [one for one in rebuild.verify(study.database) if one.is_error]
        assert bad_lines(study) == ()
        # What a person did after the package was made is gone with the file, and nothing before it.
        assert before - held <= before - packed | {line for line in packed if '"export"' in line or "package" in line}
        fieldwork.record_visit(study, unit.unit_id, "10", "sonraki")
        again = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, file)
        assert take(study, again).new > 0
        assert reading.conflicts(study.database) == ()
        assert not [one for one in rebuild.verify(study.database) if one.is_error]


def test_that_a_spoiled_package_and_one_of_somebody_else_bring_nothing(
    pair: tuple[Office, Office],  # noqa: F811
    tmp_path: Path,
):
    office, field = pair
    with field.open() as study:
        archive = backups.make(study).path
        (unit,) = reading.units(study.database)
        fieldwork.record_visit(study, unit.unit_id, "10", "")
        made = making.interviews(study)
        place = outbox.folder(study.record.study_id)
    with office.open() as study:
        other = send(study, making.assignment(study, field.device_id), tmp_path)
    (place / other.name).write_bytes(other.read_bytes())
    (file,) = made.files
    file.write_bytes(file.read_bytes()[:-200] + bytes(200))
    with broken(field):
        done = backups.bring_back(field.file, PASSPHRASE, archive)
        assert done.replayed == 0
        assert file.exists()
        with studies.open_study(field.file, PASSPHRASE) as study:
            assert reading.visits(study.database) == ()
