"""What draws the back-checks never reaches a laptop: who knows the seed knows whose answers will be asked again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kume_desktop.services import people
from kume_desktop.services.packages import making
from kume_desktop.services.review import rules
from kume_desktop.store import reading, writing
from kume_desktop.store.events import SubjectKind
from tests.merging.offices import send, take

if TYPE_CHECKING:
    from pathlib import Path

    from kume_desktop.services.studies import Study

OLD_SEED = 424_242


def _rules_of_before(study: Study) -> None:
    """As the program wrote them that kept the seed among the rules."""
    told = json.dumps({"approvals": 2, "questions": [], "seed": OLD_SEED, "share": 15}, sort_keys=True)
    with study.act() as act:
        writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, rules.FACT, told)


def test_that_the_seed_of_the_back_checks_stays_at_the_agency_and_the_other_rules_travel(pair, tmp_path: Path):
    office, field = pair
    with office.open() as study:
        study.role = people.STAFF
        _rules_of_before(study)
        assert rules.rules(study).seed == OLD_SEED
        early = send(study, making.assignment(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, early)
        assert rules.rules(study) == rules.ReviewRules(), "nothing that held a seed came"
    with office.open() as study:
        rules.save_rules(study, rules.ReviewRules(approvals=2, share=20))
        kept = rules.rules(study)
        assert (kept.approvals, kept.share, kept.seed) == (2, 20, OLD_SEED), "a seed that was drawn stays"
        later = send(study, making.assignment(study, field.device_id), tmp_path)
    with field.open() as study:
        take(study, later)
        assert rules.rules(study) == rules.ReviewRules(approvals=2, share=20)
        assert str(OLD_SEED) not in "\n".join(reading.lines(study.database))


def test_that_a_seed_is_drawn_out_of_more_than_anybody_tries(pair):
    office, _field = pair
    with office.open() as study:
        seeds = {rules.seeded(study).seed for _again in range(2)}
        assert len(seeds) == 1
        assert rules.SEEDS > 2**50
