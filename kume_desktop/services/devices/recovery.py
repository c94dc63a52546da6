"""The agency's recovery key as a reader of packages: whoever has the printed key can open every package of the study.

From the printed key an X25519 key follows; its public half stands in the log, told by a computer of the agency like
trust is, so that no laptop can put another one in its place. The secret half is kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.parties import AGENCY, ENROLLED, DeviceSecrets
from kume_desktop.services.devices import trust

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

_NO_SIGNER = bytes(32)
"""A recovery key reads; it never signs, and nothing that claims to be signed by it is believed."""


def recovery_secrets(recovery_key: str) -> DeviceSecrets:
    """The key that reads, from the printed one.

    Raises:
        Refused: `key.recovery-length`, `key.recovery-group`.
    """
    from kume_desktop.store import key_slots

    secret = key_slots.recovery_secret(recovery_key)
    reads = hmac.new(secret, b"kume-recovery-reader\x01", hashlib.sha256).digest()
    return DeviceSecrets("recovery", _NO_SIGNER, reads)


def publish(study: Study, recovery_key: str) -> None:
    """Let every package from now on be readable by this recovery key; only a computer of the agency can say so."""
    from kume_desktop.store import device_keys
    from kume_desktop.store.events import EventKind, SubjectKind

    if trust.this_computer(study).role != AGENCY:
        return
    keys = (_NO_SIGNER, recovery_secrets(recovery_key).encryption_public)
    value = device_keys.trust_value("", "", device_keys.RECOVERY, ENROLLED, keys)
    subject = device_keys.recovery_id(study.record.study_id)
    with study.act(corrects=False) as act:
        act.append(EventKind.DEVICE_TRUSTED, SubjectKind.DEVICE, subject, "", value)


def recovery_public(study: Study) -> bytes | None:
    """The public half for `seal(recovery=…)`; None where no recovery key was made since packages are known."""
    from kume_desktop.store import device_keys

    found = trust.known_here(study).get(device_keys.recovery_id(study.record.study_id))
    is_valid = found is not None and found.role == device_keys.RECOVERY and found.state == ENROLLED
    return found.encryption_key if found is not None and is_valid else None
