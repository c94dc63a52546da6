"""The agency's side: two people compare six words, a computer is enrolled; a lost one is revoked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages import introduction
from kume_desktop.exchange.packages.introduction import LONGEST_NAME, Introduction
from kume_desktop.exchange.packages.parties import AGENCY, ENROLLED, LAPTOP, REVOKED
from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, people, roles
from kume_desktop.services.devices import introducing, trust
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.device_keys import Known

_ENOUGH = 6
"""So many signs at the end of a number say which computer it is."""
REASONS = {
    "lost": N_("It was lost or stolen"),
    "replaced": N_("It was replaced by another computer"),
    "left": N_("Its person has left"),
    "other": N_("Another reason"),
}
"""Why a computer is trusted no longer; the code stands in the log."""


def look_at(study: Study, file: Path) -> Introduction:
    """What an introduction says, to compare its words; nothing is changed.

    Raises:
        Refused: `study.only-staff`, `package.*`, `device.self`, `device.already-enrolled`.
    """
    roles.require(study, roles.Right.DEVICES)
    found = introduction.read(file)
    if found.device_id == trust.this_computer(study).device_id:
        raise Refused(problem("device.self"))
    held = trust.trusted(study).get(found.device_id)
    if held is not None and held.is_enrolled and held.verify_key == found.signing_key:
        raise Refused(problem("device.already-enrolled", name=held.name))
    return found


def check_words(name: str, words: tuple[str, ...], typed: Iterable[str]) -> None:
    """Compare words that somebody heard and typed with those that stand here.

    Raises:
        Refused: `device.words-not-compared` (none were typed), `device.words-differ`.
    """
    heard = tuple(word for each in typed for word in each.lower().replace(",", " ").split())
    if not heard:
        raise Refused(problem("device.words-not-compared", name=name))
    if heard != words:
        raise Refused(problem("device.words-differ", name=name))


def find(study: Study, wanted: str) -> trust.Listed:
    """A computer of the study by its name, its six words or the first two or more of them, or the end of its number.

    Raises:
        Refused: `device.unknown` (none, or several).
    """
    said = wanted.casefold().split()
    found = [
        one
        for one in trust.computers(study)
        if one.name == wanted
        or (len(said) > 1 and list(one.words[: len(said)]) == said)
        or (len(wanted) >= _ENOUGH and one.device_id.endswith(wanted))
    ]
    if len(found) != 1:
        raise Refused(problem("device.unknown"))
    return found[0]


def enrol(
    study: Study, file: Path, *, words_compared: bool, person_compared: str, role: str = LAPTOP, person: str = ""
) -> Introduction:
    """Trust a computer from now on; its packages are taken, and packages can be written to it.

    Args:
        study: the agency's file of the study.
        file: the introduction that came from the computer.
        words_compared: somebody looked at the six words here while the other side read them out.
        person_compared: who read them out.
        role: 'laptop', or 'agency' for a further computer of the agency.
        person: whose computer it is, as the study names that person; by default as the introduction does.

    Raises:
        Refused: `study.only-staff`, `device.not-agency`, `device.words-not-compared`, `device.nobody-compared`,
            `device.person-unknown`, `device.self`, `device.already-enrolled`, `package.*`; nothing is changed then.
    """
    found = look_at(study, file)
    _only_agency(study)
    if not words_compared:
        raise Refused(problem("device.words-not-compared", name=found.name))
    if not person_compared.strip():
        raise Refused(problem("device.nobody-compared"))
    owner = person.strip() or found.person
    if not any(one.name == owner for one in people.people(study)):
        raise Refused(problem("device.person-unknown", name=owner))
    keys, whom = (found.signing_key, found.encryption_key), person_compared.strip()
    _say(study, found.device_id, (found.name, owner, role, ENROLLED), keys, compared_by=whom)
    access_log.note(study, access_log.Deed.CHANGED, f"computer {found.name} enrolled")
    return found


def revoke(study: Study, device_id: str, reason: str) -> None:
    """Trust a computer no longer: from now on no package of it is taken, and none is written to it.

    What it sent before stays.

    Raises:
        Refused: `study.only-staff`, `device.not-agency`, `device.unknown`, `device.reason-unknown`,
            `device.last-agency` (the study would have no computer that is believed).
    """
    from kume_desktop.store import device_keys

    roles.require(study, roles.Right.DEVICES)
    _only_agency(study)
    if reason not in REASONS:
        raise Refused(problem("device.reason-unknown", reason=reason))
    kept = trust.kept_here(study)
    known = device_keys.known(study.database, kept.pins)
    found = known.get(device_id)
    if found is None:
        raise Refused(problem("device.unknown"))
    if found.state == REVOKED:
        return
    if found.role == AGENCY and not any(_is_other_agency(one, device_id) for one in known.values()):
        raise Refused(problem("device.last-agency", name=found.name))
    said = (found.name, found.person, found.role, REVOKED)
    keys = (found.signing_key, found.encryption_key)
    _say(study, device_id, said, keys, compared_by=found.compared_by, reason=reason)
    access_log.note(study, access_log.Deed.CHANGED, f"computer {found.name} revoked")


def reinstate(study: Study, device_id: str) -> None:
    """Take a revocation back: the very keys that were compared once are trusted again.

    Raises:
        Refused: `study.only-staff`, `device.not-agency`, `device.unknown`.
    """
    from kume_desktop.store import device_keys

    roles.require(study, roles.Right.DEVICES)
    _only_agency(study)
    found = device_keys.known(study.database, trust.kept_here(study).pins).get(device_id)
    if found is None:
        raise Refused(problem("device.unknown"))
    if found.state == REVOKED and found.reason != "contested":
        said = (found.name, found.person, found.role, ENROLLED)
        _say(study, device_id, said, (found.signing_key, found.encryption_key), compared_by=found.compared_by)
        access_log.note(study, access_log.Deed.CHANGED, f"computer {found.name} enrolled again")


def rename(study: Study, device_id: str, name: str) -> None:
    """Give an enrolled computer another name in the lists of everybody.

    Raises:
        Refused: `study.only-staff`, `device.not-agency`, `device.unknown`, `device.no-name`, `device.name-wrong`.
    """
    from kume_desktop.store import device_keys

    roles.require(study, roles.Right.DEVICES)
    _only_agency(study)
    wanted = name.strip()
    if not wanted:
        raise Refused(problem("device.no-name"))
    if not introducing.is_plain(wanted):
        raise Refused(problem("device.name-wrong", name=wanted[:20], most=LONGEST_NAME))
    found = device_keys.known(study.database, trust.kept_here(study).pins).get(device_id)
    if found is None or found.state != ENROLLED:
        raise Refused(problem("device.unknown"))
    if found.name != wanted:
        said = (wanted, found.person, found.role, ENROLLED)
        _say(study, device_id, said, (found.signing_key, found.encryption_key), compared_by=found.compared_by)


def adopt(study: Study) -> None:
    """Make this computer one of the agency's although none of these enrolled it: the study was moved here.

    This computer believes itself from then on, and those of the agency on which the study was before. The others
    believe it when one of these enrols it, or when its six words are compared there.

    Raises:
        Refused: `study.only-staff`, `device.is-laptop` (the study came here in an assignment).
    """
    from dataclasses import replace

    from kume_desktop.store import device, device_keys

    roles.require(study, roles.Right.DEVICES)
    kept = trust.kept_here(study)
    if kept.role == LAPTOP:
        raise Refused(problem("device.is-laptop"))
    here = trust.this_computer(study)
    if here.role == AGENCY:
        return
    pins = {one.device_id: one for one in (*device_keys.named_themselves(study.database), *kept.pins)}
    pins[here.device_id] = device_keys.Pin(here.device_id, here.signing_public, here.encryption_public, here.name)
    adopted = replace(kept, role=AGENCY, pins=tuple(pins.values()))
    trust.enrol_self(study, adopted, device.this_device().name)
    device_keys.keep(study.record.study_id, adopted, study.key)


def _is_other_agency(one: Known, device_id: str) -> bool:
    return one.device_id != device_id and one.role == AGENCY and one.state == ENROLLED


def _only_agency(study: Study) -> None:
    if trust.this_computer(study).role != AGENCY:
        raise Refused(problem("device.not-agency"))


def _say(
    study: Study,
    device_id: str,
    said: tuple[str, str, str, str],
    keys: tuple[bytes, bytes],
    *,
    compared_by: str,
    reason: str = "",
) -> None:
    from kume_desktop.store import device_keys
    from kume_desktop.store.events import EventKind, SubjectKind

    value = device_keys.trust_value(*said, keys, compared_by=compared_by, reason=reason)
    with study.act(corrects=False) as act:
        act.append(EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, device_id, "", value)
