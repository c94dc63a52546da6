"""`X.kume-key`: how the random data key of a study is opened by a passphrase.

The file holds the same JSON document twice, a line each, every copy with its own checksum: study id, the database's
salt, a check value, and slots. A slot keeps the data key wrapped by one means: a passphrase of a person (Argon2id), the
agency's recovery key, or the system's keyring (`key_slots`). A copy lies in the profile folder. Nobody can
open a study whose key file is gone, so its loss is told apart from a wrong passphrase and from damage.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kume_desktop import paths
from kume_desktop.problems import Refused, problem
from kume_desktop.store import key_slots, sealing
from kume_desktop.store.identity import new_id

FORMAT = "kume-key"
VERSION = 1
LONGEST = 4096
_SALT_BYTES = 16
_MAX_MEMORY_KIB = 1024 * 1024
_MAX_PASSES = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess at a passphrase costs (Argon2id): memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""For tests and for studies whose passphrase is public (the demonstration)."""


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """The key of a study's database: 32 bytes of key, 16 of salt. Never shown, logged or stored in clear."""

    study_id: str
    key: bytes
    salt: bytes
    person: str = field(default="", compare=False)

    @property
    def hex(self) -> str:
        """The 96 digits that SQLCipher takes as raw key and salt."""
        return (self.key + self.salt).hex()

    def to_json(self) -> str:
        """For the standard input of the worker process, nothing else."""
        return json.dumps({"study": self.study_id, "key": self.key.hex(), "salt": self.salt.hex()})

    @staticmethod
    def from_json(text: str) -> DataKey:
        """Read what `to_json` wrote."""
        fields = json.loads(text)
        return DataKey(fields["study"], bytes.fromhex(fields["key"]), bytes.fromhex(fields["salt"]))


def path_of(study: Path) -> Path:
    """The key file that belongs to a study file."""
    return study.with_name(study.name + "-key")


def copy_of(study_id: str) -> Path:
    """The copy in the profile folder."""
    return paths.profile() / "keys" / f"{study_id}.kume-key"


def create(
    study: Path, passphrase: str, person: str, cost: Cost | None = None, *, study_id: str | None = None
) -> DataKey:
    """Make a new data key for a study that is about to be created, and write its key file and the copy.

    `study_id`: of a study that was made on another computer, of which this one gets a file of its own.

    Raises:
        Refused: `study.passphrase-empty`, `study.key-exists`, `study.read-only`, `study.disk-full`.
    """
    if not passphrase:
        raise Refused(problem("study.passphrase-empty"))
    target = path_of(study)
    if target.exists():
        raise Refused(problem("study.key-exists", file=target.name))
    data_key = DataKey(study_id or new_id(), sealing.new_key(), secrets.token_bytes(_SALT_BYTES))
    document = {
        "format": FORMAT,
        "version": VERSION,
        "study": data_key.study_id,
        "salt": data_key.salt.hex(),
        "check": _check_value(data_key),
        "slots": [_passphrase_slot(data_key, passphrase, person, cost or Cost())],
    }
    _write(document, target, copy_of(data_key.study_id))
    return data_key


def unlock(study: Path, passphrase: str) -> DataKey:
    """Open a study's data key.

    Raises:
        Refused: `study.not-found`, `study.key-missing`, `study.key-damaged`, `study.key-newer`,
            `study.wrong-passphrase`.
    """
    if not study.is_file():
        raise Refused(problem("study.not-found", file=str(study)))
    return open_key(path_of(study), passphrase)


def open_key(file: Path, passphrase: str) -> DataKey:
    """The same from a key file alone: its study may be lost or damaged.

    Raises:
        Refused: `study.key-missing`, `study.key-damaged`, `study.key-newer`, `study.wrong-passphrase`.
    """
    document = read(file)
    found = _open_slots(document, passphrase)
    if found is None:
        raise Refused(problem("study.wrong-passphrase"))
    return _sound(document, found.key, found.person, file)


def _sound(document: Mapping[str, Any], key: bytes, person: str, file: Path) -> DataKey:
    """The data key, if it is the one that the key file was made for."""
    found = DataKey(str(document["study"]), key, bytes.fromhex(document["salt"]), person)
    if not hmac.compare_digest(_check_value(found), str(document["check"])):
        raise Refused(problem("study.key-damaged", file=file.name))
    return found


def add_passphrase(study: Path, data_key: DataKey, passphrase: str, person: str, cost: Cost | None = None) -> None:
    """Give one more person a passphrase of their own; one that the person had is replaced.

    Raises:
        Refused: `study.passphrase-empty`, `study.key-full`, and what reading and writing the file refuse.
    """
    if not passphrase:
        raise Refused(problem("study.passphrase-empty"))
    document = dict(read(path_of(study)))
    others = [slot for slot in document["slots"] if slot["kind"] != "passphrase" or slot["person"] != person]
    document["slots"] = [*others, _passphrase_slot(data_key, passphrase, person, cost or Cost())]
    _write(document, path_of(study), copy_of(data_key.study_id))


def change_passphrase(study: Path, old: str, new: str, cost: Cost | None = None) -> DataKey:
    """Give the person whose passphrase is `old` another one; the data key stays.

    Raises:
        Refused: `study.wrong-passphrase`, `study.passphrase-empty`, and what reading and writing the file refuse.
    """
    data_key = open_key(path_of(study), old)
    add_passphrase(study, data_key, new, data_key.person, cost)
    return data_key


def recover(study: Path, recovery_key: str) -> DataKey:
    """Open a study's data key by the agency's recovery key; it belongs to no person.

    Raises:
        Refused: `key.recovery-length`, `key.recovery-group`, `key.recovery-other`, and what reading the file refuses.
    """
    document = read(path_of(study))
    found = key_slots.open_recovery(document, recovery_key)
    if found is None:
        raise Refused(problem("key.recovery-other", name=key_slots.recovery_name(recovery_key)))
    return _sound(document, found, "", path_of(study))


def set_recovery(study: Path, data_key: DataKey, recovery_key: str, made_at: datetime) -> None:
    """Let a recovery key open the study, in the place of the one before."""
    _put(study, data_key, key_slots.recovery_slot(data_key, recovery_key, made_at), key_slots.RECOVERY, "")


def recovery_of(study: Path) -> tuple[str, datetime] | None:
    """Name of the recovery key that opens the study and when it was made; None where there is none."""
    for slot in read(path_of(study))["slots"]:
        if slot["kind"] == key_slots.RECOVERY:
            return str(slot["name"]), datetime.fromisoformat(slot["made_at"])
    return None


def add_keyring(study: Path, data_key: DataKey, name: str, wrapping: bytes) -> None:
    """Let the key that this computer's keyring keeps under `name` open the study for the person of `data_key`."""
    slot = key_slots.keyring_slot(data_key, data_key.person, name, wrapping)
    _put(study, data_key, slot, key_slots.KEYRING, name)


def open_keyring(study: Path, name: str, wrapping: bytes) -> DataKey | None:
    """The data key by this computer's keyring; None where the keyring's key opens nothing any more."""
    document = read(path_of(study))
    found = key_slots.open_keyring(document, name, wrapping)
    return None if found is None else _sound(document, found[0], found[1], path_of(study))


def remove_keyring(study: Path, data_key: DataKey, name: str) -> None:
    """Take a keyring slot away."""
    _put(study, data_key, None, key_slots.KEYRING, name)


def _put(study: Path, data_key: DataKey, slot: dict[str, Any] | None, kind: str, name: str) -> None:
    """Write a slot in the place of that of its kind (and, where it has one, its name); None takes it away."""
    document = dict(read(path_of(study)))
    kept = [one for one in document["slots"] if one["kind"] != kind or (name and one["name"] != name)]
    _write({**document, "slots": [*kept, *([slot] if slot else [])]}, path_of(study), copy_of(data_key.study_id))


def people(study: Path) -> tuple[str, ...]:
    """Who has a passphrase for the study."""
    return tuple(slot["person"] for slot in read(path_of(study))["slots"] if slot["kind"] == "passphrase")


def fits(file: Path, data_key: DataKey) -> bool:
    """Whether a key file is whole and belongs to this data key."""
    try:
        return hmac.compare_digest(_check_value(data_key), str(read(file)["check"]))
    except Refused:
        return False


def keep_copy(study: Path, study_id: str) -> None:
    """Keep a copy of the key file in the profile for the day it is lost; a disk that refuses it does no harm."""
    source, copy = path_of(study), copy_of(study_id)
    with suppress(OSError):
        content = source.read_bytes()
        if not copy.exists() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            replace_file(copy, content)


def belongs(file: Path, study: Path) -> bool:
    """Whether a key file is whole and was made for the study file, which bears its salt at its beginning."""
    try:
        with study.open("rb") as opened:
            head = opened.read(_SALT_BYTES)
        return bytes.fromhex(read(file)["salt"]) == head
    except (OSError, Refused):
        return False


def copies() -> tuple[Path, ...]:
    """The copies of key files in the profile folder."""
    return tuple(sorted((paths.profile() / "keys").glob("*.kume-key")))


def restore_copy(study: Path, copy: Path) -> None:
    """Put a copy where a lost or damaged key file was; a damaged one is kept beside it.

    Raises:
        Refused: `study.key-missing`, `study.key-damaged` where the copy is none; what writing the file refuses.
    """
    document, target = read(copy), path_of(study)
    try:
        if target.exists():
            target.replace(target.with_name(f"{target.name}.damaged"))
    except OSError as error:
        raise Refused(problem("study.read-only", file=target.name)) from error
    _write(document, target, copy_of(str(document["study"])))


def read(file: Path) -> Mapping[str, Any]:
    """The document of a key file: the first of its copies that is whole.

    Raises:
        Refused: `study.key-missing`, `study.key-damaged`, `study.key-newer`.
    """
    try:
        raw = file.read_bytes()[: 2 * LONGEST + 2]
    except FileNotFoundError:
        raise Refused(problem("study.key-missing", file=file.name)) from None
    except OSError as error:
        raise Refused(problem("study.key-unreadable", file=file.name, reason=error.strerror or "")) from error
    for document in _copies(raw):
        if document["version"] > VERSION:
            raise Refused(problem("study.key-newer", file=file.name))
        return document
    raise Refused(problem("study.key-damaged", file=file.name))


def _copies(raw: bytes) -> Iterator[dict[str, Any]]:
    for line in raw.splitlines():
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(document, dict) and document.pop("sum", None) == _sum(document) and document["format"] == FORMAT:
            yield document


def _sum(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(document).encode()).hexdigest()


def _canonical(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _passphrase_slot(data_key: DataKey, passphrase: str, person: str, cost: Cost) -> dict[str, Any]:
    salt = secrets.token_bytes(_SALT_BYTES)
    wrapping = stretch(passphrase, salt, cost)
    return {
        "kind": "passphrase",
        "person": person,
        "kdf": {"name": "argon2id", "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes},
        "salt": salt.hex(),
        "box": base64.b64encode(sealing.seal_bytes(data_key.key, wrapping, data_key.study_id.encode())).decode(),
    }


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a passphrase makes (Argon2id)."""
    import unicodedata

    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, sealing.KEY_BYTES, Type.ID)


def bounded_cost(kdf: Mapping[str, Any]) -> Cost:
    """What a file says a guess costs, but never more than this computer should spend."""
    return Cost(min(kdf["memory_kib"], _MAX_MEMORY_KIB), min(kdf["passes"], _MAX_PASSES), kdf["lanes"])


def _open_slots(document: Mapping[str, Any], passphrase: str) -> DataKey | None:
    study_id, salt = str(document["study"]), bytes.fromhex(document["salt"])
    for slot in document["slots"]:
        if slot["kind"] != "passphrase":
            continue
        wrapping = stretch(passphrase, bytes.fromhex(slot["salt"]), bounded_cost(slot["kdf"]))
        key = sealing.unseal_bytes(base64.b64decode(slot["box"]), wrapping, study_id.encode())
        if key is not None:
            return DataKey(study_id, key, salt, str(slot["person"]))
    return None


def _check_value(data_key: DataKey) -> str:
    said = b"kume-key-check|" + data_key.study_id.encode() + b"|" + data_key.salt
    return hmac.new(data_key.key, said, hashlib.sha256).hexdigest()


def _write(document: Mapping[str, Any], *targets: Path) -> None:
    line = _canonical({**document, "sum": _sum(document)})
    if len(line.encode()) > LONGEST:
        raise Refused(problem("study.key-full"))
    for target in targets:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, f"{line}\n{line}\n".encode())
        except OSError as error:
            code = "study.disk-full" if error.errno in {27, 28} else "study.read-only"
            raise Refused(problem(code, file=target.name)) from error


def replace_file(target: Path, content: bytes) -> None:
    """Write under a temporary name, make sure it is on the disk, then take the name; OSError where that fails."""
    temporary = target.with_name(target.name + ".new")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a renaming durable where the system lets a folder be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
