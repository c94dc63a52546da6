"""How a study reviews its interviews: how many people approve one, how many are asked again. Own rules, editable."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import roles
from kume_desktop.services.roles import Right
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kume_desktop.services.studies import Study

FACT, SEED_FACT = "review_rules", "back_check_seed"
"""The seed is a fact of its own, which no laptop gets: who knows it knows whose answers will be asked again."""
MOST_APPROVALS, SEEDS = 2, 2**53
"""Too many seeds to try them all against the interviews that were seen to be asked again."""

REASONS: Mapping[str, str] = {
    "duplicate": N_("The same interview twice"),
    "wrong-firm": N_("Not this firm"),
    "wrong-person": N_("The wrong person answered"),
    "not-held": N_("Not held as written"),
    "too-little": N_("Too little was answered"),
    "withdrawn": N_("The firm took its answers back"),
    "other": N_("Another reason (write it)"),
}
"""Code of an exclusion -> words; each has a sentence in `problem_texts.left_out`."""
OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """`approvals`: how many people (1 or 2) approve an interview. `share`: percent of the interviews asked again.

    `seed` draws them, 0 before anything was drawn and on laptops. `questions`: names of the questions asked again.
    """

    approvals: int = 1
    share: int = 10
    seed: int = 0
    questions: tuple[str, ...] = ()


def rules(study: Study) -> ReviewRules:
    """The rules of this study."""
    from kume_desktop.store import reading

    facts = reading.facts(study.database, study.record.study_id)
    told = json.loads(facts.get(FACT) or "{}")
    # Studies of before kept the seed among the rules.
    seed = int(facts.get(SEED_FACT) or told.get("seed", 0))
    return ReviewRules(**(told | {"questions": tuple(told.get("questions", ())), "seed": seed}))


def save_rules(study: Study, wanted: ReviewRules) -> None:
    """Review otherwise from now on; a seed that was drawn stays.

    Raises:
        Refused: this person may not, or a number makes no sense; nothing is stored then.
    """
    roles.require(study, Right.MANAGE)
    if not 1 <= wanted.approvals <= MOST_APPROVALS:
        raise Refused(problem("review.approvals", most=MOST_APPROVALS))
    if not 0 <= wanted.share <= 100:
        raise Refused(problem("review.share"))
    _keep(study, replace(wanted, seed=rules(study).seed))


def seeded(study: Study) -> ReviewRules:
    """The rules with a seed: it is drawn once and kept, so that anybody can draw the same interviews again."""
    held = rules(study)
    if not held.seed:
        held = replace(held, seed=secrets.randbelow(SEEDS) + 1)
        _keep(study, held)
    return held


def _keep(study: Study, wanted: ReviewRules) -> None:
    from kume_desktop.store import reading, writing
    from kume_desktop.store.events import SubjectKind

    told = asdict(wanted)
    seed, subject = told.pop("seed"), (SubjectKind.STUDY, study.record.study_id)
    with study.act(corrects=False) as act:
        writing.set_fact(act, *subject, FACT, json.dumps(told, sort_keys=True))
        if str(seed or "") != reading.facts(act, study.record.study_id).get(SEED_FACT, ""):
            writing.set_fact(act, *subject, SEED_FACT, str(seed or ""))
