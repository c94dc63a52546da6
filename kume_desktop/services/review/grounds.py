"""What the state of an interview rests on, and the state that follows; it opens no interview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kume_desktop.services.review import rules, states
from kume_desktop.services.review.states import Facts, Stand

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord
    from kume_desktop.store.review_rows import Spoken


def stand(study: Study, record: InterviewRecord) -> Stand:
    """Where an interview stands."""
    from kume_desktop.store import review_rows

    registers = (review_rows.REVIEW, review_rows.STATE)
    spoken = review_rows.spoken(study.database, registers, interview_id=record.interview_id)
    return states.stand(facts_of(record, spoken), rules.rules(study).approvals)


def facts_of(record: InterviewRecord, spoken: Iterable[Spoken]) -> Facts:
    """What the state of an interview rests on, from the heads of its registers."""
    from kume_desktop.store import review_rows

    heads = tuple(spoken)
    ends = sorted(one.event_id for one in heads if one.register == review_rows.STATE)
    completion = "+".join(ends) if record.state == "completed" else ""
    said = tuple(
        states.read(review_rows.record(one.value)) for one in heads if one.register == review_rows.REVIEW and one.value
    )
    return Facts(record.interviewer, completion or ("completed" if record.state == "completed" else ""), said)
