"""What a package holds, as values; and the limits within which one is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MAGIC = b"KUMEPKG1\n"
FORMAT = 1
"""The format this program writes. Unknown kinds of lines and events are kept; only a higher format is refused."""
SUFFIX = ".kume-package"
SIGNATURE_BYTES = 64
LONGEST_HEADER = 4096
PART_BYTES = 20_000_000
"""A part is closed when it holds this much before it is packed; a single attachment may be more."""
MOST_BYTES = 50_000_000
"""What a body may come to when it is unpacked."""
LARGEST_FILE = 64_000_000
LONGEST_LINE = 4 * 1024 * 1024
LONGEST_BLOB_LINE = 36_000_000
LONGEST_TEXT = 200
MOST_LINES = 500_000
MOST_KEYS = 20_000
DEEPEST = 32
MOST_RECIPIENTS = 64
MOST_PARTS = 9_999


class Kind(StrEnum):
    """What a package is for."""

    INTRODUCTION = "introduction"  # a computer that has no study yet says who it is; signed by itself, not encrypted
    ASSIGNMENT = "assignment"  # agency to laptop: the study, the firms, what was decided since
    INTERVIEWS = "interviews"  # laptop to agency: what was done
    RETURN = "return"  # agency to laptop: interviews to look at again
    RECEIPT = "receipt"  # agency to laptop: what arrived


FROM_AGENCY = frozenset({Kind.ASSIGNMENT, Kind.RETURN, Kind.RECEIPT})
"""Kinds that only a computer of the agency may write."""


@dataclass(frozen=True, slots=True)
class Header:
    """What everybody can read: which study, from whom, for whom; part `part` of `parts`. Identifiers only."""

    kind: Kind
    study: str
    package: str
    part: int
    parts: int
    sender: str
    recipients: tuple[str, ...]
    events: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The signed word of the computer that writes a stream: its event `seq` has this hash (hexadecimal)."""

    seq: int
    hash: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Range:
    """The events of one stream in a part: `count` of those numbered `first` to `last`; `device` writes the stream.

    The checkpoint goes along with every computer that hands the events on.
    """

    stream: str
    device: str
    first: int
    last: int
    count: int
    checkpoint: Checkpoint | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first line inside: what the header says once more, and what follows. `counts`: lines by their kind."""

    kind: Kind
    study: str
    package: str
    part: int
    parts: int
    sender: str
    recipients: tuple[str, ...]
    ranges: tuple[Range, ...]
    counts: Mapping[str, int]
    made_at: str


class EventLine(NamedTuple):
    """An event to send, as its row in the log has it."""

    stream: str
    seq: int
    hash: bytes
    line: str


@dataclass(frozen=True, slots=True, repr=False)
class KeyLine:
    """The key of what is personal about a unit or an interview."""

    key_id: str
    subject: str
    key: bytes


@dataclass(frozen=True, slots=True)
class TombstoneLine:
    """An erasure: which unit or interview, and the reason's code."""

    subject: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class BlobLine:
    """Bytes that events name by their SHA-256: a form, a result, a file that was attached."""

    hash: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mark:
    """A stream is held without a gap up to the event `seq`, which has this hash (hexadecimal)."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The signed word of an agency's computer about what it holds."""

    receipt_id: str
    device: str
    at: str
    marks: tuple[Mark, ...]
    signature: bytes


Line = EventLine | KeyLine | TombstoneLine | BlobLine | Receipt
