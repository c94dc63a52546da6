"""Where an interview stands in its review, as a function of what was said about it: no clock, no order of arrival.

What was said are the heads of two registers of the interview: its state (open, completed) and its review. A step of the
review names the completion that it is about, so that an approval lapses when the interview is opened and changed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Stand(StrEnum):
    """Where an interview stands; DISPUTED: two people decided otherwise without knowing of each other."""

    IN_PROGRESS = "in-progress"
    FINISHED = "finished"
    RETURNED = "returned"
    ANSWERED = "answered"
    FIRST_APPROVAL = "first-approval"
    APPROVED = "approved"
    EXCLUDED = "excluded"
    DISPUTED = "disputed"


class Step(StrEnum):
    """What a person can do; each has the step that takes it back (see `INVERSE`)."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"
    RETURN = "return"
    RECALL = "recall"
    EXCLUDE = "exclude"
    INCLUDE = "include"


INVERSE: Mapping[Step, Step] = {
    Step.APPROVE: Step.WITHDRAW,
    Step.RETURN: Step.RECALL,
    Step.EXCLUDE: Step.INCLUDE,
}


class Verdict(StrEnum):
    """What an event of the review says; NONE takes everything back."""

    NONE = "none"
    APPROVAL = "approval"
    RETURNED = "returned"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Said:
    """One head of the review.

    `approved` are the people who approve the completion `of`; both are kept through a return or an exclusion, as is
    `before`, what an exclusion took the place of, so that taking it back restores them. `reason` is the code of an
    exclusion, `person` who took the step. `answered`: the interview came back from a return before this step.
    """

    verdict: Verdict = Verdict.NONE
    approved: tuple[str, ...] = ()
    of: str = ""
    reason: str = ""
    person: str = ""
    answered: bool = False
    before: Verdict = Verdict.NONE

    def record(self) -> dict[str, Any]:
        """The value of the event."""
        return {
            "state": self.verdict.value,
            "reason": self.reason,
            "by": self.person,
            "approved": list(self.approved),
            "of": self.of,
            "answered": self.answered,
            "before": self.before.value,
        }


def read(value: Mapping[str, Any]) -> Said:
    """Read the value of an event; what a newer program says otherwise is no verdict."""
    return Said(
        _verdict(value.get("state")),
        tuple(sorted(str(one) for one in value.get("approved") or ())),
        str(value.get("of") or ""),
        str(value.get("reason") or ""),
        str(value.get("by") or ""),
        value.get("answered") is True,
        _verdict(value.get("before")),
    )


def _verdict(text: object) -> Verdict:
    return next((one for one in Verdict if one.value == text), Verdict.NONE)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the state rests on. `completion`: which completion holds, '' while the interview is open."""

    interviewer: str
    completion: str = ""
    said: tuple[Said, ...] = ()

    @property
    def is_completed(self) -> bool:
        """Whether the interview is completed."""
        return bool(self.completion)


def approvers(facts: Facts) -> frozenset[str]:
    """Who approves the interview as it is now: never its interviewer, and nobody of an earlier completion."""
    found = (one.approved for one in facts.said if one.verdict is Verdict.APPROVAL and one.of == facts.completion)
    return frozenset(name for names in found for name in names if name and name != facts.interviewer)


def stand(facts: Facts, needed: int) -> Stand:
    """Where the interview stands, if `needed` people have to approve it."""
    verdicts = {one.verdict for one in facts.said}
    if Verdict.EXCLUDED in verdicts:
        return Stand.EXCLUDED if verdicts == {Verdict.EXCLUDED} else Stand.DISPUTED
    if not facts.is_completed:
        return Stand.RETURNED if Verdict.RETURNED in verdicts else Stand.IN_PROGRESS
    count = len(approvers(facts))
    if count >= max(1, needed):
        return Stand.APPROVED
    if count:
        return Stand.FIRST_APPROVAL
    came_back = Verdict.RETURNED in verdicts or any(one.answered for one in facts.said)
    return Stand.ANSWERED if came_back else Stand.FINISHED


def open_steps(facts: Facts, needed: int, person: str) -> frozenset[Step]:
    """What `person` can do with the interview as it stands; rights are asked elsewhere."""
    now = stand(facts, needed)
    found: set[Step] = set()
    match now:
        case Stand.EXCLUDED:
            return frozenset({Step.INCLUDE})
        case Stand.DISPUTED:
            return frozenset({Step.INCLUDE, Step.EXCLUDE})
        case Stand.RETURNED:
            found.add(Step.RECALL)
        case Stand.IN_PROGRESS:
            pass
        case Stand.FINISHED | Stand.ANSWERED | Stand.FIRST_APPROVAL | Stand.APPROVED:
            found.add(Step.RETURN)
            mine = person in approvers(facts)
            if not mine and now is not Stand.APPROVED and person != facts.interviewer:
                found.add(Step.APPROVE)
            if approvers(facts):
                found.add(Step.WITHDRAW)
    return frozenset(found | {Step.EXCLUDE})


def take(facts: Facts, step: Step, person: str, *, reason: str = "", completion: str = "", keeps: bool = True) -> Said:
    """What the event of a step says.

    `completion` is the completion that a recall makes; `keeps` False: answers changed meanwhile, so that approvals of
    before hold no more.
    """
    held = _merged(facts)
    came_back = held.answered or (facts.is_completed and held.before is Verdict.RETURNED)
    match step:
        case Step.APPROVE:
            names = tuple(sorted(approvers(facts) | {person}))
            return Said(Verdict.APPROVAL, names, facts.completion, "", person, came_back)
        case Step.WITHDRAW:
            left = tuple(sorted(approvers(facts) - {person})) if person in approvers(facts) else ()
            verdict = Verdict.APPROVAL if left else Verdict.NONE
            return Said(verdict, left, facts.completion, "", person, came_back)
        case Step.RETURN:
            return Said(Verdict.RETURNED, held.approved, held.of, "", person, came_back)
        case Step.EXCLUDE:
            return replace(held, verdict=Verdict.EXCLUDED, person=person, reason=reason)
        case Step.INCLUDE:
            return replace(held, verdict=held.before, person=person, before=Verdict.NONE)
        case Step.RECALL:
            names = held.approved if keeps else ()
            verdict = Verdict.APPROVAL if names else Verdict.NONE
            return Said(verdict, names, completion, "", person, held.answered)


def _merged(facts: Facts) -> Said:
    """What the heads say together; `before` is the verdict apart from exclusions: a return, else an approval."""
    of = facts.completion or next((one.of for one in facts.said if one.of), "")
    names = sorted({name for one in facts.said if one.of == of for name in one.approved})
    spoken = {one.before if one.verdict is Verdict.EXCLUDED else one.verdict for one in facts.said}
    order = (Verdict.RETURNED, Verdict.APPROVAL)
    before = next((one for one in order if one in spoken), Verdict.NONE)
    return Said(Verdict.NONE, tuple(names), of, answered=any(one.answered for one in facts.said), before=before)
