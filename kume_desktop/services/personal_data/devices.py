"""A computer that was lost: which interviews and persons were on it, and what of it has arrived here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, releases, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.services.personal_data import targets
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.reports.paper.document import Printed
    from kume_desktop.reports.paper.held import HeldDocument
    from kume_desktop.services.studies import Study

ENCRYPTED = N_("The study file is encrypted (SQLCipher, AES-256); without a passphrase of the study nobody reads it.")
UNKNOWN_REST = N_("This holds what arrived here. What was written on the computer afterwards is not known.")


@dataclass(frozen=True, slots=True)
class HeldThere:
    """An interview that was written on the computer."""

    code: str
    firm: str
    instrument_id: str
    interviewer: str
    opened_at: datetime
    completed: bool
    persons: bool


@dataclass(frozen=True, slots=True)
class DeviceRecord:
    """A computer known to the study: last entry that arrived from it, and its interviews."""

    device_id: str
    name: str
    is_this: bool
    last_seq: int
    last_at: datetime | None
    authors: tuple[str, ...]
    interviews: tuple[HeldThere, ...]


def devices(study: Study) -> tuple[DeviceRecord, ...]:
    """Every computer that wrote into the study, this one last.

    Raises:
        Refused: `role.may-not`.
    """
    from kume_desktop.store import device as this
    from kume_desktop.store import person_rows, reading

    roles.require(study, roles.Right.PERSONAL)
    own = this.this_device().device_id
    names = {row.subject_id: row for row in person_rows.devices(study.database)}
    units = {unit.unit_id: unit for unit in reading.units(study.database)}
    alive, records = person_rows.with_live_keys(study.database), reading.interviews(study.database)
    found = []
    for device_id, streams in person_rows.devices_of(study.database).items():
        about = person_rows.written_by(study.database, streams)
        last = person_rows.last_of(study.database, streams)
        held = tuple(
            HeldThere(units[one.unit_id].code, units[one.unit_id].name, one.instrument_id, one.interviewer,
                      one.opened_at.astimezone(), one.state == "completed", one.interview_id in alive)
            for one in records if one.interview_id in about and one.unit_id in units
        )  # fmt: skip
        name = names[device_id].value if device_id in names else device_id[-8:]
        found.append(DeviceRecord(device_id, name, device_id == own, last.seq, last.at, last.authors, held))
    return tuple(sorted(found, key=lambda one: (one.is_this, one.name)))


def print_device(study: Study, device_id: str, target: Path, lang: str) -> Printed:
    """Write what was on a computer into a PDF file, for the report of its loss.

    Raises:
        Refused: `role.may-not`, `personal.no-device`, `personal.not-pdf`, `report.*`.
    """
    from kume_desktop.reports.paper.held import write_held

    found = next((one for one in devices(study) if one.device_id == device_id), None)
    if found is None:
        raise Refused(problem("personal.no-device"))
    targets.check_target(study, target)
    serial = releases.number(datetime.now().astimezone())
    document = _document(study, found, lang, serial)
    access_log.note(study, Deed.PRINTED, f"computer {found.name} {serial}")
    return write_held(document, target)


def _document(study: Study, found: DeviceRecord, lang: str, serial: str) -> HeldDocument:
    from kume_desktop.reports.paper.document import Frontmatter
    from kume_desktop.reports.paper.held import HeldDocument, HeldTable

    head = study.head()
    title = texts.tr(N_("A lost computer: {name}"), lang, name=found.name)
    foot = " · ".join(part for part in (head.agency, serial) if part)
    front = Frontmatter(title, lang, f"{head.name} · {title}", foot, head.agency)
    heads = (N_("Firm code"), N_("Firm"), N_("Form"), N_("Interviewer"), N_("Day"), N_("Completed"), N_("Persons"))
    yes, no = texts.tr(N_("yes"), lang), texts.tr(N_("no"), lang)
    rows = [
        (one.code, one.firm, one.instrument_id, one.interviewer, texts.short_date(one.opened_at.date(), lang),
         yes if one.completed else no, yes if one.persons else no)
        for one in found.interviews
    ]  # fmt: skip
    shares = (2.0, 5.0, 3.0, 3.0, 2.0, 2.0, 2.0)
    table = HeldTable(texts.tr(N_("Interviews on it"), lang), tuple(texts.tr(one, lang) for one in heads), rows, shares)
    return HeldDocument(front, title, told(found, lang), (table,))


def told(found: DeviceRecord, lang: str = "") -> tuple[str, ...]:
    """What there is to say of a computer, in sentences."""
    lang = lang or texts.language()
    when = ""
    if found.last_at is not None:
        there = found.last_at.astimezone()
        when = f"{texts.long_date(there.date(), lang)} {texts.clock(there)}"
    persons = sum(one.persons for one in found.interviews)
    return (
        texts.tr(N_("Last entry that arrived from it: number {seq}, {when}."), lang, seq=found.last_seq, when=when),
        texts.tr(N_("Written by {people}."), lang, people=", ".join(found.authors)),
        texts.tr(N_("{count} interviews were on it, {persons} of them with personal data."), lang,
                 count=len(found.interviews), persons=persons),
        texts.tr(ENCRYPTED, lang),
        texts.tr(UNKNOWN_REST, lang),
    )  # fmt: skip
