"""One event and its line: composing, reading back strictly, and the chain of hashes.

A line is one JSON object in UTF-8, kept byte for byte for ever; its SHA-256 is the event's hash, and each event names
the hash of its stream's previous one. Unknown kinds and fields are kept and interpreted after an update; only a
higher `format` is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import kume_desktop
from kume_desktop.problems import Refused, problem
from kume_desktop.store.identity import uuid7

FORMAT = 1
LONGEST_LINE = 4 * 1024 * 1024
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_texts_of = itemgetter("prev", "kind", "subject_kind", "path", "author", "role", "at", "program")
_TEXT = {str}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

Value = str | None | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ciphertext and the subject key that opens it."""

    key: UUID
    box: str


class Event(NamedTuple):
    """An entry of the log. `value` is None where it is `sealed`; `prev` is '' for the first of a stream."""

    id: UUID
    stream: UUID
    seq: int
    prev: str
    kind: str
    subject_kind: str
    subject: UUID
    path: str
    instrument_version: UUID | None
    value: Value
    sealed: Sealed | None
    supersedes: tuple[UUID, ...]
    author: str
    role: str
    at: datetime
    program: str
    line: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What a writer says; the stream's writer adds number, chain and line."""

    kind: str
    subject_kind: str
    subject: UUID
    path: str
    value: Value
    author: str
    role: str
    at: datetime
    supersedes: tuple[UUID, ...] = ()
    instrument_version: UUID | None = None
    sealed: Sealed | None = None
    id: UUID | None = None


class StreamWriter:
    """Numbers and chains the events of one stream. `seq` and `hash` are those of the last event written."""

    def __init__(self, stream: UUID, seq: int = 0, last_hash: bytes = b"") -> None:
        self.stream = stream
        self._name = str(stream)
        self.seq = seq
        self.hash = last_hash

    def write(self, told: Told) -> Event:
        """The next event of the stream."""
        identity = told.id or uuid7()
        seq, prev = self.seq + 1, self.hash.hex()
        fields: dict[str, Any] = {
            "format": FORMAT,
            "id": str(identity),
            "stream": self._name,
            "seq": seq,
            "prev": prev,
            "kind": str(told.kind),
            "subject_kind": str(told.subject_kind),
            "subject": str(told.subject),
            "path": told.path,
            "value": told.value,
            "supersedes": [str(each) for each in told.supersedes],
            "author": told.author,
            "role": told.role,
            "at": told.at.isoformat(timespec="microseconds"),
            "program": kume_desktop.__version__,
        }
        if told.instrument_version is not None:
            fields["instrument_version"] = str(told.instrument_version)
        if told.sealed is not None:
            fields["sealed"] = {"key": str(told.sealed.key), "box": told.sealed.box}
        line = _encode(fields)
        digest = hashlib.sha256(line.encode()).digest()
        self.seq, self.hash = seq, digest
        return Event(
            identity, self.stream, seq, prev, str(told.kind), str(told.subject_kind), told.subject, told.path,
            told.instrument_version, told.value, told.sealed, told.supersedes, told.author, told.role, told.at,
            kume_desktop.__version__, line, digest,
        )  # fmt: skip


def check_text(text: str) -> None:
    """Refuse control characters and lone surrogates, which not every store and file can hold.

    Raises:
        Refused: `study.text-not-storable`.
    """
    found = _UNSTORABLE.search(text)
    if found:
        raise Refused(
            problem("study.text-not-storable", position=found.start() + 1, character=f"U+{ord(found[0]):04X}")
        )


def check_value(value: Any) -> None:
    """Refuse such characters anywhere in a value: JSON would hide them behind escapes.

    Raises:
        Refused: `study.text-not-storable`.
    """
    match value:
        case str():
            check_text(value)
        case Mapping():
            for key, inner in value.items():
                check_text(key)
                check_value(inner)
        case list() | tuple():
            for inner in value:
                check_value(inner)
        case _:
            return


def value_text(value: Value) -> str | None:
    """A value as it stands in a head: text as it is, an object as canonical JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def box_context(identity: UUID, subject: UUID, path: str) -> bytes:
    """What a ciphertext is bound to, so that it cannot be moved to another event."""
    return f"{identity}|{subject}|{path}".encode()


def parse(line: str) -> Event:
    """Read a line of the log strictly.

    Raises:
        Refused: `study.line-unreadable` (what is wrong stands in `reason`), `study.line-newer`.
    """
    try:
        return _parse(line)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise Refused(problem("study.line-unreadable", reason=type(error).__name__)) from error


def _parse(line: str) -> Event:
    # What is printable is storable, and looked at three times as quickly; a package has a hundred thousand lines.
    if len(line) > LONGEST_LINE or not (line.isprintable() or _is_storable(line)):
        raise ValueError("line")
    digest = hashlib.sha256(line.encode()).digest()
    fields = _decode(line)
    if "\\" in line and "\\u" in line:
        _check_escapes(fields)
    if _whole(fields["format"]) > FORMAT:
        raise Refused(problem("study.line-newer", format=fields["format"]))
    texts = _texts_of(fields)
    if set(map(type, texts)) != _TEXT:
        raise TypeError("text")
    prev, kind, subject_kind, path, author, role, moment, program = texts
    value, supersedes, seq = fields["value"], fields["supersedes"], _whole(fields["seq"])
    if not (value is None or isinstance(value, (str, dict))) or not isinstance(supersedes, list):
        raise TypeError("value, supersedes")
    at = datetime.fromisoformat(moment)
    if at.tzinfo is None or seq < 1:
        raise ValueError("at, seq")
    version, sealed = fields.get("instrument_version"), fields.get("sealed")
    return Event(
        _uuid(fields["id"]), _often(fields["stream"]), seq, prev, kind, subject_kind, _often(fields["subject"]), path,
        None if version is None else _often(version), value, None if sealed is None else _sealed(sealed),
        tuple(map(_uuid, supersedes)), author, role, at, program, line, digest,
    )  # fmt: skip


def _is_storable(line: str) -> bool:
    return "\n" not in line and _UNSTORABLE.search(line) is None


def _sealed(told: Any) -> Sealed:
    box = told["box"]
    if not isinstance(box, str):
        raise TypeError("box")
    return Sealed(_often(told["key"]), box)


def _uuid(text: Any) -> UUID:
    if type(text) is not str:
        raise TypeError("uuid")
    return UUID(text)


_often = lru_cache(maxsize=4096)(_uuid)
"""A UUID that stands in many lines."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _check_escapes(value: Any) -> None:
    """What is not storable can hide in an escape only: the line itself has been looked at."""
    match value:
        case str():
            found = _UNSTORABLE.search(value)
            if found:
                raise ValueError(f"U+{ord(found[0]):04X}")
        case dict():
            for key, each in value.items():
                _check_escapes(key)
                _check_escapes(each)
        case list():
            for each in value:
                _check_escapes(each)
        case _:
            return


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("int")
    return value


_decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)


def _decode(line: str) -> Any:
    """The line as JSON; only where blanks stand around it, they have to be looked for."""
    if line[:1] == "{":
        found, end = _decoder.raw_decode(line)
        if end == len(line):
            return found
    return _decoder.decode(line)
