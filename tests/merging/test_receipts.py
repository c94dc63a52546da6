"""Nothing that the agency did not say it holds can be deleted on a laptop, by any path (R30)."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.store import device, package_rows, reading, writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id
from kume_desktop.store.log import StreamWriter, Told
from kume_desktop.store.package_rows import Mark, ReceiptRow
from tests.store.laptops import empty

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
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


def test_that_only_what_a_receipt_covers_can_be_deleted(database: Database, counted):
    gone: list[int] = []

    @OFTEN
    @given(chance=st.randoms(use_true_random=False))
    def holds(chance: Random) -> None:
        gone.append(_deleted_under_a_receipt(database, chance))

    holds()
    counted(f"R30 receipts: {len(gone)} stories, {sum(gone)} entries deleted, 0 of them without a receipt")


def _deleted_under_a_receipt(database: Database, chance: Random) -> int:
    """Any work, any receipt, any wish: how many entries went, all of them covered."""
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
    return len(gone)


def test_that_of_two_receipts_of_one_second_the_later_one_speaks(database: Database):
    work(database, Random(1))
    own, signer = device.this_device().device_id, str(uuid4())
    ((stream, _seq),) = list(lines_of(database))[:1]
    marks = (Mark(stream, 1, _hash(database, 1)),)
    with database.act("Elif", "interviewer") as act:
        for reached in (marks, ()):
            package_rows.keep_receipt(act, ReceiptRow(new_id(), own, reached, signer, "", b"", act.at))
        assert package_rows.marks(act, own) == {}, "a computer that was brought back takes back what it said before"


@settings(OFTEN, max_examples=25)
@given(there=st.sets(st.integers(1, 9), min_size=1), other=st.sets(st.integers(1, 9)))
def test_that_a_stream_is_held_up_to_its_first_gap(database: Database, there: set[int], other: set[int]):
    writers = StreamWriter(uuid4()), StreamWriter(uuid4())
    told = [Told("answer", "interview", uuid4(), "/data/q", "1", "Elif", "interviewer", NOW) for _ in range(9)]
    empty(database)
    for writer, numbers in zip(writers, (there, other), strict=True):
        events = [writer.write(one) for one in told]
        database.import_events([event.line for event in events if event.seq in numbers])
    found = {one.stream: (one.whole, one.last, one.held) for one in package_rows.streams(database)}
    for writer, numbers in zip(writers, (there, other), strict=True):
        whole = next(seq for seq in range(10) if seq + 1 not in numbers)
        if numbers:
            assert found[str(writer.stream)] == (whole, max(numbers), len(numbers))


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
