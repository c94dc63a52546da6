"""Attributes that belong to a wave although their subject lives across waves: an area's totals, a firm's draw.

In the first wave such an attribute has its plain name, in a later one the wave's id behind it: `frame_n@<wave id>`.
"""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop.store import reading
from kume_desktop.store.reading import Source

_MARK = "@"


def chain(source: Source, wave_id: str) -> tuple[str, ...]:
    """A wave and those before it, the nearest first."""
    found = [wave.wave_id for wave in reading.waves(source)]
    return tuple(reversed(found[: found.index(wave_id) + 1])) if wave_id in found else (wave_id,)


def is_first(source: Source, wave_id: str) -> bool:
    """Whether a wave is the first of its study: its attributes have their plain names."""
    return len(chain(source, wave_id)) == 1


def name_in(source: Source, wave_id: str, name: str) -> str:
    """The name that an attribute has in a wave.

    >>> marked("frame_n", "w2", first=False)
    'frame_n@w2'
    """
    return marked(name, wave_id, first=is_first(source, wave_id))


def marked(name: str, wave_id: str, *, first: bool) -> str:
    """The name of an attribute in a wave, where it is known whether that is the first one."""
    return name if first else f"{name}{_MARK}{wave_id}"


def own(source: Source, subject_id: str, wave_id: str) -> Mapping[str, str]:
    """The attributes that a subject was given in a wave itself, by their plain names."""
    return _own(reading.facts(source, subject_id), wave_id, first=is_first(source, wave_id))


def carried(source: Source, subject_id: str, wave_id: str) -> Mapping[str, str]:
    """The attributes that hold in a wave: its own, else those of the wave before, and so on.

    One that was emptied in a wave ('') is empty from there on.
    """
    said, waves = reading.facts(source, subject_id), chain(source, wave_id)
    found: dict[str, str] = {}
    for each in reversed(waves):
        found |= _own(said, each, first=each == waves[-1])
    return found


def _own(said: Mapping[str, str], wave_id: str, *, first: bool) -> dict[str, str]:
    if first:
        return {name: value for name, value in said.items() if _MARK not in name}
    end = f"{_MARK}{wave_id}"
    return {name.removesuffix(end): value for name, value in said.items() if name.endswith(end)}
