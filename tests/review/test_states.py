"""The review as a state machine: no path to approved without the people it needs, everything can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kume_desktop.services.review import states
from kume_desktop.services.review.states import INVERSE, Facts, Said, Stand, Step, Verdict

PEOPLE = ("Elif", "Selin", "Mert", "Derya")
INTERVIEWER = "Elif"


@dataclass
class Walk:
    """An interview that people open, complete and review one after the other."""

    completions: int = 0
    is_completed: bool = False
    said: Said | None = None
    approved_by: dict[str, set[str]] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        completion = f"c{self.completions}" if self.is_completed else ""
        return Facts(INTERVIEWER, completion, (self.said,) if self.said is not None else ())

    def complete(self) -> None:
        if not self.is_completed:
            self.completions, self.is_completed = self.completions + 1, True

    def reopen(self) -> None:
        self.is_completed = False

    def step(self, step: Step, person: str, needed: int, *, keeps: bool = True) -> bool:
        """Take a step where it can be taken."""
        before = self.facts
        if step not in states.open_steps(before, needed, person):
            return False
        if step is Step.RECALL:
            self.complete()
        self.said = states.take(before, step, person, reason="other", completion=self.facts.completion, keeps=keeps)
        if step is Step.RETURN:
            self.reopen()
        if step is Step.APPROVE:
            self.approved_by.setdefault(before.completion, set()).add(person)
        if step is Step.RECALL and keeps and before.said[0].of:
            kept = self.approved_by.get(before.said[0].of, set())
            self.approved_by.setdefault(self.facts.completion, set()).update(kept)
        return True


MOVES = st.one_of(
    st.tuples(st.sampled_from(["complete", "reopen"]), st.just("")),
    st.tuples(st.sampled_from(list(Step)), st.sampled_from(PEOPLE)),
)


def walked(moves: list[tuple[str, str]], needed: int) -> Walk:
    walk = Walk()
    walk.complete()
    for move, person in moves:
        if move == "complete":
            walk.complete()
        elif move == "reopen":
            walk.reopen()
        else:
            walk.step(Step(move), person, needed)
    return walk


@settings(max_examples=400, deadline=None)
@given(st.lists(MOVES, max_size=14), st.integers(1, 3))
def test_that_nothing_is_approved_without_as_many_other_people_as_the_study_asks_for(moves, needed) -> None:
    walk = walked(moves, needed)
    if states.stand(walk.facts, needed) is Stand.APPROVED:
        people = walk.approved_by.get(walk.facts.completion, set()) - {INTERVIEWER}
        assert len(people) >= needed
        assert states.approvers(walk.facts) <= people


@settings(max_examples=400, deadline=None)
@given(st.lists(MOVES, max_size=12), st.integers(1, 2), st.sampled_from(list(INVERSE)), st.sampled_from(PEOPLE))
def test_that_every_step_can_be_taken_back_and_leaves_the_interview_where_it_stood(moves, needed, step, person) -> None:
    walk = walked(moves, needed)
    before, names = states.stand(walk.facts, needed), states.approvers(walk.facts)
    assume(walk.step(step, person, needed))
    assert walk.step(INVERSE[step], person, needed)
    assert states.stand(walk.facts, needed) is before
    assert states.approvers(walk.facts) == names


@settings(max_examples=300, deadline=None)
@given(st.lists(MOVES, max_size=12), st.integers(1, 2))
def test_that_opening_an_approved_interview_again_ends_its_approval(moves, needed) -> None:
    walk = walked([*moves, ("complete", ""), ("include", "Mert")], needed)
    walk.complete()
    for person in ("Selin", "Mert", "Derya"):
        walk.step(Step.APPROVE, person, needed)
    assert states.stand(walk.facts, needed) is Stand.APPROVED
    walk.reopen()
    assert states.stand(walk.facts, needed) in {Stand.IN_PROGRESS, Stand.RETURNED}
    walk.complete()
    assert states.stand(walk.facts, needed) is not Stand.APPROVED


SAID = st.builds(
    Said,
    st.sampled_from(list(Verdict)),
    st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True).map(lambda names: tuple(sorted(names))),
    st.sampled_from(["", "c1", "c2"]),
    st.just(""),
    st.sampled_from(PEOPLE),
    st.booleans(),
    st.sampled_from([Verdict.NONE, Verdict.RETURNED, Verdict.APPROVAL]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(SAID, max_size=3), st.sampled_from(["", "c1", "c2"]), st.integers(1, 2))
def test_that_the_order_in_which_two_computers_are_heard_changes_nothing(said, completion, needed) -> None:
    stands = {states.stand(Facts(INTERVIEWER, completion, order), needed) for order in permutations(said)}
    steps = {states.open_steps(Facts(INTERVIEWER, completion, order), needed, "Mert") for order in permutations(said)}
    assert len(stands) == 1
    assert len(steps) == 1


def test_that_two_approvals_without_knowledge_of_each_other_are_two_approvals() -> None:
    first, second = (Said(Verdict.APPROVAL, (name,), "c1", person=name) for name in ("Selin", "Mert"))
    assert states.stand(Facts(INTERVIEWER, "c1", (first,)), 2) is Stand.FIRST_APPROVAL
    assert states.stand(Facts(INTERVIEWER, "c1", (first, second)), 2) is Stand.APPROVED


def test_that_an_exclusion_beside_an_approval_is_a_dispute_which_a_person_ends() -> None:
    approval = Said(Verdict.APPROVAL, ("Selin",), "c1", person="Selin")
    out = Said(Verdict.EXCLUDED, (), "c1", "duplicate", "Mert")
    facts = Facts(INTERVIEWER, "c1", (approval, out))
    assert states.stand(facts, 1) is Stand.DISPUTED
    back = states.take(facts, Step.INCLUDE, "Selin")
    assert states.stand(Facts(INTERVIEWER, "c1", (back,)), 1) is Stand.APPROVED


def test_that_interviewers_cannot_approve_their_own_interviews() -> None:
    facts = Facts(INTERVIEWER, "c1")
    assert Step.APPROVE not in states.open_steps(facts, 1, INTERVIEWER)
    forged = Said(Verdict.APPROVAL, (INTERVIEWER,), "c1")
    assert states.stand(Facts(INTERVIEWER, "c1", (forged,)), 1) is Stand.FINISHED


def test_that_what_an_event_says_is_read_back_and_unknown_words_are_no_verdict() -> None:
    said = Said(Verdict.EXCLUDED, ("Mert", "Selin"), "c1", "duplicate", "Mert", answered=True, before=Verdict.APPROVAL)
    assert states.read(said.record()) == said
    assert states.read({"state": "of-a-newer-program", "by": 3}).verdict is Verdict.NONE


def test_that_an_interview_that_comes_back_from_its_interviewer_is_answered() -> None:
    walk = Walk()
    walk.complete()
    assert walk.step(Step.APPROVE, "Selin", 2)
    assert walk.step(Step.RETURN, "Selin", 2)
    assert states.stand(walk.facts, 2) is Stand.RETURNED
    walk.complete()
    assert states.stand(walk.facts, 2) is Stand.ANSWERED
    assert walk.step(Step.APPROVE, "Mert", 1)
    assert states.stand(walk.facts, 1) is Stand.APPROVED
    assert states.stand(walk.facts, 2) is Stand.FIRST_APPROVAL
