"""The pages of a study file one by one, without its trees and without its first page.

Every page carries an HMAC over its ciphertext and its number (SQLCipher's design page), so a page is what was written
or says nothing. What stands in the write-ahead log takes the place of what stands in the file, as far as SQLite itself
would believe the log: its chain of checksums up to the last commit (SQLite's page on the format of that file).
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import DataKey

PAGE_BYTES = 4096
USABLE_BYTES = 4016
"""What SQLite itself sees of a page; the rest is the vector of the cipher and the HMAC."""
_IV_BYTES, _SALT_BYTES = 16, 16
_HEAD, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_LOG_OF = {0x377F0682: "<", 0x377F0683: ">"}
"""The first number of a write-ahead log, and in which order the bytes of its checksums stand."""
_WORD = 0xFFFFFFFF


def mac_key(key: DataKey) -> bytes:
    """The key of the pages' HMACs."""
    return hashlib.pbkdf2_hmac("sha512", key.key, bytes(byte ^ 0x3A for byte in key.salt), 2, 32)


def is_genuine(page: bytes, number: int, mac: bytes) -> bool:
    """Whether a page of ciphertext was written under this key at this place."""
    if len(page) != PAGE_BYTES:
        return False
    start = _SALT_BYTES if number == 1 else 0
    signed = page[start : USABLE_BYTES + _IV_BYTES]
    expected = hmac.digest(mac, signed + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(page[USABLE_BYTES + _IV_BYTES :], expected)


class Pages:
    """A study file that nobody writes into, opened for reading page by page; its log too where there is one."""

    def __init__(self, file: Path, key: DataKey) -> None:
        self._key, self._mac = key, mac_key(key)
        self._opened = ExitStack()
        self._file = self._opened.enter_context(file.open("rb"))
        wal = file.with_name(f"{file.name}-wal")
        self._log = self._opened.enter_context(wal.open("rb")) if wal.exists() else None
        self._logged = {} if self._log is None else _committed(self._log)
        self.count = max(file.stat().st_size // PAGE_BYTES, *self._logged, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self._opened.close()

    def page(self, number: int) -> bytes | None:
        """The plain content of a page (numbers from 1), None where it is broken."""
        for raw in self._written(number):
            if is_genuine(raw, number, self._mac):
                return self._decrypted(raw, number)
        return None

    def _written(self, number: int) -> Iterator[bytes]:
        """The ciphertexts of a page, the newest first."""
        if self._log is not None and number in self._logged:
            yield _read(self._log, self._logged[number])
        if number > 0:
            yield _read(self._file, (number - 1) * PAGE_BYTES)

    def _decrypted(self, raw: bytes, number: int) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        start = _SALT_BYTES if number == 1 else 0
        vector = raw[USABLE_BYTES : USABLE_BYTES + _IV_BYTES]
        cipher = Cipher(algorithms.AES(self._key.key), modes.CBC(vector)).decryptor()
        return bytes(start) + cipher.update(raw[start:USABLE_BYTES]) + cipher.finalize()


def _read(file: BinaryIO, at: int) -> bytes:
    try:
        file.seek(at)
        return file.read(PAGE_BYTES)
    except OSError:
        # A place of the disk that cannot be read any more is a broken page.
        return b""


def _committed(log: BinaryIO) -> dict[int, int]:
    """Where in a write-ahead log the newest committed content of each page begins, by the number of the page."""
    head = log.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return {}
    magic, _version, size, _turn, *salts, first, second = _HEAD.unpack(head)
    order = _LOG_OF.get(magic)
    if order is None or size != PAGE_BYTES:
        return {}
    sums = _checksum(head[:24], order, (0, 0))
    if sums != (first, second):
        return {}
    return _frames(log, order, salts, sums)


def _frames(log: BinaryIO, order: str, salts: Sequence[int], sums: tuple[int, int]) -> dict[int, int]:
    known: dict[int, int] = {}
    waiting: dict[int, int] = {}
    while len(frame := log.read(_FRAME.size + PAGE_BYTES)) == _FRAME.size + PAGE_BYTES:
        number, pages_after, *salted, first, second = _FRAME.unpack_from(frame)
        sums = _checksum(frame[:8] + frame[_FRAME.size :], order, sums)
        if salted != list(salts) or sums != (first, second):
            break
        waiting[number] = log.tell() - PAGE_BYTES
        if pages_after:
            known |= waiting
            waiting.clear()
    return known


def _checksum(content: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & _WORD
        second = (second + odd + first) & _WORD
    return first, second
