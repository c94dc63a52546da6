"""Making a package: who gets what, sealed for them, written into the outbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop.exchange.packages.format import BlobLine, Checkpoint, EventLine, Kind, Line, TombstoneLine
from kume_desktop.exchange.packages.format import KeyLine as KeyLineOf
from kume_desktop.exchange.packages.parties import AGENCY, LAPTOP
from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, devices, roles
from kume_desktop.services.packages import outbox, receipts, selecting
from kume_desktop.store.identity import new_id
from kume_desktop.store.outgoing import Outgoing

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.format import Receipt
    from kume_desktop.exchange.packages.parties import Trusted
    from kume_desktop.services.studies import Study
    from kume_desktop.store.package_rows import PackageRow

FIRMS, INTERVIEWS, VISITS, FORMS, FILES, ANSWERS = "firms", "interviews", "visits", "forms", "files", "answers"
"""What is counted in a package."""


@dataclass(frozen=True, slots=True)
class Made:
    """A package that lies in the outbox; `told` counts what is in it, `files` are its parts."""

    package_id: str
    kind: Kind
    recipients: tuple[str, ...]
    files: tuple[Path, ...]
    events: int
    told: Mapping[str, int]
    at: datetime


def assignment(study: Study, device_id: str) -> Made:
    """What a computer needs of the study: everything for one of the agency, its own firms for a laptop.

    Raises:
        Refused: `package.unknown-recipient`, `package.revoked-recipient`, `role.may-not`; what the outbox refuses.
    """
    roles.require(study, roles.Right.TAKE)
    other = _recipient(study, device_id)
    _note(study, Kind.ASSIGNMENT, other.name)
    return _make(study, Kind.ASSIGNMENT, selecting.for_computer(study, device_id, other), {device_id: other})


def interviews(study: Study) -> Made:
    """Everything that this computer wrote and of which it has no receipt, for the computers of the agency.

    Raises:
        Refused: `package.nobody-to-send-to`, `package.is-agency`, `package.nothing-new`; what the outbox refuses.
    """
    roles.require(study, roles.Right.SEND)
    here = devices.this_computer(study)
    own = here.device_id
    agency = {name: one for name, one in devices.trusted(study).items() if one.role == AGENCY and one.is_enrolled}
    agency.pop(own, None)
    if not agency:
        raise Refused(problem("package.is-agency" if here.role == AGENCY else "package.nobody-to-send-to"))
    if not receipts.waiting(study):
        raise Refused(problem("package.nothing-new"))
    _note(study, Kind.INTERVIEWS, ", ".join(sorted(one.name for one in agency.values())))
    return _make(study, Kind.INTERVIEWS, selecting.own_work(study, own), agency)


def returned(study: Study, device_id: str) -> Made:
    """The interviews that a reviewer returned to the person of a laptop, with what was asked about them.

    Raises:
        Refused: `package.nothing-returned`; what `assignment` refuses.
    """
    roles.require(study, roles.Right.REVIEW)
    other = _recipient(study, device_id)
    wanted = selecting.returned_to(study, device_id, other)
    if not wanted:
        raise Refused(problem("package.nothing-returned", computer=other.name))
    _note(study, Kind.RETURN, other.name)
    return _make(study, Kind.RETURN, selecting.interviews_of(study, wanted), {device_id: other})


def receipt(study: Study, device_id: str) -> Made:
    """What this computer holds of another one, signed.

    Raises:
        Refused: `package.nothing-received`; what `assignment` refuses.
    """
    roles.require(study, roles.Right.TAKE)
    other = _recipient(study, device_id)
    if not receipts.held(study, device_id):
        raise Refused(problem("package.nothing-received", computer=other.name))
    return _make(study, Kind.RECEIPT, Outgoing(), {device_id: other})


def _recipient(study: Study, device_id: str) -> Trusted:
    found = devices.trusted(study).get(device_id)
    if found is None:
        raise Refused(problem("package.unknown-recipient"))
    if not found.is_enrolled:
        raise Refused(problem("package.revoked-recipient", computer=found.name))
    return found


def _note(study: Study, kind: Kind, names: str) -> None:
    """Into the access log, before the package is put together: it goes along."""
    access_log.note(study, access_log.Deed.EXPORTED, f"package {kind.value}: {names}")


def _make(study: Study, kind: Kind, outgoing: Outgoing, recipients: Mapping[str, Trusted]) -> Made:
    """Seal, write into the outbox, note what was sent."""
    from kume_desktop.exchange.packages.seal import seal
    from kume_desktop.store import device_keys, package_rows

    # A receipt goes along with everything that is written to a laptop, also one that says that nothing is here:
    # a computer that was brought back from an older copy takes back what it said before.
    at, package_id = datetime.now().astimezone(), new_id()
    given = tuple(receipts.give(study, name, at) for name, one in recipients.items() if one.role == LAPTOP)
    parts = seal(
        kind,
        study.record.study_id,
        package_id,
        _lines(study, outgoing, given),
        {name: one.encryption_key for name, one in recipients.items()},
        devices.secrets(study),
        owners=device_keys.owners(study.database),
        made_at=at.isoformat(timespec="seconds"),
        checkpoints={
            name: Checkpoint(one.seq, one.hash, one.signature)
            for name, one in package_rows.checkpoints(study.database).items()
        },
        recovery=devices.recovery_public(study),
    )
    # A stick holds packages for many laptops: each is named after the one that it is for.
    about = next((one.name for one in recipients.values()), "") if kind is not Kind.INTERVIEWS else ""
    files = outbox.put(study, kind, package_id, at, parts, about)
    told = counts(outgoing)
    row = _row(study, kind, package_id, outgoing, recipients, at)
    with study.database.act(study.person, study.role) as act:
        package_rows.keep_package(
            act, replace(row, parts=len(files), told={**told, outbox.NAMES: [f.name for f in files]})
        )
    return Made(package_id, kind, tuple(recipients), files, len(outgoing.rows), told, at)


def _row(
    study: Study, kind: Kind, package_id: str, outgoing: Outgoing, recipients: Iterable[str], at: datetime
) -> PackageRow:
    from kume_desktop.store import package_rows

    ends = outgoing.ends().items()
    spans = tuple(
        package_rows.Span(str(s), first, last, count, digest.hex()) for s, (first, last, digest, count) in ends
    )
    own = devices.this_computer(study).device_id
    return package_rows.PackageRow(
        package_id, kind.value, package_rows.OUT, 1, 1, own, tuple(recipients), spans, len(outgoing.rows), "",
        package_rows.READY, at, {},
    )  # fmt: skip


def _lines(study: Study, outgoing: Outgoing, given: Iterable[Receipt]) -> Iterable[Line]:
    from kume_desktop.store import tombstones

    erased = tombstones.of_database(study.database)
    yield from (TombstoneLine(one.subject_id, one.kind.value, one.reason) for one in erased)
    yield from (KeyLineOf(str(one.key_id), str(one.subject), one.key) for one in outgoing.keys)
    for stream, rows in groupby(outgoing.rows, attrgetter("stream")):
        name = str(stream)
        yield from (EventLine(name, one.seq, one.hash, one.line) for one in rows)
    yield from (BlobLine(one.digest, one.media_type, one.content) for one in outgoing.files)
    yield from given


def counts(outgoing: Outgoing) -> dict[str, int]:
    """What is in a package, in numbers a person can be told."""
    subjects: dict[str, set[UUID]] = {}
    for row in outgoing.rows:
        subjects.setdefault(row.subject_kind, set()).add(row.subject)
    kinds = Counter(row.kind for row in outgoing.rows)
    return {
        FIRMS: len(subjects.get("unit", ())),
        INTERVIEWS: len(subjects.get("interview", ())),
        VISITS: len(subjects.get("visit", ())),
        FORMS: len(subjects.get("instrument", ())),
        ANSWERS: kinds.get("answer", 0),
        FILES: len(outgoing.files),
    }
