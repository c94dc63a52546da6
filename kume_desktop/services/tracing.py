"""How the time of an interview went, kept in the log beside its answers: never in an answer's own unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kume_desktop.interview.timing import Spell
    from kume_desktop.services.interviewing import Session

TYPED_FROM_PAPER = "paper_typed_by"
"""The fact that says that answers were typed from a paper form: the time is that of the typing."""


def is_live(session: Session) -> bool:
    """Whether a person is asked here and now: not what is typed from paper, and nothing of a wave that is only read."""
    from kume_desktop.store import reading

    if session.study.is_read_only:
        return False
    return TYPED_FROM_PAPER not in reading.facts(session.study.database, session.interview_id)


def write(session: Session, sitting: str, number: int, spells: Iterable[Spell]) -> None:
    """Keep spells of a sitting as its entry `number`.

    Raises:
        Refused: the study is busy, full or read-only now; nothing was kept.
    """
    from kume_desktop.store.events import EventKind, SubjectKind

    told = [[s.path, s.begun_ms, s.lasted_ms, s.visits, s.paused_ms, s.idle_ms] for s in spells]
    if not told:
        return
    with session.study.act(wait=False) as act:
        act.append(
            EventKind.TRACE,
            SubjectKind.INTERVIEW,
            session.interview_id,
            f"{sitting}:{number}",
            {"spells": told},
            session.record.version_id,
            (),
        )
