"""Consent that was withdrawn: contact data are blanked for good, everything else of the interview stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, frame_sources, notices, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.services.notices import CONTACT
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord
    from kume_desktop.store.unit_of_work import Act

WITHDRAWN = "withdrawn"
OF_PERSONS = ("contact", "phone", "email")
"""Attributes of a firm that name or reach a natural person, whatever the firm is."""
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
        Refused: `role.may-not`, `personal.no-channel`, `study.subject-erased`, `personal.no-interview`.
    """
    if channel not in CHANNELS:
        raise Refused(problem("personal.no-channel"))
    done = blank(study, interview_id, f"{WITHDRAWN}-{channel}")
    access_log.note(study, Deed.WITHDRAWN, _code(study, interview_id))
    return done


def withdraw_all(study: Study, unit_id: str, channel: str) -> int:
    """Withdraw in every interview of a firm that has recorded a consent or holds contact data; how many there were.

    The contact persons, telephones and e-mails of the firm itself go too: from its facts and from what lists said.

    Raises:
        Refused: as `withdraw`; `personal.no-interview` where there is neither.
    """
    from kume_desktop.store import reading

    roles.require(study, roles.Right.ERASE)
    if channel not in CHANNELS:
        raise Refused(problem("personal.no-channel"))
    held = [
        one.interview_id
        for one in reading.interviews(study.database, unit_id=unit_id)
        if reading.consents(study.database, one.interview_id) or holds_contact(study, one)
    ]
    gone = blank_firm(study, unit_id, f"{WITHDRAWN}-{channel}").blanked
    if not held and not gone:
        raise Refused(problem("personal.no-interview"))
    for interview_id in held:
        withdraw(study, interview_id, channel)
    if not held:
        access_log.note(study, Deed.WITHDRAWN, reading.unit_record(study.database, unit_id).code)
    return len(held)


def blank(study: Study, interview_id: str, how: str) -> Withdrawn:
    """Blank the contact data of an interview; `how` '' records no withdrawal (their time is over).

    Raises:
        Refused: `role.may-not`, `personal.no-interview`, `study.subject-erased`.
    """
    from kume_desktop.store import reading, withdrawals, writing
    from kume_desktop.store.events import SubjectKind

    roles.require(study, roles.Right.ERASE)
    records = reading.interviews(study.database, interview_id=interview_id)
    if not records:
        raise Refused(problem("personal.no-interview"))
    names = contact_names(study, records[0].version_id)
    with study.act(corrects=False) as act:
        if how:
            before = next((one for one in reading.consents(act, interview_id) if one.purpose == CONTACT), None)
            text_hash = before.text_hash if before is not None else ""
            version = notices.consent_version(act, interview_id)
            writing.record_consent(
                act, interview_id, CONTACT, given=False, how=how, text_hash=text_hash, version=version
            )
            _lock(act, records[0])
        done = withdrawals.take_away(act, SubjectKind.INTERVIEW, interview_id, names, how)
    return Withdrawn(act.at, done.blanked, done.kept)


def _lock(act: Act, record: InterviewRecord) -> None:
    """Let the form say what holds now, so that it asks for no contact data any more."""
    from kume_desktop.store import reading, withdrawals
    from kume_desktop.store.events import EventKind, SubjectKind

    of = (SubjectKind.INTERVIEW, record.interview_id)
    for path, value in reading.answers(act, record.interview_id).items():
        if withdrawals.name_of(path) == notices.CONSENT and value == notices.GIVEN:
            act.append(EventKind.ANSWER, *of, path, notices.REFUSED, record.version_id)


def blank_firm(study: Study, unit_id: str, how: str) -> Withdrawn:
    """Blank the contact data of a firm's own facts and of the lists that it stands on.

    Raises:
        Refused: `role.may-not`, `study.unit-missing`.
    """
    from kume_desktop.store import reading, withdrawals
    from kume_desktop.store.events import SubjectKind

    roles.require(study, roles.Right.ERASE)
    if reading.unit_record(study.database, unit_id).erased:
        return Withdrawn(datetime.now().astimezone(), 0, 0)
    names = {*OF_PERSONS, *_heads_of_persons(study, unit_id)}
    with study.act(corrects=False) as act:
        done = withdrawals.take_away(act, SubjectKind.UNIT, unit_id, names, how)
    return Withdrawn(act.at, done.blanked, done.kept)


def _heads_of_persons(study: Study, unit_id: str) -> Iterator[str]:
    """The heads of the columns that hold contact persons, telephones and e-mails, in each list of a firm."""
    for one in frame_sources.sources(study, unit_id):
        for name in OF_PERSONS:
            yield from frame_sources.heads_of(one, name)


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
    from kume_desktop.store import reading, withdrawals

    names = contact_names(study, record.version_id)
    heads = reading.heads(study.database, record.interview_id)
    return any(withdrawals.name_of(where) in names and any(row.value for row in rows) for where, rows in heads.items())


def _code(study: Study, interview_id: str) -> str:
    from kume_desktop.store import reading

    (record,) = reading.interviews(study.database, interview_id=interview_id)
    return reading.unit_record(study.database, record.unit_id).code
