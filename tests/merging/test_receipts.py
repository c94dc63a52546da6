"""Nothing that the agency did not say it holds can be deleted on a laptop, by any path (R30)."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.store import device, package_rows, reading, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id
from kume_desktop.store.package_rows import Mark, ReceiptRow
from tests.store.laptops import empty

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database

OFTEN = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def work(database: Database, chance: Random) -> list[str]:
    """Some interviews with answers, in any order; their ids."""
    version, wave = str(uuid4()), str(uuid4())
    with database.act("Elif", "interviewer") as act:
        held = [writing.open_interview(act, wave, str(uuid4()), version, "Elif") for _ in range(chance.randint(1, 4))]
        for _ in range(chance.randint(0, 12)):
            one = chance.choice(held)
            act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, one, f"/data/q{chance.randint(1, 3)}", "1")
        for one in chance.sample(held, chance.randint(0, len(held))):
            writing.complete_interview(act, one, version)
    return held


def lines_of(database: Database) -> dict[tuple[str, int], tuple[str, str]]:
    """(stream, number) -> (subject, line) of every entry."""
    return {(one.stream_id, one.seq): (one.subject_id, one.line) for one in reading.events(database)}


@OFTEN
@given(chance=st.randoms(use_true_random=False))
def test_that_only_what_a_receipt_covers_can_be_deleted(database: Database, chance: Random):
    empty(database)
    held = work(database, chance)
    own = device.this_device().device_id
    before = lines_of(database)
    (stream,) = {name for name, _seq in before}
    reached = chance.randint(0, len(before) + 3)
    fits = chance.random() < 0.8
    digest = _hash(database, min(max(1, reached), len(before))) if fits else "0" * 64
    with database.act("Elif", "interviewer") as act:
        if reached:
            mark = Mark(stream, reached, digest)
            row = ReceiptRow(new_id(), own, (mark,), str(uuid4()), "", b"", act.at)
            package_rows.keep_receipt(act, row)
        marks = {name: one.seq for name, one in package_rows.marks(act, own).items()}
        wanted = chance.sample(held, chance.randint(0, len(held)))
        offered = package_rows.covered(act, own, held)
        act.delete_received(own, wanted, marks)
    after = lines_of(database)
    valid = reached if fits and reached <= len(before) else 0
    gone = {place for place in before if place not in after}
    assert all(seq <= valid for _stream, seq in gone)
    whole = {one for one in held if all(seq <= valid for (_s, seq), (subject, _l) in before.items() if subject == one)}
    assert offered == whole
    assert {before[place][0] for place in gone} == whole & set(wanted)


def _hash(database: Database, seq: int) -> str:
    with database.transaction() as (ledger, _):
        return bytes(ledger.run("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()[0]).hex()


def test_that_an_interview_goes_on_where_it_came_back_after_it_was_deleted(database: Database):
    held = work(database, Random(3))
    own = device.this_device().device_id
    lines = [one.line for one in reading.events(database)]
    with database.act("Elif", "interviewer") as act:
        act.append(EventKind.FACT, SubjectKind.DEVICE, own, "colour", "red")
        (stream,) = {one.stream_id for one in reading.events(act)}
        assert act.delete_received(own, held, {stream: 10**6}) > 0
    assert reading.interviews(database) == ()
    database.import_events(lines)
    assert {one.interview_id for one in reading.interviews(database)} == set(held)
    with database.act("Elif", "interviewer") as act:
        assert UUID(act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, held[0], "/data/q1", "5"))
    assert reading.answers(database, held[0])["/data/q1"] == "5"
