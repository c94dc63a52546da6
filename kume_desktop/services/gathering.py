"""Everything that a report or an export shows, read at once from the open study."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import __version__
from kume_desktop.services import recording, results
from kume_desktop.services.studies import Study
from kume_desktop.store.collector import at_rest

if TYPE_CHECKING:
    from kume_desktop.reports.content import (
        AreaFacts,
        DecisionRow,
        FirmFacts,
        InstrumentFacts,
        PanelRow,
        RatingRow,
        ReportContent,
        RespondentRow,
        VersionRow,
    )
    from kume_desktop.reports.tables import Answered
    from kume_desktop.scoring.method import Method
    from kume_desktop.store.records import RatingRecord, UnitRecord
    from kume_desktop.store.standings import Standing

_ROW_IDS = re.compile(r"\[[^\]]*\]")
EXPERT = "expert"


def gather(
    study: Study, *, edition: str = "audit", reason: str = "", personal: bool = False, sheets: Sequence[str] = ()
) -> ReportContent:
    """Everything that a workbook shows, with the results that hold now."""
    from kume_desktop.reports.content import Edition, LeftOutRow, ReportContent
    from kume_desktop.store import frames, reading
    from kume_desktop.store.standings import standings

    computed, method = results.current(study), results.method(study)
    known = {area.code for area in study.areas()}
    units = {unit.unit_id: unit for unit in reading.units(study.database, study.wave.wave_id) if unit.area in known}
    held = standings(study.database, study.wave.wave_id)
    interviews = [one for one in held if one.unit_id in units]
    given = frames.given_ratings(study.database, study.wave.wave_id)
    indicators = [one for record in study.instruments() for one in study.instrument(record.version_id).indicators]
    with at_rest():
        forms, sole_traders = _forms(study, units, interviews, held)
    return ReportContent(
        study=study.record.name,
        agency=study.record.agency,
        wave=study.wave.name,
        demonstration=study.record.demonstration,
        edition=Edition(study.person, study.role, reason, datetime.now().astimezone(), __version__, edition),
        method=method,
        indicators=tuple(indicators),
        areas=tuple(_areas(study)),
        firms=tuple(_firm(unit, sole_traders) for unit in units.values()),
        instruments=forms,
        ratings=tuple(_Ratings(study, method, units, interviews, given).rows()),
        panel=tuple(_panel(study, method, given)),
        results=computed,
        include_personal=personal,
        decisions=tuple(_decisions(study)),
        versions=tuple(_versions(study)),
        left_out=tuple(LeftOutRow(one["firm"], one["what"], one["reason"]) for one in results.left_out(study)),
        parts=tuple(sheets),
        respondents=tuple(_respondents(study, units, interviews)) if personal else (),
    )


def _respondents(
    study: Study, units: Mapping[str, UnitRecord], interviews: Sequence[Standing]
) -> Iterator[RespondentRow]:
    """Who joined an interview; erased ones are left out."""
    from kume_desktop.reports.content import RespondentRow
    from kume_desktop.services import respondents

    for one in interviews:
        for joined in respondents.respondents(study.database, one.interview_id):
            yield RespondentRow(
                units[one.unit_id].code, one.interview_id, one.instrument_id, joined.number, joined.who, joined.how,
                _ROW_IDS.sub("", joined.since), _ROW_IDS.sub("", joined.until), joined.at,
            )  # fmt: skip


def _areas(study: Study) -> Iterator[AreaFacts]:
    from kume_desktop.reports.content import AreaFacts
    from kume_desktop.scoring.method import Words

    for area in study.areas():
        yield AreaFacts(area.code, Words(area.name_tr, area.name_en), area.frame_n, area.nace)


def _sole_traders(answered: Iterable[Answered]) -> Iterator[str]:
    """The firms that said, in any interview, that they are a sole trader: everything of theirs is personal."""
    asked = f"/{recording.LEGAL_FORM}"
    for one in answered:
        if any(recording.SOLE_TRADER in values for path, values in one.answers.items() if path.endswith(asked)):
            yield one.firm


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
        nace=(unit.field_nace or unit.nace).replace(".", "")[:2],
        unit_id=unit.unit_id,
    )


def _forms(
    study: Study, units: Mapping[str, UnitRecord], interviews: Sequence[Standing], held: Sequence[Standing]
) -> tuple[tuple[InstrumentFacts, ...], frozenset[str]]:
    """The answers of each instrument, one after the other, and the firms that are sole traders.

    How many interviews the study holds is counted apart from the answers.
    """
    from kume_desktop.reports.tables import instrument_facts

    found: list[InstrumentFacts] = []
    sole_traders: set[str] = set()
    for record in study.instruments():
        answered = _answered(study, record.instrument_id, units, interviews)
        sole_traders.update(_sole_traders(answered))
        count = sum(one.instrument_id == record.instrument_id for one in held)
        found.append(instrument_facts(study.instrument(record.version_id), answered, interviews_in=count))
    return tuple(found), frozenset(sole_traders)


def _answered(
    study: Study, instrument_id: str, units: Mapping[str, UnitRecord], all_interviews: Sequence[Standing]
) -> list[Answered]:
    """Interviews with the values that hold (several of one path are a conflict), calculated ones included."""
    from kume_desktop.reports.tables import Answered
    from kume_desktop.services.version_paths import Newest
    from kume_desktop.store import frames

    counted, _doubled = frames.counted(study.database, study.wave.wave_id, instrument_id)
    newest = Newest(study, instrument_id)
    interviews = {one.interview_id: one for one in all_interviews if one.instrument_id == instrument_id}
    order = {interview_id: place for place, interview_id in enumerate(interviews)}
    found: list[Answered] = []
    for interview_id, values in frames.held_values(study.database, study.wave.wave_id, instrument_id):
        one = interviews.get(interview_id)
        if one is not None:
            found.append(
                Answered(
                    firm=units[one.unit_id].code,
                    interview=interview_id,
                    state=one.state,
                    counts=counted.get(one.unit_id) == interview_id,
                    answers=newest.paths(one.version_id, values),
                )
            )
    return sorted(found, key=lambda each: order[each.interview])


class _Ratings:
    """The ratings of firms as rows: every one that was given, in conflict or settled, with what it rests on."""

    def __init__(
        self,
        study: Study,
        method: Method,
        units: Mapping[str, UnitRecord],
        interviews: Sequence[Standing],
        given: Sequence[RatingRecord],
    ) -> None:
        from kume_desktop.store import frames

        rated = {one.instrument_id for one in study.instruments() if study.instrument(one.version_id).indicators}
        held = frames.in_force(given, results.FIRM_ROUTE, method.level_source)
        self._units = units
        self._codes = frozenset(method.indicator_codes)
        self._given = given
        self._used = {rating.rating_id: evidence for rating, evidence in held.values()}
        self._rests_on = {
            one.unit_id: one.interview_id for one in interviews if one.instrument_id in rated and one.counts
        }
        self._names = {one.rating_id: f"{one.rater} {one.round}" for one in given}
        self._evidence = {(one.target_id, one.indicator): _paths(one) for one in given if one.evidence}
        self._conflicts = _conflicts(study) if any(one.contested for one in given) else {}

    def rows(self) -> Iterator[RatingRow]:
        """One row each; drafts are no ratings, and experts rate need cells, not firms."""
        for one in self._given:
            is_firm = one.target_kind == "unit" and one.target_id in self._units and one.indicator in self._codes
            if is_firm and one.basis != EXPERT and not one.draft:
                yield self._row(one)

    def _row(self, one: RatingRecord) -> RatingRow:
        from kume_desktop.reports.content import RatingRow

        evidence = self._used.get(one.rating_id)
        return RatingRow(
            firm=self._units[one.target_id].code,
            indicator=one.indicator,
            level=one.level,
            used=evidence is not None,
            source=one.basis,
            rater=one.rater,
            round=str(one.round),
            basis=str(evidence) if evidence else one.evidence_kind,
            reason=one.reason,
            suggestion=one.suggestion,
            interview=self._rests_on.get(one.target_id, ""),
            at=one.at,
            conflict=self._conflicts.get(one.rating_id, ()),
            evidence=self._evidence.get((one.target_id, one.indicator), ()),
            agreed=bool(one.settles),
            settles=tuple(self._names.get(settled, settled) for settled in one.settles),
            missing=one.missing,
        )


def _paths(rating: RatingRecord) -> tuple[str, ...]:
    return tuple(_ROW_IDS.sub("", path) for _interview, path in rating.evidence)


def _conflicts(study: Study) -> dict[str, tuple[int, ...]]:
    """Rating id -> the levels of which nobody has said which holds."""
    from kume_desktop.store import reading

    found: dict[str, tuple[int, ...]] = {}
    for conflict in reading.conflicts(study.database):
        if not conflict.path:
            said = [json.loads(head.value) for head in conflict.heads if head.value]
            levels = [one.get("level") for one in said if isinstance(one, dict)]
            found[conflict.subject_id] = tuple(level for level in levels if isinstance(level, int))
    return found


def _panel(study: Study, method: Method, given: Sequence[RatingRecord]) -> Iterator[PanelRow]:
    """The levels of areas that count; where panels differ none does, and `results.left_out` names them."""
    from kume_desktop.reports.content import PanelRow
    from kume_desktop.store import frames, reading

    used = {one.rating_id for one, _ in frames.in_force(given, results.PANEL_ROUTE, method.level_source).values()}
    codes = {area.area_id: area.code for area in reading.areas(study.database)}
    for one in given:
        if one.rating_id in used and one.indicator in method.indicator_codes:
            members = ", ".join(one.members.splitlines())
            yield PanelRow(codes[one.target_id], one.indicator, one.level, one.rater, one.reason, members, one.at)


def _decisions(study: Study) -> Iterator[DecisionRow]:
    """What the committee decided, the newest first; what was withdrawn or cannot be read any more is left out."""
    from kume_desktop.reports.content import DecisionRow
    from kume_desktop.services import committee

    for area in study.areas():
        for one in reversed(committee.history(study, area.code)):
            said = one.decision
            if said is not None:
                yield DecisionRow(
                    said.area, said.category, said.date, said.members, said.votes, said.minutes, said.reason,
                    one.in_force, one.author, one.at,
                )  # fmt: skip


def _versions(study: Study) -> Iterator[VersionRow]:
    from kume_desktop.reports.content import VersionRow
    from kume_desktop.scoring.method import Words
    from kume_desktop.services import method_versions

    for one in method_versions.versions(study):
        told = [" · ".join(part for part in (text, one.note) if part) for text in (one.summary_tr, one.summary_en)]
        yield VersionRow(one.number, one.state, Words(*told), one.author, one.at, one.changes)
