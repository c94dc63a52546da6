"""One interview as its reviewer reads it: every question that is asked now, with answer, notes, changes, questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kume_desktop.services import interviewing, roles
from kume_desktop.services.review import acts, queries
from kume_desktop.services.review.states import Stand, Step
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.interview.page_model import Row
    from kume_desktop.interview.state import Interview
    from kume_desktop.services.review.queries import Query
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import EventRecord, HeadRow, InterviewRecord

CASE = "review-case"


class Sieve(StrEnum):
    """What a line can be looked for by; a line can have several."""

    WARNED = "warned"
    NOTED = "noted"
    OPEN = "open"
    CHANGED = "changed"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that took the place of another one."""

    before: str
    after: str
    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer in words (`label` the word of a level); `problem` is a warning's or check's sentence.

    `reason` was given for passing the warning or for leaving the question open. `asked` and `reply` are the review's.
    """

    path: str
    section: str
    number: str
    title: str
    text: str
    label: str
    note: str = ""
    problem: str = ""
    reason: str = ""
    contested: bool = False
    changes: tuple[Change, ...] = ()
    asked: str = ""
    asked_by: str = ""
    reply: str = ""
    replied_by: str = ""

    @property
    def sieves(self) -> frozenset[Sieve]:
        """By what the line is found."""
        tests = {
            Sieve.WARNED: bool(self.problem) or self.contested,
            Sieve.NOTED: bool(self.note),
            Sieve.OPEN: not self.text,
            Sieve.CHANGED: bool(self.changes),
            Sieve.ASKED: bool(self.asked),
        }
        return frozenset(sieve for sieve, holds in tests.items() if holds)


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """An interview to review; `steps` are what the person can do, `words` what was said with the last step."""

    interview_id: str
    unit_id: str
    instrument_id: str
    version: str
    title: str
    begun: datetime
    ended: datetime
    mode: str
    respondent: str
    stand: Stand
    steps: tuple[Step, ...]
    approvers: tuple[str, ...]
    needed: int
    words: str
    lines: tuple[Line, ...]

    @property
    def open_questions(self) -> int:
        """How many questions wait for the interviewer."""
        return sum(bool(one.asked) and not one.reply for one in self.lines)


def case(study: Study, interview_id: str) -> ReviewCase:
    """Read an interview for its review.

    Raises:
        Refused: this person may not review, or there is no such interview.
    """
    from kume_desktop.store import reading

    roles.require(study, Right.REVIEW)
    standing = acts.standing(study, interview_id)
    record = standing.record
    interview = interviewing.restore(study, record)
    instrument = interview.form.instrument
    heads = reading.heads(study.database, interview_id)
    return ReviewCase(
        interview_id=interview_id,
        unit_id=record.unit_id,
        instrument_id=record.instrument_id,
        version=instrument.version,
        title=_title(study, record),
        begun=record.opened_at,
        ended=record.completed_at or record.last_at or record.opened_at,
        mode=_shown(interview, "gorusme_bicimi"),
        respondent=_shown(interview, "gorev"),
        stand=standing.stand,
        steps=tuple(sorted(standing.steps)),
        approvers=standing.approvers,
        needed=standing.needed,
        words=acts.words_of(study, interview_id),
        lines=tuple(_lines(study, interview, heads)),
    )


def _title(study: Study, record: InterviewRecord) -> str:
    from kume_desktop import texts

    form = next(one for one in study.all_instruments() if one.version_id == record.version_id)
    return (form.title_en if texts.language() == "en" else "") or form.title_tr or form.instrument_id


def _shown(interview: Interview, name: str) -> str:
    from kume_desktop.interview import page

    if name not in interview.form.by_name or not interview.value(interview.path_of(name)):
        return ""
    return page.row(interview, interview.path_of(name)).display


def _lines(study: Study, interview: Interview, heads: Mapping[str, tuple[HeadRow, ...]]) -> Iterator[Line]:
    from kume_desktop.instruments.model import Kind as InputKind
    from kume_desktop.interview import page
    from kume_desktop.store import reading

    interview_id = interview.setting.seed
    comments = reading.comments(study.database, interview_id)
    reasons = {**reading.gap_reasons(study.database, interview_id), **reading.overrides(study.database, interview_id)}
    asked = queries.of_heads(heads)
    changes = _changes(study, interview, interview_id)
    for screen in page.screens(interview):
        section = f"{screen.section.number} · {screen.section.title}"
        for row in screen.rows:
            is_asked = row.path in interview.tree.spots and interview.tree.spots[row.path].item.node.is_asked
            if is_asked and row.kind is not InputKind.NOTE:
                yield _line(row, section, heads, comments, reasons, asked.get(row.path), changes.get(row.path, ()))


def _line(
    row: Row,
    section: str,
    heads: Mapping[str, tuple[HeadRow, ...]],
    comments: Mapping[str, str],
    reasons: Mapping[str, str],
    asked: Query | None,
    changes: tuple[Change, ...],
) -> Line:
    from kume_desktop import texts

    values = {head.value for head in heads.get(row.path, ())}
    digit = row.value if row.value.isdecimal() and row.display != row.value and len(row.value) == 1 else ""
    shown = row.display.removeprefix(digit).strip(" .–-") if digit else row.display
    return Line(
        path=row.path,
        section=section,
        number=row.number,
        title=row.title,
        text=digit or shown,
        label=shown if digit else "",
        note=comments.get(row.path, ""),
        problem=texts.say(row.problem.problem) if row.problem is not None else "",
        reason=reasons.get(row.path, ""),
        contested=len(values) > 1,
        changes=changes,
        asked=asked.text if asked else "",
        asked_by=asked.by if asked else "",
        reply=asked.reply if asked else "",
        replied_by=asked.replied_by if asked else "",
    )


def _changes(study: Study, interview: Interview, interview_id: str) -> Mapping[str, tuple[Change, ...]]:
    """The answers that took the place of others, by path; what is sealed and no head any more cannot be told."""
    from kume_desktop.services.review.wording import Wording
    from kume_desktop.store import reading

    record = reading.interviews(study.database, interview_id=interview_id)[0]
    words = Wording(study)
    last: dict[str, EventRecord] = {}
    found: dict[str, list[Change]] = {}
    for event in reading.events(study.database, interview_id):
        if event.kind not in {"answer", "conflict_resolved"} or "#" in event.path:
            continue
        before = last.get(event.path)
        if before is not None and before.value and event.value and before.value != event.value:
            said = [words.given(record.version_id, event.path, one).text for one in (before.value, event.value)]
            found.setdefault(event.path, []).append(Change(said[0], said[1], event.at, event.author))
        last[event.path] = event
    return {path: tuple(changes) for path, changes in found.items() if path in interview.tree.spots}


def _answer(study: Study, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"case": json.loads(json.dumps(asdict(case(study, asked["interview_id"])), default=str))}


def case_of(answer: Mapping[str, Any]) -> ReviewCase:
    """Read the answer to `CASE`."""
    told = answer["case"]
    read = {
        "begun": datetime.fromisoformat(told["begun"]),
        "ended": datetime.fromisoformat(told["ended"]),
        "stand": Stand(told["stand"]),
        "steps": tuple(Step(one) for one in told["steps"]),
        "approvers": tuple(told["approvers"]),
        "lines": tuple(_read(one) for one in told["lines"]),
    }
    return ReviewCase(**{**told, **read})


def _read(told: Mapping[str, Any]) -> Line:
    changes = tuple(Change(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in told["changes"])
    return Line(**{**told, "changes": changes})


VERBS = {CASE: _answer}
"""What the companion answers."""
