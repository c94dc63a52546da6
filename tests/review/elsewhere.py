"""Another computer that answers without knowledge of this one."""

from __future__ import annotations

from uuid import UUID

from kume_desktop.store import device
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id
from kume_desktop.store.log import Told


def elsewhere(study, record, path: str, value: str, author: str = "Mert") -> None:
    """Another computer gives another answer, without knowledge of the first."""
    other = device.Device(new_id(), "Bilgisayar 11")
    writer = device.new_stream()
    at = record.opened_at
    told = Told(
        EventKind.ANSWER, SubjectKind.INTERVIEW, UUID(record.interview_id), path, value, author, "interviewer", at,
        instrument_version=UUID(record.version_id),
    )  # fmt: skip
    opening = device.opening(other, writer.stream, author, "interviewer", at)
    study.database.import_events([writer.write(one).line for one in (*opening, told)])
