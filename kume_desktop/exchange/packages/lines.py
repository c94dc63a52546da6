"""The lines inside a package: JSON, one each, with a strict schema for every kind.

An event's line stands in its own, byte for byte as its writer wrote it: `{"t":"event","line":` + the event + `}`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from kume_desktop.exchange.packages.format import (
    DEEPEST,
    LONGEST_LINE,
    MOST_KEYS,
    MOST_PARTS,
    MOST_RECIPIENTS,
    SIGNATURE_BYTES,
    BlobLine,
    Checkpoint,
    Header,
    KeyLine,
    Kind,
    Manifest,
    Mark,
    Range,
    Receipt,
    TombstoneLine,
)
from kume_desktop.exchange.packages.strict import (
    Malformed,
    bytes_of,
    decode,
    encode,
    hex_of,
    keys_are,
    list_of,
    text_of,
    uuid_of,
    whole_of,
)

BEFORE_EVENT, AFTER_EVENT = b'{"t":"event","line":', b"}"
_MOST_RANGES = 20_000
_KINDS = frozenset(kind.value for kind in Kind)
_HEADER = frozenset({"format", "kind", "study", "package", "part", "parts", "sender", "recipients", "events"})
_MANIFEST = (_HEADER - {"format", "events"}) | {"t", "ranges", "counts", "made_at"}
_RANGE = frozenset({"stream", "device", "first", "last", "count", "checkpoint"})
_CHECKPOINT = frozenset({"seq", "hash", "signature"})
_KEY = frozenset({"t", "id", "subject", "key"})
_TOMBSTONE = frozenset({"t", "subject", "kind", "reason"})
_BLOB = frozenset({"t", "hash", "media_type", "content"})
_RECEIPT = frozenset({"t", "id", "device", "at", "marks", "signature"})
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKET = re.compile(r"[\[\]{}]")


def encode_header(header: Header) -> bytes:
    """The header as it stands in the file."""
    return encode({**_address(header), "format": header.format, "events": header.events})


def decode_header(raw: bytes) -> Header:
    """Read a header strictly; one of a higher format gives up at its number.

    Raises:
        Malformed.
    """
    told = decode(raw)
    number = whole_of(told.get("format"), 1)
    fields = keys_are(told, _HEADER)
    return Header(**_addressed(fields), events=whole_of(fields["events"]), format=number)


def format_of(raw: bytes) -> int:
    """The number of the format alone.

    Raises:
        Malformed.
    """
    return whole_of(decode(raw).get("format"), 1)


def encode_manifest(manifest: Manifest) -> bytes:
    """The first line inside."""
    ranges = [
        {
            "stream": each.stream,
            "device": each.device,
            "first": each.first,
            "last": each.last,
            "count": each.count,
            "checkpoint": None if each.checkpoint is None else _checkpoint(each.checkpoint),
        }
        for each in manifest.ranges
    ]
    told = {"t": "manifest", "ranges": ranges, "counts": dict(manifest.counts), "made_at": manifest.made_at}
    return encode({**_address(manifest), **told})


def decode_manifest(raw: bytes) -> Manifest:
    """Read the first line strictly.

    Raises:
        Malformed.
    """
    fields = keys_are(decode(raw), _MANIFEST)
    if fields["t"] != "manifest":
        raise Malformed("manifest")
    counts = fields["counts"]
    if not isinstance(counts, dict) or len(counts) > 32:
        raise Malformed("counts")
    return Manifest(
        **_addressed(fields),
        ranges=tuple(_range(each) for each in list_of(fields["ranges"], _MOST_RANGES)),
        counts={text_of(name, 20): whole_of(number) for name, number in counts.items()},
        made_at=text_of(fields["made_at"], 40),
    )


def encode_line(line: KeyLine | TombstoneLine | BlobLine | Receipt) -> bytes:
    """Any line but an event's."""
    match line:
        case KeyLine():
            return encode({"t": "key", "id": line.key_id, "subject": line.subject, "key": _text(line.key)})
        case TombstoneLine():
            return encode({"t": "tombstone", "subject": line.subject, "kind": line.kind, "reason": line.reason})
        case BlobLine():
            content = _text(line.content)
            return encode({"t": "blob", "hash": line.hash, "media_type": line.media_type, "content": content})
        case Receipt():
            marks = [[mark.stream, mark.seq, mark.hash] for mark in line.marks]
            told = {"t": "receipt", "id": line.receipt_id, "device": line.device, "at": line.at, "marks": marks}
            return encode({**told, "signature": _text(line.signature)})


def event_text(raw: bytes) -> str | None:
    """The event's own line; None where this is no event's.

    Raises:
        Malformed: too long, not UTF-8, too deep or too wide.
    """
    if not raw.startswith(BEFORE_EVENT):
        return None
    if len(raw) > LONGEST_LINE or not raw.endswith(AFTER_EVENT):
        raise Malformed("event")
    try:
        line = raw[len(BEFORE_EVENT) : -len(AFTER_EVENT)].decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("event") from error
    if line.count("{") + line.count("[") > DEEPEST or line.count(":") > MOST_KEYS:
        _check_shape(line)
    return line


def decode_line(raw: bytes) -> KeyLine | TombstoneLine | BlobLine | Receipt | None:
    """Any other line; None for a kind that a later program wrote, which is kept nowhere.

    Raises:
        Malformed.
    """
    fields = decode(raw)
    match fields.get("t"):
        case "key":
            return _key(keys_are(fields, _KEY))
        case "tombstone":
            return _tombstone(keys_are(fields, _TOMBSTONE))
        case "blob":
            return _blob(keys_are(fields, _BLOB))
        case "receipt":
            return _receipt(keys_are(fields, _RECEIPT))
        case "event" | "manifest" | None:
            raise Malformed("kind")
        case kind:
            text_of(kind, 20)
            return None


def _key(fields: Mapping[str, Any]) -> KeyLine:
    return KeyLine(uuid_of(fields["id"]), uuid_of(fields["subject"]), bytes_of(fields["key"], 32))


def _tombstone(fields: Mapping[str, Any]) -> TombstoneLine:
    if fields["kind"] not in {"unit", "interview"}:
        raise Malformed("tombstone")
    return TombstoneLine(uuid_of(fields["subject"]), fields["kind"], text_of(fields["reason"]))


def _blob(fields: Mapping[str, Any]) -> BlobLine:
    content = bytes_of(fields["content"])
    digest = hex_of(fields["hash"], 32)
    if hashlib.sha256(content).hexdigest() != digest:
        raise Malformed("blob")
    return BlobLine(digest, text_of(fields["media_type"]), content)


def _receipt(fields: Mapping[str, Any]) -> Receipt:
    marks = []
    for each in list_of(fields["marks"], _MOST_RANGES):
        stream, seq, digest = _triple(each)
        marks.append(Mark(uuid_of(stream), whole_of(seq, 1), hex_of(digest, 32)))
    return Receipt(
        uuid_of(fields["id"]),
        uuid_of(fields["device"]),
        text_of(fields["at"], 40),
        tuple(marks),
        bytes_of(fields["signature"], SIGNATURE_BYTES),
    )


def _triple(value: Any) -> tuple[Any, Any, Any]:
    if len(list_of(value, 3)) != 3:
        raise Malformed("mark")
    return value[0], value[1], value[2]


def _range(value: Any) -> Range:
    fields = keys_are(value, _RANGE)
    first = whole_of(fields["first"], 1)
    last = whole_of(fields["last"], first)
    told = fields["checkpoint"]
    return Range(
        uuid_of(fields["stream"]),
        uuid_of(fields["device"]),
        first,
        last,
        whole_of(fields["count"], 1, last - first + 1),
        None if told is None else _read_checkpoint(keys_are(told, _CHECKPOINT)),
    )


def _read_checkpoint(fields: Mapping[str, Any]) -> Checkpoint:
    signature = bytes_of(fields["signature"], SIGNATURE_BYTES)
    return Checkpoint(whole_of(fields["seq"], 1), hex_of(fields["hash"], 32), signature)


def _checkpoint(told: Checkpoint) -> dict[str, Any]:
    return {"seq": told.seq, "hash": told.hash, "signature": _text(told.signature)}


def _address(of: Header | Manifest) -> dict[str, Any]:
    return {
        "kind": of.kind.value,
        "study": of.study,
        "package": of.package,
        "part": of.part,
        "parts": of.parts,
        "sender": of.sender,
        "recipients": list(of.recipients),
    }


def _addressed(fields: Mapping[str, Any]) -> dict[str, Any]:
    kind = fields["kind"]
    if kind not in _KINDS:
        raise Malformed("kind")
    parts = whole_of(fields["parts"], 1, MOST_PARTS)
    return {
        "kind": Kind(kind),
        "study": "" if kind == Kind.INTRODUCTION and fields["study"] == "" else uuid_of(fields["study"]),
        "package": uuid_of(fields["package"]),
        "part": whole_of(fields["part"], 1, parts),
        "parts": parts,
        "sender": uuid_of(fields["sender"]),
        "recipients": tuple(uuid_of(each) for each in list_of(fields["recipients"], MOST_RECIPIENTS)),
    }


def _check_shape(line: str) -> None:
    """Refuse an event that nests too deep or has too many keys, before anything walks through it."""
    bare = _STRING.sub("", line)
    depth = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            raise Malformed("depth")
    if bare.count(":") > MOST_KEYS:
        raise Malformed("keys")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
