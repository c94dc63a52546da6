"""The activity areas as rows, without arrays: opening a study loads no NumPy."""

from __future__ import annotations

from dataclasses import replace

from kume_desktop.store import reading, records, wave_facts
from kume_desktop.store.reading import Source


def areas_of(source: Source, wave_id: str | None = None) -> tuple[records.AreaRecord, ...]:
    """The activity areas in study order; `frame_n` is that of the wave (of the first one where none is named)."""
    found = reading.areas(source)
    if wave_id is None or wave_facts.is_first(source, wave_id):
        return found
    said = [wave_facts.carried(source, each.area_id, wave_id) for each in found]
    return tuple(
        replace(each, frame_n=_whole(facts["frame_n"])) if "frame_n" in facts else each
        for each, facts in zip(found, said, strict=True)
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None
