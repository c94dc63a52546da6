"""The field: which firms there are, where each stands, who was there and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.problems import Problem, Refused, problem, warning
from kume_desktop.services import field_rules, frame_sources, paper_facts, reserve, seasons, sittings, visits
from kume_desktop.services.firm_rows import all_firms, changed_since, firm_row, firm_state, firms
from kume_desktop.services.firm_state import FirmState
from kume_desktop.services.review import queries
from kume_desktop.services.studies import STAFF
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
    from kume_desktop.store.records import InterviewRecord, VisitRecord

__all__ = (
    "OUTCOMES", "add_firm", "all_firms", "changed_since", "firm", "firm_row", "firm_state", "firms", "instruments",
    "record_visit", "start_view",
)  # fmt: skip
OUTCOMES = visits.OUTCOMES
_TCKN_DIGITS = 11
"""A tax number of this length is a natural person's own number."""


def instruments(study: Study) -> tuple[InstrumentCard, ...]:
    """The instruments of the study, newest versions."""
    return tuple(
        InstrumentCard(one.instrument_id, one.version, one.title_tr, one.title_en, one.content_hash)
        for one in study.instruments()
    )


def firm(study: Study, unit_id: str) -> FirmDetail:
    """One firm with its interviews and visits, newest first, its lists, and what to do next.

    Raises:
        Refused: there is no such firm, or it waits in the reserve and the person is not staff.
    """
    from kume_desktop.store import reading

    row = firm_row(study, unit_id)
    if not row.is_issued and study.role != STAFF:
        raise Refused(reserve.may_open(study, unit_id) or problem("study.unit-missing"))
    records = reading.interviews(study.database, unit_id=unit_id, wave_id=study.wave.wave_id)
    held = visits.of_unit(study, unit_id)
    sources = frame_sources.sources(study, unit_id)
    return FirmDetail(
        row=row,
        interviews=tuple(_card(study, record) for record in records),
        visits=tuple(
            Visit(one.at, one.outcome, one.note, one.next_at, one.by, one.visit_id, one.mode, one.is_hard)
            for one in reversed(held)
        ),
        sources=sources,
        advice=(*_advice(study, row, held), *frame_sources.differences(sources)),
        closing=field_rules.may_close(study, unit_id),
    )


def _advice(study: Study, row: FirmRow, held: Sequence[VisitRecord]) -> Iterator[Problem]:
    """What to do next with a firm, and what should be known before somebody goes."""
    now = datetime.now().astimezone()
    if row.is_closed:
        yield warning("advice.closed")
    elif row.state not in {FirmState.COMPLETED, FirmState.IN_PROGRESS}:
        yield from field_rules.advise(field_rules.rules(study), held, now)
    if row.conversion:
        yield warning("advice.asked-of", person=row.conversion)
    season = seasons.told(seasons.seasons(study), row.area, now.date())
    if season is not None and row.state is not FirmState.COMPLETED:
        yield season


def _card(study: Study, record: InterviewRecord) -> InterviewCard:
    from kume_desktop.services import respondents
    from kume_desktop.store import reading

    titles = next(one for one in study.all_instruments() if one.version_id == record.version_id)
    heads = reading.heads(study.database, record.interview_id)
    paper = paper_facts.facts_in(heads)
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
        paper=paper.asked_on.isoformat() if paper is not None else "",
        joined=tuple(one.who for one in respondents.of_heads(heads)),
        questions=0 if record.state == "completed" else sum(one.is_open for one in queries.of_heads(heads).values()),
    )


def add_firm(study: Study, wanted: NewFirm) -> str:
    """Add a firm by hand and return its id; the code is the next free one.

    Raises:
        Refused: no name, an unknown area, or a firm of that name in the same district.
    """
    from kume_desktop.store import field_rows, reading, writing

    units = reading.units(study.database)
    if not wanted.name.strip():
        raise Refused(problem("study.firm-no-name"))
    if wanted.area not in {area.code for area in study.areas()}:
        raise Refused(problem("study.unknown-area", area=wanted.area))
    if study.role != STAFF and wanted.area in field_rows.released(study.database, study.wave.wave_id):
        raise Refused(problem("reserve.not-added", area=wanted.area))
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
    """Write a contact attempt of now down; see `visits.record`.

    Raises:
        Refused: an unknown outcome code, or an appointment without its time.
    """
    visits.record(study, unit_id, outcome, note, next_at)


def start_view(study: Study, held: Sequence[FirmRow] | None = None) -> StartView:
    """Where was I, what is due, how far are the areas; of `held` where firms (or some of them) were read already."""
    rows = firms(study) if held is None else held
    names = {row.unit_id: row for row in rows}
    return StartView(
        head=study.head(),
        resume=_resume(study, names),
        appointments=tuple(_appointments(rows)),
        progress=tuple(_progress(study, rows)),
        unclean_exit=sittings.last_ended_badly(),
    )


def _resume(study: Study, names: Mapping[str, FirmRow]) -> Resume | None:
    from kume_desktop.store import reading

    held = reading.interviews(study.database, wave_id=study.wave.wave_id)
    # The demonstration belongs to whoever tries it; in a study nobody goes on with somebody else's interview.
    mine = [one for one in held if one.interviewer in {"", study.person} or study.record.demonstration]
    begun = [one for one in mine if one.state == "open" and one.last_at is not None and one.unit_id in names]
    latest = max(begun, key=lambda one: one.last_at or one.opened_at, default=None)
    if latest is None:
        return None
    return Resume(latest.unit_id, names[latest.unit_id].name, _card(study, latest))


def _appointments(rows: Iterable[FirmRow]) -> Iterator[Appointment]:
    """Appointments from today on, of firms whose last visit made one, the next one first."""
    today = datetime.now().astimezone().date()
    due = [(row.next_at, row) for row in rows if row.state is FirmState.APPOINTED and row.next_at is not None]
    for at, row in sorted(due, key=lambda one: (one[0], one[1].code)):
        if at.astimezone().date() >= today:
            yield Appointment(at, row.unit_id, row.name, row.district)


def _progress(study: Study, rows: Iterable[FirmRow]) -> Iterable[AreaProgress]:
    listed = list(rows)
    for area in study.areas():
        own = [row for row in listed if row.area == area.code and row.is_issued]
        done = sum(row.state is FirmState.COMPLETED for row in own)
        yield AreaProgress(area.code, area.name_tr, area.name_en, done, len(own))
