"""This computer, and the streams that it writes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop import paths
from kume_desktop.problems import Refused, problem
from kume_desktop.store import keyfile
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id, uuid7
from kume_desktop.store.log import StreamWriter, Told

if TYPE_CHECKING:
    from kume_desktop.store.ledger import Ledger

OPENED, CONTINUED = "open", "continued"
"""Why a stream begins: the device writes here for the first time, or the file is older than what it wrote already."""


@dataclass(frozen=True, slots=True)
class Device:
    """A computer, by the identifier that its profile folder holds."""

    device_id: str
    name: str


def this_device() -> Device:
    """The device of this profile; its identifier is made on first use.

    Raises:
        Refused: `command.profile-unwritable`.
    """
    file = paths.profile() / "device.json"
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
        return Device(str(UUID(fields["device"])), str(fields["name"]))
    except (OSError, ValueError, KeyError, TypeError):
        made = new_id()
    device = Device(made, made[-8:])
    try:
        _keep(device, file)
    except OSError as error:
        raise Refused(problem("command.profile-unwritable", folder=str(file.parent))) from error
    return device


def become(device_id: str) -> Device:
    """Let this profile be that of a device that was known before; Refused: `command.profile-unwritable`."""
    device, file = Device(device_id, device_id[-8:]), paths.profile() / "device.json"
    try:
        _keep(device, file)
    except OSError as error:
        raise Refused(problem("command.profile-unwritable", folder=str(file.parent))) from error
    return device


def _keep(device: Device, file: Path) -> None:
    temporary = file.with_suffix(".new")
    with temporary.open("w", encoding="utf-8") as out:
        json.dump({"device": device.device_id, "name": device.name}, out)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)


def new_stream() -> StreamWriter:
    """A stream that has no event yet."""
    return StreamWriter(uuid7())


def opening(device: Device, stream: UUID, author: str, role: str, at: datetime, why: str = OPENED) -> Iterator[Told]:
    """The first events of every stream: that it is opened, why, and by which device."""
    subject = UUID(device.device_id)
    yield Told(EventKind.STREAM_OPENED, SubjectKind.DEVICE, subject, f"stream:{stream}", why, author, role, at)
    yield Told(EventKind.DEVICE_ENROLLED, SubjectKind.DEVICE, subject, "", {"name": device.name}, author, role, at)


def find_stream(ledger: Ledger, device_id: str) -> UUID | None:
    """The stream that a device writes in this database: the one it opened last."""
    row = ledger.run(
        "SELECT id FROM stream WHERE device = ? ORDER BY no DESC LIMIT 1", (ledger.dialect.uuid(UUID(device_id)),)
    ).fetchone()
    return None if row is None else ledger.dialect.read_uuid(row[0])


def last_written(study_id: str) -> Mapping[str, int]:
    """How far this computer has written each of its streams of a study (stream id -> number), as it noted itself.

    A file whose stream ends before that was brought back from a copy: going on in the stream would give two events
    the same number. Where the note cannot be read, the file is believed.
    """
    try:
        told = json.loads(_note(study_id).read_text(encoding="utf-8"))
        return {str(stream): int(seq) for stream, seq in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def note_written(study_id: str, stream: UUID, seq: int) -> None:
    """Note how far a stream of a study was written; OSError where the profile cannot be written."""
    told = dict(last_written(study_id))
    if told.get(str(stream), 0) < seq:
        _note(study_id).parent.mkdir(parents=True, exist_ok=True)
        keyfile.replace_file(_note(study_id), json.dumps({**told, str(stream): seq}, sort_keys=True).encode())


def _note(study_id: str) -> Path:
    return paths.profile() / "streams" / f"{study_id}.json"
