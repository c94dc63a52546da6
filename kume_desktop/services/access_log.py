"""Who opened, exported, printed, imported, corrected, erased: entries of the same chained log, read by staff alone.

What is written names firms by their codes, never persons: an erasure must not leave a name behind here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused
from kume_desktop.services import blindness, roles
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.access import Entry

ACCESS, OPENED = "access", "opened"
READ, VERIFY = "access-log", "access-verify"
_REGISTER = "#note"


class Deed(StrEnum):
    """What somebody did."""

    OPENED = "opened"
    EXPORTED = "exported"
    PRINTED = "printed"
    IMPORTED = "imported"
    FOUND = "found"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    RESTORED = "restored"
    CHANGED = "changed"
    INVENTORY = "inventory"


WORDS: Mapping[Deed, str] = {
    Deed.OPENED: N_("opened the study"),
    Deed.EXPORTED: N_("wrote a file"),
    Deed.PRINTED: N_("printed"),
    Deed.IMPORTED: N_("took a list"),
    Deed.FOUND: N_("looked for a person"),
    Deed.CORRECTED: N_("corrected a fact"),
    Deed.WITHDRAWN: N_("took contact data away"),
    Deed.ERASED: N_("erased personal data"),
    Deed.RESTORED: N_("went on after a copy was brought back"),
    Deed.CHANGED: N_("changed how long data are kept"),
    Deed.INVENTORY: N_("changed a line of the inventory"),
}


@dataclass(frozen=True, slots=True)
class Access:
    """An entry of the access log. `what` names firms by their codes, `reason` is what was given."""

    at: datetime
    person: str
    role: str
    deed: Deed
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """The first line of a stream (device) that is not as it was written; `fault` is a value of `store.access.Fault`."""

    stream_id: str
    seq: int
    fault: str


def note(study: Study, deed: Deed, what: str, reason: str = "") -> None:
    """Write an entry; also in a wave that this person only reads."""
    from kume_desktop.store.events import EventKind, SubjectKind

    told = json.dumps({"deed": deed, "what": what, "reason": " ".join(reason.split())}, ensure_ascii=False)
    with study.database.act(study.person, study.role) as act:
        act.append(EventKind.NOTE, SubjectKind.STUDY, study.record.study_id, ACCESS, told)


def opened(study: Study) -> None:
    """Note that the study was opened: once a day for each person, so that opening it costs nothing.

    A study that cannot be written now is opened all the same. Nothing is noted of a demonstration.
    """
    from kume_desktop.store import access
    from kume_desktop.store.events import EventKind, SubjectKind

    day = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    study_id = study.record.study_id
    told = OPENED + _REGISTER
    if study.record.demonstration or access.is_told_since(study.database, study_id, told, study.person, day):
        return
    with suppress(Refused), study.database.act(study.person, study.role) as act:
        act.append(EventKind.NOTE, SubjectKind.STUDY, study_id, OPENED, "")


def entries(study: Study) -> tuple[Access, ...]:
    """The access log, the newest first.

    Raises:
        Refused: `role.may-not`.
    """
    from kume_desktop.store import access, reading

    roles.require(study, roles.Right.ACCESS_LOG)
    codes = {unit.unit_id: unit.code for unit in reading.units(study.database)}
    of_interview = {one.interview_id: one.unit_id for one in reading.interviews(study.database)}
    notes = tuple(one + _REGISTER for one in (ACCESS, OPENED, blindness.EXPORT))
    found = []
    for entry in access.entries(study.database, notes):
        read = _access(entry)
        if read is not None and read.deed is Deed.ERASED and not read.what:
            firm = codes.get(of_interview.get(entry.subject_id, entry.subject_id), "")
            read = Access(read.at, read.person, read.role, read.deed, firm, read.reason)
        if read is not None:
            found.append(read)
    return tuple(reversed(found))


def _access(entry: Entry) -> Access | None:
    """An entry of the log as one of the access log; None where it is none (a device that wrote for the first time)."""
    value = entry.value or ""
    match entry.kind:
        case "erased":
            deed, what, reason = Deed.ERASED, "", value
        case "stream_opened":
            if value != "continued":
                return None
            deed, what, reason = Deed.RESTORED, "", ""
        case "frame_version_added":
            deed, what, reason = Deed.IMPORTED, str(json.loads(value or "{}").get("name", "")), ""
        case _:
            deed, what, reason = _noted(entry.path, value)
    return Access(entry.at, entry.author, entry.role, deed, what, reason)


def _noted(where: str, value: str) -> tuple[Deed, str, str]:
    if where == OPENED + _REGISTER:
        return Deed.OPENED, "", ""
    if where == ACCESS + _REGISTER:
        said = json.loads(value or "{}")
        return Deed(said.get("deed", Deed.FOUND)), str(said.get("what", "")), str(said.get("reason", ""))
    what, _colon, reason = value.partition(": ")
    printed = what.startswith("printed ")
    return (Deed.PRINTED, f"{what.removeprefix('printed ')} {reason}".strip(), "") if printed else (
        Deed.EXPORTED, what, reason)  # fmt: skip


def verify(study: Study) -> tuple[BadLine, ...]:
    """Check every line of the log; the first bad one of each stream, none where all are as they were written.

    Raises:
        Refused: `role.may-not`.
    """
    from kume_desktop.store import access, device, device_keys

    roles.require(study, roles.Right.ACCESS_LOG)
    kept = device_keys.load(study.record.study_id, device.this_device().device_id, study.key)
    found = access.first_bad(study.database, kept.pins if kept is not None else ())
    return tuple(BadLine(one.stream_id, one.seq, one.fault.value) for one in found)


def _read(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"entries": [asdict(one) | {"at": one.at.isoformat()} for one in entries(study)]}


def read(answer: Mapping[str, Any]) -> tuple[Access, ...]:
    """Read the answer to `READ`."""
    return tuple(
        Access(**{**one, "at": datetime.fromisoformat(one["at"]), "deed": Deed(one["deed"])})
        for one in answer["entries"]
    )


def _verify(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"bad": [asdict(one) for one in verify(study)]}


def verified(answer: Mapping[str, Any]) -> tuple[BadLine, ...]:
    """Read the answer to `VERIFY`."""
    return tuple(BadLine(**one) for one in answer["bad"])


VERBS = {READ: _read, VERIFY: _verify}
"""What the companion answers."""
