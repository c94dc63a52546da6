"""Back-checks: of a random share of the interviews somebody asks a few questions again; what agrees is shown.

Who is drawn follows from the kept seed and the identity of the interview alone: the agency draws the same ones again,
in whatever order interviews arrive. The seed goes to no laptop. Who asks again does not see the first answers before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Problem, Refused, Where, problem
from kume_desktop.services import notices, roles
from kume_desktop.services.interviewing import OUTCOME
from kume_desktop.services.review import acts
from kume_desktop.services.review import rules as review_rules
from kume_desktop.services.review.states import Stand
from kume_desktop.services.review.wording import Wording, generic
from kume_desktop.services.roles import Right

if TYPE_CHECKING:
    from kume_desktop.interview.form import Form, Item
    from kume_desktop.services.review.rules import ReviewRules
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord

BACK_CHECKS = "back-checks"
QUESTIONS = 5
"""How many questions are asked again where the rules name none; an own rule."""
_ASKABLE = frozenset({"select_one", "integer", "decimal", "date"})
"""One answer out of a list, a number, a date: they agree or they do not. Words, several marks, places and files differ
between two askings without anybody being wrong. An own rule, which the page tells."""
_WHOLE = 16**12


@dataclass(frozen=True, slots=True)
class Again:
    """A question that is asked again. `first` and `again` are words, '' before it was asked again; `raw` as stored."""

    path: str
    number: str
    title: str
    choices: tuple[tuple[str, str], ...]
    raw: str = ""
    first: str = ""
    again: str = ""
    kind: str = ""

    @property
    def agrees(self) -> bool:
        """Whether both answers are the same."""
        return self.again == self.first


@dataclass(frozen=True, slots=True)
class Drawn:
    """An interview that was drawn; `at` and `by` of who asked again, None and '' where nobody has."""

    interview_id: str
    unit_id: str
    firm: str
    form: str
    interviewer: str
    at: datetime | None
    by: str
    questions: tuple[Again, ...]

    @property
    def asked(self) -> tuple[Again, ...]:
        """The questions that were asked again."""
        return tuple(one for one in self.questions if one.again)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of the answers that were asked again agree, of one interviewer or ('') of all."""

    interviewer: str
    interviews: int
    questions: int
    agreeing: int

    @property
    def share(self) -> float:
        """The share that agrees, 0 where nothing was asked again."""
        return self.agreeing / self.questions if self.questions else 0.0


@dataclass(frozen=True, slots=True)
class QuestionAgreement:
    """How many of the answers to one question agree, over all interviews in which it was asked again."""

    form: str
    number: str
    title: str
    asked: int
    agreeing: int

    @property
    def share(self) -> float:
        """The share that agrees; a question stands here only where it was asked again."""
        return self.agreeing / self.asked


@dataclass(frozen=True, slots=True)
class BackChecks:
    """Everything of the page; `eligible` interviews could be drawn."""

    share: int
    seed: int
    approvals: int
    eligible: int
    drawn: tuple[Drawn, ...]

    @property
    def agreement(self) -> tuple[Agreement, ...]:
        """Over all, then by interviewer."""
        names = sorted({one.interviewer for one in self.drawn if one.asked})
        return tuple(_agreement(name, self.drawn) for name in ("", *names))

    @property
    def by_question(self) -> tuple[QuestionAgreement, ...]:
        """By question, the one that agrees least first."""
        asked: dict[tuple[str, str], list[Again]] = {}
        for one in self.drawn:
            for each in one.asked:
                asked.setdefault((one.form, generic(each.path)), []).append(each)
        found = [
            QuestionAgreement(form, held[0].number, held[0].title, len(held), sum(one.agrees for one in held))
            for (form, _path), held in asked.items()
        ]
        return tuple(sorted(found, key=lambda one: (one.share, -one.asked, one.form, one.number)))


def _agreement(name: str, drawn: Iterable[Drawn]) -> Agreement:
    mine = [one for one in drawn if one.asked and name in {"", one.interviewer}]
    asked = [each for one in mine for each in one.asked]
    return Agreement(name, len(mine), len(asked), sum(each.agrees for each in asked))


def is_drawn(rules: ReviewRules, interview_id: str) -> bool:
    """Whether the seed draws an interview.

    >>> (
    ...     is_drawn(review_rules.ReviewRules(share=100, seed=1), "a"),
    ...     is_drawn(review_rules.ReviewRules(share=0, seed=1), "a"),
    ... )
    (True, False)
    """
    if not rules.seed:
        return False
    return _place(rules.seed, interview_id) < rules.share / 100


def _place(seed: int, what: str) -> float:
    """A number in [0, 1) that follows from the seed and a text."""
    return int(hashlib.sha256(f"{seed}:{what}".encode()).hexdigest()[:12], 16) / _WHOLE


def back_checks(study: Study) -> BackChecks:
    """Read what was drawn and what came of it.

    Raises:
        Refused: this person may not review.
    """
    from kume_desktop.store import reading, review_rows

    roles.require(study, Right.REVIEW)
    held = review_rules.rules(study)
    units = {one.unit_id: one for one in reading.units(study.database)}
    kept = {
        one.interview_id: one
        for one in review_rows.spoken(study.database, (review_rows.BACK_CHECK,), wave_id=study.wave.wave_id)
    }
    records = [one.record for one in _eligible(study)]
    words, found = Wording(study), []
    for record in records:
        if not is_drawn(held, record.interview_id):
            continue
        said = kept.get(record.interview_id)
        told = review_rows.record(said.value) if said is not None else {}
        unit = units.get(record.unit_id)
        has_answers = said is not None and bool(told.get("answers"))
        found.append(
            Drawn(
                record.interview_id,
                record.unit_id,
                (unit.name or unit.code) if unit is not None else "",
                record.instrument_id,
                record.interviewer,
                said.at if said is not None and has_answers else None,
                str(told.get("by") or said.author) if said is not None and has_answers else "",
                tuple(_questions(study, record, held, words, told.get("answers") or {})),
            )
        )
    return BackChecks(held.share, held.seed, held.approvals, len(records), tuple(found))


def _eligible(study: Study) -> list[acts.Standing]:
    """The completed interviews that count and are not excluded."""
    return [
        one
        for one in acts.standings(study)
        if one.record.state == "completed" and one.record.counts and one.stand is not Stand.EXCLUDED
    ]


def _questions(
    study: Study, record: InterviewRecord, rules: ReviewRules, words: Wording, again: Mapping[str, str]
) -> Iterable[Again]:
    from kume_desktop.store import reading

    answers = reading.answers(study.database, record.interview_id)
    for path in _chosen(study.form(record.version_id), answers, rules):
        asked = words.asked(record.version_id, path)
        choices = words.choices(record.version_id, path)
        raw = str(again.get(path, ""))
        first = words.given(record.version_id, path, answers[path]).line
        said = words.given(record.version_id, path, raw).line if raw else ""
        item = study.form(record.version_id).items.get(generic(path))
        kind = item.node.kind.value if item is not None else ""
        yield Again(path, asked.number, asked.title, choices, raw, first if said else "", said, kind)


def _chosen(form: Form, answers: Mapping[str, str], rules: ReviewRules) -> list[str]:
    """The questions that are asked again: those of the rules, else a few drawn by the seed; never personal ones."""
    judged = _judged(form)
    askable = [
        path
        for path in answers
        if _is_askable(form.items.get(generic(path)))
        and (not judged or form.outline.sections_of.get(generic(path)) not in judged)
    ]
    named = [path for path in askable if path.rpartition("/")[2] in rules.questions]
    order = {path: place for place, path in enumerate(form.items)}
    found = named or sorted(askable, key=lambda path: _place(rules.seed, path))[:QUESTIONS]
    return sorted(found, key=lambda path: order.get(generic(path), len(order)))


def _judged(form: Form) -> frozenset[int]:
    """The sections of the notice and of how the interview went: nobody asks a firm those again."""
    marks = [form.by_name[name] for name in (notices.NOTICE, OUTCOME) if name in form.by_name]
    places = (form.outline.sections_of.get(generic(item.path)) for item in marks)
    return frozenset(place for place in places if place is not None)


def _is_askable(item: Item | None) -> bool:
    from kume_desktop.instruments.model import Personal

    if item is None or item.node.name in {notices.NOTICE, notices.CONSENT, notices.MODE}:
        return False
    is_open = item.node.personal is Personal.NONE and not item.node.read_only
    return is_open and item.node.kind.value in _ASKABLE


def draw(study: Study) -> ReviewRules:
    """Draw: a seed is made once and kept.

    Raises:
        Refused: this person may not.
    """
    roles.require(study, Right.MANAGE)
    return review_rules.seeded(study)


def keep(study: Study, interview_id: str, answers: Mapping[str, str]) -> datetime:
    """Keep what the firm answered when it was asked again (path -> value as stored); none of them takes it back.

    Raises:
        Refused: this person may not, held the interview, it was not drawn, nothing was answered, or what was typed is
            no number or no date (each is named); nothing is stored then.
    """
    from kume_desktop.store.events import EventKind, SubjectKind

    roles.require(study, Right.REVIEW)
    record = acts.standing(study, interview_id).record
    given = _stored(study.form(record.version_id), {path: value for path, value in answers.items() if value.strip()})
    if record.interviewer == study.person:
        raise Refused(problem("review.own-interview"))
    if not is_drawn(review_rules.rules(study), interview_id):
        raise Refused(problem("review.not-drawn"))
    if answers and not given:
        raise Refused(problem("review.no-answer"))
    with study.act(corrects=False) as act:
        value = {"by": study.person, "answers": given}
        kind, subject = EventKind.BACK_CHECK, SubjectKind.INTERVIEW
        act.append(kind, subject, interview_id, "", value, record.version_id)
    return act.at


def _stored(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """What was typed as it is stored, so that 12,5 and 12.50 are the same.

    Raises:
        Refused: `interview.…` with the question.
    """
    from kume_desktop.interview import typed as typing
    from kume_desktop.interview.coerce import coerce_answer

    today = datetime.now().astimezone().date()
    given: dict[str, str] = {}
    wrong: list[Problem] = []
    for path, typed in answers.items():
        item = form.items.get(generic(path))
        if item is None:
            continue
        read = coerce_answer(item.node, typing.written(item.node.kind, typed, today), None, today)
        if isinstance(read, Problem):
            number = form.outline.numbers.get(generic(path), "") or path.rpartition("/")[2]
            wrong.append(replace(read, where=Where(question=number)))
        else:
            given[path] = read
    if wrong:
        raise Refused(*wrong)
    return given


def _answer(study: Study, _asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"checks": json.loads(json.dumps(asdict(back_checks(study)), default=str))}


def checks_of(answer: Mapping[str, Any]) -> BackChecks:
    """Read the answer to `BACK_CHECKS`."""
    told = answer["checks"]
    return BackChecks(**{**told, "drawn": tuple(_drawn_of(one) for one in told["drawn"])})


def _drawn_of(told: Mapping[str, Any]) -> Drawn:
    questions = tuple(
        Again(**{**one, "choices": tuple((name, word) for name, word in one["choices"])}) for one in told["questions"]
    )
    at = datetime.fromisoformat(told["at"]) if told["at"] else None
    return Drawn(**{**told, "at": at, "questions": questions})


VERBS = {BACK_CHECKS: _answer}
"""What the companion answers."""
