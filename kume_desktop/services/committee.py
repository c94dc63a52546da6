"""The committee's own category of an area: kept beside the computed ones, never instead of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services import results, roles

if TYPE_CHECKING:
    from kume_desktop.scoring.results import Results
    from kume_desktop.services.studies import Study
    from kume_desktop.store.unit_of_work import Act

FACT = "decision"
"""The attribute of an area that holds its decision; it names people, so it is sealed inside the event."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the committee decided of an area; `members` are those present, `votes` and `minutes` as they were noted."""

    area: str
    category: int
    date: date
    members: tuple[str, ...]
    votes: str = ""
    minutes: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was entered; `decision` None where it was withdrawn, or where its key is gone (`is_lost`)."""

    decision: Decision | None
    author: str
    at: datetime
    in_force: bool
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The categories of an area beside each other: of the index, of the published-style number, of the committee.

    `differs`: the committee's is another than that of the index. `in_conflict`: two computers hold two decisions.
    """

    area: str
    computed: int | None
    published: int | None
    decision: Decision | None
    differs: bool
    in_conflict: bool


def decide(study: Study, decision: Decision) -> None:
    """Keep a decision; the earlier one stays in the history.

    Raises:
        Refused: an unknown area or category, a date that has not come, nobody present, no reason for another category
            than the computed one; all at once.
    """
    roles.require(study, roles.Right.RESULTS)
    areas = _areas(study)
    if decision.area not in areas:
        raise Refused(problem("study.unknown-area", area=decision.area))
    wrong = tuple(_wrong(study, decision))
    if wrong:
        raise Refused(*wrong)
    with study.act() as act:
        write(act, areas[decision.area], decision, _fact(study))


def _fact(study: Study) -> str:
    """The name that the attribute has in the wave: each wave is decided by itself."""
    from kume_desktop.store import wave_facts

    return wave_facts.name_in(study.database, study.wave.wave_id, FACT)


def write(act: Act, area_id: str, decision: Decision | None, fact: str = FACT) -> None:
    """Write a decision (None: withdrawn) within an act, unchecked; `fact` is the attribute's name in the wave."""
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    said = "" if decision is None else _to_json(decision)
    writing.set_fact(act, SubjectKind.AREA, area_id, fact, said, personal=True)


def withdraw(study: Study, area: str) -> None:
    """Take the decision of an area back; what it was stays in the history.

    Raises:
        Refused: this person may not, or an unknown area.
    """
    roles.require(study, roles.Right.RESULTS)
    areas = _areas(study)
    if area not in areas:
        raise Refused(problem("study.unknown-area", area=area))
    if area in decisions(study):
        with study.act() as act:
            write(act, areas[area], None, _fact(study))


def decisions(study: Study) -> Mapping[str, Decision]:
    """The decision of the wave in force of each area that has one; contested ones are left out (see `verdicts`)."""
    from kume_desktop.store import frames_study

    said = frames_study.area_facts(study.database, (FACT,), study.wave.wave_id)
    return {area: _from_json(area, said[area_id][FACT]) for area, area_id in _areas(study).items() if area_id in said}


def history(study: Study, area: str) -> tuple[Decided, ...]:
    """Every decision of an area in the wave with who entered it and when, the oldest first."""
    from kume_desktop.store import frames_study

    return tuple(
        Decided(
            decision=_from_json(area, said.text) if said.text else None,
            author=said.author,
            at=said.at,
            in_force=said.in_force and bool(said.text),
            is_lost=said.text is None,
        )
        for said in frames_study.history(study.database, _areas(study)[area], _fact(study))
    )


def verdicts(study: Study, computed: Results) -> tuple[Verdicts, ...]:
    """Computed, published and decided categories of every area beside each other."""
    from kume_desktop.store import reading

    decided, areas = decisions(study), _areas(study)
    fact = _fact(study)
    contested = {one.subject_id for one in reading.conflicts(study.database) if one.path == fact}
    return tuple(
        Verdicts(
            area=area.code,
            computed=area.category,
            published=area.published_category,
            decision=decided.get(area.code),
            differs=area.code in decided and decided[area.code].category != area.category,
            in_conflict=areas[area.code] in contested,
        )
        for area in computed.areas
    )


def _areas(study: Study) -> dict[str, str]:
    from kume_desktop.store import reading

    return {area.code: area.area_id for area in reading.areas(study.database)}


def _wrong(study: Study, decision: Decision) -> Iterator[Problem]:
    categories = [category.code for category in results.method(study).categories]
    if str(decision.category) not in categories:
        yield problem("committee.unknown-category", category=decision.category, categories=", ".join(categories))
    if decision.date > datetime.now().astimezone().date():
        yield problem("committee.future-date", date=decision.date.isoformat())
    if not any(member.strip() for member in decision.members):
        yield problem("committee.no-members")
    computed = results.categories(study).get(decision.area)
    if not decision.reason.strip() and decision.category != computed:
        yield problem("committee.no-reason", category=decision.category, computed=computed or "–")


def _to_json(decision: Decision) -> str:
    record: dict[str, Any] = {
        "category": decision.category,
        "date": decision.date.isoformat(),
        "members": [member.strip() for member in decision.members if member.strip()],
        "votes": decision.votes.strip(),
        "minutes": decision.minutes.strip(),
        "reason": decision.reason.strip(),
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def _from_json(area: str, text: str) -> Decision:
    said = json.loads(text)
    return Decision(
        area=area,
        category=int(said["category"]),
        date=date.fromisoformat(said["date"]),
        members=tuple(said["members"]),
        votes=said["votes"],
        minutes=said["minutes"],
        reason=said["reason"],
    )
