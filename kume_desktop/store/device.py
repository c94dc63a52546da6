"""This computer, and the streams that it writes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop import paths
from kume_desktop.problems import Refused, problem
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id, uuid7
from kume_desktop.store.log import StreamWriter, Told

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.store.ledger import Ledger


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


def opening(device: Device, stream: UUID, author: str, role: str, at: datetime) -> Iterator[Told]:
    """The first events of every stream: that it is opened, and by which device."""
    subject = UUID(device.device_id)
    yield Told(EventKind.STREAM_OPENED, SubjectKind.DEVICE, subject, f"stream:{stream}", "open", author, role, at)
    yield Told(EventKind.DEVICE_ENROLLED, SubjectKind.DEVICE, subject, "", {"name": device.name}, author, role, at)


def find_stream(ledger: Ledger, device_id: str) -> UUID | None:
    """The stream that a device writes in this database: the one it opened last."""
    row = ledger.run(
        "SELECT id FROM stream WHERE device = ? ORDER BY no DESC LIMIT 1", (ledger.dialect.uuid(UUID(device_id)),)
    ).fetchone()
    return None if row is None else ledger.dialect.read_uuid(row[0])
