"""Packages changed at random: bytes, header, body, signature, swapped bodies, signed again, for another reader."""

from __future__ import annotations

import hashlib
import random
import struct
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from kume_desktop.exchange.packages import envelope, lines
from kume_desktop.exchange.packages.format import MAGIC, SIGNATURE_BYTES
from kume_desktop.exchange.packages.parties import new_secrets
from tests.exchange.sealed import World, sent


def _begin_of_body(content: bytes) -> int:
    (length,) = struct.unpack(">I", content[len(MAGIC) : len(MAGIC) + 4])
    return len(MAGIC) + 4 + length


def _flip(chance: random.Random, content: bytes, begin: int, end: int) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(begin, end)
        changed[place] ^= chance.randint(1, 255)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes, _here: World) -> bytes:
    begin = chance.randrange(len(content))
    return content[:begin] + content[begin + chance.randint(1, 60) :]


def _grow(chance: random.Random, content: bytes, _here: World) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.randint(1, 60)) + content[place:]


def _bytes(chance: random.Random, content: bytes, _here: World) -> bytes:
    return _flip(chance, content, 0, len(content))


def _header(chance: random.Random, content: bytes, _here: World) -> bytes:
    return _flip(chance, content, len(MAGIC), _begin_of_body(content))


def _body(chance: random.Random, content: bytes, _here: World) -> bytes:
    return _flip(chance, content, _begin_of_body(content), len(content) - SIGNATURE_BYTES)


def _signature(chance: random.Random, content: bytes, _here: World) -> bytes:
    return _flip(chance, content, len(content) - SIGNATURE_BYTES, len(content))


def _swapped(chance: random.Random, content: bytes, here: World) -> bytes:
    other = sent(here, here.other)
    mine, theirs = _begin_of_body(content), _begin_of_body(other)
    return content[:mine] + other[theirs:] if chance.random() < 0.5 else other[:theirs] + content[mine:]


def _signed_anew(chance: random.Random, content: bytes, here: World) -> bytes:
    """Somebody else takes header and body and signs them: under the old name, or under an own one."""
    stranger = new_secrets(str(uuid4())) if chance.random() < 0.5 else here.other.secrets
    begin = _begin_of_body(content)
    header = lines.decode_header(content[len(MAGIC) + 4 : begin])
    if chance.random() < 0.5:
        return envelope.write(replace(header, sender=stranger.device_id), content[begin:-SIGNATURE_BYTES], stranger)
    signed = content[:-SIGNATURE_BYTES]
    return signed + stranger.sign(MAGIC.strip() + hashlib.sha512(signed).digest())


def _for_another(_chance: random.Random, _content: bytes, here: World) -> bytes:
    return sent(here, here.laptop, recipients={here.other.id: here.other.secrets.encryption_public})


def _older(chance: random.Random, content: bytes, _here: World) -> bytes:
    number = chance.choice((b"0", b"-1", b"2", b"1.0", b"true", b"null", b'"1"', b"1e0"))
    changed = content.replace(b'"format":1', b'"format":' + number)
    return changed.replace(MAGIC, b"KUMEPKG0\n", 1) if chance.random() < 0.3 else changed


MUTATIONS: tuple[Callable[[random.Random, bytes, World], bytes], ...] = (
    _bytes, _header, _body, _signature, _swapped, _signed_anew, _for_another, _older, _cut, _grow,
)  # fmt: skip


def changed(chance: random.Random, content: bytes, here: World, number: int) -> bytes:
    """A package changed in the way that is `number`'s turn; it may be as it was."""
    return MUTATIONS[number % len(MUTATIONS)](chance, content, here)
