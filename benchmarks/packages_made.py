"""What the benchmarks of packages work on: laptops' streams of whole interviews, as their lines and as rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from kume_desktop.store.engine import Database
    from kume_desktop.store.log import Event, Value

ANSWERS = 120
WAVE, VERSION = UUID(int=4), UUID(int=9)


def stream(device_id: str, interviews: int, version: UUID = VERSION) -> Iterator[Event]:
    """What one laptop wrote: so many completed interviews of `ANSWERS` answers with an instrument version."""
    from kume_desktop.store import device
    from kume_desktop.store.log import StreamWriter, Told

    writer, now = StreamWriter(uuid4()), datetime.now(UTC)
    for told in device.opening(device.Device(device_id, "laptop"), writer.stream, "Ali", "interviewer", now):
        yield writer.write(told)
    for _ in range(interviews):
        interview = uuid4()
        value = {"unit": str(uuid4()), "wave": str(WAVE), "instrument_version": str(version), "interviewer": "Ali"}
        said: list[tuple[str, str, Value]] = [("interview_opened", "", value)]
        said += [
            ("answer", f"/data/section_{each // 10}/question_{each}", str(each % 5 + 1)) for each in range(ANSWERS)
        ]
        said.append(("interview_completed", "#state", "completed"))
        for kind, path, content in said:
            told = Told(kind, "interview", interview, path, content, "Ali", "interviewer", now, (), version)
            yield writer.write(told)


def empty_database(folder: Path, name: str) -> Database:
    """An encrypted study that holds nothing yet."""
    from kume_desktop.store import engine, keyfile

    return engine.create_database(folder / f"{name}.kume", keyfile.DataKey("0" * 32, b"k" * 32, b"s" * 16))
