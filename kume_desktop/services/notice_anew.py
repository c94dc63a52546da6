"""A notice or a consent whose words are others by now is read out again when the interview goes on."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused
from kume_desktop.services import notices, paper_facts, recording

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord


def ask_again(study: Study, record: InterviewRecord, interview: Interview) -> Interview:
    """Take back the answers to a notice or consent whose words are others now: they are read out again.

    Only in an open interview that its own interviewer goes on with; one on paper had its notice on paper. The proof of
    what was said before stays, with the words that were shown then.
    """
    from kume_desktop.interview import reasons
    from kume_desktop.store import reading

    is_mine = record.interviewer in {"", study.person}
    if record.state == "completed" or study.is_read_only or not is_mine:
        return interview
    heads = reading.heads(study.database, record.interview_id)
    if paper_facts.facts_in(heads) is not None or not (again := notices.changed(interview, heads)):
        return interview
    # A study that is busy just now is no reason to keep somebody waiting at the door: the next opening asks again.
    seen = {path: tuple(row.event_id for row in rows) for path, rows in heads.items()}
    with suppress(Refused), study.act(wait=False) as act:
        told = interview
        for path in again:
            outcome = reasons.answer(told, path, "")
            recording.write_outcome(act, record, outcome, seen)
            recording.write_changed_state(act, record, told, outcome.interview, again[0])
            told = outcome.interview
        act.save_position(record.interview_id, again[0])
        interview = told
    return interview
