"""The inbox of the review: every interview of the wave by where it stands, with what was noticed about it.

Signals inform and accuse nobody. Reading them takes long in a large study, so the window asks its companion.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kume_desktop.services import conduct, roles
from kume_desktop.services.review import acts
from kume_desktop.services.review.states import Stand
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.conduct import InterviewConduct
    from kume_desktop.services.review.acts import Standing
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import UnitRecord

INBOX = "review-inbox"


class Tab(StrEnum):
    """The lists of the page."""

    NEW = "new"
    RETURNED = "returned"
    ANSWERED = "answered"
    APPROVED = "approved"
    EXCLUDED = "excluded"
    RUNNING = "running"


TAB_OF: Mapping[Stand, Tab] = {
    Stand.FINISHED: Tab.NEW,
    Stand.FIRST_APPROVAL: Tab.NEW,
    Stand.DISPUTED: Tab.NEW,
    Stand.RETURNED: Tab.RETURNED,
    Stand.ANSWERED: Tab.ANSWERED,
    Stand.APPROVED: Tab.APPROVED,
    Stand.EXCLUDED: Tab.EXCLUDED,
    Stand.IN_PROGRESS: Tab.RUNNING,
}


@dataclass(frozen=True, slots=True)
class Noticed:
    """A signal of the conduct: its kind, how much, of how many, what is usual (low and high, both 0: nothing)."""

    kind: str
    value: float
    of: float
    low: float = 0.0
    high: float = 0.0
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the inbox. `minutes` None where no times were kept; `warnings` without a reason, `errors` not stored.

    `asked`: how many questions wait for the interviewer; `replies`: how many came back. `code` is of an exclusion.
    """

    interview_id: str
    unit_id: str
    instrument_id: str
    firm: str
    area: str
    district: str
    interviewer: str
    ended: datetime
    stand: Stand
    answered: int
    asked_of: int
    warnings: int
    minutes: float | None
    usual: tuple[float, float] | None
    signals: tuple[Noticed, ...]
    approvers: tuple[str, ...]
    code: str = ""
    is_double: bool = False

    @property
    def tab(self) -> Tab:
        """The list in which it stands."""
        return TAB_OF[self.stand]

    @property
    def is_noticed(self) -> bool:
        """Whether anything is to be looked at."""
        return bool(self.signals or self.warnings or self.is_double)


@dataclass(frozen=True, slots=True)
class Inbox:
    """Every interview of the wave, the one that ended last first; `needed` people approve each."""

    lines: tuple[Waiting, ...]
    needed: int

    def of(self, tab: Tab) -> tuple[Waiting, ...]:
        """The interviews of a list."""
        return tuple(one for one in self.lines if one.tab is tab)

    @property
    def completed(self) -> int:
        """How many interviews are finished, whatever came of them."""
        return sum(one.tab is not Tab.RUNNING for one in self.lines)


def inbox(study: Study) -> Inbox:
    """Read the inbox of the wave.

    Raises:
        Refused: this person may not review.
    """
    from kume_desktop.store import reading, review_rows

    roles.require(study, Right.REVIEW)
    units = {one.unit_id: one for one in reading.units(study.database, study.wave.wave_id)}
    noticed = {one.interview_id: one for one in conduct.read_all(study).interviews}
    doubled = {
        (one.unit_id, one.instrument_id)
        for one in review_rows.withheld(study.database, study.wave.wave_id)
        if one.reason == "several-interviews"
    }
    standings = acts.standings(study)
    lines = [
        _line(one, units.get(one.record.unit_id), noticed.get(one.record.interview_id), doubled) for one in standings
    ]
    needed = standings[0].needed if standings else 1
    return Inbox(tuple(sorted(lines, key=lambda one: (one.ended, one.interview_id), reverse=True)), needed)


def _line(
    one: Standing, unit: UnitRecord | None, seen: InterviewConduct | None, doubled: Container[tuple[str, str]]
) -> Waiting:
    record = one.record
    usual = (seen.usual.low, seen.usual.high) if seen is not None and seen.usual is not None else None
    excluded = next((said.reason for said in one.facts.said if said.reason), "")
    return Waiting(
        interview_id=record.interview_id,
        unit_id=record.unit_id,
        instrument_id=record.instrument_id,
        firm=(unit.name or unit.code) if unit is not None else "",
        area=unit.area if unit is not None else "",
        district=unit.district if unit is not None else "",
        interviewer=record.interviewer,
        ended=record.completed_at or record.last_at or record.opened_at,
        stand=one.stand,
        answered=record.summary.answered,
        asked_of=record.summary.asked,
        warnings=record.summary.warnings,
        minutes=seen.minutes if seen is not None else None,
        usual=usual,
        signals=tuple(
            Noticed(
                each.kind, each.value, each.of, each.usual.low if each.usual else 0.0,
                each.usual.high if each.usual else 0.0, each.questions,
            )
            for each in (seen.signals if seen is not None else ())
        ),
        approvers=one.approvers,
        code=excluded,
        is_double=(record.unit_id, record.instrument_id) in doubled and one.stand is not Stand.EXCLUDED,
    )  # fmt: skip


def returned_to(study: Study, person: str) -> tuple[Standing, ...]:
    """The interviews that wait for a person as their interviewer, the oldest first."""
    return tuple(
        one for one in acts.standings(study) if one.stand is Stand.RETURNED and one.record.interviewer == person
    )


def _answer(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    found = inbox(study)
    return {"lines": [_row(one) for one in found.lines], "needed": found.needed}


def _row(one: Waiting) -> list[Any]:
    """A line as values in the order of its fields: half as long as with their names, and read in half the time."""
    row = list(_VALUES(one))
    row[_ENDED] = one.ended.isoformat()
    row[_SIGNALS] = [_SIGNAL(each) for each in one.signals]
    return row


def inbox_of(answer: Mapping[str, Any]) -> Inbox:
    """Read the answer to `INBOX`."""
    return Inbox(tuple(_read(one) for one in answer["lines"]), answer["needed"])


def _read(row: Sequence[Any]) -> Waiting:
    read = list(row)
    read[_ENDED], read[_STAND] = datetime.fromisoformat(row[_ENDED]), _STANDS[row[_STAND]]
    read[_USUAL] = tuple(row[_USUAL]) if row[_USUAL] is not None else None
    read[_SIGNALS] = tuple(
        Noticed(kind, value, of, low, high, tuple(questions)) for kind, value, of, low, high, questions in row[_SIGNALS]
    )
    read[_APPROVERS] = tuple(row[_APPROVERS])
    return Waiting(*read)


_FIELDS = [each.name for each in fields(Waiting)]
_ENDED, _STAND, _USUAL, _SIGNALS, _APPROVERS = map(_FIELDS.index, ("ended", "stand", "usual", "signals", "approvers"))
_VALUES, _SIGNAL = attrgetter(*_FIELDS), attrgetter(*(each.name for each in fields(Noticed)))
_STANDS = {one.value: one for one in Stand}
VERBS = {INBOX: _answer}
"""What the companion answers."""
