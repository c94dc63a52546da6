"""Making packages: lines in, files out, in parts where they are many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kume_desktop.exchange.packages import envelope
from kume_desktop.exchange.packages.format import (
    PART_BYTES,
    BlobLine,
    Checkpoint,
    EventLine,
    Header,
    KeyLine,
    Kind,
    Line,
    Manifest,
    Range,
    TombstoneLine,
)
from kume_desktop.exchange.packages.lines import AFTER_EVENT, BEFORE_EVENT, encode_line, encode_manifest
from kume_desktop.exchange.packages.parties import DeviceSecrets


@dataclass(slots=True)
class _Run:
    """What a part holds of one stream so far."""

    first: int
    last: int
    count: int
    hash: bytes


@dataclass(slots=True)
class _Part:
    """A part that is being filled."""

    lines: list[bytes] = field(default_factory=list)
    size: int = 0
    runs: dict[str, _Run] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, line: Line) -> int:
        """Take a line; returns how many bytes it came to."""
        if isinstance(line, EventLine):
            raw = b"".join((BEFORE_EVENT, line.line.encode("utf-8"), AFTER_EVENT))
            self._note(line)
        else:
            raw = encode_line(line)
        kind = _name(line)
        self.lines.append(raw)
        self.size += len(raw) + 1
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return len(raw)

    def _note(self, line: EventLine) -> None:
        run = self.runs.get(line.stream)
        if run is None:
            self.runs[line.stream] = _Run(line.seq, line.seq, 1, line.hash)
        elif line.seq <= run.last:
            raise ValueError("the events of a stream go in the order of their numbers")
        else:
            run.last, run.hash = line.seq, line.hash
            run.count += 1


def seal(
    kind: Kind,
    study: str,
    package: str,
    lines: Iterable[Line],
    recipients: Mapping[str, bytes],
    secrets: DeviceSecrets,
    *,
    owners: Mapping[str, str],
    made_at: str,
    checkpoints: Mapping[str, Checkpoint] | None = None,
    recovery: bytes | None = None,
) -> list[bytes]:
    """The files of a package, part by part.

    Args:
        kind: what it is for.
        study: the id of the study.
        package: an id of its own (a UUID), the same in all parts.
        lines: in the order in which they go in; the events of a stream in the order of their numbers.
        recipients: the public encryption key of each computer it is for, by its id.
        secrets: the keys of this computer; it can read the package too.
        owners: the computer that writes each stream of which events are sent.
        made_at: when (ISO, with zone).
        checkpoints: the newest signed checkpoint of streams of other computers, which goes along; those of this
            computer's own streams are signed here.
        recovery: the study's recovery key, which reads everything.
    """
    parts = _split(lines)
    made: list[bytes] = []
    for number, part in enumerate(parts, start=1):
        place = {"kind": kind, "study": study, "package": package, "part": number, "parts": len(parts)}
        header = Header(
            **place,  # type: ignore[arg-type]
            sender=secrets.device_id,
            recipients=tuple(sorted(recipients)),
            events=part.counts.get("event", 0),
        )
        ranges = _ranges(part, study, secrets, owners, checkpoints or {})
        manifest = Manifest(
            kind, study, package, number, len(parts), header.sender, header.recipients, ranges, part.counts, made_at
        )
        plain = b"\n".join((encode_manifest(manifest), *part.lines, b""))
        readers = {*recipients.values(), secrets.encryption_public, *([recovery] if recovery else [])}
        made.append(envelope.write(header, envelope.encrypt(plain, sorted(readers), header), secrets))
    return made


def _split(lines: Iterable[Line]) -> list[_Part]:
    parts = [_Part()]
    for line in lines:
        if parts[-1].lines and parts[-1].size + _about(line) > PART_BYTES:
            parts.append(_Part())
        parts[-1].add(line)
    return parts


def _about(line: Line) -> int:
    match line:
        case EventLine():
            return len(line.line)
        case BlobLine():
            return len(line.content) * 4 // 3
        case _:
            return 0


def _ranges(
    part: _Part, study: str, secrets: DeviceSecrets, owners: Mapping[str, str], checkpoints: Mapping[str, Checkpoint]
) -> tuple[Range, ...]:
    found = []
    for stream, run in sorted(part.runs.items()):
        owner = owners[stream]
        if owner == secrets.device_id:
            told: Checkpoint | None = secrets.checkpoint(study, stream, run.last, run.hash.hex())
        else:
            told = checkpoints.get(stream)
        found.append(Range(stream, owner, run.first, run.last, run.count, told))
    return tuple(found)


def _name(line: Line) -> str:
    match line:
        case EventLine():
            return "event"
        case KeyLine():
            return "key"
        case TombstoneLine():
            return "tombstone"
        case BlobLine():
            return "blob"
        case _:
            return "receipt"
