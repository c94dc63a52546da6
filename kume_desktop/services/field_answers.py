"""What the window asks its companion of the fieldwork: the list of a day, the reserve, the rates.

Each of them reads all firms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Problem, Severity
from kume_desktop.services.day_list import DayList, OpenInterview, day_list
from kume_desktop.services.planned import PlannedVisit

if TYPE_CHECKING:
    from kume_desktop.services.field_rates import AreaRates
    from kume_desktop.services.reserve import AreaReserve
    from kume_desktop.services.studies import Study

DAY, RESERVE, RATES = "day-list", "reserve", "field-rates"
"""The verbs of the companion; `day` and `interviewer` name a list."""


def day(study: Study, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `DAY`."""
    found = day_list(study, date.fromisoformat(asked["day"]), asked["interviewer"])
    return {
        "day": asked["day"],
        "interviewer": found.interviewer,
        "visits": [_told(one) for one in found.visits],
        "suggestions": [_told(one) for one in found.suggestions],
        "open": [asdict(one) for one in found.open_interviews],
    }


def _told(visit: PlannedVisit) -> dict[str, Any]:
    warnings = [{"code": one.code, "params": dict(one.params)} for one in visit.warnings]
    at = visit.at.isoformat() if visit.at is not None else None
    return {**asdict(replace(visit, warnings=())), "warnings": warnings, "at": at}


def day_of(answer: Mapping[str, Any]) -> DayList:
    """Read an answer to `DAY`."""
    return DayList(
        day=date.fromisoformat(answer["day"]),
        interviewer=answer["interviewer"],
        visits=tuple(_visit(one) for one in answer["visits"]),
        open_interviews=tuple(OpenInterview(**one) for one in answer["open"]),
        suggestions=tuple(_visit(one) for one in answer["suggestions"]),
    )


def _visit(told: Mapping[str, Any]) -> PlannedVisit:
    warnings = tuple(Problem(one["code"], one["params"], severity=Severity.WARNING) for one in told["warnings"])
    at = datetime.fromisoformat(told["at"]) if told["at"] else None
    return PlannedVisit(**{**told, "warnings": warnings, "at": at})


def reserve(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `RESERVE`."""
    from kume_desktop.services.reserve import state

    return {"areas": [_area_told(one) for one in state(study)]}


def _area_told(one: AreaReserve) -> dict[str, Any]:
    told = asdict(one)
    for batch in told["batches"]:
        batch["released_at"] = batch["released_at"].isoformat() if batch["released_at"] else None
    return told


def reserve_of(answer: Mapping[str, Any]) -> tuple[AreaReserve, ...]:
    """Read an answer to `RESERVE`."""
    return tuple(_area_of(one) for one in answer["areas"])


def _area_of(told: Mapping[str, Any]) -> AreaReserve:
    from kume_desktop.services.reserve import AreaReserve, Batch

    batches = [
        Batch(**{**one, "released_at": datetime.fromisoformat(one["released_at"]) if one["released_at"] else None})
        for one in told["batches"]
    ]
    return AreaReserve(**{**told, "batches": tuple(batches)})


def rates(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    """Answer `RATES`."""
    from kume_desktop.services.field_rates import field_rates

    return {"rates": [asdict(one) for one in field_rates(study)]}


def rates_of(answer: Mapping[str, Any]) -> tuple[AreaRates, ...]:
    """Read an answer to `RATES`."""
    from kume_desktop.scoring.response.aapor import OutcomeRates
    from kume_desktop.services.field_rates import AreaRates, Tally

    return tuple(
        AreaRates(one["area"], one["size_class"], Tally(**one["tally"]), OutcomeRates(**one["rates"]))
        for one in answer["rates"]
    )
