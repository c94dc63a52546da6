"""Conflicts: two values of one place, neither written with knowledge of the other, and two interviews of one firm.

Nothing is decided by a clock. A person decides, with a reason; both values stay in the log, and a decision can be taken
back: what was to be decided stands then as it stood before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, problem
from kume_desktop.services import interviewing, rating, recording, roles
from kume_desktop.services.conflict_cases import (
    CONFLICT,
    CONFLICTS,
    COUNTS,
    VERBS,
    Candidate,
    Case,
    Kind,
    OpenConflict,
    Past,
    case,
    case_of,
    conflicts,
    conflicts_of,
    count,
)
from kume_desktop.services.review import acts, queries
from kume_desktop.services.review.states import Step
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.unit_of_work import Act

__all__ = (
    "CONFLICT", "CONFLICTS", "VERBS", "Candidate", "Case", "Decided", "Kind", "OpenConflict", "Past", "ask_firm",
    "case", "case_of", "conflicts", "conflicts_of", "count", "decide", "reason_of", "undo",
)  # fmt: skip
DECIDED = "decided:"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was stored: what it was about and what it needs to be taken back."""

    key: str
    at: datetime
    event: str


def decide(study: Study, key: str, value: str, reason: str) -> Decided:
    """Say which value holds; of a double interview, which interview counts ('' for none of them).

    `value` as stored, one of the candidates, or, for an answer, another one that the question accepts.

    Raises:
        Refused: this person may not, no reason, somebody has decided meanwhile, the question accepts no such value.
    """
    roles.require(study, Right.DECIDE)
    if not reason.strip():
        raise Refused(problem("conflict.no-reason"))
    subject_kind, subject_id, path = key.split("|", 2)
    with study.act() as act:
        if path.endswith(COUNTS):
            event_id, values = _choose(act, subject_id, path, value), tuple[str, ...]()
        else:
            values, event_id = _resolve(act, study, (subject_kind, subject_id, path), value)
        _note(act, subject_kind, subject_id, path, {"reason": reason.strip(), "values": list(values)})
    _settle(study, subject_kind, subject_id, path, value)
    return Decided(key, act.at, event_id)


def _resolve(act: Act, study: Study, where: tuple[str, str, str], value: str) -> tuple[tuple[str, ...], str]:
    from kume_desktop.store import conflict_rows, writing
    from kume_desktop.store.events import SubjectKind

    kind, subject_id, path = where
    found = conflict_rows.contested(act, subject_id, path)
    known = found[0].values if found else ()
    if len(known) < 2:
        raise Refused(problem("conflict.gone"))
    if value not in known:
        value = _accepted(study, subject_id, path, value)
    event_id = writing.resolve(act, SubjectKind(kind), subject_id, path, value)
    if kind == SubjectKind.INTERVIEW and "#" not in path:
        acts.lapse(act, study, subject_id)
    return known, event_id


def _accepted(study: Study, subject_id: str, path: str, value: str) -> str:
    """Another value as the question stores it.

    Raises:
        Refused: what the question says against it.
    """
    from kume_desktop.interview import engine
    from kume_desktop.store import reading

    records = reading.interviews(study.database, interview_id=subject_id)
    if not records or "#" in path or not value.strip():
        raise Refused(problem("conflict.no-such-value"))
    outcome = engine.answer(interviewing.restore(study, records[0]), path, value)
    if not outcome.accepted:
        raise Refused(*(outcome.problems or (problem("conflict.not-accepted"),)))
    return outcome.interview.value(path)


def _choose(act: Act, unit_id: str, path: str, interview_id: str) -> str:
    from kume_desktop.store import reading
    from kume_desktop.store.events import EventKind, SubjectKind

    held = {one.interview_id for one in reading.interviews(act, unit_id=unit_id)}
    if interview_id and interview_id not in held:
        raise Refused(problem("conflict.no-such-value"))
    where = path.removesuffix(COUNTS)
    return act.append(EventKind.INTERVIEW_CHOSEN, SubjectKind.UNIT, unit_id, where, interview_id)


def _note(act: Act, subject_kind: str, subject_id: str, path: str, told: dict[str, Any] | str) -> None:
    """Keep why, and what was to decide on, sealed: both may name a person."""
    from kume_desktop.store.events import EventKind, SubjectKind

    where = DECIDED + path.replace("#", "~")
    act.append(EventKind.NOTE, SubjectKind(subject_kind), subject_id, where, told)


def reason_of(study: Study, key: str) -> str:
    """Why a conflict was decided as it was, '' for nothing."""
    _kind, subject_id, path = key.split("|", 2)
    return "\n".join(str(told.get("reason", "")) for told in _told(study, subject_id, path))


def _told(source: Study | Act, subject_id: str, path: str) -> list[dict[str, Any]]:
    from kume_desktop.services.studies import Study as OpenStudy
    from kume_desktop.store import reading

    read = source.database if isinstance(source, OpenStudy) else source
    rows = reading.heads(read, subject_id).get(f"{DECIDED}{path.replace('#', '~')}#note", ())
    return [json.loads(row.value) for row in rows if row.value and row.value.startswith("{")]


def _settle(study: Study, subject_kind: str, subject_id: str, path: str, value: str) -> None:
    """Work out anew what rests on the decision: the state of an interview, and what its rubric suggests."""
    from kume_desktop.store import reading

    interview_id = subject_id if subject_kind == "interview" else value if path.endswith(COUNTS) else ""
    for record in reading.interviews(study.database, interview_id=interview_id) if interview_id else ():
        interview = interviewing.restore(study, record)
        with study.act() as act:
            recording.write_state(act, record, interview)
            if record.state == "completed":
                rating.keep_suggestions(act, study, record, interview)


def undo(study: Study, decided: Decided) -> datetime:
    """Take a decision back: the values stand beside each other again, with whoever gave them.

    Raises:
        Refused: something was written there since.
    """
    roles.require(study, Right.DECIDE)
    subject_kind, subject_id, path = decided.key.split("|", 2)
    with study.act() as act:
        if path.endswith(COUNTS):
            _unchoose(act, subject_id, path)
        else:
            _unresolve(act, subject_kind, subject_id, path, decided.event)
        _note(act, subject_kind, subject_id, path, "")
    _settle(study, subject_kind, subject_id, path, "")
    return act.at


def _unchoose(act: Act, unit_id: str, path: str) -> None:
    from kume_desktop.store.events import UNDECIDED, EventKind, SubjectKind

    act.append(EventKind.INTERVIEW_CHOSEN, SubjectKind.UNIT, unit_id, path.removesuffix(COUNTS), UNDECIDED)


def _unresolve(act: Act, subject_kind: str, subject_id: str, path: str, event_id: str) -> None:
    """State every value again, each in the place of the decision and none with knowledge of the other."""
    from kume_desktop.store import reading
    from kume_desktop.store.events import EventKind, SubjectKind

    heads = reading.heads(act, subject_id).get(path, ())
    values = _values(_told(act, subject_id, path))
    if [row.event_id for row in heads] != [event_id] or len(values) < 2:
        raise Refused(problem("conflict.gone"))
    for value in values:
        act.append(
            EventKind.CONFLICT_RESOLVED, SubjectKind(subject_kind), subject_id, path, value,
            supersedes=(event_id,), personal=heads[0].personal,
        )  # fmt: skip


def _values(told: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for one in told for value in one.get("values", ())))


def ask_firm(study: Study, key: str, text: str) -> acts.Done:
    """Return the interview with a question at this place: its interviewer asks the firm.

    Raises:
        Refused: this person may not return it, or it is out already.
    """
    from kume_desktop.store import reading

    _kind, subject_id, path = key.split("|", 2)
    record = reading.interviews(study.database, interview_id=subject_id)[0]
    queries.ask(study, record, path, text)
    return acts.take(study, subject_id, Step.RETURN)
