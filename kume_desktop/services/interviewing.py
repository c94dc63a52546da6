"""One interview as its interviewer handles it: open, answer, comment, undo, leave, complete.

Each act is one unit of work; a `Saved` carries a time only after its commit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import (
    entities,
    fieldwork,
    handed_over,
    head_reading,
    notice_anew,
    notices,
    paper_facts,
    rating,
    recording,
    reserve,
    signatures,
    tables,
)
from kume_desktop.services.review import locks, queries
from kume_desktop.services.views import FirmRow, Saved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kume_desktop.interview.form import Form
    from kume_desktop.interview.record import Record
    from kume_desktop.interview.state import Interview, Outcome, Setting
    from kume_desktop.services.studies import Study
    from kume_desktop.store.events import EventKind
    from kume_desktop.store.reading import Source
    from kume_desktop.store.records import HeadRow, InterviewRecord
    from kume_desktop.store.unit_of_work import Act

_log = logging.getLogger(__name__)
OUTCOME = "sonuc"
VERSION = "version"
"""The head path of the moves of an interview to other versions of its form."""


class Session:
    """An open interview. The state is immutable; every accepted act commits first and replaces it then."""

    def __init__(self, study: Study, record: InterviewRecord, interview: Interview) -> None:
        from kume_desktop.store import reading

        self.study = study
        self.record, self.interview = record, interview
        _note_troubles(interview.told)
        self.firm: FirmRow = fieldwork.firm_row(study, record.unit_id)
        self.comments: dict[str, str] = dict(reading.comments(study.database, record.interview_id))
        kept = reading.drafts(study.database, record.interview_id)
        self.drafts: dict[str, str] = {draft.path: draft.text for draft in kept}
        self.draft_times: dict[str, datetime] = {draft.path: draft.at for draft in kept}
        self.position: str = record.position
        self.last_saved: datetime | None = record.last_at
        heads = reading.heads(study.database, record.interview_id)
        self.marks: set[str] = head_reading.marked(heads)
        self.contested: dict[str, tuple[str, ...]] = head_reading.contested(heads)
        self.asked: Mapping[str, queries.Query] = queries.of_heads(heads)
        self.paper = paper_facts.facts_in(heads)
        self.read_again = frozenset(notices.read_again(interview, heads))
        self.earlier_ms = head_reading.measured(heads)
        self.is_moved_apart = len(heads.get(VERSION, ())) > 1
        self.brought = frozenset(path for path, rows in heads.items() if rows[0].at <= record.opened_at)
        self._seen: recording.Seen = {path: tuple(row.event_id for row in rows) for path, rows in heads.items()}
        self._given: list[tuple[str, Interview]] = []
        self.removed: dict[str, tuple[bytes, str]] = {}

    @property
    def interview_id(self) -> str:
        """The identifier of the interview."""
        return self.record.interview_id

    @property
    def started_at(self) -> datetime:
        """When the interview was opened first."""
        return self.record.opened_at

    @property
    def is_completed(self) -> bool:
        """Whether it was completed (and not reopened since)."""
        return self.record.state == "completed"

    def answer(self, path: str, raw: str) -> Saved:
        """Give or (with '') clear an answer; refused answers store nothing."""
        from kume_desktop.interview import reasons

        if refused := self._locked(path):
            return Saved(None, (refused,), path)
        before = self.interview
        self._clear_contact(path, raw)
        saved = self._carry_out(reasons.answer(self.interview, path, raw), path)
        if saved.at is not None and self.interview.value(path) != before.value(path):
            self._given.append((path, before))
        return saved

    def _clear_contact(self, path: str, raw: str) -> None:
        """Who refuses consent leaves no contact data: what was given before goes first."""
        from kume_desktop.interview import reasons

        for each in notices.to_clear(self.interview, path, raw):
            self._carry_out(reasons.answer(self.interview, each, ""), each)

    def add_row(self, repeat: str) -> Saved:
        """Add a row at the end of a repeat; `path` of what is returned is the new row's."""
        from kume_desktop.interview import engine

        outcome = engine.add_row(self.interview, repeat)
        row = f"{repeat}[{outcome.rows[0].row}]" if outcome.rows else repeat
        return self._change_rows(outcome, row)

    def remove_row(self, row: str) -> Saved:
        """Take a row out of a repeat with its answers; the log keeps them, and `undo` brings them back."""
        from kume_desktop.interview import engine

        return self._change_rows(engine.remove_row(self.interview, row), row)

    def _change_rows(self, outcome: Outcome, row: str) -> Saved:
        if self.is_completed:
            return Saved(None, (problem("interview.completed"),), row)
        before = self.interview
        saved = self._carry_out(outcome, row)
        if saved.at is not None and self.interview is not before:
            self._given.append((row, before))
        return saved

    def override(self, path: str, reason: str) -> Saved:
        """Let a warning stand, with the reason that is kept."""
        from kume_desktop.interview import engine

        if refused := self._locked(path):
            return Saved(None, (refused,), path)
        return self._carry_out(engine.override(self.interview, path, reason), path)

    def undo(self) -> Saved | None:
        """Take the last answer or row of this session back; None where there is none. What was is stored anew."""
        from kume_desktop.interview import engine

        if not self._given or self.is_completed:
            return None
        path, before = self._given[-1]
        outcome = engine.undo(self.interview, before)
        saved = self._carry_out(outcome, path)
        if saved.at is not None or not outcome.accepted:
            self._given.pop()
        return saved

    def comment(self, path: str, text: str) -> Saved:
        """Keep a comment on a question; '' takes it away."""
        from kume_desktop.store.events import EventKind

        text = "\n".join(text.splitlines()).strip()
        saved = self._append(EventKind.COMMENT, path, text)
        if saved.at is not None:
            self.comments.pop(path, None)
            self.comments |= {path: text} if text else {}
        return saved

    def mark(self, path: str) -> Saved:
        """Mark a question for later, or take the mark away."""
        from kume_desktop.store.events import EventKind

        saved = self._append(EventKind.FLAG, path, "" if path in self.marks else head_reading.MARK)
        if saved.at is not None:
            self.marks ^= {path}
        return saved

    def go_to(self, path: str) -> None:
        """Remember the question at which the interview is, so that reopening returns to it."""
        if path == self.position or self.study.is_read_only:
            return
        with self.study.act(wait=False) as act:
            act.save_position(self.interview_id, path)
        self.position = path

    def draft(self, path: str, text: str) -> None:
        """Keep what is being typed; '' drops it. Not an answer and not an event."""
        if self.study.is_read_only:
            return
        with self.study.act(wait=False) as act:
            if text:
                act.save_draft(self.interview_id, path, text)
            else:
                act.clear_draft(self.interview_id, path)
            self.draft_times |= {path: act.at}
        self.drafts |= {path: text}
        if not text:
            self._forget_draft(path)

    def _forget_draft(self, path: str) -> None:
        self.drafts.pop(path, None)
        self.draft_times.pop(path, None)

    def complete(self, reasons: Mapping[str, str] | None = None) -> Saved:
        """Complete the interview: what is open must be settled or have a reason."""
        from kume_desktop.interview import engine, page
        from kume_desktop.store.events import EventKind

        if self.contested:
            return Saved(None, tuple(map(_conflict, self.contested.values())), next(iter(self.contested)))
        given = {path: reason for path, reason in (reasons or {}).items() if reason.strip()}
        unsettled = [one for one in page.open_problems(self.interview) if one.path not in given]
        if unsettled:
            return Saved(None, tuple(one.problem for one in unsettled), unsettled[0].path)
        outcome = engine.finish(self.interview)
        try:
            with self.act() as (act, seen):
                recording.write_outcome(act, self.record, outcome, seen)
                for path, reason in given.items():
                    recording.append(act, self.record, EventKind.GAP_REASON, path, reason, seen)
                recording.append(act, self.record, EventKind.INTERVIEW_COMPLETED, "", "completed", seen)
                recording.write_state(act, self.record, outcome.interview, self.position)
                rating.keep_suggestions(act, self.study, self.record, outcome.interview)
                self._write_visit(act, outcome.interview)
            self._done(outcome, act.at)
        except Refused as refusal:
            return Saved(None, refusal.problems)
        self.record = replace(self.record, state="completed", completed_at=act.at)
        return Saved(act.at)

    def reopen(self) -> Saved:
        """Open a completed interview again; what its rubric suggested counts no more until it is completed."""
        from kume_desktop.store.events import EventKind

        if (refused := may_reopen(self.study, self.record)) is not None:
            return Saved(None, (refused,))
        try:
            with self.act() as (act, seen):
                recording.append(act, self.record, EventKind.INTERVIEW_REOPENED, "", "open", seen)
                rating.withdraw_suggestions(act, self.study, self.record, self.interview)
        except Refused as refusal:
            return Saved(None, refusal.problems)
        self.record = replace(self.record, state="open", completed_at=None)
        self.last_saved = act.at
        return Saved(act.at)

    def set_language(self, code: str) -> None:
        """Show the interview in another language of its form."""
        from kume_desktop.interview import engine

        self.interview = engine.set_language(self.interview, code)

    def _locked(self, path: str) -> Problem | None:
        """Why an answer may not be changed now: the interview is completed, or the question is in conflict."""
        if self.is_completed:
            return problem("interview.completed")
        waits = path in self.contested and not queries.waits(self.asked, path)
        return _conflict(self.contested[path]) if waits else None

    def _write_visit(self, act: Act, interview: Interview) -> None:
        """The outcome of the interview is the outcome of the visit."""
        from kume_desktop.store import writing

        outcome = interview.value(interview.path_of(OUTCOME)) if OUTCOME in interview.form.by_name else ""
        if outcome in fieldwork.OUTCOMES:
            at = self.paper.moment if self.paper is not None else None
            writing.record_visit(act, self.study.wave.wave_id, self.record.unit_id, outcome, at=at)

    @contextmanager
    def act(self) -> Iterator[tuple[Act, recording.Seen]]:
        """A unit of work with the heads seen so far; what it writes counts as seen only once it is committed.

        Raises:
            Refused: what `Study.act` refuses.
        """
        seen = dict(self._seen)
        with self.study.act(wait=False) as act:
            yield act, seen
        self._seen = seen

    def _carry_out(self, outcome: Outcome, path: str) -> Saved:
        _note_troubles(outcome.problems)
        if not outcome.accepted:
            return Saved(None, outcome.problems, path)
        if not (outcome.changes or outcome.rows or outcome.overrides):
            self.interview = outcome.interview
            if path in self.drafts:
                self.draft(path, "")
            return Saved(self.last_saved, outcome.problems, path)
        try:
            with self.act() as (act, seen):
                recording.write_outcome(act, self.record, outcome, seen)
                if self.removed:
                    _put_back(act, self.removed, outcome)
                recording.write_changed_state(act, self.record, self.interview, outcome.interview, path)
                if path != self.position:
                    act.save_position(self.interview_id, path)
                if path in self.drafts:
                    act.clear_draft(self.interview_id, path)
        except Refused as refusal:
            return Saved(None, refusal.problems, path)
        self._done(outcome, act.at)
        self.position = path
        self._forget_draft(path)
        return Saved(act.at, outcome.problems, path)

    def _done(self, outcome: Outcome, at: datetime) -> None:
        self.interview, self.last_saved = outcome.interview, at
        for change in outcome.changes:
            self.contested.pop(change.path, None)

    def _append(self, kind: EventKind, path: str, value: str) -> Saved:
        try:
            with self.act() as (act, seen):
                recording.append(act, self.record, kind, path, value, seen)
        except Refused as refusal:
            return Saved(None, refusal.problems, path)
        self.last_saved = act.at
        return Saved(act.at, (), path)


def _conflict(values: Iterable[str]) -> Problem:
    return problem("interview.in-conflict", values=" / ".join(value or "–" for value in values))


def _put_back(act: Act, removed: Mapping[str, tuple[bytes, str]], outcome: Outcome) -> None:
    """Keep the bytes again that an answer names anew after its evidence was removed."""
    from kume_desktop.store import attachments

    for name in {one.new for one in outcome.changes} & removed.keys():
        attachments.put(act, removed[name][0], name.partition(".")[2], removed[name][1])


def _note_troubles(problems: Iterable[Problem]) -> None:
    """Write down where a form's expressions went wrong; never what was answered."""
    for one in problems:
        if not one.is_error:
            _log.warning("%s at the question %s", one.code, one.where.question or one.params.get("question", ""))


def open_interview(study: Study, unit_id: str, instrument_id: str) -> Session:
    """Open the interview of a firm on an instrument in this wave: the one that was begun, or a new one.

    Raises:
        Refused: the study has no such instrument, the firm waits in the reserve, or the database cannot be written.
    """
    if (held := begun(study, study.database, unit_id, instrument_id)) is not None:
        return _go_on(study, held)
    reserve.check(study, unit_id)
    handed_over.check(study, unit_id, instrument_id)
    version = newest(study, instrument_id)
    with study.act() as act:
        if (found := begun(study, act, unit_id, instrument_id)) is None:
            record, interview = begin(study, act, unit_id, version, study.person)
            recording.write_state(act, record, interview)
    return _go_on(study, found) if found else Session(study, record, interview)


def newest(study: Study, instrument_id: str) -> str:
    """The version that interviews on an instrument are begun in, compiled.

    Raises:
        Refused: the study has no such instrument.
    """
    version = next((one for one in study.instruments() if one.instrument_id == instrument_id), None)
    if version is None:
        raise Refused(problem("study.no-instrument", instrument=instrument_id))
    study.form(version.version_id)
    return version.version_id


def _go_on(study: Study, record: InterviewRecord) -> Session:
    interview = restore(study, record)
    recording.refresh(study, record, interview)
    told = notice_anew.ask_again(study, record, interview)
    if told is not interview:
        record = replace(record, position=notices.asked_again(study, record.interview_id, told)[0])
    return Session(study, record, told)


def may_reopen(study: Study, record: InterviewRecord) -> Problem | None:
    """Why a completed interview may not be opened again; None where it may. The one place that decides it."""
    return locks.reopening(study, record)


def begun(study: Study, source: Source, unit_id: str, instrument_id: str) -> InterviewRecord | None:
    """The interview of this wave that counts."""
    from kume_desktop.store import reading

    records = reading.interviews(source, unit_id=unit_id, wave_id=study.wave.wave_id)
    return next((one for one in records if one.instrument_id == instrument_id and one.counts), None)


def begin(
    study: Study, act: Act, unit_id: str, version_id: str, interviewer: str, at: datetime | None = None
) -> tuple[InterviewRecord, Interview]:
    """Begin an interview within an act; what the visit's other form already answered is carried over.

    `at`: the moment that the form takes for now, where it is not that of the act.
    """
    from kume_desktop.interview import engine
    from kume_desktop.store import reading, writing

    form = study.form(version_id)
    carried = _carried(study, act, unit_id, form, at or act.at)
    interview_id = writing.open_interview(act, study.wave.wave_id, unit_id, version_id, interviewer)
    setting = setting_of(study, version_id, unit_id, interview_id, interviewer, at)
    outcome = engine.begin(form, setting, {"firma_kodu": fieldwork.firm_row(study, unit_id).code, **carried})
    record = reading.interviews(act, interview_id=interview_id)[0]
    recording.write_outcome(act, record, outcome, {})
    return record, outcome.interview


def _carried(study: Study, source: Source, unit_id: str, form: Form, at: datetime) -> Mapping[str, str]:
    """What the other form of the same visit (the same day, the same wave) already knows."""
    from kume_desktop.interview import carry
    from kume_desktop.store import reading

    day = at.astimezone().date()
    others = [
        record
        for record in reading.interviews(source, unit_id=unit_id, wave_id=study.wave.wave_id)
        if record.instrument_id != form.instrument.id and record.counts and paper_facts.day_of(source, record) == day
    ]
    if not others:
        return {}
    latest = max(others, key=lambda record: record.opened_at)
    return carry.carry_over(restore(study, latest), form)


def setting_of(
    study: Study, version_id: str, unit_id: str, interview_id: str, interviewer: str, at: datetime | None = None
) -> Setting:
    """Everything that an interview takes from outside."""
    from kume_desktop.interview.state import Setting
    from kume_desktop.store import device

    return Setting(
        tables=tables.for_interview(study, version_id, unit_id, interview_id),
        username=signatures.of(study, interviewer).code,
        device=device.this_device().device_id,
        language=texts.language(),
        now=(lambda: at) if at else (lambda: datetime.now().astimezone()),
        seed=interview_id,
        last_saved=entities.last_saved(study, study.instrument(version_id), interview_id),
    )


def setting_for(study: Study, record: InterviewRecord, version_id: str) -> Setting:
    """Everything that an interview would take from outside in a version of its form."""
    paper = paper_facts.facts(study.database, record.interview_id)
    at = paper.moment if paper is not None else None
    return setting_of(study, version_id, record.unit_id, record.interview_id, record.interviewer, at)


def restore(study: Study, record: InterviewRecord) -> Interview:
    """The interview as its stored answers say; a question in conflict has no answer until a person decides."""
    from kume_desktop.store import reading

    heads = reading.heads(study.database, record.interview_id)
    paper = paper_facts.facts_in(heads)
    at = paper.moment if paper is not None else None
    setting = setting_of(study, record.version_id, record.unit_id, record.interview_id, record.interviewer, at)
    return _stored(study, record, heads).restored(study.form(record.version_id), setting)


def stored(study: Study, record: InterviewRecord) -> Record:
    """What is stored of an interview, also of other versions of its form; nothing of a question in conflict."""
    from kume_desktop.store import reading

    return _stored(study, record, reading.heads(study.database, record.interview_id))


def _stored(study: Study, record: InterviewRecord, heads: Mapping[str, tuple[HeadRow, ...]]) -> Record:
    from kume_desktop.interview.record import Record
    from kume_desktop.store import reading
    from kume_desktop.store.events import EventKind

    contested = head_reading.contested(heads)
    values = {
        path: rows[0]
        for path, rows in heads.items()
        if path.startswith("/") and "#" not in path and path not in contested
    }
    return Record(
        {path: row.value or "" for path, row in values.items() if row.kind != EventKind.RECORDED},
        {path: row.value or "" for path, row in values.items() if row.kind == EventKind.RECORDED},
        dict(reading.overrides(study.database, record.interview_id)),
        head_reading.added_rows(reading.repeat_rows(study.database, record.interview_id)),
    )
