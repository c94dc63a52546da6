"""Results: compute the scorecard and the needs matrix, keep them with what they rest on, show the answers behind."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.scoring.inputs import Areas, Levels, Needs
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import Results

FIRM_ROUTE, PANEL_ROUTE = "firma", "panel"
COMPUTING = N_("Computing")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The arrays of one run, the method in force, and the id of its version."""

    areas: Areas
    levels: Levels
    needs: Needs
    method: Method
    method_id: str


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """One answer behind a need cell; `missing` is '', 'na', 'dk' or 'nr'."""

    unit_id: str
    firm: str
    value: str
    label_tr: str
    label_en: str
    missing: str


def inputs(study: Study) -> Inputs:
    """Read what scoring takes.

    Raises:
        Refused: the wave has no method (no installed instrument brings one).
    """
    from kume_desktop.store import frames

    method, method_id = _in_force(study)
    return Inputs(
        areas=frames.areas(study.database),
        levels=frames.levels(
            study.database, study.wave.wave_id, route(study), method.indicator_codes, method.level_source
        ),
        needs=_needs(study, method),
        method=method,
        method_id=method_id,
    )


def _in_force(study: Study) -> tuple[Method, str]:
    from kume_desktop.scoring.method import Method
    from kume_desktop.store import reading

    kept = reading.latest_method(study.database, study.wave.wave_id)
    if kept is None:
        raise Refused(problem("study.no-method"))
    return Method.from_json(kept.payload), kept.method_id


def route(study: Study) -> str:
    """The route of a study: by its firms, unless only a panel has scored."""
    from kume_desktop.store import reading

    kinds = {rating.target_kind for rating in reading.ratings(study.database, study.wave.wave_id)}
    return PANEL_ROUTE if kinds == {"area"} else FIRM_ROUTE


def is_rated(study: Study) -> bool:
    """Whether anybody has given a firm a level (or the rubric's suggestion was stored as one)."""
    from kume_desktop.store import reading

    return any(rating.target_kind == "unit" for rating in reading.ratings(study.database, study.wave.wave_id))


def _needs(study: Study, method: Method) -> Needs:
    from kume_desktop.store import frames

    cells = tuple(cell.code for cell in method.needs.cells)
    return frames.needs(study.database, study.wave.wave_id, needs_instrument(study, cells), cells)


def needs_instrument(study: Study, cells: tuple[str, ...]) -> str:
    """The instrument that asks the need cells, '' where none does."""
    for record in study.instruments():
        if cells and study.instrument(record.version_id).named(cells[0]) is not None:
            return record.instrument_id
    return ""


def compute(study: Study, progress: Progress = no_progress, *, keep: bool = True) -> Results:
    """Compute everything anew and (with `keep`) store it with its hashes."""
    from kume_desktop.scoring import run

    progress(0, 2, COMPUTING)
    given = inputs(study)
    progress(1, 2, COMPUTING)
    computed = run.score(
        given.areas,
        given.levels,
        given.needs,
        given.method,
        instrument_hashes=tuple(record.content_hash for record in study.instruments()),
        computed_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        demonstration=study.record.demonstration,
    )
    if keep:
        save(study, computed, given.method_id)
    progress(2, 2, COMPUTING)
    return computed


def save(study: Study, computed: Results, method_id: str) -> None:
    """Keep results with what they rest on."""
    from kume_desktop.scoring import run
    from kume_desktop.store import writing

    with study.act() as act:
        writing.save_result(
            act,
            writing.ResultSaved(
                wave_id=study.wave.wave_id,
                route=computed.route,
                method_id=method_id,
                method_hash=computed.method_hash,
                instrument_hashes=computed.instrument_hashes,
                inputs_hash=computed.inputs_hash,
                engine_version=computed.engine_version,
                payload=run.results_to_json(computed),
            ),
        )


def keep(study: Study, payload: str) -> Results:
    """Keep what the worker has computed (its `payload`) in one short act.

    Raises:
        Refused: the disk is full, the study cannot be written...
    """
    from kume_desktop.scoring import run

    computed = run.results_from_json(payload)
    save(study, computed, _in_force(study)[1])
    return computed


def latest(study: Study) -> Results | None:
    """The results that were computed last, None where there are none."""
    from kume_desktop.scoring import run
    from kume_desktop.store import reading

    kept = reading.latest_result(study.database, study.wave.wave_id)
    return None if kept is None else run.results_from_json(kept.payload)


def is_stale(study: Study, computed: Results) -> bool:
    """Whether answers, levels or the method have changed since; at once where nothing at all was written since."""
    from kume_desktop.scoring import run
    from kume_desktop.store import reading

    kept = reading.latest_result(study.database, study.wave.wave_id)
    if kept is not None and reading.last_subject(study.database) == kept.result_id:
        return (kept.inputs_hash, kept.method_hash) != (computed.inputs_hash, computed.method_hash)
    given = inputs(study)
    now = run.inputs_hash(given.areas, given.levels, given.needs)
    return (now, given.method.hash) != (computed.inputs_hash, computed.method_hash)


def current(study: Study) -> Results:
    """The kept results where they still hold, else fresh ones (not stored: a reader changes nothing)."""
    kept = latest(study)
    return kept if kept is not None and not is_stale(study, kept) else compute(study, keep=False)


def method(study: Study) -> Method:
    """The method in force; `study.no-method` where there is none."""
    return _in_force(study)[0]


def place_of(study: Study, cell: str) -> tuple[str, str]:
    """Instrument and path of the question of a need cell, both '' where no instrument asks it."""
    instrument_id = needs_instrument(study, (cell,))
    version = next((one for one in study.instruments() if one.instrument_id == instrument_id), None)
    node = study.instrument(version.version_id).named(cell) if version is not None else None
    return (instrument_id, node.path) if node is not None else ("", "")


def answers_behind(study: Study, area: str, cell: str) -> tuple[CellAnswer, ...]:
    """The answers of an area's firms on a need cell, in the Turkish order of the firms' names."""
    from kume_desktop.store import frames, reading

    units = {unit.unit_id: unit for unit in reading.units(study.database)}
    instrument_id = needs_instrument(study, (cell,))
    version = next((one for one in study.instruments() if one.instrument_id == instrument_id), None)
    if version is None:
        return ()
    instrument = study.instrument(version.version_id)
    node = instrument.named(cell)
    choices = {choice.name: choice for choice in instrument.lists.get(node.choices, ())} if node else {}
    single, _doubled = frames.counted(study.database, study.wave.wave_id, instrument_id)
    rows = frames.answer_rows(study.database, study.wave.wave_id, instrument_id, single.values())
    found = {
        row.unit_id: row.value
        for row in rows
        if row.relevant and not row.contested and row.path.rpartition("/")[2] == cell
    }
    return tuple(
        CellAnswer(
            unit_id=unit_id,
            firm=unit.name,
            value=found[unit_id],
            label_tr=_label(choices.get(found[unit_id]), "tr"),
            label_en=_label(choices.get(found[unit_id]), "en"),
            missing=choices[found[unit_id]].missing if found[unit_id] in choices else "",
        )
        for unit_id, unit in units.items()
        if unit.area == area and unit_id in found
    )


def _label(choice: Any, lang: str) -> str:
    return "".join(part.text for part in choice.label.get(lang, ())) if choice is not None else ""


def as_record(computed: Results) -> dict[str, Any]:
    """The results as plain JSON for other programs: `areas`, `needs`, margins, and what they rest on."""
    record = asdict(computed)
    for area in record["areas"]:
        area["rounding_decides"] = area["category"] != area["published_category"]
    return record


def left_out(study: Study) -> list[dict[str, str]]:
    """What exists and was not counted, each with its firm and reason: nothing is dropped in silence.

    Levels in conflict or on which raters differ, a panel's levels where the firms decide, and firms with several
    completed interviews of one form.
    """
    from kume_desktop.store import frames, reading

    units = {unit.unit_id: unit.code for unit in reading.units(study.database)}
    names = units | {area.area_id: area.code for area in reading.areas(study.database)}
    sources = method(study).level_source
    excluded = frames.excluded_levels(study.database, study.wave.wave_id, route(study), sources)
    found = [
        {"firm": names.get(one.target, one.target), "what": one.indicator, "reason": one.reason} for one in excluded
    ]
    if route(study) == FIRM_ROUTE:
        given = reading.ratings(study.database, study.wave.wave_id)
        panels = dict.fromkeys(names[one.target_id] for one in given if one.target_kind == "area")
        found += [{"firm": area, "what": PANEL_ROUTE, "reason": "other-route"} for area in panels]
    for record in study.instruments():
        _single, doubled = frames.counted(study.database, study.wave.wave_id, record.instrument_id)
        found += [
            {"firm": names[one.unit_id], "what": record.instrument_id, "reason": "several-interviews"}
            for one in doubled
        ]
    return found
