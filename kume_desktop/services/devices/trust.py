"""Who this computer is in a study, and which others it believes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.introduction import LONGEST_NAME
from kume_desktop.exchange.packages.parties import AGENCY, ENROLLED, LAPTOP, DeviceSecrets, Trusted, new_secrets
from kume_desktop.exchange.packages.words import six_words
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.device_keys import Kept, Known


@dataclass(frozen=True, slots=True)
class Computer:
    """This computer: `role` is 'agency', 'laptop', or '' where nobody enrolled it. `words`: six, of its keys.

    `keys_lost`: it was enrolled with other keys than those it has now; nobody takes a package of it before it is again.
    """

    device_id: str
    name: str
    role: str
    words: tuple[str, ...]
    signing_public: bytes
    encryption_public: bytes
    keys_lost: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A computer as the agency's list shows it. `state` is 'enrolled', 'revoked' or '' (it wrote, nobody enrolled it).

    `last_package`: when the last package of it was taken in here; `compared_by`: who read the words out.
    """

    device_id: str
    name: str
    person: str
    role: str
    state: str
    words: tuple[str, ...]
    is_this: bool
    compared_by: str
    author: str
    reason: str
    at: datetime | None
    last_package: datetime | None

    @property
    def called(self) -> str:
        """Its name for people: the beginning of its words where it has none."""
        return called(self.device_id, self.name, self.words)


def this_computer(study: Study) -> Computer:
    """Who this computer is in the study; its keys are made on first use.

    Raises:
        Refused: the profile folder cannot be written.
    """
    kept = kept_here(study)
    known = _known(study, kept).get(kept.secrets.device_id)
    own = _device_secrets(kept)
    publics = (own.signing_public, own.encryption_public)
    is_own = known is not None and (known.signing_key, known.encryption_key) == publics
    role = known.role if known is not None and is_own and known.state == ENROLLED else kept.role
    name = known.name if known is not None and known.name else _own_name()
    is_lost = kept.role == LAPTOP and not is_own
    return Computer(own.device_id, name, role, six_words(own.device_id, *publics), *publics, is_lost)


def called(device_id: str, name: str = "", words: Sequence[str] = ()) -> str:
    """What a computer is called: its name; for one without, the first of its six words, else the end of its number."""
    if name and name != device_id[-8:]:
        return name
    return tr(N_("unnamed ({what})"), what=" ".join(words[:2]) or device_id[-8:])


def name_of(known: Mapping[str, Trusted], device_id: str) -> str:
    """What a computer is called, whether it is among the trusted ones or not."""
    one = known.get(device_id)
    if one is None:
        return called(device_id)
    return called(device_id, one.name, six_words(device_id, one.verify_key, one.encryption_key))


def secrets(study: Study) -> DeviceSecrets:
    """The secret keys of this computer in the study."""
    return _device_secrets(kept_here(study))


def trusted(study: Study) -> Mapping[str, Trusted]:
    """The computers of the study that are or were trusted, by their ids; this one among them where it is enrolled."""
    found = known_here(study)
    return {
        one.device_id: Trusted(one.signing_key, one.encryption_key, one.role, one.state, one.name, one.person)
        for one in found.values()
        if one.role in {AGENCY, LAPTOP}
    }


def owners(study: Study) -> Mapping[str, str]:
    """Stream -> the computer that writes it."""
    from kume_desktop.store import device_keys

    return device_keys.owners(study.database)


def computers(study: Study) -> tuple[Listed, ...]:
    """Every computer that is trusted, was trusted or wrote something; this one first, then by name."""
    from kume_desktop import turkish
    from kume_desktop.store import device_keys, person_rows

    kept = kept_here(study)
    own, known = kept.secrets.device_id, _known(study, kept)
    last = device_keys.last_packages(study.database)
    wrote = {row.subject_id: row for row in person_rows.devices(study.database)}
    found = [_listed(one, own, last.get(one.device_id)) for one in known.values() if one.role in {AGENCY, LAPTOP}]
    found += [
        Listed(name, row.value or name[-8:], "", "", "", (), name == own, "", "", "", row.at, last.get(name))
        for name, row in wrote.items()
        if name not in known
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_this, turkish.sort_key(one.name), one.device_id)))


def kept_here(study: Study) -> Kept:
    """What the profile keeps of the study. The computer that made the study enrols itself: it is the agency's first.

    Raises:
        Refused: the profile folder cannot be written.
    """
    from kume_desktop.store import device, device_keys

    study_id, own = study.record.study_id, device.this_device()
    kept = device_keys.load(study_id, own.device_id, study.key)
    if kept is None:
        made = new_secrets(own.device_id)
        fresh = device_keys.Kept(device_keys.Secrets(made.device_id, made.signing, made.encryption))
        kept = device_keys.keep_first(study_id, fresh, study.key)
    if not kept.role and device_keys.first_agency(study.database) == own.device_id:
        kept = device_keys.Kept(kept.secrets, AGENCY, kept.pins)
        # The laptops read it as the sender of their packages; it can be renamed.
        agency = study.record.agency[:LONGEST_NAME].strip()
        enrol_self(study, kept, agency if agency and agency.isprintable() else own.name)
        device_keys.keep(study_id, kept, study.key)
    return kept


def enrol_self(study: Study, kept: Kept, name: str) -> None:
    """Write into the log that this computer of the agency is to be believed, and by which keys."""
    from kume_desktop.store import device_keys
    from kume_desktop.store.events import EventKind, SubjectKind

    own = _device_secrets(kept)
    keys = (own.signing_public, own.encryption_public)
    value = device_keys.trust_value(name, study.person, AGENCY, ENROLLED, keys)
    with study.act(corrects=False) as act:
        act.append(EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, own.device_id, "", value)


def _listed(one: Known, own: str, last_package: datetime | None) -> Listed:
    words = six_words(one.device_id, one.signing_key, one.encryption_key)
    name = one.name or one.device_id[-8:]
    return Listed(
        one.device_id, name, one.person, one.role, one.state, words, one.device_id == own, one.compared_by, one.author,
        one.reason, one.at, last_package,
    )  # fmt: skip


def known_here(study: Study) -> Mapping[str, Known]:
    """What the agency says of each computer, and of the recovery key, as this computer believes it."""
    return _known(study, kept_here(study))


def _known(study: Study, kept: Kept) -> Mapping[str, Known]:
    from kume_desktop.store import device_keys

    return device_keys.known(study.database, kept.pins)


def _device_secrets(kept: Kept) -> DeviceSecrets:
    return DeviceSecrets(kept.secrets.device_id, kept.secrets.signing, kept.secrets.encryption)


def _own_name() -> str:
    from kume_desktop.store import device

    return device.this_device().name


__all__ = (
    "AGENCY", "ENROLLED", "LAPTOP", "Computer", "Listed", "called", "computers", "name_of", "secrets", "this_computer",
    "trusted",
)  # fmt: skip
