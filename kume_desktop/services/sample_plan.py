"""The sample plan: how many firms to ask per area and stratum, the seeded draw, and the release of the reserve."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import frame_totals
from kume_desktop.services.studies import only_staff

if TYPE_CHECKING:
    from kume_desktop.scoring.response.plan import PlannedStratum, SamplePlan, StratumFrame
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import UnitRecord
    from kume_desktop.store.unit_of_work import Act

FACT = "sample_plan"
"""The attribute of an area that holds the plan it was drawn by."""
SETTINGS_FACT = "sample_settings"
REASON_FACT = "sample_release_reason"
"""The attribute of an area that holds which batch was released last and why: "2 reason"."""
UNKNOWN = ""
MOST_POINTS, MOST_RESERVE, MOST_BATCHES = 50, 10, 20
"""On a scale of 100 points no interval reaches further and no firms scatter more; the others catch typing errors."""


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """What a plan is made for: the half-width of the 95 % interval in points, and what is expected of the field.

    `reserve`: firms drawn beside those issued, as a share of them, released in `batches`.
    """

    half_width: float = 6.0
    deviation: float = 18.6
    eligibility: float = 0.9
    response: float = 0.6
    reserve: float = 0.5
    batches: int = 2
    seed: int = 2013


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """The plan of one area; `plan` None where nobody entered how many firms its list holds.

    `listed`: firms of the area that the study holds; only a whole list can be drawn from. `drawn_with` and `released`
    (the last batch of the reserve that was released) are None where nothing was drawn.
    """

    area: str
    frame_n: int | None
    listed: int
    plan: SamplePlan | None
    drawn_with: PlanSettings | None
    released: int | None

    @property
    def can_be_drawn(self) -> bool:
        """Whether the study holds the whole list."""
        return self.plan is not None and self.listed == self.frame_n


@dataclass(frozen=True, slots=True)
class SampledFirm:
    """A firm of the sample: batch 0 was issued at once, the others wait in the reserve until theirs is released."""

    unit_id: str
    code: str
    name: str
    stratum: str
    batch: int
    place: int
    probability: float
    is_issued: bool


def settings(study: Study) -> PlanSettings:
    """What plans of this study are made for."""
    from kume_desktop.store import reading

    kept = reading.facts(study.database, study.record.study_id).get(SETTINGS_FACT, "")
    return PlanSettings(**json.loads(kept)) if kept else PlanSettings()


def save_settings(study: Study, wanted: PlanSettings) -> None:
    """Plan otherwise from now on; samples that were drawn stay.

    Raises:
        Refused: the person is not staff; figures that no plan can have, all at once.
    """
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    only_staff(study)
    _check(wanted)
    with study.act() as act:
        text = json.dumps(asdict(wanted), sort_keys=True)
        writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, SETTINGS_FACT, text)


def _check(wanted: PlanSettings) -> None:
    wrong = tuple(_wrong(wanted))
    if wrong:
        raise Refused(*wrong)


def _wrong(wanted: PlanSettings) -> Iterator[Problem]:
    if not (0 < wanted.half_width <= MOST_POINTS and 0 < wanted.deviation <= MOST_POINTS):
        yield problem("sample.half-width", most=MOST_POINTS)
    if not (0 < wanted.eligibility <= 1 and 0 < wanted.response <= 1):
        yield problem("sample.shares")
    if not (0 <= wanted.reserve <= MOST_RESERVE and 0 <= wanted.batches <= MOST_BATCHES and wanted.seed >= 0):
        yield problem("sample.reserve", batches=MOST_BATCHES)


def plan(study: Study, wanted: PlanSettings | None = None) -> tuple[AreaPlan, ...]:
    """The plan of every area, in study order: from the entered size classes, else from the firms of the study.

    Raises:
        Refused: figures that no plan can have.
    """
    from kume_desktop.store import frames_study, reading

    chosen = wanted or settings(study)
    _check(chosen)
    units = reading.units(study.database)
    facts = frames_study.area_facts(study.database, (FACT, frames_study.RELEASED), study.wave.wave_id)
    found: list[AreaPlan] = []
    for area, totals in zip(reading.areas(study.database), frame_totals.totals(study), strict=True):
        own = [unit for unit in units if unit.area == area.code]
        said = facts.get(area.area_id, {})
        kept, released = said.get(FACT, ""), said.get(frames_study.RELEASED, "")
        found.append(
            AreaPlan(
                area=area.code,
                frame_n=totals.frame_n,
                listed=len(own),
                plan=None if totals.frame_n is None else _planned(_strata(totals, own), totals.frame_n, chosen),
                drawn_with=PlanSettings(**json.loads(kept)["settings"]) if kept else None,
                released=int(released) if released else None,
            )
        )
    return tuple(found)


def _planned(strata: Sequence[StratumFrame], frame_n: int, wanted: PlanSettings) -> SamplePlan:
    from kume_desktop.scoring.response import plan as planning

    return planning.plan(
        frame_n,
        half_width=wanted.half_width,
        deviation=wanted.deviation,
        eligibility=wanted.eligibility,
        response=wanted.response,
        strata=strata,
        reserve=wanted.reserve,
        batches=wanted.batches,
    )


def _strata(totals: frame_totals.AreaTotals, listed: Sequence[UnitRecord]) -> list[StratumFrame]:
    """The size classes of a list in order of size; none where nobody knows them."""
    sizes: Mapping[str, int] = totals.size_n
    if len(listed) == totals.frame_n:
        sizes = _classes(listed)
    return _in_order(sizes)


def _classes(units: Iterable[UnitRecord]) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit in units:
        found[unit.size_class or UNKNOWN] = found.get(unit.size_class or UNKNOWN, 0) + 1
    return found


def _in_order(sizes: Mapping[str, int]) -> list[StratumFrame]:
    from kume_desktop.scoring.response.plan import CERTAIN_STAFF, StratumFrame
    from kume_desktop.scoring.size_classes import UNNUMBERED, size_order

    return [
        StratumFrame(name, sizes[name], is_certain=bool(name) and CERTAIN_STAFF <= size_order(name)[0] < UNNUMBERED)
        for name in sorted(sizes, key=size_order)
    ]


def draw(study: Study, area: str, wanted: PlanSettings | None = None) -> tuple[SampledFirm, ...]:
    """Draw the sample of an area; seed, probability, stratum and batch are kept with each firm.

    A sample that was drawn before is drawn anew as long as nobody has been in the field.

    Raises:
        Refused: the person is not staff, no whole list, or somebody was in the field already.
    """
    from kume_desktop.scoring.response import plan as planning
    from kume_desktop.store import wave_facts

    only_staff(study)
    chosen = wanted or settings(study)
    _check(chosen)
    area_id, units = _listed(study, area)
    strata = _in_order(_classes(units))
    made = _planned(strata, len(units), chosen)
    drawn = planning.draw(made, [(unit.unit_id, unit.size_class or UNKNOWN) for unit in units], chosen.seed)
    was_drawn = wave_facts.own(study.database, area_id, study.wave.wave_id).get(FACT)
    before = {unit.unit_id for unit in units} if was_drawn else set()
    named = _names(study)
    with study.act() as act:
        _keep_plan(act, area_id, made, chosen, named)
        for unit_id in before - {one.firm for one in drawn}:
            _keep_firm(act, unit_id, dict.fromkeys(_FIRM_FACTS, ""), named)
        for one in drawn:
            facts = (str(one.probability), _name(made.strata[one.stratum]), str(one.batch), str(one.place))
            _keep_firm(act, one.firm, dict(zip(_FIRM_FACTS, facts, strict=True)), named)
    return sample(study, area)


def _names(study: Study) -> Callable[[str], str]:
    """From the plain name of an attribute of a draw to its name in the wave."""
    from kume_desktop.store import wave_facts

    wave_id, first = study.wave.wave_id, wave_facts.is_first(study.database, study.wave.wave_id)
    return lambda name: wave_facts.marked(name, wave_id, first=first)


_FIRM_FACTS = ("sample_probability", "sample_stratum", "sample_batch", "sample_place")


def _name(stratum: PlannedStratum) -> str:
    return " + ".join(stratum.members)


def _listed(study: Study, area: str) -> tuple[str, list[UnitRecord]]:
    from kume_desktop.store import area_rows, reading

    wave_id = study.wave.wave_id
    record = next((one for one in area_rows.areas_of(study.database, wave_id) if one.code == area), None)
    if record is None:
        raise Refused(problem("study.unknown-area", area=area))
    units = [unit for unit in reading.units(study.database) if unit.area == area]
    if not units or (record.frame_n is not None and record.frame_n != len(units)):
        raise Refused(problem("sample.no-list", firms=len(units), frame=record.frame_n or "–"))
    here = {unit.unit_id for unit in units}
    visited = any(visit.unit_id in here and visit.wave_id == wave_id for visit in reading.visits(study.database))
    if visited or any(one.unit_id in here for one in reading.interviews(study.database, wave_id=wave_id)):
        raise Refused(problem("sample.field-begun", area=area))
    return record.area_id, units


def _keep_plan(act: Act, area_id: str, made: SamplePlan, chosen: PlanSettings, named: Callable[[str], str]) -> None:
    from kume_desktop.store import frames_study, writing
    from kume_desktop.store.events import SubjectKind

    record = {"settings": asdict(chosen), "strata": [asdict(stratum) for stratum in made.strata]}
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    writing.set_fact(act, SubjectKind.AREA, area_id, named(FACT), text)
    writing.set_fact(act, SubjectKind.AREA, area_id, named(frames_study.RELEASED), "0")


def _keep_firm(act: Act, unit_id: str, facts: Mapping[str, str], named: Callable[[str], str]) -> None:
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    for name, value in facts.items():
        writing.set_fact(act, SubjectKind.UNIT, unit_id, named(name), value)


def sample(study: Study, area: str) -> tuple[SampledFirm, ...]:
    """The drawn firms of an area by stratum and turn; empty where nothing was drawn."""
    found = samples(study)
    if area not in found:
        raise Refused(problem("study.unknown-area", area=area))
    return found[area]


def samples(study: Study) -> Mapping[str, tuple[SampledFirm, ...]]:
    """The drawn firms of every area, as `sample` has them."""
    from kume_desktop.scoring.size_classes import size_order
    from kume_desktop.store import frames_study, reading

    source, wave_id = study.database, study.wave.wave_id
    areas, names = reading.areas(source), (frames_study.RELEASED,)
    said = frames_study.area_facts(source, names, wave_id)
    released = {one.code: int(said.get(one.area_id, {}).get(frames_study.RELEASED) or -1) for one in areas}
    facts = frames_study.unit_facts(source, _FIRM_FACTS, wave_id)
    found: dict[str, list[SampledFirm]] = {code: [] for code in released}
    for unit in reading.units(source) if facts else ():
        if unit.unit_id in facts and unit.area in found:
            found[unit.area].append(_sampled(unit, facts[unit.unit_id], released[unit.area]))
    return {
        code: tuple(sorted(firms, key=lambda one: (size_order(one.stratum), one.place)))
        for code, firms in found.items()
    }


def _sampled(unit: UnitRecord, facts: Mapping[str, str], released: int) -> SampledFirm:
    probability, batch, place = (
        facts.get(name, "0") for name in ("sample_probability", "sample_batch", "sample_place")
    )
    return SampledFirm(
        unit_id=unit.unit_id,
        code=unit.code,
        name=unit.name,
        stratum=facts.get("sample_stratum", ""),
        batch=int(batch),
        place=int(place),
        probability=float(probability),
        is_issued=int(batch) <= released,
    )


def release(study: Study, area: str, reason: str = "") -> int:
    """Release the next batch of the reserve: its firms are issued, and the probabilities of their strata rise.

    The log keeps the reason; `reserve.release` asks for one. Returns the batch.

    Raises:
        Refused: the person is not staff, nothing was drawn, or the whole reserve is released.
    """
    from kume_desktop.scoring.response.plan import PlannedStratum
    from kume_desktop.store import frames_study, reading, wave_facts, writing
    from kume_desktop.store.events import SubjectKind

    only_staff(study)
    firms, named = sample(study, area), _names(study)
    area_id = next(one.area_id for one in reading.areas(study.database) if one.code == area)
    said = wave_facts.own(study.database, area_id, study.wave.wave_id)
    batch = int(said.get(frames_study.RELEASED) or -1) + 1
    if not firms or batch > max(one.batch for one in firms):
        raise Refused(problem("sample.nothing-to-release", area=area))
    strata = [
        PlannedStratum(**{**kept, "members": tuple(kept["members"]), "batches": tuple(kept["batches"])})
        for kept in json.loads(said[FACT])["strata"]
    ]
    chance = {_name(stratum): stratum.probability_with(batch) for stratum in strata}
    with study.act() as act:
        writing.set_fact(act, SubjectKind.AREA, area_id, named(frames_study.RELEASED), str(batch))
        if reason:
            why = f"{batch} {reason}"
            writing.set_fact(act, SubjectKind.AREA, area_id, named(REASON_FACT), why, personal=True)
        for one in firms:
            if one.batch <= batch and one.probability != chance[one.stratum]:
                _keep_firm(act, one.unit_id, {"sample_probability": str(chance[one.stratum])}, named)
    return batch
