r"""The outside of a package: magic, header, body, signature; and the body's encryption.

`KUMEPKG1\n | u32 length | header JSON | body | Ed25519 over "KUMEPKG1" + SHA-512(all before)`. The body is
`u16 count | count sealed boxes of the file key | nonce | XChaCha20-Poly1305 of zlib(lines)`, the header its context.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kume_desktop.exchange.packages import lines
from kume_desktop.exchange.packages.format import (
    FORMAT,
    LARGEST_FILE,
    LONGEST_BLOB_LINE,
    LONGEST_HEADER,
    MAGIC,
    MOST_BYTES,
    MOST_LINES,
    MOST_RECIPIENTS,
    SIGNATURE_BYTES,
    Header,
)
from kume_desktop.exchange.packages.parties import DeviceSecrets, is_signed
from kume_desktop.exchange.packages.strict import Malformed
from kume_desktop.problems import Refused, problem

_LENGTH, _COUNT = struct.Struct(">I"), struct.Struct(">H")
_WRAPPED, _NONCE, _TAG = 32 + 48, 24, 16
_LEVEL = 4  # four fifths of the time of level 6, and files that are larger by a hundredth


@dataclass(frozen=True, slots=True)
class Envelope:
    """A package as bytes, taken apart; nothing in it is believed yet."""

    header: Header
    raw_header: bytes
    body: bytes
    digest: bytes
    signature: bytes

    def is_signed_by(self, verify_key: bytes) -> bool:
        """Whether the computer with this key wrote every byte of it."""
        return is_signed(MAGIC.strip() + self.digest, self.signature, verify_key)


def read(path: Path) -> Envelope:
    """Take a file apart: size, magic, header.

    Raises:
        Refused: `package.not-found`, `package.unreadable`, `package.too-large`, `package.not-ours`, `package.newer`,
            `package.damaged`.
    """
    raw = _bytes_of(path, LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise Refused(problem("package.too-large", file=path.name))
    header, raw_header, begin = _header_of(raw, path.name)
    if len(raw) < begin + SIGNATURE_BYTES:
        raise Refused(problem("package.damaged", file=path.name))
    signed, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    return Envelope(header, raw_header, signed[begin:], hashlib.sha512(signed).digest(), signature)


def read_header(path: Path) -> Header:
    """The header alone; whoever made the file could write anything into it.

    Raises:
        Refused: as `read`.
    """
    return _header_of(_bytes_of(path, len(MAGIC) + _LENGTH.size + LONGEST_HEADER), path.name)[0]


def write(header: Header, body: bytes, secrets_of: DeviceSecrets) -> bytes:
    """Put a package together and sign it."""
    raw = lines.encode_header(header)
    signed = b"".join((MAGIC, _LENGTH.pack(len(raw)), raw, body))
    return signed + secrets_of.sign(MAGIC.strip() + hashlib.sha512(signed).digest())


def encrypt(plain: bytes, readers: Iterable[bytes], header: Header) -> bytes:
    """Pack and encrypt a body for everybody who holds one of these public keys."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt
    from nacl.public import PublicKey, SealedBox

    key, nonce = secrets.token_bytes(32), secrets.token_bytes(_NONCE)
    boxes = [SealedBox(PublicKey(reader)).encrypt(key) for reader in readers]
    context = lines.encode_header(header)
    packed = crypto_aead_xchacha20poly1305_ietf_encrypt(zlib.compress(plain, _LEVEL), context, nonce, key)
    return b"".join((_COUNT.pack(len(boxes)), *boxes, nonce, bytes(packed)))


def decrypt(envelope: Envelope, reader: DeviceSecrets) -> bytes | None:
    """The packed lines; None where none of the boxes is for this computer.

    Raises:
        Malformed: the body is none of ours, or is not that of this header.
    """
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
    from nacl.exceptions import CryptoError

    boxes, nonce, packed = _parts_of(envelope.body)
    key = next(filter(None, (_unwrap(box, reader) for box in boxes)), None)
    if key is None:
        return None
    try:
        return bytes(crypto_aead_xchacha20poly1305_ietf_decrypt(packed, envelope.raw_header, nonce, key))
    except (CryptoError, ValueError, TypeError) as error:
        raise Malformed("body") from error


def is_for(envelope: Envelope, reader: DeviceSecrets) -> bool:
    """Whether this computer's key opens one of the boxes, whoever wrote the file."""
    try:
        boxes, _nonce, _packed = _parts_of(envelope.body)
    except Malformed:
        return False
    return any(_unwrap(box, reader) is not None for box in boxes)


def unpack(packed: bytes) -> bytes:
    """The lines, up to the limit and not a byte beyond it.

    Raises:
        Malformed: no whole zlib stream. Refused: `package.too-large`.
    """
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise Malformed("zlib") from error
    if len(plain) > MOST_BYTES:
        raise Refused(problem("package.too-large", file=""))
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise Malformed("zlib")
    return plain


def lines_of(plain: bytes) -> Iterator[bytes]:
    """Line by line; every one of them ends in a newline.

    Raises:
        Malformed. Refused: `package.too-large`.
    """
    if not plain.endswith(b"\n"):
        raise Malformed("end")
    if plain.count(b"\n") > MOST_LINES:
        raise Refused(problem("package.too-large", file=""))
    begin = 0
    while begin < len(plain):
        end = plain.index(b"\n", begin)
        if end - begin > LONGEST_BLOB_LINE:
            raise Refused(problem("package.too-large", file=""))
        yield plain[begin:end]
        begin = end + 1


def _bytes_of(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise Refused(problem("package.not-found", file=path.name)) from None
    except OSError as error:
        raise Refused(problem("package.unreadable", file=path.name, reason=error.strerror or "")) from error


def _header_of(raw: bytes, name: str) -> tuple[Header, bytes, int]:
    """The header, its bytes and where the body begins."""
    begin = len(MAGIC) + _LENGTH.size
    if not raw.startswith(MAGIC):
        raise Refused(problem("package.not-ours", file=name))
    if len(raw) < begin:
        raise Refused(problem("package.damaged", file=name))
    (length,) = _LENGTH.unpack(raw[len(MAGIC) : begin])
    if length > LONGEST_HEADER or len(raw) < begin + length:
        raise Refused(problem("package.damaged", file=name))
    told = raw[begin : begin + length]
    try:
        if lines.format_of(told) > FORMAT:
            raise Refused(problem("package.newer", file=name))
        return lines.decode_header(told), told, begin + length
    except Malformed as error:
        raise Refused(problem("package.damaged", file=name)) from error


def _parts_of(body: bytes) -> tuple[list[bytes], bytes, bytes]:
    if len(body) < _COUNT.size:
        raise Malformed("body")
    (count,) = _COUNT.unpack(body[: _COUNT.size])
    begin = _COUNT.size + count * _WRAPPED
    if not 0 < count <= MOST_RECIPIENTS + 2 or len(body) < begin + _NONCE + _TAG:
        raise Malformed("body")
    boxes = [body[place : place + _WRAPPED] for place in range(_COUNT.size, begin, _WRAPPED)]
    return boxes, body[begin : begin + _NONCE], body[begin + _NONCE :]


def _unwrap(box: bytes, reader: DeviceSecrets) -> bytes | None:
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        found = SealedBox(PrivateKey(reader.encryption)).decrypt(box)
    except (CryptoError, ValueError, TypeError):
        return None
    return bytes(found) if len(found) == 32 else None
