"""Whom one talks to: who joined an interview after it began, how they were told of the notice, until when they stayed.

The first respondent is the one whom the form asks about. Everybody who joins gets the notice, and its proof is kept for
each of them. Positions are kept, not names; they are sealed all the same.

Two computers may each keep a second person of one interview. What is kept of a person lies under a key that holds the
computer, so that neither hides the other; the numbers that people read count the keys in an order that is the same
everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import notices, recording
from kume_desktop.services.views import Saved

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
AT = "@"


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who joined: position, how the notice was given, from and until which question (paths; '' to the end).

    `key` names what is kept of them, `number` is how people count them, from 2.
    """

    key: str
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
    found = sorted(_kept(heads), key=lambda pair: _order(pair[0], pair[1]))
    counted = [(number, key, row) for number, (key, row) in enumerate(found, start=FIRST)]
    return tuple(_respondent(key, number, row) for number, key, row in counted if row.value)


def _kept(heads: Mapping[str, Sequence[HeadRow]]) -> Iterator[tuple[str, HeadRow]]:
    """Everybody who joined by their key; erased ones too, so that the others keep their numbers."""
    for path, rows in heads.items():
        if path.endswith(REGISTER):
            for row in rows:  # where two computers gave one key, both stand under it
                yield path.removesuffix(REGISTER), row


def _order(key: str, row: HeadRow) -> tuple[int, str, str]:
    return int(key.partition(AT)[0]), key, row.event_id


def _respondent(key: str, number: int, row: HeadRow) -> Respondent:
    said = json.loads(row.value or "{}")
    return Respondent(key, number, said["who"], said["how"], said["since"], said["until"], row.at)


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
    key = _next_key(session)
    version, text_hash = notices.notice(session.interview)
    try:
        with session.act() as (act, seen):
            _write(session, act, seen, Respondent(key, 0, wanted, how, since or session.position, "", act.at))
            act.append(
                EventKind.NOTICE, SubjectKind.INTERVIEW, session.interview_id, key,
                {"version": version, "how": how, "hash": text_hash}, session.record.version_id,
            )  # fmt: skip
    except Refused as refusal:
        return Saved(None, refusal.problems)
    session.last_saved = act.at
    return Saved(act.at)


def _next_key(session: Session) -> str:
    """A key that no other computer gives: the number, and the computer behind it."""
    from kume_desktop.store import device, reading

    heads = reading.heads(session.study.database, session.interview_id)
    taken = (int(key.partition(AT)[0]) for key, _row in _kept(heads))
    return f"{max(taken, default=FIRST - 1) + 1}{AT}{device.this_device().device_id.rpartition('-')[2]}"


def leave(session: Session, number: int, until: str = "") -> Saved:
    """Somebody who joined has left; the last question they heard is `until`."""
    if session.is_completed:
        return Saved(None, (problem("interview.completed"),))
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
    recording.append_value(act, session.record, EventKind.RESPONDENT, who.key, value, seen)
