"""The season calendar: months in which the firms of an area are better left alone, or best found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem, warning

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

FACT = "season"
AVOID, PREFER = "avoid", "prefer"
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Season:
    """Months (1-12) of an area that are to be avoided or preferred, every year, and why."""

    area: str
    months: frozenset[int]
    note: str = ""
    kind: str = AVOID


def seasons(study: Study) -> tuple[Season, ...]:
    """The seasons of every area, in study order; those of the wave before where nobody changed them."""
    from kume_desktop.store import field_rows, reading

    said = field_rows.area_facts(study.database, study.wave.wave_id, FACT)
    found: list[Season] = []
    for area in reading.areas(study.database):
        kept = said.get(area.area_id, "")
        found += [
            Season(area.code, frozenset(one["months"]), one["note"], one["kind"])
            for one in (json.loads(kept) if kept else ())
        ]
    return tuple(found)


def save(study: Study, area: str, wanted: Iterable[Season]) -> None:
    """Give an area other seasons; none takes them away.

    Raises:
        Refused: the person is not staff, an unknown area, a season without months, a month that is both, a note with
            signs that cannot be kept.
        ValueError: a kind that is neither `AVOID` nor `PREFER`.
    """
    from kume_desktop.services.studies import only_staff
    from kume_desktop.store import reading, wave_facts, writing
    from kume_desktop.store.events import SubjectKind
    from kume_desktop.store.log import check_text

    only_staff(study)
    told = tuple(wanted)
    if unknown := {one.kind for one in told} - {AVOID, PREFER}:
        raise ValueError(unknown)
    for one in told:
        check_text(one.note)
    record = next((one for one in reading.areas(study.database) if one.code == area), None)
    if record is None:
        raise Refused(problem("study.unknown-area", area=area))
    if any(not one.months or not one.months <= set(range(1, LAST_MONTH + 1)) for one in told):
        raise Refused(problem("season.no-months"))
    named = [month for one in told for month in one.months]
    if len(named) != len(set(named)):
        raise Refused(problem("season.month-twice"))
    name = wave_facts.name_in(study.database, study.wave.wave_id, FACT)
    rows = [{"months": sorted(one.months), "note": one.note.strip(), "kind": one.kind} for one in told]
    with study.act() as act:
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
        writing.set_fact(act, SubjectKind.AREA, record.area_id, name, text)


def of_month(known: Iterable[Season], month: int) -> Mapping[str, Season]:
    """Area -> the season in which a month lies."""
    return {one.area: one for one in known if month in one.months}


def told(known: Iterable[Season], area: str, day: date) -> Problem | None:
    """The warning for a visit to an area on a day; None where its month is not to be avoided."""
    found = of_month(known, day.month).get(area)
    if found is None or found.kind != AVOID:
        return None
    return warning("season.avoid", day=day.strftime("%d.%m.%Y"), note=found.note or "–")
