"""What became of the firms that were issued, by area and size class: counts, and rates with the formula named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.services import firm_rows
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.studies import only_staff

if TYPE_CHECKING:
    from kume_desktop.scoring.response.aapor import OutcomeRates
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow

TOTAL = ""
"""The size class of the row that holds the whole area; the area of the row that holds the whole study."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many firms came to which end. `issued` is the sum of the others.

    `not_reached`: closed by an act after the attempts that the rules ask for; `tried`: not reached so far, not closed;
    `waiting`: nobody was there yet, or an appointment is made. `refused_soft` are those of `refused` that somebody else
    than the competent person refused.
    """

    issued: int = 0
    completed: int = 0
    partial: int = 0
    refused: int = 0
    refused_soft: int = 0
    ineligible: int = 0
    duplicate: int = 0
    not_reached: int = 0
    tried: int = 0
    waiting: int = 0

    @property
    def open(self) -> int:
        """Firms whose end is not known yet."""
        return self.partial + self.tried + self.waiting


@dataclass(frozen=True, slots=True)
class AreaRates:
    """One area in one size class (`TOTAL`: all of them), with its counts and rates."""

    area: str
    size_class: str
    tally: Tally
    rates: OutcomeRates


def tally(rows: Iterable[FirmRow]) -> Tally:
    """Count the ends of firms."""
    found: dict[str, int] = {}
    for row in rows:
        found["issued"] = found.get("issued", 0) + 1
        end = _end(row)
        found[end] = found.get(end, 0) + 1
        if end == "refused" and row.last_outcome == "5":
            found["refused_soft"] = found.get("refused_soft", 0) + 1
    return Tally(**found)


_ENDS = {
    "4": "refused", "5": "refused", "6": "ineligible", "7": "ineligible", "8": "ineligible", "9": "duplicate",
    "2": "partial", "10": "tried", "11": "tried",
}  # fmt: skip


def _end(row: FirmRow) -> str:
    match row.state:
        case FirmState.COMPLETED:
            return "completed"
        case FirmState.IN_PROGRESS:
            return "partial"
        case FirmState.NOT_INTERVIEWED | FirmState.WAITING | FirmState.UNASSIGNED:
            return _ENDS.get(row.last_outcome, "waiting")
        case FirmState.NOT_REACHED:
            return "not_reached" if row.is_closed else "tried"
        case FirmState.APPOINTED:
            return "waiting"


def field_rates(study: Study) -> tuple[AreaRates, ...]:
    """The rates of every area, its size classes and then the area as a whole; at last the whole study.

    Raises:
        Refused: the person is not staff: whoever asks should not steer by them.
    """
    from kume_desktop.scoring.size_classes import size_order

    only_staff(study)
    rows = [row for row in firm_rows.all_firms(study) if row.is_issued]
    by_area: dict[str, dict[str, list[FirmRow]]] = {area.code: {} for area in study.areas()}
    for row in rows:
        by_area.setdefault(row.area, {}).setdefault(row.size_class or UNKNOWN, []).append(row)
    found: list[AreaRates] = []
    for area, sizes in by_area.items():
        known = sorted(sizes, key=lambda size: (size == UNKNOWN, size_order(size)))
        found += [_rated(area, size, sizes[size]) for size in known if sizes.keys() != {UNKNOWN}]
        found.append(_rated(area, TOTAL, [row for size in known for row in sizes[size]]))
    return (*found, _rated(TOTAL, TOTAL, rows))


UNKNOWN = "?"
"""The size class of firms of which nobody knows it."""


def _rated(area: str, size_class: str, rows: Iterable[FirmRow]) -> AreaRates:
    from kume_desktop.scoring.response import aapor

    counted = tally(rows)
    cases = aapor.Cases(
        complete=counted.completed,
        partial=counted.partial,
        refused=counted.refused,
        noncontact=0,
        other=0,
        unknown=counted.not_reached + counted.tried + counted.waiting,
        ineligible=counted.ineligible + counted.duplicate,
    )
    return AreaRates(area, size_class, counted, aapor.outcome_rates(cases))
