"""Whom one talks to: who joined an interview after it began, how they were told of the notice, until when they stayed.

The first respondent is the one whom the form asks about. Everybody who joins gets the notice, and its proof is kept for
each of them. Positions are kept, not names; they are sealed all the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import recording
from kume_desktop.services.interviewing import Saved

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session
    from kume_desktop.store.reading import Source
    from kume_desktop.store.records import HeadRow
    from kume_desktop.store.unit_of_work import Act

READ_OUT, IN_WRITING = "1", "2"
"""How a notice can be given: codes of the list `aydinlatma` of both forms."""
REGISTER = "#respondent"
FIRST = 2
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who joined: position, how the notice was given, from and until which question (paths; '' to the end)."""

    number: int
    who: str
    how: str
    since: str
    until: str
    at: datetime

    @property
    def is_here(self) -> bool:
        """Whether nobody has said that they left."""
        return not self.until


def respondents(source: Source, interview_id: str) -> tuple[Respondent, ...]:
    """Who joined an interview, in the order in which they came; erased ones are left out."""
    from kume_desktop.store import reading

    return of_heads(reading.heads(source, interview_id))


def of_heads(heads: Mapping[str, Sequence[HeadRow]]) -> tuple[Respondent, ...]:
    """As `respondents`, from the heads of the interview."""
    found = [
        _respondent(int(path.removesuffix(REGISTER)), rows[0]) for path, rows in heads.items()
        if path.endswith(REGISTER) and rows[0].value
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.number))


def _respondent(number: int, row: HeadRow) -> Respondent:
    said = json.loads(row.value or "{}")
    return Respondent(number, said["who"], said["how"], said["since"], said["until"], row.at)


def join(session: Session, who: str, how: str, since: str = "") -> Saved:
    """Somebody joined at the question `since`, and was given the notice (`how`): both are kept in one act."""
    from kume_desktop.store.events import EventKind, SubjectKind

    wanted = " ".join(who.split())[:LONGEST]
    if session.is_completed:
        return Saved(None, (problem("interview.completed"),))
    if not wanted:
        return Saved(None, (problem("respondent.no-position"),))
    if how not in {READ_OUT, IN_WRITING}:
        return Saved(None, (problem("respondent.no-notice"),))
    known = respondents(session.study.database, session.interview_id)
    number = max((one.number for one in known), default=FIRST - 1) + 1
    version, text_hash = recording.notice(session.interview)
    try:
        with session.act() as (act, seen):
            _write(session, act, seen, Respondent(number, wanted, how, since or session.position, "", act.at))
            act.append(
                EventKind.NOTICE, SubjectKind.INTERVIEW, session.interview_id, str(number),
                {"version": version, "how": how, "hash": text_hash}, session.record.version_id,
            )  # fmt: skip
    except Refused as refusal:
        return Saved(None, refusal.problems)
    session.last_saved = act.at
    return Saved(act.at)


def leave(session: Session, number: int, until: str = "") -> Saved:
    """Somebody who joined has left; the last question they heard is `until`."""
    known = {one.number: one for one in respondents(session.study.database, session.interview_id)}
    there = known.get(number)
    if there is None or not there.is_here:
        return Saved(None, (problem("respondent.not-here"),))
    try:
        with session.act() as (act, seen):
            _write(session, act, seen, replace(there, until=until or session.position or there.since))
    except Refused as refusal:
        return Saved(None, refusal.problems)
    session.last_saved = act.at
    return Saved(act.at)


def _write(session: Session, act: Act, seen: recording.Seen, who: Respondent) -> None:
    from kume_desktop.store.events import EventKind

    value = {"who": who.who, "how": who.how, "since": who.since, "until": who.until}
    recording.append_value(act, session.record, EventKind.RESPONDENT, str(who.number), value, seen)
