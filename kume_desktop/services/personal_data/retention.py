"""How long personal data are kept, for each purpose of the forms, and what is due to be erased.

The periods are data of the study (origin Own) that staff set; without one, nothing is due for that purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.services.notices import CONTACT
from kume_desktop.services.personal_data import consent, erasing

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

FACT = "retention:"
LONGEST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Due:
    """An interview whose time is over: since `since`, all personal data or (`contact_only`) the contact data.

    `withdrawn`: its contact data came back from an older copy after consent was withdrawn.
    """

    interview_id: str
    unit_id: str
    code: str
    firm: str
    since: date
    contact_only: bool
    withdrawn: bool = False


def purposes(study: Study) -> tuple[str, ...]:
    """The purposes of personal questions in the forms of the study."""
    nodes = (node for record in study.all_instruments() for node in study.instrument(record.version_id).root.below())
    return tuple(sorted({node.purpose for node in nodes if node.purpose and node.personal.value != "-"}))


def periods(study: Study) -> Mapping[str, int]:
    """Purpose -> months, for those that have a period."""
    from kume_desktop.store import reading

    facts = reading.facts(study.database, study.record.study_id)
    told = {name.removeprefix(FACT): value for name, value in facts.items() if name.startswith(FACT)}
    return {purpose: int(value) for purpose, value in told.items() if value.isdecimal() and int(value)}


def save(study: Study, purpose: str, text: str) -> None:
    """Keep data of a purpose for so many months ('' or 0: no period).

    Raises:
        Refused: `role.may-not`, `personal.no-purpose`, `personal.months`.
    """
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    roles.require(study, roles.Right.ERASE)
    wanted = text.strip() or "0"
    if purpose not in purposes(study):
        raise Refused(problem("personal.no-purpose", purpose=purpose))
    if not (wanted.isdecimal() and wanted.isascii() and int(wanted) <= LONGEST_MONTHS):
        raise Refused(problem("personal.months", text=text))
    if int(wanted) != periods(study).get(purpose, 0):
        with study.act(corrects=False) as act:
            writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, FACT + purpose, str(int(wanted)))
        access_log.note(study, Deed.CHANGED, f"{purpose}: {int(wanted)}")


def due(study: Study, today: date) -> tuple[Due, ...]:
    """What is to be erased, the oldest first.

    Contact data go when the period of their purpose is over; everything personal of an interview when the periods of
    all its other purposes are.
    """
    from kume_desktop.store import person_rows, reading

    kept, alive = periods(study), person_rows.with_live_keys(study.database)
    back = frozenset(consent.still_held(study))
    units = {unit.unit_id: unit for unit in reading.units(study.database)}
    others = [kept.get(one, 0) for one in purposes(study) if one != CONTACT]
    longest = max(others) if others and all(others) else 0
    found = []
    for record in reading.interviews(study.database):
        unit = units.get(record.unit_id)
        if unit is None or record.interview_id not in alive:
            continue
        begun = (record.completed_at or record.opened_at).astimezone().date()
        over, contact_over = later(begun, longest), later(begun, kept.get(CONTACT, 0))
        told = (record.interview_id, unit.unit_id, unit.code, unit.name)
        if over is not None and over <= today:
            found.append(Due(*told, over, contact_only=False))
        elif record.interview_id in back:
            found.append(Due(*told, begun, contact_only=True, withdrawn=True))
        elif contact_over is not None and contact_over <= today and consent.holds_contact(study, record):
            found.append(Due(*told, contact_over, contact_only=True))
    return tuple(sorted(found, key=lambda one: (one.since, one.code)))


def later(begun: date, months: int) -> date | None:
    """The day so many months later (the last of a shorter month); None for no months.

    >>> later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    if not months:
        return None
    whole = begun.year * 12 + begun.month - 1 + months
    year, month = divmod(whole, 12)
    for day in range(begun.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, begun.day)


def carry_out(study: Study, chosen: Iterable[Due]) -> int:
    """Erase what is due, one after the other; how many interviews. Call `erasing.compact` afterwards.

    Raises:
        Refused: `role.may-not`.
    """
    done = 0
    for one in chosen:
        if one.contact_only:
            consent.blank(study, one.interview_id, "")
            access_log.note(study, Deed.ERASED, one.code, "retention")
        else:
            erasing.erase(study, one.interview_id, "retention")
        done += 1
    return done
