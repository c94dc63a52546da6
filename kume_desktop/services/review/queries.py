"""Questions about answers: a reviewer asks at a question, the interviewer answers there; both texts are sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import roles
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.reading import Source
    from kume_desktop.store.records import HeadRow, InterviewRecord

QUERY, REPLY = "#query", "#reply"


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked at a question of an interview (`asked`: the events), and what came back ('' for nothing yet)."""

    path: str
    text: str
    by: str
    at: datetime
    asked: tuple[str, ...]
    reply: str = ""
    replied_by: str = ""
    replied_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return not self.reply


def queries(source: Source, interview_id: str) -> Mapping[str, Query]:
    """The questions about answers of an interview by path, in the order in which they were asked."""
    from kume_desktop.store import reading

    return of_heads(reading.heads(source, interview_id))


def of_heads(heads: Mapping[str, tuple[HeadRow, ...]]) -> Mapping[str, Query]:
    """The questions about answers that the heads of an interview tell.

    Two people who asked at the same place without knowledge of each other have both asked. An answer is one to the
    questions that it names: what is asked after it is open again.
    """
    found = [
        _query(path.removesuffix(QUERY), rows, heads.get(path.removesuffix(QUERY) + REPLY, ()))
        for path, rows in heads.items()
        if path.endswith(QUERY) and any(row.value for row in rows)
    ]
    return {one.path: one for one in sorted(found, key=lambda one: (one.at, one.path))}


def _query(path: str, rows: tuple[HeadRow, ...], replies: tuple[HeadRow, ...]) -> Query:
    asked = [row for row in rows if row.value]
    names = list(dict.fromkeys(row.author for row in asked))
    ids = tuple(sorted(row.event_id for row in asked))
    query = Query(path, "\n".join(str(row.value) for row in asked), ", ".join(names), asked[0].at, ids)
    for row in replies:
        said = json.loads(row.value) if row.value and row.value.startswith("{") else {}
        if said.get("text") and set(ids) <= set(said.get("to", ())):
            return Query(
                query.path, query.text, query.by, query.at, ids, str(said["text"]), row.author, row.at
            )  # fmt: skip
    return query


def waits(asked: Mapping[str, Query], path: str) -> bool:
    """Whether a question about an answer waits for its interviewer; it is answered there, also in a conflict."""
    return path in asked and asked[path].is_open


def ask(study: Study, record: InterviewRecord, path: str, text: str) -> datetime:
    """Ask at a question of an interview; '' takes the question back. What was asked there before gives way.

    Raises:
        Refused: this person may not.
    """
    from kume_desktop.store.events import EventKind, SubjectKind

    roles.require(study, Right.REVIEW)
    with study.act() as act:
        kind, subject = EventKind.QUESTION_ASKED, SubjectKind.INTERVIEW
        act.append(kind, subject, record.interview_id, path, text.strip(), record.version_id)
    return act.at


def reply(study: Study, record: InterviewRecord, path: str, text: str) -> datetime:
    """Answer what was asked at a question; '' takes the answer back.

    Raises:
        Refused: nothing was asked there.
    """
    from kume_desktop.store.events import EventKind, SubjectKind

    query = queries(study.database, record.interview_id).get(path)
    if query is None:
        raise Refused(problem("review.nothing-asked"))
    said = {"text": text.strip(), "to": list(query.asked)} if text.strip() else ""
    with study.act(wait=False) as act:
        act.append(EventKind.QUERY_ANSWERED, SubjectKind.INTERVIEW, record.interview_id, path, said, record.version_id)
    return act.at
