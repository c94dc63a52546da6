"""Whom to visit on a day: appointments, plans, refusals to be asked again, and what could be done besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem
from kume_desktop.services import field_rules, firm_rows, frame_sources, seasons
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.seasons import AVOID

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import FirmRow

APPOINTMENT, RETRY, FIRST, CONVERSION = "appointment", "retry", "first", "conversion"
_OPEN = frozenset({FirmState.WAITING, FirmState.NOT_REACHED, FirmState.UNASSIGNED})
_AGAIN = frozenset({"2", "3", "10", "11"})
"""Outcomes after which somebody goes again: broken off, an appointment, not reached, nobody competent."""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A firm to go to on a day. `reason`: 'appointment', 'retry', 'first' or 'conversion'.

    `at` is the time of an appointment, `slot` the part of the day that was planned (None: any), `is_overdue`: its day
    is over. `warnings`: what should be known before one goes.
    """

    unit_id: str
    code: str
    name: str
    area: str
    district: str
    at: datetime | None
    reason: str
    address: str
    phone: str
    attempts: int
    last_note: str
    slot: int | None = None
    is_overdue: bool = False
    interviewer: str = ""
    warnings: tuple[Problem, ...] = ()


def planned(study: Study, day: date, interviewer: str = "") -> tuple[PlannedVisit, ...]:
    """The firms to go to on a day, of one interviewer or of all: appointments by time, then plans, then the rest.

    Those whose day is over and where nobody was since come along; so do refusals with those who were asked to go.
    """
    return of_day(study, firm_rows.firms(study), day, interviewer)


def of_day(study: Study, rows: Iterable[FirmRow], day: date, interviewer: str) -> tuple[PlannedVisit, ...]:
    """The same from rows that were read."""
    asked = {one.unit_id: one for one in field_rules.needs_conversion(study) if one.due <= day and one.asked}
    found = []
    for row in rows:
        conversion = asked.get(row.unit_id)
        reason = _due(row, day, converts=conversion is not None)
        whose = conversion.asked if conversion is not None else row.interviewer
        if reason and interviewer in {"", whose}:
            found.append((row, reason))
    return tuple(sorted(_visits(study, day, found), key=_order))


def _due(row: FirmRow, day: date, *, converts: bool) -> str:
    """Why a firm is gone to on a day; '' where it is not."""
    if row.is_closed or not row.is_issued or row.state is FirmState.COMPLETED:
        return ""
    if converts:
        return CONVERSION
    if row.next_at is not None and row.last_outcome in _AGAIN and row.next_at.astimezone().date() <= day:
        return APPOINTMENT if row.last_outcome == field_rules.APPOINTMENT else RETRY
    if row.plan_day and row.plan_day <= day.isoformat():
        return RETRY if row.attempts else FIRST
    return ""


def suggested(study: Study, day: date, interviewer: str = "", most: int = 12) -> tuple[PlannedVisit, ...]:
    """Firms one could go to besides, with nothing planned: those tried longest ago, then those never visited."""
    return besides(study, firm_rows.firms(study), day, interviewer, most)


def besides(study: Study, rows: Iterable[FirmRow], day: date, interviewer: str, most: int) -> tuple[PlannedVisit, ...]:
    """The same from rows that were read; firms whose month is to be avoided come last."""
    found = [row for row in rows if _is_free(row, day) and interviewer in {"", row.interviewer}]
    found.sort(
        key=lambda row: (row.season == AVOID, row.last_at is None, row.last_at.timestamp() if row.last_at else 0.0)
    )
    return tuple(_visits(study, day, [(row, RETRY if row.attempts else FIRST) for row in found[:most]]))


def _is_free(row: FirmRow, day: date) -> bool:
    """Whether nothing is planned with a firm that somebody may go to, and nobody was there on the day."""
    planned_already = row.is_closed or row.plan_day or row.next_at is not None
    if planned_already or not row.is_issued or row.state not in _OPEN:
        return False
    return row.last_at is None or row.last_at.astimezone().date() < day


def _visits(study: Study, day: date, found: Sequence[tuple[FirmRow, str]]) -> Iterator[PlannedVisit]:
    known, parts = seasons.seasons(study), len(field_rules.rules(study).daypart_starts)
    held = _notes(study, [row.unit_id for row, _ in found])
    for row, reason in found:
        said = frame_sources.attributes(study, row.unit_id)
        is_timed = row.next_at is not None and reason in {APPOINTMENT, RETRY} and row.last_outcome in _AGAIN
        at = row.next_at if is_timed else None
        season = seasons.told(known, row.area, day)
        yield PlannedVisit(
            row.unit_id, row.code, row.name, row.area, row.district, at, reason, said.get("address", ""),
            said.get("phone", ""), row.attempts, held.get(row.unit_id, ""), _slot(row, parts),
            _is_over(row, at, day), row.interviewer, (season,) if season else (),
        )  # fmt: skip


def _is_over(row: FirmRow, at: datetime | None, day: date) -> bool:
    if at is not None:
        return at.astimezone().date() < day
    return bool(row.plan_day) and row.plan_day < day.isoformat()


def _slot(row: FirmRow, parts: int) -> int | None:
    """The planned part of the day; None where any will do, or where the day has fewer parts now."""
    return int(row.plan_slot) if row.plan_slot.isdecimal() and int(row.plan_slot) < parts else None


def _notes(study: Study, units: list[str]) -> Mapping[str, str]:
    from kume_desktop.store import field_rows

    found = field_rows.visits_of(study.database, study.wave.wave_id, units)
    return {unit_id: next((one.note for one in reversed(of) if one.note), "") for unit_id, of in found.items()}


def _order(one: PlannedVisit) -> tuple[bool, float, int, str]:
    return (one.at is None, one.at.timestamp() if one.at else 0.0, one.slot if one.slot is not None else 99, one.name)
