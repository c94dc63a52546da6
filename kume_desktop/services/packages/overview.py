"""What the page of packages shows: what came, what went, up to where each computer is held, what is lacking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop.exchange.packages.format import Kind
from kume_desktop.exchange.packages.parties import AGENCY, LAPTOP
from kume_desktop.services import devices, handed_over
from kume_desktop.services.packages import outbox, reading, receipts, selecting
from kume_desktop.services.packages.outbox import Sent
from kume_desktop.services.packages.reading import Lack

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.parties import Trusted
    from kume_desktop.services.studies import Study
    from kume_desktop.store.package_rows import PackageRow, ReceiptRow

TAKEN, ANSWERED, REFUSED = "taken", "answered", "refused"


@dataclass(frozen=True, slots=True)
class Came:
    """A package that came: `state` is taken, answered (its sender got a receipt since) or refused (see `code`)."""

    package_id: str
    at: datetime
    computer: str
    person: str
    kind: str
    interviews: int
    events: int
    size: int
    state: str
    code: str
    file: str


@dataclass(frozen=True, slots=True)
class Other:
    """A computer that one can write to. `returned`: interviews that wait to go back to it."""

    device_id: str
    name: str
    person: str
    role: str
    returned: int


@dataclass(frozen=True, slots=True)
class Held:
    """Up to where a receipt covers a computer: entries and interviews, and when it was written.

    `deleted` of these interviews are on this computer no more, because the agency has them.
    """

    computer: str
    person: str
    entries: int
    interviews: int
    at: datetime
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Going:
    """An interview that may be deleted on this laptop, and what its firm is called."""

    interview_id: str
    firm: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of the page. `waiting`: entries that no package carried yet; `going`: interviews under receipt.

    `keys_lost`: the agency knows this computer by other keys than it has, and takes no package of it.
    """

    role: str
    computer: str
    came: tuple[Came, ...]
    sent: tuple[Sent, ...]
    held: tuple[Held, ...]
    others: tuple[Other, ...]
    lacks: tuple[Lack, ...]
    waiting: int
    going: tuple[Going, ...]
    keys_lost: bool = False

    @property
    def is_laptop(self) -> bool:
        """Whether this computer sends its work to the agency."""
        return self.role == LAPTOP

    @property
    def deletable(self) -> int:
        """How many interviews may be deleted here."""
        return len(self.going)


def overview(study: Study) -> Overview:
    """Read everything that the page shows."""
    here = devices.this_computer(study)
    trusted = devices.trusted(study)
    laptop = here.role == LAPTOP
    return Overview(
        role=here.role,
        computer=here.name,
        came=tuple(_came(study, trusted)),
        sent=outbox.packages(study),
        held=tuple(_held(study, trusted, here.device_id)),
        others=tuple(_others(study, trusted, here.device_id)),
        lacks=reading.lacks(study),
        waiting=receipts.waiting(study) if laptop else 0,
        going=tuple(Going(one.interview_id, one.firm or one.firm_code) for one in receipts.deletable(study)),
        keys_lost=here.keys_lost,
    )


def _came(study: Study, trusted: Mapping[str, Trusted]) -> list[Came]:
    from kume_desktop.store import package_rows

    found = [_one(study, row, trusted) for row in package_rows.packages(study.database, package_rows.IN)]
    found += [
        Came("", one.at, one.computer, "", "", 0, 0, 0, REFUSED, one.code, one.file) for one in reading.refusals(study)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _one(study: Study, row: PackageRow, trusted: Mapping[str, Trusted]) -> Came:
    sender = trusted.get(row.sender)
    name, person = devices.name_of(trusted, row.sender), sender.person if sender is not None else ""
    told = row.told
    return Came(
        package_id=row.package_id,
        at=row.at,
        computer=name,
        person=person,
        kind=row.kind,
        interviews=int(told.get("interviews", 0)),
        events=row.events,
        size=int(told.get("size", 0)),
        state=ANSWERED if _is_answered(study, row) else TAKEN,
        code="",
        file=str(told.get("file", "")),
    )


def _is_answered(study: Study, row: PackageRow) -> bool:
    from kume_desktop.store import package_rows

    if row.kind != Kind.INTERVIEWS or not row.spans:
        return False
    reached: dict[str, int] = {}
    for one in package_rows.receipts(study.database, row.sender):
        for mark in one.marks:
            reached[mark.stream] = max(mark.seq, reached.get(mark.stream, 0))
    return all(span.last <= reached.get(span.stream, 0) for span in row.spans)


def _held(study: Study, trusted: Mapping[str, Trusted], own: str) -> list[Held]:
    """The newest receipt of each computer."""
    from kume_desktop.store import outgoing, package_rows
    from kume_desktop.store.events import SubjectKind

    found: dict[str, Held] = {}
    newest: dict[str, ReceiptRow] = {}
    for one in package_rows.receipts(study.database):
        newest.setdefault(one.device_id, one)
    for one in newest.values():
        if not one.marks:
            continue
        whose = trusted.get(one.device_id)
        upto = {_uuid(mark.stream): mark.seq for mark in one.marks}
        there = outgoing.touched_by(study.database, upto, SubjectKind.INTERVIEW, upto)
        deleted = handed_over.deleted(study) - there if one.device_id == own else frozenset()
        name = devices.name_of(trusted, one.device_id)
        person = whose.person if whose is not None else ""
        if one.device_id == own:
            signer = trusted.get(one.signer)
            name, person = devices.name_of(trusted, one.signer), signer.person if signer is not None else ""
        entries, covered = sum(upto.values()), len(there) + len(deleted)
        found[one.device_id] = Held(name, person, entries, covered, one.at, len(deleted))
    return list(found.values())


def _uuid(text: str) -> Any:
    from uuid import UUID

    return UUID(text)


def _others(study: Study, trusted: Mapping[str, Trusted], own: str) -> list[Other]:
    from kume_desktop import turkish

    is_agency = devices.this_computer(study).role == AGENCY
    found = [
        Other(
            device_id, one.name, one.person, one.role,
            len(selecting.returned_to(study, device_id, one)) if is_agency and one.role == LAPTOP else 0,
        )
        for device_id, one in trusted.items()
        if device_id != own and one.is_enrolled
    ]  # fmt: skip
    return sorted(found, key=lambda one: (turkish.sort_key(one.name), one.device_id))


def record_of(found: Overview) -> dict[str, Any]:
    """The overview as JSON can carry it."""
    return json.loads(json.dumps(asdict(found), default=_plain))  # type: ignore[no-any-return]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def overview_of(record: Mapping[str, Any]) -> Overview:
    """Read what `record_of` made."""

    def at(one: Mapping[str, Any]) -> dict[str, Any]:
        return {**one, "at": datetime.fromisoformat(one["at"])}

    sent = tuple(
        Sent(**{**at(one), "kind": Kind(one["kind"]), "files": tuple(map(Path, one["files"])), "to": tuple(one["to"])})
        for one in record["sent"]
    )
    plain = {each.name: record[each.name] for each in fields(Overview) if isinstance(record[each.name], str | int)}
    return Overview(
        **plain,
        came=tuple(Came(**at(one)) for one in record["came"]),
        sent=sent,
        held=tuple(Held(**at(one)) for one in record["held"]),
        going=tuple(Going(**one) for one in record["going"]),
        others=tuple(Other(**one) for one in record["others"]),
        lacks=tuple(Lack(**one) for one in record["lacks"]),
    )
