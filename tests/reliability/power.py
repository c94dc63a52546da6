"""What a disk holds after a power cut: built from the record of what a process wrote, synced, renamed and deleted.

What was synced is there. Of what was written since, a cut may leave nothing, the beginning, any part, half a sector's
worth of the last write, or garbage in its place; of names that were given or taken, the first so many.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

SECTOR = 512
SOURCE = Path(__file__).with_name("recorder.c")
ACKS = "acks"
"""A file of the folder in which a process notes what it was told is stored; every note in it is believed at once."""


class Cut(StrEnum):
    """What happens to writes that were not synced."""

    NONE = "none"
    PREFIX = "prefix"
    SUBSET = "subset"
    TORN = "torn"
    GARBAGE = "garbage"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Call:
    """One thing a process did to a file of the folder; `number` is an offset or a size."""

    kind: str
    path: str
    number: int
    data: bytes


@dataclass(slots=True)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    since: list[Call] = field(default_factory=list)


def compile_recorder(folder: Path) -> Path:
    """The recorder as a library to be preloaded."""
    target = folder / "recorder.so"
    compiler = shutil.which("cc") or "cc"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(target), str(SOURCE), "-ldl"], check=True)
    return target


def preloaded(recorder: Path, folder: Path, record: Path) -> dict[str, str]:
    """The environment in which a process is recorded."""
    return {**os.environ, "LD_PRELOAD": str(recorder), "RECORDED": str(folder), "RECORD": str(record)}


def read(record: Path) -> list[Call]:
    """The calls of a record, in their order; one that was cut off at the end is left out."""
    raw, at, calls = record.read_bytes(), 0, []
    while at + 3 <= len(raw):
        kind, length = chr(raw[at]), struct.unpack_from("<H", raw, at + 1)[0]
        start = at + 3 + length
        if start + 20 > len(raw):
            break
        number, _spare, size = struct.unpack_from("<QQI", raw, start)
        if start + 20 + size > len(raw):
            break
        calls.append(Call(kind, raw[at + 3 : start].decode(), number, raw[start + 20 : start + 20 + size]))
        at = start + 20 + size
    return calls


class Disk:
    """A disk that carries out calls and can lose its power at any moment."""

    def __init__(self, before: Mapping[str, bytes]) -> None:
        self._files = {name: _File(bytearray(content)) for name, content in before.items()}
        self._synced_names = dict(self._files)
        self._name_calls: list[tuple[Call, _File | None]] = []
        self.acknowledged: list[str] = []

    def carry_out(self, call: Call) -> None:
        """Do one call."""
        if Path(call.path).name == ACKS:
            self.acknowledged += call.data.decode().split() if call.kind == "W" else []
            return
        match call.kind:
            case "C":
                self._files[call.path] = _File()
                self._name_calls.append((call, self._files[call.path]))
            case "U":
                self._files.pop(call.path, None)
                self._name_calls.append((call, None))
            case "R":
                moved = self._files.pop(call.path)
                self._files[call.data.decode()] = moved
                self._name_calls.append((call, moved))
            case "F":
                self._sync(self._files[call.path])
            case "D":
                self._synced_names = self._named(len(self._name_calls))
                self._name_calls = []
            case _:
                self._files[call.path].since.append(call)

    def _sync(self, file: _File) -> None:
        """Syncing a file brings its bytes to the disk, and the names that were given until then."""
        for call in file.since:
            _write(file.synced, call)
        file.since = []
        last = max((n for n, (_call, one) in enumerate(self._name_calls, start=1) if one is file), default=0)
        self._synced_names = self._named(last)
        self._name_calls = self._name_calls[last:]

    def _named(self, count: int) -> dict[str, _File]:
        names = dict(self._synced_names)
        for call, file in self._name_calls[:count]:
            if call.kind == "U":
                names.pop(call.path, None)
            elif call.kind == "C" and file is not None:
                names[call.path] = file
            elif call.kind == "R" and file is not None:
                names.pop(call.path, None)
                names[call.data.decode()] = file
        return names

    def waits_to_write(self, name: str, offset: int) -> bool:
        """Whether a write at an offset of a file was not synced yet."""
        file = self._files.get(name)
        return file is not None and any(call.kind == "W" and call.number == offset for call in file.since)

    def after_cut(self, cut: Cut, chance: random.Random) -> dict[str, bytes]:
        """What is on the disk when the power comes back."""
        names = self._named(chance.randint(0, len(self._name_calls)) if cut is not Cut.ALL else len(self._name_calls))
        return {name: bytes(_left(file, cut, chance)) for name, file in names.items()}


def _left(file: _File, cut: Cut, chance: random.Random) -> bytearray:
    content = bytearray(file.synced)
    for call in _chosen(file.since, cut, chance):
        _write(content, call)
    return content


def _chosen(since: Sequence[Call], cut: Cut, chance: random.Random) -> Iterator[Call]:
    match cut:
        case Cut.NONE:
            return
        case Cut.ALL:
            yield from since
        case Cut.PREFIX:
            yield from since[: chance.randint(0, len(since))]
        case Cut.SUBSET:
            yield from (call for call in since if chance.random() < 0.5)
        case Cut.TORN | Cut.GARBAGE:
            for call in since:
                if chance.random() < 0.5:
                    yield _torn(call, cut, chance) if chance.random() < 0.5 else call


def _torn(call: Call, cut: Cut, chance: random.Random) -> Call:
    """A write of which only some sectors arrived; the sector in the middle of being written may hold garbage."""
    sectors = len(call.data) // SECTOR
    if call.kind != "W" or not sectors:
        return call
    whole = chance.randint(0, sectors - 1) * SECTOR
    broken = chance.randbytes(SECTOR) if cut is Cut.GARBAGE else b""
    return Call("W", call.path, call.number, call.data[:whole] + broken)


def _write(content: bytearray, call: Call) -> None:
    if call.kind == "T":
        del content[call.number :]
        content.extend(b"\0" * (call.number - len(content)))
        return
    if len(content) < call.number:
        content.extend(b"\0" * (call.number - len(content)))
    content[call.number : call.number + len(call.data)] = call.data
