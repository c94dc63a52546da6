"""What a supervisor did with the interviews of the demonstration study: approvals, a question, interviews asked again.

Nothing of it changes what scores: no interview is excluded, none is opened again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.services.review import acts, back_checks, queries, rules
from kume_desktop.services.review.states import Stand, Step

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

SEED = 2013
APPROVED, CHECKED = 30, 3
QUESTION = "Gösterim verisi: bu sayı hangi aydan? / demonstration data: of which month is this number?"


def review(study: Study) -> None:
    """Approve the first interviews, ask a question at one of the others, ask a few again."""
    rules.save_rules(study, rules.ReviewRules(seed=SEED))
    finished = [one for one in acts.standings(study) if one.stand is Stand.FINISHED]
    for one in finished[:APPROVED]:
        acts.take(study, one.record.interview_id, Step.APPROVE)
    waiting = finished[APPROVED].record
    number = study.form(waiting.version_id).by_name.get("calisan_sayisi")
    if number is not None:
        queries.ask(study, waiting, number.path, QUESTION)
    for drawn in back_checks.back_checks(study).drawn[:CHECKED]:
        _ask_again(study, drawn)


def _ask_again(study: Study, drawn: back_checks.Drawn) -> None:
    """The firm answers as before; at the first question that offers choices it answers otherwise."""
    from kume_desktop.store import reading

    first = reading.answers(study.database, drawn.interview_id)
    given = {one.path: first[one.path] for one in drawn.questions}
    other = next((one for one in drawn.questions if len(one.choices) > 1), None)
    if other is not None:
        given[other.path] = next(name for name, _word in other.choices if name != first[other.path])
    back_checks.keep(study, drawn.interview_id, given)
