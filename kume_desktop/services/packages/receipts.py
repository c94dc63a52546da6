"""Receipts: what the agency holds of a laptop, signed; and what a laptop may delete because of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.format import Mark, Receipt
from kume_desktop.exchange.packages.parties import AGENCY, LAPTOP, check_receipt
from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, devices, handed_over
from kume_desktop.store.identity import new_id

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.package_rows import Mark as PackageMark
    from kume_desktop.store.package_rows import ReceiptRow
    from kume_desktop.store.reading import Source
    from kume_desktop.store.unit_of_work import Act

COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Deletable:
    """An interview that the agency holds whole; `firm` and when it was completed, to be told before it goes."""

    interview_id: str
    firm_code: str
    firm: str
    instrument_id: str
    completed_at: datetime | None


def held(study: Study, device_id: str) -> tuple[Mark, ...]:
    """How far this computer holds the streams of another one without a gap."""
    from kume_desktop.store import package_rows

    return tuple(Mark(one.stream, one.seq, one.hash) for one in package_rows.high_water(study.database, device_id))


def give(study: Study, device_id: str, at: datetime) -> Receipt:
    """Write a receipt for a computer and keep it."""
    from kume_desktop.store import package_rows

    given = devices.secrets(study).receipt(
        study.record.study_id, new_id(), at.isoformat(timespec="seconds"), held(study, device_id)
    )
    with study.database.act(study.person, study.role) as act:
        package_rows.keep_receipt(act, _row(given, device_id))
    return given


def keep(act: Act, study: Study, given: Iterable[Receipt]) -> int:
    """Keep the receipts of a package whose signature is that of a computer of the agency; how many they were."""
    from kume_desktop.store import package_rows

    own, trusted = devices.this_computer(study).device_id, devices.trusted(study)
    kept = 0
    for one in given:
        signer = trusted.get(one.device)
        if signer is None or signer.role != AGENCY:
            continue
        if check_receipt(study.record.study_id, one, signer.verify_key):
            package_rows.keep_receipt(act, _row(one, own))
            kept += 1
    return kept


def _row(given: Receipt, device_id: str) -> ReceiptRow:
    from kume_desktop.store import package_rows

    marks = tuple(package_rows.Mark(one.stream, one.seq, one.hash) for one in given.marks)
    at = datetime.fromisoformat(given.at)
    return package_rows.ReceiptRow(given.receipt_id, device_id, marks, given.device, given.at, given.signature, at)


def received(study: Study, source: Source, device_id: str) -> Mapping[str, PackageMark]:
    """Stream -> how far the agency holds a computer, as those of its computers said that are trusted still."""
    from kume_desktop.store import package_rows

    return package_rows.marks(source, device_id, _lost(study))


def _lost(study: Study) -> frozenset[str]:
    """The computers that are trusted no longer: what one of them alone received is nowhere."""
    return frozenset(device for device, one in devices.trusted(study).items() if not one.is_enrolled)


def waiting(study: Study) -> int:
    """Entries of this computer that no package has carried yet."""
    from kume_desktop.store import package_rows

    own = devices.this_computer(study).device_id
    source = study.database
    sent: dict[str, int] = {name: mark.seq for name, mark in received(study, source, own).items()}
    for row in package_rows.packages(source, package_rows.OUT):
        for span in row.spans:
            sent[span.stream] = max(sent.get(span.stream, 0), span.last)
    return sum(max(0, one.last - sent.get(one.stream, 0)) for one in package_rows.streams(source, {own}))


def deletable(study: Study) -> tuple[Deletable, ...]:
    """What may be deleted on this laptop: completed interviews of which a receipt covers every entry.

    On a computer of the agency nothing may: it is the one that keeps.
    """
    from kume_desktop.store import package_rows, reading

    here = devices.this_computer(study)
    if here.role != LAPTOP:
        return ()
    # One that was returned is open until its interviewer completes it again; a receipt then covers it as any other.
    done = [one for one in reading.interviews(study.database) if one.state == COMPLETED]
    held_there = [one.interview_id for one in done]
    covered = package_rows.covered(study.database, here.device_id, held_there, _lost(study))
    firms = {unit.unit_id: unit for unit in reading.units(study.database)}
    found = []
    for one in done:
        if one.interview_id in covered:
            unit = firms.get(one.unit_id)
            code, name = (unit.code, unit.name) if unit is not None else ("", "")
            found.append(Deletable(one.interview_id, code, name, one.instrument_id, one.completed_at))
    return tuple(found)


def delete(study: Study, interview_ids: Iterable[str]) -> int:
    """Delete interviews on this laptop that the agency holds; returns how many entries went.

    Raises:
        Refused: `package.not-received` where no receipt covers one of them; nothing is then deleted.
    """
    from kume_desktop.store import reading

    wanted = frozenset(interview_ids)
    open_ones = wanted - {one.interview_id for one in deletable(study)}
    if open_ones:
        raise Refused(problem("package.not-received", count=len(open_ones)))
    if not wanted:
        return 0
    own = devices.this_computer(study).device_id
    access_log.note(study, access_log.Deed.ERASED, f"{len(wanted)} received interviews on this computer")
    with study.database.act(study.person, study.role) as act:
        handed_over.note(act, own, (one for one in reading.interviews(act) if one.interview_id in wanted))
        reached = {name: mark.seq for name, mark in received(study, act, own).items()}
        return act.delete_received(own, wanted, reached)
