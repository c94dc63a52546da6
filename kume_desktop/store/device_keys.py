"""The keys of this computer in its profile, and whom the log says one may believe.

`devices/<study>.json` holds the two secret keys, sealed with a key that is derived from the study's data key: who
cannot open the study cannot sign in this computer's name. `introductions/<id>.json` holds the keys of a computer that
has no study yet, sealed by a passphrase (Argon2id).

Trust is worked out from events, never from rows that anybody's event could change: only what a stream of a trusted
computer of the agency says counts. The computer that made the study is the first of these; others become one by its
word, and a computer can pin one whose six words were compared by two people.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, func, select

from kume_desktop import paths
from kume_desktop.problems import Refused, problem
from kume_desktop.store import keyfile, sealing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import derived_id
from kume_desktop.store.tables import event, package, path, stream, subject

if TYPE_CHECKING:
    from kume_desktop.store.keyfile import Cost, DataKey
    from kume_desktop.store.reading import Source

AGENCY, LAPTOP, RECOVERY = "agency", "laptop", "recovery"
"""What one can be trusted as; the recovery key of the agency reads packages and sends none."""
ENROLLED, REVOKED = "enrolled", "revoked"
FORMAT = "kume-device"
VERSION = 1
_STREAM = "stream:"
_TEXTS = ("name", "person", "compared_by", "reason")


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """The secret halves: the seed of the signing key and the private encryption key, 32 bytes each."""

    device_id: str
    signing: bytes
    encryption: bytes


@dataclass(frozen=True, slots=True)
class Pin:
    """A computer of the agency whose six words were compared here."""

    device_id: str
    signing_key: bytes
    encryption_key: bytes
    name: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What the profile keeps of a study: the keys, which part this computer has, whom it pinned."""

    secrets: Secrets
    role: str = ""
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An introduction of this computer to which no study came yet."""

    introduction_id: str
    device_id: str
    name: str
    person: str
    signing_key: bytes
    encryption_key: bytes
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the agency said of a computer last. `state` is 'revoked' also where two of its computers disagree."""

    device_id: str
    name: str
    person: str
    role: str
    state: str
    signing_key: bytes
    encryption_key: bytes
    compared_by: str
    reason: str
    author: str
    at: datetime | None


# --- this computer's secrets ---


def load(study_id: str, device_id: str, key: DataKey) -> Kept | None:
    """The keys of this computer for a study; None where it has none, or they are another computer's."""
    try:
        told = json.loads(_file(study_id).read_text("utf-8"))
        box = base64.b64decode(told["box"])
        if told["format"] != FORMAT or told["device"] != device_id:
            return None
        pins = tuple(Pin(one["device"], *_pair(one), str(one["name"])) for one in told["pins"])
        role = str(told["role"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    raw = sealing.unseal_bytes(box, _wrapping(key), _context(study_id, device_id))
    return None if raw is None or len(raw) != 64 else Kept(Secrets(device_id, raw[:32], raw[32:]), role, pins)


def keep(study_id: str, kept: Kept, key: DataKey) -> None:
    """Keep the keys of this computer for a study.

    Raises:
        Refused: `study.disk-full`, `study.read-only`.
    """
    _write(_file(study_id), _told(study_id, kept, key))


def _told(study_id: str, kept: Kept, key: DataKey) -> dict[str, Any]:
    device_id = kept.secrets.device_id
    raw = kept.secrets.signing + kept.secrets.encryption
    return {
        "format": FORMAT,
        "version": VERSION,
        "study": study_id,
        "device": device_id,
        "role": kept.role,
        "pins": [_told_pin(pin) for pin in kept.pins],
        "box": _text(sealing.seal_bytes(raw, _wrapping(key), _context(study_id, device_id))),
    }


def keep_first(study_id: str, kept: Kept, key: DataKey) -> Kept:
    """Keep the first keys of this computer for a study; where another process was quicker, its keys hold.

    Raises:
        Refused: `study.disk-full`, `study.read-only`.
    """
    target = _file(study_id)
    if target.exists():
        keep(study_id, kept, key)  # unreadable, or another computer's: it holds nothing that opens here
        return kept
    made = target.with_name(f"{target.stem}-{secrets.token_hex(4)}.json")
    _write(made, _told(study_id, kept, key))
    try:
        os.link(made, target)
    except FileExistsError:
        return load(study_id, kept.secrets.device_id, key) or kept
    except OSError:
        # A file system without links: two processes in the same second are then the person's own doing.
        keep(study_id, kept, key)
    finally:
        made.unlink(missing_ok=True)
    return kept


def keeps_others(study_id: str) -> bool:
    """Whether this profile keeps keys of another study: there this computer has an identity already."""
    return any(file != _file(study_id) for file in _file(study_id).parent.glob("*.json"))


def begin_introduction(
    made: Secrets, publics: tuple[bytes, bytes], name: str, person: str, passphrase: str, at: datetime,
    cost: Cost | None = None,
) -> Waiting:  # fmt: skip
    """Keep the keys of a computer without a study, sealed by a passphrase.

    Raises:
        Refused: `study.disk-full`, `study.read-only`.
    """
    identity, salt, paid = secrets.token_hex(16), secrets.token_bytes(16), cost or keyfile.Cost()
    wrapping = keyfile.stretch(passphrase, salt, paid)
    told = {
        "format": FORMAT,
        "version": VERSION,
        "device": made.device_id,
        "name": name,
        "person": person,
        "made_at": at.isoformat(),
        "kdf": {"name": "argon2id", "memory_kib": paid.memory_kib, "passes": paid.passes, "lanes": paid.lanes},
        "salt": salt.hex(),
        "box": _text(sealing.seal_bytes(made.signing + made.encryption, wrapping, made.device_id.encode())),
        **_told_keys(*publics),
    }
    _write(_introduction(identity), told)
    return Waiting(identity, made.device_id, name, person, *publics, at)


def waiting() -> tuple[Waiting, ...]:
    """The introductions that this computer wrote and that no study answered yet, the newest first."""
    folder = paths.profile() / "introductions"
    found = [one for file in folder.glob("*.json") if (one := _read_waiting(file)) is not None]
    return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))


def open_introduction(introduction_id: str, passphrase: str) -> Secrets | None:
    """The keys of an introduction; None where the passphrase is another one.

    Raises:
        Refused: `device.introduction-missing`.
    """
    try:
        told = json.loads(_introduction(introduction_id).read_text("utf-8"))
        kdf, device_id = told["kdf"], str(told["device"])
        cost = keyfile.bounded_cost(kdf)
        salt, box = bytes.fromhex(told["salt"]), base64.b64decode(told["box"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(problem("device.introduction-missing")) from error
    raw = sealing.unseal_bytes(box, keyfile.stretch(passphrase, salt, cost), device_id.encode())
    return None if raw is None or len(raw) != 64 else Secrets(device_id, raw[:32], raw[32:])


def end_introduction(introduction_id: str) -> None:
    """Forget an introduction: its study has come, or nobody waits for it any more."""
    _introduction(introduction_id).unlink(missing_ok=True)


# --- whom to believe ---


def owners(source: Source) -> Mapping[str, str]:
    """Stream -> the computer that writes it, by the first event of the stream itself."""
    # Outer joins go from stream to stream; an inner one would let the whole log be read for its kinds.
    statement = (
        select(stream.c.id, subject.c.id.label("device"), event.c.kind, path.c.text)
        .outerjoin(event, and_(event.c.stream == stream.c.no, event.c.seq == 1))
        .outerjoin(subject, subject.c.no == event.c.subject)
        .outerjoin(path, path.c.no == event.c.path)
    )
    found = source.rows(statement)
    return {row.id: row.device for row in found if row.kind == EventKind.STREAM_OPENED and row.text == _STREAM + row.id}


def first_agency(source: Source) -> str:
    """The computer that made the study; '' where the log does not tell."""
    statement = (
        select(stream.c.id)
        .join(event, event.c.stream == stream.c.no)
        .where(event.c.subject.in_(_numbers(source, SubjectKind.STUDY)), event.c.kind == EventKind.STUDY_CREATED)
        .order_by(event.c.id)
        .limit(1)
    )
    found = source.rows(statement)
    return owners(source).get(found[0].id, "") if found else ""


def known(source: Source, pins: Iterable[Pin] = ()) -> Mapping[str, Known]:
    """What the agency says of each computer: a function of the events, whatever their order."""
    pinned = {pin.device_id: pin for pin in pins}
    words = list(_words(source))
    agencies = {first_agency(source), *pinned} - {""}
    while True:
        counted = [word for word in words if word.owner in agencies]
        more = {word.device for word in counted if word.value.get("role") == AGENCY} - agencies
        if not more:
            break
        agencies |= more
    by_device: dict[str, list[_Word]] = {}
    for word in counted:
        by_device.setdefault(word.device, []).append(word)
    found = {device: one for device, said in by_device.items() if (one := _settled(device, said)) is not None}
    for pin in pinned.values():
        found.setdefault(pin.device_id, _pinned(pin))
    return {device: one for device, one in found.items() if _fits(one, pinned.get(device))}


def recovery_id(study_id: str) -> str:
    """Under which identity the study speaks of its recovery key."""
    return derived_id("recovery", study_id)


def named_themselves(source: Source) -> tuple[Pin, ...]:
    """The computers that said of themselves that they are the agency's: those on which the study was before.

    Only for whoever holds the whole study and takes it over: packages of laptops never bring such a word.
    """
    own = [word for word in _words(source) if word.owner == word.device]
    told = [_known(word.device, word) for word in own]
    return tuple({one.device_id: _pin(one) for one in told if one is not None and one.role == AGENCY}.values())


def _pin(one: Known) -> Pin:
    return Pin(one.device_id, one.signing_key, one.encryption_key, one.name)


def last_packages(source: Source) -> Mapping[str, datetime]:
    """When the last package of each computer was taken in here."""
    statement = (
        select(package.c.sender, func.max(package.c.at).label("at"))
        .where(package.c.sender.is_not(None), package.c.direction == "in")
        .group_by(package.c.sender)
    )
    return {row.sender: row.at for row in source.rows(statement) if row.at is not None}


@dataclass(frozen=True, slots=True)
class _Word:
    """One saying about trust: by whom (the computer that writes the stream), about whom."""

    event_id: str
    owner: str
    device: str
    value: Mapping[str, Any]
    supersedes: frozenset[str]
    author: str
    at: datetime


def _words(source: Source) -> Iterator[_Word]:
    writers = owners(source)
    statement = (
        select(event.c.id, stream.c.id.label("stream"), subject.c.id.label("device"), event.c.line, event.c.at)
        .join(subject, subject.c.no == event.c.subject)
        .join(stream, stream.c.no == event.c.stream)
        .where(event.c.subject.in_(_numbers(source, SubjectKind.DEVICE)), event.c.kind == EventKind.DEVICE_TRUSTED)
        .order_by(event.c.id)
    )
    for row in source.rows(statement):
        told = json.loads(row.line)
        value = told["value"] if isinstance(told["value"], dict) else {}
        named = frozenset(str(UUID(each)) for each in told["supersedes"])
        yield _Word(row.id, writers.get(row.stream, ""), row.device, value, named, str(told["author"]), row.at)


def _numbers(source: Source, kind: SubjectKind) -> list[int]:
    """The numbers of the few subjects of a kind: with them the log is searched by subject and not read as a whole."""
    return [row.no for row in source.rows(select(subject.c.no).where(subject.c.kind == kind))]


def _settled(device: str, said: list[_Word]) -> Known | None:
    """What holds of one computer: the sayings that no later one names; a revocation among several wins."""
    named = {each for word in said for each in word.supersedes}
    heads = [word for word in said if word.event_id not in named]
    told = [one for word in heads if (one := _known(device, word)) is not None]
    if not told:
        return None
    revoked = next((one for one in told if one.state == REVOKED), None)
    if revoked is not None:
        return revoked
    keys = {(one.signing_key, one.encryption_key, one.role) for one in told}
    return told[0] if len(keys) == 1 else replace(told[0], state=REVOKED, reason="contested")


def _known(device: str, word: _Word) -> Known | None:
    value = word.value
    try:
        signing, encryption = _pair(value)
    except (ValueError, KeyError, TypeError):
        return None
    role, state = str(value.get("role", "")), str(value.get("state", ""))
    if role not in {AGENCY, LAPTOP, RECOVERY} or state not in {ENROLLED, REVOKED}:
        return None
    name, person, compared_by, reason = (str(value.get(each) or "") for each in _TEXTS)
    return Known(device, name, person, role, state, signing, encryption, compared_by, reason, word.author, word.at)


def _pinned(pin: Pin) -> Known:
    """A computer that two people compared, and of which the log here says nothing yet."""
    return Known(pin.device_id, pin.name, "", AGENCY, ENROLLED, pin.signing_key, pin.encryption_key, "", "", "", None)


def _fits(one: Known, pin: Pin | None) -> bool:
    """Whether the log speaks of the very keys that were compared here."""
    return pin is None or (pin.signing_key, pin.encryption_key) == (one.signing_key, one.encryption_key)


def _pair(told: Mapping[str, Any]) -> tuple[bytes, bytes]:
    signing, encryption = (base64.b64decode(told[name], validate=True) for name in ("signing_key", "encryption_key"))
    if len(signing) != 32 or len(encryption) != 32:
        raise ValueError("keys")
    return signing, encryption


def _told_pin(pin: Pin) -> dict[str, str]:
    return {"device": pin.device_id, "name": pin.name, **_told_keys(pin.signing_key, pin.encryption_key)}


def _told_keys(signing: bytes, encryption: bytes) -> dict[str, str]:
    return {"signing_key": _text(signing), "encryption_key": _text(encryption)}


def trust_value(
    name: str, person: str, role: str, state: str, keys: tuple[bytes, bytes], *, compared_by: str = "", reason: str = ""
) -> dict[str, str]:
    """The value of a DEVICE_TRUSTED event."""
    told = {"name": name, "person": person, "role": role, "state": state, **_told_keys(*keys)}
    return told | {"compared_by": compared_by, "reason": reason}


def _read_waiting(file: Path) -> Waiting | None:
    try:
        told = json.loads(file.read_text("utf-8"))
        signing, encryption = _pair(told)
        made_at = datetime.fromisoformat(told["made_at"])
        device_id, name, person = (str(told[each]) for each in ("device", "name", "person"))
        return Waiting(file.stem, device_id, name, person, signing, encryption, made_at)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(study_id: str) -> Path:
    return paths.profile() / "devices" / f"{UUID(study_id)}.json"


def _introduction(introduction_id: str) -> Path:
    return paths.profile() / "introductions" / f"{UUID(hex=introduction_id).hex}.json"


def _wrapping(key: DataKey) -> bytes:
    """A key of its own for this purpose, out of the study's data key (HKDF-SHA-256, expand only)."""
    return hmac.new(key.key, b"kume-device-keys\x01", hashlib.sha256).digest()


def _context(study_id: str, device_id: str) -> bytes:
    return f"{study_id}|{device_id}".encode()


def _write(target: Path, told: Mapping[str, Any]) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        keyfile.replace_file(target, json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
    except OSError as error:
        code = "study.disk-full" if error.errno in {27, 28} else "study.read-only"
        raise Refused(problem(code, file=target.name)) from error


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
