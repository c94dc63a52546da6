"""What the review says to whoever opens an interview: when it is locked, and how its questions are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import roles
from kume_desktop.services.review import queries
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.interviewing import Session
    from kume_desktop.services.studies import Study
    from kume_desktop.services.views import Saved
    from kume_desktop.store.records import InterviewRecord


def reopening(study: Study, record: InterviewRecord) -> Problem | None:
    """Why a completed interview may not be opened again; None where it may.

    What was approved or excluded is opened again by those who review alone.
    """
    from kume_desktop.services.review import grounds
    from kume_desktop.services.review.states import Stand

    if study.is_read_only:
        return problem("wave.earlier-is-read", wave=study.wave.name)
    if record.state != "completed":
        return problem("interview.not-completed")
    if not record.review or roles.may(study, Right.REVIEW):
        return None
    settled = {Stand.FIRST_APPROVAL, Stand.APPROVED, Stand.EXCLUDED, Stand.DISPUTED}
    return problem("review.locked") if grounds.stand(study, record) in settled else None


def first_asked(session: Session) -> str:
    """The question at which a returned interview is opened: the first that waits for its interviewer, '' for none."""
    if session.is_completed:
        return ""
    order = {path: place for place, path in enumerate(session.interview.tree.spots)}
    waiting = [path for path, one in session.asked.items() if one.is_open and path in order]
    return min(waiting, key=lambda path: order[path], default="")


def reply(session: Session, path: str, text: str) -> Saved:
    """Answer what was asked at a question of an open interview; '' takes the answer back."""
    from kume_desktop.services.views import Saved

    try:
        at = queries.reply(session.study, session.record, path, text)
    except Refused as refused:
        return Saved(None, refused.problems, path)
    session.asked = queries.queries(session.study.database, session.interview_id)
    session.last_saved = at
    return Saved(at, (), path)
