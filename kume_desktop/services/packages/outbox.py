"""The outbox: every package lies in the profile first, whole and verified, until it is copied away and received.

A file takes its name in the last step, after its bytes were read back from the disk: whatever is pulled out or fills up
in between, no file with the final name is ever broken.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import paths
from kume_desktop.exchange.packages.format import Kind
from kume_desktop.problems import Refused, problem
from kume_desktop.services import devices, package_names
from kume_desktop.store.keyfile import sync_folder

if TYPE_CHECKING:
    from kume_desktop.exchange.packages.parties import Trusted
    from kume_desktop.services.studies import Study
    from kume_desktop.store.package_rows import PackageRow

NAMES = "names"
"""Under this word a package keeps the names of its files."""
READY, MOVED, RECEIVED = "ready", "moved", "received"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class Sent:
    """A package in the outbox; `to` are the names of its recipients, `told` counts what is in it.

    `files` are those that are there still: one that the agency has may be gone.
    """

    package_id: str
    kind: Kind
    to: tuple[str, ...]
    files: tuple[Path, ...]
    size: int
    events: int
    told: Mapping[str, int]
    state: str
    at: datetime


def folder(study_id: str) -> Path:
    """The outbox of a study in the profile."""
    return paths.profile() / "outbox" / study_id


def put(
    study: Study, kind: Kind, package_id: str, at: datetime, parts: Sequence[bytes], about: str = ""
) -> tuple[Path, ...]:
    """Write the parts of a package into the outbox; its files are named after the laptop `about`, else this one.

    Raises:
        Refused: `package.disk-full`, `package.cannot-write`; no part of the package is then there.
    """
    place = folder(study.record.study_id)
    place.mkdir(parents=True, exist_ok=True)
    names = package_names.package(about or devices.this_computer(study).name, kind, at, package_id, len(parts))
    written: list[Path] = []
    try:
        for name, part in zip(names, parts, strict=True):
            written.append(write_whole(place / name, part))
    except Refused:
        for one in written:
            one.unlink(missing_ok=True)
        raise
    return tuple(written)


def write_whole(target: Path, content: bytes) -> Path:
    """Write a file so that it has its name only when it is whole: temporary, synced, read back, renamed, read again.

    Raises:
        Refused: `package.disk-full`, `package.cannot-write`, `package.copy-differs`.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    wanted = hashlib.sha256(content).digest()
    try:
        with temporary.open("xb", buffering=0) as out:
            _write_all(out.fileno(), content)
            os.fsync(out.fileno())
        _check(temporary, wanted)
        temporary.replace(target)
        sync_folder(target.parent)
        _check(target, wanted, remove=True)
    except OSError as error:
        code = "package.disk-full" if error.errno in _FULL else "package.cannot-write"
        raise Refused(problem(code, folder=str(target.parent))) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return target


def _write_all(file: int, content: bytes) -> None:
    """Write everything: a disk may take less than it was given."""
    left = memoryview(content)
    while left:
        done = os.write(file, left)
        if done == 0:
            raise OSError(errno.EIO, "nothing was written")
        left = left[done:]


def _check(file: Path, wanted: bytes, *, remove: bool = False) -> None:
    """Read a file back; one that is not what was written loses its name."""
    try:
        same = hashlib.sha256(file.read_bytes()).digest() == wanted
    except OSError:
        if remove:
            file.unlink(missing_ok=True)
        raise
    if not same:
        file.unlink(missing_ok=True)
        raise Refused(problem("package.copy-differs", file=file.name))


def packages(study: Study) -> tuple[Sent, ...]:
    """The outgoing packages, the newest first, with their state as receipts tell it."""
    from kume_desktop.store import package_rows

    trusted = devices.trusted(study)
    rows = package_rows.packages(study.database, package_rows.OUT)
    return tuple(_sent(study, row, trusted) for row in rows)


def _sent(study: Study, row: PackageRow, trusted: Mapping[str, Trusted]) -> Sent:
    place = folder(study.record.study_id)
    files = tuple(place / name for name in row.told.get(NAMES, ()) if (place / name).exists())
    return Sent(
        package_id=row.package_id,
        kind=Kind(row.kind),
        to=tuple(devices.name_of(trusted, one) for one in row.recipients),
        files=files,
        size=sum(file.stat().st_size for file in files),
        events=row.events,
        told={name: value for name, value in row.told.items() if name != NAMES},
        state=RECEIVED if _is_received(study, row) else row.state,
        at=row.at,
    )


def _is_received(study: Study, row: PackageRow) -> bool:
    """A laptop's package by the marks of a receipt; the agency's by what the laptop wrote when it took it."""
    from kume_desktop.store import package_rows

    if row.kind != Kind.INTERVIEWS:
        return frozenset(row.recipients) <= package_rows.taken_by(study.database).get(row.package_id, frozenset())
    received = package_rows.marks(study.database, row.sender)
    return bool(row.spans) and all(
        span.stream in received and span.last <= received[span.stream].seq for span in row.spans
    )


def copy_to(study: Study, package_id: str, target: Path) -> tuple[Path, ...]:
    """Copy a package into a folder (a USB stick), read the copies back, and note that it was copied.

    Raises:
        Refused: `package.gone` where the outbox has it no more, `package.folder-missing`; what `write_whole` refuses.
    """
    from kume_desktop.store import package_rows

    found = next((one for one in packages(study) if one.package_id == package_id), None)
    row = package_rows.package(study.database, package_id)
    if found is None or row is None or len(found.files) < row.parts:
        raise Refused(problem("package.gone"))
    if not target.is_dir():
        raise Refused(problem("package.folder-missing", folder=str(target)))
    copies = tuple(write_whole(target / file.name, file.read_bytes()) for file in found.files)
    if row.state == READY:
        with study.database.act(study.person, study.role) as act:
            package_rows.keep_package(act, replace(row, state=MOVED))
    return copies
