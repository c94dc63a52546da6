"""What an interview that was asked on paper says about itself: when it was asked, who asked, who typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.store.reading import Source
    from kume_desktop.store.records import HeadRow, InterviewRecord

ASKED_ON, ASKED_BY, TYPED_BY = "paper_asked_on", "paper_asked_by", "paper_typed_by"
"""The facts of an interview from paper."""
NOON = time(12)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the paper says about itself."""

    asked_on: date
    asked_by: str
    typed_by: str

    @property
    def moment(self) -> datetime:
        """The moment that the form takes for now: noon of the day on the paper, in local time."""
        return datetime.combine(self.asked_on, NOON).astimezone()


def facts_in(heads: Mapping[str, Sequence[HeadRow]]) -> PaperFacts | None:
    """The facts of an interview among its heads; None where it was not asked on paper."""
    said = {name: heads[name][0].value or "" for name in (ASKED_ON, ASKED_BY, TYPED_BY) if name in heads}
    if not said.get(ASKED_ON):
        return None
    return PaperFacts(date.fromisoformat(said[ASKED_ON]), said.get(ASKED_BY, ""), said.get(TYPED_BY, ""))


def facts(source: Source, interview_id: str) -> PaperFacts | None:
    """The facts of an interview; None where it was not asked on paper."""
    from kume_desktop.store import reading

    return facts_in(reading.heads(source, interview_id))


def day_of(source: Source, record: InterviewRecord) -> date:
    """The day on which an interview was asked."""
    paper = facts(source, record.interview_id)
    return paper.asked_on if paper is not None else record.opened_at.astimezone().date()
