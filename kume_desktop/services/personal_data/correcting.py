"""Correcting what is known of a firm: a new entry with its reason; the one before stays in the log, sealed or clear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

FACTS: Mapping[str, str] = {
    "name": N_("Name of the firm"),
    "tax_number": N_("Tax number"),
    "district": N_("District"),
    "address": N_("Address"),
    "contact": N_("Contact person"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "size_class": N_("Size class"),
    "nace": N_("NACE code"),
}
"""What can be corrected, by the name of the attribute."""
LONGEST = 300


def correct(study: Study, unit_id: str, fact: str, value: str, reason: str) -> str:
    """Say what a fact of a firm really is; returns what was held before.

    Raises:
        Refused: `role.may-not`, `personal.no-such-fact`, `personal.why`, `personal.same`, `personal.no-name`,
            `personal.too-long`, `study.unit-missing`, `study.subject-erased`.
    """
    from kume_desktop.store import reading, writing
    from kume_desktop.store.events import SubjectKind

    roles.require(study, roles.Right.PERSONAL)
    unit, wanted = reading.unit_record(study.database, unit_id), " ".join(value.split())
    before = held(study, unit_id).get(fact, "")
    _check(fact, wanted, before, reason)
    is_personal = writing.is_sealed(fact, natural_person=unit.natural_person)
    with study.act() as act:
        writing.set_fact(act, SubjectKind.UNIT, unit_id, fact, wanted, personal=is_personal)
    access_log.note(study, Deed.CORRECTED, f"{unit.code}: {fact}", reason)
    return before


def _check(fact: str, wanted: str, before: str, reason: str) -> None:
    if fact not in FACTS:
        raise Refused(problem("personal.no-such-fact", fact=fact))
    if fact == "name" and not wanted:
        raise Refused(problem("personal.no-name"))
    if len(wanted) > LONGEST:
        raise Refused(problem("personal.too-long", most=LONGEST))
    if wanted == before:
        raise Refused(problem("personal.same"))
    if not reason.strip():
        raise Refused(problem("personal.why"))


def held(study: Study, unit_id: str) -> Mapping[str, str]:
    """What is held of a firm now, by the names of `FACTS`."""
    from kume_desktop.services import frame_sources
    from kume_desktop.store import reading

    unit = reading.unit_record(study.database, unit_id)
    of_record = {name: str(getattr(unit, name, "")) for name in FACTS if getattr(unit, name, "")}
    more = frame_sources.attributes(study, unit_id)
    return {**{name: more[name] for name in FACTS if more.get(name)}, **of_record}
