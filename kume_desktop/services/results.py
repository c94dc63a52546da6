"""Results: compute the scorecard and the needs matrix, keep them with what they rest on, show the answers behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.services import recomputing
from kume_desktop.services.earlier import earlier
from kume_desktop.services.knowledge import Known, is_untouched, knowing
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kume_desktop.scoring.inputs import Areas, Around, Levels, Needs
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import Results
    from kume_desktop.store.records import RatingRecord

FIRM_ROUTE, PANEL_ROUTE = "firma", "panel"
COMPUTING, READING = N_("Computing"), N_("Reading the answers")
STEPS = 10


@dataclass(frozen=True, slots=True)
class Inputs:
    """The arrays of one run, the method in force, and the id of its version."""

    areas: Areas
    levels: Levels
    needs: Needs
    method: Method
    method_id: str
    around: Around


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """One answer behind a need cell; `missing` is '', 'na', 'dk' or 'nr'."""

    unit_id: str
    firm: str
    value: str
    label_tr: str
    label_en: str
    missing: str


@dataclass(frozen=True, slots=True)
class LevelBehind:
    """One level behind an indicator: as given (1-5) and on the preset's scale, who gave it and what it rests on.

    `evidence` is a code of the list `kanit`, '' where nobody said; `rater` is '' for the rubric's suggestion. `level`
    None: another person's, out of sight until one's own rating of the firm is finished.
    """

    unit_id: str
    firm: str
    level: int | None
    collapsed: int | None
    rater: str
    evidence: str
    reason: str
    suggestion: int | None


def inputs(study: Study) -> Inputs:
    """What scoring takes, read once between two events.

    Raises:
        Refused: the wave has no method (no installed instrument brings one).
    """
    known = knowing(study)
    if known.given is None:
        known.given = _inputs(study)
    return known.given


def _inputs(study: Study) -> Inputs:
    from kume_desktop.scoring.inputs import Around
    from kume_desktop.store import frames, frames_study

    # First, since it looks for news: what is read before them would be kept as if it were newer than they.
    given = given_ratings(study)
    method, method_id = _in_force(study)
    wave_id, source = study.wave.wave_id, study.database
    way = _route(_levels_of(given, method))
    cells = tuple(cell.code for cell in method.needs.cells)
    return Inputs(
        areas=frames.areas(source, wave_id),
        levels=frames.levels(source, wave_id, way, method.indicator_codes, method.level_source, given),
        needs=_needs(study, method),
        method=method,
        method_id=method_id,
        around=Around(
            firms=frames_study.firms(source, wave_id, rating_instruments(study)),
            frame=frames_study.frame(source, wave_id),
            ratings=frames_study.ratings(source, wave_id, method.indicator_codes, way, given),
            expert_needs=frames_study.expert_needs(source, wave_id, cells, given),
            earlier=earlier(study, method, way),
        ),
    )


def rating_instruments(study: Study) -> tuple[str, ...]:
    """The instruments of the study, those that bring indicators first."""
    found = [(not study.instrument(one.version_id).indicators, one.instrument_id) for one in study.instruments()]
    return tuple(instrument_id for _last, instrument_id in sorted(found, key=lambda each: each[0]))


def given_ratings(study: Study) -> tuple[RatingRecord, ...]:
    """The ratings of the wave that are given (see `store.frames`), read once between two events."""
    from kume_desktop.store import frames

    known = knowing(study)
    if known.ratings is None:
        known.ratings = frames.given_ratings(study.database, study.wave.wave_id)
    return known.ratings


def _in_force(study: Study) -> tuple[Method, str]:
    from kume_desktop.scoring.method import Method
    from kume_desktop.store import reading

    kept = reading.latest_method(study.database, study.wave.wave_id)
    if kept is None:
        raise Refused(problem("study.no-method"))
    return Method.from_json(kept.payload), kept.method_id


def route(study: Study) -> str:
    """The route of a study: by its firms, unless only a panel has scored."""
    return _route(_levels_given(study))


def _route(levels: Iterable[RatingRecord]) -> str:
    return PANEL_ROUTE if {one.target_kind for one in levels} == {"area"} else FIRM_ROUTE


def is_rated(study: Study) -> bool:
    """Whether anybody has given a firm a level (or the rubric's suggestion was stored as one)."""
    from kume_desktop.store import rating_rows, reading

    if reading.latest_method(study.database, study.wave.wave_id) is not None:
        method = _in_force(study)[0]
        # Suggestions wait for nobody: where there is one, nothing more needs to be read.
        if "suggestion" in method.level_source and rating_rows.any_suggested(
            study.database, study.wave.wave_id, method.indicator_codes
        ):
            return True
    return any(one.target_kind == "unit" for one in _levels_given(study))


def _levels_given(study: Study) -> Iterable[RatingRecord]:
    from kume_desktop.store import reading

    given = given_ratings(study)
    if reading.latest_method(study.database, study.wave.wave_id) is None:
        return given
    return _levels_of(given, _in_force(study)[0])


def _levels_of(given: Iterable[RatingRecord], method: Method) -> Iterable[RatingRecord]:
    """The ratings of indicators; what experts said of need cells is no level."""
    return [one for one in given if one.indicator in method.indicator_codes and one.basis in method.level_source]


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
    """Compute everything anew and (with `keep`) store it with its hashes and the seed of its replicates."""
    from kume_desktop.scoring import run

    recomputing.renew(study, progress)
    progress(0, STEPS, READING)
    newest = newest_event(study)
    given = inputs(study)
    computed = run.score(
        given.areas,
        given.levels,
        given.needs,
        given.method,
        around=given.around,
        progress=lambda done, of: progress(1 + done * (STEPS - 2) // of, STEPS, COMPUTING),
        instrument_hashes=tuple(record.content_hash for record in study.instruments()),
        computed_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        demonstration=study.record.demonstration,
    )
    if keep and (is_untouched(study, newest) or not is_stale(study, computed)):
        save(study, computed, given.method_id)
    progress(STEPS, STEPS, COMPUTING)
    return computed


def categories(study: Study) -> Mapping[str, int | None]:
    """The computed category of every area as the levels stand now, without the analysis around it."""
    from kume_desktop.scoring.index import score_areas
    from kume_desktop.store import frames

    method = _in_force(study)[0]
    given = given_ratings(study)
    way = _route(_levels_of(given, method))
    levels = frames.levels(study.database, study.wave.wave_id, way, method.indicator_codes, method.level_source, given)
    scored = score_areas(frames.areas(study.database, study.wave.wave_id), levels, method)
    return {area.code: area.category for area in scored}


def save(study: Study, computed: Results, method_id: str, payload: str = "") -> None:
    """Keep results with what they rest on; `payload`: their JSON where it is known already."""
    from kume_desktop.scoring import run
    from kume_desktop.store import writing

    with study.act(corrects=False) as act:
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
                payload=payload or run.results_to_json(computed),
                seed=computed.analysis.run.seed if computed.analysis is not None else 0,
            ),
        )


def keep(study: Study, payload: str, newest: int | None = None) -> Results:
    """Keep what the worker has computed (its `payload`) in one short act.

    `newest` is the newest event that the worker had before it. Where others were written meanwhile and the figures
    hold no longer, they are given back but not stored: a stored result counts as fresh until the next event.

    Raises:
        Refused: the disk is full, the study cannot be written...
    """
    from kume_desktop.scoring import run

    computed = run.results_from_json(payload)
    if newest is not None and not is_untouched(study, newest) and is_stale(study, computed):
        return computed
    save(study, computed, _in_force(study)[1], payload)
    return computed


def read(payload: str) -> Results:
    """What the worker has computed (its `payload`), to be looked at; nothing is stored."""
    from kume_desktop.scoring import run

    return run.results_from_json(payload)


def newest_event(study: Study) -> int:
    """The number of the newest event: two readings with the same number read the same."""
    return knowing(study).newest


def latest(study: Study) -> Results | None:
    """The results that were computed last, None where there are none."""
    return _read(study).kept


def _read(study: Study) -> Known:
    """What is known of a study, the kept results among it."""
    from kume_desktop.scoring import run
    from kume_desktop.store import reading

    known = knowing(study)
    if not known.was_read:
        found = reading.latest_result(study.database, study.wave.wave_id)
        if found is not None:
            known.record, known.kept = replace(found, payload=""), run.results_from_json(found.payload)
        known.was_read = True
    return known


def is_stale(study: Study, computed: Results) -> bool:
    """Whether answers, levels, the method or the program have changed since.

    At once where nothing that is read was written since; else everything is read, which takes a moment: the window
    asks `known_to_be_stale` first and lets its companion do the rest.
    """
    known = known_to_be_stale(study, computed)
    if known is None:
        hold(study, newest_event(study), hashes(study))
        known = knowing(study).hashes != (computed.inputs_hash, computed.method_hash)
    return known


def known_to_be_stale(study: Study, computed: Results) -> bool | None:
    """What `is_stale` says where that can be told without reading the inputs, else None."""
    from kume_desktop.scoring import run
    from kume_desktop.store import news

    if computed.engine_version != run.ENGINE_VERSION:
        return True
    known, held = _read(study), (computed.inputs_hash, computed.method_hash)
    if recomputing.is_waiting(study):
        known.given, known.hashes = None, ("", "")
        return True
    if any(known.hashes):
        return known.hashes != held
    if known.record is None:
        return None
    if is_untouched(study, news.entry_of(study.database, known.record.result_id)):
        known.hashes = (known.record.inputs_hash, known.record.method_hash)
        return known.hashes != held
    return None


def hashes(study: Study) -> tuple[str, str]:
    """The hashes of inputs and method as they are now; reads all of them."""
    from kume_desktop.scoring import run

    given = inputs(study)
    return run.inputs_hash(given.areas, given.levels, given.needs, given.around), given.method.hash


def hold(study: Study, newest: int, found: tuple[str, str]) -> bool:
    """Take `hashes` that were read when `newest` was the newest event; False where they may hold no longer."""
    known = knowing(study)
    if known.newest != newest and not is_untouched(study, newest):
        return False
    known.hashes = found
    return True


def current(study: Study) -> Results:
    """The kept results where they still hold, else fresh ones (not stored: a reader changes nothing)."""
    known = _read(study)
    if known.kept is not None and not is_stale(study, known.kept):
        return known.kept
    if known.fresh is None:
        known.fresh = compute(study, keep=False)
    return known.fresh


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


def evidence_behind(study: Study, area: str, indicator: str) -> tuple[LevelBehind, ...]:
    """The levels of an area's firms on an indicator that the index counts, in the Turkish order of the firms' names."""
    from kume_desktop.store import frames, rating_rows, reading

    method = _in_force(study)[0]
    given = [one for one in given_ratings(study) if one.indicator == indicator]
    blind = rating_rows.still_blind(study.database, study.wave.wave_id, study.person)
    held = frames.in_force(given, FIRM_ROUTE, method.level_source)
    suggested = {one.target_id: one.level for one in given if one.basis == "suggestion"}
    found = []
    for unit in reading.units(study.database):
        used, evidence = held.get((unit.unit_id, indicator), (None, 0))
        if unit.area != area or used is None or used.level is None:
            continue
        if unit.unit_id in blind and used.basis == "rating" and used.rater != study.person:
            found.append(LevelBehind(unit.unit_id, unit.name, None, None, "", "", "", None))
            continue
        found.append(
            LevelBehind(
                unit_id=unit.unit_id,
                firm=unit.name,
                level=used.level,
                collapsed=method.collapse[used.level],
                rater=used.rater if used.basis == "rating" else "",
                evidence=str(evidence) if evidence else "",
                reason=used.reason,
                suggestion=suggested.get(unit.unit_id),
            )
        )
    return tuple(found)


def _label(choice: Any, lang: str) -> str:
    return "".join(part.text for part in choice.label.get(lang, ())) if choice is not None else ""


def left_out(study: Study) -> list[dict[str, str]]:
    """What exists and was not counted, each with its firm and reason: nothing is dropped in silence.

    Levels in conflict, on which raters differ or that a person said cannot be given; a panel's levels where the firms
    decide; levels of indicators that the method does not know; firms of no area of the study; firms with several
    completed interviews of one form; and excluded interviews.
    """
    from kume_desktop.store import reading, review_rows

    units = {unit.unit_id: unit.code for unit in reading.units(study.database)}
    names = units | {area.area_id: area.code for area in reading.areas(study.database)}
    found = [
        {"firm": names.get(target, target), "what": what, "reason": reason}
        for target, what, reason in _levels_left_out(study)
    ]
    found += [
        {"firm": names.get(one.unit_id, one.unit_id), "what": one.instrument_id, "reason": one.reason}
        for one in review_rows.withheld(study.database, study.wave.wave_id)
    ]
    return found


def _levels_left_out(study: Study) -> Iterator[tuple[str, str, str]]:
    from kume_desktop.store import frames, reading

    rules, way = method(study), route(study)
    codes, cells = set(rules.indicator_codes), {cell.code for cell in rules.needs.cells}
    given = given_ratings(study)
    for one in frames.excluded_levels(study.database, study.wave.wave_id, way, rules.level_source, tuple(codes), given):
        yield one.target, one.indicator, one.reason
    yield from _waiting(study)
    if way == FIRM_ROUTE:
        levels = (one for one in given if one.target_kind == "area" and one.indicator in codes)
        for target in dict.fromkeys(one.target_id for one in levels):
            yield target, PANEL_ROUTE, "other-route"
    for indicator in dict.fromkeys(one.indicator for one in given if one.indicator not in codes | cells):
        yield indicator, indicator, "unknown-indicator"
    known = {area.code for area in study.areas()}
    for unit in reading.units(study.database):
        if unit.area not in known:
            yield unit.unit_id, unit.area, "unknown-area"


def _waiting(study: Study) -> Iterator[tuple[str, str, str]]:
    """The firms whose levels wait because their interview is open again."""
    from kume_desktop.store import frames, reading

    given = reading.ratings(study.database, study.wave.wave_id)
    rated = {one.target_id for one in given if one.basis == "rating"}
    for target, instrument in frames.opened_again(study.database, study.wave.wave_id, given).items():
        if target in rated:
            yield target, instrument, "interview-open"
