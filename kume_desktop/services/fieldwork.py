"""The field: which firms there are, where each stands, who was there and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.problems import Refused, problem
from kume_desktop.services import sittings
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.views import (
    Appointment,
    AreaProgress,
    FirmDetail,
    FirmRow,
    InstrumentCard,
    InterviewCard,
    NewFirm,
    Resume,
    StartView,
    Visit,
)

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import Area
    from kume_desktop.store.records import InterviewRecord, UnitRecord, VisitRecord

OUTCOMES = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")
"""Codes of the choice list `sonuc` of both forms."""
APPOINTMENT, NOT_REACHED = "3", "10"
_CLOSED = frozenset({"4", "5", "6", "7", "8", "9", "11"})
_UNSUCCESSFUL = _CLOSED | {APPOINTMENT, NOT_REACHED}
_TCKN_DIGITS = 11
"""A tax number of this length is a natural person's own number."""


def instruments(study: Study) -> tuple[InstrumentCard, ...]:
    """The instruments of the study, newest versions."""
    return tuple(
        InstrumentCard(one.instrument_id, one.version, one.title_tr, one.title_en, one.content_hash)
        for one in study.instruments()
    )


def firms(study: Study) -> tuple[FirmRow, ...]:
    """Every firm of the study, in Turkish alphabetical order, as it stands in the wave."""
    from kume_desktop.store import reading

    wave_id = study.wave.wave_id
    interviews = _by_unit(reading.interviews(study.database, wave_id=wave_id))
    visits = _by_unit(_visits(study))
    areas = {area.code: area for area in study.areas()}
    expected = _asked_since(study)
    rows = [
        _row(unit, areas, interviews.get(unit.unit_id, ()), visits.get(unit.unit_id, ()), expected)
        for unit in reading.units(study.database, wave_id)
    ]
    return tuple(sorted(rows, key=lambda row: (turkish.sort_key(row.name), row.code)))


def firm_row(study: Study, unit_id: str) -> FirmRow:
    """One firm; KeyError where the study has none of that id."""
    from kume_desktop.store import reading

    areas = {area.code: area for area in study.areas()}
    wave_id = study.wave.wave_id
    interviews = reading.interviews(study.database, unit_id=unit_id, wave_id=wave_id)
    unit = reading.unit_record(study.database, unit_id, wave_id)
    return _row(unit, areas, interviews, _visits(study, unit_id), _asked_since(study))


def _asked_since(study: Study) -> Mapping[str, datetime]:
    """Each instrument of the study with the moment of its first version."""
    since: dict[str, datetime] = {}
    for one in study.all_instruments():
        since[one.instrument_id] = min(one.installed_at, since.get(one.instrument_id, one.installed_at))
    return since


def _visits(study: Study, unit_id: str | None = None) -> list[VisitRecord]:
    """The contact attempts of the wave, at one firm or at all."""
    from kume_desktop.store import reading

    return [one for one in reading.visits(study.database, unit_id) if one.wave_id == study.wave.wave_id]


def firm(study: Study, unit_id: str) -> FirmDetail:
    """One firm with its interviews and visits, newest first."""
    from kume_desktop.store import reading

    records = reading.interviews(study.database, unit_id=unit_id, wave_id=study.wave.wave_id)
    visits = _visits(study, unit_id)
    return FirmDetail(
        row=firm_row(study, unit_id),
        interviews=tuple(_card(study, record) for record in records),
        visits=tuple(
            Visit(one.at, one.outcome, one.note, one.next_at, one.by)
            for one in sorted(visits, key=lambda visit: visit.at, reverse=True)
        ),
    )


def _by_unit(records: Iterable[InterviewRecord | VisitRecord]) -> dict[str, list]:  # type: ignore[type-arg]
    found: dict[str, list] = {}  # type: ignore[type-arg]
    for record in records:
        found.setdefault(record.unit_id, []).append(record)
    return found


def _row(
    unit: UnitRecord,
    areas: Mapping[str, Area],
    interviews: Iterable[InterviewRecord],
    visits: Iterable[VisitRecord],
    expected: Mapping[str, datetime],
) -> FirmRow:
    counted, seen = [one for one in interviews if one.counts], list(visits)
    area = areas.get(unit.area)
    return FirmRow(
        unit_id=unit.unit_id,
        code=unit.code,
        name=unit.name,
        area=unit.area,
        area_name_tr=area.name_tr if area else "",
        area_name_en=area.name_en if area else "",
        district=unit.district,
        size_class=unit.size_class,
        frame_nace=unit.nace,
        field_nace=unit.field_nace,
        interviewer=unit.interviewer,
        state=firm_state(counted, seen, expected, assigned=bool(unit.interviewer)),
        answered=sum(one.summary.answered for one in counted),
        asked=sum(one.summary.asked for one in counted),
        visits=len(seen),
    )


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
) -> FirmState:
    """Where a firm stands: an open interview first, then the outcome of the last visit, then what was completed.

    `expected`: the instruments of the study and since when it has them.
    """
    begun = list(interviews)
    last = max(visits, key=lambda visit: visit.at, default=None)
    if any(one.state != "completed" for one in begun):
        return FirmState.IN_PROGRESS
    if begun and (last is None or last.outcome not in _UNSUCCESSFUL):
        missing = _needed(begun, expected) - {one.instrument_id for one in begun}
        return FirmState.IN_PROGRESS if missing else FirmState.COMPLETED
    if last is None:
        return FirmState.WAITING if assigned else FirmState.UNASSIGNED
    if last.outcome == APPOINTMENT:
        return FirmState.APPOINTED
    if last.outcome == NOT_REACHED:
        return FirmState.NOT_REACHED
    return FirmState.NOT_INTERVIEWED if last.outcome in _CLOSED else FirmState.WAITING


def _card(study: Study, record: InterviewRecord) -> InterviewCard:
    titles = next(one for one in study.all_instruments() if one.version_id == record.version_id)
    return InterviewCard(
        interview_id=record.interview_id,
        instrument_id=record.instrument_id,
        instrument_title_tr=titles.title_tr,
        instrument_title_en=titles.title_en,
        instrument_version=titles.version,
        state=record.state,
        answered=record.summary.answered,
        asked=record.summary.asked,
        warnings=record.summary.warnings,
        last_at=record.last_at,
        last_question=record.summary.last_question,
        last_section=record.summary.last_section,
    )


def add_firm(study: Study, wanted: NewFirm) -> str:
    """Add a firm by hand and return its id; the code is the next free one.

    Raises:
        Refused: no name, an unknown area, or a firm of that name in the same district.
    """
    from kume_desktop.store import reading, writing

    units = reading.units(study.database)
    if not wanted.name.strip():
        raise Refused(problem("study.firm-no-name"))
    if wanted.area not in {area.code for area in study.areas()}:
        raise Refused(problem("study.unknown-area", area=wanted.area))
    same = (turkish.fold(wanted.name.strip()), turkish.fold(wanted.district))
    if any((turkish.fold(unit.name), turkish.fold(unit.district)) == same for unit in units):
        raise Refused(problem("study.firm-exists", name=wanted.name.strip(), district=wanted.district))
    with study.act() as act:
        return writing.add_unit(
            act,
            {
                "code": _next_code(unit.code for unit in units),
                "name": wanted.name.strip(),
                "area": wanted.area,
                "district": wanted.district,
                "nace": wanted.nace,
                "nace_revision": "2" if wanted.nace else "",
                "size_class": wanted.size_class,
                "tax_number": wanted.tax_number.strip(),
            },
            natural_person=len(wanted.tax_number.strip()) == _TCKN_DIGITS,
        )


def _next_code(codes: Iterable[str]) -> str:
    numbers = [int(code[1:]) for code in codes if code[:1] == "F" and code[1:].isdecimal()]
    return f"F{max(numbers, default=0) + 1:04d}"


def record_visit(study: Study, unit_id: str, outcome: str, note: str = "", next_at: datetime | None = None) -> None:
    """Write a contact attempt down.

    Raises:
        Refused: an unknown outcome code, or an appointment without its time.
    """
    from kume_desktop.store import writing

    if outcome not in OUTCOMES:
        raise Refused(problem("study.unknown-outcome", outcome=outcome))
    if outcome == APPOINTMENT and next_at is None:
        raise Refused(problem("study.appointment-without-time"))
    with study.act() as act:
        writing.record_visit(act, study.wave.wave_id, unit_id, outcome, note=note, next_at=next_at)


def start_view(study: Study) -> StartView:
    """Where was I, what is due, how far are the areas."""
    rows = firms(study)
    names = {row.unit_id: row for row in rows}
    return StartView(
        head=study.head(),
        resume=_resume(study, names),
        appointments=tuple(_appointments(_visits(study), names)),
        progress=tuple(_progress(study, rows)),
        unclean_exit=sittings.last_ended_badly(),
    )


def _resume(study: Study, names: Mapping[str, FirmRow]) -> Resume | None:
    from kume_desktop.store import reading

    held = reading.interviews(study.database, wave_id=study.wave.wave_id)
    begun = [one for one in held if one.state == "open" and one.last_at is not None]
    latest = max(begun, key=lambda one: one.last_at or one.opened_at, default=None)
    if latest is None:
        return None
    return Resume(latest.unit_id, names[latest.unit_id].name, _card(study, latest))


def _appointments(visits: Iterable[VisitRecord], names: Mapping[str, FirmRow]) -> Iterable[Appointment]:
    """Appointments from today on, of firms whose last visit made one."""
    today = datetime.now().astimezone().date()
    latest: dict[str, VisitRecord] = {}
    for visit in visits:
        if visit.unit_id not in latest or visit.at > latest[visit.unit_id].at:
            latest[visit.unit_id] = visit
    due = [one for one in latest.values() if one.next_at is not None and one.next_at.astimezone().date() >= today]
    for visit in sorted(due, key=lambda one: one.next_at or one.at):
        row = names[visit.unit_id]
        if visit.next_at is not None and row.state is FirmState.APPOINTED:
            yield Appointment(visit.next_at, visit.unit_id, row.name, row.district)


def _progress(study: Study, rows: Iterable[FirmRow]) -> Iterable[AreaProgress]:
    listed = list(rows)
    for area in study.areas():
        own = [row for row in listed if row.area == area.code]
        done = sum(row.state is FirmState.COMPLETED for row in own)
        yield AreaProgress(area.code, area.name_tr, area.name_en, done, len(own))
