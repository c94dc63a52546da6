"""What the heads of an interview say, for whoever opens it: conflicts, rows that people added, marks, times."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.store.records import HeadRow

MARK = "later"


def contested(heads: Mapping[str, Sequence[HeadRow]]) -> dict[str, tuple[str, ...]]:
    """The questions with several different values, and the values."""
    found = {}
    for path, rows in heads.items():
        values = tuple(dict.fromkeys(row.value or "" for row in rows))
        if len(values) > 1 and path.startswith("/") and "#" not in path:
            found[path] = values
    return found


def added_rows(places: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Repeat path -> the ids of its rows in order, from the rows that people added."""
    found: dict[str, tuple[str, ...]] = {}
    for path, _place in sorted(places.items(), key=lambda item: int(item[1])):
        repeat, _bracket, row = path.rpartition("[")
        found[repeat] = (*found.get(repeat, ()), row.rstrip("]"))
    return found


def measured(heads: Mapping[str, Sequence[HeadRow]]) -> int:
    """The active time of the sittings before this one, in milliseconds, as their traces say."""
    traces = (rows[0].value for path, rows in heads.items() if path.endswith("#trace"))
    return sum(int(spell[2]) for trace in traces if trace for spell in json.loads(trace)["spells"])


def marked(heads: Mapping[str, Sequence[HeadRow]]) -> set[str]:
    """The questions that are marked for later."""
    return {
        path.removesuffix("#flag") for path, rows in heads.items() if path.endswith("#flag") and rows[0].value == MARK
    }
