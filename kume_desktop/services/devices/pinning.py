"""The laptop's side: whose package is this, before anybody is believed; two people compare the words once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.parties import AGENCY, LAPTOP, DeviceSecrets, Trusted
from kume_desktop.exchange.packages.words import six_words
from kume_desktop.problems import Refused, problem
from kume_desktop.services.devices import trust

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who a package says it is from. The file is whole and signed by these keys; whose they are, the words tell."""

    path: Path
    study_id: str
    device_id: str
    name: str
    words: tuple[str, ...]
    keys: Trusted


def claimed_sender(path: Path, own: DeviceSecrets) -> Claimed:
    """Read who sent a package to this computer, while nobody is believed yet.

    Raises:
        Refused: `package.*`; `package.not-entitled` where it is not from a computer of the agency.
    """
    from kume_desktop.exchange.packages.opening import read_claimed
    from kume_desktop.store.log import parse

    header, keys = read_claimed(path, own, parse)
    words = six_words(header.sender, keys.verify_key, keys.encryption_key)
    return Claimed(path, header.study, header.sender, keys.name or header.sender[-8:], words, keys)


def claimed_here(study: Study, path: Path) -> Claimed:
    """The same for a laptop that has the study already: a computer of the agency that it does not know writes to it.

    Raises:
        Refused: `package.*`.
    """
    found = claimed_sender(path, trust.secrets(study))
    if found.study_id != study.record.study_id:
        raise Refused(problem("package.other-study", file=path.name))
    return found


def pin(study: Study, path: Path, *, words_compared: bool) -> Claimed:
    """Believe a computer of the agency from now on, because two people compared its six words.

    Raises:
        Refused: `device.words-not-compared`, `package.*`; `package.revoked-sender` where the agency revoked it.
    """
    from kume_desktop.store import device_keys

    found = claimed_here(study, path)
    if not words_compared:
        raise Refused(problem("device.words-not-compared", name=found.name))
    held = trust.trusted(study).get(found.device_id)
    if held is not None and not held.is_enrolled:
        raise Refused(problem("package.revoked-sender", file=path.name, sender=held.name))
    kept = trust.kept_here(study)
    pinned = device_keys.Pin(found.device_id, found.keys.verify_key, found.keys.encryption_key, found.name)
    others = tuple(one for one in kept.pins if one.device_id != found.device_id)
    device_keys.keep(study.record.study_id, replace(kept, pins=(*others, pinned)), study.key)
    return found


__all__ = ("AGENCY", "LAPTOP", "Claimed", "claimed_here", "claimed_sender", "pin")
