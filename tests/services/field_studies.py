"""A study for the field: who works in it, and firms that were tried in many ways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services.studies import Study
from kume_desktop.store import reading, writing


def now() -> datetime:
    return datetime.now().astimezone()


def ago(days: int, hour: int = 10) -> datetime:
    """A moment some days ago, at an hour of the day."""
    return (now() - timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


@contextmanager
def acting(study: Study, person: str, role: str = "interviewer") -> Iterator[Study]:
    """The study as another person has it open."""
    before = study.person, study.role
    study.person, study.role = person, role
    try:
        yield study
    finally:
        study.person, study.role = before


def team(study: Study, *names: str) -> None:
    """Interviewers of the wave."""
    with study.act() as act:
        for name in names:
            writing.add_person(act, name, study.wave.wave_id, "interviewer")


def unit_of(study: Study, area: str = "kimya") -> str:
    return next(unit.unit_id for unit in reading.units(study.database) if unit.area == area)


def refused(call: object, *given: object, **named: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call(*given, **named)  # type: ignore[operator]
    return [one.code for one in refusal.value.problems]
