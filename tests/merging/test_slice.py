"""From the assignment to the receipt, between real studies of an agency and a laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.services.packages import making, outbox, overview, reading, receipts
from kume_desktop.store import package_rows
from kume_desktop.store import reading as stored
from kume_desktop.store.access import Fault
from kume_desktop.store.connecting import connect_file
from tests.merging.offices import ELIF, bad_lines, send, take
from tests.services.interviewed import interview

if TYPE_CHECKING:
    from pathlib import Path


def test_that_an_interview_goes_to_the_agency_and_its_receipt_comes_back(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        assert study.person == ELIF
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        made = making.interviews(study)
        file = send(study, made, tmp_path)
        assert [(one.state, one.told["interviews"]) for one in outbox.packages(study)] == [("moved", 1)]
        assert receipts.deletable(study) == ()
    with office.open() as study:
        found = reading.examine(study, file)
        assert (found.interviews_new, found.firms, found.conflicts, found.is_known) == (1, ("Şişli Kimya",), (), False)
        assert stored.interviews(study.database) == ()
        done = take(study, file)
        assert (done.interviews_new, done.conflicts) == (1, 0)
        (held,) = stored.interviews(study.database)
        assert (held.state, held.interviewer) == ("completed", ELIF)
        assert "Gizli not" in stored.answers(study.database, held.interview_id).values()
        again = reading.examine(study, file)
        assert (again.new, again.is_known) == (0, True)
        back = send(study, making.receipt(study, field.device_id), tmp_path)
    with field.open() as study:
        assert take(study, back).receipts == 1
        assert outbox.packages(study)[0].state == "received"
        (gone,) = receipts.deletable(study)
        before = overview.overview(study)
        assert before.going == (overview.Going(gone.interview_id, "Şişli Kimya"),)
        assert [(one.interviews, one.deleted) for one in before.held] == [(1, 0)]
        assert receipts.delete(study, [gone.interview_id]) > 20
        assert stored.interviews(study.database) == ()
        assert receipts.deletable(study) == ()
        after = overview.overview_of(overview.record_of(overview.overview(study)))
        assert (after.going, after.deletable) == ((), 0)
        told = [(one.interviews, one.deleted, one.entries) for one in after.held]
        assert told == [(1, 1, before.held[0].entries)], "what the receipt covers is true still"


def test_that_what_a_receipt_let_go_is_not_missing_and_what_somebody_took_out_is(pair, tmp_path: Path):
    office, field = pair
    with field.open() as study:
        assert bad_lines(study) == (), "other computers' streams are here in part"
        (unit,) = stored.units(study.database)
        interview(study, unit.unit_id)
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        take(study, file)
        back = send(study, making.receipt(study, field.device_id), tmp_path)
        assert bad_lines(study) == ()
    with field.open() as study:
        take(study, back)
        (gone,) = receipts.deletable(study)
        assert receipts.delete(study, [gone.interview_id]) > 20
        assert bad_lines(study) == ()
        own = {one.stream for one in package_rows.streams(study.database, {field.device_id})}
        late = max(one.seq for one in stored.events(study.database) if one.stream_id in own) - 1
    for path, here in ((field, True), (office, False)):
        with path.open() as study:
            (stream,) = own
            seq = late if here else 3
            raw = connect_file(study.path, study.key)
            raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute(
                "DELETE FROM event WHERE seq = ? AND stream = (SELECT stream FROM event WHERE seq = 1 AND line LIKE ?)",
                (seq, f'%"stream":"{stream}"%'),
            )
            raw.commit()
            raw.close()
            (bad,) = bad_lines(study)
            assert (bad.stream_id, bad.seq, bad.fault) == (stream, seq, Fault.MISSING)
