"""Computers with keys and small packages of theirs, for the tests of the package format."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from kume_desktop.exchange.packages import envelope
from kume_desktop.exchange.packages.format import EventLine, Header, Kind, Line
from kume_desktop.exchange.packages.lines import encode_manifest
from kume_desktop.exchange.packages.opening import Opened, open_sealed
from kume_desktop.exchange.packages.parties import AGENCY, ENROLLED, LAPTOP, DeviceSecrets, Trusted, new_secrets
from kume_desktop.exchange.packages.seal import seal
from kume_desktop.store.log import Event, StreamWriter, Told, parse

STUDY = "00000000-0000-7000-8000-000000000001"
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@dataclass
class Party:
    """A computer: its keys and the stream it writes."""

    secrets: DeviceSecrets
    role: str
    writer: StreamWriter
    events: list[Event]

    @property
    def id(self) -> str:
        return self.secrets.device_id

    @property
    def stream(self) -> str:
        return str(self.writer.stream)

    def says(self, kind: str = "answer", subject_kind: str = "interview", path: str = "/data/q1", value=None) -> Event:
        subject = UUID(self.id) if subject_kind == "device" else uuid4()
        told = Told(kind, subject_kind, subject, path, value, "Ayşe", "staff", NOW)
        self.events.append(self.writer.write(told))
        return self.events[-1]

    def known(self, state: str = ENROLLED) -> Trusted:
        return Trusted(self.secrets.signing_public, self.secrets.encryption_public, self.role, state, "bilgisayar", "A")


def party(role: str = LAPTOP, events: int = 4) -> Party:
    """A computer that has written a few answers."""
    made = Party(new_secrets(str(uuid4())), role, StreamWriter(uuid4()), [])
    made.says("stream_opened", "device", f"stream:{made.stream}", "open")
    for number in range(events):
        made.says(path=f"/data/q{number}", value=f"cevap {number} ğüşiöç")
    return made


@dataclass
class World:
    """An agency's computer and two laptops that know each other."""

    agency: Party
    laptop: Party
    other: Party

    @property
    def trusted(self) -> dict[str, Trusted]:
        return {one.id: one.known() for one in (self.agency, self.laptop, self.other)}

    @property
    def owners(self) -> dict[str, str]:
        return {one.stream: one.id for one in (self.agency, self.laptop, self.other)}


def world() -> World:
    return World(party(AGENCY), party(), party())


def lines_of(*parties: Party) -> list[Line]:
    return [EventLine(str(e.stream), e.seq, e.hash, e.line) for one in parties for e in one.events]


def written(folder: Path, content: bytes, name: str = "a.kume-package") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def sent(here: World, sender: Party, lines: Iterable[Line] | None = None, **more) -> bytes:
    """A package of one part from a party to the agency (or from the agency to the laptop)."""
    reader = here.laptop if sender is here.agency else here.agency
    kind = more.pop("kind", Kind.ASSIGNMENT if sender is here.agency else Kind.INTERVIEWS)
    made = seal(
        kind,
        more.pop("study", STUDY),
        str(uuid4()),
        lines_of(sender) if lines is None else lines,
        more.pop("recipients", {reader.id: reader.secrets.encryption_public}),
        more.pop("secrets", sender.secrets),
        owners=more.pop("owners", here.owners),
        made_at=NOW.isoformat(),
        **more,
    )
    (content,) = made
    return content


def opened(here: World, path: Path, reader: Party | None = None, **more) -> Opened[Event]:
    trusted = more.pop("trusted", here.trusted)
    reader = reader or here.agency
    return open_sealed(path, trusted, reader.secrets, study=STUDY, read_event=parse, **more)


def bomb(here: World, plain: bytes, *, manifest=None, raw: bytes | None = None) -> bytes:
    """A validly signed and encrypted package of the laptop with any lines inside; `raw` is the packed body."""
    header = manifest_header(here) if manifest is None else manifest
    packed = zlib.compress(plain, 9) if raw is None else raw
    return envelope.write(header, encrypt_raw(packed, header, here.agency), here.laptop.secrets)


def manifest_header(here: World, events: int = 0) -> Header:
    return Header(Kind.INTERVIEWS, STUDY, str(uuid4()), 1, 1, here.laptop.id, (here.agency.id,), events)


def encrypt_raw(packed: bytes, header: Header, reader: Party) -> bytes:
    """The body of a package around bytes that are packed already."""
    before = envelope.zlib.compress
    try:
        envelope.zlib.compress = lambda _plain, _level: packed
        return envelope.encrypt(b"", [reader.secrets.encryption_public], header)
    finally:
        envelope.zlib.compress = before


def first_line(header: Header, ranges=(), counts=None) -> bytes:
    from kume_desktop.exchange.packages.format import Manifest

    return encode_manifest(
        Manifest(
            header.kind, header.study, header.package, header.part, header.parts, header.sender, header.recipients,
            tuple(ranges), counts or {}, NOW.isoformat(),
        )
    )  # fmt: skip
