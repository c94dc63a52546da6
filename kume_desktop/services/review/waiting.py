"""What waits for a person at the start: interviews to review, decisions, interviews that came back with questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kume_desktop.services import conflict_cases, roles
from kume_desktop.services.review import acts
from kume_desktop.services.review.inbox import TAB_OF, Tab
from kume_desktop.services.review.states import Stand
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

WAITING = "work-waiting"
_TO_REVIEW = frozenset({Tab.NEW, Tab.ANSWERED})


@dataclass(frozen=True, slots=True)
class Returned:
    """An interview that a reviewer gave back to its interviewer."""

    unit_id: str
    instrument_id: str


@dataclass(frozen=True, slots=True)
class Work:
    """How many interviews wait for a review and how many conflicts for a decision; what was returned to the person.

    What the person's role may not do counts as nothing.
    """

    review: int = 0
    conflicts: int = 0
    returned: tuple[Returned, ...] = ()


def waiting(study: Study) -> Work:
    """Read what waits for the person who opened the study, in the wave that is worked in."""
    standings = acts.standings(study)
    may_review, may_ask = roles.may(study, Right.REVIEW), roles.may(study, Right.INTERVIEW)
    mine = [one for one in standings if may_ask and one.stand is Stand.RETURNED]
    return Work(
        review=sum(TAB_OF[one.stand] in _TO_REVIEW for one in standings) if may_review else 0,
        conflicts=conflict_cases.count(study),
        returned=tuple(
            Returned(one.record.unit_id, one.record.instrument_id)
            for one in mine
            if one.record.interviewer == study.person
        ),
    )


def _answer(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    return asdict(waiting(study))


def work_of(answer: Mapping[str, Any]) -> Work:
    """Read the answer to `WAITING`."""
    returned = tuple(Returned(**one) for one in answer["returned"])
    return Work(int(answer["review"]), int(answer["conflicts"]), returned)


VERBS = {WAITING: _answer}
"""What the companion answers."""
