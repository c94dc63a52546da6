"""Frame totals: how many firms the whole list of an area holds, by size and district, and how many work in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import roles

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import UnitRecord

ENTERED, FROM_LIST = "entered", "list"
MOST = 100_000_000
SIZE_CLASSES = ("1-9", "10-24", "25-49", "50-249", "250+")


@dataclass(frozen=True, slots=True)
class AreaTotals:
    """What is known of the whole list of an area; None and empty where nobody entered it.

    `size_n` and `district_n` add up to `frame_n` where they are given. `origin`: `entered`, `list` or ''.
    """

    area: str
    frame_n: int | None = None
    eligible_n: int | None = None
    employment: int | None = None
    size_n: Mapping[str, int] = field(default_factory=dict)
    district_n: Mapping[str, int] = field(default_factory=dict)
    origin: str = ENTERED


def totals(study: Study) -> tuple[AreaTotals, ...]:
    """The frame totals of every area in the wave, in study order; those of the wave before until others are entered."""
    from kume_desktop.store import area_rows, frames_study

    areas = area_rows.areas_of(study.database, study.wave.wave_id)
    frame = frames_study.frame(study.database, study.wave.wave_id)
    return tuple(
        AreaTotals(
            area=area.code,
            frame_n=area.frame_n,
            eligible_n=None if frame.eligible_n[place] < 0 else int(frame.eligible_n[place]),
            employment=None if frame.employment[place] != frame.employment[place] else int(frame.employment[place]),
            size_n={name: int(n) for name, n in zip(frame.size_classes, frame.size_n[place], strict=True) if n >= 0},
            district_n={
                name: int(n) for name, n in zip(frame.districts, frame.district_n[place], strict=True) if n > 0
            },
            origin=frame.origin[place],
        )
        for place, area in enumerate(areas)
    )


def enter(study: Study, area: str, entered: AreaTotals) -> None:
    """Keep other totals of an area; only what changed is written.

    Raises:
        Refused: this person may not, an unknown area, a number below 0 or below what the field has found already, sums
            that do not add up; all at once.
    """
    from kume_desktop.store import reading, wave_facts, writing
    from kume_desktop.store.events import SubjectKind

    roles.require(study, roles.Right.MANAGE)
    area_id = next((one.area_id for one in reading.areas(study.database) if one.code == area), None)
    if area_id is None:
        raise Refused(problem("study.unknown-area", area=area))
    wrong = tuple(_wrong(study, area, entered))
    if wrong:
        raise Refused(*wrong)
    before = _facts(next(one for one in totals(study) if one.area == area))
    wanted = _facts(entered)
    wave_id, first = study.wave.wave_id, wave_facts.is_first(study.database, study.wave.wave_id)
    with study.act() as act:
        for name in (*wanted, *(name for name in before if name not in wanted)):
            if before.get(name, "") != wanted.get(name, ""):
                kept = wave_facts.marked(name, wave_id, first=first)
                writing.set_fact(act, SubjectKind.AREA, area_id, kept, wanted.get(name, ""))


def from_list(study: Study, area: str) -> AreaTotals:
    """The totals that the firms of the study give where they are the whole list; to be looked at, then entered."""
    from kume_desktop.store import reading

    units = [unit for unit in reading.units(study.database) if unit.area == area]
    return AreaTotals(
        area=area,
        frame_n=len(units),
        size_n=_counted(units, "size_class"),
        district_n=_counted(units, "district"),
        origin=FROM_LIST,
    )


def _counted(units: Iterable[UnitRecord], name: str) -> dict[str, int]:
    """Firms by class; nothing where a firm has none, because the classes would not add up."""
    found: dict[str, int] = {}
    for unit in units:
        value = getattr(unit, name)
        if not value:
            return {}
        found[value] = found.get(value, 0) + 1
    return found


def _facts(given: AreaTotals) -> dict[str, str]:
    from kume_desktop.store import frames_study

    numbers = {"frame_n": given.frame_n, "eligible_n": given.eligible_n, "employment": given.employment}
    facts = {name: str(number) for name, number in numbers.items() if number is not None}
    facts |= {f"{frames_study.SIZE_FACT}{name}": str(number) for name, number in given.size_n.items()}
    facts |= {f"{frames_study.DISTRICT_FACT}{name}": str(number) for name, number in given.district_n.items()}
    return facts | ({frames_study.ORIGIN_FACT: given.origin} if facts else {})


def _wrong(study: Study, area: str, given: AreaTotals) -> Iterator[Problem]:
    from kume_desktop.store import reading

    numbers = (given.frame_n, given.eligible_n, given.employment, *given.size_n.values(), *given.district_n.values())
    if any(number is not None and number < 0 for number in numbers):
        yield problem("study.frame-negative")
    if any(number is not None and number > MOST for number in numbers):
        yield problem("study.frame-too-large", most=MOST)
    if any(not name.strip() for name in (*given.size_n, *given.district_n)):
        yield problem("study.frame-no-name")
    if given.frame_n is None:
        if given.size_n or given.district_n or given.eligible_n is not None:
            yield problem("study.frame-no-total")
        return
    if given.eligible_n is not None and given.eligible_n > given.frame_n:
        yield problem("study.frame-eligible", eligible=given.eligible_n, frame=given.frame_n)
    for shares in (given.size_n, given.district_n):
        if shares and sum(shares.values()) != given.frame_n:
            yield problem("study.frame-sum", sum=sum(shares.values()), frame=given.frame_n)
    here = sum(unit.area == area for unit in reading.units(study.database))
    if given.frame_n < here:
        yield problem("study.frame-fewer", frame=given.frame_n, firms=here)
