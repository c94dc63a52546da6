"""The list of one day: where to go and when, and which interviews wait to be finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kume_desktop.services import firm_rows, planned
from kume_desktop.services.planned import PlannedVisit

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study


@dataclass(frozen=True, slots=True)
class OpenInterview:
    """An interview that was begun and not completed."""

    unit_id: str
    firm: str
    instrument_id: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class DayList:
    """A day of an interviewer ('' for everybody): planned visits in their order, then what could be done besides."""

    day: date
    interviewer: str
    visits: tuple[PlannedVisit, ...]
    open_interviews: tuple[OpenInterview, ...]
    suggestions: tuple[PlannedVisit, ...] = ()


def day_list(study: Study, day: date, interviewer: str = "", suggestions: int = 12) -> DayList:
    """The list of a day."""
    rows = firm_rows.firms(study)
    visits = planned.of_day(study, rows, day, interviewer)
    taken = {one.unit_id for one in visits}
    more = planned.besides(study, rows, day, interviewer, suggestions)
    return DayList(
        day=day,
        interviewer=interviewer,
        visits=visits,
        open_interviews=_open_interviews(study, interviewer),
        suggestions=tuple(one for one in more if one.unit_id not in taken),
    )


def _open_interviews(study: Study, interviewer: str) -> tuple[OpenInterview, ...]:
    from kume_desktop.store import reading

    source, wave_id = study.database, study.wave.wave_id
    begun = [one for one in reading.interviews(source, wave_id=wave_id) if one.counts and one.state != "completed"]
    mine = [one for one in begun if interviewer in {"", one.interviewer}]
    names = {one.unit_id: one.name for one in reading.units(source)} if mine else {}
    return tuple(
        OpenInterview(
            one.unit_id, names.get(one.unit_id, ""), one.instrument_id, one.summary.answered, one.summary.asked
        )
        for one in mine
    )
