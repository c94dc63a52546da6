"""What to think of before an assignment goes out: firms in two areas, interviewers of a single one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.exchange.packages.parties import LAPTOP
from kume_desktop.problems import Problem, warning
from kume_desktop.services import devices

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import UnitRecord

FEWEST_AREAS = 2
"""An interviewer of one area alone cannot be told apart from it. Own rule; it advises and hinders nothing."""


def of_assignment(study: Study, device_id: str) -> tuple[Problem, ...]:
    """What is worth a look in what a laptop would get; none for a computer of the agency."""
    other = devices.trusted(study).get(device_id)
    if other is None or other.role != LAPTOP:
        return ()
    return tuple(_advice(study, device_id, other.person))


def _advice(study: Study, device_id: str, person: str) -> Iterator[Problem]:
    from kume_desktop.services.packages import selecting
    from kume_desktop.store import reading

    other = devices.trusted(study)[device_id]
    given = selecting.wanted(study, device_id, other).units
    every = reading.units(study.database, study.wave.wave_id)
    own = [unit for unit in every if unit.unit_id in given]
    areas = sorted({unit.area for unit in own if unit.area})
    names = {area.code: area.name_tr for area in study.areas()}
    if not own:
        yield warning("package.advice-no-firms", person=person)
    elif len(areas) < FEWEST_AREAS and len(names) >= FEWEST_AREAS:
        yield warning("package.advice-one-area", person=person, area=", ".join(names.get(one, one) for one in areas))
    for firm, found in _in_two_areas(every, {unit.unit_id for unit in own}):
        told = ", ".join(names.get(one, one) for one in found)
        yield warning("package.advice-two-areas", firm=firm, areas=told)


def _in_two_areas(every: tuple[UnitRecord, ...], given: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Firms of the same tax number, or of the same name and district, that stand in several areas."""
    by_identity: dict[tuple[str, ...], list[UnitRecord]] = {}
    for unit in every:
        by_identity.setdefault(_identity(unit), []).append(unit)
    for same in by_identity.values():
        areas = sorted({unit.area for unit in same if unit.area})
        if len(areas) > 1 and any(unit.unit_id in given for unit in same):
            yield same[0].name or same[0].code, areas


def _identity(unit: UnitRecord) -> tuple[str, ...]:
    if unit.tax_number:
        return (unit.tax_number,)
    name = turkish.fold(unit.name)
    return (name, turkish.fold(unit.district)) if name else (unit.unit_id,)
