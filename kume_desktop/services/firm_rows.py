"""The list of firms: each as it stands in the wave, 20,000 of them in about a second.

What became of a firm is counted by the database; only what was begun is read interview by interview.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.services import handed_over, seasons
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.studies import STAFF
from kume_desktop.services.views import FirmRow

if TYPE_CHECKING:
    from kume_desktop.services.seasons import Season
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import Area
    from kume_desktop.store.field_rows import Case, Tried
    from kume_desktop.store.records import InterviewRecord, UnitRecord, VisitRecord

APPOINTMENT, NOT_REACHED, NOBODY_COMPETENT = "3", "10", "11"
_CLOSED = frozenset({"4", "5", "6", "7", "8", "9", "11"})
_UNSUCCESSFUL = _CLOSED | {APPOINTMENT, NOT_REACHED}
INTERVIEWED = frozenset({FirmState.IN_PROGRESS, FirmState.COMPLETED})
"""States of firms that were reached: an act that closed them before holds no more."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is needed of the study to make rows, read once."""

    areas: Mapping[str, Area]
    expected: Mapping[str, datetime]
    seasons: Mapping[str, Season]
    released: Mapping[str, int]
    interviews: Mapping[str, Sequence[InterviewRecord]]
    tried: Mapping[str, Tried]
    cases: Mapping[str, Case]
    batches: Mapping[str, int]
    before: Mapping[str, int]
    handed: Mapping[str, frozenset[str]]

    def row(self, unit: UnitRecord) -> FirmRow:
        """A firm as the list shows it."""
        held = self.interviews.get(unit.unit_id, ())
        counted = [one for one in held if one.counts]
        tried, case = self.tried.get(unit.unit_id), self.cases.get(unit.unit_id)
        batch = self.batches.get(unit.unit_id)
        area, season = self.areas.get(unit.area), self.seasons.get(unit.area)
        last, closed = tried.last_outcome if tried else "", bool(case and case.is_closed)
        handed = self.handed.get(unit.unit_id, frozenset())
        state = _state(counted, last, self.expected, assigned=bool(unit.interviewer), closed=closed, handed=handed)
        # Positions, not names: this is made twenty thousand times while a person waits.
        return FirmRow(
            unit.unit_id, unit.code, unit.name, unit.area, area.name_tr if area else "", area.name_en if area else "",
            unit.district, unit.size_class, unit.nace, unit.field_nace, unit.interviewer, state,
            sum(one.summary.answered for one in counted), sum(one.summary.asked for one in counted),
            tried.visits if tried else 0, tried.attempts if tried else 0, last, tried.next_at if tried else None,
            is_issued(unit.area, batch, self.released, was_there=bool(tried or held)),
            str(batch) if batch else "", season.kind if season else "", self.before.get(unit.unit_id, 0),
            case.conversion if case else "", closed and state not in INTERVIEWED, case.plan_day if case else "",
            case.plan_slot if case else "", tried.last_at if tried else None,
        )  # fmt: skip


def is_issued(area: str, batch: int | None, released: Mapping[str, int], *, was_there: bool) -> bool:
    """Whether a firm is in the field: its area was not drawn, its batch is released, or somebody was there anyway."""
    if was_there or area not in released:
        return True
    return batch is not None and batch <= released[area]


def _known(study: Study, unit_id: str | None = None) -> _Known:
    from kume_desktop.store import field_rows, reading

    source, wave_id = study.database, study.wave.wave_id
    month = datetime.now().astimezone().month
    interviews: dict[str, list[InterviewRecord]] = {}
    for one in reading.interviews(source, unit_id=unit_id, wave_id=wave_id):
        interviews.setdefault(one.unit_id, []).append(one)
    released = field_rows.released(source, wave_id)
    return _Known(
        areas={area.code: area for area in study.areas()},
        expected=asked_since(study),
        seasons=seasons.of_month(seasons.seasons(study), month),
        released=released,
        interviews=interviews,
        tried=field_rows.tried(source, wave_id, unit_id),
        cases=field_rows.cases(source, wave_id, unit_id),
        batches=field_rows.batches(source, wave_id, unit_id) if released else {},
        before=field_rows.waves_before(source, wave_id, unit_id),
        handed=handed_over.handed_over(study),
    )


def asked_since(study: Study) -> Mapping[str, datetime]:
    """Each instrument of the study with the moment of its first version."""
    since: dict[str, datetime] = {}
    for one in study.all_instruments():
        since[one.instrument_id] = min(one.installed_at, since.get(one.instrument_id, one.installed_at))
    return since


def all_firms(study: Study) -> tuple[FirmRow, ...]:
    """Every firm of the study, in Turkish alphabetical order, those in the reserve too."""
    from kume_desktop.store import reading

    known = _known(study)
    return tuple(known.row(unit) for unit in reading.units(study.database, study.wave.wave_id))


def firms(study: Study) -> tuple[FirmRow, ...]:
    """The firms that a person sees: all for staff, for others those that are issued."""
    found = all_firms(study)
    return found if study.role == STAFF else tuple(row for row in found if row.is_issued)


def firm_row(study: Study, unit_id: str) -> FirmRow:
    """One firm, read by itself.

    Raises:
        Refused: `study.unit-missing`.
    """
    from kume_desktop.store import reading

    return _known(study, unit_id).row(reading.unit_record(study.database, unit_id, study.wave.wave_id))


def newest(study: Study) -> int:
    """The number of the log's newest entry, for `changed_since` later on."""
    from kume_desktop.store import news

    return news.newest(study.database)


def changed_since(study: Study, number: int) -> frozenset[str] | None:
    """The firms about which something arrived after an entry of the log; None where all are to be read anew."""
    from kume_desktop.store import field_rows

    return field_rows.changed_units(study.database, number)


def _needed(completed: Sequence[InterviewRecord], expected: Mapping[str, datetime]) -> set[str]:
    """What a firm has to answer: the study's first instruments, and later ones that came before the firm was done.

    An instrument that is added afterwards does not reopen the firms that had answered everything.
    """
    first = min(expected.values())
    last = max((one.completed_at for one in completed if one.completed_at is not None), default=first)
    return {name for name, since in expected.items() if since <= max(first, last)}


def firm_state(
    interviews: Iterable[InterviewRecord],
    visits: Iterable[VisitRecord],
    expected: Mapping[str, datetime],
    *,
    assigned: bool,
    closed: bool = False,
) -> FirmState:
    """Where a firm stands: an open interview first, then the outcome of the last visit, then what was completed.

    `expected`: the instruments of the study and since when it has them. `closed`: nobody goes there any more.
    """
    last = max(visits, key=lambda visit: (visit.at, visit.visit_id), default=None)
    return _state(list(interviews), last.outcome if last else "", expected, assigned=assigned, closed=closed)


def _state(
    begun: Sequence[InterviewRecord],
    last: str,
    expected: Mapping[str, datetime],
    *,
    assigned: bool,
    closed: bool,
    handed: frozenset[str] = frozenset(),
) -> FirmState:
    if begun and any(one.state != "completed" for one in begun):
        return FirmState.IN_PROGRESS
    if (begun or handed) and last not in _UNSUCCESSFUL:
        missing = _needed(begun, expected) - {one.instrument_id for one in begun} - handed
        return FirmState.IN_PROGRESS if missing else FirmState.COMPLETED
    return _without_interview(last, assigned=assigned, closed=closed)


def _without_interview(last: str, *, assigned: bool, closed: bool) -> FirmState:
    if last in _CLOSED and not (closed and last == NOBODY_COMPETENT):
        return FirmState.NOT_INTERVIEWED
    if closed or last == NOT_REACHED:
        return FirmState.NOT_REACHED
    if last == APPOINTMENT:
        return FirmState.APPOINTED
    return FirmState.WAITING if assigned or last else FirmState.UNASSIGNED
