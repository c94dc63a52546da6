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

FACT = "review_rules"
MOST_APPROVALS, SEEDS = 2, 1_000_000

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

    `seed` draws them, '' before anything was drawn. `questions`: names of the questions asked again, by instrument.
    """

    approvals: int = 1
    share: int = 10
    seed: int = 0
    questions: tuple[str, ...] = ()


def rules(study: Study) -> ReviewRules:
    """The rules of this study."""
    from kume_desktop.store import reading

    kept = reading.facts(study.database, study.record.study_id).get(FACT, "")
    if not kept:
        return ReviewRules()
    told = json.loads(kept)
    return ReviewRules(**(told | {"questions": tuple(told.get("questions", ()))}))


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
    _keep(study, wanted)


def seeded(study: Study) -> ReviewRules:
    """The rules with a seed: it is drawn once and kept, so that anybody can draw the same interviews again."""
    held = rules(study)
    if not held.seed:
        held = replace(held, seed=secrets.randbelow(SEEDS) + 1)
        _keep(study, held)
    return held


def _keep(study: Study, wanted: ReviewRules) -> None:
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    text = json.dumps(asdict(wanted), sort_keys=True)
    with study.act(corrects=False) as act:
        writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, FACT, text)
