"""The report workbook of a study: gather everything that it shows, hand it to the writer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import __version__
from kume_desktop.problems import Refused, problem
from kume_desktop.services import recording, results
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.reports.content import (
        AreaFacts,
        FirmFacts,
        InstrumentFacts,
        PanelRow,
        RatingRow,
        ReportContent,
        WrittenReport,
    )
    from kume_desktop.reports.tables import Answered
    from kume_desktop.scoring.method import Method
    from kume_desktop.store.records import InterviewRecord, RatingRecord, UnitRecord

GATHERING, WRITING = N_("Gathering the answers"), N_("Writing the workbook")
_ROW_IDS = re.compile(r"\[[^\]]*\]")


def write_report(
    study: Study, target: Path, lang: str, progress: Progress = no_progress, *, reason: str = "", personal: bool = False
) -> WrittenReport:
    """Write the audit edition; the results are those that hold now.

    Raises:
        Refused: `report.*`: the file is open elsewhere, the folder cannot be written, the disk is full…
    """
    from kume_desktop.reports.workbook import write_audit_workbook

    _check_target(study, target)
    progress(0, 2, GATHERING)
    content = gather(study, reason=reason, personal=personal)
    progress(1, 2, WRITING)
    written = write_audit_workbook(content, target, lang)
    progress(2, 2, WRITING)
    return written


def _check_target(study: Study, target: Path) -> None:
    """Refuse a name that is no workbook's, and the files of the study itself."""
    if target.suffix.lower() != ".xlsx":
        raise Refused(problem("report.not-xlsx"))
    if target.resolve().name.startswith(study.path.name) and target.resolve().parent == study.path.resolve().parent:
        raise Refused(problem("report.target-is-the-study", file=target.name))


def gather(study: Study, *, reason: str = "", personal: bool = False) -> ReportContent:
    """Everything that the audit edition shows, read at once."""
    from kume_desktop.reports.content import Edition, ReportContent
    from kume_desktop.store import reading

    computed, method = results.current(study), results.method(study)
    known = {area.code for area in study.areas()}
    units = {unit.unit_id: unit for unit in reading.units(study.database) if unit.area in known}
    held = reading.interviews(study.database, wave_id=study.wave.wave_id)
    interviews = [one for one in held if one.unit_id in units]
    given = reading.ratings(study.database, study.wave.wave_id)
    indicators = [one for record in study.instruments() for one in study.instrument(record.version_id).indicators]
    answered = {
        record.instrument_id: _answered(study, record.instrument_id, units, interviews)
        for record in study.instruments()
    }
    sole_traders = _sole_traders(answered)
    return ReportContent(
        study=study.record.name,
        agency=study.record.agency,
        wave=study.wave.name,
        demonstration=study.record.demonstration,
        edition=Edition(study.person, study.role, reason, datetime.now().astimezone(), __version__),
        method=method,
        indicators=tuple(indicators),
        areas=tuple(_areas(study)),
        firms=tuple(_firm(unit, sole_traders) for unit in units.values()),
        instruments=tuple(_instruments(study, answered, held)),
        ratings=tuple(_ratings(study, method, units, interviews, given)),
        panel=tuple(_panel(study, method, given)),
        results=computed,
        include_personal=personal,
    )


def _areas(study: Study) -> Iterator[AreaFacts]:
    from kume_desktop.reports.content import AreaFacts
    from kume_desktop.scoring.method import Words

    for area in study.areas():
        yield AreaFacts(area.code, Words(area.name_tr, area.name_en), area.frame_n, area.nace)


def _sole_traders(answered: Mapping[str, Sequence[Answered]]) -> frozenset[str]:
    """The firms that said, in any interview, that they are a sole trader: everything of theirs is personal."""
    return frozenset(
        one.firm
        for interviews in answered.values()
        for one in interviews
        for path, values in one.answers.items()
        if path.endswith(f"/{recording.LEGAL_FORM}") and recording.SOLE_TRADER in values
    )


def _firm(unit: UnitRecord, sole_traders: frozenset[str]) -> FirmFacts:
    from kume_desktop.reports.content import FirmFacts

    return FirmFacts(
        code=unit.code,
        name=unit.name,
        area=unit.area,
        district=unit.district,
        size_class=unit.size_class,
        interviewer=unit.interviewer,
        sole_trader=unit.natural_person or unit.code in sole_traders,
    )


def _instruments(
    study: Study, answered: Mapping[str, Sequence[Answered]], held: Sequence[InterviewRecord]
) -> Iterator[InstrumentFacts]:
    """The answers of each instrument; how many interviews the study holds is counted apart from them."""
    from kume_desktop.reports.tables import instrument_facts

    for record in study.instruments():
        count = sum(one.instrument_id == record.instrument_id for one in held)
        yield instrument_facts(study.instrument(record.version_id), answered[record.instrument_id], interviews_in=count)


def _answered(
    study: Study, instrument_id: str, units: Mapping[str, UnitRecord], all_interviews: Sequence[InterviewRecord]
) -> list[Answered]:
    """Interviews with the values that hold (several of one path are a conflict), calculated ones included."""
    from kume_desktop.reports.tables import Answered
    from kume_desktop.store import frames

    interviews = [one for one in all_interviews if one.instrument_id == instrument_id]
    held: dict[str, dict[str, tuple[str, ...]]] = {one.interview_id: {} for one in interviews}
    for row in frames.answer_rows(study.database, study.wave.wave_id, instrument_id):
        if row.relevant and row.interview_id in held:
            values = held[row.interview_id]
            values[row.path] = (*values.get(row.path, ()), row.value)
    counted, _doubled = frames.counted(study.database, study.wave.wave_id, instrument_id)
    for interview_id, computed in frames.calculated(study.database, study.wave.wave_id, instrument_id).items():
        values = held.get(interview_id, {})
        values |= {path: (value,) for path, value in computed.items() if value and path not in values}
    return [
        Answered(
            firm=units[one.unit_id].code,
            interview=one.interview_id,
            state=one.state,
            counts=counted.get(one.unit_id) == one.interview_id,
            answers=held[one.interview_id],
        )
        for one in interviews
    ]


def _ratings(
    study: Study,
    method: Method,
    units: Mapping[str, UnitRecord],
    interviews: Sequence[InterviewRecord],
    given: Sequence[RatingRecord],
) -> Iterator[RatingRow]:
    from kume_desktop.reports.content import RatingRow
    from kume_desktop.store import frames

    used = frames.used_ratings(given, results.FIRM_ROUTE, method.level_source)
    rated = {record.instrument_id for record in study.instruments() if study.instrument(record.version_id).indicators}
    rests_on = {one.unit_id: one.interview_id for one in interviews if one.instrument_id in rated and one.counts}
    evidence = {
        (one.target_id, one.indicator): tuple(_ROW_IDS.sub("", path) for _interview, path in one.evidence)
        for one in given
        if one.evidence
    }
    for one in given:
        if one.target_kind == "unit" and one.target_id in units:
            yield RatingRow(
                firm=units[one.target_id].code,
                indicator=one.indicator,
                level=one.level,
                used=one.rating_id in used,
                source=one.basis,
                rater=one.rater,
                round=str(one.round),
                reason=one.reason,
                suggestion=one.suggestion,
                interview=rests_on.get(one.target_id, ""),
                at=one.at,
                evidence=evidence.get((one.target_id, one.indicator), ()),
            )


def _panel(study: Study, method: Method, given: Iterable[RatingRecord]) -> Iterator[PanelRow]:
    """The levels of areas that count; where panels differ none does, and `results.left_out` names them."""
    from kume_desktop.reports.content import PanelRow
    from kume_desktop.store import frames, reading

    used = frames.used_ratings(given, results.PANEL_ROUTE, method.level_source)
    codes = {area.area_id: area.code for area in reading.areas(study.database)}
    for one in given:
        if one.rating_id in used:
            yield PanelRow(codes[one.target_id], one.indicator, one.level, one.rater, one.reason, "", one.at)
