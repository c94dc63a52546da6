"""One interview as its interviewer handles it: open, answer, comment, undo, leave, complete.

Each act is one unit of work; a `Saved` carries a time only after its commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import fieldwork, rating, tables
from kume_desktop.services.views import FirmRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kume_desktop.interview.form import Form
    from kume_desktop.interview.state import Interview, Outcome, Setting
    from kume_desktop.services.studies import Study
    from kume_desktop.store.events import EventKind
    from kume_desktop.store.records import InterviewRecord, StateRow, Summary
    from kume_desktop.store.unit_of_work import Act

MARK = "later"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an act: `at` is the moment of the commit, None where nothing was stored (see `problems`)."""

    at: datetime | None
    problems: tuple[Problem, ...] = ()
    path: str = ""


class Session:
    """An open interview. The state is immutable; every accepted act commits first and replaces it then."""

    def __init__(self, study: Study, record: InterviewRecord, interview: Interview) -> None:
        from kume_desktop.store import reading

        self.study = study
        self.record = record
        self.interview = interview
        self.firm: FirmRow = fieldwork.firm_row(study, record.unit_id)
        self.comments: dict[str, str] = dict(reading.comments(study.database, record.interview_id))
        self.marks: set[str] = set(_marked(study, record.interview_id))
        self.drafts: dict[str, str] = {
            draft.path: draft.text for draft in reading.drafts(study.database, record.interview_id)
        }
        self.position: str = record.position
        self.last_saved: datetime | None = record.last_at
        self._undone: list[tuple[str, str]] = []

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
        from kume_desktop.interview import engine

        before = self.interview.value(path)
        saved = self._carry_out(engine.answer(self.interview, path, raw), path)
        if saved.at is not None and self.interview.value(path) != before:
            self._undone.append((path, before))
        return saved

    def override(self, path: str, reason: str) -> Saved:
        """Let a warning stand, with the reason that is kept."""
        from kume_desktop.interview import engine

        return self._carry_out(engine.override(self.interview, path, reason), path)

    def undo(self) -> Saved | None:
        """Take the last answer of this session back; None where there is none. The answer before is a new event."""
        from kume_desktop.interview import engine

        if not self._undone:
            return None
        path, before = self._undone[-1]
        saved = self._carry_out(engine.answer(self.interview, path, before), path)
        if saved.at is not None:
            self._undone.pop()
        return saved

    def comment(self, path: str, text: str) -> Saved:
        """Keep a comment on a question; '' takes it away."""
        from kume_desktop.store.events import EventKind

        saved = self._append(EventKind.COMMENT, path, text)
        if saved.at is not None:
            self.comments.pop(path, None)
            self.comments |= {path: text} if text else {}
        return saved

    def mark(self, path: str) -> Saved:
        """Mark a question for later, or take the mark away."""
        from kume_desktop.store.events import EventKind

        saved = self._append(EventKind.FLAG, path, "" if path in self.marks else MARK)
        if saved.at is not None:
            self.marks ^= {path}
        return saved

    def go_to(self, path: str) -> None:
        """Remember the question at which the interview is, so that reopening returns to it."""
        if path == self.position:
            return
        with self.study.act(wait=False) as act:
            act.save_position(self.interview_id, path)
        self.position = path

    def draft(self, path: str, text: str) -> None:
        """Keep what is being typed; '' drops it. Not an answer and not an event."""
        with self.study.act(wait=False) as act:
            if text:
                act.save_draft(self.interview_id, path, text)
            else:
                act.clear_draft(self.interview_id, path)
        self.drafts.pop(path, None)
        self.drafts |= {path: text} if text else {}

    def complete(self, reasons: Mapping[str, str] | None = None) -> Saved:
        """Complete the interview: what is open must be settled or have a reason."""
        from kume_desktop.interview import engine, page
        from kume_desktop.store.events import EventKind

        given = {path: reason for path, reason in (reasons or {}).items() if reason.strip()}
        unsettled = [one for one in page.open_problems(self.interview) if one.path not in given]
        if unsettled:
            return Saved(None, tuple(one.problem for one in unsettled), unsettled[0].path)
        outcome = engine.finish(self.interview)
        try:
            with self.study.act() as act:
                write_outcome(act, self.record, self.interview, outcome)
                for path, reason in given.items():
                    self._write(act, EventKind.GAP_REASON, path, reason)
                self._write(act, EventKind.INTERVIEW_COMPLETED, "", "completed")
                write_state(act, self.record, outcome.interview)
                rating.keep_suggestions(act, self.study, self.record, outcome.interview)
            self._done(outcome, act.at)
        except Refused as refusal:
            return Saved(None, refusal.problems)
        self.record = replace(self.record, state="completed", completed_at=act.at)
        return Saved(act.at)

    def reopen(self) -> Saved:
        """Open a completed interview again."""
        from kume_desktop.store.events import EventKind

        saved = self._append(EventKind.INTERVIEW_REOPENED, "", "open")
        if saved.at is not None:
            self.record = replace(self.record, state="open", completed_at=None)
        return saved

    def set_language(self, code: str) -> None:
        """Show the interview in another language of its form."""
        from kume_desktop.interview import engine

        self.interview = engine.set_language(self.interview, code)

    def close(self) -> None:
        """Leave: everything is stored already; what was computed is kept for lists and results."""
        with self.study.act() as act:
            write_state(act, self.record, self.interview, self.position)

    def _carry_out(self, outcome: Outcome, path: str) -> Saved:
        if not outcome.accepted:
            return Saved(None, outcome.problems, path)
        if not (outcome.changes or outcome.rows or outcome.overrides):
            self.interview = outcome.interview
            return Saved(self.last_saved, outcome.problems, path)
        try:
            with self.study.act(wait=False) as act:
                write_outcome(act, self.record, self.interview, outcome)
                act.save_summary(self.interview_id, summary(outcome.interview, path))
                act.save_position(self.interview_id, path)
                if path in self.drafts:
                    act.clear_draft(self.interview_id, path)
        except Refused as refusal:
            return Saved(None, refusal.problems, path)
        self._done(outcome, act.at)
        self.position = path
        self.drafts.pop(path, None)
        return Saved(act.at, outcome.problems, path)

    def _done(self, outcome: Outcome, at: datetime) -> None:
        self.interview = outcome.interview
        self.last_saved = at

    def _append(self, kind: EventKind, path: str, value: str) -> Saved:
        try:
            with self.study.act(wait=False) as act:
                self._write(act, kind, path, value)
        except Refused as refusal:
            return Saved(None, refusal.problems, path)
        self.last_saved = act.at
        return Saved(act.at, (), path)

    def _write(self, act: Act, kind: EventKind, path: str, value: str) -> None:
        from kume_desktop.store.events import SubjectKind

        act.append(kind, SubjectKind.INTERVIEW, self.interview_id, path, value, self.record.version_id)


def open_interview(study: Study, unit_id: str, instrument_id: str) -> Session:
    """Open the interview of a firm on an instrument: the one that was begun, or a new one.

    Raises:
        Refused: the study has no such instrument, or the database cannot be written.
    """
    from kume_desktop.store import reading

    for record in reading.interviews(study.database, unit_id=unit_id):
        if record.instrument_id == instrument_id and record.counts:
            return Session(study, record, restore(study, record))
    version = next((one for one in study.instruments() if one.instrument_id == instrument_id), None)
    if version is None:
        raise Refused(problem("study.no-instrument", instrument=instrument_id))
    with study.act() as act:
        record, interview = begin(study, act, unit_id, version.version_id, study.person)
        write_state(act, record, interview)
    return Session(study, record, interview)


def begin(
    study: Study, act: Act, unit_id: str, version_id: str, interviewer: str, at: datetime | None = None
) -> tuple[InterviewRecord, Interview]:
    """Begin an interview within an act; what the visit's other form already answered is carried over."""
    from kume_desktop.interview import engine
    from kume_desktop.store import reading, writing

    form = study.form(version_id)
    interview_id = writing.open_interview(act, study.wave.wave_id, unit_id, version_id, interviewer)
    setting = setting_of(study, version_id, unit_id, interview_id, interviewer, at)
    prefilled = {"firma_kodu": fieldwork.firm_row(study, unit_id).code, **_carried(study, unit_id, form)}
    outcome = engine.begin(form, setting, prefilled)
    record = reading.interviews(act, interview_id=interview_id)[0]
    write_outcome(act, record, outcome.interview, outcome)
    return record, outcome.interview


def _carried(study: Study, unit_id: str, form: Form) -> Mapping[str, str]:
    """What the other form of the same visit (the same day) already knows."""
    from kume_desktop.interview import carry
    from kume_desktop.store import reading

    others = [
        record
        for record in reading.interviews(study.database, unit_id=unit_id)
        if record.instrument_id != form.instrument.id and record.counts
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
        tables=tables.for_interview(study, version_id, unit_id),
        username=interviewer,
        device=device.this_device().device_id,
        language=texts.language(),
        now=(lambda: at) if at else (lambda: datetime.now().astimezone()),
        seed=interview_id,
    )


def restore(study: Study, record: InterviewRecord) -> Interview:
    """The interview as its stored answers say."""
    from kume_desktop.interview import engine
    from kume_desktop.store import reading
    from kume_desktop.store.events import EventKind

    heads = reading.heads(study.database, record.interview_id)
    values = {path: rows[0] for path, rows in heads.items() if "#" not in path and path.startswith("/")}
    return engine.restore(
        study.form(record.version_id),
        setting_of(study, record.version_id, record.unit_id, record.interview_id, record.interviewer),
        {path: row.value or "" for path, row in values.items() if row.kind != EventKind.RECORDED},
        {path: row.value or "" for path, row in values.items() if row.kind == EventKind.RECORDED},
        reading.overrides(study.database, record.interview_id),
        _added_rows(reading.repeat_rows(study.database, record.interview_id)),
    )


def _added_rows(places: Mapping[str, str]) -> dict[str, list[str]]:
    """Repeat path -> the ids of its rows in order, from the rows that people added."""
    found: dict[str, list[str]] = {}
    for path, _place in sorted(places.items(), key=lambda item: int(item[1])):
        repeat, _bracket, row = path.rpartition("[")
        found.setdefault(repeat, []).append(row.rstrip("]"))
    return found


def _marked(study: Study, interview_id: str) -> Iterable[str]:
    from kume_desktop.store import reading

    for path, rows in reading.heads(study.database, interview_id).items():
        if path.endswith("#flag") and rows[0].value == MARK:
            yield path.removesuffix("#flag")


def write_outcome(act: Act, record: InterviewRecord, before: Interview, outcome: Outcome) -> None:
    """Append what an outcome changed; personal answers are sealed inside their events."""
    from kume_desktop.store.events import EventKind, SubjectKind

    def append(kind: EventKind, path: str, value: str, *, personal: bool = False) -> None:
        act.append(kind, SubjectKind.INTERVIEW, record.interview_id, path, value, record.version_id, personal=personal)

    for change in outcome.changes:
        kind = EventKind.RECORDED if change.recorded else EventKind.ANSWER
        append(kind, change.path, change.new, personal=is_personal(outcome.interview, change.path))
    for row in outcome.rows:
        place = f"{row.repeat}[{row.row}]"
        if row.added:
            append(EventKind.ROW_ADDED, place, str(len(before.rows(row.repeat)) + 1))
        else:
            append(EventKind.ROW_REMOVED, place, "")
    for override in outcome.overrides:
        append(EventKind.OVERRIDE, override.path, override.reason)


def is_personal(interview: Interview, path: str) -> bool:
    """Whether the answer at a path is personal data: by its flag, and for a sole trader by the firm's legal form."""
    from kume_desktop.instruments.model import Personal

    flag = interview.tree.spots[path].item.node.personal if path in interview.tree.spots else Personal.NONE
    if flag is Personal.SOLE_TRADER:
        return legal_form(interview) == "1"
    return flag is not Personal.NONE


def legal_form(interview: Interview) -> str:
    """The answer to `hukuki_yapi`, '' where the form does not ask it."""
    return interview.value(interview.path_of("hukuki_yapi")) if "hukuki_yapi" in interview.form.by_name else ""


def summary(interview: Interview, path: str) -> Summary:
    """What the lists show of an interview."""
    from kume_desktop.interview import page
    from kume_desktop.store.records import Summary

    answered, asked = page.progress(interview)
    number = page.row(interview, path).number if interview.is_relevant(path) else ""
    return Summary(
        answered=answered,
        asked=asked,
        warnings=sum(not reason for reason in interview.warnings.values()),
        errors=len(interview.failing),
        last_question=number,
        last_section=number.partition(".")[0],
        instrument_hash=interview.form.instrument.content_hash,
        engine_version=ENGINE_VERSION,
    )


ENGINE_VERSION = "1"


def write_state(act: Act, record: InterviewRecord, interview: Interview, position: str = "") -> None:
    """Keep what the engine computed: relevance, calculated values, open problems; the place where it was left."""
    act.clear_state(record.interview_id)
    act.save_state(record.interview_id, _state_rows(interview))
    act.save_summary(record.interview_id, summary(interview, position or record.position))


def _state_rows(interview: Interview) -> Iterable[StateRow]:
    from kume_desktop.store.records import StateRow

    for path, spot in interview.tree.spots.items():
        if not spot.item.children:
            flaw = "constraint" if path in interview.failing else "warning" if path in interview.warned else ""
            yield StateRow(path, interview.is_relevant(path), interview.values.get(path) or None, flaw)
