"""The further ways into a study beside a passphrase: the agency's recovery key and this computer's keyring.

The recovery key is 128 random bits, written as eight groups of six digits so that it can be printed, kept and read out
on the telephone. Each group is a 16-bit number times eleven: a wrong or swapped digit is noticed in its group, before
anything is tried. The keyring of the system holds a random key of its own, a convenience that may be lost at any time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.store import sealing

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

PASSPHRASE, RECOVERY, KEYRING = "passphrase", "recovery", "keyring"
GROUPS, DIGITS = 8, 6
_FACTOR = 11
_SALT_BYTES = 16


def new_recovery_key() -> str:
    """A recovery key as it is printed: eight groups of six digits."""
    raw = secrets.token_bytes(2 * GROUPS)
    numbers = [int.from_bytes(raw[place : place + 2], "big") for place in range(0, 2 * GROUPS, 2)]
    return "-".join(f"{number * _FACTOR:0{DIGITS}d}" for number in numbers)


def recovery_secret(typed: str) -> bytes:
    """The 16 bytes of a recovery key, however its groups were set apart.

    Raises:
        Refused: `key.recovery-length` (how many digits there are), `key.recovery-group` (which group is mistyped).
    """
    digits = re.sub(r"[\s.\-–]", "", typed)
    if not digits.isascii() or not digits.isdecimal() or len(digits) != GROUPS * DIGITS:
        count = sum(letter.isdecimal() for letter in digits)
        raise Refused(problem("key.recovery-length", found=count, wanted=GROUPS * DIGITS))
    found = bytearray()
    for place in range(GROUPS):
        number = int(digits[place * DIGITS : (place + 1) * DIGITS])
        if number % _FACTOR or number // _FACTOR > 0xFFFF:
            raise Refused(problem("key.recovery-group", group=place + 1))
        found += (number // _FACTOR).to_bytes(2, "big")
    return bytes(found)


def recovery_slot(data_key: DataKey, recovery_key: str, made_at: datetime) -> dict[str, Any]:
    """The slot that a recovery key opens; `name` tells which of several printed keys it is."""
    secret, salt = recovery_secret(recovery_key), secrets.token_bytes(_SALT_BYTES)
    return {
        "kind": RECOVERY,
        "name": recovery_name(recovery_key),
        "made_at": made_at.isoformat(timespec="seconds"),
        "salt": salt.hex(),
        "box": _box(data_key, _wrapping(secret, salt)),
    }


def recovery_name(recovery_key: str) -> str:
    """Eight digits by which a printed key is found again; they tell nothing of the key itself."""
    digest = hashlib.sha256(b"kume-recovery-name|" + recovery_secret(recovery_key)).hexdigest()
    return f"{int(digest[:12], 16) % 10**8:08d}"


def open_recovery(document: Mapping[str, Any], typed: str) -> bytes | None:
    """The data key that a recovery key opens; None where it belongs to no slot of the key file."""
    secret = recovery_secret(typed)
    for slot in document["slots"]:
        if slot["kind"] == RECOVERY:
            found = _open(document, slot, _wrapping(secret, bytes.fromhex(slot["salt"])))
            if found is not None:
                return found
    return None


def keyring_slot(data_key: DataKey, person: str, name: str, wrapping: bytes) -> dict[str, Any]:
    """The slot of a person that opens with the random key which the system's keyring keeps under `name`."""
    return {"kind": KEYRING, "person": person, "name": name, "box": _box(data_key, wrapping)}


def open_keyring(document: Mapping[str, Any], name: str, wrapping: bytes) -> tuple[bytes, str] | None:
    """Data key and person of the keyring slot `name`; None where there is none, or the keyring kept another key."""
    for slot in document["slots"]:
        if slot["kind"] == KEYRING and slot["name"] == name:
            found = _open(document, slot, wrapping)
            return None if found is None else (found, str(slot["person"]))
    return None


def keyring_names(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Name and person of every keyring slot: of all the computers on which the file was opened that way."""
    return tuple((str(slot["name"]), str(slot["person"])) for slot in document["slots"] if slot["kind"] == KEYRING)


def _wrapping(secret: bytes, salt: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869) of 128 random bits: nothing can be guessed, so nothing is stretched."""
    extracted = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(extracted, b"kume-recovery-key\x01", hashlib.sha256).digest()


def _box(data_key: DataKey, wrapping: bytes) -> str:
    return base64.b64encode(sealing.seal_bytes(data_key.key, wrapping, data_key.study_id.encode())).decode("ascii")


def _open(document: Mapping[str, Any], slot: Mapping[str, Any], wrapping: bytes) -> bytes | None:
    return sealing.unseal_bytes(base64.b64decode(slot["box"]), wrapping, str(document["study"]).encode())
