"""The committee's own category: beside the computed ones, with everything that makes it a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import committee, results
from kume_desktop.services.committee import Decision
from kume_desktop.services.studies import Study
from kume_desktop.store import reading

DECISION = Decision(
    "meyve_sebze", 2, date(2026, 3, 12), ("Ajans uzmanı", "Oda temsilcisi"), "2 kabul", "2026/1", "İhracat düştü"
)


def refused(study: Study, decision: Decision) -> set[str]:
    with pytest.raises(Refused) as refusal:
        committee.decide(study, decision)
    return {one.code for one in refusal.value.problems}


def test_that_a_decision_stands_beside_the_computed_categories_and_changes_none(scorecard: Study) -> None:
    computed = results.latest(scorecard)
    assert computed is not None
    committee.decide(scorecard, DECISION)
    assert committee.decisions(scorecard) == {"meyve_sebze": DECISION}
    assert not results.is_stale(scorecard, computed)
    found = {one.area: one for one in committee.verdicts(scorecard, computed)}
    assert (found["meyve_sebze"].computed, found["meyve_sebze"].published) == (1, 1)
    assert found["meyve_sebze"].decision == DECISION and found["meyve_sebze"].differs
    assert found["kimya"].decision is None and not found["kimya"].differs


def test_that_earlier_decisions_stay_in_the_history_with_who_and_when(scorecard: Study) -> None:
    later = replace(DECISION, category=1, reason="")
    committee.decide(scorecard, DECISION)
    committee.decide(scorecard, later)
    committee.withdraw(scorecard, "meyve_sebze")
    assert committee.decisions(scorecard) == {}
    found = committee.history(scorecard, "meyve_sebze")
    assert [one.decision for one in found] == [DECISION, later, None]
    assert not any(one.in_force for one in found) and not any(one.is_lost for one in found)
    assert {one.author for one in found} == {scorecard.person}
    assert committee.history(scorecard, "kimya") == ()


def test_that_withdrawing_nothing_writes_nothing(scorecard: Study) -> None:
    before = reading.counts(scorecard.database).events
    committee.withdraw(scorecard, "kimya")
    assert reading.counts(scorecard.database).events == before


def test_that_names_and_reasons_are_never_in_clear_in_the_log(scorecard: Study) -> None:
    committee.decide(scorecard, DECISION)
    log = "\n".join(reading.lines(scorecard.database))
    assert "Oda temsilcisi" not in log and "İhracat düştü" not in log


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"area": "yok"}, "study.unknown-area"),
        ({"category": 4}, "committee.unknown-category"),
        ({"category": 0}, "committee.unknown-category"),
        ({"members": ()}, "committee.no-members"),
        ({"members": (" ",)}, "committee.no-members"),
        ({"reason": " "}, "committee.no-reason"),
        ({"date": datetime.now().astimezone().date() + timedelta(days=1)}, "committee.future-date"),
    ],
)
def test_that_a_decision_that_is_none_is_refused_and_nothing_kept(
    scorecard: Study, change: dict[str, object], code: str
) -> None:
    assert refused(scorecard, replace(DECISION, **change)) == {code}  # type: ignore[arg-type]
    assert committee.decisions(scorecard) == {}


def test_that_all_that_is_wrong_is_said_at_once(scorecard: Study) -> None:
    assert refused(scorecard, replace(DECISION, category=7, members=(), reason="")) == {
        "committee.unknown-category", "committee.no-members", "committee.no-reason",
    }  # fmt: skip


def test_that_the_computed_category_itself_needs_no_reason(scorecard: Study) -> None:
    committee.decide(scorecard, replace(DECISION, category=1, reason=""))
    assert committee.decisions(scorecard)["meyve_sebze"].category == 1


def test_that_an_area_without_a_score_needs_a_reason_for_any_category(study: Study) -> None:
    assert refused(study, replace(DECISION, area="kimya", reason="")) == {"committee.no-reason"}
    committee.decide(study, replace(DECISION, area="kimya"))
    assert committee.decisions(study)["kimya"].category == 2


def test_that_two_computers_decisions_are_a_conflict_and_neither_is_in_force(scorecard: Study) -> None:
    from uuid import UUID

    from kume_desktop.store import device
    from kume_desktop.store.events import EventKind, SubjectKind
    from kume_desktop.store.identity import new_id
    from kume_desktop.store.log import Told

    committee.decide(scorecard, DECISION)
    area = next(one for one in reading.areas(scorecard.database) if one.code == "meyve_sebze")
    writer, at = device.new_stream(), datetime.now().astimezone()
    opening = device.opening(device.Device(new_id(), "öteki"), writer.stream, "Mehmet", "staff", at)
    other = Told(EventKind.FACT, SubjectKind.AREA, UUID(area.area_id), "decision", "{}", "Mehmet", "staff", at)
    scorecard.database.import_events([writer.write(told).line for told in (*opening, other)])
    computed = results.latest(scorecard)
    assert computed is not None
    verdict = next(one for one in committee.verdicts(scorecard, computed) if one.area == "meyve_sebze")
    assert verdict.in_conflict and verdict.decision is None
    assert committee.decisions(scorecard) == {}
