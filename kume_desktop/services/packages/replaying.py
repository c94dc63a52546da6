"""What this computer packed once and its study has lost: read back out of its own outbox after a backup came back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kume_desktop.exchange.packages.format import SUFFIX
from kume_desktop.problems import Refused
from kume_desktop.services import devices
from kume_desktop.services.packages import outbox
from kume_desktop.store.events import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kume_desktop.exchange.packages.opening import Opened
    from kume_desktop.services.studies import Study
    from kume_desktop.store.log import Event


@dataclass(frozen=True, slots=True)
class Replayed:
    """Entries that came back out of the outbox, and the interviews that they belong to."""

    entries: int
    interviews: frozenset[str]


def replay(study: Study, since: datetime) -> Replayed:
    """Take in what packages of this computer hold that were made after `since`, the moment of the backup.

    Older ones hold nothing that the backup does not, but what was deleted here since the agency had it. A package that
    cannot be read any more is passed over: what it would have brought is missing, and is counted so.
    """
    entries, interviews = 0, set[str]()
    for opened in _own(study, since):
        with suppress(Refused):
            new = _take(study, opened)
            entries += len(new)
            interviews |= {str(one.subject) for one in new if one.subject_kind == SubjectKind.INTERVIEW}
    return Replayed(entries, frozenset(interviews))


def _own(study: Study, since: datetime) -> Iterator[Opened[Event]]:
    """The packages of the outbox that were made since then, the oldest first."""
    found = []
    for file in outbox.folder(study.record.study_id).glob(f"*{SUFFIX}"):
        with suppress(Refused, ValueError):
            opened = _opened(study, file)
            made_at = datetime.fromisoformat(opened.manifest.made_at).astimezone()
            if made_at >= since.replace(microsecond=0):
                found.append((made_at, opened.header.package, opened.header.part, opened))
    yield from (opened for *_order, opened in sorted(found, key=lambda one: one[:3]))


def _opened(study: Study, file: Path) -> Opened[Event]:
    from kume_desktop.exchange.packages.opening import open_sealed
    from kume_desktop.store import device_keys
    from kume_desktop.store.log import parse

    own = devices.this_computer(study).device_id
    trusted = {name: one for name, one in devices.trusted(study).items() if name == own}
    owners = device_keys.owners(study.database)
    return open_sealed(
        file, trusted, devices.secrets(study), study=study.record.study_id, read_event=parse, owners=owners
    )


def _take(study: Study, opened: Opened[Event]) -> tuple[Event, ...]:
    from kume_desktop.store.subject_keys import SubjectKey

    keys = [SubjectKey(UUID(one.key_id), UUID(one.subject), one.key) for one in opened.keys]
    with study.database.act(study.person, study.role) as act:
        for blob in opened.blobs:
            act.put_blob(blob.content, blob.media_type)
        done = act.take_in(opened.events, keys)
        for interview_id in {str(one.subject) for one in done.new if one.subject_kind == SubjectKind.INTERVIEW}:
            act.mark_stale(interview_id)
        if opened.blobs:
            act.drop_files()
    return done.new
