"""The steps of the review: approve, return, exclude, and each of them back again. Every step is an event.

A step reads the interview as it is, so that what another person did meanwhile is never passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import interviewing, rating, roles
from kume_desktop.services.review import grounds, states
from kume_desktop.services.review import rules as review_rules
from kume_desktop.services.review.states import INVERSE, Facts, Stand, Step
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.problems import Problem
    from kume_desktop.services.studies import Study
    from kume_desktop.store.reading import Source
    from kume_desktop.store.records import InterviewRecord
    from kume_desktop.store.review_rows import Spoken
    from kume_desktop.store.unit_of_work import Act

NOTE = "review"
"""The place of the sealed words of an exclusion or a return."""
RIGHTS: Mapping[Step, Right] = {
    Step.APPROVE: Right.APPROVE,
    Step.WITHDRAW: Right.APPROVE,
    Step.RETURN: Right.REVIEW,
    Step.RECALL: Right.REVIEW,
    Step.EXCLUDE: Right.EXCLUDE,
    Step.INCLUDE: Right.EXCLUDE,
}
_TOUCHING = frozenset({Step.RETURN, Step.RECALL})
"""The steps that open and complete the interview."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an interview stands, who approves it, and what the person at the computer can do."""

    record: InterviewRecord
    facts: Facts
    stand: Stand
    needed: int
    steps: frozenset[Step]

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who approves it as it is now."""
        return tuple(sorted(states.approvers(self.facts)))


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: when, where the interview stands now, and the step that takes it back (None: none)."""

    interview_id: str
    at: datetime
    stand: Stand
    undo: Step | None


def standings(study: Study, source: Source | None = None) -> tuple[Standing, ...]:
    """Where every interview of the wave stands, the oldest first."""
    from kume_desktop.store import reading, review_rows

    read = source or study.database
    spoken: dict[str, list[Spoken]] = {}
    registers = (review_rows.REVIEW, review_rows.STATE)
    for one in review_rows.spoken(read, registers, wave_id=study.wave.wave_id):
        spoken.setdefault(one.interview_id, []).append(one)
    needed = review_rules.rules(study).approvals
    held = reading.interviews(read, wave_id=study.wave.wave_id)
    return tuple(_standing(study, record, spoken.get(record.interview_id, ()), needed) for record in held)


def standing(study: Study, interview_id: str, source: Source | None = None) -> Standing:
    """Where one interview stands.

    Raises:
        Refused: `review.no-interview`.
    """
    from kume_desktop.store import reading, review_rows

    read = source or study.database
    records = reading.interviews(read, interview_id=interview_id)
    if not records:
        raise Refused(problem("review.no-interview"))
    registers = (review_rows.REVIEW, review_rows.STATE)
    spoken = review_rows.spoken(read, registers, interview_id=interview_id)
    return _standing(study, records[0], spoken, review_rules.rules(study).approvals)


def _standing(study: Study, record: InterviewRecord, spoken: Iterable[Spoken], needed: int) -> Standing:
    facts = grounds.facts_of(record, spoken)
    may = {step for step in states.open_steps(facts, needed, study.person) if roles.may(study, RIGHTS[step])}
    return Standing(record, facts, states.stand(facts, needed), needed, frozenset(may))


def take(study: Study, interview_id: str, step: Step, *, reason: str = "", words: str = "") -> Done:
    """Take a step of the review.

    Args:
        study: the open study.
        interview_id: which interview.
        step: what to do.
        reason: the code of an exclusion (see `rules.REASONS`).
        words: what is said about it in one's own words; they are sealed.

    Raises:
        Refused: this person may not, the interview stands elsewhere by now, an exclusion has no reason.
    """
    roles.require(study, RIGHTS[step])
    _check_reason(step, reason, words)
    touched = interviewing.restore(study, standing(study, interview_id).record) if step in _TOUCHING else None
    with study.act() as act:
        now = standing(study, interview_id, act)
        if step not in now.steps:
            raise Refused(_why_not(study, now, step))
        if step is Step.APPROVE and _is_contested(act, interview_id):
            raise Refused(problem("review.in-conflict"))
        completion = _complete(act, study, now.record, touched) if step is Step.RECALL and touched else ""
        keeps = step is not Step.RECALL or not _changed_since(act, interview_id)
        said = states.take(now.facts, step, study.person, reason=reason, completion=completion, keeps=keeps)
        _write(act, now.record, said.record(), words)
        if step is Step.RETURN and touched:
            _reopen(act, study, now.record, touched)
        after = standing(study, interview_id, act)
    return Done(interview_id, act.at, after.stand, INVERSE.get(step))


def lapse(act: Act, study: Study, interview_id: str) -> None:
    """Let an approval go, because an answer is another one now than the one that was approved."""
    now = standing(study, interview_id, act)
    if now.stand in {Stand.FIRST_APPROVAL, Stand.APPROVED}:
        held = states.take(now.facts, Step.WITHDRAW, "")
        _write(act, now.record, states.Said(of=held.of, person=study.person, answered=held.answered).record(), "")


def _is_contested(act: Act, interview_id: str) -> bool:
    """Whether two values of one of its questions stand against each other."""
    from kume_desktop.store import reading

    return any(one.subject_id == interview_id for one in reading.conflicts(act))


def _check_reason(step: Step, reason: str, words: str) -> None:
    if step is not Step.EXCLUDE:
        return
    if reason not in review_rules.REASONS:
        raise Refused(problem("review.no-reason"))
    if reason == review_rules.OTHER and not words.strip():
        raise Refused(problem("review.no-words"))


def _why_not(study: Study, now: Standing, step: Step) -> Problem:
    if step is Step.APPROVE and study.person == now.record.interviewer:
        return problem("review.own-interview")
    if step is Step.APPROVE and study.person in states.approvers(now.facts):
        return problem("review.approved-already")
    return problem("review.stands-elsewhere")


def _write(act: Act, record: InterviewRecord, value: Mapping[str, object], words: str) -> None:
    from kume_desktop.store.events import EventKind, SubjectKind

    kind, subject = EventKind.INTERVIEW_REVIEWED, SubjectKind.INTERVIEW
    act.append(kind, subject, record.interview_id, "", dict(value), record.version_id)
    if words.strip():
        act.append(EventKind.NOTE, subject, record.interview_id, NOTE, words.strip(), record.version_id)


def _reopen(act: Act, study: Study, record: InterviewRecord, interview: Interview) -> None:
    """Open it for its interviewer; what its rubric suggested waits as it does whenever an interview is opened again."""
    from kume_desktop.store import writing

    writing.reopen_interview(act, record.interview_id, record.version_id)
    rating.withdraw_suggestions(act, study, record, interview)


def _complete(act: Act, study: Study, record: InterviewRecord, interview: Interview) -> str:
    """Complete it again as it was; the completion."""
    from kume_desktop.store import writing

    completion = writing.complete_interview(act, record.interview_id, record.version_id)
    rating.keep_suggestions(act, study, record, interview)
    return completion


def _changed_since(act: Act, interview_id: str) -> bool:
    """Whether anything was answered since the interview was returned."""
    from kume_desktop.store import review_rows

    return review_rows.answered_since(act, interview_id)


def words_of(study: Study, interview_id: str) -> str:
    """What was said in own words with the last exclusion or return; '' for nothing."""
    from kume_desktop.store import reading

    heads = reading.heads(study.database, interview_id).get(f"{NOTE}#note", ())
    return "\n".join(row.value or "" for row in heads)
