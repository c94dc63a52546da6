"""The keys of computers and what is signed with them.

Ed25519 signs, X25519 reads. The secret halves are 32 bytes each and never leave the profile folder of their computer
but sealed; whoever holds a `DeviceSecrets` is that computer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kume_desktop.exchange.packages.format import SIGNATURE_BYTES, Checkpoint, Mark, Receipt

AGENCY, LAPTOP = "agency", "laptop"
ENROLLED, REVOKED = "enrolled", "revoked"


@dataclass(frozen=True, slots=True)
class Trusted:
    """What the study knows of a computer: its public keys, its role, whether it is trusted, whose it is."""

    verify_key: bytes
    encryption_key: bytes
    role: str
    state: str
    name: str = ""
    person: str = ""

    @property
    def is_enrolled(self) -> bool:
        """Whether its packages are taken."""
        return self.state == ENROLLED


@dataclass(frozen=True, slots=True, repr=False)
class DeviceSecrets:
    """The secret keys of this computer: the seed of the signing key and the private encryption key."""

    device_id: str
    signing: bytes
    encryption: bytes

    @property
    def signing_public(self) -> bytes:
        """The key by which its signatures are checked."""
        from nacl.signing import SigningKey

        return bytes(SigningKey(self.signing).verify_key)

    @property
    def encryption_public(self) -> bytes:
        """The key with which one writes to it."""
        from nacl.public import PrivateKey

        return bytes(PrivateKey(self.encryption).public_key)

    def sign(self, said: bytes) -> bytes:
        """The 64 bytes of a signature."""
        from nacl.signing import SigningKey

        return bytes(SigningKey(self.signing).sign(said).signature)

    def checkpoint(self, study: str, stream: str, seq: int, digest: str) -> Checkpoint:
        """Say which event a stream of this computer ends with so far."""
        return Checkpoint(seq, digest, self.sign(_of_stream(study, stream, seq, digest)))

    def receipt(self, study: str, receipt_id: str, at: str, marks: Iterable[Mark]) -> Receipt:
        """Say what this computer holds."""
        held = tuple(sorted(marks, key=lambda mark: mark.stream))
        said = _of_receipt(study, receipt_id, self.device_id, at, held)
        return Receipt(receipt_id, self.device_id, at, held, self.sign(said))


def new_secrets(device_id: str) -> DeviceSecrets:
    """The keys of a computer that has none yet."""
    import secrets

    return DeviceSecrets(device_id, secrets.token_bytes(32), secrets.token_bytes(32))


def is_signed(said: bytes, signature: bytes, verify_key: bytes) -> bool:
    """Whether a signature is that of the key, whatever bytes come."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    if len(signature) != SIGNATURE_BYTES or len(verify_key) != 32:
        return False
    try:
        VerifyKey(verify_key).verify(said, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def check_checkpoint(study: str, stream: str, told: Checkpoint, verify_key: bytes) -> bool:
    """Whether the computer with this key said that about its stream."""
    return is_signed(_of_stream(study, stream, told.seq, told.hash), told.signature, verify_key)


def check_receipt(study: str, told: Receipt, verify_key: bytes) -> bool:
    """Whether the computer with this key wrote the receipt."""
    said = _of_receipt(study, told.receipt_id, told.device, told.at, told.marks)
    return is_signed(said, told.signature, verify_key)


def _of_stream(study: str, stream: str, seq: int, digest: str) -> bytes:
    return "|".join(("kume-checkpoint-1", study, stream, str(seq), digest)).encode()


def _of_receipt(study: str, receipt_id: str, device: str, at: str, marks: tuple[Mark, ...]) -> bytes:
    held = (f"{mark.stream} {mark.seq} {mark.hash}" for mark in marks)
    return "|".join(("kume-receipt-1", study, receipt_id, device, at, *held)).encode()
