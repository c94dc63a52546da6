"""How a computer that has no study yet says who it is: its public keys, its name, whose it is; signed by itself.

Nothing in it is secret and nothing is encrypted. The signature shows only that the file is whole and that its writer
holds the key: whose key it is, two people find out by comparing six words.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from kume_desktop.exchange.packages import envelope
from kume_desktop.exchange.packages.format import LONGEST_HEADER, Header, Kind
from kume_desktop.exchange.packages.parties import DeviceSecrets
from kume_desktop.exchange.packages.strict import Malformed, bytes_of, decode, encode, keys_are, text_of
from kume_desktop.exchange.packages.words import six_words
from kume_desktop.problems import Refused, problem

_FIELDS = frozenset({"t", "device", "name", "person", "signing_key", "encryption_key", "made_at"})
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who a computer says it is."""

    device_id: str
    name: str
    person: str
    signing_key: bytes
    encryption_key: bytes
    made_at: str

    @property
    def words(self) -> tuple[str, ...]:
        """The six words that both sides compare."""
        return six_words(self.device_id, self.signing_key, self.encryption_key)


def seal(secrets: DeviceSecrets, name: str, person: str, package: str, made_at: str) -> bytes:
    """The file by which this computer introduces itself."""
    import base64

    told = {
        "t": "introduction",
        "device": secrets.device_id,
        "name": name,
        "person": person,
        "signing_key": base64.b64encode(secrets.signing_public).decode("ascii"),
        "encryption_key": base64.b64encode(secrets.encryption_public).decode("ascii"),
        "made_at": made_at,
    }
    header = Header(Kind.INTRODUCTION, "", package, 1, 1, secrets.device_id, (), 0)
    return envelope.write(header, zlib.compress(encode(told)), secrets)


def read(path: Path) -> Introduction:
    """Read an introduction; it proves that its writer holds the keys, and nothing of who that is.

    Raises:
        Refused: `package.not-found`, `package.unreadable`, `package.not-ours`, `package.newer`, `package.damaged`,
            `package.no-introduction` (it is a package of another kind).
    """
    sealed = envelope.read(path)
    if sealed.header.kind is not Kind.INTRODUCTION:
        raise Refused(problem("package.no-introduction", file=path.name))
    try:
        found = _told(sealed.body)
    except Malformed as error:
        raise Refused(problem("package.damaged", file=path.name)) from error
    if found.device_id != sealed.header.sender or not sealed.is_signed_by(found.signing_key):
        raise Refused(problem("package.damaged", file=path.name))
    return found


def _told(body: bytes) -> Introduction:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(body, LONGEST_HEADER)
    except zlib.error as error:
        raise Malformed("zlib") from error
    if not inflater.eof or inflater.unused_data:
        raise Malformed("zlib")
    fields = keys_are(decode(plain), _FIELDS)
    if fields["t"] != "introduction":
        raise Malformed("introduction")
    return Introduction(
        text_of(fields["device"], 36),
        text_of(fields["name"], LONGEST_NAME),
        text_of(fields["person"], LONGEST_NAME),
        bytes_of(fields["signing_key"], 32),
        bytes_of(fields["encryption_key"], 32),
        text_of(fields["made_at"], 40),
    )
