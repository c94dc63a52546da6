"""Interviews that leave as submissions: what is left out where persons and firms are not to be named.

The rule is that of the tables (`pseudonyms`): the firm has a code that only the agency can lead back; personal values,
what is worked out from them, free text, files and places stay at the agency.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.services import pseudonyms, recording

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.interview.tree import Spot
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import UnitRecord

FIRM = "firma_kodu"
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Veil:
    """Concrete paths whose values are left out, and what is written in the place of others; `name` is the firm's."""

    name: str
    without: frozenset[str] = frozenset()
    instead: Mapping[str, str] | None = None


def of(study: Study, interview: Interview, unit: UnitRecord, *, is_sole_trader: bool) -> Veil:
    """What keeps the firm and its persons from being told by its interview."""
    from kume_desktop.interview import xml

    code = pseudonyms.code_of(study, unit.unit_id)
    instead = {path: code for path, spot in interview.tree.spots.items() if spot.item.name == FIRM}
    personal = [path for path, spot in interview.tree.spots.items() if _is_personal(interview, spot, is_sole_trader)]
    told = {path for path, spot in interview.tree.spots.items() if pseudonyms.tells(spot.item.node.kind)}
    told |= xml.withheld(interview, personal)
    words = tuple(_telling(interview, told - instead.keys(), unit))
    told |= {
        path
        for path, spot in interview.tree.spots.items()
        if spot.item.is_derived and any(word in interview.value(path) for word in words)
    }
    return Veil(code, frozenset(path for path in told - instead.keys() if interview.value(path)), instead)


def _is_personal(interview: Interview, spot: Spot, is_sole_trader: bool) -> bool:
    from kume_desktop.instruments.model import Personal

    is_of_sole_trader = is_sole_trader and spot.item.node.personal is Personal.SOLE_TRADER
    return is_of_sole_trader or recording.is_personal(interview, spot.path)


def _telling(interview: Interview, told: set[str], unit: UnitRecord) -> Iterator[str]:
    """Words by which what was worked out from them would tell the firm or a person."""
    yield from (word for word in (unit.code, unit.name, unit.tax_number) if word)
    yield from (word for path in told if len(word := interview.value(path)) >= _SHORTEST)
