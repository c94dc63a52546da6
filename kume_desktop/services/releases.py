"""Files that leave the study: each writing has a serial number, and the access log keeps who wrote it and what for."""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import blindness, roles
from kume_desktop.services.studies import refusing_disk

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and letters that nobody takes for each other."""
_LENGTH = 6
STAMP = "export.csv"


@dataclass(frozen=True, slots=True)
class Release:
    """One writing of files: its serial number, what was written, what for."""

    serial: str
    at: datetime
    what: str
    reason: str


def check_identified(study: Study, reason: str) -> None:
    """Refuse files that name firms or persons to whoever may not write them, or says no reason.

    Raises:
        Refused: `role.may-not`, `export.no-reason`.
    """
    roles.require(study, roles.Right.PERSONAL)
    if not reason.strip():
        raise Refused(problem("export.no-reason"))


def begin(study: Study, what: str, reason: str = "") -> Release:
    """Number a writing and tell the access log of it, before anything is written."""
    at = datetime.now().astimezone()
    serial = number(at)
    blindness.remember(study, f"{what} {serial}", reason)
    return Release(serial, at, what, reason.strip())


def number(at: datetime) -> str:
    """A serial number: the day, and signs that no other writing of that day has."""
    return f"{at:%y%m%d}-{''.join(secrets.choice(_SIGNS) for _ in range(_LENGTH))}"


def stamp(study: Study, release: Release, folder: Path) -> Path:
    """Put a table with the serial number beside the files of a folder; returns it.

    Raises:
        Refused: what the disk refuses.
    """
    target = folder / STAMP
    heads = ("serial", "written_at", "study", "wave", "written_by", "what", "purpose")
    row = (
        release.serial, release.at.isoformat(" ", "minutes"), study.record.name, study.wave.name, study.person,
        release.what, release.reason,
    )  # fmt: skip
    with refusing_disk(target), target.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows((heads, [_safe(cell) for cell in row]))
    return target


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    from kume_desktop.reports.csv_files import safe

    return safe(text)
