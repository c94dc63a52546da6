"""Questions to the store, answered in frozen records.

`source` is an open `Database`, or an `Act` to see its own writes too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Row, and_, bindparam, func, select

from kume_desktop.problems import Refused, problem
from kume_desktop.store import records, tables
from kume_desktop.store.events import EventKind, plain_path
from kume_desktop.store.tables import (
    area,
    assignment,
    blob,
    draft,
    event,
    head,
    instrument_version,
    interview,
    interview_state,
    method_version,
    path,
    position,
    rating,
    result,
    state,
    stream,
    subject,
    tombstone,
    unit,
    visit,
    wave,
)


class Source(Protocol):
    """What can be asked: an open database, or an act in progress."""

    def rows(self, statement: Executable) -> list[Row[Any]]:
        """The rows that a statement finds."""
        ...


def study_head(source: Source) -> records.StudyRecord:
    """The study of this database.

    Raises:
        Refused: `study.not-a-study` where none was created.
    """
    study, agency = tables.study, tables.agency
    statement = select(study, agency.c.name.label("agency_name")).outerjoin(agency, agency.c.id == study.c.agency)
    found = source.rows(statement.limit(1))
    if not found:
        raise Refused(problem("study.not-a-study", file=""))
    row = found[0]
    return records.StudyRecord(row.id, row.name, bool(row.demonstration), row.agency_name or "", row.created_at)


def waves(source: Source) -> tuple[records.WaveRecord, ...]:
    """The survey rounds, the first one first."""
    found = source.rows(select(wave.c.id, wave.c.code, wave.c.name).order_by(wave.c.opened_at, wave.c.id))
    return tuple(records.WaveRecord(row.id, row.code, row.name) for row in found)


def facts(source: Source, subject_id: str) -> Mapping[str, str]:
    """The attributes of a subject that were set as facts; contested and erased ones are left out."""
    found: dict[str, str] = {}
    for name, rows in heads(source, subject_id).items():
        values = {row.value for row in rows if row.kind in {EventKind.FACT, EventKind.CONFLICT_RESOLVED}}
        if name and len(values) == 1 and (value := values.pop()) is not None:
            found[name] = value
    return found


def areas(source: Source) -> tuple[records.AreaRecord, ...]:
    """The activity areas in study order."""
    found = source.rows(select(area).order_by(area.c.ordinal, area.c.code))
    return tuple(
        records.AreaRecord(
            row.id, row.code, row.name_tr, row.name_en, row.nace, row.nace_revision, row.frame_n, row.ordinal
        )
        for row in found
    )


def units(source: Source, wave_id: str | None = None) -> tuple[records.UnitRecord, ...]:
    """All units in the Turkish order of their names, with the interviewer of `wave_id` (or of the first wave)."""
    return tuple(_unit(row) for row in source.rows(_units(source, wave_id).order_by(unit.c.sort_name, unit.c.id)))


def unit_record(source: Source, unit_id: str, wave_id: str | None = None) -> records.UnitRecord:
    """One unit.

    Raises:
        Refused: `study.unit-missing`.
    """
    found = source.rows(_units(source, wave_id).where(unit.c.id == unit_id))
    if not found:
        raise Refused(problem("study.unit-missing"))
    return _unit(found[0])


def _units(source: Source, wave_id: str | None) -> Any:
    this = wave_id or next((one.wave_id for one in waves(source)), None)
    assigned = and_(assignment.c.unit == unit.c.id, assignment.c.wave == this)
    return (
        select(unit, assignment.c.interviewer, tombstone.c.subject.label("tombstone"))
        .outerjoin(assignment, assigned)
        .outerjoin(tombstone, tombstone.c.subject == unit.c.id)
        .where(unit.c.kind != "withdrawn")
    )


def _unit(row: Row[Any]) -> records.UnitRecord:
    return records.UnitRecord(
        row.id, row.kind, row.code, row.name, row.area or "", row.district, row.nace, row.nace_revision,
        row.field_nace, row.size_class, row.tax_number, row.natural_person, row.interviewer or "",
        row.tombstone is not None,
    )  # fmt: skip


def frame_rows(source: Source, unit_id: str) -> tuple[records.FrameRow, ...]:
    """What each frame list said about a unit."""
    table = tables.frame_row
    found = source.rows(select(table).where(table.c.unit == unit_id).order_by(table.c.frame_version))
    return tuple(records.FrameRow(row.frame_version, row.unit, row.cells or {}) for row in found)


def instruments(source: Source) -> tuple[records.InstrumentRecord, ...]:
    """The instrument versions of the study, without their bulk."""
    table = instrument_version
    found = source.rows(select(table).order_by(table.c.instrument, table.c.installed_at, table.c.id))
    return tuple(_instrument(row) for row in found)


def instrument_content(source: Source, version_id: str) -> records.InstrumentContent:
    """One instrument version with the workbook's bytes and its source JSON.

    Raises:
        Refused: `study.instrument-missing`.
    """
    found = source.rows(select(instrument_version).where(instrument_version.c.id == version_id))
    if not found:
        raise Refused(problem("study.instrument-missing"))
    record = found[0]
    workbook, form = blob_content(source, record.workbook), blob_content(source, record.source)
    return records.InstrumentContent(_instrument(record), workbook, form.decode())


def _instrument(row: Row[Any]) -> records.InstrumentRecord:
    return records.InstrumentRecord(
        row.id, row.instrument, row.version, row.title_tr, row.title_en, row.content_hash, row.file_hash,
        row.installed_at,
    )  # fmt: skip


def blob_content(source: Source, digest: str) -> bytes:
    """The bytes kept under a hash.

    Raises:
        Refused: `study.blob-missing`.
    """
    found = source.rows(select(blob.c.content).where(blob.c.hash == digest))
    if not found:
        raise Refused(problem("study.blob-missing", hash=digest[:12]))
    return bytes(found[0].content)


def interviews(
    source: Source, *, unit_id: str | None = None, interview_id: str | None = None, wave_id: str | None = None
) -> tuple[records.InterviewRecord, ...]:
    """Interviews with their summary and position, the oldest first; all of them or those that are named."""
    where = [
        column == value
        for column, value in ((interview.c.unit, unit_id), (interview.c.id, interview_id), (interview.c.wave, wave_id))
        if value is not None
    ]
    named = subject.alias("named")
    statement = (
        select(
            interview, instrument_version.c.instrument, interview_state, path.c.text.label("position"),
            interview_state.c.at.label("summary_at"), position.c.at.label("position_at"),
        )
        .join(named, named.c.id == interview.c.id)
        .outerjoin(instrument_version, instrument_version.c.id == interview.c.instrument_version)
        .outerjoin(interview_state, interview_state.c.subject == named.c.no)
        .outerjoin(position, position.c.subject == named.c.no)
        .outerjoin(path, path.c.no == position.c.path)
        .where(*where)
        .order_by(interview.c.opened_at, interview.c.id)
    )  # fmt: skip
    return tuple(_interview(row) for row in source.rows(statement))


def _interview(row: Row[Any]) -> records.InterviewRecord:
    counted = (
        row.answered, row.asked, row.warnings, row.errors, row.last_question, row.last_section, row.instrument_hash,
        row.engine_version,
    )  # fmt: skip
    summary = records.Summary() if row.summary_at is None else records.Summary(*counted)
    moments = [at for at in (row.summary_at, row.position_at) if at is not None]
    return records.InterviewRecord(
        row.id, row.unit, row.wave, row.instrument_version, row.instrument or "", row.interviewer, row.state,
        row.counts, row.opened_at, row.completed_at, summary, row.position or "", max(moments, default=None),
        row.review, row.review_reason, row.reviewed_by, row.reviewed_at,
    )  # fmt: skip


_HEAD_COLUMNS = (path.c.text, head.c.value, event.c.id, event.c.kind, event.c.at, event.c.author, head.c.personal)


def heads(source: Source, subject_id: str) -> Mapping[str, tuple[records.HeadRow, ...]]:
    """The heads of a subject by head path (answers plain, others with their register), in the order of their events."""
    statement = _heads_of().where(subject.c.id == subject_id).order_by(path.c.text, event.c.id)
    return _by_path(source.rows(statement))


def answers(source: Source, interview_id: str) -> Mapping[str, str]:
    """What a person answered, by path; contested paths are left out (see `conflicts`), cleared ones too."""
    return _texts(source, interview_id, {EventKind.ANSWER, EventKind.CONFLICT_RESOLVED}, "")


def recorded(source: Source, interview_id: str) -> Mapping[str, str]:
    """The values that depended on clock, chance or device, by path."""
    return _texts(source, interview_id, {EventKind.RECORDED}, "")


def comments(source: Source, interview_id: str) -> Mapping[str, str]:
    """The comments by path of the question."""
    return _texts(source, interview_id, {EventKind.COMMENT, EventKind.CONFLICT_RESOLVED}, "#comment")


def overrides(source: Source, interview_id: str) -> Mapping[str, str]:
    """The reasons for passing a warning, by path."""
    return _texts(source, interview_id, {EventKind.OVERRIDE, EventKind.CONFLICT_RESOLVED}, "#override")


def gap_reasons(source: Source, interview_id: str) -> Mapping[str, str]:
    """The reasons why a question stayed open when the interview was completed, by path."""
    return _texts(source, interview_id, {EventKind.GAP_REASON, EventKind.CONFLICT_RESOLVED}, "#gap")


def repeat_rows(source: Source, interview_id: str) -> Mapping[str, str]:
    """The repeat rows that exist, by path, with their place."""
    return _texts(source, interview_id, {EventKind.ROW_ADDED, EventKind.ROW_MOVED, EventKind.CONFLICT_RESOLVED}, "#row")


def _texts(source: Source, interview_id: str, kinds: set[EventKind], register: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for where, rows in heads(source, interview_id).items():
        plain = plain_path(where)
        if where != plain + register or rows[0].kind not in kinds or not plain.startswith("/"):
            continue
        values = {row.value for row in rows}
        if len(values) == 1 and (value := values.pop()):
            found[plain] = value
    return found


def conflicts(source: Source) -> tuple[records.Conflict, ...]:
    """Every path with several different values, each with all its heads."""
    statement = (
        _heads_of(subject.c.kind.label("subject_kind"), subject.c.id.label("subject_id"))
        .where(_is_contested())
        .order_by(subject.c.id, path.c.text, event.c.id)
    )
    grouped: dict[tuple[str, str, str], list[records.HeadRow]] = {}
    for row in source.rows(statement):
        grouped.setdefault((row.subject_kind, row.subject_id, row.text), []).append(_head(row))
    return tuple(records.Conflict(*where, tuple(rows)) for where, rows in grouped.items())


def _heads_of(*more: Any) -> Any:
    return (
        select(*_HEAD_COLUMNS, *more)
        .select_from(head)
        .join(subject, subject.c.no == head.c.subject)
        .join(path, path.c.no == head.c.path)
        .join(event, event.c.no == head.c.event)
    )


def _is_contested() -> ColumnElement[bool]:
    """Written out in the statement, so that the partial index serves it."""
    return head.c.contested == bindparam("contested", value=True, type_=tables.Flag(), literal_execute=True)


def _head(row: Row[Any]) -> records.HeadRow:
    return records.HeadRow(row.text, row.value, row.id, row.kind, row.at, row.author, row.personal)


def _by_path(rows: Iterable[Row[Any]]) -> Mapping[str, tuple[records.HeadRow, ...]]:
    grouped: dict[str, list[records.HeadRow]] = {}
    for row in rows:
        grouped.setdefault(row.text, []).append(_head(row))
    return {where: tuple(found) for where, found in grouped.items()}


def state_of(source: Source, interview_id: str) -> Mapping[str, records.StateRow]:
    """What the interview engine saved about an interview, by path."""
    statement = (
        select(path.c.text, state.c.relevant, state.c.value, state.c.problem)
        .join(subject, subject.c.no == state.c.subject)
        .join(path, path.c.no == state.c.path)
        .where(subject.c.id == interview_id)
    )
    return {row.text: records.StateRow(*row) for row in source.rows(statement)}


def drafts(source: Source, interview_id: str | None = None) -> tuple[records.DraftRecord, ...]:
    """Typed text that never became an answer, of one interview or of all."""
    statement = (
        select(subject.c.id, path.c.text, draft.c.text.label("typed"), draft.c.at)
        .join(subject, subject.c.no == draft.c.subject)
        .join(path, path.c.no == draft.c.path)
        .order_by(draft.c.at, path.c.text)
    )
    if interview_id is not None:
        statement = statement.where(subject.c.id == interview_id)
    return tuple(records.DraftRecord(row.id, row.text, row.typed, row.at) for row in source.rows(statement))


def visits(source: Source, unit_id: str | None = None) -> tuple[records.VisitRecord, ...]:
    """Contact attempts of one unit or of all, the oldest first, without those that were taken back."""
    statement = select(visit).where(visit.c.state == "").order_by(visit.c.at, visit.c.id)
    found = source.rows(statement if unit_id is None else statement.where(visit.c.unit == unit_id))
    return tuple(
        records.VisitRecord(
            row.id, row.unit, row.wave, row.at, row.outcome, row.next_at, row.note, row.by, row.mode, bool(row.refusal)
        )
        for row in found
    )  # fmt: skip


def ratings(
    source: Source, wave_id: str | None = None, target_id: str | None = None
) -> tuple[records.RatingRecord, ...]:
    """Levels given, by target, indicator, round and rater."""
    statement = select(rating).order_by(
        rating.c.target_kind, rating.c.target, rating.c.indicator, rating.c.round, rating.c.rater, rating.c.id
    )
    if wave_id is not None:
        statement = statement.where(rating.c.wave == wave_id)
    if target_id is not None:
        statement = statement.where(rating.c.target == target_id)
    return tuple(_rating(row) for row in source.rows(statement))


def _rating(row: Row[Any]) -> records.RatingRecord:
    evidence = tuple((str(interview_id), str(where)) for interview_id, where in row.evidence or ())
    return records.RatingRecord(
        row.id, row.wave, row.target_kind, row.target, row.indicator, row.rater, row.round, row.scale, row.level,
        row.basis, row.suggestion, row.reason, evidence, row.contested, row.at, row.evidence_kind,
        tuple(str(each) for each in row.settles or ()), row.seen, row.missing, row.draft, row.rubric_version,
        row.facts_hash, row.held_on, row.members,
    )  # fmt: skip


def sheets(source: Source, wave_id: str) -> tuple[records.SheetRecord, ...]:
    """Where the raters of a wave stand, by target, round and rater."""
    table = tables.rating_sheet
    order = (table.c.target_kind, table.c.target, table.c.round, table.c.rater)
    found = source.rows(select(table).where(table.c.wave == wave_id).order_by(*order))
    return tuple(records.SheetRecord(*tuple(row)) for row in found)


def methods(source: Source, wave_id: str) -> tuple[records.MethodRecord, ...]:
    """The method versions of a wave, the newest last (by number, never by clock)."""
    table = method_version
    statement = select(table).where(table.c.wave == wave_id).order_by(table.c.number, table.c.id)
    return tuple(
        records.MethodRecord(
            row.id, row.wave, row.number, row.name, row.version, row.method_hash, row.payload, row.author, row.at
        )
        for row in source.rows(statement)
    )


def latest_method(source: Source, wave_id: str) -> records.MethodRecord | None:
    """The method version in force for a wave."""
    found = methods(source, wave_id)
    return found[-1] if found else None


def latest_result(source: Source, wave_id: str, route: str | None = None) -> records.ResultRecord | None:
    """The result that was saved last for a wave (and route)."""
    statement = select(result).where(result.c.wave == wave_id).order_by(result.c.at.desc(), result.c.id.desc()).limit(1)
    if route is not None:
        statement = statement.where(result.c.route == route)
    for row in source.rows(statement):
        payload = blob_content(source, row.payload).decode()
        return records.ResultRecord(
            row.id, row.wave, row.route, row.method or "", row.method_hash, tuple(row.instrument_hashes or ()),
            row.inputs_hash, row.engine_version, row.seed, payload, row.at,
        )  # fmt: skip
    return None


def consents(source: Source, interview_id: str) -> tuple[records.ConsentRecord, ...]:
    """The acts of consent of an interview."""
    table = tables.consent
    found = source.rows(select(table).where(table.c.interview == interview_id).order_by(table.c.purpose))
    return tuple(
        records.ConsentRecord(row.interview, row.purpose, bool(row.given), row.how, row.text_hash, row.at)
        for row in found
    )


def lines(source: Source, stream_id: str | None = None) -> tuple[str, ...]:
    """The verbatim lines of the log, of one stream or of all, in stream order."""
    statement = select(event.c.line).join(stream, stream.c.no == event.c.stream).order_by(stream.c.no, event.c.seq)
    if stream_id is not None:
        statement = statement.where(stream.c.id == stream_id)
    return tuple(row.line for row in source.rows(statement))


def events(source: Source, subject_id: str | None = None, limit: int | None = None) -> tuple[records.EventRecord, ...]:
    """Entries of the log in order of arrival, of one subject or of all; `limit` gives the last ones.

    A sealed value is read from the head where the event is one, else it stays None.
    """
    this_head = and_(head.c.subject == event.c.subject, head.c.path == event.c.path, head.c.event == event.c.no)
    statement = (
        select(
            event.c.id, stream.c.id.label("stream"), event.c.seq, event.c.kind, subject.c.kind.label("subject_kind"),
            subject.c.id.label("subject"), path.c.text, head.c.value.label("plain"), event.c.at, event.c.line,
        )
        .join(stream, stream.c.no == event.c.stream)
        .join(subject, subject.c.no == event.c.subject)
        .join(path, path.c.no == event.c.path)
        .outerjoin(head, this_head)
        .order_by(event.c.no.desc())
        .limit(limit)
    )  # fmt: skip
    if subject_id is not None:
        statement = statement.where(subject.c.id == subject_id)
    return tuple(_event(row) for row in reversed(source.rows(statement)))


def _event(row: Row[Any]) -> records.EventRecord:
    said = json.loads(row.line)
    value = said["value"]
    plain = row.plain if "sealed" in said else value if isinstance(value, str | None) else json.dumps(value)
    return records.EventRecord(
        row.id, row.stream, row.seq, row.kind, row.subject_kind, row.subject, row.text, plain, said["author"],
        said["role"], row.at, said["program"], tuple(said["supersedes"]), row.line,
    )  # fmt: skip


def counts(source: Source) -> records.Counts:
    """Row counts for reconciliation. Answers are heads of paths that a person answered."""
    answered = select(func.count()).select_from(head).join(event, event.c.no == head.c.event)
    answered = answered.where(event.c.kind.in_([EventKind.ANSWER, EventKind.CONFLICT_RESOLVED]))
    pairs = select(head.c.subject, head.c.path).where(_is_contested()).distinct()
    number = {
        "events": select(func.count()).select_from(event),
        "answers": answered.where(head.c.value != ""),
        "cleared": answered.where((head.c.value == "") | head.c.value.is_(None)),
        "contested": select(func.count()).select_from(pairs.subquery()),
        "interviews": select(func.count()).select_from(interview),
        "completed": select(func.count()).select_from(interview).where(interview.c.state == "completed"),
        "units": select(func.count()).select_from(unit).where(unit.c.kind != "withdrawn"),
        "areas": select(func.count()).select_from(area),
        "visits": select(func.count()).select_from(visit).where(visit.c.state == ""),
        "ratings": select(func.count()).select_from(rating),
    }
    row = source.rows(select(*(each.scalar_subquery().label(name) for name, each in number.items())))[0]
    return records.Counts(**row._mapping)


def is_known(source: Source, subject_id: str) -> bool:
    """Whether anything was ever said about a subject."""
    return bool(source.rows(select(subject.c.no).where(subject.c.id == UUID(subject_id))))
