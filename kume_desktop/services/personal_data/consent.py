"""Consent that was withdrawn: contact data are blanked for good, everything else of the interview stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log
from kume_desktop.services.access_log import Deed
from kume_desktop.services.recording import CONTACT
from kume_desktop.services.studies import only_staff
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import HeadRow, InterviewRecord
    from kume_desktop.store.unit_of_work import Act

WITHDRAWN = "withdrawn"
CHANNELS: Mapping[str, str] = {
    "letter": N_("By letter"),
    "email": N_("By e-mail"),
    "phone": N_("By telephone"),
    "person": N_("In person"),
}
"""How a person said that they withdraw their consent."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What withdrawing did: contact values blanked, other personal values kept under a new key."""

    at: datetime
    blanked: int
    kept: int


def withdraw(study: Study, interview_id: str, channel: str) -> Withdrawn:
    """Blank the contact data of an interview for good, and record the withdrawal (when, how, of which text).

    The other personal answers are appended anew under a new key, and the old key is destroyed: what was sealed with it
    is gone, also from the history, and no older package brings it back.

    Raises:
        Refused: `study.only-staff`, `personal.no-channel`, `study.subject-erased`, `personal.no-interview`.
    """
    if channel not in CHANNELS:
        raise Refused(problem("personal.no-channel"))
    done = blank(study, interview_id, f"{WITHDRAWN}-{channel}")
    access_log.note(study, Deed.WITHDRAWN, _code(study, interview_id))
    return done


def withdraw_all(study: Study, unit_id: str, channel: str) -> int:
    """Withdraw in every interview of a firm that has recorded a consent or holds contact data; how many there were.

    Raises:
        Refused: as `withdraw`; `personal.no-interview` where there is none.
    """
    from kume_desktop.store import reading

    only_staff(study)
    held = [
        one.interview_id
        for one in reading.interviews(study.database, unit_id=unit_id)
        if reading.consents(study.database, one.interview_id) or holds_contact(study, one)
    ]
    if not held:
        raise Refused(problem("personal.no-interview"))
    for interview_id in held:
        withdraw(study, interview_id, channel)
    return len(held)


def blank(study: Study, interview_id: str, how: str) -> Withdrawn:
    """Blank the contact data of an interview; `how` '' records no withdrawal (their time is over).

    Raises:
        Refused: `study.only-staff`, `personal.no-interview`, `study.subject-erased`.
    """
    from kume_desktop.store import erasing, reading, writing

    only_staff(study)
    records = reading.interviews(study.database, interview_id=interview_id)
    if not records:
        raise Refused(problem("personal.no-interview"))
    names = contact_names(study, records[0].version_id)
    with study.act(corrects=False) as act:
        heads = reading.heads(act, interview_id)
        if how:
            before = next((one for one in reading.consents(act, interview_id) if one.purpose == CONTACT), None)
            text_hash = before.text_hash if before is not None else ""
            writing.record_consent(act, interview_id, CONTACT, given=False, how=how, text_hash=text_hash)
        act.renew_key(interview_id)
        blanked, kept = _write_anew(act, records[0], heads, names)
        act.mark_stale(interview_id)
        erasing.forget_typed(act, interview_id, [where for where in _paths(act, interview_id) if _name(where) in names])
    return Withdrawn(act.at, blanked, kept)


def _write_anew(
    act: Act, record: InterviewRecord, heads: Mapping[str, tuple[HeadRow, ...]], names: frozenset[str]
) -> tuple[int, int]:
    """Append what is to stay under the new key, and nothing in the place of contact data; how many of each."""
    from kume_desktop.store.events import EventKind, SubjectKind

    blanked = kept = 0
    for where, rows in heads.items():
        sealed = [row for row in rows if row.personal]
        is_contact = _name(where) in names
        if is_contact and any(row.value for row in rows):
            kind = EventKind(rows[0].kind)
            act.append(kind, SubjectKind.INTERVIEW, record.interview_id, where, "", record.version_id)
            _drop_file(act, where)
            blanked += 1
            continue
        for row in sealed:
            if row.value is not None:
                act.append(
                    EventKind(row.kind), SubjectKind.INTERVIEW, record.interview_id, where, row.value,
                    record.version_id, (row.event_id,), personal=True,
                )  # fmt: skip
                kept += 1
    return blanked, kept


def _drop_file(act: Act, where: str) -> None:
    """Delete the bytes of a file beside a contact question."""
    from kume_desktop.store import attachments

    plain, register = where.partition("#")[::2]
    if register == "evidence":
        attachments.drop(act, plain.rpartition("@")[2])


def _paths(act: Act, interview_id: str) -> set[str]:
    from kume_desktop.store import reading

    typed = {draft.path for draft in reading.drafts(act, interview_id)}
    return typed | set(reading.state_of(act, interview_id))


def _name(where: str) -> str:
    """The question's name in a head path."""
    return where.partition("#")[0].partition("@")[0].rpartition("/")[2]


def contact_names(study: Study, version_id: str) -> frozenset[str]:
    """The questions of a form that hold contact data: they identify a person, for the purpose of contact."""
    from kume_desktop.instruments.model import Personal

    nodes = study.instrument(version_id).root.below()
    return frozenset(node.name for node in nodes if node.personal is Personal.IDENTIFYING and node.purpose == CONTACT)


def still_held(study: Study) -> tuple[str, ...]:
    """The interviews whose consent was withdrawn and that hold contact data all the same.

    They came from an older copy, or from another computer that had not heard of it.
    """
    from kume_desktop.store import reading

    found = []
    for record in reading.interviews(study.database):
        said = [one for one in reading.consents(study.database, record.interview_id) if one.purpose == CONTACT]
        if any(not one.given and one.how.startswith(WITHDRAWN) for one in said) and holds_contact(study, record):
            found.append(record.interview_id)
    return tuple(found)


def holds_contact(study: Study, record: InterviewRecord) -> bool:
    """Whether contact data of an interview can still be read."""
    from kume_desktop.store import reading

    names = contact_names(study, record.version_id)
    heads = reading.heads(study.database, record.interview_id)
    return any(_name(where) in names and any(row.value for row in rows) for where, rows in heads.items())


def _code(study: Study, interview_id: str) -> str:
    from kume_desktop.store import reading

    (record,) = reading.interviews(study.database, interview_id=interview_id)
    return reading.unit_record(study.database, record.unit_id).code
