"""Reading packages: in one order, within limits, with one kind of error.

Size, magic, header, signature by a known computer that is not revoked, decryption, bounded unpacking, a strict schema
for every line, and what the sender may send at all: only then is anything handed on, and nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from kume_desktop.exchange.packages import envelope
from kume_desktop.exchange.packages.entitled import Entry, NotEntitled, check_entitled, check_kind
from kume_desktop.exchange.packages.format import (
    FROM_AGENCY,
    BlobLine,
    Header,
    KeyLine,
    Kind,
    Manifest,
    Receipt,
    TombstoneLine,
)
from kume_desktop.exchange.packages.lines import decode_line, decode_manifest, event_text
from kume_desktop.exchange.packages.parties import AGENCY, ENROLLED, DeviceSecrets, Trusted
from kume_desktop.exchange.packages.strict import Malformed, bytes_of, text_of
from kume_desktop.problems import Refused, problem

E = TypeVar("E", bound=Entry)


class Claiming(Entry, Protocol):
    """An event of which the value is asked, too."""

    @property
    def value(self) -> str | Mapping[str, Any] | None:
        """What it says."""


C = TypeVar("C", bound=Claiming)
_SAID_ELSEWHERE = {"study.line-newer": "package.newer"}


@dataclass(frozen=True, slots=True)
class Opened(Generic[E]):
    """A package that was read and found whole, signed and allowed. Whether it is new here is another question."""

    header: Header
    manifest: Manifest
    events: tuple[E, ...]
    keys: tuple[KeyLine, ...]
    tombstones: tuple[TombstoneLine, ...]
    blobs: tuple[BlobLine, ...]
    receipts: tuple[Receipt, ...]


@dataclass(slots=True)
class _Read(Generic[E]):
    """What was found so far."""

    events: list[E] = field(default_factory=list)
    keys: list[KeyLine] = field(default_factory=list)
    tombstones: list[TombstoneLine] = field(default_factory=list)
    blobs: list[BlobLine] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    others: int = 0

    def take(self, raw: bytes) -> None:
        """Keep a line that is no event's."""
        match decode_line(raw):
            case KeyLine() as key:
                self.keys.append(key)
            case TombstoneLine() as tombstone:
                self.tombstones.append(tombstone)
            case BlobLine() as blob:
                self.blobs.append(blob)
            case Receipt() as receipt:
                self.receipts.append(receipt)
            case None:
                self.others += 1


def peek(path: Path) -> Header:
    """What a file says it is; nothing of it is verified, so it serves for a list of files and nothing else.

    Raises:
        Refused: `package.not-found`, `package.unreadable`, `package.not-ours`, `package.newer`, `package.damaged`.
    """
    return envelope.read_header(path)


def open_sealed(
    path: Path,
    trusted: Mapping[str, Trusted],
    secrets: DeviceSecrets,
    *,
    study: str,
    read_event: Callable[[str], E],
    owners: Mapping[str, str] | None = None,
) -> Opened[E]:
    """Read a part of a package for this computer.

    Args:
        path: the file.
        trusted: the computers of the study by their ids; those that were revoked too, so that they are named as such.
        secrets: the keys of this computer (or the study's recovery key, which reads everything).
        study: the id of the study that is open.
        read_event: reads an event's line strictly, Refused where it is none.
        owners: the computer that writes each stream, as far as the log here tells.

    Raises:
        Refused: `package.not-found`, `package.unreadable`, `package.too-large`, `package.not-ours`, `package.newer`,
            `package.introduction`, `package.other-study`, `package.unknown-sender`, `package.revoked-sender`,
            `package.damaged`, `package.not-for-us`, `package.not-entitled`.
    """
    with _refusing(path):
        sealed = envelope.read(path)
        sender = _sender(sealed, trusted, study, path)
        packed = envelope.decrypt(sealed, secrets)
        if packed is None:
            raise Refused(problem("package.not-for-us", file=path.name, sender=sender.name))
        lines = envelope.lines_of(envelope.unpack(packed))
        manifest = decode_manifest(next(lines))
        _check_manifest(sealed.header, manifest)
        check_kind(manifest, sender)
        read = _read(lines, manifest, read_event)
        check_entitled(manifest, read.events, trusted, owners or {})
    return Opened(
        sealed.header, manifest, tuple(read.events), tuple(read.keys), tuple(read.tombstones), tuple(read.blobs),
        tuple(read.receipts),
    )  # fmt: skip


def read_claimed(path: Path, secrets: DeviceSecrets, read_event: Callable[[str], C]) -> tuple[Header, Trusted]:
    """Who a package of the agency says it is from, and by which keys: for two people to compare, before any trust.

    The body is opened before the signature can be checked, within the same limits; what comes back has then been
    checked against the very keys that it names.

    Raises:
        Refused: as `open_sealed`.
    """
    with _refusing(path):
        sealed = envelope.read(path)
        header = sealed.header
        if header.kind is Kind.INTRODUCTION:
            raise Refused(problem("package.introduction", file=path.name))
        if header.kind not in FROM_AGENCY:
            raise NotEntitled("kind")
        packed = envelope.decrypt(sealed, secrets)
        if packed is None:
            raise Refused(problem("package.not-for-us", file=path.name, sender=""))
        lines = envelope.lines_of(envelope.unpack(packed))
        _check_manifest(header, decode_manifest(next(lines)))
        events = [read_event(line) for raw in lines if (line := event_text(raw)) is not None]
        claimed = _claimed(events, header.sender)
        if not sealed.is_signed_by(claimed.verify_key):
            raise Malformed("signature")
        return header, claimed


def _claimed(events: Iterable[Claiming], sender: str) -> Trusted:
    """What the log inside says of the sender's keys."""
    found = None
    for event in events:
        if event.kind == "device_trusted" and str(event.subject) == sender and isinstance(event.value, Mapping):
            found = event.value
    if found is None:
        raise NotEntitled("unknown")
    if found.get("role") != AGENCY:
        raise NotEntitled("kind")
    signing, encryption = (bytes_of(found.get(name), 32) for name in ("signing_key", "encryption_key"))
    name, person = (text_of(found.get(each, "")) for each in ("name", "person"))
    return Trusted(signing, encryption, AGENCY, ENROLLED, name, person)


def _sender(sealed: envelope.Envelope, trusted: Mapping[str, Trusted], study: str, path: Path) -> Trusted:
    """The computer that signed the file; believed from here on."""
    header = sealed.header
    if header.kind is Kind.INTRODUCTION:
        raise Refused(problem("package.introduction", file=path.name))
    if header.study != study:
        raise Refused(problem("package.other-study", file=path.name))
    sender = trusted.get(header.sender)
    if sender is None:
        raise Refused(problem("package.unknown-sender", file=path.name))
    if not sealed.is_signed_by(sender.verify_key):
        raise Refused(problem("package.damaged", file=path.name))
    if not sender.is_enrolled:
        raise Refused(problem("package.revoked-sender", file=path.name, sender=sender.name))
    return sender


def _check_manifest(header: Header, manifest: Manifest) -> None:
    """The first line says the same as the header: a body that somebody else signed anew is found here."""
    said = (manifest.kind, manifest.study, manifest.package, manifest.part, manifest.parts, manifest.sender)
    if said != (header.kind, header.study, header.package, header.part, header.parts, header.sender):
        raise Malformed("manifest")
    if manifest.recipients != header.recipients or manifest.counts.get("event", 0) != header.events:
        raise Malformed("manifest")


def _read(lines: Iterator[bytes], manifest: Manifest, read_event: Callable[[str], E]) -> _Read[E]:
    read: _Read[E] = _Read()
    for raw in lines:
        line = event_text(raw)
        if line is None:
            read.take(raw)
        else:
            read.events.append(read_event(line))
    found = {
        "event": len(read.events),
        "key": len(read.keys),
        "tombstone": len(read.tombstones),
        "blob": len(read.blobs),
        "receipt": len(read.receipts),
    }
    told = dict(manifest.counts)
    if {name: count for name, count in found.items() if count} != {name: told[name] for name in told if name in found}:
        raise Malformed("counts")
    if sum(told.values()) != sum(found.values()) + read.others:
        raise Malformed("counts")
    return read


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Say whatever is wrong with a file as one kind of problem, with its name."""
    try:
        yield
    except Malformed as error:
        raise Refused(problem("package.damaged", file=path.name)) from error
    except NotEntitled as error:
        raise Refused(problem("package.not-entitled", file=path.name, what=str(error))) from error
    except MemoryError as error:
        raise Refused(problem("package.too-large", file=path.name)) from error
    except Refused as error:
        found = error.problems[0]
        if found.code.startswith("package.") and found.params.get("file"):
            raise
        code = found.code if found.code.startswith("package.") else _SAID_ELSEWHERE.get(found.code, "package.damaged")
        raise Refused(problem(code, file=path.name)) from error
