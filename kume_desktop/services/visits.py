"""Contact attempts: written when they happened or later, corrected by a later entry, planned, and given to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem, warning
from kume_desktop.services import field_rules, reserve, seasons
from kume_desktop.services.assigning import ask_conversion, assign, assign_each, interviewers
from kume_desktop.services.field_rules import close, reopen
from kume_desktop.services.planned import PlannedVisit, planned, suggested
from kume_desktop.services.studies import STAFF

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import VisitRecord

__all__ = (
    "APPOINTMENT", "MODES", "OUTCOMES", "Correction", "PlannedVisit", "Recorded", "VisitVersion", "ask_conversion",
    "assign", "assign_each", "close", "correct", "history", "interviewers", "of_unit", "plan", "planned", "record",
    "reopen", "restore", "suggested", "withdraw",
)  # fmt: skip
OUTCOMES = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")
"""Codes of the choice list `sonuc` of both forms."""
MODES = ("face", "phone", "online", "letter", "")
APPOINTMENT = field_rules.APPOINTMENT
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A contact attempt as it was stored, and what should be known about it (warnings only)."""

    visit_id: str
    told: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitVersion:
    """What was once said about a contact attempt, when and by whom; the last one of a list holds."""

    written_at: datetime
    written_by: str
    at: datetime
    outcome: str
    next_at: datetime | None
    mode: str
    is_hard: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """What a contact attempt really was; None leaves a part as it is. `no_next` takes its appointment away."""

    outcome: str | None = None
    note: str | None = None
    at: datetime | None = None
    next_at: datetime | None = None
    no_next: bool = False
    mode: str | None = None
    is_hard: bool | None = None


def record(
    study: Study, unit_id: str, outcome: str, note: str = "", next_at: datetime | None = None,
    at: datetime | None = None, mode: str = "", *, is_hard: bool = False,
) -> Recorded:  # fmt: skip
    """Write a contact attempt down, of now or of a moment (`at`) that is past; a closed firm is open again then.

    Raises:
        Refused: an unknown outcome or mode, an appointment without its time or before the visit, a moment to come, a
            firm that waits in the reserve; all at once.
    """
    from kume_desktop.store import field_rows, writing

    _refuse_far(at, next_at)
    now = datetime.now().astimezone()
    when = (at or now).astimezone()
    next_at = _local(next_at)
    _check(study, unit_id, _wrong(outcome, next_at, when, now, mode, is_hard=is_hard))
    told = tuple(_told(study, unit_id, when))
    wave_id = study.wave.wave_id
    decided = field_rows.cases(study.database, wave_id, unit_id).get(unit_id)
    with study.act() as act:
        visit_id = writing.record_visit(
            act, wave_id, unit_id, outcome, note=note, next_at=next_at, at=when if at else None, mode=mode,
            is_hard=is_hard,
        )  # fmt: skip
        if decided is not None and decided.is_closed:
            writing.close_firm(act, wave_id, unit_id, closed=False)
        if decided is not None and decided.plan_day and decided.plan_day <= when.date().isoformat():
            writing.plan_visit(act, wave_id, unit_id, "")
    return Recorded(visit_id, told)


def _refuse_far(*moments: date | None) -> None:
    """Refuse a year that nobody means, before anything is worked out with it."""
    far = field_rules.far_days(*moments)
    if far:
        raise Refused(*far)


def _check(study: Study, unit_id: str, found: Iterator[Problem]) -> None:
    wrong = list(found)
    waiting = reserve.may_open(study, unit_id)
    if waiting is not None:
        wrong.append(waiting)
    if wrong:
        raise Refused(*wrong)


def _wrong(
    outcome: str, next_at: datetime | None, at: datetime, now: datetime, mode: str, *, is_hard: bool
) -> Iterator[Problem]:
    if outcome not in OUTCOMES:
        yield problem("study.unknown-outcome", outcome=outcome)
    if outcome == APPOINTMENT and next_at is None:
        yield problem("study.appointment-without-time")
    if mode not in MODES:
        yield problem("visit.unknown-mode", mode=mode)
    if at > now + _MINUTE:
        yield problem("visit.in-future", at=at.strftime("%d.%m.%Y %H:%M"))
    if next_at is not None and next_at.astimezone().date() < at.date():
        yield problem("visit.next-before", next=next_at.astimezone().strftime("%d.%m.%Y"), at=at.strftime("%d.%m.%Y"))
    if is_hard and outcome not in field_rules.REFUSALS:
        yield problem("visit.hard-without-refusal")


def _told(study: Study, unit_id: str, at: datetime) -> Iterator[Problem]:
    """What should be known about a visit: its season, and that the firm refused this very person."""
    from kume_desktop.store import reading

    area = reading.unit_record(study.database, unit_id, study.wave.wave_id).area
    season = seasons.told(seasons.seasons(study), area, at.date())
    if season is not None:
        yield season
    before = [one for one in of_unit(study, unit_id) if one.at < at]
    rules, last = field_rules.rules(study), field_rules.last_of(before)
    if last is None or last.outcome not in field_rules.REFUSALS:
        return
    if any(one.is_hard for one in before):
        yield warning("advice.never-again")
    elif rules.conversion_by_other and study.person in {
        one.by for one in before if one.outcome in field_rules.REFUSALS
    }:
        yield warning("visit.same-person", person=study.person)


def of_unit(study: Study, unit_id: str) -> tuple[VisitRecord, ...]:
    """The contact attempts of a firm in the wave, the oldest first."""
    from kume_desktop.store import field_rows

    return field_rows.visits_of(study.database, study.wave.wave_id, [unit_id]).get(unit_id, ())


def correct(study: Study, visit_id: str, said: Correction) -> Recorded:
    """Say what a contact attempt really was; a new entry names the old one, and who made it stays.

    Raises:
        Refused: no such visit, one of somebody else (staff correct those too), and what `record` refuses.
    """
    held = _own(study, visit_id)
    _refuse_far(said.at, said.next_at)
    told = _corrected(held, said)
    now = datetime.now().astimezone()
    wrong = _wrong(told.outcome, told.next_at, told.at, now, told.mode, is_hard=told.is_hard)
    _check(study, held.unit_id, wrong)
    _rewrite(study, told, held)
    return Recorded(visit_id, tuple(_told(study, held.unit_id, told.at)))


def _corrected(held: VisitRecord, said: Correction) -> VisitRecord:
    outcome = held.outcome if said.outcome is None else said.outcome
    hard = held.is_hard and outcome in field_rules.REFUSALS if said.is_hard is None else said.is_hard
    return replace(
        held,
        outcome=outcome,
        note=held.note if said.note is None else said.note,
        at=(said.at or held.at).astimezone(),
        next_at=None if said.no_next else _local(said.next_at) or held.next_at,
        mode=held.mode if said.mode is None else said.mode,
        is_hard=hard,
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone() if moment is not None else None


def withdraw(study: Study, visit_id: str) -> None:
    """Take a contact attempt back that never happened; the log keeps it, and `restore` brings it back."""
    held = _own(study, visit_id)
    _rewrite(study, held, held, is_withdrawn=True)


def restore(study: Study, visit_id: str) -> None:
    """Bring back a contact attempt that was taken back."""
    held = _own(study, visit_id)
    _rewrite(study, held, held)


def _own(study: Study, visit_id: str) -> VisitRecord:
    from kume_desktop.store import field_rows

    found = field_rows.visit_record(study.database, visit_id)
    if found is None or found.wave_id != study.wave.wave_id:
        raise Refused(problem("visit.unknown"))
    if study.role != STAFF and found.by != study.person:
        raise Refused(problem("visit.of-other", by=found.by))
    return found


def _rewrite(study: Study, told: VisitRecord, held: VisitRecord, *, is_withdrawn: bool = False) -> None:
    from kume_desktop.store import writing

    with study.act() as act:
        writing.correct_visit(act, told, before=held, is_withdrawn=is_withdrawn)


def history(study: Study, visit_id: str) -> tuple[VisitVersion, ...]:
    """Everything that was ever said about a contact attempt, the oldest first."""
    import json

    from kume_desktop.store import reading
    from kume_desktop.store.events import EventKind

    found = []
    for one in reading.events(study.database, visit_id):
        if one.kind == EventKind.VISIT and one.value:
            said = json.loads(one.value)
            at, next_at = said.get("at"), said.get("next_at")
            found.append(
                VisitVersion(
                    one.at, one.author, datetime.fromisoformat(at).astimezone() if at else one.at,
                    str(said.get("outcome", "")), datetime.fromisoformat(next_at).astimezone() if next_at else None,
                    str(said.get("mode", "")), bool(said.get("hard")), bool(said.get("withdrawn")),
                )
            )  # fmt: skip
    return tuple(found)


def plan(study: Study, unit_id: str, day: date | None, slot: int | None = None) -> tuple[Problem, ...]:
    """Plan to go to a firm on a day, in a part of it (counted from 0) or any; None takes the plan back.

    Returns what should be known about the day (warnings only).

    Raises:
        Refused: a day that is over, an unknown part of the day, a firm that waits in the reserve.
    """
    from kume_desktop.store import reading, writing

    _refuse_far(day)
    parts = len(field_rules.rules(study).daypart_starts)
    wrong = []
    if day is not None and day < datetime.now().astimezone().date():
        wrong.append(problem("visit.plan-over", day=day.strftime("%d.%m.%Y")))
    if slot is not None and not 0 <= slot < parts:
        wrong.append(problem("visit.unknown-part", parts=parts))
    _check(study, unit_id, iter(wrong))
    with study.act() as act:
        told_slot = "" if slot is None or day is None else str(slot)
        writing.plan_visit(act, study.wave.wave_id, unit_id, day.isoformat() if day else "", told_slot)
    area = reading.unit_record(study.database, unit_id, study.wave.wave_id).area
    season = seasons.told(seasons.seasons(study), area, day) if day else None
    return (season,) if season else ()
